//! Changes that other people make in AWS while the app runs.

use super::super::memory::AwsState;
use super::*;

/// All people who exist or can be created: user name, first name, last name.
pub const NAMES: [(&str, &str, &str); 4] = [
    ("ana@example.com", "Ana", "Lima"),
    ("ben@example.com", "Ben", "Roy"),
    ("cai@example.com", "Cai", "Wu"),
    ("known@example.com", "Known", "Doe"),
];
pub const GROUP: &str = "nOps users";
const OTHER_GROUP: &str = "Others";

/// A change that another administrator makes. Each number is an index into [`NAMES`].
#[derive(Clone, Debug)]
pub enum ForeignChange {
    AddUser(usize),
    RemoveUser(usize),
    AddGroup,
    RemoveGroup,
    RenameGroup,
    /// Adds a user to [`GROUP`].
    AddMember(usize),
    /// Adds a user to a group other than [`GROUP`].
    AddElsewhere(usize),
    AssignGroup,
    UnassignGroup,
    AssignUser(usize),
    GiveAccounts(usize),
}

pub fn strategy() -> impl Strategy<Value = ForeignChange> {
    let who = 0..NAMES.len();
    prop_oneof![
        3 => who.clone().prop_map(ForeignChange::AddUser),
        1 => who.clone().prop_map(ForeignChange::RemoveUser),
        2 => Just(ForeignChange::AddGroup),
        1 => Just(ForeignChange::RemoveGroup),
        1 => Just(ForeignChange::RenameGroup),
        3 => who.clone().prop_map(ForeignChange::AddMember),
        1 => who.clone().prop_map(ForeignChange::AddElsewhere),
        2 => Just(ForeignChange::AssignGroup),
        1 => Just(ForeignChange::UnassignGroup),
        2 => who.clone().prop_map(ForeignChange::AssignUser),
        1 => who.prop_map(ForeignChange::GiveAccounts),
    ]
}

impl ForeignChange {
    /// Makes the change, if it is possible in the current state.
    pub fn apply(&self, world: &mut AwsState) {
        let user = |world: &AwsState, who: usize| {
            let name = NAMES[who].0;
            world.has_user_named(name).then(|| world.find_user_id(name))
        };
        match *self {
            Self::AddUser(who) => {
                let (name, given, family) = NAMES[who];
                if user(world, who).is_none() {
                    world.add_user(name, given, family);
                }
            }
            Self::RemoveUser(who) => {
                if user(world, who).is_some() {
                    world.remove_user(NAMES[who].0);
                }
            }
            Self::AddGroup => drop(group(world, GROUP)),
            Self::RemoveGroup => world.remove_group(GROUP),
            Self::RenameGroup => {
                if world.find_group_id("Renamed").is_none() {
                    world.rename_group(GROUP, "Renamed");
                }
            }
            Self::AddMember(who) | Self::AddElsewhere(who) => {
                let Some(user) = user(world, who) else { return };
                let group = match self {
                    Self::AddMember(_) => world.find_group_id(GROUP),
                    _ => Some(group(world, OTHER_GROUP)),
                };
                let Some(group) = group else { return };
                world.join(&group, &user);
            }
            Self::AssignGroup => {
                if let Some(group) = world.find_group_id(GROUP) {
                    world.assign(&group);
                }
            }
            Self::UnassignGroup => {
                if let Some(group) = world.find_group_id(GROUP) {
                    world.unassign(&Principal::Group(group));
                }
            }
            Self::AssignUser(who) => {
                if let Some(user) = user(world, who) {
                    world.assign_user(&user);
                }
            }
            Self::GiveAccounts(who) => {
                if let Some(user) = user(world, who) {
                    world.assign_aws_account(Principal::User(user));
                }
            }
        }
    }
}

fn group(world: &mut AwsState, name: &str) -> String {
    world.find_group_id(name).unwrap_or_else(|| world.add_group(name, "made by hand"))
}
