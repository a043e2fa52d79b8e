//! Finds the `-----BEGIN …-----` blocks in a text, however it was dressed on its way here.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use zeroize::Zeroizing;

use super::{Damage, Tidy};

/// A text without what mail programs, word processors and consoles do to PEM.
pub(super) struct Undressed {
    pub(super) text: Zeroizing<String>,
    pub(super) tidied: Vec<Tidy>,
}

/// A block between its two lines.
pub(super) struct Block<'a> {
    /// In upper case, such as `CERTIFICATE`.
    pub(super) label: String,
    pub(super) body: &'a str,
    /// The line, counted from 1, that the body starts in.
    pub(super) line: u32,
    /// Whether the closing line was there.
    pub(super) closed: bool,
}

/// Undoes the dresses that change characters: typographic dashes, blanks that are no blanks,
/// zero-width characters, and line breaks written as `\n`.
pub(super) fn undress(text: &str) -> Undressed {
    let mut tidied = Vec::new();
    let mut plain = Zeroizing::new(String::with_capacity(text.len() + text.len() / 8));
    for c in text.chars() {
        match c {
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}' => {
                note(&mut tidied, Tidy::Dashes);
                plain.push_str("--");
            }
            '\u{200B}'..='\u{200F}'
            | '\u{2060}'
            | '\u{FEFF}'
            | '\u{00AD}'
            | '\u{202A}'..='\u{202E}' => {
                note(&mut tidied, Tidy::Invisible);
            }
            c if c.is_whitespace() && !c.is_ascii_whitespace() => {
                note(&mut tidied, Tidy::Spaces);
                plain.push(' ');
            }
            c => plain.push(c),
        }
    }
    if plain.contains('\r') {
        plain = Zeroizing::new(plain.replace("\r\n", "\n").replace('\r', "\n"));
    }
    if plain.contains("\\n") || plain.contains("\\r") {
        note(&mut tidied, Tidy::LiteralLineBreaks);
        plain = Zeroizing::new(
            plain
                .replace("\\r\\n", "\n")
                .replace("\\n", "\n")
                .replace("\\r", "\n")
                .replace("\\/", "/"),
        );
    }
    Undressed {
        text: plain,
        tidied,
    }
}

/// All blocks, in order.
pub(super) fn blocks(text: &str) -> Vec<Block<'_>> {
    let upper = Zeroizing::new(text.to_ascii_uppercase());
    let mut blocks = Vec::new();
    let mut from = 0;
    while let Some(opening) = marker(&upper, from, "BEGIN ") {
        let closing = marker(&upper, opening.end, "END ");
        let next = marker(&upper, opening.end, "BEGIN ");
        let closed = closing.as_ref().filter(|close| {
            close.label == opening.label
                && next.as_ref().is_none_or(|next| close.start < next.start)
        });
        let end = match (closed, &next) {
            (Some(close), _) => close.start,
            (None, Some(next)) => next.start,
            (None, None) => closing.as_ref().map_or(text.len(), |close| close.start),
        };
        let line = text[..opening.end].lines().count().max(1);
        blocks.push(Block {
            body: &text[opening.end..end],
            line: u32::try_from(line).unwrap_or(u32::MAX),
            closed: closed.is_some(),
            label: opening.label,
        });
        from = closed.map_or(end, |close| close.end);
    }
    blocks
}

/// How many lines of text stand outside the blocks.
pub(super) fn lines_around(text: &str, blocks: &[Block<'_>]) -> u32 {
    let inside: usize = blocks
        .iter()
        .map(|block| {
            block
                .body
                .lines()
                .filter(|line| !line.trim().is_empty())
                .count()
                + 2
        })
        .sum();
    let all = text.lines().filter(|line| !line.trim().is_empty()).count();
    u32::try_from(all.saturating_sub(inside)).unwrap_or(u32::MAX)
}

/// The bytes that a block's base64 stands for. `line` is the line that `body` starts in.
pub(super) fn decode(body: &str, line: u32) -> Result<Zeroizing<Vec<u8>>, Damage> {
    let mut base64 = Zeroizing::new(String::with_capacity(body.len()));
    for (number, text) in (line..).zip(body.split('\n')) {
        if text.contains(": ") {
            // A header of RFC 1421.
            continue;
        }
        let text = text.trim_matches(|c: char| c.is_whitespace() || "\"',>|".contains(c));
        for c in text.chars().filter(|c| !c.is_whitespace()) {
            if !(c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=')) {
                return Err(Damage::Character {
                    line: number,
                    character: c,
                });
            }
            base64.push(c);
        }
    }
    let bare = base64.trim_end_matches('=');
    if bare.contains('=') {
        return Err(Damage::Character {
            line,
            character: '=',
        });
    }
    STANDARD
        .decode(bare)
        .map(Zeroizing::new)
        .map_err(|_| Damage::Length)
}

const STANDARD: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

struct Marker {
    start: usize,
    end: usize,
    label: String,
}

/// The next `--BEGIN LABEL--` with any number of dashes.
fn marker(upper: &str, from: usize, word: &str) -> Option<Marker> {
    let mut at = from;
    loop {
        let found = at + upper[at..].find(word)?;
        at = found + word.len();
        let start = upper[..found].trim_end_matches(['-', ' ']).len();
        let dashed = upper[..found].trim_end_matches(' ').ends_with('-');
        let rest = &upper[at..];
        let Some(length) = rest.find('-') else {
            continue;
        };
        let label = rest[..length].trim();
        let named = (1..=40).contains(&label.len())
            && label
                .bytes()
                .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b' ');
        if dashed && named {
            let after = rest[length..].trim_start_matches('-');
            return Some(Marker {
                start: start.max(from),
                end: upper.len() - after.len(),
                label: label.split_whitespace().collect::<Vec<_>>().join(" "),
            });
        }
    }
}

fn note(tidied: &mut Vec<Tidy>, tidy: Tidy) {
    if !tidied.contains(&tidy) {
        tidied.push(tidy);
    }
}
