//! Checks a finished setup again: what AWS and nOps show now is compared with the setup. Changes
//! nothing in AWS, in nOps, or in the setup.

mod aws;
mod file;
mod record;

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use specta::Type;

use super::setup_session::{NopsRequest, request_metadata};
use crate::Failure;
use identity_center::{AwsError, Connection};
use people::People;
use setup::{
    FactValue, Facts, Field, Finding, MessageCause, Severity, Source, drift::ChangedValue,
    idp::IdentityProvider,
};
use transport::Transport;

use record::Observations;

pub use file::FinishedSetup;
pub use record::RecheckRecord;
pub(super) use record::{load_record, record_path, save_record};

/// What a check found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct RecheckReport {
    /// When the setup was checked, RFC 3339.
    pub at: String,
    pub checks: Vec<SubjectCheck>,
    /// The values that differ from the setup.
    pub changed: Vec<ChangedValue>,
    /// The problems, the worst first.
    pub findings: Vec<Finding>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum RecheckResult {
    /// No problems were found in what was checked.
    Fine,
    Problems,
    /// A check that should have been possible wasn't, and the others found no problems.
    Unchecked,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SubjectCheck {
    pub subject: RecheckSubject,
    pub state: SubjectState,
    /// Why it wasn't checked.
    pub cause: Option<MessageCause>,
    /// When the subject was last checked, RFC 3339, if it wasn't checked this time. The report
    /// contains what that check found.
    pub last_checked: Option<String>,
}

#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    Type,
    strum::IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum RecheckSubject {
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
pub enum SubjectState {
    Checked,
    /// Not checked, because this setup or this computer doesn't allow it.
    Skipped,
    /// Not checked, although it should be possible.
    Unchecked,
}

impl SubjectCheck {
    fn new(subject: RecheckSubject, state: SubjectState, cause: Option<MessageCause>) -> Self {
        Self { subject, state, cause, last_checked: None }
    }

    fn skipped(subject: RecheckSubject, key: &str) -> Self {
        Self::new(subject, SubjectState::Skipped, Some(MessageCause::new(key)))
    }
}

/// A short form of the last [`RecheckReport`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct LastCheck {
    /// RFC 3339.
    pub at: String,
    pub result: RecheckResult,
}

/// The check of the finished setup, and what it found last.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Type)]
pub struct RecheckView {
    pub is_running: bool,
    pub result: Option<RecheckResult>,
    pub report: Option<RecheckReport>,
    /// Why the report couldn't be saved.
    pub failure: Option<Failure>,
}

impl RecheckReport {
    pub fn result(&self) -> RecheckResult {
        let is_problem = |finding: &Finding| finding.severity > Severity::Info;
        let is_unchecked = |check: &SubjectCheck| check.state == SubjectState::Unchecked;
        if !self.changed.is_empty() || self.findings.iter().any(is_problem) {
            RecheckResult::Problems
        } else if self.checks.iter().any(is_unchecked) {
            RecheckResult::Unchecked
        } else {
            RecheckResult::Fine
        }
    }
}

/// The setup to check, and how to reach AWS and nOps.
pub(super) struct RecheckRequest {
    pub(super) facts: Facts,
    pub(super) people: People,
    pub(super) transport: Transport,
    /// When the values were last verified. `None` if that isn't known.
    pub(super) verified: Option<Timestamp>,
    /// The connection to AWS, or why there is none. `None` if there are no credentials.
    pub(super) connection: Option<Result<Connection, AwsError>>,
    /// The last check's record.
    pub(super) last: Option<RecheckRecord>,
}

/// The clock of the rules.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// Checks the setup. Sends requests only to AWS's hosts and to the nOps host that the user allowed.
///
/// If a subject can't be checked now, the report keeps what its last check found.
pub(super) async fn recheck(request: RecheckRequest, clock: &Clock) -> RecheckRecord {
    let RecheckRequest { facts, people, transport, verified, connection, last } = request;
    let mut seen = Observations::new(facts);
    let mut checks = vec![
        check_metadata(&mut seen, &transport, clock).await,
        check_nops(&mut seen, &transport, clock).await,
    ];
    let now = clock();
    match connection {
        Some(Ok(connection)) => {
            checks.extend(aws::check(&connection, verified, &people, &mut seen, now).await);
        }
        Some(Err(error)) => checks.extend(aws::unchecked(&error)),
        None => checks.extend(aws::skipped("recheck-no-credentials")),
    }
    if let Some(last) = last {
        seen.carry_over(&mut checks, last, verified);
    }
    seen.into_record(checks, now)
}

async fn check_metadata(
    seen: &mut Observations,
    transport: &Transport,
    clock: &Clock,
) -> SubjectCheck {
    let subject = RecheckSubject::Metadata;
    let Some(url) = IdentityProvider::from_facts(seen.after()).metadata_url else {
        let cause = MessageCause::new("recheck-no-metadata-link");
        return SubjectCheck::new(subject, SubjectState::Unchecked, Some(cause));
    };
    let fetched = request_metadata(&url.value, transport, &**clock).await;
    let mut record = |field, text| {
        seen.record(subject, |facts| {
            facts.record(field, FactValue::Text(text), Source::Observed, clock());
        });
    };
    if let Some(issuer) = fetched.issuer {
        record(Field::PortalCertificateIssuer, issuer);
    }
    match fetched.xml {
        Ok(xml) => {
            record(Field::IdpMetadataFetched, xml);
            SubjectCheck::new(subject, SubjectState::Checked, None)
        }
        Err(cause) => SubjectCheck::new(subject, SubjectState::Unchecked, Some(cause)),
    }
}

/// Reads what nOps shows. That nOps shows anything is inferred, so an answer that says nothing
/// isn't a failed check. No answer is one.
async fn check_nops(seen: &mut Observations, transport: &Transport, clock: &Clock) -> SubjectCheck {
    let subject = RecheckSubject::Nops;
    let Some(request) = NopsRequest::allowed(seen.after()) else {
        return SubjectCheck::skipped(subject, "recheck-nops-not-allowed");
    };
    let host = seen.after().text(Field::NopsAskedHost).unwrap_or_default().to_owned();
    let answer = request.send(&host, transport).await;
    let recorded = seen.record(subject, |facts| answer.record(facts, clock()));
    let unseen = [recorded.endpoint_unseen, recorded.metadata_unseen].into_iter().flatten();
    match unseen.max_by_key(|unseen| unseen.is_unanswered) {
        None => SubjectCheck::new(subject, SubjectState::Checked, None),
        Some(unseen) => {
            let state = match unseen.is_unanswered {
                true => SubjectState::Unchecked,
                false => SubjectState::Skipped,
            };
            SubjectCheck::new(subject, state, Some(unseen.cause))
        }
    }
}
