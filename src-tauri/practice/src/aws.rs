//! The AWS API: one endpoint for every service and Region, in the SDKs' protocols.
//!
//! `POST /` with `X-Amz-Target: SERVICE.OPERATION` is AWS JSON 1.1. Without it, a form body is
//! STS's query protocol. A signature is required but not verified.

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
use uuid::Uuid;

pub(crate) use self::sign_in::routes as sign_in_routes;
use self::{
    error::Failure,
    input::Input,
    limit::Limit,
    operation::{Answer, Context, Operation},
};
use crate::state::AppState;

/// Prefix of a signed call's `Authorization` header.
const SIGNED: &str = "AWS4-HMAC-SHA256 ";

/// Handles `POST /`. `calls_per_second` limits IAM Identity Center calls; `None` means no limit.
pub(crate) fn route(calls_per_second: Option<u32>) -> MethodRouter<AppState> {
    let limit = calls_per_second.map(|calls| Arc::new(Limit::new(calls, Instant::now())));
    let calls = Arc::new(AtomicU64::new(0));
    routing::post(async move |State(shared): State<AppState>, headers: HeaderMap, body: Bytes| {
        let id = Uuid::from_u64_pair(calls.fetch_add(1, Ordering::Relaxed), u64::MAX);
        match text(&headers, "x-amz-target") {
            Some(target) => {
                let answer = json_1_1(&shared, limit.as_deref(), target, &headers, &body);
                json_response(answer, &id.to_string())
            }
            None => {
                let key = text(&headers, "authorization").and_then(access_key_id);
                sts::answer(&shared, key, &body, &id.to_string())
            }
        }
    })
}

fn json_1_1(
    shared: &AppState,
    limit: Option<&Limit>,
    target: &str,
    headers: &HeaderMap,
    body: &[u8],
) -> Answer {
    if !is_signed(headers) {
        return Err(Failure::missing_token());
    }
    let operation = operation::named(target).ok_or_else(Failure::unknown_operation)?;
    if operation::is_limited(target) && limit.is_some_and(|limit| !limit.admits(Instant::now())) {
        return Err(Failure::throttled());
    }
    let input = Input::read(body)?;
    let context = Context { now: shared.now(), switches: &shared.switches };
    match operation {
        Operation::Read(look) => shared.read(|world| look(world, &input, &context)),
        Operation::Write(alter) => shared.try_change(|world| alter(world, &input, &context)),
    }
}

fn json_response(answer: Answer, request_id: &str) -> Response {
    let (status, kind, body) = match answer {
        Ok(output) => (StatusCode::OK, None, output),
        Err(failure) => {
            let body = failure.body(request_id);
            (failure.status, Some(failure.kind), body)
        }
    };
    let mut response = (
        status,
        [
            (header::CONTENT_TYPE.as_str(), "application/x-amz-json-1.1"),
            ("x-amzn-requestid", request_id),
        ],
        body.to_string(),
    )
        .into_response();
    if let Some(kind) = kind {
        let kind = header::HeaderValue::from_static(kind);
        response.headers_mut().insert("x-amzn-errortype", kind);
    }
    response
}

fn is_signed(headers: &HeaderMap) -> bool {
    text(headers, "authorization").is_some_and(|value| value.starts_with(SIGNED))
}

/// Returns the access key id that signed the call.
fn access_key_id(authorization: &str) -> Option<&str> {
    let signed = authorization.strip_prefix(SIGNED)?;
    let credential = signed.split_once("Credential=").map_or(signed, |(_, rest)| rest);
    credential.split('/').next()
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}
