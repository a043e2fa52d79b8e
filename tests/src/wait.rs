//! Waiting for something to become true: as short as possible, never longer than a deadline.

use std::{
    thread,
    time::{Duration, Instant},
};

use crate::Result;

/// Longer than anything takes on a busy machine; reached only when something is wrong.
pub(crate) const DEADLINE: Duration = Duration::from_secs(30);
const PAUSE: Duration = Duration::from_millis(25);

/// Asks until there is an answer. A question that fails is asked again.
pub fn until<T>(what: &str, ask: impl FnMut() -> Result<Option<T>>) -> Result<T> {
    until_within(DEADLINE, what, ask)
}

/// The same for as long as that.
pub(crate) fn until_within<T>(
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
