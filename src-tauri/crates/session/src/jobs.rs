//! Background jobs and their reports.

use changes::{ApplyError, ApplySummary, Plan, Progress, Reconciled, UndoResult};
use identifiers::AccessPortal;
use identity_center::{
    Applications, AwsError, LoggedEvent, Preflight, Profiles,
    sign_in::{Account, SignInToken},
};
use nops::{KeyError, KeyOwner};
use people::{Group, Membership, People, User};
use setup::{MessageCause, input::InputOffer};
use storage::vault::{SecretLocation, VaultError};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use specta::Type;
use strum::IntoStaticStr;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::{
    Failure,
    actor::Message,
    planning::LookupResult,
    recheck::RecheckRecord,
    setup_session::{ConnectError, NopsAnswer},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, IntoStaticStr, Type)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum JobKind {
    /// Connects and runs the preflight.
    Look,
    SignIn,
    Roles,
    /// Checks the nOps API key.
    CheckKey,
    FindTester,
    AssignTester,
    Plan,
    Apply,
    Undo,
    Reconcile,
    /// Any job while it's waiting for the keychain.
    Keychain,
}

impl JobKind {
    pub fn can_cancel(self) -> bool {
        matches!(self, Self::Look | Self::SignIn | Self::CheckKey | Self::Plan) || self.can_pause()
    }

    pub fn can_pause(self) -> bool {
        matches!(self, Self::Apply | Self::Undo)
    }

    /// Returns whether the job writes the change history. Such a job keeps the setup open until it
    /// ends.
    pub fn writes_history(self) -> bool {
        matches!(self, Self::AssignTester | Self::Apply | Self::Undo | Self::Reconcile)
    }
}

/// Where a setup's jobs send their reports. The sender is weak, so that a running job doesn't keep
/// the actor alive.
#[derive(Clone)]
pub(super) struct JobContext {
    pub(super) letters: mpsc::WeakSender<Message>,
    /// Identifies the current opening of the setup. Reports from earlier openings are dropped.
    pub(super) opening: u32,
}

impl JobContext {
    fn build_message(&self, report: JobReport) -> Message {
        Message::Job { opening: self.opening, report }
    }
}

/// A report from a job or another background task.
pub(super) enum JobReport {
    Progress {
        job: u32,
        progress: Progress,
    },
    /// AWS responded to a request from the application watch.
    Watched {
        applications: Result<Applications, AwsError>,
        number: u32,
        /// Canceled when this watch has ended.
        ended: CancellationToken,
    },
    /// Fetching the application's metadata has ended.
    Fetched {
        url: String,
        fetched: FetchedMetadata,
    },
    /// nOps's addresses responded.
    NopsAnswered {
        answer: NopsAnswer,
        /// The check sends no more requests.
        is_last: bool,
        /// Canceled when this check has ended.
        ended: CancellationToken,
    },
    /// AWS's event history was looked up.
    EventsLookedUp {
        events: Vec<LoggedEvent>,
        /// Why some events couldn't be looked up.
        failure: Option<AwsError>,
        /// Canceled when this lookup has ended.
        ended: CancellationToken,
    },
    /// The setup was checked again.
    Rechecked {
        record: Box<RecheckRecord>,
        /// Why the record couldn't be saved.
        failure: Option<Failure>,
        /// Canceled when this check has ended.
        ended: CancellationToken,
    },
    /// Usable values from files that arrived in the downloads folder.
    Arrived(Vec<InputOffer>),
    /// The downloads folder can no longer be read.
    DownloadsLost,
    /// Access to AWS ends soon, at this time.
    EndsSoon(Timestamp),
    /// Reading the profiles in the AWS configuration files has ended.
    Profiles(Profiles),
    /// A sign-in waits for the user to open this page.
    Invited {
        job: u32,
        address: String,
        code: Option<String>,
    },
    /// The job has an intermediate result.
    JobUpdate {
        job: u32,
        what: JobUpdate,
    },
    /// The custom endpoints that apply by default, before the user chooses a connection method.
    RedirectedByDefault(Option<String>),
    /// The keychain couldn't remove a secret.
    NotForgotten(VaultError),
    Ended {
        job: u32,
        outcome: JobOutcome,
    },
}

/// The response of an application's portal host.
pub(super) struct FetchedMetadata {
    /// The issuer of the certificate that the portal presented.
    pub(super) issuer: Option<String>,
    /// The metadata, or why it isn't available.
    pub(super) xml: Result<String, MessageCause>,
}

/// An intermediate result of a job.
pub(super) enum JobUpdate {
    /// Whether the keychain is waiting for the user.
    Waits(bool),
    /// The connection's profile name or access key ID.
    Label(String),
    /// Where the connection's secrets are kept.
    Kept(SecretLocation),
    /// The custom endpoints that receive calls instead of AWS.
    Redirected(Option<String>),
}

pub(super) enum JobOutcome {
    Connection(ConnectionOutcome),
    SignIn(SignInOutcome),
    /// The result of checking a nOps API key. `None` if canceled.
    NopsKey(Option<Result<KeyOwner, KeyError>>),
    Tester(TesterOutcome),
    People(PeopleOutcome),
}

/// The result of connecting and running the preflight. `None` if canceled.
pub(super) type ConnectionOutcome = Option<Result<Box<Preflight>, ConnectError>>;

pub(super) enum SignInOutcome {
    /// The result of signing in through the browser. `None` if canceled.
    SignedIn(Option<Result<Box<SignInResult>, AwsError>>),
    /// The account's roles that the user can choose.
    Roles { account: String, roles: Result<Vec<String>, AwsError> },
}

pub(super) enum TesterOutcome {
    /// The result of looking up the tester and the assignment. `chosen` means that the user chose
    /// this tester. Otherwise, the current tester was looked up again.
    Found { who: String, chosen: bool, found: Result<Option<Box<(User, Assignment)>>, AwsError> },
    /// The result of assigning the tester (`true`) or removing the assignment (`false`).
    Assigned(Result<bool, ApplyError>),
}

pub(super) enum PeopleOutcome {
    /// The result of looking up the people and the group in AWS, and planning. `None` if canceled.
    Planned(Option<Result<Box<PlannedChanges>, AwsError>>),
    Applied(Result<ApplySummary, ApplyError>),
    /// The result of reading the group's members for a comparison. `None` if canceled.
    Compared(Option<Result<Box<PlannedChanges>, AwsError>>),
    /// The result of removing former members from the group.
    Removed(Result<ApplySummary, ApplyError>),
    /// The result of adding removed members again.
    Restored(Result<(), ApplyError>),
    Undone(Result<UndoResult, ApplyError>),
    /// The result of checking whether interrupted changes were made.
    Reconciled(Result<Reconciled, ApplyError>),
}

/// How a user is assigned. `None` if there is no application yet.
pub(super) type Assignment = Result<Option<&'static str>, AwsError>;

/// A completed sign-in and the accounts that it gives access to.
pub(super) struct SignInResult {
    pub(super) portal: AccessPortal,
    pub(super) token: SignInToken,
    pub(super) accounts: Vec<Account>,
}

/// A plan and the AWS state that it is based on.
pub(super) struct PlannedChanges {
    /// The list at the time of the request.
    pub(super) people: People,
    /// The application at the time of the request.
    pub(super) application: Option<String>,
    pub(super) users: LookupResult<User>,
    /// The chosen group, if it exists.
    pub(super) group: Option<Group>,
    pub(super) members: LookupResult<Membership>,
    pub(super) plan: Plan,
}

/// Reports a job's progress to the actor.
#[derive(Clone)]
pub(super) struct JobReporter {
    inbox: JobContext,
    job: u32,
}

impl JobReporter {
    pub(super) fn new(inbox: JobContext, job: u32) -> Self {
        Self { inbox, job }
    }

    /// Reports progress. If the inbox is full, the report is dropped, because a later report
    /// replaces it.
    pub(super) fn progress(&self, progress: Progress) {
        if let Some(letters) = self.inbox.letters.upgrade() {
            let report = JobReport::Progress { job: self.job, progress };
            let _dropped = letters.try_send(self.inbox.build_message(report));
        }
    }

    /// Reports the page that the user has to open.
    pub(super) async fn invite(&self, address: String, code: Option<String>) {
        let report = JobReport::Invited { job: self.job, address, code };
        send_report(&self.inbox, report).await;
    }

    /// Reports an intermediate result.
    pub(super) async fn send_update(&self, what: JobUpdate) {
        self.report(JobReport::JobUpdate { job: self.job, what }).await;
    }

    /// Sends a report that stays valid even if another job replaces this job.
    pub(super) async fn report(&self, report: JobReport) {
        send_report(&self.inbox, report).await;
    }

    /// Reports the outcome. Does nothing if the actor no longer exists.
    pub(super) async fn send_outcome(&self, outcome: JobOutcome) {
        send_report(&self.inbox, JobReport::Ended { job: self.job, outcome }).await;
    }
}

/// Sends a report, unless the actor no longer exists.
pub(super) async fn send_report(inbox: &JobContext, report: JobReport) {
    if let Some(letters) = inbox.letters.upgrade() {
        let _gone = letters.send(inbox.build_message(report)).await;
    }
}
