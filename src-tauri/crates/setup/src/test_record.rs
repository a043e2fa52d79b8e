//! The recorded results of the dry run and the sign-in tests. A result is fresh until a fact that
//! it depends on changes.

use aws_lc_rs::digest::{SHA256, digest};
use jiff::{SignedDuration, Timestamp};

use super::{
    FactValue, Facts, Field,
    Field::*,
    RecordedResult, Source, Verdict,
    idp::{self, IdentityProvider},
};

/// The fields that the dry run depends on.
const DRY_RUN: [Field; 5] =
    [SpAcsUrl, SpEntityId, ApplicationArn, SubjectMapping, AttributeMappings];

/// The additional fields that a sign-in test depends on. These are the values copied to nOps. The
/// last field matters only for the sign-in test from nOps.
const SIGN_IN_TEST: [Field; 6] =
    [NopsIssuerUrl, NopsSsoEndpoint, NopsX509, NopsSsoType, NopsGroupMapping, SpLoginUrl];

/// The fields whose changes make results outdated although their values aren't part of the digest,
/// because only a rotation sets them. The last field matters only for sign-in tests.
const ROTATED: [Field; 2] = [ActiveCertificate, NopsCertificate];

/// The maximum error in AWS's time: responses contain only whole seconds.
const CLOCK_ERROR: SignedDuration = SignedDuration::from_secs(2);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResultState {
    Missing,
    Failed,
    /// Passed, but a fact that the result depends on has changed since.
    Stale,
    /// Passed, and no fact that the result depends on has changed.
    Fresh,
}

pub fn result_state(facts: &Facts, field: Field) -> ResultState {
    let (Some(proof), Some(fact)) = (facts.recorded_result(field), facts.get(field)) else {
        return ResultState::Missing;
    };
    let newest = last_dependency_change(facts, field);
    let unchanged = proof.depends_on == dependency_digest(facts, field)
        && newest.is_none_or(|newest| newest <= fact.at)
        && !is_signed_with_other(facts);
    match (proof.verdict, unchanged) {
        (Verdict::Failed, _) => ResultState::Failed,
        (Verdict::Passed, true) => ResultState::Fresh,
        (Verdict::Passed, false) => ResultState::Stale,
    }
}

/// Returns whether AWS signs with another certificate than the newest one. Then a result doesn't
/// show what happens with the newest one.
fn is_signed_with_other(facts: &Facts) -> bool {
    let idp = IdentityProvider::from_facts(facts);
    let newest = idp.certificate().map(|(_, newest)| newest.sha256());
    let signing = idp::signing_certificate(facts).map(|signing| signing.sha256);
    matches!((newest, signing), (Some(newest), Some(signing)) if newest != signing)
}

/// Returns when the facts that the result depends on last changed.
pub fn last_dependency_change(facts: &Facts, field: Field) -> Option<Timestamp> {
    let rotated = if field == DryRun { &ROTATED[..1] } else { &ROTATED };
    // What was derived from earlier facts when a rotation started didn't change then.
    let is_change = |field| match field {
        NopsCertificate => facts.is_declared(field),
        _ => facts
            .get(field)
            .is_some_and(|fact| fact.source != Source::Derived { from: OldCertificate }),
    };
    let rotated = rotated.iter().copied().filter(|field| is_change(*field));
    let fields = dependencies(field).chain(rotated);
    fields.filter_map(|under| facts.get(under)).map(|under| under.at).max()
}

/// Returns when AWS logged that the tester opened the application, if this was after everything
/// that a sign-in test from the AWS access portal depends on. AWS may log *Copy XML* in the same
/// way, so an event from before the dry run doesn't prove anything.
pub fn application_opened_at(facts: &Facts) -> Option<Timestamp> {
    let opened = facts.event(ApplicationOpened)?.at;
    let dry_run = facts.get(DryRun).map(|fact| fact.at);
    let newest = last_dependency_change(facts, TestFromPortal).max(dry_run);
    newest.is_none_or(|newest| newest + CLOCK_ERROR < opened).then_some(opened)
}

/// Creates a sign-in test result for the current facts.
pub fn sign_in_test(facts: &Facts, field: Field, verdict: Verdict) -> FactValue {
    let depends_on = dependency_digest(facts, field);
    FactValue::Result(RecordedResult {
        verdict,
        depends_on,
        at: None,
        passed: 0,
        checks: 0,
        response: None,
        copied: false,
    })
}

/// Creates a dry-run result for the current facts. `at` is when the dry run was made, and
/// `response` is the SHA-256 (hex) of the response's ID.
pub fn dry_run(
    facts: &Facts,
    verdict: Verdict,
    at: Timestamp,
    (passed, checks): (u32, u32),
    response: Option<String>,
) -> FactValue {
    let depends_on = dependency_digest(facts, DryRun);
    FactValue::Result(RecordedResult {
        verdict,
        depends_on,
        at: Some(at),
        passed,
        checks,
        response,
        copied: false,
    })
}

/// Returns the SHA-256 (hex) of the facts that the result of `field` depends on, in a fixed order.
pub fn dependency_digest(facts: &Facts, field: Field) -> String {
    let idp = IdentityProvider::from_facts(facts);
    let mut text = String::new();
    for under in dependencies(field) {
        let value = match facts.get(under).map(|fact| &fact.value) {
            Some(FactValue::Text(value)) => value.clone(),
            Some(FactValue::Mappings(rows)) => rows
                .iter()
                .map(|row| format!("{}\u{1f}{}\u{1f}{}", row.attribute, row.value, row.format))
                .collect::<Vec<_>>()
                .join("\u{1e}"),
            Some(FactValue::Result(_) | FactValue::Event(_)) | None => String::new(),
        };
        text += &format!("{under:?}\u{1d}{value}\u{1c}");
    }
    text += idp.issuer.as_ref().map_or("", |known| known.value.as_str());
    // Only the newest certificate counts. Deleting the certificate that it replaced doesn't change
    // what AWS signs with. If it isn't known which one AWS signs with, any of them counts.
    let mut counted: Vec<String> = match idp::signing_certificate(facts) {
        Some(_) => idp.certificate().map(|(_, newest)| newest.sha256()).into_iter().collect(),
        None => idp.certificates.iter().map(|(_, one)| one.sha256()).collect(),
    };
    counted.sort_unstable();
    for sha256 in counted {
        text += &format!("\u{1c}{sha256}");
    }
    hex::encode(digest(&SHA256, text.as_bytes()))
}

fn dependencies(field: Field) -> impl Iterator<Item = Field> {
    let sign_in_test = match field {
        TestFromPortal => &SIGN_IN_TEST[..5],
        TestFromNops => &SIGN_IN_TEST,
        _ => &[],
    };
    DRY_RUN.into_iter().chain(sign_in_test.iter().copied())
}
