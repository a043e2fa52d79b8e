//! Limits the rate of calls and retries them.
//!
//! AWS allows 20 requests per second for all operations of IAM Identity Center's own API together.
//! It also allows 20 per second for each Identity Store operation in a store. Each Region has
//! separate limits (AWS, IAM Identity Center quotas). So each limit has its own queue, which starts
//! at the documented rate, slows down when AWS limits requests, and recovers.
//!
//! The SDK's own retries are turned off, because they would bypass these queues. They also retry a
//! write after a lost response, so it would be unclear whether this app created an existing
//! resource. A read is retried after network errors. A write is retried only if AWS said that it
//! wasn't made.

use std::{collections::HashMap, error::Error, sync::Arc, time::Duration};

use aws_sdk_sts::error::{ProvideErrorMetadata, SdkError};
use tokio::{
    sync::{Mutex, watch},
    time::{Instant, sleep, sleep_until},
};

use super::{AwsError, Connection, service_hosts::service_host};

/// The initial rate, in calls per second. It's slightly less than 20, because the network can move
/// calls closer together.
const FULL_RATE: f64 = 19.6;
/// The initial rate for event lookups. AWS allows two per second in each account and Region.
const LOOKUP_RATE: f64 = 1.9;
/// The minimum rate. Below this rate, only the waits after a `ThrottlingException` slow down calls.
const LOWEST_RATE: f64 = 5.0;
/// The factor by which the rate is lowered when AWS limits requests.
const LOWERED: f64 = 0.7;
/// How much the rate recovers per second, in calls per second.
const RECOVERY: f64 = 1.0;
/// The maximum delay of a call that doesn't move the calls after it. This compensates for a busy
/// computer, but not for a computer that was asleep.
const LONGEST_LAG: Duration = Duration::from_millis(500);
/// The maximum number of attempts while AWS limits requests. All attempts together take minutes.
/// Waiting helps, because other clients share the quota.
const THROTTLED_ATTEMPTS: u32 = 60;
/// The maximum number of attempts to read after network errors.
const READ_ATTEMPTS: u32 = 3;
/// The first wait. Each later wait is twice as long.
const FIRST_WAIT: Duration = Duration::from_millis(250);
/// The maximum wait if AWS doesn't specify a wait.
const LONGEST_BACKOFF: Duration = Duration::from_secs(15);
/// The maximum wait, even if AWS specifies a longer one.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// The limiters, by Region and by the group of calls that share a limit.
#[derive(Debug, Default)]
pub struct RateLimits {
    limiters: parking_lot::Mutex<HashMap<(String, String), Arc<RateLimiter>>>,
}

impl RateLimits {
    /// Returns the limiter for a call. `store` is the identity store for an Identity Store
    /// operation.
    fn limiter_for(&self, region: &str, store: Option<&str>, action: &str) -> Arc<RateLimiter> {
        let calls = match store {
            Some(store) => format!("{action} in {store}"),
            None => service(action).to_owned(),
        };
        let full = if service(action) == "cloudtrail" { LOOKUP_RATE } else { FULL_RATE };
        let limiter = || Arc::new(RateLimiter::with_rate(full));
        let mut limiters = self.limiters.lock();
        Arc::clone(limiters.entry((region.to_owned(), calls)).or_insert_with(limiter))
    }

    /// Returns whether any rate is lowered because AWS limits requests.
    pub fn is_throttled(&self) -> bool {
        let now = Instant::now();
        self.limiters.lock().values().any(|limiter| limiter.pace.borrow().is_lowered(now))
    }
}

/// Schedules the calls that share a limit.
#[derive(Debug)]
struct RateLimiter {
    /// The time of the next call. The first waiting call holds this lock, so calls stay in order.
    next: Mutex<Option<Instant>>,
    pace: watch::Sender<CallRate>,
}

/// The rate of calls. AWS's responses lower the rate, and it recovers over time.
#[derive(Clone, Copy, Debug)]
struct CallRate {
    /// The initial calls per second. A lowered rate recovers to this rate.
    full: f64,
    /// The calls per second at `since`.
    rate: f64,
    /// The time before which no call is sent. The rate starts to recover at this time.
    since: Instant,
}

impl CallRate {
    fn rate_at(&self, now: Instant) -> f64 {
        let recovered = RECOVERY * now.saturating_duration_since(self.since).as_secs_f64();
        self.full.min(self.rate + recovered)
    }

    fn is_lowered(&self, now: Instant) -> bool {
        self.rate_at(now) < self.full
    }
}

impl Default for RateLimiter {
    fn default() -> Self {
        Self::with_rate(FULL_RATE)
    }
}

impl RateLimiter {
    /// Schedules calls at this rate, in calls per second.
    fn with_rate(full: f64) -> Self {
        let pace = CallRate { full, rate: full, since: Instant::now() };
        Self { next: Mutex::default(), pace: watch::Sender::new(pace) }
    }

    /// Waits for the next free time slot. Returns the time when the call may be sent, which is now.
    async fn acquire(&self) -> Instant {
        // A slot is never earlier than its call, so idle time doesn't allow extra calls later.
        let called = Instant::now();
        let mut next = self.next.lock().await;
        let (slot, now) = loop {
            let slot = next.unwrap_or(called).max(called).max(self.pace.borrow().since);
            let now = Instant::now();
            if slot <= now {
                break (slot, now);
            }
            sleep_until(slot).await;
        };
        let slot = if now - slot > LONGEST_LAG { now } else { slot };
        *next = Some(slot + Duration::from_secs_f64(self.pace.borrow().rate_at(now).recip()));
        now
    }

    /// Waits because AWS limits requests, and lowers the rate. All of this limiter's calls wait,
    /// because they share the quota. `sent` is the time when the rejected call was sent.
    async fn wait_for_throttling(&self, sent: Instant, wait: Duration) {
        let now = Instant::now();
        let until = now + wait;
        self.pace.send_modify(|pace| {
            // A call from before the last wait doesn't show whether the rate after the wait is too
            // high.
            if sent >= pace.since {
                pace.rate = (pace.rate_at(now) * LOWERED).max(LOWEST_RATE);
            }
            pace.since = pace.since.max(until);
        });
        sleep_until(until).await;
    }

    /// Completes as soon as the rate is lowered.
    async fn throttled(&self) {
        let mut pace = self.pace.subscribe();
        // This can't fail, because `self` owns the sender.
        let _lowered = pace.wait_for(|pace| pace.is_lowered(Instant::now())).await;
    }
}

/// Whether a call reads or changes data in AWS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CallEffect {
    Read,
    Write,
}

impl Connection {
    /// Sends a call. `action` is the permission that the call requires.
    pub(super) async fn call<T, E, F>(
        &self,
        effect: CallEffect,
        action: &str,
        send: impl Fn() -> F,
    ) -> Result<T, AwsError>
    where
        F: Future<Output = Result<T, SdkError<E>>>,
        E: ProvideErrorMetadata + Error + 'static,
    {
        self.send(effect, None, action, send).await
    }

    /// Sends a call to an Identity Store operation. `action` is the permission that the call
    /// requires.
    pub(super) async fn call_in<T, E, F>(
        &self,
        store: &str,
        effect: CallEffect,
        action: &str,
        send: impl Fn() -> F,
    ) -> Result<T, AwsError>
    where
        F: Future<Output = Result<T, SdkError<E>>>,
        E: ProvideErrorMetadata + Error + 'static,
    {
        self.send(effect, Some(store), action, send).await
    }

    async fn send<T, E, F>(
        &self,
        effect: CallEffect,
        store: Option<&str>,
        action: &str,
        send: impl Fn() -> F,
    ) -> Result<T, AwsError>
    where
        F: Future<Output = Result<T, SdkError<E>>>,
        E: ProvideErrorMetadata + Error + 'static,
    {
        let limiter = self.shared.limits.limiter_for(&self.region, store, action);
        let mut attempt = 1;
        loop {
            let sent = tokio::select! {
                biased;
                sent = limiter.acquire() => sent,
                () = self.wait_until_stopped_while_throttled(&limiter) => return Err(AwsError::Throttled),
            };
            let error = match send().await {
                Ok(answer) => return Ok(answer),
                Err(error) => error,
            };
            self.shared.failed_calls.record(action, &error);
            let (error, asked) = AwsError::from_sdk_error(action, &self.host(action), &error);
            let Some(wait) = wait_before_next(effect, &error, attempt, asked) else {
                return Err(error);
            };
            let waiting = async {
                match error {
                    AwsError::Throttled => limiter.wait_for_throttling(sent, wait).await,
                    _ => sleep(wait).await,
                }
            };
            tokio::select! {
                () = waiting => attempt += 1,
                () = self.shared.stop.cancelled() => return Err(error),
            }
        }
    }

    /// Waits for a time slot for a call that isn't retried.
    pub(super) async fn acquire(&self, action: &str) {
        self.shared.limits.limiter_for(&self.region, None, action).acquire().await;
    }

    /// Completes when this connection is stopped while AWS limits requests. Never completes during
    /// a normal wait for a time slot, because that takes only about a second.
    async fn wait_until_stopped_while_throttled(&self, limiter: &RateLimiter) {
        self.shared.stop.cancelled().await;
        limiter.throttled().await;
    }

    pub(super) fn host(&self, action: &str) -> String {
        let service = service(action);
        if let Some(endpoint) = self.endpoints.service(service) {
            let host =
                url::Url::parse(endpoint).ok().and_then(|url| url.host_str().map(str::to_owned));
            return host.unwrap_or_else(|| endpoint.to_owned());
        }
        service_host(service, &self.region)
    }
}

/// Returns the service prefix of a permission, such as `sso` for `sso:ListApplications`.
fn service(action: &str) -> &str {
    action.split(':').next().unwrap_or_default()
}

fn wait_before_next(
    effect: CallEffect,
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
            CallEffect::Read,
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
mod tests;
