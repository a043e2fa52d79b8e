//! The small markup that words may hold.

use std::borrow::Cow;

/// What stands on a page of AWS or nOps, and so is never translated.
const LABEL: [&str; 2] = ["<label>", "</label>"];
const TAGS: [&str; 8] = ["<b>", "</b>", "<kbd>", "</kbd>", "<code>", "</code>", LABEL[0], LABEL[1]];

/// `text` without `<b>`, `<kbd>`, `<code>` and `<label>`. Everything else stays, other angle brackets included.
pub fn plain(text: &str) -> String {
    stripped(text).into_owned()
}

pub(super) fn stripped(text: &str) -> Cow<'_, str> {
    without(text, &TAGS)
}

/// `text` without the marks of labels, which only say what a translation leaves alone.
pub(super) fn unlabelled(text: &str) -> Cow<'_, str> {
    without(text, &LABEL)
}

fn without<'a>(text: &'a str, tags: &[&str]) -> Cow<'a, str> {
    if !text.contains('<') {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let (before, from) = rest.split_at(at);
        plain.push_str(before);
        rest = match tags.iter().find_map(|tag| from.strip_prefix(tag)) {
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
        assert_eq!(plain("a < b, <i>c</i>, <B>, <b"), "a < b, <i>c</i>, <B>, <b");
        assert_eq!(plain("<<b>>"), "<>");
    }
}
