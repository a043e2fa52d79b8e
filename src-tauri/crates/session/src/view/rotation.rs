//! The rotation of AWS's certificate, as the window shows it.

use serde::{Deserialize, Serialize};
use specta::Type;

pub use setup::rotation::Rotation;
use setup::rotation::{RotationReason, RotationTask};

/// A rotation as the list of setups shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum CardRotation {
    /// The rotation isn't done yet.
    UnderWay {
        /// The next task.
        next: RotationTask,
        /// When the user plans the minutes in which users can't sign in, RFC 3339.
        planned: Option<String>,
    },
    /// There is a reason to start.
    Due { reason: RotationReason },
}

/// The rotation of AWS's certificate, and how the window shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct RotationView {
    /// The window shows the rotation instead of step 10.
    pub is_shown: bool,
    pub state: Rotation,
    /// When users are least affected, RFC 3339. `None` if it's best to start now.
    pub suggested_time: Option<String>,
    /// When the user plans the minutes in which users can't sign in, RFC 3339.
    pub planned_time: Option<String>,
}
