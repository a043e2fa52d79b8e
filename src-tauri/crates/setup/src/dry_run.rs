//! The dry run: a response that AWS would send, compared with what nOps will look at.
//!
//! No check has two rows, and no two rows share a finding's code. Email addresses and names of people are
//! shortened in everything that comes out.

mod addresses;
mod age;
mod attributes;
mod envelope;
mod redacted;
mod row;
mod shared_result;
mod signature;
mod subject;
mod time;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use specta::Type;

use saml::{
    certificate::Certificate,
    response::{Claims, Response, ResponseError, Verification},
};

use super::{Facts, Field, Finding, Fix, Severity, idp, idp::Idp, mappings, test_record};
pub use age::{Dated, age};
pub use shared_result::SharedResult;

use row::Row;
use signature::NopsCertificate;

/// One row of the dry run. Its label is under `dry-run-<check>`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct DryRunRow {
    /// Such as `audience`.
    pub check: String,
    /// What would be right: a value, or a catalogue key where it starts with `dry-run-`.
    pub expected: String,
    /// What was received: a value, or a catalogue key where it starts with `dry-run-`.
    pub received: String,
    /// The result.
    pub verdict: RowVerdict,
    /// The finding that says what to do, by its code.
    pub finding: Option<String>,
}

/// The result of one check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum RowVerdict {
    /// Right.
    Pass,
    /// May matter.
    Warn,
    /// Could not be judged.
    Unchecked,
    /// Wrong.
    Fail,
}

/// The result on a response. It holds personal data as far as the rows show it, and is never stored.
#[derive(Clone, Debug, PartialEq)]
pub struct DryRun {
    /// Fails with any row; is unchecked while something essential could not be judged; warnings pass.
    pub verdict: RowVerdict,
    /// Check by check.
    pub rows: Vec<DryRunRow>,
    /// What to do about the rows that are not right, in the order of the rows.
    pub findings: Vec<Finding>,
    /// When AWS made the response, by AWS's clock: as signed, where a signature holds.
    pub issued: Option<Timestamp>,
}

impl DryRun {
    /// How many checks passed, warnings included.
    pub fn passed(&self) -> usize {
        let passes = |row: &&DryRunRow| matches!(row.verdict, RowVerdict::Pass | RowVerdict::Warn);
        self.rows.iter().filter(passes).count()
    }
}

impl RowVerdict {
    /// As in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Warn => "warn",
            Self::Unchecked => "unchecked",
            Self::Fail => "fail",
        }
    }
}

/// What a right response holds, as far as the facts say.
#[derive(Debug)]
pub struct Expected {
    acs: Option<String>,
    entity_id: Option<String>,
    issuer: Option<String>,
    certificates: Vec<Certificate>,
    nops_certificate: NopsCertificate,
    nops_issuer: Option<String>,
    tester: Option<String>,
    subject: &'static str,
    digest: String,
}

impl Expected {
    /// What the facts, with everything derived, expect. The tester's email address is the one AWS
    /// gave, else what was typed, where that is one.
    pub fn of(facts: &Facts, tester_email: Option<&str>) -> Self {
        let known = |field| facts.text(field).filter(|text| !text.is_empty()).map(str::to_owned);
        let typed = || known(Field::Tester).filter(|text| text.contains('@'));
        let idp = Idp::of(facts);
        Self {
            acs: known(Field::SpAcsUrl),
            entity_id: known(Field::SpEntityId),
            issuer: idp.issuer.map(|issuer| issuer.value),
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
            tester: tester_email.map(str::to_owned).or_else(typed),
            subject: mappings::subject(facts),
            digest: test_record::digest_of(facts, Field::DryRun),
        }
    }
}

/// While one of these can't be judged, nothing is proven.
const ESSENTIAL: [&str; 6] =
    ["signature", "status", "issuer", "destination", "recipient", "audience"];

/// Judges a response. Addresses are compared character by character. What only claims to be said by
/// AWS, because no signature holds over it, is compared too, so that a person sees every difference at
/// once; the result never passes without a signature that holds.
pub fn dry_run(response: &Response, expected: &Expected, now: Timestamp) -> DryRun {
    let verification = response.verify(&expected.certificates);
    let (rows, findings): (Vec<DryRunRow>, Vec<Option<Finding>>) =
        judged(response, &verification, expected, now).into_iter().map(Row::parts).unzip();
    DryRun {
        verdict: verdict(&rows),
        rows,
        findings: findings.into_iter().flatten().collect(),
        issued: issued(&verification, response.unverified()),
    }
}

/// What to say of text that is no response, in the words of the reader.
pub fn unread(refusal: &ResponseError) -> Finding {
    let field = Field::DryRun;
    let code = format!("response-{}", refusal.code());
    Finding {
        params: refusal.params(),
        ..Finding::about(field, &code, Severity::Error).fix(Fix::Again { field })
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

/// The earliest time that a signature vouches for; without one, what the response claims.
fn issued(verification: &Verification<'_>, claims: &Claims) -> Option<Timestamp> {
    let signed = [
        verification.envelope.and_then(|envelope| envelope.issued.as_ref()),
        verification.assertion.and_then(|assertion| assertion.issued.as_ref()),
    ];
    let signed = signed.into_iter().flatten().filter_map(|instant| instant.at).min();
    signed.or_else(|| claims.envelope.issued.as_ref()?.at)
}

fn judged(
    response: &Response,
    verification: &Verification<'_>,
    expected: &Expected,
    now: Timestamp,
) -> Vec<Row> {
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
    rows.push(envelope::in_response_to(envelope, assertion));
    rows.extend(envelope::encryption(claims));
    rows
}

#[cfg(test)]
mod tests;
