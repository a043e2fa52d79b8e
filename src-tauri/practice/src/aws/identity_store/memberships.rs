//! Group memberships.

use serde_json::{Value, json};

use super::{PAGE, bare_id, check_store, groups, identified, last_segment, users};
use crate::{
    aws::{Answer, ApiError, Call, Input, Result, page, time, unfit},
    world::{Membership, PracticeState},
};

pub fn create(world: &mut PracticeState, call: &Call) -> Answer {
    let group = groups::named(world, call)?.id.clone();
    let user = users::member(world, call)?.id.clone();
    if world.is_member(&group, &user) {
        return Err(ApiError::taken("Member and Group relationship already exists."));
    }
    let id = world.add_member(&group, &user, call.now);
    Ok(identified(world, "Membership", &id, json!({})))
}

pub fn delete(world: &mut PracticeState, call: &Call) -> Answer {
    let id = named(world, call)?.id.clone();
    world.memberships.retain(|membership| membership.id != id);
    Ok(json!({}))
}

pub fn describe(world: &PracticeState, call: &Call) -> Answer {
    Ok(description(world, named(world, call)?))
}

pub fn list_of_group(world: &PracticeState, call: &Call) -> Answer {
    let group = groups::named(world, call)?;
    list(world, call, |membership| membership.group == group.id)
}

pub fn list_of_member(world: &PracticeState, call: &Call) -> Answer {
    check_store(world, call)?;
    let user = users::member(world, call)?;
    list(world, call, |membership| membership.user == user.id)
}

pub fn id(world: &PracticeState, call: &Call) -> Answer {
    let group = groups::named(world, call)?;
    let user = users::member(world, call)?;
    let membership = world
        .membership(&group.id, &user.id)
        .ok_or_else(|| ApiError::missing("GROUP_MEMBERSHIP", &user.id))?;
    Ok(identified(world, "Membership", &membership.id, json!({})))
}

/// `IsMemberInGroups`. Accepts 1 to 100 groups.
pub fn is_member_in_groups(world: &PracticeState, call: &Call) -> Answer {
    check_store(world, call)?;
    let user = users::member(world, call)?;
    let ids = call.list("GroupIds")?;
    if !(1..=100).contains(&ids.len()) {
        return Err(unfit("GroupIds", "Member must have length between 1 and 100, inclusive"));
    }
    let result = |id: &Value| {
        let id =
            id.as_str().ok_or_else(|| ApiError::serialization("GroupIds must contain strings."))?;
        let group = groups::existing(world, last_segment(id))?;
        Ok(json!({
            "GroupId": group.id,
            "MemberId": {"UserId": user.id},
            "MembershipExists": world.is_member(&group.id, &user.id),
        }))
    };
    let results = ids.iter().map(result).collect::<Result<Vec<_>>>()?;
    Ok(json!({"Results": results}))
}

fn list(world: &PracticeState, call: &Call, is_wanted: impl Fn(&Membership) -> bool) -> Answer {
    let wanted = world.memberships.iter().filter(|membership| is_wanted(membership));
    let listed = wanted.map(|membership| description(world, membership));
    page(call, "GroupMemberships", PAGE, listed)
}

fn named<'w>(world: &'w PracticeState, input: &Input) -> Result<&'w Membership> {
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
    identified(world, "Membership", &membership.id, output)
}
