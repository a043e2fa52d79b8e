//! Splits text into rows of cells, with any common separator.
//!
//! A quoted cell can contain line breaks. An unclosed quotation mark affects only its own line.

use std::borrow::Cow;

use super::table_text::MARK;
use crate::PersonError;

/// The maximum number of columns in a list. The largest exports have about 200.
pub(super) const MOST_CELLS: usize = 1_000;

/// The maximum length of a quoted cell with line breaks, in bytes.
const LONGEST_QUOTE: usize = 8_192;

/// The number of lines used to recognize how the text is written.
const LINES: usize = 30;

/// The separators, starting with the one that is rarest in names.
const SEPARATORS: [u8; 4] = *b"\t|;,";

/// A row that isn't blank.
#[derive(Clone, Debug)]
pub(super) struct CsvRow<'a> {
    /// Line number, starting at 1.
    pub(super) line: u32,
    /// The first line of the row.
    pub(super) text: &'a str,
    pub(super) cells: Result<Vec<Cow<'a, str>>, PersonError>,
}

/// The rows of the text, in order.
#[derive(Clone)]
pub(super) struct CsvRows<'a> {
    rest: &'a str,
    /// The number of the next line.
    line: u32,
    line_end: u8,
    separator: u8,
    /// Each line is in quotation marks as a whole.
    is_wrapped: bool,
}

impl<'a> CsvRows<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let text = text.trim_start_matches('\u{feff}');
        let line_end = if text.contains('\n') { b'\n' } else { b'\r' };
        let mut records =
            Self { rest: text, line: 1, line_end, separator: b',', is_wrapped: false };
        if let Some(table) = text.strip_prefix(MARK) {
            return Self { rest: table, separator: b'\t', ..records };
        }
        let mut start = records.clone();
        let declared = start.line().and_then(|(_, first)| declared_separator(first));
        match declared {
            Some(separator) => records = Self { separator, ..start },
            None => {
                records.is_wrapped = records.has_wrapped_lines();
                records.separator = records.likeliest_separator();
            }
        }
        records
    }

    /// Returns the next line that isn't blank, with its number.
    fn line(&mut self) -> Option<(u32, &'a str)> {
        while !self.rest.is_empty() {
            let end = self.rest.find(char::from(self.line_end)).unwrap_or(self.rest.len());
            let text = self.rest[..end].trim_end_matches('\r');
            let number = self.line;
            self.rest = self.rest.get(end + 1..).unwrap_or_default();
            self.line += 1;
            if text.chars().any(|c| !c.is_whitespace() && !matches!(c, ',' | ';' | '|')) {
                return Some((number, text));
            }
        }
        None
    }

    /// Returns whether all first lines are in quotation marks as a whole, as in `"ana@example.com,Ana"`.
    fn has_wrapped_lines(&self) -> bool {
        let mut lines = self.clone();
        let lines: Vec<Option<&str>> =
            std::iter::from_fn(|| lines.line()).take(LINES).map(|(_, line)| inner(line)).collect();
        let mut counts = lines.iter().map(|line| line.map_or(0, |line| count(line, b',')));
        let most = counts.clone().next().unwrap_or_default();
        most > 0
            && counts.all(|count| count == most)
            && lines.iter().flatten().any(|line| line.contains('@') && !line.contains('<'))
    }

    /// Returns the separator that occurs the same number of times in most of the first lines,
    /// outside quotation marks.
    fn likeliest_separator(&self) -> u8 {
        let mut lines = self.clone();
        let lines: Vec<&str> =
            std::iter::from_fn(|| lines.line()).take(LINES).map(|(_, line)| line).collect();
        if self.is_wrapped {
            return b',';
        }
        let regularity = |separator: &u8| {
            let counts: Vec<usize> = lines.iter().map(|line| count(line, *separator)).collect();
            let lines = |most: usize| counts.iter().filter(|count| **count == most).count();
            counts.iter().filter(|most| **most > 0).map(|most| (lines(*most), *most)).max()
        };
        let best = SEPARATORS.iter().rev().max_by_key(|separator| regularity(separator));
        best.copied().unwrap_or(b',')
    }

    fn read_quoted_row(
        &mut self,
        line: &'a str,
        text: &'a str,
    ) -> Result<Vec<Cow<'a, str>>, PersonError> {
        let mut cells = Vec::new();
        let mut rest = text;
        loop {
            let cell = Cell::parse(rest, self.separator, self.line_end)?;
            rest = cell.rest;
            if cells.len() <= MOST_CELLS {
                cells.push(cell.text);
            }
            if cell.is_last {
                break;
            }
            // A line with too many cells is rejected, so its remaining cells aren't read.
            if cells.len() > MOST_CELLS && text.len() - rest.len() < line.len() {
                return Err(PersonError::Columns);
            }
        }
        let read = &text[..text.len() - rest.len()];
        if read.len() > line.len() {
            let breaks = read.bytes().filter(|byte| *byte == self.line_end).count();
            self.line += u32::try_from(breaks).unwrap_or(u32::MAX).saturating_sub(1);
            self.rest = rest;
        }
        limit_cells(cells)
    }
}

impl<'a> Iterator for CsvRows<'a> {
    type Item = CsvRow<'a>;

    fn next(&mut self) -> Option<CsvRow<'a>> {
        let whole = self.clone();
        let (number, line) = self.line()?;
        let wrapped = if self.is_wrapped { inner(line) } else { None };
        let line = wrapped.unwrap_or(line);
        let cells = if line.contains('"') {
            // `line` starts after any blank lines, so skip them in the text too.
            let skipped = line.as_ptr() as usize - whole.rest.as_ptr() as usize;
            self.read_quoted_row(line, &whole.rest[skipped..])
        } else {
            let cells = line.split(char::from(self.separator)).take(MOST_CELLS + 1);
            limit_cells(cells.map(|cell| Cow::Borrowed(unwrapped(cell.trim()))).collect())
        };
        Some(CsvRow { line: number, text: line, cells })
    }
}

/// A cell at the start of some text.
struct Cell<'a> {
    text: Cow<'a, str>,
    /// The text after the cell's separator or line end.
    rest: &'a str,
    is_last: bool,
}

impl<'a> Cell<'a> {
    fn parse(text: &'a str, separator: u8, line_end: u8) -> Result<Self, PersonError> {
        let separators = [char::from(separator), char::from(line_end)];
        let blank =
            |c: char| c == ' ' || c == '\r' && line_end == b'\n' || c == '\t' && separator != b'\t';
        let start = text.trim_start_matches(blank);
        let Some(quoted) = start.strip_prefix('"') else {
            return Ok(Self::new_ending_at(
                text,
                text.find(separators).unwrap_or(text.len()),
                line_end,
            ));
        };
        let close = closing_quote(quoted)?;
        let (cell, after) = (&quoted[..close], &quoted[close + 1..]);
        let after = after.trim_start_matches(blank);
        if after.is_empty() || after.starts_with(separators) {
            let at = text.len() - after.len();
            let ended = Self::new_ending_at(text, at, line_end);
            let cell = cell.trim();
            let cell = match cell.contains("\"\"") {
                true => Cow::Owned(unwrapped(&cell.replace("\"\"", "\"")).to_owned()),
                false => Cow::Borrowed(unwrapped(cell)),
            };
            return Ok(Self { text: cell, ..ended });
        }
        // Text after the closing mark, as in `"Lima, Ana" <ana@example.com>`.
        if cell.contains(char::from(line_end)) {
            return Err(PersonError::UnclosedQuote);
        }
        let end = after.find(separators).map_or(text.len(), |end| text.len() - after.len() + end);
        Ok(Self::new_ending_at(text, end, line_end))
    }

    fn new_ending_at(text: &'a str, end: usize, line_end: u8) -> Self {
        let is_last = text.as_bytes().get(end).is_none_or(|byte| *byte == line_end);
        let rest = text.get(end + 1..).unwrap_or_default();
        Self { text: Cow::Borrowed(unwrapped(text[..end].trim())), rest, is_last }
    }
}

/// Removes typographic quotation marks around a cell, and the formula that Excel users write to keep
/// leading zeros: `="0012"`.
fn unwrapped(cell: &str) -> &str {
    [("=\"", "\""), ("“", "”"), ("„", "“")]
        .iter()
        .find_map(|(start, end)| cell.strip_prefix(start)?.strip_suffix(end))
        .map_or(cell, str::trim)
}

/// Finds the quotation mark that closes a cell. Two quotation marks in a row are part of the cell.
fn closing_quote(quoted: &str) -> Result<usize, PersonError> {
    let bytes = &quoted.as_bytes()[..quoted.len().min(LONGEST_QUOTE)];
    let mut at = 0;
    while let Some(found) = bytes.get(at..).and_then(|rest| rest.iter().position(|b| *b == b'"')) {
        let close = at + found;
        if quoted.as_bytes().get(close + 1) != Some(&b'"') {
            return Ok(close);
        }
        at = close + 2;
    }
    Err(PersonError::UnclosedQuote)
}

fn limit_cells(cells: Vec<Cow<'_, str>>) -> Result<Vec<Cow<'_, str>>, PersonError> {
    if cells.len() > MOST_CELLS { Err(PersonError::Columns) } else { Ok(cells) }
}

/// Returns the text of a line that is in quotation marks as a whole and has no other ones.
fn inner(line: &str) -> Option<&str> {
    let inner = line.trim().strip_prefix('"')?.strip_suffix('"')?;
    (!inner.contains('"')).then_some(inner)
}

/// Parses `sep=;`, which Excel writes in the first line.
fn declared_separator(line: &str) -> Option<u8> {
    match line.trim_matches([' ', '"']).strip_prefix("sep=")?.as_bytes() {
        [separator] if separator.is_ascii() => Some(*separator),
        _ => None,
    }
}

fn count(line: &str, separator: u8) -> usize {
    let mut quoted = false;
    let bytes = line.bytes().filter(|byte| {
        quoted ^= *byte == b'"';
        !quoted && *byte == separator
    });
    bytes.count()
}
