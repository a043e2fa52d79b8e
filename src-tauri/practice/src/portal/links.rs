//! Each application's three links: sign-in, sign-out and metadata.

use axum::{
    extract::{Path, RawQuery, State},
    http::{HeaderMap, StatusCode, header::CONTENT_TYPE},
    response::{Html, IntoResponse, Response},
};
use maud::html;
use url::form_urlencoded;

use super::{Refusal, assertion::issue, sign_in, signed_in, tiles::sending};
use crate::{
    pages::{Failure, Fields, SignedInTo, Site, page_at, session_id},
    saml::{AuthnRequest, RequestError},
    state::AppState,
    world::{REGION, World},
};

/// Handles a sign-in request sent by redirect.
pub(super) async fn redirected(
    State(shared): State<AppState>,
    Path(token): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let query = query.unwrap_or_default();
    let fields = Fields::parse(query.as_bytes());
    // After the user signs in, a posted request continues here by redirect.
    let request = match fields.one("binding") {
        "post" => AuthnRequest::from_post(fields.one("SAMLRequest")),
        _ => AuthnRequest::from_redirect(fields.one("SAMLRequest")),
    };
    let again = format!("/at/portal.sso.{REGION}.amazonaws.com/saml/assertion/{token}?{query}");
    answer(&shared, &token, request, fields.one("RelayState"), &again, &headers)
}

/// Handles a sign-in request posted in a form.
pub(super) async fn posted(
    State(shared): State<AppState>,
    Path(token): Path<String>,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, Failure> {
    let request = AuthnRequest::from_post(fields.one("SAMLRequest"));
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("binding", "post")
        .append_pair("SAMLRequest", fields.one("SAMLRequest"))
        .append_pair("RelayState", fields.one("RelayState"))
        .finish();
    let again = format!("/at/portal.sso.{REGION}.amazonaws.com/saml/assertion/{token}?{query}");
    answer(&shared, &token, request, fields.one("RelayState"), &again, &headers)
}

/// Ends the portal's session.
pub(super) async fn sign_out(
    State(shared): State<AppState>,
    headers: HeaderMap,
) -> Result<Html<String>, Failure> {
    if let Some(session) = session_id(&shared, SignedInTo::Portal, &headers) {
        shared.change(|world| world.sign_out(&session))?;
    }
    Ok(page_at(Site::Portal, "You are signed out", html! {}))
}

/// Serves the metadata without sign-in.
pub(super) async fn metadata(
    State(shared): State<AppState>,
    Path(token): Path<String>,
) -> Result<Response, Failure> {
    if shared.switches.metadata_unreachable {
        return Ok((StatusCode::SERVICE_UNAVAILABLE, "Service Unavailable").into_response());
    }
    let xml = shared.try_change(|world| {
        let id = id_of(world, &token).ok_or(Failure::NotFound("metadata"))?;
        let application = world.application_mut(&id).ok_or(Failure::NotFound("metadata"))?;
        super::metadata(application, &shared.switches)
    })?;
    Ok(([(CONTENT_TYPE, "text/xml; charset=utf-8")], xml).into_response())
}

fn answer(
    shared: &AppState,
    token: &str,
    request: Result<AuthnRequest, RequestError>,
    relay_state: &str,
    again: &str,
    headers: &HeaderMap,
) -> Result<Response, Failure> {
    let Some(application) = shared.read(|world| id_of(world, token)) else {
        return Ok(Refusal::NoAccess("No application has this sign-in link.").into_response());
    };
    let request = match request {
        Ok(request) => request,
        Err(error) => return Ok(Refusal::BadInput(error.to_string()).into_response()),
    };
    let Some(user) = signed_in(shared, headers) else {
        return Ok(sign_in::page(shared, again, None).into_response());
    };
    Ok(match issue(shared, &application, &user, Some(&request))? {
        Ok(issued) => sending(shared, &issued, relay_state).into_response(),
        Err(refusal) => refusal.into_response(),
    })
}

fn id_of(world: &World, token: &str) -> Option<String> {
    world.application_with_token(token).map(|application| application.id.clone())
}
