//! The list of applications and an application's page.

use axum::{
    http::header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    response::{IntoResponse, Redirect},
};
use maud::{Markup, html};
use serde_json::json;

use super::{
    ConsoleRegion, PathId, application_path, change_application, find_application, log, page, path,
    redirect, redirect_to_application, status,
};
use crate::{
    Switches,
    pages::{self, Fields, Page, PageError, PageResult, action, copied, table, tabs, value},
    portal,
    state::{AppState, signing_identity},
    world::{Application, Provider},
};

/// Shows *Applications*. The *Customer managed* tab is selected unless the query selects the other
/// tab.
pub async fn list(shared: AppState, ConsoleRegion(region): ConsoleRegion, query: Fields) -> Page {
    const MANAGED: [&str; 2] = ["AWS managed", "Customer managed"];
    let all = MANAGED.map(|tab| (tab, path(&format!("applications?tab={tab}"))));
    let body = match query.one("tab") {
        "AWS managed" => html! {
            (tabs("Applications", &all, MANAGED[0]))
            p { "No AWS managed applications are connected." }
        },
        _ => html! {
            (tabs("Applications", &all, MANAGED[1]))
            (customer_managed(&shared, &region))
        },
    };
    page("Applications", body)
}

/// Lists the applications of a Region.
fn customer_managed(shared: &AppState, region: &str) -> Markup {
    let applications = shared.read(|world| {
        let here = world.applications.iter().filter(|one| one.region == region);
        here.cloned().collect::<Vec<_>>()
    });
    let rows = html! {
        @for application in &applications {
            tr {
                td { a href=(application_path(shared, &application.id, "")) { (application.name) } }
                td { (kind(&application.provider)) }
                td { (status(application.enabled)) }
            }
        }
    };
    html! {
        p { a href=(path("applications/add")) { "Add application" } }
        (table(&["Application", "Type", "Status"], rows))
    }
}

/// Shows an application's details, links and actions.
pub async fn details(shared: AppState, PathId(id): PathId, query: Fields) -> PageResult {
    let saved = match query.one("saved") {
        "application" => Some("The application was added."),
        "configuration" => Some("The configuration was saved."),
        "mappings" => Some("The attribute mappings were saved."),
        _ => None,
    };
    let application = find_application(&shared, &id)?;
    let arn = shared.read(|world| world.application_arn(&application));
    let to = |page: &str| path(&format!("applications/{id}/{page}"));
    let (switch, enabled) = if application.enabled { ("Disable", "off") } else { ("Enable", "on") };
    let body = html! {
        @if let Some(text) = saved { (pages::saved(text)) }
        @if application.provider.is_saml() {
            details .menu {
                summary { "Actions" }
                ul {
                    li { a href=(to("edit")) { "Edit configuration" } }
                    li { a href=(to("mappings")) { "Edit attribute mappings" } }
                }
            }
        }
        h2 { "Details" }
        dl {
            (value("Description", "description", &application.description))
            (value("Type", "type", kind(&application.provider)))
            (value("Status", "status", status(application.enabled)))
            (value("Application ARN", "application-arn", &arn))
        }
        (action(&to("status"), switch, &[("enabled", enabled)]))
        (action(&to("remove"), "Remove", &[]))
        @if application.provider.is_saml() {
            h2 { "Assigned users and groups" }
            p { a href=(to("assign")) { "Assign users and groups" } }
            (tabs("Application", &[("Configuration", path(&format!("applications/{id}")))], "Configuration"))
            h2 { "IAM Identity Center metadata" }
            (links(&application, &shared.switches))
            p { a href=(to("certificates")) { "Manage certificate" } }
            h2 { "Application metadata" }
            dl {
                (value("Application ACS URL", "acs-url", &application.acs_url))
                (value("Application SAML audience", "audience", &application.audience))
            }
        }
    };
    Ok(page(&application.name, body))
}

/// Enables or disables an application.
pub async fn set_status(
    shared: AppState,
    PathId(id): PathId,
    fields: Fields,
) -> PageResult<Redirect> {
    let now = shared.now();
    shared.try_change(|world| {
        let application = world.application_mut(&id).ok_or(PageError::NotFound("application"))?;
        application.enabled = fields.is_on("enabled");
        let status = if application.enabled { "ENABLED" } else { "DISABLED" };
        let call = ("UpdateApplicationInstanceStatus", json!({"status": status}));
        log(world, &id, [call], now);
        Ok::<_, PageError>(())
    })?;
    Ok(redirect_to_application(&shared, &id, ""))
}

/// Removes an application with its assignments and certificates.
pub async fn remove(shared: AppState, PathId(id): PathId) -> PageResult<Redirect> {
    let now = shared.now();
    shared.try_change(|world| {
        if !world.remove_application(&id) {
            return Err(PageError::NotFound("application"));
        }
        log(world, &id, [("DeleteApplicationInstance", json!({}))], now);
        Ok(())
    })?;
    Ok(redirect("applications"))
}

/// Serves the metadata file that the download button requests.
pub async fn metadata_file(shared: AppState, PathId(id): PathId) -> PageResult<impl IntoResponse> {
    let xml = change_application(&shared, &id, |application| {
        portal::metadata(application, &shared.switches)
    })?;
    let name = r#"attachment; filename="Custom SAML 2.0 application_ins-metadata.xml""#;
    Ok(([(CONTENT_TYPE, "text/xml"), (CONTENT_DISPOSITION, name)], xml))
}

/// Serves a certificate as PEM for the download buttons: the active one, or the one with `number`.
pub async fn certificate_file(
    shared: AppState,
    PathId(id): PathId,
    query: Fields,
) -> PageResult<impl IntoResponse> {
    let number = query.one("number").parse().unwrap_or(0);
    let identity = change_application(&shared, &id, |application| {
        signing_identity(application)?;
        let identity = application.identities.get(number).cloned();
        identity.ok_or(PageError::NotFound("certificate"))
    })?;
    let name = r#"attachment; filename="AWS_SSO_for_Custom SAML 2.0 application_certificate.pem""#;
    let headers = [(CONTENT_TYPE, "application/x-pem-file"), (CONTENT_DISPOSITION, name)];
    Ok((headers, identity.certificate_pem()))
}

/// Renders an application's links and downloads, as in the *IAM Identity Center metadata* section.
pub fn links(application: &Application, switches: &Switches) -> Markup {
    let file = |name: &str| path(&format!("applications/{}/{name}", application.id));
    html! {
        dl {
            (copied("IAM Identity Center SAML metadata file", "metadata-url", &application.metadata_link()))
            (download("IAM Identity Center SAML metadata file", &file("metadata.xml")))
            (copied("IAM Identity Center sign-in URL", "sign-in-url", &application.sign_in_link(switches)))
            (copied("IAM Identity Center sign-out URL", "sign-out-url", &application.sign_out_link()))
            (copied("IAM Identity Center SAML issuer URL", "issuer-url", &application.issuer()))
            dt { "IAM Identity Center certificate" }
            (download("IAM Identity Center certificate", &file("certificate.pem")))
        }
    }
}

fn download(label: &str, address: &str) -> Markup {
    html! { dd { a download href=(address) aria-label={ "Download " (label) } { "Download" } } }
}

fn kind(provider: &Provider) -> &'static str {
    match provider {
        Provider::CustomSaml => "SAML 2.0",
        Provider::CustomOauth => "OAuth 2.0",
        Provider::Catalog(_) => "SAML 2.0, from the catalog",
    }
}
