//! The change history of a setup: a JSON Lines file next to the setup file. Each line is written to
//! disk before the next action.

mod file;
mod record;
mod state;

use std::{collections::BTreeMap, fmt::Debug, path::PathBuf, sync::Arc};

use jiff::Timestamp;
use parking_lot::{Mutex, MutexGuard};

use storage::store::StoreError;

use super::change::Change;
use file::File;
pub(super) use record::HistoryRecord;
pub(super) use state::Entry;
use state::HistoryState;
pub use state::{
    AttemptState, CHANGES, HistoryEntry, PersonState, Summary, UncertainResources, UndoableCounts,
};

/// The change history of a setup. Clones share one state.
#[derive(Clone, Debug)]
pub struct History {
    inner: Arc<HistoryInner>,
}

#[derive(Debug)]
struct HistoryInner {
    /// Locked during a write, and always before `state`.
    file: Mutex<File>,
    /// Not locked during a write, so readers don't wait for the disk.
    state: Mutex<RunState>,
    /// The right to write the file. A run owns a clone of the history, so it keeps this right until
    /// it ends.
    _right: Option<Arc<dyn Debug + Send + Sync>>,
}

#[derive(Debug)]
struct RunState {
    record: HistoryState,
    /// Whether a run is active. If so, a change without an outcome is in progress, not interrupted.
    is_running: bool,
}

#[derive(Debug, thiserror::Error)]
#[error("{}", self.code())]
pub enum HistoryError {
    /// A line couldn't be read.
    Damaged {
        /// Line number, starting at 1.
        line: u32,
    },
    /// The file has another format version.
    Version {
        found: u32,
    },
    /// Another run is active.
    Busy,
    /// Another program wrote to the file after we last read it.
    Foreign,
    Disk(#[from] StoreError),
}

impl HistoryError {
    /// All codes. A test checks that each has a message.
    pub const CODES: [&str; 7] = [
        "journal_damaged",
        "journal_foreign",
        "journal_version",
        "journal_busy",
        "journal_disk_full",
        "journal_refused",
        "journal_failed",
    ];

    /// Returns the message key without the prefix `failure-`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Damaged { .. } => "journal_damaged",
            Self::Version { .. } => "journal_version",
            Self::Busy => "journal_busy",
            Self::Foreign => "journal_foreign",
            Self::Disk(StoreError::DiskFull) => "journal_disk_full",
            Self::Disk(StoreError::Refused { .. }) => "journal_refused",
            Self::Disk(_) => "journal_failed",
        }
    }

    pub fn params(&self) -> BTreeMap<String, String> {
        let one = |name: &str, value: String| BTreeMap::from([(name.to_owned(), value)]);
        match self {
            Self::Damaged { line } => one("line", line.to_string()),
            Self::Version { found } => one("version", found.to_string()),
            Self::Disk(StoreError::Refused { path }) => one("path", path.display().to_string()),
            Self::Busy | Self::Foreign | Self::Disk(_) => BTreeMap::new(),
        }
    }
}

impl History {
    /// Reads the change history. A missing file is an empty history. An incomplete last line is
    /// ignored, and any other unreadable line is an error.
    pub fn open(path: PathBuf) -> Result<Self, HistoryError> {
        Self::read(path, None)
    }

    /// Same as [`Self::open`], but the history also owns the right to write the file, until the
    /// last clone is dropped.
    pub fn open_with_write_guard(
        path: PathBuf,
        right: Arc<dyn Debug + Send + Sync>,
    ) -> Result<Self, HistoryError> {
        Self::read(path, Some(right))
    }

    fn read(
        path: PathBuf,
        right: Option<Arc<dyn Debug + Send + Sync>>,
    ) -> Result<Self, HistoryError> {
        let (file, lines) = File::open(path)?;
        let mut record = HistoryState::default();
        for (line, stamped) in (1..).zip(lines) {
            if !record.is_valid_next(&stamped.line) {
                return Err(HistoryError::Damaged { line });
            }
            record.append_record(stamped.at, stamped.line);
        }
        let state = Mutex::new(RunState { record, is_running: false });
        Ok(Self { inner: Arc::new(HistoryInner { file: Mutex::new(file), state, _right: right }) })
    }

    pub fn summary(&self) -> Summary {
        let state = self.state();
        state.record.summary(state.is_running)
    }

    /// Returns all entries, oldest first.
    pub fn rows(&self) -> Vec<HistoryEntry> {
        self.latest_entries(usize::MAX)
    }

    /// Returns the last `most` entries, oldest first.
    pub fn latest_entries(&self, most: usize) -> Vec<HistoryEntry> {
        let state = self.state();
        state.record.rows(state.is_running, most)
    }

    /// Returns the number of lines, which increases with every change to the history.
    pub fn lines(&self) -> u64 {
        self.state().record.lines()
    }

    /// Returns the changes that were made for the person with this key and not undone.
    pub fn person_state(&self, key: &str) -> PersonState {
        self.state().record.person_state(key)
    }

    /// Closes an entry whose outcome can't be determined. Returns false if no entry with this
    /// number is open.
    pub fn mark_unknown(&self, number: u32, at: Timestamp) -> Result<bool, HistoryError> {
        let run = self.run()?;
        let is_open = run.pending().iter().any(|entry| entry.number == number);
        if is_open {
            run.write(at, HistoryRecord::Unknown { number })?;
        }
        Ok(is_open)
    }

    /// Returns whether the history shows that a group is assigned to this application, by us or by
    /// another administrator.
    pub fn has_assigned_group(&self, application: &str) -> bool {
        self.state().record.has_assigned_group(application)
    }

    /// Starts a run of changes.
    ///
    /// # Errors
    ///
    /// Returns [`HistoryError::Busy`] if another run is active.
    pub(super) fn run(&self) -> Result<HistoryWriter, HistoryError> {
        let mut state = self.state();
        if state.is_running {
            return Err(HistoryError::Busy);
        }
        state.is_running = true;
        Ok(HistoryWriter { journal: self.clone() })
    }

    fn state(&self) -> MutexGuard<'_, RunState> {
        self.inner.state.lock()
    }
}

/// An active run, which can write to the change history. The run ends when this value is dropped.
#[derive(Debug)]
pub(super) struct HistoryWriter {
    journal: History,
}

impl HistoryWriter {
    /// Records that a change is about to be made. Returns the number of the new entry.
    pub(super) fn record_intent(&self, at: Timestamp, change: Change) -> Result<u32, HistoryError> {
        let number = self.journal.state().record.next_number();
        self.write(at, HistoryRecord::Intended { number, change })?;
        Ok(number)
    }

    /// Writes a line to disk, then updates the state in memory.
    pub(super) fn write(&self, at: Timestamp, line: HistoryRecord) -> Result<(), HistoryError> {
        let mut file = self.journal.inner.file.lock();
        file.append(at, &line)?;
        self.journal.state().record.append_record(at, line);
        Ok(())
    }

    /// Returns the entries without an outcome.
    pub(super) fn pending(&self) -> Vec<Entry> {
        self.journal.state().record.pending()
    }

    /// Returns the entries that can be undone, newest first.
    pub(super) fn undoable(&self, uncertain: UncertainResources) -> Vec<Entry> {
        self.journal.state().record.undoable(uncertain)
    }

    /// Returns whether another entry of the same kind created the resource with this ID.
    pub(super) fn is_created_by_another_entry(&self, entry: &Entry, id: &str) -> bool {
        self.journal.state().record.is_created_by_another_entry(entry, id)
    }

    /// Returns the ID of our membership that this entry removed.
    pub(super) fn removed_membership(&self, removal: &Entry) -> Option<String> {
        let state = self.journal.state();
        state.record.addition_of(removal)?.created_id().map(str::to_owned)
    }

    pub(super) fn entry(&self, number: u32) -> Option<Entry> {
        self.journal.state().record.entry(number).cloned()
    }
}

impl Drop for HistoryWriter {
    fn drop(&mut self) {
        self.journal.state().is_running = false;
    }
}

#[cfg(test)]
mod tests;
