//! A sign-in's token, and its format in the keychain.

use std::fmt;

use aws_sdk_ssooidc::operation::create_token::CreateTokenOutput;
use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

use crate::AwsError;

/// How long before its expiry a token is renewed, so that no call uses an expired token.
const MARGIN: SignedDuration = SignedDuration::from_mins(1);

/// A token that authenticates a user at the access portal. `Debug` shows only the expiry.
#[derive(Clone)]
pub struct SignInToken {
    access: SecretString,
    refresh: Option<SecretString>,
    pub(super) expires: Timestamp,
    client: Client,
}

/// This app's registration as an OAuth client.
#[derive(Clone)]
pub(super) struct Client {
    pub(super) id: String,
    pub(super) secret: SecretString,
    pub(super) expires: Timestamp,
}

/// The serialized token, which is stored only in the keychain.
#[derive(Serialize, Deserialize)]
struct StoredToken {
    access: String,
    refresh: Option<String>,
    expires: Timestamp,
    client_id: String,
    client_secret: String,
    client_expires: Timestamp,
}

impl SignInToken {
    pub(super) fn from_output(given: CreateTokenOutput, client: Client) -> Result<Self, AwsError> {
        let lasting = SignedDuration::from_secs(i64::from(given.expires_in));
        Ok(Self {
            access: given.access_token.ok_or(AwsError::Unreadable)?.into(),
            refresh: given.refresh_token.map(SecretString::from),
            expires: Timestamp::now() + lasting,
            client,
        })
    }

    /// Parses a stored token. Returns `None` if the text isn't a token.
    pub fn from_secret(secret: &SecretString) -> Option<Self> {
        let kept: StoredToken = serde_json::from_str(secret.expose_secret()).ok()?;
        Some(Self {
            access: kept.access.into(),
            refresh: kept.refresh.map(SecretString::from),
            expires: kept.expires,
            client: Client {
                id: kept.client_id,
                secret: kept.client_secret.into(),
                expires: kept.client_expires,
            },
        })
    }

    /// Serializes the token for a secret store.
    pub fn to_secret(&self) -> SecretString {
        let kept = serde_json::json!({
            "access": self.access.expose_secret(),
            "refresh": self.refresh.as_ref().map(ExposeSecret::expose_secret),
            "expires": self.expires,
            "client_id": self.client.id,
            "client_secret": self.client.secret.expose_secret(),
            "client_expires": self.client.expires,
        });
        SecretString::from(kept.to_string())
    }

    pub(super) fn access_token(&self) -> &str {
        self.access.expose_secret()
    }

    /// Returns the refresh token, if the client registration is still valid.
    pub(super) fn refresh(&self) -> Option<&str> {
        let is_registered = Timestamp::now() < self.client.expires;
        let refresh = self.refresh.as_ref().filter(|_| is_registered)?;
        Some(refresh.expose_secret())
    }

    pub(super) fn client(&self) -> &Client {
        &self.client
    }

    pub(super) fn is_valid(&self) -> bool {
        Timestamp::now() + MARGIN < self.expires
    }
}

impl fmt::Debug for SignInToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Token(… until {})", self.expires)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn token_round_trips_and_debug_hides_it() {
        let token = SignInToken {
            access: "canary".to_owned().into(),
            refresh: Some("canary".to_owned().into()),
            expires: Timestamp::now(),
            client: Client {
                id: "client".to_owned(),
                secret: "canary".to_owned().into(),
                expires: Timestamp::MAX,
            },
        };
        assert!(!format!("{token:?}").contains("canary"));
        let again = SignInToken::from_secret(&token.to_secret()).unwrap();
        assert_eq!(again.access_token(), "canary");
        assert_eq!(again.refresh(), Some("canary"));
        assert!(!again.is_valid());
        assert!(SignInToken::from_secret(&"other".to_owned().into()).is_none());
    }
}
