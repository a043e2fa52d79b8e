//! Findings for the entries of a values document that can't be used.

use std::collections::BTreeMap;

use super::keys::{KEYS, Kind};
use crate::credentials::{self, SecretKind};
use crate::{Field, Finding, Fix, Item, Severity, Side, Step};

/// An entry of the document that can't be used. It never holds the value itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum UnsupportedValue {
    Key { name: String, nearest: Option<String> },
    Type { key: &'static str, field: Field, kind: Kind },
    Secret { key: &'static str, field: Field, secret: SecretKind },
}

impl UnsupportedValue {
    pub(super) fn unknown_key(name: String) -> Self {
        let known = KEYS.map(|(key, ..)| key);
        let nearest = nearest(&name, &known);
        Self::Key { name: shortened(name), nearest }
    }

    pub(super) fn unknown_cell(row: usize, name: String) -> Self {
        let place = |name: &str| format!("attribute_mappings[{row}].{name}");
        let nearest = nearest(&name, &["attribute", "value", "format"]).map(|name| place(&name));
        Self::Key { name: place(&shortened(name)), nearest }
    }

    pub(super) fn finding(&self) -> Finding {
        match self {
            UnsupportedValue::Key { name, nearest } => {
                let side = match name.split('_').next() {
                    Some("nops" | "sp") => Side::Nops,
                    _ => Side::Aws,
                };
                let expected = nearest.clone();
                let params =
                    [("key", name.clone()), ("nearest", expected.clone().unwrap_or_default())];
                Finding {
                    side,
                    expected,
                    received: Some(name.clone()),
                    item: Some(Item::Key { name: name.clone() }),
                    ..finding("unknown_key", Severity::Warning, None, params)
                }
            }
            UnsupportedValue::Type { key, field, kind } => {
                let kind = match kind {
                    Kind::Text => "text",
                    Kind::Flag => "flag",
                    Kind::SignInTest => "sign_in_test",
                    Kind::Mappings => "mappings",
                };
                let params = [("key", (*key).to_owned()), ("kind", kind.to_owned())];
                finding("value_type", Severity::Error, Some(*field), params)
            }
            UnsupportedValue::Secret { key, field, secret } => {
                let params = [("key", (*key).to_owned()), ("kind", secret.code().to_owned())];
                finding("secret_pasted", Severity::Error, Some(*field), params)
            }
        }
    }
}

fn finding<const N: usize>(
    code: &str,
    severity: Severity,
    field: Option<Field>,
    params: [(&str, String); N],
) -> Finding {
    let step = field.map_or(Step::Start, Field::step);
    let side = field.map_or(Side::Aws, Field::side);
    Finding {
        field,
        params: BTreeMap::from(params.map(|(name, text)| (name.to_owned(), text))),
        ..Finding::in_step(step, side, code, severity).fix(Fix::Read)
    }
}

/// Returns the known key most similar to `name`.
fn nearest(name: &str, known: &[&str]) -> Option<String> {
    similar::get_close_matches(name, known, 1, 0.75).first().map(|key| (*key).to_owned())
}

/// Returns a key's name that is safe to show: shortened, and never a secret.
fn shortened(name: String) -> String {
    let name = credentials::file_name(name);
    const LONGEST: usize = 64;
    match name.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &name[..at]),
        None => name,
    }
}
