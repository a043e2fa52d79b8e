//! *Groups*: the list, a group's page, and its members.

use axum::{
    extract::{Path, State},
    response::{Html, Redirect},
};
use maud::html;

use super::{page, path};
use crate::{
    pages::{Failure, Fields, action, input, value},
    state::AppState,
    world::Group,
};

pub(super) async fn list(State(shared): State<AppState>) -> Html<String> {
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
        form method="post" action=(path("groups/add")) {
            (input("Group name", "display_name", ""))
            (input("Description – optional", "description", ""))
            button type="submit" { "Create group" }
        }
    };
    page("Groups", body)
}

pub(super) async fn details(
    State(shared): State<AppState>,
    Path(id): Path<String>,
) -> Result<Html<String>, Failure> {
    let (group, members, others) = shared
        .read(|world| {
            let group = world.group(&id)?.clone();
            let users = world.users.iter().cloned();
            let (members, others): (Vec<_>, Vec<_>) =
                users.partition(|user| world.is_member(&id, &user.id));
            Some((group, members, others))
        })
        .ok_or(Failure::NotFound("group"))?;
    let body = html! {
        dl { (value("Group ID", "group-id", &group.id)) }
        h2 { "Users in this group" }
        @if members.is_empty() { p { "This group has no users." } }
        ul {
            @for user in &members {
                li { (user.display_name) " (" (user.user_name) ") " (action(&path(&format!("groups/{id}/remove")), "Remove from group", &[("user", &user.id)])) }
            }
        }
        h2 { "Add users to group" }
        form method="post" action=(path(&format!("groups/{id}/members"))) {
            @for user in &others {
                div { label { input type="checkbox" name="user" value=(user.id); " " (user.display_name) " (" (user.user_name) ")" } }
            }
            button type="submit" { "Add users to group" }
        }
    };
    Ok(page(&group.display_name, body))
}

/// *Create group*. Creates nothing if the name is empty or taken.
pub(super) async fn add(
    State(shared): State<AppState>,
    fields: Fields,
) -> Result<Redirect, Failure> {
    let name = fields.one("display_name").to_owned();
    let description = fields.one("description").to_owned();
    let now = shared.now();
    shared.change(|world| {
        if name.is_empty() || world.groups.iter().any(|group| group.display_name == name) {
            return;
        }
        let group = Group {
            display_name: name,
            description: (!description.is_empty()).then_some(description),
            ..world.new_group(now)
        };
        world.groups.push(group);
    })?;
    Ok(Redirect::to(&path("groups")))
}

/// *Add users to group*.
pub(super) async fn add_members(
    State(shared): State<AppState>,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Redirect, Failure> {
    let now = shared.now();
    shared.try_change(|world| {
        world.group(&id).ok_or(Failure::NotFound("group"))?;
        for user in fields.all("user") {
            if world.user(user).is_some() && !world.is_member(&id, user) {
                world.add_member(&id, user, now);
            }
        }
        Ok::<_, Failure>(())
    })?;
    Ok(Redirect::to(&path(&format!("groups/{id}"))))
}

/// *Remove from group*.
pub(super) async fn remove_member(
    State(shared): State<AppState>,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Redirect, Failure> {
    let user = fields.one("user").to_owned();
    shared.change(|world| {
        world.memberships.retain(|membership| membership.group != id || membership.user != user);
    })?;
    Ok(Redirect::to(&path(&format!("groups/{id}"))))
}
