//! Handles messages one at a time and publishes a view after each change. Slow work runs in background jobs,
//! which report back as messages.

use std::{path::PathBuf, sync::Arc, time::Duration};

use tokio::{
    sync::{mpsc, oneshot, watch},
    time::{MissedTickBehavior, interval, timeout},
};
use uuid::Uuid;

use super::{
    Action, Failure, View,
    config::SessionConfig,
    document::Document,
    jobs::{JobContext, Report},
    reading::{off_actor, on_disk},
    setup_session::SetupSession,
    view::PeoplePage,
    view_builder,
};
use changes::History;
use setup::{Copyable, Page};
use storage::{
    store::{Claim, Named, OpenSetup, Setup, Store, World},
    vault::{Lease, SecretName, SecretStore, VaultError},
};

/// How long the keychain may prompt the user to unlock it before a setup is deleted.
const UNLOCKING: Duration = Duration::from_secs(60);

/// How often the view is recomputed without a message, because a certificate can expire meanwhile.
const TICK: Duration = Duration::from_secs(60);

pub(super) enum Message {
    /// The user requests an action.
    Act {
        action: Box<Action>,
        reply: Reply<()>,
    },
    /// Files were dropped or chosen.
    Import {
        files: Vec<PathBuf>,
        reply: Reply<()>,
    },
    People {
        offset: u32,
        limit: u32,
        reply: Reply<PeoplePage>,
    },
    Text {
        what: Copyable,
        reply: Reply<String>,
    },
    Document {
        document: Document,
        reply: Reply<(String, Vec<u8>)>,
    },
    /// A file was saved where the user chose.
    Saved {
        document: Document,
        reply: Reply<()>,
    },
    Address {
        page: Page,
        reply: Reply<String>,
    },
    /// A job of this opening made progress or ended.
    Job {
        opening: u32,
        report: Report,
    },
    /// The keychain probe has finished.
    Keychain,
    /// Removing the secrets of a setup that is being deleted has ended.
    Forgotten {
        claim: Claim,
        forgotten: Result<(), VaultError>,
        reply: Reply<()>,
    },
}

type Reply<T> = oneshot::Sender<Result<T, Failure>>;

pub(super) struct Actor {
    ports: SessionConfig,
    store: Store,
    vault: Arc<SecretStore>,
    open: Option<SetupSession>,
    /// The number of setups opened so far. It identifies the current opening.
    openings: u32,
    /// The leases of closed setups.
    leases: Vec<(Uuid, Lease)>,
    letters: mpsc::WeakSender<Message>,
    show: watch::Sender<View>,
    revision: u32,
    /// The setups on this computer when the folder was last read.
    shelf: view_builder::Shelf,
}

impl Actor {
    pub(super) fn new(
        ports: SessionConfig,
        letters: mpsc::WeakSender<Message>,
        show: watch::Sender<View>,
    ) -> Result<Self, Failure> {
        let store =
            Store::open(ports.folder.clone()).map_err(|error| Failure::new(error.code()))?;
        let vault = Arc::new(SecretStore::new(ports.keychain.clone()));
        Ok(Self {
            ports,
            store,
            vault,
            open: None,
            openings: 0,
            leases: Vec::new(),
            letters,
            show,
            revision: 0,
            shelf: view_builder::Shelf::default(),
        })
    }

    pub(super) async fn run(mut self, mut letters: mpsc::Receiver<Message>) {
        self.probe();
        self.look_at_shelf().await;
        self.publish().await;
        let mut ticks = interval(TICK);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                letter = letters.recv() => match letter {
                    Some(letter) => self.read(letter).await,
                    None => return,
                },
                _ = ticks.tick() => self.publish_changed().await,
            }
        }
    }

    /// Handles a message. Publishes the view before it replies to a message that may have changed something.
    /// Queries change nothing.
    async fn read(&mut self, letter: Message) {
        // If no one waits for a reply anymore, that's not an error.
        match letter {
            Message::Act { action, reply } => {
                let changes_shelf = action.changes_shelf();
                let done = self.act(*action).await;
                if changes_shelf {
                    self.look_at_shelf().await;
                }
                self.publish().await;
                match done {
                    Ok(Some((id, claim))) => self.forget(id, claim, reply),
                    done => drop(reply.send(done.map(drop))),
                }
            }
            Message::Forgotten { claim, forgotten, reply } => {
                let deleted = match forgotten {
                    Ok(()) => on_disk(|| claim.delete()).await,
                    Err(error) => Err(Failure::new(error.code())),
                };
                self.look_at_shelf().await;
                self.publish().await;
                let _gone = reply.send(deleted);
            }
            Message::Keychain => self.publish().await,
            Message::Import { files, reply } => {
                let done = match &mut self.open {
                    Some(open) => open.import(files).await,
                    None => Err(Failure::new("no_setup")),
                };
                self.publish().await;
                let _gone = reply.send(done);
            }
            Message::People { offset, limit, reply } => {
                let _gone = reply.send(self.opened().map(|open| open.people_page(offset, limit)));
            }
            Message::Text { what, reply } => {
                let _gone = reply.send(self.opened().and_then(|open| open.text(&what)));
            }
            Message::Document { document, reply } => {
                let _gone = reply.send(self.opened().and_then(|open| open.document(document)));
            }
            Message::Saved { document, reply } => {
                let saved = self.opened_mut().map(|open| open.saved(&document));
                self.publish().await;
                let _gone = reply.send(saved);
            }
            Message::Address { page, reply } => {
                let address = match &mut self.open {
                    Some(open) => open.visit(&page),
                    None => Err(Failure::new("no_setup")),
                };
                self.publish().await;
                let _gone = reply.send(address);
            }
            Message::Job { opening, report } => {
                if let Some(open) = self.open.as_mut().filter(|_| opening == self.openings) {
                    open.report(report);
                }
                self.publish().await;
            }
        }
    }

    /// Handles an action. Returns the claim of a setup to delete, because its secrets are removed first.
    async fn act(&mut self, action: Action) -> Result<Option<(Uuid, Claim)>, Failure> {
        if action.is_too_long() {
            return Err(Failure::new("text_too_long"));
        }
        let (action, secret) = off_actor(move || {
            let secret = action.secret();
            (action, secret)
        })
        .await?;
        if let Some(secret) = secret {
            return Err(Failure::new("secret").with("kind", secret.code()));
        }
        let done = match action {
            Action::Create { name, world, repair, aws_role, nops_role } => {
                let name = name.trim().to_owned();
                if name.is_empty() {
                    return Err(Failure::new("name_empty"));
                }
                self.may_close()?;
                let mut setup = Setup::new(Uuid::new_v4(), name, world, (self.ports.clock)());
                setup.repair = repair;
                setup.aws_role = aws_role;
                setup.nops_role = nops_role;
                // A repair first compares existing values. Otherwise connecting to AWS comes first.
                setup.current = match repair {
                    true => setup::Step::Start,
                    false => setup::Step::Connect,
                };
                let store = self.store.clone();
                let held = on_disk(move || store.create(setup)).await?;
                self.hold(held, false).await
            }
            Action::Resume { id } => {
                if self.is_open(&id) {
                    return Ok(None);
                }
                self.may_close()?;
                let id = self.own(&id).await?;
                let store = self.store.clone();
                let (held, is_confirmed) = on_disk(move || {
                    let held = store.resume(id)?;
                    let is_confirmed = held.is_connection_confirmed();
                    Ok((held, is_confirmed))
                })
                .await?;
                self.hold(held, is_confirmed).await
            }
            Action::Close => {
                self.may_close()?;
                self.flush().await;
                self.close();
                Ok(())
            }
            Action::Rename { id, name } => {
                let name = name.trim();
                if name.is_empty() {
                    return Err(Failure::new("name_empty"));
                }
                match &mut self.open {
                    Some(open) if open.held.name() == id => open.rename(name),
                    _ => {
                        let id = self.own(&id).await?;
                        let (store, name) = (self.store.clone(), name.to_owned());
                        let now = (self.ports.clock)();
                        on_disk(move || store.rename(id, &name, now)).await
                    }
                }
            }
            Action::Delete { id } => {
                if self.is_open(&id) {
                    self.may_close()?;
                    self.close();
                }
                match self.named(id).await? {
                    Named::Copy(file) => {
                        let store = self.store.clone();
                        on_disk(move || store.delete_copy(&file)).await
                    }
                    Named::Own(id) => {
                        let store = self.store.clone();
                        let claim = on_disk(move || store.claim(id)).await?;
                        self.end_leases(id);
                        return Ok(Some((id, claim)));
                    }
                }
            }
            other => match &mut self.open {
                Some(open) => open.act(other).await,
                None => Err(Failure::new("no_setup")),
            },
        };
        done.map(|()| None)
    }

    /// Replaces the open setup with this one.
    async fn hold(&mut self, held: OpenSetup, is_confirmed: bool) -> Result<(), Failure> {
        self.flush().await;
        self.close();
        let practice = match held.setup.world {
            World::Practice => {
                let folder = self.store.practice_path(held.setup.id);
                Some(self.ports.practice.start(folder).await?)
            }
            World::Real => None,
        };
        self.openings = self.openings.wrapping_add(1);
        let (file, hold) = (self.store.journal_path(held.setup.id), held.hold());
        let journal = off_actor(move || History::open_with(file, hold)).await?;
        let journal = journal
            .map_err(|error| Failure { params: error.params(), ..Failure::new(error.code()) })?;
        let mut open = SetupSession::new(
            held,
            self.ports.clone(),
            Arc::clone(&self.vault),
            JobContext { letters: self.letters.clone(), opening: self.openings },
            practice,
            journal,
        );
        open.reconnect(is_confirmed);
        self.open = Some(open);
        Ok(())
    }

    /// Refuses to close a setup while changes run, so that the user sees them end.
    fn may_close(&self) -> Result<(), Failure> {
        match self.open.as_ref().and_then(|open| Some((open, open.changing()?))) {
            Some((open, job)) => Err(Failure::new("changes_running")
                .with("setup", &open.held.setup.name)
                .with("job", job)),
            None => Ok(()),
        }
    }

    fn close(&mut self) {
        if let Some(open) = self.open.take() {
            let id = open.id();
            self.leases.extend(open.close().map(|lease| (id, lease)));
        }
    }

    /// Ends a setup's leases, so that its remaining tasks keep no secrets.
    fn end_leases(&mut self, setup: Uuid) {
        for (_, lease) in self.leases.extract_if(.., |(id, _)| *id == setup) {
            lease.end();
        }
    }

    fn opened(&self) -> Result<&SetupSession, Failure> {
        self.open.as_ref().ok_or_else(|| Failure::new("no_setup"))
    }

    fn opened_mut(&mut self) -> Result<&mut SetupSession, Failure> {
        self.open.as_mut().ok_or_else(|| Failure::new("no_setup"))
    }

    fn is_open(&self, name: &str) -> bool {
        self.open.as_ref().is_some_and(|open| open.held.name() == name)
    }

    /// Returns the id of the setup with this name in the list. A copy gets its own id first.
    async fn own(&self, name: &str) -> Result<Uuid, Failure> {
        match self.named(name.to_owned()).await? {
            Named::Own(id) => Ok(id),
            Named::Copy(file) => {
                let id = Uuid::new_v4();
                let (store, now) = (self.store.clone(), (self.ports.clock)());
                on_disk(move || store.adopt(&file, id, now)).await?;
                Ok(id)
            }
        }
    }

    async fn named(&self, name: String) -> Result<Named, Failure> {
        let store = self.store.clone();
        on_disk(move || store.named(&name)).await
    }

    /// Probes the keychain in the background, because it may hang or prompt the user.
    fn probe(&self) {
        let (vault, letters) = (Arc::clone(&self.vault), self.letters.clone());
        tokio::spawn(async move {
            vault.probe().await;
            if let Some(letters) = letters.upgrade() {
                let _gone = letters.send(Message::Keychain).await;
            }
        });
    }

    /// Removes the secrets of a setup that is being deleted. Its lock is already taken, and its file is
    /// deleted afterwards.
    fn forget(&self, id: Uuid, claim: Claim, reply: Reply<()>) {
        let (vault, letters) = (Arc::clone(&self.vault), self.letters.clone());
        tokio::spawn(async move {
            let forgetting = vault.forget(id, &SecretName::ALL);
            let forgotten = timeout(UNLOCKING, forgetting).await.unwrap_or(Err(VaultError::Locked));
            if let Some(letters) = letters.upgrade() {
                let _gone = letters.send(Message::Forgotten { claim, forgotten, reply }).await;
            }
        });
    }

    /// Reads every setup and its progress. This takes too long to do after each report of a job.
    async fn look_at_shelf(&mut self) {
        self.flush().await;
        let (store, now) = (self.store.clone(), (self.ports.clock)());
        let open =
            self.open.as_ref().map(|open| (open.held.name(), open.people_state.journal.clone()));
        let shelf = on_disk(move || view_builder::shelf(&store, open.as_ref(), now)).await;
        // A folder that can't be read is reported when a setup is opened or started.
        if let Ok(shelf) = shelf {
            self.shelf = shelf;
        }
    }

    async fn flush(&mut self) {
        if let Some(open) = &mut self.open {
            open.flush().await;
        }
    }

    async fn publish(&mut self) {
        self.flush().await;
        self.revision = self.revision.wrapping_add(1);
        self.show.send_replace(self.view());
    }

    /// Publishes the view if time alone has changed it.
    async fn publish_changed(&mut self) {
        let changed = self.view() != *self.show.borrow();
        if changed {
            self.publish().await;
        }
    }

    fn view(&self) -> View {
        view_builder::view(self.revision, &self.shelf, self.vault.keychain(), self.open.as_ref())
    }
}

#[cfg(test)]
mod tests {
    use std::{path::PathBuf, sync::Mutex};

    use jiff::Timestamp;

    use super::*;
    use crate::config::{Practice, Starting};
    use identity_center::{Application, ApplicationKind, Profile};
    use setup::Field;
    use storage::{store::ConnectionMethod, vault::opener};
    use tokio_util::sync::CancellationToken;
    use transport::Network;

    struct NoPractice;

    impl Practice for NoPractice {
        fn start(&self, _folder: PathBuf) -> Starting {
            Box::pin(async { Err(Failure::new("practice_port")) })
        }
    }

    fn create(name: &str) -> Action {
        Action::Create {
            name: name.to_owned(),
            world: World::Real,
            repair: false,
            aws_role: true,
            nops_role: true,
        }
    }

    fn report(opening: u32, profile: &str) -> Message {
        let profile = Profile {
            name: profile.to_owned(),
            region: None,
            portal: None,
            command: None,
            problem: None,
        };
        Message::Job { opening, report: Report::Profiles(Ok(vec![profile])) }
    }

    fn actor(folder: &std::path::Path) -> (Actor, watch::Receiver<View>) {
        actor_at(folder, Arc::new(Timestamp::now))
    }

    fn actor_at(
        folder: &std::path::Path,
        clock: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    ) -> (Actor, watch::Receiver<View>) {
        let (letters, _inbox) = mpsc::channel(8);
        let (show, views) = watch::channel(View::default());
        let ports = SessionConfig {
            folder: folder.to_owned(),
            clock,
            keychain: opener(None),
            downloads: None,
            practice: Arc::new(NoPractice),
            network: Network::default(),
        };
        let actor = Actor::new(ports, letters.downgrade(), show).unwrap();
        (actor, views)
    }

    #[tokio::test]
    async fn query_publishes_no_view() {
        let folder = tempfile::tempdir().unwrap();
        let (mut actor, views) = actor(folder.path());
        let (reply, created) = oneshot::channel();
        let action = Box::new(create("One customer"));
        actor.read(Message::Act { action, reply }).await;
        created.await.unwrap().unwrap();
        let shown = views.borrow().revision;
        assert_eq!(shown, 1, "an action shows one view");
        let (reply, answered) = oneshot::channel();
        let (offset, limit) = (0, 25);
        let question = Message::People { offset, limit, reply };
        actor.read(question).await;
        answered.await.unwrap().unwrap();
        assert_eq!(views.borrow().revision, shown);
    }

    #[tokio::test(start_paused = true)]
    async fn certificate_expires_without_activity() {
        let folder = tempfile::tempdir().unwrap();
        let now = Arc::new(Mutex::new("2030-12-01T12:00:00Z".parse::<Timestamp>().unwrap()));
        let clock = Arc::clone(&now);
        let (mut actor, mut views) =
            actor_at(folder.path(), Arc::new(move || *clock.lock().unwrap()));
        actor.act(create("One customer")).await.unwrap();
        let text = include_str!("../../saml/tests/fixtures/certificate.pem").to_owned();
        let html = None;
        actor.act(Action::Enter { field: Field::IdpCertificate, text, html }).await.unwrap();
        let (letters, inbox) = mpsc::channel(8);
        let running = tokio::spawn(actor.run(inbox));
        let expired = |view: &View| {
            let findings = &view.setup.as_ref().unwrap().findings;
            findings.iter().any(|finding| finding.code == "certificate_expired")
        };
        views.changed().await.unwrap();
        assert!(!expired(&views.borrow_and_update()));
        assert!(timeout(3 * TICK, views.changed()).await.is_err(), "nothing changed");

        *now.lock().unwrap() = "2031-02-01T12:00:00Z".parse().unwrap();
        timeout(2 * TICK, views.changed()).await.unwrap().unwrap();
        assert!(expired(&views.borrow_and_update()));
        drop(letters);
        running.await.unwrap();
    }

    #[tokio::test]
    async fn copied_file_becomes_separate_setup() {
        let folder = tempfile::tempdir().unwrap();
        let (mut actor, views) = actor(folder.path());
        actor.act(create("One customer")).await.unwrap();
        let original = actor.open.as_ref().unwrap().held.name();
        actor.act(Action::Close).await.unwrap();
        let copy = |name: &str| {
            let file = folder.path().join(format!("{original}.json"));
            std::fs::copy(file, folder.path().join(format!("{name}.json"))).unwrap();
        };
        let listed = async |actor: &mut Actor| {
            actor.look_at_shelf().await;
            actor.publish().await;
            let view = views.borrow();
            view.shelf.iter().map(|card| (card.id.clone(), card.duplicate)).collect::<Vec<_>>()
        };
        copy("conflicted copy");
        let both = listed(&mut actor).await;
        assert!(both.contains(&(original.clone(), false)));
        assert!(both.contains(&("conflicted copy".to_owned(), true)));

        actor.act(Action::Resume { id: "conflicted copy".to_owned() }).await.unwrap();
        let own = actor.open.as_ref().unwrap().held.name();
        assert_ne!(own, original);
        assert!(listed(&mut actor).await.iter().all(|(_, copied)| !copied));

        copy("another copy");
        actor.act(Action::Delete { id: "another copy".to_owned() }).await.unwrap();
        assert!(actor.is_open(&own), "another setup was deleted");
        let left = listed(&mut actor).await;
        assert_eq!(left.len(), 2);
        assert!(left.contains(&(original, false)));
    }

    #[tokio::test]
    async fn setup_open_elsewhere_keeps_its_secrets() {
        let folder = tempfile::tempdir().unwrap();
        let (mut actor, _views) = actor(folder.path());
        actor.act(create("One customer")).await.unwrap();
        let id = actor.open.as_ref().unwrap().id();
        actor.close();
        let key = || vec![(SecretName::NopsApiKey, "key".to_owned().into())];
        actor.vault.keep(id, key(), &Lease::default()).await;
        let elsewhere = Store::open(folder.path()).unwrap().resume(id).unwrap();
        let (reply, deleted) = oneshot::channel();
        let action = Box::new(Action::Delete { id: id.to_string() });
        actor.read(Message::Act { action, reply }).await;
        assert_eq!(deleted.await.unwrap().unwrap_err().code, "setup_held");
        assert!(actor.vault.recall(id, [SecretName::NopsApiKey]).await.is_ok());
        drop(elsewhere);
    }

    #[tokio::test]
    async fn report_of_closed_setup_is_dropped() {
        let folder = tempfile::tempdir().unwrap();
        let (mut actor, views) = actor(folder.path());
        let listed = async |actor: &mut Actor| {
            actor.publish().await;
            let view = views.borrow();
            view.setup.as_ref().unwrap().connection.profiles.len()
        };
        actor.act(create("One customer")).await.unwrap();
        let first = actor.openings;
        actor.act(create("Another customer")).await.unwrap();
        actor.read(report(first, "one-customer")).await;
        assert_eq!(listed(&mut actor).await, 0, "the report of a closed setup is dropped");
        let second = actor.openings;
        actor.read(report(second, "another-customer")).await;
        assert_eq!(listed(&mut actor).await, 1, "reports of the open setup are handled");
    }

    #[tokio::test]
    async fn late_response_of_ended_watch_is_dropped() {
        let folder = tempfile::tempdir().unwrap();
        let (mut actor, _views) = actor(folder.path());
        actor.act(create("One customer")).await.unwrap();
        let opening = actor.openings;
        let watched = |ended: &CancellationToken| {
            let application = Application {
                arn: "arn:aws:sso::123456789012:application/ssoins-0123456789abcdef/apl-0123456789abcdef"
                    .to_owned(),
                name: "nOps".to_owned(),
                kind: ApplicationKind::Oauth,
                account: "123456789012".to_owned(),
                enabled: true,
                visible: true,
                created: None,
                created_from: None,
            };
            let applications = Ok(vec![application]);
            let ended = ended.clone();
            Message::Job { opening, report: Report::Watched { applications, number: 0, ended } }
        };
        let is_known = |actor: &Actor| {
            let facts = &actor.open.as_ref().unwrap().held.setup.facts;
            facts.of(Field::ApplicationArn).is_some()
        };
        let watch = |actor: &mut Actor| {
            let ended = CancellationToken::new();
            actor.open.as_mut().unwrap().watch.cancel = Some(ended.clone());
            ended
        };
        let first = watch(&mut actor);
        actor.act(Action::Disconnect).await.unwrap();
        actor.read(watched(&first)).await;
        assert!(!is_known(&actor), "the response of an ended connection is dropped");
        let second = watch(&mut actor);
        actor.read(watched(&first)).await;
        assert!(!is_known(&actor), "it's dropped while another watch runs, too");
        actor.read(watched(&second)).await;
        assert!(is_known(&actor), "a response to a running watch is used");
    }

    /// Writes a setup file that names this profile, like one from another computer.
    fn received(folder: &std::path::Path, profile: &str) -> Uuid {
        let id = Uuid::new_v4();
        let mut setup = Setup::new(id, "From elsewhere", World::Real, Timestamp::now());
        setup.way = ConnectionMethod::Profile { name: profile.to_owned() };
        std::fs::write(folder.join(format!("{id}.json")), setup.to_json().unwrap()).unwrap();
        id
    }

    /// Returns whether the open setup waits for consent, and whether it's connecting.
    fn waits_or_connects(actor: &Actor) -> (bool, bool) {
        let open = actor.open.as_ref().unwrap();
        (open.aws.unconfirmed, open.job.is_some())
    }

    #[tokio::test]
    async fn profile_from_elsewhere_waits_for_consent() {
        let folder = tempfile::tempdir().unwrap();
        let (mut actor, _views) = actor(folder.path());
        let id = received(folder.path(), "no-such-profile");
        let resume = |id: &str| Action::Resume { id: id.to_owned() };
        actor.act(resume(&id.to_string())).await.unwrap();
        assert_eq!(waits_or_connects(&actor), (true, false));
        let looked = actor.act(Action::Look).await.unwrap_err();
        assert_eq!(looked.code, "connection_unconfirmed");
        assert_eq!(waits_or_connects(&actor), (true, false));

        let profile = "no-such-profile".to_owned();
        actor.act(Action::ConnectProfile { profile }).await.unwrap();
        assert_eq!(waits_or_connects(&actor), (false, true));
        actor.act(Action::Close).await.unwrap();
        actor.act(resume(&id.to_string())).await.unwrap();
        assert_eq!(waits_or_connects(&actor), (false, true), "local profiles need no consent");
        actor.act(Action::Close).await.unwrap();

        let file = |name: &str| folder.path().join(name);
        std::fs::copy(file(&format!("{id}.json")), file("copy.json")).unwrap();
        actor.act(resume("copy")).await.unwrap();
        assert_eq!(waits_or_connects(&actor), (true, false), "a copied file needs consent");
    }

    #[tokio::test]
    async fn disconnect_removes_profile_from_elsewhere() {
        let folder = tempfile::tempdir().unwrap();
        let (mut actor, _views) = actor(folder.path());
        let id = received(folder.path(), "no-such-profile");
        actor.act(Action::Resume { id: id.to_string() }).await.unwrap();
        actor.act(Action::Disconnect).await.unwrap();
        assert_eq!(waits_or_connects(&actor), (false, false));
        actor.act(Action::Close).await.unwrap();
        actor.act(Action::Resume { id: id.to_string() }).await.unwrap();
        assert_eq!(
            waits_or_connects(&actor),
            (false, false),
            "the setup no longer names a profile"
        );
    }

    #[tokio::test]
    async fn deleted_setup_keeps_no_late_secret() {
        let folder = tempfile::tempdir().unwrap();
        let (mut actor, _views) = actor(folder.path());
        actor.act(create("One customer")).await.unwrap();
        let open = actor.open.as_ref().unwrap();
        let (id, late) = (open.id(), open.aws.lease.clone());
        actor.act(Action::Close).await.unwrap();
        let key = || vec![(SecretName::SignInToken, "late".to_owned().into())];
        actor.vault.keep(id, key(), &late).await;
        assert!(
            actor.vault.recall(id, [SecretName::SignInToken]).await.is_ok(),
            "a closed setup keeps its secrets"
        );
        drop(actor.act(Action::Delete { id: id.to_string() }).await.unwrap());
        actor.vault.forget(id, &SecretName::ALL).await.unwrap();
        actor.vault.keep(id, key(), &late).await;
        assert!(actor.vault.recall(id, [SecretName::SignInToken]).await.is_err());
    }

    #[tokio::test]
    async fn secrets_in_names_are_rejected() {
        let folder = tempfile::tempdir().unwrap();
        let (mut actor, _views) = actor(folder.path());
        actor.act(create("One customer")).await.unwrap();
        let key = || "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY".to_owned();
        let person = |given_name, email| Action::AddPerson {
            given_name,
            family_name: "Lima".to_owned(),
            email,
            user_name: None,
        };
        let id = actor.open.as_ref().unwrap().held.name();
        for action in [
            create(&key()),
            Action::Rename { id, name: format!("Example {}", key()) },
            Action::Declare { field: Field::PeopleNeededBy, value: key() },
            Action::ChooseTester { who: key() },
            Action::ChooseGroup { group: people::GroupChoice::New { name: key() } },
            Action::ConnectProfile { profile: key() },
            person(key(), "ana@example.com".to_owned()),
            person("Ana".to_owned(), format!("{}@example.com", key())),
            Action::AddPeople { csv: format!("Ana,{},{}", "AKIAIOSFODNN7EXAMPLE", key()) },
        ] {
            let refused = actor.act(action).await.unwrap_err();
            assert_eq!(refused.code, "secret");
        }
        let setup = actor.open.as_ref().unwrap().held.setup.to_json().unwrap();
        assert!(!String::from_utf8(setup).unwrap().contains("wJalr"));
    }
}
