//! Rules about the two sign-in tests. Each can fail while the other passes.

use super::super::{
    Facts, Field, Finding, Fix, Severity,
    test_record::{self, Standing},
};

pub(super) fn findings(facts: &Facts) -> Vec<Finding> {
    let mut found: Vec<Finding> = [Field::TestFromPortal, Field::TestFromNops]
        .into_iter()
        .filter_map(|sign_in_test| {
            let (code, severity) = match test_record::standing(facts, sign_in_test) {
                Standing::Failed => ("sign_in_test_failed", Severity::Error),
                Standing::Stale => ("sign_in_test_stale", Severity::Warning),
                Standing::Fresh | Standing::Missing => return None,
            };
            let which = if sign_in_test == Field::TestFromPortal { "portal" } else { "nops" };
            Some(
                Finding::about(sign_in_test, code, severity)
                    .with("test", which)
                    .fix(Fix::Again { field: sign_in_test }),
            )
        })
        .collect();
    if facts.text(Field::ConfirmationMail) == Some("false") {
        found.push(
            Finding::about(Field::ConfirmationMail, "mail_not_confirmed", Severity::Warning)
                .fix(Fix::Read),
        );
    }
    found
}
