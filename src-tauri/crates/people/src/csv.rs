//! Reads lists of people in the formats that directories, HR systems, mail programs and
//! spreadsheets export.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use specta::Type;

use super::person::{NewPerson, PersonError};
use cells::{bare_email, find_addresses};
use columns::{Columns, SampleRows};
use headerless::{mailbox, parse_headerless_line, require_plausible_person};
use headers::{EmailRank, Header, StatusMeaning};
use identifiers::EmailDomain;
use records::{CsvRow, CsvRows};
use statuses::Activity;

pub use preview::{PreviewColumn, preview};

mod cells;
mod columns;
mod contacts;
mod encoding;
mod headerless;
mod headers;
mod names;
mod other_kind;
mod preview;
mod records;
mod several;
mod statuses;
mod table_text;
mod workbook;

/// A rejected line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SkippedRow {
    /// Line number, starting at 1.
    pub line: u32,
    pub reason: PersonError,
    /// The person's name, if the line has one. Empty otherwise.
    #[serde(default)]
    pub who: String,
}

/// A line below the header that isn't blank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListRow {
    /// Line number, starting at 1.
    pub line: u32,
    pub person: Result<NewPerson, PersonError>,
    /// The list marks the person as inactive.
    pub is_inactive: bool,
    /// The names were split from a full name.
    pub is_split: bool,
    /// A status that doesn't say whether the person is active.
    pub unclear_status: Option<UnclearStatus>,
}

/// A cell in a status column that doesn't say whether the person is active.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnclearStatus {
    /// Column number, starting at 1.
    pub number: usize,
    pub value: String,
}

/// The size limit of a list, in bytes. It leaves room for a list of 100,000 people.
pub const MAX_BYTES: usize = 8 << 20;

/// The number of users that an identity store can contain by default:
/// <https://docs.aws.amazon.com/singlesignon/latest/userguide/limits.html>.
const MOST_LINES: usize = 100_000;

/// The maximum number of rows to search for the header.
const MOST_TITLES: usize = 20;

/// The maximum number of rows, and of cells, used to recognize the columns.
const SAMPLE: usize = 500;
const SAMPLE_CELLS: usize = 50_000;

/// Why a file can't be read as a list.
#[derive(Clone, Debug, PartialEq, Eq, strum::IntoStaticStr, thiserror::Error)]
#[error("{}", self.code())]
pub enum ListError {
    /// The file isn't text.
    #[strum(serialize = "csv_encoding")]
    Encoding,
    /// The file is larger than [`MAX_BYTES`].
    #[strum(serialize = "csv_too_large")]
    TooLarge,
    /// A file or text of another kind, such as a certificate.
    #[strum(serialize = "csv_other_kind")]
    OtherKind {
        /// The name of its [`saml::inspection::InputKind`], or `encoded`.
        kind: &'static str,
    },
    /// No column contains email addresses or user names, or several columns could be the email
    /// address.
    #[strum(serialize = "csv_columns")]
    Columns {
        /// The headers of the columns.
        columns: String,
    },
    /// The workbook is damaged or protected by a password.
    #[strum(serialize = "csv_workbook")]
    Workbook,
    /// Several sheets of the workbook contain people.
    #[strum(serialize = "csv_sheets")]
    Sheets { sheets: Vec<String> },
    /// The text contains more addresses than
    /// [`nops_team::MOST_ADDRESSES`](super::nops_team::MOST_ADDRESSES).
    #[strum(serialize = "team_too_many")]
    TooManyAddresses,
}

impl ListError {
    /// Returns the message key without `failure-`.
    pub fn code(&self) -> &'static str {
        self.into()
    }

    pub fn params(&self) -> impl Iterator<Item = (&'static str, String)> {
        let param = match self {
            Self::Columns { columns } => Some(("columns", columns.clone())),
            Self::Sheets { sheets } => Some(("sheets", sheets.join(", "))),
            Self::OtherKind { kind } => Some(("kind", (*kind).to_owned())),
            Self::Encoding | Self::TooLarge | Self::Workbook | Self::TooManyAddresses => None,
        };
        param.into_iter()
    }
}

/// What a column contains, according to the user.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    Type,
    strum::EnumString,
    strum::IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum ColumnChoice {
    Email,
    UserName,
    FirstName,
    LastName,
    FullName,
    Status,
    /// The column isn't used.
    Ignore,
}

impl ColumnChoice {
    fn to_header(self) -> Header {
        match self {
            Self::Email => Header::Email(EmailRank::Primary),
            Self::UserName => Header::UserName,
            Self::FirstName => Header::GivenName,
            Self::LastName => Header::FamilyName,
            Self::FullName => Header::WholeName { rank: 0, family_first: false },
            Self::Status => Header::Status(StatusMeaning::Words),
            Self::Ignore => Header::Other,
        }
    }

    fn from_header(header: Header) -> Self {
        match header {
            Header::Email(_) => Self::Email,
            Header::UserName | Header::PrincipalName => Self::UserName,
            Header::GivenName => Self::FirstName,
            Header::FamilyName | Header::SecondFamilyName => Self::LastName,
            Header::WholeName { .. } | Header::Name => Self::FullName,
            Header::Status(_) => Self::Status,
            Header::FamilyPrefix | Header::Other | Header::Unknown => Self::Ignore,
        }
    }
}

/// What the user specified about a list.
#[derive(Clone, Debug, Default)]
pub struct ListChoices {
    /// The chosen columns, each identified by its header or its number, starting at 1.
    pub columns: Vec<(ColumnChoice, String)>,
    pub domain: Option<EmailDomain>,
    pub include_inactive: bool,
}

/// Converts a file to a text table. The table contains the people from a workbook's only sheet with
/// people, from a vCard, or from JSON.
///
/// # Errors
/// Returns an error if the file is too large, isn't a list, or has several sheets with people.
pub fn decode(bytes: &[u8]) -> Result<String, ListError> {
    decode_sheet(bytes, None)
}

/// Same as [`decode`], but reads the workbook sheet with this name.
///
/// # Errors
/// Returns the errors of [`decode`], or [`ListError::Sheets`] if no sheet has this name.
pub fn decode_sheet(bytes: &[u8], sheet: Option<&str>) -> Result<String, ListError> {
    if bytes.len() > MAX_BYTES {
        return Err(ListError::TooLarge);
    }
    if workbook::is_workbook(bytes) {
        return workbook::text(bytes, sheet);
    }
    let other = other_kind::detect_other_kind(bytes);
    let text = match &other {
        Some(error) if !other_kind::may_be_list(error) => return Err(error.clone()),
        _ => encoding::decode(bytes)?,
    };
    let table = contacts::vcards(&text).or_else(|| contacts::json(&text));
    match (table, other) {
        (Some(table), _) => table,
        (None, Some(error)) => Err(error),
        (None, None) => other_kind::check_text(&text).map(|()| text),
    }
}

/// A column that was used to read the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UsedColumn {
    /// The column's header. Empty if the list has no header.
    pub column: String,
    /// Column number, starting at 1.
    pub number: usize,
    pub choice: ColumnChoice,
}

impl UsedColumn {
    /// Returns the header, or the number if the list has no header.
    pub fn name(&self) -> String {
        match self.column.as_str() {
            "" => self.number.to_string(),
            header => header.to_owned(),
        }
    }
}

/// A list with known columns.
pub struct CsvReader<'a> {
    pub columns: Vec<UsedColumn>,
    only_header: Option<u32>,
    header: Vec<String>,
    is_named: bool,
    /// `None` if the list has no header and its columns aren't recognized.
    recognized: Option<Columns>,
    records: CsvRows<'a>,
    skip: usize,
}

/// Recognizes the columns of a list.
///
/// # Errors
/// Returns [`ListError::Columns`] if no column in the header identifies people, or several columns
/// could be the email address.
pub fn recognize_columns<'a>(
    text: &'a str,
    choices: &ListChoices,
) -> Result<CsvReader<'a>, ListError> {
    let records = CsvRows::new(text);
    let first: Vec<CsvRow<'a>> = records.clone().take(MOST_TITLES + SAMPLE).collect();
    let titles = &first[..first.len().min(MOST_TITLES)];
    let header = columns::header(titles, choices);
    let below = header.map_or(0, |at| at + 1);
    let mut left = SAMPLE_CELLS;
    let rows = first[below..].iter().filter_map(|record| record.cells.clone().ok());
    let rows: Vec<Vec<Cow<'_, str>>> = rows
        .take_while(|cells| {
            let is_within = left > 0;
            left = left.saturating_sub(cells.len());
            is_within
        })
        .collect();
    let sample = SampleRows { rows: &rows };
    let names = header.and_then(|at| first[at].cells.as_deref().ok()).unwrap_or_default();
    let recognized = match header {
        Some(_) => Some(Columns::from_header(names, &sample, choices).map_err(|_| unsure(names))?),
        None => Columns::guess(&sample, choices).ok(),
    };
    Ok(CsvReader {
        columns: recognized.as_ref().map(|columns| columns.used_columns(names)).unwrap_or_default(),
        header: names.iter().map(|cell| cell.clone().into_owned()).collect(),
        only_header: header.filter(|_| below == first.len()).map(|at| first[at].line),
        is_named: header.is_some() || !choices.columns.is_empty(),
        recognized,
        records,
        skip: below,
    })
}

/// The maximum number of column names in a message.
const QUOTED_COLUMNS: usize = 12;

fn unsure(header: &[Cow<'_, str>]) -> ListError {
    let short = |name: &str| name.chars().filter(|c| !c.is_control()).take(40).collect::<String>();
    let names: Vec<String> =
        header.iter().filter(|name| !name.is_empty()).map(|name| short(name)).collect();
    let mut columns = names[..names.len().min(QUOTED_COLUMNS)].join(", ");
    if names.len() > QUOTED_COLUMNS {
        columns.push_str(", …");
    }
    ListError::Columns { columns }
}

impl CsvReader<'_> {
    /// Returns the rows below the header. If there are too many rows, the last one is
    /// [`PersonError::TooMany`].
    pub fn rows(&self) -> impl Iterator<Item = ListRow> {
        let rejected = |line, reason| ListRow {
            line,
            person: Err(reason),
            is_inactive: false,
            is_split: false,
            unclear_status: None,
        };
        let only_header = self.only_header.map(|line| rejected(line, PersonError::OnlyHeader));
        let records = self.records.clone().skip(self.skip);
        let records =
            records.filter(move |record| !is_rule(record.text) && !self.is_between_people(record));
        let rows = records.take(MOST_LINES + 1).flat_map(move |record| {
            self.row(&record).unwrap_or_else(|reason| vec![rejected(record.line, reason)])
        });
        let rows = rows.take(MOST_LINES + 1).enumerate().map(move |(before, row)| match before {
            MOST_LINES => rejected(row.line, PersonError::TooMany),
            _ => row,
        });
        only_header.into_iter().chain(rows)
    }

    /// Returns whether this row repeats the header, has totals, or only names a section.
    fn is_between_people(&self, record: &CsvRow<'_>) -> bool {
        let (Ok(cells), Some(columns)) = (&record.cells, &self.recognized) else { return false };
        if self.header.is_empty() || record.text.contains('@') {
            return false;
        }
        let mut filled = cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty());
        let first = filled.next();
        let is_section =
            filled.next().is_none() && first.is_some_and(|(at, _)| !columns.is_about_person(at));
        let is_total = !columns.emails.is_empty() && first.is_some_and(|(_, cell)| is_total(cell));
        let cells = cells.iter().filter(|cell| !cell.is_empty());
        cells.eq(self.header.iter().filter(|cell| !cell.is_empty())) || is_section || is_total
    }

    /// Reads the people in a row.
    fn row(&self, record: &CsvRow<'_>) -> Result<Vec<ListRow>, PersonError> {
        let listed = |person| ListRow {
            line: record.line,
            person: Ok(person),
            is_inactive: false,
            is_split: false,
            unclear_status: None,
        };
        if (!self.is_named || self.header.len() == 1)
            && let Some(people) = several::split_line(record.text)
        {
            return Ok(people.into_iter().map(listed).collect());
        }
        if !self.is_named
            && let Some(person) = parse_headerless_line(record.text)
        {
            return Ok(vec![listed(person)]);
        }
        let cells = record.cells.as_ref().map_err(|reason| *reason)?;
        let columns = self.recognized.as_ref().ok_or(PersonError::Columns)?;
        if cells.iter().skip(columns.width).any(|cell| !cell.is_empty()) {
            return Err(match self.header.is_empty() {
                true => PersonError::Columns,
                false => PersonError::ExtraCells,
            });
        }
        let (is_inactive, unclear_status) = columns.status(cells);
        let (mut person, is_split) = columns.person(cells);
        if columns.is_group(cells) {
            return Err(PersonError::NotAPerson);
        }
        if !self.is_named {
            person = require_plausible_person(person)?;
        } else if is_footer(&person) {
            return Err(PersonError::NotAPerson);
        }
        let people = columns.split_person(cells, &person).unwrap_or_else(|| vec![person]);
        let row = |person| ListRow {
            is_inactive,
            is_split,
            unclear_status: unclear_status.clone(),
            ..listed(person)
        };
        Ok(people.into_iter().map(row).collect())
    }
}

/// Returns whether this is the rule below the header of a Markdown table or of PowerShell's output.
fn is_rule(line: &str) -> bool {
    line.contains('-') && line.chars().all(|c| "-|:=+ \t,;".contains(c))
}

/// Returns whether a row that starts with this cell has totals.
fn is_total(cell: &str) -> bool {
    const TOTALS: [&str; 10] = [
        "total", "totals", "totale", "subtotal", "summe", "gesamt", "totaal", "count", "合計", "計",
    ];
    let first = cell.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    TOTALS.contains(&headers::fold_text(first).as_str())
}

/// Returns whether this is a footer below the people, such as `Total: 2`.
fn is_footer(person: &NewPerson) -> bool {
    let is_sentence = |text: &str| !text.contains('@') && text.contains([' ', ':']);
    person.user_name.is_empty() && is_sentence(&person.email)
}

impl Columns {
    /// Returns whether a row says that the person is inactive. If no column is clear, also returns the
    /// first unclear status.
    fn status(&self, cells: &[Cow<'_, str>]) -> (bool, Option<UnclearStatus>) {
        let mut is_active = false;
        let mut unclear = None;
        for (at, meaning) in &self.statuses {
            let Some(cell) = cells.get(*at).filter(|cell| !cell.is_empty()) else { continue };
            match statuses::activity(*meaning, cell) {
                Activity::Inactive => return (true, None),
                Activity::Active => is_active = true,
                Activity::Unknown => {
                    unclear
                        .get_or_insert(UnclearStatus { number: at + 1, value: cell.to_string() });
                }
            }
        }
        (false, unclear.filter(|_| !is_active))
    }

    /// Returns the people in a row whose email column names several people.
    fn split_person(&self, cells: &[Cow<'_, str>], person: &NewPerson) -> Option<Vec<NewPerson>> {
        let primary = self.emails.iter().filter(|(_, rank)| *rank == EmailRank::Primary);
        let mut filled = primary.filter_map(|(at, _)| cells.get(*at));
        filled.find_map(|cell| several::split_cell(cell, person))
    }

    /// Reads a person from a row. Returns whether the names were split from a full name.
    fn person(&self, cells: &[Cow<'_, str>]) -> (NewPerson, bool) {
        let cell =
            |at: Option<usize>| at.and_then(|at| cells.get(at)).map_or("", |cell| cell.as_ref());
        let mut person = NewPerson {
            given_name: name(cell(self.given_name)),
            family_name: name(cell(self.family_names.first().copied())),
            user_name: self.user_name(cells),
            ..NewPerson::default()
        };
        if let Some(second) = self.family_names.get(1).map(|at| cell(Some(*at)))
            && !second.is_empty()
        {
            person.family_name = format!("{} {second}", person.family_name);
        }
        let prefix = name(cell(self.family_prefix));
        if !prefix.is_empty() && !person.family_name.is_empty() {
            person.family_name = format!("{prefix} {}", person.family_name);
        }
        person.email = self.email(cells).to_owned();
        if person.user_name == person.email {
            person.user_name.clear();
        }
        let mut is_split = false;
        if person.given_name.trim().is_empty() && person.family_name.trim().is_empty() {
            let whole = cell(self.whole_name);
            let whole = if whole.contains('@') { "" } else { whole };
            let mailbox = || self.emails.iter().find_map(|(at, _)| mailbox(cell(Some(*at))));
            (person.given_name, person.family_name) = match whole {
                "" => {
                    mailbox().map(|named| (named.given_name, named.family_name)).unwrap_or_default()
                }
                whole => {
                    names::split_full_name(whole, self.starts_with_family(whole, &person.email))
                }
            };
            is_split = !person.family_name.is_empty();
        }
        (person, is_split)
    }

    fn user_name(&self, cells: &[Cow<'_, str>]) -> String {
        let cell = |at: usize| cells.get(at).map_or("", |cell| cell.as_ref());
        let columns = [self.principal_name, self.user_name].into_iter().flatten();
        let mut names = columns.map(|at| bare_email(cell(at))).filter(|name| {
            let has_email = !self.emails.is_empty();
            !name.is_empty()
                && !cells::is_guest_name(name)
                && !(has_email && (cells::is_id(name) || cells::is_employee_number(name)))
        });
        names.next().unwrap_or_default().to_owned()
    }

    /// Returns the address in the people's domain, or the first address in the best column if there
    /// is none.
    fn email<'c>(&self, cells: &'c [Cow<'_, str>]) -> &'c str {
        let cell = |at: usize| {
            let cell = cells.get(at).map_or("", |cell| cell.as_ref());
            if cells::is_guest_name(cell) { "" } else { cell }
        };
        let of_rank = |wanted: EmailRank| {
            self.emails.iter().filter(move |(_, rank)| *rank == wanted).map(|(at, _)| *at)
        };
        let first = || {
            let entered = of_rank(EmailRank::Primary).map(cell).find_map(|cell| {
                let found = cells::find_address(cell);
                found
                    .or_else(|| (!cell.is_empty() && !cells::is_id(cell)).then(|| bare_email(cell)))
            });
            // Use a user name as the address only if it looks like an address.
            entered.or_else(|| self.principal_name.map(cell).and_then(cells::find_address))
        };
        let Some(domain) = &self.domain else { return first().unwrap_or_default() };
        let of_domain = |ranks: &[EmailRank]| {
            let columns = ranks.iter().flat_map(|rank| of_rank(*rank));
            columns
                .flat_map(|at| find_addresses(cell(at)))
                .find(|address| cells::is_in_domain(address, domain))
        };
        let all = [EmailRank::Primary, EmailRank::Secondary, EmailRank::Personal];
        let in_usual = of_domain(&all[..1]);
        if let Some(address) = in_usual {
            return address;
        }
        let fallback = first();
        let is_private = fallback
            .and_then(|address| address.rsplit_once('@'))
            .is_none_or(|(_, domain)| cells::is_public_mail(domain));
        if self.is_domain_chosen || is_private {
            return of_domain(&all).or(fallback).unwrap_or_default();
        }
        fallback.unwrap_or_default()
    }
}

/// Returns an empty name for a placeholder such as `.` or `-`.
fn name(cell: &str) -> String {
    if cell.contains(char::is_alphanumeric) { cell.to_owned() } else { String::new() }
}

#[cfg(test)]
mod tests;
