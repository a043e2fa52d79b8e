//! Interprets nOps's responses about an API key.
//!
//! A key is accepted only if the response is a success, is JSON and has the expected structure. For
//! a wrong legacy key, nOps may return its sign-in page with status 200.

use serde_json::Value;

use super::KeyError;
use transport::Page;

/// The owner of a legacy key.
#[derive(Debug, PartialEq, Eq)]
pub enum LegacyKeyOwner {
    Client(String),
    /// This page doesn't exist in nOps, so another page has to be checked.
    NotFound,
}

/// Reads the response of `GET /c/admin/current_client/`: an object with `id`.
pub fn current_client(page: &Page) -> Result<LegacyKeyOwner, KeyError> {
    if page.status == 404 {
        return Ok(LegacyKeyOwner::NotFound);
    }
    match json(page)?.get("id") {
        Some(Value::Number(id)) => Ok(LegacyKeyOwner::Client(id.to_string())),
        Some(Value::String(id)) if !id.is_empty() => Ok(LegacyKeyOwner::Client(id.clone())),
        _ => Err(KeyError::Unexpected),
    }
}

/// Reads the response of `GET /c/admin/projectaws/`: an array.
pub fn projects(page: &Page) -> Result<(), KeyError> {
    match json(page)? {
        Value::Array(_) => Ok(()),
        _ => Err(KeyError::Unexpected),
    }
}

/// Reads the response of `GET /v1/reports`: an object or an array.
pub fn reports(page: &Page) -> Result<(), KeyError> {
    match json(page)? {
        Value::Object(answer) if answer.contains_key("error") => Err(KeyError::Unexpected),
        Value::Object(_) | Value::Array(_) => Ok(()),
        _ => Err(KeyError::Unexpected),
    }
}

/// Returns the JSON of a successful response. nOps probably returns 403 only for keys that it
/// knows, based on the order of the errors in its documentation.
fn json(page: &Page) -> Result<Value, KeyError> {
    match page.status {
        200..=299 if page.content_type == "text/html" => Err(KeyError::WebPage),
        200..=299 => serde_json::from_slice(&page.body).map_err(|_| KeyError::Unexpected),
        401 => Err(KeyError::Refused),
        403 => Err(KeyError::NotAllowed),
        429 => Err(KeyError::TooMany),
        status @ 500.. => Err(KeyError::Unavailable { status }),
        _ => Err(KeyError::Unexpected),
    }
}
