//! Finds the SAML messages in a sign-in that a browser or another tool recorded.
//!
//! The input can be a HAR file, a SAML-tracer export, a copied command, a form, a log, or the
//! message itself. No tool gets special treatment. JSON is split into its strings. Each text is
//! then unescaped in several ways, and each result is searched for XML and base64. Headers, cookies
//! and all other content are discarded.

mod encoded;
mod json;
mod markup;
mod search;
pub(super) mod unescape;

use zeroize::Zeroizing;

use crate::response::ResponseError;
use crate::text::{self, Encoding};
use search::MessageSearch;

/// The maximum size of a recording to search, in bytes.
pub const MAX_BYTES: usize = 32 << 20;

/// The SAML messages in a recording.
#[derive(Debug, Default)]
pub struct Recording {
    /// The messages, in the order of the recording.
    pub messages: Vec<Message>,
    /// The number of recorded HTTP requests, including requests without SAML messages. 0 if the
    /// input doesn't separate requests.
    pub exchanges: usize,
    /// The number of HTTP requests with a SAML message or a masked SAML message.
    pub used: usize,
    /// Whether the recording tool replaced a SAML message with a placeholder.
    pub masked: bool,
    /// Whether there is content other than the message and its form.
    pub around: bool,
    /// The most specific reason why the recording has no complete response.
    pub refusal: Option<ResponseError>,
}

/// A SAML message from a recording.
pub struct Message {
    pub kind: MessageKind,
    /// The address that the message was sent to, if the recording contains it. For a request, the
    /// query is removed.
    pub sent_to: Option<String>,
    /// The status of the HTTP response.
    pub status: Option<u16>,
    pub repair: Option<Repair>,
    /// The message as XML.
    pub text: Zeroizing<String>,
    id: String,
    /// Whether the digests of the message's signatures match.
    intact: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MessageKind {
    /// An *AuthnRequest*.
    Request,
    Response,
}

/// A change that repaired damaged base64.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Repair {
    /// Spaces were changed back to plus signs.
    Spaces,
    /// The base64 was encoded as base64 again.
    Twice,
}

impl Repair {
    /// Returns the value that selects a variant of the message.
    pub fn code(self) -> &'static str {
        self.into()
    }
}

impl Recording {
    /// Finds the messages in `bytes`. Never fails, but [`Recording::refusal`] says what else the
    /// bytes are.
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
        let mut search = MessageSearch::new(text.len(), encoding == Encoding::Windows1252);
        json::search(text, &mut search);
        search.into_recording(text)
    }

    pub fn requests(&self) -> impl DoubleEndedIterator<Item = &Message> {
        self.messages.iter().filter(|message| message.kind == MessageKind::Request)
    }

    pub fn responses(&self) -> impl DoubleEndedIterator<Item = &Message> {
        self.messages.iter().filter(|message| message.kind == MessageKind::Response)
    }

    /// Returns whether the input contains more than one SAML message or its form. If so, the user
    /// has to be told which part was used.
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
