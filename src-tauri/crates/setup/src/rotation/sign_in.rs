//! Whether users can sign in during a rotation, and the quickest way to restore sign-in.

use jiff::Timestamp;

use super::{
    SignInRepair::{self, *},
    SignInState,
    certificates::{RotationCertificates, Which},
};
use crate::{
    Facts,
    Field::*,
    rules::days_until_expiry,
    test_record::{self, ResultState},
};

/// Returns the state of sign-in, and how to restore it, the quickest way first.
pub(super) fn state(
    facts: &Facts,
    known: &RotationCertificates,
    now: Timestamp,
) -> (SignInState, Vec<SignInRepair>) {
    let Some(nops) = &known.nops else {
        return (SignInState::Unknown, Vec::new());
    };
    // Activating the old certificate takes seconds. If it has expired, nOps might reject it, so it's
    // the last repair.
    let is_expired = known.old.as_ref().is_some_and(|(_, old)| days_until_expiry(old, now) < 0);
    let can_activate_old = known.has_old();
    let save_new = match is_in_form(facts, known) {
        true => SaveForm,
        false => SaveNew,
    };
    let Some(active) = &known.active else {
        return match (nops.which, known.has_old(), known.new.is_some()) {
            // AWS has other certificates, so none of them matches.
            (Which::Old, false, true) => (SignInState::Broken, vec![save_new]),
            _ => (SignInState::Unknown, Vec::new()),
        };
    };
    let repairs = match (active.which, nops.which) {
        (Which::Old, Which::Old) => return (SignInState::Matches, Vec::new()),
        (Which::New, Which::New) if has_failed_test(facts, active.at.max(nops.at)) => {
            let back = can_activate_old.then_some([ActivateOld, SaveOld]);
            let repairs = [SaveNew].into_iter().chain(back.into_iter().flatten());
            return (SignInState::TestFailed, repairs.collect());
        }
        (Which::New, Which::New) => return (SignInState::Matches, Vec::new()),
        (Which::Old, Which::New) => vec![ActivateNew, SaveOld],
        // Saving the form takes as long as activating the old certificate, and finishes the work.
        (Which::New, Which::Old) => match (save_new, can_activate_old) {
            (SaveForm, true) => vec![SaveForm, ActivateOld],
            (_, true) if is_expired => vec![SaveNew, ActivateOld],
            (_, true) => vec![ActivateOld, SaveNew],
            (_, false) => vec![save_new],
        },
        (Which::New, Which::Other) => vec![save_new],
        (Which::Old, Which::Other) => vec![SaveOld],
        (Which::Other, Which::New) => vec![ActivateNew],
        (Which::Other, Which::Old) if can_activate_old => {
            let save = known.new.as_ref().filter(|_| is_expired).map(|_| save_new);
            save.into_iter().chain([ActivateOld]).collect()
        }
        (Which::Other, Which::Old | Which::Other) => {
            return match known.new {
                Some(_) => (SignInState::Broken, vec![save_new]),
                None => (SignInState::Unknown, Vec::new()),
            };
        }
    };
    (SignInState::Broken, repairs)
}

/// Returns whether the new certificate is in nOps's form.
pub(super) fn is_in_form(facts: &Facts, known: &RotationCertificates) -> bool {
    let Some((_, new)) = &known.new else { return false };
    let is_shown =
        facts.get(NopsX509).and_then(|fact| fact.certificate()).is_some_and(|shown| *shown == *new);
    is_shown || facts.equals(NopsFormCertificate, &new.sha256())
}

/// Returns whether a sign-in test failed after `since`.
fn has_failed_test(facts: &Facts, since: Timestamp) -> bool {
    [TestFromPortal, TestFromNops].into_iter().any(|test| {
        test_record::result_state(facts, test) == ResultState::Failed
            && facts.get(test).is_some_and(|result| result.at >= since)
    })
}
