//! What the proofs are made of: a desktop in memory, a webview that is driven, a person who follows instructions.

pub mod canary;
pub mod desktop;
pub mod driver;
pub mod person;
pub mod rig;
pub mod wait;

/// What went wrong, as a sentence.
pub type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;
