//! Plans the changes from the list of people and the listings from AWS. Performs no I/O.

use std::collections::{BTreeMap, BTreeSet};

use aws_lc_rs::digest::{SHA256, digest};

use people::{
    Group, GroupChoice, Membership, People, Person, PersonIssue, User, UserIndex as Index,
    UserMatch,
};

/// The rate limit for each kind of change, in calls per second (AWS, IAM Identity Center quotas).
const CALLS_A_SECOND: u32 = 20;

/// How the plan handles a person's user or membership.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlannedChange {
    Create,
    /// The user or membership already exists.
    Keep,
    Skip,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonPlan {
    pub user: PlannedChange,
    pub member: PlannedChange,
    /// The ID of the existing user.
    pub user_id: Option<String>,
    /// The person's issues, worst first.
    pub remarks: Vec<PersonIssue>,
}

/// All planned changes. A plan is immutable. To change it, create a new plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// A digest of the planned changes.
    pub id: String,
    pub(super) store: String,
    /// The ARN of the application that the group is assigned to.
    pub application: Option<String>,
    pub(super) group: TargetGroup,
    pub(super) steps: Vec<PlannedStep>,
    people: BTreeMap<String, PersonPlan>,
}

/// The group to use. If it has no ID, it has to be created.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TargetGroup {
    pub(super) id: Option<String>,
    pub(super) name: String,
}

/// One planned change. Some IDs become known only when earlier changes are made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum PlannedStep {
    CreateGroup,
    CreateUser(Person),
    AddMember {
        key: String,
        user_name: String,
        /// `None` if the user has to be created first.
        user: Option<String>,
    },
    AssignGroup,
    RemoveMember {
        user_name: String,
        /// The user's ID.
        user: String,
    },
}

impl PlannedStep {
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::CreateGroup => "create_group",
            Self::CreateUser(_) => "create_user",
            Self::AddMember { .. } => "add_member",
            Self::AssignGroup => "assign_group",
            Self::RemoveMember { .. } => "remove_member",
        }
    }

    pub(super) fn is_of_person(&self) -> bool {
        matches!(self, Self::CreateUser(_) | Self::AddMember { .. } | Self::RemoveMember { .. })
    }

    /// Returns the key of the person whose user has to be created before this step.
    pub(super) fn new_user(&self) -> Option<&str> {
        match self {
            Self::AddMember { key, user: None, .. } => Some(key),
            _ => None,
        }
    }
}

/// Plans the changes for all people on the list.
///
/// `members` are the members of the chosen group, if it exists. `assigned` is whether the group is
/// already assigned to `application`. Without an application, nothing is assigned. If another
/// system provisions the identity store, `can_create` is false, and the plan only assigns the
/// group.
#[expect(
    clippy::too_many_arguments,
    reason = "each comes from a separate listing; a struct would be built and destructured only once"
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
    let mut draft = PlanBuilder {
        group: find_target_group(&people.group, groups),
        can_create,
        members: members.iter().filter_map(|membership| membership.user_id.as_deref()).collect(),
        creations: Vec::new(),
        additions: Vec::new(),
        people: BTreeMap::new(),
    };
    let index = Index::new(users);
    let usual = people.usual_domain();
    for person in people.rows() {
        let (recognition, remarks) = index.match_person(person, usual.as_ref());
        draft.person(person, &recognition, remarks);
    }
    draft.finished(assigned, application, identity_store)
}

impl Plan {
    pub fn person(&self, key: &str) -> Option<&PersonPlan> {
        self.people.get(key)
    }

    /// Returns the plan for each person, by key.
    pub fn people(&self) -> &BTreeMap<String, PersonPlan> {
        &self.people
    }

    /// Returns the number of users that will be created.
    pub fn users_to_create(&self) -> u32 {
        self.count(|person| person.user == PlannedChange::Create)
    }

    /// Returns the number of users that already exist.
    pub fn users_to_keep(&self) -> u32 {
        self.count(|person| person.user == PlannedChange::Keep)
    }

    /// Returns the number of memberships that will be added.
    pub fn members_to_add(&self) -> u32 {
        self.count(|person| person.member == PlannedChange::Create)
    }

    /// Returns the number of memberships that will be removed.
    pub fn members_to_remove(&self) -> u32 {
        number(self.steps.iter().filter(|step| step.kind() == "remove_member").count())
    }

    /// Returns a plan that only removes these users from a group.
    pub fn removal<'a>(
        group: &Group,
        identity_store: &str,
        users: impl IntoIterator<Item = &'a User>,
    ) -> Self {
        let nothing = Self {
            id: String::new(),
            store: identity_store.to_owned(),
            application: None,
            group: TargetGroup { id: Some(group.id.clone()), name: group.name.clone() },
            steps: Vec::new(),
            people: BTreeMap::new(),
        };
        nothing.with_removals(users)
    }

    /// Returns the plan, and removes these users from the group after the other changes.
    pub fn with_removals<'a>(mut self, users: impl IntoIterator<Item = &'a User>) -> Self {
        self.steps.extend(users.into_iter().map(|user| PlannedStep::RemoveMember {
            user_name: user.user_name.clone(),
            user: user.id.clone(),
        }));
        self.identified()
    }

    /// Returns the plan with its ID.
    fn identified(mut self) -> Self {
        self.id.clear();
        // The `Debug` text contains every field and is the same in every run.
        let digest = digest(&SHA256, format!("{self:?}").as_bytes());
        self.id = hex::encode(&digest.as_ref()[..8]);
        self
    }

    /// Returns the number of people left out of the group.
    pub fn excluded_count(&self) -> u32 {
        self.count(|person| person.member == PlannedChange::Skip)
    }

    /// Returns whether the group exists in AWS.
    pub fn has_group(&self) -> bool {
        self.group.id.is_some()
    }

    pub fn creates_group(&self) -> bool {
        self.steps.contains(&PlannedStep::CreateGroup)
    }

    pub fn assigns_group(&self) -> bool {
        self.steps.contains(&PlannedStep::AssignGroup)
    }

    pub fn changes(&self) -> u32 {
        number(self.steps.len())
    }

    /// Returns whether everyone on the list can already sign in.
    pub fn is_no_op(&self) -> bool {
        self.changes() == 0 && self.gives_everyone_access()
    }

    /// Returns whether everyone on the list can sign in after the plan is applied: everyone is in
    /// the group, the group is assigned, and AWS doesn't reject anyone. If the list is empty, the
    /// group must already exist.
    pub fn gives_everyone_access(&self) -> bool {
        let has_group = self.group.id.is_some() || !self.people.is_empty();
        self.application.is_some() && has_group && !self.has_excluded_people()
    }

    /// Returns whether at least one person won't be in the group or can't sign in.
    pub fn has_excluded_people(&self) -> bool {
        self.people.values().any(|person| {
            person.member == PlannedChange::Skip
                || person.remarks.iter().any(PersonIssue::refuses_sign_in)
        })
    }

    /// Returns whether at least one person is in the group or will be added.
    pub fn has_members(&self) -> bool {
        let comes = |person: &PersonPlan| person.member != PlannedChange::Skip;
        self.people.values().any(comes)
    }

    /// Returns the number of AWS calls without retries: one call per change.
    pub fn calls(&self) -> u32 {
        self.changes()
    }

    /// Returns the expected duration in seconds. The kind with the most changes determines it, at
    /// 20 calls per second.
    pub fn seconds(&self) -> u32 {
        let kinds = self.steps.chunk_by(|one, next| one.kind() == next.kind());
        number(kinds.map(<[_]>::len).max().unwrap_or(0)).div_ceil(CALLS_A_SECOND)
    }

    fn count(&self, is: impl Fn(&PersonPlan) -> bool) -> u32 {
        number(self.people.values().filter(|person| is(person)).count())
    }
}

struct PlanBuilder<'a> {
    group: TargetGroup,
    can_create: bool,
    members: BTreeSet<&'a str>,
    creations: Vec<PlannedStep>,
    additions: Vec<PlannedStep>,
    people: BTreeMap<String, PersonPlan>,
}

impl<'a> PlanBuilder<'a> {
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
            // If two rows match the same user, the first row adds the membership, and the second
            // row keeps it.
            UserMatch::Known(user) if !self.members.insert(&user.id) => {
                (PlannedChange::Keep, PlannedChange::Keep)
            }
            UserMatch::Known(_) if self.can_create => (PlannedChange::Keep, PlannedChange::Create),
            UserMatch::Known(_) => {
                remarks.insert(0, PersonIssue::managed_group());
                (PlannedChange::Keep, PlannedChange::Skip)
            }
            UserMatch::New if self.can_create => (PlannedChange::Create, PlannedChange::Create),
            UserMatch::New => {
                remarks.retain(|remark| remark.code != "need_password");
                remarks.insert(0, PersonIssue::managed_user());
                (PlannedChange::Skip, PlannedChange::Skip)
            }
            UserMatch::LeftOut => (PlannedChange::Skip, PlannedChange::Skip),
        };
        if user == PlannedChange::Create {
            self.creations.push(PlannedStep::CreateUser(person.clone()));
        }
        if member == PlannedChange::Create {
            self.additions.push(PlannedStep::AddMember {
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

    /// Orders the steps by kind: group, users, memberships, assignment. A group without new members
    /// isn't created.
    fn finished(self, assigned: bool, application: Option<&str>, store: &str) -> Plan {
        let mut steps = Vec::new();
        if self.group.id.is_none() && !self.additions.is_empty() {
            steps.push(PlannedStep::CreateGroup);
        }
        let has_group = self.group.id.is_some() || !steps.is_empty();
        let is_assigned = assigned && self.group.id.is_some();
        steps.extend(self.creations);
        steps.extend(self.additions);
        if application.is_some() && has_group && !is_assigned {
            steps.push(PlannedStep::AssignGroup);
        }
        let plan = Plan {
            id: String::new(),
            store: store.to_owned(),
            application: application.map(str::to_owned),
            group: self.group,
            steps,
            people: self.people,
        };
        plan.identified()
    }
}

/// Finds the chosen group in the listing, by ID or else by name.
fn find_target_group(choice: &GroupChoice, groups: &[Group]) -> TargetGroup {
    let by_id = match choice {
        GroupChoice::Existing { id, .. } => groups.iter().find(|group| group.id == *id),
        GroupChoice::New { .. } => None,
    };
    let found = by_id.or_else(|| groups.iter().find(|group| group.name == choice.name()));
    TargetGroup {
        id: found.map(|group| group.id.clone()),
        name: found.map_or(choice.name(), |group| &group.name).to_owned(),
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
