//! Why changes came to a halt.

use std::collections::BTreeMap;

use identity_center::AwsError;

use super::HistoryError;

/// Why changes came to a halt. What was made before is in the journal.
#[derive(Debug, thiserror::Error)]
pub enum ApplyError {
    /// AWS did not do what was asked.
    #[error(transparent)]
    Aws(#[from] AwsError),
    /// The journal could not be written, so AWS was not asked.
    #[error(transparent)]
    History(#[from] HistoryError),
}

impl ApplyError {
    /// A stable code; its words are under [`Self::key`].
    pub fn code(&self) -> &'static str {
        match self {
            Self::Aws(error) => error.code(),
            Self::History(error) => error.code(),
        }
    }

    /// The key of its words: `aws-<code>` or `failure-<code>`.
    pub fn key(&self) -> String {
        match self {
            Self::Aws(error) => format!("aws-{}", error.code()),
            Self::History(error) => format!("failure-{}", error.code()),
        }
    }

    /// The variables of its words.
    pub fn params(&self) -> BTreeMap<String, String> {
        match self {
            Self::Aws(error) => params(error),
            Self::History(error) => error.params(),
        }
    }
}

/// The variables of an AWS error's words, by name.
pub(super) fn params(error: &AwsError) -> BTreeMap<String, String> {
    let params = error.params().into_iter();
    params.map(|(name, value)| (name.to_owned(), value)).collect()
}
