//! Authentication requests (core, 3.4.1) and their encoding (bindings, 3.4.4.1 and 3.5.4). A
//! service provider sends an authentication request to start SP-initiated sign-in.

use std::io::{self, Read as _, Write as _};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use jiff::{Timestamp, Unit};

use super::HTTP_POST;
use super::namespace::{ASSERTION, PROTOCOL};
use super::xml::{XmlElement, XmlTree, attribute, text};

const MAX_INFLATED: u64 = 64 * 1024;

/// The parts of a request that practice mode writes and reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthnRequest {
    pub id: String,
    pub issuer: String,
    /// The requested NameID format. With `None`, the identity provider chooses the format.
    pub name_id_format: Option<String>,
}

/// The reason why a received request can't be used.
#[derive(Debug, thiserror::Error)]
pub enum RequestError {
    #[error("the request is not base64: {0}")]
    Base64(#[from] base64::DecodeError),
    #[error("the request could not be inflated: {0}")]
    Deflate(#[from] io::Error),
    #[error("the request is not UTF-8 text")]
    Encoding,
    #[error("the request is not well-formed: {0}")]
    Xml(#[from] bergshamra_xml::uppsala::XmlError),
    #[error("the request is no AuthnRequest with an ID and an issuer")]
    Shape,
}

impl AuthnRequest {
    /// Writes the request as XML in the same format as python3-saml.
    pub fn to_xml(&self, acs_url: &str, destination: &str, now: Timestamp) -> String {
        let policy = self.name_id_format.as_deref().map(|format| {
            format!(r#"<samlp:NameIDPolicy Format="{}" AllowCreate="true"/>"#, attribute(format))
        });
        format!(
            concat!(
                r#"<samlp:AuthnRequest xmlns:samlp="{protocol}" xmlns:saml="{assertion}" ID="{id}" Version="2.0" IssueInstant="{issued}" "#,
                r#"Destination="{destination}" ProtocolBinding="{post}" AssertionConsumerServiceURL="{acs_url}"><saml:Issuer>{issuer}</saml:Issuer>{policy}</samlp:AuthnRequest>"#,
            ),
            protocol = PROTOCOL,
            assertion = ASSERTION,
            id = attribute(&self.id),
            issued = instant(now),
            destination = attribute(destination),
            post = HTTP_POST,
            acs_url = attribute(acs_url),
            issuer = text(&self.issuer),
            policy = policy.unwrap_or_default(),
        )
    }

    /// Encodes `xml` as the `SAMLRequest` value in the query of a link. The value still needs
    /// percent-encoding.
    pub fn deflate(xml: &str) -> io::Result<String> {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(xml.as_bytes())?;
        Ok(STANDARD.encode(encoder.finish()?))
    }

    /// Decodes the `SAMLRequest` value from the query of a link.
    pub fn from_redirect(value: &str) -> Result<Self, RequestError> {
        let mut xml = Vec::new();
        DeflateDecoder::new(STANDARD.decode(value)?.as_slice())
            .take(MAX_INFLATED)
            .read_to_end(&mut xml)?;
        Self::from_bytes(xml)
    }

    /// Decodes the `SAMLRequest` value from a posted form.
    pub fn from_post(value: &str) -> Result<Self, RequestError> {
        let value: String = value.split_whitespace().collect();
        Self::from_bytes(STANDARD.decode(value)?)
    }

    fn from_bytes(xml: Vec<u8>) -> Result<Self, RequestError> {
        let xml = String::from_utf8(xml).map_err(|_| RequestError::Encoding)?;
        let tree = XmlTree::parse(&xml)?;
        let root = tree.root().filter(|root| root.is("samlp:AuthnRequest"));
        root.and_then(Self::from_root).ok_or(RequestError::Shape)
    }

    fn from_root(root: XmlElement<'_>) -> Option<Self> {
        let policy = root.child("samlp:NameIDPolicy");
        Some(Self {
            id: root.attribute("ID")?.to_owned(),
            issuer: root.child("saml:Issuer")?.text(),
            name_id_format: policy.and_then(|policy| policy.attribute("Format")).map(str::to_owned),
        })
    }
}

/// Formats a time for SAML: UTC with milliseconds (core, 1.3.3).
pub fn instant(time: Timestamp) -> String {
    let time = time.round(Unit::Millisecond).unwrap_or(time);
    format!("{time:.3}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request() -> AuthnRequest {
        AuthnRequest {
            id: "ONELOGIN_1".into(),
            issuer: "https://app.nops.io/sso/v1/1/metadata".into(),
            name_id_format: Some("urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified".into()),
        }
    }

    fn now() -> Timestamp {
        "2026-11-24T09:30:15.1239Z".parse().expect("a timestamp")
    }

    #[test]
    fn request_reads_back_from_both_bindings() {
        let xml =
            request().to_xml("https://sp.example.com/?acs&x", "https://idp.example.com/", now());
        let value = AuthnRequest::deflate(&xml).expect("deflate");
        assert_eq!(AuthnRequest::from_redirect(&value).expect("a request"), request());
        assert_eq!(AuthnRequest::from_post(&STANDARD.encode(&xml)).expect("a request"), request());
    }

    #[test]
    fn malformed_requests_are_refused() {
        assert!(matches!(AuthnRequest::from_post("%%%"), Err(RequestError::Base64(_))));
        assert!(matches!(
            AuthnRequest::from_post(&STANDARD.encode("<a/>")),
            Err(RequestError::Shape)
        ));
        assert!(matches!(
            AuthnRequest::from_redirect(&STANDARD.encode("plain")),
            Err(RequestError::Deflate(_) | RequestError::Encoding)
        ));
    }

    #[test]
    fn instants_have_milliseconds() {
        assert_eq!(instant(now()), "2026-11-24T09:30:15.124Z");
        assert_eq!(
            instant("2026-11-24T09:30:15Z".parse().expect("a timestamp")),
            "2026-11-24T09:30:15.000Z"
        );
    }
}
