//! Errors from checking an API key.

use std::collections::BTreeMap;

use transport::ReachError;

/// Why a key wasn't accepted. The message key is `nops-<code>`.
#[derive(Clone, Debug, PartialEq, Eq, strum::IntoStaticStr, thiserror::Error)]
#[strum(serialize_all = "snake_case")]
#[error("{}", self.code())]
pub enum KeyError {
    /// The text can't be a key, because it's empty or contains white space or non-ASCII characters.
    Shape,
    Refused,
    /// nOps returned a web page instead of an API response. It may do this for a wrong key.
    WebPage,
    /// nOps knows the key, but the key lacks permission for the request.
    NotAllowed,
    /// nOps is limiting requests.
    TooMany,
    /// nOps returned a server error.
    Unavailable {
        status: u16,
    },
    /// The response has an unknown structure.
    Unexpected,
    /// nOps couldn't be reached.
    #[strum(transparent)]
    Transport(#[from] ReachError),
}

impl KeyError {
    /// The codes of this type. [`ReachError::CODES`] can also occur.
    pub const CODES: [&str; 7] =
        ["shape", "refused", "web_page", "not_allowed", "too_many", "unavailable", "unexpected"];

    /// Returns the message key without the prefix `nops-`.
    pub fn code(&self) -> &'static str {
        self.into()
    }

    pub fn params(&self) -> BTreeMap<String, String> {
        match self {
            Self::Unavailable { status } => {
                BTreeMap::from([("status".to_owned(), status.to_string())])
            }
            Self::Transport(error) => error.params(),
            _ => BTreeMap::new(),
        }
    }
}
