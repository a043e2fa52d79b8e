//! Records the gallery's views, using a wizard that is connected to practice mode, with stopped
//! clocks and fixed IDs.

use std::sync::{Arc, Condvar, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use keyring_core::{CredentialStore, mock};
use session::{
    action::ConnectionAction,
    view::{
        Connection, ConnectionMethodView, ConnectionState, PersonRow, Profile, SetupKind, SetupView,
    },
};
use setup::{Field, MessageCause, Page, Step};

use super::{GalleryView, MenuItem, Views};
use crate::{
    Result,
    harness::Harness,
    proxy::{Fault, Proxy},
};

/// The time that every view in the gallery shows.
const MOMENT: &str = "2026-11-12T14:32:00Z";
/// The ID that replaces every setup's random ID.
const ID: &str = "0f1e2d3c-4b5a-4978-8695-a4b3c2d1e0f9";
/// The fingerprint that replaces every handover's fingerprint.
const FINGERPRINT: &str = "digital apollo aroma rival artist rebel";
/// The maximum number of people on a page.
const PAGE: u32 = 100;

/// A wizard and the views that were recorded from it.
pub struct ViewRecorder {
    pub rig: Harness,
    /// The proxy that is between the wizard and AWS.
    pub proxy: Proxy,
    views: Views,
}

impl ViewRecorder {
    /// Opens a new practice setup on a computer with a keychain.
    pub async fn open() -> Result<Self> {
        let keychain: Arc<CredentialStore> = mock::Store::new()?;
        Self::with(Some(keychain)).await
    }

    /// Opens a new practice setup on a computer without a keychain.
    pub async fn open_without_keychain() -> Result<Self> {
        Self::with(None).await
    }

    /// Opens the window of a colleague on another computer.
    pub fn colleague(&self) -> Result<Self> {
        let rig = self.rig.start_colleague()?;
        Ok(Self { rig, proxy: self.proxy.clone(), views: Views::new() })
    }

    async fn with(keychain: Option<Arc<CredentialStore>>) -> Result<Self> {
        let proxy = Proxy::listen().await?;
        let rig = Harness::start_at(MOMENT.parse::<Timestamp>()?, proxy.clone(), keychain).await?;
        Ok(Self { rig, proxy, views: Views::new() })
    }

    /// Sets all clocks to this many minutes after the start.
    pub fn minutes_later(&self, minutes: i64) {
        self.seconds_later(minutes * 60);
    }

    /// Sets all clocks to this many seconds after the start.
    pub fn seconds_later(&self, seconds: i64) {
        self.rig.set_clock(SignedDuration::from_secs(seconds));
        self.rig.set_clock_of_practice(SignedDuration::from_secs(seconds));
    }

    /// Records the current view under a name, as it looks in a real setup with this step open.
    pub async fn record_view(&mut self, name: &'static str, step: Step) -> Result<()> {
        let view = self.shown(step).await?;
        self.put(name, view);
        Ok(())
    }

    /// Records the current view, with a button to press after it's shown.
    pub async fn record_with_press(
        &mut self,
        name: &'static str,
        step: Step,
        press: &'static str,
    ) -> Result<()> {
        let view = self.shown(step).await?;
        self.put(name, GalleryView { press: Some(press), ..view });
        Ok(())
    }

    /// Records the current view, with an item to choose in the native menu after it's shown.
    pub async fn record_with_choice(
        &mut self,
        name: &'static str,
        step: Step,
        choose: MenuItem,
    ) -> Result<()> {
        let view = self.shown(step).await?;
        self.put(name, GalleryView { choose: Some(choose), ..view });
        Ok(())
    }

    /// Records the current view after an edit, for states that practice mode can't reach.
    pub async fn record_with_change(
        &mut self,
        name: &'static str,
        step: Step,
        change: impl FnOnce(&mut SetupView),
    ) -> Result<()> {
        let mut shown = self.shown(step).await?;
        change(shown.view.setup.as_mut().ok_or("no setup is open")?);
        self.put(name, shown);
        Ok(())
    }

    pub fn put(&mut self, name: &'static str, view: GalleryView) {
        self.views.insert(name, view);
    }

    pub fn views(self) -> Views {
        self.views
    }

    /// Returns the current view as it looks in a real setup: connected through a profile, with no
    /// mention of practice mode, and with fixed IDs.
    pub async fn shown(&self, step: Step) -> Result<GalleryView> {
        let mut shown = self.practice(step).await?;
        for card in &mut shown.view.setups {
            card.world = SetupKind::Real;
        }
        if let Some(setup) = &mut shown.view.setup {
            setup.world = SetupKind::Real;
            show_profile_connection(&mut setup.connection);
            setup.pages.retain(|link| link.page != Page::PracticeMailbox);
            let in_earnest = |text: &str| text.replace("user/practice", "user/dana");
            if let Some(caller) = setup.facts.get_mut(&Field::AwsCaller) {
                caller.value = in_earnest(&caller.value);
            }
            for check in &mut setup.checks {
                check.params.values_mut().for_each(|value| *value = in_earnest(value));
            }
        }
        Ok(shown)
    }

    /// Returns the current view with fixed IDs.
    pub async fn practice(&self, step: Step) -> Result<GalleryView> {
        let mut view = self.rig.view();
        view.revision = 1;
        let open = self.rig.setup().id;
        // Removes setups that the studio made before the open setup.
        view.setups.retain(|card| card.id == open);
        for card in &mut view.setups {
            card.id = ID.to_owned();
            card.step = step;
        }
        let mut people = Vec::new();
        if let Some(setup) = &mut view.setup {
            setup.id = ID.to_owned();
            setup.current = step;
            setup.practice_moved = None;
            // The number of polls depends on how fast the computer is.
            setup.watch.times = setup.watch.times.min(1);
            // The fingerprint depends on the setup's random ID.
            let handover = &mut setup.handover;
            if let Some(received) = &mut handover.received {
                received.fingerprint = FINGERPRINT.to_owned();
            }
            if let Some(sent) = &mut handover.sent {
                sent.fingerprint = FINGERPRINT.to_owned();
            }
            if let Some(plan) = &mut setup.people.plan {
                plan.id = "plan".to_owned();
            }
            let comparison = setup.people.comparison.as_mut();
            if let Some(plan) = comparison.and_then(|found| found.plan.as_mut()) {
                plan.id = "plan".to_owned();
            }
            people = self.people(setup.people.total).await?;
        }
        Ok(GalleryView { view, people, press: None, choose: None })
    }

    async fn people(&self, total: u32) -> Result<Vec<PersonRow>> {
        let mut rows = Vec::new();
        for offset in (0..total).step_by(PAGE as usize) {
            rows.extend(self.rig.wizard.people(offset, PAGE).await?.rows);
        }
        Ok(rows)
    }

    /// Connects again after the user skipped the AWS connection.
    pub async fn connect_again(&self) -> Result<SetupView> {
        self.rig.act(ConnectionAction::ConnectPractice).await?;
        self.rig
            .wait_until("the connection", |view| {
                view.connection.state == ConnectionState::Connected && view.job.is_none()
            })
            .await
    }
}

/// Returns sample profiles like those in the AWS configuration files.
pub fn profiles() -> Vec<Profile> {
    let profile = |name: &str, region: Option<&str>, problem: Option<&str>| Profile {
        name: name.to_owned(),
        region: region.map(str::to_owned),
        needs_code: false,
        problem: problem.map(|code| {
            MessageCause::with(format!("profile-{code}"), [("profile", name.to_owned())])
        }),
        hints: Vec::new(),
    };
    vec![
        profile("example-management", Some("us-east-1"), None),
        profile("example-dev", Some("eu-west-1"), None),
        profile("old-keys", None, Some("no_credentials")),
    ]
}

fn show_profile_connection(connection: &mut Connection) {
    connection.profiles = profiles();
    connection.redirected = None;
    if connection.way == ConnectionMethodView::Practice {
        connection.way = ConnectionMethodView::Profile;
        connection.label = "example-management".to_owned();
    }
}

/// Holds calls to AWS until they're released, so that the window stays in the intermediate state.
#[derive(Default)]
pub struct HeldCalls(Arc<(Mutex<bool>, Condvar)>);

impl HeldCalls {
    pub fn fault(&self) -> Fault {
        let held = Arc::clone(&self.0);
        Fault::Meanwhile(Arc::new(move || {
            let (gone, changed) = &*held;
            let mut gone = gone.lock().unwrap_or_else(PoisonError::into_inner);
            while !*gone {
                gone = changed.wait(gone).unwrap_or_else(PoisonError::into_inner);
            }
            Ok(())
        }))
    }

    pub fn release(&self) {
        let (gone, changed) = &*self.0;
        *gone.lock().unwrap_or_else(PoisonError::into_inner) = true;
        changed.notify_all();
    }
}

impl Drop for HeldCalls {
    fn drop(&mut self) {
        self.release();
    }
}
