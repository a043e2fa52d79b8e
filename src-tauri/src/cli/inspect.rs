//! `inspect`: identifies files and reports their problems.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use messages::MessageCatalog;
use saml::{
    inspection::{self, InputKind, Inspection, Verdict},
    recording,
};
use serde::Serialize;
use session::files::FileError;
use setup::{
    Side,
    credentials::{self, SecretKind},
    handover::{Handover, HandoverError},
};
use zeroize::Zeroizing;

use super::{CommandResult, ExpectedType, input, output};

/// The line of the JSON output for a colleague's handover.
#[derive(Serialize)]
struct HandoverOutput {
    file: String,
    verdict: Verdict,
    kind: &'static str,
    reason: Option<&'static str>,
    message: Option<String>,
    /// The side that the recipient administers.
    role: Option<Side>,
    organization: Option<String>,
    /// Six words to compare by phone.
    fingerprint: Option<String>,
}

/// One line of the JSON output.
#[derive(Serialize)]
struct InspectOutput<'a> {
    file: String,
    #[serde(flatten)]
    inspection: &'a Inspection,
    message: Option<String>,
    fix: Option<String>,
}

pub(super) fn run(
    expect: ExpectedType,
    files: &[PathBuf],
    now: Timestamp,
) -> Result<CommandResult, String> {
    let words = MessageCatalog::english().without_markup();
    let mut found = CommandResult::Fine;
    for file in files {
        let read = input::read_file_or_stdin(file, recording::MAX_BYTES as u64);
        if matches!(expect, ExpectedType::Auto)
            && let Ok(bytes) = &read
            && Handover::is_recognized(bytes)
        {
            let handover = inspect_handover(file, bytes, &words);
            if handover.verdict == Verdict::Reject {
                found = CommandResult::Errors;
            }
            output::line(&handover)?;
            continue;
        }
        let inspection = inspect(file, read, expect, now);
        if inspection.verdict == Verdict::Reject {
            found = CommandResult::Errors;
        }
        let extracted = inspection.cleanups.contains(&"extracted").then_some("extracted");
        let key = inspection.reason.map(|reason| reason.name()).or(extracted);
        let key = key.map(|name| format!("reading-{name}"));
        let params = &inspection.params;
        output::line(&InspectOutput {
            file: file.display().to_string(),
            message: key.as_ref().map(|key| words.text(key, params)),
            fix: key.as_ref().and_then(|key| words.attribute(key, "fix", params)),
            inspection: &inspection,
        })?;
    }
    Ok(found)
}

fn inspect_handover(path: &Path, bytes: &[u8], words: &MessageCatalog) -> HandoverOutput {
    let read = Handover::read(bytes);
    let error = read.as_ref().err();
    let message = error.map(|error| {
        let params = error.params().into_iter().map(|(name, value)| (name.to_owned(), value));
        words.text(&format!("failure-{}", error.code()), &params.collect())
    });
    let reason = error.map(HandoverError::code);
    let handover = read.ok();
    HandoverOutput {
        file: path.display().to_string(),
        verdict: if handover.is_some() { Verdict::Accept } else { Verdict::Reject },
        kind: "handover",
        reason,
        message,
        role: handover.as_ref().map(|handover| handover.to),
        organization: handover.as_ref().map(|handover| handover.organization.clone()),
        fingerprint: handover.as_ref().map(Handover::fingerprint),
    }
}

fn inspect(
    path: &Path,
    read: Result<Zeroizing<Vec<u8>>, FileError>,
    expect: ExpectedType,
    now: Timestamp,
) -> Inspection {
    let expect = match expect {
        ExpectedType::Auto => inspection::ExpectedKind::Auto,
        ExpectedType::Certificate => inspection::ExpectedKind::Certificate,
        ExpectedType::Metadata => inspection::ExpectedKind::Metadata,
    };
    let name = path.file_name().map(|name| name.to_string_lossy());
    match read {
        Ok(bytes) => {
            let inspection = inspection::inspect_file_at(name.as_deref(), &bytes, expect, now);
            // A recorded sign-in may also contain keys, so none of its content is printed.
            let found = match inspection.kind {
                InputKind::Recording => None,
                _ => credentials::find_in_file(&bytes),
            };
            match found {
                Some(SecretKind::AwsSecretKey | SecretKind::AwsSessionToken) => {
                    inspection::access_keys()
                }
                // The readers report other secrets in more detail.
                _ => inspection,
            }
        }
        Err(FileError::TooLarge(bytes)) => inspection::too_large(bytes),
        Err(FileError::Unreadable(cause)) => inspection::unreadable(cause),
    }
}
