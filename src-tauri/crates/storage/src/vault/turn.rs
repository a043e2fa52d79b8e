//! Whose turn it is with the keychain. One question at a time, each on a blocking thread with a budget, so that a
//! keychain that hangs costs one thread and nobody more than its budget.

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

/// A keychain that can't be opened within this time doesn't answer. Once it is open, it may wait for the person.
pub const PATIENCE: Duration = Duration::from_secs(2);

/// No question is asked, or it is being opened.
const OPENING: u8 = 0;
/// It is open and answers a question, for which it may ask the person.
const ANSWERING: u8 = 1;
/// It did not open in time.
const SILENT: u8 = 2;

/// The turns of all who ask.
#[derive(Default)]
pub(super) struct Turns {
    turn: Arc<Mutex<()>>,
    stage: Arc<AtomicU8>,
}

impl Turns {
    /// Asks the keychain when nobody else does. Whoever drops this gives up; the question sees it.
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
            // Nobody waits for it once they gave up.
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

    /// One that is silent is not waited for again until it has answered. One that asks the person is.
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

/// Says that nobody waits for the answer any more, once it is dropped.
#[derive(Default)]
struct GivenUp(Arc<AtomicBool>);

impl Drop for GivenUp {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Release);
    }
}
