//! Groups in an identity store, and their members.

use aws_sdk_identitystore::types::{GroupMembership, MemberId};

use people::{Group, Membership};

use super::{AwsError, Connection, Page, collect_pages, rate_limit::CallEffect, user::unique};

/// AWS's maximum page size, which is also the maximum number of groups per membership check.
const PAGE: usize = 100;

/// Builds a [`Group`] from either of the two SDK types that describe one.
macro_rules! group {
    ($answer:ident) => {
        Group {
            id: $answer.group_id,
            name: $answer.display_name.unwrap_or_default(),
            description: $answer.description.unwrap_or_default(),
        }
    };
}

impl Connection {
    /// Returns all groups from all pages.
    pub async fn groups(&self, store: &str) -> Result<Vec<Group>, AwsError> {
        collect_pages(|token| async move {
            let page = self
                .call_in(store, CallEffect::Read, "identitystore:ListGroups", || {
                    self.store
                        .list_groups()
                        .identity_store_id(store)
                        .max_results(PAGE as i32)
                        .set_next_token(token.clone())
                        .send()
                })
                .await?;
            Ok(Page::from_response(page.groups, |group| group!(group), page.next_token))
        })
        .await
    }

    pub async fn find_group(&self, store: &str, name: &str) -> Result<Option<Group>, AwsError> {
        let identifier = unique("displayName", name)?;
        let answer = self
            .call_in(store, CallEffect::Read, "identitystore:GetGroupId", || {
                self.store
                    .get_group_id()
                    .identity_store_id(store)
                    .alternate_identifier(identifier.clone())
                    .send()
            })
            .await;
        match AwsError::found_or_none(answer)? {
            Some(found) => self.group(store, &found.group_id).await.map(Some),
            None => Ok(None),
        }
    }

    pub async fn group(&self, store: &str, id: &str) -> Result<Group, AwsError> {
        let group = self
            .call_in(store, CallEffect::Read, "identitystore:DescribeGroup", || {
                self.store.describe_group().identity_store_id(store).group_id(id).send()
            })
            .await?;
        Ok(group!(group))
    }

    /// Creates a group and returns its ID.
    pub async fn create_group(
        &self,
        store: &str,
        name: &str,
        description: &str,
    ) -> Result<String, AwsError> {
        self.call_in(store, CallEffect::Write, "identitystore:CreateGroup", || {
            self.store
                .create_group()
                .identity_store_id(store)
                .display_name(name)
                .description(description)
                .send()
        })
        .await
        .map(|created| created.group_id)
    }

    pub async fn delete_group(&self, store: &str, id: &str) -> Result<(), AwsError> {
        self.call_in(store, CallEffect::Write, "identitystore:DeleteGroup", || {
            self.store.delete_group().identity_store_id(store).group_id(id).send()
        })
        .await
        .map(drop)
    }

    /// Returns all members of a group from all pages, including members that aren't users.
    pub async fn members(&self, store: &str, group: &str) -> Result<Vec<Membership>, AwsError> {
        collect_pages(|token| self.members_page(store, group, token)).await
    }

    /// Returns one page of a group's members, including members that aren't users. `token` is from
    /// the previous page.
    pub async fn members_page(
        &self,
        store: &str,
        group: &str,
        token: Option<String>,
    ) -> Result<Page<Membership>, AwsError> {
        let page = self
            .call_in(store, CallEffect::Read, "identitystore:ListGroupMemberships", || {
                self.store
                    .list_group_memberships()
                    .identity_store_id(store)
                    .group_id(group)
                    .max_results(PAGE as i32)
                    .set_next_token(token.clone())
                    .send()
            })
            .await?;
        let member = |membership: GroupMembership| Membership {
            user_id: match membership.member_id {
                Some(MemberId::UserId(user_id)) => Some(user_id),
                _ => None,
            },
        };
        Ok(Page::from_response(page.group_memberships, member, page.next_token))
    }

    /// Returns which of these groups the user belongs to.
    pub async fn is_member(
        &self,
        store: &str,
        user: &str,
        groups: &[String],
    ) -> Result<Vec<String>, AwsError> {
        let mut member_of = Vec::new();
        for some in groups.chunks(PAGE) {
            let answer = self
                .call_in(store, CallEffect::Read, "identitystore:IsMemberInGroups", || {
                    self.store
                        .is_member_in_groups()
                        .identity_store_id(store)
                        .member_id(MemberId::UserId(user.to_owned()))
                        .set_group_ids(Some(some.to_vec()))
                        .send()
                })
                .await?;
            let positive = answer.results.into_iter().filter(|result| result.membership_exists);
            member_of.extend(positive.filter_map(|result| result.group_id));
        }
        Ok(member_of)
    }

    /// Adds a user to a group and returns the membership's ID.
    pub async fn add_member(
        &self,
        store: &str,
        group: &str,
        user: &str,
    ) -> Result<String, AwsError> {
        self.call_in(store, CallEffect::Write, "identitystore:CreateGroupMembership", || {
            self.store
                .create_group_membership()
                .identity_store_id(store)
                .group_id(group)
                .member_id(MemberId::UserId(user.to_owned()))
                .send()
        })
        .await
        .map(|created| created.membership_id)
    }

    pub async fn remove_member(&self, store: &str, membership: &str) -> Result<(), AwsError> {
        self.call_in(store, CallEffect::Write, "identitystore:DeleteGroupMembership", || {
            self.store
                .delete_group_membership()
                .identity_store_id(store)
                .membership_id(membership)
                .send()
        })
        .await
        .map(drop)
    }

    /// Returns the membership's ID, or `None` if the user isn't a member.
    pub async fn membership_id(
        &self,
        store: &str,
        group: &str,
        user: &str,
    ) -> Result<Option<String>, AwsError> {
        let answer = self
            .call_in(store, CallEffect::Read, "identitystore:GetGroupMembershipId", || {
                self.store
                    .get_group_membership_id()
                    .identity_store_id(store)
                    .group_id(group)
                    .member_id(MemberId::UserId(user.to_owned()))
                    .send()
            })
            .await;
        Ok(AwsError::found_or_none(answer)?.map(|membership| membership.membership_id))
    }
}
