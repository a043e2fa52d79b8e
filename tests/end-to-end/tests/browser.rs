//! Tests of the built app next to a real browser. The tests use both like a person.

#[path = "browser/file_mistakes.rs"]
mod file_mistakes;
#[path = "browser/form_mistakes.rs"]
mod form_mistakes;
#[path = "browser/journey.rs"]
mod journey;
#[path = "browser/mistakes.rs"]
mod mistakes;
#[path = "browser/people_mistakes.rs"]
mod people_mistakes;
