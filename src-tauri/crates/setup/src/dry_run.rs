//! The dry run: compares the response that AWS would send with what nOps expects.
//!
//! Each check has one row, and each row has its own finding code. Email addresses and names are
//! shortened in all output.

mod addresses;
mod age;
mod attributes;
mod cell_text;
mod envelope;
mod recording;
mod row;
mod shared_result;
mod signature;
mod subject;
mod time;

use std::collections::BTreeMap;

use aws_lc_rs::digest::{SHA256, digest};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use specta::Type;
use strum::{EnumString, IntoStaticStr};

use saml::{
    certificate::Certificate,
    response::{Response, ResponseError, Signature, UnverifiedClaims, Verification},
};

use super::{Facts, Field, Finding, Verdict, idp, idp::IdentityProvider, mappings, test_record};
pub use age::{TimeSource, age};
pub use recording::{RecordedResponse, RecordingCheck, check_recording};
pub use shared_result::SharedResult;

use row::ResultRow;
use signature::NopsCertificate;

/// A row of the dry run. Its label is the message `dry-run-<check>`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct DryRunRow {
    /// The name of the check, such as `audience`.
    pub check: String,
    /// The expected value, or a message key if it starts with `dry-run-`.
    pub expected: String,
    /// The received value, or a message key if it starts with `dry-run-`.
    pub received: String,
    /// Variables of the two messages.
    pub params: BTreeMap<String, String>,
    pub verdict: RowVerdict,
    /// The code of the finding that explains the fix.
    pub finding: Option<String>,
}

#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    Type,
    EnumString,
    IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum RowVerdict {
    Pass,
    /// The value may cause a problem.
    Warn,
    /// There isn't enough information to check the value.
    Unchecked,
    Fail,
}

/// The result of checking one response. The rows contain shortened personal data, so the result is
/// never stored.
#[derive(Clone, Debug, PartialEq)]
pub struct DryRun {
    /// `Fail` if any row fails. Otherwise, `Unchecked` if an essential row couldn't be checked, or
    /// else `Pass`. A row with a warning passes.
    pub verdict: RowVerdict,
    pub rows: Vec<DryRunRow>,
    /// The findings of all rows, in row order.
    pub findings: Vec<Finding>,
    /// When AWS issued the response, according to AWS's clock. If a signature is valid, the time
    /// comes from the signed part.
    pub issued: Option<Timestamp>,
    /// SHA-256 (hex) of the response's ID, which identifies the response.
    pub response: Option<String>,
    /// The certificate that signed the response (SHA-256), if it's known and the signature is valid.
    pub signer: Option<String>,
}

impl DryRun {
    /// Returns the number of passed checks, including warnings.
    pub fn passed_count(&self) -> usize {
        let passes = |row: &&DryRunRow| matches!(row.verdict, RowVerdict::Pass | RowVerdict::Warn);
        self.rows.iter().filter(passes).count()
    }
}

impl RowVerdict {
    /// Returns the name used in JSON.
    pub fn name(self) -> &'static str {
        self.into()
    }
}

/// A correct response's values, as far as they are known.
#[derive(Debug, PartialEq)]
pub struct ExpectedValues {
    acs: Option<String>,
    entity_id: Option<String>,
    issuer: Option<String>,
    endpoint: Option<String>,
    certificates: Vec<Certificate>,
    nops_certificate: NopsCertificate,
    nops_issuer: Option<String>,
    tester: Option<Tester>,
    subject: &'static str,
    digest: String,
}

#[derive(Debug, PartialEq)]
struct Tester {
    email: String,
    /// The address comes from AWS. An entered address might be a user name that differs from the
    /// email address.
    is_observed: bool,
}

impl ExpectedValues {
    /// Collects the expected values from all facts, including derived facts. `tester_email` is the
    /// address from AWS. Without it, uses the entered tester if that is an email address.
    pub fn from_facts(facts: &Facts, tester_email: Option<&str>) -> Self {
        let known = |field| facts.non_empty_text(field).map(str::to_owned);
        let typed = || known(Field::Tester).filter(|text| text.contains('@'));
        let idp = IdentityProvider::from_facts(facts);
        Self {
            acs: known(Field::SpAcsUrl),
            entity_id: known(Field::SpEntityId),
            issuer: idp.issuer.map(|issuer| issuer.value),
            endpoint: idp.endpoint.map(|endpoint| endpoint.value),
            certificates: idp
                .certificates
                .into_iter()
                .map(|(_, certificate)| certificate)
                .collect(),
            nops_certificate: match known(Field::NopsX509) {
                None => NopsCertificate::Nothing,
                Some(_) => idp::certificate(facts, Field::NopsX509)
                    .map_or(NopsCertificate::Unreadable, |held| {
                        NopsCertificate::Certificate(Box::new(held))
                    }),
            },
            nops_issuer: known(Field::NopsIssuerUrl),
            tester: match tester_email {
                Some(email) => Some(Tester { email: email.to_owned(), is_observed: true }),
                None => typed().map(|email| Tester { email, is_observed: false }),
            },
            subject: mappings::subject_value(facts),
            digest: test_record::dependency_digest(facts, Field::DryRun),
        }
    }
}

/// The essential checks. If any of them can't be made, the result is `Unchecked`.
const ESSENTIAL: [&str; 6] =
    ["signature", "status", "issuer", "destination", "recipient", "audience"];

/// Checks a response. Addresses must match exactly. Unsigned values are compared too, so that the
/// user sees all differences together. Without a valid signature, the result never passes.
pub fn dry_run(response: &Response, expected: &ExpectedValues, now: Timestamp) -> DryRun {
    check_sign_in_response(response, expected, &[], now)
}

/// Checks a response in the same way as [`dry_run`]. `requests` contains the IDs of nOps's requests
/// from the same recording.
fn check_sign_in_response(
    response: &Response,
    expected: &ExpectedValues,
    requests: &[String],
    now: Timestamp,
) -> DryRun {
    let verification = response.verify(&expected.certificates);
    let (rows, findings): (Vec<DryRunRow>, Vec<Option<Finding>>) =
        run_checks(response, &verification, expected, requests, now)
            .into_iter()
            .map(ResultRow::into_parts)
            .unzip();
    DryRun {
        verdict: verdict(&rows),
        rows,
        findings: findings.into_iter().flatten().collect(),
        issued: issue_time(&verification, response.unverified()),
        signer: signer(&verification.signature, expected),
        response: response
            .unverified()
            .envelope
            .id
            .as_ref()
            .map(|id| hex::encode(digest(&SHA256, id.as_str().as_bytes()))),
    }
}

/// Reports that a response was checked again after it failed. The same response can't reflect
/// changes that were made in the meantime.
pub fn find_repeated_failure(facts: &Facts, dry_run: &DryRun) -> Option<Finding> {
    let field = Field::DryRun;
    let earlier = facts.recorded_result(field)?;
    let is_same = earlier.response.is_some() && earlier.response == dry_run.response;
    let fails = earlier.verdict == Verdict::Failed && dry_run.verdict == RowVerdict::Fail;
    let finding = Finding::warning(field, "dry_run_repeated").with("at", earlier.at?);
    (is_same && fails).then(|| finding.with_reentry_fix())
}

/// Returns the finding for text that couldn't be parsed as a response.
pub fn unreadable_response(refusal: &ResponseError) -> Finding {
    let field = Field::DryRun;
    let code = format!("response-{}", refusal.code());
    Finding { params: refusal.params(), ..Finding::error(field, &code).with_reentry_fix() }
}

fn signer(signature: &Signature, expected: &ExpectedValues) -> Option<String> {
    match signature {
        Signature::Good { certificate, .. } => {
            expected.certificates.get(*certificate).map(Certificate::sha256)
        }
        Signature::WrongCertificate
        | Signature::Altered
        | Signature::Reformatted
        | Signature::NoCertificate
        | Signature::None
        | Signature::Refused(_) => None,
    }
}

fn verdict(rows: &[DryRunRow]) -> RowVerdict {
    let essential = |row: &&DryRunRow| ESSENTIAL.contains(&row.check.as_str());
    if rows.iter().any(|row| row.verdict == RowVerdict::Fail) {
        RowVerdict::Fail
    } else if rows.iter().filter(essential).any(|row| row.verdict == RowVerdict::Unchecked) {
        RowVerdict::Unchecked
    } else {
        RowVerdict::Pass
    }
}

/// Returns the earliest signed issue time, or the claimed issue time if there is no valid
/// signature.
fn issue_time(verification: &Verification<'_>, claims: &UnverifiedClaims) -> Option<Timestamp> {
    let signed = [
        verification.envelope.and_then(|envelope| envelope.issued.as_ref()),
        verification.assertion.and_then(|assertion| assertion.issued.as_ref()),
    ];
    let signed = signed.into_iter().flatten().filter_map(|instant| instant.at).min();
    signed.or_else(|| claims.envelope.issued.as_ref()?.at)
}

fn run_checks(
    response: &Response,
    verification: &Verification<'_>,
    expected: &ExpectedValues,
    requests: &[String],
    now: Timestamp,
) -> Vec<ResultRow> {
    let claims = response.unverified();
    let envelope = verification.envelope.unwrap_or(&claims.envelope);
    let assertion = verification.assertion.or(claims.assertion.as_ref());
    let mut rows = signature::rows(response, &verification.signature, expected);
    rows.push(envelope::status(envelope));
    rows.push(addresses::issuer(envelope, assertion, expected));
    rows.extend(addresses::nops_issuer(envelope, assertion, expected));
    rows.push(addresses::destination(envelope, expected));
    let Some(assertion) = assertion else {
        rows.push(envelope::without_assertion(claims));
        return rows;
    };
    rows.extend([
        addresses::recipient(assertion, expected),
        addresses::audience(assertion, expected),
        time::row(assertion, now),
        subject::row(assertion, expected),
    ]);
    rows.extend(attributes::rows(assertion));
    rows.push(envelope::check_in_response_to(envelope, assertion, requests));
    rows.extend(envelope::encryption(claims));
    rows
}

#[cfg(test)]
mod tests;
