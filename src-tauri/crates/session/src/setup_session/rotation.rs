//! Replaces the certificate in AWS and in nOps, after the setup was finished.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::{
    application::{fetch_metadata, request_metadata},
    context::SetupContext,
};
use crate::{
    Failure,
    action::RotationAction,
    jobs::{self, JobReport},
    recheck::RecheckReport,
    view::RotationView,
};
use setup::{
    Facts, Field, Step,
    idp::IdentityProvider,
    rotation::{self, ConfirmedFacts, RotationStage, RotationTask},
};

/// The time between two requests for AWS's metadata.
const PAUSE: Duration = Duration::from_secs(10);

#[derive(Default)]
pub(crate) struct RotationState {
    /// The window shows the rotation instead of step 10.
    pub(crate) is_shown: bool,
    /// The requests for AWS's metadata, while a change in AWS is expected.
    watch: Option<CancellationToken>,
}

impl RotationState {
    /// Shows a rotation that was under way when the setup was closed.
    pub(super) fn resume(&mut self, cx: &mut SetupContext) {
        leave(cx);
        let is_at_end = cx.held.setup.current == Step::Finish;
        self.is_shown = is_at_end && rotation::is_under_way(&cx.all_facts(), cx.now());
    }

    pub(super) fn act(
        &mut self,
        cx: &mut SetupContext,
        action: RotationAction,
    ) -> Result<(), Failure> {
        let all = cx.all_facts();
        let confirmed = match action {
            RotationAction::StartRotation => return self.start(cx, &all),
            RotationAction::LeaveRotation => {
                self.is_shown = false;
                leave(cx);
                return Ok(());
            }
            RotationAction::ConfirmTask { task } => rotation::confirm(&all, task),
            RotationAction::RetractTask { task } => rotation::retract(&all, task),
            RotationAction::GoBack { step } => rotation::go_back(&all, step),
            RotationAction::CancelRotation => {
                self.is_shown = false;
                Some(rotation::cancel(&all))
            }
        };
        let confirmed = confirmed.ok_or_else(|| Failure::new("rotation_not_confirmed"))?;
        record(cx, confirmed);
        // AWS can show what the user confirmed.
        fetch_metadata(cx);
        Ok(())
    }

    fn start(&mut self, cx: &mut SetupContext, all: &Facts) -> Result<(), Failure> {
        let state = rotation::rotation(all, false, cx.now());
        let is_new = match state.stage {
            RotationStage::NotStarted => true,
            RotationStage::UnderWay => false,
            RotationStage::Done => state.reason.is_some() || self.is_shown,
        };
        if is_new {
            let started = rotation::start(all).map_err(|error| Failure::new(error.code()))?;
            record(cx, started);
        }
        cx.held.setup.current = Step::Finish;
        self.is_shown = true;
        cx.save();
        fetch_metadata(cx);
        Ok(())
    }

    /// Requests AWS's metadata while the user has to change something in AWS, and records when the
    /// rotation is finished.
    pub(super) fn update(&mut self, cx: &mut SetupContext) {
        if self.is_shown && cx.held.setup.current != Step::Finish {
            self.is_shown = false;
            leave(cx);
        }
        let all = cx.all_facts();
        if !rotation::is_started(&all) {
            self.stop();
            return;
        }
        let now = cx.now();
        if let Some(finished) = rotation::finish(&all, now) {
            cx.record_facts([finished]);
            // The saved report is from before the rotation.
            cx.held.setup.report_saved = false;
        }
        let next = rotation::rotation(&all, false, now).next;
        let is_change_expected = matches!(
            next,
            Some(RotationTask::Generate | RotationTask::Activate | RotationTask::Delete)
        );
        match self.is_shown && is_change_expected {
            true => self.watch(cx),
            false => self.stop(),
        }
    }

    fn watch(&mut self, cx: &SetupContext) {
        let url = IdentityProvider::from_facts(cx.facts()).metadata_url;
        let Some(url) = url.filter(|_| self.watch.is_none()) else {
            return;
        };
        let stop = CancellationToken::new();
        let (transport, inbox) = (cx.transport(), cx.inbox.clone());
        let (clock, stopped) = (cx.ports.clock.clone(), stop.clone());
        tokio::spawn(async move {
            loop {
                tokio::select! {
                    () = stopped.cancelled() => return,
                    () = tokio::time::sleep(PAUSE) => {}
                }
                let fetched = tokio::select! {
                    biased;
                    () = stopped.cancelled() => return,
                    fetched = request_metadata(&url.value, &transport, &*clock) => fetched,
                };
                let url = url.value.clone();
                jobs::send_report(&inbox, JobReport::Fetched { url, fetched }).await;
            }
        });
        self.watch = Some(stop);
    }

    pub(super) fn stop(&mut self) {
        if let Some(watch) = self.watch.take() {
            watch.cancel();
        }
    }

    pub(crate) fn view(
        &self,
        cx: &SetupContext,
        all: &Facts,
        report: Option<&RecheckReport>,
    ) -> RotationView {
        let now = cx.now();
        let state = rotation::rotation(all, has_another(all, report), now);
        let deadline = state.old.as_ref().and_then(|old| old.not_after.parse().ok());
        let suggested = rotation::suggested_time(now, &cx.ports.zone, deadline);
        RotationView {
            is_shown: self.is_shown,
            suggested_time: suggested.map(|at| at.to_string()),
            planned_time: rotation::planned_time(all).map(|at| at.to_string()),
            state,
        }
    }
}

/// Returns whether the last check of the setup found a certificate that the facts don't contain.
pub(crate) fn has_another(facts: &Facts, report: Option<&RecheckReport>) -> bool {
    let known: Vec<String> = IdentityProvider::from_facts(facts)
        .certificates
        .iter()
        .map(|(_, certificate)| certificate.sha256())
        .collect();
    let mut changed = report.iter().flat_map(|report| &report.changed);
    changed.any(|change| {
        change.field == Field::IdpCertificate
            && change.after.as_ref().is_some_and(|sha256| !known.contains(sha256))
    })
}

/// Removes the confirmations that don't last until the user returns.
fn leave(cx: &mut SetupContext) {
    let cleared = rotation::leave(&cx.all_facts());
    if !cleared.is_empty() {
        record(cx, ConfirmedFacts { cleared, set: Vec::new() });
    }
}

fn record(cx: &mut SetupContext, facts: ConfirmedFacts) {
    for field in facts.cleared.iter().copied().chain(facts.set.iter().map(|(field, ..)| *field)) {
        cx.notes.remove(&Some(field));
    }
    cx.remove_facts(facts.cleared);
    cx.record_facts(facts.set);
}
