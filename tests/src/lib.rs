//! What the proofs are made of: a desktop in memory, a webview that is driven, a person who follows instructions.

pub mod app;
pub mod browser;
pub mod corporate_proxy;
pub mod corpus;
pub mod desktop;
pub mod driver;
pub mod fuzz_targets;
pub mod gallery;
pub mod harness;
pub mod ids;
pub mod mistake_report;
pub mod peer;
pub mod person;
pub mod process_metrics;
pub mod proxy;
pub mod secret_scan;
pub mod steps;
pub mod tree;
pub mod user_actions;
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
