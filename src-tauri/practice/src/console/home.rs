//! The two entry pages. They follow the real console's deep links, whose target is in the fragment.

use axum::{extract::State, response::Html};
use maud::{PreEscaped, html};

use super::{page, path};
use crate::{pages::value, state::AppState, world::REGION};

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
pub(super) async fn home(State(shared): State<AppState>) -> Html<String> {
    let (instance, portal) = shared.read(|world| (world.instance.clone(), world.portal_host()));
    page(
        "IAM Identity Center",
        html! {
            @if !shared.switches.no_deep_links { script { (PreEscaped(HOME_ROUTER)) } }
            dl {
                (value("Primary Region", "region", REGION))
                (value("Instance ARN", "instance-arn", &instance.arn()))
                (value("Identity store ID", "identity-store-id", &instance.identity_store_id))
                (value("AWS access portal URL", "portal-url", &format!("https://{portal}/start")))
            }
            p { a href=(path("applications/add")) { "Add application" } }
        },
    )
}

/// `applications/home`: redirects to an application or to the list.
pub(super) async fn applications_home(State(shared): State<AppState>) -> Html<String> {
    page(
        "Applications",
        html! {
            p { a href=(path("applications")) { "Customer managed applications" } }
            @if !shared.switches.no_deep_links { script { (PreEscaped(APPLICATIONS_ROUTER)) } }
        },
    )
}
