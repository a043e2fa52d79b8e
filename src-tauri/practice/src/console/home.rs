//! The entry pages and *Settings*. Like the real console, the entry pages follow deep links, whose
//! target is in the URL fragment.

use axum::response::Redirect;
use maud::{Markup, PreEscaped, html};

use super::{page, path, redirect};
use crate::{
    pages::{Fields, Page, PageResult, checkbox, form, saved, value},
    state::AppState,
    world::ADDITIONAL_REGION,
};

/// The script of `home`, which follows `#!/instances/S/users/user-details/U` and similar deep
/// links.
const HOME_ROUTER: &str = r##"
  const place = /^#!?\/instances\/[^/]+\/(.+)$/.exec(location.hash)?.[1] ?? "";
  const user = /^users\/(?:user-details\/)?([^/]+)$/.exec(place)?.[1];
  const group = /^groups\/(?:group-details\/)?([^/]+)$/.exec(place)?.[1];
  const page = user ? `users/${user}` : group ? `groups/${group}` : ["users", "groups", "settings"].find((name) => name === place);
  if (page) location.replace(new URL(page, location.href));
"##;

/// The script of `applications/home`, which follows `#/instances/S/ins-A`.
const APPLICATIONS_ROUTER: &str = r##"
  const application = /^#!?\/instances\/[^/]+\/ins-([0-9A-Za-z]+)/.exec(location.hash)?.[1];
  location.replace(new URL(application ? `../applications/${application}${location.hash}` : "../applications", location.href));
"##;

/// Shows `home`: details of the instance, and links to the other pages.
pub async fn home(shared: AppState) -> Page {
    let body = html! {
        @if !shared.switches.no_deep_links { script { (PreEscaped(HOME_ROUTER)) } }
        (instance(&shared))
        p { a href=(path("applications/add")) { "Add application" } }
    };
    page("IAM Identity Center", body)
}

/// Redirects from `applications/home` to an application or to the list of applications.
pub async fn applications_home(shared: AppState) -> Page {
    let body = html! {
        p { a href=(path("applications")) { "Customer managed applications" } }
        @if !shared.switches.no_deep_links { script { (PreEscaped(APPLICATIONS_ROUTER)) } }
    };
    page("Applications", body)
}

/// Shows *Settings*: details of the instance, and its authentication settings.
pub async fn settings(shared: AppState, query: Fields) -> Page {
    let send_email_otp = shared.read(|world| world.instance.send_email_otp);
    let body = html! {
        @if query.has("saved") { (saved("The settings were saved.")) }
        h2 { "Details" }
        (instance(&shared))
        h2 { "Authentication" }
        (form(&path("settings"), "Save changes", html! {
            fieldset {
                legend { "Standard authentication" }
                (checkbox("Send email OTP", "send_email_otp", send_email_otp))
                p .hint { "Users created through the API have no password. They get a one-time code by email when they first sign in." }
            }
        }))
    };
    page("Settings", body)
}

/// Handles *Save changes*.
pub async fn save_settings(shared: AppState, fields: Fields) -> PageResult<Redirect> {
    shared.change(|world| world.instance.send_email_otp = fields.is_on("send_email_otp"))?;
    Ok(redirect("settings?saved"))
}

/// Renders the instance's details.
fn instance(shared: &AppState) -> Markup {
    let (instance, portal) = shared.read(|world| (world.instance.clone(), world.portal_address()));
    html! {
        dl {
            (value("Instance type", "instance-type", "Organization instance"))
            (value("Instance ARN", "instance-arn", &instance.arn()))
            (value("Primary Region", "region", instance.partition.primary_region()))
            @if shared.switches.has_additional_region() {
                (value("Additional Regions", "additional-regions", ADDITIONAL_REGION))
            }
            (value("Issuer URL", "instance-issuer-url", &instance.issuer()))
            (value("Identity source", "identity-source", "Identity Center directory"))
            (value("Identity store ID", "identity-store-id", &instance.identity_store_id))
            (value("AWS access portal URL", "portal-url", &format!("https://{portal}")))
        }
    }
}
