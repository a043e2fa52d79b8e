//! The lines of a journal, as they are on disk.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::change::Change;

/// The version of the format; the first line says it.
pub const SCHEMA_VERSION: u32 = 1;

/// A line and its time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timestamped<L> {
    /// When it was written.
    pub at: Timestamp,
    /// What it says.
    #[serde(flatten)]
    pub line: L,
}

/// What a line says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "line", rename_all = "snake_case")]
pub enum HistoryRecord {
    /// The first line of the file.
    Opened {
        /// The version of the format.
        schema_version: u32,
    },
    /// A plan begins to be applied.
    Planned {
        /// The plan's id.
        plan: String,
        /// How many changes it has.
        changes: u32,
    },
    /// Everything planned was made.
    Completed {
        /// The plan's id.
        plan: String,
    },
    /// Changes begin to be taken back.
    Undoing {
        /// How many.
        changes: u32,
    },
    /// Everything was taken back that could be.
    Undone,
    /// AWS is about to be asked for a change.
    Intended {
        /// Names the entry.
        number: u32,
        /// The change.
        deed: Change,
    },
    /// It was made. What is made here is ours, and can be taken back.
    Done {
        /// The entry.
        number: u32,
        /// The id of what was made, or of what was taken back.
        id: String,
    },
    /// It was there already, made by others.
    Existed {
        /// The entry.
        number: u32,
        /// The id of what was there.
        id: String,
    },
    /// The answer was lost, and it was found later: ours, or made by others meanwhile.
    Found {
        /// The entry.
        number: u32,
        /// The id of what was found.
        id: String,
    },
    /// Nobody knows what became of it, and the user closed it.
    Unknown {
        /// The entry.
        number: u32,
    },
    /// It was not made.
    Failed {
        /// The entry.
        number: u32,
        /// Why: a key under `aws-<error>`.
        error: String,
        /// The variables of its words.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        params: BTreeMap<String, String>,
    },
    /// It was not taken back, because others rely on it by now.
    Kept {
        /// The entry that stays.
        of: u32,
        /// Why: a key under `aws-<error>`.
        reason: String,
    },
}
