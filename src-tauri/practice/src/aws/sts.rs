//! AWS STS with its query protocol, which takes a form as input and returns XML.

use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use maud::{Markup, PreEscaped, html};

use crate::{pages::Fields, state::AppState};

const NAMESPACE: &str = "https://sts.amazonaws.com/doc/2011-06-15/";
/// The IAM role that IAM Identity Center creates in an account for a permission set.
const ROLE: &str = "AWSReservedSSO_AdministratorAccess_0123456789abcdef";
/// The unique ID of the IAM user that owns practice mode's access keys.
const USER_ID: &str = "AIDAPRACTICE000000000";

/// Handles a call. `access_key_id` is `None` for an unsigned call.
pub fn handle_call(
    shared: &AppState,
    access_key_id: Option<&str>,
    body: &[u8],
    request_id: &str,
) -> Response {
    let input = Fields::parse(body);
    let (status, code, message) = match (input.one("Action"), access_key_id) {
        ("", _) => (StatusCode::BAD_REQUEST, "MissingAction", "No action was named."),
        (_, None) => (
            StatusCode::FORBIDDEN,
            "MissingAuthenticationToken",
            "Request is missing Authentication Token",
        ),
        ("GetCallerIdentity", Some(key)) => return caller_identity(shared, key, request_id),
        (other, _) => {
            let message = format!("Could not find operation {other} for version 2011-06-15");
            return error(StatusCode::BAD_REQUEST, "InvalidAction", &message, request_id);
        }
    };
    error(status, code, message, request_id)
}

/// Returns the temporary access key ID of a user who signed in through the browser.
pub fn role_key(user: &str) -> String {
    let digits = user.replace(|c: char| !c.is_ascii_alphanumeric(), "");
    let end = &digits[digits.len().saturating_sub(16)..];
    format!("ASIA{:0>16}", end.to_ascii_uppercase())
}

/// Returns the caller. A temporary key belongs to a user who signed in through the browser with an
/// IAM Identity Center role. The role session has the user's name (IAM Identity Center User Guide:
/// CloudTrail use cases).
fn caller_identity(shared: &AppState, access_key_id: &str, request_id: &str) -> Response {
    let account = &shared.addresses.account_id;
    let arn = shared.read(|world| {
        let partition = world.instance.partition.name();
        match world.users.iter().find(|user| role_key(&user.id) == access_key_id) {
            Some(user) => {
                format!("arn:{partition}:sts::{account}:assumed-role/{ROLE}/{}", user.user_name)
            }
            None => format!("arn:{partition}:iam::{account}:user/practice"),
        }
    });
    let document = html! {
        GetCallerIdentityResponse xmlns=(NAMESPACE) {
            GetCallerIdentityResult {
                Arn { (arn) }
                UserId { (USER_ID) }
                Account { (account) }
            }
            ResponseMetadata { RequestId { (request_id) } }
        }
    };
    xml(StatusCode::OK, document, request_id)
}

fn error(status: StatusCode, code: &str, message: &str, request_id: &str) -> Response {
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
    let headers = [(header::CONTENT_TYPE.as_str(), "text/xml"), ("x-amzn-requestid", request_id)];
    (status, headers, document.into_string()).into_response()
}
