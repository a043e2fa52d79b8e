//! Compares the nOps team members that the user pasted with everyone who will sign in through AWS.
//!
//! nOps doesn't document how it matches a sign-in to an account. All its pages suggest that it
//! matches the email address.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap, HashSet},
};

use html_escape::decode_html_entities;

use super::{csv::ListError, person::domain_of};
use identifiers::{EmailDomain, is_local_part};

/// A user who can sign in through AWS now, or will be able to after the planned changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExpectedUser {
    /// The user name in IAM Identity Center.
    pub user_name: String,
    /// The email address that AWS sends to nOps.
    pub email: String,
}

/// How *Enforce* affects a member of the nOps team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EnforceImpact {
    /// The member signs in through AWS with exactly the same address.
    SignsIn,
    /// The member signs in through AWS with a different address, so nOps may not recognize the
    /// account.
    Differs {
        /// The address that AWS sends.
        sent: String,
    },
    /// The member is in the domain, but no user signs in through AWS with this address.
    LockedOut,
    /// The member is in another domain, so password sign-in still works.
    Outside,
    /// No user signs in through AWS with this address, and the domain isn't known.
    DomainUnknown,
}

/// The maximum number of addresses, and the maximum number of domains. A longer list isn't a team.
pub const MOST_ADDRESSES: usize = 100_000;

/// Extracts unique email addresses from text (a list, CSV, a page or its HTML), in order.
///
/// # Errors
/// Returns an error if there are more than [`MOST_ADDRESSES`].
pub fn addresses(text: &str) -> Result<Vec<String>, ListError> {
    let text = decode_html_entities(text);
    let text = match text.contains("%40") {
        true => Cow::Owned(text.replace("%40", "@")),
        false => text,
    };
    let between = |c: char| c.is_whitespace() || c.is_control() || "<>()[]{},;:\"\\|?=".contains(c);
    let mut addresses = Vec::new();
    let mut seen = HashSet::new();
    // Cache the domains: members share a few domains, and checking a domain is slower than a
    // lookup.
    let mut domains: HashMap<&str, bool> = HashMap::new();
    for word in text.split(between) {
        let word = word.trim_matches(|c: char| ".'`*\u{feff}\u{200b}".contains(c));
        // A word with a second `@` isn't an address.
        let parts = word.split_once('@').filter(|(_, domain)| !domain.contains('@'));
        let Some((local, domain)) = parts else { continue };
        let is_domain =
            *domains.entry(domain).or_insert_with(|| domain.parse::<EmailDomain>().is_ok());
        if is_domain && is_local_part(local) && seen.insert(lowercase(word)) {
            addresses.push(word.to_owned());
        }
        if addresses.len().max(domains.len()) > MOST_ADDRESSES {
            return Err(ListError::TooManyAddresses);
        }
    }
    Ok(addresses)
}

fn lowercase(word: &str) -> Cow<'_, str> {
    let is_lower = word.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if is_lower { Cow::Borrowed(word) } else { Cow::Owned(word.to_lowercase()) }
}

/// Returns how *Enforce* for `domain` affects each team member. Without a domain, no one counts as
/// locked out.
pub fn enforce_impacts(
    team: &[String],
    expected_users: &[ExpectedUser],
    domain: Option<&EmailDomain>,
) -> Vec<(String, EnforceImpact)> {
    let exact: HashSet<&str> = expected_users.iter().map(|user| user.email.as_str()).collect();
    let mut by_text: HashMap<String, &str> = HashMap::new();
    let mut by_local: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for user in expected_users {
        by_text.insert(user.user_name.to_lowercase(), &user.email);
        if let Some((local, _)) = user.email.rsplit_once('@') {
            by_local.entry(local.to_lowercase()).or_default().push(&user.email);
        }
    }
    // An email address takes precedence over an identical user name.
    for user in expected_users {
        by_text.insert(user.email.to_lowercase(), &user.email);
    }
    let impact = |member: &String| {
        if exact.contains(member.as_str()) {
            return EnforceImpact::SignsIn;
        }
        let other = by_text.get(&member.to_lowercase()).copied().or_else(|| {
            let (local, _) = member.rsplit_once('@')?;
            match by_local.get(&local.to_lowercase())?.as_slice() {
                [only] if !team.iter().any(|member| member.eq_ignore_ascii_case(only)) => {
                    Some(*only)
                }
                _ => None,
            }
        });
        match other {
            Some(sent) => EnforceImpact::Differs { sent: sent.to_owned() },
            None => match domain {
                None => EnforceImpact::DomainUnknown,
                Some(domain) if domain_of(member).as_ref() == Some(domain) => {
                    EnforceImpact::LockedOut
                }
                Some(_) => EnforceImpact::Outside,
            },
        }
    };
    team.iter().map(|member| (member.clone(), impact(member))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_extracted_from_any_format() {
        let ana_and_bo = ["ana@example.com", "bo@example.com"];
        for text in [
            "ana@example.com\nbo@example.com",
            "Name,Email,Role\r\n\"Lima, Ana\",ana@example.com,Admin\r\nBo,bo@example.com,Member\r\n",
            "Ana Lima <ana@example.com>; Bo <bo@example.com>.",
            "<tr><td>Ana</td><td><a href=\"mailto:ana@example.com?subject=Hi\">ana@example.com</a></td></tr><td>bo&#64;example.com</td>",
            "• ana@example.com (owner)\tbo@example.com, ANA@example.com",
            "{\"email\":\"ana@example.com\"},{\"email\":\"bo@example.com\"}",
            "@ana@example.com ana@@example.com @example.com ana@example.com bo@example.com",
        ] {
            assert_eq!(addresses(text).unwrap(), ana_and_bo, "{text}");
        }
        for text in ["", "Ana Lima", "@example.com", "ana@", "https://app.nops.io/v3/settings"] {
            assert_eq!(addresses(text), Ok(Vec::new()), "{text}");
        }
        assert_eq!(addresses("o'neil@example.com").unwrap(), ["o'neil@example.com"]);
    }

    #[test]
    fn too_many_addresses_are_rejected() {
        let numbered = |count: usize, domain: &dyn Fn(usize) -> String| -> String {
            (0..count).map(|number| format!("a{number}@{} ", domain(number))).collect()
        };
        let one = |_| "example.com".to_owned();
        let found = addresses(&numbered(MOST_ADDRESSES, &one)).map(|found| found.len());
        assert_eq!(found, Ok(MOST_ADDRESSES));
        for text in [
            numbered(MOST_ADDRESSES + 1, &one),
            // These aren't addresses, but each is checked and counts toward the limit.
            numbered(MOST_ADDRESSES + 1, &|number| format!("ü{number}.1")),
        ] {
            assert_eq!(addresses(&text), Err(ListError::TooManyAddresses));
        }
    }

    #[test]
    fn enforce_impact_is_found_for_each_member() {
        let user = |user_name: &str, email: &str| ExpectedUser {
            user_name: user_name.to_owned(),
            email: email.to_owned(),
        };
        let expected_users = [
            user("ana@example.com", "ana@example.com"),
            user("bo", "Bo@example.com"),
            user("cy@example.com", "cyrus@example.net"),
            user("dee", "dee@example.net"),
            user("eve", "eve@example.net"),
        ];
        let sent = |sent: &str| EnforceImpact::Differs { sent: sent.to_owned() };
        let cases = [
            ("ana@example.com", EnforceImpact::SignsIn),
            ("bo@example.com", sent("Bo@example.com")),
            ("cy@example.com", sent("cyrus@example.net")),
            ("dee@example.com", sent("dee@example.net")),
            // Eve's AWS address also belongs to another team member.
            ("eve@example.net", EnforceImpact::SignsIn),
            ("eve@example.com", EnforceImpact::LockedOut),
            ("fay@example.com", EnforceImpact::LockedOut),
            ("gil@partner.example", EnforceImpact::Outside),
        ];
        let team: Vec<String> = cases.iter().map(|(member, _)| (*member).to_owned()).collect();
        for ((member, impact), (_, expected)) in
            enforce_impacts(&team, &expected_users, "@Example.com".parse().ok().as_ref())
                .into_iter()
                .zip(cases)
        {
            assert_eq!(impact, expected, "{member}");
        }
        let unknown = enforce_impacts(&["gil@partner.example".to_owned()], &expected_users, None);
        assert_eq!(unknown[0].1, EnforceImpact::DomainUnknown);
    }
}
