//! Reads CSV text as spreadsheets save it: with any of three separators, with or without a header.
//!
//! Each line is parsed separately, because no cell contains a line break. So an unclosed quotation mark
//! affects only one line and not the rest of the file.

use std::borrow::Cow;

use encoding_rs::{UTF_16BE, UTF_16LE};
use serde::{Deserialize, Serialize};

use super::person::{NewPerson, PersonError};
use identifiers::EmailAddress;

/// A rejected line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SkippedRow {
    /// Counted from 1.
    pub line: u32,
    pub reason: PersonError,
}

/// A line with content that isn't the header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListRow {
    /// Counted from 1.
    pub line: u32,
    pub person: Result<NewPerson, PersonError>,
}

/// The size limit of a list, in bytes. It leaves room for a list of 100,000 people.
pub const MAX_BYTES: usize = 8 << 20;

/// The number of users that an identity store can contain by default:
/// <https://docs.aws.amazon.com/singlesignon/latest/userguide/limits.html>.
const MOST_LINES: usize = 100_000;

/// The number of columns that a list can have. The widest exports have about 200.
const MOST_CELLS: usize = 1_000;

/// Why a file can't be read as a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr, thiserror::Error)]
#[error("{}", self.code())]
pub enum ListError {
    /// Neither UTF-8 nor UTF-16 with a byte order mark.
    #[strum(serialize = "csv_encoding")]
    Encoding,
    /// More than [`MAX_BYTES`].
    #[strum(serialize = "csv_too_large")]
    TooLarge,
    /// More addresses than [`nops_team::MOST_ADDRESSES`](super::nops_team::MOST_ADDRESSES).
    #[strum(serialize = "team_too_many")]
    TooManyAddresses,
}

impl ListError {
    /// Returns the message key without `failure-`.
    pub fn code(self) -> &'static str {
        self.into()
    }
}

/// Decodes a file as UTF-8, or as UTF-16 with a byte order mark.
pub fn decode(bytes: &[u8]) -> Result<String, ListError> {
    if bytes.len() > MAX_BYTES {
        return Err(ListError::TooLarge);
    }
    let utf16 = match bytes {
        [0xff, 0xfe, rest @ ..] => {
            UTF_16LE.decode_without_bom_handling_and_without_replacement(rest)
        }
        [0xfe, 0xff, rest @ ..] => {
            UTF_16BE.decode_without_bom_handling_and_without_replacement(rest)
        }
        _ => return String::from_utf8(bytes.to_vec()).map_err(|_| ListError::Encoding),
    };
    utf16.map(|text| text.into_owned()).ok_or(ListError::Encoding)
}

/// Parses the rows of a CSV text. If the text has too many lines, the last row is
/// [`PersonError::TooMany`].
pub fn read(text: &str) -> impl Iterator<Item = ListRow> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = numbered_lines(text).peekable();
    let first = lines.peek().map_or("", |(_, first)| *first);
    let separator = match declared_separator(first) {
        Some(separator) => {
            lines.next();
            separator
        }
        None => likeliest_separator(first),
    };
    let mut reader = CellReader::new(separator);
    let mut header = None;
    let columns = match lines.peek().and_then(|(_, first)| reader.cells(first).ok()) {
        None => Columns::unknown(),
        Some(first) => match Columns::named_by(&first) {
            Some(columns) => {
                header = lines.next().map(|(line, _)| line);
                columns
            }
            None => Columns::guessed_from(&first),
        },
    };
    let is_guessed = header.is_none();
    let only_header = header.filter(|_| lines.peek().is_none());
    let only_header =
        only_header.map(|line| ListRow { line, person: Err(PersonError::OnlyHeader) });
    let rows = lines.take(MOST_LINES + 1).enumerate().map(move |(before, (line, text))| ListRow {
        line,
        person: match before {
            MOST_LINES => Err(PersonError::TooMany),
            _ if is_guessed => match alone(text) {
                Some(person) => Ok(person),
                None => {
                    reader.cells(text).and_then(|cells| columns.person(&cells)).and_then(plausible)
                }
            },
            _ => reader.cells(text).and_then(|cells| columns.person(&cells)),
        },
    });
    only_header.into_iter().chain(rows)
}

/// Parses a line that doesn't need column names: `ana@example.com`, or a name and an address.
fn alone(line: &str) -> Option<NewPerson> {
    let line = line.trim().trim_end_matches([',', ';']).trim_end();
    if let Some(person) = mailbox(line) {
        return Some(person);
    }
    let email = bare_email(line);
    email
        .parse::<EmailAddress>()
        .is_ok()
        .then(|| NewPerson { email: email.to_owned(), ..NewPerson::default() })
}

/// Parses `Ana Lima <ana@example.com>` or `"Lima, Ana" <ana@example.com>`, the format that mail programs
/// copy.
fn mailbox(text: &str) -> Option<NewPerson> {
    let (name, email) = text.trim().strip_suffix('>')?.split_once('<')?;
    let email = bare_email(email);
    if email.parse::<EmailAddress>().is_err() {
        return None;
    }
    let (given_name, family_name) = split_name(name.trim().trim_matches(['"', '\'']));
    Some(NewPerson { given_name, family_name, email: email.to_owned(), user_name: String::new() })
}

/// Removes the quotation marks or the `mailto:` around an address.
fn bare_email(text: &str) -> &str {
    let text = text.trim().trim_matches(['"', '\'']);
    text.strip_prefix("mailto:").unwrap_or(text)
}

/// Extensions that mark a cell as a file name.
const FILE_ENDS: [&str; 10] =
    [".csv", ".tsv", ".txt", ".xls", ".xlsx", ".ods", ".pdf", ".json", ".xml", ".html"];

/// If no header named the columns, rejects user names that look like a file name or a sentence. Removes names
/// that can't be a person's name, because such a cell may be a password.
fn plausible(mut person: NewPerson) -> Result<NewPerson, PersonError> {
    if !can_be_name(&person.given_name) || !can_be_name(&person.family_name) {
        person.given_name.clear();
        person.family_name.clear();
    }
    let name = person.user_name.trim().to_lowercase();
    let is_file = name.contains(['/', '\\']) || FILE_ENDS.iter().any(|end| name.ends_with(end));
    let is_sentence = name.contains(char::is_whitespace);
    match is_file || is_sentence {
        true => Err(PersonError::NotAPerson),
        false => Ok(person),
    }
}

fn can_be_name(text: &str) -> bool {
    let is_odd = |c: char| c.is_numeric() || (c.is_ascii_punctuation() && !"'.,-()".contains(c));
    !text.contains(is_odd)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ColumnKind {
    Email,
    UserName,
    GivenName,
    FamilyName,
    WholeName,
    Something,
}

/// The columns from left to right; `None` if they can't be determined.
struct Columns(Option<Vec<ColumnKind>>);

impl Columns {
    fn unknown() -> Self {
        Self(None)
    }

    /// Reads the columns from a header. Returns `None` if the line isn't a header.
    fn named_by(cells: &[Cow<'_, str>]) -> Option<Self> {
        let meanings: Vec<ColumnKind> = cells.iter().map(|cell| meaning_of(cell)).collect();
        let is_header = !cells.iter().any(|cell| cell.contains('@'))
            && meanings.iter().any(|meaning| *meaning != ColumnKind::Something);
        let names_someone = meanings
            .iter()
            .any(|meaning| matches!(meaning, ColumnKind::Email | ColumnKind::UserName));
        is_header.then(|| Self(names_someone.then_some(meanings)))
    }

    /// Guesses the columns if there is no header. The cell with `@` is the email address. One other cell is
    /// the full name; two are the given and family name.
    fn guessed_from(cells: &[Cow<'_, str>]) -> Self {
        let email = cells.iter().position(|cell| cell.contains('@'));
        let others: &[ColumnKind] = match (email, cells.len()) {
            (None, 1) => &[ColumnKind::UserName],
            (Some(_), 1) => &[],
            (Some(_), 2) => &[ColumnKind::WholeName],
            (Some(_), 3) => &[ColumnKind::GivenName, ColumnKind::FamilyName],
            _ => return Self::unknown(),
        };
        let mut meanings = others.to_vec();
        if let Some(at) = email {
            meanings.insert(at, ColumnKind::Email);
        }
        Self(Some(meanings))
    }

    fn person(&self, cells: &[Cow<'_, str>]) -> Result<NewPerson, PersonError> {
        let meanings = self.0.as_ref().ok_or(PersonError::Columns)?;
        if cells.len() > meanings.len()
            && cells[meanings.len()..].iter().any(|cell| !cell.trim().is_empty())
        {
            return Err(PersonError::Columns);
        }
        let mut person = NewPerson::default();
        let mut whole_name = "";
        for (meaning, cell) in meanings.iter().zip(cells) {
            match meaning {
                ColumnKind::Email => match mailbox(cell) {
                    Some(named) => {
                        let NewPerson { given_name, family_name, email, .. } = named;
                        person = NewPerson { user_name: person.user_name, email, ..person };
                        if person.given_name.is_empty() && person.family_name.is_empty() {
                            (person.given_name, person.family_name) = (given_name, family_name);
                        }
                    }
                    None => person.email = cell.to_string(),
                },
                ColumnKind::UserName => person.user_name = cell.to_string(),
                ColumnKind::GivenName => person.given_name = cell.to_string(),
                ColumnKind::FamilyName => person.family_name = cell.to_string(),
                ColumnKind::WholeName => whole_name = cell,
                ColumnKind::Something => {}
            }
        }
        if person.given_name.trim().is_empty() && person.family_name.trim().is_empty() {
            (person.given_name, person.family_name) = split_name(whole_name);
        }
        Ok(person)
    }
}

fn meaning_of(header: &str) -> ColumnKind {
    let letters: String =
        header.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    match letters.as_str() {
        "email" | "emailaddress" | "mail" | "primaryemail" | "workemail" | "useremail" => {
            ColumnKind::Email
        }
        "username" | "user" | "login" | "loginname" | "userid" => ColumnKind::UserName,
        "firstname" | "givenname" | "given" | "forename" | "userfirstname" => ColumnKind::GivenName,
        "lastname" | "surname" | "familyname" | "family" | "userlastname" => ColumnKind::FamilyName,
        "name" | "fullname" | "displayname" => ColumnKind::WholeName,
        _ => ColumnKind::Something,
    }
}

/// Splits `Ana Maria Lima` or `Lima, Ana Maria` into given and family name.
fn split_name(name: &str) -> (String, String) {
    let name = name.trim();
    if let Some((family, given)) = name.split_once(',') {
        return (given.trim().to_owned(), family.trim().to_owned());
    }
    match name.rsplit_once(char::is_whitespace) {
        Some((given, family)) => (given.trim().to_owned(), family.to_owned()),
        None => (name.to_owned(), String::new()),
    }
}

/// Splits a text at line endings of any kind, and numbers the lines. Skips empty lines.
fn numbered_lines(text: &str) -> impl Iterator<Item = (u32, &str)> {
    let ends: &[char] = if text.contains('\n') { &['\n'] } else { &['\r'] };
    text.split(ends)
        .zip(1..)
        .map(|(line, number)| (number, line.trim_end_matches('\r')))
        .filter(|(_, line)| line.chars().any(|c| !c.is_whitespace() && !matches!(c, ',' | ';')))
}

/// Parses the separator from the first line that Excel writes, `sep=;`.
fn declared_separator(line: &str) -> Option<u8> {
    match line.trim().strip_prefix("sep=")?.as_bytes() {
        [separator] => Some(*separator),
        _ => None,
    }
}

/// Returns the separator that occurs most often outside quotation marks.
fn likeliest_separator(line: &str) -> u8 {
    let mut quoted = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    for byte in line.bytes() {
        quoted ^= byte == b'"';
        for (separator, count) in &mut counts {
            if !quoted && byte == *separator {
                *count += 1;
            }
        }
    }
    // Among equal counts, the first separator wins.
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(best, _)| best)
}

/// Splits lines into cells. Building the parser takes longer than parsing a line, so all lines share it.
struct CellReader {
    separator: u8,
    parser: csv_core::Reader,
}

impl CellReader {
    fn new(separator: u8) -> Self {
        Self { separator, parser: csv_core::ReaderBuilder::new().delimiter(separator).build() }
    }

    fn cells<'a>(&mut self, line: &'a str) -> Result<Vec<Cow<'a, str>>, PersonError> {
        // Fast path: a line without quotes needs no CSV parser.
        if !line.contains(['"', '\r']) {
            let cells = line.split(char::from(self.separator)).take(MOST_CELLS + 1);
            return few(cells.map(|cell| Cow::Borrowed(cell.trim())).collect());
        }
        if line.matches('"').count() % 2 == 1 {
            return Err(PersonError::UnclosedQuote);
        }
        let line = format!("{line}\n");
        // The cells never take more space than the line.
        let (mut text, mut ends) = (vec![0; line.len()], [0; MOST_CELLS + 1]);
        self.parser.reset();
        let (_, _, _, count) = self.parser.read_record(line.as_bytes(), &mut text, &mut ends);
        let starts = std::iter::once(0).chain(ends.iter().copied());
        let cells = starts.zip(&ends[..count]).map(|(start, end)| &text[start..*end]);
        let cells = cells.map(|cell| String::from_utf8_lossy(cell).trim().to_owned().into());
        few(cells.collect())
    }
}

fn few(cells: Vec<Cow<'_, str>>) -> Result<Vec<Cow<'_, str>>, PersonError> {
    if cells.len() > MOST_CELLS { Err(PersonError::Columns) } else { Ok(cells) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Formats each row as `line given|family|email|user name` or `line code`.
    fn rows(text: &str) -> Vec<String> {
        read(text)
            .map(|row| match row.person {
                Ok(p) => format!(
                    "{} {}|{}|{}|{}",
                    row.line, p.given_name, p.family_name, p.email, p.user_name
                ),
                Err(refusal) => format!("{} {}", row.line, refusal.code()),
            })
            .collect()
    }

    #[test]
    fn accepts_header_and_separator_variants() {
        let cases = [
            ("email\nana@example.com\n", "2 ||ana@example.com|"),
            (
                "E-Mail;First name;Surname\r\nana@example.com;Ana;Lima\r\n",
                "2 Ana|Lima|ana@example.com|",
            ),
            ("\u{feff}User name\tMail\nalima\tana@example.com", "2 ||ana@example.com|alima"),
            ("sep=;\nName;email\n\"Lima; Ana\";ana@example.com", "3 Lima;|Ana|ana@example.com|"),
            ("Name,email\n\"Lima, Ana\",ana@example.com", "2 Ana|Lima|ana@example.com|"),
            ("Name,email\nAna Maria Lima,ana@example.com", "2 Ana Maria|Lima|ana@example.com|"),
            ("Name,email\rAna Lima,ana@example.com", "2 Ana|Lima|ana@example.com|"),
            (
                "Display name,First name,Last name,email\nX,Ana,Lima,ana@example.com",
                "2 Ana|Lima|ana@example.com|",
            ),
            ("ana@example.com", "1 ||ana@example.com|"),
            ("alima", "1 |||alima"),
            ("Ana Lima,ana@example.com", "1 Ana|Lima|ana@example.com|"),
            ("ana@example.com, Ana, Lima", "1 Ana|Lima|ana@example.com|"),
            (
                "Seán (Jack);O’Neil-D'Arcy Jr.;ana@example.com",
                "1 Seán (Jack)|O’Neil-D'Arcy Jr.|ana@example.com|",
            ),
            ("email,department\nana@example.com,Ops", "2 ||ana@example.com|"),
            (
                "email,name\nana@example.com,\"Ana \"\"Nia\"\" Lima\"",
                "2 Ana \"Nia\"|Lima|ana@example.com|",
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(rows(text), [expected], "{text:?}");
        }
    }

    #[test]
    fn passwords_and_national_ids_are_dropped() {
        for text in [
            "Email,Password,SSN\nana@example.com,Example1!,078-05-1120",
            "User name,Password,Console sign-in URL\nalima,Example1!,https://example.com",
            "Name,Passwort,Steuer-ID,Email\nAna Lima,Example1!,12 345 678 901,ana@example.com",
            "ana@example.com,Example1!",
            "ana@example.com;Example1!;078-05-1120",
            "Ana;ana@example.com;12 345 678 901",
        ] {
            let rows = rows(text);
            assert_eq!(rows.len(), 1, "{text}");
            for secret in ["Example1!", "078-05-1120", "12 345 678 901"] {
                assert!(!rows[0].contains(secret), "{rows:?}");
            }
        }
    }

    #[test]
    fn accepts_mail_program_addresses() {
        let cases = [
            ("Ana Lima <ana@example.com>", "1 Ana|Lima|ana@example.com|"),
            ("Lima, Ana <ana@example.com>", "1 Ana|Lima|ana@example.com|"),
            ("\"Lima, Ana\" <ana@example.com>;", "1 Ana|Lima|ana@example.com|"),
            ("<ana@example.com>", "1 ||ana@example.com|"),
            ("\"ana@example.com\"", "1 ||ana@example.com|"),
            ("'ana@example.com',", "1 ||ana@example.com|"),
            ("mailto:ana@example.com", "1 ||ana@example.com|"),
            ("email,team\nAna Lima <ana@example.com>,Ops", "2 Ana|Lima|ana@example.com|"),
        ];
        for (text, expected) in cases {
            assert_eq!(rows(text), [expected], "{text:?}");
        }
        assert_eq!(
            rows("Lima, Ana <ana@example.com>\nben@example.com\n"),
            ["1 Ana|Lima|ana@example.com|", "2 ||ben@example.com|"],
        );
    }

    #[test]
    fn non_person_lines_are_rejected() {
        let cases = [
            ("/home/dana/people.csv", "1 not_a_person"),
            ("C:\\Users\\dana\\people.csv", "1 not_a_person"),
            ("people.xlsx", "1 not_a_person"),
            ("https://example.com/people", "1 not_a_person"),
            ("Please add the whole team", "1 not_a_person"),
            ("Hello, please add Ana", "1 columns"),
            ("email;first name;last name", "1 only_header"),
            ("sep=;\nEmail\n\n", "2 only_header"),
        ];
        for (text, expected) in cases {
            assert_eq!(rows(text), [expected], "{text:?}");
        }
        for user_name in ["alima", "ana.lima", "ana-lima_2", "zoë"] {
            assert_eq!(rows(user_name), [format!("1 |||{user_name}")]);
        }
        assert_eq!(rows("user name\nDOMAIN\\ana"), ["2 |||DOMAIN\\ana"], "the header allows it");
    }

    #[test]
    fn lines_over_directory_limit_are_rejected() {
        let most = "a\n".repeat(MOST_LINES);
        assert!(read(&most).all(|row| row.person.is_ok()));
        let rows: Vec<ListRow> = read(&(most + "b\nc\n")).collect();
        assert_eq!(rows.len(), MOST_LINES + 1);
        assert_eq!(rows[MOST_LINES].person, Err(PersonError::TooMany));
        assert_eq!(decode(&vec![b'a'; MAX_BYTES + 1]), Err(ListError::TooLarge));
    }

    #[test]
    fn malformed_line_does_not_affect_others() {
        let text = "email,name\n\"ana@example.com,Ana\nben@example.com,Ben Roy\n,,\ncleo@example.com,Cleo,extra\n";
        assert_eq!(rows(text), ["2 unclosed_quote", "3 Ben|Roy|ben@example.com|", "5 columns"]);
    }

    #[test]
    fn unusable_columns_are_reported() {
        assert_eq!(rows("first name,last name\nAna,Lima"), ["2 columns"]);
        assert_eq!(rows("ana@example.com,Ana,Lima,Ops"), ["1 columns"]);
        for cell in ["a,", "\"a\","] {
            let cells = |count| rows(&format!("email\n{}\n", cell.repeat(count)));
            assert_eq!(cells(MOST_CELLS - 1), ["2 columns"]);
            assert_eq!(cells(100 * MOST_CELLS), ["2 columns"]);
        }
        assert!(rows("").is_empty());
        assert!(rows("\n\n").is_empty());
    }

    #[test]
    fn utf_16_is_decoded_and_latin_1_rejected() {
        let text = "email\nzoë@example.com";
        let little: Vec<u8> = [0xff, 0xfe]
            .into_iter()
            .chain(text.encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        let big: Vec<u8> = [0xfe, 0xff]
            .into_iter()
            .chain(text.encode_utf16().flat_map(u16::to_be_bytes))
            .collect();
        assert_eq!(decode(&little).as_deref(), Ok(text));
        assert_eq!(decode(&big).as_deref(), Ok(text));
        assert_eq!(decode(text.as_bytes()).as_deref(), Ok(text));
        assert_eq!(decode(b"zo\xeb@example.com"), Err(ListError::Encoding));
    }
}
