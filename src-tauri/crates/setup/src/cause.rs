//! The reason for a finding, as a message in the catalog.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use specta::Type;

/// A message in the catalog. A finding inserts its text as the variable `reason`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct MessageCause {
    pub key: String,
    pub params: BTreeMap<String, String>,
}

impl MessageCause {
    pub fn new(key: impl Into<String>) -> Self {
        Self { key: key.into(), params: BTreeMap::new() }
    }

    pub fn with<N: Into<String>>(
        key: impl Into<String>,
        params: impl IntoIterator<Item = (N, String)>,
    ) -> Self {
        let params = params.into_iter().map(|(name, value)| (name.into(), value));
        Self { key: key.into(), params: params.collect() }
    }
}
