//! Checks the subject, which is the user that the response is about.

use super::{
    ExpectedValues, Tester,
    attributes::{EMAIL, is_literal, values},
    cell_text::{NOTHING, last_urn_part, mask_personal_text, truncate_cell},
    row::ResultRow,
};
use crate::{CopyableValue, Field, Finding, Fix, Page, RuleBasis, mappings};
use identifiers::EmailAddress;
use saml::response::Assertion;

/// The Subject format on nOps's help page.
const FORMAT: &str = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress";

pub(super) fn row(assertion: &Assertion, expected: &ExpectedValues) -> ResultRow {
    let name = assertion.name_id.as_ref();
    let value = name.map_or("", |name| name.value.as_str());
    let format = name.and_then(|name| name.format.as_deref()).unwrap_or_default();
    let row = |received: String| ResultRow::new("subject", "dry-run-expected-subject", received);
    let shown = || row(format!("{}, {}", mask_personal_text(value), last_urn_part(format)));
    if value.trim().is_empty() {
        row(NOTHING.to_owned()).with_failure(about("empty"))
    } else if is_literal(value) {
        row(truncate_cell(value)).with_failure(about("literal").with_received(truncate_cell(value)))
    } else if !value.contains('@') {
        shown().with_failure(missing_address_finding(expected).with_basis(RuleBasis::Inferred))
    } else if value.parse::<EmailAddress>().is_err() {
        shown().with_warning(about("odd_address").with_basis(RuleBasis::Inferred))
    } else if format != FORMAT {
        let finding =
            about("format").with_expected("emailAddress").with_page_to_open(Page::AwsApplication);
        shown()
            .with_warning(finding.with_received(last_urn_part(format)).with_basis(RuleBasis::Seen))
    } else {
        match tester_if_missing(value, assertion, expected) {
            Some(tester) if tester.is_observed => shown().with_failure(other_person()),
            Some(_) => shown().with_warning(other_person()),
            None => shown(),
        }
    }
}

/// Returns the tester if they match neither the subject nor the email address. Both are compared,
/// because a user name may differ from the email address.
fn tester_if_missing<'e>(
    subject: &str,
    assertion: &Assertion,
    expected: &'e ExpectedValues,
) -> Option<&'e Tester> {
    expected.tester.as_ref().filter(|tester| {
        !std::iter::once(subject)
            .chain(values(assertion, EMAIL))
            .any(|value| value.to_lowercase() == tester.email.to_lowercase())
    })
}

fn other_person() -> Finding {
    Finding::error(Field::Tester, "dry_run_other_person")
        .with_fix(Fix::Again { field: Field::DryRun })
}

fn about(problem: &str) -> Finding {
    Finding::error(Field::AttributeMappings, "dry_run_subject")
        .with("problem", problem)
        .copy(CopyableValue::MappingValue { row: 0 })
}

/// Creates the finding for a Subject that isn't an email address. If the setup maps Subject to the
/// user name, copying the row again doesn't help, so the mapping must change.
fn missing_address_finding(expected: &ExpectedValues) -> Finding {
    match expected.subject {
        mappings::BY_USER_NAME => about("user_name").with_fix(Fix::UseValue {
            field: Field::SubjectMapping,
            value: mappings::BY_EMAIL.to_owned(),
        }),
        _ => about("no_address"),
    }
}
