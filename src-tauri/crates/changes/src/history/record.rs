//! The lines of the change history, as stored on disk.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{change::Change, error::params};
use identity_center::AwsError;

/// The format version, which is in the first line.
pub const SCHEMA_VERSION: u32 = 1;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timestamped<L> {
    pub at: Timestamp,
    #[serde(flatten)]
    pub line: L,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "line", rename_all = "snake_case")]
pub enum HistoryRecord {
    Opened {
        schema_version: u32,
    },
    /// A plan is about to be applied.
    Planned {
        /// The plan's ID.
        plan: String,
        changes: u32,
    },
    Completed {
        /// The plan's ID.
        plan: String,
    },
    Undoing {
        changes: u32,
    },
    /// Everything that can be undone was undone.
    Undone,
    /// We are about to request a change from AWS.
    Intended {
        number: u32,
        change: Change,
    },
    /// The change was made. The created resource is ours, so it can be undone.
    Done {
        number: u32,
        /// The ID of the created or undone resource.
        id: String,
    },
    /// The resource already existed, so it isn't ours.
    Existed {
        number: u32,
        id: String,
    },
    /// The response was lost, and the resource was found later. It is uncertain whether we or
    /// another administrator created it.
    Found {
        number: u32,
        id: String,
    },
    /// The user closed the change although its outcome isn't known.
    Unknown {
        number: u32,
    },
    Failed {
        number: u32,
        /// Its message key is `aws-<error>`.
        error: String,
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        params: BTreeMap<String, String>,
    },
    /// The change wasn't undone, because the resource is used outside this setup.
    Kept {
        /// The entry whose resource is kept.
        of: u32,
        /// Its message key is `aws-<reason>`.
        reason: String,
    },
}

impl HistoryRecord {
    pub fn failed(number: u32, error: &AwsError) -> Self {
        Self::Failed { number, error: error.code().to_owned(), params: params(error) }
    }
}
