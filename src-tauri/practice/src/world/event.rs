//! What CloudTrail logs about sign-ins, the console and the API.

use std::collections::VecDeque;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The maximum number of events that are kept.
const KEPT: usize = 500;

/// A logged event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// The event's number, starting at 1. The event's ID contains this number.
    pub number: u64,
    pub at: Timestamp,
    pub name: String,
    pub service: Service,
    pub actor: Actor,
    /// Members that only some events have, such as `requestParameters`.
    pub details: Value,
}

/// The AWS service that logged an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Service {
    SignIn,
    IdentityCenter,
    IdentityStore,
}

impl Service {
    /// Returns the `eventSource`.
    pub fn source(self) -> &'static str {
        match self {
            Self::SignIn => "signin.amazonaws.com",
            Self::IdentityCenter => "sso.amazonaws.com",
            Self::IdentityStore => "identitystore.amazonaws.com",
        }
    }
}

/// Who caused an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Actor {
    /// The administrator, in the console or through the API.
    Administrator,
    /// The ID of a user in the identity store.
    User(String),
}

/// The logged events, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EventLog(VecDeque<Event>);

impl EventLog {
    /// Adds an event and drops the oldest one if there are too many.
    pub fn add(
        &mut self,
        at: Timestamp,
        service: Service,
        name: &str,
        actor: Actor,
        details: Value,
    ) {
        let number = self.next();
        self.0.push_back(Event { number, at, name: name.to_owned(), service, actor, details });
        if self.0.len() > KEPT {
            self.0.pop_front();
        }
    }

    /// Returns the number of the next event.
    pub fn next(&self) -> u64 {
        self.0.back().map_or(1, |last| last.number + 1)
    }

    pub fn newest_first(&self) -> impl Iterator<Item = &Event> {
        self.0.iter().rev()
    }
}
