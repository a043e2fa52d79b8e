//! One change, with everything AWS needs for it.

use serde::{Deserialize, Serialize};

use identity_center::{AwsError, Principal};
use people::Person;

use super::Directory;

/// A change of which every id is known, as the journal keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum Change {
    /// A group is created.
    CreateGroup {
        /// The identity store.
        store: String,
        /// The group's name.
        name: String,
        /// Its description. It names the plan, so that the group is known as ours later.
        description: String,
    },
    /// A user is created.
    CreateUser {
        /// The identity store.
        store: String,
        /// Who.
        person: Person,
    },
    /// A user is added to the group.
    AddMember {
        /// The identity store.
        store: String,
        /// The person's row.
        key: String,
        /// The user's name.
        user_name: String,
        /// The user's id.
        user: String,
        /// The group's id.
        group: String,
    },
    /// A user or a group is assigned to the application.
    Assign {
        /// The application's ARN.
        application: String,
        /// Who.
        principal: Principal,
        /// Their name.
        name: String,
    },
    /// An assignment that others made is taken away.
    Unassign {
        /// The application's ARN.
        application: String,
        /// Whose.
        principal: Principal,
        /// Their name.
        name: String,
    },
    /// An earlier change is taken back.
    Undo {
        /// The number of its entry in the journal.
        of: u32,
    },
}

/// What of a change is to be found in AWS.
#[derive(Debug, PartialEq, Eq)]
pub enum ExistingResource {
    /// Nothing.
    Nothing,
    /// What the change would have made, with its id.
    Same(String),
    /// Something else that has the name, with its id.
    Other(String),
}

impl ExistingResource {
    /// The id of what was found.
    pub fn id(self) -> Option<String> {
        match self {
            Self::Nothing => None,
            Self::Same(id) | Self::Other(id) => Some(id),
        }
    }
}

impl Change {
    /// `create_user` and so on.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::CreateGroup { .. } => "create_group",
            Self::CreateUser { .. } => "create_user",
            Self::AddMember { .. } => "add_member",
            Self::Assign { principal, .. } => match principal {
                Principal::Group(_) => "assign_group",
                Principal::User(_) => "assign_user",
            },
            Self::Unassign { principal, .. } => match principal {
                Principal::Group(_) => "unassign_group",
                Principal::User(_) => "unassign_user",
            },
            Self::Undo { .. } => "undo",
        }
    }

    /// The same with `undo_` before it.
    pub fn undo_kind(&self) -> &'static str {
        match self {
            Self::CreateGroup { .. } => "undo_create_group",
            Self::CreateUser { .. } => "undo_create_user",
            Self::AddMember { .. } => "undo_add_member",
            Self::Assign { principal, .. } => match principal {
                Principal::Group(_) => "undo_assign_group",
                Principal::User(_) => "undo_assign_user",
            },
            Self::Unassign { principal, .. } => match principal {
                Principal::Group(_) => "undo_unassign_group",
                Principal::User(_) => "undo_unassign_user",
            },
            Self::Undo { .. } => "undo",
        }
    }

    /// Whom or what it is about: a group's name or a user name.
    pub fn subject(&self) -> &str {
        match self {
            Self::CreateGroup { name, .. }
            | Self::Assign { name, .. }
            | Self::Unassign { name, .. } => name,
            Self::CreateUser { person, .. } => &person.user_name,
            Self::AddMember { user_name, .. } => user_name,
            Self::Undo { .. } => "",
        }
    }

    /// Makes the change and answers the id of what was made.
    pub async fn make(&self, directory: &impl Directory) -> Result<String, AwsError> {
        match self {
            Self::CreateGroup { store, name, description } => {
                directory.create_group(store, name, description).await
            }
            Self::CreateUser { store, person } => directory.create_user(store, person).await,
            Self::AddMember { store, user, group, .. } => {
                directory.add_member(store, group, user).await
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

    /// Takes the change back. `id` is what it made.
    pub async fn undo_change(&self, id: &str, directory: &impl Directory) -> Result<(), AwsError> {
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
            Self::Undo { .. } => Err(AwsError::NotFound),
        }
    }

    /// Looks for what AWS refuses the change for. A single look-up may tell capital letters apart where the
    /// refusal does not, so a user that it does not find is sought among all.
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

    /// What is to be found where the application, group or store of the change is gone.
    pub fn without_its_place(&self) -> ExistingResource {
        match self {
            Self::Unassign { principal, .. } => ExistingResource::Same(principal.id().to_owned()),
            _ => ExistingResource::Nothing,
        }
    }

    /// Looks for what the change makes; of an assignment taken away, for its absence. A user counts as the same when user name, names and email
    /// address are all as we send them; a group when its description names the plan.
    pub async fn find(&self, directory: &impl Directory) -> Result<ExistingResource, AwsError> {
        Ok(match self {
            Self::CreateGroup { store, name, description } => {
                match directory.find_group(store, name).await? {
                    None => ExistingResource::Nothing,
                    Some(group) if group.description == *description => {
                        ExistingResource::Same(group.id)
                    }
                    Some(group) => ExistingResource::Other(group.id),
                }
            }
            Self::CreateUser { store, person } => {
                let mut user = directory.find_user(store, &person.user_name).await?;
                if user.is_none() && person.email != person.user_name {
                    user = directory.find_user(store, &person.email).await?;
                }
                match user {
                    None => ExistingResource::Nothing,
                    Some(user)
                        if user.user_name == person.user_name
                            && user.given_name == person.given_name
                            && user.family_name == person.family_name
                            && user.email.as_ref() == Some(&person.email) =>
                    {
                        ExistingResource::Same(user.id)
                    }
                    Some(user) => ExistingResource::Other(user.id),
                }
            }
            Self::AddMember { store, user, group, .. } => {
                match directory.membership_id(store, group, user).await? {
                    None => ExistingResource::Nothing,
                    Some(id) => ExistingResource::Same(id),
                }
            }
            Self::Assign { application, principal, .. } => {
                match directory.assignments(application).await?.contains(principal) {
                    true => ExistingResource::Same(principal.id().to_owned()),
                    false => ExistingResource::Nothing,
                }
            }
            Self::Unassign { application, principal, .. } => {
                match directory.assignments(application).await?.contains(principal) {
                    true => ExistingResource::Nothing,
                    false => ExistingResource::Same(principal.id().to_owned()),
                }
            }
            Self::Undo { .. } => ExistingResource::Nothing,
        })
    }
}
