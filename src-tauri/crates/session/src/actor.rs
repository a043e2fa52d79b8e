//! Handles messages one at a time and publishes a view after each change. Slow work runs in
//! background jobs, which send their reports as messages.

mod handover;
mod recheck;

use std::{path::PathBuf, sync::Arc, time::Duration};

use tokio::{
    sync::{mpsc, oneshot, watch},
    time::{MissedTickBehavior, interval, timeout},
};
use uuid::Uuid;

use self::recheck::RunningCheck;
use super::{
    Action, Failure, View,
    action::{RecheckAction, SetupAction},
    blocking::{on_disk, on_parser_thread, on_user_disk},
    config::SessionConfig,
    document::Document,
    jobs::{JobContext, JobReport},
    recheck::{FinishedSetup, load_record},
    setup_session::SetupSession,
    view::PeoplePage,
    view_builder,
};
use changes::History;
use setup::{CopyableValue, Page, lane, template::copied_choices};
use storage::{
    store::{DeleteGuard, OpenSetup, Setup, SetupKind, SetupReference, Store, StoreError},
    vault::{SecretLease, SecretName, SecretStore, VaultError},
};

/// How long to wait for the user to unlock the keychain before a setup is deleted.
const UNLOCKING: Duration = Duration::from_secs(60);

/// The interval for recomputing the view without a message, because certificates can expire at any
/// time.
const TICK: Duration = Duration::from_secs(60);

pub(super) enum Message {
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
        what: CopyableValue,
        reply: Reply<String>,
    },
    Document {
        document: Document,
        reply: Reply<(String, Vec<u8>)>,
    },
    /// A file was saved where the user chose.
    Saved {
        document: Document,
        file: String,
        reply: Reply<()>,
    },
    Address {
        page: Page,
        reply: Reply<String>,
    },
    /// A job made progress or ended. `opening` identifies the opened setup that the job belongs to.
    Job {
        opening: u32,
        report: JobReport,
    },
    /// The keychain probe has finished.
    Keychain,
    /// The secrets of a setup that is being deleted were removed, or couldn't be removed.
    Forgotten {
        claim: DeleteGuard,
        forgotten: Result<(), VaultError>,
        reply: Reply<()>,
    },
    /// The check of a setup that isn't open has ended.
    Rechecked {
        result: Result<(), Failure>,
        reply: Reply<()>,
    },
}

/// Whether an action is done, or continues in the background and replies later.
#[derive(Debug)]
enum Done {
    Now,
    /// The secrets of a setup that is being deleted are removed first.
    RemoveSecrets(Uuid, DeleteGuard),
    Recheck(Uuid, String, Box<FinishedSetup>),
}

type Reply<T> = oneshot::Sender<Result<T, Failure>>;

pub(super) struct Actor {
    ports: SessionConfig,
    store: Store,
    vault: Arc<SecretStore>,
    open: Option<SetupSession>,
    /// The number of times a setup was opened. Identifies the current opening.
    openings: u32,
    /// The leases of closed setups.
    leases: Vec<(Uuid, SecretLease)>,
    letters: mpsc::WeakSender<Message>,
    show: watch::Sender<View>,
    revision: u32,
    checks: Vec<RunningCheck>,
    /// The setups on this computer when the folder was last read.
    setups: view_builder::SetupCards,
    /// Why the last file couldn't be opened while no setup was open.
    refused: Option<Failure>,
}

impl Actor {
    pub(super) fn new(
        ports: SessionConfig,
        letters: mpsc::WeakSender<Message>,
        show: watch::Sender<View>,
    ) -> Result<Self, Failure> {
        let store = Store::open(ports.folder.clone())?;
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
            checks: Vec::new(),
            setups: view_builder::SetupCards::default(),
            refused: None,
        })
    }

    pub(super) async fn run(mut self, mut letters: mpsc::Receiver<Message>) {
        self.check_keychain();
        self.list_setups().await;
        self.publish().await;
        let mut ticks = interval(TICK);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                letter = letters.recv() => match letter {
                    Some(letter) => self.handle_message(letter).await,
                    None => return,
                },
                _ = ticks.tick() => self.publish_changed().await,
            }
        }
    }

    /// Handles a message. Publishes the view before replying to any message that can change the
    /// state. Queries don't change anything.
    async fn handle_message(&mut self, letter: Message) {
        // It isn't an error if the caller no longer waits for the reply.
        match letter {
            Message::Act { action, reply } => {
                let changes_list = action.changes_list();
                let done = self.act(*action).await;
                if changes_list {
                    self.list_setups().await;
                }
                self.publish().await;
                match done {
                    Ok(Done::Now) => drop(reply.send(Ok(()))),
                    Ok(Done::RemoveSecrets(id, claim)) => self.remove_secrets(id, claim, reply),
                    Ok(Done::Recheck(id, name, setup)) => self.recheck(id, name, setup, reply),
                    Err(failure) => drop(reply.send(Err(failure))),
                }
            }
            Message::Forgotten { claim, forgotten, reply } => {
                let deleted = match forgotten {
                    Ok(()) => on_disk(|| claim.delete()).await,
                    Err(error) => Err(Failure::new(error.code())),
                };
                self.list_setups().await;
                self.publish().await;
                let _gone = reply.send(deleted);
            }
            Message::Rechecked { result, reply } => {
                self.checks.retain(|check| !check.task.is_finished());
                self.list_setups().await;
                self.publish().await;
                let _gone = reply.send(result);
            }
            Message::Keychain => self.publish().await,
            Message::Import { files, reply } => {
                let done = self.import(files).await;
                self.publish().await;
                let _gone = reply.send(done);
            }
            Message::People { offset, limit, reply } => {
                let _gone = reply.send(
                    self.open_session().map(|open| open.people.page(&open.cx, offset, limit)),
                );
            }
            Message::Text { what, reply } => {
                let _gone = reply.send(self.open_session().and_then(|open| open.text(&what)));
            }
            Message::Document { document, reply } => {
                let _gone = reply.send(self.opened_mut().and_then(|open| open.document(document)));
            }
            Message::Saved { document, file, reply } => {
                let saved = self.opened_mut().map(|open| open.saved(&document, file));
                self.publish().await;
                let _gone = reply.send(saved);
            }
            Message::Address { page, reply } => {
                let address = match &mut self.open {
                    Some(open) => open.open_page(&page),
                    None => Err(Failure::new("no_setup")),
                };
                self.publish().await;
                let _gone = reply.send(address);
            }
            Message::Job { opening, report } => {
                if let Some(open) = self.open.as_mut().filter(|_| opening == self.openings) {
                    open.report(report).await;
                }
                self.publish().await;
            }
        }
    }

    async fn act(&mut self, action: Action) -> Result<Done, Failure> {
        self.refused = None;
        if action.is_too_long() {
            return Err(Failure::new("text_too_long"));
        }
        let (action, secret) = on_parser_thread(move || {
            let secret = action.secret();
            (action, secret)
        })
        .await?;
        if let Some(secret) = secret {
            return Err(Failure::new("secret").with("kind", secret.code()));
        }
        let Action::Setup(action) = action else {
            return self.opened_mut()?.act(action).await.map(|()| Done::Now);
        };
        self.act_on_setups(action).await
    }

    async fn act_on_setups(&mut self, action: SetupAction) -> Result<Done, Failure> {
        let done = match action {
            SetupAction::Create { name, world, repair, aws_role, nops_role } => {
                let mut setup = Setup::new(Uuid::new_v4(), name, world, (self.ports.clock)());
                setup.repair = repair;
                setup.aws_role = aws_role;
                setup.nops_role = nops_role;
                self.create(setup).await
            }
            SetupAction::CreateFrom { id, name } => self.create_from(id, name).await,
            SetupAction::Resume { id } => self.resume(&id).await,
            SetupAction::Close => {
                self.may_close()?;
                self.flush().await;
                self.close();
                Ok(())
            }
            SetupAction::Rename { id, name } => {
                let name = name.trim();
                if name.is_empty() {
                    return Err(Failure::new("name_empty"));
                }
                match &mut self.open {
                    Some(open) if open.cx.held.name() == id => {
                        open.rename(name);
                        Ok(())
                    }
                    _ => {
                        self.end_check(&id).await;
                        let id = self.resolve_own_id(&id).await?;
                        let (store, name) = (self.store.clone(), name.to_owned());
                        let now = (self.ports.clock)();
                        on_disk(move || store.rename(id, &name, now)).await
                    }
                }
            }
            SetupAction::Check { id } if self.is_open(&id) => {
                self.opened_mut()?.act(RecheckAction::CheckNow.into()).await
            }
            SetupAction::Check { id } => {
                self.end_check(&id).await;
                let (store, name) = (self.store.clone(), id.clone());
                let held = on_disk(move || store.open_listed(&name)).await?;
                let own = held.setup.id;
                let setup = Box::new(FinishedSetup::held(held));
                return Ok(Done::Recheck(own, id, setup));
            }
            SetupAction::Delete { id } => {
                self.end_check(&id).await;
                if self.is_open(&id) {
                    self.may_close()?;
                    self.close();
                }
                match self.find_setup(id).await? {
                    SetupReference::Copy(file) => {
                        let store = self.store.clone();
                        on_disk(move || store.delete_copy(&file)).await
                    }
                    SetupReference::Own(id) => {
                        let store = self.store.clone();
                        let claim = on_disk(move || store.lock_for_deletion(id)).await?;
                        self.end_leases(id);
                        return Ok(Done::RemoveSecrets(id, claim));
                    }
                }
            }
        };
        done.map(|()| Done::Now)
    }

    /// Creates a setup with another setup's names and choices, but without its values, people and
    /// evidence.
    async fn create_from(&mut self, id: String, name: String) -> Result<(), Failure> {
        let store = self.store.clone();
        let (_, source) = on_disk(move || store.read(&id)).await?;
        let now = (self.ports.clock)();
        let mut setup = Setup::new(Uuid::new_v4(), name, source.world, now);
        setup.aws_role = source.aws_role;
        setup.nops_role = source.nops_role;
        setup.facts = copied_choices(&source.facts, now);
        setup.people.group =
            people::GroupChoice::New { name: source.people.group.name().to_owned() };
        self.create(setup).await
    }

    async fn create(&mut self, mut setup: Setup) -> Result<(), Failure> {
        setup.name = setup.name.trim().to_owned();
        if setup.name.is_empty() {
            return Err(Failure::new("name_empty"));
        }
        self.may_close()?;
        if setup.world == SetupKind::Practice {
            setup.name = self.setups.distinct_name(&setup.name);
        }
        // A repair starts by comparing existing values. Other setups start with the user's first
        // task.
        setup.current = match setup.repair {
            true => setup::Step::Start,
            false => lane::first_step(setup.lane()),
        };
        let store = self.store.clone();
        let held = on_disk(move || store.create(setup)).await?;
        self.replace_open_setup(held, false).await
    }

    async fn resume(&mut self, id: &str) -> Result<(), Failure> {
        if self.is_open(id) {
            return Ok(());
        }
        self.may_close()?;
        self.end_check(id).await;
        let id = self.resolve_own_id(id).await?;
        let store = self.store.clone();
        let (held, is_confirmed) = on_disk(move || {
            let held = store.load_and_open(id)?;
            let is_confirmed = held.is_connection_confirmed();
            Ok::<_, StoreError>((held, is_confirmed))
        })
        .await?;
        self.replace_open_setup(held, is_confirmed).await
    }

    async fn replace_open_setup(
        &mut self,
        held: OpenSetup,
        is_confirmed: bool,
    ) -> Result<(), Failure> {
        self.flush().await;
        self.close();
        let practice = match held.setup.world {
            SetupKind::Practice => {
                let folder = self.store.practice_path(held.setup.id);
                Some(self.ports.practice.start(folder, held.setup.repair).await?)
            }
            SetupKind::Real => None,
        };
        self.openings = self.openings.wrapping_add(1);
        let (file, hold) = (self.store.journal_path(held.setup.id), held.write_guard());
        let journal = on_disk(move || History::open_with_write_guard(file, hold)).await?;
        let setup_file = held.path().to_owned();
        let record = on_user_disk(move || load_record(&setup_file)).await.flatten();
        let mut open = SetupSession::new(
            held,
            self.ports.clone(),
            Arc::clone(&self.vault),
            JobContext { letters: self.letters.clone(), opening: self.openings },
            practice,
            journal,
        );
        open.show_record(record);
        open.resume_rotation();
        open.reconnect(is_confirmed);
        self.open = Some(open);
        Ok(())
    }

    /// Returns an error while changes are being made, so that the user sees how they end.
    fn may_close(&self) -> Result<(), Failure> {
        let Some(open) = &self.open else { return Ok(()) };
        match &open.cx.job {
            Some(job) if job.kind.writes_history() => Err(Failure::new("changes_running")
                .with("setup", &open.cx.held.setup.name)
                .with("job", <&str>::from(job.kind))),
            Some(_) | None => Ok(()),
        }
    }

    fn close(&mut self) {
        if let Some(open) = self.open.take() {
            let id = open.cx.id();
            self.leases.extend(open.close().map(|lease| (id, lease)));
        }
    }

    /// Ends a setup's leases, so that its remaining tasks don't keep secrets.
    fn end_leases(&mut self, setup: Uuid) {
        for (_, lease) in self.leases.extract_if(.., |(id, _)| *id == setup) {
            lease.end();
        }
    }

    fn open_session(&self) -> Result<&SetupSession, Failure> {
        self.open.as_ref().ok_or_else(|| Failure::new("no_setup"))
    }

    fn opened_mut(&mut self) -> Result<&mut SetupSession, Failure> {
        self.open.as_mut().ok_or_else(|| Failure::new("no_setup"))
    }

    fn is_open(&self, name: &str) -> bool {
        self.open.as_ref().is_some_and(|open| open.cx.held.name() == name)
    }

    /// Returns the ID of the setup with this name in the list. A copy first gets its own ID.
    async fn resolve_own_id(&self, name: &str) -> Result<Uuid, Failure> {
        match self.find_setup(name.to_owned()).await? {
            SetupReference::Own(id) => Ok(id),
            SetupReference::Copy(file) => {
                let id = Uuid::new_v4();
                let (store, now) = (self.store.clone(), (self.ports.clock)());
                on_disk(move || store.adopt(&file, id, now)).await?;
                Ok(id)
            }
        }
    }

    async fn find_setup(&self, name: String) -> Result<SetupReference, Failure> {
        let store = self.store.clone();
        on_disk(move || store.find_by_name(&name)).await
    }

    /// Checks the keychain in the background, because the keychain may hang or prompt the user.
    fn check_keychain(&self) {
        let (vault, letters) = (Arc::clone(&self.vault), self.letters.clone());
        tokio::spawn(async move {
            vault.check_keychain().await;
            if let Some(letters) = letters.upgrade() {
                let _gone = letters.send(Message::Keychain).await;
            }
        });
    }

    /// Removes the secrets of a setup that is being deleted. The setup is already locked, and its
    /// file is deleted afterward.
    fn remove_secrets(&self, id: Uuid, claim: DeleteGuard, reply: Reply<()>) {
        let (vault, letters) = (Arc::clone(&self.vault), self.letters.clone());
        tokio::spawn(async move {
            let forgetting = vault.remove_secrets(id, SecretName::ALL);
            let forgotten = timeout(UNLOCKING, forgetting).await.unwrap_or(Err(VaultError::Locked));
            if let Some(letters) = letters.upgrade() {
                let _gone = letters.send(Message::Forgotten { claim, forgotten, reply }).await;
            }
        });
    }

    /// Reads every setup and its progress. This is too slow to do after each job report.
    async fn list_setups(&mut self) {
        self.flush().await;
        let (store, now) = (self.store.clone(), (self.ports.clock)());
        let open = self.open.as_ref().map(|open| (open.cx.held.name(), open.cx.history.clone()));
        let setups = on_disk(move || view_builder::setup_cards(&store, open.as_ref(), now)).await;
        // If the folder can't be read, the user sees the error when opening or creating a setup.
        if let Ok(setups) = setups {
            self.setups = setups;
        }
    }

    async fn flush(&mut self) {
        if let Some(open) = &mut self.open {
            open.cx.flush().await;
        }
    }

    async fn publish(&mut self) {
        self.flush().await;
        self.revision = self.revision.wrapping_add(1);
        self.show.send_replace(self.view());
    }

    /// Publishes the view if it changed because time passed.
    async fn publish_changed(&mut self) {
        let changed = self.view() != *self.show.borrow();
        if changed {
            self.publish().await;
        }
    }

    fn view(&self) -> View {
        view_builder::build_view(
            self.revision,
            &self.setups,
            self.vault.keychain(),
            self.refused.as_ref(),
            self.open.as_ref(),
        )
    }
}

#[cfg(test)]
mod tests;
