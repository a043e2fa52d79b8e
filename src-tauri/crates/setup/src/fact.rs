//! Facts: what is known, how it is known, and since when.

use std::{
    collections::BTreeMap,
    sync::{Arc, OnceLock},
};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use specta::Type;

use super::Field;
use saml::{certificate::Certificate, metadata::Metadata};

/// How a value is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Source {
    /// AWS answered, or we fetched it.
    Observed,
    /// It was read from a file.
    Imported {
        /// The file's name, without its folder.
        file: Option<String>,
    },
    /// A person pasted or typed it.
    Entered,
    /// It follows from another fact.
    Derived {
        /// The fact it follows from.
        from: Field,
    },
    /// A person says so; nothing we could look at.
    Declared,
}

/// One thing that is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// The value, exactly as given.
    pub value: Value,
    /// How it is known.
    pub source: Source,
    /// When the value last changed.
    pub at: Timestamp,
    /// A person was told that it looks wrong and answered that the page shows it so.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub kept: bool,
    #[serde(skip)]
    read: Read,
}

impl Fact {
    /// The text as metadata of an identity provider, where it is that. Read once, however often it is asked for.
    pub fn metadata(&self) -> Option<Arc<Metadata>> {
        let read = |text: &str| Metadata::read(text.as_bytes()).ok().map(Arc::new);
        let kept = &self.read.metadata;
        kept.get_or_init(|| self.value.text().and_then(read)).clone()
    }

    /// The text as a certificate, where it is that. Read once as well.
    pub fn certificate(&self) -> Option<Arc<Certificate>> {
        let read = |text: &str| {
            let found = Certificate::read(text.as_bytes()).ok()?;
            Some(Arc::new(found.certificate))
        };
        let kept = &self.read.certificate;
        kept.get_or_init(|| self.value.text().and_then(read)).clone()
    }
}

/// What a value was read as, kept as long as the value itself: every view asks for it many times over.
#[derive(Clone, Debug, Default)]
struct Read {
    metadata: OnceLock<Option<Arc<Metadata>>>,
    certificate: OnceLock<Option<Arc<Certificate>>>,
}

impl PartialEq for Read {
    /// It follows from the value, whether or not it was asked for yet.
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Read {}

/// A fact's value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// Text, character by character as given; flags are `true` and `false`.
    Text(String),
    /// The rows of *Edit attribute mappings*.
    Mappings(Vec<Mapping>),
    /// A result and what it rests on.
    Proof(Proof),
}

impl Value {
    /// The text, where it is one.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// One row of *Edit attribute mappings*.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Mapping {
    /// *User attribute in the application*.
    pub attribute: String,
    /// *Maps to this string value or user attribute in IAM Identity Center*.
    pub value: String,
    /// *Format*.
    pub format: String,
}

/// The result of a proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Nothing failed.
    Passed,
    /// Something failed.
    Failed,
}

/// A result that holds only as long as what it rests on is unchanged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// What came out.
    pub verdict: Verdict,
    /// SHA-256 (hex) over the facts it rests on, as they were.
    pub rests_on: String,
    /// When the evidence was made, where that is not when it was learned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
    /// Passed and failed checks, where there were any.
    #[serde(default)]
    pub passed: u32,
    /// How many checks there were.
    #[serde(default)]
    pub checks: u32,
}

/// All facts of a setup.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Facts(BTreeMap<Field, Fact>);

impl Facts {
    /// The fact about `field`.
    pub fn of(&self, field: Field) -> Option<&Fact> {
        self.0.get(&field)
    }

    /// The text of `field`, where it is known as text.
    pub fn text(&self, field: Field) -> Option<&str> {
        self.of(field)?.value.text()
    }

    /// Whether `field` is known to be `true`.
    pub fn says(&self, field: Field) -> bool {
        self.text(field) == Some("true")
    }

    /// Whether the connected account may not set up applications, being neither the organization's management
    /// account nor a delegated administrator; none where AWS did not say.
    pub fn is_member_account(&self) -> Option<bool> {
        let account = self.text(Field::AwsAccountId)?;
        if account == self.text(Field::ManagementAccountId)? {
            return Some(false);
        }
        let delegated = self.text(Field::DelegatedAdministrators)?;
        Some(delegated.split(' ').all(|other| other != account))
    }

    /// The attribute mappings, where they are known.
    pub fn mappings(&self) -> Option<&[Mapping]> {
        match &self.of(Field::AttributeMappings)?.value {
            Value::Mappings(rows) => Some(rows),
            _ => None,
        }
    }

    /// The proof kept under `field`.
    pub fn proof(&self, field: Field) -> Option<&Proof> {
        match &self.of(field)?.value {
            Value::Proof(proof) => Some(proof),
            _ => None,
        }
    }

    /// When the evidence under `field` was made, or its value changed last.
    pub fn time(&self, field: Field) -> Option<Timestamp> {
        let made = self.proof(field).and_then(|proof| proof.at);
        made.or_else(|| Some(self.of(field)?.at))
    }

    /// Learns a value. An unchanged value keeps its time, so that proofs resting on it stay fresh. Nothing is
    /// dated before what was known already: a clock that was fast and is set right keeps the order of things.
    pub fn learn(&mut self, field: Field, value: Value, source: Source, now: Timestamp) {
        let (at, read) = match self.0.get(&field) {
            Some(old) if old.value == value && !matches!(value, Value::Proof(_)) => {
                (old.at, old.read.clone())
            }
            _ => {
                let known = self.0.values().map(|known| known.at);
                (known.fold(now, Timestamp::max), Read::default())
            }
        };
        let fact = Fact { value, source, at, kept: false, read };
        self.0.insert(field, fact);
    }

    /// Adds a value that follows from another one, which dates it; without that one it is dated now.
    pub(super) fn derive(&mut self, field: Field, value: Value, source: Source, now: Timestamp) {
        let from = match source {
            Source::Derived { from } => self.of(from),
            _ => None,
        };
        let at = from.map_or(now, |from| from.at);
        self.0.insert(field, Fact { value, source, at, kept: false, read: Read::default() });
    }

    /// Marks the value as what the page shows, though it looks wrong.
    pub fn keep(&mut self, field: Field) {
        if let Some(fact) = self.0.get_mut(&field) {
            fact.kept = true;
            fact.source = Source::Declared;
        }
    }

    /// Forgets a value.
    pub fn forget(&mut self, field: Field) {
        self.0.remove(&field);
    }

    /// All facts in the order of their fields.
    pub fn iter(&self) -> impl Iterator<Item = (Field, &Fact)> {
        self.0.iter().map(|(field, fact)| (*field, fact))
    }
}
