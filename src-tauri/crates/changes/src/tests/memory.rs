//! An in-memory identity store with an application. It rejects the same requests as AWS.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::PathBuf,
    sync::{Mutex, MutexGuard},
    time::Duration,
};

use tokio::task::yield_now;

use crate::Directory;
use identity_center::{Assignment, AwsError, Principal};
use people::{Group, Membership, Person, User, UserState};

pub const STORE: &str = "d-1234567890";
pub const INSTANCE: &str = "arn:aws:sso:::instance/ssoins-0123456789abcdef";
pub const APPLICATION: &str =
    "arn:aws:sso::123456789012:application/ssoins-0123456789abcdef/apl-0123456789abcdef";

/// The state of AWS. Comparisons ignore `next` and account access.
#[derive(Clone, Debug)]
pub struct AwsState {
    users: BTreeMap<String, User>,
    groups: BTreeMap<String, Group>,
    /// The group ID and user ID of each membership ID.
    memberships: BTreeMap<String, (String, String)>,
    assigned: BTreeSet<Principal>,
    /// The principals with access to AWS accounts. `None` means that AWS denies the request to list
    /// them.
    accounts: Option<BTreeSet<Principal>>,
    next: u32,
}

impl PartialEq for AwsState {
    fn eq(&self, other: &Self) -> bool {
        self.users == other.users
            && self.groups == other.groups
            && self.memberships == other.memberships
            && self.assigned == other.assigned
    }
}

impl Default for AwsState {
    fn default() -> Self {
        let mut world = Self {
            users: BTreeMap::new(),
            groups: BTreeMap::new(),
            memberships: BTreeMap::new(),
            assigned: BTreeSet::new(),
            accounts: Some(BTreeSet::new()),
            next: 0,
        };
        world.add_user("known@example.com", "Known", "Doe");
        world
    }
}

impl AwsState {
    pub fn add_user(&mut self, user_name: &str, given_name: &str, family_name: &str) -> String {
        let id = self.id("u");
        let user = User {
            id: id.clone(),
            user_name: user_name.to_owned(),
            display_name: format!("{given_name} {family_name}"),
            given_name: given_name.to_owned(),
            family_name: family_name.to_owned(),
            email: Some(user_name.to_owned()),
            state: UserState::Enabled,
            provisioned_by: None,
        };
        self.users.insert(id.clone(), user);
        id
    }

    pub fn add_group(&mut self, name: &str, description: &str) -> String {
        let id = self.id("g");
        let group =
            Group { id: id.clone(), name: name.to_owned(), description: description.to_owned() };
        self.groups.insert(id.clone(), group);
        id
    }

    pub fn add_membership(&mut self, group: &str, user: &str) -> String {
        let id = self.id("m");
        let pair = (group.to_owned(), user.to_owned());
        self.memberships.insert(id.clone(), pair);
        id
    }

    pub fn remove_memberships_of(&mut self, user_name: &str) {
        let id = self.find_user_id(user_name);
        self.memberships.retain(|_, (_, user)| *user != id);
    }

    pub fn remove_user(&mut self, user_name: &str) {
        let id = self.find_user_id(user_name);
        self.users.remove(&id);
        self.memberships.retain(|_, (_, user)| *user != id);
    }

    pub fn remove_group(&mut self, name: &str) {
        self.groups.retain(|_, group| group.name != name);
        self.memberships.retain(|_, (group, _)| self.groups.contains_key(group));
    }

    pub fn rename_group(&mut self, name: &str, to: &str) {
        for group in self.groups.values_mut().filter(|group| group.name == name) {
            group.name = to.to_owned();
        }
    }

    pub fn assign(&mut self, group: &str) {
        self.assigned.insert(Principal::Group(group.to_owned()));
    }

    pub fn assign_user(&mut self, user: &str) {
        self.assigned.insert(Principal::User(user.to_owned()));
    }

    pub fn assign_aws_account(&mut self, who: Principal) {
        self.accounts.get_or_insert_default().insert(who);
    }

    pub fn deny_account_access_lookup(&mut self) {
        self.accounts = None;
    }

    /// Lets AWS show account access again. No principal has any at first.
    pub fn show_accounts(&mut self) {
        self.accounts = Some(BTreeSet::new());
    }

    pub fn listed_users(&self) -> Vec<User> {
        self.users.values().cloned().collect()
    }

    pub fn listed_groups(&self) -> Vec<Group> {
        self.groups.values().cloned().collect()
    }

    pub fn find_user_id(&self, user_name: &str) -> String {
        let named = self.users.values().find(|user| user.user_name == user_name);
        named.unwrap().id.clone()
    }

    pub fn find_group_id(&self, name: &str) -> Option<String> {
        let named = self.groups.values().find(|group| group.name == name);
        named.map(|group| group.id.clone())
    }

    pub fn is_assigned(&self, group: &str) -> bool {
        self.find_group_id(group).is_some_and(|id| self.assigned.contains(&Principal::Group(id)))
    }

    pub fn members_of(&self, group: &str) -> Vec<Membership> {
        let of_group = self.memberships.values().filter(|(of, _)| of == group);
        of_group.map(|(_, user)| Membership { user_id: Some(user.clone()) }).collect()
    }

    /// Returns the sorted user names of a group's members, with duplicates if a user has several
    /// memberships.
    pub fn names_in(&self, group: &str) -> Vec<String> {
        let id = self.find_group_id(group).unwrap();
        let members = self.members_of(&id).into_iter();
        let mut names: Vec<String> = members
            .map(|member| self.users[member.user_id.as_deref().unwrap()].user_name.clone())
            .collect();
        names.sort();
        names
    }

    /// Returns each resource as a separate item.
    pub fn resources(&self) -> BTreeSet<Resource> {
        let users = self.users.values();
        let users =
            users.map(|user| Resource::User { id: user.id.clone(), name: user.user_name.clone() });
        let groups = self.groups.values();
        let groups =
            groups.map(|group| Resource::Group { id: group.id.clone(), name: group.name.clone() });
        let memberships = self.memberships.iter().map(|(id, (group, user))| Resource::Membership {
            id: id.clone(),
            group: group.clone(),
            user: user.clone(),
        });
        let assigned = self.assigned.iter().cloned().map(Resource::Assignment);
        users.chain(groups).chain(memberships).chain(assigned).collect()
    }

    pub fn has_user_named(&self, user_name: &str) -> bool {
        self.users.values().any(|user| user.user_name == user_name)
    }

    /// Adds the user to the group if both exist and the user isn't a member.
    pub fn join(&mut self, group: &str, user: &str) {
        let is_in = |member: &Membership| member.user_id.as_deref() == Some(user);
        let are_there = self.groups.contains_key(group) && self.users.contains_key(user);
        if are_there && !self.members_of(group).iter().any(is_in) {
            self.add_membership(group, user);
        }
    }

    pub fn unassign(&mut self, principal: &Principal) {
        self.assigned.remove(principal);
    }

    /// Describes all users and groups by name, without IDs.
    pub fn resource_names(&self) -> Vec<String> {
        let users = self.users.values().map(|user| user.user_name.clone());
        let groups = self.groups.values().map(|group| {
            let assigned = self.is_assigned(&group.name);
            format!("{} {:?} {assigned}", group.name, self.names_in(&group.name))
        });
        let mut shape: Vec<String> = users.chain(groups).collect();
        shape.sort();
        shape
    }

    fn id(&mut self, kind: &str) -> String {
        self.next += 1;
        format!("{kind}-{}", self.next)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Resource {
    User { id: String, name: String },
    Group { id: String, name: String },
    Membership { id: String, group: String, user: String },
    Assignment(Principal),
}

impl Resource {
    pub fn id(&self) -> &str {
        match self {
            Self::User { id, .. } | Self::Group { id, .. } | Self::Membership { id, .. } => id,
            Self::Assignment(principal) => principal.id(),
        }
    }
}

/// A fault that happens during a write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WriteFault {
    /// The request is lost, and no response arrives.
    LostRequest,
    /// The write is made, but the response is lost.
    LostAnswer,
    Refused(AwsError),
}

#[derive(Default)]
pub struct InMemoryDirectory {
    inner: Mutex<DirectoryState>,
}

#[derive(Default)]
struct DirectoryState {
    world: AwsState,
    writes: u32,
    travels: u32,
    trouble: Option<(u32, WriteFault)>,
    /// A file whose length is recorded at each write, with the state after that write.
    beside: Option<PathBuf>,
    moments: Vec<(u64, AwsState)>,
    /// The error that AWS returns instead of assignments.
    unseen: Option<AwsError>,
    passed: Duration,
    late: Option<(Duration, AwsState)>,
}

impl InMemoryDirectory {
    pub fn from_state(world: AwsState) -> Self {
        let memory = Self::default();
        memory.lock().world = world;
        memory
    }

    pub fn current_state(&self) -> AwsState {
        self.lock().world.clone()
    }

    /// Returns the number of writes, including failed ones.
    pub fn write_count(&self) -> u32 {
        self.lock().writes
    }

    /// Returns the state before the first write and after each write, with the length of the file
    /// in `beside` at that time.
    pub fn states_after_writes(&self) -> Vec<(u64, AwsState)> {
        self.lock().moments.clone()
    }

    /// Creates a directory that records the length of this file at each write.
    pub fn recording_length_of(path: PathBuf) -> Self {
        let memory = Self::default();
        memory.lock().beside = Some(path);
        memory
    }

    /// Simulates a network where responses take different amounts of time, so that the responses
    /// can arrive out of order.
    async fn simulate_latency(&self) {
        let hops = {
            let mut inner = self.lock();
            inner.travels += 1;
            inner.travels * 7 % 5
        };
        for _ in 0..hops {
            yield_now().await;
        }
    }

    /// Makes the nth write from now fail with this fault.
    pub fn fail_nth_write(&self, nth: u32, trouble: WriteFault) {
        let mut inner = self.lock();
        inner.trouble = Some((inner.writes + nth, trouble));
    }

    /// Returns whether the fault has happened.
    pub fn has_failed(&self) -> bool {
        let inner = self.lock();
        inner.trouble.as_ref().is_some_and(|(number, _)| *number <= inner.writes)
    }

    /// Removes a fault that hasn't happened yet.
    pub fn clear_fault(&self) {
        self.lock().trouble = None;
    }

    /// Changes the state as another administrator would, and returns the new state.
    pub fn change(&self, change: impl FnOnce(&mut AwsState)) -> AwsState {
        change(&mut self.lock().world);
        self.current_state()
    }

    /// Sets or removes the error that AWS returns instead of assignments.
    pub fn hide_assignments(&self, unseen: Option<AwsError>) {
        self.lock().unseen = unseen;
    }

    /// Returns the time that the code under test has waited.
    pub fn waited_time(&self) -> Duration {
        self.lock().passed
    }

    /// Shows the state `done` only after this much time has passed.
    pub fn delay_visibility(&self, after: Duration, done: AwsState) {
        self.lock().late = Some((after, done));
    }

    async fn write<T>(
        &self,
        change: impl FnOnce(&mut AwsState) -> Result<T, AwsError>,
    ) -> Result<T, AwsError> {
        self.simulate_latency().await;
        let done = self.write_at_once(change);
        self.simulate_latency().await;
        done
    }

    fn write_at_once<T>(
        &self,
        change: impl FnOnce(&mut AwsState) -> Result<T, AwsError>,
    ) -> Result<T, AwsError> {
        let mut inner = self.lock();
        if inner.moments.is_empty() {
            let first = inner.world.clone();
            inner.moments.push((0, first));
        }
        inner.writes += 1;
        let lost =
            Err(AwsError::Timeout { host: "identitystore.us-east-1.amazonaws.com".to_owned() });
        let trouble = match &inner.trouble {
            Some((number, trouble)) if *number == inner.writes => Some(trouble.clone()),
            _ => None,
        };
        let done = match &trouble {
            Some(WriteFault::Refused(error)) => Err(error.clone()),
            Some(WriteFault::LostRequest) => return lost,
            Some(WriteFault::LostAnswer) | None => change(&mut inner.world),
        };
        let length = match &inner.beside {
            Some(file) => fs::metadata(file).unwrap().len(),
            None => 0,
        };
        let after = inner.world.clone();
        inner.moments.push((length, after));
        match trouble {
            Some(WriteFault::LostAnswer) => lost,
            _ => done,
        }
    }

    fn lock(&self) -> MutexGuard<'_, DirectoryState> {
        self.inner.lock().unwrap()
    }
}

fn require_removed<T>(removed: Option<T>) -> Result<(), AwsError> {
    removed.map(drop).ok_or(AwsError::NotFound)
}

impl Directory for InMemoryDirectory {
    async fn create_user(&self, store: &str, person: &Person) -> Result<String, AwsError> {
        assert_eq!(store, STORE);
        self.write(|world| {
            let is_same = |user: &User| {
                user.user_name == person.user_name || user.email.as_ref() == Some(&person.email)
            };
            match world.users.values().any(is_same) {
                true => Err(AwsError::Conflict),
                false => {
                    Ok(world.add_user(&person.user_name, &person.given_name, &person.family_name))
                }
            }
        })
        .await
    }

    async fn delete_user(&self, _: &str, id: &str) -> Result<(), AwsError> {
        self.write(|world| {
            world.memberships.retain(|_, (_, user)| user != id);
            require_removed(world.users.remove(id))
        })
        .await
    }

    async fn find_user_ignoring_case(
        &self,
        _: &str,
        person: &Person,
    ) -> Result<Option<User>, AwsError> {
        let users = self.current_state().listed_users();
        Ok(users.into_iter().find(|user| user.matches_person(person)))
    }

    async fn find_user(&self, _: &str, who: &str) -> Result<Option<User>, AwsError> {
        let users = self.current_state().listed_users();
        let by_name = users.iter().find(|user| user.user_name == who);
        let by_email = users.iter().find(|user| user.email.as_deref() == Some(who));
        Ok(by_name.or(by_email).cloned())
    }

    async fn create_group(
        &self,
        store: &str,
        name: &str,
        description: &str,
    ) -> Result<String, AwsError> {
        assert_eq!(store, STORE);
        self.write(|world| match world.find_group_id(name) {
            Some(_) => Err(AwsError::Conflict),
            None => Ok(world.add_group(name, description)),
        })
        .await
    }

    async fn delete_group(&self, _: &str, id: &str) -> Result<(), AwsError> {
        self.write(|world| {
            world.memberships.retain(|_, (group, _)| group != id);
            require_removed(world.groups.remove(id))
        })
        .await
    }

    async fn find_group(&self, _: &str, name: &str) -> Result<Option<Group>, AwsError> {
        let groups = self.current_state().listed_groups();
        Ok(groups.into_iter().find(|group| group.name == name))
    }

    async fn has_group(&self, _: &str, id: &str) -> Result<bool, AwsError> {
        Ok(self.current_state().groups.contains_key(id))
    }

    async fn groups(&self, _: &str) -> Result<Vec<Group>, AwsError> {
        Ok(self.current_state().listed_groups())
    }

    async fn add_member(&self, _: &str, group: &str, user: &str) -> Result<String, AwsError> {
        self.write(|world| {
            let pair = (group.to_owned(), user.to_owned());
            if !world.groups.contains_key(group) || !world.users.contains_key(user) {
                return Err(AwsError::NotFound);
            }
            match world.memberships.values().any(|there| *there == pair) {
                true => Err(AwsError::Conflict),
                false => Ok(world.add_membership(group, user)),
            }
        })
        .await
    }

    async fn remove_member(&self, _: &str, membership: &str) -> Result<(), AwsError> {
        self.write(|world| require_removed(world.memberships.remove(membership))).await
    }

    async fn membership_id(
        &self,
        _: &str,
        group: &str,
        user: &str,
    ) -> Result<Option<String>, AwsError> {
        let pair = (group.to_owned(), user.to_owned());
        let world = self.current_state();
        let mut memberships = world.memberships.iter();
        let found = memberships.find(|(_, there)| **there == pair);
        Ok(found.map(|(id, _)| id.clone()))
    }

    async fn members(&self, _: &str, group: &str) -> Result<Vec<Membership>, AwsError> {
        Ok(self.current_state().members_of(group))
    }

    async fn is_member(
        &self,
        _: &str,
        user: &str,
        groups: &[String],
    ) -> Result<Vec<String>, AwsError> {
        let world = self.current_state();
        let is_in = |group: &&String| {
            let mut members = world.members_of(group).into_iter();
            members.any(|member| member.user_id.as_deref() == Some(user))
        };
        Ok(groups.iter().filter(is_in).cloned().collect())
    }

    async fn assign(&self, application: &str, principal: &Principal) -> Result<(), AwsError> {
        assert_eq!(application, APPLICATION);
        self.write(|world| match world.assigned.insert(principal.clone()) {
            true => Ok(()),
            false => Err(AwsError::Conflict),
        })
        .await
    }

    async fn unassign(&self, application: &str, principal: &Principal) -> Result<(), AwsError> {
        assert_eq!(application, APPLICATION);
        self.write(|world| match world.assigned.remove(principal) {
            true => Ok(()),
            false => Err(AwsError::NotFound),
        })
        .await
    }

    async fn assignments(&self, application: &str) -> Result<Vec<Principal>, AwsError> {
        assert_eq!(application, APPLICATION);
        if let Some(error) = self.lock().unseen.clone() {
            return Err(error);
        }
        Ok(self.current_state().assigned.into_iter().collect())
    }

    async fn assignments_for(
        &self,
        instance: &str,
        who: &Principal,
    ) -> Result<Vec<Assignment>, AwsError> {
        assert_eq!(instance, INSTANCE);
        let assigned = self.current_state().assigned.into_iter();
        Ok(assigned
            .filter(|principal| principal == who)
            .map(|principal| Assignment { application: APPLICATION.to_owned(), principal })
            .collect())
    }

    async fn wait_for_aws(&self, time: Duration) {
        let mut inner = self.lock();
        inner.passed += time;
        let passed = inner.passed;
        if let Some((_, done)) = inner.late.take_if(|(after, _)| *after <= passed) {
            inner.world = done;
        }
    }

    async fn has_accounts(&self, instance: &str, who: &Principal) -> Result<bool, AwsError> {
        assert_eq!(instance, INSTANCE);
        match self.current_state().accounts {
            Some(accounts) => Ok(accounts.contains(who)),
            None => Err(AwsError::Denied {
                action: "sso:ListAccountAssignmentsForPrincipal".to_owned(),
            }),
        }
    }
}
