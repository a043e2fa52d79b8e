//! Keeps AWS's names for the last errors, for the support details.

use std::{collections::VecDeque, sync::Arc};

use aws_sdk_sts::error::{ProvideErrorMetadata, SdkError};
use aws_types::request_id::RequestId;
use parking_lot::Mutex;

const MOST: usize = 5;

/// A call that failed. Contains no value from the call, and no message from AWS.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailedCall {
    /// The permission that the call requires.
    pub action: String,
    /// AWS's error code.
    pub code: String,
    /// Empty if unknown.
    pub request_id: String,
}

/// The last failed calls that AWS answered, oldest first.
#[derive(Clone, Debug, Default)]
pub(super) struct FailedCalls(Arc<Mutex<VecDeque<FailedCall>>>);

impl FailedCalls {
    pub(super) fn record<E: ProvideErrorMetadata>(&self, action: &str, error: &SdkError<E>) {
        let Some(code) = error.code() else { return };
        let request_id = error.request_id().unwrap_or_default();
        let mut calls = self.0.lock();
        calls.push_back(FailedCall {
            action: identifier(action),
            code: identifier(code),
            request_id: identifier(request_id),
        });
        let excess = calls.len().saturating_sub(MOST);
        calls.drain(..excess);
    }

    pub(super) fn list(&self) -> Vec<FailedCall> {
        self.0.lock().iter().cloned().collect()
    }
}

/// Returns a name or an ID without anything that AWS's names and IDs don't contain. The answer can
/// come from another server than AWS.
fn identifier(text: &str) -> String {
    const LONGEST: usize = 64;
    let is_part = |part: &char| part.is_ascii_alphanumeric() || "-_:.".contains(*part);
    text.chars().filter(is_part).take(LONGEST).collect()
}
