//! Limits the rate of calls and repeats them.
//!
//! IAM Identity Center allows 20 requests per second for all its APIs together, and the quota
//! can't be raised (AWS, IAM Identity Center quotas). The SDK's own retries are off. They would
//! bypass this queue, and they repeat a write after a lost response, so it would be unclear
//! whether an existing resource is ours. A read is repeated after network errors. A write is
//! repeated only if AWS said that it wasn't made.

use std::{
    error::Error,
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use aws_sdk_sts::error::{ProvideErrorMetadata, SdkError};
use tokio::{
    sync::Mutex,
    time::{Instant, sleep, sleep_until},
};

use super::{AwsError, Connection};

/// The time between two calls. It allows slightly less than 20 per second, since the network can
/// move calls closer together.
const BETWEEN_CALLS: Duration = Duration::from_millis(51);
/// The maximum number of attempts while AWS limits requests. Together they take minutes, because
/// other clients share the quota and waiting helps.
const THROTTLED_ATTEMPTS: u32 = 60;
/// The maximum number of attempts of a read after network errors.
const READ_ATTEMPTS: u32 = 3;
/// The first wait. Each further wait is twice as long.
const FIRST_WAIT: Duration = Duration::from_millis(250);
/// The longest wait if AWS doesn't ask for one.
const LONGEST_BACKOFF: Duration = Duration::from_secs(15);
/// The longest wait, even if AWS asks for more.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// Schedules calls within the rate limit.
#[derive(Debug, Default)]
pub struct RateLimiter {
    next: Mutex<Option<Instant>>,
    /// The number of calls that wait because AWS limits requests.
    throttled: AtomicU32,
}

impl RateLimiter {
    /// Waits for the next free time slot.
    pub async fn acquire(&self) {
        let acquire = {
            let mut next = self.next.lock().await;
            let acquire = next.map_or_else(Instant::now, |next| next.max(Instant::now()));
            *next = Some(acquire + BETWEEN_CALLS);
            acquire
        };
        sleep_until(acquire).await;
    }

    /// Returns whether a call waits because AWS limits requests.
    pub fn is_throttled(&self) -> bool {
        self.throttled.load(Ordering::Relaxed) > 0
    }

    /// Waits because AWS limits requests. All other calls wait too, since they share the quota.
    async fn hold(&self, wait: Duration) {
        let _held = ThrottleGuard::back(&self.throttled);
        let until = Instant::now() + wait;
        {
            let mut next = self.next.lock().await;
            *next = Some(next.map_or(until, |next| next.max(until)));
        }
        sleep_until(until).await;
    }
}

/// Counts a call as throttled until its wait access_expiry or is dropped.
struct ThrottleGuard<'a>(&'a AtomicU32);

impl<'a> ThrottleGuard<'a> {
    fn back(throttled: &'a AtomicU32) -> Self {
        throttled.fetch_add(1, Ordering::Relaxed);
        Self(throttled)
    }
}

impl Drop for ThrottleGuard<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// What a call does in AWS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    Read,
    Write,
}

impl Connection {
    /// Sends a call. `action` is the permission that it needs.
    pub(super) async fn call<T, E, F>(
        &self,
        effect: Effect,
        action: &str,
        send: impl Fn() -> F,
    ) -> Result<T, AwsError>
    where
        F: Future<Output = Result<T, SdkError<E>>>,
        E: ProvideErrorMetadata + Error + 'static,
    {
        let mut attempt = 1;
        loop {
            tokio::select! {
                biased;
                () = self.shared.pace.acquire() => {}
                () = self.stopped_while_throttled() => return Err(AwsError::Throttled),
            }
            let error = match send().await {
                Ok(answer) => return Ok(answer),
                Err(error) => error,
            };
            let (error, asked) = AwsError::of(action, &self.host(action), &error);
            let Some(wait) = wait_before_next(effect, &error, attempt, asked) else {
                return Err(error);
            };
            let waiting = async {
                match error {
                    AwsError::Throttled => self.shared.pace.hold(wait).await,
                    _ => sleep(wait).await,
                }
            };
            tokio::select! {
                () = waiting => attempt += 1,
                () = self.shared.stop.cancelled() => return Err(error),
            }
        }
    }

    /// Completes when this connection is stopped while AWS limits requests. Never completes during
    /// a normal wait for a time slot, which takes less than a second.
    async fn stopped_while_throttled(&self) {
        self.shared.stop.cancelled().await;
        if !self.shared.pace.is_throttled() {
            std::future::pending::<()>().await;
        }
    }

    fn host(&self, action: &str) -> String {
        let service = action.split(':').next().unwrap_or_default();
        if let Some(endpoint) = self.endpoints.service(service) {
            let host =
                url::Url::parse(endpoint).ok().and_then(|url| url.host_str().map(str::to_owned));
            return host.unwrap_or_else(|| endpoint.to_owned());
        }
        let suffix = super::domain(&self.region);
        match service {
            "organizations" => format!("organizations.{suffix}"),
            service => format!("{service}.{}.{suffix}", self.region),
        }
    }
}

fn wait_before_next(
    effect: Effect,
    error: &AwsError,
    attempt: u32,
    asked: Option<Duration>,
) -> Option<Duration> {
    let attempts = match (error, effect) {
        (AwsError::Throttled, _) => THROTTLED_ATTEMPTS,
        (
            AwsError::Timeout { .. }
            | AwsError::Unavailable { .. }
            | AwsError::Unreachable { .. }
            | AwsError::Unreadable,
            Effect::Read,
        ) => READ_ATTEMPTS,
        _ => return None,
    };
    let backoff = FIRST_WAIT.saturating_mul(2_u32.saturating_pow(attempt - 1));
    (attempt < attempts).then(|| match asked {
        Some(asked) => asked.min(LONGEST_WAIT),
        None => backoff.min(LONGEST_BACKOFF),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn hundred_calls_take_five_seconds() {
        let pace = RateLimiter::default();
        let start = Instant::now();
        for _ in 0..101 {
            pace.acquire().await;
        }
        assert_eq!(start.elapsed().as_secs(), 5);
        sleep(Duration::from_secs(10)).await;
        let later = Instant::now();
        pace.acquire().await;
        assert_eq!(later.elapsed(), Duration::ZERO, "idle time adds neither credit nor delay");
    }

    #[tokio::test(start_paused = true)]
    async fn throttle_delays_all_calls() {
        let pace = RateLimiter::default();
        let start = Instant::now();
        let hold = pace.hold(Duration::from_secs(3));
        let other = async {
            tokio::task::yield_now().await;
            assert!(pace.is_throttled());
            pace.acquire().await;
        };
        tokio::join!(hold, other);
        assert_eq!(start.elapsed().as_secs(), 3);
        assert!(!pace.is_throttled());

        let hold = pace.hold(Duration::from_secs(3));
        let given_up = tokio::time::timeout(Duration::from_secs(1), hold).await;
        assert!(given_up.is_err());
        assert!(!pace.is_throttled(), "no call is waiting");
    }

    #[test]
    fn write_is_repeated_only_if_not_made() {
        let timeout = AwsError::Timeout { host: "sso".to_owned() };
        let waits = |effect, error: &AwsError, attempt, asked| {
            wait_before_next(effect, error, attempt, asked).map(|wait| wait.as_millis())
        };
        assert_eq!(waits(Effect::Read, &timeout, 1, None), Some(250));
        assert_eq!(waits(Effect::Read, &timeout, 3, None), None);
        assert_eq!(waits(Effect::Write, &timeout, 1, None), None);
        assert_eq!(waits(Effect::Write, &AwsError::Throttled, 4, None), Some(2000));
        let seven = Some(Duration::from_secs(7));
        assert_eq!(waits(Effect::Write, &AwsError::Throttled, 1, seven), Some(7000));
        let day = Some(Duration::from_secs(86_400));
        assert_eq!(waits(Effect::Read, &AwsError::Throttled, 1, day), Some(60_000));
        assert_eq!(waits(Effect::Read, &AwsError::Throttled, 59, None), Some(15_000));
        assert_eq!(waits(Effect::Read, &AwsError::Throttled, 60, None), None);
        assert_eq!(waits(Effect::Read, &AwsError::Conflict, 1, None), None);
    }
}
