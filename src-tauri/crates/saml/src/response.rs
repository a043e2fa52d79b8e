//! SAML responses as AWS's *Copy XML* gives them: read, checked, and never shown by accident.
//!
//! A response is personal data and, for a while, as good as a password. It lives in memory only, is
//! wiped when dropped, and shows nothing in `Debug`. Signed and unsigned values are kept apart:
//! [`Response::unverified`] is what the document says, [`Response::verify`] gives back only those
//! parts that a certificate vouches for.

mod c14n;
mod encoding;
mod signature_policy;
mod values;
mod verify;
mod whitespace;

use std::collections::BTreeMap;
use std::fmt;

use super::certificate::Certificate;
use super::xml::{self, XmlError};

pub use signature_policy::SignatureError;
pub use values::{
    Assertion, Attribute, Claims, Confirmation, Envelope, Instant, NameId, Sensitive, Status,
};
pub use verify::{Part, Signature, Verification};

/// A response that could be read. Nothing in it is proven before [`Response::verify`].
pub struct Response {
    claims: Claims,
    signatures: Result<Vec<verify::SignatureInput>, SignatureError>,
}

impl Response {
    /// Reads the response itself, its base64, or the form that carried it.
    ///
    /// # Errors
    /// A [`ResponseError`] that says what the bytes are instead.
    pub fn read(bytes: &[u8]) -> Result<Self, ResponseError> {
        let text = encoding::unwrap(bytes)?;
        let document = xml::parse(&text).map_err(ResponseError::from)?;
        let root = document
            .document_element()
            .filter(|root| xml::is(&document, *root, xml::PROTOCOL, "Response"))
            .ok_or_else(|| encoding::other_document(&document))?;
        Ok(Self {
            claims: Claims::below(&document, root),
            signatures: signature_policy::signed_parts(&document, root).and_then(|parts| {
                verify::candidates(&document, &text, &parts)
                    .ok_or_else(|| SignatureError::Shape { element: "Signature".to_owned() })
            }),
        })
    }

    /// Checks every signature against the certificates, each of which may be the right one. All
    /// must hold for [`Signature::Good`]. The certificate inside the response is never used, and
    /// validity dates are the certificate's own matter.
    pub fn verify(&self, certificates: &[Certificate]) -> Verification<'_> {
        match &self.signatures {
            Ok(candidates) => verify::verify(&self.claims, candidates, certificates),
            Err(SignatureError::Unsigned) => Verification::unproven(Signature::None),
            Err(reason) => Verification::unproven(Signature::Refused(reason.clone())),
        }
    }

    /// What the document says, whoever wrote it.
    pub fn unverified(&self) -> &Claims {
        &self.claims
    }
}

impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Response(…)")
    }
}

/// What the bytes are instead of a response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ResponseError {
    /// Nothing.
    Empty,
    /// Larger or more nested than a response ever is.
    TooLarge,
    /// A document type declaration.
    Dtd,
    /// An encoding other than UTF-8.
    Encoding,
    /// Not well-formed XML.
    Malformed {
        /// The line, counted from 1; 0 where the end is missing.
        line: u32,
        /// The column, counted from 1.
        column: u32,
    },
    /// It stops in the middle.
    Cut,
    /// An assertion without the response around it.
    BareAssertion,
    /// A request, which travels the other way.
    Request,
    /// Metadata.
    Metadata,
    /// A web page.
    WebPage,
    /// No SAML at all.
    Unknown,
}

impl ResponseError {
    /// A stable name, the end of the catalogue's keys.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLarge => "too_large",
            Self::Dtd => "dtd",
            Self::Encoding => "encoding",
            Self::Malformed { .. } => "malformed",
            Self::Cut => "cut",
            Self::BareAssertion => "bare_assertion",
            Self::Request => "request",
            Self::Metadata => "metadata",
            Self::WebPage => "web_page",
            Self::Unknown => "unknown",
        }
    }

    /// The variables of its words.
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
