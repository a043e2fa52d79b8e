//! IAM Identity Center's OIDC service, which signs clients in, and its portal service, which lists
//! the accounts and roles of a signed-in user. Both services use REST with JSON.

use axum::{
    Json, Router,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{sts, text};
use crate::{
    pages::Fields,
    settings::Switches,
    state::AppState,
    world::{
        AccessToken, DEVICE_HOST, OIDC_HOST, PracticeState, REGISTRATION, SignInAnswer, StoreError,
    },
};

/// The roles that every user has in the management account.
const ROLES: [&str; 2] = ["AdministratorAccess", "ViewOnlyAccess"];

pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/client/register", post(register))
        .route("/device_authorization", post(device_authorization))
        .route("/token", post(token))
        .route("/assignment/accounts", get(accounts))
        .route("/assignment/roles", get(roles))
        .route("/federation/credentials", get(credentials))
        .route("/logout", post(log_out))
}

/// The error for a rejected call: status, exception name, and error code (RFC 6749) or message.
#[derive(Debug, PartialEq)]
struct SignInError(StatusCode, &'static str, &'static str);

impl SignInError {
    const CLIENT: Self = Self(StatusCode::UNAUTHORIZED, "InvalidClientException", "invalid_client");
    const GRANT: Self = Self::bad_request("InvalidGrantException", "invalid_grant");
    const REQUEST: Self = Self::bad_request("InvalidRequestException", "invalid_request");
    const PENDING: Self =
        Self::bad_request("AuthorizationPendingException", "authorization_pending");
    const EXPIRED: Self = Self::bad_request("ExpiredTokenException", "expired_token");
    const DENIED: Self = Self::bad_request("AccessDeniedException", "access_denied");
    const UNAUTHORIZED: Self = Self(
        StatusCode::UNAUTHORIZED,
        "UnauthorizedException",
        "Session token not found or invalid",
    );
    const FORBIDDEN: Self = Self(StatusCode::FORBIDDEN, "ForbiddenException", "No access");

    const fn bad_request(exception: &'static str, code: &'static str) -> Self {
        Self(StatusCode::BAD_REQUEST, exception, code)
    }
}

impl From<StoreError> for SignInError {
    fn from(_: StoreError) -> Self {
        Self(StatusCode::INTERNAL_SERVER_ERROR, "InternalServerException", "server_error")
    }
}

impl IntoResponse for SignInError {
    fn into_response(self) -> Response {
        let Self(status, exception, code) = self;
        let body = json!({"error": code, "message": code});
        (status, [("x-amzn-errortype", exception)], Json(body)).into_response()
    }
}

type JsonResult = Result<Json<Value>, SignInError>;

/// The fields of all client requests. Each request uses only some of these fields.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct ClientRequest {
    client_id: String,
    client_secret: String,
    client_name: String,
    client_type: String,
    start_url: String,
    grant_type: String,
    device_code: String,
    code: String,
    code_verifier: String,
    redirect_uri: String,
    refresh_token: String,
}

async fn register(shared: AppState, Json(request): Json<ClientRequest>) -> JsonResult {
    if request.client_name.is_empty() || request.client_type != "public" {
        return Err(SignInError::REQUEST);
    }
    let now = shared.now();
    let client = shared.change(|world| world.register_client(&request.client_name, now))?;
    Ok(Json(json!({
        "clientId": client.id,
        "clientSecret": client.secret,
        "clientIdIssuedAt": now.as_second(),
        "clientSecretExpiresAt": (now + REGISTRATION).as_second(),
        "authorizationEndpoint": format!("https://{OIDC_HOST}/authorize"),
        "tokenEndpoint": format!("https://{OIDC_HOST}/token"),
    })))
}

async fn device_authorization(shared: AppState, Json(request): Json<ClientRequest>) -> JsonResult {
    let now = shared.now();
    let start = shared.read(|world| format!("https://{}", world.portal_address()));
    if request.start_url.trim_end_matches(['/', '#']) != start {
        return Err(SignInError::REQUEST);
    }
    let access = shared.try_change(|world| {
        check_client(world, &request, now)?;
        Ok::<_, SignInError>(world.ask_for_access(&request.client_id, None, now))
    })?;
    let page = format!("https://{DEVICE_HOST}/");
    Ok(Json(json!({
        "deviceCode": access.code,
        "userCode": access.user_code,
        "verificationUri": page,
        "verificationUriComplete": format!("{page}?user_code={}", access.user_code),
        "expiresIn": 600,
        "interval": 1,
    })))
}

async fn token(shared: AppState, Json(request): Json<ClientRequest>) -> JsonResult {
    let now = shared.now();
    let token = shared.try_change(|world| {
        check_client(world, &request, now)?;
        match request.grant_type.as_str() {
            "urn:ietf:params:oauth:grant-type:device_code" => {
                exchange(world, &request, &request.device_code, now)
            }
            "authorization_code" => exchange(world, &request, &request.code, now),
            "refresh_token" => renew(world, &request, now),
            _ => Err(SignInError::REQUEST),
        }
    })?;
    let mut answer = json!({
        "accessToken": token.access,
        "tokenType": "Bearer",
        "expiresIn": token_lifetime(&shared.switches).as_secs(),
    });
    if !shared.switches.short_sign_in {
        answer["refreshToken"] = json!(token.refresh);
    }
    Ok(Json(answer))
}

fn token_lifetime(switches: &Switches) -> SignedDuration {
    if switches.short_sign_in {
        SignedDuration::from_mins(5)
    } else {
        SignedDuration::from_hours(8)
    }
}

/// Rejects a request unless a registered client sent it.
fn check_client(
    world: &PracticeState,
    request: &ClientRequest,
    now: Timestamp,
) -> Result<(), SignInError> {
    let is_registered = world.oidc_clients.registered.iter().any(|known| {
        known.id == request.client_id
            && known.secret == request.client_secret
            && now.duration_since(known.registered_at) < REGISTRATION
    });
    if is_registered { Ok(()) } else { Err(SignInError::CLIENT) }
}

/// Exchanges an approved code for a token. Each code can be used only once.
fn exchange(
    world: &mut PracticeState,
    request: &ClientRequest,
    code: &str,
    now: Timestamp,
) -> Result<AccessToken, SignInError> {
    let requests = &mut world.oidc_clients.requests;
    let index = requests
        .iter()
        .position(|access| access.code == code && access.client == request.client_id)
        .ok_or(SignInError::GRANT)?;
    let access = &requests[index];
    if !access.is_open(now) {
        return Err(SignInError::EXPIRED);
    }
    let has_redirect = request.grant_type == "authorization_code";
    let is_proven = match &access.redirect {
        None => !has_redirect,
        Some(redirect) => {
            let digest = URL_SAFE_NO_PAD.encode(Sha256::digest(request.code_verifier.as_bytes()));
            has_redirect && redirect.uri == request.redirect_uri && redirect.challenge == digest
        }
    };
    if !is_proven {
        return Err(SignInError::GRANT);
    }
    match access.answer.clone() {
        None => Err(SignInError::PENDING),
        Some(SignInAnswer::Denied) => Err(SignInError::DENIED),
        Some(SignInAnswer::Allowed(user)) => {
            requests.remove(index);
            Ok(world.give_token(&request.client_id, &user, None, now))
        }
    }
}

fn renew(
    world: &mut PracticeState,
    request: &ClientRequest,
    now: Timestamp,
) -> Result<AccessToken, SignInError> {
    let (client, refresh) = (&request.client_id, &request.refresh_token);
    let mut tokens = world.oidc_clients.tokens.iter();
    let token = tokens.find(|token| token.refresh == *refresh && token.client == *client);
    let user = token.ok_or(SignInError::GRANT)?.user.clone();
    Ok(world.give_token(client, &user, Some(refresh), now))
}

async fn accounts(shared: AppState, headers: HeaderMap) -> JsonResult {
    bearer(&shared, &headers)?;
    let account = shared.read(|world| {
        json!({
            "accountId": world.organization.management_account,
            "accountName": "Example Corp",
            "emailAddress": world.organization.management_email,
        })
    });
    // The portal API lists only accounts that users can access through permission sets.
    let accounts = match shared.switches.account_access_manager {
        true => Vec::new(),
        false => vec![account],
    };
    Ok(Json(json!({"accountList": accounts})))
}

async fn roles(shared: AppState, headers: HeaderMap, query: Fields) -> JsonResult {
    bearer(&shared, &headers)?;
    let account = &shared.addresses.account_id;
    if query.one("account_id") != account {
        return Err(SignInError::FORBIDDEN);
    }
    let role = |role| json!({"roleName": role, "accountId": account});
    Ok(Json(json!({"roleList": ROLES.map(role)})))
}

async fn credentials(shared: AppState, headers: HeaderMap, query: Fields) -> JsonResult {
    let user = bearer(&shared, &headers)?;
    let has_role = query.one("account_id") == shared.addresses.account_id
        && ROLES.contains(&query.one("role_name"));
    if !has_role {
        return Err(SignInError::FORBIDDEN);
    }
    Ok(Json(json!({"roleCredentials": {
        "accessKeyId": sts::role_key(&user),
        "secretAccessKey": "practice-secret-access-key",
        "sessionToken": "practice-session-token",
        "expiration": (shared.now() + SignedDuration::from_hours(1)).as_millisecond(),
    }})))
}

async fn log_out(shared: AppState, headers: HeaderMap) -> JsonResult {
    let token = text(&headers, TOKEN);
    shared.change(|world| {
        world.oidc_clients.tokens.retain(|kept| Some(kept.access.as_str()) != token);
    })?;
    Ok(Json(json!({})))
}

const TOKEN: &str = "x-amz-sso_bearer_token";

/// Returns the user that the call's bearer token belongs to.
fn bearer(shared: &AppState, headers: &HeaderMap) -> Result<String, SignInError> {
    let lifetime = token_lifetime(&shared.switches);
    let token = text(headers, TOKEN).unwrap_or_default();
    let user = shared.read(|world| world.user_of_token(token, lifetime, shared.now()).cloned());
    user.ok_or(SignInError::UNAUTHORIZED)
}

#[cfg(test)]
mod tests {
    use axum::http::header;

    use super::*;
    use crate::state;

    #[test]
    fn token_expires_after_its_stated_lifetime() {
        let check = |short_sign_in, minutes, is_accepted| {
            let switches = Switches { short_sign_in, ..Switches::default() };
            let shared = state::tests::seeded_state(switches);
            let given_at = shared.now() - SignedDuration::from_mins(minutes);
            let token = shared.change(|world| world.give_token("client", "user", None, given_at));
            let headers = HeaderMap::from_iter([(
                header::HeaderName::from_static(TOKEN),
                token.unwrap().access.parse().unwrap(),
            )]);
            let expected =
                if is_accepted { Ok("user".to_owned()) } else { Err(SignInError::UNAUTHORIZED) };
            assert_eq!(bearer(&shared, &headers), expected, "{short_sign_in} {minutes}");
        };
        check(false, 479, true);
        check(false, 480, false);
        check(true, 4, true);
        check(true, 5, false);
    }
}
