//! Shortens values for display: enough to see the mistake, without more personal data than needed.

/// Message key used if nothing was received.
pub(super) const NOTHING: &str = "dry-run-received-none";
/// Message key used if the expected value isn't known.
pub(super) const NOT_KNOWN: &str = "dry-run-received-not-known";

/// Returns an address of nOps or AWS, or the message key for none.
pub(super) fn address(text: &str) -> String {
    if text.is_empty() { NOTHING.to_owned() } else { limited(text) }
}

/// Limits text to the length that fits a table cell.
pub(super) fn limited(text: &str) -> String {
    const LIMIT: usize = 400;
    match text.char_indices().nth(LIMIT) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Shortens personal data. An email address keeps its first letter and domain. Other text keeps its
/// first letter, with a dot for each of the following characters.
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

/// Returns the last part of a URN, which users recognize, such as `emailAddress` or `Success`.
pub(super) fn last_part(urn: &str) -> String {
    limited(urn.rsplit(':').next().unwrap_or_default())
}

/// Returns the start of a SHA-256 fingerprint, for comparison by eye.
pub(super) fn fingerprint(sha256: &str) -> String {
    sha256.chars().take(8).collect()
}
