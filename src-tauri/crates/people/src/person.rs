//! A person in the list. All checks here work without a connection to AWS.

use icu_normalizer::ComposingNormalizerBorrowed;
use serde::{Deserialize, Serialize};
use strum::{IntoStaticStr, VariantArray};

use identifiers::{EmailAddress, EmailDomain};

/// The maximum length of a user name in an identity store (IAM Identity Center API reference,
/// CreateUser › UserName).
pub const LONGEST_USER_NAME: usize = 128;

/// User names that are reserved in an identity store (IAM Identity Center API reference, CreateUser
/// › UserName).
pub const RESERVED_USER_NAMES: [&str; 2] = ["Administrator", "AWSAdministrators"];

/// The maximum length of a name, display name or email address in an identity store, in characters.
const LONGEST_TEXT: usize = 1024;

/// The maximum length of a rejected line's name when it is shown, in characters.
const LONGEST_SHOWN: usize = 80;

/// A person in the list. At least the user name or the email address is set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Identifies the row in its list.
    pub key: String,
    /// Empty if unknown.
    pub given_name: String,
    /// Empty if unknown.
    pub family_name: String,
    /// Empty if unknown.
    pub email: String,
    /// The user name, or the email address if no user name was given.
    pub user_name: String,
}

impl Person {
    /// Returns the given and family name, or the user name if both are empty.
    pub fn name(&self) -> String {
        let name = format!("{} {}", self.given_name, self.family_name);
        match name.trim() {
            "" => self.user_name.clone(),
            name => name.to_owned(),
        }
    }

    pub fn domain(&self) -> Option<EmailDomain> {
        domain_of(&self.email)
    }

    /// Returns whether a user can be created. An identity store requires both names, and the access
    /// portal rejects a user without an email address.
    pub fn can_be_created(&self) -> bool {
        !self.given_name.is_empty() && !self.family_name.is_empty() && !self.email.is_empty()
    }
}

/// A person as entered or read, before the values are checked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewPerson {
    pub given_name: String,
    pub family_name: String,
    pub email: String,
    /// If empty, the email address is used.
    pub user_name: String,
}

/// Why a person can't be added to the list. The message key is `csv-<code>`.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    IntoStaticStr,
    VariantArray,
    thiserror::Error,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[error("{}", self.code())]
pub enum PersonError {
    Unnamed,
    /// The text is a file path, a link or a sentence.
    NotAPerson,
    /// The list has a header, but no people.
    OnlyHeader,
    EmailShape,
    /// The user name has more than [`LONGEST_USER_NAME`] characters.
    UserNameTooLong,
    /// The user name contains whitespace or control characters.
    UserNameCharacters,
    /// The user name is one of [`RESERVED_USER_NAMES`].
    ReservedUserName,
    /// A name has more than 1,024 characters.
    NameTooLong,
    /// The text has replacement characters, or was decoded with the wrong encoding.
    DamagedText,
    /// An earlier row has the same user name or email address.
    Duplicate,
    UnclosedQuote,
    /// The line has several cells but there is no header.
    Columns,
    /// The line has more cells than the header.
    ExtraCells,
    /// The list has more lines than the default maximum number of users in a directory. Later lines
    /// aren't read.
    TooMany,
}

impl PersonError {
    /// All errors. A test checks that each has a message.
    pub const ALL: &[Self] = Self::VARIANTS;

    /// Returns the message key without `csv-`.
    pub fn code(self) -> &'static str {
        self.into()
    }
}

impl NewPerson {
    /// Returns the given and family names, or the one that is known, shortened for display.
    pub(crate) fn full_name(&self) -> String {
        let name = trim_invisible(&format!("{} {}", self.given_name, self.family_name));
        name.chars().take(LONGEST_SHOWN).collect()
    }

    pub fn checked(self, key: String) -> Result<Person, PersonError> {
        let given_name = trim_invisible(&self.given_name);
        let family_name = trim_invisible(&self.family_name);
        let email = trim_invisible(&self.email);
        let user_name = match trim_invisible(&self.user_name) {
            none if none.is_empty() => email.clone(),
            told => told,
        };
        if user_name.is_empty() {
            return Err(PersonError::Unnamed);
        }
        if [&given_name, &family_name, &email, &user_name].iter().any(|text| is_damaged(text)) {
            return Err(PersonError::DamagedText);
        }
        if !email.is_empty() && email.parse::<EmailAddress>().is_err() {
            return Err(PersonError::EmailShape);
        }
        if user_name.chars().count() > LONGEST_USER_NAME {
            return Err(PersonError::UserNameTooLong);
        }
        if user_name.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return Err(PersonError::UserNameCharacters);
        }
        if RESERVED_USER_NAMES.iter().any(|reserved| reserved.eq_ignore_ascii_case(&user_name)) {
            return Err(PersonError::ReservedUserName);
        }
        let person = Person { key, given_name, family_name, email, user_name };
        // The display name combines both names, but its limit is the same as for a single name.
        match [person.name(), person.email.clone()]
            .iter()
            .any(|text| text.chars().count() > LONGEST_TEXT)
        {
            true => Err(PersonError::NameTooLong),
            false => Ok(person),
        }
    }
}

pub fn domain_of(email: &str) -> Option<EmailDomain> {
    Some(email.parse::<EmailAddress>().ok()?.domain().clone())
}

/// Returns whether text was damaged by a wrong encoding: it has a replacement character, a zero, or
/// UTF-8 read as Windows-1252, as in `ZoÃ«`.
fn is_damaged(text: &str) -> bool {
    const WINDOWS_1252: &str = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ";
    let is_continuation = |c: char| matches!(c, '\u{80}'..='\u{bf}') || WINDOWS_1252.contains(c);
    let mut pairs = text.chars().zip(text.chars().skip(1));
    text.contains(['\u{fffd}', '\0'])
        || pairs.any(|(one, two)| matches!(one, 'Ã' | 'Â') && is_continuation(two))
}

/// Removes white space and invisible characters from both ends, and composes accents.
fn trim_invisible(text: &str) -> String {
    let text = text.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
    });
    match text.is_ascii() {
        true => text.to_owned(),
        false => ComposingNormalizerBorrowed::new_nfc().normalize(text).into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(user_name: &str, email: &str) -> Option<PersonError> {
        NewPerson {
            user_name: user_name.to_owned(),
            email: email.to_owned(),
            ..NewPerson::default()
        }
        .checked("p1".to_owned())
        .err()
    }

    #[test]
    fn invalid_people_are_rejected() {
        let longest = "x".repeat(LONGEST_USER_NAME);
        let too_long = "x".repeat(LONGEST_USER_NAME + 1);
        let cases = [
            ("", "ana@example.com", None),
            ("praman", "", None),
            ("", "", Some(PersonError::Unnamed)),
            (" ", "\u{200b}", Some(PersonError::Unnamed)),
            ("", "ana.example.com", Some(PersonError::EmailShape)),
            ("", "ana@example", Some(PersonError::EmailShape)),
            ("", "ana@@example.com", Some(PersonError::EmailShape)),
            ("", "ana@exam ple.com", Some(PersonError::EmailShape)),
            ("", "Ana <ana@example.com>", Some(PersonError::EmailShape)),
            ("", "ana@-example.com", Some(PersonError::EmailShape)),
            ("", "ana@example..com", Some(PersonError::EmailShape)),
            ("", "https://ana@example.com", Some(PersonError::EmailShape)),
            ("", "zoë+tag@exämple.example", None),
            (&longest, "", None),
            (&too_long, "", Some(PersonError::UserNameTooLong)),
            ("administrator", "", Some(PersonError::ReservedUserName)),
            ("AWSAdministrators", "", Some(PersonError::ReservedUserName)),
            ("Administrators", "", None),
            ("ana maria", "", Some(PersonError::UserNameCharacters)),
            ("zo\u{fffd}", "", Some(PersonError::DamagedText)),
            ("zoÃ«", "", Some(PersonError::DamagedText)),
            ("groÃŸ", "", Some(PersonError::DamagedText)),
            ("ana\0", "", Some(PersonError::DamagedText)),
            ("joÃo", "", None),
            ("", "rene\u{301}@example.com", None),
        ];
        for (user_name, email, expected) in cases {
            assert_eq!(refusal(user_name, email), expected, "{user_name:?} {email:?}");
        }
    }

    #[test]
    fn user_name_defaults_to_email() {
        let person =
            NewPerson { email: " ana@example.com\u{feff}".to_owned(), ..NewPerson::default() }
                .checked("p1".to_owned())
                .unwrap();
        assert_eq!(person.user_name, "ana@example.com");
        assert_eq!(person.name(), "ana@example.com");
        assert!(!person.can_be_created(), "both names are missing");
    }
}
