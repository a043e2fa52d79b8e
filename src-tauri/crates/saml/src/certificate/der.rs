//! Identifies DER bytes by their outer structure, without parsing the content.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DerKind {
    Certificate,
    PrivateKey,
    Pkcs12,
    Pkcs7,
    Request,
    PublicKey,
    RevocationList,
    /// The start of a SEQUENCE that declares more bytes than there are.
    Cut,
    Unknown,
}

/// Returns the type of `bytes`, and how many bytes belong to the value.
pub(super) fn identify(bytes: &[u8]) -> (DerKind, usize) {
    match value(bytes) {
        Some(whole) if whole.tag == SEQUENCE => {
            (kind_of_children(&children(whole.content)), bytes.len() - whole.rest.len())
        }
        Some(_) => (DerKind::Unknown, bytes.len()),
        None => (kind_of_indefinite_length(bytes), bytes.len()),
    }
}

/// Returns whether the unsigned bytes around the signed part have the only values allowed by RFC
/// 5280.
///
/// Otherwise, a change to these bytes would go unnoticed. The outer algorithm must be the same as
/// the inner algorithm (RFC 5280, 4.1.1.2).
pub(super) fn is_regular_certificate(bytes: &[u8]) -> bool {
    let parts = value(bytes).map(|whole| children(whole.content)).unwrap_or_default();
    let [body, outside, signature] = parts[..] else {
        return false;
    };
    let inside = children(body.content);
    let at = usize::from(inside.first().is_some_and(|version| version.tag == CONTEXT_0)) + 1;
    identify(bytes) == (DerKind::Certificate, bytes.len())
        && inside.get(at).is_some_and(|algorithm| algorithm.whole == outside.whole)
        && signature.content.first() == Some(&0)
}

/// Returns whether `bytes` are a single SEQUENCE of at least 128 bytes with an error inside.
pub(super) fn is_damaged(bytes: &[u8]) -> bool {
    const SHORTEST: usize = 128;
    let whole = |part: DerValue<'_>| part.tag == SEQUENCE && part.rest.is_empty();
    bytes.len() >= SHORTEST
        && value(bytes).is_some_and(whole)
        && first_invalid_offset(bytes).is_some()
}

/// Returns the position, starting at 1, of the first value that is longer than its container or has
/// a length that DER doesn't allow. Returns `None` if the structure is intact, so the damage is in
/// the content.
pub(super) fn first_invalid_offset(bytes: &[u8]) -> Option<u32> {
    let at = find_invalid_child(bytes, 0, 0)?;
    u32::try_from(at + 1).ok()
}

fn find_invalid_child(content: &[u8], from: usize, depth: u32) -> Option<usize> {
    let mut rest = content;
    while !rest.is_empty() {
        let at = from + (content.len() - rest.len());
        let Some(part) = value(rest) else {
            return Some(at);
        };
        let inside = at + (part.whole.len() - part.content.len());
        if part.tag & CONSTRUCTED != 0
            && depth < DEEPEST
            && let Some(deeper) = find_invalid_child(part.content, inside, depth + 1)
        {
            return Some(deeper);
        }
        rest = part.rest;
    }
    None
}

/// Returns the certificates in PKCS#7 SignedData, each as DER, or `None` if the data is truncated.
/// Accepts containers of indefinite length, because some programs write them when streaming.
pub(super) fn bundled(bytes: &[u8]) -> Option<Vec<&[u8]>> {
    let explicit = *streamed_children(streamed(bytes, 0)?.content).get(1)?;
    let signed_data = streamed(explicit.content, 0)?;
    let certificates = streamed_children(signed_data.content)
        .into_iter()
        .filter(|part| part.tag == CONTEXT_0)
        .flat_map(|certificates| streamed_children(certificates.content))
        .filter(|part| part.tag == SEQUENCE)
        .map(|part| part.whole);
    Some(certificates.collect())
}

/// The maximum nesting depth that is parsed.
const DEEPEST: u32 = 16;
/// The tag bit of values that contain other values.
const CONSTRUCTED: u8 = 0x20;

const INTEGER: u8 = 0x02;
const BIT_STRING: u8 = 0x03;
const OCTET_STRING: u8 = 0x04;
const OBJECT_IDENTIFIER: u8 = 0x06;
const SEQUENCE: u8 = 0x30;
const CONTEXT_0: u8 = 0xA0;

/// 1.2.840.113549.1.7, the PKCS#7 arc.
const PKCS7: [u8; 8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07];

#[derive(Clone, Copy)]
struct DerValue<'a> {
    tag: u8,
    content: &'a [u8],
    whole: &'a [u8],
    rest: &'a [u8],
}

fn kind_of_children(parts: &[DerValue<'_>]) -> DerKind {
    let tags: Vec<u8> = parts.iter().map(|part| part.tag).collect();
    let first = parts.first().map(|part| part.content).unwrap_or_default();
    match tags[..] {
        [INTEGER, SEQUENCE, ..] if first == [3] => DerKind::Pkcs12,
        [INTEGER, SEQUENCE, OCTET_STRING, ..] | [INTEGER, OCTET_STRING, ..] => DerKind::PrivateKey,
        [INTEGER, INTEGER] => DerKind::PublicKey,
        [INTEGER, INTEGER, INTEGER, INTEGER, INTEGER, ..] => DerKind::PrivateKey,
        [OBJECT_IDENTIFIER, CONTEXT_0, ..] if first.starts_with(&PKCS7) => DerKind::Pkcs7,
        [SEQUENCE, BIT_STRING] => DerKind::PublicKey,
        [SEQUENCE, OCTET_STRING] => DerKind::PrivateKey,
        [SEQUENCE, SEQUENCE, BIT_STRING, ..] => kind_of_signed_structure(first),
        _ => DerKind::Unknown,
    }
}

/// Tells apart certificates, requests and revocation lists, which have the same outer structure.
fn kind_of_signed_structure(body: &[u8]) -> DerKind {
    let tags: Vec<u8> = children(body).iter().map(|part| part.tag).collect();
    match tags[..] {
        [CONTEXT_0, INTEGER, SEQUENCE, SEQUENCE, SEQUENCE, SEQUENCE, ..]
        | [INTEGER, SEQUENCE, SEQUENCE, SEQUENCE, SEQUENCE, SEQUENCE, ..] => DerKind::Certificate,
        [INTEGER, SEQUENCE, SEQUENCE] | [INTEGER, SEQUENCE, SEQUENCE, CONTEXT_0] => {
            DerKind::Request
        }
        [INTEGER, SEQUENCE, SEQUENCE, 0x17 | 0x18, ..] | [SEQUENCE, SEQUENCE, 0x17 | 0x18, ..] => {
            DerKind::RevocationList
        }
        _ => DerKind::Unknown,
    }
}

/// Identifies values of indefinite length, as in some PKCS#12 and PKCS#7 files, and truncated
/// values.
fn kind_of_indefinite_length(bytes: &[u8]) -> DerKind {
    match bytes {
        [SEQUENCE, 0x80, INTEGER, 1, 3, ..] => DerKind::Pkcs12,
        [SEQUENCE, 0x80, OBJECT_IDENTIFIER, _, rest @ ..] if rest.starts_with(&PKCS7) => {
            DerKind::Pkcs7
        }
        // A truncated private key is still a private key.
        [SEQUENCE, 0x82, _, _, INTEGER, 1, 0 | 1, INTEGER | SEQUENCE, ..]
        | [SEQUENCE, 0x81, _, INTEGER, 1, 0 | 1, ..] => DerKind::PrivateKey,
        [SEQUENCE, 0x82] | [SEQUENCE, 0x82, _] | [SEQUENCE, 0x82, _, _] => DerKind::Cut,
        [SEQUENCE, 0x82, _, _, SEQUENCE, ..] => DerKind::Cut,
        _ => DerKind::Unknown,
    }
}

/// The maximum number of children that are parsed.
const MOST_CHILDREN: usize = 256;

fn children(content: &[u8]) -> Vec<DerValue<'_>> {
    values(content, value)
}

fn streamed_children(content: &[u8]) -> Vec<DerValue<'_>> {
    values(content, |bytes| streamed(bytes, 0))
}

fn values(mut content: &[u8], read: impl Fn(&[u8]) -> Option<DerValue<'_>>) -> Vec<DerValue<'_>> {
    let next = std::iter::from_fn(|| {
        let part = read(content)?;
        content = part.rest;
        Some(part)
    });
    next.take(MOST_CHILDREN).collect()
}

fn value(bytes: &[u8]) -> Option<DerValue<'_>> {
    let (&tag, after_tag) = bytes.split_first()?;
    let (&first, after_first) = after_tag.split_first()?;
    let (length, after_length) = match first {
        0..=0x7F => (usize::from(first), after_first),
        0x81..=0x84 => {
            let (digits, rest) = after_first.split_at_checked(usize::from(first & 0x7F))?;
            (digits.iter().fold(0, |sum, digit| sum << 8 | usize::from(*digit)), rest)
        }
        _ => return None,
    };
    let (content, rest) = after_length.split_at_checked(length)?;
    Some(DerValue { tag, content, whole: &bytes[..bytes.len() - rest.len()], rest })
}

/// Same as [`value`], but also accepts the indefinite length (X.690, 8.1.3.6).
fn streamed(bytes: &[u8], depth: u32) -> Option<DerValue<'_>> {
    let [tag, 0x80, inside @ ..] = bytes else {
        return value(bytes);
    };
    if tag & CONSTRUCTED == 0 || depth == DEEPEST {
        return None;
    }
    let mut at = inside;
    loop {
        if let [0, 0, rest @ ..] = at {
            return Some(DerValue {
                tag: *tag,
                content: &inside[..inside.len() - at.len()],
                whole: &bytes[..bytes.len() - rest.len()],
                rest,
            });
        }
        at = streamed(at, depth + 1)?.rest;
    }
}
