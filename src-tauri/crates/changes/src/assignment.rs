//! Assigns or unassigns a single user or group, such as the tester.

use identity_center::Principal;

use super::{
    ApplyError, Clock, Directory, History, UncertainResources,
    apply::apply_change,
    change::Change,
    history::{Entry, HistoryWriter},
    reconcile::resolve_pending,
    undo::undo_change,
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssignmentRequest {
    /// The application's ARN.
    pub application: String,
    pub principal: Principal,
    /// The name of the user or group, for the change history.
    pub name: String,
}

/// Assigns the user or group. An assignment that already exists is recorded as existing, not as
/// ours.
pub async fn assign(
    assignee: AssignmentRequest,
    directory: &impl Directory,
    journal: &History,
    clock: Clock<'_>,
) -> Result<(), ApplyError> {
    let run = journal.run()?;
    resolve_pending(&run, directory, clock).await?;
    let change = Change::Assign {
        application: assignee.application,
        principal: assignee.principal,
        name: assignee.name,
    };
    apply_change(change, &run, directory, clock).await.map(drop)
}

/// Removes an assignment. If we made the assignment, this undoes our change. Otherwise, the removal
/// is a separate change. If the assignment no longer exists, that isn't an error.
pub async fn unassign(
    assignee: AssignmentRequest,
    directory: &impl Directory,
    journal: &History,
    clock: Clock<'_>,
) -> Result<(), ApplyError> {
    let run = journal.run()?;
    resolve_pending(&run, directory, clock).await?;
    if let Some(ours) = find_our_assignment(&run, &assignee) {
        return undo_change(&ours, &run, directory, clock).await;
    }
    let change = Change::Unassign {
        application: assignee.application,
        principal: assignee.principal,
        name: assignee.name,
    };
    apply_change(change, &run, directory, clock).await.map(drop)
}

/// Finds our entry for the assignment in the change history. Includes uncertain entries, because
/// the user requested exactly this assignment.
fn find_our_assignment(run: &HistoryWriter, assignee: &AssignmentRequest) -> Option<Entry> {
    let mut undoable = run.undoable(UncertainResources::Undo).into_iter();
    undoable.find(|entry| match &entry.change {
        Change::Assign { application, principal, .. } => {
            *application == assignee.application && *principal == assignee.principal
        }
        _ => false,
    })
}
