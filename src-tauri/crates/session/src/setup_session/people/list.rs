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
    Unclear(UnclearList),
}

impl PeopleState {
    /// Adds the people in a file or in pasted text.
    pub(crate) async fn add_list(
        &mut self,
        cx: &mut SetupContext,
        bytes: impl SuppliedBytes,
    ) -> Result<(), Failure> {
        self.unclear_list = None;
        let (people, choices) = choices(cx);
        let read = move || read_file(bytes.as_ref(), None, people, choices);
        self.take_list(cx, on_parser_thread(read).await??);
        Ok(())
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
        let (people, choices) = choices(cx);
        let read = move || read_file(&workbook, Some(&sheet), people, choices);
        let read = on_parser_thread(read).await??;
        self.unclear_list = None;
        self.take_list(cx, read);
        Ok(())
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
        let (mut people, choices) = choices(cx);
        let read = move || {
            people.remember_columns(&columns);
            people.add_list(&text, &with_columns(choices, &columns)).map(|_| people)
        };
        let people = on_parser_thread(read).await??;
        self.unclear_list = None;
        self.take_list(cx, ReadList::Added(people));
        Ok(())
    }

    fn take_list(&mut self, cx: &mut SetupContext, read: ReadList) {
        match read {
            ReadList::Added(read) => self.change_people(cx, |people| *people = read),
            ReadList::Unclear(list) => self.unclear_list = Some(list),
        }
    }
}

/// Returns the people, and the choices for reading the next list.
fn choices(cx: &SetupContext) -> (People, ListChoices) {
    let people = cx.held.setup.people.clone();
    let domain = cx.facts().text(Field::NopsDomain).and_then(|domain| domain.parse().ok());
    let domain = domain.or_else(|| people.usual_domain());
    (people, ListChoices { domain, ..ListChoices::default() })
}

fn with_columns(choices: ListChoices, columns: &[PreviewColumn]) -> ListChoices {
    let columns = columns.iter().map(|column| (column.choice, column.number.to_string())).collect();
    ListChoices { columns, ..choices }
}

fn read_file(
    bytes: &[u8],
    sheet: Option<&str>,
    people: People,
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
        None => read_text(text, people, choices),
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
