//! Group memberships.

use serde_json::{Value, json};

use super::{
    super::{
        error::Failure,
        input::{Input, unfit},
        operation::{Answer, Context, time},
        paging::page,
    },
    PAGE, arn, bare_id, check_store, groups, users,
};
use crate::world::{Membership, World};

/// `CreateGroupMembership`.
pub(in crate::aws) fn create(world: &mut World, input: &Input, context: &Context<'_>) -> Answer {
    let group = groups::named(world, input)?.id.clone();
    let user = users::member(world, input)?.id.clone();
    if world.is_member(&group, &user) {
        return Err(Failure::taken("Member and Group relationship already exists."));
    }
    let membership =
        Membership { id: world.draw_principal_id(), group, user, created_at: context.now };
    let output = identified(world, &membership);
    world.memberships.push(membership);
    Ok(output)
}

/// `DeleteGroupMembership`.
pub(in crate::aws) fn delete(world: &mut World, input: &Input, _: &Context<'_>) -> Answer {
    let id = named(world, input)?.id.clone();
    world.memberships.retain(|membership| membership.id != id);
    Ok(json!({}))
}

/// `DescribeGroupMembership`.
pub(in crate::aws) fn describe(world: &World, input: &Input, _: &Context<'_>) -> Answer {
    Ok(shown(world, named(world, input)?))
}

/// `ListGroupMemberships`.
pub(in crate::aws) fn list_of_group(world: &World, input: &Input, _: &Context<'_>) -> Answer {
    let group = groups::named(world, input)?;
    let listed = world
        .memberships
        .iter()
        .filter(|membership| membership.group == group.id)
        .map(|membership| shown(world, membership));
    page(input, "GroupMemberships", PAGE, listed)
}

/// `ListGroupMembershipsForMember`.
pub(in crate::aws) fn list_of_member(world: &World, input: &Input, _: &Context<'_>) -> Answer {
    check_store(world, input)?;
    let user = users::member(world, input)?;
    let listed = world
        .memberships
        .iter()
        .filter(|membership| membership.user == user.id)
        .map(|membership| shown(world, membership));
    page(input, "GroupMemberships", PAGE, listed)
}

/// `GetGroupMembershipId`.
pub(in crate::aws) fn id(world: &World, input: &Input, _: &Context<'_>) -> Answer {
    let group = groups::named(world, input)?;
    let user = users::member(world, input)?;
    let membership = world
        .memberships
        .iter()
        .find(|membership| membership.group == group.id && membership.user == user.id)
        .ok_or_else(|| Failure::missing("GROUP_MEMBERSHIP", &user.id))?;
    Ok(identified(world, membership))
}

/// `IsMemberInGroups`, for 1 to 100 groups.
pub(in crate::aws) fn is_member_in_groups(world: &World, input: &Input, _: &Context<'_>) -> Answer {
    check_store(world, input)?;
    let user = users::member(world, input)?;
    let ids = input.list("GroupIds")?;
    if !(1..=100).contains(&ids.len()) {
        return Err(unfit("GroupIds", "Member must have length between 1 and 100, inclusive"));
    }
    let results: Vec<Value> = ids
        .iter()
        .map(|id| {
            let id =
                id.as_str().ok_or_else(|| Failure::serialization("GroupIds holds no strings."))?;
            let group = groups::existing(world, id.rsplit('/').next().unwrap_or(id))?;
            Ok(json!({
                "GroupId": group.id,
                "MemberId": {"UserId": user.id},
                "MembershipExists": world.is_member(&group.id, &user.id),
            }))
        })
        .collect::<Result<_, Failure>>()?;
    Ok(json!({"Results": results}))
}

fn named<'w>(world: &'w World, input: &Input) -> Result<&'w Membership, Failure> {
    check_store(world, input)?;
    let id = bare_id(input, "MembershipId")?;
    world
        .memberships
        .iter()
        .find(|membership| membership.id == id)
        .ok_or_else(|| Failure::missing("GROUP_MEMBERSHIP", id))
}

fn identified(world: &World, membership: &Membership) -> Value {
    json!({
        "IdentityStoreId": world.instance.identity_store_id,
        "MembershipId": membership.id,
        "MembershipArn": arn("membership", &membership.id),
    })
}

fn shown(world: &World, membership: &Membership) -> Value {
    let mut shown = identified(world, membership);
    shown["GroupId"] = json!(membership.group);
    shown["MemberId"] = json!({"UserId": membership.user});
    shown["CreatedAt"] = time(membership.created_at);
    shown["UpdatedAt"] = time(membership.created_at);
    shown
}
