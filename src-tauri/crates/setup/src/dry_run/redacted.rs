//! How much of a value is shown: enough to see what is wrong, no more of a person than that.

/// Stands where nothing was received.
pub(super) const NOTHING: &str = "dry-run-received-none";
/// Stands where it is not known what would be right.
pub(super) const NOT_KNOWN: &str = "dry-run-received-not-known";

/// An address of nOps or AWS, or the words for none.
pub(super) fn address(text: &str) -> String {
    if text.is_empty() { NOTHING.to_owned() } else { limited(text) }
}

/// Text of any length, as far as a cell should hold it.
pub(super) fn limited(text: &str) -> String {
    const LIMIT: usize = 400;
    match text.char_indices().nth(LIMIT) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Something about a person: of an email address its first letter and domain, of anything else its first
/// letter and, as dots, how many follow.
pub(super) fn shortened(text: &str) -> String {
    let first = |text: &str| text.chars().next().map(String::from).unwrap_or_default();
    match text.split_once('@') {
        Some((local, domain)) => limited(&format!("{}…@{domain}", first(local))),
        None => {
            let more = text.chars().count().saturating_sub(1).min(40);
            format!("{}{}", first(text), "•".repeat(more))
        }
    }
}

/// The last part of a URN, which is the part people know: `emailAddress`, `Success`.
pub(super) fn last_part(urn: &str) -> String {
    limited(urn.rsplit(':').next().unwrap_or_default())
}

/// A SHA-256 fingerprint as people compare it by eye.
pub(super) fn fingerprint(sha256: &str) -> String {
    sha256.chars().take(8).collect()
}
