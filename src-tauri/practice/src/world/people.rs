//! Users and groups, with their memberships and assignments.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A user in the identity store.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct User {
    /// The user ID: ten hex digits from the store's ID, a dash, and a UUID.
    pub id: String,
    /// The user name, which is unique and can't be changed.
    pub user_name: String,
    pub display_name: String,
    pub given_name: String,
    pub family_name: String,
    /// The primary email address.
    pub email: Option<Email>,
    /// Whether AWS shows the user's status as ENABLED.
    pub enabled: bool,
    /// The portal password. Users created through the API don't have a password.
    pub password: Option<String>,
    /// Whether the password is from *Reset password* and must be changed when it's first used.
    pub password_is_one_time: bool,
    /// The last invitation. `None` after the user accepts it.
    pub invitation: Option<Invitation>,
    /// The code from the last *Send email OTP* email.
    pub email_code: Option<String>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    /// A number that increases with every change. AWS calls it Revision.
    pub revision: u64,
    /// Other attributes that were set through the API, stored unchanged (`NickName`, `Title`, …).
    pub other: Map<String, Value>,
}

impl User {
    /// Returns the display name together with the user name.
    pub fn label(&self) -> String {
        format!("{} ({})", self.display_name, self.user_name)
    }

    /// Returns the primary email address.
    pub fn email_address(&self) -> Option<&str> {
        self.email.as_ref().map(|email| email.value.as_str())
    }
}

/// An email address in the identity store.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Email {
    pub value: String,
    /// The `Type` of the address, such as `work`.
    pub kind: Option<String>,
    /// Whether the address is marked as primary.
    pub primary: bool,
}

impl Email {
    /// Returns a work address that is marked as primary.
    pub fn work_address(address: &str) -> Self {
        Self { value: address.to_owned(), kind: Some("work".to_owned()), primary: true }
    }
}

/// The email "Invitation to join AWS IAM Identity Center".
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Invitation {
    pub token: String,
    /// The time when the invitation was sent. An invitation expires after seven days.
    pub sent_at: Timestamp,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// The group ID: ten hex digits from the store's ID, a dash, and a UUID.
    pub id: String,
    /// The name, which is unique.
    pub display_name: String,
    pub description: Option<String>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    /// A number that increases with every change.
    pub revision: u64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Membership {
    /// The membership ID, in the same format as a user's ID.
    pub id: String,
    pub group: String,
    pub user: String,
    pub created_at: Timestamp,
}

/// The assignment of a user or group to an application.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assignment {
    /// The application's ID (16 characters).
    pub application: String,
    pub principal: Principal,
}

/// The assignment of a user or group to an AWS account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountAssignment {
    pub account: String,
    /// The permission set's ID (16 hex digits).
    pub permission_set: String,
    pub principal: Principal,
}

/// A user or a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Principal {
    pub kind: PrincipalKind,
    pub id: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum PrincipalKind {
    User,
    Group,
}
