//! Asking AWS what became of changes whose answer was lost.

use std::time::Duration;

use jiff::Timestamp;

use super::{
    ApplyError, Directory, History, HistoryError,
    change::{Change, ExistingResource},
    history::{Entry, HistoryRecord, HistoryWriter},
};
use identity_center::AwsError;

/// What became of the changes without an outcome.
#[derive(Debug, Default)]
pub struct Reconciled {
    /// Undone by us: what an undo was about is gone.
    pub done: u32,
    /// There as we would have made it: ours, or made by others meanwhile.
    pub found: u32,
    /// There, and not as we would have made it: so it is not ours, and undo leaves it alone.
    pub existed: u32,
    /// Not made. Planning anew brings them again.
    pub not_done: u32,
    /// Changes about which AWS could not be asked, and the first reason. They stay open.
    pub unsettled: Option<(u32, AwsError)>,
}

/// Why an interrupted change counts as failed: its words are under `aws-not_done`.
const NOT_DONE: &str = "not_done";

/// AWS may show a change some seconds late, so what isn't there is looked for this often.
const LOOKS: u32 = 3;
/// The time between two looks.
const BETWEEN_LOOKS: Duration = Duration::from_secs(3);

/// Looks for every change without an outcome, and writes down what became of it. Nothing is changed in AWS.
pub async fn reconcile(
    directory: &impl Directory,
    journal: &History,
    clock: &(dyn Fn() -> Timestamp + Send + Sync),
) -> Result<Reconciled, ApplyError> {
    let run = journal.run()?;
    Ok(resolve_pending(&run, directory, clock).await?)
}

/// The same within a run. What can't be settled stays open and stops nothing else.
pub(super) async fn resolve_pending(
    run: &HistoryWriter,
    directory: &impl Directory,
    clock: &(dyn Fn() -> Timestamp + Send + Sync),
) -> Result<Reconciled, HistoryError> {
    let mut reconciled = Reconciled::default();
    let mut open = run.pending();
    for look in 1..=LOOKS {
        let mut absent = Vec::new();
        for entry in open {
            match outcome(&entry, run, directory).await {
                Ok(HistoryRecord::Failed { .. }) if look < LOOKS => absent.push(entry),
                Ok(line) => {
                    reconciled.count(&line);
                    run.write(clock(), line)?;
                }
                Err(error) => match &mut reconciled.unsettled {
                    Some((count, _)) => *count += 1,
                    None => reconciled.unsettled = Some((1, error)),
                },
            }
        }
        open = absent;
        if open.is_empty() {
            break;
        }
        directory.pass(BETWEEN_LOOKS).await;
    }
    Ok(reconciled)
}

impl Reconciled {
    fn count(&mut self, line: &HistoryRecord) {
        match line {
            HistoryRecord::Done { .. } => self.done += 1,
            HistoryRecord::Found { .. } => self.found += 1,
            HistoryRecord::Existed { .. } => self.existed += 1,
            _ => self.not_done += 1,
        }
    }
}

async fn outcome(
    entry: &Entry,
    run: &HistoryWriter,
    directory: &impl Directory,
) -> Result<HistoryRecord, AwsError> {
    let number = entry.number;
    let undone = match &entry.deed {
        Change::Undo { of } => run.entry(*of),
        _ => None,
    };
    let deed = undone.as_ref().map_or(&entry.deed, |undone| &undone.deed);
    let found = match deed.find(directory).await {
        Err(AwsError::NotFound) => deed.without_its_place(),
        found => found?,
    };
    Ok(match (undone, found) {
        // What goes by the name now is not what we made, or it would have been found as the same.
        (Some(undone), ExistingResource::Nothing | ExistingResource::Other(_)) => {
            HistoryRecord::Done { number, id: undone.made().unwrap_or_default().to_owned() }
        }
        (None, ExistingResource::Same(id)) if !run.made_by_another(entry, &id) => {
            HistoryRecord::Found { number, id }
        }
        (None, ExistingResource::Other(id)) => HistoryRecord::Existed { number, id },
        (Some(_) | None, ExistingResource::Same(_)) | (None, ExistingResource::Nothing) => {
            HistoryRecord::Failed { number, error: NOT_DONE.to_owned(), params: Default::default() }
        }
    })
}
