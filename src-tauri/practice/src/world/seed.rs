//! The initial state of practice mode.

use jiff::Timestamp;

use super::{
    Application, Assignment, Confirmation, Email, Group, Mapping, NopsOrganization, NopsUser,
    Organization, PASSWORD, Partition, PracticeState, Principal, PrincipalKind, Provider, User,
};
use crate::Switches;

/// 2026-03-02T09:00:00Z, the time when the example company enabled IAM Identity Center.
const BEGINNING: i64 = 1_772_442_000;
const DAY: i64 = 86_400;

/// The example company's users: user name, first name and last name.
const PEOPLE: [(&str, &str, &str); 14] = [
    ("dana.whitfield@example.com", "Dana", "Whitfield"),
    ("samuel.okafor@example.com", "Samuel", "Okafor"),
    ("mei.tanaka@example.com", "Mei", "Tanaka"),
    ("lukas.brandt@example.com", "Lukas", "Brandt"),
    ("aisha.rahman@example.com", "Aisha", "Rahman"),
    ("noor.haddad@example.com", "Noor", "Haddad"),
    ("jonas.lind@example.com", "Jonas", "Lind"),
    ("chloe.martin@example.com", "Chloé", "Martin"),
    ("ivan.petrov@example.com", "Ivan", "Petrov"),
    ("grace.njoroge@example.com", "Grace", "Njoroge"),
    ("sofia.costa@example.com", "Sofia", "Costa"),
    ("praman", "Priya", "Raman"),
    ("tortega", "Tomás", "Ortega"),
    ("marcus@partner.example", "Marcus", "Bell"),
];

/// The groups, with their descriptions and the user names of their members.
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

impl PracticeState {
    /// Returns the initial state for a seed. The people are always the same, but their IDs depend
    /// on the seed.
    pub fn seeded(seed: u64) -> Self {
        let mut world = empty_state(seed);
        add_people(&mut world);
        add_groups(&mut world);
        add_applications(&mut world);
        world
    }

    /// Moves the organization to the partition that the switches specify.
    pub fn with_partition(mut self, switches: &Switches) -> Self {
        self.instance.partition = Partition::from_switches(switches);
        self.instance.has_other_portal = switches.other_portal_address;
        let region = self.region();
        for application in &mut self.applications {
            region.clone_into(&mut application.region);
        }
        self
    }

    /// Sets the instance ID to the format that the switches specify.
    pub fn with_instance_id(mut self, switches: &Switches) -> Self {
        if switches.alphanumeric_ids {
            self.instance.id = format!("ssoins-{}", self.draw_resource_id(switches));
        }
        self
    }

    /// Adds `count` users, numbered starting at 0. The number is part of each user's name.
    pub fn with_further_users(mut self, count: u32) -> Self {
        for number in 0..count {
            let user_name = format!("person{number}@example.com");
            let family_name = format!("Number {number}");
            let user = seeded_user(&mut self, &user_name, "Person", &family_name);
            self.users.push(User { password: None, ..user });
        }
        self
    }
}

fn empty_state(seed: u64) -> PracticeState {
    let mut world = PracticeState {
        seed,
        organization: Organization {
            management_account: "123456789012".to_owned(),
            management_email: "aws@example.com".to_owned(),
            ..Organization::default()
        },
        nops: NopsOrganization {
            name: "Example Corp".to_owned(),
            client_id: 4021,
            users: vec![
                nops_user("dana.whitfield@example.com", "Dana Whitfield"),
                nops_user("ops@example.net", "Operations"),
            ],
            legacy_api_key: "4021.practice-legacy-secret".to_owned(),
            public_api_key: "practice-public-key".to_owned(),
            ..NopsOrganization::default()
        },
        ..PracticeState::default()
    };
    world.organization.id = format!("o-{}", world.draw_hex(10));
    world.instance.id = format!("ssoins-{}", world.draw_hex(16));
    world.instance.identity_store_id = format!("d-{}", world.draw_hex(10));
    world.instance.created_at = day_after_start(0);
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

fn add_people(world: &mut PracticeState) {
    for (user_name, given_name, family_name) in PEOPLE {
        let mut user = seeded_user(world, user_name, given_name, family_name);
        match user_name {
            "ivan.petrov@example.com" => user.password = None,
            "praman" => user.email = None,
            "tortega" => {
                user.email = Some(Email::work_address("tomas.ortega@example.com"));
                user.enabled = false;
            }
            _ => {}
        }
        world.users.push(user);
    }
}

/// Returns a user who signs in with a password. The user name is an email address.
fn seeded_user(
    world: &mut PracticeState,
    user_name: &str,
    given_name: &str,
    family_name: &str,
) -> User {
    User {
        user_name: user_name.to_owned(),
        display_name: format!("{given_name} {family_name}"),
        given_name: given_name.to_owned(),
        family_name: family_name.to_owned(),
        email: Some(Email::work_address(user_name)),
        password: Some(PASSWORD.to_owned()),
        ..world.new_user(day_after_start(1))
    }
}

fn add_groups(world: &mut PracticeState) {
    for (name, description, members) in GROUPS {
        let group = Group {
            display_name: name.to_owned(),
            description: Some(description.to_owned()),
            ..world.new_group(day_after_start(2))
        };
        for user_name in members {
            if let Some(user) = world.find_user(user_name).map(|user| user.id.clone()) {
                world.add_member(&group.id, &user, day_after_start(2));
            }
        }
        world.groups.push(group);
    }
}

/// Adds five applications that aren't related to nOps.
fn add_applications(world: &mut PracticeState) {
    let wiki = saml_application(world, Provider::CustomSaml, "Team wiki", "wiki.example.com");
    let expenses =
        saml_application(world, Provider::CustomSaml, "Expenses", "expenses.example.com");
    let catalog = Provider::Catalog("practice-chat".to_owned());
    let chat = saml_application(world, catalog, "Practice Chat", "chat.example.com");
    let reports = Application {
        name: "Cost reports".to_owned(),
        ..world.new_application(Provider::CustomOauth, &Switches::default(), day_after_start(20))
    };
    let lab = Application {
        name: "Data lab".to_owned(),
        enabled: false,
        ..world.new_application(Provider::CustomOauth, &Switches::default(), day_after_start(30))
    };
    for group in &world.groups {
        world.assignments.push(Assignment {
            application: wiki.id.clone(),
            principal: Principal { kind: PrincipalKind::Group, id: group.id.clone() },
        });
    }
    world.applications.extend([wiki, expenses, chat, reports, lab]);
}

fn saml_application(
    world: &mut PracticeState,
    provider: Provider,
    name: &str,
    host: &str,
) -> Application {
    Application {
        name: name.to_owned(),
        description: format!("{name} of the example company"),
        acs_url: format!("https://{host}/saml/acs"),
        audience: format!("https://{host}/saml"),
        mappings: vec![Mapping::new("Subject", "${user:email}", "emailAddress")],
        ..world.new_application(provider, &Switches::default(), day_after_start(10))
    }
}

/// Returns 09:00 UTC, `n` days after `BEGINNING`.
fn day_after_start(n: i64) -> Timestamp {
    Timestamp::constant(BEGINNING + n * DAY, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn state_depends_only_on_seed() {
        assert_eq!(PracticeState::seeded(5), PracticeState::seeded(5));
        assert_ne!(PracticeState::seeded(5).instance.id, PracticeState::seeded(6).instance.id);
    }

    #[test]
    fn groups_contain_all_their_named_members() {
        let world = PracticeState::seeded(0);
        let named: usize = GROUPS.iter().map(|(_, _, members)| members.len()).sum();
        assert_eq!(world.memberships.len(), named);
    }

    #[test]
    fn no_seeded_application_is_named_nops() {
        let world = PracticeState::seeded(0);
        assert_eq!(world.applications.len(), 5);
        for application in world.applications {
            assert!(!application.name.to_lowercase().contains("nops"), "{}", application.name);
        }
    }

    #[test]
    fn seed_starts_at_the_documented_date() {
        assert_eq!(day_after_start(0).to_string(), "2026-03-02T09:00:00Z");
    }
}
