//! The quota of calls per second that all IAM Identity Center APIs share.

use std::{
    sync::{Mutex, PoisonError},
    time::Instant,
};

/// A token bucket that allows bursts of up to `calls_per_second` calls.
#[derive(Debug)]
pub struct Limit {
    calls_per_second: f64,
    bucket: Mutex<Bucket>,
}

#[derive(Debug)]
struct Bucket {
    calls_left: f64,
    counted_at: Instant,
}

impl Limit {
    pub fn new(calls_per_second: u32, now: Instant) -> Self {
        let calls_per_second = f64::from(calls_per_second);
        Self {
            calls_per_second,
            bucket: Mutex::new(Bucket { calls_left: calls_per_second, counted_at: now }),
        }
    }

    /// Returns whether a call is allowed now, and counts it if so.
    pub fn admits(&self, now: Instant) -> bool {
        let mut bucket = self.bucket.lock().unwrap_or_else(PoisonError::into_inner);
        let since = now.duration_since(bucket.counted_at).as_secs_f64();
        let refilled = bucket.calls_left + since * self.calls_per_second;
        bucket.calls_left = refilled.min(self.calls_per_second);
        bucket.counted_at = now;
        let admitted = bucket.calls_left >= 1.0;
        if admitted {
            bucket.calls_left -= 1.0;
        }
        admitted
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn limit_resets_after_one_second() {
        let start = Instant::now();
        let limit = Limit::new(3, start);
        let admitted_after = |seconds| {
            let now = start + Duration::from_secs(seconds);
            (0..10).filter(|_| limit.admits(now)).count()
        };
        assert_eq!(admitted_after(0), 3);
        assert_eq!(admitted_after(0), 0);
        assert_eq!(admitted_after(1), 3);
        assert_eq!(admitted_after(60), 3, "unused calls don't accumulate");
    }
}
