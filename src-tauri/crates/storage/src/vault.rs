//! Keeps secrets in the operating system's keychain. If there is no keychain, secrets stay in
//! memory until the app closes.
//!
//! The app provides the function that opens the keychain. Each request opens the keychain again on
//! a blocking thread, because the keychain may hang, wait for the user to unlock it, or have
//! changed since the last request. Keychain errors are never printed, because two of them contain
//! the secret's bytes.

mod lease;
mod turn;

use std::{
    collections::{BTreeMap, HashMap},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use keyring_core::{CredentialStore, Entry, Error};
use parking_lot::{Mutex, MutexGuard};
use secrecy::{ExposeSecret, SecretString};
use strum::{IntoStaticStr, VariantArray};
use uuid::Uuid;
use zeroize::Zeroize;

use turn::RequestQueue;

pub use lease::SecretLease;
pub use turn::OPEN_TIMEOUT;

/// The service name of the app's keychain entries.
const SERVICE: &str = "nops-sso-setup";

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, strum::Display, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum SecretName {
    /// AWS doesn't treat the ID as a secret, but the ID is kept with its secret access key.
    #[strum(serialize = "aws-access-key-id")]
    AccessKeyId,
    #[strum(serialize = "aws-secret-access-key")]
    SecretAccessKey,
    /// The session token of temporary access keys.
    #[strum(serialize = "aws-session-token")]
    SessionToken,
    /// The access token of a browser sign-in.
    #[strum(serialize = "aws-sign-in-token")]
    SignInToken,
    /// A nOps API key in the old or new format.
    NopsApiKey,
}

impl SecretName {
    /// All names, to delete every secret of a setup.
    pub const ALL: &[Self] = Self::VARIANTS;
}

/// Opens the operating system's keychain. Returns `None` if there is no keychain service. Runs on a
/// blocking thread.
pub type Opener = Arc<dyn Fn() -> Option<Arc<CredentialStore>> + Send + Sync>;

/// Returns an opener that always returns this keychain, or no keychain.
pub fn opener(keychain: Option<Arc<CredentialStore>>) -> Opener {
    Arc::new(move || keychain.clone())
}

/// Whether the keychain is available.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keychain {
    #[default]
    Unknown,
    Available,
    Locked,
    /// There is no keychain, or it isn't working.
    Missing,
    Silent,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecretLocation {
    /// In the keychain, so the secret is available at the next start.
    InKeychain,
    /// In memory, until the app closes.
    ForThisSession(MemoryOnlyReason),
}

/// Why a secret is kept only in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MemoryOnlyReason {
    /// The user chose to keep the secret only for this session.
    Asked,
    Locked,
    /// There is no keychain, or it isn't working.
    Missing,
    Silent,
    /// The keychain doesn't accept secrets of this length.
    TooLong,
}

/// Why a keychain request failed. The message key is `failure-<code>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, thiserror::Error)]
#[error("{}", self.code())]
pub enum VaultError {
    #[strum(serialize = "keychain_missing")]
    Missing,
    #[strum(serialize = "keychain_locked")]
    Locked,
    #[strum(serialize = "keychain_silent")]
    Silent,
    #[strum(serialize = "keychain_failed")]
    TooLong,
    #[strum(serialize = "keychain_failed")]
    Failed,
    /// The secret doesn't exist, or another program removed it.
    #[strum(serialize = "keychain_gone")]
    Gone,
}

impl VaultError {
    /// Returns the message key without `failure-`.
    pub fn code(self) -> &'static str {
        self.into()
    }
}

pub struct SecretStore {
    open: Opener,
    turns: RequestQueue,
    found: Mutex<Keychain>,
    session: Mutex<BTreeMap<(Uuid, SecretName), SecretString>>,
}

impl SecretStore {
    /// Creates a store that opens the keychain with `open`. Without a keychain, secrets stay in
    /// memory.
    pub fn new(open: Opener) -> Self {
        Self {
            open,
            turns: RequestQueue::default(),
            found: Mutex::default(),
            session: Mutex::default(),
        }
    }

    /// Returns whether the keychain was available at the last request.
    pub fn keychain(&self) -> Keychain {
        *self.found.lock()
    }

    /// Checks the keychain by writing, reading and deleting a test value. The keychain's status
    /// isn't enough, because a locked keychain also reports that it is available.
    pub async fn check_keychain(&self) {
        const WORD: &[u8] = b"probe";
        let tried = self.run_keychain_request(|keychain, _| {
            let entry = entry(keychain, "probe")?;
            entry.set_secret(WORD)?;
            let read = entry.get_secret()?;
            entry.delete_credential()?;
            if read == WORD { Ok(()) } else { Err(Error::NoEntry) }
        });
        // `ask` records the result, including failures.
        let _noted = tried.await;
    }

    /// Keeps secrets in the keychain, or in memory if the keychain fails. Keeps nothing if the
    /// lease has ended.
    pub async fn store_secrets(
        &self,
        setup: Uuid,
        secrets: Vec<(SecretName, SecretString)>,
        lease: &SecretLease,
    ) -> SecretLocation {
        self.keep_in_memory(setup, &secrets, lease);
        let mine: Vec<SecretName> = secrets.iter().map(|(name, _)| *name).collect();
        let lease = lease.clone();
        let kept = self.run_keychain_request(move |keychain, given_up| {
            // The lease always ends before its secrets are removed, and the removal waits for this
            // request.
            if lease.has_ended() {
                return Ok(false);
            }
            let mut entries = Vec::new();
            for (name, secret) in secrets {
                let entry = entry(keychain, &entry_user(setup, name))?;
                entry.set_secret(secret.expose_secret().as_bytes())?;
                entries.push(entry);
            }
            // The caller has stopped waiting and reported that nothing was kept.
            if given_up.load(Ordering::Acquire) {
                entries.iter().try_for_each(Entry::delete_credential)?;
            }
            Ok(true)
        });
        let reason = match kept.await {
            // The connection has ended, so this reason isn't shown.
            Ok(false) => MemoryOnlyReason::Asked,
            Ok(true) => {
                let mut session = self.session();
                session.retain(|(of, name), _| *of != setup || !mine.contains(name));
                return SecretLocation::InKeychain;
            }
            Err(VaultError::Locked) => MemoryOnlyReason::Locked,
            Err(VaultError::Silent) => MemoryOnlyReason::Silent,
            Err(VaultError::TooLong) => MemoryOnlyReason::TooLong,
            Err(VaultError::Missing | VaultError::Failed | VaultError::Gone) => {
                MemoryOnlyReason::Missing
            }
        };
        SecretLocation::ForThisSession(reason)
    }

    /// Keeps secrets in memory, as the user chose. Also removes secrets of the same kind from the
    /// keychain, so that the next start doesn't use them, and returns the result of that removal.
    pub async fn keep_for_session(
        &self,
        setup: Uuid,
        secrets: Vec<(SecretName, SecretString)>,
        kind: &[SecretName],
        lease: &SecretLease,
    ) -> (SecretLocation, Result<(), VaultError>) {
        let removed = self.remove_secrets(setup, kind).await;
        self.keep_in_memory(setup, &secrets, lease);
        (SecretLocation::ForThisSession(MemoryOnlyReason::Asked), removed)
    }

    fn keep_in_memory(
        &self,
        setup: Uuid,
        secrets: &[(SecretName, SecretString)],
        lease: &SecretLease,
    ) {
        let mut session = self.session();
        if !lease.has_ended() {
            session.extend(secrets.iter().map(|(name, secret)| ((setup, *name), secret.clone())));
        }
    }

    /// Returns secrets in the order of `names`, from memory or else from the keychain.
    ///
    /// # Errors
    ///
    /// Returns [`VaultError::Gone`] if the first secret is missing.
    pub async fn read_secrets<const N: usize>(
        &self,
        setup: Uuid,
        names: [SecretName; N],
    ) -> Result<[Option<SecretString>; N], VaultError> {
        {
            let session = self.session();
            let kept = names.map(|name| session.get(&(setup, name)).cloned());
            if kept.first().is_some_and(Option::is_some) {
                return Ok(kept);
            }
        }
        let recalled = self.run_keychain_request(move |keychain, _| {
            let mut secrets = names.map(|_| None);
            for (name, place) in names.into_iter().zip(&mut secrets) {
                *place = match entry(keychain, &entry_user(setup, name))?.get_secret() {
                    Ok(bytes) => Some(text(bytes)?),
                    Err(Error::NoEntry) => None,
                    Err(error) => return Err(error),
                };
            }
            Ok(secrets)
        });
        match recalled.await {
            Ok(secrets) if secrets.first().is_some_and(Option::is_some) => Ok(secrets),
            Ok(_) | Err(VaultError::Missing) => Err(VaultError::Gone),
            Err(error) => Err(error),
        }
    }

    /// Removes secrets. A missing secret isn't an error.
    pub async fn remove_secrets(
        &self,
        setup: Uuid,
        names: &[SecretName],
    ) -> Result<(), VaultError> {
        let names = names.to_vec();
        self.session().retain(|(of, name), _| *of != setup || !names.contains(name));
        let asked = self.run_keychain_request(move |keychain, _| {
            for name in names {
                match entry(keychain, &entry_user(setup, name))?.delete_credential() {
                    Ok(()) | Err(Error::NoEntry) => {}
                    Err(error) => return Err(error),
                }
            }
            Ok(())
        });
        match asked.await {
            Err(VaultError::Missing) => Ok(()),
            done => done,
        }
    }

    async fn run_keychain_request<T: Send + 'static>(
        &self,
        question: impl FnOnce(&CredentialStore, &AtomicBool) -> keyring_core::Result<T> + Send + 'static,
    ) -> Result<T, VaultError> {
        let answer = self.turns.run_in_turn(&self.open, question).await;
        let found = match &answer {
            Ok(_) | Err(VaultError::TooLong) => Keychain::Available,
            Err(VaultError::Locked) => Keychain::Locked,
            Err(VaultError::Silent) => Keychain::Silent,
            Err(VaultError::Missing | VaultError::Failed | VaultError::Gone) => Keychain::Missing,
        };
        *self.found.lock() = found;
        answer
    }

    fn session(&self) -> MutexGuard<'_, BTreeMap<(Uuid, SecretName), SecretString>> {
        self.session.lock()
    }
}

/// Returns an entry. In the Windows Credential Manager, entries move with a roaming profile unless
/// they are local.
fn entry(keychain: &CredentialStore, user: &str) -> keyring_core::Result<Entry> {
    let local = HashMap::from([("persistence", "Local")]);
    let is_windows = keychain.vendor().starts_with("Windows Credential Manager");
    keychain.build(SERVICE, user, is_windows.then_some(&local))
}

fn entry_user(setup: Uuid, name: SecretName) -> String {
    format!("{setup}/{name}")
}

fn text(bytes: Vec<u8>) -> keyring_core::Result<SecretString> {
    String::from_utf8(bytes)
        .map(SecretString::from)
        .map_err(|error| Error::BadEncoding(error.into_bytes()))
}

/// Converts a keychain error. If the error contains the secret's bytes, wipes them.
fn refusal(error: Error) -> VaultError {
    match error {
        Error::NoStorageAccess(_) => VaultError::Locked,
        Error::TooLong(..) => VaultError::TooLong,
        Error::BadEncoding(mut bytes) | Error::BadDataFormat(mut bytes, _) => {
            bytes.zeroize();
            VaultError::Failed
        }
        _ => VaultError::Failed,
    }
}

#[cfg(test)]
mod tests;
