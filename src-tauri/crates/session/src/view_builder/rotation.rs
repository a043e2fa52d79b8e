//! Builds the parts of the view that a rotation changes.

use jiff::Timestamp;

use super::transfer_view;
use crate::{
    recheck::RecheckReport,
    setup_session::has_another,
    view::{CardRotation, StepView},
};
use setup::{Facts, Field, Step, derive::derive, rotation};

/// Returns what the list of setups says about the certificate.
pub(super) fn card(
    facts: &Facts,
    report: Option<&RecheckReport>,
    now: Timestamp,
) -> Option<CardRotation> {
    if !facts.is_true(Field::NopsSaved) {
        return None;
    }
    let all = derive(facts, now);
    let rotation = rotation::rotation(&all, has_another(&all, report), now);
    let due = || Some(CardRotation::Due { reason: rotation.reason.clone()? });
    let planned = rotation::planned_time(&all).map(|at| at.to_string());
    rotation.next.map(|next| CardRotation::UnderWay { next, planned }).or_else(due)
}

/// Replaces the transfers of the last step with those of the rotation, if a rotation is shown.
pub(super) fn with_transfers(steps: Vec<StepView>, rotation: Option<&Facts>) -> Vec<StepView> {
    let Some(facts) = rotation else { return steps };
    let transfers = rotation::transfers(facts).into_iter().zip(1..);
    let transfers: Vec<_> = transfers.map(|(one, number)| transfer_view(one, number)).collect();
    let replaced = |step: StepView| {
        if step.step == Step::Finish {
            StepView { transfers: transfers.clone(), ..step }
        } else {
            step
        }
    };
    steps.into_iter().map(replaced).collect()
}
