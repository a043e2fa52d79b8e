//! Parses the attribute-mapping page in any format that it can be copied in.

use std::collections::HashSet;

use super::html_table;
use crate::Mapping;

/// The maximum length of the text to parse, in bytes. The text of the mappings page is about 1 KB.
const LONGEST: usize = 256 * 1024;

/// The maximum number of line breaks and separators. A text copy of the whole page has fewer.
const MOST_BREAKS: usize = 20_000;

/// The maximum number of rows. An application has fewer.
const MOST_ROWS: usize = 64;

/// The formats that the console offers, in lowercase.
const FORMATS: [&str; 9] = [
    "basic",
    "emailaddress",
    "entity",
    "kerberos",
    "persistent",
    "transient",
    "unspecified",
    "uri",
    "x509subjectname",
];

/// Parses the copied attribute-mapping page. The input can be text with tabs, pipes, commas, arrows
/// or spaces, text with one cell per line, or HTML with inputs. Returns `None` if it contains no
/// table.
pub fn parse_table(text: &str) -> Option<Vec<Mapping>> {
    if text.len() > LONGEST || (!html_table::is_markup(text) && has_too_many_breaks(text)) {
        return None;
    }
    let rows = rows(cells(text));
    let looks_like_one = rows.iter().any(|row: &Mapping| {
        is_mapping_value(&row.value) || (is_subject(&row.attribute) && !row.format.is_empty())
    });
    (looks_like_one && rows.len() <= MOST_ROWS).then_some(rows)
}

fn has_too_many_breaks(text: &str) -> bool {
    text.bytes().filter(|byte| b"\r\n\t,;|".contains(byte)).nth(MOST_BREAKS).is_some()
}

/// Returns the cells of each line, without headings and blank lines.
fn cells(text: &str) -> Vec<Vec<String>> {
    let lines: Vec<Vec<String>> = if html_table::is_markup(text) {
        html_table::rows(text)
    } else {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let split = separator(&text);
        text.lines().map(split).collect()
    };
    let lines = lines
        .into_iter()
        .map(|cells| cells.iter().map(|cell| without_fixed_blanks(cell)).collect::<Vec<_>>())
        .filter(|cells| cells.iter().any(|cell| !cell.trim().is_empty()) && !is_heading(cells))
        .collect();
    without_leading_column(lines)
}

fn rows(lines: Vec<Vec<String>>) -> Vec<Mapping> {
    // Pasting into a single-line input removes line breaks.
    let is_one_line =
        |cells: &Vec<String>| cells.iter().filter(|cell| is_mapping_value(cell)).count() > 1;
    if lines.iter().any(is_one_line) {
        return rows_from_single_cells(
            lines.into_iter().flatten().filter(|cell| !is_blank_cell(cell)).collect(),
        );
    }
    if lines.iter().any(|cells| cells.len() >= 2) {
        let wide = lines.iter().filter(|cells| cells.len() >= 2);
        return wide.map(|cells| row(cells)).filter(|row| !is_blank_cell(&row.attribute)).collect();
    }
    rows_from_single_cells(lines.into_iter().flatten().collect())
}

fn row(cells: &[String]) -> Mapping {
    let cell = |at: Option<usize>| at.and_then(|at| cells.get(at)).cloned().unwrap_or_default();
    let [mut attribute, mut value, mut format] = [Some(0), Some(1), Some(2)];
    // Use AWS's column order (name, value, format), unless the value is in another column or the
    // format is in the value's column.
    let found_value = cells.iter().position(|cell| is_mapping_value(cell));
    let found_format = cells.iter().position(|cell| is_format(cell));
    if found_value.is_some_and(|at| at != 1) || (found_value.is_none() && found_format == Some(1)) {
        let others = (0..cells.len()).filter(|at| Some(*at) != found_value);
        (value, format) = (found_value, found_format);
        attribute =
            others.filter(|at| Some(*at) != found_format).find(|at| !is_blank_cell(&cells[*at]));
    }
    Mapping { attribute: cell(attribute), value: cell(value), format: cell(format) }
}

/// Builds rows from lines with one cell each. A name starts a row, and a format ends it.
fn rows_from_single_cells(cells: Vec<String>) -> Vec<Mapping> {
    let in_threes = cells.len().is_multiple_of(3)
        && cells.chunks_exact(3).all(|row| is_format(&row[2]) && !is_format(&row[0]));
    if in_threes {
        return cells.chunks_exact(3).map(row).collect();
    }
    let mut rows: Vec<Mapping> = Vec::new();
    for cell in cells {
        match rows.last_mut() {
            Some(row) if is_mapping_value(&cell) && row.value.is_empty() => row.value = cell,
            Some(row) if is_format(&cell) && row.format.is_empty() => row.format = cell,
            // A row without a value still has a format.
            _ if is_format(&cell) => {}
            _ => rows.push(Mapping { attribute: cell, ..Mapping::default() }),
        }
    }
    // A cell with neither value nor format is a button or other page text, unless its name looks
    // like a row's name. An empty row's format can be attached to the button before the row, so
    // buttons are detected by name.
    let named = |name: &str| is_subject(name) || name.to_lowercase().starts_with("user.");
    let labels: HashSet<String> = rows
        .iter()
        .filter(|row| row.value.is_empty() && row.format.is_empty() && !named(&row.attribute))
        .map(|row| row.attribute.clone())
        .collect();
    rows.retain(|row| !(row.value.is_empty() && labels.contains(&row.attribute)));
    rows
}

/// Chooses how to split lines into cells. If the separator is clear, keeps spaces inside a cell or
/// after a name, because they can be the user's mistake.
fn separator(text: &str) -> fn(&str) -> Vec<String> {
    let rows = |is: fn(&str) -> bool| text.lines().any(is);
    if text.contains('\t') {
        split_at_tabs
    } else if rows(|line| line.matches('|').count() >= 2) {
        split_at_pipes
    } else if rows(|line| split_at_wide_blanks(line).len() >= 2) {
        split_at_wide_blanks
    } else if rows(|line| ARROWS.iter().any(|arrow| line.contains(arrow))) {
        split_at_arrows
    } else if rows(|line| line.matches([',', ';']).count() >= 2) {
        split_at_commas
    } else if rows(|line| {
        line.split_whitespace().filter(|word| is_mapping_value(word)).count() >= 2
    }) {
        split_at_blanks
    } else if rows(|line| find_mapping_value(line).is_some_and(|(start, _)| start > 0)) {
        split_around_value
    } else {
        |line| vec![line.to_owned()]
    }
}

fn split_at_tabs(line: &str) -> Vec<String> {
    line.split('\t').map(str::to_owned).collect()
}

fn split_at_pipes(line: &str) -> Vec<String> {
    let line = line.trim();
    let line = line.strip_prefix('|').unwrap_or(line);
    let line = line.strip_suffix('|').unwrap_or(line);
    let cells: Vec<String> = line.split('|').map(|cell| cell.trim().to_owned()).collect();
    let rule = |cell: &String| cell.chars().all(|c| matches!(c, '-' | ':' | '=' | '+'));
    if cells.iter().all(rule) { Vec::new() } else { cells }
}

fn split_at_wide_blanks(line: &str) -> Vec<String> {
    let line = line.replace(NO_BREAK_SPACE, " ");
    line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).map(str::to_owned).collect()
}

fn split_at_blanks(line: &str) -> Vec<String> {
    line.split_whitespace().map(str::to_owned).collect()
}

const ARROWS: [&str; 4] = ["→", "->", "=>", "⇒"];

fn split_at_arrows(line: &str) -> Vec<String> {
    let Some((name, rest)) = ARROWS.iter().find_map(|arrow| line.split_once(arrow)) else {
        return vec![line.trim().to_owned()];
    };
    let name = name.trim().to_owned();
    let rest = rest.trim();
    let end = find_mapping_value(rest)
        .map_or_else(|| rest.find(char::is_whitespace).unwrap_or(rest.len()), |(_, end)| end);
    let (value, format) = rest.split_at(end);
    vec![name, value.trim().to_owned(), without_brackets(format)]
}

fn split_at_commas(line: &str) -> Vec<String> {
    line.trim().split([',', ';']).map(|cell| cell.trim().trim_matches('"').to_owned()).collect()
}

/// Splits a line with single spaces between cells, such as `Subject ${user:email} emailAddress`.
fn split_around_value(line: &str) -> Vec<String> {
    let Some((start, end)) = find_mapping_value(line) else {
        return vec![line.trim().to_owned()];
    };
    let name = line[..start].trim().trim_end_matches([':', '=']).trim_end();
    vec![name.to_owned(), line[start..end].to_owned(), without_brackets(&line[end..])]
}

fn without_brackets(format: &str) -> String {
    format.trim().trim_matches(|c| matches!(c, '(' | ')' | ',' | ';')).trim().to_owned()
}

/// Returns the position of a value such as `${user:email}` in a line.
fn find_mapping_value(line: &str) -> Option<(usize, usize)> {
    let braced = line.find("${").or_else(|| line.find('{')).or_else(|| line.find("$("));
    if let Some(start) = braced {
        let length = line[start..].find(['}', ')'])?;
        return Some((start, start + length + 1));
    }
    let start = line.find(BARE)?;
    let start = start - usize::from(line[..start].ends_with('$'));
    let length = line[start..].find(char::is_whitespace).unwrap_or(line.len() - start);
    Some((start, start + length))
}

/// The start of a value without its dollar sign and braces.
const BARE: &str = "user:";

fn is_mapping_value(cell: &str) -> bool {
    let start = cell.trim_start();
    cell.contains('{') || cell.contains("$(") || start.starts_with('$') || start.starts_with(BARE)
}

fn is_format(cell: &str) -> bool {
    let name = super::format_name(cell).to_ascii_lowercase();
    FORMATS.contains(&name.as_str())
}

fn is_subject(cell: &str) -> bool {
    cell.trim().eq_ignore_ascii_case("subject")
}

fn is_blank_cell(cell: &str) -> bool {
    cell.trim().is_empty()
}

const NO_BREAK_SPACE: char = '\u{a0}';

/// Removes no-break spaces that pages add around a cell for layout.
fn without_fixed_blanks(cell: &str) -> String {
    cell.trim_matches(NO_BREAK_SPACE).to_owned()
}

/// Removes a first column that contains only checkboxes or row numbers.
fn without_leading_column(mut lines: Vec<Vec<String>>) -> Vec<Vec<String>> {
    let leads = |cell: &str| cell.trim().trim_end_matches('.').chars().all(|c| c.is_ascii_digit());
    let wide = |cells: &&Vec<String>| cells.len() >= 3;
    let led = lines.iter().filter(wide).count() > 0
        && lines.iter().filter(wide).all(|cells| leads(&cells[0]));
    if led {
        for cells in lines.iter_mut().filter(|cells| cells.len() >= 3) {
            cells.remove(0);
        }
    }
    lines.retain(|cells| !matches!(cells.as_slice(), [only] if leads(only)));
    lines
}

fn is_heading(cells: &[String]) -> bool {
    let is = |cell: &String| {
        let cell = cell.trim().to_lowercase();
        cell.starts_with("user attribute in")
            || cell.starts_with("maps to")
            || ["format", "type", "attribute", "value"].contains(&cell.as_str())
    };
    cells.iter().any(is) && !cells.iter().any(|cell| is_mapping_value(cell))
}
