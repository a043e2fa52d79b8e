//! Browsers that are signed in.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A browser that is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Session {
    /// The value of its cookie.
    pub id: String,
    /// Who, and where.
    pub who: SignedIn,
    /// When they signed in.
    pub began_at: Timestamp,
}

/// Who is signed in, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum SignedIn {
    /// At the access portal: a user's id.
    Portal(String),
    /// At nOps: a mail address.
    Nops(String),
}
