//! Shortens values for display, so that mistakes are visible without showing more personal data
//! than needed.

/// The message key for a value that wasn't received.
pub(super) const NOTHING: &str = "dry-run-received-none";
/// The message key for an unknown expected value.
pub(super) const NOT_KNOWN: &str = "dry-run-received-not-known";

/// Returns a nOps or AWS address for display, or a message key if the address is empty.
pub(super) fn address(text: &str) -> String {
    if text.is_empty() { NOTHING.to_owned() } else { truncate_cell(text) }
}

pub(super) fn truncate_cell(text: &str) -> String {
    const LIMIT: usize = 400;
    match text.char_indices().nth(LIMIT) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Shortens personal data. An email address keeps its first letter and its domain. Other text keeps
/// its first letter, and a dot replaces each of the other characters.
pub(super) fn mask_personal_text(text: &str) -> String {
    let first = |text: &str| text.chars().next().map(String::from).unwrap_or_default();
    match text.split_once('@') {
        Some((local, domain)) => truncate_cell(&format!("{}…@{domain}", first(local))),
        None => {
            let more = text.chars().count().saturating_sub(1).min(40);
            format!("{}{}", first(text), "•".repeat(more))
        }
    }
}

/// Returns the last part of a URN, such as `emailAddress` or `Success`. Users recognize this part.
pub(super) fn last_urn_part(urn: &str) -> String {
    truncate_cell(urn.rsplit(':').next().unwrap_or_default())
}

/// Shortens a SHA-256 fingerprint to its last characters, so that people can compare it. The window
/// shows the same characters everywhere.
pub(super) fn fingerprint(sha256: &str) -> String {
    format!("SHA-256 …{}", &sha256[sha256.len().saturating_sub(8)..])
}
