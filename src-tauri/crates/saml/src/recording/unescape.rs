//! Unescapes text in the ways that tools escape it.

use html_escape::decode_html_entities;
use percent_encoding::percent_decode_str;
use zeroize::Zeroizing;

/// Returns the results of every kind of unescaping that applies to the text.
pub(crate) fn unescape_all_ways(text: &str) -> impl Iterator<Item = Zeroizing<String>> {
    let ways: [fn(&str) -> Option<String>; 5] = [backslashes, percent, form, html, remove_carets];
    ways.into_iter().filter_map(move |way| way(text).map(Zeroizing::new))
}

/// Decodes percent-encoding. Keeps plus signs, because base64 uses them.
fn percent(text: &str) -> Option<String> {
    has_percent(text).then(|| percent_decode_str(text).decode_utf8_lossy().into_owned())
}

/// Decodes a form whose value is XML, not base64, so a plus sign is a space.
fn form(text: &str) -> Option<String> {
    let is_xml = text.contains("%3C") || text.contains("%3c");
    (is_xml && text.contains('+')).then(|| {
        let spaced = Zeroizing::new(text.replace('+', " "));
        percent_decode_str(&spaced).decode_utf8_lossy().into_owned()
    })
}

fn html(text: &str) -> Option<String> {
    let is_escaped = ["&lt;", "&quot;", "&gt;", "&amp;", "&#"].iter().any(|one| text.contains(one));
    is_escaped.then(|| decode_html_entities(text).into_owned())
}

/// Removes the carets that the Windows command prompt uses to escape characters.
fn remove_carets(text: &str) -> Option<String> {
    (text.contains("^\"") || text.contains("^%")).then(|| text.replace('^', ""))
}

/// Decodes the escapes used in JSON, JavaScript, Python and Bash's `$'…'`.
fn backslashes(text: &str) -> Option<String> {
    let mut pieces = text.split('\\');
    let mut plain = pieces.next()?.as_bytes().to_vec();
    let mut is_escaped = false;
    while let Some(piece) = pieces.next() {
        is_escaped = true;
        let mut characters = piece.chars();
        match characters.next() {
            Some('n') => plain.push(b'\n'),
            Some('r') => plain.push(b'\r'),
            Some('t') => plain.push(b'\t'),
            Some('u') => {
                let (character, rest) = unicode(characters.as_str());
                plain.extend(character.encode_utf8(&mut [0; 4]).as_bytes());
                plain.extend(rest.as_bytes());
                continue;
            }
            // Python escapes each UTF-8 byte.
            Some('x') => {
                let digits = characters.as_str();
                let byte = digits.get(..2).and_then(|two| u8::from_str_radix(two, 16).ok());
                plain.push(byte.unwrap_or(b'x'));
                plain.extend(&digits.as_bytes()[if byte.is_some() { 2 } else { 0 }..]);
                continue;
            }
            Some(character) => plain.extend(character.encode_utf8(&mut [0; 4]).as_bytes()),
            // Two backslashes have an empty piece between them.
            None => {
                plain.push(b'\\');
                plain.extend(pieces.next().unwrap_or_default().as_bytes());
                continue;
            }
        }
        plain.extend(characters.as_str().as_bytes());
    }
    is_escaped.then(|| String::from_utf8_lossy(&plain).into_owned())
}

/// Returns the character for `\u` and four digits, and the text after the digits.
fn unicode(text: &str) -> (char, &str) {
    let code = text.get(..4).and_then(|digits| u32::from_str_radix(digits, 16).ok());
    match code.and_then(char::from_u32) {
        Some(character) => (character, &text[4..]),
        None => ('u', text),
    }
}

fn has_percent(text: &str) -> bool {
    text.split('%').skip(1).any(|rest| {
        rest.as_bytes().get(..2).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_way_is_decoded() {
        let check = |text: &str, expect: &[&str]| {
            let all: Vec<String> = unescape_all_ways(text).map(|text| text.to_string()).collect();
            assert_eq!(all, expect, "{text}");
        };
        check("plain", &[]);
        check(r#"<a b=\"c\">\n\u003c\x3e\/\\n"#, &["<a b=\"c\">\n<>/\\n"]);
        check("a%2Bb+c", &["a+b+c"]);
        check("%3Ca+b%3D", &["<a+b=", "<a b="]);
        check("&lt;a&#x2B;", &["<a+"]);
        check("^\"SAMLResponse=a^%^2Bb^\"", &["\"SAMLResponse=a%2Bb\""]);
        check("100 % of 50 %", &[]);
        check(r"cut \u00 \x", &["cut u00 x"]);
        check(r"Nguy\xe1\xbb\x85n", &["Nguyễn"]);
    }
}
