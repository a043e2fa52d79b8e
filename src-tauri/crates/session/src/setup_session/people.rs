//! Step 9: the list of people and the changes for them.

use super::{
    connection::build_error_finding,
    context::{Changes, SetupContext},
};
use crate::{
    Failure,
    action::PeopleAction,
    blocking::{on_disk, on_parser_thread},
    jobs::{JobKind, JobOutcome, PeopleOutcome, PlannedChanges},
    planning::{self, PlanRequest},
};
use changes::{self, ApplyError, Plan, Progress, UncertainResources, UndoScope};
use identity_center::{AwsError, UserSample};
use people::{
    Group, Membership, NewPerson, People, User,
    csv::{self, ListError},
    nops_team,
};
use setup::{
    CopyableValue, FactValue, Field, Finding, Fix, MessageCause, Page, RuleBasis, Severity, Source,
    Step,
};

mod comparison;
mod list;
mod team;
mod view;

use comparison::Comparison;
use list::UnclearList;

/// The people in the directory, and the plan for the people on the list.
#[derive(Default)]
pub(crate) struct PeopleState {
    /// The users that were read. In a large directory, some users are missing.
    pub(crate) users: Vec<User>,
    /// The number of users in the directory, or a lower bound.
    listed: usize,
    /// The last plan read every user and every member of its group.
    whole: bool,
    groups: Vec<Group>,
    /// The members of the chosen group at the time of the plan.
    members: Vec<Membership>,
    /// The plan that is waiting for confirmation, or the plan that was last confirmed.
    plan: Option<Plan>,
    /// The last run stopped early, and there is no newer plan.
    stopped: bool,
    /// The number of changes that couldn't be checked. They stay open but don't block other
    /// changes.
    unresolved: u32,
    /// A list that waits for the user to choose its columns or its sheet.
    unclear_list: Option<UnclearList>,
    /// The comparison of the group with a current list.
    comparison: Option<Comparison>,
}

impl PeopleState {
    pub(super) fn new(stopped: bool) -> Self {
        Self { stopped, ..Self::default() }
    }

    /// Stores the users and groups that the preflight read.
    pub(super) fn store_directory_sample(
        &mut self,
        users: Option<Result<UserSample, AwsError>>,
        groups: Option<Result<Vec<Group>, AwsError>>,
    ) {
        if let Some(Ok(sample)) = users {
            self.listed = sample.users.len();
            self.users = sample.users;
        }
        if let Some(Ok(groups)) = groups {
            self.groups = groups;
        }
    }

    /// Discards a plan that was made for a different application.
    pub(super) fn discard_outdated_plan(&mut self, cx: &SetupContext) {
        let application = cx.facts().text(Field::ApplicationArn);
        self.plan.take_if(|plan| plan.application.as_deref() != application);
    }

    pub(super) async fn act(
        &mut self,
        cx: &mut SetupContext,
        action: PeopleAction,
    ) -> Result<(), Failure> {
        match action {
            PeopleAction::ChooseGroup { group } => {
                let name = group.name().trim().to_owned();
                if name.is_empty() {
                    return Err(Failure::new("name_empty"));
                }
                cx.notes.remove(&Some(Field::Group));
                self.change_people(cx, |people| people.group = group);
                cx.record_facts([(Field::Group, FactValue::Text(name), Source::Entered)]);
                Ok(())
            }
            PeopleAction::AddPerson { given_name, family_name, email, user_name } => {
                let person = NewPerson {
                    given_name,
                    family_name,
                    email,
                    user_name: user_name.unwrap_or_default(),
                };
                self.change_people(cx, |people| people.add(person))
                    .map(drop)
                    .map_err(|refusal| Failure::new(&format!("person_{}", refusal.code())))
            }
            PeopleAction::AddPeople { csv } => self.add_list(cx, csv.into_bytes()).await,
            PeopleAction::ChooseColumns { columns } => self.choose_columns(cx, &columns).await,
            PeopleAction::ChooseSheet { sheet } => self.choose_sheet(cx, sheet).await,
            PeopleAction::DiscardList => {
                self.unclear_list = None;
                Ok(())
            }
            PeopleAction::AddInactive => {
                self.change_people(cx, People::add_inactive);
                Ok(())
            }
            PeopleAction::RemovePerson { key } => {
                self.change_people(cx, |people| people.remove(&key));
                Ok(())
            }
            PeopleAction::ClearPeople => {
                self.change_people(cx, People::clear);
                Ok(())
            }
            PeopleAction::PasteTeam { text } => {
                if text.len() > csv::MAX_BYTES {
                    return Err(ListError::TooLarge.into());
                }
                let team = on_parser_thread(move || nops_team::addresses(&text)).await??;
                if team.is_empty() {
                    return Err(Failure::new("team_empty"));
                }
                let team = FactValue::Text(team.join("\n"));
                cx.record_facts([(Field::NopsTeam, team, Source::Entered)]);
                match self.plan.is_some() && !self.whole {
                    true => self.plan(cx),
                    false => Ok(()),
                }
            }
            PeopleAction::ForgetTeam => {
                cx.remove_facts([Field::NopsTeam]);
                Ok(())
            }
            PeopleAction::Plan => self.plan(cx),
            PeopleAction::Apply { plan } => self.apply(cx, &plan),
            PeopleAction::Undo { uncertain } => self.undo(
                cx,
                match uncertain {
                    true => UncertainResources::Undo,
                    false => UncertainResources::Leave,
                },
            ),
            PeopleAction::StartComparison => {
                self.start_comparison();
                Ok(())
            }
            PeopleAction::EndComparison => {
                self.end_comparison();
                Ok(())
            }
            PeopleAction::Compare => self.compare(cx),
            PeopleAction::ChooseFormer { user, remove } => self.choose_former(user, remove),
            PeopleAction::RemoveFormer { plan } => self.remove_former(cx, &plan),
            PeopleAction::UndoRemovals => self.undo_removals(cx),
            PeopleAction::Reconcile => self.reconcile(cx),
            PeopleAction::MarkUnknown { number } => self.mark_unknown(cx, number).await,
        }
    }

    /// Returns whether users and groups can be created: AWS is connected, and no external identity
    /// source manages the users and groups.
    fn can_create(&self, cx: &SetupContext) -> bool {
        let elsewhere = cx.facts().text(Field::IdentitySource).is_some_and(|s| s != "directory");
        cx.connection.is_some() && !elsewhere
    }

    /// Looks up the people and the group again, so that the plan reflects the current state of AWS.
    fn plan(&mut self, cx: &mut SetupContext) -> Result<(), Failure> {
        let (connection, store) = cx.identity_store()?;
        let question = PlanRequest {
            people: cx.held.setup.people.clone(),
            application: cx.facts().text(Field::ApplicationArn).map(str::to_owned),
            current_user: Self::caller_user_name(cx).map(str::to_owned),
            // Team members in the group have access even if they aren't on the list.
            everyone: cx.facts().text(Field::NopsTeam).is_some(),
            users: self.listed,
        };
        let can_create = self.can_create(cx);
        cx.notes.remove(&Some(Field::Group));
        cx.start(JobKind::Plan, move |control, _| async move {
            let can_create = |users: &[User]| can_create && !users.iter().any(User::is_provisioned);
            let found = planning::look_up_directory(&connection, &store, question, can_create);
            JobOutcome::People(PeopleOutcome::Planned(tokio::select! {
                found = found => Some(found.map(Box::new)),
                () = control.wait_until_stopped() => None,
            }))
        })
    }

    /// Applies the plan that the user confirmed, and no other plan.
    fn apply(&mut self, cx: &mut SetupContext, confirmed: &str) -> Result<(), Failure> {
        let plan = self
            .plan
            .clone()
            .filter(|plan| plan.id == confirmed)
            .ok_or_else(|| Failure::new("no_plan"))?;
        cx.start_changes(JobKind::Apply, move |run, teller| async move {
            let Changes { connection, history, clock, control } = run;
            let progress = |progress| teller.progress(progress);
            let applied = changes::apply(plan, &connection, &history, &*clock, progress, &control);
            JobOutcome::People(PeopleOutcome::Applied(applied.await))
        })?;
        self.stopped = false;
        cx.notes.remove(&Some(Field::Group));
        cx.remove_facts([Field::PeopleAdded]);
        Ok(())
    }

    /// Undoes our changes. As soon as this starts, the app no longer knows who is still added.
    fn undo(
        &mut self,
        cx: &mut SetupContext,
        uncertain: UncertainResources,
    ) -> Result<(), Failure> {
        if !cx.history.summary().can_undo {
            return Err(Failure::new("nothing_to_undo"));
        }
        let instance = cx
            .facts()
            .text(Field::InstanceArn)
            .ok_or_else(|| Failure::new("no_connection"))?
            .to_owned();
        cx.start_changes(JobKind::Undo, move |run, teller| async move {
            let Changes { connection, history, clock, control } = run;
            let progress = |done, total| teller.progress(Progress::single_kind(done, total));
            let undone = changes::undo(
                &connection,
                &instance,
                &history,
                (UndoScope::Everything, uncertain),
                &*clock,
                progress,
                &control,
            );
            JobOutcome::People(PeopleOutcome::Undone(undone.await))
        })?;
        cx.remove_facts([Field::PeopleAdded, Field::NopsTeamChecked]);
        Ok(())
    }

    fn reconcile(&mut self, cx: &mut SetupContext) -> Result<(), Failure> {
        cx.start_changes(JobKind::Reconcile, move |run, _| async move {
            let Changes { connection, history, clock, .. } = run;
            let reconciled = changes::reconcile(&connection, &history, &*clock);
            JobOutcome::People(PeopleOutcome::Reconciled(reconciled.await))
        })
    }

    async fn mark_unknown(&mut self, cx: &mut SetupContext, number: u32) -> Result<(), Failure> {
        let (history, now) = (cx.history.clone(), cx.now());
        match on_disk(move || history.mark_unknown(number, now)).await? {
            true => {
                self.update_stopped(cx);
                Ok(())
            }
            false => Err(Failure::new("not_open")),
        }
    }

    pub(super) fn handle_outcome(&mut self, cx: &mut SetupContext, outcome: PeopleOutcome) {
        match outcome {
            PeopleOutcome::Planned(None) | PeopleOutcome::Compared(None) => {}
            PeopleOutcome::Compared(Some(found)) => self.handle_comparison(cx, found),
            PeopleOutcome::Removed(removed) => self.handle_removal(cx, removed),
            PeopleOutcome::Restored(restored) => self.handle_restoration(cx, restored),
            PeopleOutcome::Planned(Some(Ok(planned))) => self.handle_plan(cx, *planned),
            PeopleOutcome::Planned(Some(Err(error))) => {
                let finding =
                    build_error_finding("people_job_failed", &error).with_step(Step::People);
                cx.add_note(Some(Field::Group), finding);
            }
            PeopleOutcome::Applied(Ok(applied)) => {
                self.update_stopped(cx);
                let gives_everyone_access =
                    self.plan.as_ref().is_some_and(Plan::gives_everyone_access);
                self.record_added(cx, applied.is_complete() && gives_everyone_access);
                let group = cx.held.setup.people.group.name().to_owned();
                cx.record_facts([(Field::Group, FactValue::Text(group), Source::Observed)]);
            }
            PeopleOutcome::Undone(Ok(undone)) => {
                if undone.accounts_unseen() {
                    cx.add_note(Some(Field::Group), accounts_unseen());
                }
                self.plan = None;
                self.comparison = None;
                self.update_stopped(cx);
                if cx
                    .facts()
                    .get(Field::Group)
                    .is_some_and(|group| group.source == Source::Observed)
                {
                    cx.remove_facts([Field::Group]);
                }
            }
            PeopleOutcome::Reconciled(Ok(reconciled)) => {
                self.update_stopped(cx);
                cx.notes.remove(&Some(Field::Group));
                if let Some((count, error)) = reconciled.unresolved {
                    self.unresolved = count;
                    let finding =
                        build_error_finding("people_unsettled", &error).with_step(Step::People);
                    cx.add_note(Some(Field::Group), finding.with("count", count.to_string()));
                }
            }
            PeopleOutcome::Applied(Err(error))
            | PeopleOutcome::Undone(Err(error))
            | PeopleOutcome::Reconciled(Err(error)) => self.report_stopped_run(cx, &error),
        }
    }

    fn handle_plan(&mut self, cx: &mut SetupContext, planned: PlannedChanges) {
        let mut notes = Vec::new();
        let members = &planned.members.items;
        let nested = members.iter().filter(|member| member.user_id.is_none());
        if let nested @ 1.. = nested.count() {
            notes.push(nested_members(nested));
        } else if planned.members.whole && members.is_empty() && !planned.plan.has_members() {
            notes.push(build_empty_group_finding(planned.people.group.name()));
        }
        self.whole = planned.users.whole && planned.members.whole;
        if !self.whole {
            notes.push(not_listed());
        }
        cx.notes.insert(Some(Field::Group), notes);
        self.listed = match planned.users.whole {
            true => planned.users.listed,
            false => self.listed.max(planned.users.listed),
        };
        self.users = planned.users.items;
        if let Some(group) = planned.group {
            self.groups.retain(|known| known.id != group.id);
            self.groups.push(group);
        }
        self.members = planned.members.items;
        let application = cx.facts().text(Field::ApplicationArn);
        let same =
            planned.people == cx.held.setup.people && planned.application.as_deref() == application;
        if same {
            let is_no_op = planned.plan.is_no_op();
            self.plan = Some(planned.plan);
            self.stopped = false;
            self.record_added(cx, is_no_op);
        }
    }

    fn update_stopped(&mut self, cx: &mut SetupContext) {
        let summary = cx.history.summary();
        self.stopped = summary.unfinished;
        self.unresolved = self.unresolved.min(summary.open);
    }

    fn report_stopped_run(&mut self, cx: &mut SetupContext, error: &ApplyError) {
        self.update_stopped(cx);
        let finding = build_stop_finding(Field::Group, "people_job_failed", error);
        cx.add_note(Some(Field::Group), finding);
    }

    /// Changes the list or its group. Discards the plan and the outcome, because they were for the
    /// previous list.
    fn change_people<T>(
        &mut self,
        cx: &mut SetupContext,
        change: impl FnOnce(&mut People) -> T,
    ) -> T {
        let people = &mut cx.held.setup.people;
        let before = (people.revision(), people.group.clone());
        let answer = change(people);
        if (people.revision(), people.group.clone()) != before {
            self.plan = None;
            cx.remove_facts([Field::PeopleAdded, Field::PeopleSkipped, Field::NopsTeamChecked]);
        }
        cx.save();
        answer
    }

    /// Records whether everyone on the list was added. If the list and the group are empty, records
    /// false.
    fn record_added(&mut self, cx: &mut SetupContext, all_in: bool) {
        let people = &cx.held.setup.people;
        let is_empty = people.rows().is_empty() && self.members.is_empty();
        if all_in && !is_empty {
            let added = FactValue::Text("true".to_owned());
            cx.record_facts([(Field::PeopleAdded, added, Source::Observed)]);
        } else {
            cx.remove_facts([Field::PeopleAdded]);
        }
    }
}

/// Builds the finding that only the people on the list were looked up, because the directory is
/// large.
fn not_listed() -> Finding {
    Finding::about(Field::Group, "directory_not_listed", Severity::Info)
        .with_fix(Fix::Read)
        .with_step(Step::People)
}

fn accounts_unseen() -> Finding {
    Finding::about(Field::Group, "accounts_unseen", Severity::Info)
        .with_fix(Fix::Copy { what: CopyableValue::Policy })
}

/// Builds the finding that members of nested groups get no access, because an assignment covers
/// only the group's own users.
fn nested_members(members: usize) -> Finding {
    Finding::about(Field::Group, "nested_members", Severity::Warning)
        .with("count", members.to_string())
        .with_fix(Fix::Read)
        .with_basis(RuleBasis::Seen)
        .with_step(Step::People)
}

/// Builds the finding that assigning an empty group gives no one access.
fn build_empty_group_finding(group: &str) -> Finding {
    Finding::about(Field::Group, "group_empty", Severity::Warning)
        .with("group", group)
        .with_fix(Fix::Open { page: Page::AwsGroups })
        .with_step(Step::People)
}

/// Builds the finding that explains why the changes stopped.
pub(super) fn build_stop_finding(field: Field, code: &str, error: &ApplyError) -> Finding {
    let cause = MessageCause::with(error.key(), error.params());
    Finding::about(field, code, Severity::Error).with_cause(cause).with_fix(Fix::Look)
}

pub(super) fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
