//! Programs that people let act for them by signing in through the browser.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::World;

/// A code is good for ten minutes.
const CODE: SignedDuration = SignedDuration::from_mins(10);
/// A token is good for eight hours.
pub(crate) const TOKEN: SignedDuration = SignedDuration::from_hours(8);
/// A registration is good for ninety days.
pub(crate) const REGISTRATION: SignedDuration = SignedDuration::from_hours(90 * 24);

/// Every program, what it asked for and what it was given.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Programs {
    /// The programs that registered.
    pub registered: Vec<OidcClient>,
    /// What they ask of people.
    pub requests: Vec<AccessRequest>,
    /// What people gave them.
    pub tokens: Vec<AccessToken>,
}

/// A registered program.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct OidcClient {
    /// Its client id.
    pub id: String,
    /// Its client secret.
    pub secret: String,
    /// Its name, shown to people.
    pub name: String,
    /// When it registered.
    pub registered_at: Timestamp,
}

/// A program asks a person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct AccessRequest {
    /// The program's client id.
    pub program: String,
    /// What the program fetches its token with: a device code or an authorization code.
    pub code: String,
    /// What the person compares: `ABCD-EFGH`.
    pub user_code: String,
    /// Where the person's browser leads back to, with a proof that only the program has. None for a device.
    pub redirect: Option<Redirect>,
    /// When it was asked.
    pub asked_at: Timestamp,
    /// What the person said: a user's id, or no.
    pub answer: Option<Answer>,
}

/// How an authorization code comes back (RFC 6749 and RFC 7636).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Redirect {
    /// The program's address on loopback.
    pub uri: String,
    /// What it gave to recognise the answer by.
    pub state: String,
    /// The base64url SHA-256 of what it will prove itself with.
    pub challenge: String,
}

/// What a person said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Answer {
    /// Yes: the user's id.
    Allowed(String),
    /// No.
    Denied,
}

/// A program acts for a user.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct AccessToken {
    /// The token.
    pub access: String,
    /// What it is renewed with.
    pub refresh: String,
    /// The program's client id.
    pub program: String,
    /// The user's id.
    pub user: String,
    /// When it was given.
    pub given_at: Timestamp,
}

impl AccessRequest {
    /// Whether the person may still answer, or the program still fetch the token.
    pub fn is_open(&self, now: Timestamp) -> bool {
        now.duration_since(self.asked_at) < CODE
    }
}

impl World {
    /// Registers a program.
    pub fn register_program(&mut self, name: &str, now: Timestamp) -> OidcClient {
        let program = OidcClient {
            id: self.draw_hex(22),
            secret: self.draw_hex(64),
            name: name.to_owned(),
            registered_at: now,
        };
        self.programs.registered.push(program.clone());
        program
    }

    /// The registered program with this id and secret.
    pub fn program(&self, id: &str, secret: &str) -> Option<&OidcClient> {
        let mut registered = self.programs.registered.iter();
        registered.find(|program| program.id == id && program.secret == secret)
    }

    /// Begins a request of a program.
    pub fn ask_for_access(
        &mut self,
        program: &str,
        redirect: Option<Redirect>,
        now: Timestamp,
    ) -> AccessRequest {
        let letters: String = self
            .draw::<8>()
            .iter()
            .map(|byte| char::from(b"BCDFGHJKLMNPQRSTVWXZ"[usize::from(*byte) % 20]))
            .collect();
        let request = AccessRequest {
            program: program.to_owned(),
            code: self.draw_hex(64),
            user_code: format!("{}-{}", &letters[..4], &letters[4..]),
            redirect,
            asked_at: now,
            answer: None,
        };
        self.programs.requests.push(request.clone());
        request
    }

    /// The request that shows this code to the person.
    pub fn access_request(&self, user_code: &str) -> Option<&AccessRequest> {
        let mut requests = self.programs.requests.iter();
        requests.find(|request| request.user_code == user_code)
    }

    /// Gives a program a token for a user; one that it renews is gone.
    pub fn give_token(
        &mut self,
        program: &str,
        user: &str,
        renewed: Option<&str>,
        now: Timestamp,
    ) -> AccessToken {
        self.programs.tokens.retain(|token| Some(token.refresh.as_str()) != renewed);
        let token = AccessToken {
            access: self.draw_hex(64),
            refresh: self.draw_hex(64),
            program: program.to_owned(),
            user: user.to_owned(),
            given_at: now,
        };
        self.programs.tokens.push(token.clone());
        token
    }

    /// The user whom a token stands for, while it is good.
    pub fn user_of_token(&self, access: &str, now: Timestamp) -> Option<&str> {
        let mut tokens = self.programs.tokens.iter();
        let token = tokens.find(|token| token.access == access)?;
        (now.duration_since(token.given_at) < TOKEN).then_some(&token.user)
    }
}
