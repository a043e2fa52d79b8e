//! Reads the certificate and the metadata in a values document.

use jiff::Timestamp;

use crate::{Field, Finding};
use saml::inspection::{self, ExpectedKind, Verdict};

pub(super) struct Document {
    /// The text can be used. Empty text counts as usable.
    pub(super) usable: bool,
    /// Why the text isn't the expected document, according to the document parser.
    pub(super) refused: Option<Finding>,
}

/// Returns whether `field` contains a document to parse. The certificate in nOps isn't parsed here,
/// because it's compared as is.
pub(super) fn is_document_field(field: Field) -> bool {
    matches!(field, Field::IdpCertificate | Field::IdpMetadata)
}

pub(super) fn parse_document(field: Field, text: &str, now: Timestamp) -> Document {
    let expect = match field {
        Field::IdpMetadata => ExpectedKind::Metadata,
        _ => ExpectedKind::Certificate,
    };
    let inspection = inspection::inspect_file_at(None, text.as_bytes(), expect, now);
    if text.is_empty() || inspection.verdict != Verdict::Reject {
        return Document { usable: true, refused: None };
    }
    let refused = inspection.reason.map(|reason| Finding {
        params: inspection.params,
        ..Finding::error(field, &format!("reading-{}", reason.name())).with_reentry_fix()
    });
    Document { usable: inspection.content.is_some(), refused }
}
