//! *Add application*, *Configure application* and *Edit configuration*.

use axum::response::Redirect;
use maud::{Markup, html};
use serde_json::{Value, json};

use super::{
    ConsoleRegion, PathId, application::links, find_application, log, page, path, redirect,
    redirect_to_application, remove_id_prefix,
};
use crate::{
    Switches,
    pages::{Fields, Page, PageError, PageResult, field, hidden, input, notice},
    saml::ServiceProvider,
    state::{AppState, signing_identity},
    world::{Application, Provider},
};

/// Shows *Select application type*.
pub async fn choose() -> Page {
    let option = |name: &str, value: &str, is_checked: bool, label: &str| {
        html! {
            label { input type="radio" name=(name) value=(value) checked[is_checked]; " " (label) }
        }
    };
    let body = html! {
        form method="get" action=(path("applications/configure")) {
            fieldset {
                legend { "Setup preference" }
                (option("setup", "own", true, "I have an application I want to set up"))
            }
            fieldset {
                legend { "Application type" }
                (option("application_type", "saml", true, "SAML 2.0"))
                br;
                (option("application_type", "oauth", false, "OAuth 2.0"))
            }
            button type="submit" { "Next" }
        }
    };
    page("Select application type", body)
}

/// Creates a draft. From then on, its IDs, links and certificate don't change.
pub async fn open(
    shared: AppState,
    ConsoleRegion(region): ConsoleRegion,
    query: Fields,
) -> PageResult<Redirect> {
    let provider = match query.one("application_type") {
        "oauth" => Provider::CustomOauth,
        _ => Provider::CustomSaml,
    };
    let id = shared
        .change(|world| world.open_draft(provider, &region, &shared.switches, shared.now()))?;
    Ok(redirect(&format!("applications/configure/{id}")))
}

/// Shows *Configure application* for an open draft.
pub async fn draft(shared: AppState, PathId(id): PathId) -> PageResult {
    let draft = shared.read(|world| world.drafts.iter().find(|draft| draft.id == id).cloned());
    let draft = draft.ok_or(PageError::NotFound("open draft of an application"))?;
    Ok(configure_page(&draft, &shared.switches, None))
}

/// Handles *Submit*, which turns the draft into an application.
pub async fn submit(
    shared: AppState,
    ConsoleRegion(region): ConsoleRegion,
    fields: Fields,
) -> PageResult<Redirect> {
    let (now, fields) = (shared.now(), shown_fields(fields, &shared.switches));
    let id = shared.try_change(|world| {
        let id = match fields.one("draft") {
            "" => world.open_draft(Provider::CustomSaml, &region, &shared.switches, now),
            draft => remove_id_prefix(draft).to_owned(),
        };
        let draft = world
            .drafts
            .iter_mut()
            .find(|draft| draft.id == id)
            .ok_or(PageError::NotFound("open draft of an application"))?;
        copy_form_input(draft, &fields, |draft, missing| {
            configure_page(draft, &shared.switches, Some(missing))
        })?;
        if draft.provider.is_saml() {
            signing_identity(draft)?;
        }
        let saved = configuration_call(draft, &fields);
        world.submit_draft(&id);
        log(world, &id, [("CreateApplicationInstance", json!({})), saved], now);
        Ok::<_, PageError>(id)
    })?;
    Ok(redirect_to_application(&shared, &id, "?saved=application"))
}

/// Shows *Edit configuration*.
pub async fn edit(shared: AppState, PathId(id): PathId) -> PageResult {
    Ok(edit_page(&find_application(&shared, &id)?, &shared.switches, None))
}

/// Handles *Save changes* on the *Edit configuration* page.
pub async fn save(shared: AppState, PathId(id): PathId, fields: Fields) -> PageResult<Redirect> {
    let (now, fields) = (shared.now(), shown_fields(fields, &shared.switches));
    shared.try_change(|world| {
        let application = world.application_mut(&id).ok_or(PageError::NotFound("application"))?;
        copy_form_input(application, &fields, |changed, missing| {
            edit_page(changed, &shared.switches, Some(missing))
        })?;
        let saved = configuration_call(application, &fields);
        log(world, &id, [saved], now);
        Ok::<_, PageError>(())
    })?;
    Ok(redirect_to_application(&shared, &id, "?saved=configuration"))
}

/// Returns the API call that saves the service provider's addresses.
fn configuration_call(application: &Application, fields: &Fields) -> (&'static str, Value) {
    match fields.all("metadata_xml").any(|file| ServiceProvider::read(file).is_some()) {
        true => ("ImportApplicationInstanceServiceProviderMetadata", json!({})),
        false => (
            "UpdateApplicationInstanceServiceProviderConfiguration",
            json!({"serviceProviderConfig": {
                "audience": application.audience,
                "consumers": [{
                    "location": application.acs_url,
                    "binding": "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST",
                    "defaultValue": true,
                }],
                "requireRequestSignature": false,
            }}),
        ),
    }
}

/// Copies the form input into `application`. Fields that weren't sent stay unchanged, and an
/// uploaded file takes precedence over typed values. If a required field is empty, changes nothing
/// and returns the page that `refuse` renders.
fn copy_form_input(
    application: &mut Application,
    fields: &Fields,
    refuse: impl Fn(&Application, &str) -> Page,
) -> PageResult<()> {
    let mut filled = application.clone();
    fields.fill([
        ("display_name", &mut filled.name),
        ("description", &mut filled.description),
        ("acs_url", &mut filled.acs_url),
        ("audience", &mut filled.audience),
        ("start_url", &mut filled.start_url),
        ("relay_state", &mut filled.relay_state),
    ]);
    if let Ok(minutes) = fields.one("session_minutes").parse() {
        filled.session_minutes = minutes;
    }
    if let Some(uploaded) = fields.all("metadata_xml").find_map(ServiceProvider::read) {
        filled.acs_url = uploaded.acs_url;
        filled.audience = uploaded.entity_id;
    }
    let required = [
        ("Display name", &filled.name, true),
        ("Application ACS URL", &filled.acs_url, filled.provider.is_saml()),
        ("Application SAML audience", &filled.audience, filled.provider.is_saml()),
    ];
    for (label, value, is_required) in required {
        if is_required && value.trim().is_empty() {
            return Err(PageError::bad_request(refuse(&filled, label)));
        }
    }
    *application = filled;
    Ok(())
}

fn configure_page(draft: &Application, switches: &Switches, missing: Option<&str>) -> Page {
    let message = missing.map(|label| {
        format!("{label} is required. An uploaded file must be a service provider's metadata.")
    });
    let fields = html! {
        (hidden("draft", &draft.id))
        @if draft.provider.is_saml() {
            h2 { "IAM Identity Center metadata" }
            (links(draft, switches))
        }
    };
    form_page(
        "Configure application",
        "applications/add",
        "Submit",
        (draft, switches),
        message,
        fields,
    )
}

/// Returns the fields that the page has.
fn shown_fields(fields: Fields, switches: &Switches) -> Fields {
    if switches.no_metadata_upload { fields.without("metadata_xml") } else { fields }
}

fn edit_page(application: &Application, switches: &Switches, missing: Option<&str>) -> Page {
    let message = missing.map(|label| format!("{label} is required."));
    let address = format!("applications/{}/edit", application.id);
    form_page(
        "Edit configuration",
        &address,
        "Save changes",
        (application, switches),
        message,
        html! {},
    )
}

/// Renders an application's form. The `fields` come after the name and the description.
fn form_page(
    title: &str,
    address: &str,
    button: &str,
    (application, switches): (&Application, &Switches),
    message: Option<String>,
    fields: Markup,
) -> Page {
    let minutes = application.session_minutes.to_string();
    let body = html! {
        @if let Some(text) = message { (notice(&text)) }
        form method="post" enctype="multipart/form-data" action=(path(address)) {
            (input("Display name", "display_name", &application.name))
            (input("Description", "description", &application.description))
            (fields)
            @if application.provider.is_saml() {
                h2 { "Application properties" }
                (input("Application start URL – optional", "start_url", &application.start_url))
                (input("Relay state – optional", "relay_state", &application.relay_state))
                (input("Session duration, in minutes", "session_minutes", &minutes))
                h2 { "Application metadata" }
                @if !switches.no_metadata_upload {
                    (field("Upload application SAML metadata file", "metadata_xml", html! {
                        input type="file" id="metadata_xml" name="metadata_xml" accept=".xml";
                    }))
                }
                h3 { "Manually type your metadata values" }
                (input("Application ACS URL", "acs_url", &application.acs_url))
                (input("Application SAML audience", "audience", &application.audience))
            }
            button type="submit" { (button) }
        }
    };
    page(title, body)
}
