//! nOps: Organization Settings, SSO.

use crate::{
    Result,
    user_actions::{UserActions, label},
};

/// The page *SSO*.
pub struct Settings<'a>(pub UserActions<'a>);

/// What goes into *Your SSO Details*.
pub const ISSUER: &str = "Issuer URL (entityId)";
/// The second box.
pub const ENDPOINT: &str = "SAML 2.0 Endpoint (HTTP) (singleSignOnService: URL)";
/// The third box.
pub const CERTIFICATE: &str = "X.509 Certificate";

impl Settings<'_> {
    /// Switches SSO on.
    pub fn switch_on(&self) -> Result<()> {
        self.0.press(label("Switch on").near("Enable SSO Login"))?;
        self.0.see("nOps SSO Integration Details")
    }

    /// Copies one of the three addresses by its button.
    pub fn copy(&self, address: &str) -> Result<()> {
        self.0.press(label("Copy").near(address))
    }

    /// Chooses AWS and a role.
    pub fn choose(&self, role: &str) -> Result<()> {
        self.0.pick("Select SSO Type", "AWS")?;
        self.0.pick("Default role", role)
    }

    /// Saves what was filled in.
    pub fn save(&self) -> Result<()> {
        self.0.press("Setup SSO Configuration")?;
        self.0.see("The SSO configuration was saved.")
    }
}
