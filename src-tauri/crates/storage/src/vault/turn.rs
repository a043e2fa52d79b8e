//! Serializes access to the keychain. Each request runs alone on a blocking thread with a time limit, so
//! a hanging keychain costs one thread and delays no caller beyond the limit.

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

/// The time limit for opening the keychain. Once it is open, a request has no limit, because the keychain
/// may be waiting for the user.
pub const PATIENCE: Duration = Duration::from_secs(2);

/// Idle, or the keychain is being opened.
const OPENING: u8 = 0;
/// The keychain is open and handling a request, which may prompt the user.
const ANSWERING: u8 = 1;
/// The keychain didn't open within [`PATIENCE`].
const SILENT: u8 = 2;

/// The queue of requests to the keychain.
#[derive(Default)]
pub(super) struct Turns {
    turn: Arc<Mutex<()>>,
    stage: Arc<AtomicU8>,
}

impl Turns {
    /// Runs a request once no other one is running. Dropping the future gives up; the request sees that
    /// in its flag.
    pub async fn take<T: Send + 'static>(
        &self,
        open: &Opener,
        question: impl FnOnce(&CredentialStore, &AtomicBool) -> keyring_core::Result<T> + Send + 'static,
    ) -> Result<T, VaultError> {
        let turn = self.turn().await?;
        let given_up = GivenUp::default();
        let (seen, stage, open) =
            (Arc::clone(&given_up.0), Arc::clone(&self.stage), Arc::clone(open));
        let (opened, is_open) = oneshot::channel();
        stage.store(OPENING, Ordering::Release);
        let answer = spawn_blocking(move || {
            let _turn = turn;
            let keychain = open();
            if seen.load(Ordering::Acquire) {
                return Err(VaultError::Silent);
            }
            stage.store(ANSWERING, Ordering::Release);
            // The receiver is gone if the caller gave up.
            let _gone = opened.send(());
            let answer = match keychain {
                Some(keychain) => question(&*keychain, &seen).map_err(refusal),
                None => Err(VaultError::Missing),
            };
            stage.store(OPENING, Ordering::Release);
            answer
        });
        if timeout(PATIENCE, is_open).await.is_err() {
            self.stage.store(SILENT, Ordering::Release);
            return Err(VaultError::Silent);
        }
        answer.await.map_err(|_| VaultError::Failed)?
    }

    /// Waits for the running request. A silent keychain is not waited for again until it has answered; a
    /// keychain that prompts the user is.
    async fn turn(&self) -> Result<OwnedMutexGuard<()>, VaultError> {
        if let Ok(turn) = Arc::clone(&self.turn).try_lock_owned() {
            return Ok(turn);
        }
        loop {
            if self.stage.load(Ordering::Acquire) == SILENT {
                return Err(VaultError::Silent);
            }
            if let Ok(turn) = timeout(PATIENCE, Arc::clone(&self.turn).lock_owned()).await {
                return Ok(turn);
            }
            if self.stage.load(Ordering::Acquire) != ANSWERING {
                return Err(VaultError::Silent);
            }
        }
    }
}

/// Tells the request on drop that its caller no longer waits.
#[derive(Default)]
struct GivenUp(Arc<AtomicBool>);

impl Drop for GivenUp {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Release);
    }
}
