//! Reads and validates a call's input as AWS does.

use serde_json::{Map, Value};

use super::error::Failure;

#[derive(Clone, Debug)]
pub(super) struct Input(Map<String, Value>);

impl Input {
    /// Parses a call's body. An empty body has no members.
    pub fn read(body: &[u8]) -> Result<Self, Failure> {
        if body.is_empty() {
            return Ok(Self(Map::new()));
        }
        match serde_json::from_slice(body) {
            Ok(Value::Object(members)) => Ok(Self(members)),
            Ok(_) | Err(_) => Err(Failure::serialization("The body is no JSON object.")),
        }
    }

    /// Returns a required string.
    pub fn text(&self, member: &str) -> Result<&str, Failure> {
        self.optional_text(member)?.ok_or_else(|| null(member))
    }

    /// Returns an optional string.
    pub fn optional_text(&self, member: &str) -> Result<Option<&str>, Failure> {
        match self.value(member) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(Failure::serialization(format!("{member} is no string."))),
        }
    }

    /// Same as [`Input::optional_text`], limited to 1 to `most` characters.
    pub fn bounded_text(&self, member: &str, most: usize) -> Result<Option<&str>, Failure> {
        let text = self.optional_text(member)?;
        match text.map(|text| text.chars().count()) {
            Some(0) => Err(unfit(member, "Member must have length greater than or equal to 1")),
            Some(length) if length > most => {
                Err(unfit(member, &format!("Member must have length less than or equal to {most}")))
            }
            _ => Ok(text),
        }
    }

    /// Returns the optional `MaxResults`, from 1 to 100.
    pub fn max_results(&self) -> Result<Option<usize>, Failure> {
        match self.value("MaxResults") {
            None => Ok(None),
            Some(value) => match value.as_u64() {
                Some(number @ 1..=100) => Ok(Some(number as usize)),
                _ => Err(unfit("MaxResults", "Member must be between 1 and 100, inclusive")),
            },
        }
    }

    /// Returns a required structure.
    pub fn structure(&self, member: &str) -> Result<Self, Failure> {
        self.optional_structure(member)?.ok_or_else(|| null(member))
    }

    /// Returns an optional structure.
    pub fn optional_structure(&self, member: &str) -> Result<Option<Self>, Failure> {
        match self.value(member) {
            None => Ok(None),
            Some(Value::Object(members)) => Ok(Some(Self(members.clone()))),
            Some(_) => Err(Failure::serialization(format!("{member} is no structure."))),
        }
    }

    /// Returns a list, empty if absent.
    pub fn list(&self, member: &str) -> Result<&[Value], Failure> {
        match self.value(member) {
            None => Ok(&[]),
            Some(Value::Array(values)) => Ok(values),
            Some(_) => Err(Failure::serialization(format!("{member} is no list."))),
        }
    }

    /// Returns a list of structures, empty if absent.
    pub fn structures(&self, member: &str) -> Result<Vec<Self>, Failure> {
        self.list(member)?
            .iter()
            .map(|value| match value {
                Value::Object(members) => Ok(Self(members.clone())),
                _ => Err(Failure::serialization(format!("{member} holds no structures."))),
            })
            .collect()
    }

    /// Returns a value as given. `null` counts as absent.
    pub fn value(&self, member: &str) -> Option<&Value> {
        self.0.get(member).filter(|value| !value.is_null())
    }

    /// Returns all members that aren't in `known`.
    pub fn others(&self, known: &[&str]) -> Map<String, Value> {
        self.0
            .iter()
            .filter(|(member, value)| !known.contains(&member.as_str()) && !value.is_null())
            .map(|(member, value)| (member.clone(), value.clone()))
            .collect()
    }
}

/// The error for a missing required member.
pub(super) fn null(member: &str) -> Failure {
    unfit(member, "Member must not be null")
}

/// The error for a value, with AWS's validation message.
pub(super) fn unfit(member: &str, constraint: &str) -> Failure {
    let mut letters = member.chars();
    let lower: String =
        letters.next().map(|first| first.to_ascii_lowercase()).into_iter().chain(letters).collect();
    Failure::validation(format!(
        "1 validation error detected: Value at '{lower}' failed to satisfy constraint: {constraint}"
    ))
}
