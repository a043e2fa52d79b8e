//! Classifies how a received address differs from the expected one, to select a variant of the
//! message.

use identifiers::{
    PortalToken,
    link::{self, Link},
};

/// Returns the kind of difference, which selects a variant of the message.
pub(super) fn name(expected: &str, received: &str, other: Option<&str>) -> &'static str {
    if received.trim().is_empty() {
        return "none";
    }
    if Some(received) == other {
        return "swapped";
    }
    spelling_difference(expected, received)
        .or_else(|| difference_in_meaning(expected, received))
        .unwrap_or("other")
}

/// Returns the difference if the addresses differ only in spelling.
fn spelling_difference(expected: &str, received: &str) -> Option<&'static str> {
    let visible = |text: &str| -> String {
        text.chars()
            .filter(|c| {
                !c.is_whitespace()
                    && !matches!(c, '\u{200B}'..='\u{200F}' | '\u{FEFF}' | '"' | '\'')
            })
            .collect()
    };
    let after_scheme = |text: &str| text.split_once("://").map(|(_, rest)| rest.to_owned());
    let slash = |longer: &str, shorter: &str| longer.strip_suffix('/') == Some(shorter);
    let mismatch = if visible(expected) == visible(received) {
        "blank"
    } else if expected.eq_ignore_ascii_case(received) {
        "case"
    } else if slash(received, expected) {
        "slash_added"
    } else if slash(expected, received) {
        "slash_lost"
    } else if after_scheme(expected).is_some() && after_scheme(expected) == after_scheme(received) {
        "scheme"
    } else if expected.starts_with(received) {
        "cut"
    } else if received.starts_with(expected) {
        "added"
    } else {
        return None;
    };
    Some(mismatch)
}

/// Returns the difference in meaning, if both links are recognized.
fn difference_in_meaning(expected: &str, received: &str) -> Option<&'static str> {
    let mismatch = match (link::identify_link(expected).link, link::identify_link(received).link) {
        (Link::NopsAcs(ours), Link::NopsAcs(theirs))
        | (Link::NopsEntityId(ours), Link::NopsEntityId(theirs)) => {
            if ours.tenant == theirs.tenant { "host" } else { "organization" }
        }
        (Link::NopsAcs(_), Link::NopsEntityId(_)) | (Link::NopsEntityId(_), Link::NopsAcs(_)) => {
            "swapped"
        }
        (_, Link::HelpPageSample { .. }) => "sample",
        (Link::Portal(ours), Link::Portal(theirs)) => {
            let account = |token: &PortalToken| token.decoded().map(|(account, _)| account);
            if ours.token == theirs.token && ours.region != theirs.region {
                "region"
            } else if ours.token == theirs.token && ours.kind != theirs.kind {
                "portal_link"
            } else if ours.token == theirs.token {
                "host"
            } else if account(&ours.token) == account(&theirs.token) {
                "application"
            } else {
                "account"
            }
        }
        _ => return None,
    };
    Some(mismatch)
}
