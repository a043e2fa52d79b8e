//! The three links that each application has: sign-in, sign-out and metadata.

use axum::{
    extract::{Path, RawQuery},
    http::{HeaderMap, StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use maud::html;
use url::form_urlencoded;

use super::{PortalRefusal, assertion::issue, page, signed_in, tiles::self_submitting_page};
use crate::{
    pages::{Fields, PageError, PageResult},
    saml::{AuthnRequest, RequestError},
    state::AppState,
    world::saml_host,
};

/// Handles a sign-in request that was sent by redirect.
pub async fn handle_redirected_request(
    shared: AppState,
    Path(token): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    fields: Fields,
) -> PageResult {
    // After the user signs in, a request that was posted continues here with a redirect.
    let request = match fields.one("binding") {
        "post" => AuthnRequest::from_post(fields.one("SAMLRequest")),
        _ => AuthnRequest::from_redirect(fields.one("SAMLRequest")),
    };
    let query = query.unwrap_or_default();
    respond(&shared, &token, request, fields.one("RelayState"), &query, &headers)
}

/// Handles a sign-in request that was posted in a form.
pub async fn handle_posted_request(
    shared: AppState,
    Path(token): Path<String>,
    headers: HeaderMap,
    fields: Fields,
) -> PageResult {
    let request = AuthnRequest::from_post(fields.one("SAMLRequest"));
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("binding", "post")
        .append_pair("SAMLRequest", fields.one("SAMLRequest"))
        .append_pair("RelayState", fields.one("RelayState"))
        .finish();
    respond(&shared, &token, request, fields.one("RelayState"), &query, &headers)
}

/// Ends the portal session.
pub async fn sign_out(shared: AppState, headers: HeaderMap) -> PageResult {
    super::sign_out(&shared, &headers)?;
    Ok(page("You are signed out", html! {}))
}

/// Serves the metadata. Doesn't require sign-in.
pub async fn metadata(shared: AppState, Path(token): Path<String>) -> PageResult<Response> {
    if shared.switches.metadata_unreachable {
        return Ok((StatusCode::SERVICE_UNAVAILABLE, "Service Unavailable").into_response());
    }
    let xml = shared.try_change(|world| {
        let id = world.application_id(&token).ok_or(PageError::NotFound("metadata"))?;
        let application = world.application_mut(&id).ok_or(PageError::NotFound("metadata"))?;
        super::metadata(application, &shared.switches)
    })?;
    Ok(([(CONTENT_TYPE, "text/xml; charset=utf-8")], xml).into_response())
}

/// Responds to a request. `query` is the query of the sign-in link that repeats the request.
fn respond(
    shared: &AppState,
    token: &str,
    request: Result<AuthnRequest, RequestError>,
    relay_state: &str,
    query: &str,
    headers: &HeaderMap,
) -> PageResult {
    let found = shared.read(|world| {
        let id = world.application_id(token)?;
        let region = world.application(&id).map(|found| found.region.clone());
        Some((id, region.unwrap_or_else(|| world.region().to_owned())))
    });
    let (application, region) =
        found.ok_or(PortalRefusal::NoAccess("No application has this sign-in link."))?;
    let request = request.map_err(|error| PortalRefusal::BadInput(error.to_string()))?;
    let again = format!("/at/{}/saml/assertion/{token}?{query}", saml_host(&region));
    let user = signed_in(shared, headers, &again)?;
    let response = issue(shared, &application, &user, Some(&request))?;
    Ok(self_submitting_page(shared, &response, relay_state))
}
