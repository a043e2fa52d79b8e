//! Merges the text and the HTML that a browser copies from the page. Either can be incomplete:
//! Firefox omits input values from the text, and Chromium's HTML contains the values from when the
//! page was loaded.

use super::table;
use crate::Mapping;

/// Parses a copied table, and uses the more complete version of each cell.
pub fn parse_copied_table(text: &str, html: Option<&str>) -> Option<Vec<Mapping>> {
    let boxes = html.is_some_and(|html| html.to_ascii_lowercase().contains("<input"));
    match (table::parse_table(text), html.and_then(table::parse_table)) {
        (Some(text), Some(html)) => Some(merge_rows(text, html, boxes)),
        (text, html) => text.or(html),
    }
}

/// Merges the rows. The more complete table determines the rows.
fn merge_rows(text: Vec<Mapping>, html: Vec<Mapping>, boxes: bool) -> Vec<Mapping> {
    let (text_cells, html_cells) = (count_filled_cells(&text), count_filled_cells(&html));
    let text_decides = text_cells > html_cells || (text_cells == html_cells && boxes);
    let (rows, others) = if text_decides { (&text, &html) } else { (&html, &text) };
    let mut unused: Vec<Option<&Mapping>> = others.iter().map(Some).collect();
    rows.iter()
        .map(|row| {
            let same = |other: &Option<&Mapping>| {
                other.is_some_and(|other| other.attribute.trim() == row.attribute.trim())
            };
            let other = unused.iter().position(same).and_then(|at| unused[at].take());
            match other {
                None => row.clone(),
                Some(other) if text_decides => merged(row, other, boxes),
                Some(other) => merged(other, row, boxes),
            }
        })
        .collect()
}

fn merged(text: &Mapping, html: &Mapping, boxes: bool) -> Mapping {
    let pick = |text: &str, html: &str| choose_complete_cell(text, html, boxes).to_owned();
    Mapping {
        attribute: pick(&text.attribute, &html.attribute),
        value: pick(&text.value, &html.value),
        format: pick(&text.format, &html.format),
    }
}

/// Prefers a cell that isn't empty, then a cell that isn't truncated, and then the more recent
/// cell.
fn choose_complete_cell<'a>(text: &'a str, html: &'a str, boxes: bool) -> &'a str {
    let lacks = |cell: &str, other: &str| {
        let stem = super::without_ellipsis(cell);
        let cut = stem.is_some_and(|_| super::without_ellipsis(other).is_none());
        cell.trim().is_empty() || cut || is_start(cell.trim_end(), other)
    };
    match (lacks(text, html), lacks(html, text)) {
        (true, false) => html,
        (false, true) => text,
        _ if boxes => text,
        _ => html,
    }
}

fn is_start(cell: &str, of: &str) -> bool {
    let of = of.trim_end();
    of.len() > cell.len() && of.starts_with(cell) && of.ends_with('}')
}

fn count_filled_cells(rows: &[Mapping]) -> usize {
    rows.iter()
        .flat_map(|row| [&row.attribute, &row.value, &row.format])
        .filter(|cell| !cell.trim().is_empty() && super::without_ellipsis(cell).is_none())
        .count()
}
