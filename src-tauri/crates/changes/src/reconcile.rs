//! Checks in AWS whether changes were made after their response was lost.

use std::time::Duration;

use super::{
    ApplyError, Clock, Directory, History, HistoryError,
    change::{Change, ExistingResource},
    history::{Entry, HistoryRecord, HistoryWriter},
};
use identity_center::AwsError;

/// The number of changes without an outcome that were resolved, by result.
#[derive(Debug, Default)]
pub struct Reconciled {
    /// Undo steps that turned out to be complete: the resource no longer exists.
    pub done: u32,
    /// The resource exists as we would have created it. It is uncertain whether we or another
    /// administrator created it.
    pub found: u32,
    /// The resource exists, but not as we would have created it. It isn't ours, so undo keeps it.
    pub existed: u32,
    /// Changes that weren't made. The next plan will contain them again.
    pub not_done: u32,
    /// The number of changes that couldn't be checked, and the first error. These changes stay
    /// open.
    pub unresolved: Option<(u32, AwsError)>,
}

/// The error code of an interrupted change that wasn't made. Its message key is `aws-not_done`.
const NOT_DONE: &str = "not_done";

/// How many times to look for a missing resource. Retries are needed because AWS may take a few
/// seconds to show a change.
const LOOKUP_ATTEMPTS: u32 = 3;
const BETWEEN_LOOKUPS: Duration = Duration::from_secs(3);

/// Checks every change without an outcome in AWS, and records the result. Doesn't change anything
/// in AWS.
pub async fn reconcile(
    directory: &impl Directory,
    journal: &History,
    clock: Clock<'_>,
) -> Result<Reconciled, ApplyError> {
    let run = journal.run()?;
    Ok(resolve_pending(&run, directory, clock).await?)
}

/// Same as [`reconcile`], but within a run. A change that can't be resolved stays open and doesn't
/// block other changes.
pub(super) async fn resolve_pending(
    run: &HistoryWriter,
    directory: &impl Directory,
    clock: Clock<'_>,
) -> Result<Reconciled, HistoryError> {
    let mut reconciled = Reconciled::default();
    let mut open = run.pending();
    for look in 1..=LOOKUP_ATTEMPTS {
        let mut absent = Vec::new();
        for entry in open {
            match outcome(&entry, run, directory).await {
                Ok(HistoryRecord::Failed { .. }) if look < LOOKUP_ATTEMPTS => absent.push(entry),
                Ok(line) => {
                    reconciled.count(&line);
                    run.write(clock(), line)?;
                }
                Err(error) => match &mut reconciled.unresolved {
                    Some((count, _)) => *count += 1,
                    None => reconciled.unresolved = Some((1, error)),
                },
            }
        }
        open = absent;
        if open.is_empty() {
            break;
        }
        directory.wait_for_aws(BETWEEN_LOOKUPS).await;
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
    let undone = match &entry.change {
        Change::Undo { of } => run.entry(*of),
        _ => None,
    };
    let change = undone.as_ref().map_or(&entry.change, |undone| &undone.change);
    let found = match change.find(directory).await {
        Err(AwsError::NotFound) => change.state_without_parent(),
        found => found?,
    };
    Ok(match (undone, found) {
        // Another administrator may have reused the name. That resource isn't ours, because the
        // lookup returns `Same` for our own resources.
        (Some(undone), ExistingResource::Nothing | ExistingResource::Other(_)) => {
            let id = match &undone.change {
                // It's uncertain who added the user again, so the membership isn't ours.
                Change::RemoveMember { .. } => "",
                _ => undone.created_id().unwrap_or_default(),
            };
            HistoryRecord::Done { number, id: id.to_owned() }
        }
        (None, ExistingResource::Same(id)) if !run.is_created_by_another_entry(entry, &id) => {
            HistoryRecord::Found { number, id }
        }
        (None, ExistingResource::Other(id)) => HistoryRecord::Existed { number, id },
        (Some(_) | None, ExistingResource::Same(_)) | (None, ExistingResource::Nothing) => {
            HistoryRecord::Failed { number, error: NOT_DONE.to_owned(), params: Default::default() }
        }
    })
}
