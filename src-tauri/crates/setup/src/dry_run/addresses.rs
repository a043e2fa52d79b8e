//! Issuer, destination, recipient and audience: compared character by character, and what slipped where
//! they differ.

mod mismatch;

use super::{
    Expected,
    redacted::{NOT_KNOWN, address},
    row::Row,
};
use crate::{Copyable, Field, Finding, Fix, Severity, Step};
use saml::response::{Assertion, Confirmation, Envelope};

/// The issuers of the response and of the assertion: both have to be the application's.
pub(super) fn issuer(
    envelope: &Envelope,
    assertion: Option<&Assertion>,
    expected: &Expected,
) -> Row {
    let of_response = envelope.issuer.as_deref().into_iter();
    let of_assertion = assertion.map(|assertion| assertion.issuer.as_deref().unwrap_or_default());
    let issuers: Vec<&str> = of_response.chain(of_assertion).collect();
    Comparison {
        check: "issuer",
        field: Field::IdpEntityId,
        expected: expected.issuer.as_deref(),
        other: None,
        fix: Fix::Go { step: Step::Application },
        source: Step::Application,
    }
    .every(&issuers)
}

/// What nOps holds as the issuer: it refuses a response from any other. No row while that is unknown.
pub(super) fn nops_issuer(
    envelope: &Envelope,
    assertion: Option<&Assertion>,
    expected: &Expected,
) -> Option<Row> {
    let held = expected.nops_issuer.as_deref()?;
    let sent =
        assertion.and_then(|assertion| assertion.issuer.as_deref()).or(envelope.issuer.as_deref());
    let right = expected.issuer.as_deref().or(sent)?;
    let comparison = Comparison {
        check: "nops_issuer",
        field: Field::NopsIssuerUrl,
        expected: Some(right),
        other: None,
        fix: copy(Field::IdpEntityId),
        source: Step::Application,
    };
    Some(comparison.every(&[held]))
}

/// The address in the response itself.
pub(super) fn destination(envelope: &Envelope, expected: &Expected) -> Row {
    let received = envelope.destination.as_deref().unwrap_or_default();
    acs("destination", expected).every(&[received])
}

/// The address in the confirmations: one for bearers has to fit.
pub(super) fn recipient(assertion: &Assertion, expected: &Expected) -> Row {
    let recipients: Vec<&str> = bearers(assertion)
        .map(|confirmation| confirmation.recipient.as_deref().unwrap_or_default())
        .collect();
    acs("recipient", expected).any(&recipients)
}

/// The audiences: nOps has to be in every restriction, and there has to be one (SAML profiles, 4.1.4.2).
pub(super) fn audience(assertion: &Assertion, expected: &Expected) -> Row {
    let comparison = Comparison {
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
    let audiences: Vec<&str> =
        restriction.into_iter().flatten().map(|audience| audience.as_str()).collect();
    comparison.any(&audiences)
}

/// The confirmations that let whoever holds the assertion present it, as a browser does.
pub(super) fn bearers(assertion: &Assertion) -> impl Iterator<Item = &Confirmation> {
    assertion
        .confirmations
        .iter()
        .filter(|confirmation| confirmation.method.as_deref() == Some(Confirmation::BEARER))
}

fn acs<'a>(check: &'static str, expected: &'a Expected) -> Comparison<'a> {
    Comparison {
        check,
        field: Field::AwsAcsUrl,
        expected: expected.acs.as_deref(),
        other: expected.entity_id.as_deref(),
        fix: copy(Field::SpAcsUrl),
        source: Step::Addresses,
    }
}

fn copy(field: Field) -> Fix {
    Fix::Copy { what: Copyable::Value { field } }
}

/// What is compared, and what to do about a difference.
struct Comparison<'a> {
    check: &'static str,
    /// The field on AWS's side that the received value comes from.
    field: Field,
    expected: Option<&'a str>,
    /// The value that people take for the expected one.
    other: Option<&'a str>,
    fix: Fix,
    /// The step that brings the expected value.
    source: Step,
}

impl Comparison<'_> {
    /// Every value has to be the expected one, and there has to be one.
    fn every(self, received: &[&str]) -> Row {
        let differs =
            received.iter().find(|value| self.expected != Some(**value)).or(received.first());
        let shown = differs.copied().unwrap_or_default();
        self.compared(shown)
    }

    /// One value has to be the expected one.
    fn any(self, received: &[&str]) -> Row {
        let fits = received.iter().find(|value| self.expected == Some(**value));
        let shown = fits.or(received.first()).copied().unwrap_or_default();
        self.compared(shown)
    }

    fn compared(self, received: &str) -> Row {
        let code = format!("dry_run_{}", self.check);
        let about = Finding::about(self.field, &code, Severity::Error);
        let Some(expected) = self.expected else {
            return Row::of(self.check, NOT_KNOWN, address(received))
                .unchecked(about.with("problem", "not_known").fix(Fix::Go { step: self.source }));
        };
        let row = Row::of(self.check, expected, address(received));
        if received == expected {
            return row;
        }
        row.fails(
            about
                .with("problem", mismatch::name(expected, received, self.other))
                .expected(expected)
                .received(received)
                .fix(self.fix),
        )
    }
}
