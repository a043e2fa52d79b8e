//! Identifies any dropped, chosen or pasted file, and decides whether it can be used.
//!
//! Every way to add a file uses this module. The texts are in the message catalog as
//! `reading-<reason>` and its `fix` attribute. The parameters of the [`Inspection`] are the
//! message's variables.

mod issue;

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;
use strum::{IntoStaticStr, VariantArray};

use super::certificate::{self, Certificate, CertificateError, OtherFile, ParsedCertificate};
use super::metadata::{self, Metadata};
use super::recording::{MessageKind, Recording};
use issue::InspectionIssue;

/// The maximum size of a file to inspect, in bytes.
pub const MAX_BYTES: usize = certificate::MAX_BYTES;

/// The type of file that the user expects.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ExpectedKind {
    /// Any type, detected from the content.
    #[default]
    Auto,
    /// A certificate. Metadata is accepted too, because it contains the certificate.
    Certificate,
    Metadata,
}

/// Whether a file can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Accept,
    /// Usable, with a warning.
    Warn,
    Reject,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum InputKind {
    Certificate,
    Metadata,
    Empty,
    PrivateKey,
    AccessKeys,
    KeyStore,
    CertificateRequest,
    PublicKey,
    SshKey,
    RevocationList,
    Fingerprint,
    Bundle,
    WebPage,
    Json,
    AwsConfiguration,
    SpMetadata,
    Response,
    Request,
    /// A recorded sign-in, such as a HAR file.
    Recording,
    AwsError,
    Xml,
    Archive,
    Picture,
    Pdf,
    Program,
    Document,
    Shortcut,
    Download,
    Unknown,
}

/// Why a file is rejected or has a warning. The names must not change, because they are the last
/// part of message keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum InspectionReason {
    Empty,
    TooLarge,
    Unreadable,
    Unfinished,
    Encoding,
    Malformed,
    WrongKind,
    PrivateKey,
    AccessKeys,
    SeveralCertificates,
    SeveralEntities,
    Expired,
    NotYetValid,
    ExpiresSoon,
    WeakKey,
    WeakSignature,
    KeyType,
    SelfSignature,
    NotSelfSigned,
    OtherUse,
    Dtd,
    EntityId,
    ValidUntil,
    Protocol,
    NoSigningCertificate,
    NoSsoService,
    Binding,
    Url,
    WrongHost,
}

impl InspectionReason {
    /// Returns the last part of the message key.
    pub fn name(self) -> &'static str {
        self.into()
    }
}

/// The result of inspecting a file.
///
/// The serialized form is the output of the `inspect` command, without the file name and the
/// messages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Inspection {
    pub verdict: Verdict,
    pub kind: InputKind,
    /// Why the file is rejected or has a warning. If there are several reasons, this is the most
    /// serious one.
    pub reason: Option<InspectionReason>,
    /// The SHA-256 fingerprint of the certificate. For metadata, this is the certificate with the
    /// fewest warnings.
    pub sha256: Option<String>,
    pub serial: Option<String>,
    pub subject: Option<String>,
    /// The time from which the certificate is valid, in RFC 3339.
    pub not_before: Option<String>,
    /// The time until which the certificate is valid (inclusive), in RFC 3339.
    pub not_after: Option<String>,
    pub entity_id: Option<String>,
    /// The metadata's sign-in URL with the HTTP-Redirect binding.
    pub sso_redirect: Option<String>,
    /// The metadata's sign-in URL with the HTTP-POST binding.
    pub sso_post: Option<String>,
    /// The SHA-256 fingerprint of each certificate.
    pub certs: Vec<String>,
    /// Variables of the reason's message.
    #[serde(skip)]
    pub params: BTreeMap<String, String>,
    /// Other reasons with their variables. None is more serious than `reason`.
    #[serde(skip)]
    pub further: Vec<(InspectionReason, BTreeMap<String, String>)>,
    /// What was cleaned up silently, as the last parts of the message keys `reading-cleanup-<…>`.
    #[serde(skip)]
    pub cleanups: Vec<&'static str>,
    /// The parsed content, if it can be used.
    #[serde(skip)]
    pub content: Option<InspectedContent>,
    /// The certificates that the user has to choose from, if there are several.
    #[serde(skip)]
    pub choices: Vec<Certificate>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InspectedContent {
    Certificate(Certificate),
    Metadata(Metadata),
}

/// Inspects `bytes` without checking validity dates.
///
/// `name` is used only to identify unfinished downloads and shortcuts. No part of a private key is
/// kept or repeated. The caller must wipe `bytes`.
pub fn inspect_file(name: Option<&str>, bytes: &[u8], expect: ExpectedKind) -> Inspection {
    inspect(name, bytes, expect, None)
}

/// Same as [`inspect_file`], but also checks validity dates at `now`.
pub fn inspect_file_at(
    name: Option<&str>,
    bytes: &[u8],
    expect: ExpectedKind,
    now: Timestamp,
) -> Inspection {
    inspect(name, bytes, expect, Some(now))
}

fn inspect(
    name: Option<&str>,
    bytes: &[u8],
    expect: ExpectedKind,
    now: Option<Timestamp>,
) -> Inspection {
    let inspection = inspect_content(bytes, expect, now);
    // Usable content and private keys are recognized even if the file name suggests another type.
    if inspection.verdict != Verdict::Reject || inspection.kind == InputKind::PrivateKey {
        return inspection;
    }
    if may_be_recording(&inspection)
        && let Some(recorded) = inspect_recording(&Recording::read(bytes))
    {
        return recorded;
    }
    inspect_name(name, bytes).unwrap_or(inspection)
}

/// Returns whether the certificate and metadata parsers didn't rule out a recording.
fn may_be_recording(inspection: &Inspection) -> bool {
    use InputKind as Of;
    matches!(inspection.kind, Of::Json | Of::Unknown | Of::WebPage | Of::Response | Of::Request)
}

/// Identifies SAML messages in other text. Returns `None` if there are none.
fn inspect_recording(recording: &Recording) -> Option<Inspection> {
    let (requests, responses) = (recording.requests().count(), recording.responses().count());
    let kind = match recording.messages.first()?.kind {
        _ if recording.is_compound() => InputKind::Recording,
        MessageKind::Request => InputKind::Request,
        MessageKind::Response => InputKind::Response,
    };
    let issue = wrong_kind_issue(kind).with("requests", requests).with("responses", responses);
    Some(rejected(kind, issue))
}

fn inspect_content(bytes: &[u8], expect: ExpectedKind, now: Option<Timestamp>) -> Inspection {
    match (Certificate::read(bytes), expect) {
        (Ok(_), ExpectedKind::Metadata) => rejected(
            InputKind::Certificate,
            wrong_kind_issue(InputKind::Certificate).with("expected", "metadata"),
        ),
        (Ok(found), _) => inspect_certificate(found, now),
        (Err(CertificateError::Xml), _) => inspect_xml(bytes, expect, now),
        (Err(refusal), _) => inspect_certificate_error(&refusal),
    }
}

/// Returns the result for a path that couldn't be read as a file. `cause` selects a variant of the
/// message, and is `folder`, `missing`, `denied`, `special` or `failed`.
pub fn unreadable(cause: &str) -> Inspection {
    rejected(InputKind::Unknown, InspectionReason::Unreadable.with("cause", cause))
}

/// Returns the result for a file that contains AWS access keys or tokens.
pub fn access_keys() -> Inspection {
    rejected(InputKind::AccessKeys, InspectionReason::AccessKeys)
}

/// Returns the result for a file that is too large to read.
pub fn too_large(bytes: u64) -> Inspection {
    rejected(InputKind::Unknown, InspectionIssue::too_large(bytes))
}

fn inspect_name(name: Option<&str>, bytes: &[u8]) -> Option<Inspection> {
    const UNFINISHED: [&str; 5] = ["crdownload", "part", "partial", "download", "opdownload"];
    const SHORTCUTS: [&str; 4] = ["lnk", "url", "webloc", "desktop"];
    let ending = name.and_then(|name| name.rsplit_once('.')).map(|(_, ending)| ending);
    let ending = ending.unwrap_or_default().to_ascii_lowercase();
    if UNFINISHED.contains(&ending.as_str()) {
        return Some(rejected(InputKind::Download, InspectionReason::Unfinished));
    }
    let shortcut = bytes.starts_with(b"L\0\0\0\x01\x14\x02\0")
        || bytes.starts_with(b"[InternetShortcut]")
        || bytes.starts_with(b"[Desktop Entry]");
    (shortcut || SHORTCUTS.contains(&ending.as_str())).then(|| wrong_kind(InputKind::Shortcut))
}

fn inspect_certificate(found: ParsedCertificate, now: Option<Timestamp>) -> Inspection {
    let cleanups = found.cleanups.iter().map(Into::into).collect();
    if found.others.is_empty() {
        let notes = certificate_warnings(&found.certificate, now)
            .iter()
            .map(InspectionIssue::from_certificate_warning)
            .collect();
        let inspection = inspection_of(InputKind::Certificate, notes);
        return Inspection {
            certs: vec![found.certificate.sha256()],
            content: content_if_usable(
                inspection.verdict,
                InspectedContent::Certificate(found.certificate.clone()),
            ),
            cleanups,
            ..inspection.about(&found.certificate)
        };
    }
    let all: Vec<Certificate> = std::iter::once(found.certificate).chain(found.others).collect();
    let note = InspectionReason::SeveralCertificates.with("count", all.len());
    Inspection {
        certs: all.iter().map(Certificate::sha256).collect(),
        choices: all,
        cleanups,
        ..rejected(InputKind::Certificate, note)
    }
}

fn inspect_xml(bytes: &[u8], expect: ExpectedKind, now: Option<Timestamp>) -> Inspection {
    match Metadata::read(bytes) {
        Ok(metadata) => {
            let mut cleanups =
                if expect == ExpectedKind::Certificate { vec!["metadata"] } else { Vec::new() };
            if metadata.is_from_other_text() {
                cleanups.push("extracted");
            }
            Inspection { cleanups, ..inspect_metadata(metadata, now) }
        }
        Err(refusal) => inspect_metadata_error(&refusal),
    }
}

fn inspect_metadata(metadata: Metadata, now: Option<Timestamp>) -> Inspection {
    let mut notes: Vec<InspectionIssue> =
        metadata.warnings(now).iter().map(InspectionIssue::from_metadata_warning).collect();
    // During a rotation, one good certificate is enough, so only the best certificate's warnings
    // count. An altered certificate always counts.
    let soundest = metadata.certificates.iter().min_by_key(|certificate| {
        let remarks = certificate_warnings(certificate, now);
        (remarks.len(), std::cmp::Reverse(certificate.not_after()))
    });
    if let Some(certificate) = soundest {
        notes.extend(
            certificate_warnings(certificate, now)
                .iter()
                .map(InspectionIssue::from_certificate_warning),
        );
    }
    let altered = |certificate: &&Certificate| {
        certificate.self_signature() == certificate::SelfSignature::Broken
            && Some(*certificate) != soundest
    };
    if metadata.certificates.iter().any(|certificate| altered(&certificate)) {
        notes.push(InspectionIssue::from_certificate_warning(
            &certificate::CertificateWarning::SelfSignature,
        ));
    }
    let mut inspection = inspection_of(InputKind::Metadata, notes);
    if let Some(certificate) = soundest {
        inspection = inspection.about(certificate);
    }
    Inspection {
        entity_id: Some(metadata.entity_id.clone()),
        sso_redirect: metadata.sso_redirect.clone(),
        sso_post: metadata.sso_post.clone(),
        certs: metadata.certificates.iter().map(Certificate::sha256).collect(),
        content: content_if_usable(inspection.verdict, InspectedContent::Metadata(metadata)),
        ..inspection
    }
}

fn inspect_metadata_error(refusal: &metadata::MetadataError) -> Inspection {
    use metadata::MetadataError as Of;
    let (kind, issue) = match refusal {
        Of::TooLarge => {
            (InputKind::Xml, InspectionReason::TooLarge.with("size", 256).with("unit", "xml"))
        }
        Of::Dtd => (InputKind::Xml, InspectionReason::Dtd.into()),
        Of::Encoding { declared } => {
            (InputKind::Xml, InspectionReason::Encoding.with("encoding", declared))
        }
        Of::Malformed { line, column } => {
            let issue = InspectionReason::Malformed.with("what", "xml").with("line", line);
            (InputKind::Xml, issue.with("column", column))
        }
        Of::Wrapped { columns } => (
            InputKind::Xml,
            InspectionReason::Malformed.with("what", "wrapped").with("columns", columns),
        ),
        Of::Ampersand { line, column, whose } => {
            let issue = InspectionReason::Malformed.with("what", "ampersand").with("line", line);
            let whose = whose.map_or("none", <&str>::from);
            (InputKind::Xml, issue.with("column", column).with("whose", whose))
        }
        Of::WrongKind { kind } => return inspect_other_document(kind),
        Of::BadCertificate { refusal } => {
            return Inspection { kind: InputKind::Metadata, ..inspect_certificate_error(refusal) };
        }
        Of::SeveralEntities { count } => {
            (InputKind::Metadata, InspectionReason::SeveralEntities.with("count", count))
        }
        Of::NoEntityId => (InputKind::Metadata, InspectionReason::EntityId.with("what", "missing")),
        Of::NoSigningCertificate => {
            (InputKind::Metadata, InspectionReason::NoSigningCertificate.into())
        }
        Of::NoSsoService => (InputKind::Metadata, InspectionReason::NoSsoService.into()),
        Of::Binding { bindings } => {
            (InputKind::Metadata, InspectionReason::Binding.with("bindings", bindings.join(", ")))
        }
        Of::Url { url } => (InputKind::Metadata, InspectionReason::Url.with("url", url)),
    };
    rejected(kind, issue)
}

fn inspect_other_document(kind: &metadata::Kind) -> Inspection {
    use metadata::Kind as Of;
    match kind {
        Of::ServiceProvider { entity_id, whose } => Inspection {
            entity_id: Some(entity_id.clone()),
            ..rejected(
                InputKind::SpMetadata,
                wrong_kind_issue(InputKind::SpMetadata)
                    .with("whose", <&str>::from(whose))
                    .with("entity_id", entity_id),
            )
        },
        Of::Response => wrong_kind(InputKind::Response),
        Of::Request => wrong_kind(InputKind::Request),
        Of::AwsError { code } => {
            rejected(InputKind::AwsError, wrong_kind_issue(InputKind::AwsError).with("code", code))
        }
        Of::Other { root } => {
            rejected(InputKind::Xml, wrong_kind_issue(InputKind::Xml).with("root", root))
        }
    }
}

fn inspect_certificate_error(refusal: &CertificateError) -> Inspection {
    use CertificateError as Of;
    wrong_kind(match refusal {
        Of::Empty => return rejected(InputKind::Empty, InspectionReason::Empty),
        Of::TooLarge { bytes } => return too_large(*bytes),
        Of::PrivateKey => return rejected(InputKind::PrivateKey, InspectionReason::PrivateKey),
        Of::WebPage { title } => return titled(InputKind::WebPage, title.as_deref()),
        Of::Json { message } => return titled(InputKind::Json, message.as_deref()),
        Of::Unfinished => return rejected(InputKind::Download, InspectionReason::Unfinished),
        Of::Damaged(damage) => {
            return rejected(InputKind::Certificate, InspectionIssue::from_decode_error(damage));
        }
        Of::KeyStore => InputKind::KeyStore,
        Of::Request => InputKind::CertificateRequest,
        Of::PublicKey => InputKind::PublicKey,
        Of::SshKey => InputKind::SshKey,
        Of::RevocationList => InputKind::RevocationList,
        Of::EmptyBundle => InputKind::Bundle,
        Of::Xml => InputKind::Xml,
        Of::AwsConfiguration => InputKind::AwsConfiguration,
        Of::OtherFile { kind: OtherFile::Archive } => InputKind::Archive,
        Of::OtherFile { kind: OtherFile::Picture } => InputKind::Picture,
        Of::OtherFile { kind: OtherFile::Pdf } => InputKind::Pdf,
        Of::OtherFile { kind: OtherFile::Program } => InputKind::Program,
        Of::OtherFile { kind: OtherFile::Document } => InputKind::Document,
        Of::Fingerprint { algorithm } => {
            let issue = wrong_kind_issue(InputKind::Fingerprint).with("algorithm", algorithm);
            return rejected(InputKind::Fingerprint, issue);
        }
        Of::Unknown => InputKind::Unknown,
    })
}

fn certificate_warnings(
    certificate: &Certificate,
    now: Option<Timestamp>,
) -> Vec<certificate::CertificateWarning> {
    // Without the current time, assume a time at which the certificate is valid.
    certificate.warnings(now.unwrap_or(certificate.not_before()))
}

fn wrong_kind(kind: InputKind) -> Inspection {
    rejected(kind, wrong_kind_issue(kind))
}

fn wrong_kind_issue(kind: InputKind) -> InspectionIssue {
    InspectionReason::WrongKind.with("kind", <&str>::from(kind))
}

/// Rejects a web page or a JSON response. Includes the title or error message if there is one.
fn titled(kind: InputKind, title: Option<&str>) -> Inspection {
    let titled = if title.is_some() { "yes" } else { "no" };
    rejected(
        kind,
        wrong_kind_issue(kind).with("titled", titled).with("title", title.unwrap_or_default()),
    )
}

fn rejected(kind: InputKind, issue: impl Into<InspectionIssue>) -> Inspection {
    inspection_of(kind, vec![InspectionIssue { verdict: Verdict::Reject, ..issue.into() }])
}

/// Builds an inspection from its issues. The reason is the most serious issue, or the first of
/// several equally serious issues.
fn inspection_of(kind: InputKind, mut notes: Vec<InspectionIssue>) -> Inspection {
    notes.sort_by_key(|note| std::cmp::Reverse(note.verdict));
    let mut notes = notes.into_iter();
    let first = notes.next();
    Inspection {
        verdict: first.as_ref().map_or(Verdict::Accept, |note| note.verdict),
        kind,
        reason: first.as_ref().map(|note| note.reason),
        sha256: None,
        serial: None,
        subject: None,
        not_before: None,
        not_after: None,
        entity_id: None,
        sso_redirect: None,
        sso_post: None,
        certs: Vec::new(),
        params: first.map(|note| note.params).unwrap_or_default(),
        further: notes.map(|note| (note.reason, note.params)).collect(),
        cleanups: Vec::new(),
        content: None,
        choices: Vec::new(),
    }
}

impl Inspection {
    fn about(self, certificate: &Certificate) -> Self {
        Self {
            sha256: Some(certificate.sha256()),
            serial: Some(certificate.serial().to_owned()),
            subject: Some(certificate.subject().to_owned()),
            not_before: Some(certificate.not_before().to_string()),
            not_after: Some(certificate.not_after().to_string()),
            ..self
        }
    }
}

fn content_if_usable(verdict: Verdict, content: InspectedContent) -> Option<InspectedContent> {
    (verdict != Verdict::Reject).then_some(content)
}

#[cfg(test)]
mod tests;
