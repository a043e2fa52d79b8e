//! The AWS access portal, where an organization's users sign in.

use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccessPortal {
    /// For example, `https://d-1234567890.awsapps.com/start`.
    pub start_url: String,
    /// The Region of IAM Identity Center.
    pub region: String,
}
