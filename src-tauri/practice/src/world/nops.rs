//! The nOps organization, with what was typed on its settings page.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A nOps organization.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct NopsOrganization {
    /// The name shown.
    pub name: String,
    /// The UUID in its single sign-on links.
    pub tenant: String,
    /// The number in its legacy API keys.
    pub client_id: u32,
    /// nOps support has switched the entry *SSO* on; asked for only where the world has none at first.
    #[serde(default)]
    pub sso_offered: bool,
    /// The toggle *Enable SSO Login*.
    pub sso_enabled: bool,
    /// *Your SSO Details* as last saved, if ever.
    pub sso: Option<NopsSso>,
    /// Who has an account.
    pub users: Vec<NopsUser>,
    /// AuthnRequests that were sent and not yet answered.
    pub requests: Vec<SentRequest>,
    /// A legacy API key, `<client id>.<secret>`.
    pub legacy_api_key: String,
    /// A key of the public API.
    pub public_api_key: String,
}

impl NopsOrganization {
    /// The user with this mail address, compared without regard to case.
    pub fn user(&self, email: &str) -> Option<&NopsUser> {
        self.users.iter().find(|user| user.email.eq_ignore_ascii_case(email))
    }

    /// The user with this mail address, to change.
    pub fn user_mut(&mut self, email: &str) -> Option<&mut NopsUser> {
        self.users.iter_mut().find(|user| user.email.eq_ignore_ascii_case(email))
    }
}

/// The fields of nOps's SSO settings page, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct NopsSso {
    /// *Select SSO Type*.
    pub sso_type: String,
    /// *Issuer URL (entityId)*.
    pub issuer_url: String,
    /// *SAML 2.0 Endpoint (HTTP) (singleSignOnService: URL)*.
    pub sso_endpoint: String,
    /// *X.509 Certificate*.
    pub x509_certificate: String,
    /// *Default role*.
    pub default_role: String,
    /// *Set nOps role based on SAML group*.
    pub group_mapping: bool,
    /// *Domain*.
    pub domain: String,
    /// *Enforce SSO login for all domain users*.
    pub enforce: bool,
}

/// Somebody with a nOps account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct NopsUser {
    /// Who they are to nOps.
    pub email: String,
    /// The name shown.
    pub name: String,
    /// `client-member`, `client-admin`, ….
    pub role: String,
    /// `None` for those who came by single sign-on.
    pub password: Option<String>,
    /// Single sign-on has to be confirmed by mail once.
    pub confirmation: Confirmation,
}

/// How far a nOps user is with the mail that asks whether single sign-on is allowed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Confirmation {
    /// No sign-in has asked for it yet.
    NotAsked,
    /// The mail was sent; its link carries this token.
    Asked(String),
    /// The link was opened.
    Given,
}

/// An AuthnRequest of nOps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SentRequest {
    /// Its ID.
    pub id: String,
    /// When it was sent.
    pub sent_at: Timestamp,
}
