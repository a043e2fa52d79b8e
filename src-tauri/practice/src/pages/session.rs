//! Session cookies for the access portal and nOps.

use axum::http::{
    HeaderMap, HeaderValue,
    header::{COOKIE, InvalidHeaderValue},
};
use url::Url;

use crate::state::AppState;

/// Returns the session ID from the request's cookie.
pub fn session_id(shared: &AppState, site: &str, headers: &HeaderMap) -> Option<String> {
    let name = cookie_name(shared, site);
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|header| header.to_str().ok())
        .flat_map(|header| header.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(candidate, value)| (candidate == name).then(|| value.to_owned()))
}

/// Returns the `Set-Cookie` value that starts a session.
pub fn set_session(
    shared: &AppState,
    site: &str,
    id: &str,
) -> Result<HeaderValue, InvalidHeaderValue> {
    let name = cookie_name(shared, site);
    HeaderValue::from_str(&format!("{name}={id}; Path=/; HttpOnly; SameSite=Lax"))
}

/// Returns the name of the cookie. The name includes the port, because cookies ignore ports and
/// several practice servers can run at the same time.
fn cookie_name(shared: &AppState, site: &str) -> String {
    let port = Url::parse(&shared.addresses.aws_endpoint)
        .ok()
        .and_then(|address| address.port())
        .unwrap_or_default();
    format!("{site}-{port}")
}
