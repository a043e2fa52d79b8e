//! Finds the `-----BEGIN …-----` blocks in text, even if other programs have changed it.

use base64::Engine as _;
use zeroize::Zeroizing;

use super::{DecodeError, Normalization};
use crate::text::CUT_BASE64;

/// Text after [`normalize`], and what was changed.
pub(super) struct NormalizedPem {
    pub(super) text: Zeroizing<String>,
    pub(super) cleanups: Vec<Normalization>,
}

pub(super) struct PemBlock<'a> {
    /// In uppercase, such as `CERTIFICATE`.
    pub(super) label: String,
    pub(super) body: &'a str,
    /// The line on which the body starts, starting at 1.
    pub(super) line: u32,
    /// Whether there was a matching `END` line.
    pub(super) closed: bool,
}

/// Reverts the changes that mail programs, word processors and consoles make to PEM.
///
/// Normalizes typographic dashes, non-ASCII spaces, zero-width characters, line endings and literal
/// `\n`.
pub(super) fn normalize(text: &str) -> NormalizedPem {
    let mut cleanups = Vec::new();
    let mut plain = Zeroizing::new(String::with_capacity(text.len() + text.len() / 8));
    for c in text.chars() {
        match c {
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}' => {
                add_normalization(&mut cleanups, Normalization::Dashes);
                plain.push_str("--");
            }
            '\u{200B}'..='\u{200F}'
            | '\u{2060}'
            | '\u{FEFF}'
            | '\u{00AD}'
            | '\u{202A}'..='\u{202E}' => {
                add_normalization(&mut cleanups, Normalization::Invisible);
            }
            c if c.is_whitespace() && !c.is_ascii_whitespace() => {
                add_normalization(&mut cleanups, Normalization::Spaces);
                plain.push(' ');
            }
            c => plain.push(c),
        }
    }
    if plain.contains('\r') {
        plain = Zeroizing::new(plain.replace("\r\n", "\n").replace('\r', "\n"));
    }
    if plain.contains("\\n") || plain.contains("\\r") {
        add_normalization(&mut cleanups, Normalization::LineBreaks);
        plain = Zeroizing::new(
            plain
                .replace("\\r\\n", "\n")
                .replace("\\n", "\n")
                .replace("\\r", "\n")
                .replace("\\/", "/"),
        );
    }
    NormalizedPem { text: plain, cleanups }
}

/// Returns the blocks in order. Stops after twice [`MOST_BLOCKS`] markers.
pub(super) fn find_blocks(text: &str) -> Vec<PemBlock<'_>> {
    let markers = markers(text);
    let mut blocks = Vec::new();
    let (mut line, mut counted) = (1, 0);
    for (at, opening) in markers.iter().enumerate() {
        if !opening.opens && !has_block_without_begin(text, &markers[at..]) {
            continue;
        }
        let next = markers.get(at + 1);
        let closed = next.is_some_and(|next| !next.opens && next.label == opening.label);
        let end = next.map_or(text.len(), |next| next.start);
        line += text[counted..opening.end].matches('\n').count();
        counted = opening.end;
        blocks.push(PemBlock {
            body: &text[opening.end..end],
            line: u32::try_from(line).unwrap_or(u32::MAX),
            closed,
            label: opening.label.clone(),
        });
    }
    blocks
}

/// Returns whether a certificate without a `BEGIN` line follows an `END` line: base64, and then
/// another `END` line.
fn has_block_without_begin(text: &str, markers: &[PemMarker]) -> bool {
    match markers {
        [end, next, ..] if !next.opens && next.label == end.label => {
            text[end.end..next.start].trim_start().starts_with("MI")
        }
        _ => false,
    }
}

/// Counts the non-blank lines outside the blocks.
pub(super) fn lines_around(text: &str, blocks: &[PemBlock<'_>]) -> u32 {
    let inside: usize = blocks
        .iter()
        .map(|block| block.body.lines().filter(|line| !line.trim().is_empty()).count() + 2)
        .sum();
    let all = text.lines().filter(|line| !line.trim().is_empty()).count();
    u32::try_from(all.saturating_sub(inside)).unwrap_or(u32::MAX)
}

/// Decodes the valid base64 at the start of `body`, and ignores the rest.
pub(super) fn decode_valid_start(body: &str) -> Zeroizing<Vec<u8>> {
    let base64: Zeroizing<String> = Zeroizing::new(
        body.chars()
            .filter(|c| !c.is_whitespace())
            .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '/'))
            .collect(),
    );
    let whole = &base64[..base64.len() / 4 * 4];
    Zeroizing::new(CUT_BASE64.decode(whole).unwrap_or_default())
}

/// Decodes the base64 of a block. `line` is the line on which `body` starts.
pub(super) fn decode(body: &str, line: u32) -> Result<Zeroizing<Vec<u8>>, DecodeError> {
    let mut base64 = Zeroizing::new(String::with_capacity(body.len()));
    for (number, text) in (line..).zip(body.split('\n')) {
        if text.contains(": ") {
            // Skip RFC 1421 headers.
            continue;
        }
        let text = text.trim_matches(|c: char| c.is_whitespace() || "\"',>|".contains(c));
        for c in text.chars().filter(|c| !c.is_whitespace()) {
            if !(c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=')) {
                return Err(DecodeError::Character { line: number, character: c });
            }
            base64.push(c);
        }
    }
    let bare = base64.trim_end_matches('=');
    if bare.contains('=') {
        return Err(DecodeError::Character { line, character: '=' });
    }
    CUT_BASE64
        .decode(bare)
        .map(Zeroizing::new)
        .map_err(|_| DecodeError::Length { line: uneven_line(body, line) })
}

/// Returns the line that is shorter than the longest line, if there is only one such line apart
/// from the last. Characters are missing in that line.
fn uneven_line(body: &str, line: u32) -> Option<u32> {
    let lengths: Vec<(u32, usize)> = (line..)
        .zip(body.split('\n'))
        .map(|(number, text)| (number, text.trim().len()))
        .filter(|(_, length)| *length > 0)
        .collect();
    let (_, inner) = lengths.split_last()?;
    let usual = inner.iter().map(|(_, length)| *length).max()?;
    let uneven = inner.iter().filter(|(_, length)| *length != usual);
    let mut uneven = uneven.map(|(number, _)| *number);
    // If several lines are shorter, it's unclear which one is damaged.
    match (uneven.next(), uneven.next()) {
        (Some(only), None) => Some(only),
        _ => None,
    }
}

/// The maximum number of blocks. No real file contains this many.
const MOST_BLOCKS: usize = 1024;

/// The maximum length of a label, in bytes.
const LONGEST_LABEL: usize = 40;

struct PemMarker {
    opens: bool,
    start: usize,
    end: usize,
    /// In uppercase.
    label: String,
}

/// Finds every `--BEGIN LABEL--` and `--END LABEL--` in one pass, with any number of dashes and in
/// uppercase or lowercase.
fn markers(text: &str) -> Vec<PemMarker> {
    let upper = Zeroizing::new(text.to_ascii_uppercase());
    let mut found = Vec::new();
    let mut from = 0;
    for (at, opens, word) in find_begin_and_end(&upper) {
        if at < from {
            continue;
        }
        // The same dashes may end one marker and start the next.
        let before = upper[..at].trim_end_matches(' ');
        let after = &upper[at + word..];
        let length = after.bytes().take(LONGEST_LABEL + 1).position(|byte| byte == b'-');
        let (true, Some(length)) = (before.ends_with('-'), length) else {
            continue;
        };
        let label = after[..length].trim();
        let named = !label.is_empty()
            && label
                .bytes()
                .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b" #".contains(&b));
        if named {
            let rest = after[length..].trim_start_matches('-');
            let start = before.trim_end_matches(['-', ' ']).len().max(from);
            from = upper.len() - rest.len();
            found.push(PemMarker {
                opens,
                start,
                end: from,
                label: label.split_whitespace().collect::<Vec<_>>().join(" "),
            });
        }
        if found.len() >= 2 * MOST_BLOCKS {
            break;
        }
    }
    found
}

/// Returns the positions of `BEGIN ` and `END `, in order. Each position comes with whether the
/// word is `BEGIN `, and with the word's length.
fn find_begin_and_end(upper: &str) -> impl Iterator<Item = (usize, bool, usize)> {
    let mut begins = upper.match_indices("BEGIN ").peekable();
    let mut ends = upper.match_indices("END ").peekable();
    std::iter::from_fn(move || {
        let first_begins = match (begins.peek(), ends.peek()) {
            (Some((begin, _)), Some((end, _))) => begin < end,
            (Some(_), None) => true,
            (None, _) => false,
        };
        let next = if first_begins { begins.next() } else { ends.next() };
        next.map(|(at, word)| (at, first_begins, word.len()))
    })
}

fn add_normalization(cleanups: &mut Vec<Normalization>, normalization: Normalization) {
    if !cleanups.contains(&normalization) {
        cleanups.push(normalization);
    }
}
