//! Whether an attribute's name was meant to be a wanted one.

use crate::rules::distance;

/// How other systems name the same attribute, as bare words.
const ALSO: [(&str, &[&str]); 3] = [
    ("email", &["mail", "emailaddress"]),
    ("firstname", &["givenname", "forename"]),
    ("lastname", &["surname", "familyname"]),
];

/// How far a name is from the wanted one: 0 for the same word in another dress. None where it is
/// something else.
pub(super) fn similarity(name: &str, wanted: &str) -> Option<usize> {
    let (word, wanted) = (bare(name), bare(wanted));
    let also = ALSO.iter().any(|(one, others)| *one == wanted && others.contains(&word.as_str()));
    if also {
        return Some(0);
    }
    let name_distance = distance(&word, &wanted);
    (name_distance * 4 <= wanted.chars().count()).then_some(name_distance)
}

/// In what way the names differ, a variant of the words.
pub(super) fn mismatch(name: &str, wanted: &str) -> &'static str {
    let packed: String = name.chars().filter(|c| !c.is_whitespace()).collect();
    if packed == wanted {
        "name_blank"
    } else if name.eq_ignore_ascii_case(wanted) {
        "name_case"
    } else {
        "name"
    }
}

/// The word that a name ends in, without path, prefix, case and punctuation.
fn bare(name: &str) -> String {
    let last = name.trim().rsplit(['/', ':']).next().unwrap_or_default();
    let word: String =
        last.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    match word.strip_prefix("user") {
        Some(rest) if !rest.is_empty() => rest.to_owned(),
        _ => word,
    }
}
