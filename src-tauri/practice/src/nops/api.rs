//! The endpoints of nOps's legacy and public APIs that show whether an API key is valid.

use axum::{
    Json,
    http::{HeaderMap, StatusCode, header::AUTHORIZATION},
    response::{IntoResponse, Response},
};
use maud::html;
use serde_json::{Value, json};

use super::page;
use crate::{pages::PageResult, state::AppState};

/// The suffix that turns the public API key into a valid key without permissions.
const NOT_ALLOWED: &str = "-limited";

/// Legacy API: returns the organization that the key belongs to.
pub async fn current_client(shared: AppState, headers: HeaderMap) -> Response {
    let client = shared.read(|world| json!({"id": world.nops.client_id, "name": world.nops.name}));
    legacy(&shared, &headers, client)
}

/// Legacy API: returns the AWS accounts that are in nOps.
pub async fn projects(shared: AppState, headers: HeaderMap) -> Response {
    let account = shared.read(|world| world.organization.management_account.clone());
    legacy(&shared, &headers, json!([{"id": 1, "name": "Management", "account_number": account}]))
}

/// Public API: returns 200 for a valid key, 401 for an unknown key, and 403 for a key without
/// permission.
pub async fn reports(shared: AppState, headers: HeaderMap) -> PageResult<Response> {
    let key = shared.read(|world| world.nops.public_api_key.clone());
    let sent = headers
        .get(AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "))
        .unwrap_or_default();
    let (status, code, message) = match sent.strip_prefix(&key) {
        Some("") => return Ok(Json(json!({"data": []})).into_response()),
        Some(NOT_ALLOWED) => {
            (StatusCode::FORBIDDEN, "forbidden_scope", "This key may not read reports.")
        }
        None if shared.switches.permission_before_key => {
            (StatusCode::FORBIDDEN, "forbidden_scope", "This key may not read reports.")
        }
        _ => (StatusCode::UNAUTHORIZED, "invalid_credentials", "The API key is not known."),
    };
    let request_id = shared.change(|world| world.draw_uuid())?;
    let error = json!({"code": code, "message": message, "request_id": request_id});
    Ok((status, Json(json!({"error": error}))).into_response())
}

/// Checks a legacy key. For a wrong key, nOps returns its sign-in page with status 200.
fn legacy(shared: &AppState, headers: &HeaderMap, answer: Value) -> Response {
    let key = shared.read(|world| world.nops.legacy_api_key.clone());
    if headers.get("X-Nops-Api-Key").is_some_and(|sent| *sent == *key) {
        Json(answer).into_response()
    } else {
        page("Sign in to nOps", html! { p { "Sign in to go on." } }).into_response()
    }
}
