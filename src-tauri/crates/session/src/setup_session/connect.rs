//! Step 2: connects to AWS, runs the preflight, and checks the optional nOps API key.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use secrecy::SecretString;

use super::{
    Interruptibility, SetupSession,
    observations::{OBSERVED, observations},
    secrets::{ConnectError, is_temporary},
};
use crate::{
    Action, Failure,
    jobs::{self, JobReporter, Outcome, Report},
    view::{ConnectionState, UnconfirmedProfile, WatchState},
};
use identifiers::Region;
use identity_center::{
    AwsError, Connection, Credentials, Preflight, Profile, ProfileProblem, preflight, profiles,
    redirected,
};
use setup::{Cause, Field, Finding, Fix, Page, Severity, Source, Step, Value, credentials};
use storage::{store::ConnectionMethod, vault::SecretName};
use transport::Transport;

/// The jobs that belong to a connection and change nothing in AWS.
const CONNECTING: [&str; 4] = ["look", "sign_in", "roles", "find_tester"];

/// How long before the end of access the warning appears: enough to finish what is under way.
const NOTICE: SignedDuration = SignedDuration::from_mins(10);

impl SetupSession {
    /// Reconnects when the setup is opened, with its connection method. A profile that wasn't chosen on this
    /// computer waits for consent.
    pub(crate) fn reconnect(&mut self, is_confirmed: bool) {
        if !self.is_practice() {
            let inbox = self.inbox.clone();
            tokio::spawn(async move {
                jobs::tell(&inbox, Report::Profiles(profiles().await)).await;
            });
        }
        if self.is_practice() {
            self.watch.state = WatchState::Idle;
        }
        let way = self.held.setup.way.clone();
        let again = match way {
            ConnectionMethod::None | ConnectionMethod::ByHand => {
                self.find_redirection();
                return;
            }
            ConnectionMethod::Profile { .. } if !is_confirmed => {
                self.aws.unconfirmed = true;
                self.find_redirection();
                return;
            }
            ConnectionMethod::Practice => self.connect_practice(),
            ConnectionMethod::Profile { name } => self.connect_profile(name),
            ConnectionMethod::Keys { region } => self.connect_kept_keys(region),
            ConnectionMethod::Role { portal, account, role } => {
                self.connect_role(portal, account, role)
            }
        };
        if let Err(failure) = again {
            self.aws.state = ConnectionState::Failed;
            self.note(Some(Field::AwsCaller), connection_failed(&failure.code));
        }
    }

    pub(super) fn listed_profiles(&mut self, profiles: Result<Vec<Profile>, AwsError>) {
        self.aws.profiles_listed = true;
        match profiles {
            Ok(profiles) => self.aws.profiles = profiles,
            Err(error) => self.note(
                Some(Field::DeniedActions),
                refused("connection_failed", &error).shown_in(Step::Connect),
            ),
        }
    }

    pub(super) fn act_on_aws(&mut self, action: Action) -> Result<(), Failure> {
        match action {
            Action::ConnectPractice if self.is_practice() => {
                self.choose_way(ConnectionMethod::Practice);
                self.connect_practice()
            }
            Action::ConnectProfile { profile } if !self.is_practice() => {
                self.choose_way(ConnectionMethod::Profile { name: profile.clone() });
                self.connect_profile(profile)
            }
            Action::ConnectProfileWithCode { profile, code } if !self.is_practice() => {
                let code: String = code.expose().split_whitespace().collect();
                if code.len() != 6 || !code.bytes().all(|byte| byte.is_ascii_digit()) {
                    return Err(Failure::new("mfa_code"));
                }
                self.choose_way(ConnectionMethod::Profile { name: profile.clone() });
                self.aws.label.clone_from(&profile);
                let name = profile;
                let code = code.into();
                self.connect(Credentials::ProfileWithCode { name, code }, None)
            }
            Action::ConnectKeys {
                access_key_id,
                secret_access_key,
                session_token,
                region,
                remember,
            } if !self.is_practice() => {
                let region: Region =
                    region.trim().parse().map_err(|_| Failure::new("region_unknown"))?;
                let id = access_key_id.trim().to_owned();
                if !looks_like_key_id(&id) {
                    return Err(Failure::new("key_shape"));
                }
                let secret = |text: &str| SecretString::from(text.trim().to_owned());
                let secrets = [
                    Some((SecretName::AccessKeyId, secret(&id))),
                    Some((SecretName::SecretAccessKey, secret(secret_access_key.expose()))),
                    session_token.map(|token| (SecretName::SessionToken, secret(token.expose()))),
                ];
                self.aws.label = id;
                self.choose_way(ConnectionMethod::Keys { region: region.to_string() });
                let secrets = secrets.into_iter().flatten().collect();
                self.connect_new_keys(secrets, remember, region.to_string())
            }
            Action::ByHand => {
                self.disconnect();
                self.choose_way(ConnectionMethod::ByHand);
                Ok(())
            }
            Action::Disconnect => {
                self.disconnect();
                self.choose_way(ConnectionMethod::None);
                Ok(())
            }
            Action::Look => {
                let way = self.held.setup.way.clone();
                match way {
                    ConnectionMethod::Profile { .. } if self.aws.unconfirmed => {
                        Err(Failure::new("connection_unconfirmed"))
                    }
                    ConnectionMethod::Practice => self.connect_practice(),
                    ConnectionMethod::Profile { name } => self.connect_profile(name),
                    ConnectionMethod::Keys { region } => self.connect_kept_keys(region),
                    ConnectionMethod::Role { portal, account, role } => {
                        self.connect_role(portal, account, role)
                    }
                    ConnectionMethod::None | ConnectionMethod::ByHand => {
                        Err(Failure::new("no_connection"))
                    }
                }
            }
            Action::CheckNopsKey { key } => {
                let key = SecretString::from(key.expose().trim().to_owned());
                let (mut keyring, reach) = (self.keyring(), self.reach());
                self.start("check_key", Interruptibility::Stop, move |control, teller| async move {
                    let work = async {
                        keyring.keep_nops_key(&teller, key.clone()).await;
                        nops::check_key(&key, &reach).await
                    };
                    Outcome::NopsKey(tokio::select! {
                        owner = work => Some(owner),
                        () = control.stopped() => None,
                    })
                })
            }
            Action::ForgetNopsKey => {
                self.forget_nops_key();
                self.held.setup.facts.forget(Field::NopsApiClient);
                self.save();
                Ok(())
            }
            _ => Err(Failure::new("no_connection")),
        }
    }

    pub(super) fn choose_way(&mut self, way: ConnectionMethod) {
        self.held.setup.way = way;
        self.aws.unconfirmed = false;
        self.notes.remove(&Some(Field::AwsCaller));
        if matches!(self.held.setup.way, ConnectionMethod::Profile { .. }) {
            self.held.confirm_connection();
        }
        self.save();
    }

    /// Returns the profile that waits for consent, once the profiles and the command it runs are known.
    pub(crate) fn unconfirmed_profile(&self) -> Option<UnconfirmedProfile> {
        let ConnectionMethod::Profile { name } = &self.held.setup.way else {
            return None;
        };
        if !self.aws.unconfirmed || !self.aws.profiles_listed {
            return None;
        }
        let profile = self.aws.profiles.iter().find(|profile| profile.name == *name);
        let command = profile.and_then(|profile| profile.command.clone());
        let command = command.map(|command| match credentials::find_in_name(&command) {
            Some(_) => command.split_whitespace().next().unwrap_or_default().to_owned(),
            None => command,
        });
        Some(UnconfirmedProfile { name: name.clone(), command })
    }

    /// Ends this connection. Later results from it are dropped.
    fn end_connection(&mut self) {
        std::mem::take(&mut self.aws.lease).end();
        if let Some(job) = self.job.take_if(|job| CONNECTING.contains(&job.name)) {
            job.control.stop();
        }
    }

    fn disconnect(&mut self) {
        self.end_connection();
        self.stop_watching();
        self.watch.state = WatchState::Off;
        self.aws.connection = None;
        self.aws.state = ConnectionState::Off;
        self.aws.label = String::new();
        self.notes.remove(&Some(Field::AwsCaller));
        self.forget_connection();
        self.find_redirection();
    }

    /// Finds custom endpoints before the first call. Errors are ignored here, because connecting reports
    /// them.
    fn find_redirection(&self) {
        if self.is_practice() {
            return;
        }
        let inbox = self.inbox.clone();
        tokio::spawn(async move {
            if let Ok(endpoints) = redirected(&Credentials::Ambient).await {
                jobs::tell(&inbox, Report::RedirectedByDefault(endpoints)).await;
            }
        });
    }

    /// Records the default custom endpoints. A connection reports its own.
    pub(super) fn redirected_by_default(&mut self, endpoints: Option<String>) {
        if self.job.is_none() && self.aws.connection.is_none() {
            self.aws.redirected = endpoints;
        }
    }

    fn connect_practice(&mut self) -> Result<(), Failure> {
        let practice = self.practice.as_ref().ok_or_else(|| Failure::new("no_connection"))?;
        let credentials = Credentials::Practice {
            endpoint: practice.base.clone(),
            access_key_id: practice.access_key_id.clone(),
            secret_access_key: practice.secret_access_key.clone(),
        };
        let region = practice.region.clone();
        self.aws.label = practice.access_key_id.clone();
        self.connect(credentials, Some(region))
    }

    /// An MFA code works only once, so the connection made with it is reused while the role's credentials
    /// last.
    fn connect_profile(&mut self, name: String) -> Result<(), Failure> {
        let mut profiles = self.aws.profiles.iter();
        let wants_code = profiles
            .any(|profile| profile.name == name && profile.problem == Some(ProfileProblem::Mfa));
        let same = name == self.aws.label;
        self.aws.label.clone_from(&name);
        match self.aws.connection.clone().filter(|_| same) {
            Some(connection) if wants_code => self.run_preflight(|_| async { Ok(connection) }),
            None if wants_code => Err(Failure::new("mfa_code")),
            _ => self.connect(Credentials::Profile { name }, None),
        }
    }

    pub(super) fn connect(
        &mut self,
        credentials: Credentials,
        region: Option<String>,
    ) -> Result<(), Failure> {
        self.connect_by(region, |_| async { Ok(credentials) })
    }

    /// Connects with credentials that have to be obtained first.
    pub(super) fn connect_by<B>(
        &mut self,
        region: Option<String>,
        bring: impl FnOnce(JobReporter) -> B + Send + 'static,
    ) -> Result<(), Failure>
    where
        B: Future<Output = Result<Credentials, ConnectError>> + Send + 'static,
    {
        let network = self.ports.network.clone();
        self.run_preflight(move |teller| async move {
            let credentials = bring(teller.clone()).await?;
            teller.report(Report::Redirected(redirected(&credentials).await?)).await;
            Ok(Connection::open(&credentials, region.as_deref(), &network).await?)
        })
    }

    fn run_preflight<C>(
        &mut self,
        connect: impl FnOnce(JobReporter) -> C + Send + 'static,
    ) -> Result<(), Failure>
    where
        C: Future<Output = Result<Connection, ConnectError>> + Send + 'static,
    {
        let reach = self.reach();
        self.start("look", Interruptibility::Stop, move |control, teller| async move {
            let work = async {
                let connection = connect(teller.clone()).await?;
                let found =
                    preflight(&connection, &reach, |done, total| teller.progress(done, total));
                Ok(Box::new(found.await?))
            };
            Outcome::Connected(tokio::select! {
                found = work => Some(found),
                () = control.stopped() => None,
            })
        })?;
        self.aws.state = ConnectionState::Connecting;
        Ok(())
    }

    pub(super) fn ended_on_aws(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Connected(Some(Ok(found))) => self.looked(*found),
            Outcome::Connected(None) => {
                self.aws.state = match self.aws.connection {
                    Some(_) => ConnectionState::Connected,
                    None => ConnectionState::Off,
                };
            }
            Outcome::Connected(Some(Err(error))) => {
                self.aws.state = ConnectionState::Failed;
                let finding = match error {
                    ConnectError::Aws(error) => refused("connection_failed", &error),
                    ConnectError::SecretStore(error) => connection_failed(error.code()),
                    ConnectError::NotSignedIn => connection_failed("not_signed_in"),
                };
                self.note(Some(Field::AwsCaller), finding);
            }
            Outcome::NopsKey(None) => {}
            Outcome::NopsKey(Some(Ok(owner))) => {
                self.notes.remove(&Some(Field::NopsApiClient));
                self.learn([(Field::NopsApiClient, Value::Text(owner.name()), Source::Observed)]);
            }
            Outcome::NopsKey(Some(Err(error))) => {
                self.note(
                    Some(Field::NopsApiClient),
                    Finding::about(Field::NopsApiClient, "nops_key_refused", Severity::Warning)
                        .because(Cause::with(format!("nops-{}", error.code()), error.params()))
                        .fix(Fix::Open { page: Page::NopsApiKey }),
                );
            }
            _ => {}
        }
    }

    /// Schedules a warning before access ends that can't be renewed automatically.
    fn schedule_expiry_warning(&self, ends: Timestamp) {
        let left = ends.duration_since(self.now()) - NOTICE;
        let left = Duration::try_from(left).unwrap_or_default();
        let inbox = self.inbox.clone();
        tokio::spawn(async move {
            tokio::time::sleep(left).await;
            jobs::tell(&inbox, Report::EndsSoon(ends)).await;
        });
    }

    pub(super) fn ends_soon(&mut self, ends: Timestamp) {
        // The user may have signed in again since.
        let connection = self.aws.connection.as_ref();
        if connection.and_then(Connection::ends) != Some(ends) {
            return;
        }
        self.note(
            Some(Field::AwsCaller),
            Finding::about(Field::AwsCaller, "access_ends_soon", Severity::Warning)
                .fix(Fix::Go { step: Step::Connect }),
        );
    }

    fn looked(&mut self, preflight: Preflight) {
        if let Some(ends) = preflight.connection.ends() {
            self.schedule_expiry_warning(ends);
        }
        self.aws.state = ConnectionState::Connected;
        self.aws.connection = Some(preflight.connection.clone());
        self.notes.remove(&Some(Field::AwsCaller));
        let mut told = observations(&preflight);
        // Only missing facts are forgotten, so that a value seen again keeps its time.
        for field in OBSERVED {
            if !told.iter().any(|(known, _, _)| *known == field) {
                self.held.setup.facts.forget(field);
            }
        }
        let source = self.facts().of(Field::IdentitySource);
        if source.is_some_and(|said| said.source == Source::Declared) {
            // Not seeing users from another source doesn't outweigh what the user declared.
            let assumed = Value::Text("directory".to_owned());
            told.retain(|(field, value, _)| *field != Field::IdentitySource || *value != assumed);
        }
        self.learn(told);
        if let Some(Ok(glance)) = preflight.users {
            self.people_state.listed = glance.users.len();
            self.people_state.users = glance.users;
        }
        if let Some(Ok(groups)) = preflight.groups {
            self.people_state.groups = groups;
        }
        if self.watch.state == WatchState::Off {
            self.watch.state = WatchState::Idle;
        }
        if let Some(Ok(applications)) = preflight.applications {
            self.listed(&applications, None);
        }
        self.refresh_tester();
    }

    /// Returns how to reach real links: directly, or through practice mode.
    pub(super) fn reach(&self) -> Transport {
        match &self.practice {
            Some(practice) => Transport::Practice { port: practice.port() },
            None => Transport::Real(self.ports.network.clone()),
        }
    }

    /// Returns the connection and the id of the identity store, or `no_connection`.
    pub(super) fn identity_store(&self) -> Result<(Connection, String), Failure> {
        let connection =
            self.aws.connection.clone().ok_or_else(|| Failure::new("no_connection"))?;
        let store = self
            .facts()
            .text(Field::IdentityStoreId)
            .ok_or_else(|| Failure::new("no_connection"))?;
        Ok((connection, store.to_owned()))
    }
}

/// Builds a finding with the AWS error as its cause.
pub(super) fn refused(code: &str, error: &AwsError) -> Finding {
    let cause = Cause::with(format!("aws-{}", error.code()), error.params());
    Finding::about(Field::AwsCaller, code, Severity::Error).because(cause).fix(Fix::Look)
}

fn connection_failed(code: &str) -> Finding {
    Finding::about(Field::AwsCaller, "connection_failed", Severity::Error)
        .because(Cause::new(format!("failure-{code}")))
        .fix(Fix::Look)
        .shown_in(Step::Connect)
}

/// Returns whether the text has the shape of an access key id: the prefix `AKIA` (long-term) or `ASIA`
/// (temporary), and 16 to 128 characters in all (IAM User Guide: IAM identifiers › unique id prefixes).
fn looks_like_key_id(id: &str) -> bool {
    (16..=128).contains(&id.len())
        && (id.starts_with("AKIA") || is_temporary(id))
        && id.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}
