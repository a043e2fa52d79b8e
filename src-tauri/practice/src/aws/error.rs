//! Errors of the AWS JSON 1.1 APIs: the exceptions in the services' models, identified by `__type`.

use axum::http::StatusCode;
use serde_json::{Map, Value, json};

use crate::world::StoreError;

#[derive(Debug)]
pub struct ApiError {
    /// The exception name, which clients use to tell errors apart.
    pub kind: &'static str,
    /// The HTTP status, which is 400 for almost all exceptions in AWS JSON 1.1.
    pub status: StatusCode,
    message: String,
    members: Map<String, Value>,
}

impl ApiError {
    /// Returns the error for a value that the operation doesn't accept.
    pub fn validation(message: impl Into<String>) -> Self {
        Self::new("ValidationException", message)
    }

    pub fn conflict(message: impl Into<String>) -> Self {
        Self::new("ConflictException", message)
    }

    /// Same as [`ApiError::conflict`], with the identity store's reason for a value that isn't
    /// unique.
    pub fn not_unique(message: impl Into<String>) -> Self {
        Self::conflict(message).with("Reason", json!("UNIQUENESS_CONSTRAINT_VIOLATION"))
    }

    pub fn not_found(message: impl Into<String>) -> Self {
        Self::new("ResourceNotFoundException", message)
    }

    /// Same as [`ApiError::not_found`], with the type (`USER`, `GROUP`, …) and ID from the identity
    /// store.
    pub fn missing(kind: &str, id: &str) -> Self {
        Self::not_found(format!("{kind} not found."))
            .with("ResourceType", json!(kind))
            .with("ResourceId", json!(id))
    }

    /// Returns the error for a body that isn't the JSON that the operation expects.
    pub fn serialization(message: impl Into<String>) -> Self {
        Self::new("SerializationException", message)
    }

    /// Returns the error for a call that isn't signed.
    pub fn missing_token() -> Self {
        Self {
            status: StatusCode::FORBIDDEN,
            ..Self::new("MissingAuthenticationTokenException", "Missing Authentication Token")
        }
    }

    pub fn body(&self, request_id: &str) -> Value {
        let mut body = json!(self.members);
        body["__type"] = json!(self.kind);
        body["Message"] = json!(self.message);
        body["RequestId"] = json!(request_id);
        body
    }

    pub fn new(kind: &'static str, message: impl Into<String>) -> Self {
        Self { kind, status: StatusCode::BAD_REQUEST, message: message.into(), members: Map::new() }
    }

    pub fn with(mut self, member: &str, value: Value) -> Self {
        self.members.insert(member.to_owned(), value);
        self
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        Self {
            status: StatusCode::INTERNAL_SERVER_ERROR,
            ..Self::new("InternalServerException", error.to_string())
        }
    }
}
