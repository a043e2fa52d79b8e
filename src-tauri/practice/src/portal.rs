//! The AWS access portal and the SAML links of applications.
//!
//! At the host `d-xxxxxxxxxx.awsapps.com`, a scripted person uses:
//!
//! | Address | What it does |
//! |---|---|
//! | `GET /start` | signed in: the tiles, otherwise the sign-in form |
//! | `POST /start/sign-in` | `user_name, password`; or `user_name` and, from the mail, `code` where *Send email OTP* is on and the user has no password. `new_password` as well after a code or a one-time password. `next`: where to go afterwards |
//! | `POST /start/sign-out` | ends the session |
//! | `GET /start/tile/A` | a fresh response in a form that posts itself to the application |
//! | `GET /start/tile/A?admin=1` | administrator mode, which Shift+click on a tile opens: the response in `#saml-xml` and a form that sends it |
//! | `GET`, `POST /start/invitation/TOKEN` | accepts an invitation: `new_password` |
//!
//! Forms with a response have the hidden fields `SAMLResponse` and `RelayState`. Refusals have
//! the words of AWS as heading.

mod assertion;
mod links;
mod oidc_authorize;
mod sign_in;
mod tiles;

use axum::{
    Router,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use maud::html;

pub(crate) use self::oidc_authorize::{device_host, device_page, oidc_host, oidc_routes};
use crate::{
    pages::{self, Failure, SignedInTo, Site, session_id},
    saml::IdentityProvider,
    settings::Switches,
    state::{AppState, signing_identity},
    world::{Application, SignedIn},
};

/// The access portal at the host `d-xxxxxxxxxx.awsapps.com`.
pub(crate) fn routes() -> Router<AppState> {
    Router::new()
        .route("/start", get(tiles::start))
        .route("/start/", get(tiles::start))
        .route("/start/sign-in", post(sign_in::sign_in))
        .route("/start/sign-out", post(sign_in::sign_out))
        .route("/start/tile/{id}", get(tiles::tile))
        .route("/start/invitation/{token}", get(sign_in::invitation).post(sign_in::accept))
}

/// The links at the host `portal.sso.REGION.amazonaws.com`.
pub(crate) fn saml_routes() -> Router<AppState> {
    Router::new()
        .route("/saml/assertion/{token}", get(links::redirected).post(links::posted))
        .route("/saml/logout/{token}", get(links::sign_out).post(links::sign_out))
        .route("/saml/metadata/{token}", get(links::metadata))
}

/// An application's metadata; its signing certificate is made if there is none yet.
pub(crate) fn metadata(
    application: &mut Application,
    switches: &Switches,
) -> Result<String, Failure> {
    signing_identity(application)?;
    let certificates: Vec<&str> = application
        .identities
        .iter()
        .map(|identity| identity.certificate_base64.as_str())
        .collect();
    let subject = application.mappings.iter().find(|row| row.attribute == "Subject");
    let name_id_format = subject.map(|row| assertion::name_id_format(&row.format));
    let metadata = IdentityProvider {
        entity_id: &application.issuer(),
        sign_in: &application.sign_in_link(switches),
        sign_out: &application.sign_out_link(),
        certificates: &certificates,
        name_id_format: name_id_format.as_deref(),
    };
    Ok(match switches.other_metadata {
        true => metadata.to_other_xml(),
        false => metadata.to_xml(),
    })
}

/// The address of a portal page in this world, from the server's root.
fn path(shared: &AppState, page: &str) -> String {
    format!("/at/{}/{page}", shared.read(|world| world.portal_host()))
}

/// The id of the user who is signed in at the portal.
fn signed_in(shared: &AppState, headers: &HeaderMap) -> Option<String> {
    let session = session_id(shared, SignedInTo::Portal, headers)?;
    shared.read(|world| match world.signed_in(&session) {
        Some(SignedIn::Portal(user)) => Some(user.clone()),
        _ => None,
    })
}

/// Why the portal makes no response.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Refusal {
    /// "No access", with the reason that AWS keeps to itself.
    NoAccess(&'static str),
    /// The one reason that AWS names.
    NameIdFormat,
    /// "Bad input", with what is malformed.
    BadInput(String),
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let (status, title, words, reason) = match self {
            Self::NoAccess(reason) => (
                StatusCode::FORBIDDEN,
                "No access",
                "ForbiddenException: No access",
                reason.to_owned(),
            ),
            Self::NameIdFormat => (
                StatusCode::FORBIDDEN,
                "No access",
                "ForbiddenException: Request nameID format does not match our record",
                "The request asks for another NameID format than the Subject row has.".to_owned(),
            ),
            Self::BadInput(reason) => (StatusCode::BAD_REQUEST, "Bad input", "Bad input", reason),
        };
        let body = html! {
            pre #error { (words) }
            p .hint { "What AWS does not say: " (reason) }
        };
        (status, pages::page_at(Site::Portal, title, body)).into_response()
    }
}
