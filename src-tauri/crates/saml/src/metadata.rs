//! SAML metadata of an identity provider, and whose metadata it is when it is another's.
//!
//! Shape after *Metadata for the OASIS Security Assertion Markup Language (SAML) V2.0*.

mod read;

use super::certificate::{self, Certificate};
use identifiers::{HostFamily, PortalHost, PortalToken};

/// Identity provider metadata that holds everything a sign-in needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Metadata {
    /// The entity ID: the issuer of every response.
    pub entity_id: String,
    /// Where sign-in requests go by the HTTP-Redirect binding.
    pub sso_redirect: Option<String>,
    /// Where sign-in requests go by the HTTP-POST binding.
    pub sso_post: Option<String>,
    /// Where sign-out requests go.
    pub sign_out: Option<String>,
    /// The signing certificates, in order, each once; at least one.
    pub certificates: Vec<Certificate>,
    /// The name id formats offered; none until AWS has saved the Subject's format.
    pub name_id_formats: Vec<String>,
    xml: String,
}

impl Metadata {
    /// Reads identity provider metadata, alone or inside another document.
    ///
    /// # Errors
    /// A [`MetadataError`] that says what is missing, or what the document is instead.
    pub fn read(bytes: &[u8]) -> Result<Self, MetadataError> {
        read::read(bytes)
    }

    /// The document it was read from, as UTF-8.
    pub fn xml(&self) -> &str {
        &self.xml
    }

    /// The sign-in link that both consoles show: the redirect one, else the other.
    pub fn sso_url(&self) -> Option<&str> {
        self.sso_redirect.as_deref().or(self.sso_post.as_deref())
    }

    /// What a person should know about it.
    pub fn remarks(&self) -> Vec<MetadataWarning> {
        let mut remarks = Vec::new();
        for link in
            [Some(self.entity_id.as_str()), self.sso_redirect.as_deref(), self.sso_post.as_deref()]
        {
            if let Some(remark) = link.and_then(wrong_host)
                && !remarks.contains(&remark)
            {
                remarks.push(remark);
            }
        }
        let issuer = portal_token(&self.entity_id);
        for link in [self.sso_redirect.as_deref(), self.sso_post.as_deref()].into_iter().flatten() {
            if let (Some(issuer), Some(sign_in)) = (&issuer, portal_token(link))
                && *issuer != sign_in
            {
                remarks.push(MetadataWarning::TwoApplications {
                    entity_id: self.entity_id.clone(),
                    sign_in: link.to_owned(),
                });
                break;
            }
        }
        if PortalHost::read(&host(&self.entity_id))
            .is_some_and(|h| h.family == HostFamily::DualStack)
        {
            remarks.push(MetadataWarning::DualStackIssuer { entity_id: self.entity_id.clone() });
        }
        remarks
    }
}

/// Something a person should know about metadata.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MetadataWarning {
    /// A link lies on a host that Identity Center does not use.
    WrongHost {
        /// The host.
        host: String,
        /// Whether it is made to look like AWS's.
        look_alike: bool,
    },
    /// Issuer and sign-in link belong to different applications.
    TwoApplications {
        /// The issuer.
        entity_id: String,
        /// The sign-in link.
        sign_in: String,
    },
    /// The issuer stands on the dual-stack host, which AWS keeps for sign-in links.
    DualStackIssuer {
        /// The issuer.
        entity_id: String,
    },
}

/// Why metadata was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MetadataError {
    /// Larger or more nested than metadata ever is.
    TooLarge,
    /// A document type declaration.
    Dtd,
    /// An encoding other than UTF-8 or UTF-16.
    Encoding {
        /// As declared.
        declared: String,
    },
    /// Not well-formed XML.
    Malformed {
        /// The line, counted from 1; 0 where the end is missing.
        line: u32,
        /// The column, counted from 1.
        column: u32,
    },
    /// A well-formed document of another kind.
    WrongKind {
        /// Which.
        kind: Kind,
    },
    /// Several identity providers in one document.
    SeveralEntities {
        /// Their entity IDs.
        entity_ids: Vec<String>,
    },
    /// No entity ID.
    NoEntityId,
    /// No signing certificate.
    NoSigningCertificate,
    /// A signing certificate that can't be read.
    BadCertificate {
        /// Why not.
        refusal: Box<certificate::CertificateError>,
    },
    /// No sign-in service at all.
    NoSsoService,
    /// Sign-in services, none of them by HTTP-Redirect or HTTP-POST.
    Binding {
        /// The bindings there are.
        bindings: Vec<String>,
    },
    /// A sign-in link that is no `https` link.
    Url {
        /// As written.
        url: String,
    },
}

/// XML documents that are not identity provider metadata.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Metadata of a service provider.
    ServiceProvider {
        /// Its entity ID.
        entity_id: String,
        /// Whose it is.
        whose: SpOwner,
    },
    /// A SAML response.
    Response,
    /// A SAML request.
    Request,
    /// An answer of AWS that reports an error.
    AwsError {
        /// AWS's code.
        code: String,
    },
    /// Any other document.
    Other {
        /// The root element.
        root: String,
    },
}

/// Whose service provider metadata it is, by its links.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SpOwner {
    /// nOps's own.
    Nops,
    /// Identity Center's, for an external identity provider that signs people in to AWS.
    IdentityCenter,
    /// AWS's sign-in for roles.
    AwsSignIn,
    /// Somebody else's.
    Unknown,
}

fn wrong_host(link: &str) -> Option<MetadataWarning> {
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
