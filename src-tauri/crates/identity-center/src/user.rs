//! Users of an identity store.

use aws_sdk_identitystore::types::{
    AlternateIdentifier, Email, ExternalId, Name, UniqueAttribute, UserStatus,
};
use aws_smithy_types::Document;

use people::{Person, User, UserState};

use super::{AwsError, Connection, Page};

/// The largest page size of AWS.
const PAGE: i32 = 100;

/// The attributes that identify a single user (IAM Identity Center, API reference: GetUserId ›
/// UniqueAttribute).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserAttribute {
    UserName,
    Email,
}

impl UserAttribute {
    fn path(self) -> &'static str {
        match self {
            Self::UserName => "userName",
            Self::Email => "emails.value",
        }
    }
}

impl Connection {
    /// Finds the user with this user name or, if there is none, with this email address.
    pub async fn find_user(&self, store: &str, who: &str) -> Result<Option<User>, AwsError> {
        match self.user_by(store, UserAttribute::UserName, who).await? {
            Some(user) => Ok(Some(user)),
            None => self.user_by(store, UserAttribute::Email, who).await,
        }
    }

    /// Finds the user with this value of an attribute.
    pub async fn user_by(
        &self,
        store: &str,
        attribute: UserAttribute,
        value: &str,
    ) -> Result<Option<User>, AwsError> {
        let identifier = unique(attribute.path(), value)?;
        let answer = self
            .read("identitystore:GetUserId", || {
                self.store
                    .get_user_id()
                    .identity_store_id(store)
                    .alternate_identifier(identifier.clone())
                    .send()
            })
            .await;
        let user = match answer {
            Ok(answer) => self.user(store, &answer.user_id).await,
            Err(error) => Err(error),
        };
        match user {
            Ok(user) => Ok(Some(user)),
            Err(AwsError::NotFound) => Ok(None),
            Err(error) => Err(error),
        }
    }

    pub async fn user(&self, store: &str, id: &str) -> Result<User, AwsError> {
        let user = self
            .read("identitystore:DescribeUser", || {
                self.store.describe_user().identity_store_id(store).user_id(id).send()
            })
            .await?;
        Ok(read(Answered {
            id: user.user_id,
            user_name: user.user_name,
            display_name: user.display_name,
            name: user.name,
            emails: user.emails,
            status: user.user_status,
            external_ids: user.external_ids,
        }))
    }

    /// Returns all users, across all pages. `seen` receives the number of users so far after each
    /// page.
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

    /// Returns one page of users. `token` comes from the previous page.
    pub async fn users_page(
        &self,
        store: &str,
        token: Option<String>,
    ) -> Result<Page<User>, AwsError> {
        let page = self
            .read("identitystore:ListUsers", || {
                self.store
                    .list_users()
                    .identity_store_id(store)
                    .max_results(PAGE)
                    .set_next_token(token.clone())
                    .send()
            })
            .await?;
        let users = page.users.into_iter().map(|user| {
            read(Answered {
                id: user.user_id,
                user_name: user.user_name,
                display_name: user.display_name,
                name: user.name,
                emails: user.emails,
                status: user.user_status,
                external_ids: user.external_ids,
            })
        });
        Ok(Page { items: users.collect(), next: page.next_token })
    }

    /// Creates a user and returns its id. AWS sends no email and sets no password.
    pub async fn create_user(&self, store: &str, person: &Person) -> Result<String, AwsError> {
        let name =
            Name::builder().given_name(&person.given_name).family_name(&person.family_name).build();
        let email = Email::builder().value(&person.email).primary(true).r#type("work").build();
        self.write("identitystore:CreateUser", || {
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
        self.write("identitystore:DeleteUser", || {
            self.store.delete_user().identity_store_id(store).user_id(id).send()
        })
        .await
        .map(drop)
    }
}

/// Builds the identifier for a unique attribute of a user or group.
pub(super) fn unique(attribute: &str, value: &str) -> Result<AlternateIdentifier, AwsError> {
    // The builder fails only if the path or the value is missing.
    UniqueAttribute::builder()
        .attribute_path(attribute)
        .attribute_value(Document::String(value.to_owned()))
        .build()
        .map(AlternateIdentifier::UniqueAttribute)
        .map_err(|_| AwsError::Unreadable)
}

/// The fields that single-user and list responses have in common.
struct Answered {
    id: String,
    user_name: Option<String>,
    display_name: Option<String>,
    name: Option<Name>,
    emails: Option<Vec<Email>>,
    status: Option<UserStatus>,
    external_ids: Option<Vec<ExternalId>>,
}

fn read(user: Answered) -> User {
    let user_name = user.user_name.unwrap_or_default();
    let (given_name, family_name) = match user.name {
        Some(name) => (name.given_name, name.family_name),
        None => (None, None),
    };
    let emails = user.emails.unwrap_or_default();
    let primary = emails.iter().find(|email| email.primary).or(emails.first());
    User {
        id: user.id,
        display_name: user.display_name.unwrap_or_else(|| user_name.clone()),
        user_name,
        given_name: given_name.unwrap_or_default(),
        family_name: family_name.unwrap_or_default(),
        email: primary.and_then(|email| email.value.clone()).filter(|email| !email.is_empty()),
        state: match user.status {
            Some(UserStatus::Enabled) => UserState::Enabled,
            Some(UserStatus::Disabled) => UserState::Disabled,
            _ => UserState::Unknown,
        },
        provisioned_by: user
            .external_ids
            .unwrap_or_default()
            .into_iter()
            .next()
            .map(|id| id.issuer),
    }
}
