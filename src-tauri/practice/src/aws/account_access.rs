//! The account access manager API in AWS's REST JSON protocol. Supports only the list operations.

use axum::{
    Json, Router,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::post,
};
use serde_json::{Value, json};

use super::{SIGNED, text};
use crate::{
    state::AppState,
    world::{Principal, PrincipalKind},
};

/// The time when the administrator turned on account access manager.
const CREATED: &str = "2026-03-02T09:00:00Z";

pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/applications-list", post(applications))
        .route("/entitlements-list", post(entitlements))
}

async fn applications(shared: AppState, headers: HeaderMap) -> Response {
    respond(&shared, &headers, "account-access:ListApplications", || {
        match shared.switches.account_access_manager {
            true => json!({"applications": [{
                "applicationArn": application_arn(&shared),
                "createdAt": CREATED,
                "updatedAt": CREATED,
            }]}),
            false => json!({"applications": []}),
        }
    })
}

async fn entitlements(shared: AppState, headers: HeaderMap, Json(input): Json<Value>) -> Response {
    let wanted = &input["filter"]["principalRole"]["principal"]["identityCenter"];
    respond(&shared, &headers, "account-access:ListEntitlements", || {
        let account = &shared.addresses.account_id;
        let listed = shared.read(|world| {
            let is_wanted = |who: &&Principal| wanted[member_name(who)] == json!(who.id);
            let wanted = world.entitlements.iter().filter(is_wanted);
            let entitlement = |who: &Principal| {
                json!({"entitlementId": who.id, "createdAt": CREATED, "entitlement": {"principalRole": {
                    "principal": {"identityCenter": {member_name(who): who.id}},
                    "roleArn": format!("arn:aws:iam::{account}:role/Admin"),
                    "account": account,
                }}})
            };
            wanted.map(entitlement).collect::<Vec<_>>()
        });
        json!({"entitlements": listed})
    })
}

/// Returns the output. Returns an error if the call isn't signed or AWS denies it.
fn respond(
    shared: &AppState,
    headers: &HeaderMap,
    action: &str,
    output: impl FnOnce() -> Value,
) -> Response {
    let is_signed = text(headers, "authorization").is_some_and(|value| value.starts_with(SIGNED));
    let is_allowed =
        !shared.switches.account_access_denied && shared.permissions.check_anywhere(action).is_ok();
    if is_signed && is_allowed {
        return Json(output()).into_response();
    }
    let kind = [("x-amzn-errortype", "AccessDeniedException")];
    (StatusCode::FORBIDDEN, kind, Json(json!({"message": "Access denied"}))).into_response()
}

fn application_arn(shared: &AppState) -> String {
    let account = &shared.addresses.account_id;
    let (partition, region) =
        shared.read(|world| (world.instance.partition.name(), world.region()));
    format!("arn:{partition}:account-access:{region}:{account}:application/practice-account-access")
}

fn member_name(who: &Principal) -> &'static str {
    match who.kind {
        PrincipalKind::User => "userId",
        PrincipalKind::Group => "groupId",
    }
}
