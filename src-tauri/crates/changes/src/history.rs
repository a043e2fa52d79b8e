//! What was meant to change, and what became of it: JSON Lines beside the setup, each on disk before
//! anything else happens.

mod file;
mod record;
mod state;

use std::{
    collections::BTreeMap,
    fmt::Debug,
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use jiff::Timestamp;

use storage::store::StoreError;

use super::change::Change;
use file::File;
pub(super) use record::HistoryRecord;
pub(super) use state::Entry;
use state::HistoryState;
pub use state::{CHANGES, HistoryEntry, PersonState, State, Summary, Uncertain, Undoable};

/// The journal of a setup. Clones are the same journal.
#[derive(Clone, Debug)]
pub struct History {
    inner: Arc<Mutex<Inner>>,
}

#[derive(Debug)]
struct Inner {
    file: File,
    record: HistoryState,
    /// Somebody makes changes now, so that a change without an outcome is under way and not interrupted.
    is_running: bool,
    /// The right to write the file. A run has a clone of the journal, so the right lasts until the run ends.
    _right: Option<Arc<dyn Debug + Send + Sync>>,
}

/// Why a journal could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum HistoryError {
    /// A line in it can't be read.
    #[error("line {line} of the journal can't be read")]
    Damaged {
        /// Its number, from 1.
        line: u32,
    },
    /// It was written by a newer version.
    #[error("the journal has version {found}")]
    Version {
        /// The version that it says.
        found: u32,
    },
    /// Changes are being made already.
    #[error("changes are being made already")]
    Busy,
    /// Another program wrote to it since we read it.
    #[error("another program wrote to the journal")]
    Foreign,
    /// The disk did not do it.
    #[error(transparent)]
    Disk(#[from] StoreError),
}

impl HistoryError {
    /// All codes, for whoever checks that each has words.
    pub const CODES: [&str; 7] = [
        "journal_damaged",
        "journal_foreign",
        "journal_version",
        "journal_busy",
        "journal_disk_full",
        "journal_refused",
        "journal_failed",
    ];

    /// The key of its words, without `failure-`.
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

    /// The variables of its words.
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
    /// Reads the journal. None on disk is an empty one; a last line that was not written to its end is
    /// passed over, any other that can't be read is an error.
    pub fn open(path: PathBuf) -> Result<Self, HistoryError> {
        Self::read(path, None)
    }

    /// The same, keeping the right to write it until the last clone is dropped.
    pub fn open_with(
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
            if !record.follows(&stamped.line) {
                return Err(HistoryError::Damaged { line });
            }
            record.take(stamped.at, stamped.line);
        }
        let inner = Inner { file, record, is_running: false, _right: right };
        Ok(Self { inner: Arc::new(Mutex::new(inner)) })
    }

    /// Where things stand.
    pub fn summary(&self) -> Summary {
        let inner = self.inner();
        inner.record.summary(inner.is_running)
    }

    /// Every change, oldest first.
    pub fn rows(&self) -> Vec<HistoryEntry> {
        self.latest(usize::MAX)
    }

    /// The last `most` changes, oldest first.
    pub fn latest(&self, most: usize) -> Vec<HistoryEntry> {
        let inner = self.inner();
        inner.record.rows(inner.is_running, most)
    }

    /// How many lines were read or written: another number whenever anything in it changed.
    pub fn lines(&self) -> u64 {
        self.inner().record.lines()
    }

    /// What was done for the person with this key and not taken back.
    pub fn state_of(&self, key: &str) -> PersonState {
        self.inner().record.state_of(key)
    }

    /// Closes a change whose outcome nobody can find out. False where there's no such change.
    pub fn mark_unknown(&self, number: u32, at: Timestamp) -> Result<bool, HistoryError> {
        let run = self.run()?;
        let is_open = run.pending().iter().any(|entry| entry.number == number);
        if is_open {
            run.write(at, HistoryRecord::Unknown { number })?;
        }
        Ok(is_open)
    }

    /// Whether a group was assigned to this application, by us or before us, and still is as far as we know.
    pub fn has_assigned_group(&self, application: &str) -> bool {
        self.inner().record.has_assigned_group(application)
    }

    /// Begins a run of changes; only one at a time.
    pub(super) fn run(&self) -> Result<HistoryWriter, HistoryError> {
        let mut inner = self.inner();
        if inner.is_running {
            return Err(HistoryError::Busy);
        }
        inner.is_running = true;
        Ok(HistoryWriter { journal: self.clone() })
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A run of changes, and the right to write the journal. It ends when it is dropped.
#[derive(Debug)]
pub(super) struct HistoryWriter {
    journal: History,
}

impl HistoryWriter {
    /// Writes that something is about to be changed, and answers the number of its entry.
    pub(super) fn record_intent(&self, at: Timestamp, deed: Change) -> Result<u32, HistoryError> {
        let number = self.journal.inner().record.next();
        self.write(at, HistoryRecord::Intended { number, deed })?;
        Ok(number)
    }

    /// Writes a line to disk, and only then takes it for true.
    pub(super) fn write(&self, at: Timestamp, line: HistoryRecord) -> Result<(), HistoryError> {
        let mut inner = self.journal.inner();
        inner.file.append(at, &line)?;
        inner.record.take(at, line);
        Ok(())
    }

    /// The entries without an outcome.
    pub(super) fn pending(&self) -> Vec<Entry> {
        self.journal.inner().record.pending()
    }

    /// The entries that can be undone, newest first.
    pub(super) fn undoable(&self, uncertain: Uncertain) -> Vec<Entry> {
        self.journal.inner().record.undoable(uncertain)
    }

    /// Whether another entry made what goes by this id.
    pub(super) fn made_by_another(&self, entry: &Entry, id: &str) -> bool {
        self.journal.inner().record.made_by_another(entry, id)
    }

    /// The entry with this number.
    pub(super) fn entry(&self, number: u32) -> Option<Entry> {
        self.journal.inner().record.entry(number).cloned()
    }
}

impl Drop for HistoryWriter {
    fn drop(&mut self) {
        self.journal.inner().is_running = false;
    }
}

#[cfg(test)]
mod tests;
