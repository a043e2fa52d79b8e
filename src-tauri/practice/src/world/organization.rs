//! The AWS organization and its instance of IAM Identity Center.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Organization {
    /// `o-` and ten letters or digits.
    pub id: String,
    /// Twelve digits.
    pub management_account: String,
    /// Email address of the management account.
    pub management_email: String,
}

/// An organization instance of IAM Identity Center.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Instance {
    /// `ssoins-` and 16 hex digits.
    pub id: String,
    /// `d-` and ten hex digits. Also the first label of the access portal's host.
    pub identity_store_id: String,
    /// Time at which it was enabled.
    pub created_at: Timestamp,
    /// *Settings* › *Authentication* › *Send email OTP*.
    pub send_email_otp: bool,
}

impl Instance {
    /// `arn:aws:sso:::instance/ssoins-…`.
    pub fn arn(&self) -> String {
        format!("arn:aws:sso:::instance/{}", self.id)
    }
}
