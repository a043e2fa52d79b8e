//! What nOps's answers say about a key. Good is a success, in JSON, and of the shape that was asked for:
//! for a wrong legacy key nOps may answer 200 with its sign-in page.

use serde_json::Value;

use super::KeyError;
use transport::Page;

/// The answer to who a legacy key belongs to.
#[derive(Debug, PartialEq, Eq)]
pub enum Legacy {
    /// The client with this id.
    Client(String),
    /// nOps does not have this page; another one has to tell.
    NotThere,
}

/// `GET /c/admin/current_client/`: an object with `id`.
pub fn current_client(page: &Page) -> Result<Legacy, KeyError> {
    if page.status == 404 {
        return Ok(Legacy::NotThere);
    }
    match json(page)?.get("id") {
        Some(Value::Number(id)) => Ok(Legacy::Client(id.to_string())),
        Some(Value::String(id)) if !id.is_empty() => Ok(Legacy::Client(id.clone())),
        _ => Err(KeyError::Unexpected),
    }
}

/// `GET /c/admin/projectaws/`: an array.
pub fn projects(page: &Page) -> Result<(), KeyError> {
    match json(page)? {
        Value::Array(_) => Ok(()),
        _ => Err(KeyError::Unexpected),
    }
}

/// `GET /v1/reports`: an object or an array.
pub fn reports(page: &Page) -> Result<(), KeyError> {
    match json(page)? {
        Value::Object(answer) if answer.contains_key("error") => Err(KeyError::Unexpected),
        Value::Object(_) | Value::Array(_) => Ok(()),
        _ => Err(KeyError::Unexpected),
    }
}

/// The JSON of a success. That a 403 is given to keys that nOps knows is inferred from the order of the
/// documented errors.
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
