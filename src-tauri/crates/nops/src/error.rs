//! Why a key was not accepted.

use std::collections::BTreeMap;

use transport::ReachError;

/// Why a key was not accepted. Its words are under `nops-<code>`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// No key looks like this: it is empty, or has white space or other than ASCII in it.
    #[error("no key looks like this")]
    Shape,
    /// nOps does not know the key.
    #[error("nOps does not know the key")]
    Refused,
    /// nOps answered its web page where an API answer was due, as it may for a wrong key.
    #[error("nOps answered a web page")]
    WebPage,
    /// nOps knows the key, and it may not read what was asked.
    #[error("the key may not read what was asked")]
    NotAllowed,
    /// nOps was asked too often.
    #[error("nOps was asked too often")]
    TooMany,
    /// nOps has trouble.
    #[error("nOps answered {status}")]
    Unavailable {
        /// The HTTP status.
        status: u16,
    },
    /// The answer is of a shape that we don't know.
    #[error("nOps answered something unknown")]
    Unexpected,
    /// nOps could not be asked.
    #[error(transparent)]
    Transport(#[from] ReachError),
}

impl KeyError {
    /// The codes that are not those of [`ReachError::CODES`], which come up too.
    pub const CODES: [&str; 7] =
        ["shape", "refused", "web_page", "not_allowed", "too_many", "unavailable", "unexpected"];

    /// The key of its words, without `nops-`.
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

    /// The variables of its words.
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
