//! Test support: a virtual desktop, a driver for webviews, and a scripted person who follows
//! instructions.

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

/// A result whose error is a message.
pub type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// Returns an error with this message unless the condition holds.
pub fn ensure(holds: bool, otherwise: impl FnOnce() -> String) -> Result<()> {
    match holds {
        true => Ok(()),
        false => Err(otherwise().into()),
    }
}
