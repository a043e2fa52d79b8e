//! The use cases: one actor for the open setup, called by the window and the command line alike.

pub mod action;
mod actor;
pub mod document;
mod downloads;
pub mod export;
pub mod failure;
pub mod files;
mod jobs;
mod open;
mod planning;
pub mod ports;
mod present;
pub mod provision;
mod reading;
pub mod report;
mod reports;
pub mod secret;
mod texts;
pub mod view;
pub mod wizard;

pub use action::Action;
pub use document::Document;
pub use failure::Failure;
pub use secret::Secret;
pub use view::View;
pub use wizard::Wizard;
