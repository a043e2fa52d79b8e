//! Errors of actions.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use specta::Type;

use changes::HistoryError;
use messages::MessageCatalog;
use people::csv::ListError;
use storage::store::StoreError;

/// Why an action failed. Its message key is `failure-<code>`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type, thiserror::Error)]
#[error("{code}")]
pub struct Failure {
    /// A stable code such as `disk_full`.
    pub code: String,
    /// The variables of the message.
    pub params: BTreeMap<String, String>,
}

impl From<ListError> for Failure {
    fn from(error: ListError) -> Self {
        error
            .params()
            .fold(Self::new(error.code()), |failure, (name, value)| failure.with(name, value))
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::new(error.code())
    }
}

impl From<HistoryError> for Failure {
    fn from(error: HistoryError) -> Self {
        Self { params: error.params(), ..Self::new(error.code()) }
    }
}

impl Failure {
    /// Creates a failure without variables.
    pub fn new(code: &str) -> Self {
        Self { code: code.to_owned(), params: BTreeMap::new() }
    }

    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.params.insert(name.to_owned(), value.into());
        self
    }

    pub fn sentence(&self, words: &MessageCatalog) -> String {
        words.text(&format!("failure-{}", self.code), &self.params)
    }
}
