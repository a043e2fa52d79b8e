//! The parts of a rendered report, independent of the format.

use super::model::{UTC, time};
use setup::{Severity, Side};

pub(super) struct ReportDocument {
    pub(super) title: String,
    pub(super) lead: String,
    pub(super) standing: ReportCell,
    /// Notices at the top of the report.
    pub(super) notices: Vec<String>,
    /// The sections of the first page: results, open items and what to do if a user is locked out.
    pub(super) summary: Vec<ReportSection>,
    pub(super) details: Vec<ReportSection>,
    pub(super) foot: String,
}

/// A part with its own heading.
pub(super) struct ReportSection {
    pub(super) title: String,
    pub(super) blocks: Vec<ReportBlock>,
}

pub(super) enum ReportBlock {
    Text(String),
    Bullets(Vec<String>),
    Table(ReportTable),
    Finding(Box<ReportNote>),
}

pub(super) struct ReportTable {
    /// The table's subject, or the name of its side.
    pub(super) title: Option<String>,
    pub(super) side: Option<Side>,
    /// Column headings. If empty, the first column contains the row headings.
    pub(super) head: Vec<String>,
    pub(super) rows: Vec<Vec<ReportCell>>,
}

pub(super) struct ReportCell {
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
    Mark(ResultMark),
}

/// A result, always shown as a symbol and a word. A result that the user confirmed never looks like
/// an observed result.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ResultMark {
    Good,
    Said,
    Warning,
    Bad,
    Open,
}

pub(super) struct ReportNote {
    pub(super) severity: Severity,
    pub(super) title: String,
    pub(super) place: String,
    pub(super) texts: Vec<String>,
    /// Labels and values, to compare line by line.
    pub(super) compare: Vec<(String, String)>,
}

impl ResultMark {
    pub(super) fn sign(self) -> &'static str {
        match self {
            ResultMark::Good => "✓",
            ResultMark::Said => "◌",
            ResultMark::Warning => "△",
            ResultMark::Bad => "✗",
            ResultMark::Open => "–",
        }
    }

    pub(super) fn css_class(self) -> &'static str {
        match self {
            ResultMark::Good => "good",
            ResultMark::Said => "said",
            ResultMark::Warning => "warning",
            ResultMark::Bad => "bad",
            ResultMark::Open => "open",
        }
    }
}

pub(super) fn text_cell(text: impl Into<String>) -> ReportCell {
    ReportCell { text: text.into(), ink: CellStyle::MessageCatalog }
}

pub(super) fn value(text: impl Into<String>) -> ReportCell {
    ReportCell { text: text.into(), ink: CellStyle::Value }
}

/// Returns a cell with a time from the report's model, in UTC but without `UTC`, because the
/// column's heading contains it.
pub(super) fn time_cell(text: &str) -> ReportCell {
    let text = time(text);
    let text = text.strip_suffix(UTC).map_or(text.clone(), str::to_owned);
    ReportCell { text, ink: CellStyle::Time }
}

pub(super) fn mark_cell(mark: ResultMark, text: impl Into<String>) -> ReportCell {
    ReportCell { text: text.into(), ink: CellStyle::Mark(mark) }
}

/// Returns the text with visible symbols for invisible characters and for characters that reorder
/// text.
pub(super) fn show_invisible_characters(text: &str) -> String {
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
