//! Step 2: connecting to AWS and looking around, and the optional nOps key.

use std::{collections::BTreeMap, time::Duration};

use jiff::{SignedDuration, Timestamp};
use secrecy::SecretString;

use super::{
    Halt, Open,
    observations::{OBSERVED, observations},
};
use crate::{
    identity_center::{
        AwsError, Connection, Credentials, Preflight, Profile, ProfileProblem, preflight, profiles,
    },
    names::Region,
    nops,
    reach::Reach,
    session::{
        Action, Failure,
        jobs::{self, Outcome, Report},
        view::{ConnectionState, WatchState},
    },
    setup::{Field, Finding, Fix, Page, Severity, Source, Step, Value},
    store::Way,
    vault::{Kept, Name},
    words::Words,
};

/// So long before access ends it is said: enough to finish what is under way.
const NOTICE: SignedDuration = SignedDuration::from_mins(10);

impl Open {
    /// Goes on with the way that was chosen last, when the setup is opened.
    pub(in crate::session) fn reconnect(&mut self) {
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
            Way::None | Way::ByHand => return,
            Way::Practice => self.connect_practice(),
            Way::Profile { name } => self.connect_profile(name),
            Way::Keys { region } => self.connect_kept_keys(region),
            Way::Role { portal, account, role } => self.connect_role(portal, account, role),
        };
        if let Err(failure) = again {
            self.aws.state = ConnectionState::Failed;
            self.note(Some(Field::AwsCaller), connection_failed(&failure.code, BTreeMap::new()));
        }
    }

    pub(super) fn listed_profiles(&mut self, profiles: Result<Vec<Profile>, AwsError>) {
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
                self.choose_way(Way::Practice);
                self.connect_practice()
            }
            Action::ConnectProfile { profile } if !self.is_practice() => {
                self.choose_way(Way::Profile { name: profile.clone() });
                self.connect_profile(profile)
            }
            Action::ConnectProfileWithCode { profile, code } if !self.is_practice() => {
                let code: String = code.expose().split_whitespace().collect();
                if code.len() != 6 || !code.bytes().all(|byte| byte.is_ascii_digit()) {
                    return Err(Failure::new("mfa_code"));
                }
                self.choose_way(Way::Profile { name: profile.clone() });
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
                    Some((Name::AccessKeyId, secret(&id))),
                    Some((Name::SecretAccessKey, secret(secret_access_key.expose()))),
                    session_token.map(|token| (Name::SessionToken, secret(token.expose()))),
                ];
                self.aws.remembered = self.keep(secrets.into_iter().flatten(), remember);
                self.choose_way(Way::Keys { region: region.to_string() });
                self.connect_kept_keys(region.to_string())
            }
            Action::ByHand => {
                self.disconnect()?;
                self.choose_way(Way::ByHand);
                Ok(())
            }
            Action::Disconnect => {
                self.disconnect()?;
                self.choose_way(Way::None);
                Ok(())
            }
            Action::Look => {
                let way = self.held.setup.way.clone();
                match way {
                    Way::Practice => self.connect_practice(),
                    Way::Profile { name } => self.connect_profile(name),
                    Way::Keys { region } => self.connect_kept_keys(region),
                    Way::Role { portal, account, role } => self.connect_role(portal, account, role),
                    Way::None | Way::ByHand => Err(Failure::new("no_connection")),
                }
            }
            Action::CheckNopsKey { key } => {
                let key = SecretString::from(key.expose().trim().to_owned());
                self.vault.keep(self.id(), Name::NopsApiKey, key.clone());
                let reach = self.reach();
                self.start("check_key", Halt::Stop, move |control, _| async move {
                    Outcome::NopsKey(tokio::select! {
                        owner = nops::check_key(&key, &reach) => Some(owner),
                        () = control.stopped() => None,
                    })
                })
            }
            Action::ForgetNopsKey => {
                self.vault
                    .forget(self.id(), Name::NopsApiKey)
                    .map_err(|error| Failure::new(error.code()))?;
                self.held.setup.facts.forget(Field::NopsApiClient);
                self.save();
                Ok(())
            }
            _ => Err(Failure::new("no_connection")),
        }
    }

    /// Keeps every secret; whether all of them are in the keychain.
    fn keep(&self, secrets: impl Iterator<Item = (Name, SecretString)>, remember: bool) -> bool {
        let mut remembered = true;
        for (name, secret) in secrets {
            let kept = match remember {
                true => self.vault.keep(self.id(), name, secret),
                false => self.vault.keep_for_session(self.id(), name, secret),
            };
            remembered &= kept == Kept::InKeychain;
        }
        remembered
    }

    pub(super) fn choose_way(&mut self, way: Way) {
        self.held.setup.way = way;
        self.notes.remove(&Some(Field::AwsCaller));
        self.save();
    }

    fn disconnect(&mut self) -> Result<(), Failure> {
        self.stop_watching();
        self.watch.state = WatchState::Off;
        self.aws.connection = None;
        self.aws.state = ConnectionState::Off;
        self.aws.label = String::new();
        self.notes.remove(&Some(Field::AwsCaller));
        self.sign_out();
        for name in
            [Name::AccessKeyId, Name::SecretAccessKey, Name::SessionToken, Name::SignInToken]
        {
            self.vault.forget(self.id(), name).map_err(|error| Failure::new(error.code()))?;
        }
        Ok(())
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

    /// A code is good once: while the role's keys last, the connection that it brought goes on.
    fn connect_profile(&mut self, name: String) -> Result<(), Failure> {
        let mut profiles = self.aws.profiles.iter();
        let wants_code = profiles
            .any(|profile| profile.name == name && profile.problem == Some(ProfileProblem::Mfa));
        let same = name == self.aws.label;
        self.aws.label.clone_from(&name);
        match self.aws.connection.clone().filter(|_| same) {
            Some(connection) if wants_code => self.look_around(async { Ok(connection) }),
            None if wants_code => Err(Failure::new("mfa_code")),
            _ => self.connect(Credentials::Profile { name }, None),
        }
    }

    fn connect_kept_keys(&mut self, region: String) -> Result<(), Failure> {
        let recall =
            |name| self.vault.recall(self.id(), name).map_err(|error| Failure::new(error.code()));
        let (Some(id), Some(secret)) = (recall(Name::AccessKeyId)?, recall(Name::SecretAccessKey)?)
        else {
            return Err(Failure::new("no_connection"));
        };
        let access_key_id = secrecy::ExposeSecret::expose_secret(&id).to_owned();
        // Long-lived keys have none; one of earlier keys may still be kept.
        let session_token = match is_temporary(&access_key_id) {
            true => recall(Name::SessionToken)?,
            false => None,
        };
        self.aws.label.clone_from(&access_key_id);
        let credentials =
            Credentials::Keys { access_key_id, secret_access_key: secret, session_token };
        self.connect(credentials, Some(region))
    }

    pub(super) fn connect(
        &mut self,
        credentials: Credentials,
        region: Option<String>,
    ) -> Result<(), Failure> {
        let network = self.ports.network.clone();
        self.look_around(async move {
            Connection::open(&credentials, region.as_deref(), &network).await
        })
    }

    fn look_around(
        &mut self,
        connecting: impl Future<Output = Result<Connection, AwsError>> + Send + 'static,
    ) -> Result<(), Failure> {
        let reach = self.reach();
        self.start("look", Halt::Stop, move |control, teller| async move {
            let work = async {
                let connection = connecting.await?;
                preflight(&connection, &reach, |done, total| teller.progress(done, total))
                    .await
                    .map(Box::new)
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
                self.note(Some(Field::AwsCaller), refused("connection_failed", &error));
            }
            Outcome::NopsKey(None) => {}
            Outcome::NopsKey(Some(Ok(owner))) => {
                self.notes.remove(&Some(Field::NopsApiClient));
                self.learn([(Field::NopsApiClient, Value::Text(owner.name()), Source::Observed)]);
            }
            Outcome::NopsKey(Some(Err(error))) => {
                let reason =
                    Words::english().text(&format!("nops-{}", error.code()), &error.params());
                self.note(
                    Some(Field::NopsApiClient),
                    Finding::about(Field::NopsApiClient, "nops_key_refused", Severity::Warning)
                        .with("reason", reason)
                        .fix(Fix::Open { page: Page::NopsApiKey }),
                );
            }
            _ => {}
        }
    }

    /// Has the person told before access ends that nobody else can renew.
    fn foresee_the_end(&self, ends: Timestamp) {
        let left = ends.duration_since(self.now()) - NOTICE;
        let left = Duration::try_from(left).unwrap_or_default();
        let inbox = self.inbox.clone();
        tokio::spawn(async move {
            tokio::time::sleep(left).await;
            jobs::tell(&inbox, Report::EndsSoon(ends)).await;
        });
    }

    pub(super) fn ends_soon(&mut self, ends: Timestamp) {
        // The person may have signed in anew since.
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
            self.foresee_the_end(ends);
        }
        self.aws.state = ConnectionState::Connected;
        self.aws.connection = Some(preflight.connection.clone());
        self.notes.remove(&Some(Field::AwsCaller));
        for field in OBSERVED {
            self.held.setup.facts.forget(field);
        }
        let mut told = observations(&preflight);
        let source = self.facts().of(Field::IdentitySource);
        if source.is_some_and(|said| said.source == Source::Declared) {
            // That nobody was seen to come from elsewhere does not outweigh what somebody says.
            let assumed = Value::Text("directory".to_owned());
            told.retain(|(field, value, _)| *field != Field::IdentitySource || *value != assumed);
        }
        self.learn(told);
        if let Some(Ok(glance)) = preflight.users {
            self.crowd.listed = glance.users.len();
            self.crowd.users = glance.users;
        }
        if let Some(Ok(groups)) = preflight.groups {
            self.crowd.groups = groups;
        }
        if self.watch.state == WatchState::Off {
            self.watch.state = WatchState::Idle;
        }
        if let Some(Ok(applications)) = preflight.applications {
            self.listed(&applications, None);
        }
        self.refresh_tester();
    }

    /// How real links are reached: as they are, or through the practice mode.
    pub(super) fn reach(&self) -> Reach {
        match &self.practice {
            Some(practice) => Reach::Practice { port: practice.port() },
            None => Reach::Real(self.ports.network.clone()),
        }
    }

    /// The identity store, where it is known.
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

/// A finding that says in AWS's terms why something was not done.
pub(super) fn refused(code: &str, error: &AwsError) -> Finding {
    connection_failed_as(code, error.code(), params(error))
}

fn connection_failed(code: &str, params: BTreeMap<String, String>) -> Finding {
    let reason = Words::english().text(&format!("failure-{code}"), &params);
    Finding::about(Field::AwsCaller, "connection_failed", Severity::Error)
        .with("reason", reason)
        .fix(Fix::Look)
        .shown_in(Step::Connect)
}

fn connection_failed_as(code: &str, reason: &str, params: BTreeMap<String, String>) -> Finding {
    let reason = Words::english().text(&format!("aws-{reason}"), &params);
    Finding::about(Field::AwsCaller, code, Severity::Error).with("reason", reason).fix(Fix::Look)
}

pub(super) fn params(error: &AwsError) -> BTreeMap<String, String> {
    error.params().into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// Whether keys of this id come with a session token: those of AWS STS begin with `ASIA`
/// (<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html>).
fn is_temporary(id: &str) -> bool {
    id.starts_with("ASIA")
}

/// The shape of an access key id: `AKIA` (long-lived) or `ASIA` (temporary) and 16 more
/// (IAM User Guide: IAM identifiers › unique id prefixes).
fn looks_like_key_id(id: &str) -> bool {
    (16..=128).contains(&id.len())
        && (id.starts_with("AKIA") || is_temporary(id))
        && id.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}
