//! The IAM Identity Center console, served at the host `REGION.console.aws.amazon.com`.
//!
//! Plain forms with the labels of the real console. What is typed is stored as it was typed;
//! only empty required fields are refused. A scripted person posts (urlencoded or multipart),
//! all below `/singlesignon/`, with `A` an application's 16 hex digits (`ins-A` does as well),
//! `U` a user's id and `G` a group's:
//!
//! | Address | Fields |
//! |---|---|
//! | `applications/add` | `display_name, description`, then `metadata_xml` (a file or its text) or `acs_url, audience`; `draft`: the application id from `applications/configure`; without one a fresh application is made |
//! | `applications/A/edit` | `display_name, description, metadata_xml, acs_url, audience, start_url, relay_state, session_minutes` |
//! | `applications/A/mappings` | `attribute, value, format`, each once a row; all rows are replaced |
//! | `applications/A/assign` | `user, group`: ids, each may repeat |
//! | `applications/A/unassign` | `kind` (`USER`, `GROUP`), `id` |
//! | `applications/A/status`, `users/U/status` | `enabled`: `on` or `off` |
//! | `applications/A/certificates` | `do`: `generate`, `activate` or `delete` |
//! | `users/add` | `user_name, email, given_name, family_name, display_name`; sends the invitation |
//! | `users/U/edit` | `email, given_name, family_name, display_name` |
//! | `users/U/reset-password`, `users/U/invite` | none; the first shows the one-time password in `#one-time-password` |
//! | `groups/add` | `display_name, description` |
//! | `groups/G/members` | `user`: ids, may repeat; `groups/G/remove`: `user` |
//! | `accounts` | `user, group`: ids, each may repeat |
//! | `settings` | `send_email_otp`: `on` or `off` |
//!
//! `applications/configure` opens a draft and shows, before anything is submitted, its links and
//! certificate. They are in the elements `#issuer-url`, `#sign-in-url`, `#sign-out-url` and
//! `#metadata-url`; the files are at `applications/A/metadata.xml` and `…/certificate.pem`. The
//! draft's id is the value of the hidden field `draft`.

mod accounts;
mod application;
mod assignments;
mod certificates;
mod configure;
mod groups;
mod home;
mod mappings;
mod principals;
mod settings;
mod users;

use axum::{Router, response::Html, routing::get, routing::post};
use maud::{Markup, html};

use crate::{
    pages::{self, Site},
    state::AppState,
    world::REGION,
};

/// The pages of this host.
pub(crate) fn routes() -> Router<AppState> {
    let pages = Router::new()
        .route("/home", get(home::home))
        .route("/applications/home", get(home::applications_home))
        .route("/applications", get(application::list))
        .route("/applications/add", get(configure::choose).post(configure::submit))
        .route("/applications/configure", get(configure::open))
        .route("/applications/configure/{id}", get(configure::draft))
        .route("/applications/{id}", get(application::details))
        .route("/applications/{id}/status", post(application::set_status))
        .route("/applications/{id}/edit", get(configure::edit).post(configure::save))
        .route("/applications/{id}/metadata.xml", get(application::metadata_file))
        .route("/applications/{id}/certificate.pem", get(application::certificate_file))
        .route(
            "/applications/{id}/certificates",
            get(certificates::page).post(certificates::change),
        )
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
        .route("/accounts", get(accounts::page).post(accounts::assign))
        .route("/settings", get(settings::page).post(settings::save));
    Router::new().nest("/singlesignon", pages)
}

/// The address of a console page in this world, from the server's root.
fn path(page: &str) -> String {
    format!("/at/{REGION}.console.aws.amazon.com/singlesignon/{page}")
}

/// A console page with the console's own navigation.
fn page(title: &str, body: Markup) -> Html<String> {
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
            @for (address, words) in menu { a href=(path(address)) { (words) } " " }
        }
        (body)
    };
    pages::page_at(Site::Console, title, body)
}

/// The id in a console address: with or without the `ins-` of the real one.
fn application_id(segment: &str) -> &str {
    segment.strip_prefix("ins-").unwrap_or(segment)
}
