//! The assertion consumer service, for IdP-initiated and SP-initiated sign-in.

use axum::{
    extract::{OriginalUri, Path},
    http::header::SET_COOKIE,
    response::{IntoResponse, Response},
};
use jiff::Timestamp;
use maud::html;

use super::{
    SsoLinks, confirmation,
    saml_validation::{AcceptedResponse, ServiceProviderState, validate_response},
    sign_in_error,
};
use crate::{
    pages::{Fields, PageError, PageResult, Site, page_headed, set_session, value},
    state::AppState,
    world::{Confirmation, NopsUser, PracticeState, SignedInUser},
};

/// Validates a posted response and signs in its user. Returns 404 without `?acs`.
pub async fn handle_response(
    shared: AppState,
    OriginalUri(original): OriginalUri,
    Path(tenant): Path<String>,
    fields: Fields,
) -> PageResult<Response> {
    let links = shared.read(|world| SsoLinks::from_state(&shared, world));
    if !Fields::parse(original.query().unwrap_or_default().as_bytes()).has("acs") {
        return Err(PageError::NotFound("nOps page"));
    }
    links.check(&original, &tenant)?;
    sign_in_user(&shared, validate_and_find_user(&shared, &links, fields.one("SAMLResponse"))?)
}

/// Validates a response. Returns its user as a new account that has the default role.
fn validate_and_find_user(
    shared: &AppState,
    links: &SsoLinks,
    response: &str,
) -> PageResult<NopsUser> {
    let acs = links.acs();
    let account = shared.change(|world| {
        let sso = world.nops.active_sso().ok_or("SSO is not set up for this organization.")?;
        let expected = ServiceProviderState {
            sp_entity_id: &links.entity_id(),
            idp_entity_id: &sso.issuer_url,
            certificate: &sso.x509_certificate,
            current_url: &links.base,
            exact_url: shared.switches.exact_addresses.then_some(acs.as_str()),
            assertion_must_be_signed: shared.switches.assertion_must_be_signed,
            sent_requests: &world.nops.requests,
            now: shared.now(),
        };
        let accepted = validate_response(response, &expected)?;
        let role = sso.default_role.clone();
        if let Some(id) = &accepted.in_response_to {
            world.nops.requests.retain(|sent| sent.id != *id);
        }
        new_account(&accepted, role)
    })?;
    account.map_err(|text| sign_in_error(&text))
}

/// Reads the user from a response. nOps identifies users by NameID and requires three attributes.
fn new_account(accepted: &AcceptedResponse, role: String) -> Result<NopsUser, String> {
    let attribute = |name| {
        let missing = || format!("{name} is missing from the attributes of the SAML Response");
        accepted.attribute(name).ok_or_else(missing)
    };
    let email = attribute("User.Email")?;
    let name = [attribute("User.FirstName")?, attribute("User.LastName")?].join(" ");
    let addresses = [accepted.name_id.as_str(), email];
    if let Some(other) = addresses.iter().find(|value| !is_email(value)) {
        return Err(format!("{other} is not an email address"));
    }
    Ok(NopsUser {
        email: accepted.name_id.clone(),
        name,
        role,
        password: None,
        confirmation: Confirmation::NotAsked,
    })
}

fn is_email(value: &str) -> bool {
    let parts = value.split_once('@');
    parts.is_some_and(|(name, domain)| !name.is_empty() && domain.contains('.'))
        && !value.contains(char::is_whitespace)
}

/// Signs in the user, or asks for confirmation by email. Adds `account` if the user has no account
/// yet.
fn sign_in_user(shared: &AppState, account: NopsUser) -> PageResult<Response> {
    let email = account.email.clone();
    let session = shared.change(|world| {
        if world.nops.user(&email).is_none() {
            world.nops.users.push(account);
        }
        let user = world.nops.user(&email)?.clone();
        if shared.switches.no_confirmation_mail || user.confirmation == Confirmation::Given {
            return Some((world.sign_in(SignedInUser::Nops(user.email.clone())), user));
        }
        ask(world, &email, shared.now());
        None
    })?;
    match session {
        None => Ok(confirmation::page(&email).into_response()),
        Some((session, user)) => signed_in(shared, &session, &user),
    }
}

/// Sends the confirmation email. The links in earlier emails stop working.
fn ask(world: &mut PracticeState, email: &str, now: Timestamp) {
    let token = world.draw_hex(32);
    if let Some(user) = world.nops.user_mut(email) {
        user.confirmation = Confirmation::Asked(token.clone());
    }
    world.mails.push(confirmation::mail(email, &token, now));
}

/// Starts the session and shows the user's identity and role.
pub fn signed_in(shared: &AppState, session: &str, user: &NopsUser) -> PageResult<Response> {
    let cookie = set_session(shared, "nops", session)?;
    let title = format!("Welcome to nOps, {}", user.name);
    let body = html! {
        dl {
            (value("Email", "welcome-email", &user.email))
            (value("Role", "welcome-role", &user.role))
        }
    };
    let page = page_headed(Site::Nops, &title, html! { h1 #welcome { (title) } }, body);
    Ok(([(SET_COOKIE, cookie)], page).into_response())
}
