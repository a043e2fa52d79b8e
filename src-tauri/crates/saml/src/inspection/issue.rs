//! Maps parser errors and warnings to a reason and its variables.

use std::collections::BTreeMap;

use super::{InspectionReason, Verdict};
use crate::{
    certificate::{CertificateWarning, DecodeError},
    metadata::MetadataWarning,
};

/// A reason and the variables of its message.
pub(super) struct InspectionIssue {
    pub(super) verdict: Verdict,
    pub(super) reason: InspectionReason,
    pub(super) params: BTreeMap<String, String>,
}

impl From<InspectionReason> for InspectionIssue {
    fn from(reason: InspectionReason) -> Self {
        Self { verdict: Verdict::Warn, reason, params: BTreeMap::new() }
    }
}

impl InspectionReason {
    pub(super) fn with(self, name: &str, value: impl ToString) -> InspectionIssue {
        InspectionIssue::from(self).with(name, value)
    }
}

impl InspectionIssue {
    pub(super) fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.params.insert(name.to_owned(), value.to_string());
        self
    }

    fn rejecting(self) -> Self {
        Self { verdict: Verdict::Reject, ..self }
    }

    pub(super) fn too_large(bytes: u64) -> Self {
        const MEGABYTE: u64 = 1 << 20;
        let (size, unit) =
            if bytes < MEGABYTE { (bytes >> 10, "kb") } else { (bytes / MEGABYTE, "mb") };
        InspectionReason::TooLarge.with("size", size).with("unit", unit)
    }

    /// Describes where a certificate is damaged. An unknown position is 0.
    pub(super) fn from_decode_error(damage: &DecodeError) -> Self {
        let note = |what: &str| InspectionReason::Malformed.with("what", what);
        match damage {
            DecodeError::Character { line, character } => {
                note("character").with("line", line).with("character", character)
            }
            DecodeError::Length { line } => note("length").with("line", line.unwrap_or(0)),
            DecodeError::Cut => note("cut"),
            DecodeError::Der { at } => note("der").with("byte", at.unwrap_or(0)),
        }
    }

    pub(super) fn from_certificate_warning(remark: &CertificateWarning) -> Self {
        let day = |instant: &jiff::Timestamp| instant.strftime("%F").to_string();
        match remark {
            CertificateWarning::SelfSignature => {
                Self::from(InspectionReason::SelfSignature).rejecting()
            }
            CertificateWarning::Expired { on } => InspectionReason::Expired.with("on", day(on)),
            CertificateWarning::NotYetValid { from } => {
                InspectionReason::NotYetValid.with("from", day(from))
            }
            CertificateWarning::ExpiresSoon { on, days } => {
                InspectionReason::ExpiresSoon.with("on", day(on)).with("days", days)
            }
            CertificateWarning::KeyType { key } => InspectionReason::KeyType.with("key", key),
            CertificateWarning::WeakKey { bits } => InspectionReason::WeakKey.with("bits", bits),
            CertificateWarning::WeakSignature { algorithm } => {
                InspectionReason::WeakSignature.with("algorithm", algorithm)
            }
            CertificateWarning::IssuedByOther { subject, issuer } => {
                InspectionReason::NotSelfSigned.with("subject", subject).with("issuer", issuer)
            }
            CertificateWarning::OtherUse { usage } => {
                InspectionReason::OtherUse.with("use", usage.name())
            }
        }
    }

    pub(super) fn from_metadata_warning(remark: &MetadataWarning) -> Self {
        match remark {
            MetadataWarning::WrongHost { host, look_alike: true } => {
                InspectionReason::WrongHost.with("host", host).with("look_alike", "yes").rejecting()
            }
            MetadataWarning::WrongHost { host, look_alike: false } => {
                InspectionReason::WrongHost.with("host", host).with("look_alike", "no")
            }
            MetadataWarning::TwoApplications { entity_id, sign_in } => InspectionReason::EntityId
                .with("what", "two_applications")
                .with("entity_id", entity_id)
                .with("sign_in", sign_in),
            MetadataWarning::LongEntityId { length } => {
                InspectionReason::EntityId.with("what", "too_long").with("length", length)
            }
            MetadataWarning::NotValidSince { on } => {
                InspectionReason::ValidUntil.with("on", on.strftime("%F"))
            }
            MetadataWarning::OldProtocol => InspectionReason::Protocol.into(),
            MetadataWarning::SeveralCertificates { count } => {
                InspectionReason::SeveralCertificates.with("count", count)
            }
            MetadataWarning::DualStackIssuer { entity_id } => {
                InspectionReason::EntityId.with("what", "dual_stack").with("entity_id", entity_id)
            }
        }
    }
}
