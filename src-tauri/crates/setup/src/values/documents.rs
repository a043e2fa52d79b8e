//! The certificate and the metadata inside a values document.

use jiff::Timestamp;

use crate::{Field, Finding, Fix, Severity};
use saml::inspection::{self, Expect, Verdict};

/// What a document's text is worth.
pub(super) struct Document {
    /// It can be used. One that was seen empty is as good as any other empty value.
    pub(super) usable: bool,
    /// Why it is not what belongs there, in the words of the reader.
    pub(super) refused: Option<Finding>,
}

/// Whether `field` holds a document that can be read at once. What was typed into nOps is compared
/// instead, whatever it is.
pub(super) fn is_one(field: Field) -> bool {
    matches!(field, Field::IdpCertificate | Field::IdpMetadata)
}

pub(super) fn read(field: Field, text: &str, now: Timestamp) -> Document {
    let expect = match field {
        Field::IdpMetadata => Expect::Metadata,
        _ => Expect::Certificate,
    };
    let inspection = inspection::read_at(None, text.as_bytes(), expect, now);
    if text.is_empty() || inspection.verdict != Verdict::Reject {
        return Document { usable: true, refused: None };
    }
    let refused = inspection.reason.map(|reason| Finding {
        params: inspection.params,
        fix: Some(Fix::Again { field }),
        ..Finding::about(field, &format!("reading-{}", reason.name()), Severity::Error)
    });
    Document { usable: inspection.content.is_some(), refused }
}
