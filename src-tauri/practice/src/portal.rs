//! The AWS access portal, and the SAML links of applications.
//!
//! On the host `d-xxxxxxxxxx.awsapps.com`, a scripted user can use:
//!
//! | Address | What it does |
//! |---|---|
//! | `GET /start` | shows the tiles, or the sign-in form if no user is signed in |
//! | `POST /start/sign-in` | signs in; see below |
//! | `POST /start/sign-out` | ends the session |
//! | `GET /start/tile/A` | returns a new response in a form that posts itself to the application |
//! | `GET /start/tile/A?admin=1` | administrator mode: the response in `#saml-xml` and a form to
//! send it | | `GET`, `POST /start/invitation/TOKEN` | accepts an invitation with `new_password` |
//!
//! `POST /start/sign-in` takes `user_name, password`. If *Send email OTP* is on and the user has no
//! password, it takes `user_name` and the `code` from the email. With a code or a one-time
//! password, `new_password` is also required. `next` is the page to open after sign-in.
//!
//! Shift-clicking a tile opens administrator mode.
//!
//! Forms that contain a response have the hidden fields `SAMLResponse` and `RelayState`. If AWS
//! doesn't issue a response, its error text is in `#error`.

mod assertion;
mod links;
mod oidc_authorize;
mod sign_in;
mod tiles;

use axum::{
    Router,
    http::{HeaderMap, StatusCode},
    routing::{get, post},
};
use maud::{Markup, html};

pub use self::{
    assertion::name_id_format,
    oidc_authorize::{device_page, oidc_routes},
};
use crate::{
    pages::{Page, PageError, PageResult, Site, error, page_at, session_id},
    saml::{idp_metadata, other_idp_metadata},
    settings::Switches,
    state::{AppState, signing_identity},
    world::{Application, SignedInUser},
};

pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/start", get(tiles::start))
        .route("/start/", get(tiles::start))
        // The address in partitions where directories share a host.
        .route("/directory/{id}", get(tiles::start))
        .route("/directory/{id}/", get(tiles::start))
        .route("/start/sign-in", post(sign_in::sign_in))
        .route("/start/sign-out", post(sign_in::sign_out))
        .route("/start/tile/{id}", get(tiles::open_tile))
        .route(
            "/start/invitation/{token}",
            get(sign_in::show_invitation).post(sign_in::accept_invitation),
        )
}

/// Routes of the SAML links on the host `portal.sso.REGION.amazonaws.com`.
pub fn saml_routes() -> Router<AppState> {
    Router::new()
        .route(
            "/saml/assertion/{token}",
            get(links::handle_redirected_request).post(links::handle_posted_request),
        )
        .route("/saml/logout/{token}", get(links::sign_out).post(links::sign_out))
        .route("/saml/metadata/{token}", get(links::metadata))
}

/// Returns the metadata of an application. Creates a signing certificate if the application doesn't
/// have one.
pub fn metadata(application: &mut Application, switches: &Switches) -> PageResult<String> {
    signing_identity(application)?;
    let mut listed = application.clone();
    if switches.active_certificate_only {
        listed.identities.truncate(1);
    }
    if switches.other_metadata {
        return Ok(other_idp_metadata(&listed, switches));
    }
    let subject = application.mappings.iter().find(|row| row.attribute == "Subject");
    let name_id_format = subject.map(|row| name_id_format(&row.format));
    Ok(idp_metadata(&listed, switches, name_id_format.as_deref()))
}

/// Returns the path of a portal page, starting at the server's root.
fn path(shared: &AppState, page: &str) -> String {
    format!("/at/{}/{page}", shared.read(|world| world.portal_host()))
}

fn page(title: &str, body: Markup) -> Page {
    page_at(Site::Portal, title, body)
}

/// Returns the ID of the user who is signed in to the portal. If no user is signed in, shows the
/// sign-in form and then continues to `next`.
fn signed_in(shared: &AppState, headers: &HeaderMap, next: &str) -> PageResult<String> {
    let session = session_id(shared, "portal", headers);
    let user = shared.read(|world| match world.signed_in(&session?) {
        Some(SignedInUser::Portal(user)) => Some(user.clone()),
        _ => None,
    });
    user.ok_or_else(|| PageError::Other(StatusCode::OK, sign_in::form_page(shared, next, None)))
}

fn sign_out(shared: &AppState, headers: &HeaderMap) -> PageResult<()> {
    if let Some(session) = session_id(shared, "portal", headers) {
        shared.change(|world| world.sessions.retain(|kept| kept.id != session))?;
    }
    Ok(())
}

/// The reason why the portal doesn't issue a response.
#[derive(Clone, Debug, PartialEq, Eq)]
enum PortalRefusal {
    /// The "No access" error, with the reason, which AWS doesn't show.
    NoAccess(&'static str),
    /// A NameID format mismatch, which is the only reason that AWS shows.
    NameIdFormat,
    /// The "Bad input" error, with the malformed value.
    BadInput(String),
}

impl From<PortalRefusal> for PageError {
    fn from(refusal: PortalRefusal) -> Self {
        let (status, title, text, reason) = match refusal {
            PortalRefusal::NoAccess(reason) => (
                StatusCode::FORBIDDEN,
                "No access",
                "ForbiddenException: No access",
                reason.to_owned(),
            ),
            PortalRefusal::NameIdFormat => (
                StatusCode::FORBIDDEN,
                "No access",
                "ForbiddenException: Request nameID format does not match our record",
                "The request asks for another NameID format than the Subject row has.".to_owned(),
            ),
            PortalRefusal::BadInput(reason) => {
                (StatusCode::BAD_REQUEST, "Bad input", "Bad input", reason)
            }
        };
        let body = html! {
            (error(text))
            p .hint { "What AWS does not say: " (reason) }
        };
        Self::Other(status, page(title, body))
    }
}
