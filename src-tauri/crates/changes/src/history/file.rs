//! The append-only file of the change history. Each line is on disk before `append` returns.

use std::{
    fs, io,
    io::{Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use jiff::Timestamp;
use serde::Deserialize;
use zeroize::Zeroizing;

use super::{
    HistoryError,
    record::{HistoryRecord, SCHEMA_VERSION, Timestamped},
};
use storage::store::{StoreError, replace};

/// The size limit of a history, in bytes. Adding 200,000 people writes about a quarter of it.
const LARGEST: u64 = 1024 * 1024 * 1024;

/// The history file, and the part of it that we have read or written.
#[derive(Debug)]
pub struct File {
    path: PathBuf,
    /// The offset after the last complete line that we read or wrote.
    end: u64,
    /// An incomplete line that we wrote, which the file may contain after `end`.
    incomplete_line: Vec<u8>,
}

impl File {
    /// Reads the complete lines. A missing file is created when the first line is appended.
    pub fn open(path: PathBuf) -> Result<(Self, Vec<Timestamped<HistoryRecord>>), HistoryError> {
        let bytes = read(&path)?.unwrap_or_default();
        let end = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |last| last + 1);
        let mut lines = Vec::new();
        for (number, text) in (1..).zip(bytes[..end].split_inclusive(|byte| *byte == b'\n')) {
            lines.push(parse_line(number, text)?);
        }
        let file = Self { path, end: end as u64, incomplete_line: bytes[end..].to_vec() };
        Ok((file, lines))
    }

    /// Appends a line. If this fails, the file still has the same complete lines as before.
    pub fn append(&mut self, at: Timestamp, line: &HistoryRecord) -> Result<(), HistoryError> {
        if self.end == 0 {
            let schema_version = SCHEMA_VERSION;
            let first = text(at, &HistoryRecord::Opened { schema_version })?;
            create(&self.path, &self.incomplete_line, &first)?;
            self.end = first.len() as u64;
            self.incomplete_line.clear();
        }
        let text = text(at, line)?;
        self.add(&text)?;
        self.incomplete_line.clear();
        self.end += text.len() as u64;
        Ok(())
    }

    /// Opens the file for each append, because writes to an open file are lost if the file was
    /// deleted.
    fn add(&mut self, text: &[u8]) -> Result<(), HistoryError> {
        let disk = |error: io::Error| StoreError::from_io(&error, &self.path);
        let mut file =
            fs::OpenOptions::new().read(true).append(true).open(&self.path).map_err(disk)?;
        let metadata = file.metadata().map_err(disk)?;
        let length = metadata.len();
        // Only a regular file has a meaningful length.
        if metadata.is_file() && length < self.end {
            return Err(HistoryError::Foreign);
        }
        if length > self.end {
            let mut behind = Vec::new();
            file.seek(SeekFrom::Start(self.end)).map_err(disk)?;
            // One byte more than what we wrote shows that someone else wrote it.
            let most = self.incomplete_line.len() as u64 + 1;
            (&file).take(most).read_to_end(&mut behind).map_err(disk)?;
            if !self.incomplete_line.starts_with(&behind) {
                return Err(HistoryError::Foreign);
            }
            file.set_len(self.end).map_err(disk)?;
        }
        // Update `incomplete_line` only here: until the truncation above, the file still ends with
        // the earlier incomplete line.
        if metadata.is_file() {
            self.incomplete_line = text.to_vec();
        }
        file.write_all(text).and_then(|()| file.sync_data()).map_err(disk)?;
        Ok(())
    }
}

/// Creates the file with its first line. An existing file is accepted only if it contains nothing
/// but an incomplete line that we wrote.
fn create(path: &Path, incomplete_line: &[u8], first: &[u8]) -> Result<(), HistoryError> {
    let there = read(path)?.unwrap_or_default();
    if !incomplete_line.starts_with(&there) {
        return Err(HistoryError::Foreign);
    }
    Ok(replace(path, first)?)
}

/// Reads the file, or returns `None` if it doesn't exist.
fn read(path: &Path) -> Result<Option<Zeroizing<Vec<u8>>>, HistoryError> {
    match local_files::read(path, LARGEST).map_err(io::Error::from) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(StoreError::from_io(&error, path).into()),
    }
}

fn parse_line(number: u32, text: &[u8]) -> Result<Timestamped<HistoryRecord>, HistoryError> {
    #[derive(Deserialize)]
    struct First {
        schema_version: u32,
    }
    let damaged = |_| HistoryError::Damaged { line: number };
    if number == 1 {
        let First { schema_version } = serde_json::from_slice(text).map_err(damaged)?;
        if schema_version != SCHEMA_VERSION {
            return Err(HistoryError::Version { found: schema_version });
        }
    }
    serde_json::from_slice(text).map_err(damaged)
}

fn text(at: Timestamp, line: &HistoryRecord) -> Result<Vec<u8>, HistoryError> {
    let mut text = serde_json::to_vec(&Timestamped { at, line })
        .map_err(|_| StoreError::Disk(io::ErrorKind::InvalidData))?;
    text.push(b'\n');
    Ok(text)
}
