//! Checks the open setup again, and keeps the last report.

use tokio_util::sync::CancellationToken;

use super::context::SetupContext;
use crate::{
    action::WatchAction,
    blocking::on_disk,
    jobs::{self, JobReport},
    view::SetupWatchView,
    watch::{WatchReport, WatchRequest, report_path, save_report, watch},
};
use setup::drift;

#[derive(Default)]
pub(crate) struct SetupWatch {
    running: Option<CancellationToken>,
    report: Option<WatchReport>,
}

impl SetupWatch {
    pub(crate) fn with_report(report: Option<WatchReport>) -> Self {
        Self { running: None, report }
    }

    pub(super) fn act(&mut self, cx: &SetupContext, action: &WatchAction) {
        match action {
            WatchAction::CheckNow => self.start(cx),
        }
    }

    fn start(&mut self, cx: &SetupContext) {
        self.stop();
        let cancel = CancellationToken::new();
        let request = WatchRequest {
            facts: cx.facts().clone(),
            people: cx.held.setup.people.clone(),
            transport: cx.transport(),
            verified: drift::last_verified(cx.facts()),
            connection: cx.connection.clone().map(Ok),
        };
        let file = report_path(cx.held.path());
        let (clock, inbox, ended) = (cx.ports.clock.clone(), cx.inbox.clone(), cancel.clone());
        tokio::spawn(async move {
            let report = tokio::select! {
                biased;
                () = ended.cancelled() => return,
                report = watch(request, &clock) => report,
            };
            let saved = report.clone();
            // The window shows the report even if it can't be kept.
            let _lost = on_disk(move || save_report(&file, &saved)).await;
            let report = JobReport::SetupWatched { report: Box::new(report), ended };
            jobs::send_report(&inbox, report).await;
        });
        self.running = Some(cancel);
    }

    pub(super) fn finished(&mut self, report: WatchReport, ended: &CancellationToken) {
        // The message was queued before another check started.
        if !ended.is_cancelled() {
            self.stop();
            self.report = Some(report);
        }
    }

    pub(super) fn stop(&mut self) {
        if let Some(running) = self.running.take() {
            running.cancel();
        }
    }

    pub(crate) fn report(&self) -> Option<&WatchReport> {
        self.report.as_ref()
    }

    pub(crate) fn view(&self) -> SetupWatchView {
        SetupWatchView {
            is_running: self.running.is_some(),
            result: self.report.as_ref().map(WatchReport::result),
            report: self.report.clone(),
        }
    }
}
