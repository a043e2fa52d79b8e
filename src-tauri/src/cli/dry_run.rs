//! `dry-run`: checks a response, or a recorded sign-in, as nOps would.

use std::path::Path;

use jiff::Timestamp;
use messages::MessageCatalog;
use saml::recording::Recording;
use serde::Serialize;
use session::view::{DryRunRow, RowVerdict};
use setup::{
    Facts, Finding, Source,
    derive::derive,
    dry_run::{ExpectedValues, SharedResult, check_recording},
    rules,
};

use super::{
    CommandResult,
    check::{self, FindingOutput},
    input, output,
};

/// The JSON output.
#[derive(Serialize)]
struct DryRunOutput {
    verdict: &'static str,
    rows: Vec<RowOutput>,
    findings: Vec<FindingOutput>,
    /// The shareable result, which step 6 accepts in place of the response.
    #[serde(skip_serializing_if = "Option::is_none")]
    receipt: Option<String>,
}

/// A [`DryRunRow`] with the text of its messages.
#[derive(Serialize)]
struct RowOutput {
    check: String,
    expected: String,
    received: String,
    verdict: RowVerdict,
    finding: Option<String>,
}

pub(super) fn run(values: &Path, response: &Path, now: Timestamp) -> Result<CommandResult, String> {
    let (mut facts, mut findings) = check::facts(values, now)?;
    let words = MessageCatalog::english().without_markup();
    let expected = ExpectedValues::from_facts(&derive(&facts, now), None);
    let check = check_recording(&Recording::read(&input::bytes(response)?), &expected, now);
    findings.extend(check.notes);
    for (field, value) in check.learned {
        facts.record(field, value, Source::Entered, now);
    }
    findings.extend(compare_request(&derive(&facts, now), now));
    let dry_run = check.checked.map(|(_, dry_run)| dry_run);
    let receipt =
        dry_run.as_ref().map(|dry_run| SharedResult::from_dry_run(dry_run, &expected, now));
    // Any result other than pass or warn proves nothing.
    let passed = dry_run
        .as_ref()
        .is_some_and(|dry_run| matches!(dry_run.verdict, RowVerdict::Pass | RowVerdict::Warn));
    let told = |text: &str, row: &DryRunRow| match text.starts_with("dry-run-") {
        true => words.text(text, &row.params),
        false => text.to_owned(),
    };
    let (rows, results) =
        dry_run.map(|dry_run| (dry_run.rows, dry_run.findings)).unwrap_or_default();
    findings.extend(results);
    output::line(&DryRunOutput {
        verdict: if passed { "pass" } else { "fail" },
        rows: rows
            .into_iter()
            .map(|row| RowOutput {
                expected: told(&row.expected, &row),
                received: told(&row.received, &row),
                check: row.check,
                verdict: row.verdict,
                finding: row.finding,
            })
            .collect(),
        findings: check::lines(findings),
        receipt: receipt.map(|receipt| receipt.to_string()),
    })?;
    Ok(if passed { CommandResult::Fine } else { CommandResult::Errors })
}

/// Compares nOps's recorded request with the values.
fn compare_request(facts: &Facts, now: Timestamp) -> impl Iterator<Item = Finding> {
    let findings = rules::findings(facts, now).into_iter();
    findings.filter(|finding| finding.code.starts_with("request_"))
}
