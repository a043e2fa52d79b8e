//! The use cases: one actor per set-up, called by the window and the command line alike.

pub mod action;
pub mod document;
pub mod failure;
pub mod secret;
pub mod view;
pub mod wizard;

pub use action::Action;
pub use failure::Failure;
pub use secret::Secret;
pub use document::Document;
pub use view::View;
pub use wizard::Wizard;
