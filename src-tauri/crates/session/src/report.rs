//! The setup report: one model, rendered as HTML that prints well, as Markdown and as JSON. Pure.
//!
//! No secret and no SAML response is in it. People are counts, and their addresses are masked,
//! unless they were asked for.

mod document;
mod html;
mod layout;
mod markdown;
pub mod model;
mod redaction;

use jiff::Timestamp;

use crate::view::{PersonRow, SetupView};
use messages::Words;

pub use model::Report;

/// Whether people are named in a report.
#[derive(Clone, Copy, Debug)]
pub enum People<'a> {
    /// As counts; names and email addresses are masked wherever they occur.
    Counted,
    /// With these rows; nothing is masked.
    Listed(&'a [PersonRow]),
}

impl Report {
    /// What the setup on show looks like at the instant `now`. `words` come without markup.
    pub fn of(view: &SetupView, people: People<'_>, now: Timestamp, words: &Words) -> Self {
        model::report(view, people, now, words)
    }

    /// One HTML file that needs nothing else: no script, no picture, no address is fetched.
    pub fn html(&self, words: &Words) -> String {
        html::page(&layout::paper(self, words), words)
    }

    /// GitHub-flavoured Markdown. Nothing that the setup holds can become markup.
    pub fn markdown(&self, words: &Words) -> String {
        markdown::text(&layout::paper(self, words))
    }

    /// JSON, indented, with values exactly as they are known.
    pub fn json(&self) -> serde_json::Result<String> {
        serde_json::to_string_pretty(self)
    }
}

#[cfg(test)]
mod tests;
