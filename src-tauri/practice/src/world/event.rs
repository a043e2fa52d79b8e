//! The events that CloudTrail logs about sign-ins, the console and the API.

use std::collections::VecDeque;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The maximum number of events to keep.
const KEPT: usize = 500;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// The event's number, starting at 1. The number is part of the event's ID.
    pub number: u64,
    pub at: Timestamp,
    pub name: String,
    pub service: Service,
    pub actor: Actor,
    /// Members that only some events have, for example `requestParameters`.
    pub details: Value,
}

/// The AWS service that logs an event.
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

/// The user who caused an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Actor {
    /// The administrator, who uses the console or the API.
    Administrator,
    /// A user in the identity store. Contains the user's ID.
    User(String),
}

/// The logged events, with the oldest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EventLog(VecDeque<Event>);

impl EventLog {
    /// Adds an event. If there are too many events, drops the oldest one.
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
