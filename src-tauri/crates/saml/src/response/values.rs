//! A response's typed values, read from the parsed document.

use std::fmt;
use std::ops::Deref;

use jiff::Timestamp;
use zeroize::Zeroizing;

use crate::certificate::Certificate;
use crate::xml::{ASSERTION, Node, PROTOCOL, SIGNATURE};

/// Text from a response, which is wiped when dropped and hidden in `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct Sensitive(Zeroizing<String>);

impl Sensitive {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn of(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    fn inside(node: Node<'_>) -> Self {
        Self::of(node.text())
    }
}

impl Deref for Sensitive {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Sensitive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claims {
    pub envelope: Envelope,
    /// The values of the first assertion.
    pub assertion: Option<Assertion>,
    /// The number of encrypted assertions anywhere in the response.
    pub encrypted: usize,
    /// The SHA-256 fingerprint of the certificate in the signature. It's only a hint for the user,
    /// and never a reason to trust the signature.
    pub named_certificate: Option<String>,
}

impl Claims {
    pub(super) fn below(response: Node<'_>) -> Self {
        Self {
            envelope: Envelope::of(response),
            assertion: response.child(ASSERTION, "Assertion").map(Assertion::of),
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
    pub id: Option<Sensitive>,
    pub issuer: Option<Sensitive>,
    /// *Destination*: the assertion consumer service that should receive the response.
    pub destination: Option<Sensitive>,
    /// *InResponseTo*: the request's ID. Absent if the sign-in started in AWS.
    pub in_response_to: Option<Sensitive>,
    /// *IssueInstant*.
    pub issued: Option<Instant>,
    pub status: Status,
}

impl Envelope {
    fn of(response: Node<'_>) -> Self {
        Self {
            id: attribute(response, "ID"),
            issuer: issuer(response),
            destination: attribute(response, "Destination"),
            in_response_to: attribute(response, "InResponseTo"),
            issued: Instant::of(response, "IssueInstant"),
            status: Status::of(response),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// The status codes, starting with the outermost code.
    pub codes: Vec<Sensitive>,
    pub message: Option<Sensitive>,
}

impl Status {
    pub const SUCCESS: &str = "urn:oasis:names:tc:SAML:2.0:status:Success";

    fn of(response: Node<'_>) -> Self {
        let mut codes = Vec::new();
        let status = response.child(PROTOCOL, "Status");
        let mut next = status.and_then(|node| node.child(PROTOCOL, "StatusCode"));
        while let Some(node) = next {
            codes.extend(attribute(node, "Value"));
            next = node.child(PROTOCOL, "StatusCode");
        }
        let message = status.and_then(|node| node.child(PROTOCOL, "StatusMessage"));
        Self { codes, message: message.map(Sensitive::inside) }
    }

    pub fn is_success(&self) -> bool {
        self.codes.first().is_some_and(|code| code.as_str() == Self::SUCCESS)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assertion {
    /// *IssueInstant*.
    pub issued: Option<Instant>,
    pub issuer: Option<Sensitive>,
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
    pub audiences: Vec<Vec<Sensitive>>,
    /// The attributes, in document order.
    pub attributes: Vec<Attribute>,
}

impl Assertion {
    fn of(assertion: Node<'_>) -> Self {
        let conditions = assertion.child(ASSERTION, "Conditions");
        let subject = assertion.child(ASSERTION, "Subject");
        let instant = |name| conditions.and_then(|node| Instant::of(node, name));
        Self {
            issued: Instant::of(assertion, "IssueInstant"),
            issuer: issuer(assertion),
            name_id: subject.and_then(|node| node.child(ASSERTION, "NameID")).map(NameId::of),
            confirmations: subject
                .map(|node| node.children(ASSERTION, "SubjectConfirmation"))
                .unwrap_or_default()
                .into_iter()
                .map(Confirmation::of)
                .collect(),
            not_before: instant("NotBefore"),
            not_on_or_after: instant("NotOnOrAfter"),
            session_ends: assertion
                .children(ASSERTION, "AuthnStatement")
                .into_iter()
                .filter_map(|node| Instant::of(node, "SessionNotOnOrAfter"))
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
                .map(Attribute::of)
                .collect(),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameId {
    /// The value, exactly as in the document.
    pub value: Sensitive,
    pub format: Option<Sensitive>,
}

impl NameId {
    fn of(node: Node<'_>) -> Self {
        Self { value: Sensitive::inside(node), format: attribute(node, "Format") }
    }
}

/// *SubjectConfirmation*: who may present the assertion, where, and until when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirmation {
    pub method: Option<Sensitive>,
    pub recipient: Option<Sensitive>,
    /// *NotBefore*. Bearer confirmations must not have it.
    pub not_before: Option<Instant>,
    pub not_on_or_after: Option<Instant>,
    pub in_response_to: Option<Sensitive>,
}

impl Confirmation {
    /// The confirmation method for browser sign-in. Anyone who has the assertion may present it.
    pub const BEARER: &str = "urn:oasis:names:tc:SAML:2.0:cm:bearer";

    fn of(node: Node<'_>) -> Self {
        let data = node.child(ASSERTION, "SubjectConfirmationData");
        let instant = |name| data.and_then(|data| Instant::of(data, name));
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
    pub name: Sensitive,
    /// *NameFormat*.
    pub format: Option<Sensitive>,
    pub values: Vec<Sensitive>,
}

impl Attribute {
    fn of(node: Node<'_>) -> Self {
        Self {
            name: attribute(node, "Name").unwrap_or_else(|| Sensitive::of("")),
            format: attribute(node, "NameFormat"),
            values: texts(node, "AttributeValue"),
        }
    }
}

/// A point in time, as text and, if the text could be parsed, as a timestamp.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instant {
    pub text: Sensitive,
    /// `None` if the text couldn't be parsed. SAML requires UTC in RFC 3339 format.
    pub at: Option<Timestamp>,
}

impl Instant {
    fn of(node: Node<'_>, name: &str) -> Option<Self> {
        let text = attribute(node, name)?;
        let at = text.parse().ok();
        Some(Self { text, at })
    }
}

fn issuer(node: Node<'_>) -> Option<Sensitive> {
    node.child(ASSERTION, "Issuer").map(Sensitive::inside)
}

fn attribute(node: Node<'_>, name: &str) -> Option<Sensitive> {
    node.attribute(name).map(Sensitive::of)
}

fn texts(node: Node<'_>, name: &str) -> Vec<Sensitive> {
    node.children(ASSERTION, name).into_iter().map(Sensitive::inside).collect()
}
