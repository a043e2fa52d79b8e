//! The error that ends a run of changes.

use std::collections::BTreeMap;

use identity_center::AwsError;

use super::HistoryError;

/// An error that ended a run. Changes that were made before it are in the change history.
#[derive(Debug, thiserror::Error)]
pub enum ApplyError {
    #[error(transparent)]
    Aws(#[from] AwsError),
    /// The change history couldn't be written, so we didn't call AWS.
    #[error(transparent)]
    History(#[from] HistoryError),
}

impl ApplyError {
    /// Returns a stable code. [`Self::key`] returns its message key.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Aws(error) => error.code(),
            Self::History(error) => error.code(),
        }
    }

    /// Returns the message key: `aws-<code>` or `failure-<code>`.
    pub fn key(&self) -> String {
        match self {
            Self::Aws(error) => error.key(),
            Self::History(error) => format!("failure-{}", error.code()),
        }
    }

    pub fn params(&self) -> BTreeMap<String, String> {
        match self {
            Self::Aws(error) => params(error),
            Self::History(error) => error.params(),
        }
    }
}

pub(super) fn params(error: &AwsError) -> BTreeMap<String, String> {
    let params = error.params().into_iter();
    params.map(|(name, value)| (name.to_owned(), value)).collect()
}
