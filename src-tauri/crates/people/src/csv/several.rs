//! Splits lines and cells that contain several people.

use std::collections::HashSet;

use super::{
    cells::{bare_email, find_addresses, position_in_address},
    names,
};
use crate::NewPerson;

/// Splits a line such as `Ana Lima <ana@example.com>; ben@example.com`, as copied from mail programs.
/// Returns `None` if the line is about one person.
pub(super) fn split_line(line: &str) -> Option<Vec<NewPerson>> {
    if !has_several_mailboxes(line) {
        return None;
    }
    if line.contains('<') {
        return Some(split_named(line));
    }
    let words = line.split(|c: char| c.is_whitespace() || ",;|\"'".contains(c));
    let only_addresses = words.filter(|word| !word.is_empty()).all(|word| word.contains('@'));
    only_addresses.then(|| find_addresses(line).map(unnamed).collect())
}

/// Splits a line of names, each followed by an address in angle brackets.
fn split_named(line: &str) -> Vec<NewPerson> {
    let mut people = Vec::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('<') {
        let (email, next) = after.split_once('>').unwrap_or((after, ""));
        let mut parts: Vec<&str> = before.split(';').map(trimmed).collect();
        let name = parts.pop().unwrap_or_default();
        people.extend(parts.into_iter().flat_map(without_brackets));
        // Names are separated by commas too, so a name can follow an address: `ben@example.com, Ana`.
        let own = find_addresses(name).last().and_then(|last| Some(name.rsplit_once(last)?.1));
        if own.is_some() {
            people.extend(find_addresses(name).map(unnamed));
        }
        let name = trimmed(own.unwrap_or(name));
        // A mail program may show `To:` before the names.
        let name = name.rsplit_once(": ").map_or(name, |(_, name)| name);
        let (given_name, family_name) = names::split_full_name(trimmed(name), false);
        people.push(NewPerson { given_name, family_name, ..unnamed(bare_email(email)) });
        rest = next;
    }
    people.extend(rest.split(';').map(trimmed).flat_map(without_brackets));
    people
}

/// Returns the people in text without angle brackets. Text without an address is a person whose
/// address is missing.
fn without_brackets(text: &str) -> Vec<NewPerson> {
    let people: Vec<NewPerson> = find_addresses(text).map(unnamed).collect();
    if !people.is_empty() || !text.contains(char::is_alphanumeric) {
        return people;
    }
    let (given_name, family_name) = names::split_full_name(text, false);
    vec![NewPerson { given_name, family_name, ..NewPerson::default() }]
}

fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || ",;\"'".contains(c))
}

/// Splits a cell in the email column of a person's row. Keeps the row's names for the first person,
/// unless they don't name a person. Returns `None` if the cell is about one person.
pub(super) fn split_cell(cell: &str, person: &NewPerson) -> Option<Vec<NewPerson>> {
    // Active Directory lists a person's aliases with their scheme.
    if !has_several_mailboxes(cell) || cell.to_lowercase().contains("smtp:") {
        return None;
    }
    if cell.contains('<') {
        return split_line(cell);
    }
    let name = format!("{} {}", person.given_name, person.family_name);
    let is_own = |address: &&str| {
        local_part(address) == local_part(&person.email)
            || position_in_address(&name, address).is_some()
    };
    let is_named = !person.family_name.is_empty()
        || find_addresses(cell).any(|address| position_in_address(&name, address).is_some());
    let others: Vec<NewPerson> =
        find_addresses(cell).filter(|address| !is_own(address)).map(unnamed).collect();
    if others.is_empty() {
        return None;
    }
    let first = if is_named { person.clone() } else { unnamed(&person.email) };
    Some([first].into_iter().chain(others).collect())
}

fn unnamed(email: &str) -> NewPerson {
    NewPerson { email: email.to_owned(), ..NewPerson::default() }
}

/// Returns whether the addresses in some text differ in the part before the `@`. Otherwise, they're
/// probably one person's addresses.
fn has_several_mailboxes(text: &str) -> bool {
    // Fast path: most lines have one address.
    text.matches('@').nth(1).is_some()
        && find_addresses(text).map(local_part).collect::<HashSet<_>>().len() > 1
}

fn local_part(address: &str) -> String {
    address.split('@').next().unwrap_or_default().to_lowercase()
}
