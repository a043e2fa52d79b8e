//! A setup that someone made by hand with the help page. Three of its values are wrong, so that
//! users can practice a repair.

use jiff::Timestamp;

use crate::{
    Switches,
    nops::SsoLinks,
    saml::SigningError,
    state::signing_identity,
    world::{
        Application, Assignment, Group, Mapping, NopsSso, PracticeState, Principal, PrincipalKind,
        Provider,
    },
};

/// 2026-05-04T09:00:00Z, when the application was set up.
const SET_UP: Timestamp = Timestamp::constant(1_777_885_200, 0);

/// The users who were assigned to the application through the group.
const MEMBERS: [&str; 3] =
    ["dana.whitfield@example.com", "samuel.okafor@example.com", "mei.tanaka@example.com"];

/// The application whose certificate is in nOps by mistake.
const OTHER_APPLICATION: &str = "Team wiki";

/// Adds the setup. AWS has nOps's addresses in each other's field and sends the first name under a
/// misspelled name. nOps has the certificate of another application.
pub fn add_setup(world: &mut PracticeState, switches: &Switches) -> Result<(), SigningError> {
    let application = application(world, switches);
    assign_group(world, &application);
    let issuer = application.issuer();
    let sso_endpoint = application.sign_in_link(switches);
    world.applications.push(application);
    let x509_certificate = other_certificate(world)?;
    world.nops.sso_offered = true;
    world.nops.sso_enabled = true;
    world.nops.sso = Some(NopsSso {
        sso_type: "AWS".to_owned(),
        issuer_url: issuer,
        sso_endpoint,
        x509_certificate,
        default_role: "client-member".to_owned(),
        ..NopsSso::default()
    });
    Ok(())
}

fn application(world: &mut PracticeState, switches: &Switches) -> Application {
    let nops = SsoLinks::new(switches, &world.nops);
    Application {
        name: "nOps".to_owned(),
        description: "nOps sign-in".to_owned(),
        made_in_console: true,
        other_certificate: switches.other_certificate,
        dual_stack_issuer: switches.dual_stack_issuer,
        acs_url: nops.entity_id(),
        audience: nops.acs(),
        mappings: vec![
            Mapping::new("Subject", "${user:email}", "emailAddress"),
            Mapping::new("User.Email", "${user:email}", "basic"),
            Mapping::new("User.Firstname", "${user:givenName}", "basic"),
            Mapping::new("User.LastName", "${user:familyName}", "basic"),
        ],
        ..world.new_application(Provider::CustomSaml, switches, SET_UP)
    }
}

fn assign_group(world: &mut PracticeState, application: &Application) {
    let group = Group {
        display_name: "nOps users".to_owned(),
        description: Some("Signs in to nOps".to_owned()),
        ..world.new_group(SET_UP)
    };
    for user_name in MEMBERS {
        if let Some(user) = world.find_user(user_name).map(|user| user.id.clone()) {
            world.add_member(&group.id, &user, SET_UP);
        }
    }
    world.assignments.push(Assignment {
        application: application.id.clone(),
        principal: Principal { kind: PrincipalKind::Group, id: group.id.clone() },
    });
    world.groups.push(group);
}

fn other_certificate(world: &mut PracticeState) -> Result<String, SigningError> {
    let mut applications = world.applications.iter_mut();
    let other = applications.find(|application| application.name == OTHER_APPLICATION);
    other.map_or_else(|| Ok(String::new()), |other| Ok(signing_identity(other)?.certificate_pem()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn setup_has_exactly_three_mistakes() {
        let mut world = PracticeState::seeded(3);
        let before = world.applications.len();
        add_setup(&mut world, &Switches::default()).unwrap();
        let [application] = &world.applications[before..] else { panic!("one application") };
        let tenant = &world.nops.tenant;
        assert_eq!(application.acs_url, format!("https://app.nops.io/sso/v1/{tenant}/metadata"));
        assert_eq!(application.audience, format!("https://app.nops.io/sso/v1/{tenant}/?acs"));
        let known = ["Subject", "User.Email", "User.FirstName", "User.LastName"];
        let names = application.mappings.iter().map(|row| row.attribute.as_str());
        let wrong: Vec<_> = names.filter(|name| !known.contains(name)).collect();
        assert_eq!(wrong, ["User.Firstname"]);

        let sso = world.nops.active_sso().unwrap();
        assert_eq!(
            (&sso.issuer_url, &sso.sso_endpoint),
            (&application.issuer(), &application.issuer())
        );
        let wiki = world.applications.iter().find(|one| one.name == OTHER_APPLICATION).unwrap();
        assert_eq!(sso.x509_certificate, wiki.identities[0].certificate_pem());
        assert!(!sso.enforce);
    }

    #[test]
    fn only_working_users_are_assigned() {
        let mut world = PracticeState::seeded(3);
        add_setup(&mut world, &Switches::default()).unwrap();
        let id = &world.applications.last().unwrap().id;
        let assigned: Vec<_> =
            world.users.iter().filter(|user| world.is_assigned(id, &user.id)).collect();
        assert_eq!(assigned.len(), MEMBERS.len());
        assert!(assigned.iter().all(|user| user.enabled && user.email.is_some()));
    }
}
