//! Decides whether an attribute's name is a misspelling of a wanted name.

/// Names that other systems use for the same attributes, without prefixes and separators.
const ALSO: [(&str, &[&str]); 3] = [
    ("email", &["mail", "emailaddress"]),
    ("firstname", &["givenname", "forename"]),
    ("lastname", &["surname", "familyname"]),
];

/// Returns the distance between a name and the wanted name, or `None` if they aren't similar. The
/// distance is 0 for the same word with a different prefix, case or punctuation.
pub(super) fn name_distance_if_similar(name: &str, wanted: &str) -> Option<usize> {
    let (word, wanted) = (normalize_name(name), normalize_name(wanted));
    let also = ALSO.iter().any(|(one, others)| *one == wanted && others.contains(&word.as_str()));
    if also {
        return Some(0);
    }
    let name_distance = strsim::levenshtein(&word, &wanted);
    (name_distance * 4 <= wanted.chars().count()).then_some(name_distance)
}

/// Returns how the names differ. The result selects a variant of the message.
pub(super) fn name_difference(name: &str, wanted: &str) -> &'static str {
    let packed: String = name.chars().filter(|c| !c.is_whitespace()).collect();
    if packed == wanted {
        "name_blank"
    } else if name.eq_ignore_ascii_case(wanted) {
        "name_case"
    } else {
        "name"
    }
}

/// Returns the last word of a name in lowercase, without path, prefix and punctuation.
fn normalize_name(name: &str) -> String {
    let last = name.trim().rsplit(['/', ':']).next().unwrap_or_default();
    let word: String =
        last.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    match word.strip_prefix("user") {
        Some(rest) if !rest.is_empty() => rest.to_owned(),
        _ => word,
    }
}
