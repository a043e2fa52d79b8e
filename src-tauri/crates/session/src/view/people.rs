//! Step 9: the people, the plan, and the change history.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use specta::Type;

use ::people::{
    GroupChoice, UnclearStatusColumn,
    csv::{ColumnChoice, PreviewColumn},
};
use changes::UndoableCounts;
use setup::Severity;

/// The people as counts. The `people` command returns the rows in pages.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct PeopleView {
    pub stage: PeopleStage,
    pub group: GroupChoice,
    /// The groups that AWS lists.
    pub groups: Vec<GroupRow>,
    /// Users and groups can be created: AWS is connected, and no external identity source manages
    /// the users and groups.
    pub can_create: bool,
    /// Changes whenever a row may have changed.
    pub revision: u32,
    /// The number of rows.
    pub total: u32,
    pub plan: Option<PlanView>,
    /// People without any issues.
    pub fine: u32,
    /// New people who need a password before they can sign in.
    pub need_password: u32,
    /// People whose domain differs from most people's domain.
    pub other_domain: u32,
    /// People whose sign-in AWS would reject.
    pub refused: u32,
    /// CSV lines that couldn't be read.
    pub unread: Vec<UnreadLine>,
    /// What the user must choose before the last list can be read.
    pub question: Option<ListQuestion>,
    /// How the last list was read. `None` if no list was read.
    pub list: Option<ListView>,
    /// The latest entries of the change history, newest last (at most 200).
    pub journal: Vec<HistoryRow>,
    /// At least one change can be undone.
    pub can_undo: bool,
    /// The number of changes to undo, by kind. Doesn't include uncertain changes.
    pub undoable: UndoableCounts,
    /// This setup created users, and their creation wasn't undone, so these users need a way to
    /// sign in.
    pub created: bool,
    /// Changes found in AWS after a lost response. Another administrator may have made them, so
    /// undo asks the user first.
    pub uncertain: u32,
    /// The user of this app. `None` if AWS doesn't show who the user is.
    pub current_user: Option<CurrentUser>,
    /// The nOps team, compared with the people. `None` until the user pastes the team.
    pub team: Option<TeamView>,
    /// The comparison of the group with a current list, which shows who left. `None` until the user
    /// starts it.
    pub comparison: Option<ComparisonView>,
    /// The number of removed memberships that can be added again.
    pub restorable: u32,
}

/// The comparison of the group with a current list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ComparisonView {
    /// The number of people on the list. `None` until the user provides a list.
    pub people: Option<u32>,
    /// The number of people whom the list marks as inactive. They left.
    pub inactive: u32,
    /// The lines of the list that couldn't be read.
    pub unread: Vec<UnreadLine>,
    /// Why the list can't show who left: a message key under `failure-<code>`.
    pub problem: Option<String>,
    /// `None` until the members are known.
    pub source: Option<MembersSource>,
    /// The number of users in the group.
    pub members: u32,
    /// The number of members that aren't users, such as nested groups. They aren't compared.
    pub nested: u32,
    /// The number of members who aren't on the list.
    pub left: u32,
    /// The members who aren't on the list, at most 500.
    pub former: Vec<FormerMemberView>,
    /// We can remove members: AWS is connected, and no external identity source manages them.
    pub can_remove: bool,
    /// More than half of the members aren't on the list, so it may be incomplete.
    pub is_most: bool,
    /// `None` if no one is chosen.
    pub plan: Option<RemovalPlanView>,
    /// The people who were removed. Their nOps accounts still exist.
    pub removed: Vec<RemovedPersonView>,
}

/// How the members of the group are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum MembersSource {
    Aws,
    /// The people on this setup's list, who were added by hand.
    List,
    /// AWS has no such group.
    NoGroup,
    /// There is no connection, and no one was added.
    Unknown,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct FormerMemberView {
    pub user_id: String,
    pub name: String,
    pub user_name: String,
    pub email: Option<String>,
    /// `not_listed` or `inactive`.
    pub reason: String,
    /// Why this member is kept unless chosen: `tester`, `recovery_administrator`, `current_user` or
    /// `same_name`.
    pub protected: Option<String>,
    /// The plan removes this member.
    pub is_chosen: bool,
}

/// A plan that removes members. It waits for confirmation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct RemovalPlanView {
    /// The ID that confirms the plan.
    pub id: String,
    pub removals: u32,
    /// The chosen members who need an explicit confirmation.
    pub named: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct RemovedPersonView {
    pub name: String,
    /// Empty if unknown.
    pub email: String,
    /// Whether the nOps team that the user pasted has this address. `None` without a team.
    pub has_nops_account: Option<bool>,
}

/// The user of this app.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct CurrentUser {
    /// The user name that the user is signed in to AWS with.
    pub user_name: String,
    pub standing: CurrentUserStatus,
}

/// Whether the user of this app will have access to nOps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum CurrentUserStatus {
    /// Assigned to the application, or in a group that is assigned.
    Assigned,
    Listed,
    /// Neither assigned nor on the list.
    Missing,
}

/// The nOps team, compared with everyone who has access through AWS.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct TeamView {
    pub members: u32,
    /// Members who have access through AWS with the same address.
    pub with_access: u32,
    /// Members outside the domain that *Enforce* applies to.
    pub outside: u32,
    /// The number of members whom *Enforce* would lock out.
    pub locked_out: u32,
    /// The number of members who don't sign in through AWS, while the domain isn't known.
    pub domain_unknown: u32,
    /// The members who would be locked out, at most 50.
    pub who: Vec<String>,
    /// Members who have access through AWS with a different address.
    pub differ: u32,
    /// The addresses of the members whose addresses differ, at most 50.
    pub differing: Vec<EmailMismatch>,
}

/// A member whose addresses in nOps and AWS differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct EmailMismatch {
    pub nops: String,
    /// The address that AWS sends.
    pub aws: String,
}

/// The state of step 9.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum PeopleStage {
    /// The list is empty.
    Empty,
    /// People are listed, and nothing is planned.
    Listed,
    /// A plan waits for confirmation.
    Planned,
    /// Changes are being made.
    Applying,
    /// A change was interrupted, so its outcome has to be checked in AWS.
    Interrupted,
    /// The user canceled the changes, or an error ended them. The remaining changes can continue.
    Stopped,
    /// The changes were made.
    Applied,
    Undoing,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct GroupRow {
    pub id: String,
    pub name: String,
}

/// A plan that is waiting for confirmation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PlanView {
    /// The ID that confirms the plan.
    pub id: String,
    pub create_users: u32,
    /// Users that already exist.
    pub keep_users: u32,
    /// Group memberships to add.
    pub add_members: u32,
    pub left_out: u32,
    pub create_group: bool,
    /// The group will be assigned to the application.
    pub assign_group: bool,
    pub changes: u32,
    /// The number of calls to AWS.
    pub calls: u32,
    /// The expected duration in seconds, at 20 calls per second for each kind of change.
    pub seconds: u32,
}

/// How the last list was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ListView {
    /// The number of people added or corrected.
    pub read: u32,
    /// The number of people left out because the list marks them as inactive.
    pub inactive: u32,
    /// The number of people whose names were split from a full name.
    pub split: u32,
    pub columns: Vec<ListColumn>,
    /// The status columns with values that don't say whether a person is active.
    pub unclear_statuses: Vec<UnclearStatusColumn>,
}

/// What the user must choose before a list can be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ListQuestion {
    /// No column contains email addresses or user names, or several columns could.
    Columns { columns: Vec<PreviewColumn> },
    /// Several sheets of a workbook contain people.
    Sheets { sheets: Vec<String> },
}

/// A column that the list was read from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ListColumn {
    /// The column's header, or its number if the list has no header.
    pub column: String,
    /// A message key under `list-column-<choice>`.
    pub choice: ColumnChoice,
}

/// A CSV line that couldn't be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct UnreadLine {
    /// Line number, starting at 1.
    pub line: u32,
    /// A message key under `csv-<reason>`.
    pub reason: String,
    /// The person's name, if the line has one.
    pub who: String,
}

/// One entry of the change history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct HistoryRow {
    /// The entry's number in the change history, starting at 1.
    pub number: u32,
    /// RFC 3339.
    pub at: String,
    /// `create_user`, `create_group`, `add_member`, `assign_group`, `assign_user`, `unassign_user`,
    /// or the same with the prefix `undo_`.
    pub change: String,
    /// The name of the person or group.
    pub subject: String,
    /// `intended`, `done`, `existed`, `failed`, `interrupted`, `undone`, `found` or `unknown`.
    pub outcome: String,
    /// Why the change failed: a message key under `aws-<error>`.
    pub error: Option<String>,
    /// The variables of the error's message.
    pub params: BTreeMap<String, String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct PeoplePage {
    /// The revision that these rows belong to.
    pub revision: u32,
    /// The total number of rows.
    pub total: u32,
    pub rows: Vec<PersonRow>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct PersonRow {
    pub key: String,
    /// The display name.
    pub name: String,
    /// Empty if unknown.
    pub given_name: String,
    /// Empty if unknown.
    pub family_name: String,
    pub user_name: String,
    pub email: String,
    /// The state of the user.
    pub user: ProvisioningState,
    /// The state of the group membership.
    pub member: ProvisioningState,
    /// The person's issues: message keys under `person-<code>`, worst first.
    pub remarks: Vec<PersonIssueView>,
    /// The user's ID in AWS, if the user exists.
    pub user_id: Option<String>,
}

/// The state of a person's user or membership.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ProvisioningState {
    /// Not looked up yet.
    Unknown,
    /// The user or membership will be created.
    Create,
    /// The user or membership exists and stays.
    Keep,
    /// The person is left out.
    Skip,
    /// We created the user or membership.
    Done,
    Failed,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PersonIssueView {
    /// For example, `no_email`.
    pub code: String,
    pub severity: Severity,
    /// The variables of the message.
    pub params: BTreeMap<String, String>,
}
