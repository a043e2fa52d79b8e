//! Compares the issuer, destination, recipient and audience exactly, and classifies the
//! differences.

mod mismatch;

use super::{
    ExpectedValues,
    cell_text::{NOT_KNOWN, address},
    row::ResultRow,
};
use crate::{CopyableValue, Field, Finding, Fix, Step};
use saml::response::{Assertion, Confirmation, Envelope};

/// Checks the issuers of the response and the assertion. Both must be the application's issuer.
pub(super) fn issuer(
    envelope: &Envelope,
    assertion: Option<&Assertion>,
    expected: &ExpectedValues,
) -> ResultRow {
    let of_response = envelope.issuer.as_deref().into_iter();
    let of_assertion = assertion.map(|assertion| assertion.issuer.as_deref().unwrap_or_default());
    let issuers: Vec<&str> = of_response.chain(of_assertion).collect();
    AddressComparison {
        check: "issuer",
        field: Field::IdpEntityId,
        expected: expected.issuer.as_deref(),
        other: None,
        fix: Fix::Go { step: Step::Application },
        source: Step::Application,
    }
    .require_every(&issuers)
}

/// Checks the issuer in nOps, because nOps rejects responses from any other issuer. Returns no row
/// if the issuer in nOps is unknown.
pub(super) fn nops_issuer(
    envelope: &Envelope,
    assertion: Option<&Assertion>,
    expected: &ExpectedValues,
) -> Option<ResultRow> {
    let held = expected.nops_issuer.as_deref()?;
    let sent =
        assertion.and_then(|assertion| assertion.issuer.as_deref()).or(envelope.issuer.as_deref());
    let right = expected.issuer.as_deref().or(sent)?;
    let comparison = AddressComparison {
        check: "nops_issuer",
        field: Field::NopsIssuerUrl,
        expected: Some(right),
        other: None,
        fix: copy(Field::IdpEntityId),
        source: Step::Application,
    };
    Some(comparison.require_every(&[held]))
}

pub(super) fn destination(envelope: &Envelope, expected: &ExpectedValues) -> ResultRow {
    let received = envelope.destination.as_deref().unwrap_or_default();
    acs("destination", expected).require_every(&[received])
}

/// Checks the recipients in the bearer confirmations. At least one recipient must match.
pub(super) fn recipient(assertion: &Assertion, expected: &ExpectedValues) -> ResultRow {
    let recipients: Vec<&str> = bearers(assertion)
        .map(|confirmation| confirmation.recipient.as_deref().unwrap_or_default())
        .collect();
    acs("recipient", expected).require_any(&recipients)
}

/// Checks the audiences. There must be at least one restriction, and every restriction must include
/// nOps (SAML profiles, 4.1.4.2).
pub(super) fn audience(assertion: &Assertion, expected: &ExpectedValues) -> ResultRow {
    let comparison = AddressComparison {
        check: "audience",
        field: Field::AwsAudience,
        expected: expected.entity_id.as_deref(),
        other: expected.acs.as_deref(),
        fix: copy(Field::SpEntityId),
        source: Step::Addresses,
    };
    let missed = assertion.audiences.iter().find(|restriction| {
        !restriction.iter().any(|audience| Some(audience.as_str()) == expected.entity_id.as_deref())
    });
    let restriction = missed.or(assertion.audiences.first());
    let audiences: Vec<&str> = restriction.into_iter().flatten().map(|one| &**one).collect();
    comparison.require_any(&audiences)
}

/// Returns the bearer confirmations, which anyone who has the assertion can present.
pub(super) fn bearers(assertion: &Assertion) -> impl Iterator<Item = &Confirmation> {
    assertion
        .confirmations
        .iter()
        .filter(|confirmation| confirmation.method.as_deref() == Some(Confirmation::BEARER))
}

fn acs<'a>(check: &'static str, expected: &'a ExpectedValues) -> AddressComparison<'a> {
    AddressComparison {
        check,
        field: Field::AwsAcsUrl,
        expected: expected.acs.as_deref(),
        other: expected.entity_id.as_deref(),
        fix: copy(Field::SpAcsUrl),
        source: Step::Addresses,
    }
}

fn copy(field: Field) -> Fix {
    Fix::Copy { what: CopyableValue::Value { field } }
}

/// A comparison, and the data needed to fix a difference.
struct AddressComparison<'a> {
    check: &'static str,
    /// The AWS field for the expected value.
    field: Field,
    expected: Option<&'a str>,
    /// A value that users often enter by mistake.
    other: Option<&'a str>,
    fix: Fix,
    /// The step that provides the expected value.
    source: Step,
}

impl AddressComparison<'_> {
    /// Checks that there is at least one value, and that every value is the expected value.
    fn require_every(self, received: &[&str]) -> ResultRow {
        let differs = received.iter().find(|value| self.expected != Some(**value));
        self.require_equal(differs.or(received.first()).copied().unwrap_or_default())
    }

    /// Checks that at least one value is the expected value.
    fn require_any(self, received: &[&str]) -> ResultRow {
        let fits = received.iter().find(|value| self.expected == Some(**value));
        self.require_equal(fits.or(received.first()).copied().unwrap_or_default())
    }

    fn require_equal(self, received: &str) -> ResultRow {
        let code = format!("dry_run_{}", self.check);
        let about = Finding::error(self.field, &code);
        let Some(expected) = self.expected else {
            return ResultRow::new(self.check, NOT_KNOWN, address(received)).unchecked_with(
                about.with("problem", "not_known").with_fix(Fix::Go { step: self.source }),
            );
        };
        let row = ResultRow::new(self.check, expected, address(received));
        if received == expected {
            return row;
        }
        row.with_failure(
            about
                .with("problem", mismatch::name(expected, received, self.other))
                .with_expected(expected)
                .with_received(received)
                .with_fix(self.fix),
        )
    }
}
