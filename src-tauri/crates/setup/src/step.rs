//! The ten steps and the five statuses a step can have.

use serde::{Deserialize, Serialize};
use specta::Type;

/// One of the ten steps.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type,
)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// 1: new, resume, repair or practice.
    Start,
    /// 2: AWS credentials and what AWS says about itself.
    Connect,
    /// 3: nOps's addresses.
    Addresses,
    /// 4: the application in AWS, its issuer, endpoint and certificate.
    Application,
    /// 5: the four attribute mappings.
    Mappings,
    /// 6: one tester, and the response AWS would send.
    DryRun,
    /// 7: issuer, endpoint, certificate and role in nOps.
    Details,
    /// 8: the tile and the Shareable Link.
    SignInTests,
    /// 9: everyone else.
    People,
    /// 10: report and Enforce.
    Finish,
}

impl Step {
    /// All steps in order.
    pub const ALL: [Step; 10] = [
        Step::Start,
        Step::Connect,
        Step::Addresses,
        Step::Application,
        Step::Mappings,
        Step::DryRun,
        Step::Details,
        Step::SignInTests,
        Step::People,
        Step::Finish,
    ];

    /// The step's number, 1 to 10.
    pub fn number(self) -> u32 {
        Self::ALL.iter().position(|step| *step == self).map_or(1, |at| at as u32 + 1)
    }
}

/// Where a step stands. Derived from the facts, never set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum StepStatus {
    /// It can't be done at all before other steps bring what it needs.
    Locked {
        /// The steps that bring it.
        after: Vec<Step>,
        /// What is missing: a catalogue key under `lock-<needs>`.
        needs: String,
    },
    /// It can be done now.
    Ready,
    /// Somebody has to act elsewhere: a catalogue key under `waiting-<on>`.
    Waiting {
        /// For what.
        on: String,
    },
    /// Something in it is wrong or open.
    Attention {
        /// How many findings.
        count: u32,
    },
    /// Nothing is left to do in it.
    Done,
}
