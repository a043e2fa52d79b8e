//! The setup report: one model, rendered as HTML for printing, as Markdown and as JSON. Performs no
//! I/O.
//!
//! The report contains no secret and no SAML response. By default, people appear only as counts,
//! and their addresses are masked.

mod document;
mod html;
mod layout;
mod markdown;
pub mod model;
mod redaction;

use jiff::Timestamp;

use crate::view::{PersonRow, SetupView};
use messages::MessageCatalog;

pub use model::Report;

/// How a report shows people.
#[derive(Clone, Copy, Debug)]
pub enum ReportedPeople<'a> {
    /// As counts. Names and email addresses are masked wherever they occur.
    Counted,
    /// As these rows, without masking.
    Listed(&'a [PersonRow]),
}

impl Report {
    /// Creates the report of the setup as shown at the time `now`. `words` must be a catalog
    /// without markup.
    pub fn from_view(
        view: &SetupView,
        people: ReportedPeople<'_>,
        now: Timestamp,
        words: &MessageCatalog,
    ) -> Self {
        model::report(view, people, now, words)
    }

    /// Renders one self-contained HTML file, without scripts, images or external resources.
    pub fn html(&self, words: &MessageCatalog) -> String {
        html::page(&layout::build_document(self, words), words)
    }

    /// Renders GitHub-flavored Markdown. Text from the setup can't become markup.
    pub fn markdown(&self, words: &MessageCatalog) -> String {
        markdown::text(&layout::build_document(self, words))
    }

    /// Renders indented JSON with the exact values.
    pub fn json(&self) -> serde_json::Result<String> {
        serde_json::to_string_pretty(self)
    }
}

#[cfg(test)]
mod tests;
