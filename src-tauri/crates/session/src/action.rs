//! The actions that the user can request.

use std::collections::BTreeMap;

use people::csv::ColumnChoice;
use saml::recording;
use serde::Deserialize;
use specta::Type;

use setup::{
    Field, Step,
    credentials::{self, SecretKind},
    handover::Choice,
    rotation::{BackStep, RotationTask},
};

use super::{
    Secret,
    view::{GroupChoice, SetupKind, SignInMethod, SignInTestResult},
};

/// A request from the user, through the window or the command line.
///
/// In JSON, `kind` identifies the request, not its group: `{"kind": "add_person", …}`.
#[derive(Clone, Debug, Deserialize, Type)]
#[serde(untagged)]
pub enum Action {
    Setup(SetupAction),
    Step(StepAction),
    Value(ValueAction),
    Downloads(DownloadsAction),
    Connection(ConnectionAction),
    SignIn(SignInAction),
    Application(ApplicationAction),
    DryRun(DryRunAction),
    NopsCheck(NopsCheckAction),
    EventHistory(EventHistoryAction),
    Recheck(RecheckAction),
    Handover(HandoverAction),
    Rotation(RotationAction),
    SignInTest(SignInTestAction),
    People(PeopleAction),
    Job(JobAction),
}

/// Creates, opens, closes, checks, renames or deletes a setup.
#[derive(Clone, Debug, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum SetupAction {
    /// Creates a setup and opens it.
    Create {
        name: String,
        world: SetupKind,
        /// The setup repairs an application that was set up by hand.
        repair: bool,
        /// The user administers AWS.
        aws_role: bool,
        /// The user administers nOps.
        nops_role: bool,
    },
    /// Creates a setup of another organization with the names and choices of a setup that isn't
    /// open.
    CreateFrom {
        /// The file name without its extension.
        id: String,
        /// The other organization's name.
        name: String,
    },
    Resume {
        /// The file name without its extension. A copy of another setup's file becomes a separate
        /// setup.
        id: String,
    },
    /// Closes the open setup. Nothing is lost.
    Close,
    Rename {
        /// The file name without its extension.
        id: String,
        name: String,
    },
    /// Compares what AWS and nOps show now with a setup that isn't open. Replies when the report is
    /// ready.
    Check {
        /// The file name without its extension.
        id: String,
    },
    /// Deletes a setup and its practice data.
    Delete {
        /// The file name without its extension.
        id: String,
    },
}

/// Shows a step, or changes its values.
#[derive(Clone, Debug, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum StepAction {
    /// Shows a step.
    Go { step: Step },
    /// Removes the current step's values that were entered or imported last. If the current step
    /// has no values, removes the last values of any step.
    ClearLast,
    /// Pastes text outside a field. The app detects what the text is and which fields it belongs
    /// in.
    Paste {
        text: Secret,
        /// The same text as HTML, if the clipboard also contains HTML.
        html: Option<Secret>,
    },
}

/// Enters, accepts or removes values.
#[derive(Clone, Debug, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ValueAction {
    /// Enters a pasted or typed value. Empty text removes the value.
    Enter {
        field: Field,
        /// The exact text.
        text: String,
        /// The same table as HTML, if the user pasted a table.
        html: Option<String>,
    },
    /// Records a checkbox that the user sets or an option that the user chooses.
    Declare {
        field: Field,
        /// `true`, `false` or the chosen option.
        value: String,
    },
    /// Keeps a value that looks wrong, because the user confirmed that the AWS or nOps page shows
    /// it.
    Keep { field: Field },
    /// Removes a value and the notes about it.
    Clear { field: Field },
    /// Chooses one of several values found together.
    Choose {
        /// The offer's ID in the view.
        id: String,
    },
    /// Rejects all offered values.
    ChooseNone,
    /// Swaps two entered values. Values that a page shows can't be swapped.
    Swap { a: Field, b: Field },
    /// Switches to the application that a link or ARN identifies, and removes the previous
    /// application's values.
    ReplaceApplication {
        /// The link or ARN.
        value: String,
    },
}

/// Starts or stops watching the downloads folder.
#[derive(Clone, Debug, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum DownloadsAction {
    /// Watches the downloads folder until the user leaves the step, and offers the files that
    /// arrive.
    WatchDownloads,
    /// Stops watching the downloads folder.
    LeaveDownloads,
}

/// Connects to AWS, or checks the nOps API key.
#[derive(Clone, Debug, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ConnectionAction {
    /// Connects with a profile in the AWS configuration files.
    ConnectProfile {
        profile: String,
        /// The Region of IAM Identity Center, if neither the profile nor the environment has one.
        region: Option<String>,
        /// The current six-digit code from the MFA device, if a role requires one.
        code: Option<Secret>,
    },
    /// Connects with access keys, which are kept in the keychain or for this session only.
    ConnectKeys {
        access_key_id: String,
        secret_access_key: Secret,
        /// The session token of temporary keys.
        session_token: Option<Secret>,
        /// The Region of IAM Identity Center.
        region: String,
        /// Keep the keys in the keychain.
        remember: bool,
    },
    /// Connects to AWS in practice mode.
    ConnectPractice,
    /// Continues without AWS credentials.
    ByHand,
    /// Removes the connection and its keys.
    Disconnect,
    /// Connects again with the same method and runs the preflight again.
    Look,
    /// Checks a nOps API key and keeps the key in the keychain.
    CheckNopsKey {
        /// `<client_id>.<secret>` (legacy) or a public API key.
        key: Secret,
    },
    /// Removes the nOps API key.
    ForgetNopsKey,
}

/// Signs in to AWS through the browser, then chooses an account and a role.
#[derive(Clone, Debug, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum SignInAction {
    /// Signs in through the browser at an access portal.
    SignIn {
        /// The portal's address.
        start_url: String,
        /// The Region of IAM Identity Center.
        region: String,
        /// How the browser returns the result of the sign-in.
        answer: SignInMethod,
    },
    /// Lists the roles of an account, after the sign-in.
    ChooseAccount {
        /// Twelve digits.
        account: String,
    },
    /// Connects with a role of the chosen account.
    ConnectRole { role: String },
}

/// Finds or chooses the application in AWS.
#[derive(Clone, Debug, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ApplicationAction {
    /// Checks AWS for the new application until the application appears.
    Watch,
    StopWatching,
    /// Restarts the watch, which sends a request to AWS immediately.
    AskNow,
    ChooseApplication {
        arn: String,
    },
    FetchMetadata,
}

/// Chooses and assigns the tester, and checks a response.
#[derive(Clone, Debug, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum DryRunAction {
    /// Chooses the tester by user name or email address. Looks the tester up if AWS is connected.
    ChooseTester {
        who: String,
    },
    AssignTester,
    UnassignTester,
    /// Runs the dry run on a response from *Copy XML* (the response stays in memory), or records a
    /// shared result.
    DryRun {
        response: Secret,
    },
    /// Discards the response and the details of its result.
    ForgetResponse,
}

/// Sends requests to nOps's own addresses to find out what nOps has saved.
#[derive(Clone, Debug, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum NopsCheckAction {
    /// Sends the requests now, and again when the addresses or the step change.
    CheckNops {
        /// The host that the user allowed requests to.
        host: String,
    },
    StopCheckingNops,
}

/// Looks up events that AWS logged.
#[derive(Clone, Debug, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum EventHistoryAction {
    /// Looks up events now. While steps 4 to 8 are open, this also happens every 30 seconds.
    LookUpEvents,
}

/// Checks the finished setup again.
#[derive(Clone, Copy, Debug, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum RecheckAction {
    /// Compares what AWS and nOps show now with the setup.
    CheckNow,
}

/// Takes values from a colleague's handover, which was opened as a file.
#[derive(Clone, Debug, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum HandoverAction {
    /// Takes the new and newer values of the opened handover, and the chosen ones.
    TakeHandover {
        /// The fingerprint of the handover that the user compared.
        fingerprint: String,
        /// The choice for each value that differs from the colleague's value.
        choices: BTreeMap<Field, Choice>,
    },
    /// Closes the opened handover without taking any value.
    DiscardHandover,
    /// The user administers both sides from now on.
    DoBothSides,
}

/// Replaces the certificate in AWS and in nOps.
#[derive(Clone, Copy, Debug, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum RotationAction {
    /// Starts a rotation, or shows the one that is under way.
    StartRotation,
    /// Shows step 10 instead of the rotation. The rotation stays under way.
    LeaveRotation,
    /// Records that the user did a task that nothing else shows.
    ConfirmTask { task: RotationTask },
    /// Removes such a record.
    RetractTask { task: RotationTask },
    /// Records that the user did a step of the way back.
    GoBack { step: BackStep },
    /// Ends a rotation after everything is as it was before.
    CancelRotation,
}

/// Records the results of the sign-in tests.
#[derive(Clone, Debug, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum SignInTestAction {
    /// Records the result of the sign-in test from the AWS access portal (`TestFromPortal`) or from
    /// nOps (`TestFromNops`).
    SignInTest {
        test: Field,
        result: SignInTestResult,
        /// The error's text and the error page's address, if an error was shown.
        error: Option<Secret>,
    },
}

/// What a column contains.
#[derive(Clone, Debug, Deserialize, Type)]
pub struct ColumnAnswer {
    /// Column number, starting at 1.
    pub number: u32,
    pub choice: ColumnChoice,
}

/// Lists people and makes the changes for them.
#[derive(Clone, Debug, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PeopleAction {
    ChooseGroup {
        group: GroupChoice,
    },
    AddPerson {
        given_name: String,
        family_name: String,
        /// The email address. If no user name is given, it's also the user name.
        email: String,
        /// The user name, if it differs from the email address.
        user_name: Option<String>,
    },
    AddPeople {
        csv: String,
    },
    /// Reads the pending list, using the columns that the user chose. Columns without an answer are
    /// ignored.
    ChooseColumns {
        columns: Vec<ColumnAnswer>,
    },
    /// Reads the pending workbook, using the sheet that the user chose.
    ChooseSheet {
        sheet: String,
    },
    /// Discards the pending list or workbook.
    DiscardList,
    /// Adds the people that the last list marked as inactive.
    AddInactive,
    RemovePerson {
        key: String,
    },
    ClearPeople,
    /// Pastes the nOps team's members, in any format. Only the email addresses in the text are
    /// used.
    PasteTeam {
        text: String,
    },
    ForgetTeam,
    /// Looks up the people and the group in AWS and plans the changes.
    Plan,
    /// Makes the planned changes.
    Apply {
        /// The ID of the confirmed plan. Any other plan is rejected.
        plan: String,
    },
    /// Undoes exactly the changes that we made.
    Undo {
        /// Also undo changes that were found in AWS after a lost response. Another administrator
        /// may have made them.
        uncertain: bool,
    },
    /// Starts to compare the group with a current list, which shows who left. Until the comparison
    /// ends, lists are compared instead of added.
    StartComparison,
    /// Ends the comparison, and discards its list.
    EndComparison,
    /// Reads the group's members again, and compares them with the list.
    Compare,
    /// Chooses whether to remove a member who isn't on the list.
    ChooseFormer {
        /// The user's ID.
        user: String,
        remove: bool,
    },
    /// Removes the chosen members from the group.
    RemoveFormer {
        /// The ID of the confirmed plan. Any other plan is rejected.
        plan: String,
    },
    /// Adds the removed members to the group again.
    UndoRemovals,
    /// Checks in AWS whether interrupted changes were made.
    Reconcile,
    /// Closes a change whose outcome can't be determined in AWS.
    MarkUnknown {
        /// The change's number in the change history.
        number: u32,
    },
}

/// Controls the running job.
#[derive(Clone, Debug, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum JobAction {
    /// Cancels the running job. Completed changes stay and can be undone.
    Cancel,
    /// Pauses the running changes before the next change.
    Pause,
    /// Resumes paused changes.
    GoOn,
}

/// Implements the conversion into [`Action`] for each group of actions.
macro_rules! groups {
    ($($group:ident($actions:ident)),* $(,)?) => {
        $(impl From<$actions> for Action {
            fn from(action: $actions) -> Self {
                Self::$group(action)
            }
        })*
    };
}

groups! {
    Setup(SetupAction),
    Step(StepAction),
    Value(ValueAction),
    Downloads(DownloadsAction),
    Connection(ConnectionAction),
    SignIn(SignInAction),
    Application(ApplicationAction),
    DryRun(DryRunAction),
    NopsCheck(NopsCheckAction),
    EventHistory(EventHistoryAction),
    Recheck(RecheckAction),
    Handover(HandoverAction),
    Rotation(RotationAction),
    SignInTest(SignInTestAction),
    People(PeopleAction),
    Job(JobAction),
}

impl Action {
    /// Returns whether the action can change the list of setups, or a setup's progress in that
    /// list.
    pub(super) fn changes_list(&self) -> bool {
        matches!(self, Self::Setup(_) | Self::Step(_) | Self::Handover(_))
    }
}

/// The maximum length of a name, an address or a choice, in bytes.
const LONGEST_NAME: usize = 4 * 1024;
/// The maximum length of pasted HTML, in bytes.
const LONGEST_PAGE: usize = 1024 * 1024;

impl Action {
    /// Returns whether any text in the action is longer than its limit. Parsers check the limits of
    /// values, lists and documents.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "most actions have no text with a limit of its own"
    )]
    pub(super) fn is_too_long(&self) -> bool {
        let longest = |text: &Option<Secret>| text.as_ref().map_or(0, |text| text.expose().len());
        match self {
            Self::SignInTest(SignInTestAction::SignInTest { error, .. }) => {
                longest(error) > recording::MAX_BYTES
            }
            Self::Step(StepAction::Paste { html, .. }) => longest(html) > LONGEST_PAGE,
            Self::Value(ValueAction::Enter { html, .. }) => {
                html.as_ref().is_some_and(|html| html.len() > LONGEST_PAGE)
            }
            Self::People(PeopleAction::AddPeople { .. })
            | Self::People(PeopleAction::PasteTeam { .. }) => false,
            Self::Connection(ConnectionAction::ConnectKeys {
                access_key_id,
                secret_access_key,
                session_token,
                region,
                ..
            }) => {
                let texts = [access_key_id, secret_access_key.expose(), region];
                texts.iter().any(|text| text.len() > LONGEST_NAME)
                    || longest(session_token) > LONGEST_NAME
            }
            Self::SignIn(SignInAction::SignIn { start_url, region, .. }) => {
                start_url.len().max(region.len()) > LONGEST_NAME
            }
            other => other.stored_texts().iter().any(|text| text.len() > LONGEST_NAME),
        }
    }

    /// Returns the text if it could also be a file path.
    #[expect(clippy::wildcard_enum_match_arm, reason = "other texts are never files")]
    pub(super) fn possible_path(&self) -> Option<&str> {
        match self {
            Self::Step(StepAction::Paste { text, .. }) => Some(text.expose()),
            Self::Value(ValueAction::Enter { field: Field::Tester, .. }) => None,
            Self::Value(ValueAction::Enter { text, .. }) => Some(text),
            Self::People(PeopleAction::AddPeople { csv }) => Some(csv),
            Self::DryRun(DryRunAction::DryRun { response }) => Some(response.expose()),
            _ => None,
        }
    }

    /// Returns the kind of secret in the action's text, if the text would be stored unchanged.
    /// Entered values aren't checked here, because each field's parser checks them.
    #[expect(clippy::wildcard_enum_match_arm, reason = "all other texts are names")]
    pub(super) fn secret(&self) -> Option<SecretKind> {
        match self {
            Self::People(PeopleAction::AddPeople { csv }) => credentials::find(csv),
            Self::People(PeopleAction::PasteTeam { text }) => credentials::find(text),
            other => other.stored_texts().into_iter().find_map(credentials::find_in_name),
        }
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "most actions have no text")]
    fn stored_texts(&self) -> Vec<&str> {
        match self {
            Self::Setup(SetupAction::Create { name, .. })
            | Self::Setup(SetupAction::CreateFrom { name, .. })
            | Self::Setup(SetupAction::Rename { name, .. }) => vec![name],
            Self::Value(ValueAction::Declare { value, .. }) => vec![value],
            Self::Connection(ConnectionAction::ConnectProfile { profile, .. }) => vec![profile],
            Self::DryRun(DryRunAction::ChooseTester { who }) => vec![who],
            Self::Value(ValueAction::Enter { field: Field::Tester, text, .. }) => vec![text],
            Self::People(PeopleAction::ChooseGroup { group }) => vec![group.name()],
            Self::People(PeopleAction::AddPerson { given_name, family_name, email, user_name }) => {
                vec![given_name, family_name, email, user_name.as_deref().unwrap_or_default()]
            }
            _ => Vec::new(),
        }
    }
}
