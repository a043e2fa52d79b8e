//! Creates the finding for an error that matches no pattern. It says what is known and what to
//! check next.

use super::causes;
use crate::{
    CopyableValue, Facts, Field,
    Field::*,
    Finding, Fix, Step,
    rules::GONE,
    test_record::{ResultState, result_state},
};

/// Creates the finding for an unknown error. The finding's parameters `page` and `next` select a
/// variant of the message.
pub(super) fn finding(lower: &str, facts: &Facts, sign_in_test: Field) -> Finding {
    let next = likely_next_check(facts, sign_in_test);
    let is_assigned =
        facts.equals(TesterAssigned, "assigned") && !facts.is_declared(TesterAssigned);
    Finding::error(sign_in_test, "shown_unknown")
        .with("page", if lower.is_empty() { "empty" } else { page(lower) })
        .with("assigned", if is_assigned { "yes" } else { "unknown" })
        .with("certificate", causes::certificate(facts).cause)
        .with("next", next)
        .with_fix(match next {
            "disabled" | "gone" => Fix::Go { step: Step::Application },
            "dry_run_failed" | "unassigned" | "dry_run" => Fix::Go { step: Step::DryRun },
            "certificate" => Fix::Copy { what: CopyableValue::CertificatePem },
            _ => Fix::Again { field: sign_in_test },
        })
}

/// Returns the product whose page probably showed this text.
pub(super) fn page(lower: &str) -> &'static str {
    let says = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    let has = |name| lower.split(|c: char| !c.is_alphanumeric()).any(|word| word == name);
    if says(&["nops.io"]) {
        "nops"
    } else if says(&AWS) {
        "aws"
    } else if has("nops") || says(&["onelogin.saml2", "onelogin_saml2"]) {
        "nops"
    } else {
        "none"
    }
}

const AWS: [&str; 9] = [
    "awssecuritytokenservice",
    "awsopeniddiscoveryservice",
    "awsapps.",
    "signin.aws",
    "amazonaws.com",
    "aws access portal",
    "iam identity center",
    "amazon web services",
    "arn:aws",
];

/// Returns the check that is most likely to find the cause, based on the known facts.
fn likely_next_check(facts: &Facts, sign_in_test: Field) -> &'static str {
    let other_test = if sign_in_test == TestFromPortal { TestFromNops } else { TestFromPortal };
    match result_state(facts, DryRun) {
        _ if facts.equals(ApplicationStatus, "DISABLED") => "disabled",
        _ if facts.equals(ApplicationStatus, GONE) => "gone",
        ResultState::Failed => "dry_run_failed",
        _ if facts.equals(TesterAssigned, "unassigned") => "unassigned",
        _ if matches!(causes::certificate(facts).cause, "differs" | "unreadable") => "certificate",
        _ if result_state(facts, other_test) == ResultState::Fresh => match sign_in_test {
            TestFromPortal => "nops_works",
            _ => "portal_works",
        },
        ResultState::Fresh => "passed",
        ResultState::Missing | ResultState::Stale => "dry_run",
    }
}
