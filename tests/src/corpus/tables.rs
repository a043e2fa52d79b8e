//! Attribute-mapping pages like those that users copy, correct and incorrect.

/// A copied page and its expected rows.
#[derive(Debug, Clone)]
pub struct Table {
    /// A description that is used in failure messages.
    pub what: &'static str,
    pub text: String,
    /// The attribute, value and format of each row, or `None` if the text has no table.
    pub rows: Option<Vec<[&'static str; 3]>>,
}

/// The four rows that nOps needs.
pub const GOOD: [[&str; 3]; 4] = [
    ["Subject", "${user:email}", "emailAddress"],
    ["User.Email", "${user:email}", "basic"],
    ["User.FirstName", "${user:givenName}", "basic"],
    ["User.LastName", "${user:familyName}", "basic"],
];

/// Returns these rows separated by tabs, which is how a browser copies a table.
pub fn with_tabs(rows: &[[&str; 3]]) -> String {
    joined(rows, "\t", "\n")
}

fn joined(rows: &[[&str; 3]], between: &str, end: &str) -> String {
    rows.iter().map(|row| format!("{}{end}", row.join(between))).collect()
}

pub fn tables() -> Vec<Table> {
    let good = |what, text: String| Table { what, text, rows: Some(GOOD.to_vec()) };
    let of = |what, text: &str, rows: &[[&'static str; 3]]| Table {
        what,
        text: text.to_owned(),
        rows: Some(rows.to_vec()),
    };
    let none = |what, text: &str| Table { what, text: text.to_owned(), rows: None };
    let heading = "User attribute in the application\tMaps to this string value or user attribute in IAM Identity Center\tFormat\n";
    let html = |row: fn(&[&str; 3]) -> String| -> String {
        format!("<table><tbody>{}</tbody></table>", GOOD.iter().map(row).collect::<String>())
    };
    let page = format!(
        "Attribute mappings\nLearn more\n{heading}{}Add new attribute mapping\nCancel\nSave changes\n",
        with_tabs(&GOOD)
    );
    let single = joined(&GOOD, "\n", "\n");
    vec![
        good("tabs", with_tabs(&GOOD)),
        good("tabs and CRLF", joined(&GOOD, "\t", "\r\n")),
        good("below its headings", format!("{heading}{}", with_tabs(&GOOD))),
        good("the whole page", page),
        good("with boxes to tick", joined(&GOOD, "\t", "\n").lines().map(|line| format!("\t{line}\n")).collect()),
        good("with buttons behind", joined(&GOOD, "\t", "\tRemove\n")),
        good("pipes", joined(&GOOD, " | ", "\n")),
        good("Markdown", format!("| Attribute | Value | Format |\n|---|---|---|\n{}", GOOD.iter().map(|row| format!("| {} |\n", row.join(" | "))).collect::<String>())),
        good("wide blanks", joined(&GOOD, "   ", "\n")),
        good("single blanks", joined(&GOOD, " ", "\n")),
        good("commas", joined(&GOOD, ",", "\n")),
        good("semicolons and quotes", GOOD.iter().map(|row| format!("\"{}\"\n", row.join("\";\""))).collect()),
        good("arrows", GOOD.iter().map(|[name, value, format]| format!("{name} → {value} ({format})\n")).collect()),
        good("arrows of a keyboard", GOOD.iter().map(|[name, value, format]| format!("{name} -> {value} {format}\n")).collect()),
        good("one cell a line", single.clone()),
        good("one cell a line among buttons", format!("Attribute mappings\n{}Save changes\n", single.replace("basic\n", "basic\nRemove\n"))),
        good("HTML", html(|row| format!("<tr><td>{}</td><td>{}</td><td>{}</td></tr>", row[0], row[1], row[2]))),
        good("HTML in capitals", html(|row| format!("<TR><TD>{}</TD><TD>{}</TD><TD>{}</TD></TR>", row[0], row[1], row[2]))),
        good("HTML in lines", html(|row| format!("<tr>\n  <td class=\"a > b\">\n    {}\n  </td>\n  <td><span>{}</span></td>\n  <td>\n{}</td>\n</tr>\n", row[0], row[1], row[2]))),
        good("HTML with references", html(|row| format!("<tr><td>{}</td><td>{}</td><td>{}</td></tr>", row[0], row[1].replace('$', "&#36;").replace('{', "&#x7b;"), row[2]))),
        good("HTML with inputs", html(|row| format!("<tr><td><input type=\"text\" value=\"{}\"></td><td><input value='{}'/></td><td><select><option>unspecified</option><option selected>{}</option><option>persistent</option></select></td></tr>", row[0], row[1], row[2]))),
        good("HTML with roles", GOOD.iter().map(|row| format!("<div role=\"row\"><div role=\"cell\">{}</div><div role=\"cell\">{}</div><div role=\"cell\">{}</div></div>", row[0], row[1], row[2])).collect()),
        good("HTML below its headings", format!("<table><tr><th>User attribute in the application</th><th>Maps to this string value or user attribute in IAM Identity Center</th><th>Format</th></tr>{}</table>", GOOD.iter().map(|row| format!("<tr><td>{}</td><td>{}</td><td>{}</td></tr>", row[0], row[1], row[2])).collect::<String>())),
        of("an empty Subject", "Subject\t\temailAddress\nUser.Email\t${user:email}\tbasic\n", &[["Subject", "", "emailAddress"], ["User.Email", "${user:email}", "basic"]]),
        of("an empty Subject in HTML", "<table><tr><td>Subject</td><td></td><td>emailAddress</td></tr><tr><td>User.Email</td><td>${user:email}</td><td>basic</td></tr></table>", &[["Subject", "", "emailAddress"], ["User.Email", "${user:email}", "basic"]]),
        of("an empty Subject, one cell a line", "Subject\nemailAddress\nUser.Email\n${user:email}\nbasic", &[["Subject", "", "emailAddress"], ["User.Email", "${user:email}", "basic"]]),
        of("a blank behind a name", "User.FirstName \t${user:givenName}\tbasic", &[["User.FirstName ", "${user:givenName}", "basic"]]),
        of("a blank behind a name in HTML", "<tr><td>User.FirstName </td><td>${user:givenName}</td><td>basic</td></tr>", &[["User.FirstName ", "${user:givenName}", "basic"]]),
        of("no dollar sign", "User.Email\t{user:email}\tbasic", &[["User.Email", "{user:email}", "basic"]]),
        of("round brackets", "User.Email\t$(user:email)\tbasic", &[["User.Email", "$(user:email)", "basic"]]),
        of("long names of formats", "Subject\t${user:email}\turn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress", &[["Subject", "${user:email}", "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"]]),
        none("nothing", ""),
        none("a sentence", "You have signed out.\nSign in again"),
        none("a link", "https://app.nops.io/sso/v1/x/?acs"),
        none("a page without a table", "<html><body><p>Sign in</p></body></html>"),
        none("another table", "<table><tr><td>Name</td><td>Ana</td></tr></table>"),
        none("a list of people", "Ana\tana@example.com\nBen\tben@example.com"),
    ]
}
