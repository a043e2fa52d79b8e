//! Decodes the bytes of a list.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::ListError;

/// The maximum number of bytes used to guess the encoding.
const GUESSED: usize = 1 << 20;

/// Decodes a file in Unicode or in an older encoding of Windows and Excel, which is guessed from
/// the bytes.
///
/// # Errors
/// Returns an error if the file isn't text.
pub(super) fn decode(bytes: &[u8]) -> Result<String, ListError> {
    let text = text(bytes)?;
    match is_binary(&text) {
        true => Err(ListError::Encoding),
        false => Ok(text.into_owned()),
    }
}

fn text(bytes: &[u8]) -> Result<Cow<'_, str>, ListError> {
    let strict = |encoding: &'static Encoding, bytes| {
        let text = encoding.decode_without_bom_handling_and_without_replacement(bytes);
        text.ok_or(ListError::Encoding)
    };
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return strict(encoding, &bytes[length..]);
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return strict(encoding, bytes);
    }
    if let Ok(text) = str::from_utf8(bytes) {
        return Ok(Cow::Borrowed(text));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let start = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or_default();
    let start = start.saturating_sub(GUESSED / 2);
    detector.feed(&bytes[start..bytes.len().min(start + GUESSED)], true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    if encoding == UTF_8 { Err(ListError::Encoding) } else { strict(encoding, bytes) }
}

/// Recognizes ASCII text in UTF-16, which contains zero bytes.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let pairs = &bytes[..bytes.len().min(1_024) / 2 * 2];
    let zeros = |offset| pairs.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let half = pairs.len() / 2;
    let is_mostly =
        |zeros: usize, others: usize| half >= 4 && zeros * 10 >= half * 6 && others == 0;
    match (zeros(0), zeros(1)) {
        (even, odd) if is_mostly(odd, even) => Some(UTF_16LE),
        (even, odd) if is_mostly(even, odd) => Some(UTF_16BE),
        _ => None,
    }
}

/// Returns whether the text has control characters, like programs, pictures and archives.
fn is_binary(text: &str) -> bool {
    const LOOKED_AT: usize = 4_096;
    let is_control =
        |c: &char| c.is_control() && !c.is_whitespace() && !matches!(c, '\u{1e}' | '\u{1f}');
    let (mut controls, mut all) = (0, 0);
    for c in text.chars().take(LOOKED_AT) {
        all += 1;
        controls += usize::from(is_control(&c));
    }
    controls * 10 > all
}

#[cfg(test)]
mod tests {
    use encoding_rs::{SHIFT_JIS, WINDOWS_1252};

    use super::*;

    #[test]
    fn lists_in_every_encoding_are_decoded() {
        let text = "E-Mail;Vorname;Nachname\r\nzoe@example.com;Zoë;Müller\r\njose@example.com;José;Peña\r\n";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let windows = WINDOWS_1252.encode(text).0;
        for bytes in [
            text.as_bytes(),
            &[b"\xef\xbb\xbf", text.as_bytes()].concat(),
            &little,
            &big,
            &[b"\xff\xfe", &little[..]].concat(),
            &[b"\xfe\xff", &big[..]].concat(),
            &windows,
        ] {
            assert_eq!(decode(bytes).as_deref(), Ok(text), "{bytes:?}");
        }
        let japanese = "メールアドレス,姓,名\r\ntaro@example.com,山田,太郎\r\n";
        assert_eq!(decode(&SHIFT_JIS.encode(japanese).0).as_deref(), Ok(japanese));
    }

    #[test]
    fn files_that_are_not_text_are_rejected() {
        let picture: Vec<u8> = [b"\x89PNG\r\n\x1a\n".to_vec(), (0..=255).collect()].concat();
        assert_eq!(decode(&picture), Err(ListError::Encoding));
        assert_eq!(decode(b"\xff\xfea"), Err(ListError::Encoding));
    }
}
