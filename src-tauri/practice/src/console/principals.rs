//! Selecting and displaying users and groups.

use maud::{Markup, html};

use super::path;
use crate::{
    pages::{Fields, PageError, PageResult, form},
    world::{Principal, PrincipalKind, World},
};

/// Renders a form that assigns users and groups, posted to the page `action`.
pub fn choice(action: &str, world: &World) -> Markup {
    form(
        &path(action),
        "Assign",
        html! {
            fieldset {
                legend { "Users" }
                @for user in &world.users { (option("user", &user.id, &user.label())) }
            }
            fieldset {
                legend { "Groups" }
                @for group in &world.groups { (option("group", &group.id, &group.display_name)) }
            }
        },
    )
}

/// Renders a checkbox that selects a user or a group.
pub fn option(name: &str, id: &str, label: &str) -> Markup {
    html! { div { label { input type="checkbox" name=(name) value=(id); " " (label) } } }
}

/// Returns the users and groups selected in the form.
pub fn chosen(fields: &Fields) -> Vec<Principal> {
    let principal = |kind| move |id: &str| Principal { kind, id: id.to_owned() };
    let users = fields.all("user").map(principal(PrincipalKind::User));
    let groups = fields.all("group").map(principal(PrincipalKind::Group));
    users.chain(groups).collect()
}

pub fn check_exist(world: &World, principals: &[Principal]) -> PageResult<()> {
    match principals.iter().all(|principal| world.exists(principal)) {
        true => Ok(()),
        false => Err(PageError::NotFound("user or group")),
    }
}

pub fn word(kind: PrincipalKind) -> &'static str {
    match kind {
        PrincipalKind::User => "USER",
        PrincipalKind::Group => "GROUP",
    }
}

/// Returns the display name. For a deleted principal, returns the id, as the real console does.
pub fn name_of(world: &World, principal: &Principal) -> String {
    let name = match principal.kind {
        PrincipalKind::User => world.user(&principal.id).map(|user| &user.display_name),
        PrincipalKind::Group => world.group(&principal.id).map(|group| &group.display_name),
    };
    name.unwrap_or(&principal.id).clone()
}
