//! Browser sessions.

use serde::{Deserialize, Serialize};

/// A signed-in browser's session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    pub id: String,
    pub who: SignedIn,
}

/// The signed-in user and the site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SignedIn {
    /// A user's ID at the access portal.
    Portal(String),
    /// An email address at nOps.
    Nops(String),
}
