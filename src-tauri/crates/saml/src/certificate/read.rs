//! Parses bytes as a certificate, or identifies what else they are.

use super::Certificate;
use super::der::{self, DerKind};
use super::pem::{self, PemBlock};
use super::{file_type, markup, private_key};
use crate::text::{self, Encoding};
use zeroize::Zeroizing;

/// The maximum size of a file to inspect, in bytes. A certificate is about one kilobyte.
pub const MAX_BYTES: usize = 1024 * 1024;

/// A parsed certificate, and what was cleaned up to parse it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParsedCertificate {
    /// The first certificate in the file.
    pub certificate: Certificate,
    /// Different certificates after the first, in order. If there are any, the user has to choose a
    /// certificate.
    pub others: Vec<Certificate>,
    /// What was cleaned up. None of these is an error.
    pub cleanups: Vec<Normalization>,
}

/// A change that silently cleans up the input.
#[derive(Debug, Clone, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Normalization {
    /// UTF-16, which Notepad calls "Unicode".
    Utf16,
    /// Literal `\n`.
    LineBreaks,
    /// Non-ASCII spaces.
    Spaces,
    /// Zero-width and other invisible characters.
    Invisible,
    /// Typographic dashes.
    Dashes,
    /// Lines of text outside the certificate.
    Surroundings { lines: u32 },
    /// A `BEGIN` line with an older label or one that only OpenSSL uses.
    Label,
    /// Base64 without a `BEGIN` line.
    Bare,
    /// Only the `END` line was missing.
    ClosingLine,
    /// DER instead of text.
    Binary,
    /// PKCS#7.
    Bundle,
    /// The same certificate, repeated.
    Repeated,
    /// Bytes after the certificate.
    Trailing,
    /// The whole text was encoded again: base64, percent-encoding or HTML escapes.
    Encoded,
    /// A certificate element copied from metadata.
    Element,
}

/// Why the bytes can't be read as a certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CertificateError {
    /// No bytes, or only white space.
    Empty,
    /// More than [`MAX_BYTES`].
    TooLarge {
        bytes: u64,
    },
    /// A private key of any kind. It isn't needed, so it isn't kept.
    PrivateKey,
    /// A PKCS#12 file or a Java key store. It may contain a private key, so it isn't opened.
    KeyStore,
    /// A certificate signing request.
    Request,
    PublicKey,
    SshKey,
    RevocationList,
    EmptyBundle,
    /// A web page, most likely a sign-in page saved after the session ended.
    WebPage {
        title: Option<String>,
    },
    /// An XML document. The caller parses it as metadata.
    Xml,
    /// JSON, such as an error response.
    Json {
        /// The response's error message, if it has one.
        message: Option<String>,
    },
    /// The AWS CLI's `config` file.
    AwsConfiguration,
    /// An unfinished download with preallocated space, or an incomplete bundle.
    Unfinished,
    OtherFile {
        kind: OtherFile,
    },
    Damaged(DecodeError),
    /// A certificate's fingerprint, but not the certificate.
    Fingerprint {
        /// `SHA-1` or `SHA-256`.
        algorithm: &'static str,
    },
    Unknown,
}

/// A file type recognized by its magic bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OtherFile {
    /// An archive that the user has to unpack first.
    Archive,
    Picture,
    Pdf,
    Program,
    Document,
}

/// Where a certificate is damaged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    #[error("line {line} holds a character that base64 does not have")]
    Character {
        /// Line number, starting at 1.
        line: u32,
        character: char,
    },
    /// Base64 can't have this length, so some characters are missing.
    #[error("characters are missing")]
    Length {
        /// The only line with an unusual length, starting at 1.
        line: Option<u32>,
    },
    #[error("it stops in the middle")]
    Cut,
    /// The decoded bytes aren't a valid certificate.
    #[error("the bytes inside are damaged")]
    Der {
        /// The position of the first invalid byte, starting at 1, if known.
        at: Option<u32>,
    },
}

pub(super) fn read(bytes: &[u8]) -> Result<ParsedCertificate, CertificateError> {
    if bytes.len() > MAX_BYTES {
        return Err(CertificateError::TooLarge { bytes: bytes.len() as u64 });
    }
    if bytes.first() == Some(&0x30)
        && let Some(answer) = binary(bytes)
    {
        return answer;
    }
    if let Some(refusal) = file_type::detect_file_type(bytes) {
        return Err(refusal);
    }
    let Some((text, encoding)) = text::decode(bytes) else {
        return Err(match file_type::ends_in_reserved_space(bytes) {
            true => CertificateError::Unfinished,
            false => CertificateError::Unknown,
        });
    };
    let mut found = parse_text(&text)?;
    if encoding == Encoding::Utf16 {
        found.cleanups.insert(0, Normalization::Utf16);
    }
    Ok(found)
}

/// Parses `bytes` as DER. Returns `None` if `bytes` might be text that starts with `0`.
fn binary(bytes: &[u8]) -> Option<Result<ParsedCertificate, CertificateError>> {
    match der::identify(bytes) {
        (DerKind::Unknown, _) => der::is_damaged(bytes).then(|| parse_der(bytes)),
        _ => Some(parse_der(bytes).map(|mut found| {
            found.cleanups.insert(0, Normalization::Binary);
            found
        })),
    }
}

fn parse_der(bytes: &[u8]) -> Result<ParsedCertificate, CertificateError> {
    let (outline, length) = der::identify(bytes);
    match outline {
        DerKind::Certificate => {
            let (der, after) = bytes.split_at(length);
            let certificate = Certificate::from_der(der).map_err(CertificateError::Damaged)?;
            let blank = after.iter().all(u8::is_ascii_whitespace);
            let cleanups = if blank { Vec::new() } else { vec![Normalization::Trailing] };
            Ok(ParsedCertificate { certificate, others: Vec::new(), cleanups })
        }
        DerKind::Pkcs7 => {
            let certificates: Vec<Certificate> = der::bundled(bytes)
                .ok_or(CertificateError::Unfinished)?
                .into_iter()
                .map(Certificate::from_der)
                .collect::<Result<_, _>>()
                .map_err(CertificateError::Damaged)?;
            gather(certificates, vec![Normalization::Bundle]).ok_or(CertificateError::EmptyBundle)
        }
        DerKind::PrivateKey => Err(CertificateError::PrivateKey),
        DerKind::Pkcs12 => Err(CertificateError::KeyStore),
        DerKind::Request => Err(CertificateError::Request),
        DerKind::PublicKey => Err(CertificateError::PublicKey),
        DerKind::RevocationList => Err(CertificateError::RevocationList),
        DerKind::Cut => Err(CertificateError::Damaged(DecodeError::Cut)),
        DerKind::Unknown => Err(CertificateError::Damaged(DecodeError::Der {
            at: der::first_invalid_offset(bytes),
        })),
    }
}

fn parse_text(text: &str) -> Result<ParsedCertificate, CertificateError> {
    if let Some(inner) = text::unwrap_encoded_text(text) {
        let mut found = parse_plain_text(&inner)?;
        found.cleanups.insert(0, Normalization::Encoded);
        return Ok(found);
    }
    parse_plain_text(text)
}

fn parse_plain_text(text: &str) -> Result<ParsedCertificate, CertificateError> {
    let undressed = pem::normalize(text);
    let plain = undressed.text.trim();
    if plain.is_empty() {
        return Err(CertificateError::Empty);
    }
    if let Some(refusal) = private_key::key(plain).or_else(|| markup::document(plain)) {
        return Err(refusal);
    }
    if markup::is_metadata(plain) {
        return Err(CertificateError::Xml);
    }
    let blocks = pem::find_blocks(plain);
    let mut found =
        if blocks.is_empty() { parse_bare_base64(plain)? } else { parse_blocks(plain, &blocks)? };
    found.cleanups.splice(0..0, undressed.cleanups);
    Ok(found)
}

fn parse_blocks(
    text: &str,
    blocks: &[PemBlock<'_>],
) -> Result<ParsedCertificate, CertificateError> {
    let mut certificates = Vec::new();
    let mut cleanups = Vec::new();
    let mut refusal = None;
    for block in blocks {
        match parse_block(block) {
            Ok(found) => {
                certificates.push(found.certificate);
                certificates.extend(found.others);
                cleanups.extend(found.cleanups);
            }
            Err(CertificateError::PrivateKey) => return Err(CertificateError::PrivateKey),
            Err(other) => {
                refusal.get_or_insert(other);
            }
        }
    }
    // A damaged certificate next to an intact one must still be reported.
    if let Some(damaged @ CertificateError::Damaged(_)) = refusal {
        return Err(damaged);
    }
    let lines = pem::lines_around(text, blocks);
    if lines > 0 {
        cleanups.push(Normalization::Surroundings { lines });
    }
    gather(certificates, cleanups).ok_or(refusal.unwrap_or(CertificateError::Unknown))
}

fn parse_block(block: &PemBlock<'_>) -> Result<ParsedCertificate, CertificateError> {
    let label = block.label.as_str();
    let refusal = match label {
        "CERTIFICATE"
        | "X509 CERTIFICATE"
        | "TRUSTED CERTIFICATE"
        | "PKCS7"
        | "CMS"
        | "PKCS #7 SIGNED DATA" => None,
        _ if label.ends_with("PRIVATE KEY") => Some(CertificateError::PrivateKey),
        _ if label.ends_with("CERTIFICATE REQUEST") => Some(CertificateError::Request),
        _ if label.ends_with("PUBLIC KEY") || label.ends_with("PUBLIC KEY BLOCK") => {
            Some(CertificateError::PublicKey)
        }
        "PKCS12" => Some(CertificateError::KeyStore),
        "X509 CRL" => Some(CertificateError::RevocationList),
        _ => Some(CertificateError::Unknown),
    };
    if let Some(refusal) = refusal {
        return Err(refusal);
    }
    let der = decode(block.body, block.line, block.closed)?;
    if der.is_empty() {
        return Err(CertificateError::Damaged(DecodeError::Cut));
    }
    let mut found = parse_der(&der)?;
    if label == "TRUSTED CERTIFICATE" {
        // OpenSSL appends its trust settings, so bytes after the certificate are expected.
        found.cleanups.retain(|normalization| *normalization != Normalization::Trailing);
    }
    if label == "TRUSTED CERTIFICATE" || label == "X509 CERTIFICATE" {
        found.cleanups.push(Normalization::Label);
    }
    if !block.closed {
        found.cleanups.push(Normalization::ClosingLine);
    }
    Ok(found)
}

/// Parses base64 that has no `BEGIN` line or was in a metadata element.
fn parse_bare_base64(text: &str) -> Result<ParsedCertificate, CertificateError> {
    if let Some(bodies) = markup::certificate_elements(text) {
        let found: Vec<ParsedCertificate> =
            bodies.into_iter().map(parse_base64).collect::<Result<_, _>>()?;
        let certificates = found
            .into_iter()
            .flat_map(|found| std::iter::once(found.certificate).chain(found.others))
            .collect();
        return gather(certificates, vec![Normalization::Element]).ok_or(CertificateError::Xml);
    }
    if let Some(refusal) = markup::identify_other_text(text) {
        return Err(refusal);
    }
    // If the user didn't select the `BEGIN` line, the `END` line may still be there.
    let text = text.find("-----END").map_or(text, |end| &text[..end]);
    let unquoted = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\''));
    let looks_like_base64 = unquoted.starts_with("MI") && unquoted.len() >= 40;
    if !looks_like_base64 {
        return Err(fingerprint(unquoted).unwrap_or(CertificateError::Unknown));
    }
    let bodies = bodies(unquoted);
    let mut certificates = Vec::new();
    for body in bodies {
        let found = parse_base64(body)?;
        certificates.push(found.certificate);
        certificates.extend(found.others);
    }
    gather(certificates, vec![Normalization::Bare]).ok_or(CertificateError::Unknown)
}

/// Splits base64 into several certificates. A certificate is on its own line, or it starts a line
/// with `MI` after padding or a blank line.
fn bodies(text: &str) -> Vec<&str> {
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
    if lines().all(|line| line.starts_with("MI") && line.len() >= 256) {
        return lines().collect();
    }
    let mut bodies = Vec::new();
    let (mut start, mut ended) = (0, false);
    for line in text.split_inclusive('\n') {
        let at = line.as_ptr() as usize - text.as_ptr() as usize;
        if ended && line.starts_with("MI") {
            bodies.push(&text[start..at]);
            start = at;
        }
        let line = line.trim();
        ended = line.is_empty() || line.ends_with('=');
    }
    bodies.push(&text[start..]);
    bodies
}

/// Identifies a certificate's fingerprint: hexadecimal digits, with or without separators, and the
/// algorithm's name.
fn fingerprint(text: &str) -> Option<CertificateError> {
    let lower = text.to_ascii_lowercase();
    let named =
        lower.contains("fingerprint") || lower.starts_with("sha") || lower.contains("thumbprint");
    let digits = match lower.rsplit_once(['=']).or_else(|| lower.split_once("print:")) {
        Some((_, digits)) if named => digits,
        _ => lower.as_str(),
    };
    let digits = digits.trim_start_matches("sha256:").trim_start_matches("sha1:");
    let hex: String =
        digits.chars().filter(|c| !matches!(c, ':' | '-' | ' ' | '\t' | '\n' | '\r')).collect();
    let algorithm = match hex.len() {
        40 => "SHA-1",
        64 => "SHA-256",
        _ => return None,
    };
    hex.bytes()
        .all(|b| b.is_ascii_hexdigit())
        .then_some(CertificateError::Fingerprint { algorithm })
}

fn parse_base64(body: &str) -> Result<ParsedCertificate, CertificateError> {
    parse_der(&decode(body, 1, false)?)
}

/// Decodes base64. Reports damaged base64 as a private key if it starts like one. Without an `END`
/// line, an odd length means that the text was truncated.
fn decode(body: &str, line: u32, closed: bool) -> Result<Zeroizing<Vec<u8>>, CertificateError> {
    pem::decode(body, line).map_err(|damage| {
        match (der::identify(&pem::decode_valid_start(body)), damage) {
            ((DerKind::PrivateKey, _), _) => CertificateError::PrivateKey,
            (_, DecodeError::Length { .. }) if !closed => {
                CertificateError::Damaged(DecodeError::Cut)
            }
            (_, damage) => CertificateError::Damaged(damage),
        }
    })
}

/// Combines several certificates into one result, without duplicates.
fn gather(
    certificates: Vec<Certificate>,
    mut cleanups: Vec<Normalization>,
) -> Option<ParsedCertificate> {
    let mut different: Vec<Certificate> = Vec::new();
    for certificate in certificates {
        if !different.contains(&certificate) {
            different.push(certificate);
        } else if !cleanups.contains(&Normalization::Repeated) {
            cleanups.push(Normalization::Repeated);
        }
    }
    let mut different = different.into_iter();
    let certificate = different.next()?;
    Some(ParsedCertificate { certificate, others: different.collect(), cleanups })
}

#[cfg(test)]
mod tests;
