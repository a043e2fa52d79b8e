//! AWS STS, which speaks the query protocol: a form in, XML out.

use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use maud::{Markup, PreEscaped, html};

use crate::shared::Shared;

const NAMESPACE: &str = "https://sts.amazonaws.com/doc/2011-06-15/";
/// The unique id of the user whose access keys practice hands out.
const USER_ID: &str = "AIDAPRACTICE000000000";

/// Answers a form body.
pub(super) fn answer(shared: &Shared, is_signed: bool, body: &[u8], request_id: &str) -> Response {
    let action = url::form_urlencoded::parse(body)
        .find(|(name, _)| name == "Action")
        .map(|(_, action)| action.into_owned());
    match action.as_deref() {
        None => refusal(
            StatusCode::BAD_REQUEST,
            "MissingAction",
            "No action was named.",
            request_id,
        ),
        Some(_) if !is_signed => refusal(
            StatusCode::FORBIDDEN,
            "MissingAuthenticationToken",
            "Request is missing Authentication Token",
            request_id,
        ),
        Some("GetCallerIdentity") => caller_identity(shared, request_id),
        Some(other) => refusal(
            StatusCode::BAD_REQUEST,
            "InvalidAction",
            &format!("Could not find operation {other} for version 2011-06-15"),
            request_id,
        ),
    }
}

fn caller_identity(shared: &Shared, request_id: &str) -> Response {
    let account = &shared.addresses.account_id;
    let document = html! {
        GetCallerIdentityResponse xmlns=(NAMESPACE) {
            GetCallerIdentityResult {
                Arn { "arn:aws:iam::" (account) ":user/practice" }
                UserId { (USER_ID) }
                Account { (account) }
            }
            ResponseMetadata { RequestId { (request_id) } }
        }
    };
    xml(StatusCode::OK, document, request_id)
}

fn refusal(status: StatusCode, code: &str, message: &str, request_id: &str) -> Response {
    let document = html! {
        ErrorResponse xmlns=(NAMESPACE) {
            Error {
                Type { "Sender" }
                Code { (code) }
                Message { (message) }
            }
            RequestId { (request_id) }
        }
    };
    xml(status, document, request_id)
}

fn xml(status: StatusCode, document: Markup, request_id: &str) -> Response {
    let document = html! { (PreEscaped(r#"<?xml version="1.0" encoding="UTF-8"?>"#)) (document) };
    let headers = [
        (header::CONTENT_TYPE.as_str(), "text/xml"),
        ("x-amzn-requestid", request_id),
    ];
    (status, headers, document.into_string()).into_response()
}
