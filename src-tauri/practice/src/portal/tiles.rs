//! The tiles, and the actions for clicking and Shift-clicking them.

use axum::{
    extract::{Path, RawQuery},
    http::HeaderMap,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use maud::{Markup, PreEscaped, html};

use super::{
    assertion::{SignedResponse, issue},
    page, path, signed_in,
};
use crate::{
    pages::{Fields, Page, PageResult, action, error, field, hidden},
    state::AppState,
    world::Application,
};

/// Script that makes Shift-click open administrator mode instead of a new window.
const SHIFT_CLICK: &str = r#"
  for (const tile of document.querySelectorAll(".tiles a")) {
    tile.addEventListener("click", (click) => {
      if (!click.shiftKey) return;
      click.preventDefault();
      location.assign(`${tile.href}?admin=1`);
    });
  }
"#;
/// Script that follows `#/saml/default/NAME/ins-A`, the link format for opening a tile.
const TILE_ROUTER: &str = r##"
  const application = /^#\/saml\/default\/[^/]*\/ins-([0-9A-Za-z]+)/.exec(location.hash)?.[1];
  if (application) location.replace(`${location.pathname.replace(/\/$/, "")}/tile/${application}`);
"##;
const SUBMIT: &str = r#"document.querySelector("form.saml").submit();"#;

/// Shows the tiles if the user is signed in, otherwise the sign-in form.
pub async fn start(shared: AppState, headers: HeaderMap) -> PageResult {
    let user = signed_in(&shared, &headers, &path(&shared, "start"))?;
    let (name, tiles) = shared.read(|world| {
        let name = world.user(&user).map(|user| user.display_name.clone()).unwrap_or_default();
        let has_tile = |application: &&Application| {
            application.provider.is_saml()
                && application.enabled
                && world.is_assigned(&application.id, &user)
        };
        let tiles: Vec<_> = world.applications.iter().filter(has_tile).cloned().collect();
        (name, tiles)
    });
    let body = html! {
        p { "Signed in as " strong { (name) } ". " }
        @if tiles.is_empty() { (error("You do not have any applications")) }
        ul .tiles {
            @for tile in &tiles {
                li { a href=(path(&shared, &format!("start/tile/{}", tile.id))) { (tile.name) } }
            }
        }
        (action(&path(&shared, "start/sign-out"), "Sign out", &[]))
        script { (PreEscaped(TILE_ROUTER)) }
        @if !shared.switches.no_shift_click { script { (PreEscaped(SHIFT_CLICK)) } }
    };
    Ok(page("AWS access portal", body))
}

/// Opens a tile. Sends a response to the application, but in administrator mode shows it first.
pub async fn open_tile(
    shared: AppState,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    fields: Fields,
) -> PageResult {
    let here = path(&shared, &format!("start/tile/{id}?{}", query.unwrap_or_default()));
    let user = signed_in(&shared, &headers, &here)?;
    let response = issue(&shared, &id, &user, None)?;
    Ok(if fields.is_on("admin") && !shared.switches.no_shift_click {
        administrator_mode(&shared, &response)
    } else {
        self_submitting_page(&shared, &response, &response.application.relay_state)
    })
}

/// Renders a page that submits a response automatically. If scripts are off, the user clicks its
/// button.
pub fn self_submitting_page(
    shared: &AppState,
    response: &SignedResponse,
    relay_state: &str,
) -> Page {
    let body = html! {
        (response_form(shared, response, relay_state, "Continue"))
        script { (PreEscaped(SUBMIT)) }
    };
    page(&format!("Signing in to {}", response.application.name), body)
}

fn administrator_mode(shared: &AppState, response: &SignedResponse) -> Page {
    let button = format!("Send to {}", response.application.name);
    let body = html! {
        p { "This is the SAML response for " strong { (response.application.name) } ". It goes to " code { (response.application.acs_url) } "." }
        (field("SAML response", "saml-xml", html! {
            textarea #saml-xml readonly spellcheck="false" { (response.xml) }
        }))
        p { button type="button" data-copy="saml-xml" { "Copy XML" } }
        (response_form(shared, response, &response.application.relay_state, &button))
    };
    page("You are now in administrator mode", body)
}

/// Renders the form that contains the response. Links that a browser can't open are already
/// rejected as bad input, so the empty action is only a fallback.
fn response_form(
    shared: &AppState,
    response: &SignedResponse,
    relay_state: &str,
    button: &str,
) -> Markup {
    let address = shared.local(&response.application.acs_url).unwrap_or_default();
    html! {
        form .saml method="post" action=(address) {
            (hidden("SAMLResponse", &STANDARD.encode(&response.xml)))
            (hidden("RelayState", relay_state))
            button type="submit" { (button) }
        }
    }
}
