//! Serializes access to the keychain. Each request runs alone on a blocking thread, and opening the
//! keychain has a time limit, so a keychain that hangs blocks only one thread.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU8, Ordering},
    },
    time::Duration,
};

use keyring_core::CredentialStore;
use tokio::{
    sync::{Mutex, OwnedMutexGuard, oneshot},
    task::spawn_blocking,
    time::timeout,
};

use super::{Opener, VaultError, refusal};

/// The time limit for opening the keychain. After that, a request has no time limit, because the
/// keychain may be waiting for the user.
pub const OPEN_TIMEOUT: Duration = Duration::from_secs(2);

/// No request is running, or the keychain is being opened.
const OPENING: u8 = 0;
/// The keychain is open and handling a request, which may prompt the user.
const ANSWERING: u8 = 1;
/// The keychain didn't open within [`OPEN_TIMEOUT`].
const SILENT: u8 = 2;

#[derive(Default)]
pub(super) struct RequestQueue {
    turn: Arc<Mutex<()>>,
    stage: Arc<AtomicU8>,
}

impl RequestQueue {
    /// Runs a request after all other requests have ended. If the keychain opens too late or the
    /// future is dropped, the request still runs, and its flag is set.
    pub async fn run_in_turn<T: Send + 'static>(
        &self,
        open: &Opener,
        question: impl FnOnce(&CredentialStore, &AtomicBool) -> keyring_core::Result<T> + Send + 'static,
    ) -> Result<T, VaultError> {
        let turn = self.wait_for_turn().await?;
        let given_up = AbandonFlag::default();
        let (seen, stage, open) =
            (Arc::clone(&given_up.0), Arc::clone(&self.stage), Arc::clone(open));
        let (opened, is_open) = oneshot::channel();
        stage.store(OPENING, Ordering::Release);
        let answer = spawn_blocking(move || {
            let _turn = turn;
            let keychain = open();
            stage.store(ANSWERING, Ordering::Release);
            // If the caller has stopped waiting, there is no receiver.
            let _gone = opened.send(());
            let answer = match keychain {
                Some(keychain) => question(&*keychain, &seen).map_err(refusal),
                None => Err(VaultError::Missing),
            };
            stage.store(OPENING, Ordering::Release);
            answer
        });
        if timeout(OPEN_TIMEOUT, is_open).await.is_err() {
            self.stage.store(SILENT, Ordering::Release);
            return Err(VaultError::Silent);
        }
        answer.await.map_err(|_| VaultError::Failed)?
    }

    /// Waits until the running request ends. Fails immediately if the keychain doesn't respond, and
    /// after [`OPEN_TIMEOUT`] if the keychain is still being opened. If the keychain is prompting
    /// the user, there is no time limit.
    async fn wait_for_turn(&self) -> Result<OwnedMutexGuard<()>, VaultError> {
        if let Ok(turn) = Arc::clone(&self.turn).try_lock_owned() {
            return Ok(turn);
        }
        loop {
            if self.stage.load(Ordering::Acquire) == SILENT {
                return Err(VaultError::Silent);
            }
            if let Ok(turn) = timeout(OPEN_TIMEOUT, Arc::clone(&self.turn).lock_owned()).await {
                return Ok(turn);
            }
            if self.stage.load(Ordering::Acquire) != ANSWERING {
                return Err(VaultError::Silent);
            }
        }
    }
}

/// When dropped, sets a flag that tells the request that its caller stopped waiting.
#[derive(Default)]
struct AbandonFlag(Arc<AtomicBool>);

impl Drop for AbandonFlag {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Release);
    }
}
