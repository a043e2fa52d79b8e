//! Documents that the app creates.

use serde::Deserialize;
use specta::Type;

use setup::Side;

/// A document that the user can save as a file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Document {
    /// nOps's SP metadata, generated from the ACS URL and the Entity ID.
    SpMetadata,
    /// One of the displayed certificates, as PEM.
    Certificate {
        /// The fingerprint, as displayed.
        sha256: String,
    },
    /// The setup report as HTML for printing.
    ReportHtml {
        /// Include people's names and addresses.
        people: bool,
    },
    ReportMarkdown {
        /// Include people's names and addresses.
        people: bool,
    },
    ReportJson {
        /// Include people's names and addresses.
        people: bool,
    },
    /// The values document for the `check` and `dry-run` commands.
    Values,
    /// The values that a colleague needs for their part of the setup.
    Handover {
        /// The side that the colleague administers.
        to: Side,
        /// Include email addresses and the sender's name.
        people: bool,
        /// The sender's name. Empty if the sender doesn't want to give it.
        sender: String,
    },
    /// An iCalendar file that reminds the user to replace AWS's certificate.
    Calendar,
}

impl Document {
    pub(super) fn is_report(&self) -> bool {
        match self {
            Self::ReportHtml { .. } | Self::ReportMarkdown { .. } | Self::ReportJson { .. } => true,
            Self::SpMetadata
            | Self::Certificate { .. }
            | Self::Values
            | Self::Handover { .. }
            | Self::Calendar => false,
        }
    }
}
