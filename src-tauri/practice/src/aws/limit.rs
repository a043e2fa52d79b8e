//! The quota of calls a second that all IAM Identity Center APIs share.

use std::{
    sync::{Mutex, PoisonError},
    time::Instant,
};

/// Lets so many calls through a second, and no more than that at once.
#[derive(Debug)]
pub(super) struct Limit {
    calls_per_second: f64,
    bucket: Mutex<Bucket>,
}

#[derive(Debug)]
struct Bucket {
    calls_left: f64,
    counted_at: Instant,
}

impl Limit {
    /// A limit of which nothing is used up.
    pub fn new(calls_per_second: u32, now: Instant) -> Self {
        let calls_per_second = f64::from(calls_per_second);
        Self {
            calls_per_second,
            bucket: Mutex::new(Bucket { calls_left: calls_per_second, counted_at: now }),
        }
    }

    /// Counts one call, if it may go through.
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
    fn a_second_later_as_many_calls_go_through_again() {
        let start = Instant::now();
        let limit = Limit::new(3, start);
        let admitted_after = |seconds| {
            let now = start + Duration::from_secs(seconds);
            (0..10).filter(|_| limit.admits(now)).count()
        };
        assert_eq!(admitted_after(0), 3);
        assert_eq!(admitted_after(0), 0);
        assert_eq!(admitted_after(1), 3);
        assert_eq!(admitted_after(60), 3, "calls not made are not saved up");
    }
}
