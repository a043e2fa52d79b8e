//! People: who shall sign in to nOps, as typed or read from CSV, and what the directory knows of them. Pure.

pub mod list;
pub mod person;
pub mod recognition;
pub mod sheet;
pub mod team;

pub use list::{GroupChoice, People};
pub use person::{NewPerson, Person, Refusal};
pub use recognition::{Directory, Group, Membership, Recognition, Remark, User, UserState};
pub use sheet::Unread;
