//! Facts: known values, where they come from, and when they last changed.

use std::{
    collections::BTreeMap,
    str::FromStr,
    sync::{Arc, OnceLock},
};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use specta::Type;

use super::{Field, Side};
use saml::{certificate::Certificate, metadata::Metadata};

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Source {
    /// AWS returned the value, or we fetched it.
    Observed,
    Imported {
        /// The file's name, without its folder.
        file: Option<String>,
        /// Where the value was before, if a colleague handed it over.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        origin: Option<Origin>,
    },
    /// The user pasted or typed the value.
    Entered,
    Derived {
        from: Field,
    },
    /// The user confirmed the value, but it couldn't be checked.
    Declared,
}

/// Who handed over a value, and where that person has it from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct Origin {
    /// The side that the person administers.
    pub role: Side,
    /// The person's name, if the handover contains personal data.
    pub name: Option<String>,
    pub source: OriginalSource,
    /// When the value last changed there, RFC 3339.
    #[specta(type = String)]
    pub at: Timestamp,
}

/// Where the person who handed over a value has it from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type, strum::IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum OriginalSource {
    Observed,
    Imported,
    Entered,
    Derived,
    Declared,
}

impl From<&Source> for OriginalSource {
    fn from(source: &Source) -> Self {
        match source {
            Source::Observed => Self::Observed,
            Source::Imported { origin: Some(origin), .. } => origin.source,
            Source::Imported { origin: None, .. } => Self::Imported,
            Source::Entered => Self::Entered,
            Source::Derived { .. } => Self::Derived,
            Source::Declared => Self::Declared,
        }
    }
}

impl Source {
    /// Returns the source of a value in a file with this name.
    pub fn imported(file: Option<String>) -> Self {
        Self::Imported { file, origin: None }
    }

    pub(crate) fn is_derived(&self) -> bool {
        OriginalSource::from(self) == OriginalSource::Derived
    }

    /// Returns who handed over the value, if a colleague did.
    pub fn origin(&self) -> Option<&Origin> {
        match self {
            Self::Imported { origin, .. } => origin.as_ref(),
            Self::Observed | Self::Entered | Self::Derived { .. } | Self::Declared => None,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// The value, exactly as it was given.
    pub value: FactValue,
    pub source: Source,
    /// When the value last changed.
    pub at: Timestamp,
    /// The value looks wrong, but the user confirmed that the AWS or nOps page shows it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub kept: bool,
    #[serde(skip)]
    read: ParsedForms,
}

impl Fact {
    pub(super) fn new(value: FactValue, source: Source, at: Timestamp, kept: bool) -> Self {
        Self { value, source, at, kept, read: ParsedForms::default() }
    }

    /// Returns the value parsed as identity provider metadata, if it is metadata. Caches the
    /// result.
    pub fn metadata(&self) -> Option<Arc<Metadata>> {
        let read = |text: &str| Metadata::read(text.as_bytes()).ok().map(Arc::new);
        let kept = &self.read.metadata;
        kept.get_or_init(|| self.value.text().and_then(read)).clone()
    }

    /// Returns the value parsed as a certificate, if it is one. Caches the result.
    pub fn certificate(&self) -> Option<Arc<Certificate>> {
        let read = |text: &str| {
            Certificate::read(text.as_bytes()).ok().map(|found| Arc::new(found.certificate))
        };
        let kept = &self.read.certificate;
        kept.get_or_init(|| self.value.text().and_then(read)).clone()
    }
}

/// A value's parsed forms. They are cached, because every view needs them many times.
#[derive(Clone, Debug, Default)]
struct ParsedForms {
    metadata: OnceLock<Option<Arc<Metadata>>>,
    certificate: OnceLock<Option<Arc<Certificate>>>,
}

impl PartialEq for ParsedForms {
    /// Always equal, so the cache doesn't affect whether facts are equal.
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for ParsedForms {}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum FactValue {
    /// Text, exactly as it was given. Flags are `true` and `false`.
    Text(String),
    /// The rows of *Edit attribute mappings*.
    Mappings(Vec<Mapping>),
    /// A result, and a digest of the facts that it depends on.
    Result(RecordedResult),
    /// An event that AWS logged.
    Event(LoggedEvent),
}

impl FactValue {
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// A row in *Edit attribute mappings*.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Mapping {
    /// *User attribute in the application*.
    pub attribute: String,
    /// *Maps to this string value or user attribute in IAM Identity Center*.
    pub value: String,
    /// *Format*.
    pub format: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Passed,
    Failed,
}

/// A result that is valid only until the facts it depends on change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordedResult {
    pub verdict: Verdict,
    /// SHA-256 (hex) of the facts that the result depends on, as they were at the time of the
    /// result.
    pub depends_on: String,
    /// When the evidence was created, if that wasn't when the fact became known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
    /// The number of passed checks, or 0 if the result has no checks.
    #[serde(default)]
    pub passed: u32,
    /// The number of all checks, or 0 if the result has no checks.
    #[serde(default)]
    pub checks: u32,
    /// SHA-256 (hex) of the checked response's ID.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response: Option<String>,
    /// The response was pasted alone, as *Copy XML* shows it, and not as part of a recording.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub copied: bool,
}

/// The latest event of a kind in AWS's event history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LoggedEvent {
    /// When the event happened.
    pub at: Timestamp,
    /// Who saved the settings, or AWS's name for the credential used to sign in. Empty if unknown.
    pub detail: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Facts(BTreeMap<Field, Fact>);

impl Facts {
    pub fn get(&self, field: Field) -> Option<&Fact> {
        self.0.get(&field)
    }

    /// Returns the value of `field`, if the value is text.
    pub fn text(&self, field: Field) -> Option<&str> {
        self.get(field)?.value.text()
    }

    pub(crate) fn non_empty_text(&self, field: Field) -> Option<&str> {
        self.text(field).filter(|text| !text.is_empty())
    }

    pub(crate) fn text_or_empty(&self, field: Field) -> &str {
        self.text(field).unwrap_or_default()
    }

    pub(crate) fn parsed<T: FromStr>(&self, field: Field) -> Option<T> {
        self.text(field)?.parse().ok()
    }

    pub(crate) fn equals(&self, field: Field, value: &str) -> bool {
        self.text(field) == Some(value)
    }

    pub fn is_true(&self, field: Field) -> bool {
        self.equals(field, "true")
    }

    /// Returns whether the user only confirmed the value of `field`.
    pub(crate) fn is_declared(&self, field: Field) -> bool {
        self.get(field).is_some_and(|fact| fact.source == Source::Declared)
    }

    /// Returns whether a colleague handed over the value of `field`.
    pub(crate) fn is_handed_over(&self, field: Field) -> bool {
        self.get(field).is_some_and(|fact| fact.source.origin().is_some())
    }

    /// Returns whether the connected account can't set up applications, because it's neither the
    /// organization's management account nor a delegated administrator. Returns `None` if AWS
    /// didn't return enough information.
    pub fn is_member_account(&self) -> Option<bool> {
        let account = self.text(Field::AwsAccountId)?;
        if account == self.text(Field::ManagementAccountId)? {
            return Some(false);
        }
        let delegated = self.text(Field::DelegatedAdministrators)?;
        Some(delegated.split(' ').all(|other| other != account))
    }

    pub fn mappings(&self) -> Option<&[Mapping]> {
        match &self.get(Field::AttributeMappings)?.value {
            FactValue::Mappings(rows) => Some(rows),
            _ => None,
        }
    }

    pub fn recorded_result(&self, field: Field) -> Option<&RecordedResult> {
        match &self.get(field)?.value {
            FactValue::Result(proof) => Some(proof),
            _ => None,
        }
    }

    pub fn event(&self, field: Field) -> Option<&LoggedEvent> {
        match &self.get(field)?.value {
            FactValue::Event(event) => Some(event),
            _ => None,
        }
    }

    /// Returns when the evidence for `field` was created. Without evidence, returns when its value
    /// last changed.
    pub fn time(&self, field: Field) -> Option<Timestamp> {
        let made = self.recorded_result(field).and_then(|proof| proof.at);
        let logged = self.event(field).map(|event| event.at);
        made.or(logged).or_else(|| Some(self.get(field)?.at))
    }

    /// Stores a value. An unchanged value keeps its time, so results that depend on it stay fresh.
    /// A new value's time is never earlier than that of existing facts, so their order stays the
    /// same if a clock that was fast is corrected.
    pub fn record(&mut self, field: Field, value: FactValue, source: Source, now: Timestamp) {
        let (at, read) = match self.0.get(&field) {
            Some(old) if old.value == value && !matches!(value, FactValue::Result(_)) => {
                (old.at, old.read.clone())
            }
            _ => {
                let known = self.0.values().map(|known| known.at);
                (known.fold(now, Timestamp::max), ParsedForms::default())
            }
        };
        let fact = Fact { value, source, at, kept: false, read };
        self.0.insert(field, fact);
    }

    /// Adds a derived value with the time of the fact that it comes from, or with `now` if there is
    /// no such fact.
    pub(super) fn derive(
        &mut self,
        field: Field,
        value: FactValue,
        source: Source,
        now: Timestamp,
    ) {
        let from = match source {
            Source::Derived { from } => self.get(from),
            _ => None,
        };
        let at = from.map_or(now, |from| from.at);
        self.0.insert(field, Fact::new(value, source, at, false));
    }

    /// Stores a value that a colleague handed over, with the time at which the colleague learned it.
    pub(super) fn import(&mut self, field: Field, fact: Fact) {
        self.0.insert(field, fact);
    }

    /// Records that the user confirmed this value although it looks wrong.
    pub fn confirm_value(&mut self, field: Field) {
        if let Some(fact) = self.0.get_mut(&field) {
            fact.kept = true;
            fact.source = Source::Declared;
        }
    }

    pub fn remove(&mut self, field: Field) {
        self.0.remove(&field);
    }

    /// Returns the facts whose value isn't the same in `before`.
    pub fn changed_since(&self, before: &Self) -> Self {
        let is_new = |field: &Field, fact: &Fact| {
            before.get(*field).is_none_or(|known| known.value != fact.value)
        };
        let changed = self.0.iter().filter(|(field, fact)| is_new(field, fact));
        Self(changed.map(|(field, fact)| (*field, fact.clone())).collect())
    }

    /// Adds all of `other`'s facts. They replace facts in the same fields.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    pub fn iter(&self) -> impl Iterator<Item = (Field, &Fact)> {
        self.0.iter().map(|(field, fact)| (*field, fact))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corrected_clock_keeps_order_of_facts() {
        let at = |second| Timestamp::from_second(second).unwrap();
        let text = |text: &str| FactValue::Text(text.to_owned());
        let mut facts = Facts::default();
        facts.record(Field::SpAcsUrl, text("first"), Source::Entered, at(9_000));
        facts.record(Field::SpEntityId, text("second"), Source::Entered, at(5_000));
        let time = |field| facts.get(field).unwrap().at;
        assert!(time(Field::SpEntityId) >= time(Field::SpAcsUrl));
    }
}
