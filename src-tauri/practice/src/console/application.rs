//! The list of applications and an application's page.

use axum::{
    extract::{Path, RawQuery, State},
    http::header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    response::{Html, IntoResponse, Redirect},
};
use maud::{Markup, html};

use super::{application_id, page, path};
use crate::{
    Switches,
    pages::{Failure, Fields, action, copied, notice, value},
    portal,
    state::{AppState, signing_identity},
    world::{Application, Provider},
};

/// *Applications*, tab *Customer managed*.
pub(super) async fn list(State(shared): State<AppState>) -> Html<String> {
    let applications = shared.read(|world| world.applications.clone());
    page(
        "Applications",
        html! {
            p { a href=(path("applications/add")) { "Add application" } }
            h2 { "Customer managed" }
            table {
                thead { tr { th { "Application" } th { "Type" } th { "Status" } } }
                tbody {
                    @for application in &applications {
                        tr {
                            td { a href=(path(&format!("applications/{}", application.id))) { (application.name) } }
                            td { (kind(&application.provider)) }
                            td { (status(application)) }
                        }
                    }
                }
            }
        },
    )
}

/// Shows an application's details, links and actions.
pub(super) async fn details(
    State(shared): State<AppState>,
    Path(segment): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Html<String>, Failure> {
    let id = application_id(&segment);
    let saved = match Fields::parse(query.unwrap_or_default().as_bytes()).one("saved") {
        "application" => Some("The application was added."),
        "configuration" => Some("The configuration was saved."),
        "mappings" => Some("The attribute mappings were saved."),
        _ => None,
    };
    let (application, arn) = shared
        .read(|world| {
            let application = world.application(id)?;
            Some((application.clone(), world.application_arn(application)))
        })
        .ok_or(Failure::NotFound("application"))?;
    let to = |page: &str| path(&format!("applications/{id}/{page}"));
    let switch = if application.enabled { ("Disable", "off") } else { ("Enable", "on") };
    let body = html! {
        @if let Some(words) = saved { (notice(words)) }
        h2 { "Details" }
        dl {
            (value("Description", "description", &application.description))
            (value("Type", "type", kind(&application.provider)))
            (value("Status", "status", status(&application)))
            (value("Application ARN", "application-arn", &arn))
        }
        (action(&to("status"), switch.0, &[("enabled", switch.1)]))
        @if application.provider.is_saml() {
            h2 { "Actions" }
            ul {
                li { a href=(to("edit")) { "Edit configuration" } }
                li { a href=(to("mappings")) { "Edit attribute mappings" } }
                li { a href=(to("assign")) { "Assign users and groups" } }
                li { a href=(to("certificates")) { "Manage certificate" } }
            }
            h2 { "IAM Identity Center metadata" }
            (links(&application, &shared.switches))
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
pub(super) async fn set_status(
    State(shared): State<AppState>,
    Path(segment): Path<String>,
    fields: Fields,
) -> Result<Redirect, Failure> {
    let id = application_id(&segment);
    shared.try_change(|world| {
        let application = world.application_mut(id).ok_or(Failure::NotFound("application"))?;
        application.enabled = fields.is_on("enabled");
        Ok::<_, Failure>(())
    })?;
    Ok(Redirect::to(&path(&format!("applications/{id}"))))
}

/// Serves the metadata file of the download button.
pub(super) async fn metadata_file(
    State(shared): State<AppState>,
    Path(segment): Path<String>,
) -> Result<impl IntoResponse, Failure> {
    let id = application_id(&segment);
    let xml = shared.try_change(|world| {
        let application = world.application_mut(id).ok_or(Failure::NotFound("application"))?;
        portal::metadata(application, &shared.switches)
    })?;
    let name = r#"attachment; filename="Custom SAML 2.0 application_ins-metadata.xml""#;
    Ok(([(CONTENT_TYPE, "text/xml"), (CONTENT_DISPOSITION, name)], xml))
}

/// Serves the active certificate as PEM, for the download button.
pub(super) async fn certificate_file(
    State(shared): State<AppState>,
    Path(segment): Path<String>,
) -> Result<impl IntoResponse, Failure> {
    let id = application_id(&segment);
    let identity = shared.try_change(|world| {
        let application = world.application_mut(id).ok_or(Failure::NotFound("application"))?;
        Ok::<_, Failure>(signing_identity(application)?)
    })?;
    let name = r#"attachment; filename="AWS_SSO_for_Custom SAML 2.0 application_certificate.pem""#;
    Ok((
        [(CONTENT_TYPE, "application/x-pem-file"), (CONTENT_DISPOSITION, name)],
        identity.certificate_pem(),
    ))
}

/// Renders an application's links and downloads as in the section *IAM Identity Center metadata*.
pub(super) fn links(application: &Application, switches: &Switches) -> Markup {
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
        Provider::Catalog(_) => "SAML 2.0, from the catalogue",
    }
}

fn status(application: &Application) -> &'static str {
    if application.enabled { "Enabled" } else { "Disabled" }
}
