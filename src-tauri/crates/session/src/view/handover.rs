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
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SentHandoverView {
    /// The side that the recipient administers.
    pub to: Side,
    /// Six words to compare by phone.
    pub fingerprint: String,
}
