//! *Groups*: the list of groups, the page of a group, and its members.

use axum::response::Redirect;
use maud::html;

use super::{PathId, assignments::option, page, path, redirect};
use crate::{
    pages::{Fields, Page, PageError, PageResult, action, form, input, value},
    state::AppState,
    world::Group,
};

pub async fn list(shared: AppState) -> Page {
    let groups = shared.read(|world| world.groups.clone());
    let body = html! {
        ul {
            @for group in &groups {
                li {
                    a href=(path(&format!("groups/{}", group.id))) { (group.display_name) }
                    @if let Some(description) = &group.description { ": " (description) }
                }
            }
        }
        h2 { "Create group" }
        (form(&path("groups/add"), "Create group", html! {
            (input("Group name", "display_name", ""))
            (input("Description – optional", "description", ""))
        }))
    };
    page("Groups", body)
}

pub async fn details(shared: AppState, PathId(id): PathId) -> PageResult {
    let (name, members, others) = shared
        .read(|world| {
            let users = world.users.iter().cloned();
            let (members, others): (Vec<_>, Vec<_>) =
                users.partition(|user| world.is_member(&id, &user.id));
            Some((world.group(&id)?.display_name.clone(), members, others))
        })
        .ok_or(PageError::NotFound("group"))?;
    let remove = path(&format!("groups/{id}/remove"));
    let body = html! {
        dl { (value("Group ID", "group-id", &id)) }
        h2 { "Users in this group" }
        @if members.is_empty() { p { "This group has no users." } }
        ul {
            @for user in &members {
                li { (user.label()) " " (action(&remove, "Remove users from group", &[("user", &user.id)])) }
            }
        }
        h2 { "Add users to group" }
        (form(&path(&format!("groups/{id}/members")), "Add users to group", html! {
            @for user in &others { (option("user", &user.id, &user.label())) }
        }))
    };
    Ok(page(&name, body))
}

/// Handles *Create group*. Creates no group if the name is empty or already used.
pub async fn add(shared: AppState, fields: Fields) -> PageResult<Redirect> {
    let name = fields.one("display_name");
    let description = fields.one("description");
    shared.change(|world| {
        if name.is_empty() || world.groups.iter().any(|group| group.display_name == name) {
            return;
        }
        let group = Group {
            display_name: name.to_owned(),
            description: (!description.is_empty()).then(|| description.to_owned()),
            ..world.new_group(shared.now())
        };
        world.groups.push(group);
    })?;
    Ok(redirect("groups"))
}

/// Handles *Add users to group*.
pub async fn add_members(
    shared: AppState,
    PathId(id): PathId,
    fields: Fields,
) -> PageResult<Redirect> {
    shared.try_change(|world| {
        world.group(&id).ok_or(PageError::NotFound("group"))?;
        for user in fields.all("user") {
            if world.user(user).is_some() && !world.is_member(&id, user) {
                world.add_member(&id, user, shared.now());
            }
        }
        Ok::<_, PageError>(())
    })?;
    Ok(redirect(&format!("groups/{id}")))
}

/// Handles *Remove users from group*.
pub async fn remove_member(
    shared: AppState,
    PathId(id): PathId,
    fields: Fields,
) -> PageResult<Redirect> {
    let user = fields.one("user");
    shared.change(|world| {
        world.memberships.retain(|membership| membership.group != id || membership.user != user);
    })?;
    Ok(redirect(&format!("groups/{id}")))
}
