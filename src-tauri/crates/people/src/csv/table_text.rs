//! A table in text form, for lists that aren't plain text or aren't in rows.

use super::{ListError, MAX_BYTES};

/// The first character of a converted list, whose rows are lines and whose cells are separated by
/// tabs.
pub(super) const MARK: char = '\u{1f}';

/// The maximum length of a list converted from another format, in bytes.
const MOST_TEXT: usize = 2 * MAX_BYTES;

pub(super) struct TableText {
    text: String,
    rows: usize,
}

impl TableText {
    pub(super) fn new() -> Self {
        Self { text: MARK.to_string(), rows: 0 }
    }

    /// Adds a row at a position, starting at 0. Adds empty rows before it if needed.
    pub(super) fn add<'c>(
        &mut self,
        row: usize,
        cells: impl Iterator<Item = &'c str>,
    ) -> Result<(), ListError> {
        self.text.extend(std::iter::repeat_n('\n', row.saturating_sub(self.rows)));
        self.rows = self.rows.max(row) + 1;
        for (at, cell) in cells.enumerate() {
            if at > 0 {
                self.text.push('\t');
            }
            self.cell(cell);
            if self.text.len() > MOST_TEXT {
                return Err(ListError::TooLarge);
            }
        }
        self.text.push('\n');
        Ok(())
    }

    fn cell(&mut self, cell: &str) {
        let is_quoted = cell.trim_start().starts_with('"');
        self.text.extend(is_quoted.then_some('"'));
        for c in cell.chars() {
            match c {
                '\t' | '\n' | '\r' => self.text.push(' '),
                '"' if is_quoted => self.text.push_str("\"\""),
                c => self.text.push(c),
            }
        }
        self.text.extend(is_quoted.then_some('"'));
    }

    pub(super) fn into_text(self) -> String {
        self.text
    }
}
