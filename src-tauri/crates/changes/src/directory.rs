//! The identity store and assignment operations that changes need.

use std::time::Duration;

use identity_center::{Assignment, AwsError, Connection, Principal};
use people::{Group, Membership, Person, User};

/// Declares the operations of [`Directory`]. [`Connection`] implements each operation with its
/// method of the same name.
macro_rules! directory {
    ($($(#[$doc:meta])* fn $name:ident($($argument:ident: $type:ty),*) -> $answer:ty;)+) => {
        /// The AWS operations that changes use. `store` is the ID of an identity store.
        pub trait Directory: Send + Sync {
            $($(#[$doc])*
            fn $name(
                &self,
                $($argument: $type),*
            ) -> impl Future<Output = Result<$answer, AwsError>> + Send;)+

            /// Searches all users for a user with the person's user name or email address, ignoring
            /// case.
            fn find_user_ignoring_case(
                &self,
                store: &str,
                person: &Person,
            ) -> impl Future<Output = Result<Option<User>, AwsError>> + Send;

            fn has_group(
                &self,
                store: &str,
                id: &str,
            ) -> impl Future<Output = Result<bool, AwsError>> + Send;

            /// Waits, because AWS may take a few seconds to show recent changes.
            fn wait_for_aws(&self, time: Duration) -> impl Future<Output = ()> + Send;
        }

        impl Directory for Connection {
            $(async fn $name(&self, $($argument: $type),*) -> Result<$answer, AwsError> {
                self.$name($($argument),*).await
            })+

            async fn find_user_ignoring_case(
                &self,
                store: &str,
                person: &Person,
            ) -> Result<Option<User>, AwsError> {
                let mut token = None;
                loop {
                    let page = self.users_page(store, token).await?;
                    let found = page.items.into_iter().find(|user| user.matches_person(person));
                    token = page.next;
                    if found.is_some() || token.is_none() {
                        return Ok(found);
                    }
                }
            }

            async fn has_group(&self, store: &str, id: &str) -> Result<bool, AwsError> {
                Ok(AwsError::found_or_none(self.group(store, id).await)?.is_some())
            }

            async fn wait_for_aws(&self, time: Duration) {
                self.wait_for_aws(time).await;
            }
        }
    };
}

directory! {
    /// Creates a user and returns its ID.
    fn create_user(store: &str, person: &Person) -> String;
    fn delete_user(store: &str, id: &str) -> ();
    /// Finds the user with this user name or, if there is none, the user with this email address.
    fn find_user(store: &str, who: &str) -> Option<User>;
    /// Creates a group and returns its ID.
    fn create_group(store: &str, name: &str, description: &str) -> String;
    fn delete_group(store: &str, id: &str) -> ();
    fn find_group(store: &str, name: &str) -> Option<Group>;
    fn groups(store: &str) -> Vec<Group>;
    /// Adds a user to a group and returns the membership's ID.
    fn add_member(store: &str, group: &str, user: &str) -> String;
    fn remove_member(store: &str, membership: &str) -> ();
    /// Returns the membership's ID, or `None` if the user isn't a member.
    fn membership_id(store: &str, group: &str, user: &str) -> Option<String>;
    fn members(store: &str, group: &str) -> Vec<Membership>;
    /// Returns which of these groups the user is a member of.
    fn is_member(store: &str, user: &str, groups: &[String]) -> Vec<String>;
    fn assign(application: &str, principal: &Principal) -> ();
    fn unassign(application: &str, principal: &Principal) -> ();
    /// Returns all users and groups that are assigned to an application.
    fn assignments(application: &str) -> Vec<Principal>;
    /// Returns all application assignments of a user or group.
    fn assignments_for(instance: &str, who: &Principal) -> Vec<Assignment>;
    /// Returns whether a user or group has access to any AWS account.
    fn has_accounts(instance: &str, who: &Principal) -> bool;
}
