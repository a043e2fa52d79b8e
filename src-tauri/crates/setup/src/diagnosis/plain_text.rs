//! Extracts the plain text from an HTML page, JSON or a log.

use html_escape::decode_html_entities;

use identifiers::without_addresses;

/// The maximum number of times that markup may be escaped, for example HTML quoted in an HTML log.
const MAX_NESTING: usize = 3;

/// Returns the text without markup and escapes, and with plain quotation marks and single spaces.
/// Masks email addresses. Leaves out the text in scripts unless `scripts` is set.
pub(super) fn to_plain_text(shown: &str, scripts: bool) -> String {
    let mut text = unescaped(shown);
    for _ in 0..MAX_NESTING {
        let decoded = decode_html_entities(&without_tags(&text, scripts)).into_owned();
        if decoded == text {
            break;
        }
        text = decoded;
    }
    let text = text
        .replace(['\u{2018}', '\u{2019}', '\u{02BC}'], "'")
        .replace(['\u{201C}', '\u{201D}', '\u{201E}'], "\"");
    without_addresses(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Replaces tags, comments and styles with spaces. Keeps a `<` that doesn't start a tag.
fn without_tags(text: &str, scripts: bool) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, tag)) = rest.split_once('<') {
        plain.push_str(before);
        let is_tag = tag.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!'));
        if !is_tag {
            plain.push('<');
            rest = tag;
        } else if let Some((_, after)) = tag.split_once(end_of(tag, scripts)) {
            plain.push(' ');
            rest = after;
        } else {
            // The page is truncated. Without a `>`, the rest counts as text.
            if end_of(tag, scripts) == ">" {
                plain.push('<');
                plain.push_str(tag);
            }
            return plain;
        }
    }
    plain.push_str(rest);
    plain
}

/// Returns the text that ends a tag, comment, style or script.
fn end_of(tag: &str, scripts: bool) -> &'static str {
    let is =
        |name: &str| tag.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
    if is("!--") {
        "-->"
    } else if is("style") {
        "</style>"
    } else if is("script") && !scripts {
        "</script>"
    } else {
        ">"
    }
}

/// Decodes the common escapes in JSON, logs and URLs.
fn unescaped(text: &str) -> String {
    let mut plain = text.to_owned();
    if ["error_description=", "error=", "%20", "%3A"].iter().any(|mark| plain.contains(mark)) {
        plain = plain.replace('+', " ");
    }
    for (escape, character) in [
        ("\\u0027", "'"),
        ("\\u2019", "'"),
        ("\\u0022", "\""),
        ("\\u003c", "<"),
        ("\\u003C", "<"),
        ("\\u003e", ">"),
        ("\\u003E", ">"),
        ("\\u0026", "&"),
        ("\\x27", "'"),
        ("\\x3c", "<"),
        ("\\x3e", ">"),
        ("\\\"", "\""),
        ("\\'", "'"),
        ("\\/", "/"),
        ("\\r", " "),
        ("\\n", " "),
        ("\\t", " "),
        ("%0A", " "),
        ("%20", " "),
        ("%22", "\""),
        ("%27", "'"),
        ("%2C", ","),
        ("%2F", "/"),
        ("%3A", ":"),
        ("%3C", "<"),
        ("%3E", ">"),
        ("%40", "@"),
    ] {
        if plain.contains(escape) {
            plain = plain.replace(escape, character);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::to_plain_text;

    #[test]
    fn markup_is_removed_from_text() {
        for shown in [
            "<p><code>No access</code></p>",
            "&lt;p&gt;&lt;code&gt;No access&lt;/code&gt;&lt;/p&gt;",
            "&amp;lt;code&amp;gt;No access&amp;lt;/code&amp;gt;",
            r#"\u003cp\u003e\u003ccode\u003eNo access\u003c/code\u003e\u003c/p\u003e"#,
            "%3Ccode%3ENo%20access%3C%2Fcode%3E",
            "<style>p{}</style><!-- <b>comment</b> --><p>No access</p>",
            "<SCRIPT>var text = 'No tile'</script>No access",
            "<p>No <b>access</b>",
        ] {
            assert_eq!(to_plain_text(shown, false), "No access", "{shown}");
        }
        assert_eq!(to_plain_text("a < b, '<' not found", false), "a < b, '<' not found");
        assert_eq!(to_plain_text("<script>No access</script>", true), "No access");
        assert_eq!(to_plain_text("a <b", false), "a <b");
        assert_eq!(to_plain_text("No access<script>var a = '<b>'", false), "No access");
    }

    #[test]
    fn addresses_are_masked() {
        for shown in
            ["User 'ana@example.com' unknown", "User &#39;ana&#64;example.com&#39; unknown"]
        {
            assert_eq!(to_plain_text(shown, false), "User 'a…@example.com' unknown");
        }
        assert_eq!(
            to_plain_text("login_hint=ana%40example.com", false),
            "login_hint=a…@example.com"
        );
    }
}
