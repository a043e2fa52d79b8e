//! Mail that this world has sent.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A mail in the practice mailbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Mail {
    /// The recipient's address.
    pub to: String,
    /// The sender's address.
    pub from: String,
    /// The subject line.
    pub subject: String,
    /// The paragraphs of its text.
    pub body: Vec<String>,
    /// The real-shaped link in it, with its words.
    pub link: Option<MailLink>,
    /// When it was sent.
    pub sent_at: Timestamp,
}

/// A link in a mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct MailLink {
    /// What it says.
    pub words: String,
    /// Where it leads, real-shaped.
    pub link: String,
}
