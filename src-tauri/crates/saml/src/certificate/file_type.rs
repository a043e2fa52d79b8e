//! Identifies files by magic bytes, most of them at the start.

use super::read::{CertificateError, OtherFile};

pub(super) fn detect_file_type(bytes: &[u8]) -> Option<CertificateError> {
    let has = |at: usize, what: &[u8]| bytes.get(at..).is_some_and(|rest| rest.starts_with(what));
    if PRIVATE_KEYS.iter().any(|(at, what)| has(*at, what)) {
        return Some(CertificateError::PrivateKey);
    }
    if KEY_STORES.iter().any(|what| has(0, what)) {
        return Some(CertificateError::KeyStore);
    }
    let (_, _, kind) = FILES.iter().find(|(at, what, _)| has(*at, what))?;
    let kind = match kind {
        OtherFile::Archive if is_packed_document(bytes) => OtherFile::Document,
        kind => *kind,
    };
    Some(CertificateError::OtherFile { kind })
}

/// Returns whether the last 64 bytes are zeros. Such a file is an unfinished download with
/// preallocated space.
pub(super) fn ends_in_reserved_space(bytes: &[u8]) -> bool {
    const ROOM: usize = 64;
    let tail = bytes.len().saturating_sub(ROOM);
    !bytes.is_empty() && bytes[tail..].iter().all(|byte| *byte == 0)
}

/// The magic bytes of Microsoft PVK files and key blobs, with their offsets.
const PRIVATE_KEYS: [(usize, &[u8]); 3] = [(0, b"\x1E\xF1\xB5\xB0"), (8, b"RSA2"), (8, b"DSS2")];

/// The magic bytes of Java JKS and JCEKS key stores.
const KEY_STORES: [&[u8]; 2] = [b"\xFE\xED\xFE\xED", b"\xCE\xCE\xCE\xCE"];

const FILES: [(usize, &[u8], OtherFile); 29] = [
    (0, b"PK\x03\x04", OtherFile::Archive),
    (0, b"PK\x05\x06", OtherFile::Archive),
    (0, b"\x1F\x8B", OtherFile::Archive),
    (0, b"7z\xBC\xAF\x27\x1C", OtherFile::Archive),
    (0, b"Rar!", OtherFile::Archive),
    (0, b"BZh", OtherFile::Archive),
    (0, b"\xFD7zXZ\0", OtherFile::Archive),
    (0, b"\x28\xB5\x2F\xFD", OtherFile::Archive),
    (0, b"MSCF\0", OtherFile::Archive),
    (257, b"ustar", OtherFile::Archive),
    (0, b"%PDF", OtherFile::Pdf),
    (0, b"\x89PNG", OtherFile::Picture),
    (0, b"\xFF\xD8\xFF", OtherFile::Picture),
    (0, b"GIF8", OtherFile::Picture),
    (8, b"WEBP", OtherFile::Picture),
    (4, b"ftypheic", OtherFile::Picture),
    (4, b"ftypmif1", OtherFile::Picture),
    (4, b"ftypavif", OtherFile::Picture),
    (6, b"\0\0\0\0\x36\0\0\0", OtherFile::Picture),
    (0, b"II*\0", OtherFile::Picture),
    (0, b"MM\0*", OtherFile::Picture),
    (0, b"\x7FELF", OtherFile::Program),
    (0, b"MZ", OtherFile::Program),
    (0, b"\xCF\xFA\xED\xFE", OtherFile::Program),
    (0, b"\xCE\xFA\xED\xFE", OtherFile::Program),
    (0, b"\xCA\xFE\xBA\xBE", OtherFile::Program),
    (0, b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", OtherFile::Document),
    (0, b"{\\rtf", OtherFile::Document),
    (0, b"bplist00", OtherFile::Document),
];

/// Recognizes Word and LibreOffice files: zip files that list their parts near the beginning.
fn is_packed_document(bytes: &[u8]) -> bool {
    let names: [&[u8]; 3] =
        [b"[Content_Types].xml", b"word/", b"mimetypeapplication/vnd.oasis.opendocument"];
    let start = &bytes[..bytes.len().min(4096)];
    names.iter().any(|name| start.windows(name.len()).any(|window| window == *name))
}
