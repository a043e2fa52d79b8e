//! What shall change, worked out from the list of people and what AWS listed. Pure.

use std::collections::{BTreeMap, BTreeSet};

use aws_lc_rs::digest::{SHA256, digest};

use people::{
    Group, GroupChoice, Membership, People, Person, PersonIssue, User, UserIndex as Index,
    UserMatch,
};

/// IAM Identity Center takes 20 calls a second (AWS, IAM Identity Center quotas).
const CALLS_A_SECOND: u32 = 20;

/// What happens to a person's user or membership.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlannedChange {
    /// It is created or added.
    Create,
    /// It exists and stays.
    Keep,
    /// It is left out.
    Skip,
}

/// What happens to a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonPlan {
    /// To the user.
    pub user: PlannedChange,
    /// To the membership.
    pub member: PlannedChange,
    /// The user's id, where one exists.
    pub user_id: Option<String>,
    /// What was found about the person, worst first.
    pub remarks: Vec<PersonIssue>,
}

/// What shall change. Applied as it stands, or planned anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Names the plan: a digest of everything it does.
    pub id: String,
    pub(super) store: String,
    /// The ARN of the application that the group is assigned to.
    pub application: Option<String>,
    pub(super) group: Target,
    pub(super) steps: Vec<Step>,
    people: BTreeMap<String, PersonPlan>,
}

/// The group; without an id it is created first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) id: Option<String>,
    pub(super) name: String,
}

/// One change, whose ids may become known only while the plan is applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    CreateGroup,
    CreateUser(Person),
    AddMember { key: String, user_name: String, user: Option<String> },
    AssignGroup,
}

/// Plans the changes for everyone on the list.
///
/// `members` are those of the chosen group, where it exists, and `assigned` says whether it is assigned to
/// `application` already. Without an application nothing is assigned. Where people can't be created, because
/// another system provisions the identity store, nothing in it is changed: the group is assigned, no more.
#[expect(
    clippy::too_many_arguments,
    reason = "each is a different thing that was listed; a struct of them would be made once and taken apart once"
)]
pub fn plan(
    people: &People,
    users: &[User],
    groups: &[Group],
    members: &[Membership],
    assigned: bool,
    application: Option<&str>,
    identity_store: &str,
    can_create: bool,
) -> Plan {
    let mut draft = Draft {
        group: target(&people.group, groups),
        can_create,
        members: members.iter().filter_map(|membership| membership.user_id.as_deref()).collect(),
        creations: Vec::new(),
        additions: Vec::new(),
        people: BTreeMap::new(),
    };
    let index = Index::of(users);
    let usual = people.usual_domain();
    for person in people.rows() {
        let (recognition, remarks) = index.match_person(person, usual.as_ref());
        draft.person(person, &recognition, remarks);
    }
    draft.finished(assigned, application, identity_store)
}

impl Plan {
    /// What happens to the person with this key.
    pub fn person(&self, key: &str) -> Option<&PersonPlan> {
        self.people.get(key)
    }

    /// What happens to each person, by key.
    pub fn people(&self) -> &BTreeMap<String, PersonPlan> {
        &self.people
    }

    /// Users to create.
    pub fn create_users(&self) -> u32 {
        self.count(|person| person.user == PlannedChange::Create)
    }

    /// Users that exist.
    pub fn keep_users(&self) -> u32 {
        self.count(|person| person.user == PlannedChange::Keep)
    }

    /// Memberships to add.
    pub fn add_members(&self) -> u32 {
        self.count(|person| person.member == PlannedChange::Create)
    }

    /// People left out.
    pub fn left_out(&self) -> u32 {
        self.count(|person| person.user == PlannedChange::Skip)
    }

    /// The group is created.
    pub fn create_group(&self) -> bool {
        self.steps.contains(&Step::CreateGroup)
    }

    /// The group is assigned to the application.
    pub fn assign_group(&self) -> bool {
        self.steps.contains(&Step::AssignGroup)
    }

    /// Changes in all.
    pub fn changes(&self) -> u32 {
        number(self.steps.len())
    }

    /// Everyone on the list can sign in already.
    pub fn is_no_op(&self) -> bool {
        self.changes() == 0 && self.brings_everyone()
    }

    /// Everyone on the list can sign in once the plan is applied: they're in the group, the group is assigned, and
    /// AWS wouldn't refuse them. An empty list needs a group that exists.
    pub fn brings_everyone(&self) -> bool {
        let has_group = self.group.id.is_some() || !self.people.is_empty();
        self.application.is_some() && has_group && !self.excludes_anyone()
    }

    /// At least one person on the list won't be in the group, or AWS would refuse their sign-in.
    pub fn excludes_anyone(&self) -> bool {
        self.people.values().any(|person| {
            person.member == PlannedChange::Skip
                || person.remarks.iter().any(PersonIssue::refuses_sign_in)
        })
    }

    /// Somebody on the list is in the group, or comes into it.
    pub fn adds_anyone(&self) -> bool {
        let comes = |person: &PersonPlan| person.member != PlannedChange::Skip;
        self.people.values().any(comes)
    }

    /// Calls to AWS when all goes well: one a change.
    pub fn calls(&self) -> u32 {
        self.changes()
    }

    /// Expected seconds at 20 calls a second.
    pub fn seconds(&self) -> u32 {
        self.calls().div_ceil(CALLS_A_SECOND)
    }

    fn count(&self, is: impl Fn(&PersonPlan) -> bool) -> u32 {
        number(self.people.values().filter(|person| is(person)).count())
    }
}

/// A plan that is being made.
struct Draft<'a> {
    group: Target,
    can_create: bool,
    members: BTreeSet<&'a str>,
    creations: Vec<Step>,
    additions: Vec<Step>,
    people: BTreeMap<String, PersonPlan>,
}

impl<'a> Draft<'a> {
    fn person(
        &mut self,
        person: &Person,
        recognition: &UserMatch<'a>,
        mut remarks: Vec<PersonIssue>,
    ) {
        let user_id = match recognition {
            UserMatch::Known(user) => Some(user.id.clone()),
            UserMatch::New | UserMatch::LeftOut => None,
        };
        let (user, member) = match recognition {
            // Two rows may turn out to be one user: the second finds the first one's membership.
            UserMatch::Known(user) if !self.members.insert(&user.id) => {
                (PlannedChange::Keep, PlannedChange::Keep)
            }
            UserMatch::Known(_) if self.can_create => (PlannedChange::Keep, PlannedChange::Create),
            UserMatch::Known(_) => {
                remarks.insert(0, PersonIssue::member_elsewhere());
                (PlannedChange::Keep, PlannedChange::Skip)
            }
            UserMatch::New if self.can_create => (PlannedChange::Create, PlannedChange::Create),
            UserMatch::New => {
                remarks.retain(|remark| remark.code != "need_password");
                remarks.insert(0, PersonIssue::created_elsewhere());
                (PlannedChange::Skip, PlannedChange::Skip)
            }
            UserMatch::LeftOut => (PlannedChange::Skip, PlannedChange::Skip),
        };
        if user == PlannedChange::Create {
            self.creations.push(Step::CreateUser(person.clone()));
        }
        if member == PlannedChange::Create {
            self.additions.push(Step::AddMember {
                key: person.key.clone(),
                user_name: match recognition {
                    UserMatch::Known(user) => user.user_name.clone(),
                    UserMatch::New | UserMatch::LeftOut => person.user_name.clone(),
                },
                user: user_id.clone(),
            });
        }
        let plan = PersonPlan { user, member, user_id, remarks };
        self.people.insert(person.key.clone(), plan);
    }

    /// The group first, then users, memberships and the assignment. An empty group is not created.
    fn finished(self, assigned: bool, application: Option<&str>, store: &str) -> Plan {
        let mut steps = Vec::new();
        if self.group.id.is_none() && !self.additions.is_empty() {
            steps.push(Step::CreateGroup);
        }
        let has_group = self.group.id.is_some() || !steps.is_empty();
        let is_assigned = assigned && self.group.id.is_some();
        steps.extend(self.creations);
        steps.extend(self.additions);
        if application.is_some() && has_group && !is_assigned {
            steps.push(Step::AssignGroup);
        }
        let mut plan = Plan {
            id: String::new(),
            store: store.to_owned(),
            application: application.map(str::to_owned),
            group: self.group,
            steps,
            people: self.people,
        };
        // The derived text names every field, and nothing that changes from run to run.
        let digest = digest(&SHA256, format!("{plan:?}").as_bytes());
        plan.id = hex::encode(&digest.as_ref()[..8]);
        plan
    }
}

/// The group among those listed: by its id, else by its name.
fn target(choice: &GroupChoice, groups: &[Group]) -> Target {
    let by_id = match choice {
        GroupChoice::Existing { id, .. } => groups.iter().find(|group| group.id == *id),
        GroupChoice::New { .. } => None,
    };
    let found = by_id.or_else(|| groups.iter().find(|group| group.name == choice.name()));
    Target {
        id: found.map(|group| group.id.clone()),
        name: found.map_or(choice.name(), |group| &group.name).to_owned(),
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
