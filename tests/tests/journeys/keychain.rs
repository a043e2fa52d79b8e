//! A keychain that asks the user before it responds.

use std::{
    any::Any,
    collections::HashMap,
    sync::{Arc, Condvar, Mutex, PoisonError},
};

use acceptance::{Result, harness::Harness, steps::connect};
use keyring_core::{CredentialStore, Entry, api::CredentialStoreApi, mock};
use nops_sso_practice::Switches;
use session::{
    Secret,
    action::{ConnectionAction, JobAction, SetupAction, StepAction},
    jobs::JobKind,
    view::{Keychain, SetupView},
};

/// A keychain that responds only while it's unlocked. While it's locked, it blocks.
#[derive(Clone)]
struct Asking {
    kept: Arc<mock::Store>,
    locked: Arc<(Mutex<bool>, Condvar)>,
}

impl Asking {
    fn new() -> Result<Self> {
        Ok(Self { kept: mock::Store::new()?, locked: Arc::default() })
    }

    fn lock(&self, locked: bool) {
        let (state, changed) = &*self.locked;
        *state.lock().unwrap_or_else(PoisonError::into_inner) = locked;
        changed.notify_all();
    }
}

impl CredentialStoreApi for Asking {
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

/// Starts a practice setup on a computer whose keychain has just been locked.
async fn locked() -> Result<(Harness, Asking)> {
    let keychain = Asking::new()?;
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
    let keychain = Asking::new()?;
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
    rig.until("the keychain prompt", waits).await?;
    // Other actions still work.
    rig.act(StepAction::Go { step: setup::Step::Addresses }).await?;
    keychain.lock(false);
    rig.until("the job to end", |view| view.job.is_none()).await?;
    let id = rig.setup().id;
    let entry = keychain.build("nops-sso-setup", &format!("{id}/nops-api-key"), None)?;
    assert_eq!(entry.get_secret()?, b"4021.practice");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn waiting_for_keychain_can_be_canceled() -> Result<()> {
    let (rig, keychain) = locked().await?;
    rig.until("the keychain prompt", waits).await?;
    rig.act(JobAction::Cancel).await?;
    let id = rig.until("the job to end", |view| view.job.is_none()).await?.id;
    // If the keychain responds later, nothing is stored.
    keychain.lock(false);
    rig.act(ConnectionAction::ForgetNopsKey).await?;
    rig.act(SetupAction::Delete { id: id.clone() }).await?;
    let entry = keychain.build("nops-sso-setup", &format!("{id}/nops-api-key"), None)?;
    assert!(matches!(entry.get_secret(), Err(keyring_core::Error::NoEntry)));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn removed_key_is_not_stored_by_check() -> Result<()> {
    let (rig, keychain) = locked().await?;
    rig.until("the keychain prompt", waits).await?;
    rig.act(ConnectionAction::ForgetNopsKey).await?;
    assert!(rig.setup().job.is_none(), "the check has ended");
    keychain.lock(false);
    // The keychain handles the next request only after the deletion.
    let key = Secret::new("4022.practice".to_owned());
    rig.act(ConnectionAction::CheckNopsKey { key }).await?;
    let view = rig.until("the check of another key", |view| view.job.is_none()).await?;
    let entry = keychain.build("nops-sso-setup", &format!("{}/nops-api-key", view.id), None)?;
    assert_eq!(entry.get_secret()?, b"4022.practice");
    Ok(())
}
