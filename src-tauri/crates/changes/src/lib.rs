//! The people's part of AWS: what shall change, making it, and taking it back.
//!
//! A plan is made of what was listed, shown, and only then applied, one change after the other. Each
//! change is in the journal before AWS is asked and again when AWS has answered. A change without an
//! answer is never repeated blindly: AWS is asked first what became of it.

mod abreast;
mod apply;
mod assignment;
mod control;
mod deed;
mod directory;
mod error;
mod journal;
mod plan;
mod reconcile;
mod undo;

pub use apply::{Applied, apply};
pub use assignment::{Assignee, assign, unassign};
pub use control::Control;
pub use directory::Directory;
pub use error::ApplyError;
pub use journal::{
    CHANGES, Journal, JournalError, PersonState, Row, State, Summary, Uncertain, Undoable,
};
pub use plan::{PersonPlan, Plan, Sign, plan};
pub use reconcile::{Reconciled, reconcile};
pub use undo::{Kept, KeptFor, Undone, undo};

#[cfg(test)]
mod tests;
