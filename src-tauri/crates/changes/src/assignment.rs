//! One assignment to an application, made or taken away by itself: the tester's.

use jiff::Timestamp;

use identity_center::Principal;

use super::{
    ApplyError, Directory, History, Uncertain,
    apply::make,
    change::Change,
    history::{Entry, HistoryWriter},
    reconcile::resolve_pending,
    undo::undo_change,
};

/// Who to what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssignmentRequest {
    /// The application's ARN.
    pub application: String,
    /// Who.
    pub principal: Principal,
    /// Their name, for the journal.
    pub name: String,
}

/// Assigns somebody. An assignment that is there already stays whose it is.
pub async fn assign(
    assignee: AssignmentRequest,
    directory: &impl Directory,
    journal: &History,
    clock: &(dyn Fn() -> Timestamp + Send + Sync),
) -> Result<(), ApplyError> {
    let run = journal.run()?;
    resolve_pending(&run, directory, clock).await?;
    let deed = Change::Assign {
        application: assignee.application,
        principal: assignee.principal,
        name: assignee.name,
    };
    make(deed, &run, directory, clock).await.map(drop)
}

/// Takes somebody's assignment away: as the undoing of ours, or as a change of its own where others made it.
/// One that is gone already is fine.
pub async fn unassign(
    assignee: AssignmentRequest,
    directory: &impl Directory,
    journal: &History,
    clock: &(dyn Fn() -> Timestamp + Send + Sync),
) -> Result<(), ApplyError> {
    let run = journal.run()?;
    resolve_pending(&run, directory, clock).await?;
    if let Some(ours) = ours(&run, &assignee) {
        return undo_change(&ours, &run, directory, clock).await;
    }
    let deed = Change::Unassign {
        application: assignee.application,
        principal: assignee.principal,
        name: assignee.name,
    };
    make(deed, &run, directory, clock).await.map(drop)
}

/// The assignment in the change history. One that may be of others counts: this very one is meant.
fn ours(run: &HistoryWriter, assignee: &AssignmentRequest) -> Option<Entry> {
    let mut undoable = run.undoable(Uncertain::Undo).into_iter();
    undoable.find(|entry| match &entry.deed {
        Change::Assign { application, principal, .. } => {
            *application == assignee.application && *principal == assignee.principal
        }
        _ => false,
    })
}
