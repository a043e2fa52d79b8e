//! Emails that practice mode has sent.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// An email in the practice mailbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
    pub to: String,
    pub from: String,
    pub subject: String,
    /// The paragraphs of the email's text.
    pub body: Vec<String>,
    pub link: Option<MailLink>,
    pub sent_at: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailLink {
    pub words: String,
    /// The link's real target, such as `https://HOST/PATH`.
    pub link: String,
}
