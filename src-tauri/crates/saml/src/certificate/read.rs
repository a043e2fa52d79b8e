//! From whatever bytes a person brings to one certificate, or to what they are instead.

use super::Certificate;
use super::der::{self, DerKind};
use super::pem::{self, Block};
use super::{file_type, markup, private_key};
use crate::text::{self, Encoding};

/// The largest file that is looked into. A certificate has about one kilobyte.
pub const MAX_BYTES: usize = 1024 * 1024;

/// A certificate, and what was done to reach it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParsedCertificate {
    /// The first certificate.
    pub certificate: Certificate,
    /// Further, different certificates beside it, in order. Where there are any, somebody has to
    /// choose.
    pub others: Vec<Certificate>,
    /// What was tidied, none of it a mistake.
    pub tidied: Vec<Normalization>,
}

/// Something that was put right in silence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Normalization {
    /// UTF-16, Notepad's "Unicode".
    Utf16,
    /// Line breaks written as `\n`.
    LiteralLineBreaks,
    /// Blanks that are no ordinary blanks.
    Spaces,
    /// Characters that can't be seen.
    Invisible,
    /// Typographic dashes.
    Dashes,
    /// Lines of text around the certificate.
    Surroundings {
        /// How many.
        lines: u32,
    },
    /// A `BEGIN` line with an older or OpenSSL's own label.
    Label,
    /// Base64 without the lines around it.
    Bare,
    /// The closing line was missing, and nothing else.
    ClosingLine,
    /// A binary certificate.
    Binary,
    /// A PKCS#7 bundle with one certificate in it.
    Bundle,
    /// The same certificate several times.
    Repeated,
    /// Bytes after the certificate.
    Trailing,
    /// The whole text was encoded once more: as base64, or for an address or a page.
    Encoded,
    /// An element of metadata.
    Element,
}

/// What the bytes are instead of one certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CertificateError {
    /// Nothing, or white space only.
    Empty,
    /// More than [`MAX_BYTES`].
    TooLarge {
        /// How many.
        bytes: u64,
    },
    /// A private key of any kind. It was not kept, and nobody needs it here.
    PrivateKey,
    /// A PKCS#12 or Java key store, which may hold a private key and was not opened.
    KeyStore,
    /// A certificate signing request.
    Request,
    /// A public key without a certificate.
    PublicKey,
    /// An SSH public key.
    SshKey,
    /// A certificate revocation list.
    RevocationList,
    /// A PKCS#7 bundle without any certificate.
    EmptyBundle,
    /// A web page, most likely a sign-in page saved after the session had ended.
    WebPage {
        /// Its title.
        title: Option<String>,
    },
    /// An XML document, to be read as metadata.
    Xml,
    /// JSON, such as an error answer.
    Json {
        /// What it says went wrong.
        message: Option<String>,
    },
    /// A download that has only reserved its place.
    Unfinished,
    /// A file of another kind.
    OtherFile {
        /// Which.
        kind: OtherFile,
    },
    /// A certificate with damage.
    Damaged(DecodeError),
    /// Text or bytes of no kind that is known here.
    Unknown,
}

/// Kinds of files that are known by their first bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OtherFile {
    /// An archive to unpack first.
    Archive,
    /// A picture.
    Picture,
    /// A PDF.
    Pdf,
    /// A program.
    Program,
    /// A document of a word processor.
    Document,
}

/// Where a certificate is damaged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// A character that base64 does not have.
    #[error("line {line} holds a character that base64 does not have")]
    Character {
        /// The line, counted from 1.
        line: u32,
        /// The character.
        character: char,
    },
    /// Characters are missing: no base64 has this length.
    #[error("characters are missing")]
    Length {
        /// The first line that is shorter or longer than those around it, counted from 1.
        line: Option<u32>,
    },
    /// It stops in the middle.
    #[error("it stops in the middle")]
    Cut,
    /// The bytes inside are no certificate any more.
    #[error("the bytes inside are damaged")]
    Der {
        /// The first byte that does not fit, counted from 1, where one stands out.
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
    if let Some(refusal) = file_type::known(bytes) {
        return Err(refusal);
    }
    let Some((text, encoding)) = text::decode(bytes) else {
        return Err(match file_type::ends_in_reserved_space(bytes) {
            true => CertificateError::Unfinished,
            false => CertificateError::Unknown,
        });
    };
    let mut found = of_text(&text)?;
    if encoding == Encoding::Utf16 {
        found.tidied.insert(0, Normalization::Utf16);
    }
    Ok(found)
}

/// An answer where `bytes` are DER for sure, `None` where they may be text that begins with `0`.
fn binary(bytes: &[u8]) -> Option<Result<ParsedCertificate, CertificateError>> {
    match der::outline(bytes) {
        (DerKind::Unknown, _) => der::is_damaged(bytes).then(|| of_der(bytes)),
        _ => Some(of_der(bytes).map(|mut found| {
            found.tidied.insert(0, Normalization::Binary);
            found
        })),
    }
}

fn of_der(bytes: &[u8]) -> Result<ParsedCertificate, CertificateError> {
    let (outline, length) = der::outline(bytes);
    match outline {
        DerKind::Certificate => {
            let (der, after) = bytes.split_at(length);
            let certificate = Certificate::from_der(der).map_err(CertificateError::Damaged)?;
            let blank = after.iter().all(u8::is_ascii_whitespace);
            let tidied = if blank { Vec::new() } else { vec![Normalization::Trailing] };
            Ok(ParsedCertificate { certificate, others: Vec::new(), tidied })
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

fn of_text(text: &str) -> Result<ParsedCertificate, CertificateError> {
    if let Some(inner) = text::inside(text) {
        let mut found = of_plain_text(&inner)?;
        found.tidied.insert(0, Normalization::Encoded);
        return Ok(found);
    }
    of_plain_text(text)
}

fn of_plain_text(text: &str) -> Result<ParsedCertificate, CertificateError> {
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
    let blocks = pem::blocks(plain);
    let mut found = if blocks.is_empty() { of_bare(plain)? } else { of_blocks(plain, &blocks)? };
    found.tidied.splice(0..0, undressed.tidied);
    Ok(found)
}

fn of_blocks(text: &str, blocks: &[Block<'_>]) -> Result<ParsedCertificate, CertificateError> {
    let mut certificates = Vec::new();
    let mut tidied = Vec::new();
    let mut refusal = None;
    for block in blocks {
        match of_block(block) {
            Ok(found) => {
                certificates.push(found.certificate);
                certificates.extend(found.others);
                tidied.extend(found.tidied);
            }
            Err(CertificateError::PrivateKey) => return Err(CertificateError::PrivateKey),
            Err(other) => {
                refusal.get_or_insert(other);
            }
        }
    }
    // A damaged certificate beside a good one is still damage that somebody has to see.
    if let Some(damaged @ CertificateError::Damaged(_)) = refusal {
        return Err(damaged);
    }
    let lines = pem::lines_around(text, blocks);
    if lines > 0 {
        tidied.push(Normalization::Surroundings { lines });
    }
    gather(certificates, tidied).ok_or(refusal.unwrap_or(CertificateError::Unknown))
}

fn of_block(block: &Block<'_>) -> Result<ParsedCertificate, CertificateError> {
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
    let der = pem::decode(block.body, block.line).map_err(|damage| {
        damaged(
            block.body,
            match damage {
                DecodeError::Length { .. } if !block.closed => DecodeError::Cut,
                damage => damage,
            },
        )
    })?;
    if der.is_empty() {
        return Err(CertificateError::Damaged(DecodeError::Cut));
    }
    let mut found = of_der(&der)?;
    if label == "TRUSTED CERTIFICATE" {
        // OpenSSL appends what it trusts the certificate for.
        found.tidied.retain(|tidy| *tidy != Normalization::Trailing);
    }
    if label == "TRUSTED CERTIFICATE" || label == "X509 CERTIFICATE" {
        found.tidied.push(Normalization::Label);
    }
    if !block.closed {
        found.tidied.push(Normalization::ClosingLine);
    }
    Ok(found)
}

/// Base64 with no lines around it, with only one of the two, or inside an element of metadata.
fn of_bare(text: &str) -> Result<ParsedCertificate, CertificateError> {
    if let Some(bodies) = markup::certificate_elements(text) {
        let found: Vec<ParsedCertificate> =
            bodies.into_iter().map(of_base64).collect::<Result<_, _>>()?;
        let certificates = found
            .into_iter()
            .flat_map(|found| std::iter::once(found.certificate).chain(found.others))
            .collect();
        return gather(certificates, vec![Normalization::Element]).ok_or(CertificateError::Xml);
    }
    if let Some(refusal) = markup::other(text) {
        return Err(refusal);
    }
    // The opening line may be lost where the selection began one line too late.
    let text = text.find("-----END").map_or(text, |end| &text[..end]);
    let unquoted = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\''));
    let looks_like_base64 = unquoted.starts_with("MI") && unquoted.len() >= 40;
    if !looks_like_base64 {
        return Err(CertificateError::Unknown);
    }
    let mut found = of_base64(unquoted)?;
    found.tidied.push(Normalization::Bare);
    Ok(found)
}

fn of_base64(body: &str) -> Result<ParsedCertificate, CertificateError> {
    let der = pem::decode(body, 1).map_err(|damage| {
        damaged(
            body,
            match damage {
                DecodeError::Length { .. } => DecodeError::Cut,
                damage => damage,
            },
        )
    })?;
    of_der(&der)
}

/// Damaged base64 that begins like a private key is a private key all the same.
fn damaged(body: &str, damage: DecodeError) -> CertificateError {
    match der::outline(&pem::decodable(body)) {
        (DerKind::PrivateKey, _) => CertificateError::PrivateKey,
        _ => CertificateError::Damaged(damage),
    }
}

/// One answer from several certificates; the same one twice is one.
fn gather(
    certificates: Vec<Certificate>,
    mut tidied: Vec<Normalization>,
) -> Option<ParsedCertificate> {
    let mut different: Vec<Certificate> = Vec::new();
    let count = certificates.len();
    for certificate in certificates {
        if !different.contains(&certificate) {
            different.push(certificate);
        }
    }
    if different.len() < count {
        tidied.push(Normalization::Repeated);
    }
    let mut different = different.into_iter();
    different.next().map(|certificate| ParsedCertificate {
        certificate,
        others: different.collect(),
        tidied,
    })
}

#[cfg(test)]
mod tests;
