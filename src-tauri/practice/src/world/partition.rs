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
}

impl Partition {
    pub fn from_switches(switches: &Switches) -> Self {
        match switches {
            Switches { china: true, .. } => Self::China,
            Switches { government: true, .. } => Self::Government,
            _ => Self::Standard,
        }
    }

    /// Returns the partition of a Region.
    pub fn of(region: &str) -> Self {
        match region {
            _ if region.starts_with("cn-") => Self::China,
            _ if region.starts_with("us-gov-") => Self::Government,
            _ => Self::Standard,
        }
    }

    /// Returns the name in ARNs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Standard => "aws",
            Self::China => "aws-cn",
            Self::Government => "aws-us-gov",
        }
    }

    /// Returns the Region of the organization's instance.
    pub fn primary_region(self) -> &'static str {
        match self {
            Self::Standard => REGION,
            Self::China => "cn-north-1",
            Self::Government => "us-gov-west-1",
        }
    }

    /// Returns the domain of AWS's APIs.
    pub fn domain(self) -> &'static str {
        match self {
            Self::Standard | Self::Government => "amazonaws.com",
            Self::China => "amazonaws.com.cn",
        }
    }

    pub fn console_domain(self) -> &'static str {
        match self {
            Self::Standard => "console.aws.amazon.com",
            Self::China => "console.amazonaws.cn",
            Self::Government => "console.amazonaws-us-gov.com",
        }
    }
}
