//! Reads and validates the input of a call in the same way as AWS.

use serde_json::{Map, Value};

use super::{ApiError, Result};

#[derive(Clone, Debug, Default)]
pub struct CallInput(Map<String, Value>);

impl CallInput {
    /// Parses the body of a call. An empty body counts as an object without members.
    pub fn read(body: &[u8]) -> Result<Self> {
        if body.is_empty() {
            return Ok(Self::default());
        }
        serde_json::from_slice(body)
            .map(Self)
            .map_err(|_| ApiError::serialization("The body isn't a JSON object."))
    }

    /// Returns a required string.
    pub fn text(&self, member: &str) -> Result<&str> {
        self.optional_text(member)?.ok_or_else(|| null(member))
    }

    pub fn optional_text(&self, member: &str) -> Result<Option<&str>> {
        self.member_of_type(member, "string", Value::as_str)
    }

    /// Same as [`CallInput::text`], but requires 1 to `most` characters.
    pub fn bounded_text(&self, member: &str, most: usize) -> Result<&str> {
        self.optional_bounded_text(member, most)?.ok_or_else(|| null(member))
    }

    /// Same as [`CallInput::optional_text`], but requires 1 to `most` characters.
    pub fn optional_bounded_text(&self, member: &str, most: usize) -> Result<Option<&str>> {
        let text = self.optional_text(member)?;
        match text.map(|text| text.chars().count()) {
            Some(0) => {
                Err(constraint_error(member, "Member must have length greater than or equal to 1"))
            }
            Some(length) if length > most => Err(constraint_error(
                member,
                &format!("Member must have length less than or equal to {most}"),
            )),
            _ => Ok(text),
        }
    }

    /// Returns the optional `MaxResults`, from 1 to 100.
    pub fn max_results(&self) -> Result<Option<usize>> {
        match self.value("MaxResults").map(Value::as_u64) {
            None => Ok(None),
            Some(Some(number @ 1..=100)) => Ok(Some(number as usize)),
            _ => Err(constraint_error("MaxResults", "Member must be between 1 and 100, inclusive")),
        }
    }

    /// Returns a required structure.
    pub fn structure(&self, member: &str) -> Result<Self> {
        self.optional_structure(member)?.ok_or_else(|| null(member))
    }

    pub fn optional_structure(&self, member: &str) -> Result<Option<Self>> {
        let members = self.member_of_type(member, "structure", Value::as_object)?;
        Ok(members.cloned().map(Self))
    }

    /// Returns a list, or an empty list if it's missing.
    pub fn list(&self, member: &str) -> Result<&[Value]> {
        let values = self.member_of_type(member, "list", Value::as_array)?;
        Ok(values.map(Vec::as_slice).unwrap_or_default())
    }

    /// Returns a list of structures, or an empty list if it's missing.
    pub fn structures(&self, member: &str) -> Result<Vec<Self>> {
        let structure = |value: &Value| value.as_object().cloned().map(Self);
        let structures = self.list(member)?.iter().map(structure).collect::<Option<_>>();
        structures
            .ok_or_else(|| ApiError::serialization(format!("{member} must contain structures.")))
    }

    /// Returns a value unchanged. A `null` counts as missing.
    pub fn value(&self, member: &str) -> Option<&Value> {
        self.0.get(member).filter(|value| !value.is_null())
    }

    /// Returns all members of the input whose names aren't in `known`.
    pub fn other_members(&self, known: &[&str]) -> Map<String, Value> {
        let mut others = self.0.clone();
        others.retain(|member, value| !known.contains(&member.as_str()) && !value.is_null());
        others
    }

    /// Returns the members in CloudTrail's format, where names start with a lowercase letter.
    pub fn logged(&self) -> Map<String, Value> {
        let small = |name: &str| {
            let (first, rest) = name.split_at(1);
            format!("{}{rest}", first.to_lowercase())
        };
        self.0.iter().map(|(name, value)| (small(name), value.clone())).collect()
    }

    /// Returns an optional member. Returns an error if its type isn't `kind`.
    fn member_of_type<'i, T>(
        &'i self,
        member: &str,
        kind: &str,
        read: impl Fn(&'i Value) -> Option<T>,
    ) -> Result<Option<T>> {
        let wrong_type = || ApiError::serialization(format!("{member} isn't a {kind}."));
        self.value(member).map(|value| read(value).ok_or_else(wrong_type)).transpose()
    }
}

/// Returns the error for a missing required member.
pub fn null(member: &str) -> ApiError {
    constraint_error(member, "Member must not be null")
}

/// Returns the error for a member that violates a constraint, with AWS's validation message.
pub fn constraint_error(member: &str, constraint: &str) -> ApiError {
    let (first, rest) = member.split_at(1);
    ApiError::validation(format!(
        "1 validation error detected: Value at '{}{rest}' failed to satisfy constraint: {constraint}",
        first.to_lowercase()
    ))
}
