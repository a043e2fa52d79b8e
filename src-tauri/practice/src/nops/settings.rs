//! The *SSO* tab of *Organization Settings*, with the real page's labels and order.

use axum::response::Redirect;
use maud::{Markup, html};

use super::{SsoLinks, path};
use crate::{
    pages::{
        Fields, Page, PageError, PageResult, Site, action, checkbox, cut, field, form, hidden,
        input, notice, page_headed, saved, table, tabs, value,
    },
    state::AppState,
    world::{NopsOrganization, NopsSso},
};

const TYPES: [&str; 6] = ["", "AWS", "Azure AD", "Google", "Okta", "OneLogin"];
const ROLES: [&str; 2] = ["client-member", "client-admin"];

/// Shows the tab that is selected in the query.
pub async fn page(shared: AppState, query: Fields) -> Page {
    match query.one("tab") {
        "API Key" => api_key_page(&shared),
        "Users" => users_page(&shared),
        _ if shared.switches.sso_entry_missing && !shared.read(|world| world.nops.sso_offered) => {
            page_without_sso()
        }
        _ => {
            let message = html! {
                @if query.has("saved") { (saved("The SSO configuration was saved.")) }
            };
            sso_page(&shared, &message)
        }
    }
}

/// Saves the toggle, *Setup SSO Configuration* or *Update SSO Configurations*. Stores values as
/// entered and rejects only empty values.
pub async fn save(shared: AppState, fields: Fields) -> PageResult<Redirect> {
    let required = [
        ("issuer_url", "Issuer URL (entityId)"),
        ("sso_endpoint", "SAML 2.0 Endpoint (HTTP) (singleSignOnService: URL)"),
        ("x509_certificate", "X.509 Certificate"),
    ];
    let has_details = required.iter().any(|(name, _)| fields.has(name));
    if has_details && let Some(label) = fields.first_blank(&required) {
        let page = sso_page(&shared, &notice(&format!("{label} is required.")));
        return Err(PageError::bad_request(page));
    }
    shared.change(|world| {
        if fields.has("enable_sso") || !has_details {
            world.nops.sso_enabled = fields.is_on("enable_sso");
        }
        if has_details {
            world.nops.sso = Some(read_details(&fields));
        }
    })?;
    let suffix = if has_details { "&saved" } else { "" };
    Ok(Redirect::to(&path(&format!("v3/settings?tab=SSO{suffix}"))))
}

/// Turns on the *SSO* tab. In the real nOps, the support team does this on request.
pub async fn enable_sso_tab(shared: AppState) -> PageResult<Redirect> {
    shared.change(|world| world.nops.sso_offered = true)?;
    Ok(Redirect::to(&path("v3/settings?tab=SSO")))
}

/// Deletes the configuration. The next configuration will have different links.
pub async fn delete(shared: AppState) -> PageResult<Redirect> {
    shared.change(|world| {
        world.nops.sso = None;
        world.nops.sso_enabled = false;
        world.nops.tenant = world.draw_uuid();
    })?;
    Ok(Redirect::to(&path("v3/settings?tab=SSO")))
}

fn read_details(fields: &Fields) -> NopsSso {
    NopsSso {
        sso_type: fields.text("sso_type"),
        issuer_url: fields.text("issuer_url"),
        sso_endpoint: fields.text("sso_endpoint"),
        x509_certificate: fields.text("x509_certificate"),
        default_role: match fields.one("default_role") {
            "" => ROLES[0].to_owned(),
            role => role.to_owned(),
        },
        group_mapping: fields.is_on("group_mapping"),
        domain: fields.text("domain"),
        enforce: fields.is_on("enforce"),
    }
}

/// Renders the *SSO* tab with `message` at the top.
fn sso_page(shared: &AppState, message: &Markup) -> Page {
    let (nops, links) =
        shared.read(|world| (world.nops.clone(), SsoLinks::from_state(shared, world)));
    let (state, switch, enable) =
        if nops.sso_enabled { ("on", "Switch off", "off") } else { ("off", "Switch on", "on") };
    let save = match nops.sso {
        Some(_) => "Update SSO Configurations",
        None => "Setup SSO Configuration",
    };
    let body = html! {
        (message)
        p { "Organization: " strong { (nops.name) } }
        div .field {
            strong { "Enable SSO Login" } ": "
            span #enable-sso-state { (state) } " "
            (action(&path("v3/settings"), switch, &[("enable_sso", enable)]))
        }
        @if nops.sso_enabled {
            (form(&path("v3/settings"), save, html! {
                (hidden("enable_sso", "on"))
                (render_details(shared, &nops, &links))
            }))
            @if nops.sso.is_some() {
                h2 { "Delete" }
                p { "Deleting the SSO configuration can't be undone." }
                (action(&path("v3/settings/delete"), "Delete SSO configuration", &[]))
            }
        }
    };
    render_tab("SSO", body)
}

fn page_without_sso() -> Page {
    let body = html! {
        p { "Your organization has no entry SSO." }
        p .hint { "Practice: this button acts as nOps support, who turn it on when asked." }
        (action(&path("v3/settings/support"), "Ask nOps support for SSO", &[]))
    };
    organization_settings("Organization Settings", body)
}

fn render_details(shared: &AppState, nops: &NopsOrganization, links: &SsoLinks) -> Markup {
    let sso = nops.sso.clone().unwrap_or_default();
    let shown = nops.sso.is_some() || !shared.switches.addresses_after_first_save;
    html! {
        (render_select("Select SSO Type", "sso_type", &TYPES, &sso.sso_type))
        h2 { "nOps SSO Integration Details" }
        @if shown {
            dl {
                (cut("Assertion Consumer Service", "acs-url", &links.acs()))
                (cut("Entity ID", "entity-id", &links.entity_id()))
                (cut("Shareable Link for IDP Login", "shareable-link", &links.shareable()))
            }
        } @else {
            p { "The details appear after you save the configuration. Then refresh the page." }
        }
        (input("Domain", "domain", &sso.domain))
        div .field { (checkbox("Enforce SSO login for all domain users", "enforce", sso.enforce)) }
        h2 { "Your SSO Details" }
        (input("Issuer URL (entityId)", "issuer_url", &sso.issuer_url))
        (input("SAML 2.0 Endpoint (HTTP) (singleSignOnService: URL)", "sso_endpoint", &sso.sso_endpoint))
        (field("X.509 Certificate", "x509_certificate", html! {
            textarea #x509_certificate name="x509_certificate" spellcheck="false" { (sso.x509_certificate) }
        }))
        h2 { "User Roles/Groups" }
        (render_select("Default role", "default_role", &ROLES, &sso.default_role))
        div .field { (checkbox("Set nOps role based on SAML group", "group_mapping", sso.group_mapping)) }
    }
}

fn render_select(label: &str, name: &str, options: &[&str], chosen: &str) -> Markup {
    field(
        label,
        name,
        html! {
            select id=(name) name=(name) {
                @for option in options {
                    option value=(option) selected[*option == chosen] {
                        @if option.is_empty() { "Select" } @else { (option) }
                    }
                }
            }
        },
    )
}

fn api_key_page(shared: &AppState) -> Page {
    let (legacy, public) =
        shared.read(|world| (world.nops.legacy_api_key.clone(), world.nops.public_api_key.clone()));
    let body = html! {
        dl {
            (value("API key", "legacy-api-key", &legacy))
            (value("API key of the public API (Settings, Security, API Keys)", "public-api-key", &public))
        }
    };
    render_tab("API Key", body)
}

/// Renders the *Users* tab. Public documentation doesn't say where nOps lists its users.
fn users_page(shared: &AppState) -> Page {
    let users = shared.read(|world| world.nops.users.clone());
    let rows = html! {
        @for user in &users {
            tr { td { (user.name) } td { (user.email) } td { (user.role) } }
        }
    };
    render_tab("Users", table(&["Name", "Email", "Role"], rows))
}

fn render_tab(name: &str, body: Markup) -> Page {
    let all = ["Users", "SSO", "API Key"].map(|tab| (tab, path(&format!("v3/settings?tab={tab}"))));
    let body = html! {
        (tabs("Organization Settings", &all, name))
        (body)
    };
    organization_settings(&format!("Organization Settings: {name}"), body)
}

fn organization_settings(title: &str, body: Markup) -> Page {
    page_headed(Site::Nops, title, html! { h1 { "Organization Settings" } }, body)
}
