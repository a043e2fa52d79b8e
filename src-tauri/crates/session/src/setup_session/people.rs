//! Step 9: the list of people and the changes for it.

use std::{
    collections::{BTreeSet, HashMap},
    hash::{DefaultHasher, Hash, Hasher},
};

use super::{Changes, Interruptibility, SetupSession, connect::refused};
use crate::{
    Action, Failure,
    jobs::Outcome,
    planning::{self, PlanRequest},
    reading::{SuppliedBytes, off_actor},
    view::{
        CurrentUser, CurrentUserStatus, EmailMismatch, GroupRow, JournalRow, PeoplePage,
        PeopleStage, PeopleView, PersonRemark, PersonRow, PlanView, ProvisioningState, TeamView,
        UnreadLine,
    },
};
use changes::{self, ApplyError, PersonPlan, Plan, PlannedChange, State, Uncertain};
use people::{
    NewPerson, People, Person, PersonIssue, User,
    csv::{self, ListError},
    nops_team::{self, EnforceImpact, ExpectedUser},
};
use setup::{
    Basis, Cause, Copyable, Field, Finding, Fix, Page, Severity, Source, Step, Value, credentials,
    enforcement::{Roster, Team},
    progress::Listed,
};

/// How many entries of the change history the window receives.
const SHOWN: usize = 200;
/// How many members of the nOps team the window lists by name.
const NAMED: usize = 50;

impl SetupSession {
    pub(super) async fn act_on_people(&mut self, action: Action) -> Result<(), Failure> {
        match action {
            Action::ChooseGroup { group } => {
                let name = group.name().trim().to_owned();
                if name.is_empty() {
                    return Err(Failure::new("name_empty"));
                }
                self.notes.remove(&Some(Field::Group));
                self.change_people(|people| people.group = group);
                self.learn([(Field::Group, Value::Text(name), Source::Entered)]);
                Ok(())
            }
            Action::AddPerson { given_name, family_name, email, user_name } => {
                let person = NewPerson {
                    given_name,
                    family_name,
                    email,
                    user_name: user_name.unwrap_or_default(),
                };
                self.change_people(|people| people.add(person))
                    .map(drop)
                    .map_err(|refusal| Failure::new(&format!("person_{}", refusal.code())))
            }
            Action::AddPeople { csv } => self.add_sheet(csv.into_bytes()).await,
            Action::RemovePerson { key } => {
                self.change_people(|people| people.remove(&key));
                Ok(())
            }
            Action::ClearPeople => {
                self.change_people(People::clear);
                Ok(())
            }
            Action::PasteTeam { text } => {
                if text.len() > csv::MAX_BYTES {
                    return Err(Failure::new(ListError::TooLarge.code()));
                }
                let team = off_actor(move || nops_team::addresses(&text)).await?;
                if team.is_empty() {
                    return Err(Failure::new("team_empty"));
                }
                let team = Value::Text(team.join("\n"));
                self.learn([(Field::NopsTeam, team, Source::Entered)]);
                match self.people_state.plan.is_some() && !self.people_state.whole {
                    true => self.plan(),
                    false => Ok(()),
                }
            }
            Action::ForgetTeam => {
                self.held.setup.facts.forget(Field::NopsTeam);
                self.save();
                Ok(())
            }
            Action::Plan => self.plan(),
            Action::Apply { plan } => self.apply(&plan),
            Action::Undo { uncertain } => self.undo(match uncertain {
                true => Uncertain::Undo,
                false => Uncertain::Leave,
            }),
            Action::Reconcile => self.reconcile(),
            Action::MarkUnknown { number } => self.mark_unknown(number),
            _ => Err(Failure::new("no_people")),
        }
    }

    /// Returns whether users and groups can be created: AWS is connected, and no external identity source
    /// manages them.
    fn can_create(&self) -> bool {
        let elsewhere = self.facts().text(Field::IdentitySource).is_some_and(|s| s != "directory");
        self.aws.connection.is_some() && !elsewhere
    }

    /// Looks up the people and the group again, so that the plan reflects the current state of AWS.
    fn plan(&mut self) -> Result<(), Failure> {
        let (connection, store) = self.identity_store()?;
        let question = PlanRequest {
            people: self.held.setup.people.clone(),
            application: self.facts().text(Field::ApplicationArn).map(str::to_owned),
            yourself: self.your_user_name().map(str::to_owned),
            // Team members in the group get access without being on the list.
            everyone: self.facts().text(Field::NopsTeam).is_some(),
            users: self.people_state.listed,
        };
        let can_create = self.can_create();
        self.notes.remove(&Some(Field::Group));
        self.start("plan", Interruptibility::Stop, move |control, _| async move {
            let can_create = |users: &[User]| can_create && !users.iter().any(User::is_provisioned);
            let found = planning::look_up(&connection, &store, question, can_create);
            Outcome::Planned(tokio::select! {
                found = found => Some(found.map(Box::new)),
                () = control.stopped() => None,
            })
        })
    }

    /// Applies exactly the plan that was confirmed.
    fn apply(&mut self, confirmed: &str) -> Result<(), Failure> {
        let plan = self
            .people_state
            .plan
            .clone()
            .filter(|plan| plan.id == confirmed)
            .ok_or_else(|| Failure::new("no_plan"))?;
        self.start_changes("apply", Interruptibility::Pause, move |run, teller| async move {
            let Changes { connection, journal, clock, control } = run;
            let progress = |done, total| teller.progress(done, total);
            Outcome::Applied(
                changes::apply(plan, &connection, &journal, &*clock, progress, &control).await,
            )
        })?;
        self.people_state.stopped = false;
        self.notes.remove(&Some(Field::Group));
        self.held.setup.facts.forget(Field::PeopleAdded);
        self.save();
        Ok(())
    }

    /// Undoes our changes. It's unknown who is added once this starts.
    fn undo(&mut self, uncertain: Uncertain) -> Result<(), Failure> {
        if !self.people_state.journal.summary().can_undo {
            return Err(Failure::new("nothing_to_undo"));
        }
        let instance = self
            .facts()
            .text(Field::InstanceArn)
            .ok_or_else(|| Failure::new("no_connection"))?
            .to_owned();
        self.start_changes("undo", Interruptibility::Pause, move |run, teller| async move {
            let Changes { connection, journal, clock, control } = run;
            let progress = |done, total| teller.progress(done, total);
            Outcome::Undone(
                changes::undo(
                    &connection,
                    &instance,
                    &journal,
                    uncertain,
                    &*clock,
                    progress,
                    &control,
                )
                .await,
            )
        })?;
        self.held.setup.facts.forget(Field::PeopleAdded);
        self.save();
        Ok(())
    }

    fn reconcile(&mut self) -> Result<(), Failure> {
        self.start_changes("reconcile", Interruptibility::Never, move |run, _| async move {
            let Changes { connection, journal, clock, .. } = run;
            Outcome::Reconciled(changes::reconcile(&connection, &journal, &*clock).await)
        })
    }

    fn mark_unknown(&mut self, number: u32) -> Result<(), Failure> {
        let marked = self.people_state.journal.mark_unknown(number, self.now());
        let marked = marked
            .map_err(|error| Failure { params: error.params(), ..Failure::new(error.code()) })?;
        match marked {
            true => {
                self.update_stopped();
                Ok(())
            }
            false => Err(Failure::new("not_open")),
        }
    }

    pub(super) fn ended_on_people(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Planned(None) => {}
            Outcome::Planned(Some(Ok(planned))) => {
                let mut notes = Vec::new();
                let members = &planned.members.items;
                let nested = members.iter().filter(|member| member.user_id.is_none());
                if let nested @ 1.. = nested.count() {
                    notes.push(nested_members(nested));
                } else if planned.members.whole && members.is_empty() && !planned.plan.adds_anyone()
                {
                    notes.push(group_empty(planned.people.group.name()));
                }
                self.people_state.whole = planned.users.whole && planned.members.whole;
                if !self.people_state.whole {
                    notes.push(not_listed());
                }
                self.notes.insert(Some(Field::Group), notes);
                self.people_state.listed = match planned.users.whole {
                    true => planned.users.listed,
                    false => self.people_state.listed.max(planned.users.listed),
                };
                self.people_state.users = planned.users.items;
                if let Some(group) = planned.group {
                    self.people_state.groups.retain(|known| known.id != group.id);
                    self.people_state.groups.push(group);
                }
                self.people_state.members = planned.members.items;
                let application = self.facts().text(Field::ApplicationArn);
                let same = planned.people == self.held.setup.people
                    && planned.application.as_deref() == application;
                if same {
                    let is_no_op = planned.plan.is_no_op();
                    self.people_state.plan = Some(planned.plan);
                    self.people_state.stopped = false;
                    self.learn_added(is_no_op);
                }
            }
            Outcome::Planned(Some(Err(error))) => {
                let finding = refused("people_job_failed", &error).shown_in(Step::People);
                self.note(Some(Field::Group), finding);
            }
            Outcome::Applied(Ok(applied)) => {
                self.update_stopped();
                let brings_everyone =
                    self.people_state.plan.as_ref().is_some_and(Plan::brings_everyone);
                self.learn_added(applied.is_complete() && brings_everyone);
                let group = self.held.setup.people.group.name().to_owned();
                self.learn([(Field::Group, Value::Text(group), Source::Observed)]);
            }
            Outcome::Undone(Ok(undone)) => {
                if undone.accounts_unseen() {
                    self.note(Some(Field::Group), accounts_unseen());
                }
                self.people_state.plan = None;
                self.update_stopped();
                if self
                    .facts()
                    .of(Field::Group)
                    .is_some_and(|group| group.source == Source::Observed)
                {
                    self.held.setup.facts.forget(Field::Group);
                    self.save();
                }
                self.refresh_tester();
            }
            Outcome::Reconciled(Ok(reconciled)) => {
                self.update_stopped();
                self.notes.remove(&Some(Field::Group));
                if let Some((count, error)) = reconciled.unsettled {
                    self.people_state.unsettled = count;
                    let finding = refused("people_unsettled", &error).shown_in(Step::People);
                    self.note(Some(Field::Group), finding.with("count", count.to_string()));
                }
                self.refresh_tester();
            }
            Outcome::Applied(Err(error))
            | Outcome::Undone(Err(error))
            | Outcome::Reconciled(Err(error)) => self.halted(&error),
            Outcome::Connected(_)
            | Outcome::NopsKey(_)
            | Outcome::SignedIn(_)
            | Outcome::Roles { .. }
            | Outcome::TesterFound { .. }
            | Outcome::TesterAssigned(_) => {}
        }
    }

    fn update_stopped(&mut self) {
        let summary = self.people_state.journal.summary();
        self.people_state.stopped = summary.unfinished;
        self.people_state.unsettled = self.people_state.unsettled.min(summary.open);
    }

    fn halted(&mut self, error: &ApplyError) {
        self.update_stopped();
        let finding = halted(Field::Group, "people_job_failed", error);
        self.note(Some(Field::Group), finding);
    }

    /// Adds the people in a CSV file.
    pub(super) async fn add_sheet(&mut self, bytes: impl SuppliedBytes) -> Result<(), Failure> {
        let mut people = self.held.setup.people.clone();
        let read = move || {
            let text = csv::decode(bytes.as_ref()).map_err(|error| Failure::new(error.code()))?;
            match credentials::find(&text) {
                Some(secret) => Err(Failure::new("secret").with("kind", secret.code())),
                None => {
                    people.add_sheet(&text);
                    Ok(people)
                }
            }
        };
        let read = off_actor(read).await??;
        self.change_people(|people| *people = read);
        Ok(())
    }

    /// Changes the list or its group. Discards the plan and the outcome, which were about the previous list.
    fn change_people<T>(&mut self, change: impl FnOnce(&mut People) -> T) -> T {
        let people = &mut self.held.setup.people;
        let before = (people.revision(), people.group.clone());
        let answer = change(people);
        if (people.revision(), people.group.clone()) != before {
            self.people_state.plan = None;
            self.held.setup.facts.forget(Field::PeopleAdded);
            self.held.setup.facts.forget(Field::PeopleSkipped);
        }
        self.save();
        answer
    }

    /// Records whether everyone on the list is added. With an empty list and an empty group, no one is.
    fn learn_added(&mut self, all_in: bool) {
        let people = &self.held.setup.people;
        let is_empty = people.rows().is_empty() && self.people_state.members.is_empty();
        if all_in && !is_empty {
            let added = Value::Text("true".to_owned());
            self.learn([(Field::PeopleAdded, added, Source::Observed)]);
        } else {
            self.held.setup.facts.forget(Field::PeopleAdded);
            self.save();
        }
    }

    /// Returns a number that changes whenever a row may have changed: a digest of everything [`Self::person`]
    /// reads.
    fn people_revision(&self) -> u32 {
        let mut digest = DefaultHasher::new();
        self.id().hash(&mut digest);
        self.held.setup.people.revision().hash(&mut digest);
        self.people_state.plan.as_ref().map(|plan| &plan.id).hash(&mut digest);
        self.people_state.journal.lines().hash(&mut digest);
        let [a, b, c, d, ..] = digest.finish().to_le_bytes();
        u32::from_le_bytes([a, b, c, d])
    }

    pub(crate) fn people_page(&self, offset: u32, limit: u32) -> PeoplePage {
        let people = &self.held.setup.people;
        PeoplePage {
            revision: self.people_revision(),
            total: count(people.rows().len()),
            rows: people
                .rows()
                .iter()
                .skip(offset as usize)
                .take(limit as usize)
                .map(|person| self.person(person))
                .collect(),
        }
    }

    fn person(&self, person: &Person) -> PersonRow {
        let planned = self.people_state.plan.as_ref().and_then(|plan| plan.person(&person.key));
        let made = self.people_state.journal.state_of(&person.key);
        PersonRow {
            key: person.key.clone(),
            name: person.name(),
            user_name: person.user_name.clone(),
            email: person.email.clone(),
            user: sign(planned.map(|planned| planned.user), made.user),
            member: sign(planned.map(|planned| planned.member), made.member),
            remarks: planned.map(remarks).unwrap_or_default(),
            user_id: planned.and_then(|planned| planned.user_id.clone()),
        }
    }

    fn stage(&self) -> PeopleStage {
        let summary = self.people_state.journal.summary();
        match self.job.as_ref().map(|job| job.name) {
            Some("apply") => PeopleStage::Applying,
            Some("undo") => PeopleStage::Undoing,
            _ if summary.open > self.people_state.unsettled => PeopleStage::Interrupted,
            _ if self.people_state.stopped => PeopleStage::Stopped,
            _ if summary.applied => PeopleStage::Applied,
            _ if self.people_state.plan.is_some() => PeopleStage::Planned,
            _ if self.held.setup.people.rows().is_empty() => PeopleStage::Empty,
            _ => PeopleStage::Listed,
        }
    }

    /// Returns the state of the people that the facts don't hold.
    pub(super) fn listed_people(&self) -> Listed {
        let plan = self.people_state.plan.as_ref();
        let summary = self.people_state.journal.summary();
        Listed {
            any: !self.held.setup.people.rows().is_empty(),
            planned: plan.is_some(),
            excluded: plan.is_some_and(Plan::excludes_anyone),
            halted: self.people_state.stopped || summary.interrupted,
            created: summary.created,
        }
    }

    /// Builds the view of step 9, with the people as counts.
    pub(crate) fn people_view(&self) -> PeopleView {
        let people = &self.held.setup.people;
        let tally = PeopleCounts::of(self.people_state.plan.as_ref());
        let summary = self.people_state.journal.summary();
        PeopleView {
            stage: self.stage(),
            group: people.group.clone(),
            groups: self
                .people_state
                .groups
                .iter()
                .map(|group| GroupRow { id: group.id.clone(), name: group.name.clone() })
                .collect(),
            can_create: self.can_create(),
            revision: self.people_revision(),
            total: count(people.rows().len()),
            plan: self.people_state.plan.as_ref().map(plan_view),
            fine: tally.fine,
            need_password: tally.need_password,
            other_domain: tally.other_domain,
            refused: tally.refused,
            unread: people
                .unread()
                .iter()
                .map(|unread| UnreadLine {
                    line: unread.line,
                    reason: unread.reason.code().to_owned(),
                })
                .collect(),
            journal: self
                .people_state
                .journal
                .latest(SHOWN)
                .into_iter()
                .map(|row| JournalRow {
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
            yourself: self.yourself(),
            team: self.team(),
        }
    }

    /// Returns whether AWS showed that the group is assigned to this application, or we assigned it.
    fn group_is_assigned(&self) -> bool {
        let Some(application) = self.facts().text(Field::ApplicationArn) else {
            return false;
        };
        let plan = self.people_state.plan.as_ref();
        plan.is_some_and(|plan| plan.application.is_some() && !plan.assign_group())
            || self.people_state.journal.has_assigned_group(application)
    }

    /// Returns whether AWS showed that this person is in the assigned group, or we added them.
    fn is_added(&self, person: &Person) -> bool {
        let planned = self.people_state.plan.as_ref().and_then(|plan| plan.person(&person.key));
        let is_member = planned.is_some_and(|planned| planned.member == PlannedChange::Keep)
            || self.people_state.journal.state_of(&person.key).member == Some(State::Done);
        is_member && self.group_is_assigned()
    }

    /// Returns the people as far as *Enforce* concerns them.
    pub(crate) fn roster(&self) -> Roster {
        let rows = self.held.setup.people.rows();
        Roster {
            addresses: rows.iter().map(|person| person.email.clone()).collect(),
            listed: count(rows.len()),
            added: match self.facts().says(Field::PeopleAdded) {
                true => count(rows.len()),
                false => count(rows.iter().filter(|person| self.is_added(person)).count()),
            },
            team: self.team_standing(),
        }
    }

    /// Returns everyone known to have access through AWS: added people on the list, members of the assigned
    /// group, and the tester, each with the address that AWS sends.
    fn expected_users(&self) -> Vec<ExpectedUser> {
        let known: HashMap<&str, &User> =
            self.people_state.users.iter().map(|user| (user.id.as_str(), user)).collect();
        let of = |user: &User| ExpectedUser {
            user_name: user.user_name.clone(),
            email: user.email.clone().unwrap_or_default(),
        };
        let plan = self.people_state.plan.as_ref();
        let listed = self.held.setup.people.rows().iter().filter_map(|person| {
            let planned = plan.and_then(|plan| plan.person(&person.key));
            if !self.is_added(person) {
                return None;
            }
            let user = planned.and_then(|planned| known.get(planned.user_id.as_deref()?));
            Some(user.map_or_else(
                || ExpectedUser {
                    user_name: person.user_name.clone(),
                    email: person.email.clone(),
                },
                |user| of(user),
            ))
        });
        let group: &[_] = if self.group_is_assigned() { &self.people_state.members } else { &[] };
        let members = group.iter();
        let assigned =
            self.facts().text(Field::TesterAssigned).is_some_and(|how| how != "unassigned");
        let tester = self.tester.as_ref().filter(|_| assigned);
        let members = members.filter_map(|member| known.get(member.user_id.as_deref()?));
        listed.chain(members.map(|user| of(user))).chain(tester.map(of)).collect()
    }

    /// Returns the members of the nOps team, each with the effect of *Enforce*. `None` until the team is
    /// pasted.
    fn enforce_impacts(&self) -> Option<Vec<(String, EnforceImpact)>> {
        let pasted = self.facts().text(Field::NopsTeam)?;
        let members: Vec<String> = pasted.lines().map(str::to_owned).collect();
        let domain = self.facts().text(Field::NopsDomain).and_then(|domain| domain.parse().ok());
        Some(nops_team::enforce_impacts(&members, &self.expected_users(), domain.as_ref()))
    }

    /// Returns the nOps team's counts for *Ready to enforce*.
    fn team_standing(&self) -> Option<Team> {
        let enforce_impacts = self.enforce_impacts()?;
        let locked_out =
            enforce_impacts.iter().filter(|(_, fate)| *fate == EnforceImpact::LockedOut);
        Some(Team { members: count(enforce_impacts.len()), locked_out: count(locked_out.count()) })
    }

    fn team(&self) -> Option<TeamView> {
        let enforce_impacts = self.enforce_impacts()?;
        let number = |wanted: &EnforceImpact| {
            count(enforce_impacts.iter().filter(|(_, fate)| fate == wanted).count())
        };
        let locked_out =
            enforce_impacts.iter().filter(|(_, fate)| *fate == EnforceImpact::LockedOut);
        let differing: Vec<EmailMismatch> = enforce_impacts
            .iter()
            .filter_map(|(member, fate)| match fate {
                EnforceImpact::Differs { sent } => {
                    Some(EmailMismatch { nops: member.clone(), aws: sent.clone() })
                }
                _ => None,
            })
            .collect();
        Some(TeamView {
            members: count(enforce_impacts.len()),
            come_in: number(&EnforceImpact::ComesIn),
            outside: number(&EnforceImpact::Outside),
            locked_out: number(&EnforceImpact::LockedOut),
            who: locked_out.take(NAMED).map(|(member, _)| member.clone()).collect(),
            differ: count(differing.len()),
            differing: differing.into_iter().take(NAMED).collect(),
        })
    }

    /// Returns the caller's user name. IAM Identity Center names role sessions after the user.
    fn your_user_name(&self) -> Option<&str> {
        let caller = self.facts().text(Field::AwsCaller)?;
        let (role, user_name) = caller.rsplit_once('/')?;
        role.contains(":assumed-role/AWSReservedSSO_").then_some(user_name)
    }

    fn yourself(&self) -> Option<CurrentUser> {
        let user_name = self.your_user_name()?;
        let is_you = |name: &str| name.eq_ignore_ascii_case(user_name);
        let you = self.people_state.users.iter().find(|user| is_you(&user.user_name));
        let id = you.map(|user| user.id.as_str());
        let plan = self.people_state.plan.as_ref()?;
        let in_group =
            id.is_some() && self.people_state.members.iter().any(|m| m.user_id.as_deref() == id);
        let tester = self.facts().text(Field::TesterUserId);
        let standing = self.facts().text(Field::TesterAssigned);
        let assigned = standing.is_some_and(|standing| standing != "unassigned");
        let is_tester = assigned && id.is_some() && tester == id;
        let listed = self.held.setup.people.rows().iter().any(|person| {
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

/// In a large directory, only the people on the list are looked up.
fn not_listed() -> Finding {
    Finding::about(Field::Group, "directory_not_listed", Severity::Info)
        .fix(Fix::Read)
        .shown_in(Step::People)
}

fn accounts_unseen() -> Finding {
    Finding::about(Field::Group, "accounts_unseen", Severity::Info)
        .fix(Fix::Copy { what: Copyable::Policy })
}

/// An assignment covers the users of a group but not its nested groups.
fn nested_members(members: usize) -> Finding {
    Finding::about(Field::Group, "nested_members", Severity::Warning)
        .with("count", members.to_string())
        .fix(Fix::Read)
        .basis(Basis::Seen)
        .shown_in(Step::People)
}

/// Assigning a group without users gives no one access.
fn group_empty(group: &str) -> Finding {
    Finding::about(Field::Group, "group_empty", Severity::Warning)
        .with("group", group)
        .fix(Fix::Open { page: Page::AwsGroups })
        .shown_in(Step::People)
}

/// Builds a finding that says why the changes stopped.
pub(super) fn halted(field: Field, code: &str, error: &ApplyError) -> Finding {
    let cause = Cause::with(error.key(), error.params());
    Finding::about(field, code, Severity::Error).because(cause).fix(Fix::Look)
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Counts of the issues found about the people of a plan.
#[derive(Default)]
struct PeopleCounts {
    fine: u32,
    need_password: u32,
    other_domain: u32,
    refused: u32,
}

impl PeopleCounts {
    fn of(plan: Option<&Plan>) -> Self {
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
        create_users: plan.create_users(),
        keep_users: plan.keep_users(),
        add_members: plan.add_members(),
        left_out: plan.left_out(),
        create_group: plan.create_group(),
        assign_group: plan.assign_group(),
        changes: plan.changes(),
        calls: plan.calls(),
        seconds: plan.seconds(),
    }
}

fn remarks(planned: &PersonPlan) -> Vec<PersonRemark> {
    planned
        .remarks
        .iter()
        .map(|remark| PersonRemark {
            code: remark.code.to_owned(),
            severity: remark.severity,
            params: remark.params.clone(),
        })
        .collect()
}

/// A recorded change takes precedence over a planned one.
fn sign(planned: Option<PlannedChange>, made: Option<State>) -> ProvisioningState {
    match (made, planned) {
        (Some(State::Done), _) => ProvisioningState::Done,
        (Some(State::Failed), _) => ProvisioningState::Failed,
        (None, Some(PlannedChange::Create)) => ProvisioningState::Create,
        (None, Some(PlannedChange::Keep)) => ProvisioningState::Keep,
        (None, Some(PlannedChange::Skip)) => ProvisioningState::Skip,
        (None, None) => ProvisioningState::Unknown,
    }
}
