//! A single change to AWS, with all the data it needs.

use serde::{Deserialize, Serialize};

use identity_center::{AwsError, Principal};
use people::Person;

use super::Directory;

/// A change as stored in the change history. All its IDs are known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, strum::IntoStaticStr)]
#[serde(tag = "change", rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Change {
    CreateGroup {
        store: String,
        name: String,
        /// Contains the plan's ID, which later identifies the group as ours.
        description: String,
    },
    CreateUser {
        store: String,
        person: Person,
    },
    AddMember {
        store: String,
        /// The key of the person's row in the list.
        key: String,
        user_name: String,
        /// The user's ID.
        user: String,
        /// The group's ID.
        group: String,
    },
    /// Removes a user from a group, also if another administrator added the user.
    RemoveMember {
        store: String,
        user_name: String,
        /// The user's ID.
        user: String,
        /// The group's ID.
        group: String,
    },
    Assign {
        /// The application's ARN.
        application: String,
        principal: Principal,
        name: String,
    },
    /// Removes an assignment that isn't recorded as ours in the change history.
    Unassign {
        /// The application's ARN.
        application: String,
        principal: Principal,
        name: String,
    },
    Undo {
        /// The number of the entry whose change is undone.
        of: u32,
    },
}

/// The current state in AWS of the resource that a change would create.
#[derive(Debug, PartialEq, Eq)]
pub enum ExistingResource {
    Nothing,
    /// The resource that the change would create, with its ID.
    Same(String),
    /// Another resource with the same name, with its ID.
    Other(String),
}

impl ExistingResource {
    pub fn id(self) -> Option<String> {
        match self {
            Self::Nothing => None,
            Self::Same(id) | Self::Other(id) => Some(id),
        }
    }
}

impl Change {
    /// Returns the kind, such as `create_user`: one of [`CHANGES`](crate::CHANGES) or `undo`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Assign { principal: Principal::Group(_), .. } => "assign_group",
            Self::Assign { .. } => "assign_user",
            Self::Unassign { principal: Principal::Group(_), .. } => "unassign_group",
            Self::Unassign { .. } => "unassign_user",
            change => change.into(),
        }
    }

    /// Returns the group or user name, for display.
    pub fn display_name(&self) -> &str {
        match self {
            Self::CreateGroup { name, .. }
            | Self::Assign { name, .. }
            | Self::Unassign { name, .. } => name,
            Self::CreateUser { person, .. } => &person.user_name,
            Self::AddMember { user_name, .. } | Self::RemoveMember { user_name, .. } => user_name,
            Self::Undo { .. } => "",
        }
    }

    /// Makes the change in AWS and returns the ID of the created resource.
    pub async fn apply(&self, directory: &impl Directory) -> Result<String, AwsError> {
        match self {
            Self::CreateGroup { store, name, description } => {
                directory.create_group(store, name, description).await
            }
            Self::CreateUser { store, person } => directory.create_user(store, person).await,
            Self::AddMember { store, user, group, .. } => {
                directory.add_member(store, group, user).await
            }
            Self::RemoveMember { store, user, group, .. } => {
                // A membership that was removed and added again has a new ID.
                let membership = directory.membership_id(store, group, user).await?;
                directory.remove_member(store, &membership.ok_or(AwsError::NotFound)?).await?;
                Ok(user.clone())
            }
            Self::Assign { application, principal, .. } => {
                directory.assign(application, principal).await?;
                Ok(principal.id().to_owned())
            }
            Self::Unassign { application, principal, .. } => {
                directory.unassign(application, principal).await?;
                Ok(principal.id().to_owned())
            }
            Self::Undo { .. } => Err(AwsError::NotFound),
        }
    }

    /// Undoes the change in AWS. `id` is the ID that [`Self::apply`] returned. Returns `id`, or
    /// the ID of the membership that this created. It's empty if this created none.
    pub async fn undo_change(
        &self,
        id: &str,
        directory: &impl Directory,
    ) -> Result<String, AwsError> {
        if let Self::RemoveMember { store, user, group, .. } = self {
            return match directory.add_member(store, group, user).await {
                // Another administrator added the user again, or deleted the user or the group.
                Err(AwsError::Conflict | AwsError::NotFound) => Ok(String::new()),
                added => added,
            };
        }
        self.undo_creation(id, directory).await.map(|()| id.to_owned())
    }

    async fn undo_creation(&self, id: &str, directory: &impl Directory) -> Result<(), AwsError> {
        match self {
            Self::CreateGroup { store, .. } => directory.delete_group(store, id).await,
            Self::CreateUser { store, .. } => directory.delete_user(store, id).await,
            Self::AddMember { store, .. } => directory.remove_member(store, id).await,
            Self::Assign { application, principal, .. } => {
                directory.unassign(application, principal).await
            }
            Self::Unassign { application, principal, .. } => {
                match directory.assign(application, principal).await {
                    Err(AwsError::Conflict) => Ok(()),
                    done => done,
                }
            }
            Self::RemoveMember { .. } | Self::Undo { .. } => Err(AwsError::NotFound),
        }
    }

    /// Finds the existing resource that conflicts with this change. AWS ignores case when it checks
    /// user names for conflicts, but might not ignore case when it looks up a user name. If a user
    /// isn't found, the full list is searched.
    pub async fn find_conflicting(
        &self,
        directory: &impl Directory,
    ) -> Result<ExistingResource, AwsError> {
        match (self.find(directory).await?, self) {
            (ExistingResource::Nothing, Self::CreateUser { store, person }) => {
                let user = directory.find_user_ignoring_case(store, person).await?;
                Ok(user.map_or(ExistingResource::Nothing, |user| ExistingResource::Other(user.id)))
            }
            (found, _) => Ok(found),
        }
    }

    /// Returns the state to assume if the change's application, group or identity store no longer
    /// exists.
    pub fn state_without_parent(&self) -> ExistingResource {
        match self {
            Self::Unassign { principal, .. } => ExistingResource::Same(principal.id().to_owned()),
            Self::RemoveMember { user, .. } => ExistingResource::Same(user.clone()),
            _ => ExistingResource::Nothing,
        }
    }

    /// Finds the resource that the change would create. For [`Self::Unassign`] and
    /// [`Self::RemoveMember`], checks that the assignment or membership is gone. A user is the same if its user name, names and email address match the
    /// ones that we send. A group is the same if its description is the same, because the
    /// description contains the plan's ID.
    pub async fn find(&self, directory: &impl Directory) -> Result<ExistingResource, AwsError> {
        use ExistingResource::{Nothing, Other, Same};
        Ok(match self {
            Self::CreateGroup { store, name, description } => {
                match directory.find_group(store, name).await? {
                    None => Nothing,
                    Some(group) if group.description == *description => Same(group.id),
                    Some(group) => Other(group.id),
                }
            }
            Self::CreateUser { store, person } => {
                let mut user = directory.find_user(store, &person.user_name).await?;
                if user.is_none() && person.email != person.user_name {
                    user = directory.find_user(store, &person.email).await?;
                }
                match user {
                    None => Nothing,
                    Some(user)
                        if user.user_name == person.user_name
                            && user.given_name == person.given_name
                            && user.family_name == person.family_name
                            && user.email.as_ref() == Some(&person.email) =>
                    {
                        Same(user.id)
                    }
                    Some(user) => Other(user.id),
                }
            }
            Self::AddMember { store, user, group, .. } => {
                directory.membership_id(store, group, user).await?.map_or(Nothing, Same)
            }
            Self::RemoveMember { store, user, group, .. } => {
                match directory.membership_id(store, group, user).await? {
                    None => Same(user.clone()),
                    Some(_) => Nothing,
                }
            }
            Self::Assign { application, principal, .. }
            | Self::Unassign { application, principal, .. } => {
                let assigned = directory.assignments(application).await?.contains(principal);
                match assigned == matches!(self, Self::Assign { .. }) {
                    true => Same(principal.id().to_owned()),
                    false => Nothing,
                }
            }
            Self::Undo { .. } => Nothing,
        })
    }
}
