//! Errors when loading a setup file.

/// A setup file that couldn't be loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnreadableSetup {
    /// The file's name. The file stays where it is.
    pub file: String,
    pub damage: SetupFileError,
}

/// Why a setup file can't be loaded. The message key is `damaged-<code>`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SetupFileError {
    #[error("empty")]
    Empty,
    /// Longer than [`LARGEST_FILE`](super::LARGEST_FILE).
    #[error("too large")]
    TooLarge,
    #[error("unreadable: {kind}")]
    Unreadable {
        /// The kind of I/O error.
        kind: String,
    },
    /// Truncated, or not JSON.
    #[error("not JSON at line {line}, column {column}")]
    NotJson {
        /// Counted from 1.
        line: usize,
        /// Counted from 1.
        column: usize,
    },
    /// Valid JSON, but not a setup.
    #[error("not a setup: {detail}")]
    NotASetup {
        /// What is missing or unknown, without any values from the file.
        detail: String,
    },
    /// Written by another version of this app.
    #[error("schema version {version}")]
    UnknownVersion { version: u64 },
}

impl SetupFileError {
    /// Returns the message key without `damaged-`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLarge => "too_large",
            Self::Unreadable { .. } => "unreadable",
            Self::NotJson { .. } => "not_json",
            Self::NotASetup { .. } => "not_a_setup",
            Self::UnknownVersion { .. } => "unknown_version",
        }
    }

    /// Returns the position, cause or version; empty if there is nothing to add.
    pub fn detail(&self) -> String {
        match self {
            Self::Empty | Self::TooLarge => String::new(),
            Self::Unreadable { kind } => kind.clone(),
            Self::NotJson { line, column } => format!("{line}:{column}"),
            Self::NotASetup { detail } => detail.clone(),
            Self::UnknownVersion { version } => version.to_string(),
        }
    }
}
