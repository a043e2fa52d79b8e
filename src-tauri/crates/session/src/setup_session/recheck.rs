//! Checks the open setup again, and keeps what the check saw.

use tokio_util::sync::CancellationToken;

use super::context::SetupContext;
use crate::{
    Failure,
    action::RecheckAction,
    blocking::on_disk,
    jobs::{self, JobReport},
    recheck::{RecheckRecord, RecheckReport, RecheckRequest, recheck, record_path, save_record},
    view::RecheckView,
};
use setup::drift;

#[derive(Default)]
pub(crate) struct RecheckState {
    running: Option<CancellationToken>,
    record: Option<RecheckRecord>,
    /// Why the record couldn't be saved.
    failure: Option<Failure>,
}

impl RecheckState {
    pub(crate) fn with_record(record: Option<RecheckRecord>) -> Self {
        Self { record, ..Self::default() }
    }

    pub(super) fn act(&mut self, cx: &SetupContext, action: &RecheckAction) {
        match action {
            RecheckAction::CheckNow => self.start(cx),
        }
    }

    fn start(&mut self, cx: &SetupContext) {
        self.stop();
        let cancel = CancellationToken::new();
        let request = RecheckRequest {
            facts: cx.facts().clone(),
            people: cx.held.setup.people.clone(),
            transport: cx.transport(),
            verified: drift::last_verified(cx.facts()),
            connection: cx.connection.clone().map(Ok),
            last: self.record.clone(),
        };
        let file = record_path(cx.held.path());
        let (clock, inbox, ended) = (cx.ports.clock.clone(), cx.inbox.clone(), cancel.clone());
        tokio::spawn(async move {
            let record = tokio::select! {
                biased;
                () = ended.cancelled() => return,
                record = recheck(request, &clock) => record,
            };
            let saved = record.clone();
            // The window shows the record even if it can't be saved.
            let failure = on_disk(move || save_record(&file, &saved)).await.err();
            let report = JobReport::Rechecked { record: Box::new(record), failure, ended };
            jobs::send_report(&inbox, report).await;
        });
        self.running = Some(cancel);
    }

    pub(super) fn finished(
        &mut self,
        record: RecheckRecord,
        failure: Option<Failure>,
        ended: &CancellationToken,
    ) {
        // The message was queued before another check started.
        if !ended.is_cancelled() {
            self.stop();
            self.record = Some(record);
            self.failure = failure;
        }
    }

    pub(super) fn stop(&mut self) {
        if let Some(running) = self.running.take() {
            running.cancel();
        }
    }

    pub(crate) fn report(&self) -> Option<&RecheckReport> {
        self.record.as_ref().map(|record| &record.report)
    }

    pub(crate) fn view(&self) -> RecheckView {
        let report = self.report();
        RecheckView {
            is_running: self.running.is_some(),
            result: report.map(RecheckReport::result),
            report: report.cloned(),
            failure: self.failure.clone(),
        }
    }
}
