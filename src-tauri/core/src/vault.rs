//! Secrets: in the keychain of the operating system where there is one, else in memory for this session only.
//!
//! The keychain is opened by the shell and injected. Its calls may wait for the person to unlock
//! it, so they do not belong on an async thread. Its errors are never printed: two of them carry
//! the secret's own bytes.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use keyring_core::{CredentialStore, Entry, Error};
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;
use zeroize::Zeroize;

/// The name under which the keychain lists our entries.
const SERVICE: &str = "nops-sso-setup";

/// What a setup keeps secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Name {
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

impl Name {
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

/// What the keychain can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keychain {
    /// It keeps secrets.
    Available,
    /// It is locked.
    Locked,
    /// There is none, or it does not work.
    Missing,
}

/// Where a secret was put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
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
    /// The keychain takes no secret of this length.
    TooLong,
}

/// Why the keychain did not do what was asked. Its words are under `failure-<code>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// It is locked.
    #[error("the keychain is locked")]
    Locked,
    /// It does not work.
    #[error("the keychain does not answer")]
    Failed,
}

impl VaultError {
    /// The key of its words under `failure-`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Locked => "keychain_locked",
            Self::Failed => "keychain_failed",
        }
    }
}

/// The secrets of all setups.
pub struct Vault {
    keychain: Option<Arc<CredentialStore>>,
    session: Mutex<BTreeMap<(Uuid, Name), SecretString>>,
}

impl Vault {
    /// A vault on a keychain; without one, secrets stay in memory.
    pub fn new(keychain: Option<Arc<CredentialStore>>) -> Self {
        Self { keychain, session: Mutex::default() }
    }

    /// Finds out what the keychain can do, by keeping, reading and deleting a word: asking it for its
    /// status is not enough, since a locked one says that all is well.
    pub fn probe(&self) -> Keychain {
        const WORD: &[u8] = b"probe";
        let tried = self.entry("probe").and_then(|entry| {
            entry.set_secret(WORD)?;
            let read = entry.get_secret()?;
            entry.delete_credential()?;
            Ok(read == WORD)
        });
        match tried {
            Ok(true) => Keychain::Available,
            Err(Error::NoStorageAccess(_)) => Keychain::Locked,
            Ok(false) | Err(_) => Keychain::Missing,
        }
    }

    /// Keeps a secret in the keychain, or for this session only where that can't be done.
    pub fn keep(&self, setup: Uuid, name: Name, secret: SecretString) -> Kept {
        let set = self
            .entry(&user(setup, name))
            .and_then(|entry| entry.set_secret(secret.expose_secret().as_bytes()));
        let reason = match set {
            Ok(()) => {
                self.session().remove(&(setup, name));
                return Kept::InKeychain;
            }
            Err(Error::NoStorageAccess(_)) => Reason::Locked,
            Err(Error::TooLong(..)) => Reason::TooLong,
            Err(_) => Reason::Missing,
        };
        self.session().insert((setup, name), secret);
        Kept::ForThisSession(reason)
    }

    /// Keeps a secret in memory only, because the person asked for it.
    pub fn keep_for_session(&self, setup: Uuid, name: Name, secret: SecretString) -> Kept {
        self.session().insert((setup, name), secret);
        Kept::ForThisSession(Reason::Asked)
    }

    /// The secret, if there is one; what was kept in this session comes first.
    pub fn recall(&self, setup: Uuid, name: Name) -> Result<Option<SecretString>, VaultError> {
        if let Some(secret) = self.session().get(&(setup, name)) {
            return Ok(Some(secret.clone()));
        }
        if self.keychain.is_none() {
            return Ok(None);
        }
        let bytes = match self.entry(&user(setup, name)).and_then(|entry| entry.get_secret()) {
            Ok(bytes) => bytes,
            Err(Error::NoEntry) => return Ok(None),
            Err(error) => return Err(refusal(error)),
        };
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Some(SecretString::from(text))),
            Err(error) => {
                error.into_bytes().zeroize();
                Err(VaultError::Failed)
            }
        }
    }

    /// Forgets a secret; that there is none is fine.
    pub fn forget(&self, setup: Uuid, name: Name) -> Result<(), VaultError> {
        self.session().remove(&(setup, name));
        if self.keychain.is_none() {
            return Ok(());
        }
        match self.entry(&user(setup, name)).and_then(|entry| entry.delete_credential()) {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(refusal(error)),
        }
    }

    /// Forgets everything of a setup. Goes on after an error and answers the first.
    pub fn forget_all(&self, setup: Uuid) -> Result<(), VaultError> {
        let mut result = Ok(());
        for name in Name::ALL {
            result = result.and(self.forget(setup, name));
        }
        result
    }

    fn entry(&self, user: &str) -> keyring_core::Result<Entry> {
        match &self.keychain {
            Some(keychain) => keychain.build(SERVICE, user, None),
            None => Err(Error::NoDefaultStore),
        }
    }

    fn session(&self) -> MutexGuard<'_, BTreeMap<(Uuid, Name), SecretString>> {
        self.session.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn user(setup: Uuid, name: Name) -> String {
    format!("{setup}/{}", name.as_str())
}

/// What an error means, with the secret's bytes wiped where it carries them.
fn refusal(error: Error) -> VaultError {
    match error {
        Error::NoStorageAccess(_) => VaultError::Locked,
        Error::BadEncoding(mut bytes) | Error::BadDataFormat(mut bytes, _) => {
            bytes.zeroize();
            VaultError::Failed
        }
        _ => VaultError::Failed,
    }
}

#[cfg(test)]
mod tests {
    use keyring_core::{api::CredentialStoreApi, mock};

    use super::*;

    const SETUP: Uuid = Uuid::from_u128(1);
    const OTHER: Uuid = Uuid::from_u128(2);

    fn secret(text: &str) -> SecretString {
        SecretString::from(text.to_owned())
    }

    fn recalled(vault: &Vault, setup: Uuid, name: Name) -> Option<String> {
        let secret = vault.recall(setup, name).unwrap();
        secret.map(|secret| secret.expose_secret().to_owned())
    }

    /// The next call on one entry of the keychain fails.
    fn fail_next(store: &mock::Store, user: &str, error: Error) {
        let entry = store.build(SERVICE, user, None).unwrap();
        let credential: &mock::Cred = entry.as_any().downcast_ref().unwrap();
        credential.set_error(error);
    }

    #[test]
    fn secrets_outlive_the_vault_in_the_keychain_only() {
        let store = mock::Store::new().unwrap();
        let vault = Vault::new(Some(store.clone()));
        assert_eq!(vault.probe(), Keychain::Available);
        assert_eq!(vault.keep(SETUP, Name::NopsApiKey, secret("key")), Kept::InKeychain);
        vault.keep_for_session(SETUP, Name::SessionToken, secret("token"));
        assert_eq!(recalled(&vault, SETUP, Name::SessionToken).as_deref(), Some("token"));

        let next = Vault::new(Some(store));
        assert_eq!(recalled(&next, SETUP, Name::NopsApiKey).as_deref(), Some("key"));
        assert_eq!(recalled(&next, SETUP, Name::SessionToken), None);
        assert_eq!(recalled(&next, OTHER, Name::NopsApiKey), None);
    }

    #[test]
    fn without_a_keychain_secrets_last_for_the_session() {
        let vault = Vault::new(None);
        assert_eq!(vault.probe(), Keychain::Missing);
        let kept = vault.keep(SETUP, Name::NopsApiKey, secret("key"));
        assert_eq!(kept, Kept::ForThisSession(Reason::Missing));
        assert_eq!(recalled(&vault, SETUP, Name::NopsApiKey).as_deref(), Some("key"));
        vault.forget(SETUP, Name::NopsApiKey).unwrap();
        assert_eq!(recalled(&vault, SETUP, Name::NopsApiKey), None);
    }

    #[test]
    fn a_locked_keychain_is_told_from_a_missing_one() {
        let locked = || Error::NoStorageAccess("locked".into());
        let store = mock::Store::new().unwrap();
        let vault = Vault::new(Some(store.clone()));
        fail_next(&store, "probe", locked());
        assert_eq!(vault.probe(), Keychain::Locked);
        let user = user(SETUP, Name::NopsApiKey);
        fail_next(&store, &user, locked());
        let kept = vault.keep(SETUP, Name::NopsApiKey, secret("key"));
        assert_eq!(kept, Kept::ForThisSession(Reason::Locked));
        fail_next(&store, &user, locked());
        assert_eq!(vault.forget(SETUP, Name::NopsApiKey), Err(VaultError::Locked));
        fail_next(&store, &user, Error::BadEncoding(b"canary".to_vec()));
        let error = vault.recall(SETUP, Name::NopsApiKey).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("canary"));
        assert_eq!(error, VaultError::Failed);
    }

    #[test]
    fn forgetting_a_setup_forgets_all_of_it_and_nothing_else() {
        let vault = Vault::new(Some(mock::Store::new().unwrap()));
        for name in Name::ALL {
            vault.keep(SETUP, name, secret("mine"));
            vault.keep(OTHER, name, secret("other"));
        }
        vault.forget_all(SETUP).unwrap();
        for name in Name::ALL {
            assert_eq!(recalled(&vault, SETUP, name), None);
            assert_eq!(recalled(&vault, OTHER, name).as_deref(), Some("other"));
        }
    }
}
