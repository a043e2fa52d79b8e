//! Adds people from a list. If the columns or the sheet aren't clear, the list waits in memory
//! until the user chooses.

use zeroize::Zeroizing;

use super::PeopleState;
use crate::{
    Failure,
    action::ColumnAnswer,
    blocking::{SuppliedBytes, on_parser_thread},
    setup_session::context::SetupContext,
    view::ListQuestion,
};
use people::{
    ListChoices, People, PersonError,
    csv::{self, ColumnChoice, ListError, PreviewColumn},
    former_members::CurrentList,
};
use setup::{Field, credentials};

/// A list that can't be read until the user chooses its columns or its sheet.
pub(super) enum UnclearList {
    Columns { text: Zeroizing<String>, columns: Vec<PreviewColumn> },
    Sheets { workbook: Zeroizing<Vec<u8>>, sheets: Vec<String> },
}

impl UnclearList {
    pub(super) fn question(&self) -> ListQuestion {
        match self {
            Self::Columns { columns, .. } => ListQuestion::Columns { columns: columns.clone() },
            Self::Sheets { sheets, .. } => ListQuestion::Sheets { sheets: sheets.clone() },
        }
    }
}

/// The result of reading a list.
pub(super) enum ReadList {
    /// The people, including those from the list.
    Added(People),
    /// The list to compare the group with.
    Current(CurrentList),
    Unclear(UnclearList),
}

impl PeopleState {
    /// Adds the people in a file or in pasted text, or compares the group with them.
    pub(crate) async fn add_list(
        &mut self,
        cx: &mut SetupContext,
        bytes: impl SuppliedBytes,
    ) -> Result<(), Failure> {
        self.unclear_list = None;
        let (people, choices) = self.choices(cx);
        let read = move || read_file(bytes.as_ref(), None, people, choices);
        self.take_list(cx, on_parser_thread(read).await??)
    }

    pub(super) async fn choose_sheet(
        &mut self,
        cx: &mut SetupContext,
        sheet: String,
    ) -> Result<(), Failure> {
        let Some(UnclearList::Sheets { workbook, .. }) = &self.unclear_list else {
            return Err(Failure::new("no_list"));
        };
        let workbook = workbook.clone();
        let (people, choices) = self.choices(cx);
        let read = move || read_file(&workbook, Some(&sheet), people, choices);
        let read = on_parser_thread(read).await??;
        self.unclear_list = None;
        self.take_list(cx, read)
    }

    /// Reads the list with the chosen columns, and remembers them for lists with the same header.
    pub(super) async fn choose_columns(
        &mut self,
        cx: &mut SetupContext,
        answers: &[ColumnAnswer],
    ) -> Result<(), Failure> {
        let Some(UnclearList::Columns { text, columns }) = &self.unclear_list else {
            return Err(Failure::new("no_list"));
        };
        let names_someone = |answer: &ColumnAnswer| {
            matches!(answer.choice, ColumnChoice::Email | ColumnChoice::UserName)
        };
        if !answers.iter().any(names_someone) {
            return Err(Failure::new("columns_name_no_one"));
        }
        let chosen = |column: &PreviewColumn| {
            let answer = answers.iter().find(|answer| answer.number == column.number);
            let choice = answer.map_or(ColumnChoice::Ignore, |answer| answer.choice);
            PreviewColumn { choice, ..column.clone() }
        };
        let columns: Vec<PreviewColumn> = columns.iter().map(chosen).collect();
        let text = text.clone();
        let (people, choices) = self.choices(cx);
        let read = move || {
            let choices = with_columns(choices, &columns);
            match people {
                Some(mut people) => {
                    people.remember_columns(&columns);
                    people.add_list(&text, &choices).map(|_| ReadList::Added(people))
                }
                None => CurrentList::read(&text, &choices).map(ReadList::Current),
            }
        };
        let read = on_parser_thread(read).await??;
        self.unclear_list = None;
        self.take_list(cx, read)
    }

    fn take_list(&mut self, cx: &mut SetupContext, read: ReadList) -> Result<(), Failure> {
        match read {
            ReadList::Added(read) => self.change_people(cx, |people| *people = read),
            ReadList::Current(list) => return self.compare_list(cx, list),
            ReadList::Unclear(list) => self.unclear_list = Some(list),
        }
        Ok(())
    }

    /// Returns the people to add the list to, and the choices for reading it. A list for a
    /// comparison is added to no one.
    fn choices(&self, cx: &SetupContext) -> (Option<People>, ListChoices) {
        let people = &cx.held.setup.people;
        let domain = cx.facts().text(Field::NopsDomain).and_then(|domain| domain.parse().ok());
        let domain = domain.or_else(|| people.usual_domain());
        let people = self.comparison.is_none().then(|| people.clone());
        (people, ListChoices { domain, ..ListChoices::default() })
    }
}

fn with_columns(choices: ListChoices, columns: &[PreviewColumn]) -> ListChoices {
    let columns = columns.iter().map(|column| (column.choice, column.number.to_string())).collect();
    ListChoices { columns, ..choices }
}

fn read_file(
    bytes: &[u8],
    sheet: Option<&str>,
    people: Option<People>,
    choices: ListChoices,
) -> Result<ReadList, Failure> {
    let text = match csv::decode_sheet(bytes, sheet) {
        Ok(text) => Zeroizing::new(text),
        Err(ListError::Sheets { sheets }) if sheet.is_none() => {
            let workbook = Zeroizing::new(bytes.to_vec());
            return Ok(ReadList::Unclear(UnclearList::Sheets { workbook, sheets }));
        }
        Err(error) => {
            let is_other = matches!(error, ListError::OtherKind { .. });
            return Err(match is_other.then(|| credentials::find_in_file(bytes)).flatten() {
                Some(secret) => Failure::new("secret").with("kind", secret.code()),
                None => error.into(),
            });
        }
    };
    match credentials::find(&text) {
        Some(secret) => Err(Failure::new("secret").with("kind", secret.code())),
        None => match people {
            Some(people) => read_text(text, people, choices),
            None => read_current(text, &choices),
        },
    }
}

/// Reads a list. If its columns aren't clear, uses the columns that the user chose earlier for the
/// same header.
fn read_text(
    text: Zeroizing<String>,
    mut people: People,
    choices: ListChoices,
) -> Result<ReadList, Failure> {
    let before = people.clone();
    let read = people.add_list(&text, &choices);
    let is_unclear = match &read {
        Ok(added) => {
            let unread = people.skipped_rows();
            *added == 0 && unread.iter().any(|row| row.reason == PersonError::Columns)
        }
        Err(error) => matches!(error, ListError::Columns { .. }),
    };
    let columns = if is_unclear { csv::preview(&text) } else { Vec::new() };
    if columns.len() < 2 {
        return Ok(read.map(|_| ReadList::Added(people))?);
    }
    people = before;
    match people.remembered_columns(&columns) {
        Some(known) => {
            people.add_list(&text, &with_columns(choices, &known))?;
            Ok(ReadList::Added(people))
        }
        None => Ok(ReadList::Unclear(UnclearList::Columns { text, columns })),
    }
}

/// Reads a list for a comparison. If its columns aren't clear, the user chooses them.
fn read_current(text: Zeroizing<String>, choices: &ListChoices) -> Result<ReadList, Failure> {
    let read = CurrentList::read(&text, choices);
    let is_unclear = match &read {
        Ok(list) => list.is_unclear(),
        Err(error) => matches!(error, ListError::Columns { .. }),
    };
    let columns = if is_unclear { csv::preview(&text) } else { Vec::new() };
    match columns.len() < 2 {
        true => Ok(ReadList::Current(read?)),
        false => Ok(ReadList::Unclear(UnclearList::Columns { text, columns })),
    }
}
