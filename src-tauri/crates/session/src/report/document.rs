//! The parts of a rendered report, independent of the format.

use super::model::{UTC, time};
use setup::{Severity, Side};

pub(super) struct ReportDocument {
    pub(super) title: String,
    pub(super) lead: String,
    pub(super) standing: Cell,
    /// Notices at the top of the report.
    pub(super) notices: Vec<String>,
    /// The sections of the first page: results, open items and what to do if a user is locked out.
    pub(super) summary: Vec<Section>,
    pub(super) details: Vec<Section>,
    pub(super) foot: String,
}

/// A part with its own heading.
pub(super) struct Section {
    pub(super) title: String,
    pub(super) blocks: Vec<Block>,
}

pub(super) enum Block {
    Text(String),
    Bullets(Vec<String>),
    Table(Table),
    Finding(Box<Note>),
}

pub(super) struct Table {
    /// The table's subject, or the name of its side.
    pub(super) title: Option<String>,
    pub(super) side: Option<Side>,
    /// Column headings. If empty, the first column contains the row headings.
    pub(super) head: Vec<String>,
    pub(super) rows: Vec<Vec<Cell>>,
}

pub(super) struct Cell {
    pub(super) text: String,
    pub(super) ink: CellStyle,
}

/// How a cell is rendered.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum CellStyle {
    /// The app's own text.
    MessageCatalog,
    /// A value, shown exactly.
    Value,
    /// A time, kept on one line.
    Time,
    Mark(Mark),
}

/// A result, always shown as a symbol and a word. A result that the user confirmed never looks like
/// an observed result.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Good,
    Said,
    Warning,
    Bad,
    Open,
}

pub(super) struct Note {
    pub(super) severity: Severity,
    pub(super) title: String,
    pub(super) place: String,
    pub(super) texts: Vec<String>,
    /// Labels and values, to compare line by line.
    pub(super) compare: Vec<(String, String)>,
}

impl Mark {
    pub(super) fn sign(self) -> &'static str {
        match self {
            Mark::Good => "✓",
            Mark::Said => "◌",
            Mark::Warning => "△",
            Mark::Bad => "✗",
            Mark::Open => "–",
        }
    }

    pub(super) fn class(self) -> &'static str {
        match self {
            Mark::Good => "good",
            Mark::Said => "said",
            Mark::Warning => "warning",
            Mark::Bad => "bad",
            Mark::Open => "open",
        }
    }
}

pub(super) fn words(text: impl Into<String>) -> Cell {
    Cell { text: text.into(), ink: CellStyle::MessageCatalog }
}

pub(super) fn value(text: impl Into<String>) -> Cell {
    Cell { text: text.into(), ink: CellStyle::Value }
}

/// Returns a cell with a time from the report's model, in UTC but without `UTC`, because the
/// column's heading contains it.
pub(super) fn moment(text: &str) -> Cell {
    let text = time(text);
    let text = text.strip_suffix(UTC).map_or(text.clone(), str::to_owned);
    Cell { text, ink: CellStyle::Time }
}

pub(super) fn mark(mark: Mark, text: impl Into<String>) -> Cell {
    Cell { text: text.into(), ink: CellStyle::Mark(mark) }
}

/// Returns the text with visible symbols for invisible characters and for characters that reorder
/// text.
pub(super) fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\t' => shown.push(c),
            c if c.is_control() || is_unseen(c) => {
                shown.push_str(&format!("⟨U+{:04X}⟩", u32::from(c)));
            }
            c => shown.push(c),
        }
    }
    shown
}

fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}'
    )
}
