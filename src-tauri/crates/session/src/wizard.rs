//! The handle that the window and the command line hold.

use std::{path::PathBuf, time::Duration};

use tokio::sync::{mpsc, oneshot, watch};

use super::{
    Action, Failure, View,
    actor::{Actor, Message},
    config::SessionConfig,
    document::Document,
    view::PeoplePage,
};
use setup::{Copyable, Page};

/// A running wizard. Clones talk to the same actor; it stops when the last one is dropped.
#[derive(Clone)]
pub struct Wizard {
    inbox: mpsc::Sender<Message>,
    views: watch::Receiver<View>,
}

impl Wizard {
    /// Starts a wizard on the present tokio runtime.
    pub fn start(ports: SessionConfig) -> Result<Self, Failure> {
        let (inbox, letters) = mpsc::channel(64);
        let (show, views) = watch::channel(View::default());
        let actor = Actor::new(ports, inbox.downgrade(), show)?;
        tokio::spawn(actor.run(letters));
        Ok(Self { inbox, views })
    }

    /// Every view from now on, the present one first.
    pub fn views(&self) -> watch::Receiver<View> {
        self.views.clone()
    }

    /// The revision of the newest view.
    pub fn revision(&self) -> u32 {
        self.views.borrow().revision
    }

    /// Does what a person asks for. Long work goes on behind it and shows in the views.
    pub async fn act(&self, action: Action) -> Result<(), Failure> {
        self.ask(|reply| Message::Act { action: Box::new(action), reply }).await
    }

    /// Reads a file that was dropped or chosen, whatever it is.
    pub async fn import(&self, file: PathBuf) -> Result<(), Failure> {
        self.import_all(vec![file]).await
    }

    /// Reads files that were dropped at once. Where several of them can be used, the view asks which.
    pub async fn import_all(&self, files: Vec<PathBuf>) -> Result<(), Failure> {
        self.ask(|reply| Message::Import { files, reply }).await
    }

    /// A page of the people listed in step 9.
    pub async fn people(&self, offset: u32, limit: u32) -> Result<PeoplePage, Failure> {
        self.ask(|reply| Message::People { offset, limit, reply }).await
    }

    /// The text that is copied for `what`.
    pub async fn text(&self, what: Copyable) -> Result<String, Failure> {
        self.ask(|reply| Message::Text { what, reply }).await
    }

    /// A file's proposed name and content.
    pub async fn document(&self, document: Document) -> Result<(String, Vec<u8>), Failure> {
        self.ask(|reply| Message::Document { document, reply }).await
    }

    /// The person saved this file. Only a window may say so: it knows where it went.
    pub async fn saved(&self, document: Document) -> Result<(), Failure> {
        self.ask(|reply| Message::Saved { document, reply }).await
    }

    /// The address to open for `page`.
    pub async fn address(&self, page: Page) -> Result<String, Failure> {
        self.ask(|reply| Message::Address { page, reply }).await
    }

    /// Asks every run to stop, waits for its end and closes the setup, all within `limit`. What isn't done by
    /// then is cut off: the change history has each call's intent, and the next start looks it up in AWS.
    pub async fn quit(&self, limit: Duration) {
        let stop = async {
            let mut views = self.views();
            // Without an open setup there's nothing to cancel or close.
            let _none = self.act(Action::Cancel).await;
            let idle = |view: &View| view.setup.as_ref().is_none_or(|setup| setup.job.is_none());
            drop(views.wait_for(idle).await);
            let _none = self.act(Action::Close).await;
        };
        let _late = tokio::time::timeout(limit, stop).await;
    }

    async fn ask<T>(
        &self,
        letter: impl FnOnce(oneshot::Sender<Result<T, Failure>>) -> Message,
    ) -> Result<T, Failure> {
        let gone = || Failure::new("wizard_gone");
        let (reply, answer) = oneshot::channel();
        self.inbox.send(letter(reply)).await.map_err(|_| gone())?;
        answer.await.map_err(|_| gone())?
    }
}
