//! The open setup: its facts on disk, and the state that lives only while it's open.

mod application;
mod connect;
mod download_watcher;
mod evidence;
mod observations;
mod people;
mod secrets;
mod sign_in;

use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

use jiff::Timestamp;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

pub(super) use self::secrets::ConnectError;
use self::sign_in::SignInState;
use super::{
    Action, Failure, Secret,
    config::{PracticeServer, SessionConfig},
    document::Document,
    files::FileError,
    jobs::{JobContext, Outcome, Report},
    reading::{off_actor, on_disk},
    view::{Candidate, ConnectionState, Placed, WatchState},
};
use ::people::{Group, Membership, User, csv::ListError};
use changes::{Control, History, Plan};
use identity_center::{Connection, Profile};
use setup::{
    CertificateForm, Copyable, Fact, Facts, Field, Finding, Page, Severity, Source, Step, Value,
    assessment::{Assessment, assess},
    derive::derive,
    dry_run::DryRun,
    idp::{self, Idp},
    input, mappings, pages,
    progress::{SessionState, only_the_report_is_left},
    sp_metadata, transfers,
};
use storage::{
    store::{ConnectionMethod, OpenSetup, Setup, World},
    vault::{Lease, SecretLocation, SecretStore},
};

pub(super) struct SetupSession {
    pub(super) held: OpenSetup,
    pub(super) ports: SessionConfig,
    pub(super) vault: Arc<SecretStore>,
    pub(super) inbox: JobContext,
    pub(super) practice: Option<PracticeServer>,
    /// Notes on the last values entered or imported, by field. Never stored.
    pub(super) notes: BTreeMap<Option<Field>, Vec<Finding>>,
    /// Values found together in the last input, one of which the user has to choose.
    pub(super) offers: Vec<input::Offer>,
    /// The fields that the last paste or drop filled.
    pub(super) placed: Option<Placed>,
    pub(super) downloads: download_watcher::Downloads,
    /// The setup has changed since the last write to disk.
    pub(super) dirty: bool,
    /// Why the last change isn't on disk.
    pub(super) unsaved: Option<String>,
    pub(super) job: Option<RunningJob>,
    /// The number of the last job. Late reports of an earlier job are dropped.
    pub(super) jobs: u32,
    pub(super) aws: Aws,
    pub(super) watch: ApplicationWatch,
    pub(super) dry_run: Option<(Timestamp, DryRun)>,
    pub(super) tester: Option<User>,
    /// AWS denied the request for the tester's assignment.
    pub(super) tester_denied: bool,
    pub(super) people_state: PeopleState,
}

/// The connection to AWS.
pub(super) struct Aws {
    pub(super) state: ConnectionState,
    pub(super) label: String,
    /// Where this connection's secrets are kept, once known.
    pub(super) kept: Option<SecretLocation>,
    /// Custom endpoints that calls go to instead of AWS, found before the first call.
    pub(super) redirected: Option<String>,
    /// The task that removes secrets from the keychain.
    pub(super) forgetting: Option<JoinHandle<()>>,
    pub(super) connection: Option<Connection>,
    pub(super) profiles: Vec<Profile>,
    /// The profiles were read, or reading them failed.
    pub(super) profiles_listed: bool,
    /// The setup names a profile that wasn't chosen on this computer, so it waits for the user's consent.
    pub(super) unconfirmed: bool,
    pub(super) candidates: Vec<Candidate>,
    pub(super) sign_in: SignInState,
    /// Ends with this connection. Secrets that arrive later are dropped.
    pub(super) lease: Lease,
    /// Ends when the nOps API key is removed.
    pub(super) nops_lease: Lease,
}

/// The watch that asks AWS for the application.
pub(super) struct ApplicationWatch {
    pub(super) state: WatchState,
    pub(super) asked: Option<Timestamp>,
    pub(super) since: Option<Timestamp>,
    pub(super) seen: u32,
    pub(super) times: u32,
    pub(super) cancel: Option<CancellationToken>,
}

/// The people in the directory, the plan, and the change history.
pub(super) struct PeopleState {
    /// The users that were read. In a large directory, these aren't all users.
    pub(super) users: Vec<User>,
    /// The number of users in the directory, or a lower bound.
    pub(super) listed: usize,
    /// The last plan read every user and every member of its group.
    pub(super) whole: bool,
    pub(super) groups: Vec<Group>,
    /// The members of the chosen group at the time of the plan.
    pub(super) members: Vec<Membership>,
    /// The plan that waits for confirmation, or the last confirmed one.
    pub(super) plan: Option<Plan>,
    pub(super) journal: History,
    /// The last run stopped early, and nothing has been planned since.
    pub(super) stopped: bool,
    /// Changes that a reconciliation couldn't check. They stay open and block nothing.
    pub(super) unsettled: u32,
}

pub(super) struct RunningJob {
    pub(super) number: u32,
    pub(super) name: &'static str,
    pub(super) done: u32,
    pub(super) total: u32,
    pub(super) started: Timestamp,
    /// When the pause began.
    pub(super) paused: Option<Timestamp>,
    pub(super) control: Control,
    pub(super) halt: Interruptibility,
    /// The job writes the change history, so the setup stays open until it ends.
    pub(super) changes: bool,
    /// The keychain is waiting for the user.
    pub(super) waits_for_keychain: bool,
}

impl Drop for RunningJob {
    /// Asks the job to stop when the session drops it.
    fn drop(&mut self) {
        self.control.stop();
    }
}

/// What a run of changes owns until it ends. The change history includes the right to write the setup's
/// files.
pub(super) struct Changes {
    pub(super) connection: Connection,
    pub(super) journal: History,
    pub(super) clock: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    pub(super) control: Control,
}

/// Whether the user can stop or pause a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Interruptibility {
    Never,
    /// Can be canceled.
    Stop,
    /// Can be canceled or paused.
    Pause,
}

impl RunningJob {
    /// Pauses or resumes the job. Paused time doesn't count as elapsed time.
    fn pause(&mut self, wait: bool, now: Timestamp) -> Result<(), Failure> {
        if self.halt != Interruptibility::Pause {
            return Err(Failure::new("no_pause"));
        }
        if wait {
            self.control.pause();
            self.paused.get_or_insert(now);
        } else {
            self.control.go_on();
            if let Some(since) = self.paused.take() {
                self.started += now.duration_since(since);
            }
        }
        Ok(())
    }
}

impl SetupSession {
    pub(super) fn new(
        held: OpenSetup,
        ports: SessionConfig,
        vault: Arc<SecretStore>,
        inbox: JobContext,
        practice: Option<PracticeServer>,
        journal: History,
    ) -> Self {
        let stopped = is_unfinished(&held.setup, &journal);
        Self {
            held,
            ports,
            vault,
            inbox,
            practice,
            notes: BTreeMap::new(),
            offers: Vec::new(),
            placed: None,
            downloads: download_watcher::Downloads::default(),
            dirty: false,
            unsaved: None,
            job: None,
            jobs: 0,
            aws: Aws {
                state: ConnectionState::Off,
                label: String::new(),
                kept: None,
                redirected: None,
                forgetting: None,
                connection: None,
                profiles: Vec::new(),
                profiles_listed: false,
                unconfirmed: false,
                candidates: Vec::new(),
                sign_in: SignInState::default(),
                lease: Lease::default(),
                nops_lease: Lease::default(),
            },
            watch: ApplicationWatch {
                state: WatchState::Off,
                asked: None,
                since: None,
                seen: 0,
                times: 0,
                cancel: None,
            },
            dry_run: None,
            tester: None,
            tester_denied: false,
            people_state: PeopleState {
                users: Vec::new(),
                listed: 0,
                whole: false,
                groups: Vec::new(),
                members: Vec::new(),
                plan: None,
                stopped,
                journal,
                unsettled: 0,
            },
        }
    }

    pub(super) fn id(&self) -> Uuid {
        self.held.setup.id
    }

    pub(super) fn facts(&self) -> &Facts {
        &self.held.setup.facts
    }

    /// Returns the facts with all derived facts.
    pub(super) fn all(&self) -> Facts {
        derive(self.facts(), self.now())
    }

    pub(super) fn now(&self) -> Timestamp {
        (self.ports.clock)()
    }

    /// Assesses the facts with the current people.
    pub(super) fn assess(&self) -> Assessment {
        assess(self.facts(), &self.roster(), self.now())
    }

    /// Returns all findings: from the assessment, the last input, and the dry run.
    pub(super) fn findings(&self) -> Vec<Finding> {
        let mut all = self.assess().findings;
        all.retain(|finding| !self.is_explained(finding));
        all.extend(self.notes.values().flatten().filter(|note| !self.is_settled(note)).cloned());
        if let Some((_, dry_run)) = &self.dry_run {
            all.extend(dry_run.findings.iter().cloned());
        }
        all.sort_by_key(|finding| (finding.step, std::cmp::Reverse(finding.severity)));
        Finding::identify(all)
    }

    /// Returns whether a note is about something that was missing and is now known or no longer needed.
    fn is_settled(&self, note: &Finding) -> bool {
        match note.code.as_str() {
            "metadata_unreachable" => {
                let idp = Idp::of(self.facts());
                let known = idp.issuer.is_some() && !idp.certificates.is_empty();
                known || idp.metadata_url.is_none()
            }
            "tester_not_found" => self.facts().of(Field::Tester).is_some(),
            _ => false,
        }
    }

    /// Returns whether other findings explain this failure in more detail. It isn't listed as a second
    /// problem then.
    fn is_explained(&self, finding: &Finding) -> bool {
        let notes = || finding.field.and_then(|field| self.notes.get(&Some(field)));
        let has_errors =
            |found: &[Finding]| found.iter().any(|one| one.severity == Severity::Error);
        match finding.code.as_str() {
            "dry_run_failed" => {
                self.dry_run.as_ref().is_some_and(|(_, dry_run)| has_errors(&dry_run.findings))
            }
            "sign_in_test_failed" => notes().is_some_and(|notes| !notes.is_empty()),
            _ => false,
        }
    }

    /// Returns the state that the facts alone don't hold.
    pub(super) fn circumstances(&self) -> SessionState {
        SessionState {
            connected: self.aws.state == ConnectionState::Connected,
            by_hand: self.held.setup.way == ConnectionMethod::ByHand,
            repair: self.held.setup.repair,
            watching: self.watch.state == WatchState::Waiting,
            people: self.listed_people(),
            report_saved: self.held.setup.report_saved,
        }
    }

    /// Records that a report was saved. It counts only in step 10, which shows it, and only if nothing else
    /// is left to do.
    pub(super) fn saved(&mut self, document: &Document) {
        let at_the_end = document.is_report() && self.held.setup.current == Step::Finish;
        let (all, findings) = (self.all(), self.findings());
        if at_the_end && only_the_report_is_left(&all, &findings, self.circumstances()) {
            self.held.setup.report_saved = true;
            self.save();
        }
    }

    /// Returns the name of the running job if it changes AWS or the change history.
    pub(super) fn changing(&self) -> Option<&'static str> {
        self.job.as_ref().filter(|job| job.changes).map(|job| job.name)
    }

    /// Closes the setup and returns its leases. A token that is renewed later is kept until its lease ends.
    pub(super) fn close(mut self) -> [Lease; 2] {
        self.leave_downloads();
        if let Some(cancel) = &self.watch.cancel {
            cancel.cancel();
        }
        [self.aws.lease.clone(), self.aws.nops_lease.clone()]
    }

    pub(super) fn rename(&mut self, name: &str) -> Result<(), Failure> {
        name.clone_into(&mut self.held.setup.name);
        self.save();
        Ok(())
    }

    /// Marks the setup for writing. It's written before the current message is answered.
    pub(super) fn save(&mut self) {
        self.dirty = true;
    }

    /// Writes unsaved changes to disk. A failure is shown, and the next message tries again.
    pub(super) async fn flush(&mut self) {
        if !self.dirty {
            return;
        }
        let now = self.now();
        let saved = match self.held.saving(now) {
            Ok(saving) => on_disk(|| saving.run()).await,
            Err(error) => Err(Failure::new(error.code())),
        };
        self.dirty = saved.is_err();
        self.unsaved = saved.err().map(|failure| failure.code);
    }

    /// Stores values as facts and saves.
    pub(super) fn learn(&mut self, values: impl IntoIterator<Item = (Field, Value, Source)>) {
        let now = self.now();
        for (field, value, source) in values {
            self.held.setup.facts.learn(field, value, source, now);
        }
        self.save();
    }

    pub(super) async fn act(&mut self, action: Action) -> Result<(), Failure> {
        match action {
            Action::Go { step } => {
                if step != self.held.setup.current {
                    self.leave_downloads();
                    self.placed = None;
                }
                self.held.setup.current = step;
                self.save();
                Ok(())
            }
            // A tester is looked up in AWS, however the name was entered.
            Action::Enter { field: Field::Tester, text, .. } => {
                self.choose_tester(text.trim().to_owned())
            }
            // Emptying a field removes its value.
            Action::Enter { field, text, .. } if text.trim().is_empty() => {
                self.clear(field);
                Ok(())
            }
            Action::Enter { field, text, html } => {
                let (step, now) = (self.held.setup.current, self.now());
                let read = move || {
                    input::copied_table(field, &text, html.as_deref())
                        .unwrap_or_else(|| input::entered(field, &text, step, now))
                };
                let intake = off_actor(read).await?;
                self.take(Some(field), intake);
                Ok(())
            }
            Action::Declare { field, value } => {
                self.notes.remove(&Some(field));
                self.learn([(field, Value::Text(value), Source::Declared)]);
                Ok(())
            }
            Action::Keep { field } => {
                if self.facts().of(field).is_none() {
                    return Err(Failure::new("not_kept_field"));
                }
                self.held.setup.facts.keep(field);
                self.save();
                Ok(())
            }
            Action::Clear { field } => {
                self.clear(field);
                Ok(())
            }
            Action::ClearLast => {
                self.clear_last();
                Ok(())
            }
            Action::WatchDownloads => self.watch_downloads().await,
            Action::LeaveDownloads => {
                self.leave_downloads();
                Ok(())
            }
            Action::Choose { id } => self.choose_offer(Some(&id)),
            Action::ChooseNone => self.choose_offer(None),
            Action::Swap { a, b } => self.swap(a, b),
            Action::Paste { text, html } => self.paste(text, html).await,
            Action::SignIn { .. } | Action::ChooseAccount { .. } | Action::ConnectRole { .. } => {
                self.act_on_sign_in(action)
            }
            Action::ConnectProfile { .. }
            | Action::ConnectProfileWithCode { .. }
            | Action::ConnectKeys { .. }
            | Action::ConnectPractice
            | Action::ByHand
            | Action::Disconnect
            | Action::Look
            | Action::CheckNopsKey { .. }
            | Action::ForgetNopsKey => self.act_on_aws(action),
            Action::Watch
            | Action::StopWatching
            | Action::AskNow
            | Action::ChooseApplication { .. }
            | Action::FetchMetadata => self.act_on_application(action),
            Action::ChooseTester { .. }
            | Action::AssignTester
            | Action::UnassignTester
            | Action::DryRun { .. }
            | Action::ForgetResponse
            | Action::SignInTest { .. } => self.act_on_evidence(action).await,
            Action::ChooseGroup { .. }
            | Action::AddPerson { .. }
            | Action::AddPeople { .. }
            | Action::RemovePerson { .. }
            | Action::ClearPeople
            | Action::PasteTeam { .. }
            | Action::ForgetTeam
            | Action::Plan
            | Action::Apply { .. }
            | Action::Undo { .. }
            | Action::Reconcile
            | Action::MarkUnknown { .. } => self.act_on_people(action).await,
            Action::Cancel => {
                if let Some(job) = &self.job {
                    job.control.stop();
                }
                Ok(())
            }
            Action::Pause | Action::GoOn => {
                let now = self.now();
                let job = self.job.as_mut().ok_or_else(|| Failure::new("no_pause"))?;
                job.pause(matches!(action, Action::Pause), now)
            }
            Action::Create { .. }
            | Action::Resume { .. }
            | Action::Close
            | Action::Rename { .. }
            | Action::Delete { .. } => Err(Failure::new("no_setup")),
        }
    }

    /// Removes a value and the notes about it.
    fn clear(&mut self, field: Field) {
        self.placed = None;
        self.notes.remove(&Some(field));
        for notes in self.notes.values_mut() {
            notes.retain(|note| note.field != Some(field));
        }
        self.held.setup.facts.forget(field);
        self.save();
    }

    /// Reads files and keeps the values found. In step 6 a file may be a response or a shared result, and in
    /// step 9 it is a list of people.
    pub(super) async fn import(&mut self, files: Vec<PathBuf>) -> Result<(), Failure> {
        let (step, now) = (self.held.setup.current, self.now());
        let mut intakes = Vec::new();
        for file in files {
            let name = super::files::name(&file);
            intakes.push(match super::files::read_beside(file).await {
                Ok(bytes) if step == Step::People => {
                    self.add_sheet(bytes).await?;
                    continue;
                }
                Ok(bytes) => {
                    if step == Step::DryRun && self.try_dry_run(bytes.clone()).await? {
                        continue;
                    }
                    off_actor(move || input::imported(&name, &bytes, step, now)).await?
                }
                Err(FileError::TooLarge(_)) if step == Step::People => {
                    return Err(Failure::new(ListError::TooLarge.code()));
                }
                Err(FileError::TooLarge(bytes)) => input::oversized(Some(&name), bytes, step),
                Err(FileError::Unreadable(cause)) => input::unopened(&name, cause, step),
            });
        }
        if !intakes.is_empty() {
            self.take(None, input::together(intakes));
        }
        Ok(())
    }

    /// Reads text pasted outside a field the same way as a file with that content.
    async fn paste(&mut self, text: Secret, html: Option<Secret>) -> Result<(), Failure> {
        let (step, now) = (self.held.setup.current, self.now());
        if step == Step::People {
            return self.add_sheet(text).await;
        }
        if self.try_dry_run(text.clone()).await? {
            return Ok(());
        }
        let read = move || {
            let (text, html) = (text.expose(), html.as_ref().map(Secret::expose));
            input::copied_table(Field::AttributeMappings, text, html)
                .unwrap_or_else(|| input::pasted(text, step, now))
        };
        let intake = off_actor(read).await?;
        self.take(None, intake);
        Ok(())
    }

    /// Accepts one of several values that were found together, or none.
    fn choose_offer(&mut self, id: Option<&str>) -> Result<(), Failure> {
        let chosen = match id {
            Some(id) => {
                let offer = self.offers.iter().find(|offer| offer.id() == id).cloned();
                Some(offer.ok_or_else(|| Failure::new("not_kept_field"))?)
            }
            None => None,
        };
        let learned = chosen.map(|offer| (offer.field, offer.value, offer.source));
        self.take(None, input::ParsedInput::of(learned));
        Ok(())
    }

    fn take(&mut self, from: Option<Field>, intake: input::ParsedInput) {
        let intake = intake.beside(self.facts(), self.now());
        self.notes.remove(&from);
        for (field, _, _) in &intake.learned {
            self.notes.remove(&Some(*field));
        }
        self.offers.clone_from(&intake.offers);
        self.downloads.arrived = false;
        let now = self.now();
        let touched: Vec<Field> = intake.learned.iter().map(|(field, _, _)| *field).collect();
        self.placed = (!touched.is_empty()).then(|| Placed { from, fields: touched.clone() });
        let application = self.facts().text(Field::ApplicationArn).map(str::to_owned);
        if let Some(field) = intake.replaces(from) {
            self.held.setup.facts.forget(field);
        }
        let notes = intake.keep(&mut self.held.setup.facts, now);
        if !notes.is_empty() {
            self.notes.insert(from, notes);
        }
        // AWS's details of the previous application don't apply to this one.
        if self.facts().text(Field::ApplicationArn) != application.as_deref() {
            for field in [
                Field::ApplicationStatus,
                Field::ApplicationVisibility,
                Field::ApplicationKind,
                Field::ApplicationName,
                Field::PeopleAdded,
            ] {
                self.held.setup.facts.forget(field);
            }
        }
        if !touched.is_empty() {
            self.save();
        }
        let links = [Field::ApplicationArn, Field::IdpLink, Field::IdpMetadataUrl];
        if touched.iter().any(|field| links.contains(field)) {
            self.fetch_metadata_quietly();
        }
    }

    /// Removes the values that were entered or imported last, first those of the current step. Values that
    /// arrived together have the same time and are removed together.
    fn clear_last(&mut self) {
        self.placed = None;
        self.notes.clear();
        self.offers.clear();
        self.forget_response();
        let step = self.held.setup.current;
        let brought: Vec<(Field, Timestamp)> = self
            .facts()
            .iter()
            .filter(|(_, fact)| matches!(fact.source, Source::Entered | Source::Imported { .. }))
            .map(|(field, fact)| (field, fact.at))
            .collect();
        let here = brought.iter().filter(|(field, _)| field.step() == step);
        let newest = here.map(|(_, at)| *at).max().or(brought.iter().map(|(_, at)| *at).max());
        for (field, at) in brought {
            if Some(at) == newest {
                self.held.setup.facts.forget(field);
            }
        }
        self.save();
    }

    /// Swaps two entered values. Values seen on a page are refused, because editing our copy doesn't change
    /// the page.
    fn swap(&mut self, a: Field, b: Field) -> Result<(), Failure> {
        if a.is_seen_on_page() || b.is_seen_on_page() {
            return Err(Failure::new("not_kept_field"));
        }
        let facts = self.facts();
        let (Some(first), Some(second)) = (facts.of(a).cloned(), facts.of(b).cloned()) else {
            return Err(Failure::new("not_kept_field"));
        };
        self.learn([moved(a, second), moved(b, first)]);
        Ok(())
    }

    /// Returns the text to copy for `what`.
    pub(super) fn text(&self, what: &Copyable) -> Result<String, Failure> {
        let all = self.all();
        let nothing = || Failure::new("nothing_to_copy");
        let wanted = mappings::wanted(&all);
        let words = super::support_messages::SupportMessages::new(self, &all);
        match what {
            Copyable::Value { field } => {
                let crossing = transfers::wires(&all, self.held.setup.current)
                    .into_iter()
                    .find(|wire| wire.copy == *what)
                    .and_then(|wire| wire.value);
                let value = crossing.or_else(|| all.text(*field).map(str::to_owned));
                let value = value.ok_or_else(nothing)?;
                // A browser opens these, and it reaches practice mode only at the practice server's address.
                let is_opened = match field {
                    Field::AccessPortalUrl => true,
                    Field::SpLoginUrl => self.held.setup.current == Step::SignInTests,
                    _ => false,
                };
                Ok(match &self.practice {
                    Some(practice) if is_opened => practice.reach(&value),
                    _ => value,
                })
            }
            Copyable::CertificatePem => certificate(&all, saml::certificate::Certificate::pem),
            Copyable::CertificateOneLine => {
                certificate(&all, saml::certificate::Certificate::one_line)
            }
            Copyable::Certificate { sha256, form } => {
                let (_, certificate) = idp::displayed_certificates(&all)
                    .into_iter()
                    .find(|(_, certificate)| certificate.sha256() == *sha256)
                    .ok_or_else(nothing)?;
                Ok(match form {
                    CertificateForm::Pem => certificate.pem(),
                    CertificateForm::OneLine => certificate.one_line(),
                    CertificateForm::Sha256 => certificate.sha256(),
                })
            }
            Copyable::MappingAttribute { row } => {
                wanted.get(*row as usize).map(|row| row.attribute.clone()).ok_or_else(nothing)
            }
            Copyable::MappingValue { row } => {
                wanted.get(*row as usize).map(|row| row.value.clone()).ok_or_else(nothing)
            }
            Copyable::Verdict => {
                let (at, dry_run) = self.dry_run.as_ref().ok_or_else(nothing)?;
                Ok(words.verdict(*at, dry_run, &self.expected(&all)))
            }
            Copyable::SupportQuestion => Ok(words.support_question()),
            Copyable::Address { page } => self.address(page),
            Copyable::PeopleRequest => Ok(words.people_request(&self.held.setup.people)),
            Copyable::LockoutMessage => Ok(words.lockout_message()),
            Copyable::DrawingError { error } => {
                Ok(words.drawing_error(error, self.held.setup.current, &self.findings()))
            }
            Copyable::Policy => Ok(identity_center::policy(all.text(Field::InstanceKmsKey))),
        }
    }

    /// Returns a file's proposed name and its content.
    pub(super) fn document(&self, document: Document) -> Result<(String, Vec<u8>), Failure> {
        let all = self.all();
        let none = || Failure::new("no_document");
        match document {
            Document::SpMetadata => {
                let xml = sp_metadata::sp_metadata(&all).ok_or_else(none)?;
                Ok((sp_metadata::FILE_NAME.to_owned(), xml.into_bytes()))
            }
            Document::Certificate { sha256 } => {
                let (field, certificate) = idp::displayed_certificates(&all)
                    .into_iter()
                    .find(|(_, certificate)| certificate.sha256() == sha256)
                    .ok_or_else(none)?;
                let whose = match field {
                    Field::NopsX509 => "nops",
                    _ => "identity-center",
                };
                // The end of the fingerprint distinguishes two certificates of one application, as on their
                // cards.
                let tail = &sha256[sha256.len().saturating_sub(8)..];
                let name = format!("{whose}-certificate-{tail}.pem");
                Ok((name, certificate.pem().into_bytes()))
            }
            Document::ReportHtml { people }
            | Document::ReportMarkdown { people }
            | Document::ReportJson { people } => super::reports::report(self, document, people),
            Document::Values => super::reports::values(self),
        }
    }

    /// Returns the address of a page that the user opens. Opening AWS's applications page starts the watch,
    /// because the user adds the application there.
    pub(super) fn visit(&mut self, page: &Page) -> Result<String, Failure> {
        let address = self.address(page)?;
        if matches!(page, Page::AwsApplications) && self.watch.state == WatchState::Idle {
            // If the watch can't start, *Watch for it* explains why. The page opens anyway.
            let _not_now = self.act_on_application(Action::Watch);
        }
        Ok(address)
    }

    /// Returns the address of `page`: the real one, or where practice mode serves it.
    fn address(&self, page: &Page) -> Result<String, Failure> {
        let known = match page {
            Page::AwsSignIn => self.sign_in_page(),
            page => pages::address(&self.all(), page).map(|(url, _)| url),
        };
        let url = known.ok_or_else(|| Failure::new("no_page"))?;
        let practice = self.practice.as_ref();
        let url = practice.map_or_else(|| url.clone(), |practice| practice.reach(&url));
        pages::safe(&url, practice.map(|practice| practice.base.as_str()))
            .ok_or_else(|| Failure::new("address_not_opened").with("url", url))
    }

    /// Starts a job, or returns `busy` if one is running. Its outcome arrives as a report.
    pub(super) fn start<F>(
        &mut self,
        name: &'static str,
        halt: Interruptibility,
        work: impl FnOnce(Control, super::jobs::JobReporter) -> F,
    ) -> Result<(), Failure>
    where
        F: Future<Output = Outcome> + Send + 'static,
    {
        if self.job.is_some() {
            return Err(Failure::new("busy"));
        }
        self.jobs = self.jobs.wrapping_add(1);
        let control = Control::default();
        let teller = super::jobs::JobReporter::new(self.inbox.clone(), self.jobs);
        let job = work(control.clone(), teller.clone());
        tokio::spawn(async move { teller.end(job.await).await });
        self.job = Some(RunningJob {
            number: self.jobs,
            name,
            done: 0,
            total: 0,
            started: self.now(),
            paused: None,
            control,
            halt,
            changes: false,
            waits_for_keychain: false,
        });
        Ok(())
    }

    /// Starts a job that changes AWS or writes the change history.
    pub(super) fn start_changes<F>(
        &mut self,
        name: &'static str,
        halt: Interruptibility,
        work: impl FnOnce(Changes, super::jobs::JobReporter) -> F,
    ) -> Result<(), Failure>
    where
        F: Future<Output = Outcome> + Send + 'static,
    {
        let (connection, _) = self.identity_store()?;
        let (journal, clock) = (self.people_state.journal.clone(), self.ports.clock.clone());
        self.start(name, halt, move |control, teller| {
            let connection = connection.stopped_by(control.stopping());
            work(Changes { connection, journal, clock, control }, teller)
        })?;
        if let Some(job) = &mut self.job {
            job.changes = true;
        }
        Ok(())
    }

    /// Handles a report from a background task. Progress of an earlier job is dropped.
    pub(super) fn report(&mut self, report: Report) {
        match report {
            Report::Progress { job, done, total } => {
                if let Some(running) = self.job.as_mut().filter(|running| running.number == job) {
                    running.done = done;
                    running.total = total;
                }
            }
            Report::Watched { applications, number, ended } => {
                self.watched(applications, number, &ended);
            }
            Report::EndsSoon(ends) => self.ends_soon(ends),
            Report::Fetched { url, fetched } => self.fetched(&url, fetched),
            Report::Arrived(offers) => self.arrived(offers),
            Report::DownloadsLost => self.downloads_lost(),
            Report::Profiles(profiles) => self.listed_profiles(profiles),
            Report::Told { job, what } => self.told(job, what),
            Report::NotForgotten(error) => self.not_forgotten(error),
            Report::Redirected(endpoints) => self.aws.redirected = endpoints,
            Report::RedirectedByDefault(endpoints) => self.redirected_by_default(endpoints),
            Report::Invited { job, address, code } => self.invited(job, address, code),
            Report::Ended { job, outcome } => {
                if self.job.as_ref().is_some_and(|running| running.number == job) {
                    self.job = None;
                    self.ended(outcome);
                } else {
                    self.came_too_late(outcome);
                }
            }
        }
    }

    fn ended(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Connected(_) | Outcome::NopsKey(_) => self.ended_on_aws(outcome),
            Outcome::SignedIn(_) | Outcome::Roles { .. } => self.ended_on_sign_in(outcome),
            Outcome::TesterFound { .. } | Outcome::TesterAssigned(_) => {
                self.ended_on_evidence(outcome);
            }
            Outcome::Planned(_)
            | Outcome::Applied(_)
            | Outcome::Undone(_)
            | Outcome::Reconciled(_) => self.ended_on_people(outcome),
        }
    }

    pub(super) fn note(&mut self, key: Option<Field>, finding: Finding) {
        self.notes.insert(key, vec![finding]);
    }

    pub(super) fn is_practice(&self) -> bool {
        self.held.setup.world == World::Practice
    }
}

/// Returns whether the last run of changes ended early and AWS hasn't since shown that everyone is added.
pub(super) fn is_unfinished(setup: &Setup, journal: &History) -> bool {
    journal.summary().unfinished && !setup.facts.says(Field::PeopleAdded)
}

fn moved(field: Field, fact: Fact) -> (Field, Value, Source) {
    (field, fact.value, fact.source)
}

fn certificate(
    all: &Facts,
    form: fn(&saml::certificate::Certificate) -> String,
) -> Result<String, Failure> {
    Idp::of(all)
        .certificate()
        .map(|(_, certificate)| form(certificate))
        .ok_or_else(|| Failure::new("nothing_to_copy"))
}
