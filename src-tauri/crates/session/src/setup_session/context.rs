//! The state that all areas of the open setup share: its file, its notes, the connection, and the
//! running job.

use std::{collections::BTreeMap, sync::Arc};

use jiff::Timestamp;
use uuid::Uuid;

use crate::{
    Failure,
    blocking::on_disk,
    config::{PracticeServer, SessionConfig},
    jobs::{JobContext, JobKind, JobOutcome, JobReporter},
};
use changes::{History, Progress, RunControl};
use identity_center::Connection;
use setup::{FactValue, Facts, Field, Finding, Source, derive::derive};
use storage::{
    store::{OpenSetup, SetupKind},
    vault::SecretStore,
};
use transport::Transport;

pub(crate) struct SetupContext {
    pub(crate) held: OpenSetup,
    pub(crate) ports: SessionConfig,
    pub(super) vault: Arc<SecretStore>,
    pub(super) inbox: JobContext,
    pub(crate) practice: Option<PracticeServer>,
    /// Notes on the values that were last entered or imported, by field. They are never stored.
    pub(super) notes: BTreeMap<Option<Field>, Vec<Finding>>,
    pub(crate) history: History,
    pub(crate) connection: Option<Connection>,
    /// When users last signed in to AWS, by user ID. Includes only sign-ins that AWS logged and we
    /// looked up.
    pub(crate) signed_in: BTreeMap<String, Timestamp>,
    pub(crate) job: Option<RunningJob>,
    /// The number of the last job. Late reports from earlier jobs are dropped.
    jobs: u32,
    /// The setup has changed since it was last written to disk.
    dirty: bool,
    /// Why the last change couldn't be saved.
    pub(crate) unsaved: Option<String>,
}

pub(crate) struct RunningJob {
    pub(super) number: u32,
    pub(crate) kind: JobKind,
    pub(crate) progress: Progress,
    pub(crate) started: Timestamp,
    pub(crate) paused: Option<Timestamp>,
    pub(super) control: RunControl,
    pub(crate) waits_for_keychain: bool,
}

impl Drop for RunningJob {
    /// Stops the job when the session drops it.
    fn drop(&mut self) {
        self.control.stop();
    }
}

impl RunningJob {
    /// Pauses or resumes the job. Time spent paused doesn't count as elapsed time.
    pub(super) fn pause(&mut self, wait: bool, now: Timestamp) -> Result<(), Failure> {
        if !self.kind.can_pause() {
            return Err(Failure::new("no_pause"));
        }
        if wait {
            self.control.pause();
            self.paused.get_or_insert(now);
        } else {
            self.control.resume();
            if let Some(since) = self.paused.take() {
                self.started += now.duration_since(since);
            }
        }
        Ok(())
    }
}

/// The state that a run of changes owns until it ends. Owning the change history includes the right
/// to write the setup's files.
pub(super) struct Changes {
    pub(super) connection: Connection,
    pub(super) history: History,
    pub(super) clock: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    pub(super) control: RunControl,
}

impl SetupContext {
    pub(super) fn new(
        held: OpenSetup,
        ports: SessionConfig,
        vault: Arc<SecretStore>,
        inbox: JobContext,
        practice: Option<PracticeServer>,
        history: History,
    ) -> Self {
        Self {
            held,
            ports,
            vault,
            inbox,
            practice,
            notes: BTreeMap::new(),
            history,
            connection: None,
            signed_in: BTreeMap::new(),
            job: None,
            jobs: 0,
            dirty: false,
            unsaved: None,
        }
    }

    pub(crate) fn id(&self) -> Uuid {
        self.held.setup.id
    }

    pub(crate) fn is_practice(&self) -> bool {
        self.held.setup.world == SetupKind::Practice
    }

    pub(crate) fn now(&self) -> Timestamp {
        (self.ports.clock)()
    }

    pub(crate) fn facts(&self) -> &Facts {
        &self.held.setup.facts
    }

    /// Returns the facts, including all derived facts.
    pub(crate) fn all_facts(&self) -> Facts {
        derive(self.facts(), self.now())
    }

    /// Stores values as facts and saves.
    pub(super) fn record_facts(
        &mut self,
        values: impl IntoIterator<Item = (Field, FactValue, Source)>,
    ) {
        let now = self.now();
        for (field, value, source) in values {
            self.held.setup.facts.record(field, value, source, now);
        }
        self.save();
    }

    /// Removes facts and saves.
    pub(super) fn remove_facts(&mut self, fields: impl IntoIterator<Item = Field>) {
        for field in fields {
            self.held.setup.facts.remove(field);
        }
        self.save();
    }

    /// Removes the facts in these fields that AWS or nOps reported, and saves.
    pub(super) fn forget_observed(&mut self, fields: &[Field]) {
        let facts = self.facts();
        let is_observed =
            |field: &Field| facts.get(*field).is_some_and(|fact| fact.source == Source::Observed);
        let observed: Vec<Field> = fields.iter().copied().filter(is_observed).collect();
        self.remove_facts(observed);
    }

    pub(super) fn add_note(&mut self, key: Option<Field>, finding: Finding) {
        self.notes.insert(key, vec![finding]);
    }

    /// Marks the setup for writing. It's written before the reply to the current message.
    pub(super) fn save(&mut self) {
        self.dirty = true;
    }

    /// Writes unsaved changes to disk. If this fails, the user sees the error, and the next message
    /// tries again.
    pub(crate) async fn flush(&mut self) {
        if !self.dirty {
            return;
        }
        let now = self.now();
        let saved = match self.held.saving(now) {
            Ok(saving) => on_disk(|| saving.run()).await,
            Err(error) => Err(error.into()),
        };
        self.dirty = saved.is_err();
        self.unsaved = saved.err().map(|failure| failure.code);
    }

    /// Returns how to send requests to real links: directly, or through practice mode.
    pub(super) fn transport(&self) -> Transport {
        match &self.practice {
            Some(practice) => Transport::Practice { port: practice.port() },
            None => {
                let own = self.connection.as_ref().map(Connection::network);
                Transport::Real(own.unwrap_or(&self.ports.network).clone())
            }
        }
    }

    /// Returns the connection and the identity store's ID, or `no_connection`.
    pub(super) fn identity_store(&self) -> Result<(Connection, String), Failure> {
        let no_connection = || Failure::new("no_connection");
        let connection = self.connection.clone().ok_or_else(no_connection)?;
        let all = self.all_facts();
        let store = all.text(Field::IdentityStoreId).ok_or_else(no_connection)?;
        if let (Some(application), Some(region)) =
            (all.text(Field::ApplicationArn), all.text(Field::ApplicationRegion))
        {
            connection.remember_region(application, region);
        }
        Ok((connection, store.to_owned()))
    }

    /// Returns `busy` if a job is running.
    pub(super) fn must_be_idle(&self) -> Result<(), Failure> {
        match self.job {
            Some(_) => Err(Failure::new("busy")),
            None => Ok(()),
        }
    }

    /// Starts a job, or returns `busy` if a job is running. The outcome arrives as a report.
    pub(super) fn start<F>(
        &mut self,
        kind: JobKind,
        work: impl FnOnce(RunControl, JobReporter) -> F,
    ) -> Result<(), Failure>
    where
        F: Future<Output = JobOutcome> + Send + 'static,
    {
        self.must_be_idle()?;
        self.jobs = self.jobs.wrapping_add(1);
        let control = RunControl::default();
        let teller = JobReporter::new(self.inbox.clone(), self.jobs);
        let job = work(control.clone(), teller.clone());
        tokio::spawn(async move { teller.send_outcome(job.await).await });
        self.job = Some(RunningJob {
            number: self.jobs,
            kind,
            progress: Progress::default(),
            started: self.now(),
            paused: None,
            control,
            waits_for_keychain: false,
        });
        Ok(())
    }

    /// Starts a job that changes AWS or writes the change history.
    pub(super) fn start_changes<F>(
        &mut self,
        kind: JobKind,
        work: impl FnOnce(Changes, JobReporter) -> F,
    ) -> Result<(), Failure>
    where
        F: Future<Output = JobOutcome> + Send + 'static,
    {
        let (connection, _) = self.identity_store()?;
        let (history, clock) = (self.history.clone(), self.ports.clock.clone());
        self.start(kind, move |control, teller| {
            let connection = connection.with_stop_token(control.stopping());
            work(Changes { connection, history, clock, control }, teller)
        })
    }

    /// If the running job is of one of these kinds, stops the job and discards its outcome.
    pub(super) fn abandon(&mut self, kinds: &[JobKind]) {
        // Dropping the job stops it.
        drop(self.job.take_if(|job| kinds.contains(&job.kind)));
    }

    pub(super) fn find_job_mut(&mut self, number: u32) -> Option<&mut RunningJob> {
        self.job.as_mut().filter(|job| job.number == number)
    }
}
