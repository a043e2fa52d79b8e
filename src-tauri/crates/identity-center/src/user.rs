//! Users in an identity store.

use aws_sdk_identitystore::types::{AlternateIdentifier, Email, Name, UniqueAttribute, UserStatus};
use aws_smithy_types::Document;

use people::{Person, User, UserState};

use super::{AwsError, Connection, Page, rate_limit::CallEffect};

/// AWS's maximum page size.
const PAGE: i32 = 100;

/// An attribute that identifies a single user (IAM Identity Center, API reference: GetUserId ›
/// UniqueAttribute).
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr)]
pub enum UserAttribute {
    #[strum(serialize = "userName")]
    UserName,
    #[strum(serialize = "emails.value")]
    Email,
}

/// Builds a [`User`] from either of the two SDK types that describe one.
macro_rules! user {
    ($answer:ident) => {{
        let emails = $answer.emails.unwrap_or_default();
        let primary = emails.iter().find(|email| email.primary).or(emails.first());
        let (given_name, family_name) =
            $answer.name.map(|name| (name.given_name, name.family_name)).unwrap_or_default();
        let user_name = $answer.user_name.unwrap_or_default();
        User {
            id: $answer.user_id,
            display_name: $answer.display_name.unwrap_or_else(|| user_name.clone()),
            user_name,
            given_name: given_name.unwrap_or_default(),
            family_name: family_name.unwrap_or_default(),
            email: primary.and_then(|email| email.value.clone()).filter(|email| !email.is_empty()),
            state: match $answer.user_status {
                Some(UserStatus::Enabled) => UserState::Enabled,
                Some(UserStatus::Disabled) => UserState::Disabled,
                _ => UserState::Unknown,
            },
            provisioned_by: $answer
                .external_ids
                .and_then(|ids| ids.into_iter().next())
                .map(|id| id.issuer),
        }
    }};
}

impl Connection {
    /// Finds the user with this user name. If there is none, finds the user with this email
    /// address.
    pub async fn find_user(&self, store: &str, who: &str) -> Result<Option<User>, AwsError> {
        match self.user_by(store, UserAttribute::UserName, who).await? {
            Some(user) => Ok(Some(user)),
            None => self.user_by(store, UserAttribute::Email, who).await,
        }
    }

    /// Finds the user whose attribute has this value.
    pub async fn user_by(
        &self,
        store: &str,
        attribute: UserAttribute,
        value: &str,
    ) -> Result<Option<User>, AwsError> {
        let identifier = unique(attribute.into(), value)?;
        let answer = self
            .call_in(store, CallEffect::Read, "identitystore:GetUserId", || {
                self.store
                    .get_user_id()
                    .identity_store_id(store)
                    .alternate_identifier(identifier.clone())
                    .send()
            })
            .await;
        match AwsError::found_or_none(answer)? {
            Some(found) => AwsError::found_or_none(self.user(store, &found.user_id).await),
            None => Ok(None),
        }
    }

    pub async fn user(&self, store: &str, id: &str) -> Result<User, AwsError> {
        let user = self
            .call_in(store, CallEffect::Read, "identitystore:DescribeUser", || {
                self.store.describe_user().identity_store_id(store).user_id(id).send()
            })
            .await?;
        Ok(user!(user))
    }

    /// Returns all users from all pages. After each page, `seen` receives the number of users so
    /// far.
    pub async fn users(
        &self,
        store: &str,
        mut seen: impl FnMut(usize),
    ) -> Result<Vec<User>, AwsError> {
        let mut users = Vec::new();
        let mut token = None;
        loop {
            let page = self.users_page(store, token).await?;
            users.extend(page.items);
            seen(users.len());
            token = page.next;
            if token.is_none() {
                return Ok(users);
            }
        }
    }

    /// Returns one page of users. `token` is from the previous page.
    pub async fn users_page(
        &self,
        store: &str,
        token: Option<String>,
    ) -> Result<Page<User>, AwsError> {
        let page = self
            .call_in(store, CallEffect::Read, "identitystore:ListUsers", || {
                self.store
                    .list_users()
                    .identity_store_id(store)
                    .max_results(PAGE)
                    .set_next_token(token.clone())
                    .send()
            })
            .await?;
        Ok(Page::from_response(page.users, |user| user!(user), page.next_token))
    }

    /// Creates a user and returns its ID. AWS doesn't email this person or set a password.
    pub async fn create_user(&self, store: &str, person: &Person) -> Result<String, AwsError> {
        let name =
            Name::builder().given_name(&person.given_name).family_name(&person.family_name).build();
        let email = Email::builder().value(&person.email).primary(true).r#type("work").build();
        self.call_in(store, CallEffect::Write, "identitystore:CreateUser", || {
            self.store
                .create_user()
                .identity_store_id(store)
                .user_name(&person.user_name)
                .display_name(person.name())
                .name(name.clone())
                .emails(email.clone())
                .send()
        })
        .await
        .map(|created| created.user_id)
    }

    pub async fn delete_user(&self, store: &str, id: &str) -> Result<(), AwsError> {
        self.call_in(store, CallEffect::Write, "identitystore:DeleteUser", || {
            self.store.delete_user().identity_store_id(store).user_id(id).send()
        })
        .await
        .map(drop)
    }
}

/// Builds the identifier for a user's or group's unique attribute.
pub(super) fn unique(attribute: &str, value: &str) -> Result<AlternateIdentifier, AwsError> {
    // Building fails only if the path or the value is missing.
    UniqueAttribute::builder()
        .attribute_path(attribute)
        .attribute_value(Document::String(value.to_owned()))
        .build()
        .map(AlternateIdentifier::UniqueAttribute)
        .map_err(|_| AwsError::Unreadable)
}
