//! Checks the subject, which is the user that the response is about.

use super::{
    Expected, Tester,
    attributes::{EMAIL, is_literal, values},
    cell_text::{NOTHING, last_part, limited, shortened},
    row::Row,
};
use crate::{Basis, Copyable, Field, Finding, Fix, Page, mappings};
use identifiers::EmailAddress;
use saml::response::Assertion;

/// The Subject format on nOps's help page.
const FORMAT: &str = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress";

pub(super) fn row(assertion: &Assertion, expected: &Expected) -> Row {
    let name = assertion.name_id.as_ref();
    let value = name.map_or("", |name| name.value.as_str());
    let format = name.and_then(|name| name.format.as_deref()).unwrap_or_default();
    let row = |received: String| Row::of("subject", "dry-run-expected-subject", received);
    let shown = || row(format!("{}, {}", shortened(value), last_part(format)));
    if value.trim().is_empty() {
        row(NOTHING.to_owned()).fails(about("empty"))
    } else if is_literal(value) {
        row(limited(value)).fails(about("literal").received(limited(value)))
    } else if !value.contains('@') {
        shown().fails(no_address(expected).basis(Basis::Inferred))
    } else if value.parse::<EmailAddress>().is_err() {
        shown().warns(about("odd_address").basis(Basis::Inferred))
    } else if format != FORMAT {
        let finding = about("format").expected("emailAddress").open(Page::AwsApplication);
        shown().warns(finding.received(last_part(format)).basis(Basis::Seen))
    } else {
        match tester_if_missing(value, assertion, expected) {
            Some(tester) if tester.is_observed => shown().fails(other_person()),
            Some(_) => shown().warns(other_person()),
            None => shown(),
        }
    }
}

/// Returns the tester if they match neither the subject nor the email address. Both are compared,
/// because a user name may differ from the email address.
fn tester_if_missing<'e>(
    subject: &str,
    assertion: &Assertion,
    expected: &'e Expected,
) -> Option<&'e Tester> {
    expected.tester.as_ref().filter(|tester| {
        !std::iter::once(subject)
            .chain(values(assertion, EMAIL))
            .any(|value| value.to_lowercase() == tester.email.to_lowercase())
    })
}

fn other_person() -> Finding {
    Finding::error(Field::Tester, "dry_run_other_person").fix(Fix::Again { field: Field::DryRun })
}

fn about(problem: &str) -> Finding {
    Finding::error(Field::AttributeMappings, "dry_run_subject")
        .with("problem", problem)
        .copy(Copyable::MappingValue { row: 0 })
}

/// Creates the finding for a Subject that isn't an email address. If the setup maps Subject to the
/// user name, copying the row again doesn't help, so the mapping must change.
fn no_address(expected: &Expected) -> Finding {
    match expected.subject {
        mappings::BY_USER_NAME => about("user_name").fix(Fix::UseValue {
            field: Field::SubjectMapping,
            value: mappings::BY_EMAIL.to_owned(),
        }),
        _ => about("no_address"),
    }
}
