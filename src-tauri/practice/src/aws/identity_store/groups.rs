//! Groups. They can't be nested.

use serde_json::{Value, json};

use super::{
    super::{
        error::Failure,
        input::{Input, null, unfit},
        operation::{Answer, Context, time},
        paging::page,
    },
    PAGE, arn, bare_id, check_store, filter, unique_attribute,
};
use crate::world::{Group, World};

/// Group names that AWS reserves.
const RESERVED: [&str; 2] = ["Administrator", "AWSAdministrators"];

/// `CreateGroup`.
pub(in crate::aws) fn create(world: &mut World, input: &Input, context: &Context<'_>) -> Answer {
    check_store(world, input)?;
    let display_name =
        input.bounded_text("DisplayName", 1024)?.ok_or_else(|| null("DisplayName"))?;
    let description = input.bounded_text("Description", 1024)?;
    if RESERVED.contains(&display_name) {
        return Err(unfit("DisplayName", "Member must not be a reserved name"));
    }
    if with_name(world, display_name).is_some() {
        return Err(Failure::taken("Duplicate GroupDisplayName"));
    }
    let group = Group {
        id: world.draw_principal_id(),
        display_name: display_name.to_owned(),
        description: description.map(str::to_owned),
        created_at: context.now,
        updated_at: context.now,
        revision: 1,
    };
    let output = json!({
        "IdentityStoreId": world.instance.identity_store_id,
        "GroupId": group.id,
        "GroupArn": arn("group", &group.id),
        "Revision": group.revision.to_string(),
    });
    world.groups.push(group);
    Ok(output)
}

/// `DeleteGroup`. Removes the memberships, but not the assignments.
pub(in crate::aws) fn delete(world: &mut World, input: &Input, _: &Context<'_>) -> Answer {
    let id = named(world, input)?.id.clone();
    world.groups.retain(|group| group.id != id);
    world.memberships.retain(|membership| membership.group != id);
    Ok(json!({}))
}

/// `DescribeGroup`.
pub(in crate::aws) fn describe(world: &World, input: &Input, _: &Context<'_>) -> Answer {
    Ok(shown(world, named(world, input)?))
}

/// `ListGroups`.
pub(in crate::aws) fn list(world: &World, input: &Input, _: &Context<'_>) -> Answer {
    check_store(world, input)?;
    let wanted = filter(input, "DisplayName")?;
    let listed = world
        .groups
        .iter()
        .filter(|group| wanted.as_ref().is_none_or(|name| group.display_name == *name))
        .map(|group| shown(world, group));
    page(input, "Groups", PAGE, listed)
}

/// `GetGroupId`, by `displayName`.
pub(in crate::aws) fn id(world: &World, input: &Input, _: &Context<'_>) -> Answer {
    check_store(world, input)?;
    let (path, value) = unique_attribute(input)?;
    if path.to_lowercase() != "displayname" {
        let message = format!("{path} is no unique attribute of a group.");
        return Err(Failure::validation(message));
    }
    let group = with_name(world, &value).ok_or_else(|| Failure::missing("GROUP", &value))?;
    Ok(json!({
        "IdentityStoreId": world.instance.identity_store_id,
        "GroupId": group.id,
        "GroupArn": arn("group", &group.id),
    }))
}

/// Returns the group of the member `GroupId`.
pub(super) fn named<'w>(world: &'w World, input: &Input) -> Result<&'w Group, Failure> {
    check_store(world, input)?;
    existing(world, bare_id(input, "GroupId")?)
}

pub(super) fn existing<'w>(world: &'w World, id: &str) -> Result<&'w Group, Failure> {
    world.group(id).ok_or_else(|| Failure::missing("GROUP", id))
}

fn with_name<'w>(world: &'w World, name: &str) -> Option<&'w Group> {
    let wanted = name.to_lowercase();
    world.groups.iter().find(|group| group.display_name.to_lowercase() == wanted)
}

fn shown(world: &World, group: &Group) -> Value {
    let mut shown = json!({
        "IdentityStoreId": world.instance.identity_store_id,
        "GroupId": group.id,
        "GroupArn": arn("group", &group.id),
        "Revision": group.revision.to_string(),
        "DisplayName": group.display_name,
        "CreatedAt": time(group.created_at),
        "UpdatedAt": time(group.updated_at),
    });
    if let Some(description) = &group.description {
        shown["Description"] = json!(description);
    }
    shown
}
