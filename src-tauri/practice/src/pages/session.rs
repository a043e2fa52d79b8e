//! The cookies that remember who is signed in at the access portal and at nOps.

use axum::http::{
    HeaderMap, HeaderValue,
    header::{COOKIE, InvalidHeaderValue},
};
use url::Url;

use crate::shared::Shared;

/// Where somebody can be signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Door {
    /// The access portal.
    Portal,
    /// nOps.
    Nops,
}

/// The id of the session that the browser brings, if it brings one.
pub(crate) fn session_id(shared: &Shared, door: Door, headers: &HeaderMap) -> Option<String> {
    let name = cookie_name(shared, door);
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
    shared: &Shared,
    door: Door,
    id: &str,
) -> Result<HeaderValue, InvalidHeaderValue> {
    let name = cookie_name(shared, door);
    HeaderValue::from_str(&format!("{name}={id}; Path=/; HttpOnly; SameSite=Lax"))
}

/// Cookies do not tell ports apart, and several worlds may run at once: the name does.
fn cookie_name(shared: &Shared, door: Door) -> String {
    let port = Url::parse(&shared.addresses.aws_endpoint)
        .ok()
        .and_then(|address| address.port())
        .unwrap_or_default();
    match door {
        Door::Portal => format!("portal-{port}"),
        Door::Nops => format!("nops-{port}"),
    }
}
