//! The journal's file: lines are only ever added, and each is on disk before `append` returns.

use std::{
    fs, io,
    io::{Seek, SeekFrom, Write},
    path::PathBuf,
};

use jiff::Timestamp;
use serde::Deserialize;

use super::{
    JournalError,
    line::{Line, SCHEMA_VERSION, Stamped},
};
use crate::store::{StoreError, replace};

/// The file and how far it can be trusted.
#[derive(Debug)]
pub struct File {
    path: PathBuf,
    /// Where the last whole line ends. What lies behind it was not written to its end.
    end: u64,
}

impl File {
    /// Reads the file's whole lines. The file is made with the first line that is added.
    pub fn open(path: PathBuf) -> Result<(Self, Vec<Stamped<Line>>), JournalError> {
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(StoreError::from_io(&error, &path).into()),
        };
        let end = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |last| last + 1);
        let mut lines = Vec::new();
        for (number, text) in (1..).zip(bytes[..end].split_inclusive(|byte| *byte == b'\n')) {
            lines.push(read(number, text)?);
        }
        let file = Self { path, end: end as u64 };
        Ok((file, lines))
    }

    /// Adds a line. After an error the journal says what it said before.
    pub fn append(&mut self, at: Timestamp, line: &Line) -> Result<(), JournalError> {
        if self.end == 0 {
            let schema_version = SCHEMA_VERSION;
            let first = text(at, &Line::Opened { schema_version })?;
            replace(&self.path, &first)?;
            self.end = first.len() as u64;
        }
        let text = text(at, line)?;
        self.add(&text).map_err(|error| StoreError::from_io(&error, &self.path))?;
        self.end += text.len() as u64;
        Ok(())
    }

    /// Opens the file anew each time: lines in a file that was taken away meanwhile would keep nothing.
    fn add(&self, text: &[u8]) -> io::Result<()> {
        let mut file = fs::OpenOptions::new().write(true).open(&self.path)?;
        if file.metadata()?.len() > self.end {
            file.set_len(self.end)?;
        }
        file.seek(SeekFrom::Start(self.end))?;
        file.write_all(text)?;
        file.sync_data()
    }
}

fn read(number: u32, text: &[u8]) -> Result<Stamped<Line>, JournalError> {
    #[derive(Deserialize)]
    struct First {
        schema_version: u32,
    }
    let damaged = |_| JournalError::Damaged { line: number };
    if number == 1 {
        let First { schema_version } = serde_json::from_slice(text).map_err(damaged)?;
        if schema_version != SCHEMA_VERSION {
            return Err(JournalError::Version { found: schema_version });
        }
    }
    serde_json::from_slice(text).map_err(damaged)
}

fn text(at: Timestamp, line: &Line) -> Result<Vec<u8>, JournalError> {
    let mut text = serde_json::to_vec(&Stamped { at, line })
        .map_err(|_| StoreError::Disk(io::ErrorKind::InvalidData))?;
    text.push(b'\n');
    Ok(text)
}
