//! Work that runs beside the actor, and what it reports.

use changes::{Applied, ApplyError, Plan, Reconciled, Undone};
use identifiers::AccessPortal;
use identity_center::{
    Application, AwsError, Preflight, Profile,
    sign_in::{Account, Token},
};
use nops::{KeyError, KeyOwner};
use people::{Group, Membership, People, User};
use setup::{Cause, input::Offer};
use storage::vault::{SecretLocation, VaultError};

use jiff::Timestamp;
use tokio::sync::mpsc;

use super::{actor::Message, planning::LookupResult, setup_session::ConnectError};

/// Where the jobs of one opened setup send their reports. Weak, so that a running job does not keep
/// the actor alive.
#[derive(Clone)]
pub(super) struct JobContext {
    pub(super) letters: mpsc::WeakSender<Message>,
    /// Which opening of which setup: reports that outlive it are dropped.
    pub(super) opening: u32,
}

impl JobContext {
    fn letter(&self, report: Report) -> Message {
        Message::Job { opening: self.opening, report }
    }
}

/// A report of a job.
pub(super) enum Report {
    /// It got on.
    Progress { job: u32, done: u32, total: u32 },
    /// AWS was asked for the application once more.
    Watched { applications: Result<Vec<Application>, AwsError>, number: u32 },
    /// The application's metadata was fetched and read, or not.
    Fetched { url: String, fetched: FetchedMetadata },
    /// A file arrived in the folder of downloads: what can be used in it.
    Arrived(Vec<Offer>),
    /// The folder of downloads can't be read any more.
    DownloadsLost,
    /// Access to AWS that ends at this time will end soon.
    EndsSoon(Timestamp),
    /// The profiles of the AWS configuration files were read.
    Profiles(Result<Vec<Profile>, AwsError>),
    /// A sign-in waits for the person, at this page.
    Invited { job: u32, address: String, code: Option<String> },
    /// It found something out on its way.
    Told { job: u32, what: Told },
    /// Calls go to these addresses instead of to AWS.
    Redirected(Option<String>),
    /// Calls go to these before a way to connect is chosen.
    RedirectedByDefault(Option<String>),
    /// The keychain did not forget what it was asked to forget.
    NotForgotten(VaultError),
    /// It ended.
    Ended { job: u32, outcome: Outcome },
}

/// What an application's portal answered.
pub(super) struct FetchedMetadata {
    /// Who issued the certificate that was shown for the portal.
    pub(super) issuer: Option<String>,
    /// The metadata, or why there is none.
    pub(super) xml: Result<String, Cause>,
}

/// What a job finds out on its way.
pub(super) enum Told {
    /// The keychain waits for the person, or no longer.
    Waits(bool),
    /// As whom it connects.
    Label(String),
    /// Where the secrets of the connection are.
    Kept(SecretLocation),
}

/// How a job ended.
pub(super) enum Outcome {
    /// Connecting and looking around; none when it was cancelled.
    Connected(Option<Result<Box<Preflight>, ConnectError>>),
    /// Signing in through the browser; none when it was cancelled.
    SignedIn(Option<Result<Box<SignInResult>, AwsError>>),
    /// Listing the roles of an account.
    Roles { account: String, roles: Result<Vec<String>, AwsError> },
    /// Checking a nOps API key; none when it was cancelled.
    NopsKey(Option<Result<KeyOwner, KeyError>>),
    /// Looking the tester up, and the assignment.
    TesterFound { who: String, found: Result<Option<(User, Assignment)>, AwsError> },
    /// Assigning the tester (`true`) or taking the assignment back.
    TesterAssigned(Result<bool, ApplyError>),
    /// Looking people and group up in AWS, and planning; none when it was cancelled.
    Planned(Option<Result<Box<Planned>, AwsError>>),
    /// Making the changes.
    Applied(Result<Applied, ApplyError>),
    /// Taking them back.
    Undone(Result<Undone, ApplyError>),
    /// Looking what became of an interrupted change.
    Reconciled(Result<Reconciled, ApplyError>),
}

/// How a user is assigned; none where there is no application yet.
pub(super) type Assignment = Result<Option<&'static str>, AwsError>;

/// Somebody signed in, and may use these accounts.
pub(super) struct SignInResult {
    /// Where.
    pub(super) portal: AccessPortal,
    pub(super) token: Token,
    pub(super) accounts: Vec<Account>,
}

/// What planning found in AWS, and the plan.
pub(super) struct Planned {
    /// The list that was planned for.
    pub(super) people: People,
    /// The application that was planned for.
    pub(super) application: Option<String>,
    pub(super) users: LookupResult<User>,
    /// The chosen group, where it exists.
    pub(super) group: Option<Group>,
    /// Its members.
    pub(super) members: LookupResult<Membership>,
    pub(super) plan: Plan,
}

/// Tells the actor how a job gets on.
#[derive(Clone)]
pub(super) struct JobReporter {
    inbox: JobContext,
    job: u32,
}

impl JobReporter {
    pub(super) fn new(inbox: JobContext, job: u32) -> Self {
        Self { inbox, job }
    }

    /// Reports progress. A full letter box drops it: the next report says more.
    pub(super) fn progress(&self, done: u32, total: u32) {
        if let Some(letters) = self.inbox.letters.upgrade() {
            let report = Report::Progress { job: self.job, done, total };
            let _dropped = letters.try_send(self.inbox.letter(report));
        }
    }

    /// Reports which page the person has to open.
    pub(super) async fn invite(&self, address: String, code: Option<String>) {
        let report = Report::Invited { job: self.job, address, code };
        tell(&self.inbox, report).await;
    }

    /// Reports what was found out.
    pub(super) async fn told(&self, what: Told) {
        self.report(Report::Told { job: self.job, what }).await;
    }

    /// Reports what concerns the setup, whatever becomes of this job.
    pub(super) async fn report(&self, report: Report) {
        tell(&self.inbox, report).await;
    }

    /// Reports the end. Without an actor there is nobody to tell.
    pub(super) async fn end(&self, outcome: Outcome) {
        tell(&self.inbox, Report::Ended { job: self.job, outcome }).await;
    }
}

/// Sends a report, unless the actor is gone.
pub(super) async fn tell(inbox: &JobContext, report: Report) {
    if let Some(letters) = inbox.letters.upgrade() {
        let _gone = letters.send(inbox.letter(report)).await;
    }
}
