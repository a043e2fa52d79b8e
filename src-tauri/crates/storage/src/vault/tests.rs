use std::{sync::mpsc, time::Instant};

use keyring_core::{api::CredentialStoreApi, mock};

use super::*;

const SETUP: Uuid = Uuid::from_u128(1);
const OTHER: Uuid = Uuid::from_u128(2);
const KEYS: [SecretName; 2] = [SecretName::AccessKeyId, SecretName::SecretAccessKey];

fn secret(text: &str) -> SecretString {
    SecretString::from(text.to_owned())
}

fn keys(text: &str) -> Vec<(SecretName, SecretString)> {
    KEYS.map(|name| (name, secret(text))).to_vec()
}

fn store_on(store: &Arc<mock::Store>) -> SecretStore {
    SecretStore::new(opener(Some(store.clone())))
}

async fn recalled(
    vault: &SecretStore,
    setup: Uuid,
    name: SecretName,
) -> Result<String, VaultError> {
    let [secret] = vault.read_secrets(setup, [name]).await?;
    Ok(secret.map(|secret| secret.expose_secret().to_owned()).unwrap_or_default())
}

/// Makes the next call for one entry of the keychain fail.
fn fail_next(store: &mock::Store, user: &str, error: Error) {
    let entry = store.build(SERVICE, user, None).unwrap();
    let credential: &mock::Cred = entry.as_any().downcast_ref().unwrap();
    credential.set_error(error);
}

/// Returns an opener that waits for a message before it opens the keychain, and the message's
/// sender.
fn stuck(store: Option<Arc<mock::Store>>) -> (Opener, mpsc::Sender<()>) {
    let (answer, answers) = mpsc::channel::<()>();
    let answers = Mutex::new(answers);
    let open: Opener = Arc::new(move || {
        let _told = answers.lock().recv();
        store.clone().map(|store| store as Arc<CredentialStore>)
    });
    (open, answer)
}

#[tokio::test]
async fn only_keychain_secrets_survive_restart() {
    let store = mock::Store::new().unwrap();
    let vault = store_on(&store);
    vault.check_keychain().await;
    assert_eq!(vault.keychain(), Keychain::Available);
    assert_eq!(
        vault.store_secrets(SETUP, keys("key"), &SecretLease::default()).await,
        SecretLocation::InKeychain
    );
    let token = vec![(SecretName::SessionToken, secret("token"))];
    vault
        .keep_for_session(SETUP, token, &[SecretName::SessionToken], &SecretLease::default())
        .await
        .1
        .unwrap();
    assert_eq!(recalled(&vault, SETUP, SecretName::SessionToken).await.as_deref(), Ok("token"));

    let next = store_on(&store);
    assert_eq!(recalled(&next, SETUP, SecretName::AccessKeyId).await.as_deref(), Ok("key"));
    assert_eq!(recalled(&next, SETUP, SecretName::SessionToken).await, Err(VaultError::Gone));
    assert_eq!(recalled(&next, OTHER, SecretName::AccessKeyId).await, Err(VaultError::Gone));
}

#[tokio::test]
async fn missing_keychain_keeps_secrets_in_memory() {
    let vault = SecretStore::new(opener(None));
    vault.check_keychain().await;
    assert_eq!(vault.keychain(), Keychain::Missing);
    assert_eq!(
        vault.store_secrets(SETUP, keys("key"), &SecretLease::default()).await,
        SecretLocation::ForThisSession(MemoryOnlyReason::Missing)
    );
    assert_eq!(recalled(&vault, SETUP, SecretName::AccessKeyId).await.as_deref(), Ok("key"));
    vault.remove_secrets(SETUP, &KEYS).await.unwrap();
    assert_eq!(recalled(&vault, SETUP, SecretName::AccessKeyId).await, Err(VaultError::Gone));
}

#[tokio::test]
async fn locked_keychain_differs_from_missing() {
    let locked = || Error::NoStorageAccess("locked".into());
    let store = mock::Store::new().unwrap();
    let vault = store_on(&store);
    fail_next(&store, "probe", locked());
    vault.check_keychain().await;
    assert_eq!(vault.keychain(), Keychain::Locked);
    let user = entry_user(SETUP, SecretName::AccessKeyId);
    fail_next(&store, &user, locked());
    assert_eq!(
        vault.store_secrets(SETUP, keys("key"), &SecretLease::default()).await,
        SecretLocation::ForThisSession(MemoryOnlyReason::Locked)
    );
    fail_next(&store, &user, locked());
    assert_eq!(vault.remove_secrets(SETUP, &KEYS).await, Err(VaultError::Locked));
    fail_next(&store, &user, Error::BadEncoding(b"canary".to_vec()));
    let error = recalled(&vault, SETUP, SecretName::AccessKeyId).await.unwrap_err();
    assert!(!format!("{error} {error:?}").contains("canary"));
    assert_eq!(error, VaultError::Failed);
}

#[tokio::test]
async fn keychain_unlocked_later_is_used() {
    let store = mock::Store::new().unwrap();
    let vault = store_on(&store);
    let user = entry_user(SETUP, SecretName::AccessKeyId);
    fail_next(&store, &user, Error::NoStorageAccess("locked".into()));
    assert_eq!(
        vault.store_secrets(SETUP, keys("old"), &SecretLease::default()).await,
        SecretLocation::ForThisSession(MemoryOnlyReason::Locked)
    );
    assert_eq!(
        vault.store_secrets(SETUP, keys("new"), &SecretLease::default()).await,
        SecretLocation::InKeychain
    );
    assert_eq!(vault.keychain(), Keychain::Available);
    assert_eq!(
        recalled(&store_on(&store), SETUP, SecretName::AccessKeyId).await.as_deref(),
        Ok("new")
    );
}

/// The keychain's service may start, or be replaced, while the app runs.
#[tokio::test]
async fn keychain_is_opened_for_each_request() {
    let service: Arc<Mutex<Option<Arc<CredentialStore>>>> = Arc::default();
    let current = Arc::clone(&service);
    let vault = SecretStore::new(Arc::new(move || current.lock().clone()));
    assert_eq!(
        vault.store_secrets(SETUP, keys("early"), &SecretLease::default()).await,
        SecretLocation::ForThisSession(MemoryOnlyReason::Missing)
    );
    *service.lock() = Some(mock::Store::new().unwrap());
    assert_eq!(
        vault.store_secrets(SETUP, keys("key"), &SecretLease::default()).await,
        SecretLocation::InKeychain
    );
    assert_eq!(recalled(&vault, SETUP, SecretName::AccessKeyId).await.as_deref(), Ok("key"));
    *service.lock() = Some(mock::Store::new().unwrap());
    assert_eq!(recalled(&vault, SETUP, SecretName::AccessKeyId).await, Err(VaultError::Gone));
}

#[tokio::test]
async fn secret_removed_by_another_program_is_gone() {
    let store = mock::Store::new().unwrap();
    let vault = store_on(&store);
    vault.store_secrets(SETUP, keys("key"), &SecretLease::default()).await;
    let entry = store.build(SERVICE, &entry_user(SETUP, SecretName::AccessKeyId), None).unwrap();
    entry.delete_credential().unwrap();
    assert_eq!(recalled(&vault, SETUP, SecretName::AccessKeyId).await, Err(VaultError::Gone));
}

#[tokio::test]
async fn session_keys_replace_keychain_keys() {
    let store = mock::Store::new().unwrap();
    let vault = store_on(&store);
    vault.store_secrets(SETUP, keys("old"), &SecretLease::default()).await;
    vault.keep_for_session(SETUP, keys("new"), &KEYS, &SecretLease::default()).await.1.unwrap();
    assert_eq!(recalled(&vault, SETUP, SecretName::AccessKeyId).await.as_deref(), Ok("new"));
    assert_eq!(
        recalled(&store_on(&store), SETUP, SecretName::AccessKeyId).await,
        Err(VaultError::Gone)
    );
}

#[tokio::test]
async fn unresponsive_keychain_is_awaited_only_once() {
    let store = mock::Store::new().unwrap();
    let (open, answer) = stuck(Some(store.clone()));
    let vault = SecretStore::new(open);
    let began = Instant::now();
    assert_eq!(
        vault.store_secrets(SETUP, keys("key"), &SecretLease::default()).await,
        SecretLocation::ForThisSession(MemoryOnlyReason::Silent)
    );
    assert!(began.elapsed() < OPEN_TIMEOUT * 2);
    let again = Instant::now();
    assert_eq!(vault.remove_secrets(OTHER, &KEYS).await, Err(VaultError::Silent));
    assert!(again.elapsed() < OPEN_TIMEOUT / 2, "the second request must not wait");
    assert_eq!(vault.keychain(), Keychain::Silent);
    assert_eq!(recalled(&vault, SETUP, SecretName::AccessKeyId).await.as_deref(), Ok("key"));

    // Once the keychain responds, it is used. It doesn't contain the secrets that arrived too late.
    drop(answer);
    while vault.remove_secrets(OTHER, &KEYS).await.is_err() {
        tokio::task::yield_now().await;
    }
    assert_eq!(
        recalled(&store_on(&store), SETUP, SecretName::AccessKeyId).await,
        Err(VaultError::Gone)
    );
    assert_eq!(
        vault.store_secrets(SETUP, keys("key"), &SecretLease::default()).await,
        SecretLocation::InKeychain
    );
}

#[tokio::test]
async fn late_keychain_still_removes_secrets() {
    let store = mock::Store::new().unwrap();
    store_on(&store).store_secrets(SETUP, keys("key"), &SecretLease::default()).await;
    let (open, answer) = stuck(Some(store.clone()));
    let vault = SecretStore::new(open);
    assert_eq!(vault.remove_secrets(SETUP, &KEYS).await, Err(VaultError::Silent));
    drop(answer);
    while vault.remove_secrets(OTHER, &KEYS).await.is_err() {
        tokio::task::yield_now().await;
    }
    assert_eq!(
        recalled(&store_on(&store), SETUP, SecretName::AccessKeyId).await,
        Err(VaultError::Gone)
    );
}

#[tokio::test]
async fn forget_removes_only_secrets_of_the_setup() {
    let vault = store_on(&mock::Store::new().unwrap());
    for setup in [SETUP, OTHER] {
        vault
            .store_secrets(
                setup,
                SecretName::ALL.iter().map(|name| (*name, secret("kept"))).collect(),
                &SecretLease::default(),
            )
            .await;
    }
    vault.remove_secrets(SETUP, SecretName::ALL).await.unwrap();
    for name in SecretName::ALL.iter().copied() {
        assert_eq!(recalled(&vault, SETUP, name).await, Err(VaultError::Gone));
        assert_eq!(recalled(&vault, OTHER, name).await.as_deref(), Ok("kept"));
    }
}

#[tokio::test]
async fn no_secret_is_kept_after_lease_ends() {
    let store = mock::Store::new().unwrap();
    let vault = store_on(&store);
    let late = SecretLease::default();
    vault.store_secrets(SETUP, keys("ours"), &late).await;
    late.end();
    vault.remove_secrets(SETUP, &KEYS).await.unwrap();
    vault.store_secrets(SETUP, keys("late"), &late).await;
    vault.keep_for_session(SETUP, keys("late"), &[], &late).await.1.unwrap();
    assert_eq!(recalled(&vault, SETUP, SecretName::AccessKeyId).await, Err(VaultError::Gone));
    // A late secret of an earlier connection doesn't replace the secret of a newer connection.
    vault.store_secrets(SETUP, keys("newer"), &SecretLease::default()).await;
    vault.store_secrets(SETUP, keys("late"), &late).await;
    assert_eq!(recalled(&vault, SETUP, SecretName::AccessKeyId).await.as_deref(), Ok("newer"));
    assert_eq!(
        recalled(&store_on(&store), SETUP, SecretName::AccessKeyId).await.as_deref(),
        Ok("newer")
    );
    // The same applies if the newer secret is in memory.
    vault.keep_for_session(SETUP, keys("newest"), &KEYS, &SecretLease::default()).await.1.unwrap();
    vault.store_secrets(SETUP, keys("late"), &late).await;
    assert_eq!(recalled(&vault, SETUP, SecretName::AccessKeyId).await.as_deref(), Ok("newest"));
}

/// A Windows Credential Manager that refuses entries that would move with a roaming profile.
#[derive(Debug)]
struct CredentialManager(Arc<mock::Store>);

impl CredentialStoreApi for CredentialManager {
    fn vendor(&self) -> String {
        "Windows Credential Manager, a test".to_owned()
    }

    fn id(&self) -> String {
        self.0.id()
    }

    fn build(
        &self,
        service: &str,
        user: &str,
        modifiers: Option<&HashMap<&str, &str>>,
    ) -> keyring_core::Result<Entry> {
        match modifiers.and_then(|modifiers| modifiers.get("persistence")) {
            Some(&"Local") => self.0.build(service, user, None),
            other => Err(Error::NotSupportedByStore(format!("{other:?}"))),
        }
    }

    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

#[tokio::test]
async fn windows_secrets_stay_on_this_computer() {
    let manager = CredentialManager(mock::Store::new().unwrap());
    let vault = SecretStore::new(opener(Some(Arc::new(manager))));
    let kept = vault.store_secrets(SETUP, keys("key"), &SecretLease::default()).await;
    assert_eq!(kept, SecretLocation::InKeychain);
    assert_eq!(recalled(&vault, SETUP, SecretName::AccessKeyId).await.as_deref(), Ok("key"));
}
