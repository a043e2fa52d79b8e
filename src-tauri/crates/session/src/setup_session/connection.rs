//! Step 2: connects to AWS, runs the preflight, and checks the optional nOps API key.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use secrecy::SecretString;

use super::{
    context::SetupContext,
    observations::{OBSERVED, observations},
    secrets::ConnectError,
    sign_in::SignInState,
};
use crate::{
    Failure, Secret,
    action::ConnectionAction,
    jobs::{self, ConnectionOutcome, JobKind, JobOutcome, JobReport, JobReporter, JobUpdate},
    view::{ConnectionState, UnconfirmedProfile},
};
use changes::Progress;
use identifiers::{AccessKeys, Region};
use identity_center::{
    AwsError, Connection, Credentials, Preflight, Profiles, mfa_code, preflight, profiles,
    redirected,
};
use nops::{KeyError, KeyOwner};
use setup::{
    FactValue, Field, Finding, Fix, MessageCause, Page, Severity, Source, Step, credentials,
};
use storage::{
    store::ConnectionMethod,
    vault::{SecretLease, SecretLocation, SecretName},
};
use tokio::task::JoinHandle;
use transport::Transport;

/// The jobs that belong to a connection and change nothing in AWS.
const CONNECTING: [JobKind; 4] =
    [JobKind::Look, JobKind::SignIn, JobKind::Roles, JobKind::FindTester];

/// The warning appears this long before access ends, so that the user can finish the current work.
const NOTICE: SignedDuration = SignedDuration::from_mins(10);

#[derive(Default)]
pub(crate) struct Aws {
    pub(crate) state: ConnectionState,
    /// The profile name or the access key ID.
    pub(crate) label: String,
    /// Where this connection's secrets are kept, once known.
    pub(crate) kept: Option<SecretLocation>,
    /// Custom endpoints that calls go to instead of AWS, found before the first call.
    pub(crate) redirected: Option<String>,
    pub(crate) profiles: Profiles,
    pub(super) sign_in: SignInState,
    /// The task that removes secrets from the keychain.
    pub(super) forgetting: Option<JoinHandle<()>>,
    /// The profiles were read.
    profiles_listed: bool,
    /// The setup's profile wasn't chosen on this computer, so the app connects only after the user
    /// consents.
    pub(crate) unconfirmed: bool,
    /// Ends when this connection ends. Secrets that arrive later are discarded.
    pub(crate) lease: SecretLease,
    /// Ends when the nOps API key is removed.
    pub(crate) nops_lease: SecretLease,
}

impl Aws {
    /// Reconnects with the setup's connection method when the setup is opened. A profile that
    /// wasn't chosen on this computer is used only after the user consents.
    pub(crate) fn reconnect(&mut self, cx: &mut SetupContext, is_confirmed: bool) {
        if !cx.is_practice() {
            let inbox = cx.inbox.clone();
            tokio::spawn(async move {
                jobs::send_report(&inbox, JobReport::Profiles(profiles().await)).await;
            });
        }
        let way = &cx.held.setup.connection_method;
        let is_off = matches!(way, ConnectionMethod::None | ConnectionMethod::ByHand);
        self.unconfirmed = matches!(way, ConnectionMethod::Profile { .. }) && !is_confirmed;
        if is_off || self.unconfirmed {
            self.find_redirection(cx);
            return;
        }
        if let Err(failure) = self.connect_again(cx) {
            self.state = ConnectionState::Failed;
            cx.add_note(Some(Field::AwsCaller), connection_failed(&failure.code));
        }
    }

    pub(super) fn listed_profiles(&mut self, profiles: Profiles) {
        self.profiles_listed = true;
        self.profiles = profiles;
    }

    pub(super) fn act(
        &mut self,
        cx: &mut SetupContext,
        action: ConnectionAction,
    ) -> Result<(), Failure> {
        match action {
            ConnectionAction::ConnectPractice => {
                if !cx.is_practice() {
                    return Err(Failure::new("no_connection"));
                }
                cx.must_be_idle()?;
                self.choose_way(cx, ConnectionMethod::Practice);
                self.connect_practice(cx)
            }
            ConnectionAction::ConnectProfile { profile, region, code } => {
                require_real_setup(cx)?;
                let region = match region {
                    Some(region) => Some(entered_region(&region)?),
                    None => self.saved_region(cx, &profile),
                };
                let code = code.as_ref().map(parse_mfa_code).transpose()?;
                cx.must_be_idle()?;
                let name = profile.clone();
                self.choose_way(cx, ConnectionMethod::Profile { name, region });
                if code.is_none() {
                    return self.connect_profile(cx, profile);
                }
                self.label.clone_from(&profile);
                self.connect(cx, Credentials::Profile { name: profile, code })
            }
            ConnectionAction::ConnectKeys {
                access_key_id,
                secret_access_key,
                session_token,
                region,
                remember,
            } => {
                require_real_setup(cx)?;
                let region = entered_region(&region)?;
                let token = session_token.as_ref().map(Secret::expose).unwrap_or_default();
                let keys = AccessKeys::read(&access_key_id, secret_access_key.expose(), token)
                    .map_err(|error| Failure::new(&format!("key_{}", error.code())))?;
                cx.must_be_idle()?;
                self.label.clone_from(&keys.id);
                let secrets = [
                    Some((SecretName::AccessKeyId, keys.id.into())),
                    Some((SecretName::SecretAccessKey, keys.secret)),
                    keys.token.map(|token| (SecretName::SessionToken, token)),
                ];
                self.choose_way(cx, ConnectionMethod::Keys { region: region.clone() });
                let secrets = secrets.into_iter().flatten().collect();
                self.connect_new_keys(cx, secrets, remember, region)
            }
            ConnectionAction::ByHand => {
                self.disconnect(cx);
                self.choose_way(cx, ConnectionMethod::ByHand);
                Ok(())
            }
            ConnectionAction::Disconnect => {
                self.disconnect(cx);
                self.choose_way(cx, ConnectionMethod::None);
                Ok(())
            }
            ConnectionAction::Look => self.connect_again(cx),
            ConnectionAction::CheckNopsKey { key } => self.check_nops_key(cx, &key),
            ConnectionAction::ForgetNopsKey => {
                self.forget_nops_key(cx);
                cx.remove_facts([Field::NopsApiClient]);
                Ok(())
            }
        }
    }

    /// Connects with the setup's connection method.
    fn connect_again(&mut self, cx: &mut SetupContext) -> Result<(), Failure> {
        match cx.held.setup.connection_method.clone() {
            ConnectionMethod::Profile { .. } if self.unconfirmed => {
                Err(Failure::new("connection_unconfirmed"))
            }
            ConnectionMethod::Practice => self.connect_practice(cx),
            ConnectionMethod::Profile { name, .. } => self.connect_profile(cx, name),
            ConnectionMethod::Keys { region } => self.connect_kept_keys(cx, region),
            ConnectionMethod::Role { portal, account, role } => {
                self.connect_role(cx, portal, account, role)
            }
            ConnectionMethod::None | ConnectionMethod::ByHand => Err(Failure::new("no_connection")),
        }
    }

    fn check_nops_key(&mut self, cx: &mut SetupContext, key: &Secret) -> Result<(), Failure> {
        let key = SecretString::from(key.expose().trim().to_owned());
        let (mut keyring, reach) = (self.keyring(cx), cx.transport());
        cx.start(JobKind::CheckKey, move |control, teller| async move {
            let work = async {
                keyring.keep_nops_key(&teller, key.clone()).await;
                nops::check_key(&key, &reach).await
            };
            JobOutcome::NopsKey(tokio::select! {
                owner = work => Some(owner),
                () = control.wait_until_stopped() => None,
            })
        })
    }

    pub(super) fn choose_way(&mut self, cx: &mut SetupContext, way: ConnectionMethod) {
        cx.held.setup.connection_method = way;
        self.unconfirmed = false;
        cx.notes.remove(&Some(Field::AwsCaller));
        if matches!(cx.held.setup.connection_method, ConnectionMethod::Profile { .. }) {
            cx.held.confirm_connection();
        }
        cx.save();
    }

    /// Returns the profile that needs the user's consent, once the profiles and the command that
    /// this profile runs are known.
    pub(crate) fn unconfirmed_profile(&self, cx: &SetupContext) -> Option<UnconfirmedProfile> {
        let ConnectionMethod::Profile { name, .. } = &cx.held.setup.connection_method else {
            return None;
        };
        if !self.unconfirmed || !self.profiles_listed {
            return None;
        }
        let profile = self.profiles.find(name);
        let command = profile.and_then(|profile| profile.command.clone());
        let command = command.map(|command| match credentials::find_in_name(&command) {
            Some(_) => command.split_whitespace().next().unwrap_or_default().to_owned(),
            None => command,
        });
        Some(UnconfirmedProfile { name: name.clone(), command })
    }

    /// Ends this connection and ignores its later results.
    fn end_connection(&mut self, cx: &mut SetupContext) {
        std::mem::take(&mut self.lease).end();
        cx.abandon(&CONNECTING);
    }

    fn disconnect(&mut self, cx: &mut SetupContext) {
        self.end_connection(cx);
        cx.connection = None;
        self.state = ConnectionState::Off;
        self.label = String::new();
        cx.notes.remove(&Some(Field::AwsCaller));
        self.forget_connection(cx);
        self.find_redirection(cx);
    }

    /// Finds custom endpoints before the first call. Errors are ignored here, because connecting
    /// reports them again.
    fn find_redirection(&self, cx: &SetupContext) {
        if cx.is_practice() {
            return;
        }
        let inbox = cx.inbox.clone();
        tokio::spawn(async move {
            if let Ok(endpoints) = redirected(&Credentials::Ambient).await {
                jobs::send_report(&inbox, JobReport::RedirectedByDefault(endpoints)).await;
            }
        });
    }

    /// Records the default custom endpoints. A connection reports its own endpoints.
    pub(super) fn redirected_by_default(
        &mut self,
        cx: &mut SetupContext,
        endpoints: Option<String>,
    ) {
        if cx.job.is_none() && cx.connection.is_none() {
            self.redirected = endpoints;
        }
    }

    fn connect_practice(&mut self, cx: &mut SetupContext) -> Result<(), Failure> {
        let practice = cx.practice.as_ref().ok_or_else(|| Failure::new("no_connection"))?;
        let credentials = Credentials::Practice {
            endpoint: practice.base.clone(),
            access_key_id: practice.access_key_id.clone(),
            secret_access_key: practice.secret_access_key.clone(),
        };
        let region = practice.region.clone();
        self.label = practice.access_key_id.clone();
        self.connect_by(cx, Some(region), |_| async { Ok(credentials) })
    }

    /// Returns the Region that was entered for this profile earlier, unless the profile has its own
    /// Region now.
    fn saved_region(&self, cx: &SetupContext, profile: &str) -> Option<String> {
        let method = &cx.held.setup.connection_method;
        let ConnectionMethod::Profile { name, region } = method else { return None };
        let has_own = self.profiles.find(profile).is_some_and(|known| known.region.is_some());
        region.clone().filter(|_| name == profile && !has_own)
    }

    /// Connects with a profile. An MFA code works only once, so the connection that used it is
    /// reused until the role's credentials expire.
    fn connect_profile(&mut self, cx: &mut SetupContext, name: String) -> Result<(), Failure> {
        let profile = self.profiles.find(&name);
        let wants_code = profile.is_some_and(|profile| profile.mfa_device.is_some());
        let same = name == self.label;
        self.label.clone_from(&name);
        match cx.connection.clone().filter(|_| same) {
            Some(connection) if wants_code => self.run_preflight(cx, |_| async { Ok(connection) }),
            None if wants_code => Err(Failure::new("mfa_code")),
            _ => self.connect(cx, Credentials::Profile { name, code: None }),
        }
    }

    /// Connects with a profile, in the Region that the user entered, if any.
    fn connect(&mut self, cx: &mut SetupContext, credentials: Credentials) -> Result<(), Failure> {
        let method = &cx.held.setup.connection_method;
        let region = if let ConnectionMethod::Profile { region, .. } = method {
            region.clone()
        } else {
            None
        };
        self.connect_by(cx, region, |_| async { Ok(credentials) })
    }

    /// Connects with credentials that have to be obtained first.
    pub(super) fn connect_by<B>(
        &mut self,
        cx: &mut SetupContext,
        region: Option<String>,
        bring: impl FnOnce(JobReporter) -> B + Send + 'static,
    ) -> Result<(), Failure>
    where
        B: Future<Output = Result<Credentials, ConnectError>> + Send + 'static,
    {
        let network = cx.ports.network.clone();
        self.run_preflight(cx, move |teller| async move {
            let credentials = bring(teller.clone()).await?;
            teller.send_update(JobUpdate::Redirected(redirected(&credentials).await?)).await;
            Ok(Connection::open(&credentials, region.as_deref(), &network).await?)
        })
    }

    fn run_preflight<C>(
        &mut self,
        cx: &mut SetupContext,
        connect: impl FnOnce(JobReporter) -> C + Send + 'static,
    ) -> Result<(), Failure>
    where
        C: Future<Output = Result<Connection, ConnectError>> + Send + 'static,
    {
        let practice = cx.is_practice().then(|| cx.transport());
        cx.start(JobKind::Look, move |control, teller| async move {
            let work = async {
                let connection = connect(teller.clone()).await?;
                let reach = practice.unwrap_or(Transport::Real(connection.network().clone()));
                let found = preflight(&connection, &reach, |done, total| {
                    teller.progress(Progress::single_kind(done, total));
                });
                Ok(Box::new(found.await?))
            };
            JobOutcome::Connection(tokio::select! {
                found = work => Some(found),
                () = control.wait_until_stopped() => None,
            })
        })?;
        self.state = ConnectionState::Connecting;
        Ok(())
    }

    /// Handles the end of a preflight. Returns what it found.
    pub(super) fn connected(
        &mut self,
        cx: &mut SetupContext,
        outcome: ConnectionOutcome,
    ) -> Option<Preflight> {
        let Some(outcome) = outcome else {
            self.state = match cx.connection {
                Some(_) => ConnectionState::Connected,
                None => ConnectionState::Off,
            };
            return None;
        };
        let error = match outcome {
            Ok(preflight) => {
                self.record_preflight(cx, &preflight);
                return Some(*preflight);
            }
            Err(error) => error,
        };
        self.state = ConnectionState::Failed;
        let finding = match error {
            ConnectError::Aws(error) => build_error_finding("connection_failed", &error),
            ConnectError::SecretStore(error) => connection_failed(error.code()),
            ConnectError::NotSignedIn => connection_failed("not_signed_in"),
        };
        cx.add_note(Some(Field::AwsCaller), finding);
        None
    }

    /// Schedules the warning that access ends soon and can't be renewed automatically.
    fn schedule_expiry_warning(&self, cx: &SetupContext, ends: Timestamp) {
        let left = ends.duration_since(cx.now()) - NOTICE;
        let left = Duration::try_from(left).unwrap_or_default();
        let inbox = cx.inbox.clone();
        tokio::spawn(async move {
            tokio::time::sleep(left).await;
            jobs::send_report(&inbox, JobReport::EndsSoon(ends)).await;
        });
    }

    pub(super) fn add_expiry_warning(&mut self, cx: &mut SetupContext, ends: Timestamp) {
        // The user may have signed in again in the meantime.
        let connection = cx.connection.as_ref();
        if connection.and_then(Connection::access_expiry) != Some(ends) {
            return;
        }
        cx.add_note(
            Some(Field::AwsCaller),
            Finding::about(Field::AwsCaller, "access_ends_soon", Severity::Warning)
                .with_fix(Fix::Go { step: Step::Connect }),
        );
    }

    fn record_preflight(&mut self, cx: &mut SetupContext, preflight: &Preflight) {
        if let Some(ends) = preflight.connection.access_expiry() {
            self.schedule_expiry_warning(cx, ends);
        }
        self.state = ConnectionState::Connected;
        cx.connection = Some(preflight.connection.clone());
        cx.notes.remove(&Some(Field::AwsCaller));
        let mut told = observations(preflight);
        // Remove only facts that are missing now, so that a value that was found again keeps its
        // time.
        let is_missing = |field: &Field| !told.iter().any(|(known, ..)| known == field);
        cx.remove_facts(OBSERVED.into_iter().filter(is_missing));
        let source = cx.facts().get(Field::IdentitySource);
        if source.is_some_and(|said| said.source == Source::Declared) {
            // Finding no external users doesn't override what the user declared.
            let assumed = FactValue::Text("directory".to_owned());
            told.retain(|(field, value, _)| *field != Field::IdentitySource || *value != assumed);
        }
        cx.record_facts(told);
    }
}

/// Handles the end of a nOps API key check; `None` if canceled.
pub(super) fn nops_key_checked(cx: &mut SetupContext, owner: Option<Result<KeyOwner, KeyError>>) {
    let field = Field::NopsApiClient;
    match owner {
        None => {}
        Some(Ok(owner)) => {
            cx.notes.remove(&Some(field));
            cx.record_facts([(field, FactValue::Text(owner.name()), Source::Observed)]);
        }
        Some(Err(error)) => cx.add_note(
            Some(field),
            Finding::about(field, "nops_key_refused", Severity::Warning)
                .with_cause(MessageCause::with(format!("nops-{}", error.code()), error.params()))
                .with_fix(Fix::Open { page: Page::NopsApiKey }),
        ),
    }
}

/// Refuses real credentials in practice mode.
fn require_real_setup(cx: &SetupContext) -> Result<(), Failure> {
    match cx.is_practice() {
        true => Err(Failure::new("no_connection")),
        false => Ok(()),
    }
}

/// Builds a finding with the AWS error as its cause.
pub(super) fn build_error_finding(code: &str, error: &AwsError) -> Finding {
    Finding::about(Field::AwsCaller, code, Severity::Error)
        .with_cause(error_cause(error))
        .with_fix(Fix::Look)
}

pub(crate) fn error_cause(error: &AwsError) -> MessageCause {
    MessageCause::with(error.key(), error.params())
}

fn connection_failed(code: &str) -> Finding {
    Finding::about(Field::AwsCaller, "connection_failed", Severity::Error)
        .with_cause(MessageCause::new(format!("failure-{code}")))
        .with_fix(Fix::Look)
        .with_step(Step::Connect)
}

fn entered_region(text: &str) -> Result<String, Failure> {
    let region: Region = text.trim().parse().map_err(|_| Failure::new("region_unknown"))?;
    Ok(region.to_string())
}

/// Parses an MFA code. Some devices show the digits in groups.
fn parse_mfa_code(text: &Secret) -> Result<SecretString, Failure> {
    mfa_code(text.expose()).ok_or_else(|| Failure::new("mfa_code"))
}
