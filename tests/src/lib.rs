//! What the proofs are made of: a desktop in memory, a webview that is driven, a person who follows instructions.

pub mod app;
pub mod browser;
pub mod canary;
pub mod company;
pub mod corpus;
pub mod desktop;
pub mod driver;
pub mod fuzzed;
pub mod gallery;
pub mod hands;
pub mod ids;
pub mod ledger;
pub mod measured;
pub mod peer;
pub mod person;
pub mod proxy;
pub mod rig;
pub mod steps;
pub mod tree;
pub mod wait;

/// What went wrong, as a sentence.
pub type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// Fails with a sentence unless something holds.
pub fn must(holds: bool, otherwise: impl FnOnce() -> String) -> Result<()> {
    match holds {
        true => Ok(()),
        false => Err(otherwise().into()),
    }
}
