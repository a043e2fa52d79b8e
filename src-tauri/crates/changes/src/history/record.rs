//! The lines of the change history, as stored on disk.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{change::Change, error::params};
use identity_center::AwsError;

/// The version of the format, which the first line names.
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
        /// The plan's id.
        plan: String,
        /// The number of planned changes.
        changes: u32,
    },
    /// All planned changes were made.
    Completed {
        /// The plan's id.
        plan: String,
    },
    /// An undo is about to start.
    Undoing {
        /// The number of changes to undo.
        changes: u32,
    },
    /// Everything that could be undone was undone.
    Undone,
    /// AWS is about to be asked for a change.
    Intended {
        /// The number of the entry.
        number: u32,
        change: Change,
    },
    /// The change was made. The created resource is ours and can be undone.
    Done {
        /// The number of the entry.
        number: u32,
        /// The id of the created or undone resource.
        id: String,
    },
    /// The resource existed already; others created it.
    Existed {
        /// The number of the entry.
        number: u32,
        /// The id of the existing resource.
        id: String,
    },
    /// The response was lost and the resource was found later. It is ours or others created it
    /// meanwhile.
    Found {
        /// The number of the entry.
        number: u32,
        /// The id of the found resource.
        id: String,
    },
    /// The user closed the change without a known outcome.
    Unknown {
        /// The number of the entry.
        number: u32,
    },
    /// The change wasn't made.
    Failed {
        /// The number of the entry.
        number: u32,
        /// The message key is `aws-<error>`.
        error: String,
        /// The parameters of the message.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        params: BTreeMap<String, String>,
    },
    /// The change wasn't undone because others depend on the resource.
    Kept {
        /// The number of the entry that stays.
        of: u32,
        /// The message key is `aws-<reason>`.
        reason: String,
    },
}

impl HistoryRecord {
    pub fn failed(number: u32, error: &AwsError) -> Self {
        Self::Failed { number, error: error.code().to_owned(), params: params(error) }
    }
}
