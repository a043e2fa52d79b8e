//! Parses and checks SAML responses that were copied with *Copy XML* in AWS.
//!
//! A response contains personal data, and works like a password until it expires. It's kept only in
//! memory, wiped when dropped, and hidden in `Debug`. Signed and unsigned values are separate:
//! [`Response::unverified`] returns the document's values, and [`Response::verify`] returns only
//! the parts that a signature covers.

mod c14n;
mod refusal;
mod signature_policy;
mod values;
mod verify;
mod whitespace;

use std::collections::BTreeMap;
use std::fmt;

use strum::IntoStaticStr;

use bergshamra_xml::uppsala::Document;

use super::certificate::Certificate;
use super::recording::Recording;
use super::xml::{self, Node, XmlError};

pub(crate) use refusal::refusal;
pub use signature_policy::SignatureError;
pub use values::{
    Assertion, Attribute, Confirmation, Envelope, Instant, NameId, SensitiveText, Status,
    UnverifiedClaims,
};
pub use verify::{CoveredPart, Signature, Verification};

/// A parsed response. Its values are unverified until you call [`Response::verify`].
pub struct Response {
    claims: UnverifiedClaims,
    signatures: Result<Vec<verify::SignatureInput>, SignatureError>,
}

impl Response {
    /// Parses the first response in a [`Recording`], which can be the response itself, its base64,
    /// or a form with the response.
    ///
    /// # Errors
    /// Returns a [`ResponseError`] that says what else the bytes are.
    pub fn read(bytes: &[u8]) -> Result<Self, ResponseError> {
        let recording = Recording::read(bytes);
        let first = recording.responses().next().map(|message| Self::from_xml(&message.text));
        first.unwrap_or(Err(recording.refusal.unwrap_or(ResponseError::Unknown)))
    }

    /// Parses a response that is already decoded.
    ///
    /// # Errors
    /// Returns a [`ResponseError`] that says what else the document is.
    pub fn from_xml(text: &str) -> Result<Self, ResponseError> {
        let document = xml::parse(text).map_err(ResponseError::from)?;
        let root = Node::document_element(&document).ok_or(ResponseError::Unknown)?;
        if !root.has_name(xml::PROTOCOL, "Response") {
            return Err(refusal::other_document(root));
        }
        Ok(Self {
            claims: UnverifiedClaims::from_response(root),
            signatures: signature_policy::signed_parts(root).and_then(|parts| {
                verify::candidates(&document, text, &parts)
                    .ok_or_else(|| SignatureError::Shape { element: "Signature".to_owned() })
            }),
        })
    }

    /// Checks every signature with all `certificates`.
    ///
    /// [`Signature::Good`] means that all signatures are valid. The certificate inside the response
    /// is never used. Validity dates aren't checked here.
    pub fn verify(&self, certificates: &[Certificate]) -> Verification<'_> {
        match &self.signatures {
            Ok(candidates) => verify::verify(&self.claims, candidates, certificates),
            Err(SignatureError::Unsigned) => Verification::unverified(Signature::None),
            Err(reason) => Verification::unverified(Signature::Refused(reason.clone())),
        }
    }

    /// Returns the document's values without checking any signature.
    pub fn unverified(&self) -> &UnverifiedClaims {
        &self.claims
    }
}

/// Returns whether the digests of all signatures match, so that nothing was changed after signing.
/// This requires no key, and it doesn't prove who signed the response.
pub(crate) fn is_intact(document: &Document<'_>, root: Node<'_>) -> bool {
    signature_policy::signed_parts(root).is_ok_and(|parts| {
        parts.iter().all(|part| verify::is_digest_valid(document, part) == Some(true))
    })
}

impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Response(…)")
    }
}

#[derive(Debug, Clone, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum ResponseError {
    Empty,
    /// The document is larger or more deeply nested than a real response.
    TooLarge,
    /// The document has a document type declaration. SAML never needs one, but attacks do.
    Dtd,
    /// The encoding isn't UTF-8.
    Encoding,
    Malformed {
        /// Line number, starting at 1, or 0 if the document ends too early.
        line: u32,
        /// Column number, starting at 1, or 0 if the document ends too early.
        column: u32,
    },
    /// The end of the text is missing, probably because the copy was incomplete.
    Cut,
    /// An assertion without a response around it.
    BareAssertion,
    /// A SAML request, not a response.
    Request,
    Metadata,
    WebPage,
    /// The recording tool replaced the response with a placeholder.
    Masked,
    /// A recording without a SAML message.
    NoMessage,
    /// Neither a SAML response nor another known document.
    Unknown,
}

impl ResponseError {
    /// Returns the last part of the message key. It never changes.
    pub fn code(&self) -> &'static str {
        self.into()
    }

    /// Returns the variables of the message.
    pub fn params(&self) -> BTreeMap<String, String> {
        match self {
            Self::Malformed { line, column } => BTreeMap::from([
                ("line".to_owned(), line.to_string()),
                ("column".to_owned(), column.to_string()),
            ]),
            _ => BTreeMap::new(),
        }
    }
}

impl From<XmlError> for ResponseError {
    fn from(error: XmlError) -> Self {
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        match error {
            XmlError::TooLarge => Self::TooLarge,
            XmlError::Dtd => Self::Dtd,
            XmlError::Encoding(_) => Self::Encoding,
            XmlError::Malformed { line, column } => {
                Self::Malformed { line: number(line), column: number(column) }
            }
        }
    }
}

#[cfg(test)]
mod tests;
