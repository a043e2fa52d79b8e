//! Limits the rate of calls and repeats them.
//!
//! AWS allows 20 requests per second for all operations of IAM Identity Center's own API together,
//! and 20 per second for each Identity Store operation in a store. Each Region has its own limits
//! (AWS, IAM Identity Center quotas). So each of these limits has its own queue. A queue starts at
//! the documented rate, slows down when AWS limits requests, and recovers.
//!
//! The SDK's own retries are off. They would bypass these queues, and they repeat a write after a
//! lost response, so it would be unclear whether an existing resource is ours. A read is repeated
//! after network errors. A write is repeated only if AWS said that it wasn't made.

use std::{collections::HashMap, error::Error, sync::Arc, time::Duration};

use aws_sdk_sts::error::{ProvideErrorMetadata, SdkError};
use tokio::{
    sync::{Mutex, watch},
    time::{Instant, sleep, sleep_until},
};

use super::{AwsError, Connection};

/// The calls per second at the start. Slightly less than 20, since the network can move calls
/// closer together.
const FULL_RATE: f64 = 19.6;
/// The same for lookups of events. AWS allows two per second in each account and Region.
const LOOKUP_RATE: f64 = 1.9;
/// The lowest rate. Below it, only the waits after a `ThrottlingException` slow calls down.
const LOWEST_RATE: f64 = 5.0;
/// The part of the rate that stays after AWS limits requests.
const LOWERED: f64 = 0.7;
/// How much the rate recovers in a second, in calls per second.
const RECOVERY: f64 = 1.0;
/// How late a call can be sent without moving the calls after it. It makes up for a busy computer,
/// but not for one that was asleep.
const LONGEST_LAG: Duration = Duration::from_millis(500);
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

/// The limiters, by Region and by the calls that share a limit there.
#[derive(Debug, Default)]
pub struct RateLimits {
    limiters: parking_lot::Mutex<HashMap<(String, String), Arc<RateLimiter>>>,
}

impl RateLimits {
    /// Returns the limiter of a call. `store` is the identity store of an Identity Store operation.
    fn of(&self, region: &str, store: Option<&str>, action: &str) -> Arc<RateLimiter> {
        let calls = match store {
            Some(store) => format!("{action} in {store}"),
            None => service(action).to_owned(),
        };
        let full = if service(action) == "cloudtrail" { LOOKUP_RATE } else { FULL_RATE };
        let limiter = || Arc::new(RateLimiter::starting_at(full));
        let mut limiters = self.limiters.lock();
        Arc::clone(limiters.entry((region.to_owned(), calls)).or_insert_with(limiter))
    }

    /// Returns whether a rate is lowered because AWS limits requests.
    pub fn is_throttled(&self) -> bool {
        let now = Instant::now();
        self.limiters.lock().values().any(|limiter| limiter.pace.borrow().is_lowered(now))
    }
}

/// Schedules the calls that share a limit.
#[derive(Debug)]
struct RateLimiter {
    /// The time of the next call. The first waiting call holds this lock, so calls keep their order.
    next: Mutex<Option<Instant>>,
    pace: watch::Sender<Pace>,
}

/// The rate of calls, which AWS's responses lower and time recovers.
#[derive(Clone, Copy, Debug)]
struct Pace {
    /// The calls per second at the start, which a lowered rate recovers to.
    full: f64,
    /// The calls per second at `since`.
    rate: f64,
    /// No call is sent before this time. The rate recovers from then on.
    since: Instant,
}

impl Pace {
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
        Self::starting_at(FULL_RATE)
    }
}

impl RateLimiter {
    /// Schedules calls at this rate, in calls per second.
    fn starting_at(full: f64) -> Self {
        let pace = Pace { full, rate: full, since: Instant::now() };
        Self { next: Mutex::default(), pace: watch::Sender::new(pace) }
    }

    /// Waits for the next free time slot. Returns the time when the call may be sent, which is now.
    async fn acquire(&self) -> Instant {
        // A slot is never before the call, so idle time adds no credit.
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

    /// Waits because AWS limits requests, and lowers the rate. All calls of this limiter wait, since
    /// they share the quota. `sent` is the time when the rejected call was sent.
    async fn hold(&self, sent: Instant, wait: Duration) {
        let now = Instant::now();
        let until = now + wait;
        self.pace.send_modify(|pace| {
            // A call from before the last wait says nothing about the rate after it.
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
        // Doesn't fail, because `self` owns the sender.
        let _lowered = pace.wait_for(|pace| pace.is_lowered(Instant::now())).await;
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
        self.send(effect, None, action, send).await
    }

    /// Sends a call of an Identity Store operation. `action` is the permission that it needs.
    pub(super) async fn call_in<T, E, F>(
        &self,
        store: &str,
        effect: Effect,
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
        effect: Effect,
        store: Option<&str>,
        action: &str,
        send: impl Fn() -> F,
    ) -> Result<T, AwsError>
    where
        F: Future<Output = Result<T, SdkError<E>>>,
        E: ProvideErrorMetadata + Error + 'static,
    {
        let limiter = self.shared.limits.of(&self.region, store, action);
        let mut attempt = 1;
        loop {
            let sent = tokio::select! {
                biased;
                sent = limiter.acquire() => sent,
                () = self.stopped_while_throttled(&limiter) => return Err(AwsError::Throttled),
            };
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
                    AwsError::Throttled => limiter.hold(sent, wait).await,
                    _ => sleep(wait).await,
                }
            };
            tokio::select! {
                () = waiting => attempt += 1,
                () = self.shared.stop.cancelled() => return Err(error),
            }
        }
    }

    /// Waits until a call that isn't repeated may be sent.
    pub(super) async fn acquire(&self, action: &str) {
        self.shared.limits.of(&self.region, None, action).acquire().await;
    }

    /// Completes when this connection is stopped while AWS limits requests. Never completes during
    /// a normal wait for a time slot, which takes about a second.
    async fn stopped_while_throttled(&self, limiter: &RateLimiter) {
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
        let suffix = super::domain(&self.region);
        match service {
            "organizations" => format!("organizations.{suffix}"),
            service => format!("{service}.{}.{suffix}", self.region),
        }
    }
}

/// Returns the service of a permission, such as `sso` for `sso:ListApplications`.
fn service(action: &str) -> &str {
    action.split(':').next().unwrap_or_default()
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
mod tests;
