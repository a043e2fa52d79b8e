//! The *Shareable Link*, which starts SP-initiated sign-in, and nOps's metadata.

use std::time::Duration;

use axum::{
    extract::{OriginalUri, Path},
    http::{
        HeaderMap,
        header::{CONTENT_TYPE, SET_COOKIE},
    },
    response::{IntoResponse, Redirect, Response},
};
use jiff::SignedDuration;
use maud::html;
use url::Url;

use super::{SsoLinks, name_id_format, page, sign_in_error};
use crate::{
    pages::{Fields, PageError, PageResult, session_id, set_session},
    saml::{AuthnRequest, ServiceProvider},
    state::AppState,
    world::SentRequest,
};

/// The maximum time that nOps waits for the response to a request.
const PATIENCE: SignedDuration = SignedDuration::from_hours(1);
/// How long nOps's metadata takes with the switch `nops_metadata_late`.
const LATE: Duration = Duration::from_secs(300);
/// The cookie that shows that the link was already opened in this browser.
const VISIT: &str = "nops-visit";

/// Redirects the browser to the configured endpoint, with an authentication request.
pub async fn shareable_link(
    shared: AppState,
    OriginalUri(original): OriginalUri,
    Path(tenant): Path<String>,
    headers: HeaderMap,
    query: Fields,
) -> PageResult<Response> {
    let (links, sso) = shared
        .read(|world| (SsoLinks::from_state(&shared, world), world.nops.active_sso().cloned()));
    if !query.has("sso") {
        return Err(PageError::NotFound("nOps page"));
    }
    links.check(&original, &tenant)?;
    if shared.switches.nops_link_needs_cookie && session_id(&shared, VISIT, &headers).is_none() {
        let visit = set_session(&shared, VISIT, "1")?;
        return Ok(([(SET_COOKIE, visit)], Redirect::to(&original.to_string())).into_response());
    }
    let sso = sso.ok_or_else(|| sign_in_error("SSO is not set up for this organization."))?;
    let endpoint = shared
        .local(&sso.sso_endpoint)
        .ok_or_else(|| sign_in_error("The SAML 2.0 Endpoint isn't a link."))?;
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
        name_id_format: Some(name_id_format(&shared).to_owned()),
    };
    let request = AuthnRequest::deflate(&request.to_xml(&links.acs(), &sso.sso_endpoint, now))?;
    let mut address = Url::parse(&endpoint)?;
    address
        .query_pairs_mut()
        .append_pair("SAMLRequest", &request)
        .append_pair("RelayState", &links.shareable());
    Ok(Redirect::to(address.as_str()).into_response())
}

/// Serves the service provider's metadata at the Entity ID.
pub async fn metadata(
    shared: AppState,
    OriginalUri(original): OriginalUri,
    Path(tenant): Path<String>,
) -> PageResult<Response> {
    if shared.switches.nops_metadata_late {
        tokio::time::sleep(LATE).await;
    }
    let (links, enabled) =
        shared.read(|world| (SsoLinks::from_state(&shared, world), world.nops.sso_enabled));
    if !enabled || shared.switches.nops_metadata_missing {
        return Err(PageError::NotFound("nOps page"));
    }
    links.check(&original, &tenant)?;
    if shared.switches.nops_metadata_is_web_page {
        return Ok(page("nOps", html! { p { "Sign in to see this page." } }).into_response());
    }
    let provider = ServiceProvider { entity_id: links.entity_id(), acs_url: links.acs() };
    let xml = provider.to_xml(name_id_format(&shared));
    Ok(([(CONTENT_TYPE, "text/xml; charset=utf-8")], xml).into_response())
}
