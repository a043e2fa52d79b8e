//! The AWS organization and its IAM Identity Center instance.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Partition;

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
    #[serde(default)]
    pub partition: Partition,
    /// Whether the access portal is at another address than the directory's.
    #[serde(default)]
    pub has_other_portal: bool,
    /// The identity store ID: `d-` and ten hex digits. It's part of the access portal's address.
    pub identity_store_id: String,
    /// The time when IAM Identity Center was enabled.
    pub created_at: Timestamp,
    /// Whether *Settings* › *Authentication* › *Send email OTP* is on.
    pub send_email_otp: bool,
}

impl Instance {
    /// Returns `arn:PARTITION:sso:::instance/ssoins-…`.
    pub fn arn(&self) -> String {
        format!("arn:{}:sso:::instance/{}", self.partition.name(), self.id)
    }

    /// Returns the *Issuer URL*, which identifies the instance and not an application.
    pub fn issuer(&self) -> String {
        let host = match self.partition {
            Partition::Standard => "identitycenter.amazonaws.com",
            Partition::China => "identitycenter.amazonaws.com.cn",
            Partition::Government => "identitycenter.us-gov.amazonaws.com",
            Partition::Sovereign => "identitycenter.amazonaws.eu",
        };
        format!("https://{host}/{}", self.id)
    }
}
