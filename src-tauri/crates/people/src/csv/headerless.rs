//! Reads people from lines without a header.

use identifiers::EmailAddress;

use super::{cells::bare_email, names, other_kind};
use crate::{NewPerson, PersonError};

/// Parses a line that needs no header: `ana@example.com`, or a name and an address.
pub(super) fn parse_headerless_line(line: &str) -> Option<NewPerson> {
    let line = names::without_number(line.trim()).trim_end_matches([',', ';']).trim_end();
    if let Some(person) = mailbox(line) {
        return Some(person);
    }
    let email = bare_email(line);
    email
        .parse::<EmailAddress>()
        .is_ok()
        .then(|| NewPerson { email: email.to_owned(), ..NewPerson::default() })
}

/// Parses `Ana Lima <ana@example.com>` or `"Lima, Ana" <ana@example.com>`, as copied from mail
/// programs.
pub(super) fn mailbox(text: &str) -> Option<NewPerson> {
    let (name, email) = text.trim().strip_suffix('>')?.split_once('<')?;
    let email = bare_email(email);
    if email.parse::<EmailAddress>().is_err() {
        return None;
    }
    let (given_name, family_name) =
        names::split_full_name(name.trim().trim_matches(['"', '\'']), false);
    Some(NewPerson { given_name, family_name, email: email.to_owned(), user_name: String::new() })
}

/// Extensions that identify a cell as a file name.
const FILE_ENDS: [&str; 10] =
    [".csv", ".tsv", ".txt", ".xls", ".xlsx", ".ods", ".pdf", ".json", ".xml", ".html"];

/// Checks a person from a list without a header. Rejects user names that look like a file name or a
/// sentence. Removes names that can't be a person's name, because such a cell may be a password.
pub(super) fn require_plausible_person(mut person: NewPerson) -> Result<NewPerson, PersonError> {
    if !can_be_name(&person.given_name) || !can_be_name(&person.family_name) {
        person.given_name.clear();
        person.family_name.clear();
    }
    let name = person.user_name.trim().to_lowercase();
    let is_file = name.contains(['/', '\\']) || FILE_ENDS.iter().any(|end| name.ends_with(end));
    let is_sentence = name.contains(char::is_whitespace);
    match is_file || is_sentence || other_kind::is_encoded(person.user_name.trim()) {
        true => Err(PersonError::NotAPerson),
        false => Ok(person),
    }
}

fn can_be_name(text: &str) -> bool {
    let is_odd = |c: char| c.is_numeric() || (c.is_ascii_punctuation() && !"'.,-()".contains(c));
    !text.contains(is_odd)
}
