//! Renders the report as one HTML file.

use aws_lc_rs::digest::{SHA256, digest};
use base64::{Engine, engine::general_purpose::STANDARD};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::document::{
    CellStyle, ReportBlock, ReportCell, ReportDocument, ReportNote, ReportSection, ReportTable,
    show_invisible_characters,
};
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
                title { (show_invisible_characters(&paper.title)) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                main {
                    header {
                        h1 { (show_invisible_characters(&paper.title)) }
                        p.standing { (cell(&paper.standing)) }
                        p.lead { (show_invisible_characters(&paper.lead)) }
                        @for notice in &paper.notices { p.notice { (show_invisible_characters(notice)) } }
                    }
                    div.summary { @for part in &paper.summary { (section(part, words)) } }
                    div.details { @for part in &paper.details { (section(part, words)) } }
                    footer { p { (show_invisible_characters(&paper.foot)) } }
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

fn section(section: &ReportSection, words: &MessageCatalog) -> Markup {
    html! {
        section {
            h2 { (show_invisible_characters(&section.title)) }
            @for block in &section.blocks {
                @match block {
                    ReportBlock::Text(text) => p { (show_invisible_characters(text)) },
                    ReportBlock::Bullets(items) => ul { @for item in items { li { (show_invisible_characters(item)) } } },
                    ReportBlock::Table(part) => (table(part)),
                    ReportBlock::Finding(note) => (finding(note, words)),
                }
            }
        }
    }
}

fn table(table: &ReportTable) -> Markup {
    let side = match table.side {
        Some(Side::Aws) => "aws",
        Some(Side::Nops) => "nops",
        None => "plain",
    };
    html! {
        table class=(side) {
            @if let Some(title) = &table.title { caption { (show_invisible_characters(title)) } }
            @if !table.head.is_empty() {
                thead { tr { @for name in &table.head { th scope="col" { (show_invisible_characters(name)) } } } }
            }
            tbody {
                @for row in &table.rows {
                    tr {
                        @for (at, part) in row.iter().enumerate() {
                            @if at == 0 && part.ink == CellStyle::MessageCatalog {
                                th scope="row" { (show_invisible_characters(&part.text)) }
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
fn column(cell: &ReportCell) -> Option<&'static str> {
    match cell.ink {
        CellStyle::Value => Some("value"),
        CellStyle::Time => Some("time"),
        CellStyle::MessageCatalog | CellStyle::Mark(_) => None,
    }
}

fn cell(cell: &ReportCell) -> Markup {
    let text = show_invisible_characters(&cell.text);
    match cell.ink {
        CellStyle::MessageCatalog | CellStyle::Time => html! { (text) },
        CellStyle::Value if text.is_empty() => html! {},
        CellStyle::Value => html! { code { (text) } },
        CellStyle::Mark(mark) => html! {
            span class={ "mark " (mark.css_class()) } {
                span aria-hidden="true" { (mark.sign()) } " " (text)
            }
        },
    }
}

fn finding(note: &ReportNote, words: &MessageCatalog) -> Markup {
    let (class, key) = match note.severity {
        Severity::Error => ("finding error", "severity-error"),
        Severity::Warning => ("finding warning", "severity-warning"),
        Severity::Info => ("finding info", "severity-info"),
    };
    html! {
        article class=(class) {
            h3 { (words.format_plain(key)) ": " (show_invisible_characters(&note.title)) }
            p.place { (show_invisible_characters(&note.place)) }
            @for text in &note.texts { p { (show_invisible_characters(text)) } }
            @if !note.compare.is_empty() {
                dl {
                    @for (label, value) in &note.compare {
                        dt { (label) }
                        dd { code { (show_invisible_characters(value)) } }
                    }
                }
            }
        }
    }
}
