//! Step 2 and the AWS half of step 4: connecting, looking around, noticing the application.

use std::{collections::BTreeMap, time::Duration};

use jiff::Timestamp;
use secrecy::SecretString;
use tokio_util::sync::CancellationToken;

use super::Open;
use crate::{
    identity_center::{
        Application, ApplicationKind, AwsError, Connection, Credentials, Preflight, Profile,
        metadata, preflight, profiles,
    },
    names::{ApplicationArn, PortalLinks, Region},
    nops,
    reach::Reach,
    session::{
        Action, Failure,
        jobs::{self, Outcome, Report},
        view::{Candidate, ConnectionState, WatchState},
    },
    setup::{Basis, Field, Finding, Fix, Page, Severity, Source, Step, Value, idp::Idp, intake},
    store::Way,
    vault::{Kept, Name},
    words::Words,
};

/// How long to wait before asking AWS again, time after time; the last one repeats.
const PAUSES: [u64; 6] = [2, 3, 5, 8, 10, 15];

impl Open {
    /// Goes on with the way that was chosen last, when the set-up is opened.
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
        };
        if let Err(failure) = again {
            self.aws.state = ConnectionState::Failed;
            self.note(
                Some(Field::AwsCaller),
                connection_failed(&failure.code, BTreeMap::new()),
            );
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
                self.choose_way(Way::Profile {
                    name: profile.clone(),
                });
                self.connect_profile(profile)
            }
            Action::ConnectKeys {
                access_key_id,
                secret_access_key,
                session_token,
                region,
                remember,
            } if !self.is_practice() => {
                let region: Region = region
                    .trim()
                    .parse()
                    .map_err(|_| Failure::new("region_unknown"))?;
                let id = access_key_id.trim().to_owned();
                if !looks_like_key_id(&id) {
                    return Err(Failure::new("key_shape"));
                }
                let secret = |text: &str| SecretString::from(text.trim().to_owned());
                let kept = [
                    Some((Name::AccessKeyId, secret(&id))),
                    Some((Name::SecretAccessKey, secret(secret_access_key.expose()))),
                    session_token.map(|token| (Name::SessionToken, secret(token.expose()))),
                ];
                let setup = self.id();
                self.aws.remembered = kept
                    .into_iter()
                    .flatten()
                    .map(|(name, secret)| match remember {
                        true => self.vault.keep(setup, name, secret),
                        false => self.vault.keep_for_session(setup, name, secret),
                    })
                    .all(|kept| kept == Kept::InKeychain);
                self.choose_way(Way::Keys {
                    region: region.to_string(),
                });
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
                    Way::None | Way::ByHand => Err(Failure::new("no_connection")),
                }
            }
            Action::CheckNopsKey { key } => {
                let key = SecretString::from(key.expose().trim().to_owned());
                self.vault.keep(self.id(), Name::NopsApiKey, key.clone());
                let reach = self.reach();
                self.start("check_key", true, move |_, _| async move {
                    Outcome::NopsKey(nops::check_key(&key, &reach).await)
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
            Action::Watch => self.watch_applications(),
            Action::StopWatching => {
                self.stop_watching();
                self.watch.state = WatchState::Idle;
                Ok(())
            }
            Action::AskNow => {
                self.stop_watching();
                self.watch_applications()
            }
            Action::ChooseApplication { arn } => {
                let chosen = self
                    .aws
                    .candidates
                    .iter()
                    .find(|candidate| candidate.arn == arn);
                let chosen = chosen
                    .cloned()
                    .ok_or_else(|| Failure::new("no_application"))?;
                self.choose(&chosen);
                Ok(())
            }
            Action::FetchMetadata => {
                self.fetch_metadata_quietly();
                Ok(())
            }
            _ => Err(Failure::new("no_connection")),
        }
    }

    fn choose_way(&mut self, way: Way) {
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
        for name in [Name::AccessKeyId, Name::SecretAccessKey, Name::SessionToken] {
            self.vault
                .forget(self.id(), name)
                .map_err(|error| Failure::new(error.code()))?;
        }
        Ok(())
    }

    fn connect_practice(&mut self) -> Result<(), Failure> {
        let practice = self
            .practice
            .as_ref()
            .ok_or_else(|| Failure::new("no_connection"))?;
        let credentials = Credentials::Practice {
            endpoint: practice.base.clone(),
            access_key_id: practice.access_key_id.clone(),
            secret_access_key: practice.secret_access_key.clone(),
        };
        let region = practice.region.clone();
        self.aws.label = practice.access_key_id.clone();
        self.connect(credentials, Some(region))
    }

    fn connect_profile(&mut self, name: String) -> Result<(), Failure> {
        self.aws.label.clone_from(&name);
        self.connect(Credentials::Profile { name }, None)
    }

    fn connect_kept_keys(&mut self, region: String) -> Result<(), Failure> {
        let recall = |name| {
            self.vault
                .recall(self.id(), name)
                .map_err(|error| Failure::new(error.code()))
        };
        let (Some(id), Some(secret)) = (recall(Name::AccessKeyId)?, recall(Name::SecretAccessKey)?)
        else {
            return Err(Failure::new("no_connection"));
        };
        let session_token = recall(Name::SessionToken)?;
        let access_key_id = secrecy::ExposeSecret::expose_secret(&id).to_owned();
        self.aws.label.clone_from(&access_key_id);
        let credentials = Credentials::Keys {
            access_key_id,
            secret_access_key: secret,
            session_token,
        };
        self.connect(credentials, Some(region))
    }

    fn connect(&mut self, credentials: Credentials, region: Option<String>) -> Result<(), Failure> {
        let certificates = self.ports.certificates.clone();
        self.start("look", true, move |cancel, teller| async move {
            let work = async {
                let connection =
                    Connection::open(&credentials, region.as_deref(), certificates).await?;
                preflight(&connection, |done, total| teller.progress(done, total))
                    .await
                    .map(Box::new)
            };
            Outcome::Connected(tokio::select! {
                found = work => Some(found),
                () = cancel.cancelled() => None,
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
            Outcome::NopsKey(Ok(owner)) => {
                self.notes.remove(&Some(Field::NopsApiClient));
                self.learn([(
                    Field::NopsApiClient,
                    Value::Text(owner.name()),
                    Source::Observed,
                )]);
            }
            Outcome::NopsKey(Err(error)) => {
                let reason =
                    Words::english().text(&format!("nops-{}", error.code()), &error.params());
                self.note(
                    Some(Field::NopsApiClient),
                    Finding::about(Field::NopsApiClient, "nops_key_refused", Severity::Warning)
                        .with("reason", reason)
                        .fix(Fix::Open {
                            page: Page::NopsApiKey,
                        }),
                );
            }
            _ => {}
        }
    }

    fn looked(&mut self, preflight: Preflight) {
        self.aws.state = ConnectionState::Connected;
        self.aws.connection = Some(preflight.connection.clone());
        self.notes.remove(&Some(Field::AwsCaller));
        for field in OBSERVED {
            self.held.setup.facts.forget(field);
        }
        self.learn(observations(&preflight));
        if let Some(Ok(users)) = preflight.users {
            self.crowd.users = users;
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

    /// Asks AWS for the application until it appears, at growing intervals.
    fn watch_applications(&mut self) -> Result<(), Failure> {
        let connection = self
            .aws
            .connection
            .clone()
            .ok_or_else(|| Failure::new("no_connection"))?;
        let all = self.all();
        let (Some(instance), Some(account)) =
            (all.text(Field::InstanceArn), all.text(Field::AwsAccountId))
        else {
            return Err(Failure::new("no_connection"));
        };
        if self.watch.cancel.is_some() {
            return Ok(());
        }
        let (instance, account) = (instance.to_owned(), account.to_owned());
        let cancel = CancellationToken::new();
        let inbox = self.inbox.clone();
        let stop = cancel.clone();
        tokio::spawn(async move {
            for number in 0.. {
                let applications = connection.applications(&instance, &account).await;
                jobs::tell(
                    &inbox,
                    Report::Watched {
                        applications,
                        number,
                    },
                )
                .await;
                let pause = PAUSES[(number as usize).min(PAUSES.len() - 1)];
                tokio::select! {
                    () = tokio::time::sleep(Duration::from_secs(pause)) => {}
                    () = stop.cancelled() => return,
                }
            }
        });
        self.watch.cancel = Some(cancel);
        self.watch.state = WatchState::Waiting;
        self.watch.since = Some(self.now());
        self.watch.times = 0;
        Ok(())
    }

    fn stop_watching(&mut self) {
        if let Some(cancel) = self.watch.cancel.take() {
            cancel.cancel();
        }
    }

    pub(super) fn watched(
        &mut self,
        applications: Result<Vec<Application>, AwsError>,
        number: u32,
    ) {
        if self.watch.cancel.is_none() {
            return;
        }
        self.watch.asked = Some(self.now());
        self.watch.times = number + 1;
        match applications {
            Ok(applications) => {
                self.notes.remove(&Some(Field::ApplicationArn));
                self.listed(&applications, self.watch.since);
            }
            Err(error) => {
                let finding = refused("connection_failed", &error).shown_in(Step::Application);
                self.note(Some(Field::ApplicationArn), finding);
            }
        }
    }

    /// Looks for the application among those AWS lists: by the name, or as the one that was added
    /// since we began to ask.
    fn listed(&mut self, applications: &[Application], since: Option<Timestamp>) {
        self.watch.seen = u32::try_from(applications.len()).unwrap_or(u32::MAX);
        let like: Vec<&Application> = applications
            .iter()
            .filter(|application| is_like_nops(&application.name))
            .collect();
        let names: Vec<&str> = like
            .iter()
            .map(|application| application.name.as_str())
            .collect();
        let now = self.now();
        self.held.setup.facts.learn(
            Field::NopsLikeApplications,
            Value::Text(names.join("\n")),
            Source::Observed,
            now,
        );
        let mut candidates: Vec<&Application> = applications
            .iter()
            .filter(|application| {
                let new = since.is_some_and(|since| {
                    application.created.is_some_and(|created| created >= since)
                });
                is_like_nops(&application.name)
                    || (new && application.kind == ApplicationKind::Saml)
            })
            .collect();
        candidates.sort_by_key(|application| application.kind != ApplicationKind::Saml);
        self.aws.candidates = candidates
            .iter()
            .map(|application| candidate(application))
            .collect();
        let known = self.facts().text(Field::ApplicationArn).map(str::to_owned);
        let again = known.and_then(|arn| applications.iter().find(|known| known.arn == arn));
        let saml: Vec<&&Application> = candidates
            .iter()
            .filter(|application| application.kind == ApplicationKind::Saml)
            .collect();
        match (again, saml.as_slice(), candidates.as_slice()) {
            (Some(again), _, _) => self.found(again),
            (None, [only], _) => self.found(only),
            (None, [], [only]) => self.found(only),
            (None, [], []) => self.save(),
            _ => {
                self.stop_watching();
                self.watch.state = WatchState::Several;
                self.save();
            }
        }
    }

    fn found(&mut self, application: &Application) {
        let chosen = candidate(application);
        if let Some(region) = &application.created_from {
            self.remember_metadata_url(&chosen.arn, region);
        }
        self.choose(&chosen);
    }

    fn choose(&mut self, chosen: &Candidate) {
        let usable = chosen.kind == "saml";
        if usable {
            self.stop_watching();
            self.watch.state = WatchState::Found;
        }
        if self.facts().text(Field::ApplicationArn) != Some(chosen.arn.as_str()) {
            self.held.setup.facts.forget(Field::IdpMetadataFetched);
        }
        let status = if chosen.enabled {
            "ENABLED"
        } else {
            "DISABLED"
        };
        let text = |field, text: &str| (field, Value::Text(text.to_owned()), Source::Observed);
        self.learn([
            text(Field::ApplicationArn, &chosen.arn),
            text(Field::ApplicationName, &chosen.name),
            text(Field::ApplicationKind, &chosen.kind),
            text(Field::ApplicationStatus, status),
        ]);
        if usable {
            self.fetch_metadata_quietly();
        }
    }

    /// The links carry the Region where the application was created, which may not be the primary one.
    fn remember_metadata_url(&mut self, arn: &str, region: &str) {
        let (Ok(arn), Ok(region)) = (arn.parse::<ApplicationArn>(), region.parse::<Region>())
        else {
            return;
        };
        let links = PortalLinks::derive(&arn, &region);
        let derived = Source::Derived {
            from: Field::ApplicationArn,
        };
        let now = self.now();
        self.held.setup.facts.learn(
            Field::IdpMetadataUrl,
            Value::Text(links.metadata),
            derived,
            now,
        );
    }

    /// Fetches the application's metadata beside everything else, where its link is known.
    pub(in crate::session) fn fetch_metadata_quietly(&mut self) {
        let Some(url) = Idp::of(self.facts()).metadata_url else {
            return;
        };
        let reach = self.reach();
        let inbox = self.inbox.clone();
        tokio::spawn(async move {
            let result = metadata::fetch(&url.value, &reach).await.map_err(|error| {
                Words::english().text(&format!("metadata-{}", error.code()), &host(error.host()))
            });
            jobs::tell(&inbox, Report::Fetched { result }).await;
        });
    }

    pub(super) fn fetched(&mut self, result: Result<Vec<u8>, String>) {
        let field = Field::IdpMetadataFetched;
        self.notes.remove(&Some(field));
        let now = self.now();
        let readable = result.and_then(|bytes| {
            intake::metadata_text(&bytes, now)
                .ok_or_else(|| Words::english().word("aws-unreadable"))
        });
        match readable {
            Ok(xml) => self.learn([(field, Value::Text(xml), Source::Observed)]),
            Err(reason) => self.note(
                Some(field),
                Finding::about(field, "metadata_unreachable", Severity::Warning)
                    .with("reason", reason)
                    .fix(Fix::Look)
                    .basis(Basis::Seen),
            ),
        }
    }

    /// How real links are reached: as they are, or through the practice world.
    pub(super) fn reach(&self) -> Reach {
        match &self.practice {
            Some(practice) => Reach::Practice {
                port: practice.port(),
            },
            None => Reach::Real,
        }
    }

    /// The identity store, where it is known.
    pub(super) fn identity_store(&self) -> Result<(Connection, String), Failure> {
        let connection = self
            .aws
            .connection
            .clone()
            .ok_or_else(|| Failure::new("no_connection"))?;
        let store = self
            .facts()
            .text(Field::IdentityStoreId)
            .ok_or_else(|| Failure::new("no_connection"))?;
        Ok((connection, store.to_owned()))
    }
}

/// Facts that a preflight states anew each time.
const OBSERVED: [Field; 11] = [
    Field::OrganizationId,
    Field::OrganizationFeatures,
    Field::ManagementAccountId,
    Field::DelegatedAdministrators,
    Field::InstanceKind,
    Field::InstanceStatus,
    Field::AwsOtherRegions,
    Field::DeniedActions,
    Field::UserCount,
    Field::UsersNamedOtherwise,
    Field::UsersWithoutEmail,
];

/// What AWS told, as facts.
fn observations(preflight: &Preflight) -> Vec<(Field, Value, Source)> {
    let mut facts = Vec::new();
    let mut observed =
        |field, text: String| facts.push((field, Value::Text(text), Source::Observed));
    observed(Field::AwsAccountId, preflight.caller.account.clone());
    observed(Field::AwsCaller, preflight.caller.arn.clone());
    observed(Field::DeniedActions, preflight.denied().join(" "));
    let organization = preflight
        .organization
        .as_ref()
        .ok()
        .and_then(Option::as_ref);
    if let Some(organization) = organization {
        observed(Field::OrganizationId, organization.id.clone());
        observed(Field::OrganizationFeatures, organization.features.clone());
        observed(
            Field::ManagementAccountId,
            organization.management_account.clone(),
        );
    }
    if let Ok(delegated) = &preflight.delegated_administrators {
        observed(Field::DelegatedAdministrators, delegated.join(" "));
    }
    match (&preflight.chosen, &preflight.instances) {
        (Some(instance), _) => {
            observed(Field::InstanceArn, instance.arn.clone());
            observed(Field::IdentityStoreId, instance.identity_store_id.clone());
            let status = match &preflight.instance {
                Some(Ok(details)) => details.status.clone(),
                _ => instance.status.clone(),
            };
            observed(Field::InstanceStatus, status);
            observed(Field::AwsRegion, preflight.connection.region().to_owned());
            observed(Field::AwsOtherRegions, instance.other_regions.join(" "));
        }
        (None, Ok(_)) => observed(Field::InstanceArn, String::new()),
        (None, Err(_)) => {}
    }
    if let (Some(instance), Some(organization)) = (&preflight.chosen, organization) {
        // An instance that the management account owns is the organization's (inferred).
        let kind = match instance.owner_account == organization.management_account {
            true => "organization",
            false => "account",
        };
        let derived = Source::Derived {
            from: Field::ManagementAccountId,
        };
        facts.push((Field::InstanceKind, Value::Text(kind.to_owned()), derived));
    }
    if let Some(Ok(users)) = &preflight.users {
        let number = |count: usize| Value::Text(count.to_string());
        let scim = users.iter().any(|user| {
            user.provisioned_by
                .as_deref()
                .is_some_and(|by| by.starts_with("https://scim.aws.com/"))
        });
        let source = if scim { "scim" } else { "directory" };
        let otherwise = users
            .iter()
            .filter(|user| !user.user_name.contains('@'))
            .count();
        let without = users.iter().filter(|user| user.email.is_none()).count();
        facts.extend([
            (Field::UserCount, number(users.len()), Source::Observed),
            (
                Field::UsersNamedOtherwise,
                number(otherwise),
                Source::Observed,
            ),
            (Field::UsersWithoutEmail, number(without), Source::Observed),
            (
                Field::IdentitySource,
                Value::Text(source.to_owned()),
                Source::Derived {
                    from: Field::UserCount,
                },
            ),
        ]);
    }
    facts
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
    Finding::about(Field::AwsCaller, code, Severity::Error)
        .with("reason", reason)
        .fix(Fix::Look)
}

pub(super) fn params(error: &AwsError) -> BTreeMap<String, String> {
    error
        .params()
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

fn candidate(application: &Application) -> Candidate {
    Candidate {
        arn: application.arn.clone(),
        name: application.name.clone(),
        kind: application.kind.as_str().to_owned(),
        enabled: application.enabled,
        created: application.created.map(|at| at.to_string()),
    }
}

fn is_like_nops(name: &str) -> bool {
    name.to_lowercase().contains("nops")
}

/// The shape of an access key id: `AKIA` (long-lived) or `ASIA` (temporary) and 16 more
/// (IAM User Guide: IAM identifiers › unique id prefixes).
fn looks_like_key_id(id: &str) -> bool {
    (16..=128).contains(&id.len())
        && (id.starts_with("AKIA") || id.starts_with("ASIA"))
        && id
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

fn host(host: &str) -> BTreeMap<String, String> {
    BTreeMap::from([("host".to_owned(), host.to_owned())])
}
