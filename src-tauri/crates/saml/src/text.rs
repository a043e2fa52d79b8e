//! Decodes bytes to text, in the encodings that editors and consoles use.

use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use base64::{Engine as _, alphabet};
use encoding_rs::{UTF_16BE, UTF_16LE};
use percent_encoding::percent_decode_str;
use zeroize::Zeroizing;

use super::recording::unescape;
use super::xml;

/// Decodes base64 with or without padding.
pub(super) const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Decodes base64 with or without padding, and allows unused bits after the last byte.
pub(super) const CUT_BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    /// UTF-8 without a byte order mark.
    Utf8,
    /// UTF-8 with a byte order mark.
    Utf8Marked,
    /// UTF-16 in either byte order, with or without a byte order mark. Notepad calls it "Unicode".
    Utf16,
    /// Bytes above 127 that aren't UTF-8, read as Windows-1252.
    Windows1252,
}

/// Decodes `bytes`, or returns `None` if they aren't text. The text is wiped when dropped.
pub(super) fn decode(bytes: &[u8]) -> Option<(Zeroizing<String>, Encoding)> {
    if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        let text = std::str::from_utf8(rest).ok()?;
        return require_printable(text.to_owned(), Encoding::Utf8Marked);
    }
    if let Some(order) = utf16_order(bytes) {
        let text = order.decode_with_bom_removal(bytes).0.into_owned();
        return require_printable(text, Encoding::Utf16);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => require_printable(text.to_owned(), Encoding::Utf8),
        Err(_) => {
            let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes);
            require_printable(text.into_owned(), Encoding::Windows1252)
        }
    }
}

/// Unwraps PEM or XML text that was encoded as a whole.
///
/// Handles base64, percent-encoding, HTML escapes, and text around metadata, such as JSON, a
/// heredoc or the sentence that a browser shows above XML. Returns `None` if the text isn't
/// wrapped.
pub(super) fn unwrap_encoded_text(text: &str) -> Option<Zeroizing<String>> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let inner = if text.starts_with("&lt;") {
        Zeroizing::new(html_escape::decode_html_entities(text).into_owned())
    } else if text.starts_with("%3C") || (text.starts_with("--") && text.contains("%0A")) {
        Zeroizing::new(percent_decode_str(text).decode_utf8().ok()?.into_owned())
    } else if is_base64(text) {
        decode_base64(text)?
    } else if text.contains("EntityDescriptor") && (!text.starts_with('<') || text.contains("\\\""))
    {
        metadata(text)?
    } else {
        return None;
    };
    let start = inner.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    (start.starts_with('<') || start.contains("-----BEGIN") || start.starts_with("Bag Attributes"))
        .then_some(inner)
}

/// Extracts metadata from other text. The metadata may be escaped.
fn metadata(text: &str) -> Option<Zeroizing<String>> {
    let plain = Zeroizing::new(text.to_owned());
    let mut unescaped = std::iter::once(plain).chain(unescape::unescape_all_ways(text));
    let found = unescaped.find_map(|text| {
        let metadata = descriptor(&text)?;
        xml::parse(metadata).is_ok().then(|| Zeroizing::new(metadata.to_owned()))
    });
    // The metadata parser reports damaged metadata.
    found.or_else(|| {
        let whole = text.get(text.find('<')?..=text.rfind('>')?)?;
        Some(Zeroizing::new(descriptor(text).unwrap_or(whole).to_owned()))
    })
}

/// Returns the text from a descriptor's first tag to its last end tag.
fn descriptor(text: &str) -> Option<&str> {
    const NAMES: [&str; 2] = ["EntitiesDescriptor", "EntityDescriptor"];
    let at = NAMES.iter().filter_map(|name| text.find(name)).min()?;
    let start = text[..at].rfind('<')?;
    let end = NAMES.iter().filter_map(|name| text.rfind(name)).max()?;
    let end = end + text[end..].find('>')?;
    text.get(start..=end)
}

fn is_base64(text: &str) -> bool {
    text.len() >= 40 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"+/=\r\n ".contains(&b))
}

fn decode_base64(text: &str) -> Option<Zeroizing<String>> {
    let packed: Zeroizing<String> = Zeroizing::new(text.split_whitespace().collect());
    let bytes = Zeroizing::new(BASE64.decode(packed.as_str()).ok()?);
    decode(&bytes).map(|(text, _)| text)
}

/// Recognizes UTF-16 by its byte order mark, or because every second byte at the start is zero.
fn utf16_order(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    match bytes {
        [0xFF, 0xFE, ..] => Some(UTF_16LE),
        [0xFE, 0xFF, ..] => Some(UTF_16BE),
        [a, 0, b, 0, c, 0, ..] if [a, b, c].iter().all(|b| **b != 0) => Some(UTF_16LE),
        [0, a, 0, b, 0, c, ..] if [a, b, c].iter().all(|b| **b != 0) => Some(UTF_16BE),
        _ => None,
    }
}

/// Rejects binary files. Text, unlike binary files, has almost no control characters.
fn require_printable(text: String, encoding: Encoding) -> Option<(Zeroizing<String>, Encoding)> {
    let text = Zeroizing::new(text);
    let odd = text
        .chars()
        .take(4096)
        .filter(|c| (c.is_control() && !c.is_whitespace()) || *c == '\u{FFFD}')
        .count();
    if odd <= text.chars().take(4096).count() / 64 { Some((text, encoding)) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_binary_are_distinguished() {
        let check = |bytes: &[u8], expect: Option<(&str, Encoding)>| {
            let decoded = decode(bytes);
            let decoded = decoded.as_ref().map(|(text, encoding)| (text.as_str(), *encoding));
            assert_eq!(decoded, expect, "{bytes:?}");
        };
        check(b"abc", Some(("abc", Encoding::Utf8)));
        check(b"\xEF\xBB\xBFabc", Some(("abc", Encoding::Utf8Marked)));
        check(b"\xFF\xFEa\0b\0c\0", Some(("abc", Encoding::Utf16)));
        check(b"\xFE\xFF\0a\0b\0c", Some(("abc", Encoding::Utf16)));
        check(b"a\0b\0c\0", Some(("abc", Encoding::Utf16)));
        check(b"caf\xE9 cr\xE8me", Some(("café crème", Encoding::Windows1252)));
        check(b"\x30\x82\x01\x02\x00\x00\x00\x01", None);
        check(b"", Some(("", Encoding::Utf8)));
    }
}
