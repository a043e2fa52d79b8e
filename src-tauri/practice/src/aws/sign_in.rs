//! The OIDC service of IAM Identity Center, which signs clients in, and its portal service, which
//! lists their accounts and roles. Both use REST with JSON.

use axum::{
    Json, Router,
    extract::{Query, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::sts;
use crate::{
    portal::{device_host, oidc_host},
    state::AppState,
    world::{AccessToken, Answer, OidcClient, REGISTRATION, SaveError, TOKEN, World},
};

/// Token lifetime that the response states with [`crate::Switches::short_sign_in`].
const SHORT: SignedDuration = SignedDuration::from_mins(5);

/// Every user's roles in the management account.
const ROLES: [&str; 2] = ["AdministratorAccess", "ViewOnlyAccess"];

/// Routes of both services, from the endpoint's root.
pub(crate) fn routes() -> Router<AppState> {
    Router::new()
        .route("/client/register", post(register))
        .route("/device_authorization", post(device_authorization))
        .route("/token", post(token))
        .route("/assignment/accounts", get(accounts))
        .route("/assignment/roles", get(roles))
        .route("/federation/credentials", get(credentials))
        .route("/logout", post(log_out))
}

/// A refused call: status, exception name, and error code (RFC 6749) if it has one.
struct Refused(StatusCode, &'static str, &'static str);

impl Refused {
    const CLIENT: Self = Self(StatusCode::UNAUTHORIZED, "InvalidClientException", "invalid_client");
    const GRANT: Self = Self(StatusCode::BAD_REQUEST, "InvalidGrantException", "invalid_grant");
    const REQUEST: Self =
        Self(StatusCode::BAD_REQUEST, "InvalidRequestException", "invalid_request");
    const PENDING: Self =
        Self(StatusCode::BAD_REQUEST, "AuthorizationPendingException", "authorization_pending");
    const EXPIRED: Self = Self(StatusCode::BAD_REQUEST, "ExpiredTokenException", "expired_token");
    const DENIED: Self = Self(StatusCode::BAD_REQUEST, "AccessDeniedException", "access_denied");
    const UNAUTHORIZED: Self = Self(
        StatusCode::UNAUTHORIZED,
        "UnauthorizedException",
        "Session token not found or invalid",
    );
    const FORBIDDEN: Self = Self(StatusCode::FORBIDDEN, "ForbiddenException", "No access");
}

impl From<SaveError> for Refused {
    fn from(_: SaveError) -> Self {
        Self(StatusCode::INTERNAL_SERVER_ERROR, "InternalServerException", "server_error")
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let Self(status, kind, error) = self;
        let body = json!({"error": error, "message": error});
        (status, [("x-amzn-errortype", kind)], Json(body)).into_response()
    }
}

type Answered = Result<Json<Value>, Refused>;

/// The fields of all client requests. Each request has some of them.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[derive(Default)]
struct Asked {
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

async fn register(State(shared): State<AppState>, Json(asked): Json<Asked>) -> Answered {
    if asked.client_name.is_empty() || asked.client_type != "public" {
        return Err(Refused::REQUEST);
    }
    let now = shared.now();
    let program = shared.change(|world| world.register_program(&asked.client_name, now))?;
    Ok(Json(json!({
        "clientId": program.id,
        "clientSecret": program.secret,
        "clientIdIssuedAt": now.as_second(),
        "clientSecretExpiresAt": (now + REGISTRATION).as_second(),
        "authorizationEndpoint": format!("https://{}/authorize", oidc_host()),
        "tokenEndpoint": format!("https://{}/token", oidc_host()),
    })))
}

async fn device_authorization(
    State(shared): State<AppState>,
    Json(asked): Json<Asked>,
) -> Answered {
    let now = shared.now();
    let start = shared.read(|world| format!("https://{}/start", world.portal_host()));
    if asked.start_url.trim_end_matches(['/', '#']) != start {
        return Err(Refused::REQUEST);
    }
    let request = shared.try_change(|world| {
        let program = program(world, &asked, now)?.id.clone();
        Ok::<_, Refused>(world.ask_for_access(&program, None, now))
    })?;
    let page = format!("https://{}/", device_host());
    Ok(Json(json!({
        "deviceCode": request.code,
        "userCode": request.user_code,
        "verificationUri": page,
        "verificationUriComplete": format!("{page}?user_code={}", request.user_code),
        "expiresIn": 600,
        "interval": 1,
    })))
}

async fn token(State(shared): State<AppState>, Json(asked): Json<Asked>) -> Answered {
    let now = shared.now();
    let token = shared.try_change(|world| {
        let program = program(world, &asked, now)?.id.clone();
        match asked.grant_type.as_str() {
            "urn:ietf:params:oauth:grant-type:device_code" => {
                fetch(world, &program, &asked.device_code, None, now)
            }
            "authorization_code" => {
                let proof = (asked.redirect_uri.as_str(), asked.code_verifier.as_str());
                fetch(world, &program, &asked.code, Some(proof), now)
            }
            "refresh_token" => renew(world, &program, &asked.refresh_token, now),
            _ => Err(Refused::REQUEST),
        }
    })?;
    let lasting = match shared.switches.short_sign_in {
        true => SHORT,
        false => TOKEN,
    };
    let mut answer = json!({
        "accessToken": token.access,
        "tokenType": "Bearer",
        "expiresIn": lasting.as_secs(),
    });
    if !shared.switches.short_sign_in {
        answer["refreshToken"] = json!(token.refresh);
    }
    Ok(Json(answer))
}

/// Returns the registered client that sent the request.
fn program<'w>(world: &'w World, asked: &Asked, now: Timestamp) -> Result<&'w OidcClient, Refused> {
    let program = world.program(&asked.client_id, &asked.client_secret).ok_or(Refused::CLIENT)?;
    match now.duration_since(program.registered_at) < REGISTRATION {
        true => Ok(program),
        false => Err(Refused::CLIENT),
    }
}

/// Exchanges an approved code for a token. Each code works only once.
fn fetch(
    world: &mut World,
    program: &str,
    code: &str,
    proof: Option<(&str, &str)>,
    now: Timestamp,
) -> Result<AccessToken, Refused> {
    let mut requests = world.programs.requests.iter();
    let place = requests
        .position(|request| request.code == code && request.program == program)
        .ok_or(Refused::GRANT)?;
    let request = &world.programs.requests[place];
    if !request.is_open(now) {
        return Err(Refused::EXPIRED);
    }
    let is_proven = match (&request.redirect, proof) {
        (None, None) => true,
        (Some(redirect), Some((uri, verifier))) => {
            let digest = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()));
            redirect.uri == uri && redirect.challenge == digest
        }
        _ => false,
    };
    if !is_proven {
        return Err(Refused::GRANT);
    }
    match request.answer.clone() {
        None => Err(Refused::PENDING),
        Some(Answer::Denied) => Err(Refused::DENIED),
        Some(Answer::Allowed(user)) => {
            world.programs.requests.remove(place);
            Ok(world.give_token(program, &user, None, now))
        }
    }
}

fn renew(
    world: &mut World,
    program: &str,
    refresh: &str,
    now: Timestamp,
) -> Result<AccessToken, Refused> {
    let mut tokens = world.programs.tokens.iter();
    let user = tokens
        .find(|token| token.refresh == refresh && token.program == program)
        .map(|token| token.user.clone())
        .ok_or(Refused::GRANT)?;
    Ok(world.give_token(program, &user, Some(refresh), now))
}

#[derive(Deserialize)]
struct Wanted {
    #[serde(default)]
    account_id: String,
    #[serde(default)]
    role_name: String,
}

async fn accounts(State(shared): State<AppState>, headers: HeaderMap) -> Answered {
    shared.read(|world| {
        bearer(world, &headers, shared.now())?;
        let organization = &world.organization;
        Ok(Json(json!({"accountList": [{
            "accountId": organization.management_account,
            "accountName": "Example Corp",
            "emailAddress": organization.management_email,
        }]})))
    })
}

async fn roles(
    State(shared): State<AppState>,
    headers: HeaderMap,
    Query(wanted): Query<Wanted>,
) -> Answered {
    shared.read(|world| {
        bearer(world, &headers, shared.now())?;
        if wanted.account_id != world.organization.management_account {
            return Err(Refused::FORBIDDEN);
        }
        let of = |role| json!({"roleName": role, "accountId": wanted.account_id});
        Ok(Json(json!({"roleList": ROLES.map(of)})))
    })
}

async fn credentials(
    State(shared): State<AppState>,
    headers: HeaderMap,
    Query(wanted): Query<Wanted>,
) -> Answered {
    let now = shared.now();
    shared.read(|world| {
        let user = bearer(world, &headers, now)?;
        let has_role = wanted.account_id == world.organization.management_account
            && ROLES.contains(&wanted.role_name.as_str());
        if !has_role {
            return Err(Refused::FORBIDDEN);
        }
        let expiration = (now + SignedDuration::from_hours(1)).as_millisecond();
        Ok(Json(json!({"roleCredentials": {
            "accessKeyId": sts::role_key(user),
            "secretAccessKey": "practice-secret-access-key",
            "sessionToken": "practice-session-token",
            "expiration": expiration,
        }})))
    })
}

async fn log_out(State(shared): State<AppState>, headers: HeaderMap) -> Answered {
    let token = given(&headers).to_owned();
    shared.change(|world| world.programs.tokens.retain(|kept| kept.access != token))?;
    Ok(Json(json!({})))
}

/// Returns the user of the call's bearer token.
fn bearer<'w>(world: &'w World, headers: &HeaderMap, now: Timestamp) -> Result<&'w str, Refused> {
    world.user_of_token(given(headers), now).ok_or(Refused::UNAUTHORIZED)
}

fn given(headers: &HeaderMap) -> &str {
    let token = headers.get("x-amz-sso_bearer_token");
    token.and_then(|token| token.to_str().ok()).unwrap_or_default()
}
