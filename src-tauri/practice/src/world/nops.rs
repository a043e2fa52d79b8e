//! The nOps organization, with settings stored as entered.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct NopsOrganization {
    pub name: String,
    /// The UUID in the organization's sign-in addresses.
    pub tenant: String,
    /// The number in the organization's legacy API keys.
    pub client_id: u32,
    /// Whether nOps support has turned on the *SSO* tab. This matters only when
    /// [`crate::Switches::sso_entry_missing`] is on.
    #[serde(default)]
    pub sso_offered: bool,
    /// Whether *Enable SSO Login* is on.
    pub sso_enabled: bool,
    /// *Your SSO Details* as last saved.
    pub sso: Option<NopsSso>,
    pub users: Vec<NopsUser>,
    /// AuthnRequests that don't have a response yet.
    pub requests: Vec<SentRequest>,
    /// The legacy API key, `<client id>.<secret>`.
    pub legacy_api_key: String,
    pub public_api_key: String,
}

impl NopsOrganization {
    /// Returns the saved configuration, but only if SSO is enabled.
    pub fn active_sso(&self) -> Option<&NopsSso> {
        self.sso.as_ref().filter(|_| self.sso_enabled)
    }

    /// Finds a user by email address. Ignores case.
    pub fn user(&self, email: &str) -> Option<&NopsUser> {
        self.users.iter().find(|user| user.email.eq_ignore_ascii_case(email))
    }

    pub fn user_mut(&mut self, email: &str) -> Option<&mut NopsUser> {
        self.users.iter_mut().find(|user| user.email.eq_ignore_ascii_case(email))
    }
}

/// The fields of nOps's SSO settings page, as entered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NopsSso {
    pub sso_type: String,
    /// The field *Issuer URL (entityId)*.
    pub issuer_url: String,
    /// The field *SAML 2.0 Endpoint (HTTP) (singleSignOnService: URL)*.
    pub sso_endpoint: String,
    pub x509_certificate: String,
    pub default_role: String,
    /// Whether *Set nOps role based on SAML group* is on.
    pub group_mapping: bool,
    pub domain: String,
    /// Whether *Enforce SSO login for all domain users* is on.
    pub enforce: bool,
}

/// A user with a nOps account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NopsUser {
    /// The email address, which identifies the user in nOps.
    pub email: String,
    pub name: String,
    /// The role, such as `client-member` or `client-admin`.
    pub role: String,
    /// The password, or `None` for users who were created by single sign-on.
    pub password: Option<String>,
    /// Whether the user confirmed single sign-on by email. Each user has to confirm once.
    pub confirmation: Confirmation,
}

/// The state of the email that asks a nOps user to confirm single sign-on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Confirmation {
    /// No email was sent yet, because the user hasn't signed in with single sign-on.
    NotAsked,
    /// The email was sent. Contains the token in the email's link.
    Asked(String),
    /// The user opened the link.
    Given,
}

/// An AuthnRequest from nOps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentRequest {
    pub id: String,
    pub sent_at: Timestamp,
}
