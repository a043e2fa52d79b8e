//! The identity store and assignment operations that changes need.

use std::time::Duration;

use identity_center::{Assignment, AwsError, Connection, Principal};
use people::{Group, Membership, Person, User};

/// The AWS side that changes are made in. `store` is the id of an identity store.
pub trait Directory: Send + Sync {
    /// Creates a user and returns its id.
    fn create_user(
        &self,
        store: &str,
        person: &Person,
    ) -> impl Future<Output = Result<String, AwsError>> + Send;

    fn delete_user(
        &self,
        store: &str,
        id: &str,
    ) -> impl Future<Output = Result<(), AwsError>> + Send;

    /// Finds the user with this user name or, if there is none, with this email address.
    fn find_user(
        &self,
        store: &str,
        who: &str,
    ) -> impl Future<Output = Result<Option<User>, AwsError>> + Send;

    /// Finds the user whose user name or email address matches the person's, ignoring case.
    /// Searches all users.
    fn find_user_ignoring_case(
        &self,
        store: &str,
        person: &Person,
    ) -> impl Future<Output = Result<Option<User>, AwsError>> + Send;

    /// Creates a group and returns its id.
    fn create_group(
        &self,
        store: &str,
        name: &str,
        description: &str,
    ) -> impl Future<Output = Result<String, AwsError>> + Send;

    fn delete_group(
        &self,
        store: &str,
        id: &str,
    ) -> impl Future<Output = Result<(), AwsError>> + Send;

    fn find_group(
        &self,
        store: &str,
        name: &str,
    ) -> impl Future<Output = Result<Option<Group>, AwsError>> + Send;

    /// Returns whether a group with this id exists.
    fn has_group(
        &self,
        store: &str,
        id: &str,
    ) -> impl Future<Output = Result<bool, AwsError>> + Send;

    fn groups(&self, store: &str) -> impl Future<Output = Result<Vec<Group>, AwsError>> + Send;

    /// Adds a user to a group and returns the membership's id.
    fn add_member(
        &self,
        store: &str,
        group: &str,
        user: &str,
    ) -> impl Future<Output = Result<String, AwsError>> + Send;

    /// Deletes a membership.
    fn remove_member(
        &self,
        store: &str,
        membership: &str,
    ) -> impl Future<Output = Result<(), AwsError>> + Send;

    /// Returns the membership's id, or `None` if the user isn't a member.
    fn membership_id(
        &self,
        store: &str,
        group: &str,
        user: &str,
    ) -> impl Future<Output = Result<Option<String>, AwsError>> + Send;

    fn members(
        &self,
        store: &str,
        group: &str,
    ) -> impl Future<Output = Result<Vec<Membership>, AwsError>> + Send;

    /// Returns which of these groups the user is a member of.
    fn is_member(
        &self,
        store: &str,
        user: &str,
        groups: &[String],
    ) -> impl Future<Output = Result<Vec<String>, AwsError>> + Send;

    /// Assigns a user or group to an application.
    fn assign(
        &self,
        application: &str,
        principal: &Principal,
    ) -> impl Future<Output = Result<(), AwsError>> + Send;

    /// Removes an assignment.
    fn unassign(
        &self,
        application: &str,
        principal: &Principal,
    ) -> impl Future<Output = Result<(), AwsError>> + Send;

    /// Returns all users and groups that are assigned to an application.
    fn assignments(
        &self,
        application: &str,
    ) -> impl Future<Output = Result<Vec<Principal>, AwsError>> + Send;

    /// Returns all application assignments of a user or group.
    fn assignments_for(
        &self,
        instance: &str,
        who: &Principal,
    ) -> impl Future<Output = Result<Vec<Assignment>, AwsError>> + Send;

    /// Waits so that AWS can show recent changes, which may appear late.
    fn pass(&self, time: Duration) -> impl Future<Output = ()> + Send;

    /// Returns whether a user or group has access to any AWS account.
    fn has_accounts(
        &self,
        instance: &str,
        who: &Principal,
    ) -> impl Future<Output = Result<bool, AwsError>> + Send;
}

impl Directory for Connection {
    async fn create_user(&self, store: &str, person: &Person) -> Result<String, AwsError> {
        self.create_user(store, person).await
    }

    async fn delete_user(&self, store: &str, id: &str) -> Result<(), AwsError> {
        self.delete_user(store, id).await
    }

    async fn find_user(&self, store: &str, who: &str) -> Result<Option<User>, AwsError> {
        self.find_user(store, who).await
    }

    async fn find_user_ignoring_case(
        &self,
        store: &str,
        person: &Person,
    ) -> Result<Option<User>, AwsError> {
        let mut token = None;
        loop {
            let page = self.users_page(store, token).await?;
            let found = page.items.into_iter().find(|user| user.is_of(person));
            token = page.next;
            if found.is_some() || token.is_none() {
                return Ok(found);
            }
        }
    }

    async fn create_group(
        &self,
        store: &str,
        name: &str,
        description: &str,
    ) -> Result<String, AwsError> {
        self.create_group(store, name, description).await
    }

    async fn delete_group(&self, store: &str, id: &str) -> Result<(), AwsError> {
        self.delete_group(store, id).await
    }

    async fn find_group(&self, store: &str, name: &str) -> Result<Option<Group>, AwsError> {
        self.find_group(store, name).await
    }

    async fn has_group(&self, store: &str, id: &str) -> Result<bool, AwsError> {
        match self.group(store, id).await {
            Ok(_) => Ok(true),
            Err(AwsError::NotFound) => Ok(false),
            Err(error) => Err(error),
        }
    }

    async fn groups(&self, store: &str) -> Result<Vec<Group>, AwsError> {
        self.groups(store).await
    }

    async fn add_member(&self, store: &str, group: &str, user: &str) -> Result<String, AwsError> {
        self.add_member(store, group, user).await
    }

    async fn remove_member(&self, store: &str, membership: &str) -> Result<(), AwsError> {
        self.remove_member(store, membership).await
    }

    async fn membership_id(
        &self,
        store: &str,
        group: &str,
        user: &str,
    ) -> Result<Option<String>, AwsError> {
        self.membership_id(store, group, user).await
    }

    async fn members(&self, store: &str, group: &str) -> Result<Vec<Membership>, AwsError> {
        self.members(store, group).await
    }

    async fn is_member(
        &self,
        store: &str,
        user: &str,
        groups: &[String],
    ) -> Result<Vec<String>, AwsError> {
        self.is_member(store, user, groups).await
    }

    async fn assign(&self, application: &str, principal: &Principal) -> Result<(), AwsError> {
        self.assign(application, principal).await
    }

    async fn unassign(&self, application: &str, principal: &Principal) -> Result<(), AwsError> {
        self.unassign(application, principal).await
    }

    async fn assignments(&self, application: &str) -> Result<Vec<Principal>, AwsError> {
        self.assignments(application).await
    }

    async fn assignments_for(
        &self,
        instance: &str,
        who: &Principal,
    ) -> Result<Vec<Assignment>, AwsError> {
        self.assignments_for(instance, who).await
    }

    async fn pass(&self, time: Duration) {
        self.pass(time).await;
    }

    async fn has_accounts(&self, instance: &str, who: &Principal) -> Result<bool, AwsError> {
        self.has_accounts(instance, who).await
    }
}
