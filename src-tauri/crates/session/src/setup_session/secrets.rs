//! Keychain access for a connection. Only jobs call the keychain, never the actor, because the
//! keychain may hang or prompt the user.

use std::{future::Future, pin::pin, sync::Arc, time::Duration};

use secrecy::{ExposeSecret, SecretString};
use tokio::{task::JoinHandle, time::timeout};
use uuid::Uuid;

use super::{connection::Aws, context::SetupContext};
use crate::{
    Failure,
    jobs::{self, JobKind, JobReport, JobReporter, JobUpdate},
};
use identifiers::is_temporary;
use identity_center::{AwsError, Credentials, sign_in::SignInToken};
use setup::{Field, Finding, Fix, MessageCause, Severity, Step};
use storage::{
    store::ConnectionMethod,
    vault::{SecretLease, SecretName, SecretStore, VaultError},
};

/// The secrets of access keys.
const KEYS: [SecretName; 3] =
    [SecretName::AccessKeyId, SecretName::SecretAccessKey, SecretName::SessionToken];

/// All secrets of a connection to AWS.
const CONNECTION: [SecretName; 4] = [
    SecretName::AccessKeyId,
    SecretName::SecretAccessKey,
    SecretName::SessionToken,
    SecretName::SignInToken,
];

/// A keychain that takes longer than this is probably waiting for the user.
const SOON: Duration = Duration::from_secs(1);

pub(crate) enum ConnectError {
    Aws(AwsError),
    SecretStore(VaultError),
    /// The user isn't signed in through the browser, or the sign-in has ended.
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

/// Keychain access for one job of one setup.
pub(super) struct Keyring {
    vault: Arc<SecretStore>,
    setup: Uuid,
    lease: SecretLease,
    nops_lease: SecretLease,
    earlier: Option<JoinHandle<()>>,
}

impl Keyring {
    /// Keeps secrets of one kind and reports where they are kept.
    pub(super) async fn store_secrets(
        &mut self,
        teller: &JobReporter,
        secrets: Vec<(SecretName, SecretString)>,
        kind: &[SecretName],
        remember: bool,
    ) {
        let (vault, setup, lease) = (Arc::clone(&self.vault), self.setup, self.lease.clone());
        let kept = self.wait_for_keychain(teller, async {
            match remember {
                true => (vault.store_secrets(setup, secrets, &lease).await, Ok(())),
                false => vault.keep_for_session(setup, secrets, kind, &lease).await,
            }
        });
        let (kept, removed) = kept.await;
        teller.send_update(JobUpdate::Kept(kept)).await;
        if let Err(error) = removed {
            teller.report(JobReport::NotForgotten(error)).await;
        }
    }

    /// Keeps the nOps API key. Doesn't report where the key is kept, because the window derives
    /// this from the keychain's state.
    pub(super) async fn keep_nops_key(&mut self, teller: &JobReporter, key: SecretString) {
        let (vault, setup, lease) = (Arc::clone(&self.vault), self.setup, self.nops_lease.clone());
        let secrets = vec![(SecretName::NopsApiKey, key)];
        let _where =
            self.wait_for_keychain(teller, vault.store_secrets(setup, secrets, &lease)).await;
    }

    /// Returns the stored access keys.
    pub(super) async fn keys(&mut self, teller: &JobReporter) -> Result<Credentials, ConnectError> {
        let (vault, setup) = (Arc::clone(&self.vault), self.setup);
        let [id, secret, token] =
            self.wait_for_keychain(teller, vault.read_secrets(setup, KEYS)).await?;
        let (Some(id), Some(secret_access_key)) = (id, secret) else {
            return Err(VaultError::Gone.into());
        };
        let access_key_id = id.expose_secret().to_owned();
        teller.send_update(JobUpdate::Label(access_key_id.clone())).await;
        // Long-term keys have no session token, but the token of earlier keys may still be in the
        // keychain.
        let session_token = token.filter(|_| is_temporary(&access_key_id));
        Ok(Credentials::Keys { access_key_id, secret_access_key, session_token })
    }

    /// Returns the stored token of a browser sign-in.
    pub(super) async fn token(
        &mut self,
        teller: &JobReporter,
    ) -> Result<SignInToken, ConnectError> {
        let (vault, setup) = (Arc::clone(&self.vault), self.setup);
        match self
            .wait_for_keychain(teller, vault.read_secrets(setup, [SecretName::SignInToken]))
            .await
        {
            Ok([token]) => {
                token.as_ref().and_then(SignInToken::from_secret).ok_or(ConnectError::NotSignedIn)
            }
            Err(VaultError::Gone) => Err(ConnectError::NotSignedIn),
            Err(error) => Err(error.into()),
        }
    }

    /// Waits for a keychain request. Reports when the keychain is waiting for the user.
    async fn wait_for_keychain<T>(
        &mut self,
        teller: &JobReporter,
        question: impl Future<Output = T>,
    ) -> T {
        if let Some(earlier) = self.earlier.take() {
            // If the earlier removal was aborted, it has ended too, so its result doesn't matter.
            let _ended = earlier.await;
        }
        let mut question = pin!(question);
        if let Ok(answer) = timeout(SOON, &mut question).await {
            return answer;
        }
        teller.send_update(JobUpdate::Waits(true)).await;
        let answer = question.await;
        teller.send_update(JobUpdate::Waits(false)).await;
        answer
    }
}

impl Aws {
    /// Returns keychain access for the next job, which first waits for pending removals.
    pub(super) fn keyring(&mut self, cx: &mut SetupContext) -> Keyring {
        Keyring {
            vault: Arc::clone(&cx.vault),
            setup: cx.id(),
            lease: self.lease.clone(),
            nops_lease: self.nops_lease.clone(),
            earlier: self.forgetting.take(),
        }
    }

    /// Keeps new access keys and connects with them.
    pub(super) fn connect_new_keys(
        &mut self,
        cx: &mut SetupContext,
        secrets: Vec<(SecretName, SecretString)>,
        remember: bool,
        region: String,
    ) -> Result<(), Failure> {
        let mut keyring = self.keyring(cx);
        self.connect_by(cx, Some(region), move |teller| async move {
            keyring.store_secrets(&teller, secrets, &KEYS, remember).await;
            keyring.keys(&teller).await
        })
    }

    pub(super) fn connect_kept_keys(
        &mut self,
        cx: &mut SetupContext,
        region: String,
    ) -> Result<(), Failure> {
        let mut keyring = self.keyring(cx);
        self.connect_by(cx, Some(region), move |teller| async move { keyring.keys(&teller).await })
    }

    /// Removes a connection's secrets and ends its sign-in at AWS. The secrets are removed even if
    /// AWS can't be reached.
    pub(super) fn forget_connection(&mut self, cx: &mut SetupContext) {
        let signing_in = std::mem::take(&mut self.sign_in);
        let kept = if let ConnectionMethod::Role { portal, .. } = &cx.held.setup.connection_method {
            Some(portal.clone())
        } else {
            None
        };
        let was_kept = kept.is_some();
        let portal = kept.or_else(|| signing_in.portal());
        let services = portal.map(|portal| self.services(cx, portal));
        let (vault, setup) = (Arc::clone(&cx.vault), cx.id());
        self.kept = None;
        self.forget_in_background(cx, async move {
            let token = match was_kept {
                true => vault.read_secrets(setup, [SecretName::SignInToken]).await.ok(),
                false => None,
            };
            let token = token.and_then(|[token]| token.as_ref().and_then(SignInToken::from_secret));
            let forgotten = vault.remove_secrets(setup, &CONNECTION).await;
            if let (Some(services), Some(token)) = (services, token.or(signing_in.token())) {
                tokio::spawn(async move {
                    if let Ok(services) = services.await {
                        let _unreachable = services.sign_out(&token).await;
                    }
                });
            }
            forgotten
        });
    }

    /// Removes the nOps API key. A check that is still running then doesn't store the key.
    pub(super) fn forget_nops_key(&mut self, cx: &mut SetupContext) {
        std::mem::take(&mut self.nops_lease).end();
        cx.abandon(&[JobKind::CheckKey]);
        let (vault, setup) = (Arc::clone(&cx.vault), cx.id());
        self.forget_in_background(cx, async move {
            vault.remove_secrets(setup, &[SecretName::NopsApiKey]).await
        });
    }

    fn forget_in_background(
        &mut self,
        cx: &mut SetupContext,
        forget: impl Future<Output = Result<(), VaultError>> + Send + 'static,
    ) {
        let (inbox, earlier) = (cx.inbox.clone(), self.forgetting.take());
        self.forgetting = Some(tokio::spawn(async move {
            if let Some(earlier) = earlier {
                let _ended = earlier.await;
            }
            if let Err(error) = forget.await {
                jobs::send_report(&inbox, JobReport::NotForgotten(error)).await;
            }
        }));
    }

    /// Handles an intermediate result of the running job.
    pub(super) fn handle_job_update(&mut self, cx: &mut SetupContext, job: u32, what: JobUpdate) {
        let Some(running) = cx.find_job_mut(job) else { return };
        match what {
            JobUpdate::Waits(waits) => running.waits_for_keychain = waits,
            JobUpdate::Label(label) => self.label = label,
            JobUpdate::Kept(kept) => self.kept = Some(kept),
            JobUpdate::Redirected(endpoints) => self.redirected = endpoints,
        }
    }
}

/// Adds a note that the keychain couldn't remove a secret.
pub(super) fn report_unremoved_secret(cx: &mut SetupContext, error: VaultError) {
    cx.add_note(
        Some(Field::DeniedActions),
        Finding::about(Field::AwsCaller, "keychain_keeps", Severity::Warning)
            .with_cause(MessageCause::new(format!("failure-{}", error.code())))
            .with_fix(Fix::Read)
            .with_step(Step::Connect),
    );
}
