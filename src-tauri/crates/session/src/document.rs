//! Files the wizard hands out.

use serde::Deserialize;
use specta::Type;

/// A file that can be saved where the person chooses.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Document {
    /// nOps's SP metadata, generated from ACS and Entity ID.
    SpMetadata,
    /// One certificate of those on show, as PEM.
    Certificate {
        /// Its fingerprint, as shown.
        sha256: String,
    },
    /// The setup report as HTML that prints well.
    ReportHtml {
        /// With people's names and addresses.
        people: bool,
    },
    /// The setup report as Markdown.
    ReportMarkdown {
        /// With people's names and addresses.
        people: bool,
    },
    /// The setup report as JSON.
    ReportJson {
        /// With people's names and addresses.
        people: bool,
    },
    /// The values document of `check` and `dry_run`.
    Values,
}

impl Document {
    /// Whether this is a form of the setup report.
    pub(super) fn is_report(&self) -> bool {
        match self {
            Self::ReportHtml { .. } | Self::ReportMarkdown { .. } | Self::ReportJson { .. } => true,
            Self::SpMetadata | Self::Certificate { .. } | Self::Values => false,
        }
    }
}
