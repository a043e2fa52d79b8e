//! The four attribute mappings nOps needs, and the table a person pastes back.

use super::{Facts, Field, Mapping};

/// The value that Subject maps to when people's user names may be no e-mail addresses.
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

/// What is proposed: the user name only where every one is known to be an e-mail address.
pub fn proposed(facts: &Facts) -> &'static str {
    let users = count(facts, Field::UserCount);
    let otherwise = count(facts, Field::UsersNamedOtherwise);
    match (users, otherwise) {
        (Some(users), Some(0)) if users > 0 => BY_USER_NAME,
        _ => BY_EMAIL,
    }
}

/// A number kept as text.
pub fn count(facts: &Facts, field: Field) -> Option<u32> {
    facts.text(field)?.parse().ok()
}

/// Reads the attribute-mapping page as copied: text with tabs, one cell a line, or HTML.
/// None when there is no table in it.
pub fn read_table(text: &str) -> Option<Vec<Mapping>> {
    let text = if text.contains("<t") {
        without_markup(text)
    } else {
        text.to_owned()
    };
    let lines: Vec<Vec<String>> = text
        .lines()
        .map(cells)
        .filter(|cells| !cells.is_empty() && !is_heading(cells))
        .collect();
    let rows: Vec<Mapping> = if lines.iter().any(|cells| cells.len() >= 2) {
        lines
            .iter()
            .filter(|cells| cells.len() >= 2)
            .map(|cells| row(cells))
            .collect()
    } else {
        let cells: Vec<String> = lines.into_iter().flatten().collect();
        cells.chunks_exact(3).map(row).collect()
    };
    let looks_like_one = rows
        .iter()
        .any(|row| row.value.contains('{') || row.attribute.eq_ignore_ascii_case("subject"));
    (looks_like_one && rows.len() <= 64).then_some(rows)
}

fn row(cells: &[String]) -> Mapping {
    let cell = |at: usize| cells.get(at).cloned().unwrap_or_default();
    Mapping {
        attribute: cell(0),
        value: cell(1),
        format: cell(2),
    }
}

/// The cells of a line: separated by tabs or pipes, else by two or more blanks. A blank inside a cell, or one
/// behind an attribute's name, stays: it may be the mistake.
fn cells(line: &str) -> Vec<String> {
    let parts: Vec<&str> = if line.contains('\t') {
        line.split('\t').collect()
    } else if line.contains('|') {
        line.trim()
            .trim_matches('|')
            .split('|')
            .map(str::trim)
            .collect()
    } else {
        line.split("  ").map(str::trim).collect()
    };
    parts
        .into_iter()
        .map(|part| part.trim_end_matches(['\r', '\n']).to_owned())
        .filter(|part| !part.trim().is_empty())
        .collect()
}

fn is_heading(cells: &[String]) -> bool {
    cells.iter().any(|cell| {
        let cell = cell.trim().to_lowercase();
        cell.starts_with("user attribute in") || cell.starts_with("maps to") || cell == "format"
    })
}

/// Turns table markup into tabs and lines and leaves the rest of the text.
fn without_markup(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        text.push_str(&rest[..start]);
        let Some(end) = rest[start..].find('>') else {
            break;
        };
        let tag = rest[start + 1..start + end].to_lowercase();
        if tag.starts_with("/td") || tag.starts_with("/th") {
            text.push('\t');
        } else if tag.starts_with("/tr") || tag.starts_with("br") {
            text.push('\n');
        }
        rest = &rest[start + end + 1..];
    }
    text.push_str(rest);
    text.replace("&nbsp;", " ")
        .replace("&#36;", "$")
        .replace("&amp;", "&")
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
        check(
            "Subject\n${user:email}\nemailAddress\nUser.Email\n${user:email}\nbasic",
            Some(rows),
        );
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
