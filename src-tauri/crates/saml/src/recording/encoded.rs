//! Finds and decodes base64 that contains a SAML message, whether deflated or not.

use std::io::Read as _;

use base64::Engine as _;
use flate2::{Decompress, FlushDecompress, read::DeflateDecoder};
use zeroize::Zeroizing;

use crate::text::{self, CUT_BASE64};
use crate::xml;

/// The minimum length of base64 to check, in characters.
const SHORTEST: usize = 20;
/// The minimum length of a deflated request, in characters. Real requests have over 200.
const SHORTEST_DEFLATED: usize = 160;
/// The maximum number of base64 runs to inflate in one text. Inflating takes longer than other
/// checks.
const MOST_INFLATED: u32 = 256;
/// The number of bytes needed to see what deflated data contains, because a code table comes before
/// the first symbol.
const DEFLATED_START: usize = 192;
/// The number of bytes needed to see what base64 contains.
const START: usize = 48;
/// The maximum number of times that base64 may be encoded again.
pub(super) const MOST_NESTED: u32 = 2;
/// The maximum length of the padding at the end of base64, in characters.
pub(super) const PADDING: usize = 2;

/// Returns the positions where base64 with a message may start, in order.
pub(super) fn base64_starts(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    let (mut at, mut inflated) = (0, 0);
    std::iter::from_fn(move || {
        while at < bytes.len() {
            let start = at + bytes[at..].iter().position(|b| is_base64(*b))?;
            let length = bytes[start..].iter().position(|b| !is_base64(*b));
            at = length.map_or(bytes.len(), |length| start + length);
            let word = &bytes[start..at];
            if word.len() >= SHORTEST && has_message(word, 0, &mut inflated) {
                return Some(start);
            }
        }
        None
    })
}

/// Returns the base64 at the start of `text`, including white space inside it.
pub(super) fn run(text: &str) -> &str {
    let end = text.bytes().position(|b| !is_base64(b) && !b.is_ascii_whitespace());
    let run = text.get(..end.unwrap_or(text.len())).unwrap_or_default();
    run.get(..xml::MAX_BYTES * 3).unwrap_or(run)
}

/// Decodes base64 and ignores white space. `plus` turns spaces back into plus signs.
pub(super) fn decode(run: &str, plus: bool) -> Option<Zeroizing<String>> {
    let mut packed: Zeroizing<Vec<u8>> = Zeroizing::new(
        run.bytes()
            .filter_map(|b| match b {
                b'-' => Some(b'+'),
                b'_' => Some(b'/'),
                b' ' if plus => Some(b'+'),
                b if b.is_ascii_whitespace() => None,
                b => Some(b),
            })
            .collect(),
    );
    // A plus sign at the end became a space, which was then trimmed.
    if plus && packed.len() % 4 == 3 {
        packed.push(b'+');
    }
    let whole = &packed[..packed.len() - usize::from(packed.len() % 4 == 1)];
    let bytes = Zeroizing::new(CUT_BASE64.decode(whole).ok()?);
    let decoded = match is_deflated(&bytes) {
        true => inflate(&bytes),
        false => bytes,
    };
    readable(&decoded)
}

/// Decodes the bytes to text. Bytes that aren't text are replaced, because characters that follow
/// the base64 may have been decoded too.
fn readable(bytes: &[u8]) -> Option<Zeroizing<String>> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(Zeroizing::new(text.to_owned()));
    }
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return text::decode(bytes).map(|(text, _)| text);
    }
    let text = String::from_utf8_lossy(bytes).into_owned();
    Some(Zeroizing::new(text))
}

fn inflate(bytes: &[u8]) -> Zeroizing<Vec<u8>> {
    let mut inflated = Zeroizing::new(Vec::new());
    let limit = xml::MAX_BYTES as u64;
    // Damage at the end doesn't matter if the message before it is complete.
    let _damaged = DeflateDecoder::new(bytes).take(limit).read_to_end(&mut inflated);
    inflated
}

/// Returns whether base64 seems to contain XML, deflated XML, or more base64 with either of them.
/// `inflated` counts the attempts to inflate.
fn has_message(word: &[u8], nested: u32, inflated: &mut u32) -> bool {
    let mut decoded = [0; START];
    let decoded = decode_start(word, &mut decoded);
    let text = decoded.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(decoded).trim_ascii_start();
    match text {
        [b'<', second, ..] => second.is_ascii_alphabetic() || matches!(second, b'?' | b'!'),
        [0xFF, 0xFE, b'<', 0, ..] | [0xFE, 0xFF, 0, b'<', ..] => true,
        _ if nested < MOST_NESTED
            && text.len() > SHORTEST
            && text.iter().all(|b| is_base64(*b)) =>
        {
            has_message(text, nested + 1, inflated)
        }
        [first, ..] if word.len() >= SHORTEST_DEFLATED && may_be_deflated(*first) => {
            *inflated += 1;
            let mut decoded = [0; DEFLATED_START];
            *inflated <= MOST_INFLATED && is_deflated(decode_start(word, &mut decoded))
        }
        _ => false,
    }
}

/// Decodes the start of base64 into `decoded`, and returns the decoded bytes.
fn decode_start<'d>(word: &[u8], decoded: &'d mut [u8]) -> &'d [u8] {
    let whole = word.len().min(decoded.len() / 3 * 4) / 4 * 4;
    let mut standard = [0; DEFLATED_START / 3 * 4];
    for (to, from) in standard.iter_mut().zip(&word[..whole]) {
        *to = match from {
            b'-' => b'+',
            b'_' => b'/',
            other => *other,
        };
    }
    let length = CUT_BASE64.decode_slice(&standard[..whole], decoded).unwrap_or_default();
    &decoded[..length]
}

/// Returns whether the bytes are deflated text that starts with `<`.
fn is_deflated(bytes: &[u8]) -> bool {
    if bytes.first().is_none_or(|first| !may_be_deflated(*first)) {
        return false;
    }
    let mut start = [0; 4];
    let mut inflate = Decompress::new(false);
    let start_of_data = &bytes[..bytes.len().min(DEFLATED_START)];
    let _damaged = inflate.decompress(start_of_data, &mut start, FlushDecompress::Sync);
    inflate.total_out() > 0 && start[0] == b'<'
}

/// Returns whether deflated text that starts with `<` can start with this byte. The byte must start
/// a block with its own codes, or a block with the fixed codes, in which `<` is 01101100 (RFC 1951,
/// 3.2.6).
fn may_be_deflated(first: u8) -> bool {
    matches!(first & 7, 4 | 5) || matches!(first, 0xB2 | 0xB3)
}

/// Returns whether a byte belongs to standard or URL-safe base64, not including padding.
fn is_base64(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'-' | b'_')
}
