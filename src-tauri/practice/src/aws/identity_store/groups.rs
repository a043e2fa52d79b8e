//! Groups, which can't be nested.

use serde_json::{Value, json};

use super::{
    LONG, PAGE, bare_id, check_not_reserved, check_store, filter, unique_attribute, with_ids,
};
use crate::{
    aws::{ApiError, Call, CallInput, CallResult, Result, page, time},
    world::{Group, PracticeState},
};

pub fn create(world: &mut PracticeState, call: &Call) -> CallResult {
    check_store(world, call)?;
    let display_name = call.bounded_text("DisplayName", LONG)?;
    let description = call.optional_bounded_text("Description", LONG)?;
    check_not_reserved("DisplayName", display_name)?;
    if with_name(world, display_name).is_some() {
        return Err(ApiError::not_unique("Duplicate GroupDisplayName"));
    }
    let group = Group {
        display_name: display_name.to_owned(),
        description: description.map(str::to_owned),
        ..world.new_group(call.now)
    };
    let revision = json!({"Revision": group.revision.to_string()});
    let output = with_ids(world, "Group", &group.id, revision);
    world.groups.push(group);
    Ok(output)
}

/// `DeleteGroup`. Removes the memberships, but not the assignments.
pub fn delete(world: &mut PracticeState, call: &Call) -> CallResult {
    let id = group_from_input(world, call)?.id.clone();
    world.groups.retain(|group| group.id != id);
    world.memberships.retain(|membership| membership.group != id);
    Ok(json!({}))
}

pub fn describe(world: &PracticeState, call: &Call) -> CallResult {
    Ok(description(world, group_from_input(world, call)?))
}

pub fn list(world: &PracticeState, call: &Call) -> CallResult {
    check_store(world, call)?;
    let wanted = filter(call, "DisplayName")?;
    let listed = world
        .groups
        .iter()
        .filter(|group| wanted.as_ref().is_none_or(|name| group.display_name == *name))
        .map(|group| description(world, group));
    page(call, "Groups", PAGE, listed)
}

/// `GetGroupId`. Finds a group by `displayName`.
pub fn id(world: &PracticeState, call: &Call) -> CallResult {
    check_store(world, call)?;
    let (path, value) = unique_attribute(call)?;
    if path.to_lowercase() != "displayname" {
        let message = format!("{path} isn't a unique attribute of a group.");
        return Err(ApiError::validation(message));
    }
    let group = with_name(world, &value).ok_or_else(|| ApiError::missing("GROUP", &value))?;
    Ok(with_ids(world, "Group", &group.id, json!({})))
}

/// Returns the group identified by `GroupId`.
pub fn group_from_input<'w>(world: &'w PracticeState, input: &CallInput) -> Result<&'w Group> {
    check_store(world, input)?;
    find_group(world, bare_id(input, "GroupId")?)
}

pub fn find_group<'w>(world: &'w PracticeState, id: &str) -> Result<&'w Group> {
    world.group(id).ok_or_else(|| ApiError::missing("GROUP", id))
}

fn with_name<'w>(world: &'w PracticeState, name: &str) -> Option<&'w Group> {
    let wanted = name.to_lowercase();
    world.groups.iter().find(|group| group.display_name.to_lowercase() == wanted)
}

fn description(world: &PracticeState, group: &Group) -> Value {
    let mut output = json!({
        "Revision": group.revision.to_string(),
        "DisplayName": group.display_name,
        "CreatedAt": time(group.created_at),
        "UpdatedAt": time(group.updated_at),
    });
    if let Some(description) = &group.description {
        output["Description"] = json!(description);
    }
    with_ids(world, "Group", &group.id, output)
}
