//! Where people of an organization sign in to AWS.

use serde::{Deserialize, Serialize};

/// An access portal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccessPortal {
    /// Its address, such as `https://d-1234567890.awsapps.com/start`.
    pub start_url: String,
    /// The Region of IAM Identity Center.
    pub region: String,
}
