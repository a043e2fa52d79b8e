//! Builds responses from the application's settings and the signed-in user.

use jiff::{SignedDuration, Timestamp};
use url::Url;

use super::Refusal;
use crate::{
    pages::{PageError, PageResult},
    saml::{Attribute, AuthnRequest, NameId, Response, Signed, sign},
    state::{AppState, signing_identity},
    world::{Application, Mapping, User, World},
};

/// A signed response, ready to be sent to an application.
pub struct SignedResponse {
    pub xml: String,
    /// Destination as entered, not the local address.
    pub acs_url: String,
    /// Application name.
    pub application: String,
    /// The application's configured relay state.
    pub relay_state: String,
}

/// Issues a response for the ids `user` and `application`. `request` is the application's request for
/// SP-initiated sign-in.
pub fn issue(
    shared: &AppState,
    application: &str,
    user: &str,
    request: Option<&AuthnRequest>,
) -> PageResult<SignedResponse> {
    let now = shared.now();
    let which = match shared.switches.sign_assertion_only {
        true => Signed::Assertion,
        false => Signed::Response,
    };
    shared.try_change(|world| {
        let id = format!("_{}", world.draw_uuid());
        let known = Known { world, subject_is_user_id: shared.switches.subject_is_user_id };
        let response = compose(known, application, user, request, id, now)?;
        let application =
            world.application_mut(application).ok_or(PageError::NotFound("application"))?;
        let identity = signing_identity(application)?;
        Ok(SignedResponse {
            xml: sign(&response.to_xml(), which, &identity)?,
            acs_url: application.acs_url.clone(),
            application: application.name.clone(),
            relay_state: application.relay_state.clone(),
        })
    })
}

/// Returns the full URN of a *Subject* row's format.
pub fn name_id_format(format: &str) -> String {
    match format {
        "persistent" | "transient" | "kerberos" | "entity" => {
            format!("urn:oasis:names:tc:SAML:2.0:nameid-format:{format}")
        }
        _ => format!("urn:oasis:names:tc:SAML:1.1:nameid-format:{format}"),
    }
}

/// The data for user attributes, and the meaning of `${user:subject}`.
#[derive(Clone, Copy)]
struct Known<'a> {
    world: &'a World,
    subject_is_user_id: bool,
}

fn compose(
    known: Known<'_>,
    application: &str,
    user: &str,
    request: Option<&AuthnRequest>,
    id: String,
    now: Timestamp,
) -> Result<Response, Refusal> {
    let world = known.world;
    let application = world
        .application(application)
        .filter(|application| application.provider.is_saml() && application.enabled)
        .ok_or(Refusal::NoAccess("The application does not exist or is disabled."))?;
    let user = world.user(user).ok_or(Refusal::NoAccess("The user no longer exists."))?;
    check_person(world, application, user)?;
    let subject = application.mappings.iter().find(|row| row.attribute == "Subject");
    check_request(subject, request)?;
    check_application(application)?;
    Ok(Response {
        id,
        issued: now,
        valid_for: SignedDuration::from_mins(application.session_minutes.into()),
        issuer: application.issuer(),
        destination: application.acs_url.clone(),
        audience: application.audience.clone(),
        in_response_to: request.map(|request| request.id.clone()),
        name_id: name_id(known, user, subject)?,
        attributes: attributes(known, user, &application.mappings)?,
    })
}

fn check_person(world: &World, application: &Application, user: &User) -> Result<(), Refusal> {
    if !user.enabled {
        return Err(Refusal::NoAccess("The user is disabled."));
    }
    if !world.is_assigned(&application.id, &user.id) {
        return Err(Refusal::NoAccess(
            "The user is not assigned to the application, neither alone nor by a group.",
        ));
    }
    match user.email_address() {
        Some(_) => Ok(()),
        None => Err(Refusal::NoAccess("The user has no primary email.")),
    }
}

/// Checks the requested NameID format. *Unspecified* leaves it to the identity provider (core,
/// 3.4.1.1).
fn check_request(subject: Option<&Mapping>, request: Option<&AuthnRequest>) -> Result<(), Refusal> {
    let wanted = request.and_then(|request| request.name_id_format.as_deref());
    match (wanted, subject) {
        (Some(wanted), Some(subject))
            if !wanted.ends_with(":unspecified") && wanted != name_id_format(&subject.format) =>
        {
            Err(Refusal::NameIdFormat)
        }
        _ => Ok(()),
    }
}

fn check_application(application: &Application) -> Result<(), Refusal> {
    let acs_url = Url::parse(&application.acs_url);
    if !acs_url.is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host()) {
        return Err(Refusal::BadInput("The Application ACS URL is no link.".to_owned()));
    }
    let audience = application.audience.trim();
    if audience.is_empty() || audience.contains(|c: char| c.is_whitespace() || "<>\"".contains(c)) {
        return Err(Refusal::BadInput(
            "The Application SAML audience is no identifier.".to_owned(),
        ));
    }
    Ok(())
}

fn name_id(
    known: Known<'_>,
    user: &User,
    subject: Option<&Mapping>,
) -> Result<Option<NameId>, Refusal> {
    let Some(subject) = subject else {
        return Ok(None);
    };
    let value = values(known, user, &subject.value)?.into_iter().next();
    Ok(value.map(|value| NameId { value, format: name_id_format(&subject.format) }))
}

/// Returns the attributes of all rows except *Subject*, in order, including duplicates. Omits a row
/// whose user attribute is empty.
fn attributes(known: Known<'_>, user: &User, rows: &[Mapping]) -> Result<Vec<Attribute>, Refusal> {
    let mut attributes = Vec::new();
    for row in rows.iter().filter(|row| row.attribute != "Subject") {
        let values = values(known, user, &row.value)?;
        if !values.is_empty() {
            attributes.push(Attribute {
                name: row.attribute.clone(),
                name_format: format!("urn:oasis:names:tc:SAML:2.0:attrname-format:{}", row.format),
                values,
            });
        }
    }
    Ok(attributes)
}

/// Returns a mapping's values: the user's attribute for `${user:…}`, otherwise the text as entered. The
/// names come from AWS's table of supported attributes.
fn values(known: Known<'_>, user: &User, typed: &str) -> Result<Vec<String>, Refusal> {
    let typed = typed.trim();
    let Some(name) = typed.strip_prefix("${user:").and_then(|rest| rest.strip_suffix('}')) else {
        return Ok(filled(typed));
    };
    let value = match name {
        "subject" if known.subject_is_user_id => &user.id,
        "subject" | "preferredUsername" => &user.user_name,
        "email" => user.email_address().unwrap_or_default(),
        "givenName" => &user.given_name,
        "familyName" => &user.family_name,
        "name" => &user.display_name,
        "middleName" => "",
        "AD_GUID" => &user.id,
        "groups" => return Ok(groups(known.world, user)),
        _ => return Err(Refusal::BadInput(format!("{typed} is no user attribute."))),
    };
    Ok(filled(value))
}

fn filled(value: &str) -> Vec<String> {
    if value.is_empty() { Vec::new() } else { vec![value.to_owned()] }
}

/// Returns the ids of the user's groups. AWS sends ids, not names.
fn groups(world: &World, user: &User) -> Vec<String> {
    let mine = world.memberships.iter().filter(|membership| membership.user == user.id);
    mine.map(|membership| membership.group.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        settings::Switches,
        world::{Assignment, Principal, PrincipalKind, Provider},
    };

    const SUBJECT: (&str, &str, &str) = ("Subject", "${user:subject}", "emailAddress");

    /// Returns a state with a correctly set up application and its assigned user, and their ids.
    fn world(user_name: &str, rows: &[(&str, &str, &str)]) -> (World, String, String) {
        let mut world = World::seeded(1);
        let user = world.user_named(user_name).unwrap().id.clone();
        let id =
            world.open_draft(Provider::CustomSaml, &Switches::default(), Timestamp::UNIX_EPOCH);
        world.submit_draft(&id);
        let principal = Principal { kind: PrincipalKind::User, id: user.clone() };
        world.assignments.push(Assignment { application: id.clone(), principal });
        let application = world.application_mut(&id).unwrap();
        application.acs_url = "https://app.nops.io/sso/v1/1/?acs".to_owned();
        application.audience = "https://app.nops.io/sso/v1/1/metadata".to_owned();
        application.mappings = rows
            .iter()
            .map(|(attribute, value, format)| Mapping {
                attribute: (*attribute).to_owned(),
                value: (*value).to_owned(),
                format: (*format).to_owned(),
            })
            .collect();
        (world, id, user)
    }

    fn known(world: &World) -> Known<'_> {
        Known { world, subject_is_user_id: false }
    }

    fn asked(format: &str) -> AuthnRequest {
        AuthnRequest {
            id: "ONELOGIN_1".to_owned(),
            issuer: "nops".to_owned(),
            acs_url: None,
            name_id_format: Some(format.to_owned()),
        }
    }

    fn told(
        rows: &[(&str, &str, &str)],
        request: Option<&AuthnRequest>,
    ) -> Result<Response, Refusal> {
        let (world, application, user) = world("dana.whitfield@example.com", rows);
        compose(known(&world), &application, &user, request, "_1".to_owned(), Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn user_attributes_are_replaced_and_text_is_literal() {
        let rows = [
            SUBJECT,
            ("User.Email", "{user:email}", "basic"),
            ("User.FirstName", "${user:givenName}", "basic"),
            ("User.FirstName", "${user:givenName}", "basic"),
            ("Middle", "${user:middleName}", "basic"),
        ];
        let response = told(&rows, None).unwrap();
        let name_id = response.name_id.unwrap();
        assert_eq!(name_id.value, "dana.whitfield@example.com");
        assert_eq!(name_id.format, "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress");
        let sent: Vec<_> = response
            .attributes
            .iter()
            .map(|attribute| (attribute.name.as_str(), attribute.values[0].as_str()))
            .collect();
        assert_eq!(
            sent,
            [
                ("User.Email", "{user:email}"),
                ("User.FirstName", "Dana"),
                ("User.FirstName", "Dana")
            ]
        );
    }

    #[test]
    fn unknown_user_attribute_is_bad_input() {
        let refusal = told(&[SUBJECT, ("User.Email", "${user:mail}", "basic")], None).unwrap_err();
        assert!(matches!(refusal, Refusal::BadInput(_)), "{refusal:?}");
    }

    #[test]
    fn malformed_links_are_bad_input() {
        for (acs_url, audience) in [("nonsense", "a"), ("https://sp.example.com/", "two words")] {
            let (mut world, id, user) = world("dana.whitfield@example.com", &[SUBJECT]);
            let application = world.application_mut(&id).unwrap();
            application.acs_url = acs_url.to_owned();
            application.audience = audience.to_owned();
            let refusal =
                compose(known(&world), &id, &user, None, String::new(), Timestamp::UNIX_EPOCH)
                    .unwrap_err();
            assert!(matches!(refusal, Refusal::BadInput(_)), "{acs_url}, {audience}: {refusal:?}");
        }
    }

    #[test]
    fn mismatched_name_id_format_is_refused() {
        let persistent = [("Subject", "${user:email}", "persistent")];
        let email = asked("urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress");
        let any = asked("urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified");
        assert_eq!(told(&persistent, Some(&email)).unwrap_err(), Refusal::NameIdFormat);
        assert!(told(&persistent, Some(&any)).is_ok());
        assert!(told(&persistent, None).is_ok());
        assert!(told(&[SUBJECT], Some(&email)).is_ok());
    }

    #[test]
    fn user_needs_assignment_email_and_enabled_status() {
        let (mut unassigned, id, user) = world("dana.whitfield@example.com", &[SUBJECT]);
        unassigned.assignments.retain(|assignment| assignment.application != id);
        let without_mail = world("praman", &[SUBJECT]);
        let disabled = world("tortega", &[SUBJECT]);
        for (world, id, user) in [(unassigned, id, user), without_mail, disabled] {
            let refusal =
                compose(known(&world), &id, &user, None, String::new(), Timestamp::UNIX_EPOCH)
                    .unwrap_err();
            assert!(matches!(refusal, Refusal::NoAccess(_)), "{refusal:?}");
        }
    }

    #[test]
    fn group_gives_access_and_is_sent_as_id() {
        let (mut world, id, user) =
            world("dana.whitfield@example.com", &[SUBJECT, ("Groups", "${user:groups}", "basic")]);
        let group =
            world.groups.iter().find(|group| group.display_name == "Platform").unwrap().id.clone();
        world.assignments.retain(|assignment| assignment.application != id);
        let principal = Principal { kind: PrincipalKind::Group, id: group.clone() };
        world.assignments.push(Assignment { application: id.clone(), principal });
        let response =
            compose(known(&world), &id, &user, None, String::new(), Timestamp::UNIX_EPOCH).unwrap();
        assert_eq!(response.attributes[0].values, [group]);
    }
}
