//! What programs take: time and memory, ours and those of others.

use std::{
    ffi::OsStr,
    fs,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use crate::Result;

/// What one run of a program took.
#[derive(Debug, Clone)]
pub struct Run {
    /// From start to end.
    pub took: Duration,
    /// The most memory that it held at once, in bytes.
    pub peak: u64,
    /// What it wrote to standard output.
    pub output: String,
}

/// Runs a program to its end, whatever its result; none where it took longer than `limit`, and was stopped.
///
/// # Errors
/// Where it can't be started, or GNU time can't.
pub fn run(
    program: impl AsRef<OsStr>,
    arguments: &[&OsStr],
    limit: Duration,
) -> Result<Option<Run>> {
    /// What `timeout` ends with when it had to stop a program.
    const STOPPED: i32 = 124;
    /// What `time` ends with when there is no such program.
    const MISSING: i32 = 127;
    let notes = tempfile::NamedTempFile::new()?;
    let started = Instant::now();
    let ended = Command::new("timeout")
        .arg(limit.as_secs_f64().to_string())
        .args(["time", "--quiet", "--format=%M", "--output"])
        .arg(notes.path())
        .arg(program.as_ref())
        .args(arguments)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()?;
    let took = started.elapsed();
    match ended.status.code() {
        Some(STOPPED) => return Ok(None),
        Some(MISSING) => {
            let program = program.as_ref().to_string_lossy();
            return Err(format!("neither `time` nor {program} may be missing").into());
        }
        _ => {}
    }
    let kilobytes: u64 = fs::read_to_string(notes.path())?.trim().parse()?;
    Ok(Some(Run {
        took,
        peak: 1024 * kilobytes,
        output: String::from_utf8_lossy(&ended.stdout).into_owned(),
    }))
}

/// The middle one of several.
pub fn median<T: Ord>(mut all: Vec<T>) -> Option<T> {
    all.sort_unstable();
    let middle = all.len() / 2;
    all.into_iter().nth(middle)
}
