//! The actor: one letter after the other, then a new view. Everything slow runs beside it as a job
//! and comes back as a letter.

use std::path::PathBuf;

use tokio::sync::{mpsc, oneshot, watch};
use uuid::Uuid;

use super::{
    Action, Failure, View, document::Document, jobs::Report, open::Open, ports::Ports, present,
    view::PeoplePage,
};
use crate::{
    setup::{Copyable, Page},
    store::{Setup, Shelf, Store, StoreError, World},
    vault::{self, Vault},
};

/// A letter to the actor.
pub(super) enum Message {
    /// A person asks for something.
    Act {
        action: Box<Action>,
        reply: Reply<()>,
    },
    /// A file was dropped or chosen.
    Import { file: PathBuf, reply: Reply<()> },
    /// Rows of people.
    People {
        offset: u32,
        limit: u32,
        reply: Reply<PeoplePage>,
    },
    /// A text to copy.
    Text {
        what: Copyable,
        reply: Reply<String>,
    },
    /// A file to save.
    Document {
        document: Document,
        reply: Reply<(String, Vec<u8>)>,
    },
    /// An address to open.
    Address { page: Page, reply: Reply<String> },
    /// A job got on, or ended.
    Job(Report),
}

type Reply<T> = oneshot::Sender<Result<T, Failure>>;

/// Where jobs send their reports. Weak, so that a running job does not keep the actor alive.
pub(super) type Inbox = mpsc::WeakSender<Message>;

pub(super) struct Actor {
    ports: Ports,
    store: Store,
    vault: std::sync::Arc<Vault>,
    keychain: vault::Keychain,
    open: Option<Open>,
    inbox: Inbox,
    show: watch::Sender<View>,
    revision: u32,
    shelf: Result<Shelf, StoreError>,
}

impl Actor {
    pub(super) fn new(
        ports: Ports,
        inbox: Inbox,
        show: watch::Sender<View>,
    ) -> Result<Self, Failure> {
        let store =
            Store::open(ports.folder.clone()).map_err(|error| Failure::new(error.code()))?;
        let vault = std::sync::Arc::new(Vault::new(ports.keychain.clone()));
        Ok(Self {
            ports,
            store,
            vault,
            keychain: vault::Keychain::Missing,
            open: None,
            inbox,
            show,
            revision: 0,
            shelf: Ok(Shelf::default()),
        })
    }

    pub(super) async fn run(mut self, mut letters: mpsc::Receiver<Message>) {
        self.probe().await;
        self.shelf = self.store.list();
        self.publish();
        while let Some(letter) = letters.recv().await {
            self.read(letter).await;
            self.publish();
        }
    }

    async fn read(&mut self, letter: Message) {
        // A reply that nobody waits for any more is no error.
        match letter {
            Message::Act { action, reply } => {
                let done = self.act(*action).await;
                self.shelf = self.store.list();
                self.publish();
                let _gone = reply.send(done);
            }
            Message::Import { file, reply } => {
                let done = match &mut self.open {
                    Some(open) => open.import(file).await,
                    None => Err(Failure::new("no_setup")),
                };
                self.publish();
                let _gone = reply.send(done);
            }
            Message::People {
                offset,
                limit,
                reply,
            } => {
                let _gone = reply.send(self.opened().map(|open| open.people_page(offset, limit)));
            }
            Message::Text { what, reply } => {
                let _gone = reply.send(self.opened().and_then(|open| open.text(&what)));
            }
            Message::Document { document, reply } => {
                let _gone = reply.send(self.opened().and_then(|open| open.document(document)));
            }
            Message::Address { page, reply } => {
                let _gone = reply.send(self.opened().and_then(|open| open.address(&page)));
            }
            Message::Job(report) => {
                if let Some(open) = &mut self.open {
                    open.report(report);
                }
            }
        }
    }

    async fn act(&mut self, action: Action) -> Result<(), Failure> {
        match action {
            Action::Create {
                name,
                world,
                repair,
                aws_role,
                nops_role,
            } => {
                let name = name.trim().to_owned();
                if name.is_empty() {
                    return Err(Failure::new("name_empty"));
                }
                self.close();
                let mut setup = Setup::new(Uuid::new_v4(), name, world, (self.ports.clock)());
                setup.repair = repair;
                setup.aws_role = aws_role;
                setup.nops_role = nops_role;
                setup.current = crate::setup::Step::Connect;
                let held = self.store.create(setup).map_err(failure)?;
                self.hold(held).await
            }
            Action::Resume { id } => {
                let id = self.id(&id)?;
                if self.open.as_ref().is_some_and(|open| open.id() == id) {
                    return Ok(());
                }
                self.close();
                let held = self.store.resume(id).map_err(failure)?;
                self.hold(held).await
            }
            Action::Close => {
                self.close();
                Ok(())
            }
            Action::Rename { id, name } => {
                let name = name.trim();
                if name.is_empty() {
                    return Err(Failure::new("name_empty"));
                }
                let id = self.id(&id)?;
                match &mut self.open {
                    Some(open) if open.id() == id => open.rename(name),
                    _ => self
                        .store
                        .rename(id, name, (self.ports.clock)())
                        .map_err(failure),
                }
            }
            Action::Delete { id } => {
                let id = self.id(&id)?;
                if self.open.as_ref().is_some_and(|open| open.id() == id) {
                    self.close();
                }
                self.vault
                    .forget_all(id)
                    .map_err(|error| Failure::new(error.code()))?;
                self.store.delete(id).map_err(failure)
            }
            other => match &mut self.open {
                Some(open) => open.act(other).await,
                None => Err(Failure::new("no_setup")),
            },
        }
    }

    async fn hold(&mut self, held: crate::store::Held) -> Result<(), Failure> {
        let practice = match held.setup.world {
            World::Practice => {
                let folder = self.store.practice_path(held.setup.id);
                let started = self.ports.practice.start(folder).await;
                Some(started.map_err(|reason| Failure::new("practice").with("reason", reason))?)
            }
            World::Real => None,
        };
        let journal = self.store.journal_path(held.setup.id);
        let mut open = Open::new(
            held,
            self.ports.clone(),
            std::sync::Arc::clone(&self.vault),
            self.inbox.clone(),
            practice,
            journal,
        )?;
        open.reconnect();
        self.open = Some(open);
        Ok(())
    }

    fn close(&mut self) {
        if let Some(open) = self.open.take() {
            open.close();
        }
    }

    fn opened(&self) -> Result<&Open, Failure> {
        self.open.as_ref().ok_or_else(|| Failure::new("no_setup"))
    }

    fn id(&self, id: &str) -> Result<Uuid, Failure> {
        id.parse().map_err(|_| Failure::new("setup_not_found"))
    }

    /// The keychain may ask the person to unlock it, so it is asked beside the async threads.
    async fn probe(&mut self) {
        let vault = std::sync::Arc::clone(&self.vault);
        if let Ok(found) = tokio::task::spawn_blocking(move || vault.probe()).await {
            self.keychain = found;
        }
    }

    fn publish(&mut self) {
        self.revision = self.revision.wrapping_add(1);
        let view = present::view(
            self.revision,
            &self.shelf,
            self.keychain,
            self.open.as_ref(),
        );
        self.show.send_replace(view);
    }
}

fn failure(error: StoreError) -> Failure {
    Failure::new(error.code())
}

/// Kept here so that jobs need not know the letters.
pub(super) fn letter(report: Report) -> Message {
    Message::Job(report)
}
