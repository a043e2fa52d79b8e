//! Everything a person can ask for.

use serde::Deserialize;
use specta::Type;

use setup::{
    Field, Step,
    credentials::{self, SecretKind},
    diagnosis,
};

use super::{
    Secret,
    view::{GroupChoice, SignInAnswer, SignInTestResult, World},
};

/// One request of a person, from the window or the command line.
#[derive(Clone, Debug, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Action {
    /// Start a setup and open it.
    Create {
        /// The organization's name.
        name: String,
        /// Where it plays.
        world: World,
        /// An application made by hand is taken over.
        repair: bool,
        /// The person administers AWS.
        aws_role: bool,
        /// The person administers nOps.
        nops_role: bool,
    },
    /// Open a setup.
    Resume {
        /// Its name in the list. A copy of another setup's file becomes a setup of its own.
        id: String,
    },
    /// Close the open setup; nothing is lost.
    Close,
    /// Rename a setup.
    Rename {
        /// Its name in the list.
        id: String,
        /// The new name.
        name: String,
    },
    /// Delete a setup, and its practice mode with it.
    Delete {
        /// Its name in the list.
        id: String,
    },
    /// Show a step.
    Go {
        /// Which.
        step: Step,
    },

    /// A value was pasted or typed. Empty text means: the page shows it empty.
    Enter {
        /// Where it stands.
        field: Field,
        /// Exactly what was pasted.
        text: String,
        /// The same as HTML, where a table was pasted that has cells.
        html: Option<String>,
    },
    /// The person says so: a tick, a choice.
    Declare {
        /// About what.
        field: Field,
        /// `true`, `false` or a choice.
        value: String,
    },
    /// The page shows the value so: store it as declared.
    Keep {
        /// Which value.
        field: Field,
    },
    /// Forget a value.
    Clear {
        /// Which value.
        field: Field,
    },
    /// One of several things that were brought at once is meant.
    Choose {
        /// Its name in the view.
        id: String,
    },
    /// None of them is meant.
    ChooseNone,
    /// Forget what was pasted, typed or dropped last: in the step on show, else anywhere.
    ClearLast,
    /// Watch the folder of downloads until the step is left, and offer what arrives.
    WatchDownloads,
    /// Leave it alone again.
    LeaveDownloads,
    /// Exchange two values.
    Swap {
        /// One field.
        a: Field,
        /// The other.
        b: Field,
    },
    /// Text of any kind was pasted: find out what it is and where it belongs.
    Paste {
        /// The text.
        text: Secret,
        /// The same as HTML, where the clipboard had it too.
        html: Option<Secret>,
    },

    /// Use a profile of the AWS configuration files.
    ConnectProfile {
        /// Its name.
        profile: String,
    },
    /// Use a profile whose role wants a code of an MFA device.
    ConnectProfileWithCode {
        /// Its name.
        profile: String,
        /// The six digits that the device shows now.
        code: Secret,
    },
    /// Use access keys, kept in the OS keychain (or for this session only).
    ConnectKeys {
        /// The access key id, `AKIA…` or `ASIA…`.
        access_key_id: String,
        /// The secret access key.
        secret_access_key: Secret,
        /// The session token of temporary keys.
        session_token: Option<Secret>,
        /// The Region of Identity Center.
        region: String,
        /// Keep them in the keychain.
        remember: bool,
    },
    /// Sign in through the browser, at an access portal.
    SignIn {
        /// The portal's address.
        start_url: String,
        /// The Region of Identity Center.
        region: String,
        /// How the browser's answer comes back.
        answer: SignInAnswer,
    },
    /// Show the roles of an account, after signing in.
    ChooseAccount {
        /// Twelve digits.
        account: String,
    },
    /// Use a role of the chosen account.
    ConnectRole {
        /// Its name.
        role: String,
    },
    /// Use the practice mode's AWS.
    ConnectPractice,
    /// Go on without AWS credentials.
    ByHand,
    /// Forget the connection and its keys.
    Disconnect,
    /// Ask AWS everything again.
    Look,
    /// Check a nOps API key and keep it in the keychain.
    CheckNopsKey {
        /// `<client_id>.<secret>` (legacy) or a public API key.
        key: Secret,
    },
    /// Forget the nOps API key.
    ForgetNopsKey,

    /// Ask AWS for the new application until it appears.
    Watch,
    /// Stop asking.
    StopWatching,
    /// Ask at once.
    AskNow,
    /// This application is the one.
    ChooseApplication {
        /// Its ARN.
        arn: String,
    },
    /// Fetch the application's metadata.
    FetchMetadata,

    /// Choose the tester by user name or email address, looked up in AWS where we are connected.
    ChooseTester {
        /// User name or email address.
        who: String,
    },
    /// Assign the tester to the application.
    AssignTester,
    /// Take the tester's assignment back.
    UnassignTester,
    /// Judge what *Copy XML* gave. It stays in memory.
    DryRun {
        /// The response.
        response: Secret,
    },
    /// Forget the response and its result's details.
    ForgetResponse,

    /// What happened at the sign-in from the AWS access portal (`TestFromPortal`) or the sign-in from nOps (`TestFromNops`).
    SignInTest {
        /// Which sign-in test.
        test: Field,
        /// What happened.
        result: SignInTestResult,
        /// The error text and the address of its page, where one was shown.
        error: Option<Secret>,
    },

    /// Choose or name the group.
    ChooseGroup {
        /// Existing or new.
        group: GroupChoice,
    },
    /// Add a person by hand.
    AddPerson {
        /// Given name.
        given_name: String,
        /// Family name.
        family_name: String,
        /// Email address, and the user name unless one is given.
        email: String,
        /// User name, where it is not the email address.
        user_name: Option<String>,
    },
    /// Add people from CSV text.
    AddPeople {
        /// The text.
        csv: String,
    },
    /// Take a person off the list.
    RemovePerson {
        /// The row's key.
        key: String,
    },
    /// Take everyone off the list.
    ClearPeople,
    /// Paste the members of the nOps team, in whatever form: their addresses are found.
    PasteTeam {
        /// The text.
        text: String,
    },
    /// Forget the members of the nOps team.
    ForgetTeam,
    /// Look people and group up in AWS and plan the changes.
    Plan,
    /// Make the planned changes.
    Apply {
        /// The plan that was confirmed; another one is refused.
        plan: String,
    },
    /// Cancel the running job; what was done stays and can be undone.
    Cancel,
    /// Let the running changes wait: no further one is begun.
    Pause,
    /// Let the changes that wait go on.
    GoOn,
    /// Undo exactly what was made.
    Undo {
        /// Also what was found after a lost answer: ours, or made by others meanwhile.
        uncertain: bool,
    },
    /// After an interruption: look at AWS what became of the last change.
    Reconcile,
    /// Close a change whose outcome AWS doesn't show.
    MarkUnknown {
        /// Its number in the change history.
        number: u32,
    },
}

impl Action {
    /// Whether the list of setups, or where one of them stands when it is shown there, may be
    /// another after it.
    pub(super) fn changes_shelf(&self) -> bool {
        matches!(
            self,
            Self::Create { .. }
                | Self::Resume { .. }
                | Self::Close
                | Self::Rename { .. }
                | Self::Delete { .. }
                | Self::Go { .. }
        )
    }
}

/// The longest name, address or choice.
const LONGEST_NAME: usize = 4 * 1024;
/// The longest page that is read as HTML.
const LONGEST_PAGE: usize = 1024 * 1024;

impl Action {
    /// Whether a text is longer than anything that belongs there. Values, lists and documents have readers with
    /// limits of their own.
    pub(super) fn is_too_long(&self) -> bool {
        let longest = |text: &Option<Secret>| text.as_ref().map_or(0, |text| text.expose().len());
        match self {
            Self::SignInTest { error, .. } => longest(error) > diagnosis::LONGEST,
            Self::Paste { html, .. } => longest(html) > LONGEST_PAGE,
            Self::Enter { html, .. } => html.as_ref().is_some_and(|html| html.len() > LONGEST_PAGE),
            Self::AddPeople { .. } | Self::PasteTeam { .. } => false,
            Self::ConnectKeys {
                access_key_id, secret_access_key, session_token, region, ..
            } => {
                let texts = [access_key_id, secret_access_key.expose(), region];
                texts.iter().any(|text| text.len() > LONGEST_NAME)
                    || longest(session_token) > LONGEST_NAME
            }
            Self::SignIn { start_url, region, .. } => {
                start_url.len().max(region.len()) > LONGEST_NAME
            }
            other => other.kept_texts().iter().any(|text| text.len() > LONGEST_NAME),
        }
    }

    /// What a person wrote that would be kept as it is, and the secret in it. Entered values are not among it: each is
    /// judged by what its field takes.
    pub(super) fn secret(&self) -> Option<SecretKind> {
        match self {
            Self::AddPeople { csv } => credentials::find(csv),
            Self::PasteTeam { text } => credentials::find(text),
            other => other.kept_texts().into_iter().find_map(credentials::find_in_name),
        }
    }

    fn kept_texts(&self) -> Vec<&str> {
        match self {
            Self::Create { name, .. } | Self::Rename { name, .. } => vec![name],
            Self::Declare { value, .. } => vec![value],
            Self::ConnectProfile { profile } | Self::ConnectProfileWithCode { profile, .. } => {
                vec![profile]
            }
            Self::ChooseTester { who } => vec![who],
            Self::Enter { field: Field::Tester, text, .. } => vec![text],
            Self::ChooseGroup { group } => vec![group.name()],
            Self::AddPerson { given_name, family_name, email, user_name } => {
                vec![given_name, family_name, email, user_name.as_deref().unwrap_or_default()]
            }
            _ => Vec::new(),
        }
    }
}
