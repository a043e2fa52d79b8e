//! One assignment to an application, made or taken away by itself: the tester's.

use jiff::Timestamp;

use identity_center::Principal;

use super::{
    ApplyError, Directory, Journal, Uncertain,
    apply::make,
    deed::Deed,
    journal::{Entry, Run},
    reconcile::settle_pending,
    undo::take_back,
};

/// Who to what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignee {
    /// The application's ARN.
    pub application: String,
    /// Who.
    pub principal: Principal,
    /// Their name, for the journal.
    pub name: String,
}

/// Assigns somebody. An assignment that is there already stays whose it is.
pub async fn assign(
    assignee: Assignee,
    directory: &impl Directory,
    journal: &Journal,
    clock: &(dyn Fn() -> Timestamp + Send + Sync),
) -> Result<(), ApplyError> {
    let run = journal.run()?;
    settle_pending(&run, directory, clock).await?;
    let deed = Deed::Assign {
        application: assignee.application,
        principal: assignee.principal,
        name: assignee.name,
    };
    make(deed, &run, directory, clock).await.map(drop)
}

/// Takes somebody's assignment away: as the undoing of ours, or as a change of its own where others made it.
/// One that is gone already is fine.
pub async fn unassign(
    assignee: Assignee,
    directory: &impl Directory,
    journal: &Journal,
    clock: &(dyn Fn() -> Timestamp + Send + Sync),
) -> Result<(), ApplyError> {
    let run = journal.run()?;
    settle_pending(&run, directory, clock).await?;
    if let Some(ours) = ours(&run, &assignee) {
        return take_back(&ours, &run, directory, clock).await;
    }
    let deed = Deed::Unassign {
        application: assignee.application,
        principal: assignee.principal,
        name: assignee.name,
    };
    make(deed, &run, directory, clock).await.map(drop)
}

/// The assignment in the change history. One that may be of others counts: this very one is meant.
fn ours(run: &Run, assignee: &Assignee) -> Option<Entry> {
    let mut undoable = run.undoable(Uncertain::Undo).into_iter();
    undoable.find(|entry| match &entry.deed {
        Deed::Assign { application, principal, .. } => {
            *application == assignee.application && *principal == assignee.principal
        }
        _ => false,
    })
}
