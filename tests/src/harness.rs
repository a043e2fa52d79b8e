//! A wizard that is connected to practice mode and has no window. Tests make the same calls as the
//! window.

use std::{
    any::Any,
    fs,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use jiff::{SignedDuration, Timestamp};
use keyring_core::CredentialStore;
use nops_sso_practice::{Permissions, Practice, Settings, Switches};
use session::{
    Action, Document, Failure, View, Wizard,
    action::{SetupAction, StepAction, ValueAction},
    config::{self, PracticeServer, PracticeStart, SessionConfig},
    view::{PeoplePage, SetupKind, SetupView},
};
use setup::{Field, Step};
use storage::vault;
use tempfile::TempDir;
use tokio::sync::watch;
use transport::Network;

use crate::{
    Result, ids,
    person::{ScriptedPerson, UNKNOWN_PORTAL},
    proxy::Proxy,
};

/// A time limit that is longer than any operation on a busy machine. Only a failing test reaches
/// it.
const DEADLINE: Duration = Duration::from_secs(30);

/// A number that is larger than the number of people that any test adds to a list.
const MOST_PEOPLE: u32 = 10_000;

/// A wizard with an open practice setup.
pub struct Harness {
    pub wizard: Wizard,
    /// The folder with the setups.
    pub folder: PathBuf,
    views: watch::Receiver<View>,
    /// The rows of people. They're cached as in the window, and fetched only when their revision
    /// changes.
    held: Mutex<Option<PeoplePage>>,
    worlds: Arc<PracticeStarter>,
    clock: Clock,
    keychain: Option<Arc<CredentialStore>>,
    _home: TempDir,
}

/// The clock of this computer or of practice mode. It may be a few seconds fast or slow.
#[derive(Clone, Default)]
struct Clock {
    off: Arc<AtomicI64>,
    /// The time at which the clock is stopped. `None` if the clock runs.
    stands_at: Option<Timestamp>,
}

impl Clock {
    fn fixed_at(moment: Option<Timestamp>) -> Self {
        Self { stands_at: moment, ..Self::default() }
    }

    fn set(&self, off: SignedDuration) {
        self.off.store(off.as_secs(), Ordering::Relaxed);
    }

    fn time_source(&self) -> Arc<dyn Fn() -> Timestamp + Send + Sync> {
        let Self { off, stands_at } = self.clone();
        Arc::new(move || {
            let off = SignedDuration::from_secs(off.load(Ordering::Relaxed));
            stands_at.unwrap_or_else(Timestamp::now) + off
        })
    }
}

/// Starts practice mode with the switches of a test.
struct PracticeStarter {
    switches: Switches,
    permissions: Permissions,
    clock: Clock,
    /// The proxy between the wizard and practice mode, if any.
    proxy: Option<Proxy>,
    base: Mutex<String>,
    /// How to reach the running practice mode.
    running: Mutex<Option<RunningPractice>>,
}

#[derive(Clone)]
struct RunningPractice {
    base: String,
    access_key_id: String,
    secret_access_key: String,
    region: String,
    portal: String,
    moved_from: Option<u16>,
}

impl RunningPractice {
    fn server(self, running: Box<dyn Any + Send + Sync>) -> PracticeServer {
        PracticeServer {
            base: self.base,
            access_key_id: self.access_key_id,
            secret_access_key: self.secret_access_key.into(),
            region: self.region,
            portal: self.portal,
            moved_from: self.moved_from,
            running,
        }
    }
}

/// The practice mode of a colleague, who has the same AWS and nOps on another computer.
struct SharedPractice(Arc<PracticeStarter>);

impl config::Practice for SharedPractice {
    fn start(&self, _folder: PathBuf, _repair: bool) -> PracticeStart {
        let running = self.0.running.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let running = running.ok_or_else(|| Failure::new("practice_port"));
        Box::pin(async move { Ok(running?.server(Box::new(()))) })
    }
}

impl config::Practice for PracticeStarter {
    fn start(&self, folder: PathBuf, repair: bool) -> PracticeStart {
        // The port is known only after practice mode starts, so store the address for the scripted
        // person.
        let settings = Settings {
            seed: 7,
            made_by_hand: repair,
            state: Some(folder),
            switches: self.switches.clone(),
            permissions: self.permissions.clone(),
            ..Settings::default()
        };
        let started = tokio::task::block_in_place(|| {
            tokio::runtime::Handle::current()
                .block_on(Practice::start_with_clock(settings, self.clock.time_source()))
        });
        let loopback = started.map_err(|_| Failure::new("practice_state")).and_then(|world| {
            let at = world.addresses();
            let base = at.aws_endpoint.trim_end_matches('/').to_owned();
            if let Ok(mut kept) = self.base.lock() {
                kept.clone_from(&base);
            }
            if let Some(proxy) = &self.proxy {
                proxy.set_target(&base).map_err(|_| Failure::new("practice_port"))?;
            }
            let running = RunningPractice {
                base: self.proxy.as_ref().map_or(base, Proxy::base_url),
                access_key_id: at.access_key_id.clone(),
                secret_access_key: at.secret_access_key.clone(),
                region: at.region.clone(),
                portal: at.portal_link(),
                moved_from: at.moved_from,
            };
            *self.running.lock().unwrap_or_else(PoisonError::into_inner) = Some(running.clone());
            Ok(running.server(Box::new(world)))
        });
        Box::pin(async move { loopback })
    }
}

impl Harness {
    /// Starts a practice setup with these switches.
    pub async fn start(switches: Switches) -> Result<Self> {
        Self::start_with(switches, None).await
    }

    /// Starts a practice setup on a computer whose keychain is in this state.
    pub async fn start_with(
        switches: Switches,
        keychain: Option<Arc<CredentialStore>>,
    ) -> Result<Self> {
        Self::new(switches, None, keychain, None).await
    }

    /// Starts a practice setup with a proxy that can inject faults into AWS calls.
    pub async fn start_with_proxy(proxy: Proxy) -> Result<Self> {
        Self::start_with_proxy_and_switches(proxy, Switches::default()).await
    }

    /// Starts a practice setup with these switches and a proxy.
    pub async fn start_with_proxy_and_switches(proxy: Proxy, switches: Switches) -> Result<Self> {
        Self::new(switches, Some(proxy), None, None).await
    }

    /// Starts a practice setup with a proxy, a keychain, and all clocks stopped at this time, so
    /// that the window always shows the same content.
    pub async fn start_at(
        moment: Timestamp,
        proxy: Proxy,
        keychain: Option<Arc<CredentialStore>>,
    ) -> Result<Self> {
        Self::new(Switches::default(), Some(proxy), keychain, Some(moment)).await
    }

    async fn new(
        switches: Switches,
        proxy: Option<Proxy>,
        keychain: Option<Arc<CredentialStore>>,
        stands_at: Option<Timestamp>,
    ) -> Result<Self> {
        let home = tempfile::tempdir()?;
        let folder = home.path().join("setups");
        let rig = Self::start_on(home, folder, switches, proxy, keychain, stands_at)?;
        rig.create("Example Corp").await?;
        Ok(rig)
    }

    /// Starts another practice setup and opens it.
    pub async fn create(&self, name: &str) -> Result<()> {
        let create = SetupAction::Create {
            name: name.to_owned(),
            world: SetupKind::Practice,
            repair: false,
            aws_role: true,
            nops_role: true,
        };
        Ok(self.act(create).await?)
    }

    fn start_on(
        home: TempDir,
        folder: PathBuf,
        switches: Switches,
        proxy: Option<Proxy>,
        keychain: Option<Arc<CredentialStore>>,
        stands_at: Option<Timestamp>,
    ) -> Result<Self> {
        let clock = Clock::fixed_at(stands_at);
        let worlds = Arc::new(PracticeStarter {
            switches,
            permissions: Permissions::default(),
            clock: Clock::fixed_at(stands_at),
            proxy,
            base: Mutex::default(),
            running: Mutex::default(),
        });
        let wizard = Wizard::start(SessionConfig {
            folder: folder.clone(),
            clock: clock.time_source(),
            zone: jiff::tz::TimeZone::UTC,
            keychain: vault::opener(keychain.clone()),
            downloads: Some(home.path().join("Downloads")),
            practice: Arc::clone(&worlds) as Arc<dyn config::Practice>,
            network: Network::default(),
        })?;
        let views = wizard.views();
        let held = Mutex::default();
        Ok(Self { wizard, folder, views, held, worlds, clock, keychain, _home: home })
    }

    /// Closes the wizard and starts a new wizard on the same folder, like reopening the app.
    pub async fn restart(self) -> Result<Self> {
        let id = self.setup().id;
        self.act(SetupAction::Close).await?;
        let Self { wizard, folder, views, worlds, clock, keychain, _home: home, .. } = self;
        drop((wizard, views));
        let (switches, proxy) = (worlds.switches.clone(), worlds.proxy.clone());
        let rig = Self::start_on(home, folder, switches, proxy, keychain, clock.stands_at)?;
        rig.act(SetupAction::Resume { id }).await?;
        Ok(rig)
    }

    /// Starts another wizard on the same folder while this wizard's jobs continue, as after a
    /// crash.
    pub fn restart_without_shutdown(self) -> Result<Self> {
        let Self { wizard, folder, views, worlds, clock, keychain, _home: home, .. } = self;
        drop((wizard, views));
        let (switches, proxy) = (worlds.switches.clone(), worlds.proxy.clone());
        Self::start_on(home, folder, switches, proxy, keychain, clock.stands_at)
    }

    /// Opens a setup as soon as the run of an earlier wizard releases its lock.
    pub async fn resume_when_unlocked(self, id: &str) -> Result<Self> {
        let opened = async {
            loop {
                match self.act(SetupAction::Resume { id: id.to_owned() }).await {
                    Err(failure) if failure.code == "setup_held" => tokio::task::yield_now().await,
                    opened => return opened,
                }
            }
        };
        tokio::time::timeout(DEADLINE, opened).await??;
        Ok(self)
    }

    /// Starts a wizard on `home/setups` with this proxy. Doesn't open a setup.
    pub fn new_in_home(home: TempDir, proxy: Proxy) -> Result<Self> {
        let folder = home.path().join("setups");
        Self::start_on(home, folder, Switches::default(), Some(proxy), None, None)
    }

    /// Starts a wizard on a colleague's computer, which has its own data folder and no setups. The
    /// colleague uses the same AWS and nOps, and this wizard's setup must stay open.
    pub fn start_colleague(&self) -> Result<Self> {
        let home = tempfile::tempdir()?;
        let folder = home.path().join("setups");
        let clock = self.clock.clone();
        let wizard = Wizard::start(SessionConfig {
            folder: folder.clone(),
            clock: clock.time_source(),
            zone: jiff::tz::TimeZone::UTC,
            keychain: vault::opener(None),
            downloads: Some(home.path().join("Downloads")),
            practice: Arc::new(SharedPractice(Arc::clone(&self.worlds))),
            network: Network::default(),
        })?;
        let views = wizard.views();
        Ok(Self {
            wizard,
            folder,
            views,
            held: Mutex::default(),
            worlds: Arc::clone(&self.worlds),
            clock,
            keychain: None,
            _home: home,
        })
    }

    /// Starts a second wizard on the same folder while this wizard runs, like a second window.
    pub fn start_second_wizard(&self) -> Result<Wizard> {
        Ok(Wizard::start(SessionConfig {
            folder: self.folder.clone(),
            clock: self.clock.time_source(),
            zone: jiff::tz::TimeZone::UTC,
            keychain: vault::opener(self.keychain.clone()),
            downloads: None,
            practice: Arc::clone(&self.worlds) as Arc<dyn config::Practice>,
            network: Network::default(),
        })?)
    }

    /// Starts a wizard on a copy of the folder in its current state, which is the state after a
    /// crash. This wizard connects to AWS without a proxy.
    pub async fn start_on_copy(&self) -> Result<Self> {
        let home = tempfile::tempdir()?;
        let folder = home.path().join("setups");
        copy_folder(&self.folder, &folder)?;
        let (switches, keychain) = (self.worlds.switches.clone(), self.keychain.clone());
        let rig = Self::start_on(home, folder, switches, None, keychain, self.clock.stands_at)?;
        rig.act(SetupAction::Resume { id: self.setup().id }).await?;
        Ok(rig)
    }

    /// Sends an action and checks that it's accepted.
    pub async fn act(&self, action: impl Into<Action>) -> std::result::Result<(), Failure> {
        let done = self.wizard.act(action).await;
        names_are_unique(&self.views.borrow());
        self.fetch_people().await?;
        done
    }

    /// Fetches the people as a window does. Panics if a key occurs twice, or if a window would show
    /// outdated rows.
    #[expect(clippy::panic, reason = "outdated rows in the window fail any test")]
    async fn fetch_people(&self) -> std::result::Result<(), Failure> {
        let before = self.view();
        let Some(setup) = before.setup else {
            return Ok(());
        };
        let now = self.wizard.people(0, MOST_PEOPLE).await?;
        assert_eq!(
            ids::find_duplicate("person", now.rows.iter().map(|row| row.key.as_str())),
            None
        );
        // The next progress report shows the changes of a running job.
        if setup.job.is_some() || self.views.borrow().revision != before.revision {
            return Ok(());
        }
        let shown = setup.people.revision;
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let stale = held.as_ref().is_some_and(|held| held.revision == shown && *held != now);
        if stale || now.revision != shown {
            panic!("the window shows {held:#?}, the core has {now:#?}");
        }
        *held = Some(now);
        Ok(())
    }

    /// Pastes or types into a field.
    pub async fn enter(&self, field: Field, text: &str) -> Result<()> {
        Ok(self.act(ValueAction::Enter { field, text: text.to_owned(), html: None }).await?)
    }

    /// Sets how many seconds the wizard's clock is fast. A negative number means that it's slow.
    pub fn set_clock(&self, off: SignedDuration) {
        self.clock.set(off);
    }

    /// Sets how many seconds AWS's and nOps's clock is fast. A negative number means that it's
    /// slow.
    pub fn set_clock_of_practice(&self, off: SignedDuration) {
        self.worlds.clock.set(off);
    }

    /// Makes AWS allow only the actions that this IAM policy allows.
    pub fn limit_permissions(&self, policy: &str) -> Result<()> {
        Ok(self.worlds.permissions.set_policy(policy)?)
    }

    /// Imports a file with this name and content.
    pub async fn import(&self, name: &str, content: impl AsRef<[u8]>) -> Result<()> {
        let folder = tempfile::tempdir()?;
        let file = folder.path().join(name);
        fs::write(&file, content)?;
        self.wizard.import(file).await?;
        Ok(self.fetch_people().await?)
    }

    /// Selects a checkbox or an option.
    pub async fn declare(&self, field: Field, value: &str) -> Result<()> {
        Ok(self.act(ValueAction::Declare { field, value: value.to_owned() }).await?)
    }

    pub async fn go_to_step(&self, step: Step) -> Result<()> {
        Ok(self.act(StepAction::Go { step }).await?)
    }

    /// Returns the open setup as the window would currently show it.
    #[expect(clippy::panic, reason = "a test fails without an open setup")]
    pub fn setup(&self) -> SetupView {
        names_are_unique(&self.views.borrow());
        self.views.borrow().setup.clone().unwrap_or_else(|| panic!("no setup is open"))
    }

    /// Returns everything that the window would currently show.
    pub fn view(&self) -> View {
        self.views.borrow().clone()
    }

    /// Returns whether the job of each listed setup is marked as interrupted.
    pub fn interrupted_marks(&self) -> Vec<bool> {
        let view = self.views.borrow();
        view.setups.iter().map(|card| card.interrupted).collect()
    }

    /// Waits until the view meets a condition.
    pub async fn wait_until(
        &self,
        what: &str,
        mut wanted: impl FnMut(&SetupView) -> bool,
    ) -> Result<SetupView> {
        let mut views = self.views.clone();
        let seen = tokio::time::timeout(
            DEADLINE,
            views.wait_for(|view| {
                names_are_unique(view);
                view.setup.as_ref().is_some_and(&mut wanted)
            }),
        )
        .await;
        match seen {
            Ok(view) => {
                let setup = view?.setup.clone().ok_or("no setup is open")?;
                self.fetch_people().await?;
                Ok(setup)
            }
            Err(_) => Err(format!("waited for {what}; {:#?}", self.setup().findings).into()),
        }
    }

    /// Returns the codes of all findings that are more severe than information.
    pub fn codes(&self) -> Vec<String> {
        self.setup().findings.into_iter().map(|finding| finding.code).collect()
    }

    /// Returns the value of a fact, stored or derived.
    pub fn fact(&self, field: Field) -> Option<String> {
        self.setup().facts.get(&field).map(|fact| fact.value.clone())
    }

    /// Returns the report without people.
    pub async fn report(&self) -> Result<serde_json::Value> {
        let report = Document::ReportJson { people: false };
        let (_, report) = self.wizard.document(report).await?;
        Ok(serde_json::from_slice(&report)?)
    }

    /// Returns a scripted person who uses this harness's practice mode.
    pub fn person(&self) -> Result<ScriptedPerson> {
        let base = self.worlds.base.lock().map_err(|_| "a poisoned lock")?.clone();
        let portal = self.fact(Field::AccessPortalUrl).ok_or("the portal isn't known yet")?;
        Ok(ScriptedPerson::new(&base, &portal))
    }

    /// Returns a scripted person who uses this harness's practice mode through this access portal.
    pub fn person_at(&self, portal: &str) -> Result<ScriptedPerson> {
        let base = self.worlds.base.lock().map_err(|_| "a poisoned lock")?.clone();
        Ok(ScriptedPerson::new(&base, portal))
    }

    /// Returns a scripted person who uses only nOps and the console, because the access portal
    /// isn't known yet.
    pub fn person_without_portal(&self) -> Result<ScriptedPerson> {
        let base = self.worlds.base.lock().map_err(|_| "a poisoned lock")?.clone();
        Ok(ScriptedPerson::new(&base, UNKNOWN_PORTAL))
    }
}

/// Panics if two entries in one list of the view have the same name.
fn names_are_unique(view: &View) {
    assert_eq!(ids::find_duplicate_id(view), None);
}

/// Copies a folder with all its content.
pub fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let copy = to.join(entry.file_name());
        match entry.file_type()?.is_dir() {
            true => copy_folder(&entry.path(), &copy)?,
            false => drop(fs::copy(entry.path(), copy)?),
        }
    }
    Ok(())
}
