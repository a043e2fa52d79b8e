//! Quotas that limit the number of calls per second.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Instant,
};

use crate::settings::RateLimit;

/// One token bucket per quota. Each bucket allows a burst of up to one second's worth of calls.
#[derive(Debug)]
pub struct CallLimits {
    limit: RateLimit,
    buckets: Mutex<HashMap<String, TokenBucket>>,
}

#[derive(Debug)]
struct TokenBucket {
    calls_left: f64,
    counted_at: Instant,
}

impl CallLimits {
    pub fn new(limit: RateLimit) -> Self {
        Self { limit, buckets: Mutex::default() }
    }

    /// Returns whether a call to this target is allowed now. If it's allowed, counts it.
    pub fn try_call(&self, target: &str, now: Instant) -> bool {
        let Some(quota) = quota(target) else { return true };
        let quota = if self.limit.is_shared { "" } else { quota };
        let calls_per_second = f64::from(self.limit.calls_per_second);
        let full = TokenBucket { calls_left: calls_per_second, counted_at: now };
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        let bucket = buckets.entry(quota.to_owned()).or_insert(full);
        let since = now.duration_since(bucket.counted_at).as_secs_f64();
        let refilled = bucket.calls_left + since * calls_per_second;
        bucket.calls_left = refilled.min(calls_per_second);
        bucket.counted_at = now;
        let admitted = bucket.calls_left >= 1.0;
        if admitted {
            bucket.calls_left -= 1.0;
        }
        admitted
    }
}

/// Returns the quota for calls to a target. Each Identity Store operation has its own quota, and
/// all sso-admin operations share one quota. Other services have no quota.
fn quota(target: &str) -> Option<&str> {
    match target.split_once('.')? {
        ("AWSIdentityStore", _) => Some(target),
        (service @ "SWBExternalService", _) => Some(service),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    const USER: &str = "AWSIdentityStore.CreateUser";
    const MEMBERSHIP: &str = "AWSIdentityStore.CreateGroupMembership";
    const INSTANCES: &str = "SWBExternalService.ListInstances";
    const APPLICATIONS: &str = "SWBExternalService.ListApplications";

    /// Returns how many of ten calls are allowed.
    fn count_allowed_calls(limits: &CallLimits, target: &str, now: Instant) -> usize {
        (0..10).filter(|_| limits.try_call(target, now)).count()
    }

    #[test]
    fn limit_resets_after_one_second() {
        let start = Instant::now();
        let limits = CallLimits::new(RateLimit { calls_per_second: 3, is_shared: false });
        let after =
            |seconds| count_allowed_calls(&limits, USER, start + Duration::from_secs(seconds));
        assert_eq!(after(0), 3);
        assert_eq!(after(0), 0);
        assert_eq!(after(1), 3);
        assert_eq!(after(60), 3, "unused calls don't accumulate");
    }

    #[test]
    fn operations_have_their_own_limits() {
        let now = Instant::now();
        let targets = [USER, MEMBERSHIP, INSTANCES, APPLICATIONS];
        for (is_shared, expected) in [(false, [3, 3, 3, 0]), (true, [3, 0, 0, 0])] {
            let limits = CallLimits::new(RateLimit { calls_per_second: 3, is_shared });
            assert_eq!(targets.map(|target| count_allowed_calls(&limits, target, now)), expected);
            let organization = "AWSOrganizationsV20161128.DescribeOrganization";
            assert_eq!(count_allowed_calls(&limits, organization, now), 10);
        }
    }
}
