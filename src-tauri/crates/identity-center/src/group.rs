//! Groups of an identity store and their members.

use aws_sdk_identitystore::types::MemberId;

use people::{Group, Membership};

use super::{AwsError, Connection, Page, user::unique};

/// The largest page size of AWS, and the most groups per membership check.
const PAGE: usize = 100;

impl Connection {
    /// Returns all groups, across all pages.
    pub async fn groups(&self, store: &str) -> Result<Vec<Group>, AwsError> {
        let mut groups = Vec::new();
        let mut token = None;
        loop {
            let page = self
                .read("identitystore:ListGroups", || {
                    self.store
                        .list_groups()
                        .identity_store_id(store)
                        .max_results(PAGE as i32)
                        .set_next_token(token.clone())
                        .send()
                })
                .await?;
            groups.extend(page.groups.into_iter().map(|group| Group {
                id: group.group_id,
                name: group.display_name.unwrap_or_default(),
                description: group.description.unwrap_or_default(),
            }));
            token = page.next_token;
            if token.is_none() {
                return Ok(groups);
            }
        }
    }

    pub async fn find_group(&self, store: &str, name: &str) -> Result<Option<Group>, AwsError> {
        let identifier = unique("displayName", name)?;
        let answer = self
            .read("identitystore:GetGroupId", || {
                self.store
                    .get_group_id()
                    .identity_store_id(store)
                    .alternate_identifier(identifier.clone())
                    .send()
            })
            .await;
        match answer {
            Ok(answer) => self.group(store, &answer.group_id).await.map(Some),
            Err(AwsError::NotFound) => Ok(None),
            Err(error) => Err(error),
        }
    }

    pub async fn group(&self, store: &str, id: &str) -> Result<Group, AwsError> {
        let group = self
            .read("identitystore:DescribeGroup", || {
                self.store.describe_group().identity_store_id(store).group_id(id).send()
            })
            .await?;
        Ok(Group {
            id: group.group_id,
            name: group.display_name.unwrap_or_default(),
            description: group.description.unwrap_or_default(),
        })
    }

    /// Creates a group and returns its id.
    pub async fn create_group(
        &self,
        store: &str,
        name: &str,
        description: &str,
    ) -> Result<String, AwsError> {
        self.write("identitystore:CreateGroup", || {
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
        self.write("identitystore:DeleteGroup", || {
            self.store.delete_group().identity_store_id(store).group_id(id).send()
        })
        .await
        .map(drop)
    }

    /// Returns all members of a group, across all pages, including members that aren't users.
    pub async fn members(&self, store: &str, group: &str) -> Result<Vec<Membership>, AwsError> {
        let mut members = Vec::new();
        let mut token = None;
        loop {
            let page = self.members_page(store, group, token).await?;
            members.extend(page.items);
            token = page.next;
            if token.is_none() {
                return Ok(members);
            }
        }
    }

    /// Returns one page of a group's members, including members that aren't users. `token` comes
    /// from the previous page.
    pub async fn members_page(
        &self,
        store: &str,
        group: &str,
        token: Option<String>,
    ) -> Result<Page<Membership>, AwsError> {
        let page = self
            .read("identitystore:ListGroupMemberships", || {
                self.store
                    .list_group_memberships()
                    .identity_store_id(store)
                    .group_id(group)
                    .max_results(PAGE as i32)
                    .set_next_token(token.clone())
                    .send()
            })
            .await?;
        let memberships = page.group_memberships.into_iter();
        let members = memberships.map(|membership| Membership {
            user_id: match membership.member_id {
                Some(MemberId::UserId(user_id)) => Some(user_id),
                _ => None,
            },
        });
        Ok(Page { items: members.collect(), next: page.next_token })
    }

    /// Returns which of these groups the user is a member of.
    pub async fn is_member(
        &self,
        store: &str,
        user: &str,
        groups: &[String],
    ) -> Result<Vec<String>, AwsError> {
        let mut member_of = Vec::new();
        for some in groups.chunks(PAGE) {
            let answer = self
                .read("identitystore:IsMemberInGroups", || {
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

    /// Adds a user to a group and returns the membership's id.
    pub async fn add_member(
        &self,
        store: &str,
        group: &str,
        user: &str,
    ) -> Result<String, AwsError> {
        self.write("identitystore:CreateGroupMembership", || {
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

    /// Deletes a membership.
    pub async fn remove_member(&self, store: &str, membership: &str) -> Result<(), AwsError> {
        self.write("identitystore:DeleteGroupMembership", || {
            self.store
                .delete_group_membership()
                .identity_store_id(store)
                .membership_id(membership)
                .send()
        })
        .await
        .map(drop)
    }

    /// Returns the membership's id, or `None` if the user isn't a member.
    pub async fn membership_id(
        &self,
        store: &str,
        group: &str,
        user: &str,
    ) -> Result<Option<String>, AwsError> {
        let answer = self
            .read("identitystore:GetGroupMembershipId", || {
                self.store
                    .get_group_membership_id()
                    .identity_store_id(store)
                    .group_id(group)
                    .member_id(MemberId::UserId(user.to_owned()))
                    .send()
            })
            .await;
        match answer {
            Ok(answer) => Ok(Some(answer.membership_id)),
            Err(AwsError::NotFound) => Ok(None),
            Err(error) => Err(error),
        }
    }
}
