//! Why an action was not accepted.

use std::collections::BTreeMap;

use serde::Serialize;
use specta::Type;

use messages::Words;

/// An action that could not be done. Its words are in the catalogue under `failure-<code>`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type, thiserror::Error)]
#[error("{code}")]
pub struct Failure {
    /// A stable code such as `disk_full`.
    pub code: String,
    /// Variables of its words.
    pub params: BTreeMap<String, String>,
}

impl Failure {
    /// A failure without variables.
    pub fn new(code: &str) -> Self {
        Self { code: code.to_owned(), params: BTreeMap::new() }
    }

    /// The same failure with one more variable.
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.params.insert(name.to_owned(), value.into());
        self
    }

    /// Its words.
    pub fn sentence(&self, words: &Words) -> String {
        words.text(&format!("failure-{}", self.code), &self.params)
    }
}
