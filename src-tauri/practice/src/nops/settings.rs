//! *Organization Settings*, tab *SSO*, with the real page's labels and order.

use axum::{
    extract::{RawQuery, State},
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use maud::{Markup, html};

use super::{SsoLinks, path};
use crate::{
    pages::{Failure, Fields, Site, action, cut, input, notice, page_headed, value},
    state::AppState,
    world::{NopsOrganization, NopsSso},
};

const TYPES: [&str; 6] = ["", "AWS", "Azure AD", "Google", "Okta", "OneLogin"];
const ROLES: [&str; 2] = ["client-member", "client-admin"];

/// Shows the tab that the query selects.
pub(super) async fn page(
    State(shared): State<AppState>,
    RawQuery(query): RawQuery,
) -> Html<String> {
    let query = Fields::parse(query.unwrap_or_default().as_bytes());
    match query.one("tab") {
        "API Key" => api_key_page(&shared),
        _ if shared.switches.sso_entry_missing && !shared.read(|world| world.nops.sso_offered) => {
            page_without_sso()
        }
        _ => sso_page(&shared, query.has("saved").then_some("The SSO configuration was saved.")),
    }
}

/// Saves the toggle, *Setup SSO Configuration* or *Update SSO Configurations*. Stores values as
/// entered and refuses only empty ones.
pub(super) async fn save(
    State(shared): State<AppState>,
    fields: Fields,
) -> Result<Response, Failure> {
    let required = [
        ("issuer_url", "Issuer URL (entityId)"),
        ("sso_endpoint", "SAML 2.0 Endpoint (HTTP) (singleSignOnService: URL)"),
        ("x509_certificate", "X.509 Certificate"),
    ];
    let details = required.iter().any(|(name, _)| fields.has(name));
    let empty = required.iter().find(|(name, _)| fields.one(name).trim().is_empty());
    if let (true, Some((_, label))) = (details, empty) {
        let page = sso_page(&shared, Some(&format!("{label} is required.")));
        return Ok((StatusCode::BAD_REQUEST, page).into_response());
    }
    shared.change(|world| {
        if fields.has("enable_sso") || !details {
            world.nops.sso_enabled = fields.is_on("enable_sso");
        }
        if details {
            world.nops.sso = Some(typed(&fields));
        }
    })?;
    let next = if details { "v3/settings?tab=SSO&saved" } else { "v3/settings?tab=SSO" };
    Ok(Redirect::to(&path(next)).into_response())
}

/// Turns the *SSO* tab on, as nOps support does on request.
pub(super) async fn offer(State(shared): State<AppState>) -> Result<Redirect, Failure> {
    shared.change(|world| world.nops.sso_offered = true)?;
    Ok(Redirect::to(&path("v3/settings?tab=SSO")))
}

/// Deletes the configuration. The next one has other links.
pub(super) async fn delete(State(shared): State<AppState>) -> Result<Redirect, Failure> {
    shared.change(|world| {
        world.nops.sso = None;
        world.nops.sso_enabled = false;
        world.nops.tenant = world.draw_uuid();
    })?;
    Ok(Redirect::to(&path("v3/settings?tab=SSO")))
}

fn typed(fields: &Fields) -> NopsSso {
    let text = |name| fields.one(name).to_owned();
    NopsSso {
        sso_type: text("sso_type"),
        issuer_url: text("issuer_url"),
        sso_endpoint: text("sso_endpoint"),
        x509_certificate: text("x509_certificate"),
        default_role: match fields.one("default_role") {
            "" => ROLES[0].to_owned(),
            role => role.to_owned(),
        },
        group_mapping: fields.is_on("group_mapping"),
        domain: text("domain"),
        enforce: fields.is_on("enforce"),
    }
}

fn sso_page(shared: &AppState, said: Option<&str>) -> Html<String> {
    let (nops, links) = shared.read(|world| (world.nops.clone(), SsoLinks::of(shared, world)));
    let toggle = match nops.sso_enabled {
        true => ("Switch off", "off"),
        false => ("Switch on", "on"),
    };
    let body = html! {
        @if let Some(words) = said { (notice(words)) }
        p { "Organization: " strong { (nops.name) } }
        div .field {
            strong { "Enable SSO Login" } ": "
            span #enable-sso-state { @if nops.sso_enabled { "on" } @else { "off" } } " "
            (action(&path("v3/settings"), toggle.0, &[("enable_sso", toggle.1)]))
        }
        @if nops.sso_enabled {
            form method="post" action=(path("v3/settings")) {
                input type="hidden" name="enable_sso" value="on";
                (details(shared, &nops, &links))
                button type="submit" {
                    @if nops.sso.is_some() { "Update SSO Configurations" } @else { "Setup SSO Configuration" }
                }
            }
            @if nops.sso.is_some() {
                h2 { "Delete" }
                p { "Deleting the SSO configuration can't be undone." }
                (action(&path("v3/settings/delete"), "Delete SSO configuration", &[]))
            }
        }
    };
    tab("SSO", body)
}

fn page_without_sso() -> Html<String> {
    let body = html! {
        p { "Your organization has no entry SSO." }
        p .hint { "Practice: here you play nOps support, who switch it on when they are asked." }
        (action(&path("v3/settings/support"), "Ask nOps support for SSO", &[]))
    };
    organization_settings("Organization Settings", body)
}

fn details(shared: &AppState, nops: &NopsOrganization, links: &SsoLinks) -> Markup {
    let sso = nops.sso.clone().unwrap_or_default();
    let shown = nops.sso.is_some() || !shared.switches.addresses_after_first_save;
    html! {
        div .field {
            label for="sso_type" { "Select SSO Type" }
            (select("sso_type", &TYPES, &sso.sso_type))
        }
        h2 { "nOps SSO Integration Details" }
        @if shown {
            dl {
                (cut("Assertion Consumer Service", "acs-url", &links.acs()))
                (cut("Entity ID", "entity-id", &links.entity_id()))
                (cut("Shareable Link for IDP Login", "shareable-link", &links.shareable()))
            }
        } @else {
            p { "The details appear after the configuration was saved. Refresh the page then." }
        }
        (input("Domain", "domain", &sso.domain))
        div .field { label { input type="checkbox" name="enforce" value="on" checked[sso.enforce]; " Enforce SSO login for all domain users" } }
        h2 { "Your SSO Details" }
        (input("Issuer URL (entityId)", "issuer_url", &sso.issuer_url))
        (input("SAML 2.0 Endpoint (HTTP) (singleSignOnService: URL)", "sso_endpoint", &sso.sso_endpoint))
        div .field {
            label for="x509_certificate" { "X.509 Certificate" }
            textarea #x509_certificate name="x509_certificate" spellcheck="false" { (sso.x509_certificate) }
        }
        h2 { "User Roles/Groups" }
        div .field {
            label for="default_role" { "Default role" }
            (select("default_role", &ROLES, &sso.default_role))
        }
        div .field { label { input type="checkbox" name="group_mapping" value="on" checked[sso.group_mapping]; " Set nOps role based on SAML group" } }
    }
}

fn select(name: &str, options: &[&str], chosen: &str) -> Markup {
    html! {
        select id=(name) name=(name) {
            @for option in options {
                option value=(option) selected[*option == chosen] { @if option.is_empty() { "Select" } @else { (option) } }
            }
        }
    }
}

fn api_key_page(shared: &AppState) -> Html<String> {
    let (legacy, public) =
        shared.read(|world| (world.nops.legacy_api_key.clone(), world.nops.public_api_key.clone()));
    let body = html! {
        dl {
            (value("API key", "legacy-api-key", &legacy))
            (value("API key of the public API (Settings, Security, API Keys)", "public-api-key", &public))
        }
    };
    tab("API Key", body)
}

fn tab(name: &str, body: Markup) -> Html<String> {
    let body = html! {
        nav aria-label="Organization Settings" {
            @for tab in ["SSO", "API Key"] {
                a href=(path(&format!("v3/settings?tab={tab}"))) aria-current=[(tab == name).then_some("page")] { (tab) }
                " "
            }
        }
        (body)
    };
    organization_settings(&format!("Organization Settings: {name}"), body)
}

fn organization_settings(title: &str, body: Markup) -> Html<String> {
    page_headed(Site::Nops, title, html! { h1 { "Organization Settings" } }, body)
}
