//! Checks the values outside the assertion: status, *InResponseTo* and encryption.

use super::{
    cell_text::{NOTHING, last_urn_part, truncate_cell},
    row::ResultRow,
};
use crate::{Field, Finding, Fix};
use saml::response::{Assertion, Envelope, UnverifiedClaims};

/// Checks that AWS reports a successful sign-in.
pub(super) fn status(envelope: &Envelope) -> ResultRow {
    let status = &envelope.status;
    let codes: Vec<String> = status.codes.iter().map(|code| last_urn_part(code)).collect();
    let received = if codes.is_empty() { NOTHING.to_owned() } else { codes.join(" › ") };
    let row = ResultRow::new("status", "Success", &received);
    if status.is_success() {
        return row;
    }
    let message = status.message.as_deref().map(truncate_cell).unwrap_or_default();
    row.with_failure(
        about("dry_run_status")
            .with_expected("Success")
            .with_received(codes.join(" › "))
            .with("told", if message.is_empty() { "nothing" } else { "message" })
            .with("message", message),
    )
}

/// Reports a response without a readable assertion.
pub(super) fn without_assertion(claims: &UnverifiedClaims) -> ResultRow {
    encryption(claims).unwrap_or_else(|| {
        ResultRow::new("assertion", "dry-run-expected-one", NOTHING)
            .with_failure(about("dry_run_no_assertion"))
    })
}

/// Reports an encrypted assertion, which only the receiver can read. AWS doesn't document a setting
/// that encrypts assertions for SAML applications. Returns no row if nothing is encrypted.
pub(super) fn encryption(claims: &UnverifiedClaims) -> Option<ResultRow> {
    (claims.encrypted > 0).then(|| {
        ResultRow::new("encryption", "dry-run-expected-not-encrypted", "dry-run-received-encrypted")
            .with_failure(about("dry_run_encrypted"))
    })
}

/// Checks that the response doesn't answer a request, because a dry run starts in AWS. A response
/// to a request is valid only for that sign-in. If the request is in `requests`, that sign-in was
/// recorded.
pub(super) fn check_in_response_to(
    envelope: &Envelope,
    assertion: &Assertion,
    requests: &[String],
) -> ResultRow {
    let answered = envelope.in_response_to.as_deref().or_else(|| {
        assertion
            .confirmations
            .iter()
            .find_map(|confirmation| confirmation.in_response_to.as_deref())
    });
    match answered {
        None => ResultRow::new("in_response_to", NOTHING, NOTHING),
        Some(request) if requests.iter().any(|sent| sent == request) => {
            ResultRow::new("in_response_to", truncate_cell(request), truncate_cell(request))
        }
        Some(request) => ResultRow::new("in_response_to", NOTHING, truncate_cell(request))
            .with_warning(about("dry_run_in_response_to")),
    }
}

fn about(code: &str) -> Finding {
    Finding::error(Field::DryRun, code).with_fix(Fix::Again { field: Field::DryRun })
}
