//! The people who will sign in to nOps, from a form or a list, and what the directory knows about
//! them. Performs no I/O.

pub mod csv;
pub mod former_members;
pub mod list;
pub mod matching;
pub mod nops_team;
pub mod person;

pub use csv::{ListChoices, SkippedRow};
pub use list::{GroupChoice, ListSummary, People, UnclearStatusColumn};
pub use matching::{Group, Membership, PersonIssue, User, UserIndex, UserMatch, UserState};
pub use person::{NewPerson, Person, PersonError};
