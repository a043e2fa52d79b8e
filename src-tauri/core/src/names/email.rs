//! Email addresses as sign-in names: practical, not RFC 5322.

use std::str::FromStr;

use super::WrongShape;
use super::text::shown_as_text;

/// An address that mail systems and nOps would take as a sign-in name: one `@`, no spaces, a domain
/// with a dot. Kept as typed; upper and lower case are not made equal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EmailAddress(String);

impl EmailAddress {
    /// The whole address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands after the `@`.
    pub fn domain(&self) -> &str {
        self.0.rsplit('@').next().unwrap_or_default()
    }
}

impl FromStr for EmailAddress {
    type Err = WrongShape;

    fn from_str(text: &str) -> Result<Self, WrongShape> {
        if is_address(text) {
            Ok(Self(text.to_owned()))
        } else {
            Err(WrongShape { what: "an email address" })
        }
    }
}

shown_as_text!(EmailAddress);

fn is_address(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    let dots_stand_between = |part: &str| part.split('.').all(|piece| !piece.is_empty());
    let local_ok = (1..=64).contains(&local.len())
        && dots_stand_between(local)
        && local.chars().all(|c| {
            c.is_alphanumeric() || (c.is_ascii_punctuation() && !"\"(),:;<>@[\\]".contains(c))
        });
    let label_ok = |label: &str| {
        label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    let domain_ok = domain.len() <= 253
        && domain.contains('.')
        && dots_stand_between(domain)
        && domain.split('.').all(label_ok)
        && domain.rsplit('.').next().is_some_and(|top| {
            top.chars().count() >= 2 && !top.bytes().all(|b| b.is_ascii_digit())
        });
    local_ok && domain_ok
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_real_addresses_and_nothing_else() {
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
        check("", false);
    }

    #[test]
    fn knows_its_domain() {
        let address: EmailAddress = "ana@Example.com".parse().unwrap();
        assert_eq!(address.domain(), "Example.com");
    }
}
