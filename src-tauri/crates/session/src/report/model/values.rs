//! The known values, with their sources.

use serde::Serialize;

use super::super::redaction::Redactor;
use super::{name, params};
use crate::view::{FactView, SetupView};
use messages::MessageCatalog;
use setup::{Field, Side, Source};

#[derive(Clone, Debug, Serialize)]
pub struct KnownValue {
    pub field: Field,
    /// The label, as the console shows it.
    pub label: String,
    /// The value. A document is represented by its fingerprint or length.
    pub value: String,
    pub source: String,
    /// When the value was learned, RFC 3339.
    pub since: String,
    /// The value looks wrong, but the user confirmed that the AWS or nOps page shows it.
    pub kept: bool,
}

#[derive(Clone, Debug, Serialize)]
pub struct Certificate {
    /// Where the certificate was found.
    pub place: String,
    pub source: String,
    /// SHA-256 of the DER, uppercase hex.
    pub sha256: String,
    /// Serial number, hex.
    pub serial: String,
    pub subject: String,
    /// RFC 3339.
    pub not_before: String,
    /// RFC 3339.
    pub not_after: String,
    /// Whole days until the certificate expires, counted from the time of the report. Negative if
    /// it has expired.
    pub days_left: i32,
    /// For example, `RSA 2048`.
    pub key: String,
    /// Whether this certificate is in AWS's metadata. `None` if there is no metadata.
    pub same_as_metadata: Option<bool>,
}

/// The number of known values from each source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SourceCounts {
    pub observed: u32,
    pub imported: u32,
    pub entered: u32,
    pub derived: u32,
    pub declared: u32,
}

pub(super) fn sources(view: &SetupView) -> SourceCounts {
    let mut counts = SourceCounts::default();
    for fact in view.facts.values() {
        let count = match fact.source {
            Source::Observed => &mut counts.observed,
            Source::Imported { .. } => &mut counts.imported,
            Source::Entered => &mut counts.entered,
            Source::Derived { .. } => &mut counts.derived,
            Source::Declared => &mut counts.declared,
        };
        *count += 1;
    }
    counts
}

/// Returns the known values of one side, in the order of the fields. Leaves out test results and
/// mappings, which have their own sections.
pub(super) fn list_known_values(
    view: &SetupView,
    side: Side,
    redactor: &Redactor,
    words: &MessageCatalog,
) -> Vec<KnownValue> {
    view.facts
        .iter()
        .filter(|(field, _)| field.side() == side && !has_a_place_of_its_own(**field))
        .map(|(field, fact)| build_known_value(view, *field, fact, redactor, words))
        .collect()
}

/// Returns the values that the user only confirmed, including test results.
pub(super) fn list_confirmed_values(
    view: &SetupView,
    redactor: &Redactor,
    words: &MessageCatalog,
) -> Vec<KnownValue> {
    view.facts
        .iter()
        .filter(|(_, fact)| fact.source == Source::Declared || fact.kept)
        .map(|(field, fact)| build_known_value(view, *field, fact, redactor, words))
        .collect()
}

pub(super) fn certificates(
    view: &SetupView,
    redactor: &Redactor,
    words: &MessageCatalog,
) -> Vec<Certificate> {
    view.certificates
        .iter()
        .map(|card| Certificate {
            place: label(card.field, words),
            source: source(&card.source, redactor, words),
            sha256: card.sha256.clone(),
            serial: card.serial.clone(),
            subject: card.subject.clone(),
            not_before: card.not_before.clone(),
            not_after: card.not_after.clone(),
            days_left: card.days_left,
            key: card.key.clone(),
            same_as_metadata: card.same_as_metadata,
        })
        .collect()
}

pub(super) fn label(field: Field, words: &MessageCatalog) -> String {
    words.format_plain(&format!("field-{}", name(&field)))
}

fn build_known_value(
    view: &SetupView,
    field: Field,
    fact: &FactView,
    redactor: &Redactor,
    words: &MessageCatalog,
) -> KnownValue {
    KnownValue {
        field,
        label: label(field, words),
        value: value(view, field, fact, redactor, words),
        source: source(&fact.source, redactor, words),
        since: fact.at.clone(),
        kept: fact.kept,
    }
}

fn value(
    view: &SetupView,
    field: Field,
    fact: &FactView,
    redactor: &Redactor,
    words: &MessageCatalog,
) -> String {
    if is_a_document(field) {
        return match view.certificates.iter().find(|card| card.field == field) {
            Some(card) => {
                words.text("report-fingerprint", &params([("sha256", card.sha256.clone())]))
            }
            None => {
                let characters = fact.value.chars().count().to_string();
                words.text("report-document", &params([("characters", characters)]))
            }
        };
    }
    let coded = format!("report-value-{}", name(&field));
    if words.has(&coded) {
        return words.text(&coded, &params([("value", redactor.redact(&fact.value))]));
    }
    match fact.value.as_str() {
        "true" => words.format_plain("report-yes"),
        "false" => words.format_plain("report-no"),
        // AWS logs this event without details.
        "" if field == Field::ApplicationOpened => words.format_plain("report-yes"),
        text => redactor.redact(text),
    }
}

pub(super) fn source(source: &Source, redactor: &Redactor, words: &MessageCatalog) -> String {
    match source {
        Source::Observed => words.format_plain("source-observed"),
        Source::Imported { origin: Some(origin), .. } => {
            let of_person = params([
                ("role", <&str>::from(origin.role).to_owned()),
                ("name", redactor.redact_name(origin.name.as_deref())),
                ("source", <&str>::from(origin.source).to_owned()),
                ("at", origin.at.to_string()),
            ]);
            words.text("source-handed_over", &of_person)
        }
        Source::Imported { file: Some(file), .. } => {
            words.text("source-imported", &params([("file", redactor.redact(file))]))
        }
        Source::Imported { file: None, .. } => words.format_plain("source-imported-plain"),
        Source::Entered => words.format_plain("source-entered"),
        Source::Derived { from } => {
            words.text("source-derived", &params([("from", label(*from, words))]))
        }
        Source::Declared => words.format_plain("source-declared"),
    }
}

/// Returns whether the field contains a multi-line document. A report describes such a document
/// instead of including it.
fn is_a_document(field: Field) -> bool {
    use Field::*;
    matches!(field, IdpMetadata | IdpMetadataFetched | IdpCertificate | NopsX509)
}

fn has_a_place_of_its_own(field: Field) -> bool {
    use Field::*;
    matches!(field, DryRun | TestFromPortal | TestFromNops | AttributeMappings)
}
