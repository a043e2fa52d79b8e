//! AWS partitions: groups of Regions with their own domains.

use serde::{Deserialize, Serialize};

use super::REGION;
use crate::Switches;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Partition {
    #[default]
    Standard,
    China,
    Government,
    Sovereign,
}

impl Partition {
    pub fn from_switches(switches: &Switches) -> Self {
        match switches {
            Switches { china: true, .. } => Self::China,
            Switches { government: true, .. } => Self::Government,
            Switches { sovereign: true, .. } => Self::Sovereign,
            _ => Self::Standard,
        }
    }

    /// Returns the partition of a Region.
    pub fn of(region: &str) -> Self {
        match region {
            _ if region.starts_with("cn-") => Self::China,
            _ if region.starts_with("us-gov-") => Self::Government,
            _ if region.starts_with("eusc-") => Self::Sovereign,
            _ => Self::Standard,
        }
    }

    /// Returns the name in ARNs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Standard => "aws",
            Self::China => "aws-cn",
            Self::Government => "aws-us-gov",
            Self::Sovereign => "aws-eusc",
        }
    }

    /// Returns the Region of the organization's instance.
    pub fn primary_region(self) -> &'static str {
        match self {
            Self::Standard => REGION,
            Self::China => "cn-north-1",
            Self::Government => "us-gov-west-1",
            Self::Sovereign => "eusc-de-east-1",
        }
    }

    /// Returns the domain of AWS's APIs.
    pub fn domain(self) -> &'static str {
        match self {
            Self::Standard | Self::Government => "amazonaws.com",
            Self::China => "amazonaws.com.cn",
            Self::Sovereign => "amazonaws.eu",
        }
    }

    pub fn console_domain(self) -> &'static str {
        match self {
            Self::Standard => "console.aws.amazon.com",
            Self::China => "console.amazonaws.cn",
            Self::Government => "console.amazonaws-us-gov.com",
            Self::Sovereign => "console.amazonaws-eusc.eu",
        }
    }
}
