//! The page where a user approves an OIDC client's access request.

use axum::{
    Router,
    http::HeaderMap,
    response::{IntoResponse, Redirect, Response},
    routing::{MethodRouter, get},
};
use maud::html;
use url::Url;

use super::signed_in;
use crate::{
    pages::{Fields, PageError, PageResult, action, error, value},
    state::AppState,
    world::{AccessRequest, DEVICE_HOST, Redirect as ClientRedirect, SignInAnswer},
};

/// Handles the only page on [`DEVICE_HOST`]. For a scripted user, the page accepts a POST with
/// `user_code` and `answer=allow` or `answer=deny`.
pub fn device_page() -> MethodRouter<AppState> {
    get(page).post(record_answer)
}

/// Routes of [`crate::world::OIDC_HOST`], which clients open in the browser.
pub fn oidc_routes() -> Router<AppState> {
    Router::new().route("/authorize", get(authorize))
}

/// Shows the access request to a signed-in user. Shows other users the sign-in form.
async fn page(shared: AppState, headers: HeaderMap, query: Fields) -> PageResult {
    let user_code = query.one("user_code");
    let user = signed_in(&shared, &headers, &device_path(user_code))?;
    let (client, user_name) = shared
        .read(|world| {
            let mut requests = world.oidc_clients.requests.iter();
            let request = requests.find(|request| request.user_code == user_code)?;
            let mut registered = world.oidc_clients.registered.iter();
            let client = registered.find(|client| client.id == request.client)?;
            let user = world.user(&user)?;
            let is_open = request.is_open(shared.now()) && request.answer.is_none();
            is_open.then(|| (client.name.clone(), user.user_name.clone()))
        })
        .ok_or_else(code_refused)?;
    let address = format!("/at/{DEVICE_HOST}/");
    let fields = |answer| [("user_code", user_code), ("answer", answer)];
    let body = html! {
        p { "The program " strong { (client) } " asks to act for " strong { (user_name) } " in AWS." }
        dl { (value("Code", "user-code", user_code)) }
        p .hint { "Continue only if the program shows the same code." }
        (action(&address, "Allow access", &fields("allow")))
        (action(&address, "Deny access", &fields("deny")))
    };
    Ok(super::page("Authorization requested", body))
}

/// Records the user's answer. If the client has a loopback address, redirects to it.
async fn record_answer(
    shared: AppState,
    headers: HeaderMap,
    fields: Fields,
) -> PageResult<Response> {
    let user_code = fields.one("user_code");
    let user = signed_in(&shared, &headers, &device_path(user_code))?;
    let answer = match fields.one("answer") {
        "allow" => SignInAnswer::Allowed(user),
        _ => SignInAnswer::Denied,
    };
    let now = shared.now();
    let request = shared.try_change(|world| {
        let requests = &mut world.oidc_clients.requests;
        let request = requests.iter_mut().find(|request| {
            request.user_code == user_code && request.answer.is_none() && request.is_open(now)
        });
        let request = request.ok_or_else(code_refused)?;
        request.answer = Some(answer.clone());
        Ok::<_, PageError>(request.clone())
    })?;
    if let Some(redirect) = &request.redirect {
        let address = callback_address(redirect, &request, &answer)?;
        return Ok(Redirect::to(&address).into_response());
    }
    let title = match answer {
        SignInAnswer::Allowed(_) => "Request approved",
        SignInAnswer::Denied => "Request denied",
    };
    Ok(super::page(title, html! { p { "You can close this page." } }).into_response())
}

/// Creates an authorization code request and redirects the browser to the approval page.
async fn authorize(shared: AppState, query: Fields) -> PageResult<Redirect> {
    let redirect = ClientRedirect {
        uri: query.text("redirect_uri"),
        state: query.text("state"),
        challenge: query.text("code_challenge"),
    };
    let is_loopback = Url::parse(&redirect.uri)
        .is_ok_and(|uri| uri.scheme() == "http" && uri.host_str() == Some("127.0.0.1"));
    let is_complete = query.one("response_type") == "code"
        && query.one("code_challenge_method") == "S256"
        && !redirect.challenge.is_empty()
        && !redirect.state.is_empty();
    let client = query.one("client_id");
    let is_known = shared.read(|world| {
        let mut registered = world.oidc_clients.registered.iter();
        registered.any(|known| known.id == client)
    });
    if !is_loopback || !is_complete || !is_known {
        return Err(refused("The program's request isn't complete."));
    }
    let request =
        shared.change(|world| world.ask_for_access(client, Some(redirect), shared.now()))?;
    Ok(Redirect::to(&device_path(&request.user_code)))
}

/// Returns the path of the approval page, starting at the server's root.
fn device_path(user_code: &str) -> String {
    format!("/at/{DEVICE_HOST}/?user_code={user_code}")
}

/// Returns the client's loopback address, with the user's answer added.
fn callback_address(
    redirect: &ClientRedirect,
    request: &AccessRequest,
    answer: &SignInAnswer,
) -> PageResult<String> {
    let mut address = Url::parse(&redirect.uri)?;
    let outcome = match answer {
        SignInAnswer::Allowed(_) => ("code", request.code.as_str()),
        SignInAnswer::Denied => ("error", "access_denied"),
    };
    address.query_pairs_mut().extend_pairs([("state", redirect.state.as_str()), outcome]);
    Ok(address.into())
}

fn code_refused() -> PageError {
    refused("This code is not known, was used, or is older than ten minutes.")
}

fn refused(text: &str) -> PageError {
    PageError::bad_request(super::page("Nothing to allow", error(text)))
}
