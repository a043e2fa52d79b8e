//! The page where a user approves an OIDC client's access request.

use axum::{
    Router,
    extract::{Query, RawQuery, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
    routing::{MethodRouter, get},
};
use maud::html;
use serde::Deserialize;
use url::Url;

use super::{sign_in, signed_in};
use crate::{
    pages::{Failure, Fields, Site, action, page_at, value},
    state::AppState,
    world::{AccessRequest, Answer, REGION, Redirect as Back, World},
};

/// Returns the host of the device code page.
pub(crate) fn device_host() -> String {
    format!("device.sso.{REGION}.amazonaws.com")
}

/// Returns the host of the OIDC service.
pub(crate) fn oidc_host() -> String {
    format!("oidc.{REGION}.amazonaws.com")
}

/// Handles the only page of [`device_host`]. A scripted user posts `user_code` with `answer=allow` or
/// `answer=deny`.
pub(crate) fn device_page() -> MethodRouter<AppState> {
    get(page).post(answer)
}

/// Routes of [`oidc_host`], to which a client sends the browser.
pub(crate) fn oidc_routes() -> Router<AppState> {
    Router::new().route("/authorize", get(authorize))
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    user_code: String,
}

/// Shows the request to a signed-in user, otherwise the sign-in form.
async fn page(
    State(shared): State<AppState>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    let here = format!("/at/{}/?user_code={}", device_host(), asked.user_code);
    let Some(user) = signed_in(&shared, &headers) else {
        return sign_in::page(&shared, &here, None).into_response();
    };
    let now = shared.now();
    let found = shared.read(|world| {
        let request = world.access_request(&asked.user_code)?;
        let open = request.is_open(now) && request.answer.is_none();
        open.then(|| (program(world, request), user_name(world, &user)))
    });
    let Some((program, user_name)) = found else {
        return refusal("This code is not known, was used, or is older than ten minutes.");
    };
    let address = format!("/at/{}/", device_host());
    let fields = |answer| [("user_code", asked.user_code.as_str()), ("answer", answer)];
    let body = html! {
        p { "The program " strong { (program) } " asks to act for " strong { (user_name) } " in AWS." }
        dl { (value("Code", "user-code", &asked.user_code)) }
        p .hint { "Go on only if the program shows the same code." }
        (action(&address, "Allow access", &fields("allow")))
        (action(&address, "Deny access", &fields("deny")))
    };
    page_at(Site::Portal, "Authorization requested", body).into_response()
}

/// Records the answer and redirects to the client's loopback address if it has one.
async fn answer(
    State(shared): State<AppState>,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, Failure> {
    let user_code = fields.one("user_code").to_owned();
    let Some(user) = signed_in(&shared, &headers) else {
        let here = format!("/at/{}/?user_code={user_code}", device_host());
        return Ok(sign_in::page(&shared, &here, None).into_response());
    };
    let answer = match fields.one("answer") {
        "allow" => Answer::Allowed(user),
        _ => Answer::Denied,
    };
    let now = shared.now();
    let answered = shared.change(|world| {
        let requests = &mut world.programs.requests;
        let request = requests.iter_mut().find(|request| {
            request.user_code == user_code && request.answer.is_none() && request.is_open(now)
        })?;
        request.answer = Some(answer.clone());
        Some(request.clone())
    })?;
    let Some(request) = answered else {
        return Ok(refusal("This code is not known, was used, or is older than ten minutes."));
    };
    if let Some(back) = &request.redirect {
        return Ok(Redirect::to(&address_back(back, &request, &answer)?).into_response());
    }
    let title = match answer {
        Answer::Allowed(_) => "Request approved",
        Answer::Denied => "Request denied",
    };
    let body = html! { p { "You can close this page." } };
    Ok(page_at(Site::Portal, title, body).into_response())
}

/// Creates an authorization code request and sends the browser to the approval page.
async fn authorize(
    State(shared): State<AppState>,
    RawQuery(query): RawQuery,
) -> Result<Response, Failure> {
    let query = Fields::parse(query.unwrap_or_default().as_bytes());
    let back = Back {
        uri: query.one("redirect_uri").to_owned(),
        state: query.one("state").to_owned(),
        challenge: query.one("code_challenge").to_owned(),
    };
    let is_loopback = Url::parse(&back.uri)
        .is_ok_and(|uri| uri.scheme() == "http" && uri.host_str() == Some("127.0.0.1"));
    let is_whole = query.one("response_type") == "code"
        && query.one("code_challenge_method") == "S256"
        && !back.challenge.is_empty()
        && !back.state.is_empty();
    let program = query.one("client_id").to_owned();
    let is_known = shared.read(|world| {
        let mut registered = world.programs.registered.iter();
        registered.any(|known| known.id == program)
    });
    if !is_loopback || !is_whole || !is_known {
        return Ok(refusal("The program did not ask as it should."));
    }
    let now = shared.now();
    let request = shared.change(|world| world.ask_for_access(&program, Some(back), now))?;
    let page = format!("/at/{}/?user_code={}", device_host(), request.user_code);
    Ok(Redirect::to(&page).into_response())
}

fn address_back(back: &Back, request: &AccessRequest, answer: &Answer) -> Result<String, Failure> {
    let mut address = Url::parse(&back.uri)?;
    address.query_pairs_mut().append_pair("state", &back.state).extend_pairs(match answer {
        Answer::Allowed(_) => [("code", request.code.as_str())],
        Answer::Denied => [("error", "access_denied")],
    });
    Ok(address.into())
}

fn program(world: &World, request: &AccessRequest) -> String {
    let mut registered = world.programs.registered.iter();
    let program = registered.find(|program| program.id == request.program);
    program.map(|program| program.name.clone()).unwrap_or_default()
}

fn user_name(world: &World, id: &str) -> String {
    let user = world.user(id);
    user.map(|user| user.user_name.clone()).unwrap_or_default()
}

fn refusal(words: &str) -> Response {
    let body = html! { pre #error { (words) } };
    let page = page_at(Site::Portal, "Nothing to allow", body);
    (StatusCode::BAD_REQUEST, page).into_response()
}
