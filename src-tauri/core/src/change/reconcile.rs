//! Asking AWS what became of changes whose answer was lost.

use jiff::Timestamp;

use super::{
    ApplyError, Directory, Journal,
    deed::{Deed, Found},
    journal::{Entry, Line, Run},
};

/// What became of the changes without an outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reconciled {
    /// Made, by us.
    pub done: u32,
    /// There, and not as we would have made it: so it is not ours, and undo leaves it alone.
    pub existed: u32,
    /// Not made. Planning anew brings them again.
    pub not_done: u32,
}

/// Why an interrupted change counts as failed: its words are under `aws-not_done`.
const NOT_DONE: &str = "not_done";

/// Looks for every change without an outcome, and writes down what became of it. Nothing is changed in AWS.
pub async fn reconcile(
    directory: &impl Directory,
    journal: &Journal,
    clock: &(dyn Fn() -> Timestamp + Send + Sync),
) -> Result<Reconciled, ApplyError> {
    let run = journal.run()?;
    settle_pending(&run, directory, clock).await
}

/// The same within a run.
pub(super) async fn settle_pending(
    run: &Run,
    directory: &impl Directory,
    clock: &(dyn Fn() -> Timestamp + Send + Sync),
) -> Result<Reconciled, ApplyError> {
    let mut reconciled = Reconciled::default();
    for entry in run.pending() {
        let line = outcome(&entry, run, directory).await?;
        match &line {
            Line::Done { .. } => reconciled.done += 1,
            Line::Existed { .. } => reconciled.existed += 1,
            _ => reconciled.not_done += 1,
        }
        run.write(clock(), line)?;
    }
    Ok(reconciled)
}

async fn outcome(entry: &Entry, run: &Run, directory: &impl Directory) -> Result<Line, ApplyError> {
    let number = entry.number;
    let undone = match &entry.deed {
        Deed::Undo { of } => run.entry(*of),
        _ => None,
    };
    let found = match &undone {
        Some(undone) => undone.deed.find(directory).await?,
        None => entry.deed.find(directory).await?,
    };
    Ok(match (undone, found) {
        // What goes by the name now is not what we made, or it would have been found as the same.
        (Some(undone), Found::Nothing | Found::Other(_)) => {
            Line::Done { number, id: undone.made().unwrap_or_default().to_owned() }
        }
        (None, Found::Same(id)) => Line::Done { number, id },
        (None, Found::Other(id)) => Line::Existed { number, id },
        (Some(_), Found::Same(_)) | (None, Found::Nothing) => {
            Line::Failed { number, error: NOT_DONE.to_owned(), params: Default::default() }
        }
    })
}
