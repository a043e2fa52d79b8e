//! Extracts the plain text from an HTML page, JSON or a log.

use html_escape::decode_html_entities;

/// Returns the text without markup and escapes, with plain quotation marks and single spaces.
pub(super) fn plain(shown: &str) -> String {
    let text = unescaped(&without_tags(shown))
        .replace(['\u{2018}', '\u{2019}', '\u{02BC}'], "'")
        .replace(['\u{201C}', '\u{201D}'], "\"");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Replaces tags with spaces. A `<` that doesn't start a tag is text.
fn without_tags(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, tag)) = rest.split_once('<') {
        plain.push_str(before);
        let is_tag = tag.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!'));
        if !is_tag {
            plain.push('<');
            rest = tag;
        } else if let Some((_, after)) = tag.split_once('>') {
            plain.push(' ');
            rest = after;
        } else {
            // No `>` follows, so the rest is text.
            plain.push('<');
            plain.push_str(tag);
            return plain;
        }
    }
    plain.push_str(rest);
    plain
}

/// Decodes the escapes of HTML, and the common ones of JSON and URLs.
fn unescaped(text: &str) -> String {
    let mut plain = decode_html_entities(text).into_owned();
    for (escape, character) in [
        ("\\u0027", "'"),
        ("\\u2019", "'"),
        ("\\\"", "\""),
        ("\\/", "/"),
        ("\\n", " "),
        ("%20", " "),
    ] {
        plain = plain.replace(escape, character);
    }
    plain
}
