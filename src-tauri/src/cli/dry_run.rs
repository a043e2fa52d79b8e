//! `dry-run`: checks a response as nOps would.

use std::path::Path;

use jiff::Timestamp;
use messages::MessageCatalog;
use saml::response::Response;
use serde::Serialize;
use session::view::{DryRunRow, RowVerdict};
use setup::{
    derive::derive,
    dry_run::{Expected, SharedResult, dry_run, unreadable_response},
};

use super::{
    Found,
    check::{self, FindingOutput},
    input, output,
};

/// The JSON output.
#[derive(Serialize)]
struct DryRunOutput {
    verdict: &'static str,
    rows: Vec<DryRunRow>,
    findings: Vec<FindingOutput>,
    /// The shareable result, which step 6 accepts in place of the response.
    #[serde(skip_serializing_if = "Option::is_none")]
    receipt: Option<String>,
}

pub(super) fn run(values: &Path, response: &Path, now: Timestamp) -> Result<Found, String> {
    let (facts, mut findings) = check::facts(values, now)?;
    let words = MessageCatalog::english().without_markup();
    let response = match Response::read(&input::bytes(response)?) {
        Ok(response) => response,
        Err(refusal) => {
            findings.push(unreadable_response(&refusal));
            output::line(&DryRunOutput {
                verdict: "fail",
                rows: Vec::new(),
                findings: check::lines(findings),
                receipt: None,
            })?;
            return Ok(Found::Errors);
        }
    };
    let expected = Expected::of(&derive(&facts, now), None);
    let dry_run = dry_run(&response, &expected, now);
    let receipt = SharedResult::of(&dry_run, &expected, now);
    // Only these two results show that nOps would accept the response.
    let passed = matches!(dry_run.verdict, RowVerdict::Pass | RowVerdict::Warn);
    let told = |text: String| match text.starts_with("dry-run-") {
        true => words.word(&text),
        false => text,
    };
    findings.extend(dry_run.findings);
    output::line(&DryRunOutput {
        verdict: if passed { "pass" } else { "fail" },
        rows: dry_run
            .rows
            .into_iter()
            .map(|row| DryRunRow {
                expected: told(row.expected),
                received: told(row.received),
                ..row
            })
            .collect(),
        findings: check::lines(findings),
        receipt: Some(receipt.to_string()),
    })?;
    Ok(if passed { Found::Fine } else { Found::Errors })
}
