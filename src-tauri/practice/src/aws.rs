//! The AWS API. One endpoint serves all services and Regions in the protocols that the SDKs use.
//!
//! `POST /` with `X-Amz-Target: SERVICE.OPERATION` uses AWS JSON 1.1. Without this header, a form
//! body uses STS's query protocol. A signature is required but isn't verified.

mod account_access;
mod authorization;
mod cloud_trail;
mod error;
mod identity_store;
mod input;
mod limit;
mod operation;
mod organizations;
mod paging;
mod sign_in;
mod sso_admin;
mod sts;

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Instant,
};

use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{self, MethodRouter},
};
use serde_json::json;
use uuid::Uuid;

pub use self::{
    account_access::routes as account_access_routes, authorization::Permissions,
    sign_in::routes as sign_in_routes,
};
use self::{
    error::ApiError,
    identity_store::bare_id,
    input::{CallInput, constraint_error, null},
    limit::CallLimits,
    operation::{Call, CallResult, Operation, status, time},
    paging::page,
};
use crate::{
    settings::{RateLimit, Switches},
    state::AppState,
    world::{ADDITIONAL_REGION, Actor, PracticeState},
};

type Result<T> = std::result::Result<T, ApiError>;

/// Prefix of the `Authorization` header in a signed call.
const SIGNED: &str = "AWS4-HMAC-SHA256 ";

/// Handles `POST /`. `rate_limit` limits IAM Identity Center calls. `None` means no limit.
pub fn route(rate_limit: Option<RateLimit>) -> MethodRouter<AppState> {
    let limits = rate_limit.map(|limit| Arc::new(CallLimits::new(limit)));
    let calls = Arc::new(AtomicU64::new(0));
    routing::post(async move |State(shared): State<AppState>, headers: HeaderMap, body: Bytes| {
        let id = Uuid::from_u64_pair(calls.fetch_add(1, Ordering::Relaxed), u64::MAX);
        match text(&headers, "x-amz-target") {
            Some(target) => {
                // botocore's target for CloudTrail includes its Java package.
                let target = target.trim_start_matches("com.amazonaws.cloudtrail.v20131101.");
                let answer = json_1_1(&shared, limits.as_deref(), target, &headers, &body);
                json_response(answer, &id.to_string())
            }
            None => {
                let key = text(&headers, "authorization").and_then(access_key_id);
                sts::handle_call(&shared, key, &body, &id.to_string())
            }
        }
    })
}

fn json_1_1(
    shared: &AppState,
    limits: Option<&CallLimits>,
    target: &str,
    headers: &HeaderMap,
    body: &[u8],
) -> CallResult {
    if !text(headers, "authorization").is_some_and(|value| value.starts_with(SIGNED)) {
        return Err(ApiError::missing_token());
    }
    let operation = operation::operation_for_target(target)
        .ok_or_else(|| ApiError::new("UnknownOperationException", "The operation is not known."))?;
    if limits.is_some_and(|limits| !limits.try_call(target, Instant::now())) {
        return Err(ApiError::new("ThrottlingException", "Rate exceeded")
            .with("RetryAfterSeconds", json!(1)));
    }
    let switches = shared.switches.clone();
    let region = region(headers, &switches, shared.read(PracticeState::region));
    let call = Call { input: CallInput::read(body)?, now: shared.now(), region, switches };
    operation::check_region(target, &call)?;
    shared.read(|world| shared.permissions.check(world, target, &call))?;
    match operation {
        Operation::Read(read) => shared.read(|world| read(world, &call)),
        Operation::Write(write) => shared.try_change(|world| {
            let output = write(world, &call)?;
            let (_, name) = target.split_once('.').unwrap_or_default();
            let details = json!({"requestParameters": call.logged()});
            let service = operation::logged_by(target);
            world.events.add(call.now, service, name, Actor::Administrator, details);
            Ok(output)
        }),
    }
}

fn json_response(answer: CallResult, request_id: &str) -> Response {
    let (status, error_type, body) = match answer {
        Ok(output) => (StatusCode::OK, None, output),
        Err(error) => {
            (error.status, Some([("x-amzn-errortype", error.kind)]), error.body(request_id))
        }
    };
    let headers = [
        (header::CONTENT_TYPE.as_str(), "application/x-amz-json-1.1"),
        ("x-amzn-requestid", request_id),
    ];
    (status, headers, error_type, body.to_string()).into_response()
}

fn access_key_id(authorization: &str) -> Option<&str> {
    scope(authorization)?.next()
}

/// Returns the Region that a call is signed for. Every Region except the additional one counts as
/// the primary Region.
fn region(headers: &HeaderMap, switches: &Switches, primary: &'static str) -> &'static str {
    let signed = text(headers, "authorization").and_then(scope).and_then(|mut scope| scope.nth(2));
    match signed {
        Some(ADDITIONAL_REGION) if switches.has_additional_region() => ADDITIONAL_REGION,
        _ => primary,
    }
}

/// Returns the parts of the credential in a signature: access key ID, date, Region and service.
fn scope(authorization: &str) -> Option<impl Iterator<Item = &str>> {
    let signed = authorization.strip_prefix(SIGNED)?;
    let credential = signed.split_once("Credential=").map_or(signed, |(_, rest)| rest);
    Some(credential.split('/'))
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}
