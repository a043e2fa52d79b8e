//! The first rows of a list, so that the user can choose what its columns contain.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::{
    ColumnChoice, ListChoices, MOST_TITLES, SAMPLE, columns,
    headers::{self, Header},
    records::{CsvRow, CsvRows},
    statuses,
};

/// The maximum number of columns, of examples for each column, and of characters in an example.
const MOST_COLUMNS: usize = 200;
const MOST_EXAMPLES: usize = 3;
const LONGEST_EXAMPLE: usize = 60;

/// A column with its first cells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PreviewColumn {
    /// Column number, starting at 1.
    pub number: u32,
    /// Empty if the list has no header.
    pub header: String,
    /// The first cells that aren't blank. Empty if the header names a secret, such as a password.
    pub examples: Vec<String>,
    /// What the column contains, according to its header. [`ColumnChoice::Ignore`] if the header
    /// isn't recognized.
    pub choice: ColumnChoice,
}

/// Returns the columns of a list.
pub fn preview(text: &str) -> Vec<PreviewColumn> {
    let first: Vec<CsvRow<'_>> = CsvRows::new(text).take(MOST_TITLES + SAMPLE).collect();
    let titles = &first[..first.len().min(MOST_TITLES)];
    let header = columns::header(titles, &ListChoices::default());
    let cells = |record: &CsvRow<'_>| -> Vec<String> {
        let cells = record.cells.iter().flatten();
        cells.map(|cell| cell.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
    };
    let names = header.map(|at| cells(&first[at])).unwrap_or_default();
    let rows: Vec<Vec<String>> = first[header.map_or(0, |at| at + 1)..].iter().map(cells).collect();
    let width = rows.iter().map(Vec::len).chain([names.len()]).max().unwrap_or_default();
    (0..width.min(MOST_COLUMNS))
        .map(|at| {
            let header = names.get(at).cloned().unwrap_or_default();
            let filled = rows.iter().filter_map(|row| row.get(at)).filter(|cell| !cell.is_empty());
            let mut meaning = headers::recognize_header(&header);
            let status = statuses::column_meaning(&header, filled.clone().map(String::as_str));
            if let Some(status) = status.filter(|_| meaning == Header::Unknown) {
                meaning = Header::Status(status);
            }
            let most = if headers::is_secret(&header) { 0 } else { MOST_EXAMPLES };
            PreviewColumn {
                number: u32::try_from(at + 1).unwrap_or(u32::MAX),
                examples: filled.take(most).map(|cell| shortened(cell)).collect(),
                choice: ColumnChoice::from_header(meaning),
                header: shortened(&header),
            }
        })
        .collect()
}

fn shortened(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(LONGEST_EXAMPLE).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(text: &str) -> Vec<(String, Vec<String>, ColumnChoice)> {
        preview(text)
            .into_iter()
            .map(|column| (column.header, column.examples, column.choice))
            .collect()
    }

    #[test]
    fn columns_have_headers_and_first_cells() {
        let column = |header: &str, examples: &[&str], choice| {
            (header.to_owned(), examples.iter().map(|cell| (*cell).to_owned()).collect(), choice)
        };
        let list = "Reference;Box 1;Box 2;Vorname\n1;ana@example.com;a@example.net;Ana\n\
                    2;;b@example.net;Ben\n3;cleo@example.com;;\n4;d@example.com;;\n";
        let expected = [
            column("Reference", &["1", "2", "3"], ColumnChoice::Ignore),
            column(
                "Box 1",
                &["ana@example.com", "cleo@example.com", "d@example.com"],
                ColumnChoice::Ignore,
            ),
            column("Box 2", &["a@example.net", "b@example.net"], ColumnChoice::Ignore),
            column("Vorname", &["Ana", "Ben"], ColumnChoice::FirstName),
        ];
        assert_eq!(columns(list), expected);
        let bare = "1,alima,x\n2,bkim,y\n";
        let expected = [&["1", "2"], &["alima", "bkim"], &["x", "y"]]
            .map(|cells| column("", cells, ColumnChoice::Ignore));
        assert_eq!(columns(bare), expected);
    }

    #[test]
    fn secrets_are_not_shown() {
        for header in
            ["Password", "Temporary password", "Kennwort", "SSN", "National ID", "パスワード"]
        {
            let list = format!("A,B,{header},First name\n1,2,078-05-1120,Ana\n");
            let shown = columns(&list).into_iter().find(|(name, ..)| name == header);
            assert_eq!(shown.map(|(_, examples, _)| examples), Some(Vec::new()), "{header}");
        }
        let list = "A,Passport office,First name\n1,Lisbon,Ana\n";
        assert_eq!(columns(list)[1].1, ["Lisbon"]);
    }

    #[test]
    fn long_and_wide_lists_are_cut() {
        let wide = format!("First name{}\n", ",x".repeat(500));
        assert_eq!(preview(&wide).len(), MOST_COLUMNS);
        let long = format!("First name,Note\nAna,{}\n", "é".repeat(500));
        assert_eq!(columns(&long)[1].1, ["é".repeat(LONGEST_EXAMPLE)]);
        assert_eq!(preview(""), []);
    }
}
