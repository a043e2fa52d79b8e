//! The wizard, as used by the window and the command line.

use std::{path::PathBuf, time::Duration};

use tokio::sync::{mpsc, oneshot, watch};

use super::{
    Action, Failure, View,
    action::{JobAction, SetupAction},
    actor::{Actor, Message},
    config::SessionConfig,
    document::Document,
    view::PeoplePage,
};
use setup::{CopyableValue, Page};

/// A handle to a running wizard. Clones share one actor, which stops when the last clone is
/// dropped.
#[derive(Clone)]
pub struct Wizard {
    inbox: mpsc::Sender<Message>,
    views: watch::Receiver<View>,
}

impl Wizard {
    /// Starts a wizard on the current tokio runtime.
    pub fn start(ports: SessionConfig) -> Result<Self, Failure> {
        let (inbox, letters) = mpsc::channel(64);
        let (show, views) = watch::channel(View::default());
        let actor = Actor::new(ports, inbox.downgrade(), show)?;
        tokio::spawn(actor.run(letters));
        Ok(Self { inbox, views })
    }

    /// Returns a receiver of views, starting with the current one.
    pub fn views(&self) -> watch::Receiver<View> {
        self.views.clone()
    }

    /// Returns the revision of the newest view.
    pub fn revision(&self) -> u32 {
        self.views.borrow().revision
    }

    /// Performs an action. Longer work continues in the background, and later views show its
    /// result.
    pub async fn act(&self, action: impl Into<Action>) -> Result<(), Failure> {
        let action = action.into();
        self.send_request(|reply| Message::Act { action: Box::new(action), reply }).await
    }

    /// Reads a dropped or chosen file of any kind.
    pub async fn import(&self, file: PathBuf) -> Result<(), Failure> {
        self.import_all(vec![file]).await
    }

    /// Reads files that were dropped together. If several files can be used, the view offers a
    /// choice.
    pub async fn import_all(&self, files: Vec<PathBuf>) -> Result<(), Failure> {
        self.send_request(|reply| Message::Import { files, reply }).await
    }

    /// Returns a page of the people in step 9.
    pub async fn people(&self, offset: u32, limit: u32) -> Result<PeoplePage, Failure> {
        self.send_request(|reply| Message::People { offset, limit, reply }).await
    }

    pub async fn text(&self, what: CopyableValue) -> Result<String, Failure> {
        self.send_request(|reply| Message::Text { what, reply }).await
    }

    /// Returns the proposed name and the content of a document.
    pub async fn document(&self, document: Document) -> Result<(String, Vec<u8>), Failure> {
        self.send_request(|reply| Message::Document { document, reply }).await
    }

    /// Records that the user saved this document as `file`. Only the window calls this, because
    /// only the window knows whether the file was saved.
    pub async fn saved(&self, document: Document, file: &str) -> Result<(), Failure> {
        let file = file.to_owned();
        self.send_request(|reply| Message::Saved { document, file, reply }).await
    }

    pub async fn address(&self, page: Page) -> Result<String, Failure> {
        self.send_request(|reply| Message::Address { page, reply }).await
    }

    /// Cancels the running job, waits until it ends and closes the setup, all within `limit`. Work
    /// that hasn't ended by then is aborted. The change history records each call before it's made,
    /// and the next start checks in AWS whether it was made.
    pub async fn quit(&self, limit: Duration) {
        let stop = async {
            let mut views = self.views();
            // If no setup is open, there is nothing to cancel or close.
            let _none = self.act(JobAction::Cancel).await;
            let idle = |view: &View| view.setup.as_ref().is_none_or(|setup| setup.job.is_none());
            drop(views.wait_for(idle).await);
            let _none = self.act(SetupAction::Close).await;
        };
        let _late = tokio::time::timeout(limit, stop).await;
    }

    async fn send_request<T>(
        &self,
        letter: impl FnOnce(oneshot::Sender<Result<T, Failure>>) -> Message,
    ) -> Result<T, Failure> {
        let gone = || Failure::new("wizard_gone");
        let (reply, answer) = oneshot::channel();
        self.inbox.send(letter(reply)).await.map_err(|_| gone())?;
        answer.await.map_err(|_| gone())?
    }
}
