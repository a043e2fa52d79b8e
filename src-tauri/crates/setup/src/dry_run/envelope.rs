//! Checks the values outside the assertion: status, *InResponseTo* and encryption.

use super::{
    cell_text::{NOTHING, last_part, limited},
    row::Row,
};
use crate::{Field, Finding, Fix};
use saml::response::{Assertion, Claims, Envelope};

/// Checks that AWS reports a successful sign-in.
pub(super) fn status(envelope: &Envelope) -> Row {
    let status = &envelope.status;
    let codes: Vec<String> = status.codes.iter().map(|code| last_part(code)).collect();
    let received = if codes.is_empty() { NOTHING.to_owned() } else { codes.join(" › ") };
    let row = Row::of("status", "Success", &received);
    if status.is_success() {
        return row;
    }
    let message = status.message.as_deref().map(limited).unwrap_or_default();
    row.fails(
        about("dry_run_status")
            .expected("Success")
            .received(codes.join(" › "))
            .with("told", if message.is_empty() { "nothing" } else { "message" })
            .with("message", message),
    )
}

/// Reports a response without a readable assertion.
pub(super) fn without_assertion(claims: &Claims) -> Row {
    encryption(claims).unwrap_or_else(|| {
        Row::of("assertion", "dry-run-expected-one", NOTHING).fails(about("dry_run_no_assertion"))
    })
}

/// Reports an encrypted assertion, which only the receiver can read. AWS doesn't document a setting
/// that encrypts assertions for SAML applications. Returns no row if nothing is encrypted.
pub(super) fn encryption(claims: &Claims) -> Option<Row> {
    (claims.encrypted > 0).then(|| {
        Row::of("encryption", "dry-run-expected-not-encrypted", "dry-run-received-encrypted")
            .fails(about("dry_run_encrypted"))
    })
}

/// Checks that the response doesn't answer a request, because a dry run starts in AWS. A response
/// to a request is valid only for that sign-in. If the request is in `requests`, that sign-in was
/// recorded.
pub(super) fn in_response_to(
    envelope: &Envelope,
    assertion: &Assertion,
    requests: &[String],
) -> Row {
    let answered = envelope.in_response_to.as_deref().or_else(|| {
        assertion
            .confirmations
            .iter()
            .find_map(|confirmation| confirmation.in_response_to.as_deref())
    });
    match answered {
        None => Row::of("in_response_to", NOTHING, NOTHING),
        Some(request) if requests.iter().any(|sent| sent == request) => {
            Row::of("in_response_to", limited(request), limited(request))
        }
        Some(request) => Row::of("in_response_to", NOTHING, limited(request))
            .warns(about("dry_run_in_response_to")),
    }
}

fn about(code: &str) -> Finding {
    Finding::error(Field::DryRun, code).fix(Fix::Again { field: Field::DryRun })
}
