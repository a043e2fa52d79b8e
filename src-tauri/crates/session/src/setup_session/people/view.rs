//! The view of step 9: the people as rows and counts, the plan, and the change history.

use std::{
    collections::BTreeSet,
    hash::{DefaultHasher, Hash, Hasher},
};

use super::{PeopleState, UnclearList, count};
use crate::{
    jobs::JobKind,
    setup_session::context::SetupContext,
    view::{
        CurrentUser, CurrentUserStatus, GroupRow, HistoryRow, ListColumn, ListView, PeoplePage,
        PeopleStage, PeopleView, PersonIssueView, PersonRow, PlanView, ProvisioningState,
        UnreadLine,
    },
};
use changes::{AttemptState, PersonPlan, Plan, PlannedChange};
use people::{ListSummary, Person, PersonIssue, User};
use setup::{Field, Severity, progress::ListState};

/// The maximum number of change history entries in the view.
const SHOWN: usize = 200;

impl PeopleState {
    /// Returns a number that changes whenever a row may have changed. The number is a digest of
    /// everything that [`Self::person`] reads.
    fn revision(&self, cx: &SetupContext) -> u32 {
        let mut digest = DefaultHasher::new();
        cx.id().hash(&mut digest);
        cx.held.setup.people.revision().hash(&mut digest);
        self.plan.as_ref().map(|plan| &plan.id).hash(&mut digest);
        cx.history.lines().hash(&mut digest);
        cx.signed_in.hash(&mut digest);
        cx.connection.is_some().hash(&mut digest);
        let [a, b, c, d, ..] = digest.finish().to_le_bytes();
        u32::from_le_bytes([a, b, c, d])
    }

    pub(crate) fn page(&self, cx: &SetupContext, offset: u32, limit: u32) -> PeoplePage {
        let people = &cx.held.setup.people;
        PeoplePage {
            revision: self.revision(cx),
            total: count(people.rows().len()),
            rows: people
                .rows()
                .iter()
                .skip(offset as usize)
                .take(limit as usize)
                .map(|person| self.person(cx, person))
                .collect(),
        }
    }

    fn person(&self, cx: &SetupContext, person: &Person) -> PersonRow {
        let planned = self.plan.as_ref().and_then(|plan| plan.person(&person.key));
        let made = cx.history.person_state(&person.key);
        PersonRow {
            key: person.key.clone(),
            name: person.name(),
            given_name: person.given_name.clone(),
            family_name: person.family_name.clone(),
            user_name: person.user_name.clone(),
            email: person.email.clone(),
            user: sign(planned.map(|planned| planned.user), made.user),
            member: sign(planned.map(|planned| planned.member), made.member),
            remarks: match planned {
                Some(planned) => person_issues(cx, planned),
                None if cx.connection.is_none() => incomplete(person).into_iter().collect(),
                None => Vec::new(),
            },
            user_id: planned.and_then(|planned| planned.user_id.clone()),
        }
    }

    fn stage(&self, cx: &SetupContext) -> PeopleStage {
        let summary = cx.history.summary();
        match cx.job.as_ref().map(|job| job.kind) {
            Some(JobKind::Apply) => PeopleStage::Applying,
            Some(JobKind::Undo) => PeopleStage::Undoing,
            _ if summary.open > self.unresolved => PeopleStage::Interrupted,
            _ if self.stopped => PeopleStage::Stopped,
            _ if summary.applied => PeopleStage::Applied,
            _ if self.plan.is_some() => PeopleStage::Planned,
            _ if cx.held.setup.people.rows().is_empty() => PeopleStage::Empty,
            _ => PeopleStage::Listed,
        }
    }

    /// Returns the state of the people list that isn't stored in facts.
    pub(crate) fn list_state(&self, cx: &SetupContext) -> ListState {
        let plan = self.plan.as_ref();
        let summary = cx.history.summary();
        ListState {
            any: !cx.held.setup.people.rows().is_empty(),
            planned: plan.is_some(),
            excluded: plan.is_some_and(Plan::has_excluded_people),
            halted: self.stopped || summary.interrupted,
            created: summary.created,
        }
    }

    /// Builds the view of step 9, with the people as counts.
    pub(crate) fn view(&self, cx: &SetupContext, tester: Option<&User>) -> PeopleView {
        let people = &cx.held.setup.people;
        let tally = PeopleCounts::from_plan(self.plan.as_ref());
        let summary = cx.history.summary();
        PeopleView {
            stage: self.stage(cx),
            group: people.group.clone(),
            groups: self
                .groups
                .iter()
                .map(|group| GroupRow { id: group.id.clone(), name: group.name.clone() })
                .collect(),
            can_create: self.can_create(cx),
            revision: self.revision(cx),
            total: count(people.rows().len()),
            plan: self.plan.as_ref().map(plan_view),
            fine: tally.fine,
            need_password: tally.need_password,
            other_domain: tally.other_domain,
            refused: tally.refused,
            unread: people
                .skipped_rows()
                .iter()
                .map(|unread| UnreadLine {
                    line: unread.line,
                    reason: unread.reason.code().to_owned(),
                    who: unread.who.clone(),
                })
                .collect(),
            question: self.unclear_list.as_ref().map(UnclearList::question),
            list: (!people.list_summary().columns.is_empty())
                .then(|| build_list_view(people.list_summary())),
            journal: cx
                .history
                .latest_entries(SHOWN)
                .into_iter()
                .map(|row| HistoryRow {
                    number: row.number,
                    at: row.at.to_string(),
                    change: row.change.to_owned(),
                    subject: row.subject,
                    outcome: row.outcome.to_owned(),
                    error: row.error,
                    params: row.params,
                })
                .collect(),
            can_undo: summary.can_undo,
            undoable: summary.undoable,
            uncertain: summary.uncertain,
            created: summary.created,
            current_user: self.current_user(cx),
            team: self.team(cx, tester),
            comparison: self.comparison_view(cx),
            restorable: summary.restorable,
        }
    }

    /// Returns the caller's user name. IAM Identity Center names role sessions after the user.
    pub(super) fn caller_user_name(cx: &SetupContext) -> Option<&str> {
        let caller = cx.facts().text(Field::AwsCaller)?;
        let (role, user_name) = caller.rsplit_once('/')?;
        role.contains(":assumed-role/AWSReservedSSO_").then_some(user_name)
    }

    fn current_user(&self, cx: &SetupContext) -> Option<CurrentUser> {
        let user_name = Self::caller_user_name(cx)?;
        let is_you = |name: &str| name.eq_ignore_ascii_case(user_name);
        let you = self.users.iter().find(|user| is_you(&user.user_name));
        let id = you.map(|user| user.id.as_str());
        let plan = self.plan.as_ref()?;
        let in_group = id.is_some() && self.members.iter().any(|m| m.user_id.as_deref() == id);
        let tester = cx.facts().text(Field::TesterUserId);
        let standing = cx.facts().text(Field::TesterAssigned);
        let assigned = standing.is_some_and(|standing| standing != "unassigned");
        let is_tester = assigned && id.is_some() && tester == id;
        let listed = cx.held.setup.people.rows().iter().any(|person| {
            let planned = plan.person(&person.key).and_then(|planned| planned.user_id.as_deref());
            is_you(&person.user_name) || (id.is_some() && planned == id)
        });
        let standing = match (in_group || is_tester, listed) {
            (true, _) => CurrentUserStatus::Assigned,
            (false, true) => CurrentUserStatus::Listed,
            (false, false) => CurrentUserStatus::Missing,
        };
        Some(CurrentUser { user_name: user_name.to_owned(), standing })
    }
}

/// The number of people in a plan with each kind of issue.
#[derive(Default)]
struct PeopleCounts {
    fine: u32,
    need_password: u32,
    other_domain: u32,
    refused: u32,
}

impl PeopleCounts {
    fn from_plan(plan: Option<&Plan>) -> Self {
        let mut tally = Self::default();
        for person in plan.into_iter().flat_map(|plan| plan.people().values()) {
            let codes: BTreeSet<&str> = person.remarks.iter().map(|remark| remark.code).collect();
            let refused = person.remarks.iter().any(PersonIssue::refuses_sign_in);
            tally.refused += u32::from(refused);
            tally.need_password += u32::from(codes.contains("need_password"));
            tally.other_domain += u32::from(codes.contains("other_domain"));
            tally.fine += u32::from(codes.is_empty());
        }
        tally
    }
}

fn plan_view(plan: &Plan) -> PlanView {
    PlanView {
        id: plan.id.clone(),
        create_users: plan.users_to_create(),
        keep_users: plan.users_to_keep(),
        add_members: plan.members_to_add(),
        left_out: plan.excluded_count(),
        create_group: plan.creates_group(),
        assign_group: plan.assigns_group(),
        changes: plan.changes(),
        calls: plan.calls(),
        seconds: plan.seconds(),
    }
}

fn person_issues(cx: &SetupContext, planned: &PersonPlan) -> Vec<PersonIssueView> {
    let signed_in = planned.user_id.as_ref().and_then(|id| cx.signed_in.get(id));
    let signed_in = signed_in.map(|at| PersonIssueView {
        code: "signed_in".to_owned(),
        severity: Severity::Info,
        params: [("at".to_owned(), at.to_string())].into(),
    });
    planned
        .remarks
        .iter()
        .map(|remark| PersonIssueView {
            code: remark.code.to_owned(),
            severity: remark.severity,
            params: remark.params.clone(),
        })
        .chain(signed_in)
        .collect()
}

/// Returns what the user has to add before entering a person in AWS by hand. If AWS is connected,
/// the plan reports this instead.
fn incomplete(person: &Person) -> Option<PersonIssueView> {
    let has_names = !person.given_name.is_empty() && !person.family_name.is_empty();
    let missing = match (has_names, !person.email.is_empty()) {
        (true, true) => return None,
        (false, true) => "names",
        (true, false) => "email",
        (false, false) => "both",
    };
    Some(PersonIssueView {
        code: "incomplete".to_owned(),
        severity: Severity::Warning,
        params: [("missing".to_owned(), missing.to_owned())].into(),
    })
}

/// Returns the state to show. A recorded change takes precedence over a planned change.
fn sign(planned: Option<PlannedChange>, made: Option<AttemptState>) -> ProvisioningState {
    match (made, planned) {
        (Some(AttemptState::Done), _) => ProvisioningState::Done,
        (Some(AttemptState::Failed), _) => ProvisioningState::Failed,
        (None, Some(PlannedChange::Create)) => ProvisioningState::Create,
        (None, Some(PlannedChange::Keep)) => ProvisioningState::Keep,
        (None, Some(PlannedChange::Skip)) => ProvisioningState::Skip,
        (None, None) => ProvisioningState::Unknown,
    }
}

fn build_list_view(summary: &ListSummary) -> ListView {
    let columns =
        summary.columns.iter().map(|used| ListColumn { column: used.name(), choice: used.choice });
    ListView {
        read: summary.read,
        inactive: count(summary.inactive.len()),
        split: summary.split,
        columns: columns.collect(),
        unclear_statuses: summary.unclear_statuses.clone(),
    }
}
