//! The typed values of a response, read from the parsed document.

use std::fmt;
use std::ops::Deref;

use bergshamra_xml::uppsala::{Document, NodeId};
use jiff::Timestamp;
use zeroize::Zeroizing;

use crate::certificate::Certificate;
use crate::xml::{self, ASSERTION, PROTOCOL, SIGNATURE};

/// Text from a response: wiped when dropped, and hidden in `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct Sensitive(Zeroizing<String>);

impl Sensitive {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn of(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
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

/// All values of a response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claims {
    /// The values of the response element itself.
    pub envelope: Envelope,
    /// The values of the first assertion.
    pub assertion: Option<Assertion>,
    /// The number of assertions anywhere in the response.
    pub assertions: usize,
    /// The number of encrypted assertions anywhere in the response.
    pub encrypted: usize,
    /// The SHA-256 fingerprint of the certificate that the signature names. A hint for the user,
    /// never a reason to trust.
    pub named_certificate: Option<String>,
}

impl Claims {
    pub(super) fn below(document: &Document<'_>, response: NodeId) -> Self {
        let everywhere = |name| xml::descendants(document, response, ASSERTION, name);
        Self {
            envelope: Envelope::of(document, response),
            assertion: xml::child(document, response, ASSERTION, "Assertion")
                .map(|assertion| Assertion::of(document, assertion)),
            assertions: everywhere("Assertion").len(),
            encrypted: everywhere("EncryptedAssertion").len(),
            named_certificate: xml::descendants(document, response, SIGNATURE, "X509Certificate")
                .first()
                .and_then(|node| Certificate::read(xml::text(document, *node).as_bytes()).ok())
                .map(|found| found.certificate.sha256()),
        }
    }
}

/// The values of the response element around the assertion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    pub issuer: Option<Sensitive>,
    /// *Destination*: the assertion consumer service that the response is for.
    pub destination: Option<Sensitive>,
    /// *InResponseTo*: the request that it answers; absent if the sign-in started at AWS.
    pub in_response_to: Option<Sensitive>,
    /// *IssueInstant*.
    pub issued: Option<Instant>,
    pub status: Status,
}

impl Envelope {
    fn of(document: &Document<'_>, response: NodeId) -> Self {
        Self {
            issuer: issuer(document, response),
            destination: attribute(document, response, "Destination"),
            in_response_to: attribute(document, response, "InResponseTo"),
            issued: Instant::of(document, response, "IssueInstant"),
            status: Status::of(document, response),
        }
    }
}

/// The status that the identity provider reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// Outermost code first.
    pub codes: Vec<Sensitive>,
    pub message: Option<Sensitive>,
}

impl Status {
    pub const SUCCESS: &str = "urn:oasis:names:tc:SAML:2.0:status:Success";

    fn of(document: &Document<'_>, response: NodeId) -> Self {
        let mut codes = Vec::new();
        let status = xml::child(document, response, PROTOCOL, "Status");
        let mut next = status.and_then(|node| xml::child(document, node, PROTOCOL, "StatusCode"));
        while let Some(node) = next {
            codes.extend(attribute(document, node, "Value"));
            next = xml::child(document, node, PROTOCOL, "StatusCode");
        }
        let message = status.and_then(|node| xml::child(document, node, PROTOCOL, "StatusMessage"));
        Self { codes, message: message.map(|node| Sensitive::of(xml::text(document, node))) }
    }

    /// Returns whether the outermost code is success.
    pub fn is_success(&self) -> bool {
        self.codes.first().is_some_and(|code| code.as_str() == Self::SUCCESS)
    }
}

/// The values of an assertion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assertion {
    /// *IssueInstant*.
    pub issued: Option<Instant>,
    pub issuer: Option<Sensitive>,
    /// *NameID* of the subject.
    pub name_id: Option<NameId>,
    /// *SubjectConfirmation* elements, in order.
    pub confirmations: Vec<Confirmation>,
    /// *NotBefore* of the conditions.
    pub not_before: Option<Instant>,
    /// *NotOnOrAfter* of the conditions.
    pub not_on_or_after: Option<Instant>,
    /// *SessionNotOnOrAfter* of each *AuthnStatement* that has one.
    pub session_ends: Vec<Instant>,
    /// The audiences of each *AudienceRestriction*. The receiver must be in every restriction.
    pub audiences: Vec<Vec<Sensitive>>,
    /// In document order.
    pub attributes: Vec<Attribute>,
}

impl Assertion {
    fn of(document: &Document<'_>, assertion: NodeId) -> Self {
        let conditions = xml::child(document, assertion, ASSERTION, "Conditions");
        let subject = xml::child(document, assertion, ASSERTION, "Subject");
        let instant = |name| conditions.and_then(|node| Instant::of(document, node, name));
        Self {
            issued: Instant::of(document, assertion, "IssueInstant"),
            issuer: issuer(document, assertion),
            name_id: subject
                .and_then(|node| xml::child(document, node, ASSERTION, "NameID"))
                .map(|node| NameId::of(document, node)),
            confirmations: subject
                .map(|node| xml::children(document, node, ASSERTION, "SubjectConfirmation"))
                .unwrap_or_default()
                .into_iter()
                .map(|node| Confirmation::of(document, node))
                .collect(),
            not_before: instant("NotBefore"),
            not_on_or_after: instant("NotOnOrAfter"),
            session_ends: xml::children(document, assertion, ASSERTION, "AuthnStatement")
                .into_iter()
                .filter_map(|node| Instant::of(document, node, "SessionNotOnOrAfter"))
                .collect(),
            audiences: conditions
                .map(|node| xml::children(document, node, ASSERTION, "AudienceRestriction"))
                .unwrap_or_default()
                .into_iter()
                .map(|restriction| texts(document, restriction, "Audience"))
                .collect(),
            attributes: xml::children(document, assertion, ASSERTION, "AttributeStatement")
                .into_iter()
                .flat_map(|statement| xml::children(document, statement, ASSERTION, "Attribute"))
                .map(|node| Attribute::of(document, node))
                .collect(),
        }
    }
}

/// *NameID*: the subject of the assertion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameId {
    /// The unmodified text.
    pub value: Sensitive,
    pub format: Option<Sensitive>,
}

impl NameId {
    fn of(document: &Document<'_>, node: NodeId) -> Self {
        Self {
            value: Sensitive::of(xml::text(document, node)),
            format: attribute(document, node, "Format"),
        }
    }
}

/// *SubjectConfirmation*: who may present the assertion, where and until when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirmation {
    pub method: Option<Sensitive>,
    pub recipient: Option<Sensitive>,
    /// *NotBefore*, which bearer confirmations must not have.
    pub not_before: Option<Instant>,
    pub not_on_or_after: Option<Instant>,
    pub in_response_to: Option<Sensitive>,
}

impl Confirmation {
    /// The method of browser sign-in: any holder of the assertion may present it.
    pub const BEARER: &str = "urn:oasis:names:tc:SAML:2.0:cm:bearer";

    fn of(document: &Document<'_>, node: NodeId) -> Self {
        let data = xml::child(document, node, ASSERTION, "SubjectConfirmationData");
        let instant = |name| data.and_then(|data| Instant::of(document, data, name));
        Self {
            method: attribute(document, node, "Method"),
            recipient: data.and_then(|data| attribute(document, data, "Recipient")),
            not_before: instant("NotBefore"),
            not_on_or_after: instant("NotOnOrAfter"),
            in_response_to: data.and_then(|data| attribute(document, data, "InResponseTo")),
        }
    }
}

/// An attribute of the user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// *Name*, compared character by character.
    pub name: Sensitive,
    /// *NameFormat*.
    pub format: Option<Sensitive>,
    pub values: Vec<Sensitive>,
}

impl Attribute {
    fn of(document: &Document<'_>, node: NodeId) -> Self {
        Self {
            name: attribute(document, node, "Name").unwrap_or_else(|| Sensitive::of("")),
            format: attribute(document, node, "NameFormat"),
            values: texts(document, node, "AttributeValue"),
        }
    }
}

/// A point in time, as written and, if it could be parsed, as a timestamp.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instant {
    pub text: Sensitive,
    /// `None` if the text couldn't be parsed. SAML requires UTC in the form of RFC 3339.
    pub at: Option<Timestamp>,
}

impl Instant {
    fn of(document: &Document<'_>, node: NodeId, name: &str) -> Option<Self> {
        let text = attribute(document, node, name)?;
        let at = text.parse().ok();
        Some(Self { text, at })
    }
}

fn issuer(document: &Document<'_>, node: NodeId) -> Option<Sensitive> {
    xml::child(document, node, ASSERTION, "Issuer")
        .map(|issuer| Sensitive::of(xml::text(document, issuer)))
}

fn attribute(document: &Document<'_>, node: NodeId, name: &str) -> Option<Sensitive> {
    xml::attribute(document, node, name).map(Sensitive::of)
}

fn texts(document: &Document<'_>, node: NodeId, name: &str) -> Vec<Sensitive> {
    xml::children(document, node, ASSERTION, name)
        .into_iter()
        .map(|child| Sensitive::of(xml::text(document, child)))
        .collect()
}
