//! A shown text without what a page or a log puts around and into it.

/// Without markup and escapes, with plain apostrophes and single blanks.
pub(super) fn plain(shown: &str) -> String {
    let text = unescaped(&without_tags(shown))
        .replace(['\u{2018}', '\u{2019}', '\u{02BC}'], "'")
        .replace(['\u{201C}', '\u{201D}'], "\"");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A tag may stand in the middle of a sentence; one that begins no tag is text.
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
            // No tag ends any more, so what follows is text.
            plain.push('<');
            plain.push_str(tag);
            return plain;
        }
    }
    plain.push_str(rest);
    plain
}

/// The escapes of HTML, JSON and addresses that stand in sentences.
fn unescaped(text: &str) -> String {
    let mut plain = text.to_owned();
    for (escape, character) in [
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&apos;", "'"),
        ("&rsquo;", "'"),
        ("&quot;", "\""),
        ("&#34;", "\""),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&nbsp;", " "),
        ("&#x2F;", "/"),
        ("\\u0027", "'"),
        ("\\u2019", "'"),
        ("\\\"", "\""),
        ("\\/", "/"),
        ("\\n", " "),
        ("%20", " "),
        ("&amp;", "&"),
    ] {
        plain = plain.replace(escape, character);
    }
    plain
}
