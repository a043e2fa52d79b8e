//! AWS account IDs.

use std::str::FromStr;

use super::ParseError;
use super::parse_error::shown_as_text;

/// An AWS account ID: exactly twelve digits, including leading zeros.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountId(String);

impl FromStr for AccountId {
    type Err = ParseError;

    /// Also accepts the console's format, `1234-5678-9012`.
    fn from_str(text: &str) -> Result<Self, ParseError> {
        let digits = match text.as_bytes() {
            [_, _, _, _, b'-', _, _, _, _, b'-', _, _, _, _] => text.replace('-', ""),
            _ => text.to_owned(),
        };
        let shaped = digits.len() == 12 && digits.bytes().all(|b| b.is_ascii_digit());
        shaped.then_some(Self(digits)).ok_or(ParseError("an AWS account id"))
    }
}

shown_as_text!(AccountId: 0);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_twelve_digits_are_accepted() {
        let check = |text: &str, expect: Option<&str>| {
            let read = text.parse::<AccountId>().ok();
            assert_eq!(read.as_ref().map(AccountId::as_str), expect, "{text:?}");
        };
        check("123456789012", Some("123456789012"));
        check("1234-5678-9012", Some("123456789012"));
        check("000000000001", Some("000000000001"));
        check("12345678901", None);
        check("1234567890123", None);
        check("12345678901x", None);
        check("١23456789012", None);
        check("", None);
    }

    #[test]
    fn account_serializes_as_text() {
        let account: AccountId = "123456789012".parse().unwrap();
        assert_eq!(serde_json::to_string(&account).unwrap(), "\"123456789012\"");
    }
}
