//! The rehearsal: a response that AWS would send, compared with what nOps will look at.

mod rows;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::saml::{certificate::Certificate, response::Response};

use super::{Facts, Field, Finding, idp::Idp, mappings};

/// One row of the rehearsal. Its label is under `rehearsal-<check>`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct RehearsalRow {
    /// Such as `audience`.
    pub check: String,
    /// What would be right: a value, or a catalogue key where it starts with `rehearsal-`.
    pub expected: String,
    /// What was received: a value, or a catalogue key where it starts with `rehearsal-`.
    pub received: String,
    /// The verdict.
    pub verdict: RowVerdict,
    /// The finding that says what to do, by its code.
    pub finding: Option<String>,
}

/// The verdict of one check.
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

/// The verdict on a response. It holds personal data as far as the rows show it, and is never stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Rehearsal {
    /// Fails with any row; is unchecked while something essential could not be judged.
    pub verdict: RowVerdict,
    /// Check by check.
    pub rows: Vec<RehearsalRow>,
    /// What to do about the rows that are not right.
    pub findings: Vec<Finding>,
}

/// What a right response holds, as far as the facts say.
#[derive(Debug)]
pub struct Expected {
    acs: Option<String>,
    entity_id: Option<String>,
    issuer: Option<String>,
    certificates: Vec<Certificate>,
    tester_email: Option<String>,
    subject_is_address: bool,
}

impl Expected {
    /// What the facts, with everything derived, expect. The tester's e-mail address is AWS's, else
    /// what was typed, where that is one.
    pub fn of(facts: &Facts, tester_email: Option<&str>) -> Self {
        let known = |field| {
            facts
                .text(field)
                .filter(|text| !text.is_empty())
                .map(str::to_owned)
        };
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
            tester_email: tester_email.map(str::to_owned).or_else(typed),
            subject_is_address: mappings::subject(facts) == mappings::BY_EMAIL,
        }
    }
}

/// Without these, nothing is proven.
const ESSENTIAL: [&str; 6] = [
    "signature",
    "status",
    "issuer",
    "destination",
    "recipient",
    "audience",
];

/// Judges a response. Values are compared character by character; what only claims to be said by
/// AWS, because no signature holds, is compared too, and the verdict never passes then.
pub fn rehearse(response: &Response, expected: &Expected, now: Timestamp) -> Rehearsal {
    let (rows, findings) = rows::rows(response, expected, now);
    let failed = rows.iter().any(|row| row.verdict == RowVerdict::Fail);
    let open = rows
        .iter()
        .any(|row| row.verdict == RowVerdict::Unchecked && ESSENTIAL.contains(&row.check.as_str()));
    let verdict = match (failed, open) {
        (true, _) => RowVerdict::Fail,
        (false, true) => RowVerdict::Unchecked,
        (false, false) => RowVerdict::Pass,
    };
    Rehearsal {
        verdict,
        rows,
        findings,
    }
}
