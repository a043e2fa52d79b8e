//! The tiles, with their click and Shift+click.

use axum::{
    extract::{Path, RawQuery, State},
    http::HeaderMap,
    response::{Html, IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use maud::{Markup, PreEscaped, html};

use super::{
    assertion::{SignedResponse, issue},
    path, sign_in, signed_in,
};
use crate::{
    pages::{Failure, Fields, Site, action, page_at},
    state::AppState,
    world::Application,
};

/// Script that makes Shift+click open administrator mode instead of a new window.
const SHIFT_CLICK: &str = r#"
  for (const tile of document.querySelectorAll(".tiles a")) {
    tile.addEventListener("click", (click) => {
      if (!click.shiftKey) return;
      click.preventDefault();
      location.assign(`${tile.href}?admin=1`);
    });
  }
"#;
/// Script that follows `#/saml/default/NAME/ins-A`, the link that opens a tile.
const TILE_ROUTER: &str = r##"
  const application = /^#\/saml\/default\/[^/]*\/ins-([0-9a-f]+)/.exec(location.hash)?.[1];
  if (application) location.replace(`${location.pathname.replace(/\/$/, "")}/tile/${application}`);
"##;
const SEND_AT_ONCE: &str = r#"document.querySelector("form.saml").submit();"#;

/// Shows the signed-in user's tiles, otherwise the sign-in form.
pub(super) async fn start(
    State(shared): State<AppState>,
    headers: HeaderMap,
) -> Result<Html<String>, Failure> {
    let Some(user) = signed_in(&shared, &headers) else {
        return Ok(sign_in::page(&shared, &path(&shared, "start"), None));
    };
    let (name, tiles) = shared.read(|world| {
        let name = world.user(&user).map(|user| user.display_name.clone()).unwrap_or_default();
        let mine = |application: &&Application| {
            application.provider.is_saml()
                && application.enabled
                && world.is_assigned(&application.id, &user)
        };
        let tiles: Vec<_> = world
            .applications
            .iter()
            .filter(mine)
            .map(|application| (application.id.clone(), application.name.clone()))
            .collect();
        (name, tiles)
    });
    let body = html! {
        p { "Signed in as " strong { (name) } ". " }
        @if tiles.is_empty() {
            p #error { "You do not have any applications" }
        }
        ul .tiles {
            @for (id, name) in &tiles {
                li { a href=(path(&shared, &format!("start/tile/{id}"))) { (name) } }
            }
        }
        (action(&path(&shared, "start/sign-out"), "Sign out", &[]))
        script { (PreEscaped(TILE_ROUTER)) }
        @if !shared.switches.no_shift_click { script { (PreEscaped(SHIFT_CLICK)) } }
    };
    Ok(page_at(Site::Portal, "AWS access portal", body))
}

/// Opens a tile: sends a response to the application, or shows it first in administrator mode.
pub(super) async fn tile(
    State(shared): State<AppState>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let query = query.unwrap_or_default();
    let Some(user) = signed_in(&shared, &headers) else {
        let here = path(&shared, &format!("start/tile/{id}?{query}"));
        return Ok(sign_in::page(&shared, &here, None).into_response());
    };
    let issued = match issue(&shared, &id, &user, None)? {
        Ok(issued) => issued,
        Err(refusal) => return Ok(refusal.into_response()),
    };
    let administrator =
        Fields::parse(query.as_bytes()).is_on("admin") && !shared.switches.no_shift_click;
    let relay_state = issued.relay_state.clone();
    Ok(match administrator {
        true => administrator_mode(&shared, &issued).into_response(),
        false => sending(&shared, &issued, &relay_state).into_response(),
    })
}

/// Renders a page that submits a response automatically, or by its button if scripts are off.
pub(super) fn sending(
    shared: &AppState,
    issued: &SignedResponse,
    relay_state: &str,
) -> Html<String> {
    let body = html! {
        (response_form(shared, issued, relay_state, "Continue"))
        script { (PreEscaped(SEND_AT_ONCE)) }
    };
    page_at(Site::Portal, &format!("Signing in to {}", issued.application), body)
}

fn administrator_mode(shared: &AppState, issued: &SignedResponse) -> Html<String> {
    let body = html! {
        p { "This is the SAML response for " strong { (issued.application) } ". It goes to " code { (issued.acs_url) } "." }
        div .field {
            label for="saml-xml" { "SAML response" }
            textarea #saml-xml readonly spellcheck="false" { (issued.xml) }
        }
        p { button type="button" data-copy="saml-xml" { "Copy XML" } }
        (response_form(shared, issued, &issued.relay_state, &format!("Send to {}", issued.application)))
    };
    page_at(Site::Portal, "You are now in administrator mode", body)
}

/// Renders the form with the response. Links that a browser can't open are refused earlier as bad
/// input; the empty action is only a fallback.
fn response_form(
    shared: &AppState,
    issued: &SignedResponse,
    relay_state: &str,
    words: &str,
) -> Markup {
    let address = shared.local(&issued.acs_url).unwrap_or_default();
    html! {
        form .saml method="post" action=(address) {
            input type="hidden" name="SAMLResponse" value=(STANDARD.encode(&issued.xml));
            input type="hidden" name="RelayState" value=(relay_state);
            button type="submit" { (words) }
        }
    }
}
