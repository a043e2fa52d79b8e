//! The people who will use nOps, and the group they are added to.

use std::collections::{HashMap, HashSet};

use icu_normalizer::ComposingNormalizerBorrowed;
use serde::{Deserialize, Serialize};
use specta::Type;

use identifiers::EmailDomain;

use super::{
    csv::{
        self, ColumnChoice, ListChoices, ListError, PreviewColumn, SkippedRow, UnclearStatus,
        UsedColumn,
    },
    person::{NewPerson, Person, PersonError},
};

/// The default name of a new group.
pub const PROPOSED_GROUP: &str = "nOps users";

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum GroupChoice {
    New { name: String },
    Existing { id: String, name: String },
}

impl GroupChoice {
    pub fn name(&self) -> &str {
        match self {
            Self::New { name } | Self::Existing { name, .. } => name,
        }
    }
}

impl Default for GroupChoice {
    fn default() -> Self {
        Self::New { name: PROPOSED_GROUP.to_owned() }
    }
}

/// The people in a setup. Each row has its own user name and email address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct People {
    pub group: GroupChoice,
    rows: Vec<Person>,
    unread: Vec<SkippedRow>,
    #[serde(default)]
    summary: ListSummary,
    #[serde(default)]
    layouts: Vec<ColumnLayout>,
    revision: u32,
    next: u32,
}

/// The columns that the user chose for all lists with this header.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ColumnLayout {
    header: Vec<String>,
    /// What each column contains, in order.
    columns: Vec<ColumnChoice>,
}

/// The maximum number of layouts to remember.
const MOST_LAYOUTS: usize = 20;

/// What the last list contained, and how it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListSummary {
    /// The number of people who were added or corrected.
    pub read: u32,
    /// The people whom the list marks as inactive. They aren't added.
    pub inactive: Vec<NewPerson>,
    /// The number of people whose names were split from a full name.
    pub split: u32,
    pub columns: Vec<UsedColumn>,
    /// The status columns with values that don't say whether a person is active.
    #[serde(default)]
    pub unclear_statuses: Vec<UnclearStatusColumn>,
}

/// A status column with values that don't say whether a person is active. These people are added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct UnclearStatusColumn {
    /// The column's header, or its number if the list has no header.
    pub column: String,
    /// The first of the values.
    pub values: Vec<String>,
}

/// The maximum number of unclear values to name, and of characters in a value.
const MOST_UNCLEAR_VALUES: usize = 8;
const LONGEST_UNCLEAR_VALUE: usize = 40;

impl ListSummary {
    fn add_unclear_status(&mut self, unclear: &UnclearStatus) {
        let used = self.columns.iter().find(|used| used.number == unclear.number);
        let column = used.map_or_else(|| unclear.number.to_string(), UsedColumn::name);
        let at = self.unclear_statuses.iter().position(|known| known.column == column);
        let at = at.unwrap_or_else(|| {
            self.unclear_statuses.push(UnclearStatusColumn { column, values: Vec::new() });
            self.unclear_statuses.len() - 1
        });
        let value = unclear.value.chars().filter(|c| !c.is_control());
        let value: String = value.take(LONGEST_UNCLEAR_VALUE).collect();
        let values = &mut self.unclear_statuses[at].values;
        if values.contains(&value) {
            return;
        }
        match values.len() {
            MOST_UNCLEAR_VALUES => values.push("…".to_owned()),
            ..MOST_UNCLEAR_VALUES => values.push(value),
            _ => {}
        }
    }
}

impl People {
    /// Returns the rows in the order in which they were added.
    pub fn rows(&self) -> &[Person] {
        &self.rows
    }

    /// Returns the rejected lines of the last CSV text.
    pub fn skipped_rows(&self) -> &[SkippedRow] {
        &self.unread
    }

    /// Returns a number that increases whenever the rows change.
    pub fn revision(&self) -> u32 {
        self.revision
    }

    pub fn row(&self, key: &str) -> Option<&Person> {
        self.rows.iter().find(|row| row.key == key)
    }

    /// Adds a person, or corrects the row with the same email address or user name. Returns the
    /// row's key.
    pub fn add(&mut self, new: NewPerson) -> Result<String, PersonError> {
        let mut index = self.index();
        self.add_or_correct(new, &mut index)
    }

    /// Adds or corrects all people in a list and returns their number. [`Self::skipped_rows`]
    /// contains the rejected lines, and [`Self::list_summary`] the rest of the result.
    ///
    /// # Errors
    /// Returns an error if the columns aren't clear. The people stay unchanged.
    pub fn add_list(&mut self, text: &str, choices: &ListChoices) -> Result<u32, ListError> {
        let reading = csv::recognize_columns(text, choices)?;
        let mut summary =
            ListSummary { columns: reading.columns.clone(), ..ListSummary::default() };
        self.unread.clear();
        self.revision += 1;
        let mut index = self.index();
        for row in reading.rows() {
            if row.is_inactive && !choices.include_inactive {
                summary.inactive.extend(row.person);
                continue;
            }
            let who = row.person.as_ref().map(NewPerson::full_name).unwrap_or_default();
            let person =
                row.person.and_then(|person| match index.is_same_person(&person, &self.rows) {
                    true => Err(PersonError::Duplicate),
                    false => Ok(person),
                });
            match person.and_then(|person| self.add_or_correct(person, &mut index)) {
                Ok(_) => {
                    summary.read += 1;
                    summary.split += u32::from(row.is_split);
                    if let Some(unclear) = &row.unclear_status {
                        summary.add_unclear_status(unclear);
                    }
                }
                Err(reason) => self.unread.push(SkippedRow { line: row.line, reason, who }),
            }
        }
        let read = summary.read;
        self.summary = summary;
        Ok(read)
    }

    /// Remembers what the columns contain, for lists with the same header.
    pub fn remember_columns(&mut self, columns: &[PreviewColumn]) {
        let header = header(columns);
        if header.iter().all(String::is_empty) {
            return;
        }
        self.layouts.retain(|layout| layout.header != header);
        let columns = columns.iter().map(|column| column.choice).collect();
        self.layouts.push(ColumnLayout { header, columns });
        let extra = self.layouts.len().saturating_sub(MOST_LAYOUTS);
        self.layouts.drain(..extra);
    }

    /// Returns the columns with what the user chose earlier for this header. Returns `None` if this
    /// header is new.
    pub fn remembered_columns(&self, columns: &[PreviewColumn]) -> Option<Vec<PreviewColumn>> {
        let header = header(columns);
        let layout = self.layouts.iter().find(|layout| layout.header == header)?;
        let chosen = columns.iter().zip(&layout.columns);
        Some(
            chosen
                .map(|(column, choice)| PreviewColumn { choice: *choice, ..column.clone() })
                .collect(),
        )
    }

    /// Same as [`Self::add_list`] without choices. If the columns aren't clear, rejects line 1.
    pub fn add_csv(&mut self, text: &str) -> u32 {
        self.add_list(text, &ListChoices::default()).unwrap_or_else(|_| {
            let who = String::new();
            self.unread = vec![SkippedRow { line: 1, reason: PersonError::Columns, who }];
            0
        })
    }

    /// Adds the people whom the last list marked as inactive.
    pub fn add_inactive(&mut self) -> u32 {
        let mut index = self.index();
        let inactive = std::mem::take(&mut self.summary.inactive);
        let added =
            inactive.into_iter().filter_map(|new| self.add_or_correct(new, &mut index).ok());
        let added = u32::try_from(added.count()).unwrap_or(u32::MAX);
        self.summary.read += added;
        added
    }

    /// Returns what the last list contained, apart from its rejected lines.
    pub fn list_summary(&self) -> &ListSummary {
        &self.summary
    }

    /// Removes a person. Returns whether the row existed.
    pub fn remove(&mut self, key: &str) -> bool {
        let before = self.rows.len();
        self.rows.retain(|row| row.key != key);
        let removed = self.rows.len() != before;
        if removed {
            self.revision += 1;
        }
        removed
    }

    pub fn clear(&mut self) {
        self.rows.clear();
        self.unread.clear();
        self.summary = ListSummary::default();
        self.revision += 1;
    }

    /// Returns the domain of more than half of the email addresses, if there is one.
    pub fn usual_domain(&self) -> Option<EmailDomain> {
        let mut counts: HashMap<EmailDomain, usize> = HashMap::new();
        for domain in self.rows.iter().filter_map(Person::domain) {
            *counts.entry(domain).or_default() += 1;
        }
        let all: usize = counts.values().sum();
        let usual = counts.into_iter().find(|(_, count)| count * 2 > all);
        usual.map(|(domain, _)| domain)
    }

    fn add_or_correct(
        &mut self,
        new: NewPerson,
        index: &mut PersonIndex,
    ) -> Result<String, PersonError> {
        let has_user_name = !new.user_name.trim().is_empty();
        let mut person = new.checked(format!("p{}", self.next + 1))?;
        let row = match index.find(&person) {
            None => self.rows.len(),
            Some(row) => {
                let row = row.ok_or(PersonError::Duplicate)?;
                person = corrected(&self.rows[row], person, has_user_name)?;
                row
            }
        };
        index.insert(row, &person);
        let key = person.key.clone();
        self.next += 1;
        self.revision += 1;
        match self.rows.get_mut(row) {
            Some(old) => *old = person,
            None => self.rows.push(person),
        }
        Ok(key)
    }

    fn index(&self) -> PersonIndex {
        let mut index = PersonIndex::default();
        for (row, person) in self.rows.iter().enumerate() {
            index.insert(row, person);
        }
        index.new.clear();
        index
    }
}

fn header(columns: &[PreviewColumn]) -> Vec<String> {
    columns.iter().map(|column| column.header.clone()).collect()
}

/// Merges new values into a row. Empty values keep the old ones.
fn corrected(row: &Person, new: Person, has_user_name: bool) -> Result<Person, PersonError> {
    let told = |old: &str, new: String| if new.is_empty() { old.to_owned() } else { new };
    let person = Person {
        key: new.key,
        given_name: told(&row.given_name, new.given_name),
        family_name: told(&row.family_name, new.family_name),
        email: told(&row.email, new.email),
        user_name: if has_user_name { new.user_name } else { row.user_name.clone() },
    };
    let is_same = person.given_name == row.given_name
        && person.family_name == row.family_name
        && key(&person.email) == key(&row.email)
        && key(&person.user_name) == key(&row.user_name);
    if is_same { Err(PersonError::Duplicate) } else { Ok(person) }
}

/// Maps each user name and email address to its row. The keys are lowercase and normalized.
#[derive(Default)]
struct PersonIndex {
    user_names: HashMap<String, usize>,
    emails: HashMap<String, usize>,
    /// Maps each email address without its `+tag` to its row.
    mailboxes: HashMap<String, usize>,
    /// The rows that this input added or corrected. A second line for the same person is a
    /// conflict.
    new: HashSet<usize>,
}

impl PersonIndex {
    /// Finds the row that a person corrects. Returns `Some(None)` if several rows match or this
    /// input already changed the row.
    fn find(&self, person: &Person) -> Option<Option<usize>> {
        let by_name = self.user_names.get(&key(&person.user_name));
        let by_email = self.emails.get(&key(&person.email));
        let row = *by_name.or(by_email)?;
        let one = by_name.zip(by_email).is_none_or(|(a, b)| a == b) && !self.new.contains(&row);
        Some(one.then_some(row))
    }

    /// Returns whether a row has the same mailbox with a different `+tag`, and its name doesn't
    /// differ.
    fn is_same_person(&self, person: &NewPerson, rows: &[Person]) -> bool {
        let email = key(person.email.trim());
        let row = mailbox(&email).and_then(|mailbox| self.mailboxes.get(&mailbox));
        let Some(row) = row.and_then(|row| rows.get(*row)) else { return false };
        let name = key(&format!("{} {}", person.given_name, person.family_name));
        let row_name = key(&format!("{} {}", row.given_name, row.family_name));
        let is_same_name =
            name.trim().is_empty() || row_name.trim().is_empty() || name.trim() == row_name.trim();
        key(&row.email) != email && is_same_name
    }

    fn insert(&mut self, row: usize, person: &Person) {
        self.user_names.insert(key(&person.user_name), row);
        if !person.email.is_empty() {
            let email = key(&person.email);
            self.mailboxes.extend(mailbox(&email).map(|mailbox| (mailbox, row)));
            self.emails.insert(email, row);
        }
        self.new.insert(row);
    }
}

/// Returns the text in lowercase and in Unicode normalization form C.
pub(super) fn key(text: &str) -> String {
    match text.is_ascii() {
        true => text.to_ascii_lowercase(),
        false => {
            ComposingNormalizerBorrowed::new_nfc().normalize(&text.to_lowercase()).into_owned()
        }
    }
}

/// Returns an email address without its `+tag`.
pub(super) fn mailbox(email: &str) -> Option<String> {
    let (local, domain) = email.split_once('@')?;
    let local = local.split_once('+').map_or(local, |(local, _)| local);
    Some(format!("{local}@{domain}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(email: &str) -> NewPerson {
        NewPerson { email: email.to_owned(), ..NewPerson::default() }
    }

    #[test]
    fn duplicate_person_is_rejected() {
        let mut people = People::default();
        people.add(person("ana@example.com")).unwrap();
        assert_eq!(people.add(person("ANA@example.com")), Err(PersonError::Duplicate));
        let by_user_name =
            NewPerson { user_name: "Ana@Example.com".to_owned(), ..NewPerson::default() };
        assert_eq!(people.add(by_user_name), Err(PersonError::Duplicate));
        assert_eq!(people.rows().len(), 1);
    }

    #[test]
    fn unclear_status_values_are_named() {
        let unclear = |text: &str| {
            let mut people = People::default();
            people.add_csv(text);
            let columns = people.list_summary().unclear_statuses.clone();
            let columns = columns.into_iter().map(|one| (one.column, one.values.join(", ")));
            (people.rows().len(), columns.collect::<Vec<_>>())
        };
        let named = |column: &str, values: &str| vec![(column.to_owned(), values.to_owned())];
        let list = "Email,Status\na@example.com,Active\nb@example.com,Sabbatical\n\
                    c@example.com,L\nd@example.com,L\ne@example.com,Not active\n";
        assert_eq!(unclear(list), (4, named("Status", "Sabbatical, L")));
        let date = "Email,Start date,Termination date\na@example.com,2020-01-01,\n\
                    b@example.com,2020-01-01,2026-05-31\n";
        assert_eq!(unclear(date), (2, named("Termination date", "2026-05-31")));
        let state = "Email,State\na@example.com,CA\nb@example.com,NY\n";
        assert_eq!(unclear(state), (2, Vec::new()), "the state of an address");
        let two = "Email,Active,Status\na@example.com,Yes,Contract\nb@example.com,No,Contract\n";
        assert_eq!(unclear(two), (1, Vec::new()), "the other column is clear");
    }

    #[test]
    fn corrected_person_replaces_the_row() {
        let named = |given: &str, family: &str, email: &str| NewPerson {
            given_name: given.to_owned(),
            family_name: family.to_owned(),
            ..person(email)
        };
        let mut people = People::default();
        let first = people.add(named("Solo", "", "solo@example.com")).unwrap();
        people.add(person("ana@example.com")).unwrap();
        assert_eq!(people.add_csv("Email,First name,Last name\nsolo@example.com,Solo,Silva\n"), 1);
        assert_eq!(people.skipped_rows(), []);
        assert_eq!(people.rows().len(), 2);
        let corrected = &people.rows()[0];
        assert_eq!(corrected.family_name, "Silva");
        assert_ne!(corrected.key, first, "a plan for the old row doesn't apply");
        people.add(named("", "Souza", "SOLO@example.com")).unwrap();
        assert_eq!(people.rows()[0].name(), "Solo Souza", "missing values keep the old ones");
        let known = person("solo@example.com");
        assert_eq!(people.add(known), Err(PersonError::Duplicate), "the row would not change");
    }

    #[test]
    fn contradicting_lines_are_rejected() {
        let mut people = People::default();
        let twice =
            "Email,First name,Last name\nana@example.com,Ana,Lima\nana@example.com,Ana,Costa\n";
        assert_eq!(people.add_csv(twice), 1);
        let who = "Ana Costa".to_owned();
        assert_eq!(
            people.skipped_rows(),
            [SkippedRow { line: 3, reason: PersonError::Duplicate, who }]
        );
        people.add(person("ben@example.com")).unwrap();
        // The user name matches one row, and the email address matches another row.
        let both =
            NewPerson { user_name: "ana@example.com".to_owned(), ..person("ben@example.com") };
        assert_eq!(people.add(both), Err(PersonError::Duplicate));
    }

    #[test]
    fn removed_keys_are_not_reused() {
        let mut people = People::default();
        let first = people.add(person("ana@example.com")).unwrap();
        assert!(people.remove(&first));
        assert!(!people.remove(&first), "the row was already removed");
        let second = people.add(person("ana@example.com")).unwrap();
        assert_ne!(first, second);
    }

    #[test]
    fn csv_reports_rejected_lines() {
        let mut people = People::default();
        let added = people.add_csv(
            "First name,Last name,Email\nAna,Lima,ana@example.com\nBen,Roy,ben.example.com\n\nAna,Lima,ANA@example.com\n",
        );
        assert_eq!(added, 1);
        let skipped = |line, reason, who: &str| SkippedRow { line, reason, who: who.to_owned() };
        let expected = [
            skipped(3, PersonError::EmailShape, "Ben Roy"),
            skipped(5, PersonError::Duplicate, "Ana Lima"),
        ];
        assert_eq!(people.skipped_rows(), expected);
    }

    #[test]
    fn usual_domain_needs_majority() {
        let mut people = People::default();
        people.add(person("ana@example.com")).unwrap();
        people.add(person("ben@example.net")).unwrap();
        assert_eq!(people.usual_domain(), None);
        people.add(person("cleo@EXAMPLE.com")).unwrap();
        assert_eq!(people.usual_domain(), "example.com".parse().ok());
    }

    #[test]
    fn duplicates_are_found_in_every_spelling() {
        let mut people = People::default();
        let list = "Email,Name\nzoë@example.com,Zoë Lima\nzoe\u{308}@example.com,Zoë Lima\nZOË@example.com,Zoë Lima\nzoë+nops@example.com,Zoë Lima\nzoë+ben@example.com,Ben Roy\n";
        assert_eq!(people.add_csv(list), 2);
        let lines: Vec<u32> = people.skipped_rows().iter().map(|row| row.line).collect();
        assert_eq!(lines, [3, 4, 5]);
    }

    #[test]
    fn columns_are_remembered_for_the_same_header() {
        let unclear = |rows: &str| format!("Ref,Box A,Box B\n{rows}");
        let mut people = People::default();
        let mut columns = csv::preview(&unclear("1,ana@example.com,a@example.net\n"));
        assert_eq!(people.remembered_columns(&columns), None);
        columns[1].choice = ColumnChoice::Email;
        people.remember_columns(&columns);
        let later = csv::preview(&unclear("2,ben@example.com,b@example.net\n"));
        let chosen = people.remembered_columns(&later).unwrap();
        let choices: Vec<ColumnChoice> = chosen.iter().map(|column| column.choice).collect();
        assert_eq!(choices, [ColumnChoice::Ignore, ColumnChoice::Email, ColumnChoice::Ignore]);
        let other = csv::preview("Ref,Box A,Box C\n1,a@example.com,b@example.com\n");
        assert_eq!(people.remembered_columns(&other), None);
        let bare = csv::preview("1,ana@example.com,a@example.net\n");
        people.remember_columns(&bare);
        assert_eq!(people.remembered_columns(&bare), None, "without a header, nothing is known");
    }

    #[test]
    fn inactive_people_are_left_out_and_counted() {
        let list = "Email,Status\nana@example.com,ACTIVE\nben@example.com,SUSPENDED\n";
        let mut people = People::default();
        assert_eq!(people.add_csv(list), 1);
        assert_eq!(people.list_summary().inactive.len(), 1);
        assert_eq!(people.add_inactive(), 1);
        assert_eq!(people.rows().len(), 2);
        let choices = ListChoices { include_inactive: true, ..ListChoices::default() };
        assert_eq!(People::default().add_list(list, &choices), Ok(2));
    }
}
