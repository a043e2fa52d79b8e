//! The view of handovers between two people.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::FactView;
use setup::{Field, Side, handover::Difference};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Type)]
pub struct HandoverView {
    /// The side that the user administers, if a colleague administers the other side.
    pub lane: Option<Side>,
    /// The opened handover, which the user compares with the setup.
    pub received: Option<ReceivedHandover>,
    /// The handover that was saved last.
    pub sent: Option<SentHandoverView>,
}

/// A colleague's handover, compared with the setup.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct ReceivedHandover {
    pub file: String,
    /// The side that the sender administers.
    pub from: Side,
    /// When the file was saved, RFC 3339.
    pub saved: String,
    /// Six words to compare by phone.
    pub fingerprint: String,
    pub personal_data: bool,
    /// The nOps addresses in the file belong to another nOps organization.
    pub other_organization: bool,
    /// The values that differ, in the order of the steps.
    pub values: Vec<ComparedValueView>,
    /// The number of values that don't change the setup.
    pub unchanged: u32,
}

/// A value in a handover that differs from the setup.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct ComparedValueView {
    pub field: Field,
    pub difference: Difference,
    pub mine: Option<FactView>,
    pub theirs: FactView,
    /// What distinguishes the setup's document or result from the colleague's. Empty for other
    /// values.
    pub my_details: Vec<ValueDetail>,
    /// What distinguishes the colleague's document or result. Empty for other values.
    pub their_details: Vec<ValueDetail>,
}

/// A part of a document, or a fact about a result. Its message key is `handover-detail-<kind>`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ValueDetail {
    EntityId {
        url: String,
    },
    SignInUrl {
        url: String,
    },
    Certificate {
        /// SHA-256 (hex).
        sha256: String,
        /// RFC 3339.
        not_after: String,
    },
    /// When the dry run or the sign-in test was done, RFC 3339.
    TestedAt {
        at: String,
    },
    /// The number of checks of the dry run.
    Checks {
        passed: u32,
        checks: u32,
    },
    /// Whether the result is about the values that the setup has after the user took the file.
    Values {
        are_current: bool,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SentHandoverView {
    /// The side that the recipient administers.
    pub to: Side,
    /// Six words to compare by phone.
    pub fingerprint: String,
}
