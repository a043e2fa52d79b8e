//! People: who shall sign in to nOps, as typed or read from CSV, and what the directory knows of them. Pure.

pub mod csv;
pub mod list;
pub mod matching;
pub mod nops_team;
pub mod person;

pub use csv::SkippedRow;
pub use list::{GroupChoice, People};
pub use matching::{Group, Membership, PersonIssue, User, UserIndex, UserMatch, UserState};
pub use person::{NewPerson, Person, PersonError};
