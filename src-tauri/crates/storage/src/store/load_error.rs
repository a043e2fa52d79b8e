//! Errors when loading a setup file.

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnreadableSetup {
    /// The file's name. The file isn't moved or changed.
    pub file: String,
    pub damage: SetupFileError,
}

/// Why a setup file can't be loaded. The message key is `damaged-<code>`.
#[derive(Clone, Debug, PartialEq, Eq, strum::IntoStaticStr, thiserror::Error)]
#[strum(serialize_all = "snake_case")]
#[error("{}", self.code())]
pub enum SetupFileError {
    Empty,
    /// The file is longer than [`LARGEST_FILE`](super::LARGEST_FILE).
    TooLarge,
    Unreadable,
    /// The file is truncated, or isn't JSON.
    NotJson {
        /// Line number, starting at 1.
        line: usize,
        /// Column number, starting at 1.
        column: usize,
    },
    /// The file is valid JSON, but not a setup.
    NotASetup,
    /// The file was written by another version of this app.
    UnknownVersion {
        version: u64,
    },
}

impl SetupFileError {
    /// Returns the message key without `damaged-`.
    pub fn code(&self) -> &'static str {
        self.into()
    }

    /// Returns the position or the version. Empty if there is none.
    pub fn detail(&self) -> String {
        match self {
            Self::Empty | Self::TooLarge | Self::Unreadable | Self::NotASetup => String::new(),
            Self::NotJson { line, column } => format!("{line}:{column}"),
            Self::UnknownVersion { version } => version.to_string(),
        }
    }
}
