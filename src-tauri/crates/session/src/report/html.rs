//! Renders the report as one HTML file.

use aws_lc_rs::digest::{SHA256, digest};
use base64::{Engine, engine::general_purpose::STANDARD};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::document::{Block, Cell, CellStyle, Note, ReportDocument, Section, Table, visible};
use messages::MessageCatalog;
use setup::{Severity, Side};

const STYLE: &str = include_str!("report.css");

pub(super) fn page(paper: &ReportDocument, words: &MessageCatalog) -> String {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                // The policy blocks scripts and external content wherever the file is opened.
                meta http-equiv="Content-Security-Policy" content=(policy());
                meta name="referrer" content="no-referrer";
                title { (visible(&paper.title)) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                main {
                    header {
                        h1 { (visible(&paper.title)) }
                        p.standing { (cell(&paper.standing)) }
                        p.lead { (visible(&paper.lead)) }
                        @for notice in &paper.notices { p.notice { (visible(notice)) } }
                    }
                    div.summary { @for part in &paper.summary { (section(part, words)) } }
                    div.details { @for part in &paper.details { (section(part, words)) } }
                    footer { p { (visible(&paper.foot)) } }
                }
            }
        }
    }
    .into_string()
}

/// Returns a policy that allows only this style sheet.
fn policy() -> String {
    let sheet = STANDARD.encode(digest(&SHA256, STYLE.as_bytes()));
    format!("default-src 'none'; style-src 'sha256-{sheet}'; base-uri 'none'; form-action 'none'")
}

fn section(section: &Section, words: &MessageCatalog) -> Markup {
    html! {
        section {
            h2 { (visible(&section.title)) }
            @for block in &section.blocks {
                @match block {
                    Block::Text(text) => p { (visible(text)) },
                    Block::Bullets(items) => ul { @for item in items { li { (visible(item)) } } },
                    Block::Table(part) => (table(part)),
                    Block::Finding(note) => (finding(note, words)),
                }
            }
        }
    }
}

fn table(table: &Table) -> Markup {
    let side = match table.side {
        Some(Side::Aws) => "aws",
        Some(Side::Nops) => "nops",
        None => "plain",
    };
    html! {
        table class=(side) {
            @if let Some(title) = &table.title { caption { (visible(title)) } }
            @if !table.head.is_empty() {
                thead { tr { @for name in &table.head { th scope="col" { (visible(name)) } } } }
            }
            tbody {
                @for row in &table.rows {
                    tr {
                        @for (at, part) in row.iter().enumerate() {
                            @if at == 0 && part.ink == CellStyle::MessageCatalog {
                                th scope="row" { (visible(&part.text)) }
                            } @else {
                                td class=[column(part)] { (cell(part)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The class that sets a column's width.
fn column(cell: &Cell) -> Option<&'static str> {
    match cell.ink {
        CellStyle::Value => Some("value"),
        CellStyle::Time => Some("time"),
        CellStyle::MessageCatalog | CellStyle::Mark(_) => None,
    }
}

fn cell(cell: &Cell) -> Markup {
    let text = visible(&cell.text);
    match cell.ink {
        CellStyle::MessageCatalog | CellStyle::Time => html! { (text) },
        CellStyle::Value if text.is_empty() => html! {},
        CellStyle::Value => html! { code { (text) } },
        CellStyle::Mark(mark) => html! {
            span class={ "mark " (mark.class()) } {
                span aria-hidden="true" { (mark.sign()) } " " (text)
            }
        },
    }
}

fn finding(note: &Note, words: &MessageCatalog) -> Markup {
    let (class, key) = match note.severity {
        Severity::Error => ("finding error", "severity-error"),
        Severity::Warning => ("finding warning", "severity-warning"),
        Severity::Info => ("finding info", "severity-info"),
    };
    html! {
        article class=(class) {
            h3 { (words.word(key)) ": " (visible(&note.title)) }
            p.place { (visible(&note.place)) }
            @for text in &note.texts { p { (visible(text)) } }
            @if !note.compare.is_empty() {
                dl {
                    @for (label, value) in &note.compare {
                        dt { (label) }
                        dd { code { (visible(value)) } }
                    }
                }
            }
        }
    }
}
