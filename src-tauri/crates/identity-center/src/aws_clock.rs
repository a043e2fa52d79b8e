//! AWS's clock, as the `Date` header of its answers shows it.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant, SystemTime},
};

use aws_sdk_sts::config::{
    ConfigBag, Intercept, RuntimeComponents,
    interceptors::AfterDeserializationInterceptorContextRef,
};
use jiff::{SignedDuration, Timestamp, fmt::rfc2822};

/// Two of this computer's clocks that differ by more since the last answer were set, or stopped during sleep.
const DRIFT: Duration = Duration::from_secs(2);

/// The time that AWS gave last.
#[derive(Clone, Debug, Default)]
pub struct AwsClock(Arc<Mutex<Option<Reading>>>);

#[derive(Clone, Copy, Debug)]
struct Reading {
    date: Timestamp,
    at: Instant,
    by_this_computer: SystemTime,
}

impl AwsClock {
    /// AWS's time now; none before its first answer, and after this computer slept or its clock was set.
    pub fn now(&self) -> Option<Timestamp> {
        let reading = (*self.0.lock().unwrap_or_else(PoisonError::into_inner))?;
        let elapsed = reading.at.elapsed();
        let shown = reading.by_this_computer.elapsed().ok()?;
        let passed = SignedDuration::try_from(elapsed).ok()?;
        (shown.abs_diff(elapsed) <= DRIFT).then_some(())?;
        reading.date.checked_add(passed).ok()
    }

    fn set(&self, header: &str) {
        let Ok(date) = rfc2822::DateTimeParser::new().parse_timestamp(header) else {
            return;
        };
        let reading = Reading { date, at: Instant::now(), by_this_computer: SystemTime::now() };
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(reading);
    }
}

impl Intercept for AwsClock {
    fn name(&self) -> &'static str {
        "AwsClock"
    }

    fn read_after_deserialization(
        &self,
        context: &AfterDeserializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), aws_sdk_sts::error::BoxError> {
        if let Some(date) = context.response().headers().get("date") {
            self.set(date);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_date_header_and_nothing_else() {
        let clock = AwsClock::default();
        assert_eq!(clock.now(), None);
        clock.set("yesterday");
        assert_eq!(clock.now(), None);
        clock.set("Sat, 28 Nov 2026 21:43:35 GMT");
        let date: Timestamp = "2026-11-28T21:43:35Z".parse().unwrap();
        let now = clock.now().unwrap();
        assert!(now >= date && now.duration_since(date) < SignedDuration::from_secs(60), "{now}");
    }
}
