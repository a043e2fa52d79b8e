//! The two entry pages. They follow the real console's deep links, whose target is in the fragment.

use maud::{Markup, PreEscaped, html};

use super::{page, path};
use crate::{
    pages::{Page, value},
    state::AppState,
    world::REGION,
};

/// Script of `home`. Follows `#!/instances/S/users/user-details/U` and similar deep links.
const HOME_ROUTER: &str = r##"
  const place = /^#!?\/instances\/[^/]+\/(.+)$/.exec(location.hash)?.[1] ?? "";
  const user = /^users\/(?:user-details\/)?([^/]+)$/.exec(place)?.[1];
  const group = /^groups\/(?:group-details\/)?([^/]+)$/.exec(place)?.[1];
  const page = user ? `users/${user}` : group ? `groups/${group}` : ["users", "groups", "settings"].find((name) => name === place);
  if (page) location.replace(new URL(page, location.href));
"##;

/// Script of `applications/home`. Follows `#/instances/S/ins-A`.
const APPLICATIONS_ROUTER: &str = r##"
  const application = /^#!?\/instances\/[^/]+\/ins-([0-9a-f]+)/.exec(location.hash)?.[1];
  location.replace(new URL(application ? `../applications/${application}` : "../applications", location.href));
"##;

/// `home`: shows the instance and links to the other pages.
pub async fn home(shared: AppState) -> Page {
    let body = html! {
        @if !shared.switches.no_deep_links { script { (PreEscaped(HOME_ROUTER)) } }
        (instance(&shared))
        p { a href=(path("applications/add")) { "Add application" } }
    };
    page("IAM Identity Center", body)
}

/// `applications/home`: redirects to an application or to the list.
pub async fn applications_home(shared: AppState) -> Page {
    let body = html! {
        p { a href=(path("applications")) { "Customer managed applications" } }
        @if !shared.switches.no_deep_links { script { (PreEscaped(APPLICATIONS_ROUTER)) } }
    };
    page("Applications", body)
}

/// Renders the instance's details.
pub fn instance(shared: &AppState) -> Markup {
    let (instance, portal) = shared.read(|world| (world.instance.clone(), world.portal_host()));
    html! {
        dl {
            (value("Instance ARN", "instance-arn", &instance.arn()))
            (value("Primary Region", "region", REGION))
            (value("Identity source", "identity-source", "Identity Center directory"))
            (value("Identity store ID", "identity-store-id", &instance.identity_store_id))
            (value("AWS access portal URL", "portal-url", &format!("https://{portal}/start")))
        }
    }
}
