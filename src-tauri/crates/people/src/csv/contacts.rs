//! Reads vCards, and people in JSON such as the output of `aws identitystore list-users`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{ListError, records::MOST_CELLS, table_text::TableText};

/// Returns the contacts in a vCard file as a table, or `None` if the text isn't a vCard.
pub(super) fn vcards(text: &str) -> Option<Result<String, ListError>> {
    let start = text.trim_start().get(..11)?;
    start.eq_ignore_ascii_case("BEGIN:VCARD").then(|| {
        let mut table = TableText::new();
        table
            .add(0, ["Last name", "First name", "Full name", "Email", "Other email"].into_iter())?;
        let mut card: [String; 5] = Default::default();
        for line in unfold_lines(text) {
            let Some((name, value)) = line.split_once(':') else { continue };
            let name = name.to_ascii_uppercase();
            // A property name can have a group prefix, such as `item1.EMAIL`.
            let name = name.rsplit_once('.').map_or(name.as_str(), |(_, name)| name);
            let value = decoded(name, value);
            match name.split(';').next().unwrap_or_default() {
                "BEGIN" => card = Default::default(),
                "N" => {
                    let mut parts = unescaped(&value).into_iter();
                    card[0] = parts.next().unwrap_or_default();
                    card[1] = parts.next().unwrap_or_default();
                }
                "FN" => card[2] = unescaped(&value).concat(),
                "EMAIL" => {
                    let is_better = ["PREF", "WORK"].iter().any(|kind| name.contains(kind));
                    let old = match card[3].is_empty() || is_better {
                        true => std::mem::replace(&mut card[3], value),
                        false => value,
                    };
                    card[4].push_str(&format!("{old};"));
                }
                "END" => table.add(0, card.iter().map(String::as_str))?,
                _ => {}
            }
        }
        Ok(table.into_text())
    })
}

/// Joins continuation lines to the line before: lines that start with a space, and lines after a
/// quoted-printable line that ends with `=`.
fn unfold_lines(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        let last = lines.last_mut();
        match (last, line.strip_prefix([' ', '\t'])) {
            (Some(last), Some(rest)) => last.push_str(rest),
            (Some(last), None) if last.ends_with('=') && last.contains("QUOTED-PRINTABLE") => {
                last.pop();
                last.push_str(line);
            }
            _ => lines.push(line.to_owned()),
        }
    }
    lines
}

fn decoded(name: &str, value: &str) -> String {
    if !name.contains("QUOTED-PRINTABLE") {
        return value.to_owned();
    }
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let [first, tail @ ..] = rest {
        let code = tail.get(..2).and_then(|code| str::from_utf8(code).ok());
        let byte =
            code.filter(|_| *first == b'=').and_then(|code| u8::from_str_radix(code, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Splits a value at semicolons, and removes escaping backslashes.
fn unescaped(value: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match (c, parts.last_mut()) {
            (';', _) => parts.push(String::new()),
            ('\\', Some(part)) => part.extend(chars.next().map(|c| if c == 'n' { ' ' } else { c })),
            (c, Some(part)) => part.push(c),
            (_, None) => {}
        }
    }
    parts
}

/// Returns the people in a JSON document as a table, or `None` if the text isn't a list of objects.
pub(super) fn json(text: &str) -> Option<Result<String, ListError>> {
    if !text.trim_start().starts_with(['{', '[']) {
        return None;
    }
    let document: Value = serde_json::from_str(text).ok()?;
    let people = objects(&document, 0)?;
    let rows: Vec<BTreeMap<String, &Value>> = people
        .iter()
        .map(|person| {
            let mut cells = BTreeMap::new();
            flatten_json("", person, 0, &mut cells);
            cells
        })
        .collect();
    let names: BTreeSet<&str> = rows.iter().flat_map(BTreeMap::keys).map(String::as_str).collect();
    let names: Vec<&str> = names.into_iter().take(MOST_CELLS).collect();
    let mut table = TableText::new();
    Some(table.add(0, names.iter().copied()).and_then(|()| {
        for row in &rows {
            let cells: Vec<String> = names
                .iter()
                .map(|name| {
                    row.get(*name).map_or_else(String::new, |value| match value {
                        Value::String(text) => text.clone(),
                        other => other.to_string(),
                    })
                })
                .collect();
            table.add(0, cells.iter().map(String::as_str))?;
        }
        Ok(table.into_text())
    }))
}

/// Finds the list of objects in a document such as `{"Users": […]}`.
fn objects(value: &Value, depth: usize) -> Option<&Vec<Value>> {
    match value {
        Value::Array(items) if items.first().is_some_and(Value::is_object) => Some(items),
        Value::Object(fields) if depth < 3 => {
            fields.values().find_map(|field| objects(field, depth + 1))
        }
        _ => None,
    }
}

/// Collects the values below an object with their paths, such as `Emails.1.Value`. A list's primary
/// item comes first.
fn flatten_json<'v>(
    path: &str,
    value: &'v Value,
    depth: usize,
    cells: &mut BTreeMap<String, &'v Value>,
) {
    let join =
        |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    match value {
        _ if depth > 4 || cells.len() > MOST_CELLS => {}
        Value::Object(fields) => {
            for (name, field) in fields {
                flatten_json(&join(name), field, depth + 1, cells);
            }
        }
        Value::Array(items) => {
            let is_primary = |item: &&Value| {
                ["Primary", "primary"].iter().any(|name| item[*name] == Value::Bool(true))
            };
            let (first, others): (Vec<_>, Vec<_>) = items.iter().partition(is_primary);
            for (at, item) in first.into_iter().chain(others).enumerate().take(5) {
                flatten_json(&join(&(at + 1).to_string()), item, depth + 1, cells);
            }
        }
        Value::Null => {}
        value => drop(cells.insert(path.to_owned(), value)),
    }
}
