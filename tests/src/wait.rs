//! Polls until a condition is met or a deadline passes.

use std::{
    thread,
    time::{Duration, Instant},
};

use crate::Result;

/// A time limit that is longer than any operation on a busy machine. Only a failing test reaches
/// it.
pub(crate) const DEADLINE: Duration = Duration::from_secs(30);
const PAUSE: Duration = Duration::from_millis(25);

/// Polls until `ask` returns a value. If `ask` returns an error, tries again.
pub fn wait_until<T>(what: &str, ask: impl FnMut() -> Result<Option<T>>) -> Result<T> {
    wait_until_within(DEADLINE, what, ask)
}

/// Same as [`wait_until`], but with a different deadline.
pub(crate) fn wait_until_within<T>(
    limit: Duration,
    what: &str,
    mut ask: impl FnMut() -> Result<Option<T>>,
) -> Result<T> {
    let started = Instant::now();
    loop {
        let last = match ask() {
            Ok(Some(answer)) => return Ok(answer),
            Ok(None) => String::new(),
            Err(problem) => format!(": {problem}"),
        };
        if started.elapsed() > limit {
            return Err(format!("waited {} s for {what}{last}", limit.as_secs()).into());
        }
        thread::sleep(PAUSE);
    }
}
