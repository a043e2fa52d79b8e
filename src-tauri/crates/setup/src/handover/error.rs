//! Why a handover can't be used.

use std::collections::BTreeMap;

use crate::credentials::SecretKind;

/// Why a handover can't be used. The message key is `failure-<code>`.
#[derive(Clone, Debug, PartialEq, Eq, strum::IntoStaticStr)]
pub enum HandoverError {
    #[strum(serialize = "handover_too_large")]
    TooLarge,
    /// The file is incomplete, or isn't a handover.
    #[strum(serialize = "handover_damaged")]
    Damaged,
    /// The content doesn't match the digest.
    #[strum(serialize = "handover_changed")]
    Changed,
    #[strum(serialize = "handover_version")]
    UnknownVersion { version: u64 },
    /// The file contains a secret.
    #[strum(serialize = "handover_secret")]
    Secret { kind: SecretKind },
}

impl HandoverError {
    /// Returns the message key without `failure-`.
    pub fn code(&self) -> &'static str {
        self.into()
    }

    /// Returns the message variables.
    pub fn params(&self) -> BTreeMap<&'static str, String> {
        match self {
            Self::UnknownVersion { version } => [("version", version.to_string())].into(),
            Self::Secret { kind } => [("kind", kind.code().to_owned())].into(),
            Self::TooLarge | Self::Damaged | Self::Changed => BTreeMap::new(),
        }
    }
}
