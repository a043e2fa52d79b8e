//! The four attribute mappings that nOps needs, and the parser for the table copied from AWS.

mod copied;
mod html_table;
mod table;

use super::{Facts, Field, Mapping};

pub use copied::parse_copied_table as read_copied;
pub use table::parse_table as read_table;

/// Maps Subject to the email address. This is needed if some user names aren't email addresses.
pub const BY_EMAIL: &str = "${user:email}";
/// Maps Subject to the user name, as nOps's help page does.
pub const BY_USER_NAME: &str = "${user:subject}";

/// Returns the rows to enter in AWS, including the chosen Subject (source: nOps's help page, step
/// 5).
pub fn wanted_mappings(facts: &Facts) -> Vec<Mapping> {
    let subject = subject_value(facts);
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

/// Returns the Subject value that the user chose, or the proposed value if the user hasn't chosen.
pub fn subject_value(facts: &Facts) -> &'static str {
    match facts.text(Field::SubjectMapping) {
        Some(BY_USER_NAME) => BY_USER_NAME,
        Some(BY_EMAIL) => BY_EMAIL,
        _ => proposed_subject(facts),
    }
}

/// Returns the proposed Subject value. It's the user name only if every user name is known to be an
/// email address.
pub fn proposed_subject(facts: &Facts) -> &'static str {
    let users = count(facts, Field::UserCount);
    let otherwise = count(facts, Field::UsersNamedOtherwise);
    match (users, otherwise) {
        (Some(users), Some(0)) if users > 0 => BY_USER_NAME,
        _ => BY_EMAIL,
    }
}

/// Returns a format's short name, such as `basic`, given a short name or a URN.
pub fn format_name(format: &str) -> &str {
    let format = format.trim();
    match format.strip_prefix("urn:oasis:names:tc:SAML:") {
        Some(_) => format.rsplit(':').next().unwrap_or(format),
        None => format,
    }
}

/// Returns a cell without its trailing ellipsis, or `None` if the page didn't truncate it.
pub(super) fn without_ellipsis(cell: &str) -> Option<&str> {
    let cell = cell.trim_end();
    cell.strip_suffix('…').or_else(|| cell.strip_suffix("..."))
}

/// Returns a count that is stored as text, in which a trailing `+` means "at least".
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
    fn table_is_read_from_text_and_html() {
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

    /// Returns practice mode's page as Chromium copies it: the whole page as text, and the table as
    /// HTML.
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
    fn buttons_in_rows_are_ignored() {
        let row = |[name, value, format]: &[&str; 3], button: &str| {
            format!(
                "<tr><td><input value='{name}'></td><td><input value='{value}'></td><td>{format}</td>\
                 <td>{button}</td></tr>"
            )
        };
        for blank_rows in 0..4 {
            let blank = vec![["", "", "basic"]; blank_rows];
            for (between, end) in [("\n", "\n"), ("\t", "\n"), ("\n\t\n", "\n\n")] {
                let text: String = FOUR
                    .iter()
                    .chain(&blank)
                    .map(|cells| {
                        let button = if cells[0] == "Subject" { "" } else { "Remove" };
                        cells.join(between) + between + button + end
                    })
                    .collect();
                check(&text, Some(&FOUR));
            }
            let html: String = FOUR
                .iter()
                .chain(&blank)
                .map(|cells| row(cells, "<button type='button'><span>Remove</span></button>"))
                .collect();
            check(&format!("<table>{html}</table>"), Some(&FOUR));
        }
    }

    #[test]
    fn text_with_too_many_breaks_is_rejected() {
        for separator in ["\r", ";", "|"] {
            let after =
                |breaks| separator.repeat(breaks) + "\nSubject\t${user:email}\temailAddress";
            assert!(read_table(&after(19_990)).is_some(), "{separator:?}");
            assert!(read_table(&after(20_001)).is_none(), "{separator:?}");
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
    fn space_after_name_is_kept() {
        check(
            "User.FirstName \t${user:givenName}\tbasic",
            Some(&[["User.FirstName ", "${user:givenName}", "basic"]]),
        );
    }

    const FOUR: [[&str; 3]; 4] = [
        ["Subject", "${user:email}", "emailAddress"],
        ["User.Email", "${user:email}", "basic"],
        ["User.FirstName", "${user:givenName}", "basic"],
        ["User.LastName", "${user:familyName}", "basic"],
    ];

    fn lines(rows: &[[&str; 3]], between: &str) -> String {
        rows.iter().map(|row| row.join(between) + "\n").collect()
    }

    /// Returns a table whose values are in input fields.
    fn table_with_inputs(rows: &[[&str; 3]]) -> String {
        let row = |[name, value, format]: &[&str; 3]| {
            format!("<tr><td>{name}</td><td><input value='{value}'></td><td>{format}</td></tr>")
        };
        format!("<table>{}</table>", rows.iter().map(row).collect::<String>())
    }

    #[track_caller]
    fn check_copied(text: &str, html: &str, expect: &[[&str; 3]]) {
        let read = read_copied(text, Some(html)).unwrap_or_default();
        let read: Vec<[&str; 3]> = read
            .iter()
            .map(|row| [row.attribute.as_str(), row.value.as_str(), row.format.as_str()])
            .collect();
        assert_eq!(read, expect, "{text:?} {html:?}");
    }

    #[test]
    fn input_values_are_read_from_html() {
        let wrong: [[&str; 3]; 4] =
            [FOUR[0], FOUR[1], FOUR[2], ["User.LastName", "${user:surname}", "basic"]];
        let html = table_with_inputs(&wrong);
        let unboxed = wrong.map(|[name, _, format]| [name, "", format]);
        // The first copy is from Firefox, and the second is from a browser that replaces tags with
        // spaces.
        check_copied(&lines(&unboxed, "\t"), &html, &wrong);
        check_copied(&lines(&unboxed, "\n"), &html, &wrong);
        let blanks: String =
            unboxed.iter().map(|[name, _, format]| format!("   {name}     {format}  ")).collect();
        check_copied(&blanks, &html, &wrong);
        check_copied("", &html, &wrong);
        check_copied("nOps", &html, &wrong);
        // Some browsers include only some of the input values in the text.
        let some = [wrong[0], unboxed[1], wrong[2], unboxed[3]];
        check_copied(&lines(&some, "\t"), &html, &wrong);
    }

    #[test]
    fn typed_values_take_precedence_over_loaded() {
        let mut loaded = FOUR;
        loaded[3][1] = "${user:surname}";
        check_copied(&lines(&FOUR, "\n"), &table_with_inputs(&loaded), &FOUR);
        check_copied(&lines(&FOUR, "\t"), &table_with_inputs(&loaded[..2]), &FOUR);
    }

    #[test]
    fn truncated_cells_are_replaced_by_complete_cells() {
        for short in ["${user:givenN…", "${user:givenN...", "${user:givenN"] {
            let mut cut = FOUR;
            cut[2][1] = short;
            check_copied(&lines(&cut, "\t"), &table_with_inputs(&FOUR), &FOUR);
            check_copied(&lines(&FOUR, "\t"), &table_with_inputs(&cut), &FOUR);
        }
        // If both copies are truncated, the cell remains truncated.
        let mut cut = FOUR;
        cut[2][1] = "${user:givenN…";
        check_copied(&lines(&cut, "\t"), &table_with_inputs(&cut), &cut);
    }

    #[test]
    fn column_and_row_layouts_are_recognized() {
        let reversed = [FOUR[3], FOUR[2], FOUR[1], FOUR[0]];
        check(&lines(&reversed, "\t"), Some(&reversed));
        let with_numbers: String = (1..)
            .zip(FOUR)
            .map(|(number, row)| format!("{number}\t{}\r\n", row.join("\t")))
            .collect();
        check(&format!("#\tAttribute\tMaps to\tFormat\r\n{with_numbers}"), Some(&FOUR));
        check(&with_numbers.replace('\t', "\n"), Some(&FOUR));
        check(&lines(&FOUR, "\u{a0}\u{a0}"), Some(&FOUR));
        check(&lines(&FOUR, "   \u{a0}"), Some(&FOUR));
        check(&lines(&FOUR, "\u{a0}\t\u{a0}"), Some(&FOUR));
        check(&lines(&FOUR, "\t").replace('\n', "\r"), Some(&FOUR));
        check(&lines(&FOUR, " ").replace('\n', " "), Some(&FOUR));
        let unformatted = FOUR.map(|[name, value, _]| [name, value, ""]);
        check(
            &unformatted.map(|[name, value, _]| format!("{name}\t{value}")).join("\n"),
            Some(&unformatted),
        );
        let unspecified = FOUR.map(|[name, value, _]| [name, value, "unspecified"]);
        check(&lines(&unspecified, "\t"), Some(&unspecified));
        let other_order = FOUR.map(|[name, value, format]| [format, name, value]);
        check(&lines(&other_order, "\t"), Some(&FOUR));
        let with_buttons = FOUR.map(|row| row.join("\t") + "\tRemove").join("\n");
        check(&with_buttons, Some(&FOUR));
    }

    #[test]
    fn values_without_braces_are_recognized() {
        let bare = [FOUR[0], FOUR[1], FOUR[2], ["User.LastName", "user:familyName", "basic"]];
        for between in ["\t", "\n", "  ", " ", " | "] {
            check(&lines(&bare, between), Some(&bare));
        }
        check_copied("", &table_with_inputs(&bare), &bare);
        let dollar = [FOUR[0], ["User.Email", "$user:email", "basic"]];
        for between in ["\t", "\n", "  ", " "] {
            check(&lines(&dollar, between), Some(&dollar));
        }
    }

    #[test]
    fn other_text_is_not_a_table() {
        check("", None);
        check("You have signed out.\nSign in again", None);
        check("https://app.nops.io/sso/v1/x/?acs", None);
    }
}
