//! Selecting and displaying users and groups.

use maud::{Markup, html};

use crate::{
    pages::Fields,
    world::{Group, Principal, PrincipalKind, User, World},
};

/// Renders a form that assigns users and groups, posted to `action`.
pub(super) fn choice(action: &str, users: &[User], groups: &[Group]) -> Markup {
    html! {
        form method="post" action=(action) {
            fieldset {
                legend { "Users" }
                @for user in users {
                    div { label { input type="checkbox" name="user" value=(user.id); " " (user.display_name) " (" (user.user_name) ")" } }
                }
            }
            fieldset {
                legend { "Groups" }
                @for group in groups {
                    div { label { input type="checkbox" name="group" value=(group.id); " " (group.display_name) } }
                }
            }
            button type="submit" { "Assign" }
        }
    }
}

/// Returns the users and groups selected in the form.
pub(super) fn chosen(fields: &Fields) -> Vec<Principal> {
    let principal = |kind| move |id: &str| Principal { kind, id: id.to_owned() };
    let users = fields.all("user").map(principal(PrincipalKind::User));
    let groups = fields.all("group").map(principal(PrincipalKind::Group));
    users.chain(groups).collect()
}

pub(super) fn word(kind: PrincipalKind) -> &'static str {
    match kind {
        PrincipalKind::User => "USER",
        PrincipalKind::Group => "GROUP",
    }
}

/// Returns the display name. For a deleted principal, returns the id, as the real console does.
pub(super) fn name_of(world: &World, principal: &Principal) -> String {
    let name = match principal.kind {
        PrincipalKind::User => world.user(&principal.id).map(|user| &user.display_name),
        PrincipalKind::Group => world.group(&principal.id).map(|group| &group.display_name),
    };
    name.unwrap_or(&principal.id).clone()
}
