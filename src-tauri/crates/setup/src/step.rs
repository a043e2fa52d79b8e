//! The ten steps and their statuses.

use serde::{Deserialize, Serialize};
use specta::Type;
use strum::VariantArray as _;

#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    Type,
    strum::VariantArray,
)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// 1: a new, resumed, repaired or practice setup.
    Start,
    /// 2: AWS credentials, and checks of the AWS organization.
    Connect,
    /// 3: nOps's addresses.
    Addresses,
    /// 4: the application in AWS, with its issuer, endpoint and certificate.
    Application,
    /// 5: the four attribute mappings.
    Mappings,
    /// 6: the tester, and the response that AWS would send.
    DryRun,
    /// 7: issuer, endpoint, certificate and role in nOps.
    Details,
    /// 8: sign-in from the AWS access portal and from nOps.
    SignInTests,
    /// 9: everyone else who will use nOps.
    People,
    /// 10: the report and *Enforce*.
    Finish,
}

impl Step {
    pub const ALL: &[Self] = Self::VARIANTS;

    /// Returns the step's number, 1 to 10.
    pub fn number(self) -> u32 {
        self as u32 + 1
    }
}

/// A step's status, derived from the facts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum StepStatus {
    /// The step needs something from an earlier step.
    Locked {
        /// The steps that provide the missing values.
        after: Vec<Step>,
        /// What is missing. Its message key is `lock-<needs>`.
        needs: String,
    },
    Ready,
    /// Someone else has to act.
    Waiting {
        /// What the step is waiting for. Its message key is `waiting-<on>`.
        on: String,
    },
    Attention {
        count: u32,
    },
    Done,
}
