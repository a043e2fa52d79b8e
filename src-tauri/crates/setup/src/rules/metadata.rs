//! Rules about AWS's metadata document.

use jiff::Timestamp;

use super::certificates::{replacement_fix, several_certificates_severity};
use crate::{Facts, Field, Finding, Page, idp};
use saml::metadata::MetadataWarning;

/// The fields that can contain metadata, starting with the most trusted field.
const DOCUMENTS: [Field; 2] = [Field::IdpMetadataFetched, Field::IdpMetadata];

/// Checks the metadata that the setup uses: the first of [`DOCUMENTS`] that is known.
pub(super) fn findings(facts: &Facts, now: Timestamp) -> Vec<Finding> {
    let Some((field, metadata)) =
        DOCUMENTS.iter().find_map(|field| Some((*field, idp::metadata(facts, *field)?)))
    else {
        return Vec::new();
    };
    let about = |code| Finding::warning(field, code).with_page_to_open(Page::AwsApplication);
    let finding = |warning| match warning {
        MetadataWarning::NotValidSince { on } => {
            Some(about("metadata_valid_until").with("on", on.strftime("%F")))
        }
        MetadataWarning::OldProtocol => Some(about("metadata_protocol")),
        MetadataWarning::LongEntityId { length } => {
            Some(about("metadata_entity_id_length").with("length", length))
        }
        MetadataWarning::SeveralCertificates { count } => {
            let finding = about("metadata_several_certificates").with("count", count);
            let severity = several_certificates_severity(facts);
            Some(Finding { severity, ..finding.with_fix(replacement_fix(facts)) })
        }
        // The rules about links report these.
        MetadataWarning::WrongHost { .. }
        | MetadataWarning::TwoApplications { .. }
        | MetadataWarning::DualStackIssuer { .. } => None,
    };
    metadata.warnings(Some(now)).into_iter().filter_map(finding).collect()
}
