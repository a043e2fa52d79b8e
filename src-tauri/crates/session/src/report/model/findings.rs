//! Open findings, as text.

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::redaction::Redactor;
use super::{name, time, values::label};
use crate::view::SetupView;
use messages::MessageCatalog;
use setup::{Field, Finding, RuleBasis, Severity, Side, Step};

#[derive(Clone, Debug, Serialize)]
pub struct OpenFinding {
    pub code: String,
    pub severity: Severity,
    /// The step that shows the finding.
    pub step: Step,
    /// The side where the user fixes the problem.
    pub side: Side,
    /// The field where the user fixes the problem.
    pub field: Option<Field>,
    /// The side and the field's label.
    pub place: String,
    pub message: String,
    /// What the finding means and what to do.
    pub detail: Option<String>,
    /// The basis of the rule, unless the rule is documented.
    pub rule_basis: Option<String>,
    /// The action that fixes the problem.
    pub fix: Option<String>,
    pub expected: Option<String>,
    pub received: Option<String>,
    /// The value that was entered.
    pub given: Option<String>,
    /// The value looks wrong, but the user confirmed that the AWS or nOps page shows it.
    pub kept: bool,
}

pub(super) fn list_open_findings(
    view: &SetupView,
    redactor: &Redactor,
    words: &MessageCatalog,
) -> Vec<OpenFinding> {
    // Findings about cleanups matter only right after the input.
    let findings = view.findings.iter().filter(|finding| finding.code != "cleanups");
    let mut open: Vec<OpenFinding> =
        findings.map(|finding| build_open_finding(finding, redactor, words)).collect();
    open.sort_by_key(|finding| (std::cmp::Reverse(finding.severity), finding.step));
    open
}

fn build_open_finding(
    finding: &Finding,
    redactor: &Redactor,
    words: &MessageCatalog,
) -> OpenFinding {
    let key = finding.message_key();
    let params: BTreeMap<String, String> = finding
        .variables(|key, params| words.text(key, params))
        .into_iter()
        .map(|(name, text)| (name, redactor.redact(&time(&text))))
        .collect();
    let value =
        |text: &Option<String>| text.as_deref().map(|text| redact_value(finding, text, redactor));
    let side = words.format_plain(&format!("report-side-{}", name(&finding.side)));
    OpenFinding {
        code: finding.code.clone(),
        severity: finding.severity,
        step: finding.step,
        side: finding.side,
        field: finding.field,
        place: match finding.field {
            Some(field) => format!("{side} › {}", label(field, words)),
            None => side,
        },
        message: words.text(&key, &params),
        detail: words.attribute(&key, "detail", &params),
        rule_basis: words.attribute(&key, "know", &params).or_else(|| {
            (finding.basis != RuleBasis::Documented)
                .then(|| words.format_plain(&format!("basis-{}", name(&finding.basis))))
        }),
        fix: words.attribute(&key, "fix", &params),
        expected: value(&finding.expected),
        received: value(&finding.received),
        given: value(&finding.given),
        kept: finding.kept,
    }
}

/// Returns a compared value for the report. Leaves out documents. If people are masked, shows only
/// the links of a SAML response, because its other values may identify a person.
fn redact_value(finding: &Finding, text: &str, redactor: &Redactor) -> String {
    let from_response = finding.step == Step::DryRun && redactor.masks_people();
    let is_document = text.lines().count() > 3 || text.contains("PRIVATE KEY");
    if is_document || (from_response && !text.starts_with("https://")) {
        return "…".to_owned();
    }
    redactor.redact(text)
}
