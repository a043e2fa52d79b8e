//! Tests the limiter with paused time, both alone and through calls with made-up responses.

use std::{
    convert::Infallible,
    sync::atomic::{AtomicU32, Ordering},
};

use aws_sdk_identitystore::{
    config::http::HttpResponse, error::ErrorMetadata, operation::create_user::CreateUserError,
    types::error::ThrottlingException,
};
use aws_smithy_types::body::SdkBody;
use secrecy::SecretString;
use tokio::time::{advance, timeout};
use tokio_util::sync::CancellationToken;
use transport::Network;

use super::*;
use crate::Credentials;

const STORE: &str = "d-1234567890";
const CREATE_USER: &str = "identitystore:CreateUser";
const ADD_MEMBER: &str = "identitystore:CreateGroupMembership";

async fn connection() -> Connection {
    let credentials = Credentials::Practice {
        endpoint: "http://127.0.0.1:1".to_owned(),
        access_key_id: "AKIAIOSFODNN7EXAMPLE".to_owned(),
        secret_access_key: SecretString::from("secret".to_owned()),
    };
    Connection::open(&credentials, Some("us-east-1"), &Network::default()).await.unwrap()
}

fn throttled(asked: Option<u32>) -> SdkError<CreateUserError> {
    let code = ErrorMetadata::builder().code("ThrottlingException").build();
    let error = ThrottlingException::builder().meta(code).build();
    let body = asked.map_or("{}".to_owned(), |wait| format!(r#"{{"RetryAfterSeconds":{wait}}}"#));
    let response = HttpResponse::new(400.try_into().unwrap(), SdkBody::from(body));
    SdkError::service_error(CreateUserError::ThrottlingException(error), response)
}

/// Calls an Identity Store operation. AWS limits the first `rejected` attempts.
async fn call(
    aws: &Connection,
    action: &str,
    rejected: u32,
    asked: Option<u32>,
) -> Result<(), AwsError> {
    let attempts = AtomicU32::new(0);
    let send = || async {
        match attempts.fetch_add(1, Ordering::Relaxed) < rejected {
            true => Err(throttled(asked)),
            false => Ok(()),
        }
    };
    aws.call_in(STORE, CallEffect::Write, action, send).await
}

async fn sso_call(aws: &Connection, action: &str) {
    let send = || async { Ok::<_, SdkError<CreateUserError>>(()) };
    aws.call(CallEffect::Read, action, send).await.unwrap();
}

/// Returns how many calls are sent in a second while more calls are waiting.
async fn calls_per_second(limiter: &RateLimiter) -> u32 {
    let mut calls = 0;
    let endless = async {
        loop {
            limiter.acquire().await;
            calls += 1;
        }
    };
    let ended: Result<Infallible, _> = timeout(Duration::from_millis(999), endless).await;
    ended.unwrap_err();
    calls
}

#[tokio::test(start_paused = true)]
async fn calls_start_at_documented_rate() {
    let limiter = RateLimiter::default();
    let start = Instant::now();
    for _ in 0..101 {
        limiter.acquire().await;
    }
    assert_eq!(start.elapsed().as_secs(), 5);
    sleep(Duration::from_secs(10)).await;
    assert_eq!(calls_per_second(&limiter).await, 20, "idle time adds neither credit nor delay");
    assert!(!limiter.pace.borrow().is_lowered(Instant::now()));
}

#[tokio::test(start_paused = true)]
async fn waiting_calls_catch_up_after_short_lag() {
    for (lag, at_once) in [(100, 2), (400, 8), (2_000, 1)] {
        let limiter = RateLimiter::default();
        limiter.acquire().await;
        let start = Instant::now();
        let calls = std::iter::repeat_with(|| limiter.acquire()).take(20);
        let late = futures_util::future::join_all(calls);
        let busy = async {
            tokio::task::yield_now().await;
            advance(Duration::from_millis(lag)).await;
        };
        let (sent, ()) = tokio::join!(late, busy);
        let sent = sent.iter().filter(|sent| sent.duration_since(start).as_millis() <= lag.into());
        // Another slot starts in the next millisecond.
        assert!(sent.count().abs_diff(at_once) <= 1, "{lag} ms");
    }
}

#[tokio::test(start_paused = true)]
async fn throttling_delays_and_lowers_rate() {
    for (asked, wait) in [(Some(3), 3_000), (None, 250)] {
        let aws = connection().await;
        let start = Instant::now();
        let other = async {
            sleep(Duration::from_millis(60)).await;
            assert!(aws.is_throttled());
            call(&aws, CREATE_USER, 0, None).await.unwrap();
            start.elapsed().as_millis()
        };
        let (limited, other) = tokio::join!(call(&aws, CREATE_USER, 1, asked), other);
        limited.unwrap();
        assert!((wait..wait + 80).contains(&other), "{other} ms: other calls wait too");
        assert!(start.elapsed().as_millis() >= wait);
        let limiter = aws.shared.limits.limiter_for("us-east-1", Some(STORE), CREATE_USER);
        assert_eq!(calls_per_second(&limiter).await, 14, "after {asked:?}");
        assert!(aws.is_throttled());
    }
}

#[tokio::test(start_paused = true)]
async fn rate_recovers_with_time() {
    let limiter = RateLimiter::default();
    let sent = limiter.acquire().await;
    limiter.wait_for_throttling(sent, Duration::from_secs(1)).await;
    let mut rates = Vec::new();
    for _ in 0..8 {
        rates.push(calls_per_second(&limiter).await);
    }
    assert!(rates.windows(2).all(|pair| pair[1] + 1 >= pair[0]), "{rates:?}");
    assert_eq!((rates[0], rates[7]), (15, 20), "{rates:?}");
    assert!(!limiter.pace.borrow().is_lowered(Instant::now()));
}

/// Calls that were sent together report the same limit, so the rate is lowered once. A call after
/// the wait lowers it again, down to the minimum rate.
#[tokio::test(start_paused = true)]
async fn one_limit_lowers_rate_once() {
    let limiter = RateLimiter::default();
    let rate = || limiter.pace.borrow().rate;
    let (first, second) = (limiter.acquire().await, limiter.acquire().await);
    let wait = Duration::from_secs(1);
    tokio::join!(
        limiter.wait_for_throttling(first, wait),
        limiter.wait_for_throttling(second, wait)
    );
    assert_eq!(rate(), FULL_RATE * LOWERED);
    for _ in 0..10 {
        let before = rate();
        let sent = limiter.acquire().await;
        limiter.wait_for_throttling(sent, wait).await;
        assert!(rate() < before || before == LOWEST_RATE);
    }
    assert_eq!(rate(), LOWEST_RATE);
}

#[tokio::test(start_paused = true)]
async fn operations_do_not_slow_each_other() {
    let aws = connection().await;
    let start = Instant::now();
    let limited = call(&aws, CREATE_USER, 1, Some(30));
    let others = async {
        for _ in 0..20 {
            call(&aws, ADD_MEMBER, 0, None).await.unwrap();
        }
        start.elapsed().as_millis()
    };
    let (limited, others) = tokio::join!(limited, others);
    limited.unwrap();
    assert!((900..1_000).contains(&others), "{others} ms");
    assert_eq!(start.elapsed().as_secs(), 30);
}

#[tokio::test(start_paused = true)]
async fn sso_admin_operations_share_a_limit() {
    let aws = connection().await;
    let start = Instant::now();
    for _ in 0..10 {
        sso_call(&aws, "sso:ListApplications").await;
        sso_call(&aws, "sso:DescribeInstance").await;
    }
    assert!((900..1_000).contains(&start.elapsed().as_millis()), "{:?}", start.elapsed());
    let start = Instant::now();
    let abroad = aws.in_region("eu-west-1").unwrap();
    for _ in 0..10 {
        sso_call(&abroad, "sso:ListApplications").await;
        sso_call(&aws, "organizations:DescribeOrganization").await;
    }
    assert!((400..500).contains(&start.elapsed().as_millis()), "{:?}", start.elapsed());
}

#[test]
fn limit_depends_on_region_store_and_operation() {
    let limits = RateLimits::default();
    let limiter = |region, store, action| limits.limiter_for(region, store, action);
    let is_same = |one, other| Arc::ptr_eq(&one, &other);
    let user = || limiter("us-east-1", Some(STORE), CREATE_USER);
    assert!(is_same(user(), user()));
    assert!(!is_same(user(), limiter("us-east-1", Some(STORE), ADD_MEMBER)));
    assert!(!is_same(user(), limiter("us-east-1", Some("d-0987654321"), CREATE_USER)));
    assert!(!is_same(user(), limiter("eu-west-1", Some(STORE), CREATE_USER)));
    let applications = || limiter("us-east-1", None, "sso:ListApplications");
    assert!(is_same(applications(), limiter("us-east-1", None, "sso:DescribeInstance")));
    assert!(!is_same(applications(), limiter("eu-west-1", None, "sso:ListApplications")));
    assert!(!is_same(applications(), limiter("us-east-1", None, "sts:GetCallerIdentity")));
}

/// A stopped connection doesn't wait as long as AWS asks, even if it was stopped before AWS limited
/// requests. It does wait for a normal time slot.
#[tokio::test(start_paused = true)]
async fn stopped_call_gives_up_only_while_throttled() {
    for stop_first in [true, false] {
        let aws = connection().await;
        let stop = CancellationToken::new();
        let stopped = aws.with_stop_token(stop.clone());
        let start = Instant::now();
        for _ in 0..20 {
            call(&stopped, CREATE_USER, 0, None).await.unwrap();
        }
        if stop_first {
            stop.cancel();
        }
        let limited = timeout(Duration::from_secs(30), call(&aws, CREATE_USER, 1, Some(60)));
        let waiting = async {
            sleep(Duration::from_millis(1)).await;
            call(&stopped, CREATE_USER, 0, None).await
        };
        let stops = async {
            sleep(Duration::from_secs(1)).await;
            stop.cancel();
        };
        let (_, waited, ()) = tokio::join!(limited, waiting, stops);
        assert_eq!(waited, Err(AwsError::Throttled), "stopped first: {stop_first}");
        assert!(start.elapsed() < Duration::from_secs(32));

        let fresh = connection().await.with_stop_token(stop);
        for _ in 0..3 {
            call(&fresh, CREATE_USER, 0, None).await.unwrap();
        }
    }
}

#[test]
fn write_is_repeated_only_if_not_made() {
    let timeout = AwsError::Timeout { host: "sso".to_owned() };
    let waits = |effect, error: &AwsError, attempt, asked| {
        wait_before_next(effect, error, attempt, asked).map(|wait| wait.as_millis())
    };
    assert_eq!(waits(CallEffect::Read, &timeout, 1, None), Some(250));
    assert_eq!(waits(CallEffect::Read, &timeout, 3, None), None);
    assert_eq!(waits(CallEffect::Write, &timeout, 1, None), None);
    assert_eq!(waits(CallEffect::Write, &AwsError::Throttled, 4, None), Some(2000));
    let seven = Some(Duration::from_secs(7));
    assert_eq!(waits(CallEffect::Write, &AwsError::Throttled, 1, seven), Some(7000));
    let day = Some(Duration::from_secs(86_400));
    assert_eq!(waits(CallEffect::Read, &AwsError::Throttled, 1, day), Some(60_000));
    assert_eq!(waits(CallEffect::Read, &AwsError::Throttled, 59, None), Some(15_000));
    assert_eq!(waits(CallEffect::Read, &AwsError::Throttled, 60, None), None);
    assert_eq!(waits(CallEffect::Read, &AwsError::Conflict, 1, None), None);
}
