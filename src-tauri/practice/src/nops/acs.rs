//! The assertion consumer service, for IdP-initiated and SP-initiated sign-in.

use axum::{
    extract::{OriginalUri, Path, RawQuery, State},
    http::{StatusCode, header::SET_COOKIE},
    response::{Html, IntoResponse, Response},
};
use jiff::Timestamp;
use maud::html;

use super::{
    SsoLinks, confirmation, refusal,
    saml_validation::{Accepted, Expected, validate_response},
};
use crate::{
    pages::{Failure, Fields, SignedInTo, Site, page_headed, set_session, value},
    state::AppState,
    world::{Confirmation, NopsOrganization, NopsUser, SignedIn, World},
};

/// Validates a posted response and signs its user in. Returns 404 without `?acs`.
pub(super) async fn consume(
    State(shared): State<AppState>,
    OriginalUri(original): OriginalUri,
    Path(tenant): Path<String>,
    RawQuery(query): RawQuery,
    fields: Fields,
) -> Result<Response, Failure> {
    let links = shared.read(|world| SsoLinks::of(&shared, world));
    let is_acs = Fields::parse(query.unwrap_or_default().as_bytes()).has("acs");
    if !is_acs || !links.are_at(&original, &tenant) {
        return Err(Failure::NotFound("nOps page"));
    }
    let person = match accept(&shared, &links, fields.one("SAMLResponse"))? {
        Ok(person) => person,
        Err(error) => return Ok((StatusCode::BAD_REQUEST, refusal(&error)).into_response()),
    };
    welcome(&shared, &person)
}

/// The user that a response identifies.
struct Person {
    email: String,
    name: String,
}

fn accept(
    shared: &AppState,
    links: &SsoLinks,
    response: &str,
) -> Result<Result<Person, String>, Failure> {
    let now = shared.now();
    let acs = links.acs();
    let outcome = shared.change(|world| {
        let Some(sso) = world.nops.sso.clone().filter(|_| world.nops.sso_enabled) else {
            return Err("SSO is not set up for this organization.".to_owned());
        };
        let expected = Expected {
            sp_entity_id: &links.entity_id(),
            idp_entity_id: &sso.issuer_url,
            certificate: &sso.x509_certificate,
            current_url: &links.base,
            exact_url: shared.switches.exact_addresses.then_some(acs.as_str()),
            assertion_must_be_signed: shared.switches.assertion_must_be_signed,
            sent_requests: &world.nops.requests,
            now,
        };
        let accepted = validate_response(response, &expected)?;
        if let Some(id) = &accepted.in_response_to {
            world.nops.requests.retain(|sent| sent.id != *id);
        }
        person(&accepted)
    })?;
    Ok(outcome)
}

/// Reads the user from a response. nOps identifies users by NameID and requires its three attributes.
fn person(accepted: &Accepted) -> Result<Person, String> {
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
    Ok(Person { email: accepted.name_id.clone(), name })
}

fn is_email(value: &str) -> bool {
    let parts = value.split_once('@');
    parts.is_some_and(|(name, domain)| !name.is_empty() && domain.contains('.'))
        && !value.contains(char::is_whitespace)
}

fn welcome(shared: &AppState, person: &Person) -> Result<Response, Failure> {
    let now = shared.now();
    let session = shared.change(|world| {
        open_account(&mut world.nops, person);
        let user = world.nops.user(&person.email).cloned();
        let is_let_in = |user: &NopsUser| {
            shared.switches.no_confirmation_mail || user.confirmation == Confirmation::Given
        };
        if let Some(user) = user.filter(is_let_in) {
            return Some((world.sign_in(SignedIn::Nops(user.email.clone()), now), user));
        }
        ask(world, person, now);
        None
    })?;
    Ok(match session {
        None => confirmation::page(&person.email).into_response(),
        Some((session, user)) => {
            let cookie = set_session(shared, SignedInTo::Nops, &session)?;
            ([(SET_COOKIE, cookie)], welcome_page(&user)).into_response()
        }
    })
}

/// Sends the confirmation email. The link in an earlier email stops working.
fn ask(world: &mut World, person: &Person, now: Timestamp) {
    let token = world.draw_hex(32);
    if let Some(user) = world.nops.user_mut(&person.email) {
        user.confirmation = Confirmation::Asked(token.clone());
    }
    world.send(confirmation::mail(&person.email, &token, now));
}

/// Creates a new user's account with the default role.
fn open_account(nops: &mut NopsOrganization, person: &Person) {
    if nops.user(&person.email).is_some() {
        return;
    }
    let role = nops.sso.as_ref().map(|sso| sso.default_role.clone());
    nops.users.push(NopsUser {
        email: person.email.clone(),
        name: person.name.clone(),
        role: role.unwrap_or_default(),
        password: None,
        confirmation: Confirmation::NotAsked,
    });
}

/// Renders the page after sign-in, with the user's identity and role.
pub(super) fn welcome_page(user: &NopsUser) -> Html<String> {
    let title = format!("Welcome to nOps, {}", user.name);
    let heading = html! { h1 #welcome { (title) } };
    let body = html! {
        dl {
            (value("Email", "welcome-email", &user.email))
            (value("Role", "welcome-role", &user.role))
        }
    };
    page_headed(Site::Nops, &title, heading, body)
}
