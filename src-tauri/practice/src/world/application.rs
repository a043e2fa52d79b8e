//! Customer managed applications, with what was typed about them.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Instance, REGION};
use crate::Switches;

/// The host of sign-in links that answers by IPv4 and IPv6.
pub(crate) const DUAL_STACK_PORTAL_HOST: &str = "portal.sso.us-east-1.api.aws";

/// A customer managed application or a draft of one. What was typed is kept as it was typed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Application {
    /// The 16 hex digits of `apl-` in the ARN and of `ins-` in the console.
    pub id: String,
    /// Kind of application.
    pub provider: Provider,
    /// Display name.
    pub name: String,
    /// Description; may be empty.
    pub description: String,
    /// Whether the application's status is ENABLED.
    pub enabled: bool,
    /// When the *Configure application* page was opened.
    pub created_at: Timestamp,
    /// Whether somebody submitted it on the console pages of this world.
    pub made_in_console: bool,
    /// The last part of the application's links.
    pub token: String,
    /// The seed of the signing key.
    pub key_seed: u64,
    /// Whether its certificates look unlike those of AWS.
    #[serde(default)]
    pub other_certificate: bool,
    /// Signing keys with their certificates, the active one first; empty until the first is
    /// asked for with [`crate::state::signing_identity`].
    pub identities: Vec<Identity>,
    /// *Application ACS URL*.
    pub acs_url: String,
    /// *Application SAML audience*.
    pub audience: String,
    /// *Application start URL*.
    pub start_url: String,
    /// *Relay state*.
    pub relay_state: String,
    /// *Session duration* in minutes.
    pub session_minutes: u32,
    /// The rows of *Attribute mappings* in their order.
    pub mappings: Vec<Mapping>,
}

impl Application {
    /// `arn:aws:sso::ACCOUNT:application/ssoins-…/apl-…`.
    pub fn arn(&self, account: &str, instance: &Instance) -> String {
        format!("arn:aws:sso::{account}:application/{}/apl-{}", instance.id, self.id)
    }

    /// Issuer and entity id.
    pub fn issuer(&self) -> String {
        self.link("assertion")
    }

    /// The sign-in link: the issuer, unless it is on the host that answers by IPv6 too.
    pub fn sign_in_link(&self, switches: &Switches) -> String {
        match switches.dual_stack_links {
            true => format!("https://{DUAL_STACK_PORTAL_HOST}/saml/assertion/{}", self.token),
            false => self.issuer(),
        }
    }

    /// The sign-out link.
    pub fn sign_out_link(&self) -> String {
        self.link("logout")
    }

    /// The metadata link.
    pub fn metadata_link(&self) -> String {
        self.link("metadata")
    }

    fn link(&self, kind: &str) -> String {
        format!("https://portal.sso.{REGION}.amazonaws.com/saml/{kind}/{}", self.token)
    }
}

/// What an application was made from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Provider {
    /// *SAML 2.0*, set up by hand.
    CustomSaml,
    /// *OAuth 2.0*, set up by hand or through the API.
    CustomOauth,
    /// A SAML application from the catalogue, by its name there.
    Catalog(String),
}

impl Provider {
    /// `arn:aws:sso::aws:applicationProvider/…`.
    pub fn arn(&self, switches: &Switches) -> String {
        let name = match self {
            Self::CustomSaml if switches.other_provider => "saml-customer-managed".to_owned(),
            Self::CustomSaml => "custom-saml".to_owned(),
            Self::CustomOauth => "custom".to_owned(),
            Self::Catalog(name) => format!("catalog/{name}"),
        };
        format!("arn:aws:sso::aws:applicationProvider/{name}")
    }

    /// Whether people sign in to it by SAML.
    pub fn is_saml(&self) -> bool {
        !matches!(self, Self::CustomOauth)
    }
}

/// A row of *Attribute mappings*.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Mapping {
    /// *User attribute in the application*.
    pub attribute: String,
    /// *Maps to this string value or user attribute in IAM Identity Center*.
    pub value: String,
    /// *Format*, as chosen (`emailAddress`, `basic`, …).
    pub format: String,
}

/// A signing key and its certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Identity {
    /// PKCS#8 PEM.
    pub private_key_pem: String,
    /// The DER certificate in standard base64 without line breaks.
    pub certificate_base64: String,
}
