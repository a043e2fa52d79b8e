//! The small markup that words may hold.

use std::borrow::Cow;

const TAGS: [&str; 6] = ["<b>", "</b>", "<kbd>", "</kbd>", "<code>", "</code>"];

/// `text` without `<b>`, `<kbd>` and `<code>`. Everything else stays, other angle brackets included.
pub fn plain(text: &str) -> String {
    stripped(text).into_owned()
}

pub(super) fn stripped(text: &str) -> Cow<'_, str> {
    if !text.contains('<') {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let (before, from) = rest.split_at(at);
        plain.push_str(before);
        rest = match TAGS.iter().find_map(|tag| from.strip_prefix(tag)) {
            Some(after) => after,
            None => {
                plain.push('<');
                &from[1..]
            }
        };
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn tags_go_and_text_stays() {
        assert_eq!(
            plain("<b>Entity ID</b> ends in <code>/metadata</code>"),
            "Entity ID ends in /metadata"
        );
        assert_eq!(
            plain("a < b, <i>c</i>, <B>, <b"),
            "a < b, <i>c</i>, <B>, <b"
        );
        assert_eq!(plain("<<b>>"), "<>");
    }
}
