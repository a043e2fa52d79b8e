//! What the window shows: computed from the facts after every change, never edited.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use specta::Type;

pub use setup::dry_run::{DryRunRow, RowVerdict};
use setup::{
    Basis, Copyable, Field, Finding, Mapping, Page, Severity, Side, Source, Step, StepStatus,
    checks::Check, enforcement::EnforceReadiness,
};

pub use changes::Undoable;
pub use people::GroupChoice;
pub use storage::store::World;

/// Everything the window shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Type)]
pub struct View {
    /// Grows with every change; an older view is never shown after a newer one.
    pub revision: u32,
    /// The setups on this computer.
    pub shelf: Vec<SetupCard>,
    /// Setup files that could not be read, kept aside.
    pub damaged: Vec<DamagedFile>,
    /// What the OS keychain can do for us.
    pub keychain: Keychain,
    /// The open setup.
    pub setup: Option<SetupView>,
}

/// What the OS keychain can do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Keychain {
    /// Not looked at yet.
    #[default]
    Unknown,
    /// It keeps secrets.
    Available,
    /// It is locked.
    Locked,
    /// There is none.
    Missing,
    /// It doesn't answer.
    Silent,
}

/// One setup on the start screen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct SetupCard {
    /// Names it in the list: its file without the ending.
    pub id: String,
    /// The organization's name.
    pub name: String,
    /// Where it plays.
    pub world: World,
    /// The AWS account, where known.
    pub account: Option<String>,
    /// The Region, where known.
    pub region: Option<String>,
    /// The step that was on show last.
    pub step: Step,
    /// How many problems its values have.
    pub problems: u32,
    /// Nothing was left to do.
    pub finished: bool,
    /// Last change, RFC 3339.
    pub changed: String,
    /// Another window holds it.
    pub held: bool,
    /// A copy of another setup's file.
    pub duplicate: bool,
    /// A change was interrupted.
    pub interrupted: bool,
}

/// A setup file that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct DamagedFile {
    /// The file's name; it stays where it is.
    pub file: String,
    /// Why: a catalogue key under `damaged-<reason>`.
    pub reason: String,
    /// Where in the file, or which version.
    pub detail: String,
}

/// The open setup.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct SetupView {
    /// Names it in the list of setups.
    pub id: String,
    /// The organization's name.
    pub name: String,
    /// Where it plays.
    pub world: World,
    /// An application made by hand is taken over.
    pub repair: bool,
    /// The person administers AWS.
    pub aws_role: bool,
    /// The person administers nOps.
    pub nops_role: bool,
    /// Last saved, RFC 3339.
    pub saved: String,
    /// Why it could not be saved: a catalogue key under `failure-<code>`.
    pub unsaved: Option<String>,
    /// The step on show.
    pub current: Step,
    /// All ten steps in order.
    pub steps: Vec<StepView>,
    /// What is known, stored and derived.
    pub facts: BTreeMap<Field, FactView>,
    /// What was found, worst first within a step.
    pub findings: Vec<Finding>,
    /// The connection to AWS.
    pub connection: Connection,
    /// The practice mode answers at another port than the last time.
    pub practice_moved: Option<PracticeMoved>,
    /// The preflight's rows.
    pub checks: Vec<Check>,
    /// Asking AWS for the application.
    pub watch: Watch,
    /// SAML applications AWS lists that could be the one.
    pub candidates: Vec<Candidate>,
    /// Several things that were brought at once, of which one is meant.
    pub offers: Vec<OfferView>,
    /// Where the values of the last paste or drop went, while the step is on show.
    pub placed: Option<Placed>,
    /// The folder of downloads.
    pub downloads: DownloadsState,
    /// The application's certificates, newest source first.
    pub certificates: Vec<CertificateView>,
    /// The four rows to enter, with the chosen Subject.
    pub mappings: Vec<Mapping>,
    /// The pasted table row by row, where one was pasted.
    pub mappings_checked: Vec<MappingCheck>,
    /// The generated SP metadata file can be saved.
    pub sp_metadata_ready: bool,
    /// The dry run on show. Gone with the window; only the result is kept.
    pub dry_run: Option<DryRunView>,
    /// The tester, as far as known.
    pub tester: Option<TesterView>,
    /// Users that AWS listed, to be offered as testers.
    #[serde(default)]
    pub users: Vec<UserView>,
    /// Both sign-in tests.
    pub sign_in_tests: Vec<SignInTestView>,
    /// People.
    pub people: PeopleView,
    /// May *Enforce* be switched on?
    pub gate: EnforceReadiness,
    /// The job that runs, if any.
    pub job: Option<Job>,
    /// Pages that can be opened now.
    pub pages: Vec<PageLink>,
}

/// One step in the rail.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct StepView {
    /// Which step.
    pub step: Step,
    /// Its number, 1 to 10.
    pub number: u32,
    /// Where it stands.
    pub status: StepStatus,
    /// How many problems it has. Findings with one cause are one problem.
    pub problems: u32,
    /// The worst of them.
    pub worst: Option<Severity>,
    /// It rests on something that was only declared.
    pub declared: bool,
    /// The person skips what is open in it.
    pub skipped: bool,
    /// What is open, said beside Continue: catalogue keys under `open-<what>`.
    pub open: Vec<String>,
    /// The values that cross sides in this step, in order.
    pub wires: Vec<Wire>,
}

/// A value that comes from one place and goes to another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct Wire {
    /// Its number in this step, from 1: the key that copies it.
    pub number: u32,
    /// What the clipboard gets.
    pub copy: Copyable,
    /// The value; none while it is waited for.
    pub value: Option<String>,
    /// Where it comes from, where that is a place on the other side.
    pub from: Option<Field>,
    /// Where it goes: the side.
    pub to_side: Side,
    /// Where it goes: the label, a catalogue key such as `field-aws_acs_url`.
    pub to_label: String,
}

/// One known value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct FactView {
    /// The value as text; mappings and proofs are shown elsewhere.
    pub value: String,
    /// How it is known.
    pub source: Source,
    /// Since when, RFC 3339.
    pub at: String,
    /// Kept although it looks wrong.
    pub kept: bool,
}

/// Where the practice mode answered, and where it answers now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PracticeMoved {
    /// The port of the last start, which another program has.
    pub from: u16,
    /// Its port now.
    pub to: u16,
}

/// The connection to AWS.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct Connection {
    /// How.
    pub way: ConnectionWay,
    /// Whether it works.
    pub state: ConnectionState,
    /// Profile name or access key id.
    pub label: String,
    /// Profiles of the AWS configuration files.
    pub profiles: Vec<Profile>,
    /// The keys are in the keychain (else for this session only).
    pub remembered: bool,
    /// The keychain's state, where it could not keep what it was asked to keep.
    pub not_kept: Option<Keychain>,
    /// A real setup talks to a redirected endpoint.
    pub redirected: Option<String>,
    /// The profile that the setup file names, where it was not chosen on this computer.
    pub unconfirmed: Option<UnconfirmedProfile>,
    /// Signing in through the browser.
    pub sign_in: SignInView,
}

/// A profile that was not chosen on this computer. It is used once the user consents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct UnconfirmedProfile {
    /// Its name.
    pub name: String,
    /// The command that connecting with it runs, where it runs one.
    pub command: Option<String>,
}

/// Signing in through the browser: first the page, then an account, then a role.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SignInView {
    /// The access portal's address, in use or proposed; empty where nothing is known.
    pub start_url: String,
    /// The Region of Identity Center, in use or proposed; empty where nothing is known.
    pub region: String,
    /// The person has to open the page now.
    pub waiting: bool,
    /// The code that the page must show, where one is compared.
    pub code: Option<String>,
    /// The accounts to choose from; empty before the sign-in.
    pub accounts: Vec<AccountRow>,
    /// The chosen account.
    pub account: Option<String>,
    /// Its roles to choose from.
    pub roles: Vec<String>,
}

/// An account to choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct AccountRow {
    /// Twelve digits.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// How the browser's answer comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum SignInAnswer {
    /// It leads back to this computer.
    Redirect,
    /// The person compares a code; the browser may be on another device.
    Code,
}

/// How we are connected to AWS.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ConnectionWay {
    /// Not chosen yet.
    None,
    /// Without credentials, by choice.
    ByHand,
    /// The practice mode.
    Practice,
    /// A profile.
    Profile,
    /// Access keys.
    Keys,
    /// A role of whoever signed in through the browser.
    Role,
}

/// Whether the connection works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ConnectionState {
    /// Off.
    Off,
    /// Asking.
    Connecting,
    /// It works.
    Connected,
    /// It failed; the finding says why.
    Failed,
}

/// A profile of the AWS configuration files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Profile {
    /// Its name.
    pub name: String,
    /// Its Region.
    pub region: Option<String>,
    /// Why it can't be used: a catalogue key under `profile-<problem>`.
    pub problem: Option<String>,
}

/// Asking AWS for the application.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct Watch {
    /// Where it stands.
    pub state: WatchState,
    /// Last asked, RFC 3339.
    pub asked: Option<String>,
    /// Asking since, RFC 3339.
    pub since: Option<String>,
    /// How many applications AWS listed.
    pub seen: u32,
    /// How often we asked.
    pub times: u32,
}

/// Where asking stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum WatchState {
    /// No connection: the person brings a link or a file.
    Off,
    /// Not started.
    Idle,
    /// Waiting for it to appear.
    Waiting,
    /// It is there.
    Found,
    /// Several could be it: choose.
    Several,
}

/// Whether the folder of downloads is watched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum DownloadsState {
    /// There is no such folder.
    None,
    /// Nobody asked for it.
    Off,
    /// What arrives is offered, until the step is left.
    Watched,
    /// It was watched, and can't be read any more.
    Lost,
}

/// Where pasted or dropped values went.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Placed {
    /// The box they were pasted into; none for text or a file of any kind.
    pub from: Option<Field>,
    /// The fields they were put into.
    pub fields: Vec<Field>,
}

/// One of several things that were brought at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct OfferView {
    /// Names it.
    pub id: String,
    /// It arrived in the folder of downloads; nobody brought it.
    pub arrived: bool,
    /// The file it came from, where it was one.
    pub file: Option<String>,
    /// Where it would go: the certificate or the metadata.
    pub field: Field,
    /// The end of the certificate in it, RFC 3339.
    pub not_after: String,
    /// The fingerprint of the certificate in it.
    pub sha256: String,
    /// The certificate is in AWS's metadata; none where that isn't known yet.
    pub same_as_metadata: Option<bool>,
}

/// An application that could be the one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Candidate {
    /// Its ARN.
    pub arn: String,
    /// Its name.
    pub name: String,
    /// `saml`, `oauth` or `catalogue`.
    pub kind: String,
    /// It is enabled.
    pub enabled: bool,
    /// The access portal shows its tile.
    pub visible: bool,
    /// Created, RFC 3339.
    pub created: Option<String>,
}

/// A certificate card.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct CertificateView {
    /// Where it was seen: `idp_metadata_fetched`, `idp_metadata`, `idp_certificate` or `nops_x509`.
    pub field: Field,
    /// SHA-256 of the DER, upper-case hex.
    pub sha256: String,
    /// The subject.
    pub subject: String,
    /// Serial number, hex.
    pub serial: String,
    /// RFC 3339.
    pub not_before: String,
    /// RFC 3339.
    pub not_after: String,
    /// Whole days left; negative once expired.
    pub days_left: i32,
    /// Such as `RSA 2048`.
    pub key: String,
    /// It is the one in AWS's metadata; none while there is no metadata to compare with.
    pub same_as_metadata: Option<bool>,
    /// It probably isn't the certificate that AWS signs with, so it isn't offered for nOps.
    pub doubtful: bool,
    /// How it is known.
    pub source: Source,
}

/// One pasted row of the attribute mappings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct MappingCheck {
    /// As pasted.
    pub row: Mapping,
    /// It is one of the four, exactly.
    pub fits: bool,
}

/// The dry run on show.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct DryRunView {
    /// When the response was pasted, RFC 3339.
    pub at: String,
    /// The result: `pass`, `fail` or `unchecked`.
    pub verdict: RowVerdict,
    /// How many problems the rows show. Rows with one cause show one problem.
    pub problems: u32,
    /// Check by check.
    pub rows: Vec<DryRunRow>,
}

/// A user that AWS listed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct UserView {
    /// User name.
    pub user_name: String,
    /// Name shown in Identity Center.
    pub name: String,
}

/// The tester.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct TesterView {
    /// Name shown in Identity Center, or what was typed.
    pub name: String,
    /// User name.
    pub user_name: String,
    /// Primary email address.
    pub email: Option<String>,
    /// Enabled in AWS; none when unknown.
    pub enabled: Option<bool>,
    /// Assigned to the application; none when unknown.
    pub assigned: Option<bool>,
    /// AWS denied access to the assignment.
    #[serde(default)]
    pub denied: bool,
    /// AWS was asked (else it is only what was typed).
    pub observed: bool,
}

/// What happened at a sign-in test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum SignInTestResult {
    /// The tester arrived in nOps.
    Passed,
    /// Something else happened.
    Failed,
    /// Forget what was said.
    Untried,
}

/// A sign-in test.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct SignInTestView {
    /// `test_from_portal` or `test_from_nops`.
    pub test: Field,
    /// What was said.
    pub result: SignInTestResult,
    /// When, RFC 3339.
    pub at: Option<String>,
    /// It passed before something it rests on changed.
    pub stale: bool,
}

/// People, as counts; rows come by the paged `people` command.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct PeopleView {
    /// Where it stands.
    pub stage: PeopleStage,
    /// The chosen group.
    pub group: GroupChoice,
    /// Groups AWS lists.
    pub groups: Vec<GroupRow>,
    /// People can be created here; else the identity source is elsewhere, or there is no connection.
    pub can_create: bool,
    /// Another number whenever a row may have changed.
    pub revision: u32,
    /// How many rows.
    pub total: u32,
    /// The plan on show.
    pub plan: Option<PlanView>,
    /// What was found about the people: nothing found against it.
    pub fine: u32,
    /// New people who need a password first.
    pub need_password: u32,
    /// Of another domain than most.
    pub other_domain: u32,
    /// AWS would refuse their sign-in.
    pub refused: u32,
    /// Lines of the CSV that could not be read: line number and a key under `csv-<reason>`.
    pub unread: Vec<UnreadLine>,
    /// Changes made so far, newest last (at most 200).
    pub journal: Vec<JournalRow>,
    /// Something was created that can be taken back.
    pub can_undo: bool,
    /// What that is, by kind, without what is uncertain.
    pub undoable: Undoable,
    /// Users were created and not undone, so they need a way to sign in.
    pub created: bool,
    /// How much of it was found after a lost answer: ours, or made by others meanwhile. Undo asks about it.
    pub uncertain: u32,
    /// The person who sits here; none where AWS does not tell who that is.
    pub yourself: Option<CurrentUser>,
    /// The nOps team beside the people; none until it is pasted.
    pub team: Option<TeamView>,
}

/// The person who sits here, among the people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct CurrentUser {
    /// The user name by which they are signed in to AWS.
    pub user_name: String,
    /// Where they stand.
    pub standing: CurrentUserStatus,
}

/// Whether the person who sits here will see nOps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum CurrentUserStatus {
    /// Is assigned, or in a group that is.
    Assigned,
    /// Is on the list.
    Listed,
    /// Neither.
    Missing,
}

/// The nOps team, beside everyone who comes through AWS.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct TeamView {
    /// All members.
    pub members: u32,
    /// Come through AWS with the same address.
    pub come_in: u32,
    /// Are of another domain than *Enforce* is about.
    pub outside: u32,
    /// How many would be locked out.
    pub locked_out: u32,
    /// Who would be locked out, at most 50.
    pub who: Vec<String>,
    /// How many come through AWS with another address.
    pub differ: u32,
    /// With which one, at most 50.
    pub differing: Vec<EmailMismatch>,
}

/// Somebody whose address in nOps and in AWS differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct EmailMismatch {
    /// In nOps.
    pub nops: String,
    /// The one that AWS sends.
    pub aws: String,
}

/// Where step 9 stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum PeopleStage {
    /// Nobody is listed.
    Empty,
    /// People are listed, nothing is planned.
    Listed,
    /// A plan waits for confirmation.
    Planned,
    /// Changes are being made.
    Applying,
    /// A change was interrupted: look at AWS.
    Interrupted,
    /// Stopped by cancel or error; the rest can go on.
    Stopped,
    /// All planned changes were made.
    Applied,
    /// Being taken back.
    Undoing,
}

/// A group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct GroupRow {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// A plan, waiting for confirmation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PlanView {
    /// Names the plan; confirm with it.
    pub id: String,
    /// Users to create.
    pub create_users: u32,
    /// Users that exist.
    pub keep_users: u32,
    /// Memberships to add.
    pub add_members: u32,
    /// People left out.
    pub left_out: u32,
    /// The group is created.
    pub create_group: bool,
    /// The group is assigned to the application.
    pub assign_group: bool,
    /// Changes in all.
    pub changes: u32,
    /// Calls to AWS.
    pub calls: u32,
    /// Expected seconds at 20 calls a second.
    pub seconds: u32,
}

/// A line of the CSV that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct UnreadLine {
    /// Line number, from 1.
    pub line: u32,
    /// Why.
    pub reason: String,
}

/// One change in the journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct JournalRow {
    /// Its number in the change history, from 1.
    pub number: u32,
    /// When, RFC 3339.
    pub at: String,
    /// `create_user`, `create_group`, `add_member`, `assign_group`, `assign_user`, `unassign_user`, or the same with `undo_` before it.
    pub change: String,
    /// Whom or what.
    pub subject: String,
    /// `intended`, `done`, `existed`, `failed`, `interrupted`, `undone`, `found`, `unknown`.
    pub outcome: String,
    /// Why it failed: a catalogue key under `aws-<error>`.
    pub error: Option<String>,
    /// Variables of the error's words.
    pub params: BTreeMap<String, String>,
}

/// A page of people.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct PeoplePage {
    /// The revision these rows belong to.
    pub revision: u32,
    /// All rows.
    pub total: u32,
    /// The rows asked for.
    pub rows: Vec<PersonRow>,
}

/// One person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct PersonRow {
    /// Names the row.
    pub key: String,
    /// Name shown.
    pub name: String,
    /// User name.
    pub user_name: String,
    /// Email address.
    pub email: String,
    /// The user.
    pub user: ProvisioningState,
    /// The membership.
    pub member: ProvisioningState,
    /// What was found: codes under `person-<code>`, worst first.
    pub remarks: Vec<PersonRemark>,
    /// The user's id, where one exists.
    pub user_id: Option<String>,
}

/// What happens to a person's user or membership.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ProvisioningState {
    /// Not looked up yet.
    Unknown,
    /// Will be created or added.
    Create,
    /// Exists; stays.
    Keep,
    /// Left out.
    Skip,
    /// Was created or added by us.
    Done,
    /// Failed.
    Failed,
}

/// One remark about a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PersonRemark {
    /// Such as `no_email`.
    pub code: String,
    /// How much it weighs.
    pub severity: Severity,
    /// Variables of its words.
    pub params: BTreeMap<String, String>,
}

/// A job that runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Job {
    /// `keychain` while it waits for the keychain; else `look`, `sign_in`, `roles`, `fetch_metadata`, `check_key`, `find_tester`, `assign_tester`, `plan`, `apply`, `undo`, `reconcile`.
    pub name: String,
    /// Steps done.
    pub done: u32,
    /// Steps in all; 0 when unknown.
    pub total: u32,
    /// It can be cancelled.
    pub can_cancel: bool,
    /// It can wait and go on.
    pub can_pause: bool,
    /// It changes AWS or writes the change history. The setup can't be closed until it ends.
    pub changes: bool,
    /// It waits.
    pub paused: bool,
    /// Started, RFC 3339; waiting is left out.
    pub started: String,
    /// Seconds it will take from now on, at the pace so far; none while that says little, and
    /// while it waits.
    pub seconds_left: Option<u32>,
    /// AWS asked us to slow down.
    pub throttled: bool,
}

/// A page that can be opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PageLink {
    /// Which page.
    pub page: Page,
    /// Its real-shaped address, shown to the person.
    pub url: String,
    /// The account in which it must be opened, where we can't choose it.
    pub account: Option<String>,
    /// How we know the address.
    pub basis: Basis,
}

impl Default for Connection {
    fn default() -> Self {
        Self {
            way: ConnectionWay::None,
            state: ConnectionState::Off,
            label: String::new(),
            profiles: Vec::new(),
            remembered: false,
            not_kept: None,
            redirected: None,
            unconfirmed: None,
            sign_in: SignInView::default(),
        }
    }
}
