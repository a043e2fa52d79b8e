//! What we ask nOps: whether an API key is known. Nothing else is documented for SSO.
//!
//! Sources: nOps's public API documentation; that an unknown legacy key may be answered with a page
//! and status 200 is seen in practice.

use std::collections::BTreeMap;

use reqwest::header::{AUTHORIZATION, HeaderName, HeaderValue};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use url::Url;

use crate::reach::{Page, Reach};

/// Whom a key belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyOwner {
    client: Option<String>,
}

impl KeyOwner {
    /// The name to show, such as `client 4021`.
    pub fn name(&self) -> String {
        match &self.client {
            Some(client) => format!("client {client}"),
            None => "public API key".to_owned(),
        }
    }
}

/// Why a key was not accepted. Its words are under `nops-<code>`; the key itself is in none of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// nOps does not know it.
    #[error("nOps does not know the key")]
    Refused,
    /// A page came instead of data.
    #[error("nOps answered with a page")]
    NotJson,
    /// The key is real and not allowed to ask.
    #[error("the key may not ask this")]
    Forbidden,
    /// nOps could not be reached.
    #[error("nOps could not be reached")]
    Unreachable,
    /// Something else.
    #[error("nOps answered something unexpected")]
    Unexpected,
}

impl KeyError {
    /// The key of its words, without `nops-`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::NotJson => "not_json",
            Self::Forbidden => "forbidden",
            Self::Unreachable => "unreachable",
            Self::Unexpected => "unexpected",
        }
    }

    /// The variables of its words.
    pub fn params(self) -> BTreeMap<String, String> {
        BTreeMap::new()
    }
}

/// Asks nOps about a key of either generation. It travels in a header and nowhere else.
pub async fn check_key(key: &SecretString, reach: &Reach) -> Result<KeyOwner, KeyError> {
    let legacy = key
        .expose_secret()
        .split_once('.')
        .is_some_and(|(client, _)| {
            !client.is_empty() && client.bytes().all(|byte| byte.is_ascii_digit())
        });
    let (address, name, value) = match legacy {
        true => (
            "https://app.nops.io/c/admin/current_client/",
            HeaderName::from_static("x-nops-api-key"),
            key.expose_secret().to_owned(),
        ),
        false => (
            "https://api.nops.io/v1/reports",
            AUTHORIZATION,
            format!("Bearer {}", key.expose_secret()),
        ),
    };
    let mut value = HeaderValue::from_str(&value).map_err(|_| KeyError::Refused)?;
    value.set_sensitive(true);
    let url = Url::parse(address).map_err(|_| KeyError::Unexpected)?;
    let known = |host: &str| matches!(host, "app.nops.io" | "api.nops.io");
    let page = reach
        .get(&url, known, Some((name, value)))
        .await
        .map_err(|_| KeyError::Unreachable)?;
    judged(&page, legacy)
}

fn judged(page: &Page, legacy: bool) -> Result<KeyOwner, KeyError> {
    match page.status {
        200..=299 if page.content_type == "application/json" => {
            let answer: Value =
                serde_json::from_slice(&page.body).map_err(|_| KeyError::NotJson)?;
            match (legacy, answer.get("id")) {
                (true, Some(id)) => Ok(KeyOwner {
                    client: Some(id.to_string()),
                }),
                (true, None) => Err(KeyError::Unexpected),
                (false, _) => Ok(KeyOwner { client: None }),
            }
        }
        200..=299 => Err(KeyError::NotJson),
        401 => Err(KeyError::Refused),
        403 => Err(KeyError::Forbidden),
        _ => Err(KeyError::Unexpected),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(
        status: u16,
        content_type: &str,
        body: &str,
        legacy: bool,
        expect: Result<&str, KeyError>,
    ) {
        let page = Page {
            status,
            content_type: content_type.to_owned(),
            body: body.as_bytes().to_vec(),
        };
        let found = judged(&page, legacy).map(|owner| owner.name());
        assert_eq!(
            found,
            expect.map(str::to_owned),
            "{status} {content_type} {body}"
        );
    }

    #[test]
    fn only_data_of_the_expected_shape_is_success() {
        check(
            200,
            "application/json",
            r#"{"id":4021}"#,
            true,
            Ok("client 4021"),
        );
        check(200, "application/json", "[]", false, Ok("public API key"));
        check(200, "text/html", "<html>", true, Err(KeyError::NotJson));
        check(
            200,
            "application/json",
            "{}",
            true,
            Err(KeyError::Unexpected),
        );
        check(401, "application/json", "{}", false, Err(KeyError::Refused));
        check(
            403,
            "application/json",
            "{}",
            false,
            Err(KeyError::Forbidden),
        );
        check(302, "text/html", "", true, Err(KeyError::Unexpected));
    }
}
