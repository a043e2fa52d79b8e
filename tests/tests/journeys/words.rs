//! Every message key is used, and every message that is referenced by another message exists.
//!
//! Other tests check that keys exist when they're requested: the gallery for the window, and the
//! core's own tests for findings, failures and reports.

use std::{collections::BTreeSet, fs};

use acceptance::{
    Result, ensure,
    tree::{root, tracked_files},
};

/// Text in the source code that may use a message key: quoted words, words with placeholders, and
/// names of types and variants, which are converted to codes in snake case.
#[derive(Default)]
struct UsedKeys {
    words: BTreeSet<String>,
    gapped: BTreeSet<Vec<String>>,
    codes: BTreeSet<String>,
}

#[test]
fn every_message_key_is_used() -> Result<()> {
    let mut said = UsedKeys::default();
    let (mut keys, mut quoted, mut sources) = (BTreeSet::new(), BTreeSet::new(), 0);
    for file in tracked_files()? {
        let text = || fs::read_to_string(root().join(&file));
        if file.ends_with(".ftl") {
            let text = text()?;
            keys.extend(keys_of(&text));
            quoted.extend(references(&text).map(str::to_owned));
        } else if speaks(&file) {
            sources += 1;
            said.hear(&text()?);
        }
    }
    ensure(sources > 200 && keys.len() > 1000, || {
        format!("only {} keys in {sources} sources were read", keys.len())
    })?;
    let absent: Vec<_> = quoted.difference(&keys).collect();
    ensure(absent.is_empty(), || format!("quoted messages that don't exist: {absent:?}"))?;
    said.words.extend(quoted);
    let unsaid: Vec<_> = keys.iter().filter(|key| !said.says(key)).collect();
    ensure(unsaid.is_empty(), || format!("{} unused keys: {unsaid:#?}", unsaid.len()))
}

#[test]
fn keys_match_exactly_or_with_placeholders() {
    let mut said = UsedKeys::default();
    said.hear(r#"t("rail-setups"); t(`lock-${needs}`); format!("finding-{code}"); enum Needs { NopsSaved }"#);
    said.hear(r#"format!("dry_run_{check}"); id="clicks""#);
    for key in ["rail-setups", "lock-nops_saved", "finding-dry_run_nops_saved", "clicks-2"] {
        assert!(said.says(key), "{key} is said");
    }
    for key in ["rail", "rail-setups-old", "lock-elsewhere", "finding-dry_run_old", "other-2"] {
        assert!(!said.says(key), "{key} is not said");
    }
}

impl UsedKeys {
    fn hear(&mut self, text: &str) {
        let mut rest = text;
        let mut before = ' ';
        while let Some(start) = rest.find(letter) {
            before = rest[..start].chars().next_back().unwrap_or(before);
            let (pieces, after) = pieces(&rest[start..]);
            let quoted = "\"'`".contains(before) && after.starts_with(['"', '\'', '`']);
            if let [name] = &pieces[..]
                && name.starts_with(|c: char| c.is_ascii_uppercase())
            {
                self.codes.insert(snake(name));
            }
            match (&pieces[..], quoted) {
                ([word], true) => drop(self.words.insert(word.clone())),
                ([_, _, ..], true) => drop(self.gapped.insert(pieces)),
                _ => {}
            }
            before = rest[..rest.len() - after.len()].chars().next_back().unwrap_or(' ');
            rest = after;
        }
    }

    /// Returns whether the key is used in full, with placeholders, or with a numeric suffix.
    fn says(&self, key: &str) -> bool {
        self.words.contains(key) || self.puts_together(key) || self.counts(key)
    }

    fn puts_together(&self, key: &str) -> bool {
        self.gapped.iter().any(|pieces| {
            // A prefix of one or two letters would match too many keys.
            key.strip_prefix(&pieces[0])
                .is_some_and(|rest| pieces[0].len() > 2 && self.fills(&pieces[1..], rest))
        })
    }

    /// Returns whether `text` consists of these pieces, with a known word in place of each
    /// placeholder.
    fn fills(&self, pieces: &[String], text: &str) -> bool {
        let known = |gap: &str| {
            self.codes.contains(gap) || self.words.contains(gap) || self.puts_together(gap)
        };
        match pieces {
            [] => text.is_empty(),
            [last] => text.strip_suffix(last.as_str()).is_some_and(known),
            [next, more @ ..] => text.match_indices(next.as_str()).any(|(at, _)| {
                at > 0 && known(&text[..at]) && self.fills(more, &text[at + next.len()..])
            }),
        }
    }

    fn counts(&self, key: &str) -> bool {
        key.rsplit_once('-').is_some_and(|(words, number)| {
            number.parse::<u8>().is_ok() && self.words.contains(words)
        })
    }
}

/// Returns the word that `text` starts with, split at its placeholders, and the remaining text.
fn pieces(text: &str) -> (Vec<String>, &str) {
    let mut pieces = Vec::new();
    let mut rest = text;
    loop {
        let end = rest.find(|c: char| !letter(c)).unwrap_or(rest.len());
        pieces.push(rest[..end].to_owned());
        rest = &rest[end..];
        let gap = ["${", "{"].iter().find_map(|open| rest.strip_prefix(open));
        let Some(closed) = gap.and_then(|gap| gap.find('}').map(|at| &gap[at + 1..])) else {
            return (pieces, rest);
        };
        rest = closed;
    }
}

fn letter(character: char) -> bool {
    character.is_ascii_alphanumeric() || "_-.".contains(character)
}

/// Returns whether a source file uses messages. Tests and generated bindings are excluded.
fn speaks(file: &str) -> bool {
    let spoken = file.ends_with(".rs") || file.ends_with(".ts") || file.ends_with(".svelte");
    let of_ours = ["src-tauri/crates", "src-tauri/src", "ui/src"];
    let repeats = ["/tests.rs", ".test.ts", "bindings.ts"];
    spoken
        && of_ours.iter().any(|folder| file.starts_with(folder))
        && !file.contains("/tests/")
        && !repeats.iter().any(|end| file.ends_with(end))
}

fn keys_of(catalog: &str) -> impl Iterator<Item = String> {
    catalog.lines().filter_map(|line| {
        let key = line.split_once(" =")?.0;
        key.starts_with(|c: char| c.is_ascii_lowercase()).then(|| key.to_owned())
    })
}

/// Returns the messages that other messages reference with `{ key }`.
fn references(catalog: &str) -> impl Iterator<Item = &str> {
    let gaps = catalog.split("{ ").skip(1);
    let quoted = gaps.filter_map(|gap| gap.split_once(" }")?.0.split('.').next());
    quoted
        .filter(|key| key.starts_with(|c: char| c.is_ascii_lowercase()) && key.chars().all(letter))
}

fn snake(name: &str) -> String {
    let mut snake = String::new();
    for (at, letter) in name.char_indices() {
        if letter.is_ascii_uppercase() && at > 0 {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}
