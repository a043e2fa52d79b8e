//! Findings about entries in a values document that can't be used.

use super::keys::{KEYS, ValueKind};
use crate::credentials::{self, SecretKind};
use crate::{Field, Finding, FindingItem, Fix, Severity, Side, Step};

/// An entry that can't be used. It doesn't contain the value itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum UnsupportedValue {
    Key { name: String, nearest: Option<String> },
    Type { key: &'static str, field: Field, kind: ValueKind },
    Secret { key: &'static str, field: Field, secret: SecretKind },
}

impl UnsupportedValue {
    pub(super) fn unknown_key(name: String) -> Self {
        let known = KEYS.map(|(key, ..)| key);
        let nearest = nearest_key(&name, &known);
        Self::Key { name: safe_key_name(name), nearest }
    }

    pub(super) fn unknown_cell(row: usize, name: String) -> Self {
        let place = |name: &str| format!("attribute_mappings[{row}].{name}");
        let nearest =
            nearest_key(&name, &["attribute", "value", "format"]).map(|name| place(&name));
        Self::Key { name: place(&safe_key_name(name)), nearest }
    }

    pub(super) fn finding(&self) -> Finding {
        let finding = match self {
            Self::Key { name, nearest } => {
                let side = match name.split('_').next() {
                    Some("nops" | "sp") => Side::Nops,
                    _ => Side::Aws,
                };
                Finding {
                    expected: nearest.clone(),
                    ..Finding::for_step(Step::Start, side, "unknown_key", Severity::Warning)
                }
                .with_received(name)
                .with_item(FindingItem::Key { name: name.clone() })
                .with("key", name)
                .with("nearest", nearest.as_deref().unwrap_or_default())
            }
            Self::Type { key, field, kind } => {
                Finding::error(*field, "value_type").with("key", key).with("kind", kind)
            }
            Self::Secret { key, field, secret } => {
                Finding::error(*field, "secret_pasted").with("key", key).with("kind", secret.code())
            }
        };
        finding.with_fix(Fix::Read)
    }
}

/// Returns the known key that is most similar to `name`.
fn nearest_key(name: &str, known: &[&str]) -> Option<String> {
    similar::get_close_matches(name, known, 1, 0.75).first().map(|key| (*key).to_owned())
}

/// Returns a key's name in a form that is safe to show: truncated, and never a secret.
fn safe_key_name(name: String) -> String {
    let name = credentials::file_name(name);
    const LONGEST: usize = 64;
    match name.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &name[..at]),
        None => name,
    }
}
