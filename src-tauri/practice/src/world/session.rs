//! Browser sessions.

use serde::{Deserialize, Serialize};

/// A signed-in browser's session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    pub id: String,
    pub who: SignedInUser,
}

/// The signed-in user, and which site the user signed in to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SignedInUser {
    /// A user of the access portal. Contains the user's ID.
    Portal(String),
    /// A user of nOps. Contains the email address.
    Nops(String),
}
