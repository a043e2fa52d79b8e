//! Tracks AWS's clock from the `Date` header of its responses.

use std::{
    sync::Arc,
    time::{Duration, Instant, SystemTime},
};

use jiff::{SignedDuration, Timestamp, fmt::rfc2822};
use parking_lot::Mutex;

/// The maximum difference between monotonic and wall time since the last response. A larger
/// difference means that the clock was changed or the computer was asleep.
const DRIFT: Duration = Duration::from_secs(2);

/// AWS's time, according to its latest response.
#[derive(Clone, Debug, Default)]
pub struct AwsClock(Arc<Mutex<Option<ClockReading>>>);

#[derive(Clone, Copy, Debug)]
struct ClockReading {
    date: Timestamp,
    at: Instant,
    by_this_computer: SystemTime,
}

impl AwsClock {
    /// Returns AWS's current time. Returns `None` before the first response, and after the computer
    /// sleeps or its clock is changed.
    pub fn now(&self) -> Option<Timestamp> {
        let reading = (*self.0.lock())?;
        let elapsed = reading.at.elapsed();
        let shown = reading.by_this_computer.elapsed().ok()?;
        let passed = SignedDuration::try_from(elapsed).ok()?;
        (shown.abs_diff(elapsed) <= DRIFT).then_some(())?;
        reading.date.checked_add(passed).ok()
    }

    /// Sets the time from a `Date` header.
    pub fn set_from_header(&self, header: &str) {
        let Ok(date) = rfc2822::DateTimeParser::new().parse_timestamp(header) else {
            return;
        };
        let reading =
            ClockReading { date, at: Instant::now(), by_this_computer: SystemTime::now() };
        *self.0.lock() = Some(reading);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_only_valid_date_headers() {
        let clock = AwsClock::default();
        assert_eq!(clock.now(), None);
        clock.set_from_header("yesterday");
        assert_eq!(clock.now(), None);
        clock.set_from_header("Sat, 28 Nov 2026 21:43:35 GMT");
        let date: Timestamp = "2026-11-28T21:43:35Z".parse().unwrap();
        let now = clock.now().unwrap();
        assert!(now >= date && now.duration_since(date) < SignedDuration::from_secs(60), "{now}");
    }
}
