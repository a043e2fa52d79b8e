//! Reads the usable values from any JSON object.

use serde_json::{Map, Value as Json};
use zeroize::Zeroize as _;

use super::keys::{KEYS, ValueKind};
use super::{ParsedValue, SignInTest, UnsupportedValue, ValuesDocument};
use crate::Mapping;
use crate::credentials::{self, SecretKind};

pub(super) fn parse_values_document(document: Map<String, Json>) -> ValuesDocument {
    let mut values = ValuesDocument::default();
    for (key, json) in document {
        let Some((key, field, kind)) = KEYS.iter().copied().find(|known| known.0 == key) else {
            values.unused.push(UnsupportedValue::unknown_key(key));
            wipe_json(json);
            continue;
        };
        match parse_key(json, kind, &mut values.unused) {
            Ok(Some(known)) => {
                values.known.insert(field, known);
            }
            Ok(None) => {}
            Err(ValueError::Type) => {
                values.unused.push(UnsupportedValue::Type { key, field, kind })
            }
            Err(ValueError::Secret(secret)) => {
                values.unused.push(UnsupportedValue::Secret { key, field, secret });
            }
        }
    }
    values
}

enum ValueError {
    Type,
    Secret(SecretKind),
}

/// Reads a key's value. `null` means that the value is unknown, like an absent key.
fn parse_key(
    json: Json,
    kind: ValueKind,
    unused: &mut Vec<UnsupportedValue>,
) -> Result<Option<ParsedValue>, ValueError> {
    let known = match (kind, json) {
        (_, Json::Null) => return Ok(None),
        (ValueKind::Text, Json::String(text)) => ParsedValue::Text(reject_private_key(text)?),
        (ValueKind::Flag, Json::Bool(flag)) => ParsedValue::Flag(flag),
        (ValueKind::Flag, Json::String(text)) => {
            ParsedValue::Flag(match reject_private_key(text)?.as_str() {
                "true" => true,
                // An empty flag means false.
                "false" | "" => false,
                _ => return Err(ValueError::Type),
            })
        }
        (ValueKind::SignInTest, Json::String(text)) => {
            ParsedValue::SignInTest(match reject_private_key(text)?.as_str() {
                "passed" => SignInTest::Passed,
                "failed" => SignInTest::Failed,
                "untried" | "" => SignInTest::Untried,
                _ => return Err(ValueError::Type),
            })
        }
        (ValueKind::Mappings, Json::Array(rows)) => {
            let rows = rows.into_iter().enumerate().map(|(at, row)| mapping(at, row, unused));
            ParsedValue::Mappings(rows.collect::<Result<_, _>>()?)
        }
        (_, other) => {
            wipe_json(other);
            return Err(ValueError::Type);
        }
    };
    Ok(Some(known))
}

fn mapping(
    at: usize,
    row: Json,
    unused: &mut Vec<UnsupportedValue>,
) -> Result<Mapping, ValueError> {
    let Json::Object(row) = row else {
        wipe_json(row);
        return Err(ValueError::Type);
    };
    let mut mapping = Mapping::default();
    for (key, json) in row {
        let cell = match key.as_str() {
            "attribute" => &mut mapping.attribute,
            "value" => &mut mapping.value,
            "format" => &mut mapping.format,
            _ => {
                unused.push(UnsupportedValue::unknown_cell(at, key));
                wipe_json(json);
                continue;
            }
        };
        *cell = match json {
            Json::String(text) => reject_private_key(text)?,
            Json::Null => String::new(),
            other => {
                wipe_json(other);
                return Err(ValueError::Type);
            }
        };
    }
    Ok(mapping)
}

/// The maximum length of a value, in bytes. Documents such as metadata and certificates can be
/// longer.
const LONGEST_VALUE: usize = 1024;

/// Returns the text, unless it may contain a secret.
fn reject_private_key(mut text: String) -> Result<String, ValueError> {
    let secret = match text.len() > LONGEST_VALUE {
        true => credentials::find(&text),
        false => credentials::find_in_value(&text),
    };
    match secret {
        Some(secret) => {
            text.zeroize();
            Err(ValueError::Secret(secret))
        }
        None => Ok(text),
    }
}

/// Overwrites a rejected value in memory.
fn wipe_json(json: Json) {
    match json {
        Json::String(mut text) => text.zeroize(),
        Json::Array(items) => items.into_iter().for_each(wipe_json),
        Json::Object(members) => members.into_iter().for_each(|(_, json)| wipe_json(json)),
        Json::Null | Json::Bool(_) | Json::Number(_) => {}
    }
}
