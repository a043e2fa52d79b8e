//! How to return to the old certificate at each task.

use jiff::Timestamp;

use super::{
    BackStep, WayBack,
    certificates::{RotationCertificates, Which},
    is_started,
    sign_in::is_in_form,
};
use crate::{Facts, rules::days_until_expiry};

pub(super) fn way_back(facts: &Facts, known: &RotationCertificates, now: Timestamp) -> WayBack {
    let nothing =
        WayBack { steps: Vec::new(), problem: None, is_at_start: false, can_keep_new: false };
    if !is_started(facts) {
        return nothing;
    }
    // AWS can't restore a deleted certificate.
    if !known.has_old() {
        return WayBack { problem: Some("old_deleted".to_owned()), ..nothing };
    }
    let mut steps = Vec::new();
    if !known.active_is(Which::Old) {
        steps.push(BackStep::ActivateOld);
    }
    if known.nops.as_ref().is_some_and(|nops| nops.which != Which::Old) {
        steps.push(BackStep::SaveOld);
    } else if is_in_form(facts, known) {
        steps.push(BackStep::LeaveForm);
    }
    if known.new.is_some() {
        steps.push(BackStep::DeleteNew);
    }
    let is_expired = known.old.as_ref().is_some_and(|(_, old)| days_until_expiry(old, now) < 0);
    WayBack {
        problem: (is_expired && !steps.is_empty()).then(|| "old_expired".to_owned()),
        is_at_start: steps.is_empty(),
        can_keep_new: steps == [BackStep::DeleteNew],
        steps,
    }
}
