//! The *Shareable Link*, which starts SP-initiated sign-in, and nOps's metadata.

use axum::{
    extract::{OriginalUri, Path, RawQuery, State},
    http::{StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Redirect, Response},
};
use jiff::SignedDuration;
use url::form_urlencoded;

use super::{SsoLinks, name_id_format, refusal};
use crate::{
    pages::{Failure, Fields},
    saml::AuthnRequest,
    state::AppState,
    world::SentRequest,
};

/// How long nOps waits for a response to a request.
const PATIENCE: SignedDuration = SignedDuration::from_hours(1);

/// Redirects the browser to the configured endpoint with an authentication request.
pub(super) async fn shareable_link(
    State(shared): State<AppState>,
    OriginalUri(original): OriginalUri,
    Path(tenant): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Failure> {
    let (links, sso, enabled) = shared.read(|world| {
        (SsoLinks::of(&shared, world), world.nops.sso.clone(), world.nops.sso_enabled)
    });
    let has_sso = Fields::parse(query.unwrap_or_default().as_bytes()).has("sso");
    if !has_sso || !links.are_at(&original, &tenant) {
        return Err(Failure::NotFound("nOps page"));
    }
    let Some(sso) = sso.filter(|_| enabled) else {
        return Ok((StatusCode::BAD_REQUEST, refusal("SSO is not set up for this organization."))
            .into_response());
    };
    let Some(endpoint) = shared.local(&sso.sso_endpoint) else {
        return Ok(
            (StatusCode::BAD_REQUEST, refusal("The SAML 2.0 Endpoint is no link.")).into_response()
        );
    };
    let now = shared.now();
    let id = shared.change(|world| {
        let id = format!("ONELOGIN_{}", world.draw_hex(40));
        world.nops.requests.retain(|sent| now.duration_since(sent.sent_at) < PATIENCE);
        world.nops.requests.push(SentRequest { id: id.clone(), sent_at: now });
        id
    })?;
    let request = AuthnRequest {
        id,
        issuer: links.entity_id(),
        acs_url: Some(links.acs()),
        name_id_format: Some(name_id_format(&shared).to_owned()),
    };
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair(
            "SAMLRequest",
            &AuthnRequest::deflated(&request.to_xml(&sso.sso_endpoint, now))?,
        )
        .append_pair("RelayState", &links.shareable())
        .finish();
    let joint = if endpoint.contains('?') { '&' } else { '?' };
    Ok(Redirect::to(&format!("{endpoint}{joint}{query}")).into_response())
}

/// Serves the service provider's metadata at the Entity ID.
pub(super) async fn metadata(
    State(shared): State<AppState>,
    OriginalUri(original): OriginalUri,
    Path(tenant): Path<String>,
) -> Result<impl IntoResponse, Failure> {
    let (links, enabled) =
        shared.read(|world| (SsoLinks::of(&shared, world), world.nops.sso_enabled));
    if !enabled || !links.are_at(&original, &tenant) {
        return Err(Failure::NotFound("nOps page"));
    }
    let xml = links.service_provider().to_xml(name_id_format(&shared));
    Ok(([(CONTENT_TYPE, "text/xml; charset=utf-8")], xml))
}
