//! Builds responses from the settings of an application and the signed-in user.

use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use url::Url;

use super::PortalRefusal;
use crate::{
    pages::{PageError, PageResult},
    saml::{Attribute, AuthnRequest, NameId, Response, SignedElement, sign},
    state::{AppState, signing_identity},
    world::{Actor, Application, Mapping, Membership, PracticeState, Service, User},
};

/// A signed response and the application that receives it.
pub struct SignedResponse {
    pub xml: String,
    pub application: Application,
}

/// Issues a response for the user and application with these IDs. For SP-initiated sign-in,
/// `request` is the application's request.
pub fn issue(
    shared: &AppState,
    application: &str,
    user: &str,
    request: Option<&AuthnRequest>,
) -> PageResult<SignedResponse> {
    let which = if shared.switches.sign_assertion_only {
        SignedElement::Assertion
    } else {
        SignedElement::Response
    };
    shared.try_change(|world| {
        let id = format!("_{}", world.draw_uuid());
        let source = Source { world, subject_is_user_id: shared.switches.subject_is_user_id };
        let mut response = compose_response(source, application, user, request, id, shared.now())?;
        if shared.switches.short_responses {
            response.valid_for = SignedDuration::from_mins(5);
        }
        // The members of this event aren't documented for SAML applications.
        let details = json!({
            "serviceEventDetails": {"application_instance_id": format!("ins-{application}")},
        });
        let actor = Actor::User(user.to_owned());
        world.events.add(shared.now(), Service::IdentityCenter, "Federate", actor, details);
        let application =
            world.application_mut(application).ok_or(PageError::NotFound("application"))?;
        let identity = signing_identity(application)?;
        let xml = sign(&response.to_xml(), which, &identity)?;
        Ok(SignedResponse { xml, application: application.clone() })
    })
}

/// Returns the full URN for the format in the *Subject* row.
pub fn name_id_format(format: &str) -> String {
    match format {
        "persistent" | "transient" | "kerberos" | "entity" => {
            format!("urn:oasis:names:tc:SAML:2.0:nameid-format:{format}")
        }
        _ => format!("urn:oasis:names:tc:SAML:1.1:nameid-format:{format}"),
    }
}

/// The user whose attributes are sent, and what `${user:subject}` resolves to.
#[derive(Clone, Copy)]
struct Source<'a> {
    world: &'a PracticeState,
    subject_is_user_id: bool,
}

fn compose_response(
    source: Source<'_>,
    application: &str,
    user: &str,
    request: Option<&AuthnRequest>,
    id: String,
    now: Timestamp,
) -> Result<Response, PortalRefusal> {
    let world = source.world;
    let application = world
        .application(application)
        .filter(|application| application.provider.is_saml() && application.enabled)
        .ok_or(PortalRefusal::NoAccess("The application does not exist or is disabled."))?;
    let user = world.user(user).ok_or(PortalRefusal::NoAccess("The user no longer exists."))?;
    check_user(world, application, user)?;
    let subject = application.mappings.iter().find(|row| row.attribute == "Subject");
    check_request(subject, request)?;
    check_sp_addresses(application)?;
    let name_id = match subject {
        None => None,
        Some(row) => values(source, user, &row.value)?
            .into_iter()
            .next()
            .map(|value| NameId { value, format: name_id_format(&row.format) }),
    };
    let session = SignedDuration::from_mins(application.session_minutes.into());
    Ok(Response {
        id,
        issued: now,
        valid_for: session,
        session,
        issuer: application.issuer(),
        destination: application.acs_url.clone(),
        audience: application.audience.clone(),
        in_response_to: request.map(|request| request.id.clone()),
        name_id,
        attributes: attributes(source, user, &application.mappings)?,
    })
}

fn check_user(
    world: &PracticeState,
    application: &Application,
    user: &User,
) -> Result<(), PortalRefusal> {
    let problem = if !user.enabled {
        "The user is disabled."
    } else if !world.is_assigned(&application.id, &user.id) {
        "The user is not assigned to the application, neither alone nor by a group."
    } else if user.email.is_none() {
        "The user has no primary email."
    } else {
        return Ok(());
    };
    Err(PortalRefusal::NoAccess(problem))
}

/// Checks the requested NameID format. With *unspecified*, the identity provider chooses the format
/// (core, 3.4.1.1).
fn check_request(
    subject: Option<&Mapping>,
    request: Option<&AuthnRequest>,
) -> Result<(), PortalRefusal> {
    let requested = request.and_then(|request| request.name_id_format.as_deref());
    match (requested, subject) {
        (Some(format), Some(subject))
            if !format.ends_with(":unspecified") && format != name_id_format(&subject.format) =>
        {
            Err(PortalRefusal::NameIdFormat)
        }
        _ => Ok(()),
    }
}

fn check_sp_addresses(application: &Application) -> Result<(), PortalRefusal> {
    let acs_url = Url::parse(&application.acs_url);
    let audience = application.audience.trim();
    let problem =
        if !acs_url.is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host()) {
            "The Application ACS URL isn't a link."
        } else if audience.is_empty()
            || audience.contains(|c: char| c.is_whitespace() || "<>\"".contains(c))
        {
            "The Application SAML audience isn't an identifier."
        } else {
            return Ok(());
        };
    Err(PortalRefusal::BadInput(problem.to_owned()))
}

/// Returns the attributes from all rows except *Subject*, in order and including duplicates. Skips
/// a row if its user attribute is empty.
fn attributes(
    source: Source<'_>,
    user: &User,
    rows: &[Mapping],
) -> Result<Vec<Attribute>, PortalRefusal> {
    let mut attributes = Vec::new();
    for row in rows.iter().filter(|row| row.attribute != "Subject") {
        attributes.push(Attribute {
            name: row.attribute.clone(),
            name_format: format!("urn:oasis:names:tc:SAML:2.0:attrname-format:{}", row.format),
            values: values(source, user, &row.value)?,
        });
    }
    attributes.retain(|attribute| !attribute.values.is_empty());
    Ok(attributes)
}

/// Returns the values of a mapping: for `${user:…}`, the attribute of the user, otherwise the text
/// as entered. Attribute names come from AWS's table of supported attributes. Omits empty values.
fn values(source: Source<'_>, user: &User, mapping: &str) -> Result<Vec<String>, PortalRefusal> {
    let mapping = mapping.trim();
    let name = mapping.strip_prefix("${user:").and_then(|rest| rest.strip_suffix('}'));
    let value = match name {
        None => mapping,
        Some("subject") if source.subject_is_user_id => &user.id,
        Some("subject" | "preferredUsername") => &user.user_name,
        Some("email") => user.email_address().unwrap_or_default(),
        Some("givenName") => &user.given_name,
        Some("familyName") => &user.family_name,
        Some("name") => &user.display_name,
        Some("middleName") => "",
        Some("AD_GUID") => &user.id,
        // AWS sends the IDs of the groups, not their names.
        Some("groups") => {
            let own = |membership: &&Membership| membership.user == user.id;
            let memberships = source.world.memberships.iter().filter(own);
            return Ok(memberships.map(|membership| membership.group.clone()).collect());
        }
        Some(_) => {
            return Err(PortalRefusal::BadInput(format!("{mapping} isn't a user attribute.")));
        }
    };
    Ok(Some(value.to_owned()).filter(|value| !value.is_empty()).into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        settings::Switches,
        world::{Assignment, Principal, PrincipalKind, Provider, REGION},
    };

    const SUBJECT: (&str, &str, &str) = ("Subject", "${user:subject}", "emailAddress");

    /// Returns a state with a correctly configured application and an assigned user, and the IDs of
    /// both.
    fn configured_state(
        user_name: &str,
        rows: &[(&str, &str, &str)],
    ) -> (PracticeState, String, String) {
        let mut world = PracticeState::seeded(1);
        let user = world.find_user(user_name).unwrap().id.clone();
        let id = world.open_draft(
            Provider::CustomSaml,
            REGION,
            &Switches::default(),
            Timestamp::UNIX_EPOCH,
        );
        world.submit_draft(&id);
        let principal = Principal { kind: PrincipalKind::User, id: user.clone() };
        world.assignments.push(Assignment { application: id.clone(), principal });
        let application = world.application_mut(&id).unwrap();
        application.acs_url = "https://app.nops.io/sso/v1/1/?acs".to_owned();
        application.audience = "https://app.nops.io/sso/v1/1/metadata".to_owned();
        application.mappings = rows
            .iter()
            .map(|(attribute, value, format)| Mapping::new(attribute, value, format))
            .collect();
        (world, id, user)
    }

    fn source(world: &PracticeState) -> Source<'_> {
        Source { world, subject_is_user_id: false }
    }

    fn asked(format: &str) -> AuthnRequest {
        AuthnRequest {
            id: "ONELOGIN_1".to_owned(),
            issuer: "nops".to_owned(),
            name_id_format: Some(format.to_owned()),
        }
    }

    fn response_for_mappings(
        rows: &[(&str, &str, &str)],
        request: Option<&AuthnRequest>,
    ) -> Result<Response, PortalRefusal> {
        let (world, application, user) = configured_state("dana.whitfield@example.com", rows);
        compose_response(
            source(&world),
            &application,
            &user,
            request,
            "_1".to_owned(),
            Timestamp::UNIX_EPOCH,
        )
    }

    #[test]
    fn mappings_replace_attributes_and_keep_text() {
        let rows = [
            SUBJECT,
            ("User.Email", "{user:email}", "basic"),
            ("User.FirstName", "${user:givenName}", "basic"),
            ("User.FirstName", "${user:givenName}", "basic"),
            ("Middle", "${user:middleName}", "basic"),
        ];
        let response = response_for_mappings(&rows, None).unwrap();
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
        let refusal =
            response_for_mappings(&[SUBJECT, ("User.Email", "${user:mail}", "basic")], None)
                .unwrap_err();
        assert!(matches!(refusal, PortalRefusal::BadInput(_)), "{refusal:?}");
    }

    #[test]
    fn malformed_links_are_bad_input() {
        for (acs_url, audience) in [("nonsense", "a"), ("https://sp.example.com/", "two words")] {
            let (mut world, id, user) = configured_state("dana.whitfield@example.com", &[SUBJECT]);
            let application = world.application_mut(&id).unwrap();
            application.acs_url = acs_url.to_owned();
            application.audience = audience.to_owned();
            let refusal = compose_response(
                source(&world),
                &id,
                &user,
                None,
                String::new(),
                Timestamp::UNIX_EPOCH,
            )
            .unwrap_err();
            assert!(
                matches!(refusal, PortalRefusal::BadInput(_)),
                "{acs_url}, {audience}: {refusal:?}"
            );
        }
    }

    #[test]
    fn mismatched_name_id_format_is_refused() {
        let persistent = [("Subject", "${user:email}", "persistent")];
        let email = asked("urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress");
        let any = asked("urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified");
        assert_eq!(
            response_for_mappings(&persistent, Some(&email)).unwrap_err(),
            PortalRefusal::NameIdFormat
        );
        assert!(response_for_mappings(&persistent, Some(&any)).is_ok());
        assert!(response_for_mappings(&persistent, None).is_ok());
        assert!(response_for_mappings(&[SUBJECT], Some(&email)).is_ok());
    }

    #[test]
    fn user_needs_assignment_email_and_enabled_status() {
        let (mut unassigned, id, user) = configured_state("dana.whitfield@example.com", &[SUBJECT]);
        unassigned.assignments.retain(|assignment| assignment.application != id);
        let without_mail = configured_state("praman", &[SUBJECT]);
        let disabled = configured_state("tortega", &[SUBJECT]);
        for (world, id, user) in [(unassigned, id, user), without_mail, disabled] {
            let refusal = compose_response(
                source(&world),
                &id,
                &user,
                None,
                String::new(),
                Timestamp::UNIX_EPOCH,
            )
            .unwrap_err();
            assert!(matches!(refusal, PortalRefusal::NoAccess(_)), "{refusal:?}");
        }
    }

    #[test]
    fn group_gives_access_and_is_sent_as_id() {
        let (mut world, id, user) = configured_state(
            "dana.whitfield@example.com",
            &[SUBJECT, ("Groups", "${user:groups}", "basic")],
        );
        let group =
            world.groups.iter().find(|group| group.display_name == "Platform").unwrap().id.clone();
        world.assignments.retain(|assignment| assignment.application != id);
        let principal = Principal { kind: PrincipalKind::Group, id: group.clone() };
        world.assignments.push(Assignment { application: id.clone(), principal });
        let response = compose_response(
            source(&world),
            &id,
            &user,
            None,
            String::new(),
            Timestamp::UNIX_EPOCH,
        )
        .unwrap();
        assert_eq!(response.attributes[0].values, [group]);
    }
}
