//! Rules that compare nOps's own metadata and SAML request with the values on both pages.

use crate::{Facts, Field, Field::*, Finding, Page, RuleBasis, Step};

pub(super) fn findings(facts: &Facts) -> Vec<Finding> {
    let request = [
        address(facts, "request_address", RequestIssuer, SpEntityId, "entity_id"),
        address(facts, "request_address", RequestAcsUrl, SpAcsUrl, "acs"),
        format(facts),
    ];
    let request = request.into_iter().flatten().map(|one| one.with_step(Step::SignInTests));
    let metadata = [
        address(facts, "metadata_address", NopsMetadataEntityId, SpEntityId, "entity_id"),
        address(facts, "metadata_address", NopsMetadataAcsUrl, SpAcsUrl, "acs"),
    ];
    request.chain(metadata.into_iter().flatten()).collect()
}

/// Checks that the address entered in step 3 matches the address that nOps itself uses.
fn address(facts: &Facts, code: &str, own: Field, entered: Field, which: &str) -> Option<Finding> {
    let (own, held) = (facts.non_empty_text(own)?, facts.non_empty_text(entered)?);
    (own != held).then(|| {
        Finding::error(entered, code)
            .with("which", which)
            .corrected(own)
            .with_received(held)
            .with_basis(RuleBasis::Seen)
    })
}

/// Checks the Subject format. Only a sign-in from nOps requests a format, so that sign-in can fail
/// even if sign-in from the access portal works. Without a request, uses the format in nOps's
/// metadata.
fn format(facts: &Facts) -> Option<Finding> {
    let asked = facts.text(RequestNameIdFormat).or_else(|| facts.text(NopsMetadataNameIdFormat))?;
    let (sent, seen) = subject_format(facts);
    (is_particular(asked) && last_urn_part(asked) != sent).then(|| {
        let finding = match seen {
            true => Finding::error(AttributeMappings, "request_format").with("seen", "yes"),
            false => Finding::warning(AttributeMappings, "request_format").with("seen", "no"),
        };
        finding
            .with_expected(last_urn_part(asked))
            .with_received(sent)
            .with_page_to_open(Page::AwsApplication)
    })
}

/// Returns whether a request requires a format. *Unspecified* lets AWS choose (SAML core, 3.4.1.1).
pub(crate) fn is_particular(format: &str) -> bool {
    !format.is_empty() && last_urn_part(format) != "unspecified"
}

/// Returns the Subject row's format, and whether AWS's page shows the format. If not, the setup
/// proposed it.
pub(crate) fn subject_format(facts: &Facts) -> (&str, bool) {
    let mut rows = facts.mappings().unwrap_or_default().iter();
    let subject = rows.find(|row| row.attribute.trim().eq_ignore_ascii_case("subject"));
    match subject.map(|row| row.format.trim()) {
        None | Some("") => ("emailAddress", false),
        Some(format) => (format, true),
    }
}

fn last_urn_part(urn: &str) -> &str {
    urn.rsplit(':').next().unwrap_or(urn)
}
