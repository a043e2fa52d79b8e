//! Removes the tags that messages may contain.

use std::borrow::Cow;

/// Marks a label from an AWS or nOps page, which is never translated.
const LABEL: [&str; 2] = ["<label>", "</label>"];
const TAGS: [&str; 8] = ["<b>", "</b>", "<kbd>", "</kbd>", "<code>", "</code>", LABEL[0], LABEL[1]];

/// Removes `<b>`, `<kbd>`, `<code>` and `<label>`. All other text stays, including other angle
/// brackets.
pub fn remove_markup(text: &str) -> String {
    strip_all_tags(text).into_owned()
}

pub(super) fn strip_all_tags(text: &str) -> Cow<'_, str> {
    remove_tags(text, &TAGS)
}

/// Removes `<label>`, which matters only for translation.
pub(super) fn unlabelled(text: &str) -> Cow<'_, str> {
    remove_tags(text, &LABEL)
}

fn remove_tags<'a>(text: &'a str, tags: &[&str]) -> Cow<'a, str> {
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
    use super::remove_markup;

    #[test]
    fn known_tags_are_removed() {
        assert_eq!(
            remove_markup("<b>Entity ID</b> ends in <code>/metadata</code>"),
            "Entity ID ends in /metadata"
        );
        assert_eq!(remove_markup("a < b, <i>c</i>, <B>, <b"), "a < b, <i>c</i>, <B>, <b");
        assert_eq!(remove_markup("<<b>>"), "<>");
    }
}
