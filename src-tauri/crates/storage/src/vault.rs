//! Secrets: in the keychain of the operating system where there is one, else in memory for this session only.
//!
//! The shell says how the keychain is opened. Each question opens it anew on a blocking thread: it may hang, wait for
//! the person to unlock it, or have changed since. Its errors are never printed: two of them carry the secret's own
//! bytes.

mod lease;
mod turn;

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use keyring_core::{CredentialStore, Entry, Error};
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;
use zeroize::Zeroize;

use turn::Turns;

pub use lease::Lease;
pub use turn::PATIENCE;

/// The name under which the keychain lists our entries.
const SERVICE: &str = "nops-sso-setup";

/// What a setup keeps secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SecretName {
    /// The access key id. No secret to AWS, and kept with the key it belongs to.
    AccessKeyId,
    /// The secret access key.
    SecretAccessKey,
    /// The session token of temporary keys.
    SessionToken,
    /// The token of a sign-in through the browser.
    SignInToken,
    /// A nOps API key of either generation.
    NopsApiKey,
}

impl SecretName {
    /// All names, so that a setup can be forgotten whole.
    pub const ALL: [Self; 5] = [
        Self::AccessKeyId,
        Self::SecretAccessKey,
        Self::SessionToken,
        Self::SignInToken,
        Self::NopsApiKey,
    ];

    fn as_str(self) -> &'static str {
        match self {
            Self::AccessKeyId => "aws-access-key-id",
            Self::SecretAccessKey => "aws-secret-access-key",
            Self::SessionToken => "aws-session-token",
            Self::SignInToken => "aws-sign-in-token",
            Self::NopsApiKey => "nops-api-key",
        }
    }
}

/// Opens the keychain of the operating system; none where there is no such service. Runs on a blocking thread.
pub type Opener = Arc<dyn Fn() -> Option<Arc<CredentialStore>> + Send + Sync>;

/// Opens this keychain, or none.
pub fn opener(keychain: Option<Arc<CredentialStore>>) -> Opener {
    Arc::new(move || keychain.clone())
}

/// What the keychain can do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keychain {
    /// It was not asked yet.
    #[default]
    Unknown,
    /// It keeps secrets.
    Available,
    /// It is locked.
    Locked,
    /// There is none, or it does not work.
    Missing,
    /// It doesn't answer.
    Silent,
}

/// Where a secret was put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecretLocation {
    /// In the keychain: it is there next time.
    InKeychain,
    /// In memory, for this session only.
    ForThisSession(Reason),
}

/// Why a secret is in memory only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The person asked for it.
    Asked,
    /// The keychain is locked.
    Locked,
    /// There is no keychain, or it does not work.
    Missing,
    /// The keychain doesn't answer.
    Silent,
    /// The keychain takes no secret of this length.
    TooLong,
}

/// Why the keychain did not do what was asked. Its words are under `failure-<code>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// There is none.
    #[error("there is no keychain")]
    Missing,
    /// It is locked.
    #[error("the keychain is locked")]
    Locked,
    /// It doesn't answer.
    #[error("the keychain does not answer")]
    Silent,
    /// It takes no secret of this length.
    #[error("the keychain takes no secret of this length")]
    TooLong,
    /// It does not work.
    #[error("the keychain does not work")]
    Failed,
    /// It has no such secret, or not any more.
    #[error("the keychain has no such secret")]
    Gone,
}

impl VaultError {
    /// The key of its words under `failure-`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Missing => "keychain_missing",
            Self::Locked => "keychain_locked",
            Self::Silent => "keychain_silent",
            Self::TooLong | Self::Failed => "keychain_failed",
            Self::Gone => "keychain_gone",
        }
    }
}

/// The secrets of all setups.
pub struct SecretStore {
    open: Opener,
    turns: Turns,
    found: Mutex<Keychain>,
    session: Mutex<BTreeMap<(Uuid, SecretName), SecretString>>,
}

impl SecretStore {
    /// A vault on a keychain; without one, secrets stay in memory.
    pub fn new(open: Opener) -> Self {
        Self { open, turns: Turns::default(), found: Mutex::default(), session: Mutex::default() }
    }

    /// What the keychain could do when it was asked last.
    pub fn keychain(&self) -> Keychain {
        *self.found.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Finds out what the keychain can do, by keeping, reading and deleting a word: asking it for its
    /// status is not enough, since a locked one says that all is well.
    pub async fn probe(&self) {
        const WORD: &[u8] = b"probe";
        let tried = self.ask(|keychain, _| {
            let entry = entry(keychain, "probe")?;
            entry.set_secret(WORD)?;
            let read = entry.get_secret()?;
            entry.delete_credential()?;
            if read == WORD { Ok(()) } else { Err(Error::NoEntry) }
        });
        // What it found is noted, whatever it is.
        let _noted = tried.await;
    }

    /// Keeps secrets together in the keychain, or for this session only where that can't be done. Keeps nothing where
    /// the lease has ended.
    pub async fn keep(
        &self,
        setup: Uuid,
        secrets: Vec<(SecretName, SecretString)>,
        lease: &Lease,
    ) -> SecretLocation {
        self.keep_in_memory(setup, &secrets, lease);
        let mine: Vec<SecretName> = secrets.iter().map(|(name, _)| *name).collect();
        let lease = lease.clone();
        let kept = self.ask(move |keychain, given_up| {
            // The end of a lease is followed by a removal, which has to wait for this turn.
            if lease.has_ended() {
                return Ok(false);
            }
            let mut entries = Vec::new();
            for (name, secret) in secrets {
                let entry = entry(keychain, &user(setup, name))?;
                entry.set_secret(secret.expose_secret().as_bytes())?;
                entries.push(entry);
            }
            // Whoever gave up was told that nothing is kept.
            if given_up.load(Ordering::Acquire) {
                entries.iter().try_for_each(Entry::delete_credential)?;
            }
            Ok(true)
        });
        let reason = match kept.await {
            // The connection has ended, so this is not shown.
            Ok(false) => Reason::Asked,
            Ok(true) => {
                let mut session = self.session();
                session.retain(|(of, name), _| *of != setup || !mine.contains(name));
                return SecretLocation::InKeychain;
            }
            Err(VaultError::Locked) => Reason::Locked,
            Err(VaultError::Silent) => Reason::Silent,
            Err(VaultError::TooLong) => Reason::TooLong,
            Err(VaultError::Missing | VaultError::Failed | VaultError::Gone) => Reason::Missing,
        };
        SecretLocation::ForThisSession(reason)
    }

    /// Keeps secrets in memory only, because the person asked for it, and removes those of this kind that the
    /// keychain has: they would be used at the next start. Also answers whether they were removed.
    pub async fn keep_for_session(
        &self,
        setup: Uuid,
        secrets: Vec<(SecretName, SecretString)>,
        kind: &[SecretName],
        lease: &Lease,
    ) -> (SecretLocation, Result<(), VaultError>) {
        let removed = self.forget(setup, kind).await;
        self.keep_in_memory(setup, &secrets, lease);
        (SecretLocation::ForThisSession(Reason::Asked), removed)
    }

    fn keep_in_memory(&self, setup: Uuid, secrets: &[(SecretName, SecretString)], lease: &Lease) {
        let mut session = self.session();
        if !lease.has_ended() {
            session.extend(secrets.iter().map(|(name, secret)| ((setup, *name), secret.clone())));
        }
    }

    /// Secrets that belong together, in the order of their names; the first of them must be there. What was kept in
    /// this session comes first.
    pub async fn recall<const N: usize>(
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
        let recalled = self.ask(move |keychain, _| {
            let mut secrets = names.map(|_| None);
            for (name, place) in names.into_iter().zip(&mut secrets) {
                *place = match entry(keychain, &user(setup, name))?.get_secret() {
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

    /// Forgets secrets; that they are not there is fine.
    pub async fn forget(&self, setup: Uuid, names: &[SecretName]) -> Result<(), VaultError> {
        let names = names.to_vec();
        self.session().retain(|(of, name), _| *of != setup || !names.contains(name));
        let asked = self.ask(move |keychain, _| {
            for name in names {
                match entry(keychain, &user(setup, name))?.delete_credential() {
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

    async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&CredentialStore, &AtomicBool) -> keyring_core::Result<T> + Send + 'static,
    ) -> Result<T, VaultError> {
        let answer = self.turns.take(&self.open, question).await;
        let found = match &answer {
            Ok(_) | Err(VaultError::TooLong) => Keychain::Available,
            Err(VaultError::Locked) => Keychain::Locked,
            Err(VaultError::Silent) => Keychain::Silent,
            Err(VaultError::Missing | VaultError::Failed | VaultError::Gone) => Keychain::Missing,
        };
        *self.found.lock().unwrap_or_else(PoisonError::into_inner) = found;
        answer
    }

    fn session(&self) -> MutexGuard<'_, BTreeMap<(Uuid, SecretName), SecretString>> {
        self.session.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn entry(keychain: &CredentialStore, user: &str) -> keyring_core::Result<Entry> {
    keychain.build(SERVICE, user, None)
}

fn user(setup: Uuid, name: SecretName) -> String {
    format!("{setup}/{}", name.as_str())
}

fn text(bytes: Vec<u8>) -> keyring_core::Result<SecretString> {
    String::from_utf8(bytes)
        .map(SecretString::from)
        .map_err(|error| Error::BadEncoding(error.into_bytes()))
}

/// What an error means, with the secret's bytes wiped where it carries them.
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
