//! The `<id>` in nOps's SSO links, which identifies the nOps organization.

use std::str::FromStr;

use super::ParseError;
use super::parse_error::{is_uuid, shown_as_text};

/// The ID of a nOps organization in its SSO links.
///
/// In every public sample, the ID is a UUID. Other IDs are accepted, because nOps doesn't document
/// the format.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrganizationId(String);

impl OrganizationId {
    /// Returns whether the ID has the same format as in every public sample.
    pub fn is_uuid(&self) -> bool {
        is_uuid(&self.0)
    }
}

impl FromStr for OrganizationId {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let shaped = (1..=128).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'));
        shaped.then(|| Self(text.to_owned())).ok_or(ParseError("a nOps id"))
    }
}

shown_as_text!(OrganizationId: 0);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn id_is_a_single_path_segment() {
        let uuid: OrganizationId = "0b7acc21-5a34-4d1e-9a55-1f6f0b7c2d10".parse().unwrap();
        assert!(uuid.is_uuid());
        assert!(!"acme".parse::<OrganizationId>().unwrap().is_uuid());
        for text in ["", "a/b", "<id>", "a b", "…"] {
            assert!(text.parse::<OrganizationId>().is_err(), "{text:?}");
        }
    }
}
