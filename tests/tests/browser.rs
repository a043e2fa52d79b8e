//! The built app beside a real browser, used as a person uses both.

#[path = "browser/journey.rs"]
mod journey;
#[path = "browser/mistakes.rs"]
mod mistakes;
