//! How calls fail: the modelled exceptions of the services, by their `__type`.

use axum::http::StatusCode;
use serde_json::{Map, Value, json};

use crate::world::SaveError;

/// A refused call.
#[derive(Debug)]
pub(super) struct Failure {
    /// The exception's name, which clients go by.
    pub kind: &'static str,
    /// AWS JSON 1.1 answers nearly every refusal with 400.
    pub status: StatusCode,
    message: String,
    members: Map<String, Value>,
}

impl Failure {
    /// A value that the operation can't take.
    pub fn validation(message: impl Into<String>) -> Self {
        Self::new("ValidationException", message)
    }

    /// Something that already is.
    pub fn conflict(message: impl Into<String>) -> Self {
        Self::new("ConflictException", message)
    }

    /// As [`Failure::conflict`], with the identity store's reason for a value that is taken.
    pub fn taken(message: impl Into<String>) -> Self {
        Self::conflict(message).with("Reason", json!("UNIQUENESS_CONSTRAINT_VIOLATION"))
    }

    /// Something that is not there.
    pub fn not_found(message: impl Into<String>) -> Self {
        Self::new("ResourceNotFoundException", message)
    }

    /// As [`Failure::not_found`], with the identity store's kind (`USER`, `GROUP`, …) and id.
    pub fn missing(kind: &str, id: &str) -> Self {
        Self::not_found(format!("{kind} not found."))
            .with("ResourceType", json!(kind))
            .with("ResourceId", json!(id))
    }

    /// Something that the caller may not do or see.
    pub fn denied(message: impl Into<String>) -> Self {
        Self::new("AccessDeniedException", message)
    }

    /// Too many calls in this second.
    pub fn throttled() -> Self {
        Self::new("ThrottlingException", "Rate exceeded").with("RetryAfterSeconds", json!(1))
    }

    /// No such service or operation.
    pub fn unknown_operation() -> Self {
        Self::new("UnknownOperationException", "The operation is not known.")
    }

    /// A body that is not the JSON that the operation takes.
    pub fn serialization(message: impl Into<String>) -> Self {
        Self::new("SerializationException", message)
    }

    /// A call that nobody signed.
    pub fn missing_token() -> Self {
        Self {
            status: StatusCode::FORBIDDEN,
            ..Self::new("MissingAuthenticationTokenException", "Missing Authentication Token")
        }
    }

    /// The JSON of this failure.
    pub fn body(&self, request_id: &str) -> Value {
        let mut body = self.members.clone();
        body.insert("__type".to_owned(), json!(self.kind));
        body.insert("Message".to_owned(), json!(self.message));
        body.insert("RequestId".to_owned(), json!(request_id));
        Value::Object(body)
    }

    fn new(kind: &'static str, message: impl Into<String>) -> Self {
        Self { kind, status: StatusCode::BAD_REQUEST, message: message.into(), members: Map::new() }
    }

    fn with(mut self, member: &str, value: Value) -> Self {
        self.members.insert(member.to_owned(), value);
        self
    }
}

impl From<SaveError> for Failure {
    fn from(error: SaveError) -> Self {
        Self {
            status: StatusCode::INTERNAL_SERVER_ERROR,
            ..Self::new("InternalServerException", error.to_string())
        }
    }
}
