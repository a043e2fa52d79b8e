//! What the keychain has to do with a connection. It may hang or wait for the person, so jobs ask it, never the actor.

use std::{future::Future, pin::pin, sync::Arc, time::Duration};

use secrecy::{ExposeSecret, SecretString};
use tokio::{task::JoinHandle, time::timeout};
use uuid::Uuid;

use super::SetupSession;
use crate::{
    Failure,
    jobs::{self, JobReporter, Report, Told},
};
use identity_center::{AwsError, Credentials, sign_in::Token};
use setup::{Cause, Field, Finding, Fix, Severity, Step};
use storage::{
    store::ConnectionMethod,
    vault::{Lease, SecretName, SecretStore, VaultError},
};

/// What belongs to access keys.
const KEYS: [SecretName; 3] =
    [SecretName::AccessKeyId, SecretName::SecretAccessKey, SecretName::SessionToken];

/// What belongs to a connection to AWS.
const CONNECTION: [SecretName; 4] = [
    SecretName::AccessKeyId,
    SecretName::SecretAccessKey,
    SecretName::SessionToken,
    SecretName::SignInToken,
];

/// A keychain that takes longer waits for the person.
const SOON: Duration = Duration::from_secs(1);

/// Why there is no connection.
pub(crate) enum ConnectError {
    /// AWS says so.
    Aws(AwsError),
    /// The keychain says so.
    SecretStore(VaultError),
    /// Nobody is signed in through the browser, or not any more.
    NotSignedIn,
}

impl From<AwsError> for ConnectError {
    fn from(error: AwsError) -> Self {
        Self::Aws(error)
    }
}

impl From<VaultError> for ConnectError {
    fn from(error: VaultError) -> Self {
        Self::SecretStore(error)
    }
}

/// The keychain, for one job of one setup.
pub(super) struct Keyring {
    vault: Arc<SecretStore>,
    setup: Uuid,
    lease: Lease,
    nops_lease: Lease,
    earlier: Option<JoinHandle<()>>,
}

impl Keyring {
    /// Keeps secrets of a kind, and tells where.
    pub(super) async fn keep(
        &mut self,
        teller: &JobReporter,
        secrets: Vec<(SecretName, SecretString)>,
        kind: &[SecretName],
        remember: bool,
    ) {
        let (vault, setup, lease) = (Arc::clone(&self.vault), self.setup, self.lease.clone());
        let kept = self.ask(teller, async {
            match remember {
                true => (vault.keep(setup, secrets, &lease).await, Ok(())),
                false => vault.keep_for_session(setup, secrets, kind, &lease).await,
            }
        });
        let (kept, removed) = kept.await;
        teller.told(Told::Kept(kept)).await;
        if let Err(error) = removed {
            teller.report(Report::NotForgotten(error)).await;
        }
    }

    /// Keeps the key of nOps. Where it is shows beside its field, by what the keychain can do.
    pub(super) async fn keep_nops_key(&mut self, teller: &JobReporter, key: SecretString) {
        let (vault, setup, lease) = (Arc::clone(&self.vault), self.setup, self.nops_lease.clone());
        let secrets = vec![(SecretName::NopsApiKey, key)];
        let _where = self.ask(teller, vault.keep(setup, secrets, &lease)).await;
    }

    /// Access keys that were kept.
    pub(super) async fn keys(&mut self, teller: &JobReporter) -> Result<Credentials, ConnectError> {
        let (vault, setup) = (Arc::clone(&self.vault), self.setup);
        let [id, secret, token] = self.ask(teller, vault.recall(setup, KEYS)).await?;
        let (Some(id), Some(secret_access_key)) = (id, secret) else {
            return Err(VaultError::Gone.into());
        };
        let access_key_id = id.expose_secret().to_owned();
        teller.told(Told::Label(access_key_id.clone())).await;
        // Long-lived keys have none; one of earlier keys may still be kept.
        let session_token = token.filter(|_| is_temporary(&access_key_id));
        Ok(Credentials::Keys { access_key_id, secret_access_key, session_token })
    }

    /// The token of a sign-in through the browser that was kept.
    pub(super) async fn token(&mut self, teller: &JobReporter) -> Result<Token, ConnectError> {
        let (vault, setup) = (Arc::clone(&self.vault), self.setup);
        match self.ask(teller, vault.recall(setup, [SecretName::SignInToken])).await {
            Ok([token]) => {
                token.as_ref().and_then(Token::from_secret).ok_or(ConnectError::NotSignedIn)
            }
            Err(VaultError::Gone) => Err(ConnectError::NotSignedIn),
            Err(error) => Err(error.into()),
        }
    }

    /// Says meanwhile that the keychain waits for the person.
    async fn ask<T>(&mut self, teller: &JobReporter, question: impl Future<Output = T>) -> T {
        if let Some(earlier) = self.earlier.take() {
            // A task that was ended removes nothing any more either.
            let _ended = earlier.await;
        }
        let mut question = pin!(question);
        if let Ok(answer) = timeout(SOON, &mut question).await {
            return answer;
        }
        teller.told(Told::Waits(true)).await;
        let answer = question.await;
        teller.told(Told::Waits(false)).await;
        answer
    }
}

impl SetupSession {
    /// The keychain for the next job. What is being removed from it goes first.
    pub(super) fn keyring(&mut self) -> Keyring {
        Keyring {
            vault: Arc::clone(&self.vault),
            setup: self.id(),
            lease: self.aws.lease.clone(),
            nops_lease: self.aws.nops_lease.clone(),
            earlier: self.aws.forgetting.take(),
        }
    }

    /// Keeps new access keys and connects with them.
    pub(super) fn connect_new_keys(
        &mut self,
        secrets: Vec<(SecretName, SecretString)>,
        remember: bool,
        region: String,
    ) -> Result<(), Failure> {
        let mut keyring = self.keyring();
        self.connect_by(Some(region), move |teller| async move {
            keyring.keep(&teller, secrets, &KEYS, remember).await;
            keyring.keys(&teller).await
        })
    }

    /// Connects with the access keys that were kept.
    pub(super) fn connect_kept_keys(&mut self, region: String) -> Result<(), Failure> {
        let mut keyring = self.keyring();
        self.connect_by(Some(region), move |teller| async move { keyring.keys(&teller).await })
    }

    /// Forgets a connection's secrets and ends a sign-in at AWS too. That AWS can't be reached changes nothing here.
    pub(super) fn forget_connection(&mut self) {
        let signing_in = std::mem::take(&mut self.aws.sign_in);
        let (portal, was_kept) = match &self.held.setup.way {
            ConnectionMethod::Role { portal, .. } => (Some(portal.clone()), true),
            _ => (signing_in.portal(), false),
        };
        let services = portal.map(|portal| self.services(portal));
        let (vault, setup) = (Arc::clone(&self.vault), self.id());
        self.aws.kept = None;
        self.forget_in_background(async move {
            let token = match was_kept {
                true => vault.recall(setup, [SecretName::SignInToken]).await.ok(),
                false => None,
            };
            let token = token.and_then(|[token]| token.as_ref().and_then(Token::from_secret));
            let forgotten = vault.forget(setup, &CONNECTION).await;
            if let (Some(services), Some(token)) = (services, token.or(signing_in.token())) {
                tokio::spawn(async move {
                    if let Ok(services) = services.await {
                        let _unreachable = services.end(&token).await;
                    }
                });
            }
            forgotten
        });
    }

    /// Forgets the nOps API key. A check that still runs keeps nothing.
    pub(super) fn forget_nops_key(&mut self) {
        std::mem::take(&mut self.aws.nops_lease).end();
        if let Some(job) = self.job.take_if(|job| job.name == "check_key") {
            job.control.stop();
        }
        let (vault, setup) = (Arc::clone(&self.vault), self.id());
        self.forget_in_background(
            async move { vault.forget(setup, &[SecretName::NopsApiKey]).await },
        );
    }

    fn forget_in_background(
        &mut self,
        forget: impl Future<Output = Result<(), VaultError>> + Send + 'static,
    ) {
        let (inbox, earlier) = (self.inbox.clone(), self.aws.forgetting.take());
        self.aws.forgetting = Some(tokio::spawn(async move {
            if let Some(earlier) = earlier {
                let _ended = earlier.await;
            }
            if let Err(error) = forget.await {
                jobs::tell(&inbox, Report::NotForgotten(error)).await;
            }
        }));
    }

    /// What the job that runs found out on its way.
    pub(super) fn told(&mut self, job: u32, what: Told) {
        let Some(running) = self.job.as_mut().filter(|running| running.number == job) else {
            return;
        };
        match what {
            Told::Waits(waits) => running.waits_for_keychain = waits,
            Told::Label(label) => self.aws.label = label,
            Told::Kept(kept) => self.aws.kept = Some(kept),
        }
    }

    /// The keychain still has what it was asked to forget.
    pub(super) fn not_forgotten(&mut self, error: VaultError) {
        self.note(
            Some(Field::DeniedActions),
            Finding::about(Field::AwsCaller, "keychain_keeps", Severity::Warning)
                .because(Cause::new(format!("failure-{}", error.code())))
                .fix(Fix::Read)
                .shown_in(Step::Connect),
        );
    }
}

/// Whether keys of this id come with a session token: those of AWS STS begin with `ASIA`
/// (<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html>).
pub(super) fn is_temporary(id: &str) -> bool {
    id.starts_with("ASIA")
}
