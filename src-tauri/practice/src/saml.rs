//! SAML 2.0 messages and metadata, written by an identity provider and read by a service provider.
//!
//! The module does no I/O, and callers pass in the current time. Section numbers in its comments
//! refer to the OASIS SAML 2.0 specifications (core, bindings, metadata, profiles).

mod identity;
mod metadata;
mod request;
mod response;
mod signature;
mod xml;

pub use identity::{AWS, CertificateShape, OTHER, new_identity};
pub use metadata::{ServiceProvider, idp_metadata, other_idp_metadata};
pub use request::{AuthnRequest, RequestError};
pub use response::{Attribute, NameId, Response};
pub use signature::{SignedElement, SigningError, sign, signature_holds};
pub use xml::{XmlElement, XmlTree};

mod namespace {
    pub const ASSERTION: &str = "urn:oasis:names:tc:SAML:2.0:assertion";
    pub const METADATA: &str = "urn:oasis:names:tc:SAML:2.0:metadata";
    pub const PROTOCOL: &str = "urn:oasis:names:tc:SAML:2.0:protocol";
    pub const EXCLUSIVE_C14N: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";
    pub const SIGNATURE: &str = "http://www.w3.org/2000/09/xmldsig#";
}

/// The binding that sends a message in an HTML form (bindings, 3.5).
pub const HTTP_POST: &str = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";
/// The binding that sends a message in a link's query (bindings, 3.4).
pub const HTTP_REDIRECT: &str = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";
/// The status of a successful response (core, 3.2.2.2).
pub const SUCCESS: &str = "urn:oasis:names:tc:SAML:2.0:status:Success";
/// The bearer confirmation method, which requires only possession of the assertion (profiles, 3.3).
pub const BEARER: &str = "urn:oasis:names:tc:SAML:2.0:cm:bearer";
