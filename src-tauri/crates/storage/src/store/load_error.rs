//! What can be wrong with a setup's file.

/// A file that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnreadableSetup {
    /// Its name; it stays where it is.
    pub file: String,
    /// What is wrong.
    pub damage: SetupFileError,
}

/// What is wrong with a file. Its words are under `damaged-<code>`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SetupFileError {
    /// Nothing is in it.
    #[error("empty")]
    Empty,
    /// It is larger than any setup.
    #[error("too large")]
    TooLarge,
    /// The disk does not give it.
    #[error("unreadable: {kind}")]
    Unreadable {
        /// The disk's reason.
        kind: String,
    },
    /// It stops before its end, or is not JSON.
    #[error("not JSON at line {line}, column {column}")]
    NotJson {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
    },
    /// It is JSON, and no setup.
    #[error("not a setup: {detail}")]
    NotASetup {
        /// What is missing or unknown, without any value.
        detail: String,
    },
    /// A newer version of this program wrote it.
    #[error("schema version {version}")]
    UnknownVersion {
        /// The version it claims.
        version: u64,
    },
}

impl SetupFileError {
    /// The key of its words, without `damaged-`.
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

    /// Where in the file, or which version; empty where there is nothing to add.
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
