//! The IAM Identity Center console, served on the host `REGION.console.aws.amazon.com`.
//!
//! The pages are plain forms with the real console's labels. Values are stored as entered, and only
//! empty required fields are rejected. A script can post to these addresses, as urlencoded or
//! multipart forms. All addresses start with `/singlesignon/`. `A` is an application's ID (`ins-A`
//! also works), `U` is a user's ID, and `G` is a group's ID.
//!
//! | Address | Fields |
//! |---|---|
//! | `applications/add` | see below |
//! | `applications/A/edit` | see below |
//! | `applications/A/mappings` | `attribute, value, format`, each once per row; all rows are
//! replaced | | `applications/A/assign` | `user, group`: IDs, each can repeat |
//! | `applications/A/unassign` | `kind` (`USER`, `GROUP`), `id` |
//! | `applications/A/status`, `users/U/status` | `enabled`: `on` or `off` |
//! | `applications/A/remove` | none |
//! | `applications/A/certificates` | `do`: `generate` (with `months`), `activate` or `delete` |
//! | `users/add` | `user_name, email, given_name, family_name, display_name`; emails an invitation
//! | | `users/U/edit` | `email, given_name, family_name, display_name` |
//! | `users/U/reset-password` | none; shows the one-time password in `#one-time-password` |
//! | `users/U/invite` | none |
//! | `groups/add` | `display_name, description` |
//! | `groups/G/members` | `user`: IDs, can repeat |
//! | `groups/G/remove` | `user` |
//! | `accounts` | `user, group`: IDs, each can repeat |
//! | `settings` | `send_email_otp`: `on` or `off` |
//!
//! `applications/add` takes `display_name, description`, and either `metadata_xml` (a file or its
//! text) or `acs_url, audience`. `draft` is the application ID from `applications/configure`.
//! Without `draft`, a new application is created. `applications/A/edit` takes `display_name,
//! description, metadata_xml, acs_url, audience, start_url, relay_state, session_minutes`.
//!
//! `applications/configure` opens a draft and shows its links and certificate before anything is
//! submitted. The links are in the elements `#issuer-url`, `#sign-in-url`, `#sign-out-url` and
//! `#metadata-url`. The files are at `applications/A/metadata.xml` and `…/certificate.pem`. The
//! hidden field `draft` contains the draft's ID.

mod application;
mod assignments;
mod certificates;
mod configure;
mod groups;
mod home;
mod mappings;
mod users;

use std::convert::Infallible;

use axum::{
    Router,
    body::to_bytes,
    extract::{FromRequestParts, OriginalUri, Path, rejection::PathRejection},
    http::{
        HeaderValue, StatusCode,
        header::{CONTENT_LENGTH, LOCATION},
        request::Parts,
    },
    middleware,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use jiff::Timestamp;
use maud::{Markup, html};
use serde_json::{Value, json};

use crate::{
    pages::{self, Page, PageError, PageResult, Site},
    state::AppState,
    world::{Actor, Application, CONSOLE_HOST, PracticeState, Service, console_host},
};

pub fn routes() -> Router<AppState> {
    let pages = Router::new()
        .route("/home", get(home::home))
        .route("/applications/home", get(home::applications_home))
        .route("/applications", get(application::list))
        .route("/applications/add", get(configure::choose).post(configure::submit))
        .route("/applications/configure", get(configure::open))
        .route("/applications/configure/{id}", get(configure::draft))
        .route("/applications/{id}", get(application::details))
        .route("/applications/{id}/status", post(application::set_status))
        .route("/applications/{id}/remove", post(application::remove))
        .route("/applications/{id}/edit", get(configure::edit).post(configure::save))
        .route("/applications/{id}/metadata.xml", get(application::metadata_file))
        .route("/applications/{id}/certificate.pem", get(application::certificate_file))
        .route(
            "/applications/{id}/certificates",
            get(certificates::page).post(certificates::change_certificate),
        )
        .route("/applications/{id}/certificates/activate", get(certificates::confirm_activation))
        .route("/applications/{id}/mappings", get(mappings::page).post(mappings::save))
        .route("/applications/{id}/assign", get(assignments::page).post(assignments::assign))
        .route("/applications/{id}/unassign", post(assignments::unassign))
        .route("/users", get(users::list))
        .route("/users/add", get(users::add_page).post(users::add))
        .route("/users/{id}", get(users::details))
        .route("/users/{id}/edit", post(users::edit))
        .route("/users/{id}/status", post(users::set_status))
        .route("/users/{id}/reset-password", post(users::reset_password))
        .route("/users/{id}/invite", post(users::invite))
        .route("/groups", get(groups::list))
        .route("/groups/add", post(groups::add))
        .route("/groups/{id}", get(groups::details))
        .route("/groups/{id}/members", post(groups::add_members))
        .route("/groups/{id}/remove", post(groups::remove_member))
        .route("/accounts", get(assignments::accounts_page).post(assignments::assign_accounts))
        .route("/settings", get(home::settings).post(home::save_settings));
    Router::new().nest("/singlesignon", pages)
}

/// Returns the console's pages for a Region other than the primary Region.
pub fn routes_in(region: &'static str) -> Router<AppState> {
    routes().layer(middleware::map_response(async move |response: Response| {
        keep_console_host(&console_host(region), response).await
    }))
}

/// Rewrites the links and redirects of a page so that they point to this host instead of the
/// primary Region's console.
async fn keep_console_host(host: &str, response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    let Ok(body) = to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let stays = |text: &str| text.replace(CONSOLE_HOST, host);
    let target = parts.headers.get(LOCATION).and_then(|target| target.to_str().ok());
    if let Some(target) = target.and_then(|target| HeaderValue::from_str(&stays(target)).ok()) {
        parts.headers.insert(LOCATION, target);
    }
    parts.headers.remove(CONTENT_LENGTH);
    (parts, stays(&String::from_utf8_lossy(&body))).into_response()
}

/// The console's Region, which is part of the request's host name.
struct ConsoleRegion(String);

impl<S: Send + Sync> FromRequestParts<S> for ConsoleRegion {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let OriginalUri(uri) = OriginalUri::from_request_parts(parts, state).await?;
        let host = uri.path().strip_prefix("/at/").unwrap_or(CONSOLE_HOST);
        Ok(Self(host.split('.').next().unwrap_or_default().to_owned()))
    }
}

/// Returns the path of a console page, starting at the server's root.
fn path(page: &str) -> String {
    format!("/at/{CONSOLE_HOST}/singlesignon/{page}")
}

fn redirect(page: &str) -> Redirect {
    Redirect::to(&path(page))
}

/// Returns the page of an application. As in AWS, its address ends with the instance and the
/// application.
fn application_path(shared: &AppState, id: &str, query: &str) -> String {
    let instance = shared.read(|world| world.instance.id.clone());
    path(&format!("applications/{id}{query}#/instances/{instance}/ins-{id}"))
}

fn redirect_to_application(shared: &AppState, id: &str, query: &str) -> Redirect {
    Redirect::to(&application_path(shared, id, query))
}

/// Renders a console page with the console's navigation.
fn page(title: &str, body: Markup) -> Page {
    let menu = [
        ("home", "IAM Identity Center"),
        ("users", "Users"),
        ("groups", "Groups"),
        ("accounts", "AWS accounts"),
        ("settings", "Settings"),
        ("applications", "Applications"),
    ];
    let body = html! {
        nav aria-label="IAM Identity Center" {
            @for (address, label) in menu { a href=(path(address)) { (label) } " " }
        }
        (body)
    };
    pages::page_at(Site::Console, title, body)
}

/// The ID from a path, without the prefix `ins-` that the real console adds to application IDs.
struct PathId(String);

impl<S: Send + Sync> FromRequestParts<S> for PathId {
    type Rejection = PathRejection;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, PathRejection> {
        let Path(segment) = Path::<String>::from_request_parts(parts, state).await?;
        Ok(Self(remove_id_prefix(&segment).to_owned()))
    }
}

fn remove_id_prefix(id: &str) -> &str {
    id.strip_prefix("ins-").unwrap_or(id)
}

/// Returns a copy of a submitted application.
fn find_application(shared: &AppState, id: &str) -> PageResult<Application> {
    shared.read(|world| world.application(id).cloned()).ok_or(PageError::NotFound("application"))
}

/// Logs the application calls that the console makes through AWS's private API. The parameters of
/// these calls are known only from public code.
fn log<const N: usize>(
    world: &mut PracticeState,
    application: &str,
    calls: [(&str, Value); N],
    now: Timestamp,
) {
    for (name, mut parameters) in calls {
        parameters["instanceId"] = json!(format!("ins-{application}"));
        let details = json!({"requestParameters": parameters});
        world.events.add(now, Service::IdentityCenter, name, Actor::Administrator, details);
    }
}

/// Changes a submitted application or a draft.
fn change_application<T>(
    shared: &AppState,
    id: &str,
    change: impl FnOnce(&mut Application) -> PageResult<T>,
) -> PageResult<T> {
    shared.try_change(|world| {
        change(world.application_mut(id).ok_or(PageError::NotFound("application"))?)
    })
}

fn status(is_enabled: bool) -> &'static str {
    if is_enabled { "Enabled" } else { "Disabled" }
}
