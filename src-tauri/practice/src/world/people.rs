//! People, groups, and who may use which application.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A person in the identity store.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct User {
    /// Ten hex digits of the store, a dash, and a UUID.
    pub id: String,
    /// Unique; can't be changed later.
    pub user_name: String,
    /// The name shown.
    pub display_name: String,
    /// First name; empty when it was not given.
    pub given_name: String,
    /// Last name; empty when it was not given.
    pub family_name: String,
    /// The primary email, if there is one.
    pub email: Option<Email>,
    /// Whether the user's status is ENABLED.
    pub enabled: bool,
    /// What they sign in to the portal with. People made through the API have none.
    pub password: Option<String>,
    /// A password from *Reset password* has to be changed when it is first used.
    pub password_is_one_time: bool,
    /// When an invitation was last sent, and its token as long as it was not accepted.
    pub invitation: Option<Invitation>,
    /// The code from the last *Send email OTP* mail.
    pub email_code: Option<String>,
    /// When the user was made.
    pub created_at: Timestamp,
    /// When the user was last changed.
    pub updated_at: Timestamp,
    /// Counts up with every change; AWS calls it Revision.
    pub revision: u64,
    /// Every other attribute of the API's user, as it was given (`NickName`, `Title`, …).
    pub other: Map<String, Value>,
}

impl User {
    /// The primary email address.
    pub fn email_address(&self) -> Option<&str> {
        self.email.as_ref().map(|email| email.value.as_str())
    }
}

/// A mail address in the identity store.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Email {
    /// The address as it was given.
    pub value: String,
    /// `Type`, such as `work`.
    pub kind: Option<String>,
    /// Whether it is marked as the primary one.
    pub primary: bool,
}

/// A mail "Invitation to join AWS IAM Identity Center".
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Invitation {
    /// The token in its link.
    pub token: String,
    /// Invitations expire after seven days.
    pub sent_at: Timestamp,
}

/// A group in the identity store.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Group {
    /// Ten hex digits of the store, a dash, and a UUID.
    pub id: String,
    /// Unique.
    pub display_name: String,
    /// May be absent.
    pub description: Option<String>,
    /// When the group was made.
    pub created_at: Timestamp,
    /// When the group was last changed.
    pub updated_at: Timestamp,
    /// Counts up with every change.
    pub revision: u64,
}

/// A user in a group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Membership {
    /// Shaped as a user's id.
    pub id: String,
    /// The group's id.
    pub group: String,
    /// The user's id.
    pub user: String,
    /// When the user joined.
    pub created_at: Timestamp,
}

/// A user or group that may use an application.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Assignment {
    /// The application's id (16 hex digits).
    pub application: String,
    /// Who may use it.
    pub principal: Principal,
}

/// A user or group that may use an AWS account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct AccountAssignment {
    /// The account's id.
    pub account: String,
    /// The permission set's id (16 hex digits).
    pub permission_set: String,
    /// Who may use it.
    pub principal: Principal,
}

/// A user or a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Principal {
    /// Which of the two.
    pub kind: PrincipalKind,
    /// The id in the identity store.
    pub id: String,
}

/// What a principal is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub(crate) enum PrincipalKind {
    /// One person.
    User,
    /// Everybody in a group.
    Group,
}
