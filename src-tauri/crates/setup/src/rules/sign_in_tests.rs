//! Rules about the two sign-in tests. One can fail while the other passes.

use crate::{
    Facts,
    Field::*,
    Finding, Fix,
    test_record::{self, ResultState},
};

pub(super) fn findings(facts: &Facts) -> Vec<Finding> {
    let mut found = Vec::new();
    for (test, name) in [(TestFromPortal, "portal"), (TestFromNops, "nops")] {
        let finding = match test_record::result_state(facts, test) {
            ResultState::Failed => Finding::error(test, "sign_in_test_failed"),
            ResultState::Stale => Finding::warning(test, "sign_in_test_stale"),
            ResultState::Fresh | ResultState::Missing => continue,
        };
        found.push(finding.with("test", name).with_reentry_fix());
    }
    if facts.equals(ConfirmationMail, "false") {
        found.push(Finding::warning(ConfirmationMail, "mail_not_confirmed").with_fix(Fix::Read));
    }
    found
}
