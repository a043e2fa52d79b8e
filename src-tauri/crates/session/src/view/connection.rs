//! Step 2: the connection to AWS.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::Keychain;
use setup::MessageCause;

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Type)]
pub struct Connection {
    pub way: ConnectionMethodView,
    pub state: ConnectionState,
    /// The profile name or the access key ID.
    pub label: String,
    /// The profiles in the AWS configuration files.
    pub profiles: Vec<Profile>,
    /// The profile that the environment selects.
    pub selected_profile: Option<String>,
    /// The settings in the AWS configuration files that can't be used.
    pub configuration_notes: Vec<MessageCause>,
    /// The environment variables in effect.
    pub environment: Vec<MessageCause>,
    /// The keys are in the keychain; otherwise they are kept for this session only.
    pub remembered: bool,
    /// The keychain's state, if it couldn't keep a secret.
    pub not_kept: Option<Keychain>,
    /// The custom endpoint that a real setup connects to instead of AWS.
    pub redirected: Option<String>,
    /// The profile in the setup file, if the profile wasn't chosen on this computer.
    pub unconfirmed: Option<UnconfirmedProfile>,
    pub sign_in: SignInView,
}

/// A profile that wasn't chosen on this computer. It is used only after the user consents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct UnconfirmedProfile {
    pub name: String,
    /// The command that connecting with this profile runs, if any.
    pub command: Option<String>,
}

/// The browser sign-in: first the page, then an account, then a role.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SignInView {
    /// The access portal's address, in use or proposed. Empty if unknown.
    pub start_url: String,
    /// The Region of IAM Identity Center, in use or proposed. Empty if unknown.
    pub region: String,
    /// The user has to open the page now.
    pub waiting: bool,
    /// The code that the page must show, if the user has to compare codes.
    pub code: Option<String>,
    /// The accounts to choose from. Empty before the sign-in.
    pub accounts: Vec<AccountRow>,
    pub account: Option<String>,
    /// The roles of the chosen account.
    pub roles: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct AccountRow {
    /// Twelve digits.
    pub id: String,
    pub name: String,
}

/// How the browser returns the result of a sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum SignInMethod {
    /// The browser redirects to this computer.
    Redirect,
    /// The user compares a code. The browser can be on another device.
    Code,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ConnectionMethodView {
    #[default]
    None,
    /// The user chose to continue without credentials.
    ByHand,
    Practice,
    Profile,
    Keys,
    /// A role from the browser sign-in.
    Role,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ConnectionState {
    #[default]
    Off,
    Connecting,
    Connected,
    /// A finding explains the cause.
    Failed,
}

/// A profile in the AWS configuration files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Profile {
    pub name: String,
    /// The Region to connect to; `None` if the user has to enter one.
    pub region: Option<String>,
    /// A role requires a code from an MFA device.
    pub needs_code: bool,
    /// Why the profile can't be used.
    pub problem: Option<MessageCause>,
    /// What the user should know before connecting.
    pub hints: Vec<MessageCause>,
}
