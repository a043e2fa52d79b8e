//! The AWS organization and its IAM Identity Center instance.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Organization {
    /// The organization ID: `o-` and ten letters or digits.
    pub id: String,
    /// The account ID, which has twelve digits.
    pub management_account: String,
    pub management_email: String,
}

/// An organization instance of IAM Identity Center.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Instance {
    /// The instance ID: `ssoins-` and 16 characters.
    pub id: String,
    /// The identity store ID: `d-` and ten hex digits. It's also the first label in the access
    /// portal's host name.
    pub identity_store_id: String,
    /// The time when IAM Identity Center was enabled.
    pub created_at: Timestamp,
    /// Whether *Settings* › *Authentication* › *Send email OTP* is on.
    pub send_email_otp: bool,
}

impl Instance {
    /// Returns `arn:aws:sso:::instance/ssoins-…`.
    pub fn arn(&self) -> String {
        format!("arn:aws:sso:::instance/{}", self.id)
    }

    /// Returns the *Issuer URL*, which identifies the instance and not an application.
    pub fn issuer(&self) -> String {
        format!("https://identitycenter.amazonaws.com/{}", self.id)
    }
}
