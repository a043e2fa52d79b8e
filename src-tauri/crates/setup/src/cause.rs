//! Why something happened, as a message of the catalog.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use specta::Type;

/// A message of the catalog, by its key. A finding shows it as its variable `reason`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Cause {
    /// The key of the message.
    pub key: String,
    /// Its variables.
    pub params: BTreeMap<String, String>,
}

impl Cause {
    /// A message without variables.
    pub fn new(key: impl Into<String>) -> Self {
        Self { key: key.into(), params: BTreeMap::new() }
    }

    /// A message with these variables.
    pub fn with<N: Into<String>>(
        key: impl Into<String>,
        params: impl IntoIterator<Item = (N, String)>,
    ) -> Self {
        let params = params.into_iter().map(|(name, value)| (name.into(), value));
        Self { key: key.into(), params: params.collect() }
    }
}
