//! *Add application*, *Configure application* and *Edit configuration*.

use axum::{
    extract::{Path, RawQuery, State},
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use maud::{Markup, html};

use super::{application::links, application_id, page, path};
use crate::{
    Switches,
    pages::{Failure, Fields, input, notice},
    saml::ServiceProvider,
    state::{AppState, signing_identity},
    world::{Application, Provider, World},
};

/// *Select application type*.
pub(super) async fn choose() -> Html<String> {
    page(
        "Select application type",
        html! {
            form method="get" action=(path("applications/configure")) {
                fieldset {
                    legend { "Setup preference" }
                    label { input type="radio" name="setup" value="own" checked; " I have an application I want to set up" }
                }
                fieldset {
                    legend { "Application type" }
                    label { input type="radio" name="application_type" value="saml" checked; " SAML 2.0" }
                    br;
                    label { input type="radio" name="application_type" value="oauth"; " OAuth 2.0" }
                }
                button type="submit" { "Next" }
            }
        },
    )
}

/// Opens a draft and fixes its ids, links and certificate.
pub(super) async fn open(
    State(shared): State<AppState>,
    RawQuery(query): RawQuery,
) -> Result<Redirect, Failure> {
    let query = Fields::parse(query.unwrap_or_default().as_bytes());
    let id = match query.one("application_type") {
        "oauth" => shared.change(|world| open_oauth_draft(world, &shared))?,
        _ => shared.change(|world| world.open_draft(&shared.switches, shared.now()))?,
    };
    Ok(Redirect::to(&path(&format!("applications/configure/{id}"))))
}

fn open_oauth_draft(world: &mut World, shared: &AppState) -> String {
    let draft = world.new_application(Provider::CustomOauth, false, shared.now());
    let id = draft.id.clone();
    world.drafts.push(draft);
    id
}

/// Shows *Configure application* for an open draft.
pub(super) async fn draft(
    State(shared): State<AppState>,
    Path(segment): Path<String>,
) -> Result<Html<String>, Failure> {
    let id = application_id(&segment);
    let draft = shared
        .read(|world| world.drafts.iter().find(|draft| draft.id == id).cloned())
        .ok_or(Failure::NotFound("open draft of an application"))?;
    Ok(configure_page(&draft, &shared.switches, None))
}

/// *Submit*: turns the draft into an application.
pub(super) async fn submit(
    State(shared): State<AppState>,
    fields: Fields,
) -> Result<Response, Failure> {
    let typed = Typed::read(&fields);
    let submitted = shared.try_change(|world| {
        let id = match fields.one("draft") {
            "" => world.open_draft(&shared.switches, shared.now()),
            draft => application_id(draft).to_owned(),
        };
        let draft = world
            .drafts
            .iter_mut()
            .find(|draft| draft.id == id)
            .ok_or(Failure::NotFound("open draft of an application"))?;
        typed.fill(draft);
        if let Some(missing) = missing(draft) {
            return Ok::<_, Failure>(Err((draft.clone(), missing)));
        }
        if draft.provider.is_saml() {
            signing_identity(draft)?;
        }
        world.submit_draft(&id);
        Ok(Ok(id))
    })?;
    Ok(match submitted {
        Ok(id) => {
            Redirect::to(&path(&format!("applications/{id}?saved=application"))).into_response()
        }
        Err((draft, missing)) => refused(configure_page(&draft, &shared.switches, Some(missing))),
    })
}

/// *Edit configuration*.
pub(super) async fn edit(
    State(shared): State<AppState>,
    Path(segment): Path<String>,
) -> Result<Html<String>, Failure> {
    let application = shared
        .read(|world| world.application(application_id(&segment)).cloned())
        .ok_or(Failure::NotFound("application"))?;
    Ok(edit_page(&application, None))
}

/// *Save changes* of *Edit configuration*.
pub(super) async fn save(
    State(shared): State<AppState>,
    Path(segment): Path<String>,
    fields: Fields,
) -> Result<Response, Failure> {
    let id = application_id(&segment);
    let typed = Typed::read(&fields);
    let refusal = shared.try_change(|world| {
        let application = world.application_mut(id).ok_or(Failure::NotFound("application"))?;
        let mut changed = application.clone();
        typed.fill(&mut changed);
        if let Some(missing) = missing(&changed) {
            return Ok::<_, Failure>(Some((changed, missing)));
        }
        *application = changed;
        Ok(None)
    })?;
    Ok(match refusal {
        None => {
            Redirect::to(&path(&format!("applications/{id}?saved=configuration"))).into_response()
        }
        Some((application, missing)) => refused(edit_page(&application, Some(missing))),
    })
}

/// Form input. A field that wasn't sent stays unchanged.
struct Typed<'a> {
    fields: &'a Fields,
    uploaded: Option<ServiceProvider>,
}

impl<'a> Typed<'a> {
    fn read(fields: &'a Fields) -> Self {
        let uploaded = fields.all("metadata_xml").find_map(ServiceProvider::read);
        Self { fields, uploaded }
    }

    /// Copies the input into `application`. An uploaded file takes precedence over typed values.
    fn fill(&self, application: &mut Application) {
        let texts = [
            ("display_name", &mut application.name),
            ("description", &mut application.description),
            ("acs_url", &mut application.acs_url),
            ("audience", &mut application.audience),
            ("start_url", &mut application.start_url),
            ("relay_state", &mut application.relay_state),
        ];
        for (name, place) in texts {
            if self.fields.has(name) {
                self.fields.one(name).clone_into(place);
            }
        }
        if let Ok(minutes) = self.fields.one("session_minutes").parse() {
            application.session_minutes = minutes;
        }
        if let Some(uploaded) = &self.uploaded {
            application.acs_url.clone_from(&uploaded.acs_url);
            application.audience.clone_from(&uploaded.entity_id);
        }
    }
}

/// Returns the first required field that is empty.
fn missing(application: &Application) -> Option<&'static str> {
    let required = [
        ("Display name", &application.name, true),
        ("Application ACS URL", &application.acs_url, application.provider.is_saml()),
        ("Application SAML audience", &application.audience, application.provider.is_saml()),
    ];
    let empty = |(_, value, required): &(_, &String, bool)| *required && value.trim().is_empty();
    required.into_iter().find(empty).map(|(label, _, _)| label)
}

fn refused(page: Html<String>) -> Response {
    (StatusCode::BAD_REQUEST, page).into_response()
}

fn configure_page(draft: &Application, switches: &Switches, missing: Option<&str>) -> Html<String> {
    let body = html! {
        @if let Some(missing) = missing { (notice(&format!("{missing} is required. An uploaded file must be a service provider's metadata."))) }
        form method="post" enctype="multipart/form-data" action=(path("applications/add")) {
            input type="hidden" name="draft" value=(draft.id);
            (name_and_description(draft))
            @if draft.provider.is_saml() {
                h2 { "IAM Identity Center metadata" }
                (links(draft, switches))
                (properties(draft))
                (application_metadata(draft))
            }
            button type="submit" { "Submit" }
        }
    };
    page("Configure application", body)
}

fn edit_page(application: &Application, missing: Option<&str>) -> Html<String> {
    let body = html! {
        @if let Some(missing) = missing { (notice(&format!("{missing} is required."))) }
        form method="post" enctype="multipart/form-data" action=(path(&format!("applications/{}/edit", application.id))) {
            (name_and_description(application))
            (properties(application))
            (application_metadata(application))
            button type="submit" { "Save changes" }
        }
    };
    page("Edit configuration", body)
}

fn name_and_description(application: &Application) -> Markup {
    html! {
        (input("Display name", "display_name", &application.name))
        (input("Description", "description", &application.description))
    }
}

fn properties(application: &Application) -> Markup {
    html! {
        h2 { "Application properties" }
        (input("Application start URL – optional", "start_url", &application.start_url))
        (input("Relay state – optional", "relay_state", &application.relay_state))
        (input("Session duration, in minutes", "session_minutes", &application.session_minutes.to_string()))
    }
}

fn application_metadata(application: &Application) -> Markup {
    html! {
        h2 { "Application metadata" }
        div .field {
            label for="metadata_xml" { "Upload application SAML metadata file" }
            input type="file" id="metadata_xml" name="metadata_xml" accept=".xml";
        }
        h3 { "Manually type your metadata values" }
        (input("Application ACS URL", "acs_url", &application.acs_url))
        (input("Application SAML audience", "audience", &application.audience))
    }
}
