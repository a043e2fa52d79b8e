//! The app's use cases. One actor handles the open setup for the window and the command line.

// Handle every new action, report and result explicitly, so that no existing match arm catches it
// by accident.
#![warn(clippy::wildcard_enum_match_arm)]

pub mod action;
mod actor;
mod blocking;
mod calendar;
pub mod config;
pub mod doctor;
pub mod document;
mod download_watcher;
pub mod export;
pub mod failure;
pub mod files;
pub mod jobs;
mod planning;
pub mod provision;
pub mod recheck;
pub mod report;
mod reports;
pub mod secret;
mod setup_session;
mod support_details;
mod support_messages;
pub mod view;
mod view_builder;
pub mod wizard;

pub use action::Action;
pub use document::Document;
pub use failure::Failure;
pub use secret::Secret;
pub use view::View;
pub use wizard::Wizard;
