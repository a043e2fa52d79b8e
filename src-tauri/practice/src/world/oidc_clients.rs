//! OIDC clients, which are programs that act for a user after the user signs in through the
//! browser.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::PracticeState;

/// The lifetime of a code.
const CODE: SignedDuration = SignedDuration::from_mins(10);
/// The lifetime of a client registration.
pub const REGISTRATION: SignedDuration = SignedDuration::from_hours(90 * 24);

/// All OIDC clients, with their requests and tokens.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct OidcClients {
    pub registered: Vec<OidcClient>,
    pub requests: Vec<AccessRequest>,
    pub tokens: Vec<AccessToken>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OidcClient {
    pub id: String,
    pub secret: String,
    /// The client's name, which is shown to the user.
    pub name: String,
    pub registered_at: Timestamp,
}

/// A client's request to act for a user, which the user must approve.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AccessRequest {
    pub client: String,
    /// The device code or authorization code that the client exchanges for a token.
    pub code: String,
    /// The code that the user compares, such as `ABCD-EFGH`.
    pub user_code: String,
    /// The redirect parameters of an authorization code request. `None` for a device code.
    pub redirect: Option<Redirect>,
    pub asked_at: Timestamp,
    /// The user's answer. `None` if the user hasn't answered yet.
    pub answer: Option<SignInAnswer>,
}

/// The redirect parameters of an authorization code request (RFC 6749 and RFC 7636).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Redirect {
    /// The client's loopback address.
    pub uri: String,
    /// The client's `state`, which is returned unchanged.
    pub state: String,
    /// The PKCE code challenge, which is the SHA-256 of the code verifier in base64url.
    pub challenge: String,
}

/// A user's answer to an access request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SignInAnswer {
    /// The user allowed access. Contains the user's ID.
    Allowed(String),
    Denied,
}

/// A token that lets a client act for a user.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AccessToken {
    pub access: String,
    pub refresh: String,
    pub client: String,
    pub user: String,
    pub given_at: Timestamp,
}

impl AccessRequest {
    /// Returns whether the code is still valid. While it's valid, the user can answer and the
    /// client can exchange the code for a token.
    pub fn is_open(&self, now: Timestamp) -> bool {
        now.duration_since(self.asked_at) < CODE
    }
}

impl PracticeState {
    pub fn register_client(&mut self, name: &str, now: Timestamp) -> OidcClient {
        let client = OidcClient {
            id: self.draw_hex(22),
            secret: self.draw_hex(64),
            name: name.to_owned(),
            registered_at: now,
        };
        self.oidc_clients.registered.push(client.clone());
        client
    }

    /// Creates a client's access request.
    pub fn ask_for_access(
        &mut self,
        client: &str,
        redirect: Option<Redirect>,
        now: Timestamp,
    ) -> AccessRequest {
        let letters: String = self
            .draw::<8>()
            .iter()
            .map(|byte| char::from(b"BCDFGHJKLMNPQRSTVWXZ"[usize::from(*byte) % 20]))
            .collect();
        let request = AccessRequest {
            client: client.to_owned(),
            code: self.draw_hex(64),
            user_code: format!("{}-{}", &letters[..4], &letters[4..]),
            redirect,
            asked_at: now,
            answer: None,
        };
        self.oidc_clients.requests.push(request.clone());
        request
    }

    /// Issues a token for a user. Removes the token whose refresh token was `renewed`.
    pub fn give_token(
        &mut self,
        client: &str,
        user: &str,
        renewed: Option<&str>,
        now: Timestamp,
    ) -> AccessToken {
        self.oidc_clients.tokens.retain(|token| Some(token.refresh.as_str()) != renewed);
        let token = AccessToken {
            access: self.draw_hex(64),
            refresh: self.draw_hex(64),
            client: client.to_owned(),
            user: user.to_owned(),
            given_at: now,
        };
        self.oidc_clients.tokens.push(token.clone());
        token
    }

    /// Returns the ID of the user whom the token belongs to. Returns `None` if the token is unknown
    /// or expired.
    pub fn user_of_token(
        &self,
        access: &str,
        lifetime: SignedDuration,
        now: Timestamp,
    ) -> Option<&String> {
        let token = self.oidc_clients.tokens.iter().find(|token| token.access == access)?;
        (now.duration_since(token.given_at) < lifetime).then_some(&token.user)
    }
}
