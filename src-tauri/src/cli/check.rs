//! `check`: runs the rules on a values document.

use std::path::Path;

use jiff::Timestamp;
use messages::MessageCatalog;
use serde::Serialize;
use setup::{
    Facts, Field, Finding, FindingItem, Severity, assessment::assess,
    enforcement::EnforcementPeople, values::ValuesDocument,
};

use super::{CommandResult, eprint_error, input, output};

/// The JSON output.
#[derive(Serialize)]
struct CheckOutput {
    findings: Vec<FindingOutput>,
}

/// A finding with its message.
#[derive(Serialize)]
pub(super) struct FindingOutput {
    id: String,
    code: String,
    severity: Severity,
    side: setup::Side,
    /// The key in the values document, or the field's name if the document has no key for it.
    field: Option<Name>,
    item: Option<FindingItem>,
    pub(super) message: String,
    given: Option<String>,
    expected: Option<String>,
    received: Option<String>,
    pub(super) fix: Option<String>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Name {
    Key(&'static str),
    Field(Field),
}

pub(super) fn run(file: &Path, now: Timestamp) -> Result<CommandResult, String> {
    let (facts, mut findings) = facts(file, now)?;
    findings.extend(assess(&facts, &EnforcementPeople::default(), now).findings);
    let found = result_of_findings(&findings);
    if !findings.is_empty() {
        eprint_error(&MessageCatalog::english().format_plain("check-explain"));
    }
    output::line(&CheckOutput { findings: lines(findings) })?;
    Ok(found)
}

/// Reads a values document. Returns its facts and the findings about the document itself.
pub(super) fn facts(file: &Path, now: Timestamp) -> Result<(Facts, Vec<Finding>), String> {
    let bytes = input::json(file)?;
    let values: ValuesDocument = serde_json::from_slice(&bytes).map_err(|error| {
        // A JSON error message can quote a value, which may be a secret.
        let params = [
            ("file", file.display().to_string()),
            ("line", error.line().to_string()),
            ("column", error.column().to_string()),
        ];
        let params = params.map(|(name, value)| (name.to_owned(), value)).into();
        MessageCatalog::english().without_markup().text("failure-values_unreadable", &params)
    })?;
    Ok(values.to_facts(now))
}

/// Returns [`CommandResult::Errors`] if a finding is an error.
pub(super) fn result_of_findings(findings: &[Finding]) -> CommandResult {
    match findings.iter().any(|finding| finding.severity == Severity::Error) {
        true => CommandResult::Errors,
        false => CommandResult::Fine,
    }
}

/// Adds messages to findings.
pub(super) fn lines(findings: Vec<Finding>) -> Vec<FindingOutput> {
    let words = MessageCatalog::english().without_markup();
    Finding::identify(findings)
        .into_iter()
        .map(|finding| {
            let key = finding.message_key();
            let params = finding.variables(|key, params| words.text(key, params));
            let title = words.text(&key, &params);
            let detail = words.attribute(&key, "detail", &params);
            FindingOutput {
                message: [Some(title), detail].into_iter().flatten().collect::<Vec<_>>().join(". "),
                fix: words.attribute(&key, "fix", &params),
                id: finding.id,
                code: finding.code,
                severity: finding.severity,
                side: finding.side,
                field: finding
                    .field
                    .map(|field| ValuesDocument::key(field).map_or(Name::Field(field), Name::Key)),
                item: finding.item,
                given: finding.given,
                expected: finding.expected,
                received: finding.received,
            }
        })
        .collect()
}
