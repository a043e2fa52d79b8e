//! The initial practice state.

use jiff::Timestamp;

use super::{
    Application, Confirmation, Email, Group, Instance, Mapping, NopsOrganization, NopsUser,
    Organization, PASSWORD, Principal, PrincipalKind, Programs, Provider, User, World,
};

/// 2026-03-02T09:00:00Z, when the example company enabled IAM Identity Center.
const BEGINNING: i64 = 1_772_442_000;
const DAY: i64 = 86_400;

/// The example company's users: user name, first name, last name, email and standing.
const PEOPLE: [(&str, &str, &str, Option<&str>, Standing); 14] = [
    (
        "dana.whitfield@example.com",
        "Dana",
        "Whitfield",
        Some("dana.whitfield@example.com"),
        Standing::SignsIn,
    ),
    (
        "samuel.okafor@example.com",
        "Samuel",
        "Okafor",
        Some("samuel.okafor@example.com"),
        Standing::SignsIn,
    ),
    ("mei.tanaka@example.com", "Mei", "Tanaka", Some("mei.tanaka@example.com"), Standing::SignsIn),
    (
        "lukas.brandt@example.com",
        "Lukas",
        "Brandt",
        Some("lukas.brandt@example.com"),
        Standing::SignsIn,
    ),
    (
        "aisha.rahman@example.com",
        "Aisha",
        "Rahman",
        Some("aisha.rahman@example.com"),
        Standing::SignsIn,
    ),
    (
        "noor.haddad@example.com",
        "Noor",
        "Haddad",
        Some("noor.haddad@example.com"),
        Standing::SignsIn,
    ),
    ("jonas.lind@example.com", "Jonas", "Lind", Some("jonas.lind@example.com"), Standing::SignsIn),
    (
        "chloe.martin@example.com",
        "Chloé",
        "Martin",
        Some("chloe.martin@example.com"),
        Standing::SignsIn,
    ),
    (
        "ivan.petrov@example.com",
        "Ivan",
        "Petrov",
        Some("ivan.petrov@example.com"),
        Standing::NoPassword,
    ),
    (
        "grace.njoroge@example.com",
        "Grace",
        "Njoroge",
        Some("grace.njoroge@example.com"),
        Standing::SignsIn,
    ),
    (
        "sofia.costa@example.com",
        "Sofia",
        "Costa",
        Some("sofia.costa@example.com"),
        Standing::SignsIn,
    ),
    ("praman", "Priya", "Raman", None, Standing::SignsIn),
    ("tortega", "Tomás", "Ortega", Some("tomas.ortega@example.com"), Standing::Disabled),
    ("marcus@partner.example", "Marcus", "Bell", Some("marcus@partner.example"), Standing::SignsIn),
];

/// The groups, their descriptions, and their members' user names.
const GROUPS: [(&str, &str, &[&str]); 2] = [
    (
        "Platform",
        "Runs the accounts and the network",
        &[
            "dana.whitfield@example.com",
            "lukas.brandt@example.com",
            "jonas.lind@example.com",
            "tortega",
        ],
    ),
    (
        "FinOps",
        "Watches what the cloud costs",
        &[
            "samuel.okafor@example.com",
            "mei.tanaka@example.com",
            "chloe.martin@example.com",
            "praman",
        ],
    ),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    SignsIn,
    NoPassword,
    Disabled,
}

impl World {
    /// Returns the initial state for a seed. The people are always the same; their ids depend on the seed.
    pub fn seeded(seed: u64) -> Self {
        let mut world = empty(seed);
        add_people(&mut world);
        add_groups(&mut world);
        add_applications(&mut world);
        world
    }

    /// Adds `count` users, numbered from 0, with the number in their names.
    pub fn with_further_users(mut self, count: u32) -> Self {
        for number in 0..count {
            let address = format!("person{number}@example.com");
            let family_name = format!("Number {number}");
            let user = seeded_user(
                &mut self,
                (&address, "Person", &family_name, Some(&address)),
                Standing::NoPassword,
            );
            self.users.push(user);
        }
        self
    }
}

fn empty(seed: u64) -> World {
    let mut world = World {
        seed,
        draws: 0,
        organization: Organization {
            id: String::new(),
            management_account: "123456789012".to_owned(),
            management_email: "aws@example.com".to_owned(),
        },
        instance: Instance {
            id: String::new(),
            identity_store_id: String::new(),
            created_at: day(0),
            send_email_otp: false,
        },
        users: Vec::new(),
        groups: Vec::new(),
        memberships: Vec::new(),
        assignments: Vec::new(),
        account_assignments: Vec::new(),
        applications: Vec::new(),
        drafts: Vec::new(),
        nops: NopsOrganization {
            name: "Example Corp".to_owned(),
            tenant: String::new(),
            client_id: 4021,
            sso_offered: false,
            sso_enabled: false,
            sso: None,
            users: vec![
                nops_user("dana.whitfield@example.com", "Dana Whitfield"),
                nops_user("ops@example.net", "Operations"),
            ],
            requests: Vec::new(),
            legacy_api_key: "4021.practice-legacy-secret".to_owned(),
            public_api_key: "practice-public-key".to_owned(),
        },
        mails: Vec::new(),
        sessions: Vec::new(),
        programs: Programs::default(),
    };
    world.organization.id = format!("o-{}", world.draw_hex(10));
    world.instance.id = format!("ssoins-{}", world.draw_hex(16));
    world.instance.identity_store_id = format!("d-{}", world.draw_hex(10));
    world.nops.tenant = world.draw_uuid();
    world
}

fn nops_user(email: &str, name: &str) -> NopsUser {
    NopsUser {
        email: email.to_owned(),
        name: name.to_owned(),
        role: "client-admin".to_owned(),
        password: Some(PASSWORD.to_owned()),
        confirmation: Confirmation::NotAsked,
    }
}

fn add_people(world: &mut World) {
    for (user_name, given_name, family_name, email, standing) in PEOPLE {
        let names = (user_name, given_name, family_name, email);
        let user = seeded_user(world, names, standing);
        world.users.push(user);
    }
}

/// Returns a user. The tuple holds user name, first name, last name and email.
fn seeded_user(
    world: &mut World,
    (user_name, given_name, family_name, email): (&str, &str, &str, Option<&str>),
    standing: Standing,
) -> User {
    User {
        user_name: user_name.to_owned(),
        display_name: format!("{given_name} {family_name}"),
        given_name: given_name.to_owned(),
        family_name: family_name.to_owned(),
        email: email.map(Email::work),
        enabled: standing != Standing::Disabled,
        password: (standing != Standing::NoPassword).then(|| PASSWORD.to_owned()),
        ..world.new_user(day(1))
    }
}

fn add_groups(world: &mut World) {
    for (name, description, members) in GROUPS {
        let group = Group {
            display_name: name.to_owned(),
            description: Some(description.to_owned()),
            ..world.new_group(day(2))
        };
        for user_name in members {
            if let Some(user) = world.user_named(user_name).map(|user| user.id.clone()) {
                world.add_member(&group.id, &user, day(2));
            }
        }
        world.groups.push(group);
    }
}

/// Adds five applications unrelated to nOps.
fn add_applications(world: &mut World) {
    let wiki = saml_application(world, Provider::CustomSaml, "Team wiki", "wiki.example.com");
    let expenses =
        saml_application(world, Provider::CustomSaml, "Expenses", "expenses.example.com");
    let catalogued = Provider::Catalog("practice-chat".to_owned());
    let chat = saml_application(world, catalogued, "Practice Chat", "chat.example.com");
    let mut reports = world.new_application(Provider::CustomOauth, false, day(20));
    reports.name = "Cost reports".to_owned();
    let mut lab = world.new_application(Provider::CustomOauth, false, day(30));
    lab.name = "Data lab".to_owned();
    lab.enabled = false;

    for group in &world.groups {
        world.assignments.push(super::Assignment {
            application: wiki.id.clone(),
            principal: Principal { kind: PrincipalKind::Group, id: group.id.clone() },
        });
    }
    world.applications.extend([wiki, expenses, chat, reports, lab]);
}

fn saml_application(world: &mut World, provider: Provider, name: &str, host: &str) -> Application {
    let mut application = world.new_application(provider, false, day(10));
    application.name = name.to_owned();
    application.description = format!("{name} of the example company");
    application.acs_url = format!("https://{host}/saml/acs");
    application.audience = format!("https://{host}/saml");
    application.mappings = vec![Mapping::new("Subject", "${user:email}", "emailAddress")];
    application
}

/// Returns 09:00 UTC, `n` days after `BEGINNING`.
fn day(n: i64) -> Timestamp {
    Timestamp::constant(BEGINNING + n * DAY, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn state_depends_only_on_seed() {
        assert_eq!(World::seeded(5), World::seeded(5));
        assert_ne!(World::seeded(5).instance.id, World::seeded(6).instance.id);
    }

    #[test]
    fn groups_contain_all_their_named_members() {
        let world = World::seeded(0);
        let named: usize = GROUPS.iter().map(|(_, _, members)| members.len()).sum();
        assert_eq!(world.memberships.len(), named);
    }

    #[test]
    fn no_seeded_application_is_named_nops() {
        let world = World::seeded(0);
        assert_eq!(world.applications.len(), 5);
        for application in world.applications {
            assert!(!application.name.to_lowercase().contains("nops"), "{}", application.name);
        }
    }

    #[test]
    fn day_zero_is_the_documented_date() {
        assert_eq!(day(0).to_string(), "2026-03-02T09:00:00Z");
    }
}
