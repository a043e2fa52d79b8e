//! Watches the downloads folder if the user turns this on, and offers the files that arrive.

use std::{sync::Arc, time::Duration};

use jiff::Timestamp;
use tokio_util::sync::CancellationToken;

use super::{context::SetupContext, values::ValuesState};
use crate::{
    Failure,
    action::DownloadsAction,
    blocking::{on_parser_thread, on_user_disk},
    download_watcher::DownloadWatcher,
    files,
    jobs::{self, JobContext, JobReport},
    view::DownloadsState,
};
use setup::{Step, input};

type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// The interval between checks of the folder.
const PAUSE: Duration = Duration::from_secs(1);

/// The state of the watch on the downloads folder.
#[derive(Default)]
pub(crate) struct Downloads {
    cancel: Option<CancellationToken>,
    /// The folder was being watched, but can no longer be read.
    lost: bool,
    /// At least one current offer came from the folder.
    pub(crate) arrived: bool,
}

impl ValuesState {
    /// Returns whether the folder is being watched or can be watched.
    pub(crate) fn downloads_state(&self, cx: &SetupContext) -> DownloadsState {
        match (&cx.ports.downloads, &self.downloads.cancel) {
            (None, _) => DownloadsState::None,
            (Some(_), Some(_)) => DownloadsState::Watched,
            (Some(_), None) if self.downloads.lost => DownloadsState::Lost,
            (Some(_), None) => DownloadsState::Off,
        }
    }

    pub(super) async fn act_on_downloads(
        &mut self,
        cx: &SetupContext,
        action: DownloadsAction,
    ) -> Result<(), Failure> {
        match action {
            DownloadsAction::WatchDownloads => self.watch_downloads(cx).await,
            DownloadsAction::LeaveDownloads => {
                self.stop_watching_downloads();
                Ok(())
            }
        }
    }

    /// Watches the folder until the user leaves the step.
    async fn watch_downloads(&mut self, cx: &SetupContext) -> Result<(), Failure> {
        let unreadable = || Failure::new("downloads");
        let folder = cx.ports.downloads.clone().ok_or_else(unreadable)?;
        if self.downloads.cancel.is_some() {
            return Ok(());
        }
        let begun = on_user_disk(move || DownloadWatcher::start(&folder)).await;
        let arrivals = begun.ok_or_else(unreadable)?.map_err(|_| unreadable())?;
        let cancel = CancellationToken::new();
        let clock = Arc::clone(&cx.ports.clock);
        tokio::spawn(watch_folder(arrivals, clock, cx.inbox.clone(), cancel.clone()));
        self.downloads = Downloads { cancel: Some(cancel), ..Downloads::default() };
        Ok(())
    }

    /// Stops watching the folder and removes its offers.
    pub(super) fn stop_watching_downloads(&mut self) {
        if let Some(cancel) = self.downloads.cancel.take() {
            cancel.cancel();
        }
        self.downloads.lost = false;
        if std::mem::take(&mut self.downloads.arrived) {
            self.offers.clear();
        }
    }

    /// Offers the values from files that arrived. The user decides whether to use them.
    pub(super) fn offer_files(&mut self, offers: Vec<input::InputOffer>) {
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

    pub(super) fn report_lost_folder(&mut self) {
        self.downloads.lost = self.downloads.cancel.take().is_some();
    }
}

async fn watch_folder(
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
        let looked = on_user_disk(move || {
            let complete = arrivals.completed_files();
            (arrivals, complete)
        });
        let Some((again, Ok(complete))) = looked.await else {
            jobs::send_report(&inbox, JobReport::DownloadsLost).await;
            return;
        };
        arrivals = again;
        for file in complete {
            let (name, now) = (files::name(&file), clock());
            // Don't offer an unreadable file. If the user opens the file later, the error explains
            // the cause.
            let Ok(bytes) = files::read_on_thread(file).await else { continue };
            let read = move || input::imported(&name, &bytes, Step::Application, now).into_offers();
            if let Ok(offers) = on_parser_thread(read).await {
                jobs::send_report(&inbox, JobReport::Arrived(offers)).await;
            }
        }
    }
}
