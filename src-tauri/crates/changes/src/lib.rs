//! Plans, makes and undoes changes to people and assignments in AWS.
//!
//! A plan is computed from listings, shown to the user, and then applied. The change history
//! records each change before the AWS call and again after the response. A change without a known
//! outcome is never just repeated: the app first checks in AWS whether it was made.

mod apply;
mod assignment;
mod change;
mod concurrency;
mod directory;
mod error;
mod history;
mod plan;
mod progress;
mod reconcile;
mod run_control;
mod undo;

use jiff::Timestamp;

pub use apply::{ApplySummary, apply};
pub use assignment::{AssignmentRequest, assign, unassign};
pub use directory::Directory;
pub use error::ApplyError;
pub use history::{
    AttemptState, CHANGES, History, HistoryEntry, HistoryError, PersonState, Summary,
    UncertainResources, UndoableCounts,
};
pub use plan::{PersonPlan, Plan, PlannedChange, plan};
pub use progress::Progress;
pub use reconcile::{Reconciled, reconcile};
pub use run_control::RunControl;
pub use undo::{RetainedResource, RetentionReason, UndoResult, UndoScope, undo};

/// Returns the current time. It is a parameter so that tests can control it.
pub type Clock<'a> = &'a (dyn Fn() -> Timestamp + Send + Sync);

#[cfg(test)]
mod tests;
