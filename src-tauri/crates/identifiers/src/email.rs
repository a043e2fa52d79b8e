//! Email addresses used as sign-in names. The rules are practical and don't follow RFC 5322.

use std::str::FromStr;

use url::Host;

use super::{ParseError, parse_error::shown_as_text};

/// An email domain. The Unicode and punycode forms (`exämple.de`, `xn--exmple-cua.de`) are equal.
#[derive(Debug, Clone)]
pub struct EmailDomain {
    /// The domain as given, in lowercase, for display.
    shown: String,
    ascii: String,
}

impl EmailDomain {
    fn read(text: &str) -> Option<Self> {
        // Check this first, because parsing a Unicode domain takes much longer.
        if !is_domain(text) {
            return None;
        }
        match Host::parse(text) {
            Ok(Host::Domain(ascii)) => Some(Self { shown: text.to_lowercase(), ascii }),
            _ => None,
        }
    }

    /// Returns whether this is a subdomain of `parent`, as `eu.example.com` is of `example.com`.
    pub fn is_below(&self, parent: &Self) -> bool {
        self.ascii.strip_suffix(&parent.ascii).is_some_and(|rest| rest.ends_with('.'))
    }
}

impl FromStr for EmailDomain {
    type Err = ParseError;

    /// Accepts a domain with or without a leading `@`.
    fn from_str(text: &str) -> Result<Self, ParseError> {
        let text = text.trim();
        let text = text.strip_prefix('@').unwrap_or(text);
        Self::read(text).ok_or(ParseError("a domain"))
    }
}

impl PartialEq for EmailDomain {
    fn eq(&self, other: &Self) -> bool {
        self.ascii == other.ascii
    }
}

impl Eq for EmailDomain {}

impl std::hash::Hash for EmailDomain {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.ascii.hash(state);
    }
}

/// An email address that mail systems and nOps accept as a sign-in name.
///
/// The address has one `@`, no spaces, and a domain with a dot. The address is kept as typed,
/// because case matters.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct EmailAddress {
    text: String,
    domain: EmailDomain,
}

impl EmailAddress {
    pub fn domain(&self) -> &EmailDomain {
        &self.domain
    }
}

impl FromStr for EmailAddress {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        text.split_once('@')
            .filter(|(local, _)| is_local_part(local))
            .and_then(|(_, domain)| EmailDomain::read(domain))
            .map(|domain| Self { text: text.to_owned(), domain })
            .ok_or(ParseError("an email address"))
    }
}

shown_as_text!(EmailDomain: shown, EmailAddress: text);

/// Returns whether the text can be the part of an address before the `@`.
pub fn is_local_part(local: &str) -> bool {
    (1..=64).contains(&local.len())
        && local.split('.').all(|piece| !piece.is_empty())
        && local.chars().all(|c| {
            c.is_alphanumeric() || (c.is_ascii_punctuation() && !"\"(),:;<>@[\\]".contains(c))
        })
}

/// Masks email addresses: `dana.whitfield@example.com` becomes `d…@example.com`. The domain stays,
/// because it shows which organization an address belongs to.
pub fn without_addresses(text: &str) -> String {
    let mut hidden = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('@') {
        let (before, after) = (&rest[..at], &rest[at + 1..]);
        let local = before
            .rfind(|c| !is_in_local_part(c))
            .map_or(0, |end| end + before[end..].chars().next().map_or(0, char::len_utf8));
        // The address is in quotation marks.
        let local = before.len() - before[local..].trim_start_matches('\'').len();
        match before[local..].chars().next() {
            Some(first) if after.starts_with(char::is_alphanumeric) => {
                hidden.push_str(&before[..local]);
                hidden.push(first);
                hidden.push('…');
            }
            _ => hidden.push_str(before),
        }
        hidden.push('@');
        rest = after;
    }
    hidden.push_str(rest);
    hidden
}

fn is_in_local_part(c: char) -> bool {
    c.is_alphanumeric() || "._%+-'".contains(c)
}

fn is_domain(domain: &str) -> bool {
    let label_ok = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    domain.len() <= 253
        && domain.split('.').all(label_ok)
        && domain.rsplit_once('.').is_some_and(|(_, top)| {
            top.chars().count() >= 2 && !top.bytes().all(|b| b.is_ascii_digit())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_practical_addresses_are_accepted() {
        let check = |text: &str, expect: bool| {
            assert_eq!(text.parse::<EmailAddress>().is_ok(), expect, "{text:?}");
        };
        check("ana@example.com", true);
        check("Ana.O'Neil+nops@mail.example.co.uk", true);
        check("josé@exämple.de", true);
        check("a@b.io", true);
        check("jsmith", false);
        check("ana@example", false);
        check("ana@@example.com", false);
        check("ana@example..com", false);
        check(".ana@example.com", false);
        check("ana@example.com ", false);
        check("Ana <ana@example.com>", false);
        check("ana@10.0.0.1", false);
        check("${user:email}", false);
        check("@example.com", false);
        check("ana@@example.com", false);
        check("ana\u{2019}s@example.com", false);
        check("ana@ example.com", false);
        check("", false);
    }

    #[test]
    fn quoted_addresses_are_masked() {
        assert_eq!(without_addresses("User 'ana@example.com'"), "User 'a…@example.com'");
        assert_eq!(without_addresses("o'neil@example.com"), "o…@example.com");
    }

    #[test]
    fn address_has_lowercase_domain() {
        let address: EmailAddress = "ana@Example.com".parse().unwrap();
        assert_eq!(address.domain().as_str(), "example.com");
    }

    #[test]
    fn punycode_and_unicode_domains_are_equal() {
        let domain = |text: &str| text.parse::<EmailDomain>().unwrap();
        assert_eq!(domain("exämple.de"), domain("xn--exmple-cua.de"));
        assert_eq!(domain("@EXÄMPLE.de"), domain("exämple.de"));
        assert_ne!(domain("exämple.de"), domain("example.de"));
        assert!(domain("eu.exämple.de").is_below(&domain("xn--exmple-cua.de")));
        assert!(!domain("exämple.de").is_below(&domain("exämple.de")));
        assert!(!domain("notexample.com").is_below(&domain("example.com")));
        for none in ["", "@", "example", "10.0.0.1", "exa mple.com", "-a.com"] {
            assert!(none.parse::<EmailDomain>().is_err(), "{none:?}");
        }
    }
}
