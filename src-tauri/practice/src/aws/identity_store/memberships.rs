//! Group memberships.

use serde_json::{Value, json};

use super::{PAGE, bare_id, check_store, groups, last_segment, users, with_ids};
use crate::{
    aws::{ApiError, Call, CallInput, CallResult, Result, constraint_error, page, time},
    world::{Membership, PracticeState},
};

pub fn create(world: &mut PracticeState, call: &Call) -> CallResult {
    let group = groups::group_from_input(world, call)?.id.clone();
    let user = users::user_from_member_id(world, call)?.id.clone();
    if world.is_member(&group, &user) {
        return Err(ApiError::not_unique("Member and Group relationship already exists."));
    }
    let id = world.add_member(&group, &user, call.now);
    Ok(with_ids(world, "Membership", &id, json!({})))
}

pub fn delete(world: &mut PracticeState, call: &Call) -> CallResult {
    let id = membership_from_input(world, call)?.id.clone();
    world.memberships.retain(|membership| membership.id != id);
    Ok(json!({}))
}

pub fn describe(world: &PracticeState, call: &Call) -> CallResult {
    Ok(description(world, membership_from_input(world, call)?))
}

pub fn list_of_group(world: &PracticeState, call: &Call) -> CallResult {
    let group = groups::group_from_input(world, call)?;
    list(world, call, |membership| membership.group == group.id)
}

pub fn list_of_member(world: &PracticeState, call: &Call) -> CallResult {
    check_store(world, call)?;
    let user = users::user_from_member_id(world, call)?;
    list(world, call, |membership| membership.user == user.id)
}

pub fn id(world: &PracticeState, call: &Call) -> CallResult {
    let group = groups::group_from_input(world, call)?;
    let user = users::user_from_member_id(world, call)?;
    let membership = world
        .membership(&group.id, &user.id)
        .ok_or_else(|| ApiError::missing("GROUP_MEMBERSHIP", &user.id))?;
    Ok(with_ids(world, "Membership", &membership.id, json!({})))
}

/// `IsMemberInGroups`. Accepts 1 to 100 groups.
pub fn is_member_in_groups(world: &PracticeState, call: &Call) -> CallResult {
    check_store(world, call)?;
    let user = users::user_from_member_id(world, call)?;
    let ids = call.list("GroupIds")?;
    if !(1..=100).contains(&ids.len()) {
        return Err(constraint_error(
            "GroupIds",
            "Member must have length between 1 and 100, inclusive",
        ));
    }
    let result = |id: &Value| {
        let id =
            id.as_str().ok_or_else(|| ApiError::serialization("GroupIds must contain strings."))?;
        let group = groups::find_group(world, last_segment(id))?;
        Ok(json!({
            "GroupId": group.id,
            "MemberId": {"UserId": user.id},
            "MembershipExists": world.is_member(&group.id, &user.id),
        }))
    };
    let results = ids.iter().map(result).collect::<Result<Vec<_>>>()?;
    Ok(json!({"Results": results}))
}

fn list(world: &PracticeState, call: &Call, is_wanted: impl Fn(&Membership) -> bool) -> CallResult {
    let wanted = world.memberships.iter().filter(|membership| is_wanted(membership));
    let listed = wanted.map(|membership| description(world, membership));
    page(call, "GroupMemberships", PAGE, listed)
}

fn membership_from_input<'w>(
    world: &'w PracticeState,
    input: &CallInput,
) -> Result<&'w Membership> {
    check_store(world, input)?;
    let id = bare_id(input, "MembershipId")?;
    world
        .memberships
        .iter()
        .find(|membership| membership.id == id)
        .ok_or_else(|| ApiError::missing("GROUP_MEMBERSHIP", id))
}

fn description(world: &PracticeState, membership: &Membership) -> Value {
    let output = json!({
        "GroupId": membership.group,
        "MemberId": {"UserId": membership.user},
        "CreatedAt": time(membership.created_at),
        "UpdatedAt": time(membership.created_at),
    });
    with_ids(world, "Membership", &membership.id, output)
}
