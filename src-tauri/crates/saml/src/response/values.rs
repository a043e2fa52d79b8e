//! A response's typed values, read from the parsed document.

use std::fmt;
use std::ops::Deref;

use jiff::Timestamp;
use zeroize::Zeroizing;

use crate::certificate::Certificate;
use crate::xml::{ASSERTION, Node, PROTOCOL, SIGNATURE};

/// Text from a response, which is wiped when dropped and hidden in `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct SensitiveText(Zeroizing<String>);

impl SensitiveText {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    fn from_node(node: Node<'_>) -> Self {
        Self::new(node.text())
    }
}

impl Deref for SensitiveText {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SensitiveText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnverifiedClaims {
    pub envelope: Envelope,
    /// The values of the first assertion.
    pub assertion: Option<Assertion>,
    /// The number of encrypted assertions anywhere in the response.
    pub encrypted: usize,
    /// The SHA-256 fingerprint of the certificate in the signature. It's only a hint for the user,
    /// and never a reason to trust the signature.
    pub named_certificate: Option<String>,
}

impl UnverifiedClaims {
    pub(super) fn from_response(response: Node<'_>) -> Self {
        Self {
            envelope: Envelope::from_response(response),
            assertion: response.child(ASSERTION, "Assertion").map(Assertion::from_node),
            encrypted: response.descendants(ASSERTION, "EncryptedAssertion").len(),
            named_certificate: response
                .descendants(SIGNATURE, "X509Certificate")
                .first()
                .and_then(|node| Certificate::read(node.text().as_bytes()).ok())
                .map(|found| found.certificate.sha256()),
        }
    }
}

/// The values in the response element, outside the assertion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    /// *ID*, which is different in each response.
    pub id: Option<SensitiveText>,
    pub issuer: Option<SensitiveText>,
    /// *Destination*: the assertion consumer service that should receive the response.
    pub destination: Option<SensitiveText>,
    /// *InResponseTo*: the request's ID. Absent if the sign-in started in AWS.
    pub in_response_to: Option<SensitiveText>,
    /// *IssueInstant*.
    pub issued: Option<Instant>,
    pub status: Status,
}

impl Envelope {
    fn from_response(response: Node<'_>) -> Self {
        Self {
            id: attribute(response, "ID"),
            issuer: issuer(response),
            destination: attribute(response, "Destination"),
            in_response_to: attribute(response, "InResponseTo"),
            issued: Instant::from_attribute(response, "IssueInstant"),
            status: Status::from_response(response),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// The status codes, starting with the outermost code.
    pub codes: Vec<SensitiveText>,
    pub message: Option<SensitiveText>,
}

impl Status {
    pub const SUCCESS: &str = "urn:oasis:names:tc:SAML:2.0:status:Success";

    fn from_response(response: Node<'_>) -> Self {
        let mut codes = Vec::new();
        let status = response.child(PROTOCOL, "Status");
        let mut next = status.and_then(|node| node.child(PROTOCOL, "StatusCode"));
        while let Some(node) = next {
            codes.extend(attribute(node, "Value"));
            next = node.child(PROTOCOL, "StatusCode");
        }
        let message = status.and_then(|node| node.child(PROTOCOL, "StatusMessage"));
        Self { codes, message: message.map(SensitiveText::from_node) }
    }

    pub fn is_success(&self) -> bool {
        self.codes.first().is_some_and(|code| code.as_str() == Self::SUCCESS)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assertion {
    /// *IssueInstant*.
    pub issued: Option<Instant>,
    pub issuer: Option<SensitiveText>,
    /// The subject's *NameID*.
    pub name_id: Option<NameId>,
    /// *SubjectConfirmation* elements, in order.
    pub confirmations: Vec<Confirmation>,
    /// *NotBefore* in the conditions.
    pub not_before: Option<Instant>,
    /// *NotOnOrAfter* in the conditions.
    pub not_on_or_after: Option<Instant>,
    /// *SessionNotOnOrAfter* of each *AuthnStatement* that has one.
    pub session_ends: Vec<Instant>,
    /// The audiences in each *AudienceRestriction*. Every restriction must include the receiver.
    pub audiences: Vec<Vec<SensitiveText>>,
    /// The attributes, in document order.
    pub attributes: Vec<Attribute>,
}

impl Assertion {
    fn from_node(assertion: Node<'_>) -> Self {
        let conditions = assertion.child(ASSERTION, "Conditions");
        let subject = assertion.child(ASSERTION, "Subject");
        let instant = |name| conditions.and_then(|node| Instant::from_attribute(node, name));
        Self {
            issued: Instant::from_attribute(assertion, "IssueInstant"),
            issuer: issuer(assertion),
            name_id: subject
                .and_then(|node| node.child(ASSERTION, "NameID"))
                .map(NameId::from_node),
            confirmations: subject
                .map(|node| node.children(ASSERTION, "SubjectConfirmation"))
                .unwrap_or_default()
                .into_iter()
                .map(Confirmation::from_node)
                .collect(),
            not_before: instant("NotBefore"),
            not_on_or_after: instant("NotOnOrAfter"),
            session_ends: assertion
                .children(ASSERTION, "AuthnStatement")
                .into_iter()
                .filter_map(|node| Instant::from_attribute(node, "SessionNotOnOrAfter"))
                .collect(),
            audiences: conditions
                .map(|node| node.children(ASSERTION, "AudienceRestriction"))
                .unwrap_or_default()
                .into_iter()
                .map(|restriction| texts(restriction, "Audience"))
                .collect(),
            attributes: assertion
                .children(ASSERTION, "AttributeStatement")
                .into_iter()
                .flat_map(|statement| statement.children(ASSERTION, "Attribute"))
                .map(Attribute::from_node)
                .collect(),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameId {
    /// The value, exactly as in the document.
    pub value: SensitiveText,
    pub format: Option<SensitiveText>,
}

impl NameId {
    fn from_node(node: Node<'_>) -> Self {
        Self { value: SensitiveText::from_node(node), format: attribute(node, "Format") }
    }
}

/// *SubjectConfirmation*: who may present the assertion, where, and until when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirmation {
    pub method: Option<SensitiveText>,
    pub recipient: Option<SensitiveText>,
    /// *NotBefore*. Bearer confirmations must not have it.
    pub not_before: Option<Instant>,
    pub not_on_or_after: Option<Instant>,
    pub in_response_to: Option<SensitiveText>,
}

impl Confirmation {
    /// The confirmation method for browser sign-in. Anyone who has the assertion may present it.
    pub const BEARER: &str = "urn:oasis:names:tc:SAML:2.0:cm:bearer";

    fn from_node(node: Node<'_>) -> Self {
        let data = node.child(ASSERTION, "SubjectConfirmationData");
        let instant = |name| data.and_then(|data| Instant::from_attribute(data, name));
        Self {
            method: attribute(node, "Method"),
            recipient: data.and_then(|data| attribute(data, "Recipient")),
            not_before: instant("NotBefore"),
            not_on_or_after: instant("NotOnOrAfter"),
            in_response_to: data.and_then(|data| attribute(data, "InResponseTo")),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// *Name*. It's compared exactly.
    pub name: SensitiveText,
    /// *NameFormat*.
    pub format: Option<SensitiveText>,
    pub values: Vec<SensitiveText>,
}

impl Attribute {
    fn from_node(node: Node<'_>) -> Self {
        Self {
            name: attribute(node, "Name").unwrap_or_else(|| SensitiveText::new("")),
            format: attribute(node, "NameFormat"),
            values: texts(node, "AttributeValue"),
        }
    }
}

/// A point in time, as text and, if the text could be parsed, as a timestamp.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instant {
    pub text: SensitiveText,
    /// `None` if the text couldn't be parsed. SAML requires UTC in RFC 3339 format.
    pub at: Option<Timestamp>,
}

impl Instant {
    fn from_attribute(node: Node<'_>, name: &str) -> Option<Self> {
        let text = attribute(node, name)?;
        let at = text.parse().ok();
        Some(Self { text, at })
    }
}

fn issuer(node: Node<'_>) -> Option<SensitiveText> {
    node.child(ASSERTION, "Issuer").map(SensitiveText::from_node)
}

fn attribute(node: Node<'_>, name: &str) -> Option<SensitiveText> {
    node.attribute(name).map(SensitiveText::new)
}

fn texts(node: Node<'_>, name: &str) -> Vec<SensitiveText> {
    node.children(ASSERTION, name).into_iter().map(SensitiveText::from_node).collect()
}
