//! Parses a service provider's SAML request from a URL or a form.
//!
//! nOps's request contains its name ID format and the address for the response, which no nOps page
//! shows.

use std::io::Read as _;

use base64::Engine as _;
use flate2::read::DeflateDecoder;
use percent_encoding::percent_decode_str;
use strum::IntoStaticStr;

use super::recording::Recording;
use super::text::BASE64;
use super::xml::{self, ASSERTION, Node, PROTOCOL};

/// An *AuthnRequest*. Its values are neither secret nor verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthnRequest {
    /// *ID*, which becomes *InResponseTo* in the response.
    pub id: Option<String>,
    /// *Destination*: the identity provider's address.
    pub destination: Option<String>,
    /// *Issuer*: the service provider's entity ID.
    pub issuer: Option<String>,
    /// *AssertionConsumerServiceURL*: the address to send the response to.
    pub acs_url: Option<String>,
    /// The format in *NameIDPolicy*.
    pub name_id_format: Option<String>,
}

/// Why the text couldn't be parsed as a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, IntoStaticStr, thiserror::Error)]
#[strum(serialize_all = "snake_case")]
#[error("{}", self.code())]
pub enum RequestError {
    Missing,
    Damaged,
    OtherMessage,
}

impl RequestError {
    /// Returns the value that selects a variant of the message.
    pub fn code(self) -> &'static str {
        self.into()
    }
}

impl AuthnRequest {
    /// Parses the request from the URL that the browser shows on the way to AWS, a form body, the
    /// value of `SAMLRequest`, XML, or any other [`Recording`].
    ///
    /// # Errors
    /// Returns a [`RequestError`] for the first decoding stage that fails.
    pub fn read(text: &str) -> Result<Self, RequestError> {
        Self::decode_direct(text.trim()).or_else(|refusal| {
            let recording = Recording::read(text.as_bytes());
            recording
                .requests()
                .next()
                .map_or(Err(refusal), |request| Self::from_xml(&request.text))
        })
    }

    fn decode_direct(text: &str) -> Result<Self, RequestError> {
        if text.starts_with('<') {
            Self::from_xml(text)
        } else {
            Self::from_xml(&decode(value(text)?)?)
        }
    }

    /// Parses a request that is already decoded.
    ///
    /// # Errors
    /// Returns a [`RequestError`] if the document is damaged or isn't a request.
    pub fn from_xml(text: &str) -> Result<Self, RequestError> {
        let document = xml::parse(text).map_err(|_| RequestError::Damaged)?;
        let root = Node::document_element(&document).ok_or(RequestError::Damaged)?;
        if !root.has_name(PROTOCOL, "AuthnRequest") {
            return Err(RequestError::OtherMessage);
        }
        let attribute = |node: Node<'_>, name| node.attribute(name).map(str::to_owned);
        Ok(Self {
            id: attribute(root, "ID"),
            destination: attribute(root, "Destination"),
            issuer: root.child(ASSERTION, "Issuer").map(Node::text),
            acs_url: attribute(root, "AssertionConsumerServiceURL"),
            name_id_format: root
                .child(PROTOCOL, "NameIDPolicy")
                .and_then(|policy| attribute(policy, "Format")),
        })
    }
}

/// Returns the value of `SAMLRequest`. If the text is only a value, returns the whole text.
fn value(text: &str) -> Result<&str, RequestError> {
    if let Some((_, rest)) = text.split_once("SAMLRequest=") {
        return Ok(rest.split(['&', '#', ' ', '\n']).next().unwrap_or_default());
    }
    let bare = !text.is_empty()
        && text.bytes().all(|b| {
            b.is_ascii_alphanumeric() || b.is_ascii_whitespace() || b"+/=-_%".contains(&b)
        });
    if bare { Ok(text) } else { Err(RequestError::Missing) }
}

/// Decodes base64 (HTTP-POST) or deflated base64 (HTTP-Redirect; SAML bindings, 3.4.4.1).
fn decode(value: &str) -> Result<String, RequestError> {
    let decoded = percent_decode_str(value).decode_utf8().map_err(|_| RequestError::Damaged)?;
    let packed: String = decoded.chars().filter(|c| !c.is_whitespace()).collect();
    let bytes = BASE64.decode(packed).map_err(|_| RequestError::Damaged)?;
    if bytes.starts_with(b"<") {
        return String::from_utf8(bytes).map_err(|_| RequestError::Damaged);
    }
    let mut xml = String::new();
    let limit = xml::MAX_BYTES as u64;
    DeflateDecoder::new(bytes.as_slice())
        .take(limit)
        .read_to_string(&mut xml)
        .map_err(|_| RequestError::Damaged)?;
    Ok(xml)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use base64::engine::general_purpose::STANDARD;
    use flate2::Compression;
    use flate2::write::DeflateEncoder;
    use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

    use super::*;

    const XML: &str = r#"<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="ONELOGIN_1" Version="2.0" IssueInstant="2026-11-24T10:00:00Z" Destination="https://portal.sso.us-east-1.amazonaws.com/saml/assertion/T" AssertionConsumerServiceURL="https://app.nops.io/sso/v1/a/?acs"><saml:Issuer>https://app.nops.io/sso/v1/a/metadata</saml:Issuer><samlp:NameIDPolicy Format="urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified" AllowCreate="true"/></samlp:AuthnRequest>"#;

    fn deflated(text: &str) -> String {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(text.as_bytes()).unwrap();
        STANDARD.encode(encoder.finish().unwrap())
    }

    fn escaped(text: &str) -> String {
        utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
    }

    #[test]
    fn decodes_request_encodings() {
        let redirect = format!(
            "https://portal.sso.us-east-1.amazonaws.com/saml/assertion/T?SAMLRequest={}&RelayState=x",
            escaped(&deflated(XML))
        );
        let post = format!("SAMLRequest={}", escaped(&STANDARD.encode(XML)));
        for text in [redirect.as_str(), &post, &deflated(XML), &STANDARD.encode(XML), XML] {
            let request = AuthnRequest::read(text).unwrap();
            assert_eq!(request.issuer.as_deref(), Some("https://app.nops.io/sso/v1/a/metadata"));
            assert_eq!(request.acs_url.as_deref(), Some("https://app.nops.io/sso/v1/a/?acs"));
            assert!(request.name_id_format.as_deref().unwrap().ends_with(":unspecified"));
        }
    }

    #[test]
    fn other_texts_are_rejected() {
        let check = |text: &str, expect: RequestError| {
            assert_eq!(AuthnRequest::read(text), Err(expect), "{text:.60}");
        };
        check("", RequestError::Missing);
        check("https://example.com/?x=1", RequestError::Missing);
        check("https://example.com/?SAMLRequest=%%%", RequestError::Damaged);
        check("SAMLRequest=abcd", RequestError::Damaged);
        check(&deflated("<a/>"), RequestError::OtherMessage);
        check(&deflated("<!DOCTYPE a><a/>"), RequestError::Damaged);
        check(&deflated(&"<a>".repeat(1_000_000)), RequestError::Damaged);
    }
}
