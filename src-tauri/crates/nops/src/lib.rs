//! Sends all requests to nOps, to find the owner of an API key and to read nOps's sign-in
//! addresses. nOps has no public API for its SSO settings.

mod answer;
mod error;
pub mod sign_in_addresses;

use reqwest::header::{AUTHORIZATION, HeaderName, HeaderValue};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use transport::{Page, Transport};

pub use error::KeyError;

use answer::LegacyKeyOwner;

/// The header for a legacy key. nOps also accepts `?api_key=`, but URLs end up in logs.
const LEGACY_HEADER: HeaderName = HeaderName::from_static("x-nops-api-key");
/// The address that returns the client of a legacy key.
const CURRENT_CLIENT: &str = "https://app.nops.io/c/admin/current_client/";
/// The address to try if [`CURRENT_CLIENT`] doesn't exist.
const PROJECTS: &str = "https://app.nops.io/c/admin/projectaws/";
/// An address that a public API key can read.
const REPORTS: &str = "https://api.nops.io/v1/reports";

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyOwner {
    client: Option<String>,
}

impl KeyOwner {
    /// Returns `client 4021`, or `public API key` if nOps doesn't say who the owner is.
    pub fn name(&self) -> String {
        match &self.client {
            Some(client) => format!("client {client}"),
            None => "public API key".to_owned(),
        }
    }
}

/// Checks whether nOps knows the key. `<client id>.<secret>` is a legacy key, and anything else is
/// a public API key.
///
/// The key is sent in a header, and only to nOps. No error contains the key.
pub async fn check_key(key: &SecretString, reach: &Transport) -> Result<KeyOwner, KeyError> {
    match legacy_client(key.expose_secret()) {
        Some(client) => check_legacy_key(key, client, reach).await,
        None => check_public_api_key(key, reach).await,
    }
}

/// Returns the client ID at the start of a legacy key.
fn legacy_client(key: &str) -> Option<&str> {
    let (client, secret) = key.split_once('.')?;
    let is_id = !client.is_empty() && client.bytes().all(|byte| byte.is_ascii_digit());
    (is_id && !secret.is_empty()).then_some(client)
}

async fn check_legacy_key(
    key: &SecretString,
    client: &str,
    reach: &Transport,
) -> Result<KeyOwner, KeyError> {
    let header = (LEGACY_HEADER, secret_value(key.expose_secret())?);
    let page = send_request(CURRENT_CLIENT, header.clone(), reach).await?;
    let client = match answer::current_client(&page)? {
        LegacyKeyOwner::Client(id) => id,
        LegacyKeyOwner::NotFound => {
            answer::projects(&send_request(PROJECTS, header, reach).await?)?;
            client.to_owned()
        }
    };
    Ok(KeyOwner { client: Some(client) })
}

async fn check_public_api_key(key: &SecretString, reach: &Transport) -> Result<KeyOwner, KeyError> {
    let value = secret_value(&format!("Bearer {}", key.expose_secret()))?;
    answer::reports(&send_request(REPORTS, (AUTHORIZATION, value), reach).await?)?;
    Ok(KeyOwner { client: None })
}

fn secret_value(text: &str) -> Result<HeaderValue, KeyError> {
    let is_whole =
        text.strip_prefix("Bearer ").unwrap_or(text).bytes().all(|byte| byte.is_ascii_graphic());
    let mut value = HeaderValue::from_str(text).map_err(|_| KeyError::Shape)?;
    value.set_sensitive(true);
    match is_whole && !text.ends_with(' ') && !text.is_empty() {
        true => Ok(value),
        false => Err(KeyError::Shape),
    }
}

async fn send_request(
    address: &str,
    header: (HeaderName, HeaderValue),
    reach: &Transport,
) -> Result<Page, KeyError> {
    let url = Url::parse(address).map_err(|_| KeyError::Unexpected)?;
    let is_nops = |host: &str| ["app.nops.io", "api.nops.io"].contains(&host);
    Ok(reach.get(&url, is_nops, Some(header)).await?)
}

#[cfg(test)]
mod tests;
