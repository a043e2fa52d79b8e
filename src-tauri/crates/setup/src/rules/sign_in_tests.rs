//! Rules about the two sign-in tests. Each can fail while the other passes.

use crate::{
    Facts,
    Field::*,
    Finding, Fix,
    test_record::{self, Standing},
};

pub(super) fn findings(facts: &Facts) -> Vec<Finding> {
    let mut found = Vec::new();
    for (test, name) in [(TestFromPortal, "portal"), (TestFromNops, "nops")] {
        let finding = match test_record::standing(facts, test) {
            Standing::Failed => Finding::error(test, "sign_in_test_failed"),
            Standing::Stale => Finding::warning(test, "sign_in_test_stale"),
            Standing::Fresh | Standing::Missing => continue,
        };
        found.push(finding.with("test", name).again());
    }
    if facts.is(ConfirmationMail, "false") {
        found.push(Finding::warning(ConfirmationMail, "mail_not_confirmed").fix(Fix::Read));
    }
    found
}
