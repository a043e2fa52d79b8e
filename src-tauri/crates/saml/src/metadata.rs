//! An identity provider's SAML metadata, and the owner of service provider metadata.
//!
//! See *Metadata for the OASIS Security Assertion Markup Language (SAML) V2.0*.

mod read;

use jiff::Timestamp;

use super::certificate::{self, Certificate};
use identifiers::{HostFamily, PortalHost, PortalToken};

/// Identity provider metadata that contains everything a sign-in needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Metadata {
    pub entity_id: String,
    /// The sign-in URL with the HTTP-Redirect binding.
    pub sso_redirect: Option<String>,
    /// The sign-in URL with the HTTP-POST binding.
    pub sso_post: Option<String>,
    /// The signing certificates, in document order, without duplicates; at least one.
    pub certificates: Vec<Certificate>,
    /// The earliest *validUntil* of the descriptor and the descriptors around it.
    pub valid_until: Option<Timestamp>,
    /// Whether the identity provider supports SAML 2.0.
    supports_saml2: bool,
    xml: String,
    was_extracted: bool,
}

/// The maximum length of an entity ID, in characters (SAML metadata, 2.2.1).
const LONGEST_ENTITY_ID: usize = 1024;

impl Metadata {
    /// Parses identity provider metadata that is the whole document or part of another document.
    ///
    /// # Errors
    /// Returns a [`MetadataError`] that says what is missing, or what kind of document this is.
    pub fn read(bytes: &[u8]) -> Result<Self, MetadataError> {
        read::read(bytes)
    }

    /// Returns the document as UTF-8.
    pub fn xml(&self) -> &str {
        &self.xml
    }

    /// Returns whether the metadata was inside other text.
    pub fn is_from_other_text(&self) -> bool {
        self.was_extracted
    }

    /// Returns the sign-in URL that both consoles show. This is the HTTP-Redirect URL, or the
    /// HTTP-POST URL if there is no other.
    pub fn sso_url(&self) -> Option<&str> {
        self.sso_redirect.as_deref().or(self.sso_post.as_deref())
    }

    /// Returns the problems. Without `now`, validity dates aren't checked.
    pub fn warnings(&self, now: Option<Timestamp>) -> Vec<MetadataWarning> {
        let mut remarks = self.general_warnings(now);
        let sign_in = [self.sso_redirect.as_deref(), self.sso_post.as_deref()];
        let sign_in = || sign_in.into_iter().flatten();
        for remark in std::iter::once(&*self.entity_id).chain(sign_in()).filter_map(check_host) {
            if !remarks.contains(&remark) {
                remarks.push(remark);
            }
        }
        let issuer = portal_token(&self.entity_id);
        let other = sign_in().find(|link| {
            let both = issuer.as_ref().zip(portal_token(link));
            both.is_some_and(|(issuer, sign_in)| *issuer != sign_in)
        });
        remarks.extend(other.map(|link| MetadataWarning::TwoApplications {
            entity_id: self.entity_id.clone(),
            sign_in: link.to_owned(),
        }));
        let host = PortalHost::read(&host(&self.entity_id));
        if host.is_some_and(|host| host.family == HostFamily::DualStack) {
            remarks.push(MetadataWarning::DualStackIssuer { entity_id: self.entity_id.clone() });
        }
        remarks
    }

    fn general_warnings(&self, now: Option<Timestamp>) -> Vec<MetadataWarning> {
        let length = self.entity_id.chars().count();
        let count = self.certificates.len();
        let ended = self.valid_until.filter(|until| now.is_some_and(|now| *until < now));
        [
            ended.map(|on| MetadataWarning::NotValidSince { on }),
            (!self.supports_saml2).then_some(MetadataWarning::OldProtocol),
            (length > LONGEST_ENTITY_ID).then_some(MetadataWarning::LongEntityId { length }),
            (count > 1).then_some(MetadataWarning::SeveralCertificates { count }),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// A problem in metadata that could be parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MetadataWarning {
    /// A link's host isn't one that Identity Center uses.
    WrongHost {
        host: String,
        /// Whether the host looks like an AWS host but isn't one.
        look_alike: bool,
    },
    /// The issuer and the sign-in URL belong to different applications.
    TwoApplications { entity_id: String, sign_in: String },
    /// *validUntil* is in the past.
    NotValidSince { on: Timestamp },
    /// The metadata declares SAML 1.1 but not SAML 2.0.
    OldProtocol,
    LongEntityId {
        /// The length in characters.
        length: usize,
    },
    /// More than one signing certificate, which is normal during a rotation.
    SeveralCertificates { count: usize },
    /// The issuer uses the dual-stack host, but AWS uses this host only for sign-in links.
    DualStackIssuer { entity_id: String },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MetadataError {
    /// The document is larger or more deeply nested than real metadata.
    TooLarge,
    /// The document has a document type declaration. SAML never needs one, but attacks do.
    Dtd,
    /// The encoding is neither UTF-8 nor UTF-16.
    Encoding {
        declared: String,
    },
    Malformed {
        /// Line number, starting at 1, or 0 if the document ends too early.
        line: u32,
        /// Column number, starting at 1, or 0 if the document ends too early.
        column: u32,
    },
    /// A terminal split long lines into several lines.
    Wrapped {
        /// The length of the split lines.
        columns: usize,
    },
    /// A URL contains `&`, which must be `&amp;` in XML.
    Ampersand {
        /// Line number, starting at 1.
        line: usize,
        /// Column number, starting at 1.
        column: usize,
        /// The owner, if this is service provider metadata.
        whose: Option<ServiceProviderOwner>,
    },
    /// A well-formed document, but not identity provider metadata.
    WrongKind {
        kind: Kind,
    },
    SeveralEntities {
        count: usize,
    },
    NoEntityId,
    NoSigningCertificate,
    BadCertificate {
        refusal: Box<certificate::CertificateError>,
    },
    NoSsoService,
    /// There are sign-in services, but none with the HTTP-Redirect or HTTP-POST binding.
    Binding {
        /// The bindings of these services, as they are in the document.
        bindings: Vec<String>,
    },
    /// A sign-in URL that isn't a plain `https` URL.
    Url {
        /// The URL as it is in the document. Empty if the URL is missing.
        url: String,
    },
}

/// The type of an XML document that isn't identity provider metadata.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    ServiceProvider {
        entity_id: String,
        whose: ServiceProviderOwner,
    },
    Response,
    Request,
    /// An error response from AWS.
    AwsError {
        /// The error code, truncated to 80 characters.
        code: String,
    },
    Other {
        /// The root element's local name, truncated to 80 characters.
        root: String,
    },
}

/// The owner of service provider metadata, determined by its links.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum ServiceProviderOwner {
    Nops,
    /// Identity Center itself, for an external identity provider that signs users in to AWS.
    IdentityCenter,
    /// AWS sign-in for IAM roles.
    AwsSignIn,
    Unknown,
}

fn check_host(link: &str) -> Option<MetadataWarning> {
    let host = host(link);
    if PortalHost::read(&host).is_some() {
        return None;
    }
    let squeezed: String = host.chars().filter(char::is_ascii_alphanumeric).collect();
    let look_alike = ["portalsso", "amazonaws", "arnazonaws", "amaz0n", "awsapps"]
        .iter()
        .any(|part| squeezed.contains(part));
    Some(MetadataWarning::WrongHost { host, look_alike })
}

fn host(link: &str) -> String {
    let rest = link.split_once("://").map_or(link, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or_default().to_ascii_lowercase()
}

fn portal_token(link: &str) -> Option<PortalToken> {
    PortalHost::read(&host(link))?;
    link.split_once("/saml/assertion/")?.1.parse().ok()
}
