//! The endpoints of nOps's legacy and public API that can check a key.

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, header::AUTHORIZATION, header::CONTENT_TYPE},
    response::{Html, IntoResponse, Response},
};
use maud::html;
use serde_json::{Value, json};

use crate::{
    pages::{Failure, Site, page_at},
    state::AppState,
};

/// Suffix that turns the public key into a valid key without permissions.
const NOT_ALLOWED: &str = "-limited";

/// Legacy API: returns the key's organization.
pub(super) async fn current_client(State(shared): State<AppState>, headers: HeaderMap) -> Response {
    let (id, name) = shared.read(|world| (world.nops.client_id, world.nops.name.clone()));
    legacy(&shared, &headers, json!({ "id": id, "name": name }))
}

/// Legacy API: returns the AWS accounts in nOps.
pub(super) async fn projects(State(shared): State<AppState>, headers: HeaderMap) -> Response {
    let account = shared.read(|world| world.organization.management_account.clone());
    legacy(&shared, &headers, json!([{ "id": 1, "name": "Management", "account_number": account }]))
}

/// Public API: returns 200 for a valid key, 401 for an unknown one, and 403 for one without permission.
pub(super) async fn reports(
    State(shared): State<AppState>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let key = shared.read(|world| world.nops.public_api_key.clone());
    let sent = headers
        .get(AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "));
    let limited = format!("{key}{NOT_ALLOWED}");
    Ok(match sent {
        Some(sent) if sent == key => json_answer(StatusCode::OK, &json!({ "data": [] })),
        Some(sent) if sent == limited => error(
            &shared,
            StatusCode::FORBIDDEN,
            "forbidden_scope",
            "This key may not read reports.",
        )?,
        _ => error(
            &shared,
            StatusCode::UNAUTHORIZED,
            "invalid_credentials",
            "The API key is not known.",
        )?,
    })
}

/// Checks a legacy key. For a wrong key, nOps returns its sign-in page with status 200.
fn legacy(shared: &AppState, headers: &HeaderMap, answer: Value) -> Response {
    let key = shared.read(|world| world.nops.legacy_api_key.clone());
    let sent = headers.get("X-Nops-Api-Key").and_then(|value| value.to_str().ok());
    if sent == Some(&key) {
        return json_answer(StatusCode::OK, &answer);
    }
    let page: Html<String> =
        page_at(Site::Nops, "Sign in to nOps", html! { p { "Sign in to go on." } });
    page.into_response()
}

fn error(
    shared: &AppState,
    status: StatusCode,
    code: &str,
    message: &str,
) -> Result<Response, Failure> {
    let request_id = shared.change(|world| world.draw_uuid())?;
    let body = json!({ "error": { "code": code, "message": message, "request_id": request_id } });
    Ok(json_answer(status, &body))
}

fn json_answer(status: StatusCode, body: &Value) -> Response {
    (status, [(CONTENT_TYPE, "application/json")], body.to_string()).into_response()
}
