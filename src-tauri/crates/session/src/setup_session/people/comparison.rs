//! Finds out who left: compares the members of the group with a current list, and removes former
//! members from the group.

use std::collections::BTreeSet;

use super::{PeopleState, count};
use crate::{
    Failure,
    jobs::{JobKind, JobOutcome, PeopleOutcome, PlannedChanges},
    planning::{self, PlanRequest},
    setup_session::{
        connection::build_error_finding,
        context::{Changes, SetupContext},
    },
    view::{
        ComparisonView, FormerMemberView, MembersSource, RemovalPlanView, RemovedPersonView,
        UnreadLine,
    },
};
use changes::{ApplyError, ApplySummary, Plan, Progress, UncertainResources, UndoScope};
use identity_center::AwsError;
use people::{
    Group, People, Person, User, UserState,
    former_members::{CurrentList, FormerMember, ProtectedPeople, former_members},
};
use setup::{Field, Step};

/// The maximum number of former members that the window lists.
const SHOWN: usize = 500;

/// The comparison of the group with a current list. While it's open, lists are compared instead of
/// added.
#[derive(Default)]
pub(super) struct Comparison {
    list: Option<CurrentList>,
    members: Option<ComparedMembers>,
    /// The IDs of the users to remove.
    chosen: BTreeSet<String>,
    /// The users who were removed.
    removed: Vec<User>,
}

/// The members of the group, and those of them who left.
struct ComparedMembers {
    source: MembersSource,
    group: Option<Group>,
    total: usize,
    /// The number of members that aren't users.
    nested: usize,
    former: Vec<FormerMember>,
    /// We may remove members: no external identity source manages them.
    can_remove: bool,
}

impl Comparison {
    /// Returns the plan that removes the chosen users.
    fn plan(&self, store: &str) -> Option<Plan> {
        let members = self.members.as_ref().filter(|members| members.can_remove)?;
        let chosen = members.former.iter().filter(|one| self.chosen.contains(&one.user.id));
        let group = members.group.as_ref()?;
        let plan = Plan::removal(group, store, chosen.map(|one| &one.user));
        (plan.changes() > 0).then_some(plan)
    }

    fn show(&mut self, members: ComparedMembers) {
        let certain = members.former.iter().filter(|one| one.protected.is_none());
        self.chosen = certain.map(|one| one.user.id.clone()).collect();
        self.members = Some(members);
    }
}

impl PeopleState {
    pub(super) fn start_comparison(&mut self) {
        self.unclear_list = None;
        self.comparison = Some(Comparison::default());
    }

    pub(super) fn end_comparison(&mut self) {
        self.unclear_list = None;
        self.comparison = None;
    }

    /// Compares the group with this list.
    pub(super) fn compare_list(
        &mut self,
        cx: &mut SetupContext,
        list: CurrentList,
    ) -> Result<(), Failure> {
        let problem = list.problem();
        self.comparison = Some(Comparison { list: Some(list), ..Comparison::default() });
        match problem {
            // The view says what to correct.
            Some(_) => Ok(()),
            None => self.compare(cx),
        }
    }

    /// Reads the group's members, and compares them with the list. Without a connection, the members
    /// are the people who were added.
    pub(super) fn compare(&mut self, cx: &mut SetupContext) -> Result<(), Failure> {
        let has_list = self.comparison.as_ref().is_some_and(|one| one.list.is_some());
        if !has_list {
            return Err(Failure::new("no_list"));
        }
        if cx.connection.is_none() {
            self.compare_added_people(cx);
            return Ok(());
        }
        let (connection, store) = cx.identity_store()?;
        let mut people = People::default();
        people.group = cx.held.setup.people.group.clone();
        let request = PlanRequest {
            people,
            application: None,
            current_user: None,
            everyone: true,
            users: self.listed,
        };
        cx.notes.remove(&Some(Field::Group));
        cx.start(JobKind::Plan, move |control, _| async move {
            let found = planning::look_up_directory(&connection, &store, request, |_| false);
            JobOutcome::People(PeopleOutcome::Compared(tokio::select! {
                found = found => Some(found.map(Box::new)),
                () = control.wait_until_stopped() => None,
            }))
        })
    }

    fn compare_added_people(&mut self, cx: &SetupContext) {
        let rows = cx.held.setup.people.rows();
        let protected = protected_people(cx);
        let Some(comparison) = &mut self.comparison else { return };
        let Some(list) = &comparison.list else { return };
        let members: Vec<User> = match cx.facts().is_true(Field::PeopleAdded) {
            true => rows.iter().map(added_user).collect(),
            false => Vec::new(),
        };
        let former = former_members(list, &members, &protected);
        comparison.show(ComparedMembers {
            source: match members.is_empty() {
                true => MembersSource::Unknown,
                false => MembersSource::List,
            },
            group: None,
            total: members.len(),
            nested: 0,
            former,
            can_remove: false,
        });
    }

    pub(super) fn handle_comparison(
        &mut self,
        cx: &mut SetupContext,
        found: Result<Box<PlannedChanges>, AwsError>,
    ) {
        let found = match found {
            Ok(found) => found,
            Err(error) => {
                let finding =
                    build_error_finding("people_job_failed", &error).with_step(Step::People);
                cx.add_note(Some(Field::Group), finding);
                return;
            }
        };
        let protected = protected_people(cx);
        let can_create = self.can_create(cx);
        let is_same_group = found.people.group == cx.held.setup.people.group;
        let Some(comparison) = self.comparison.as_mut().filter(|_| is_same_group) else { return };
        let Some(list) = &comparison.list else { return };
        let PlannedChanges { users, group, members, .. } = *found;
        let ids: BTreeSet<&str> =
            members.items.iter().filter_map(|member| member.user_id.as_deref()).collect();
        let users = users.items;
        let compared: Vec<&User> =
            users.iter().filter(|user| ids.contains(user.id.as_str())).collect();
        let former = former_members(list, compared.iter().copied(), &protected);
        let is_managed = former.iter().any(|one| one.user.is_provisioned());
        comparison.show(ComparedMembers {
            source: match group {
                Some(_) => MembersSource::Aws,
                None => MembersSource::NoGroup,
            },
            group,
            total: compared.len(),
            nested: members.items.iter().filter(|member| member.user_id.is_none()).count(),
            former,
            can_remove: can_create && !is_managed,
        });
    }

    /// Chooses whether to remove a former member.
    pub(super) fn choose_former(&mut self, user: String, remove: bool) -> Result<(), Failure> {
        let comparison = self.comparison.as_mut().ok_or_else(|| Failure::new("no_list"))?;
        let former = comparison.members.iter().flat_map(|members| &members.former);
        if !former.into_iter().any(|one| one.user.id == user) {
            return Err(Failure::new("no_plan"));
        }
        match remove {
            true => comparison.chosen.insert(user),
            false => comparison.chosen.remove(&user),
        };
        Ok(())
    }

    /// Removes the former members that the user confirmed, and no others.
    pub(super) fn remove_former(
        &mut self,
        cx: &mut SetupContext,
        confirmed: &str,
    ) -> Result<(), Failure> {
        let (_, store) = cx.identity_store()?;
        let plan = self.comparison.as_ref().and_then(|comparison| comparison.plan(&store));
        let plan = plan.filter(|plan| plan.id == confirmed);
        let plan = plan.ok_or_else(|| Failure::new("no_plan"))?;
        cx.start_changes(JobKind::Apply, move |run, teller| async move {
            let Changes { connection, history, clock, control } = run;
            let progress = |progress| teller.progress(progress);
            let applied = changes::apply(plan, &connection, &history, &*clock, progress, &control);
            JobOutcome::People(PeopleOutcome::Removed(applied.await))
        })?;
        cx.notes.remove(&Some(Field::Group));
        cx.remove_facts([Field::NopsTeamChecked]);
        Ok(())
    }

    pub(super) fn handle_removal(
        &mut self,
        cx: &mut SetupContext,
        removed: Result<ApplySummary, ApplyError>,
    ) {
        // The plan was made for the previous members.
        self.plan = None;
        let removed = match removed {
            Ok(removed) => removed,
            Err(error) => {
                self.forget_members();
                self.report_stopped_run(cx, &error);
                return;
            }
        };
        self.update_stopped(cx);
        let Some(comparison) = &mut self.comparison else { return };
        if !removed.is_complete() {
            self.forget_members();
            return;
        }
        let Some(members) = comparison.members.take() else { return };
        let chosen = std::mem::take(&mut comparison.chosen);
        let former = members.former.into_iter().map(|one| one.user);
        let users: Vec<User> = former.filter(|user| chosen.contains(&user.id)).collect();
        comparison.removed.clone_from(&users);
        self.members.retain(|member| member.user_id.as_ref().is_none_or(|id| !chosen.contains(id)));
        self.remove_rows(cx, &users);
    }

    /// Removes these users from the setup's list. The others were added as before.
    fn remove_rows(&mut self, cx: &mut SetupContext, users: &[User]) {
        let is_of = |person: &&Person| users.iter().any(|user| user.matches_person(person));
        let rows = cx.held.setup.people.rows().iter().filter(is_of);
        let keys: Vec<String> = rows.map(|person| person.key.clone()).collect();
        let added = cx.facts().get(Field::PeopleAdded).cloned();
        self.change_people(cx, |people| {
            for key in &keys {
                people.remove(key);
            }
        });
        if let Some(added) = added.filter(|_| !cx.held.setup.people.rows().is_empty()) {
            cx.record_facts([(Field::PeopleAdded, added.value, added.source)]);
        }
    }

    fn forget_members(&mut self) {
        if let Some(comparison) = &mut self.comparison {
            comparison.members = None;
            comparison.chosen.clear();
        }
    }

    /// Adds the removed members to the group again.
    pub(super) fn undo_removals(&mut self, cx: &mut SetupContext) -> Result<(), Failure> {
        if cx.history.summary().restorable == 0 {
            return Err(Failure::new("nothing_to_undo"));
        }
        let instance = cx.facts().text(Field::InstanceArn);
        let instance = instance.ok_or_else(|| Failure::new("no_connection"))?.to_owned();
        cx.start_changes(JobKind::Undo, move |run, teller| async move {
            let Changes { connection, history, clock, control } = run;
            let progress = |done, total| teller.progress(Progress::single_kind(done, total));
            let scope = (UndoScope::Removals, UncertainResources::Leave);
            let undone =
                changes::undo(&connection, &instance, &history, scope, &*clock, progress, &control);
            JobOutcome::People(PeopleOutcome::Restored(undone.await.map(drop)))
        })?;
        cx.remove_facts([Field::NopsTeamChecked]);
        Ok(())
    }

    pub(super) fn handle_restoration(
        &mut self,
        cx: &mut SetupContext,
        restored: Result<(), ApplyError>,
    ) {
        self.plan = None;
        self.forget_members();
        match restored {
            Ok(()) => {
                self.update_stopped(cx);
                if let Some(comparison) = &mut self.comparison {
                    comparison.removed.clear();
                }
            }
            Err(error) => self.report_stopped_run(cx, &error),
        }
    }

    pub(super) fn comparison_view(&self, cx: &SetupContext) -> Option<ComparisonView> {
        let comparison = self.comparison.as_ref()?;
        let all = cx.all_facts();
        let store = all.text(Field::IdentityStoreId).unwrap_or_default();
        let plan = comparison.plan(store);
        let list = comparison.list.as_ref();
        let members = comparison.members.as_ref();
        let former = members.map_or(&[][..], |members| &members.former);
        let is_chosen = |one: &&FormerMember| comparison.chosen.contains(&one.user.id);
        let team = cx.facts().text(Field::NopsTeam);
        Some(ComparisonView {
            people: list.map(|list| count(list.len())),
            inactive: list.map_or(0, |list| count(list.inactive())),
            unread: list
                .map_or(&[][..], CurrentList::unread)
                .iter()
                .map(|row| UnreadLine {
                    line: row.line,
                    reason: row.reason.code().to_owned(),
                    who: row.who.clone(),
                })
                .collect(),
            problem: list.and_then(|list| Some(list.problem()?.code().to_owned())),
            source: members.map(|members| members.source),
            members: members.map_or(0, |members| count(members.total)),
            nested: members.map_or(0, |members| count(members.nested)),
            left: count(former.len()),
            former: former
                .iter()
                .take(SHOWN)
                .map(|one| FormerMemberView {
                    user_id: one.user.id.clone(),
                    name: one.user.display_name.clone(),
                    user_name: one.user.user_name.clone(),
                    email: one.user.email.clone(),
                    reason: <&str>::from(one.reason).to_owned(),
                    protected: one.protected.map(|role| role.code().to_owned()),
                    is_chosen: comparison.chosen.contains(&one.user.id),
                })
                .collect(),
            can_remove: members.is_some_and(|members| members.can_remove),
            is_most: members.is_some_and(|members| former.len() * 2 > members.total),
            plan: plan.map(|plan| RemovalPlanView {
                removals: plan.members_to_remove(),
                id: plan.id,
                named: former
                    .iter()
                    .filter(is_chosen)
                    .filter(|one| one.protected.is_some())
                    .map(|one| one.user.user_name.clone())
                    .collect(),
            }),
            removed: comparison
                .removed
                .iter()
                .map(|user| {
                    let email = user.email.clone().unwrap_or_default();
                    RemovedPersonView {
                        name: user.display_name.clone(),
                        has_nops_account: team.map(|team| {
                            team.lines().any(|address| address.eq_ignore_ascii_case(&email))
                        }),
                        email,
                    }
                })
                .collect(),
        })
    }
}

/// Returns the people who are removed only if the user names them.
fn protected_people(cx: &SetupContext) -> ProtectedPeople {
    let text = |field| cx.facts().text(field).map(str::to_owned);
    ProtectedPeople {
        testers: [Field::TesterUserId, Field::Tester].into_iter().filter_map(text).collect(),
        recovery_administrator: text(Field::RecoveryAdministrator),
        current_user: PeopleState::caller_user_name(cx).map(str::to_owned),
    }
}

/// Returns the user that a person on the list became.
fn added_user(person: &Person) -> User {
    User {
        id: person.key.clone(),
        user_name: person.user_name.clone(),
        display_name: person.name(),
        given_name: person.given_name.clone(),
        family_name: person.family_name.clone(),
        email: (!person.email.is_empty()).then(|| person.email.clone()),
        state: UserState::Unknown,
        provisioned_by: None,
    }
}
