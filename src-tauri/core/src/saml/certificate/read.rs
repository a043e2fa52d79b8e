//! From whatever bytes a person brings to one certificate, or to what they are instead.

use zeroize::Zeroizing;

use super::Certificate;
use super::armor::{self, Block};
use super::der::{self, Outline};
use crate::saml::text::{self, Encoding};

/// The largest file that is looked into. A certificate has about one kilobyte.
pub const MAX_BYTES: usize = 1024 * 1024;

/// A certificate, and what was done to reach it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The first certificate.
    pub certificate: Certificate,
    /// Further, different certificates beside it, in order. Where there are any, somebody has to
    /// choose.
    pub others: Vec<Certificate>,
    /// What was tidied, none of it a mistake.
    pub tidied: Vec<Tidy>,
}

/// Something that was put right in silence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tidy {
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
}

/// What the bytes are instead of one certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
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
    Json,
    /// A file of another kind.
    OtherFile {
        /// Which.
        kind: OtherFile,
    },
    /// A certificate with damage.
    Damaged(Damage),
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
}

/// Where a certificate is damaged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Damage {
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
    Length,
    /// It stops in the middle.
    #[error("it stops in the middle")]
    Cut,
    /// The bytes inside are no certificate any more.
    #[error("the bytes inside are damaged")]
    Der,
}

pub(super) fn read(bytes: &[u8]) -> Result<Found, Refusal> {
    if bytes.len() > MAX_BYTES {
        return Err(Refusal::TooLarge {
            bytes: bytes.len() as u64,
        });
    }
    if bytes.first() == Some(&0x30)
        && let Some(answer) = binary(bytes)
    {
        return answer;
    }
    if let Some(refusal) = by_first_bytes(bytes) {
        return Err(refusal);
    }
    let Some((text, encoding)) = text::decode(bytes) else {
        return Err(Refusal::Unknown);
    };
    let mut found = of_text(&text)?;
    if encoding == Encoding::Utf16 {
        found.tidied.insert(0, Tidy::Utf16);
    }
    Ok(found)
}

/// An answer where `bytes` are DER for sure, `None` where they may be text that begins with `0`.
fn binary(bytes: &[u8]) -> Option<Result<Found, Refusal>> {
    match der::outline(bytes) {
        (Outline::Unknown, _) => None,
        _ => Some(of_der(bytes).map(|mut found| {
            found.tidied.insert(0, Tidy::Binary);
            found
        })),
    }
}

fn of_der(bytes: &[u8]) -> Result<Found, Refusal> {
    let (outline, length) = der::outline(bytes);
    match outline {
        Outline::Certificate => {
            let (der, after) = bytes.split_at(length);
            let certificate = Certificate::from_der(der).map_err(Refusal::Damaged)?;
            let blank = after.iter().all(u8::is_ascii_whitespace);
            let tidied = if blank {
                Vec::new()
            } else {
                vec![Tidy::Trailing]
            };
            Ok(Found {
                certificate,
                others: Vec::new(),
                tidied,
            })
        }
        Outline::Pkcs7 => {
            let certificates: Vec<Certificate> = der::bundled(bytes)
                .into_iter()
                .map(Certificate::from_der)
                .collect::<Result<_, _>>()
                .map_err(Refusal::Damaged)?;
            gather(certificates, vec![Tidy::Bundle]).ok_or(Refusal::EmptyBundle)
        }
        Outline::PrivateKey => Err(Refusal::PrivateKey),
        Outline::Pkcs12 => Err(Refusal::KeyStore),
        Outline::Request => Err(Refusal::Request),
        Outline::PublicKey => Err(Refusal::PublicKey),
        Outline::RevocationList => Err(Refusal::RevocationList),
        Outline::Cut => Err(Refusal::Damaged(Damage::Cut)),
        Outline::Unknown => Err(Refusal::Damaged(Damage::Der)),
    }
}

fn of_text(text: &str) -> Result<Found, Refusal> {
    let undressed = armor::undress(text);
    let plain = undressed.text.trim();
    let mut found = if plain.is_empty() {
        return Err(Refusal::Empty);
    } else if let Some(refusal) = of_key_text(plain) {
        return Err(refusal);
    } else {
        let blocks = armor::blocks(plain);
        if blocks.is_empty() {
            of_bare(plain)?
        } else {
            of_blocks(plain, &blocks)?
        }
    };
    found.tidied.splice(0..0, undressed.tidied);
    Ok(found)
}

/// Keys that show without decoding anything, wherever in the text they stand.
fn of_key_text(text: &str) -> Option<Refusal> {
    let upper = Zeroizing::new(text.to_ascii_uppercase());
    if upper.contains("PRIVATE KEY-")
        || upper.contains("PRIVATE KEY BLOCK-")
        || text.starts_with("PuTTY-User-Key-File")
    {
        return Some(Refusal::PrivateKey);
    }
    let ssh = [
        "ssh-rsa ",
        "ssh-ed25519 ",
        "ssh-dss ",
        "ecdsa-sha2-",
        "sk-ssh-",
        "sk-ecdsa-",
    ];
    if ssh.iter().any(|kind| text.starts_with(kind)) || upper.contains("BEGIN SSH2 PUBLIC KEY") {
        return Some(Refusal::SshKey);
    }
    None
}

fn of_blocks(text: &str, blocks: &[Block<'_>]) -> Result<Found, Refusal> {
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
            Err(Refusal::PrivateKey) => return Err(Refusal::PrivateKey),
            Err(other) => {
                refusal.get_or_insert(other);
            }
        }
    }
    // A damaged certificate beside a good one is still damage that somebody has to see.
    if let Some(damaged @ Refusal::Damaged(_)) = refusal {
        return Err(damaged);
    }
    let lines = armor::lines_around(text, blocks);
    if lines > 0 {
        tidied.push(Tidy::Surroundings { lines });
    }
    gather(certificates, tidied).ok_or(refusal.unwrap_or(Refusal::Unknown))
}

fn of_block(block: &Block<'_>) -> Result<Found, Refusal> {
    let label = block.label.as_str();
    let refusal = match label {
        "CERTIFICATE"
        | "X509 CERTIFICATE"
        | "TRUSTED CERTIFICATE"
        | "PKCS7"
        | "CMS"
        | "PKCS #7 SIGNED DATA" => None,
        _ if label.ends_with("PRIVATE KEY") => Some(Refusal::PrivateKey),
        _ if label.ends_with("CERTIFICATE REQUEST") => Some(Refusal::Request),
        _ if label.ends_with("PUBLIC KEY") => Some(Refusal::PublicKey),
        "X509 CRL" => Some(Refusal::RevocationList),
        _ => Some(Refusal::Unknown),
    };
    if let Some(refusal) = refusal {
        return Err(refusal);
    }
    let cut = |damage| match damage {
        Damage::Length if !block.closed => Damage::Cut,
        damage => damage,
    };
    let der = armor::decode(block.body, block.line).map_err(|d| Refusal::Damaged(cut(d)))?;
    if der.is_empty() {
        return Err(Refusal::Damaged(Damage::Cut));
    }
    let mut found = of_der(&der)?;
    if label == "TRUSTED CERTIFICATE" {
        // OpenSSL appends what it trusts the certificate for.
        found.tidied.retain(|tidy| *tidy != Tidy::Trailing);
    }
    if label == "TRUSTED CERTIFICATE" || label == "X509 CERTIFICATE" {
        found.tidied.push(Tidy::Label);
    }
    if !block.closed {
        found.tidied.push(Tidy::ClosingLine);
    }
    Ok(found)
}

/// Base64 with no lines around it, or with only one of the two.
fn of_bare(text: &str) -> Result<Found, Refusal> {
    if let Some(refusal) = of_other_text(text) {
        return Err(refusal);
    }
    // The opening line may be lost where the selection began one line too late.
    let text = text.find("-----END").map_or(text, |end| &text[..end]);
    let unquoted = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\''));
    let looks_like_base64 = unquoted.starts_with("MI") && unquoted.len() >= 40;
    if !looks_like_base64 {
        return Err(Refusal::Unknown);
    }
    let der = armor::decode(unquoted, 1).map_err(|damage| {
        Refusal::Damaged(if damage == Damage::Length {
            Damage::Cut
        } else {
            damage
        })
    })?;
    let mut found = of_der(&der)?;
    found.tidied.push(Tidy::Bare);
    Ok(found)
}

fn of_other_text(text: &str) -> Option<Refusal> {
    let start = Zeroizing::new(
        text.chars()
            .take(4096)
            .collect::<String>()
            .to_ascii_lowercase(),
    );
    if start.starts_with("<!doctype html") || start.contains("<html") || start.contains("<head>") {
        return Some(Refusal::WebPage { title: title(text) });
    }
    if text.starts_with('<') {
        return Some(Refusal::Xml);
    }
    if text.starts_with(['{', '[']) {
        return Some(Refusal::Json);
    }
    None
}

fn title(html: &str) -> Option<String> {
    let lower = html.to_ascii_lowercase();
    let opening = lower.find("<title")?;
    let start = opening + lower[opening..].find('>')? + 1;
    let end = start + lower[start..].find("</title")?;
    let title: String = html[start..end]
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    (!title.is_empty()).then(|| title.chars().take(80).collect())
}

fn by_first_bytes(bytes: &[u8]) -> Option<Refusal> {
    let archive = Refusal::OtherFile {
        kind: OtherFile::Archive,
    };
    let starts: [(&[u8], Refusal); 16] = [
        (b"PK\x03\x04", archive.clone()),
        (b"PK\x05\x06", archive.clone()),
        (b"\x1F\x8B", archive.clone()),
        (b"7z\xBC\xAF\x27\x1C", archive.clone()),
        (b"Rar!", archive.clone()),
        (b"BZh", archive.clone()),
        (b"\xFD7zXZ\0", archive.clone()),
        (b"\x28\xB5\x2F\xFD", archive),
        (
            b"%PDF",
            Refusal::OtherFile {
                kind: OtherFile::Pdf,
            },
        ),
        (
            b"\x89PNG",
            Refusal::OtherFile {
                kind: OtherFile::Picture,
            },
        ),
        (
            b"\xFF\xD8\xFF",
            Refusal::OtherFile {
                kind: OtherFile::Picture,
            },
        ),
        (
            b"GIF8",
            Refusal::OtherFile {
                kind: OtherFile::Picture,
            },
        ),
        (
            b"\x7FELF",
            Refusal::OtherFile {
                kind: OtherFile::Program,
            },
        ),
        (
            b"MZ",
            Refusal::OtherFile {
                kind: OtherFile::Program,
            },
        ),
        (b"\xFE\xED\xFE\xED", Refusal::KeyStore),
        (b"\xCE\xCE\xCE\xCE", Refusal::KeyStore),
    ];
    starts
        .into_iter()
        .find_map(|(start, refusal)| bytes.starts_with(start).then_some(refusal))
}

/// One answer from several certificates; the same one twice is one.
fn gather(certificates: Vec<Certificate>, mut tidied: Vec<Tidy>) -> Option<Found> {
    let mut different: Vec<Certificate> = Vec::new();
    let count = certificates.len();
    for certificate in certificates {
        if !different.contains(&certificate) {
            different.push(certificate);
        }
    }
    if different.len() < count {
        tidied.push(Tidy::Repeated);
    }
    let mut different = different.into_iter();
    different.next().map(|certificate| Found {
        certificate,
        others: different.collect(),
        tidied,
    })
}

#[cfg(test)]
mod tests;
