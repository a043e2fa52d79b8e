//! Finds the SAML messages in what a browser or another tool recorded of a sign-in.
//!
//! The input can be a HAR file, an export of SAML-tracer, a copied command, a form, a log, or the message itself.
//! No tool is treated specially. JSON is split into its strings, then each text is unescaped in several ways, and
//! each way is searched for XML and for base64. Headers, cookies and all other content are dropped.

mod encoded;
mod json;
mod markup;
mod search;
pub(super) mod unescape;

use zeroize::Zeroizing;

use crate::response::ResponseError;
use crate::text::{self, Encoding};
use search::Search;

/// The largest recording that is searched, in bytes.
pub const MAX_BYTES: usize = 32 << 20;

/// The SAML messages of a recording.
#[derive(Debug, Default)]
pub struct Recording {
    /// In the order of the recording.
    pub messages: Vec<Message>,
    /// The number of recorded HTTP requests, including those without SAML messages. 0 if the input doesn't
    /// separate them.
    pub exchanges: usize,
    /// The number of HTTP requests that had a SAML message or a masked one.
    pub used: usize,
    /// Whether the tool that made the recording replaced a SAML message with a placeholder.
    pub masked: bool,
    /// Whether there is other content besides the message and its form.
    pub around: bool,
    /// The most specific reason why there is no complete response.
    pub refusal: Option<ResponseError>,
}

/// A SAML message that was found in a recording.
pub struct Message {
    pub kind: MessageKind,
    /// The address that the message was sent to, if the recording has it. Without the query for a request.
    pub sent_to: Option<String>,
    /// The HTTP status of the answer.
    pub status: Option<u16>,
    pub repair: Option<Repair>,
    /// The message as XML.
    pub text: Zeroizing<String>,
    id: String,
    /// Whether the digests of its signatures match.
    intact: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MessageKind {
    /// An *AuthnRequest*.
    Request,
    Response,
}

/// A change that made damaged base64 readable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Repair {
    /// Spaces were replaced with the plus signs that they had been.
    Spaces,
    /// The base64 was encoded again as base64.
    Twice,
}

impl Repair {
    /// Returns the value that selects the message's variant.
    pub fn code(self) -> &'static str {
        self.into()
    }
}

impl Recording {
    /// Finds the messages in `bytes`. Never fails: [`Recording::refusal`] says what the bytes are instead.
    pub fn read(bytes: &[u8]) -> Self {
        let refused = |refusal| Self { refusal: Some(refusal), ..Self::default() };
        if bytes.len() > MAX_BYTES {
            return refused(ResponseError::TooLarge);
        }
        let Some((text, encoding)) = text::decode(bytes) else {
            return refused(ResponseError::Unknown);
        };
        let text = text.trim_matches(|c: char| {
            c.is_whitespace() || matches!(c, '\u{FEFF}' | '\u{200B}'..='\u{200F}')
        });
        if text.is_empty() {
            return refused(ResponseError::Empty);
        }
        let mut search = Search::new(text.len(), encoding == Encoding::Windows1252);
        json::search(text, &mut search);
        search.into_recording(text)
    }

    pub fn requests(&self) -> impl DoubleEndedIterator<Item = &Message> {
        self.messages.iter().filter(|message| message.kind == MessageKind::Request)
    }

    pub fn responses(&self) -> impl DoubleEndedIterator<Item = &Message> {
        self.messages.iter().filter(|message| message.kind == MessageKind::Response)
    }

    /// Returns whether the input is more than one SAML message or its form, so that a person has to be told what
    /// was used.
    pub fn is_compound(&self) -> bool {
        self.exchanges > 0 || self.around || self.messages.len() > 1
    }
}

impl std::fmt::Debug for Message {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Message").field(&self.kind).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
