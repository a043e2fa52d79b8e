//! Rules that compare nOps's own SAML request with the values on both pages.

use super::super::{Basis, Facts, Field, Finding, Fix, Page, Severity, Step};

pub(super) fn findings(facts: &Facts) -> Vec<Finding> {
    [
        address(facts, Field::RequestIssuer, Field::SpEntityId),
        address(facts, Field::RequestAcsUrl, Field::SpAcsUrl),
        format(facts),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Checks that the address entered in step 3 matches the one in nOps's request.
fn address(facts: &Facts, asked: Field, brought: Field) -> Option<Finding> {
    let own = facts.text(asked).filter(|text| !text.is_empty())?;
    let held = facts.text(brought).filter(|text| !text.is_empty())?;
    (own != held).then(|| {
        let which = match brought {
            Field::SpEntityId => "entity_id",
            _ => "acs",
        };
        Finding::about(brought, "request_address", Severity::Error)
            .with("which", which)
            .expected(own)
            .received(held)
            .basis(Basis::Seen)
            .fix(Fix::UseValue { field: brought, value: own.to_owned() })
            .shown_in(Step::SignInTests)
    })
}

/// Checks the Subject format. Only sign-in from nOps requests a format, so sign-in from the access
/// portal can pass while this one fails.
fn format(facts: &Facts) -> Option<Finding> {
    let asked = facts.text(Field::RequestNameIdFormat)?;
    let (sent, seen) = subject_format(facts);
    (is_particular(asked) && last_part(asked) != sent).then(|| {
        let severity = if seen { Severity::Error } else { Severity::Warning };
        Finding::about(Field::AttributeMappings, "request_format", severity)
            .with("seen", if seen { "yes" } else { "no" })
            .expected(last_part(asked))
            .received(sent)
            .fix(Fix::Open { page: Page::AwsApplication })
            .shown_in(Step::SignInTests)
    })
}

/// Whether a request requires a format. *Unspecified* leaves it to AWS (SAML core, 3.4.1.1).
pub(crate) fn is_particular(format: &str) -> bool {
    !format.is_empty() && last_part(format) != "unspecified"
}

/// Returns the Subject row's format and whether AWS's page showed it. Otherwise, it is the format
/// we proposed.
pub(crate) fn subject_format(facts: &Facts) -> (String, bool) {
    let shown = facts.mappings().and_then(|rows| {
        rows.iter()
            .find(|row| row.attribute.trim().eq_ignore_ascii_case("subject"))
            .map(|row| row.format.trim().to_owned())
    });
    match shown {
        Some(format) if !format.is_empty() => (format, true),
        _ => ("emailAddress".to_owned(), false),
    }
}

fn last_part(urn: &str) -> &str {
    urn.rsplit(':').next().unwrap_or(urn)
}
