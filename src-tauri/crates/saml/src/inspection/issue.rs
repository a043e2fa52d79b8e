//! Maps parser errors and warnings to a reason with its variables.

use std::collections::BTreeMap;

use super::{Kind, Normalization, Reason, Verdict, certificate, metadata};

/// A reason with the variables of its message.
pub(super) struct InspectionIssue {
    pub(super) verdict: Verdict,
    pub(super) reason: Reason,
    pub(super) params: BTreeMap<String, String>,
}

impl InspectionIssue {
    pub(super) fn new(reason: Reason) -> Self {
        Self { verdict: Verdict::Warn, reason, params: BTreeMap::new() }
    }

    pub(super) fn with(mut self, name: &str, value: &str) -> Self {
        self.params.insert(name.to_owned(), value.to_owned());
        self
    }

    /// Adds a position; `0` means unknown.
    fn at(self, name: &str, place: Option<u32>) -> Self {
        self.with(name, &place.unwrap_or(0).to_string())
    }

    fn rejecting(self) -> Self {
        Self { verdict: Verdict::Reject, ..self }
    }

    pub(super) fn of_size(bytes: u64) -> Self {
        let size = match bytes {
            0..1_048_576 => format!("{} kB", bytes / 1024),
            _ => format!("{} MB", bytes / 1_048_576),
        };
        Self::new(Reason::TooLarge).with("size", &size)
    }

    pub(super) fn of_damage(damage: &certificate::DecodeError) -> Self {
        let note = Self::new(Reason::Malformed);
        match damage {
            certificate::DecodeError::Character { line, character } => note
                .with("what", "character")
                .with("line", &line.to_string())
                .with("character", &character.to_string()),
            certificate::DecodeError::Length { line } => {
                note.with("what", "length").at("line", *line)
            }
            certificate::DecodeError::Cut => note.with("what", "cut"),
            certificate::DecodeError::Der { at } => note.with("what", "der").at("byte", *at),
        }
    }

    pub(super) fn of_certificate(remark: &certificate::CertificateWarning) -> Self {
        use certificate::CertificateWarning;
        let day = |instant: &jiff::Timestamp| instant.strftime("%-d %B %Y").to_string();
        match remark {
            CertificateWarning::SelfSignature => Self::new(Reason::SelfSignature).rejecting(),
            CertificateWarning::Expired { on } => Self::new(Reason::Expired).with("on", &day(on)),
            CertificateWarning::NotYetValid { from } => {
                Self::new(Reason::NotYetValid).with("from", &day(from))
            }
            CertificateWarning::ExpiresSoon { on, days } => {
                Self::new(Reason::ExpiresSoon).with("on", &day(on)).with("days", &days.to_string())
            }
            CertificateWarning::KeyType { key } => Self::new(Reason::KeyType).with("key", key),
            CertificateWarning::WeakKey { bits } => {
                Self::new(Reason::WeakKey).with("bits", &bits.to_string())
            }
            CertificateWarning::WeakSignature { algorithm } => {
                Self::new(Reason::WeakSignature).with("algorithm", algorithm)
            }
            CertificateWarning::IssuedByOther { subject, issuer } => {
                Self::new(Reason::NotSelfSigned).with("subject", subject).with("issuer", issuer)
            }
            CertificateWarning::OtherUse { usage } => {
                Self::new(Reason::OtherUse).with("use", usage.name())
            }
        }
    }

    pub(super) fn of_metadata(remark: &metadata::MetadataWarning) -> Self {
        use metadata::MetadataWarning;
        match remark {
            MetadataWarning::WrongHost { host, look_alike } => {
                let note = Self::new(Reason::WrongHost).with("host", host);
                if *look_alike {
                    note.with("look_alike", "yes").rejecting()
                } else {
                    note.with("look_alike", "no")
                }
            }
            MetadataWarning::TwoApplications { entity_id, sign_in } => Self::new(Reason::EntityId)
                .with("what", "two_applications")
                .with("entity_id", entity_id)
                .with("sign_in", sign_in),
            MetadataWarning::DualStackIssuer { entity_id } => {
                Self::new(Reason::EntityId).with("what", "dual_stack").with("entity_id", entity_id)
            }
        }
    }
}

/// Returns the last part of the message key for something that was cleaned up silently.
pub(super) fn tidied(tidy: &Normalization) -> &'static str {
    match tidy {
        Normalization::Utf16 => "utf16",
        Normalization::LiteralLineBreaks => "line_breaks",
        Normalization::Spaces => "spaces",
        Normalization::Invisible => "invisible",
        Normalization::Dashes => "dashes",
        Normalization::Surroundings { .. } => "surroundings",
        Normalization::Label => "label",
        Normalization::Bare => "bare",
        Normalization::ClosingLine => "closing_line",
        Normalization::Binary => "binary",
        Normalization::Bundle => "bundle",
        Normalization::Repeated => "repeated",
        Normalization::Trailing => "trailing",
        Normalization::Encoded => "encoded",
        Normalization::Element => "element",
    }
}

/// Returns the last part of the message key for a file type.
pub(super) fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Certificate => "certificate",
        Kind::Metadata => "metadata",
        Kind::Empty => "empty",
        Kind::PrivateKey => "private_key",
        Kind::AccessKeys => "access_keys",
        Kind::KeyStore => "key_store",
        Kind::CertificateRequest => "certificate_request",
        Kind::PublicKey => "public_key",
        Kind::SshKey => "ssh_key",
        Kind::RevocationList => "revocation_list",
        Kind::Bundle => "bundle",
        Kind::WebPage => "web_page",
        Kind::Json => "json",
        Kind::SpMetadata => "sp_metadata",
        Kind::Response => "response",
        Kind::Request => "request",
        Kind::AwsError => "aws_error",
        Kind::Xml => "xml",
        Kind::Archive => "archive",
        Kind::Picture => "picture",
        Kind::Pdf => "pdf",
        Kind::Program => "program",
        Kind::Document => "document",
        Kind::Shortcut => "shortcut",
        Kind::Download => "download",
        Kind::Unknown => "unknown",
    }
}
