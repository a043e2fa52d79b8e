//! Findings left open, in words.

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::redaction::Redactor;
use super::{name, time, values::label};
use crate::view::SetupView;
use messages::Words;
use setup::{Field, Finding, Severity, Side, Step};

/// One finding left open.
#[derive(Clone, Debug, Serialize)]
pub struct Open {
    /// Its stable code.
    pub code: String,
    /// How much it weighs.
    pub severity: Severity,
    /// The step that shows it.
    pub step: Step,
    /// The side where it is mended.
    pub side: Side,
    /// The field where it is mended.
    pub field: Option<Field>,
    /// The side and the field's label.
    pub place: String,
    /// What was found.
    pub message: String,
    /// What it means and what to do.
    pub detail: Option<String>,
    /// How we know, where the rule is not documented.
    pub know: Option<String>,
    /// The one action that mends it.
    pub fix: Option<String>,
    /// What would be right.
    pub expected: Option<String>,
    /// What was seen.
    pub received: Option<String>,
    /// What was given.
    pub given: Option<String>,
    /// A person answered that the page shows it so.
    pub kept: bool,
}

pub(super) fn open(view: &SetupView, veil: &Redactor, words: &Words) -> Vec<Open> {
    let mut open: Vec<Open> =
        view.findings.iter().map(|finding| one(finding, veil, words)).collect();
    open.sort_by_key(|finding| (std::cmp::Reverse(finding.severity), finding.step));
    open
}

fn one(finding: &Finding, veil: &Redactor, words: &Words) -> Open {
    let key = finding.words();
    let params: BTreeMap<String, String> = finding
        .variables(|key, params| words.text(key, params))
        .into_iter()
        .map(|(name, text)| (name, veil.over(&time(&text))))
        .collect();
    let value = |text: &Option<String>| text.as_deref().map(|text| told(finding, text, veil));
    let side = words.word(&format!("report-side-{}", name(&finding.side)));
    Open {
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
        know: words.attribute(&key, "know", &params),
        fix: words.attribute(&key, "fix", &params),
        expected: value(&finding.expected),
        received: value(&finding.received),
        given: value(&finding.given),
        kept: finding.kept,
    }
}

/// A compared value. Documents are not repeated, and of a SAML response only links are: everything
/// else in it may be about a person.
fn told(finding: &Finding, text: &str, veil: &Redactor) -> String {
    let from_response = finding.step == Step::DryRun && veil.masks();
    let is_document = text.lines().count() > 3 || text.contains("PRIVATE KEY");
    if is_document || (from_response && !text.starts_with("https://")) {
        return "…".to_owned();
    }
    veil.over(text)
}
