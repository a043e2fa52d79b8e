//! Checks a finished setup again: what AWS and nOps show now is compared with the setup. Changes
//! nothing in AWS, in nOps, or in the setup.

mod aws;
mod file;

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use specta::Type;

use super::setup_session::{NopsRequest, request_metadata};
use identity_center::{AwsError, Connection};
use people::People;
use setup::{
    FactValue, Facts, Field, Finding, MessageCause, Severity, Source,
    drift::{self, ChangedValue},
    idp::IdentityProvider,
};
use transport::Transport;

pub use file::WatchedSetup;
pub(super) use file::{load_report, report_path, save_report};

/// What a watch found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct WatchReport {
    /// When the setup was checked, RFC 3339.
    pub at: String,
    pub checks: Vec<WatchCheck>,
    /// The values that differ from the setup.
    pub changed: Vec<ChangedValue>,
    /// The problems, the worst first.
    pub findings: Vec<Finding>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum WatchResult {
    /// No problems were found in what was checked.
    Fine,
    Problems,
    /// A check that should have been possible wasn't, and the others found no problems.
    Unchecked,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct WatchCheck {
    pub subject: WatchSubject,
    pub state: WatchCheckState,
    /// Why it wasn't checked.
    pub cause: Option<MessageCause>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type, strum::IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum WatchSubject {
    /// The certificate, issuer and endpoint in AWS's public metadata.
    Metadata,
    /// What nOps's sign-in addresses show.
    Nops,
    /// The application in AWS: whether it exists and is enabled.
    Application,
    /// The people on the list, their group and its assignment.
    People,
    /// Saves of the application's configuration that AWS logged.
    EventHistory,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type, strum::IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum WatchCheckState {
    Checked,
    /// Not checked, because this setup or this computer doesn't allow it.
    Skipped,
    /// Not checked, although it should be possible.
    Unchecked,
}

impl WatchCheck {
    fn new(subject: WatchSubject, state: WatchCheckState, cause: Option<MessageCause>) -> Self {
        Self { subject, state, cause }
    }

    fn skipped(subject: WatchSubject, key: &str) -> Self {
        Self::new(subject, WatchCheckState::Skipped, Some(MessageCause::new(key)))
    }
}

/// A short form of the last [`WatchReport`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct LastCheck {
    /// RFC 3339.
    pub at: String,
    pub result: WatchResult,
}

/// The check of the finished setup, and what it found last.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Type)]
pub struct SetupWatchView {
    pub is_running: bool,
    pub result: Option<WatchResult>,
    pub report: Option<WatchReport>,
}

impl WatchReport {
    pub fn result(&self) -> WatchResult {
        let is_problem = |finding: &Finding| finding.severity > Severity::Info;
        let is_unchecked = |check: &WatchCheck| check.state == WatchCheckState::Unchecked;
        if !self.changed.is_empty() || self.findings.iter().any(is_problem) {
            WatchResult::Problems
        } else if self.checks.iter().any(is_unchecked) {
            WatchResult::Unchecked
        } else {
            WatchResult::Fine
        }
    }
}

/// The setup to check, and how to reach AWS and nOps.
pub(super) struct WatchRequest {
    pub(super) facts: Facts,
    pub(super) people: People,
    pub(super) transport: Transport,
    /// When the values were last verified. `None` if that isn't known.
    pub(super) verified: Option<Timestamp>,
    /// The connection to AWS, or why there is none. `None` if there are no credentials.
    pub(super) connection: Option<Result<Connection, AwsError>>,
}

/// The clock of the rules.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// Checks the setup. Sends requests only to AWS's hosts and to the nOps host that the user allowed.
pub(super) async fn watch(request: WatchRequest, clock: &Clock) -> WatchReport {
    let WatchRequest { facts: before, people, transport, verified, connection } = request;
    let mut after = before.clone();
    let mut checks = vec![
        check_metadata(&mut after, &transport, clock).await,
        check_nops(&mut after, &transport, clock).await,
    ];
    let now = clock();
    let mut findings = Vec::new();
    match connection {
        Some(Ok(connection)) => {
            let seen = aws::check(&connection, (&before, verified), &people, &mut after, now).await;
            checks.extend(seen.checks);
            findings = seen.findings;
        }
        Some(Err(error)) => checks.extend(aws::unchecked(&error)),
        None => checks.extend(aws::skipped("watch-no-credentials")),
    }
    findings.extend(drift::findings(&after, now));
    WatchReport {
        at: now.to_string(),
        checks,
        changed: drift::changed_values(&before, &after, now),
        findings: Finding::identify(findings),
    }
}

async fn check_metadata(after: &mut Facts, transport: &Transport, clock: &Clock) -> WatchCheck {
    let subject = WatchSubject::Metadata;
    let Some(url) = IdentityProvider::from_facts(after).metadata_url else {
        let cause = MessageCause::new("watch-no-metadata-link");
        return WatchCheck::new(subject, WatchCheckState::Unchecked, Some(cause));
    };
    let fetched = request_metadata(&url.value, transport, &**clock).await;
    let mut record = |field, text| {
        after.record(field, FactValue::Text(text), Source::Observed, clock());
    };
    if let Some(issuer) = fetched.issuer {
        record(Field::PortalCertificateIssuer, issuer);
    }
    match fetched.xml {
        Ok(xml) => {
            record(Field::IdpMetadataFetched, xml);
            WatchCheck::new(subject, WatchCheckState::Checked, None)
        }
        Err(cause) => WatchCheck::new(subject, WatchCheckState::Unchecked, Some(cause)),
    }
}

/// Reads what nOps shows. That nOps shows anything is inferred, so an answer that says nothing
/// isn't a failed check.
async fn check_nops(after: &mut Facts, transport: &Transport, clock: &Clock) -> WatchCheck {
    let subject = WatchSubject::Nops;
    let Some(request) = NopsRequest::allowed(after) else {
        return WatchCheck::skipped(subject, "watch-nops-not-allowed");
    };
    let host = after.text(Field::NopsAskedHost).unwrap_or_default().to_owned();
    let recorded = request.send(&host, transport).await.record(after, clock());
    match recorded.endpoint_unseen.or(recorded.metadata_unseen) {
        None => WatchCheck::new(subject, WatchCheckState::Checked, None),
        Some(cause) => WatchCheck::new(subject, WatchCheckState::Skipped, Some(cause)),
    }
}
