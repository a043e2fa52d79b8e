//! The cookies that remember who is signed in at the access portal and at nOps.

use axum::http::{
    HeaderMap, HeaderValue,
    header::{COOKIE, InvalidHeaderValue},
};
use url::Url;

use crate::state::AppState;

/// Where somebody can be signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SignedInTo {
    /// The access portal.
    Portal,
    /// nOps.
    Nops,
}

/// The id of the session that the browser brings, if it brings one.
pub(crate) fn session_id(
    shared: &AppState,
    site: SignedInTo,
    headers: &HeaderMap,
) -> Option<String> {
    let name = cookie_name(shared, site);
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|header| header.to_str().ok())
        .flat_map(|header| header.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(candidate, value)| (candidate == name).then(|| value.to_owned()))
}

/// The `Set-Cookie` that begins a session.
pub(crate) fn set_session(
    shared: &AppState,
    site: SignedInTo,
    id: &str,
) -> Result<HeaderValue, InvalidHeaderValue> {
    let name = cookie_name(shared, site);
    HeaderValue::from_str(&format!("{name}={id}; Path=/; HttpOnly; SameSite=Lax"))
}

/// Cookies do not tell ports apart, and several worlds may run at once: the name does.
fn cookie_name(shared: &AppState, site: SignedInTo) -> String {
    let port = Url::parse(&shared.addresses.aws_endpoint)
        .ok()
        .and_then(|address| address.port())
        .unwrap_or_default();
    match site {
        SignedInTo::Portal => format!("portal-{port}"),
        SignedInTo::Nops => format!("nops-{port}"),
    }
}
