//! Shared code for the value types that are displayed and stored as text.

/// The error for text that doesn't have the expected format.
///
/// Contains only the name of the type, such as `an AWS account id`, and never the text, so the
/// error is safe to log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not the shape of {0}")]
pub struct ParseError(pub &'static str);

/// Implements `as_str`, `Display` and `Serialize` for types that store their text in a field.
macro_rules! shown_as_text {
    ($($type:ident: $field:tt),+) => {$(
        impl $type {
            pub fn as_str(&self) -> &str {
                &self.$field
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.as_str())
            }
        }
    )+};
}

pub(super) use shown_as_text;

/// Returns whether `text` is exactly `length` lowercase hexadecimal digits.
pub(super) fn is_hex(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

/// The length of the ID of an Identity Center instance or application, without its prefix.
pub(super) const RESOURCE_ID: usize = 16;

/// Returns whether `text` is the ID of an instance or application. The API's model allows letters
/// and digits, but in every public sample the ID is hexadecimal.
pub(super) fn is_resource_id(text: &str) -> bool {
    text.len() == RESOURCE_ID && text.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// Returns whether `text` is a UUID with hyphens.
pub(super) fn is_uuid(text: &str) -> bool {
    text.len() == 36 && uuid::Uuid::try_parse(text).is_ok()
}
