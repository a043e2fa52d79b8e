//! The open setup. Each area owns its state and handles its actions and job results. This module
//! handles what affects several areas.

mod application;
mod connection;
mod context;
mod copies;
mod downloads;
mod dry_run;
mod event_history;
mod handover;
mod nops_check;
mod observations;
mod people;
mod recheck;
mod rotation;
mod secrets;
mod sign_in;
mod sign_in_tests;
mod values;

use std::{cmp::Reverse, path::PathBuf, sync::Arc};

use self::{
    application::ApplicationWatch,
    connection::{Aws, nops_key_checked},
    context::SetupContext,
    dry_run::DryRunState,
    event_history::EventHistory,
    handover::HandoverState,
    nops_check::NopsCheck,
    people::PeopleState,
    recheck::RecheckState,
    rotation::RotationState,
    secrets::report_unremoved_secret,
    values::ValuesState,
};
pub(super) use self::{
    application::{facts_of_application, request_metadata},
    connection::error_cause,
    event_history::{application_changes, record_changes},
    handover::{HandoverFile, has_handover_name, oversized_handover, read_handover},
    nops_check::{NopsAnswer, NopsRequest},
    observations::issuer as certificate_issuer,
    rotation::has_another,
    secrets::ConnectError,
};
use super::{
    Action, Failure, Secret,
    action::{DryRunAction, JobAction, StepAction, ValueAction},
    blocking::on_parser_thread,
    config::{PracticeServer, SessionConfig},
    document::Document,
    files::{self, FileError},
    jobs::{JobContext, JobOutcome, JobReport, PeopleOutcome},
    recheck::RecheckRecord,
    view::{ConnectionState, FilledFields},
};
use ::people::csv::ListError;
use changes::History;
use identity_center::Preflight;
use setup::{
    Field, Finding, Severity, Step,
    assessment::{Assessment, assess},
    idp::IdentityProvider,
    input,
    progress::{SessionState, is_everything_else_done},
};
use storage::{
    store::{ConnectionMethod, OpenSetup, Setup},
    vault::{SecretLease, SecretStore},
};

pub(super) struct SetupSession {
    pub(super) cx: SetupContext,
    pub(super) aws: Aws,
    pub(super) application: ApplicationWatch,
    pub(super) values: ValuesState,
    pub(super) dry_run: DryRunState,
    pub(super) nops: NopsCheck,
    pub(super) events: EventHistory,
    pub(super) people: PeopleState,
    pub(super) recheck: RecheckState,
    pub(super) handover: HandoverState,
    pub(super) rotation: RotationState,
}

impl SetupSession {
    pub(super) fn new(
        held: OpenSetup,
        ports: SessionConfig,
        vault: Arc<SecretStore>,
        inbox: JobContext,
        practice: Option<PracticeServer>,
        history: History,
    ) -> Self {
        let people = PeopleState::new(is_unfinished(&held.setup, &history));
        let cx = SetupContext::new(held, ports, vault, inbox, practice, history);
        Self {
            aws: Aws::default(),
            application: ApplicationWatch::default(),
            values: ValuesState::default(),
            dry_run: DryRunState::default(),
            nops: NopsCheck::default(),
            events: EventHistory::default(),
            people,
            recheck: RecheckState::default(),
            handover: HandoverState::default(),
            rotation: RotationState::default(),
            cx,
        }
    }

    /// Shows a rotation that was under way when the setup was closed.
    pub(super) fn resume_rotation(&mut self) {
        self.rotation.resume(&mut self.cx);
    }

    /// Reconnects when the setup is opened.
    pub(super) fn reconnect(&mut self, is_confirmed: bool) {
        self.aws.reconnect(&mut self.cx, is_confirmed);
    }

    /// Shows what the last check of this setup saw.
    pub(super) fn show_record(&mut self, record: Option<RecheckRecord>) {
        self.recheck = RecheckState::with_record(record);
    }

    /// Closes the setup and returns its leases. A token that is renewed later is still kept until
    /// its lease ends.
    pub(super) fn close(mut self) -> [SecretLease; 2] {
        self.values.stop_watching_downloads();
        self.application.stop_watching();
        self.nops.stop();
        self.events.stop();
        self.recheck.stop();
        self.rotation.stop();
        [self.aws.lease.clone(), self.aws.nops_lease.clone()]
    }

    pub(super) fn rename(&mut self, name: &str) {
        name.clone_into(&mut self.cx.held.setup.name);
        self.cx.save();
    }

    pub(super) async fn act(&mut self, action: Action) -> Result<(), Failure> {
        self.handover.refused = None;
        // The user decides about a colleague's file before anything that it's compared with changes.
        if self.handover.received.is_some()
            && !matches!(action, Action::Handover(_) | Action::Job(_))
        {
            return Err(Failure::new("handover_open"));
        }
        let files = match action.possible_path() {
            Some(text) => files::parse_pasted(text).await,
            None => None,
        };
        let done = match files {
            Some(files) => self.import(files).await,
            None => self.dispatch(action).await,
        };
        self.update_dependent_areas().await;
        done
    }

    /// Lets the areas react to changes in other areas.
    async fn update_dependent_areas(&mut self) {
        self.nops.update_requests(&mut self.cx);
        self.dry_run.recheck_response(&mut self.cx).await;
        self.events.update_lookups(&mut self.cx, self.dry_run.tester.as_ref());
        self.people.discard_outdated_plan(&self.cx);
        self.rotation.update(&mut self.cx);
    }

    async fn dispatch(&mut self, action: Action) -> Result<(), Failure> {
        // In a repair, the user pastes whatever they have, wherever the cursor is.
        if let Action::Value(ValueAction::Enter { field, text, .. }) = &action
            && self.cx.held.setup.repair
            && self.cx.held.setup.current == Step::Start
            && self.try_dry_run(Secret::new(text.clone())).await?
        {
            self.values.filled =
                Some(FilledFields { from: Some(*field), fields: vec![Field::DryRun] });
            return Ok(());
        }
        let Self {
            cx,
            aws,
            application,
            values,
            dry_run,
            nops,
            events,
            people,
            recheck,
            handover,
            rotation,
        } = self;
        match action {
            Action::Setup(_) => Err(Failure::new("no_setup")),
            Action::Step(StepAction::Go { step }) => {
                if step != cx.held.setup.current {
                    values.stop_watching_downloads();
                    values.filled = None;
                }
                rotation.is_shown = false;
                cx.held.setup.current = step;
                cx.save();
                Ok(())
            }
            Action::Step(StepAction::ClearLast) => {
                values.clear_last_values(cx);
                dry_run.forget_response(cx);
                Ok(())
            }
            Action::Step(StepAction::Paste { text, html }) => self.paste(text, html).await,
            // Look up the tester in AWS, no matter how the name was entered.
            Action::Value(ValueAction::Enter { field: Field::Tester, text, .. }) => {
                dry_run.act(cx, DryRunAction::ChooseTester { who: text }).await
            }
            Action::Value(action) => {
                let says_saved = matches!(
                    &action,
                    ValueAction::Declare { field: Field::NopsSaved, value } if value == "true"
                );
                values.act(cx, action).await?;
                if says_saved {
                    cx.record_facts(setup::rotation::saved(cx.facts()));
                    nops.wait_for_save(cx);
                }
                Ok(())
            }
            Action::Downloads(action) => values.act_on_downloads(cx, action).await,
            Action::Connection(action) => {
                aws.act(cx, action)?;
                if aws.state == ConnectionState::Off {
                    application.connect(false);
                }
                Ok(())
            }
            Action::SignIn(action) => aws.act_on_sign_in(cx, action),
            Action::Application(action) => application.act(cx, action),
            Action::DryRun(action) => dry_run.act(cx, action).await,
            Action::NopsCheck(action) => nops.act(cx, action),
            Action::EventHistory(action) => {
                events.act(&action);
                Ok(())
            }
            Action::Recheck(action) => {
                recheck.act(cx, &action);
                Ok(())
            }
            Action::Handover(action) => handover.act(cx, action),
            Action::Rotation(action) => rotation.act(cx, action),
            Action::SignInTest(action) => sign_in_tests::act(cx, dry_run, action).await,
            Action::People(action) => people.act(cx, action).await,
            Action::Job(JobAction::Cancel) => {
                if let Some(job) = &cx.job {
                    job.control.stop();
                }
                Ok(())
            }
            Action::Job(action @ (JobAction::Pause | JobAction::GoOn)) => {
                let now = cx.now();
                let job = cx.job.as_mut().ok_or_else(|| Failure::new("no_pause"))?;
                job.pause(matches!(action, JobAction::Pause), now)
            }
        }
    }

    /// Reads files and stores the values they contain. In each step, a file can be a colleague's
    /// handover. In step 6, a file can be a response or a shared result. In step 9, other files are
    /// lists of people.
    pub(super) async fn import(&mut self, files: Vec<PathBuf>) -> Result<(), Failure> {
        let (step, now) = (self.cx.held.setup.current, self.cx.now());
        let mut intakes = Vec::new();
        self.handover.refused = None;
        let mut handovers = 0;
        let is_comparing = self.handover.received.is_some();
        let is_rotating = self.rotation.is_shown;
        let read = move |name: &str, bytes: &[u8]| {
            let intake = input::imported(name, bytes, step, now);
            if is_rotating { intake.into_new_certificate() } else { intake }
        };
        for file in files {
            let name = files::name(&file);
            intakes.push(match files::read_on_thread(file).await {
                Ok(bytes) if self.try_handover(&name, bytes.clone()).await => {
                    handovers += 1;
                    continue;
                }
                _ if is_comparing => {
                    self.handover.refused = Some(Failure::new("handover_open"));
                    continue;
                }
                Ok(bytes) if step == Step::People => {
                    self.people.add_list(&mut self.cx, bytes).await?;
                    continue;
                }
                Ok(bytes) => {
                    if self.try_dry_run(bytes.clone()).await? {
                        continue;
                    }
                    on_parser_thread(move || read(&name, &bytes)).await?
                }
                Err(FileError::TooLarge(_)) if has_handover_name(&name) => {
                    self.handover.refused = Some(oversized_handover());
                    continue;
                }
                Err(FileError::TooLarge(_)) if step == Step::People => {
                    return Err(ListError::TooLarge.into());
                }
                Err(FileError::TooLarge(bytes)) => input::oversized_file(Some(&name), bytes, step),
                Err(FileError::Unreadable(cause)) => input::unopened_file(&name, cause, step),
            });
        }
        if handovers > 1 {
            self.handover.refuse_several();
        }
        if !intakes.is_empty() {
            self.values.store_input(&mut self.cx, None, input::combined(intakes));
        }
        self.update_dependent_areas().await;
        Ok(())
    }

    /// Opens a colleague's handover. Returns false if the input is something else.
    async fn try_handover(
        &mut self,
        name: &str,
        bytes: impl super::blocking::SuppliedBytes,
    ) -> bool {
        match read_handover(name, bytes).await {
            None => return false,
            Some(Ok(file)) => self.handover.receive(&self.cx.held.setup, file),
            Some(Err(failure)) => self.handover.refused = Some(failure),
        }
        true
    }

    /// Shows a handover of this setup. Returns why it can't be used.
    pub(super) fn receive_handover(&mut self, file: HandoverFile) -> Result<(), Failure> {
        self.handover.receive(&self.cx.held.setup, file);
        self.handover.refused.take().map_or(Ok(()), Err)
    }

    /// Reads text that was pasted outside a field in the same way as a file with this content.
    async fn paste(&mut self, text: Secret, html: Option<Secret>) -> Result<(), Failure> {
        let (step, now) = (self.cx.held.setup.current, self.cx.now());
        if step == Step::People {
            return self.people.add_list(&mut self.cx, text).await;
        }
        if self.try_dry_run(text.clone()).await? {
            return Ok(());
        }
        let text = match &self.cx.practice {
            Some(practice) => Secret::new(practice.restore_real_links(text.expose())),
            None => text,
        };
        let is_rotating = self.rotation.is_shown;
        let read = move || {
            let (text, html) = (text.expose(), html.as_ref().map(Secret::expose));
            let intake = input::copied_table(Field::AttributeMappings, text, html)
                .unwrap_or_else(|| input::parse_pasted(text, step, now));
            if is_rotating { intake.into_new_certificate() } else { intake }
        };
        let intake = on_parser_thread(read).await?;
        self.values.store_input(&mut self.cx, None, intake);
        Ok(())
    }

    /// In step 6 and in a rotation, handles input outside the field in the same way as input pasted into the field.
    /// Returns false if the input is neither a response nor a shared result, so that it's read as
    /// in other steps.
    async fn try_dry_run(
        &mut self,
        bytes: impl super::blocking::SuppliedBytes,
    ) -> Result<bool, Failure> {
        let Self { cx, dry_run, rotation, .. } = self;
        let is_recognized = match cx.held.setup.current {
            Step::Finish if rotation.is_shown => dry_run.try_dry_run_input(cx, bytes).await?,
            Step::DryRun => dry_run.try_dry_run_input(cx, bytes).await?,
            Step::Start if cx.held.setup.repair => dry_run.try_dry_run_input(cx, bytes).await?,
            Step::SignInTests => sign_in_tests::explain_recording(cx, dry_run, None, bytes).await?,
            Step::Start
            | Step::Connect
            | Step::Addresses
            | Step::Application
            | Step::Mappings
            | Step::Details
            | Step::People
            | Step::Finish => false,
        };
        if is_recognized {
            self.cx.notes.remove(&None);
            self.values.offers.clear();
        }
        Ok(is_recognized)
    }

    pub(super) async fn report(&mut self, report: JobReport) {
        self.handle_report(report);
        self.update_dependent_areas().await;
    }

    /// Handles a report from a background task. Drops the progress of an earlier job.
    fn handle_report(&mut self, report: JobReport) {
        let Self { cx, aws, application, values, nops, events, recheck, .. } = self;
        match report {
            JobReport::Progress { job, progress } => {
                if let Some(running) = cx.find_job_mut(job) {
                    running.progress = progress;
                }
            }
            JobReport::Watched { applications, number, ended } => {
                application.watched(cx, applications, number, &ended);
            }
            JobReport::EndsSoon(ends) => aws.add_expiry_warning(cx, ends),
            JobReport::Fetched { url, fetched } => application.fetched(cx, &url, fetched),
            JobReport::NopsAnswered { answer, is_last, ended } => {
                nops.answered(cx, answer, is_last, &ended);
            }
            JobReport::EventsLookedUp { events: found, failure, ended } => {
                events.handle_lookup_result(cx, found, failure, &ended);
            }
            JobReport::Rechecked { record, failure, ended } => {
                recheck.finished(*record, failure, &ended);
            }
            JobReport::Arrived(offers) => values.offer_files(offers),
            JobReport::DownloadsLost => values.report_lost_folder(),
            JobReport::Profiles(profiles) => aws.listed_profiles(profiles),
            JobReport::JobUpdate { job, what } => aws.handle_job_update(cx, job, what),
            JobReport::NotForgotten(error) => report_unremoved_secret(cx, error),
            JobReport::RedirectedByDefault(endpoints) => aws.redirected_by_default(cx, endpoints),
            JobReport::Invited { job, address, code } => aws.invited(cx, job, address, code),
            JobReport::Ended { job, outcome } => {
                if cx.find_job_mut(job).is_some() {
                    cx.job = None;
                    self.handle_job_outcome(outcome);
                } else {
                    aws.end_unused_sign_in(cx, outcome);
                }
            }
        }
    }

    fn handle_job_outcome(&mut self, outcome: JobOutcome) {
        let Self { cx, aws, dry_run, people, .. } = self;
        match outcome {
            JobOutcome::Connection(outcome) => {
                if let Some(preflight) = aws.connected(cx, outcome) {
                    self.preflight(preflight);
                }
            }
            JobOutcome::SignIn(outcome) => aws.signed_in(cx, outcome),
            JobOutcome::NopsKey(owner) => nops_key_checked(cx, owner),
            JobOutcome::Tester(outcome) => dry_run.handle_tester_outcome(cx, outcome),
            JobOutcome::People(outcome) => {
                let may_concern_tester = matches!(
                    outcome,
                    PeopleOutcome::Undone(Ok(_)) | PeopleOutcome::Reconciled(Ok(_))
                );
                people.handle_outcome(cx, outcome);
                if may_concern_tester {
                    dry_run.refresh_tester(cx);
                }
            }
        }
    }

    fn preflight(&mut self, preflight: Preflight) {
        let Self { cx, application, dry_run, events, people, .. } = self;
        events.restart_lookup();
        people.store_directory_sample(preflight.users, preflight.groups);
        application.connect(true);
        if let Some(Ok(applications)) = preflight.applications {
            application.handle_application_list(cx, &applications, None);
        }
        dry_run.refresh_tester(cx);
    }

    /// Assesses the facts with the current people.
    pub(super) fn assess(&self) -> Assessment {
        let roster = self.people.roster(&self.cx, self.dry_run.tester.as_ref());
        assess(self.cx.facts(), &roster, self.cx.now())
    }

    /// Returns all findings: from the assessment, from the last input and from the dry run.
    pub(super) fn findings(&self) -> Vec<Finding> {
        self.findings_of(&self.assess())
    }

    pub(super) fn findings_of(&self, assessment: &Assessment) -> Vec<Finding> {
        let assessed = assessment.findings.iter().filter(|finding| !self.is_explained(finding));
        let notes = self.cx.notes.values().flatten().filter(|note| !self.is_settled(note));
        let dry_run = self.dry_run.checked.iter().flat_map(|checked| &checked.dry_run.findings);
        let mut all: Vec<_> = assessed.chain(notes).chain(dry_run).cloned().collect();
        all.sort_by_key(|finding| (finding.step, Reverse(finding.severity)));
        Finding::identify(all)
    }

    /// Returns whether a note is about a missing value that is now known or no longer needed.
    fn is_settled(&self, note: &Finding) -> bool {
        match note.code.as_str() {
            "metadata_unreachable" => {
                let idp = IdentityProvider::from_facts(self.cx.facts());
                let known = idp.issuer.is_some() && !idp.certificates.is_empty();
                known || idp.metadata_url.is_none()
            }
            // The dialog for another tester explains why a name was refused.
            "tester_not_found" | "tester_not_user_name" => {
                self.cx.facts().get(Field::Tester).is_some()
            }
            _ => false,
        }
    }

    /// Returns whether other findings explain this failure in more detail, so that it isn't listed
    /// as a second problem.
    fn is_explained(&self, finding: &Finding) -> bool {
        match finding.code.as_str() {
            "dry_run_failed" => self.dry_run.checked.as_ref().is_some_and(|checked| {
                checked.dry_run.findings.iter().any(|one| one.severity == Severity::Error)
            }),
            "sign_in_test_failed" => {
                self.cx.notes.get(&finding.field).is_some_and(|notes| !notes.is_empty())
            }
            _ => false,
        }
    }

    /// Returns the state that the assessment needs besides the facts.
    pub(super) fn session_state(&self) -> SessionState {
        let setup = &self.cx.held.setup;
        SessionState {
            connected: self.aws.state == ConnectionState::Connected,
            by_hand: setup.connection_method == ConnectionMethod::ByHand,
            repair: setup.repair,
            lane: setup.lane(),
            watching: self.application.is_watching(),
            people: self.people.list_state(&self.cx),
            report_saved: setup.report_saved && !setup.is_report_outdated(),
        }
    }

    /// Records that a handover was saved, or where a report was saved. In step 10, a saved report ends the setup if nothing else
    /// is left to do.
    pub(super) fn saved(&mut self, document: &Document, file: String) {
        if matches!(document, Document::Handover { .. }) {
            self.handover.saved(&mut self.cx);
        }
        if !document.is_report() {
            return;
        }
        let at_the_end = self.cx.held.setup.current == Step::Finish;
        let (all, findings) = (self.cx.all_facts(), self.findings());
        let setup = &mut self.cx.held.setup;
        setup.report_file = Some(file);
        setup.report_enforced = setup.facts.is_true(Field::NopsEnforce);
        if at_the_end && is_everything_else_done(&all, &findings, self.session_state()) {
            self.cx.held.setup.report_saved = true;
        }
        self.cx.save();
    }
}

/// Returns whether the last run of changes ended early, and AWS hasn't shown since that everyone
/// was added.
pub(super) fn is_unfinished(setup: &Setup, history: &History) -> bool {
    history.summary().unfinished && !setup.facts.is_true(Field::PeopleAdded)
}
