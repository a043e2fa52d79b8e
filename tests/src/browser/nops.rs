//! The *SSO* page in the Organization Settings of nOps.

use crate::{
    Result,
    user_actions::{UserActions, label},
};

pub struct Settings<'a>(pub UserActions<'a>);

/// The first text box in *Your SSO Details*.
pub const ISSUER: &str = "Issuer URL (entityId)";
pub const ENDPOINT: &str = "SAML 2.0 Endpoint (HTTP) (singleSignOnService: URL)";
pub const CERTIFICATE: &str = "X.509 Certificate";

impl Settings<'_> {
    pub fn switch_on(&self) -> Result<()> {
        self.0.press(label("Switch on").near("Enable SSO Login"))?;
        self.0.see("nOps SSO Integration Details")
    }

    /// Copies one of the three addresses with its copy button.
    pub fn copy(&self, address: &str) -> Result<()> {
        self.0.press(label("Copy").near(address))
    }

    /// Selects AWS and a role.
    pub fn choose(&self, role: &str) -> Result<()> {
        self.0.pick("Select SSO Type", "AWS")?;
        self.0.pick("Default role", role)
    }

    pub fn save(&self) -> Result<()> {
        self.0.press("Setup SSO Configuration")?;
        self.0.see("The SSO configuration was saved.")
    }
}
