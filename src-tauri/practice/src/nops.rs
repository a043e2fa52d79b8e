//! nOps: its settings page, its sign-in addresses and its two APIs.
//!
//! On the host `app.nops.io`, a scripted nOps administrator can use:
//!
//! | Address | What it does |
//! |---|---|
//! | `GET /v3/settings?tab=SSO` | the page; addresses are in `#acs-url`, `#entity-id`,
//! `#shareable-link` | | `GET /v3/settings?tab=Users` | everyone with a nOps account |
//! | `POST /v3/settings` | sets the toggle or saves the configuration; see below |
//! | `POST /v3/settings/delete` | deletes the configuration permanently; the links change |
//! | `GET /login`, `POST /login` | nOps's own sign-in, with the fields `email, password` |
//!
//! For `POST /v3/settings`, `enable_sso` (`on`, `off`) alone sets the toggle. With `issuer_url,
//! sso_endpoint, x509_certificate` and optionally `sso_type, default_role, group_mapping, domain,
//! enforce`, it submits *Setup* or *Update SSO Configurations*.
//!
//! The sign-in addresses are `/sso/v1/TENANT/?sso` (*Shareable Link*), `/sso/v1/TENANT/?acs` and
//! `/sso/v1/TENANT/metadata`. For a rejected response, the page shows the error in `#error` (HTTP
//! 400). For an accepted one, it shows the heading `#welcome`. Before that, each user sees the page
//! *Confirm that SSO access is allowed* once.

mod acs;
mod api;
mod confirmation;
mod login;
mod saml_validation;
mod settings;
mod sign_in_link;

use axum::{
    Router,
    http::Uri,
    routing::{get, post},
};
use maud::Markup;

use crate::{
    Switches,
    pages::{Page, PageError, PageResult, Site, error, page_at},
    state::AppState,
    world::{NOPS_HOST, NopsOrganization, OTHER_NOPS_HOST, PracticeState},
};

/// Returns the NameID format that nOps requests.
fn name_id_format(shared: &AppState) -> &'static str {
    if shared.switches.any_name_id_format {
        "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified"
    } else {
        "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"
    }
}

pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/v3/settings", get(settings::page).post(settings::save))
        .route("/v3/settings/delete", post(settings::delete))
        .route("/v3/settings/support", post(settings::enable_sso_tab))
        .route("/login", get(login::page).post(login::sign_in))
        .route("/sso/confirm/{token}", get(confirmation::confirm_email))
        .route("/c/admin/current_client/", get(api::current_client))
        .route("/c/admin/projectaws/", get(api::projects))
        .merge(sso_routes())
}

/// Routes of the sign-in addresses only, for a host that has no other pages.
pub fn sso_routes() -> Router<AppState> {
    Router::new()
        .route("/sso/v1/{tenant}/", get(sign_in_link::shareable_link).post(acs::handle_response))
        .route("/sso/v1/{tenant}/metadata", get(sign_in_link::metadata))
}

/// Routes of the public API on the host `api.nops.io`.
pub fn api_routes() -> Router<AppState> {
    Router::new().route("/v1/reports", get(api::reports))
}

/// The sign-in addresses of the nOps organization, in the same format as real ones.
pub struct SsoLinks {
    host: &'static str,
    base: String,
}

impl SsoLinks {
    fn from_state(shared: &AppState, world: &PracticeState) -> Self {
        Self::new(&shared.switches, &world.nops)
    }

    pub fn new(switches: &Switches, nops: &NopsOrganization) -> Self {
        let host = if switches.other_nops_host { OTHER_NOPS_HOST } else { NOPS_HOST };
        let tenant = if switches.other_tenant {
            nops.tenant.replace('-', "_").to_uppercase()
        } else {
            nops.tenant.clone()
        };
        let base = format!("https://{host}/sso/v1/{tenant}/");
        Self { host, base }
    }

    pub fn acs(&self) -> String {
        format!("{}?acs", self.base)
    }

    pub fn entity_id(&self) -> String {
        format!("{}metadata", self.base)
    }

    fn shareable(&self) -> String {
        format!("{}?sso", self.base)
    }

    /// Rejects a request whose host or `tenant` doesn't match these links.
    fn check(&self, original: &Uri, tenant: &str) -> PageResult<()> {
        let host = original.path().trim_start_matches("/at/").split('/').next();
        if host != Some(self.host) || !self.base.ends_with(&format!("/{tenant}/")) {
            return Err(PageError::NotFound("nOps page"));
        }
        Ok(())
    }
}

/// Returns the path of a nOps page, starting at the server's root.
fn path(page: &str) -> String {
    format!("/at/{NOPS_HOST}/{page}")
}

fn page(title: &str, body: Markup) -> Page {
    page_at(Site::Nops, title, body)
}

/// Shows a sign-in error from nOps.
fn sign_in_error(text: &str) -> PageError {
    PageError::bad_request(page("SSO sign-in failed", error(text)))
}
