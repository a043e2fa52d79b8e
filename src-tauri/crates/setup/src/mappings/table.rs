//! The attribute-mapping page, however it was copied.

use super::markup;
use crate::Mapping;

/// The longest text that is looked into; the page has about one kilobyte.
const LONGEST: usize = 256 * 1024;

/// More rows than any application has.
const MOST_ROWS: usize = 64;

/// The formats that the console offers.
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

/// Reads the attribute-mapping page as copied: text with tabs, pipes, commas, arrows or blanks, one cell
/// a line, or HTML with its inputs. `None` when there is no table in it.
pub fn read(text: &str) -> Option<Vec<Mapping>> {
    if text.len() > LONGEST {
        return None;
    }
    let lines: Vec<Vec<String>> = if markup::is_markup(text) {
        markup::rows(text)
    } else {
        let split = separator(text);
        text.lines().map(split).collect()
    };
    let lines: Vec<Vec<String>> = without_leading_column(lines)
        .into_iter()
        .filter(|cells| cells.iter().any(|cell| !cell.trim().is_empty()) && !is_heading(cells))
        .collect();
    let rows = if lines.iter().any(|cells| cells.len() >= 2) {
        lines
            .iter()
            .filter(|cells| cells.len() >= 2 && !cells[0].trim().is_empty())
            .map(|cells| row(cells))
            .collect()
    } else {
        of_single_cells(lines.into_iter().flatten().collect())
    };
    let looks_like_one = rows.iter().any(|row: &Mapping| {
        is_value(&row.value) || (is_subject(&row.attribute) && !row.format.is_empty())
    });
    (looks_like_one && rows.len() <= MOST_ROWS).then_some(rows)
}

fn row(cells: &[String]) -> Mapping {
    let cell = |at: usize| cells.get(at).cloned().unwrap_or_default();
    // An empty cell in the middle may have been lost on the way.
    let (value, format) = if cells.len() == 2 && is_format(&cells[1]) {
        (String::new(), cell(1))
    } else {
        (cell(1), cell(2))
    };
    Mapping { attribute: cell(0), value, format }
}

/// Rows from a page whose cells came one a line: a name begins a row, a format ends it.
fn of_single_cells(cells: Vec<String>) -> Vec<Mapping> {
    let in_threes = cells.len().is_multiple_of(3)
        && cells.chunks_exact(3).all(|row| is_format(&row[2]) && !is_format(&row[0]));
    if in_threes {
        return cells.chunks_exact(3).map(row).collect();
    }
    let mut rows: Vec<Mapping> = Vec::new();
    for cell in cells {
        match rows.last_mut() {
            Some(row) if is_value(&cell) && row.value.is_empty() => row.value = cell,
            Some(row) if is_format(&cell) && row.format.is_empty() => row.format = cell,
            // A row that nobody filled in has a format all the same.
            _ if is_format(&cell) => {}
            _ => {
                rows.push(Mapping { attribute: cell, value: String::new(), format: String::new() })
            }
        }
    }
    // What has neither is a button or a sentence of the page, unless it is named like a row.
    rows.retain(|row| {
        let named = is_subject(&row.attribute) || row.attribute.to_lowercase().starts_with("user.");
        named || !(row.value.is_empty() && row.format.is_empty())
    });
    rows
}

/// How the lines of this text are cut into cells. A blank inside a cell, or one behind an attribute's
/// name, stays where the separator is clear: it may be the mistake.
fn separator(text: &str) -> fn(&str) -> Vec<String> {
    let rows = |is: fn(&str) -> bool| text.lines().any(is);
    if text.contains('\t') {
        by_tabs
    } else if rows(|line| line.matches('|').count() >= 2) {
        by_pipes
    } else if rows(|line| line.trim().split("  ").filter(|c| !c.trim().is_empty()).count() >= 2) {
        by_wide_blanks
    } else if rows(|line| ARROWS.iter().any(|arrow| line.contains(arrow))) {
        by_arrows
    } else if rows(|line| line.matches([',', ';']).count() >= 2) {
        by_commas
    } else if rows(|line| value_in(line).is_some_and(|(start, _)| start > 0)) {
        around_the_value
    } else {
        |line| vec![line.trim_end_matches('\r').to_owned()]
    }
}

fn by_tabs(line: &str) -> Vec<String> {
    let cells = line.trim_end_matches('\r').split('\t');
    cells.map(str::to_owned).collect()
}

fn by_pipes(line: &str) -> Vec<String> {
    let line = line.trim();
    let line = line.strip_prefix('|').unwrap_or(line);
    let line = line.strip_suffix('|').unwrap_or(line);
    let cells: Vec<String> = line.split('|').map(|cell| cell.trim().to_owned()).collect();
    let rule = |cell: &String| cell.chars().all(|c| matches!(c, '-' | ':' | '=' | '+'));
    if cells.iter().all(rule) { Vec::new() } else { cells }
}

fn by_wide_blanks(line: &str) -> Vec<String> {
    line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).map(str::to_owned).collect()
}

const ARROWS: [&str; 4] = ["→", "->", "=>", "⇒"];

fn by_arrows(line: &str) -> Vec<String> {
    let Some((name, rest)) = ARROWS.iter().find_map(|arrow| line.split_once(arrow)) else {
        return vec![line.trim().to_owned()];
    };
    let name = name.trim().to_owned();
    let rest = rest.trim();
    let end = value_in(rest)
        .map_or_else(|| rest.find(char::is_whitespace).unwrap_or(rest.len()), |(_, end)| end);
    let (value, format) = rest.split_at(end);
    vec![name, value.trim().to_owned(), without_brackets(format)]
}

fn by_commas(line: &str) -> Vec<String> {
    line.trim().split([',', ';']).map(|cell| cell.trim().trim_matches('"').to_owned()).collect()
}

/// `Subject ${user:email} emailAddress`, with one blank between.
fn around_the_value(line: &str) -> Vec<String> {
    let Some((start, end)) = value_in(line) else {
        return vec![line.trim().to_owned()];
    };
    let name = line[..start].trim().trim_end_matches([':', '=']).trim_end();
    vec![name.to_owned(), line[start..end].to_owned(), without_brackets(&line[end..])]
}

fn without_brackets(format: &str) -> String {
    format.trim().trim_matches(|c| matches!(c, '(' | ')' | ',' | ';')).trim().to_owned()
}

/// From where to where a value such as `${user:email}` stands in a line.
fn value_in(line: &str) -> Option<(usize, usize)> {
    let start = line.find("${").or_else(|| line.find('{')).or_else(|| line.find("$("))?;
    let length = line[start..].find(['}', ')'])?;
    Some((start, start + length + 1))
}

fn is_value(cell: &str) -> bool {
    cell.contains('{') || cell.contains("$(") || cell.trim_start().starts_with('$')
}

fn is_format(cell: &str) -> bool {
    let name = super::format_name(cell).to_ascii_lowercase();
    FORMATS.contains(&name.as_str())
}

fn is_subject(cell: &str) -> bool {
    cell.trim().eq_ignore_ascii_case("subject")
}

/// Without the boxes for ticking in front of every row.
fn without_leading_column(mut lines: Vec<Vec<String>>) -> Vec<Vec<String>> {
    let wide = |cells: &&Vec<String>| cells.len() >= 3;
    let ticked = lines.iter().filter(wide).count() > 0
        && lines.iter().filter(wide).all(|cells| cells[0].trim().is_empty());
    if ticked {
        for cells in lines.iter_mut().filter(|cells| cells.len() >= 3) {
            cells.remove(0);
        }
    }
    lines
}

fn is_heading(cells: &[String]) -> bool {
    let is = |cell: &String| {
        let cell = cell.trim().to_lowercase();
        cell.starts_with("user attribute in")
            || cell.starts_with("maps to")
            || ["format", "type", "attribute", "value"].contains(&cell.as_str())
    };
    cells.iter().any(is) && !cells.iter().any(|cell| is_value(cell))
}
