//! The time and memory that our programs and other programs use.

use std::{
    ffi::OsStr,
    fs,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use crate::Result;

/// The cost of running a program once.
#[derive(Debug, Clone)]
pub struct Run {
    /// Wall-clock time.
    pub took: Duration,
    /// Peak memory, in bytes.
    pub peak: u64,
    pub output: String,
}

/// Runs a program until it exits and ignores its exit status. Returns `None` if the program
/// exceeded `limit` and was stopped.
///
/// # Errors
/// Returns an error if the program or GNU time can't be started.
pub fn run(
    program: impl AsRef<OsStr>,
    arguments: &[&OsStr],
    limit: Duration,
) -> Result<Option<Run>> {
    /// The exit status of `timeout` when it stopped a program.
    const STOPPED: i32 = 124;
    /// The exit status of `time` when the program doesn't exist.
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

pub fn median<T: Ord>(mut all: Vec<T>) -> Option<T> {
    all.sort_unstable();
    let middle = all.len() / 2;
    all.into_iter().nth(middle)
}
