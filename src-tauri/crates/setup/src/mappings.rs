//! The four attribute mappings nOps needs, and the table a person pastes back.

mod markup;
mod table;

use super::{Facts, Field, Mapping};

pub use table::read as read_table;

/// The value that Subject maps to when people's user names may be no email addresses.
pub const BY_EMAIL: &str = "${user:email}";
/// The value of nOps's help page: the user name.
pub const BY_USER_NAME: &str = "${user:subject}";

/// The rows to enter, with the chosen Subject (source: nOps's help page, step 5).
pub fn wanted(facts: &Facts) -> Vec<Mapping> {
    let subject = subject(facts);
    [
        ("Subject", subject, "emailAddress"),
        ("User.Email", "${user:email}", "basic"),
        ("User.FirstName", "${user:givenName}", "basic"),
        ("User.LastName", "${user:familyName}", "basic"),
    ]
    .map(|(attribute, value, format)| Mapping {
        attribute: attribute.to_owned(),
        value: value.to_owned(),
        format: format.to_owned(),
    })
    .to_vec()
}

/// What Subject maps to: as chosen, else as the people's user names advise.
pub fn subject(facts: &Facts) -> &'static str {
    match facts.text(Field::SubjectMapping) {
        Some(BY_USER_NAME) => BY_USER_NAME,
        Some(BY_EMAIL) => BY_EMAIL,
        _ => proposed(facts),
    }
}

/// What is proposed: the user name only where every one is known to be an email address.
pub fn proposed(facts: &Facts) -> &'static str {
    let users = count(facts, Field::UserCount);
    let otherwise = count(facts, Field::UsersNamedOtherwise);
    match (users, otherwise) {
        (Some(users), Some(0)) if users > 0 => BY_USER_NAME,
        _ => BY_EMAIL,
    }
}

/// A format's short name, such as `basic`, however the page or a document writes it.
pub fn format_name(format: &str) -> &str {
    let format = format.trim();
    match format.strip_prefix("urn:oasis:names:tc:SAML:") {
        Some(_) => format.rsplit(':').next().unwrap_or(format),
        None => format,
    }
}

/// A number kept as text; with a `+` behind it, it is so many or more.
pub fn count(facts: &Facts, field: Field) -> Option<u32> {
    facts.text(field)?.trim_end_matches('+').parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: Option<&[[&str; 3]]>) {
        let expect = expect.map(|rows| {
            rows.iter()
                .map(|[attribute, value, format]| Mapping {
                    attribute: (*attribute).to_owned(),
                    value: (*value).to_owned(),
                    format: (*format).to_owned(),
                })
                .collect::<Vec<_>>()
        });
        assert_eq!(read_table(text), expect, "{text:?}");
    }

    #[test]
    fn a_table_is_read_however_it_was_copied() {
        let rows: &[[&str; 3]] = &[
            ["Subject", "${user:email}", "emailAddress"],
            ["User.Email", "${user:email}", "basic"],
        ];
        check(
            "Subject\t${user:email}\temailAddress\nUser.Email\t${user:email}\tbasic\n",
            Some(rows),
        );
        check(
            "Subject\t${user:email}\temailAddress\r\nUser.Email\t${user:email}\tbasic",
            Some(rows),
        );
        check("Subject\n${user:email}\nemailAddress\nUser.Email\n${user:email}\nbasic", Some(rows));
        check(
            "Subject  ${user:email}   emailAddress\nUser.Email  ${user:email}  basic",
            Some(rows),
        );
        check(
            "<table><tr><th>User attribute in the application</th></tr><tr><td>Subject</td>\
             <td>${user:email}</td><td>emailAddress</td></tr><tr><td>User.Email</td>\
             <td>${user:email}</td><td>basic</td></tr></table>",
            Some(rows),
        );
        check(
            "User attribute in the application\tMaps to this string value\tFormat\n\
             Subject\t${user:email}\temailAddress\nUser.Email\t${user:email}\tbasic",
            Some(rows),
        );
    }

    /// Practice's page as Chromium copies it: all of it as text, its table as HTML.
    fn copied_page(rows: usize) -> (String, String) {
        let filled = &[
            ["Subject", "${user:email}", "emailAddress"],
            ["User.Email", "${user:email}", "basic"],
            ["User.FirstName", "${user:givenName}", "basic"],
            ["User.LastName", "${user:familyName}", "basic"],
        ][..rows];
        let text: String = filled
            .iter()
            .map(|[name, value, format]| format!("{name}\n{value}\n\n{format}\n"))
            .collect();
        let text = format!(
            "IAM Identity Center\nEdit attribute mappings\nApplication: nOps\n\nUser attribute in the \
             application\tMaps to this string value or user attribute in IAM Identity Center\tFormat\n\
             {text}\nbasic\n\nbasic\n\nbasic\n\nbasic\nA row with an empty attribute is not saved.\n\n\
             Save changes"
        );
        let blank = [["", "", "basic"]; 4];
        let html: String = filled
            .iter()
            .chain(&blank)
            .map(|[name, value, format]| {
                format!(
                    "<tr><td><input type=\"text\" name=\"attribute\" value=\"{name}\"></td><td><input \
                     type=\"text\" name=\"value\" value=\"{value}\"></td><td><select name=\"format\">\
                     <option>unspecified</option><option selected=\"\">{format}</option><option>transient\
                     </option></select></td></tr>"
                )
            })
            .collect();
        (text, format!("<h1>Edit attribute mappings</h1><table><tbody>{html}</tbody></table>"))
    }

    #[test]
    fn blank_rows_of_the_page_are_ignored() {
        for rows in 1..=4 {
            let (text, html) = copied_page(rows);
            for copied in [text, html] {
                let read = read_table(&copied).unwrap();
                assert_eq!(read.len(), rows, "{copied}");
                assert!(read.iter().all(|row| !row.value.is_empty()), "{read:?}");
            }
        }
        let (text, _) = copied_page(3);
        let table = text.split_once("Format\n").unwrap().1.split_once("\nA row").unwrap().0;
        for blank in 0..4 {
            let cut = format!("{}\nbasic", table.rsplitn(blank + 1, "\n\nbasic").last().unwrap());
            assert_eq!(read_table(&cut).unwrap().len(), 3, "{cut}");
        }
        let blank = [
            ("Subject\t${user:email}\temailAddress\n\t\tbasic\n\t\tbasic", 1),
            ("| Subject | ${user:email} | emailAddress |\n| | | basic |", 1),
            ("Subject,${user:email},emailAddress\n,,basic\n,,basic", 1),
            ("Subject  ${user:email}  emailAddress\n    basic\n    basic", 1),
        ];
        for (text, rows) in blank {
            assert_eq!(read_table(text).unwrap().len(), rows, "{text}");
        }
    }

    #[test]
    fn named_row_without_value_is_kept() {
        let (text, _) = copied_page(2);
        let text = text.replacen("User.Email\n${user:email}", "User.Email", 1);
        let read = read_table(&text).unwrap();
        assert_eq!(read.len(), 2, "{read:?}");
        assert_eq!((read[1].attribute.as_str(), read[1].value.as_str()), ("User.Email", ""));
    }

    #[test]
    fn a_blank_behind_a_name_is_kept() {
        check(
            "User.FirstName \t${user:givenName}\tbasic",
            Some(&[["User.FirstName ", "${user:givenName}", "basic"]]),
        );
    }

    #[test]
    fn other_text_is_no_table() {
        check("", None);
        check("You have signed out.\nSign in again", None);
        check("https://app.nops.io/sso/v1/x/?acs", None);
    }
}
