//! Customer managed applications, with settings stored as entered.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{REGION, dual_stack_saml_host, saml_host};
use crate::Switches;

/// A customer managed application, or a draft of one. Settings are stored as entered.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Application {
    /// The 16 characters after `apl-` in the ARN and after `ins-` in the console.
    pub id: String,
    /// The Region where the application was created and is managed.
    #[serde(default = "primary")]
    pub region: String,
    pub provider: Provider,
    pub name: String,
    /// The description, which may be empty.
    pub description: String,
    /// Whether AWS shows the application's status as ENABLED.
    pub enabled: bool,
    /// When the *Configure application* page was opened.
    pub created_at: Timestamp,
    /// Whether the application was submitted on the practice console's pages.
    pub made_in_console: bool,
    /// The last path segment of the application's links.
    pub token: String,
    pub key_seed: u64,
    /// Whether the certificates have a different subject and validity period than AWS's
    /// certificates.
    #[serde(default)]
    pub other_certificate: bool,
    /// Whether the issuer is on the dual-stack host.
    #[serde(default)]
    pub dual_stack_issuer: bool,
    /// Signing keys and their certificates, the active one first. The list is empty until the first
    /// call of [`crate::state::signing_identity`].
    pub identities: Vec<Identity>,
    pub acs_url: String,
    pub audience: String,
    pub start_url: String,
    pub relay_state: String,
    /// The session duration in minutes.
    pub session_minutes: u32,
    /// The rows of *Attribute mappings*, in order.
    pub mappings: Vec<Mapping>,
}

impl Application {
    /// Returns the issuer, which is also used as the entity ID.
    pub fn issuer(&self) -> String {
        match self.dual_stack_issuer {
            true => self.dual_stack_link(),
            false => self.link("assertion"),
        }
    }

    /// Returns the sign-in link, which equals the issuer unless [`Switches::dual_stack_links`] is
    /// on.
    pub fn sign_in_link(&self, switches: &Switches) -> String {
        match switches.dual_stack_links {
            true => self.dual_stack_link(),
            false => self.issuer(),
        }
    }

    fn dual_stack_link(&self) -> String {
        format!("https://{}/saml/assertion/{}", dual_stack_saml_host(&self.region), self.token)
    }

    pub fn sign_out_link(&self) -> String {
        self.link("logout")
    }

    pub fn metadata_link(&self) -> String {
        self.link("metadata")
    }

    fn link(&self, kind: &str) -> String {
        format!("https://{}/saml/{kind}/{}", saml_host(&self.region), self.token)
    }
}

/// Returns the Region to use for applications that were saved before the state stored Regions.
fn primary() -> String {
    REGION.to_owned()
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Provider {
    /// *SAML 2.0*, set up manually.
    #[default]
    CustomSaml,
    /// *OAuth 2.0*, set up manually or through the API.
    CustomOauth,
    /// A SAML application from the catalog. Contains the application's name in the catalog.
    Catalog(String),
}

impl Provider {
    /// Returns `arn:aws:sso::aws:applicationProvider/…`.
    pub fn arn(&self, switches: &Switches) -> String {
        let name = match self {
            Self::CustomSaml if switches.other_provider => "saml-customer-managed".to_owned(),
            Self::CustomSaml => "custom-saml".to_owned(),
            Self::CustomOauth => "custom".to_owned(),
            Self::Catalog(name) => format!("catalog/{name}"),
        };
        format!("arn:aws:sso::aws:applicationProvider/{name}")
    }

    /// Returns whether the application uses SAML for sign-in.
    pub fn is_saml(&self) -> bool {
        !matches!(self, Self::CustomOauth)
    }
}

/// A row of *Attribute mappings*.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    pub attribute: String,
    /// The user attribute or text that the row maps to.
    pub value: String,
    /// The format, such as `emailAddress` or `basic`.
    pub format: String,
}

impl Mapping {
    pub fn new(attribute: &str, value: &str, format: &str) -> Self {
        Self { attribute: attribute.to_owned(), value: value.to_owned(), format: format.to_owned() }
    }
}

/// A signing key and its certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// The PKCS#8 private key as PEM.
    pub private_key_pem: String,
    /// The certificate's DER in standard base64, without line breaks.
    pub certificate_base64: String,
}
