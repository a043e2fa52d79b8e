//! What a report on paper is made of, whatever the form.

use setup::{Severity, Side};

/// A whole report.
pub(super) struct ReportDocument {
    pub(super) title: String,
    pub(super) lead: String,
    /// Where the setup stands.
    pub(super) standing: Cell,
    /// Said in front of everything else.
    pub(super) notices: Vec<String>,
    pub(super) sections: Vec<Section>,
    pub(super) foot: String,
}

/// A part under a heading of its own.
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
    /// Says what the table is about; a side's name where it is one side's.
    pub(super) title: Option<String>,
    pub(super) side: Option<Side>,
    /// Without headings the first column is the heading of its row.
    pub(super) head: Vec<String>,
    pub(super) rows: Vec<Vec<Cell>>,
}

pub(super) struct Cell {
    pub(super) text: String,
    pub(super) ink: CellStyle,
}

/// How a cell is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum CellStyle {
    /// Words of ours.
    Words,
    /// A value, character by character.
    Value,
    Mark(Mark),
}

/// A result: always a sign and a word. What was only said never looks like what was seen.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Good,
    Said,
    Warning,
    Bad,
    Open,
}

/// A finding.
pub(super) struct Note {
    pub(super) severity: Severity,
    pub(super) title: String,
    pub(super) place: String,
    pub(super) texts: Vec<String>,
    /// Label and value, to be compared line by line.
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
    Cell { text: text.into(), ink: CellStyle::Words }
}

pub(super) fn value(text: impl Into<String>) -> Cell {
    Cell { text: text.into(), ink: CellStyle::Value }
}

pub(super) fn mark(mark: Mark, text: impl Into<String>) -> Cell {
    Cell { text: text.into(), ink: CellStyle::Mark(mark) }
}

/// The text with characters shown that could not be seen or would reorder their neighbours.
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
