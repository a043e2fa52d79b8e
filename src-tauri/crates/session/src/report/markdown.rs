//! Renders the report as GitHub-flavored Markdown.

use super::document::{
    CellStyle, ReportBlock, ReportCell, ReportDocument, ReportNote, ReportTable, ResultMark,
    show_invisible_characters,
};
use setup::Severity;

pub(super) fn text(paper: &ReportDocument) -> String {
    let (title, standing, lead) =
        (escape_inline(&paper.title), cell(&paper.standing), escape_inline(&paper.lead));
    let mut out = format!("# {title}\n\n**{standing}**\n\n{lead}\n");
    for notice in &paper.notices {
        out.push_str(&format!("\n> **{}**\n", escape_inline(notice)));
    }
    for section in paper.summary.iter().chain(&paper.details) {
        out.push_str(&format!("\n## {}\n", escape_inline(&section.title)));
        for block in &section.blocks {
            out.push('\n');
            match block {
                ReportBlock::Text(text) => out.push_str(&format!("{}\n", escape_inline(text))),
                ReportBlock::Bullets(items) => {
                    for item in items {
                        out.push_str(&format!("- {}\n", escape_inline(item)));
                    }
                }
                ReportBlock::Table(part) => table(part, &mut out),
                ReportBlock::Finding(note) => finding(note, &mut out),
            }
        }
    }
    out.push_str(&format!("\n---\n\n{}\n", escape_inline(&paper.foot)));
    out
}

fn table(table: &ReportTable, out: &mut String) {
    if let Some(title) = &table.title {
        out.push_str(&format!("### {}\n\n", escape_inline(title)));
    }
    let columns =
        table.rows.iter().map(Vec::len).chain([table.head.len()]).max().unwrap_or_default();
    let head = (0..columns)
        .map(|at| table.head.get(at).map(|name| escape_inline(name)).unwrap_or_default());
    row(head, out);
    row((0..columns).map(|_| "---".to_owned()), out);
    for cells in &table.rows {
        row((0..columns).map(|at| cells.get(at).map(cell).unwrap_or_default()), out);
    }
}

fn row(cells: impl Iterator<Item = String>, out: &mut String) {
    out.push('|');
    for cell in cells {
        out.push_str(&format!(" {cell} |"));
    }
    out.push('\n');
}

fn cell(cell: &ReportCell) -> String {
    match cell.ink {
        CellStyle::MessageCatalog | CellStyle::Time => escape_inline(&cell.text),
        CellStyle::Value => value(&cell.text).replace('|', "\\|"),
        CellStyle::Mark(ResultMark::Open) => escape_inline(&cell.text),
        CellStyle::Mark(mark) => format!("{} {}", mark.sign(), escape_inline(&cell.text)),
    }
}

fn finding(note: &ReportNote, out: &mut String) {
    let sign = match note.severity {
        Severity::Error => ResultMark::Bad.sign(),
        Severity::Warning => ResultMark::Warning.sign(),
        Severity::Info => "ℹ",
    };
    out.push_str(&format!(
        "### {sign} {}\n\n_{}_\n",
        escape_inline(&note.title),
        escape_inline(&note.place)
    ));
    for text in &note.texts {
        out.push_str(&format!("\n{}\n", escape_inline(text)));
    }
    if !note.compare.is_empty() {
        out.push('\n');
    }
    for (label, text) in &note.compare {
        out.push_str(&format!("- {}: {}\n", escape_inline(label), value(text)));
    }
}

/// Escapes text so that it stays on one line and contains no markup.
fn escape_inline(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in show_invisible_characters(text).chars() {
        match c {
            '\n' | '\t' => escaped.push(' '),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&'
            | '!' | '$' => {
                escaped.push('\\');
                escaped.push(c);
            }
            c => escaped.push(c),
        }
    }
    // GitHub turns plain addresses into links.
    let mut escaped = escaped.replace("://", "\\://").replace("www.", "www\\.");
    // At the start of a line, these characters start a list or underline a heading.
    if escaped.starts_with(['-', '+', '=']) {
        escaped.insert(0, '\\');
    }
    match escaped.find(|c: char| !c.is_ascii_digit()) {
        Some(at) if at > 0 && escaped[at..].starts_with(['.', ')']) => escaped.insert(at, '\\'),
        _ => {}
    }
    escaped
}

/// Renders a value character by character, in a code span that no character of the value can close.
fn value(text: &str) -> String {
    let text = show_invisible_characters(text).replace('\n', "⏎").replace('\t', "⇥");
    if text.is_empty() {
        return text;
    }
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let space = if text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

#[cfg(test)]
mod tests {
    use super::{escape_inline, value};

    #[test]
    fn markdown_text_is_escaped() {
        for (text, expect) in [
            ("# nOps *team*", "\\# nOps \\*team\\*"),
            ("<script>alert(1)</script>", "\\<script\\>alert(1)\\</script\\>"),
            ("[x](javascript:1)", "\\[x\\](javascript:1)"),
            ("see https://x.example: www.x", "see https\\://x.example: www\\.x"),
            ("a | b\nc", "a \\| b c"),
            ("- item", "\\- item"),
            ("1. item", "1\\. item"),
            ("3 people", "3 people"),
            ("a\u{202E}b", "a⟨U+202E⟩b"),
        ] {
            assert_eq!(escape_inline(text), expect);
        }
    }

    #[test]
    fn values_stay_in_code_spans() {
        for (text, expect) in [
            ("https://app.nops.io/?acs", "`https://app.nops.io/?acs`"),
            ("a`b", "``a`b``"),
            ("``", "``` `` ```"),
            (" x", "`  x `"),
            ("a\nb", "`a⏎b`"),
            ("", ""),
        ] {
            assert_eq!(value(text), expect);
        }
    }
}
