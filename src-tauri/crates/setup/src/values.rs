//! The values document: the values from both consoles as a flat JSON object.
//!
//! Every key is optional. If a key is absent, its value is unknown, and `""` means that the field
//! is empty. The commands `check` and `dry-run` read this document, and `export` writes it.

mod documents;
mod keys;
mod read;
mod unsupported;

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize, Serializer, ser::SerializeMap as _};
use serde_json::{Map, Value as Json};

use super::{
    FactValue, Facts, Field, Finding, Mapping, Source, Verdict,
    test_record::{self, ResultState},
};
use keys::KEYS;
use unsupported::UnsupportedValue;

/// A values document. It can be deserialized from any JSON object. [`ValuesDocument::to_facts`]
/// returns findings for entries that can't be used. Private keys are wiped while reading, so they
/// are neither stored nor repeated.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "Map<String, Json>")]
pub struct ValuesDocument {
    known: BTreeMap<Field, ParsedValue>,
    unused: Vec<UnsupportedValue>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
enum ParsedValue {
    Text(String),
    Flag(bool),
    SignInTest(SignInTest),
    Mappings(Vec<Mapping>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum SignInTest {
    Passed,
    Failed,
    Untried,
}

impl ValuesDocument {
    /// Returns the document's facts, imported at `now`, and findings for the entries that can't be
    /// used.
    ///
    /// All of a document's values are from the same time, so its sign-in tests apply to its other
    /// values.
    pub fn to_facts(&self, now: Timestamp) -> (Facts, Vec<Finding>) {
        let mut facts = Facts::default();
        let mut findings: Vec<Finding> =
            self.unused.iter().map(UnsupportedValue::finding).collect();
        let learn = |facts: &mut Facts, field: &Field, value: FactValue| {
            facts.record(*field, value, Source::imported(None), now);
        };
        for (field, known) in &self.known {
            let value = match known {
                ParsedValue::Text(text) => FactValue::Text(text.clone()),
                ParsedValue::Flag(flag) => FactValue::Text(flag.to_string()),
                ParsedValue::Mappings(rows) => FactValue::Mappings(rows.clone()),
                ParsedValue::SignInTest(_) => continue,
            };
            if let ParsedValue::Text(text) = known
                && documents::is_document_field(*field)
            {
                let document = documents::parse_document(*field, text, now);
                findings.extend(document.refused);
                if !document.usable {
                    continue;
                }
            }
            learn(&mut facts, field, value);
        }
        // Add the tests last, because they depend on the other values.
        for (field, known) in &self.known {
            let verdict = match known {
                ParsedValue::SignInTest(SignInTest::Passed) => Verdict::Passed,
                ParsedValue::SignInTest(SignInTest::Failed) => Verdict::Failed,
                _ => continue,
            };
            let recorded = test_record::sign_in_test(&facts, *field, verdict);
            learn(&mut facts, field, recorded);
        }
        (facts, findings)
    }

    /// Returns the document's key for `field`, if there is one.
    pub fn key(field: Field) -> Option<&'static str> {
        KEYS.iter().find(|known| known.1 == field).map(|(key, ..)| *key)
    }

    /// Builds a document from `facts`. Omits facts that have no key.
    pub fn from_facts(facts: &Facts) -> Self {
        let mut known = BTreeMap::new();
        for (_, field, kind) in KEYS {
            let fact = match field {
                Field::IdpMetadata => facts.get(field).or(facts.get(Field::IdpMetadataFetched)),
                field => facts.get(field),
            };
            let value = match kind {
                keys::ValueKind::SignInTest => SignInTest::of(facts, field),
                keys::ValueKind::Text | keys::ValueKind::Flag | keys::ValueKind::Mappings => {
                    fact.and_then(|fact| ParsedValue::from_fact(&fact.value, kind))
                }
            };
            known.extend(value.map(|value| (field, value)));
        }
        Self { known, unused: Vec::new() }
    }
}

impl From<Map<String, Json>> for ValuesDocument {
    fn from(document: Map<String, Json>) -> Self {
        read::parse_values_document(document)
    }
}

impl Serialize for ValuesDocument {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut document = serializer.serialize_map(Some(self.known.len()))?;
        for (key, field, _) in KEYS {
            if let Some(value) = self.known.get(&field) {
                document.serialize_entry(key, value)?;
            }
        }
        document.end()
    }
}

impl SignInTest {
    /// Returns a test's result. A test that passed before a value changed counts as untried,
    /// because a document has no times.
    fn of(facts: &Facts, field: Field) -> Option<ParsedValue> {
        let result = match test_record::result_state(facts, field) {
            ResultState::Missing => return None,
            ResultState::Failed => Self::Failed,
            ResultState::Stale => Self::Untried,
            ResultState::Fresh => Self::Passed,
        };
        Some(ParsedValue::SignInTest(result))
    }
}

impl ParsedValue {
    fn from_fact(value: &FactValue, kind: keys::ValueKind) -> Option<Self> {
        match (value, kind) {
            (FactValue::Text(text), keys::ValueKind::Text) => Some(ParsedValue::Text(text.clone())),
            (FactValue::Text(text), keys::ValueKind::Flag) => {
                text.parse().ok().map(ParsedValue::Flag)
            }
            (FactValue::Mappings(rows), keys::ValueKind::Mappings) => {
                Some(ParsedValue::Mappings(rows.clone()))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
