//! Maps parser errors and warnings to a reason and its variables.

use std::collections::BTreeMap;

use super::{Reason, Verdict};
use crate::{
    certificate::{CertificateWarning, DecodeError},
    metadata::MetadataWarning,
};

/// A reason and the variables of its message.
pub(super) struct InspectionIssue {
    pub(super) verdict: Verdict,
    pub(super) reason: Reason,
    pub(super) params: BTreeMap<String, String>,
}

impl From<Reason> for InspectionIssue {
    fn from(reason: Reason) -> Self {
        Self { verdict: Verdict::Warn, reason, params: BTreeMap::new() }
    }
}

impl Reason {
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

    pub(super) fn of_size(bytes: u64) -> Self {
        const MEGABYTE: u64 = 1 << 20;
        let (size, unit) =
            if bytes < MEGABYTE { (bytes >> 10, "kb") } else { (bytes / MEGABYTE, "mb") };
        Reason::TooLarge.with("size", size).with("unit", unit)
    }

    /// Describes where a certificate is damaged. An unknown position is 0.
    pub(super) fn of_damage(damage: &DecodeError) -> Self {
        let note = |what: &str| Reason::Malformed.with("what", what);
        match damage {
            DecodeError::Character { line, character } => {
                note("character").with("line", line).with("character", character)
            }
            DecodeError::Length { line } => note("length").with("line", line.unwrap_or(0)),
            DecodeError::Cut => note("cut"),
            DecodeError::Der { at } => note("der").with("byte", at.unwrap_or(0)),
        }
    }

    pub(super) fn of_certificate(remark: &CertificateWarning) -> Self {
        let day = |instant: &jiff::Timestamp| instant.strftime("%F").to_string();
        match remark {
            CertificateWarning::SelfSignature => Self::from(Reason::SelfSignature).rejecting(),
            CertificateWarning::Expired { on } => Reason::Expired.with("on", day(on)),
            CertificateWarning::NotYetValid { from } => Reason::NotYetValid.with("from", day(from)),
            CertificateWarning::ExpiresSoon { on, days } => {
                Reason::ExpiresSoon.with("on", day(on)).with("days", days)
            }
            CertificateWarning::KeyType { key } => Reason::KeyType.with("key", key),
            CertificateWarning::WeakKey { bits } => Reason::WeakKey.with("bits", bits),
            CertificateWarning::WeakSignature { algorithm } => {
                Reason::WeakSignature.with("algorithm", algorithm)
            }
            CertificateWarning::IssuedByOther { subject, issuer } => {
                Reason::NotSelfSigned.with("subject", subject).with("issuer", issuer)
            }
            CertificateWarning::OtherUse { usage } => Reason::OtherUse.with("use", usage.name()),
        }
    }

    pub(super) fn of_metadata(remark: &MetadataWarning) -> Self {
        match remark {
            MetadataWarning::WrongHost { host, look_alike: true } => {
                Reason::WrongHost.with("host", host).with("look_alike", "yes").rejecting()
            }
            MetadataWarning::WrongHost { host, look_alike: false } => {
                Reason::WrongHost.with("host", host).with("look_alike", "no")
            }
            MetadataWarning::TwoApplications { entity_id, sign_in } => Reason::EntityId
                .with("what", "two_applications")
                .with("entity_id", entity_id)
                .with("sign_in", sign_in),
            MetadataWarning::LongEntityId { length } => {
                Reason::EntityId.with("what", "too_long").with("length", length)
            }
            MetadataWarning::NotValidSince { on } => {
                Reason::ValidUntil.with("on", on.strftime("%F"))
            }
            MetadataWarning::OldProtocol => Reason::Protocol.into(),
            MetadataWarning::SeveralCertificates { count } => {
                Reason::SeveralCertificates.with("count", count)
            }
            MetadataWarning::DualStackIssuer { entity_id } => {
                Reason::EntityId.with("what", "dual_stack").with("entity_id", entity_id)
            }
        }
    }
}
