//! The folder of downloads: while somebody wants it watched, what arrives there is offered.

use std::{sync::Arc, time::Duration};

use jiff::Timestamp;
use tokio_util::sync::CancellationToken;

use super::SetupSession;
use crate::{
    Failure,
    download_watcher::DownloadWatcher,
    files,
    jobs::{self, JobContext, Report},
    reading::off_actor,
    view::DownloadsState,
};
use setup::{Step, input};

/// What time it is.
type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// How long between two looks at the folder.
const PAUSE: Duration = Duration::from_secs(1);

/// Watching the folder of downloads.
#[derive(Default)]
pub(crate) struct Downloads {
    /// Stops it.
    cancel: Option<CancellationToken>,
    /// It was watched, and can't be read any more.
    lost: bool,
    /// What is offered arrived there.
    pub(crate) arrived: bool,
}

impl SetupSession {
    /// Whether the folder is watched, or can be.
    pub(crate) fn downloads_state(&self) -> DownloadsState {
        match (&self.ports.downloads, &self.downloads.cancel) {
            (None, _) => DownloadsState::None,
            (Some(_), Some(_)) => DownloadsState::Watched,
            (Some(_), None) if self.downloads.lost => DownloadsState::Lost,
            (Some(_), None) => DownloadsState::Off,
        }
    }

    /// Watches the folder until the step is left.
    pub(super) async fn watch_downloads(&mut self) -> Result<(), Failure> {
        let unreadable = || Failure::new("downloads");
        let folder = self.ports.downloads.clone().ok_or_else(unreadable)?;
        if self.downloads.cancel.is_some() {
            return Ok(());
        }
        let begun = tokio::task::spawn_blocking(move || DownloadWatcher::of(&folder)).await;
        let arrivals = begun.map_err(|_| unreadable())?.map_err(|_| unreadable())?;
        let cancel = CancellationToken::new();
        let clock = Arc::clone(&self.ports.clock);
        tokio::spawn(watch(arrivals, clock, self.inbox.clone(), cancel.clone()));
        self.downloads = Downloads { cancel: Some(cancel), ..Downloads::default() };
        Ok(())
    }

    /// Leaves the folder alone again.
    pub(super) fn leave_downloads(&mut self) {
        if let Some(cancel) = self.downloads.cancel.take() {
            cancel.cancel();
        }
        self.downloads.lost = false;
        if std::mem::take(&mut self.downloads.arrived) {
            self.offers.clear();
        }
    }

    /// A file arrived: what can be used in it is offered, and nothing is taken.
    pub(super) fn arrived(&mut self, offers: Vec<input::Offer>) {
        if self.downloads.cancel.is_none() {
            return;
        }
        for offer in offers {
            if !self.offers.iter().any(|known| known.id() == offer.id()) {
                self.downloads.arrived = true;
                self.offers.push(offer);
            }
        }
    }

    /// The folder can't be read any more.
    pub(super) fn downloads_lost(&mut self) {
        self.downloads.lost = self.downloads.cancel.take().is_some();
    }
}

async fn watch(
    mut arrivals: DownloadWatcher,
    clock: Clock,
    inbox: JobContext,
    stop: CancellationToken,
) {
    loop {
        tokio::select! {
            () = tokio::time::sleep(PAUSE) => {}
            () = stop.cancelled() => return,
        }
        let looked = tokio::task::spawn_blocking(move || {
            let complete = arrivals.look();
            (arrivals, complete)
        });
        let Ok((again, Ok(complete))) = looked.await else {
            jobs::tell(&inbox, Report::DownloadsLost).await;
            return;
        };
        arrivals = again;
        for file in complete {
            let (name, now) = (files::name(&file), clock());
            // What can't be read after all is nothing to offer; it can still be chosen, and says why then.
            let Ok(bytes) = files::read_beside(file).await else { continue };
            let read = move || input::imported(&name, &bytes, Step::Application, now).into_offers();
            if let Ok(offers) = off_actor(read).await {
                jobs::tell(&inbox, Report::Arrived(offers)).await;
            }
        }
    }
}
