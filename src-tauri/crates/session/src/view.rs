//! The view that the window shows. It is computed from the facts after every change, and never
//! edited.

mod connection;
mod handover;
mod people;
mod rotation;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use specta::Type;

pub use self::{connection::*, handover::*, people::*, rotation::*};
use super::Failure;
pub use super::jobs::JobKind;
pub use super::recheck::{LastCheck, RecheckView};
pub use setup::dry_run::{DryRunRow, RowVerdict};
use setup::{
    CopyableValue, Field, Finding, Mapping, MessageCause, Page, RuleBasis, Severity, Side, Source,
    Step, StepStatus, checks::AwsCheck, enforcement::EnforceReadiness,
};

pub use ::people::GroupChoice;
pub use changes::UndoableCounts;
pub use storage::store::SetupKind;

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Type)]
pub struct View {
    /// Increases with every change. The window ignores a view that is older than the one it shows.
    pub revision: u32,
    pub setups: Vec<SetupCard>,
    /// Setup files that couldn't be read. They stay in the folder.
    pub damaged: Vec<DamagedFile>,
    pub keychain: Keychain,
    /// Why the last handover couldn't be opened.
    pub refused: Option<Failure>,
    pub setup: Option<SetupView>,
}

/// The state of the operating system's keychain.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Keychain {
    /// Not checked yet.
    #[default]
    Unknown,
    Available,
    Locked,
    /// There is no keychain.
    Missing,
    /// The keychain doesn't respond.
    Silent,
}

/// One setup on the start screen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct SetupCard {
    /// The file name without its extension.
    pub id: String,
    pub name: String,
    pub world: SetupKind,
    pub account: Option<String>,
    pub region: Option<String>,
    /// The step that was shown last. The setup opens at this step.
    pub step: Step,
    /// The first unfinished step, according to the setup's file.
    pub next_step: Step,
    pub problems: u32,
    /// The highest severity of its problems.
    pub worst: Option<Severity>,
    /// Nothing is left to do.
    pub finished: bool,
    /// Time of the last change, RFC 3339.
    pub changed: String,
    /// The setup is open in another window.
    pub held: bool,
    /// The file is a copy of another setup's file.
    pub duplicate: bool,
    /// Changes were interrupted or not finished.
    pub interrupted: bool,
    /// The last check of the setup, if there was one.
    pub last_check: Option<LastCheck>,
    /// The setup can be checked again now, because it was finished and isn't open elsewhere.
    pub can_check: bool,
    /// The certificate should be replaced, or is being replaced. `None` before nOps has saved a
    /// certificate.
    pub rotation: Option<CardRotation>,
}

/// A setup file that couldn't be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct DamagedFile {
    pub file: String,
    /// A message key under `damaged-<reason>`.
    pub reason: String,
    /// The position in the file, or the file's version.
    pub detail: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct SetupView {
    /// The file name without its extension.
    pub id: String,
    pub name: String,
    pub world: SetupKind,
    /// The setup repairs an application that was set up by hand.
    pub repair: bool,
    /// The user administers AWS.
    pub aws_role: bool,
    /// The user administers nOps.
    pub nops_role: bool,
    /// Time of the last save, RFC 3339.
    pub saved: String,
    /// Why the last save failed: a message key under `failure-<code>`.
    pub unsaved: Option<String>,
    /// The step shown.
    pub current: Step,
    /// All ten steps in order.
    pub steps: Vec<StepView>,
    /// Stored and derived values.
    pub facts: BTreeMap<Field, FactView>,
    /// Findings by step. In each step, the worst finding is first.
    pub findings: Vec<Finding>,
    /// The number of differences that a repair lists.
    pub differences: u32,
    /// The highest severity of these differences.
    pub worst_difference: Option<Severity>,
    /// *Enforce* changed after the last report was saved.
    pub report_outdated: bool,
    /// The values that a repair still needs. Empty for other setups.
    pub not_compared: Vec<Field>,
    /// The next step that shows whether a repaired sign-in works.
    pub next_proof: Option<Step>,
    pub connection: Connection,
    /// Set if practice mode's port has changed since the last start.
    pub practice_moved: Option<PracticePortChange>,
    /// The results of the preflight.
    pub checks: Vec<AwsCheck>,
    pub watch: ApplicationWatchView,
    /// Applications in AWS that could be the nOps application.
    pub candidates: Vec<CandidateApplication>,
    /// Values found together in the last input. The user chooses one.
    pub offers: Vec<OfferView>,
    /// The fields that were filled by the last paste or drop. Cleared when the user leaves the
    /// step.
    pub filled: Option<FilledFields>,
    pub downloads: DownloadsState,
    /// The check of nOps's own addresses.
    pub nops_check: NopsCheckView,
    /// The lookup of events that AWS logged.
    pub event_history: EventHistoryView,
    /// The last check of the finished setup.
    pub recheck: RecheckView,
    /// The rotation of AWS's certificate.
    pub rotation: RotationView,
    /// The application's certificates. AWS's certificates come first.
    pub certificates: Vec<CertificateView>,
    /// The four rows to enter, with the chosen Subject value.
    pub mappings: Vec<Mapping>,
    /// The recommended Subject value, which is used until the user chooses one.
    pub subject_recommended: String,
    /// The rows of the pasted table. Empty if none was pasted.
    pub mappings_checked: Vec<MappingCheck>,
    /// The SP metadata file can be generated and saved.
    pub sp_metadata_ready: bool,
    /// The details of the dry run. They exist only while the setup is open, and only the result is
    /// kept.
    pub dry_run: Option<DryRunView>,
    pub tester: Option<TesterView>,
    /// Users that AWS listed, as suggestions for the tester.
    #[serde(default)]
    pub users: Vec<UserView>,
    pub sign_in_tests: Vec<SignInTestView>,
    pub people: PeopleView,
    /// The handover to and from a colleague.
    pub handover: HandoverView,
    /// Whether *Enforce* can be turned on.
    pub enforcement: EnforceReadiness,
    pub job: Option<Job>,
    /// Pages that can be opened now.
    pub pages: Vec<PageLink>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct StepView {
    pub step: Step,
    /// Step number, 1 to 10.
    pub number: u32,
    pub status: StepStatus,
    /// Findings with the same cause count as one problem.
    pub problems: u32,
    /// The highest severity of the step's problems.
    pub worst: Option<Severity>,
    /// The step depends on a value that the user only confirmed.
    pub declared: bool,
    /// The step depends on a value that a colleague confirmed.
    pub handed_over: bool,
    /// The user does something in this step. `false` if the step belongs to a colleague.
    pub own: bool,
    /// The user chose to skip the step's open items.
    pub skipped: bool,
    /// The step's open items, shown next to Continue: message keys under `open-<what>`.
    pub open: Vec<String>,
    /// The colleague's open items: message keys under `open-<what>`.
    pub colleague: Vec<String>,
    /// The values to copy between the sides in this step, in order.
    pub transfers: Vec<TransferView>,
}

/// A value to copy from one place to another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct TransferView {
    /// The value's number in this step, starting at 1. Pressing the key with this number copies the
    /// value.
    pub number: u32,
    pub copy: CopyableValue,
    /// `None` if the value isn't known yet.
    pub value: Option<String>,
    /// The field to copy from, if the field is on the other side.
    pub from: Option<Field>,
    pub to_side: Side,
    /// The label of the field to copy to: a message key such as `field-aws_acs_url`.
    pub to_label: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct FactView {
    /// The value as text. Mappings and test results are in other fields of the view.
    pub value: String,
    pub source: Source,
    /// When the value was learned, RFC 3339.
    pub at: String,
    /// The user kept the value although it looks wrong.
    pub kept: bool,
}

/// The previous and the current port of practice mode.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PracticePortChange {
    /// The previous port, which another program is using now.
    pub from: u16,
    pub to: u16,
}

/// The watch that waits for the application to appear in AWS.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Type)]
pub struct ApplicationWatchView {
    pub state: WatchState,
    /// When the last request was sent to AWS, RFC 3339.
    pub asked: Option<String>,
    /// When the watch started, RFC 3339.
    pub since: Option<String>,
    /// The number of applications that AWS listed.
    pub seen: u32,
    /// The number of requests sent.
    pub times: u32,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum WatchState {
    /// AWS isn't connected, so the user enters a link or a file.
    #[default]
    Off,
    /// Not started.
    Idle,
    /// Waiting for the application to appear.
    Waiting,
    Found,
    /// Several applications match, and the user has to choose.
    Several,
}

/// Whether the downloads folder is watched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum DownloadsState {
    /// There is no downloads folder.
    None,
    Off,
    /// Files that arrive are offered until the user leaves the step.
    Watched,
    /// The folder was being watched, but can no longer be read.
    Lost,
}

/// The check that sends requests to nOps's own addresses to find out what nOps has saved.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct NopsCheckView {
    /// The host of the requests. `None` if there is no address that can be requested.
    pub host: Option<String>,
    /// The host is nOps's usual host.
    pub is_usual: bool,
    /// The user allowed requests to this host.
    pub is_allowed: bool,
    pub state: NopsCheckState,
    /// When nOps last responded, RFC 3339.
    pub at: Option<String>,
    /// Why nOps's metadata isn't available.
    pub metadata_unseen: Option<MessageCause>,
    /// Why the endpoint that nOps saved isn't available.
    pub endpoint_unseen: Option<MessageCause>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum NopsCheckState {
    #[default]
    Idle,
    Asking,
    /// Sends requests until nOps has saved its settings.
    Waiting,
}

/// The lookup in AWS's event history (CloudTrail). The facts contain what it found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct EventHistoryView {
    pub state: EventHistoryState,
    /// When the events were last looked up, RFC 3339.
    pub at: Option<String>,
    /// Why the events aren't available.
    pub unseen: Option<MessageCause>,
    /// When the tester opened the application (RFC 3339), if that was after the last change that
    /// the sign-in tests depend on.
    pub opened: Option<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum EventHistoryState {
    /// There is no connection.
    #[default]
    Off,
    Idle,
    /// Looks up events every 30 seconds.
    Looking,
}

/// The fields that were filled by pasted or dropped values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct FilledFields {
    /// The field that the values were pasted into. `None` for a paste outside a field, and for a
    /// file.
    pub from: Option<Field>,
    pub fields: Vec<Field>,
}

/// One of several values found together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct OfferView {
    pub id: String,
    /// The value arrived in the downloads folder.
    pub arrived: bool,
    /// The file that the value came from, if any.
    pub file: Option<String>,
    /// The field for the value: the certificate or the metadata.
    pub field: Field,
    /// When the value's certificate expires, RFC 3339.
    pub not_after: String,
    /// The fingerprint of the value's certificate.
    pub sha256: String,
    /// Whether the certificate is in AWS's metadata. `None` if unknown.
    pub same_as_metadata: Option<bool>,
}

/// An application that could be the nOps application.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct CandidateApplication {
    pub arn: String,
    /// The Region that the application is managed in.
    pub region: String,
    pub name: String,
    /// `saml`, `oauth` or `catalog`.
    pub kind: String,
    pub enabled: bool,
    /// The access portal shows the application's tile.
    pub visible: bool,
    /// Creation time, RFC 3339.
    pub created: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct CertificateView {
    /// Where the certificate was found: `idp_metadata_fetched`, `idp_metadata`, `idp_certificate`
    /// or `nops_x509`.
    pub field: Field,
    /// SHA-256 of the DER, uppercase hex.
    pub sha256: String,
    pub subject: String,
    /// Serial number, hex.
    pub serial: String,
    /// RFC 3339.
    pub not_before: String,
    /// RFC 3339.
    pub not_after: String,
    /// Whole days until the certificate expires. Negative if it has expired.
    pub days_left: i32,
    /// For example, `RSA 2048`.
    pub key: String,
    /// Whether this certificate is in AWS's metadata. `None` if there is no metadata to compare
    /// with.
    pub same_as_metadata: Option<bool>,
    /// The certificate probably isn't AWS's signing certificate, so it isn't offered for nOps.
    pub doubtful: bool,
    pub source: Source,
}

/// One pasted row of the attribute mappings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct MappingCheck {
    pub row: Mapping,
    /// The row exactly matches one of the four required rows.
    pub fits: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct DryRunView {
    /// When the response was pasted, RFC 3339.
    pub at: String,
    /// The result: `pass`, `fail` or `unchecked`.
    pub verdict: RowVerdict,
    pub rows: Vec<DryRunRow>,
}

/// A user that AWS listed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct UserView {
    pub user_name: String,
    /// The display name in IAM Identity Center.
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct TesterView {
    /// The display name in IAM Identity Center, or the entered text.
    pub name: String,
    pub user_name: String,
    pub email: Option<String>,
    /// The user is enabled in AWS. `None` if unknown.
    pub enabled: Option<bool>,
    /// The user is assigned to the application. `None` if unknown.
    pub assigned: Option<bool>,
    /// AWS denied the request for the assignment.
    #[serde(default)]
    pub denied: bool,
    /// The details come from AWS. Otherwise, the user entered them.
    pub observed: bool,
    /// The tester has signed in to AWS since the user chose them.
    pub signed_in: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum SignInTestResult {
    /// The tester signed in to nOps.
    Passed,
    /// The tester couldn't sign in to nOps.
    Failed,
    /// There is no result. Removes a recorded result.
    Untried,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct SignInTestView {
    /// `test_from_portal` or `test_from_nops`.
    pub test: Field,
    /// The result that the user reported.
    pub result: SignInTestResult,
    /// When the result was reported, RFC 3339.
    pub at: Option<String>,
    /// The test passed, but a value that it depends on has changed since.
    pub stale: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Job {
    pub name: JobKind,
    pub done: u32,
    /// 0 if unknown.
    pub total: u32,
    pub can_cancel: bool,
    pub can_pause: bool,
    /// The job changes AWS or writes the change history. The setup can't be closed until the job
    /// ends.
    pub changes: bool,
    pub paused: bool,
    /// When the job started, RFC 3339. Pauses move this time forward.
    pub started: String,
    /// The remaining seconds at the current pace. `None` while the pace is too uncertain, and while
    /// the job is paused.
    pub seconds_left: Option<u32>,
    /// AWS is limiting requests.
    pub throttled: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PageLink {
    pub page: Page,
    /// The real address, as displayed.
    pub url: String,
    /// The account to open the page in, if the link can't select the account.
    pub account: Option<String>,
    /// How certain the address is.
    pub basis: RuleBasis,
}
