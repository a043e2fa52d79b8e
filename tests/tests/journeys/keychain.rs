//! A keychain that asks the user before it responds.

use std::{
    any::Any,
    collections::HashMap,
    ops::Deref,
    sync::{Arc, Condvar, Mutex, PoisonError},
    time::Duration,
};

use acceptance::{Result, harness::Harness, steps::connect};
use keyring_core::{CredentialStore, Entry, api::CredentialStoreApi, mock};
use nops_sso_practice::Switches;
use session::{
    Secret,
    action::{ConnectionAction, JobAction, SetupAction, SignInAction, StepAction},
    jobs::JobKind,
    view::{ConnectionState, Keychain, SetupView},
};
use tokio::time::timeout;

use super::sign_in::{ROLE, allow_by_code};

/// A keychain that responds only while it's unlocked. While it's locked, it blocks.
#[derive(Clone)]
struct LockableKeychain {
    kept: Arc<mock::Store>,
    locked: Arc<(Mutex<bool>, Condvar)>,
}

impl LockableKeychain {
    fn new() -> Result<Self> {
        Ok(Self { kept: mock::Store::new()?, locked: Arc::default() })
    }

    fn lock(&self, locked: bool) {
        let (state, changed) = &*self.locked;
        *state.lock().unwrap_or_else(PoisonError::into_inner) = locked;
        changed.notify_all();
    }
}

impl CredentialStoreApi for LockableKeychain {
    fn vendor(&self) -> String {
        "a test".to_owned()
    }

    fn id(&self) -> String {
        "asking".to_owned()
    }

    fn build(
        &self,
        service: &str,
        user: &str,
        modifiers: Option<&HashMap<&str, &str>>,
    ) -> keyring_core::Result<Entry> {
        let (state, changed) = &*self.locked;
        let locked = state.lock().unwrap_or_else(PoisonError::into_inner);
        drop(changed.wait_while(locked, |locked| *locked));
        self.kept.build(service, user, modifiers)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn debug_fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Asking")
    }
}

/// The keychain of a test. Dropping this value unlocks the keychain, because the runtime can't end
/// while the keychain blocks a thread.
struct Locked(LockableKeychain);

impl Deref for Locked {
    type Target = LockableKeychain;

    fn deref(&self) -> &LockableKeychain {
        &self.0
    }
}

impl Drop for Locked {
    fn drop(&mut self) {
        self.0.lock(false);
    }
}

/// The time limit for an action that doesn't need the keychain.
const SOON: Duration = Duration::from_secs(10);

/// Starts a practice setup on a computer whose keychain has just been locked.
async fn locked() -> Result<(Harness, Locked)> {
    let keychain = Locked(LockableKeychain::new()?);
    let store: Arc<CredentialStore> = Arc::new(keychain.clone());
    let rig = Harness::start_with(Switches::default(), Some(store)).await?;
    let mut views = rig.wizard.views();
    views.wait_for(|view| view.keychain == Keychain::Available).await?;
    keychain.lock(true);
    let key = Secret::new("4021.practice".to_owned());
    rig.act(ConnectionAction::CheckNopsKey { key }).await?;
    Ok((rig, keychain))
}

fn waits(view: &SetupView) -> bool {
    view.job.as_ref().is_some_and(|job| job.name == JobKind::Keychain && job.can_cancel)
}

#[tokio::test(flavor = "multi_thread")]
async fn keychain_locked_at_start_blocks_nothing() -> Result<()> {
    let keychain = LockableKeychain::new()?;
    keychain.lock(true);
    let store: Arc<CredentialStore> = Arc::new(keychain.clone());
    let rig = Harness::start_with(Switches::default(), Some(store)).await?;
    connect(&rig).await?;
    rig.create("Another setup").await?;
    assert_eq!(rig.view().keychain, Keychain::Unknown);
    keychain.lock(false);
    let mut views = rig.wizard.views();
    views.wait_for(|view| view.keychain == Keychain::Available).await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn locked_keychain_is_used_after_unlock() -> Result<()> {
    let (rig, keychain) = locked().await?;
    rig.wait_until("the keychain prompt", waits).await?;
    // Other actions still work.
    rig.act(StepAction::Go { step: setup::Step::Addresses }).await?;
    keychain.lock(false);
    rig.wait_until("the job to end", |view| view.job.is_none()).await?;
    let id = rig.setup().id;
    let entry = keychain.build("nops-sso-setup", &format!("{id}/nops-api-key"), None)?;
    assert_eq!(entry.get_secret()?, b"4021.practice");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn waiting_for_keychain_can_be_canceled() -> Result<()> {
    let (rig, keychain) = locked().await?;
    rig.wait_until("the keychain prompt", waits).await?;
    rig.act(JobAction::Cancel).await?;
    let id = rig.wait_until("the job to end", |view| view.job.is_none()).await?.id;
    // If the keychain responds later, nothing is stored. Deleting another setup waits for the
    // keychain.
    rig.create("Another customer").await?;
    keychain.lock(false);
    rig.act(SetupAction::Delete { id: rig.setup().id }).await?;
    let entry = keychain.build("nops-sso-setup", &format!("{id}/nops-api-key"), None)?;
    assert!(matches!(entry.get_secret(), Err(keyring_core::Error::NoEntry)));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn connecting_can_be_canceled_while_keychain_waits() -> Result<()> {
    let keychain = Locked(LockableKeychain::new()?);
    let store: Arc<CredentialStore> = Arc::new(keychain.clone());
    let rig = Harness::start_with(Switches::default(), Some(store)).await?;
    allow_by_code(&rig).await?;
    rig.wait_until("the roles", |view| !view.connection.sign_in.roles.is_empty()).await?;
    keychain.lock(true);
    rig.act(SignInAction::ConnectRole { role: ROLE.to_owned() }).await?;
    rig.wait_until("the keychain prompt", waits).await?;
    rig.act(JobAction::Cancel).await?;
    let view = rig.wait_until("the job to end", |view| view.job.is_none()).await?;
    assert_eq!(view.connection.state, ConnectionState::Off);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn removed_key_is_not_stored_by_check() -> Result<()> {
    let (rig, keychain) = locked().await?;
    rig.wait_until("the keychain prompt", waits).await?;
    timeout(SOON, rig.act(ConnectionAction::ForgetNopsKey)).await??;
    assert!(rig.setup().job.is_none(), "the check has ended");
    keychain.lock(false);
    // The keychain handles the next request only after the deletion.
    let key = Secret::new("4022.practice".to_owned());
    rig.act(ConnectionAction::CheckNopsKey { key }).await?;
    let view = rig.wait_until("the check of another key", |view| view.job.is_none()).await?;
    let entry = keychain.build("nops-sso-setup", &format!("{}/nops-api-key", view.id), None)?;
    assert_eq!(entry.get_secret()?, b"4022.practice");
    Ok(())
}

/// While the keychain waits for the user, other actions work: at the start, and while a setup is
/// deleted.
#[tokio::test(flavor = "multi_thread")]
async fn locked_keychain_blocks_no_other_action() -> Result<()> {
    let keychain = Locked(LockableKeychain::new()?);
    keychain.lock(true);
    let store: Arc<CredentialStore> = Arc::new(keychain.clone());
    let rig = timeout(SOON, Harness::start_with(Switches::default(), Some(store))).await??;
    keychain.lock(false);
    let first = rig.setup().id;
    rig.create("Another customer").await?;
    rig.wizard.views().wait_for(|view| view.keychain == Keychain::Available).await?;

    keychain.lock(true);
    let deleting = rig.wizard.act(SetupAction::Delete { id: first });
    let creating = async {
        let created = timeout(SOON, rig.create("A third customer")).await;
        keychain.lock(false);
        created
    };
    let (deleted, created) = tokio::join!(deleting, creating);
    created??;
    Ok(deleted?)
}
