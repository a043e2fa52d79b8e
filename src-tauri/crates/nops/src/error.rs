//! Errors of an API key check.

use std::collections::BTreeMap;

use transport::ReachError;

/// Why a key wasn't accepted. The message key is `nops-<code>`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The text can't be a key: it's empty, or contains white space or non-ASCII characters.
    #[error("no key looks like this")]
    Shape,
    #[error("nOps does not know the key")]
    Refused,
    /// nOps returned a web page instead of an API response, as it may for a wrong key.
    #[error("nOps answered a web page")]
    WebPage,
    /// nOps knows the key, but the key lacks permission for the request.
    #[error("the key may not read what was asked")]
    NotAllowed,
    /// nOps is limiting requests.
    #[error("nOps was asked too often")]
    TooMany,
    /// nOps returned a server error.
    #[error("nOps answered {status}")]
    Unavailable { status: u16 },
    /// The response has an unknown shape.
    #[error("nOps answered something unknown")]
    Unexpected,
    /// nOps couldn't be reached.
    #[error(transparent)]
    Transport(#[from] ReachError),
}

impl KeyError {
    /// The codes in addition to [`ReachError::CODES`], which can occur too.
    pub const CODES: [&str; 7] =
        ["shape", "refused", "web_page", "not_allowed", "too_many", "unavailable", "unexpected"];

    /// Returns the message key without the prefix `nops-`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Shape => "shape",
            Self::Refused => "refused",
            Self::WebPage => "web_page",
            Self::NotAllowed => "not_allowed",
            Self::TooMany => "too_many",
            Self::Unavailable { .. } => "unavailable",
            Self::Unexpected => "unexpected",
            Self::Transport(error) => error.code(),
        }
    }

    /// Returns the parameters of the message.
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
