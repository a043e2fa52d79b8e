//! Reading what a call brings, refusing what AWS refuses.

use serde_json::{Map, Value};

use super::error::Failure;

/// The members of a call's input.
#[derive(Clone, Debug)]
pub(super) struct Input(Map<String, Value>);

impl Input {
    /// Reads the body of a call; an empty body has no members.
    pub fn read(body: &[u8]) -> Result<Self, Failure> {
        if body.is_empty() {
            return Ok(Self(Map::new()));
        }
        match serde_json::from_slice(body) {
            Ok(Value::Object(members)) => Ok(Self(members)),
            Ok(_) | Err(_) => Err(Failure::serialization("The body is no JSON object.")),
        }
    }

    /// A text that has to be there.
    pub fn text(&self, member: &str) -> Result<&str, Failure> {
        self.optional_text(member)?.ok_or_else(|| null(member))
    }

    /// A text that may be absent.
    pub fn optional_text(&self, member: &str) -> Result<Option<&str>, Failure> {
        match self.value(member) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(Failure::serialization(format!("{member} is no string."))),
        }
    }

    /// As [`Input::optional_text`], of 1 to `most` characters.
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

    /// `MaxResults`, from 1 to 100 if it is given.
    pub fn max_results(&self) -> Result<Option<usize>, Failure> {
        match self.value("MaxResults") {
            None => Ok(None),
            Some(value) => match value.as_u64() {
                Some(number @ 1..=100) => Ok(Some(number as usize)),
                _ => Err(unfit("MaxResults", "Member must be between 1 and 100, inclusive")),
            },
        }
    }

    /// A structure that has to be there.
    pub fn structure(&self, member: &str) -> Result<Self, Failure> {
        self.optional_structure(member)?.ok_or_else(|| null(member))
    }

    /// A structure that may be absent.
    pub fn optional_structure(&self, member: &str) -> Result<Option<Self>, Failure> {
        match self.value(member) {
            None => Ok(None),
            Some(Value::Object(members)) => Ok(Some(Self(members.clone()))),
            Some(_) => Err(Failure::serialization(format!("{member} is no structure."))),
        }
    }

    /// A list that may be absent.
    pub fn list(&self, member: &str) -> Result<&[Value], Failure> {
        match self.value(member) {
            None => Ok(&[]),
            Some(Value::Array(values)) => Ok(values),
            Some(_) => Err(Failure::serialization(format!("{member} is no list."))),
        }
    }

    /// A list of structures that may be absent.
    pub fn structures(&self, member: &str) -> Result<Vec<Self>, Failure> {
        self.list(member)?
            .iter()
            .map(|value| match value {
                Value::Object(members) => Ok(Self(members.clone())),
                _ => Err(Failure::serialization(format!("{member} holds no structures."))),
            })
            .collect()
    }

    /// A value as it was given; `null` counts as absent.
    pub fn value(&self, member: &str) -> Option<&Value> {
        self.0.get(member).filter(|value| !value.is_null())
    }

    /// Every member that is not one of these.
    pub fn others(&self, known: &[&str]) -> Map<String, Value> {
        self.0
            .iter()
            .filter(|(member, value)| !known.contains(&member.as_str()) && !value.is_null())
            .map(|(member, value)| (member.clone(), value.clone()))
            .collect()
    }
}

/// The refusal of a member that has to be there.
pub(super) fn null(member: &str) -> Failure {
    unfit(member, "Member must not be null")
}

/// The refusal of a value, in the words of AWS's own validation.
pub(super) fn unfit(member: &str, constraint: &str) -> Failure {
    let mut letters = member.chars();
    let lower: String =
        letters.next().map(|first| first.to_ascii_lowercase()).into_iter().chain(letters).collect();
    Failure::validation(format!(
        "1 validation error detected: Value at '{lower}' failed to satisfy constraint: {constraint}"
    ))
}
