//! The people's part of AWS: what shall change, making it, and taking it back.
//!
//! A plan is made of what was listed, shown, and only then applied, one change after the other. Each
//! change is in the journal before AWS is asked and again when AWS has answered. A change without an
//! answer is never repeated blindly: AWS is asked first what became of it.

mod apply;
mod assignment;
mod change;
mod concurrency;
mod directory;
mod error;
mod history;
mod plan;
mod reconcile;
mod run_control;
mod undo;

pub use apply::{Applied, apply};
pub use assignment::{AssignmentRequest, assign, unassign};
pub use directory::Directory;
pub use error::ApplyError;
pub use history::{
    CHANGES, History, HistoryEntry, HistoryError, PersonState, State, Summary, Uncertain, Undoable,
};
pub use plan::{PersonPlan, Plan, PlannedChange, plan};
pub use reconcile::{Reconciled, reconcile};
pub use run_control::Control;
pub use undo::{RetainedResource, RetentionReason, Undone, undo};

#[cfg(test)]
mod tests;
