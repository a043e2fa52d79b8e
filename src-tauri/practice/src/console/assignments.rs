//! *Assign users and groups* for an application or for the AWS account.

use axum::response::Redirect;
use maud::{Markup, html};

use super::{PathId, path, redirect};
use crate::{
    pages::{Fields, Page, PageError, PageResult, action, form},
    state::AppState,
    world::{AccountAssignment, Assignment, PracticeState, Principal, PrincipalKind},
};

/// The ID of the *ReadOnlyAccess* permission set.
const READ_ONLY_ACCESS: &str = "7223aa11bb22cc33";

/// Shows the existing assignments and the form that adds assignments.
pub async fn page(shared: AppState, PathId(id): PathId) -> PageResult {
    let (name, assigned, choice) = shared
        .read(|world| {
            let assigned: Vec<_> = world
                .assignments
                .iter()
                .filter(|assignment| assignment.application == id)
                .map(|Assignment { principal, .. }| {
                    (principal.clone(), principal_name(world, principal))
                })
                .collect();
            let choice = assignment_form(&format!("applications/{id}/assign"), world);
            Some((world.application(&id)?.name.clone(), assigned, choice))
        })
        .ok_or(PageError::NotFound("application"))?;
    let unassign = path(&format!("applications/{id}/unassign"));
    let body = html! {
        p { "Application: " strong { (name) } }
        h2 { "Assigned users and groups" }
        @if assigned.is_empty() { p { "No users or groups are assigned." } }
        ul {
            @for (Principal { kind, id }, name) in &assigned {
                li {
                    (principal_kind_name(*kind)) " " (name) " "
                    (action(&unassign, "Remove access", &[("kind", principal_kind_name(*kind)), ("id", id)]))
                }
            }
        }
        h2 { "Assign users and groups" }
        (choice)
    };
    Ok(super::page("Assign users and groups", body))
}

/// Handles *Assign*, which adds to the existing assignments.
pub async fn assign(shared: AppState, PathId(id): PathId, fields: Fields) -> PageResult<Redirect> {
    let chosen = chosen(&fields);
    shared.try_change(|world| {
        world.application(&id).ok_or(PageError::NotFound("application"))?;
        check_exist(world, &chosen)?;
        for principal in chosen {
            let assignment = Assignment { application: id.clone(), principal };
            if !world.assignments.contains(&assignment) {
                world.assignments.push(assignment);
            }
        }
        Ok::<_, PageError>(())
    })?;
    Ok(redirect(&format!("applications/{id}/assign")))
}

/// Handles *Remove access*.
pub async fn unassign(
    shared: AppState,
    PathId(id): PathId,
    fields: Fields,
) -> PageResult<Redirect> {
    let kind = match fields.one("kind") {
        "GROUP" => PrincipalKind::Group,
        _ => PrincipalKind::User,
    };
    let to = redirect(&format!("applications/{id}/assign"));
    let principal = Principal { kind, id: fields.text("id") };
    let removed = Assignment { application: id, principal };
    shared.change(|world| world.assignments.retain(|assignment| *assignment != removed))?;
    Ok(to)
}

/// Shows *AWS accounts*: the assignments to the management account. Practice mode has only one
/// permission set.
pub async fn accounts_page(shared: AppState) -> Page {
    let body = shared.read(|world| {
        let assigned = &world.account_assignments;
        html! {
            p { "Account: " strong { (world.organization.management_account) } ", permission set ReadOnlyAccess" }
            h2 { "Assigned users and groups" }
            @if assigned.is_empty() { p { "No users or groups are assigned." } }
            ul {
                @for AccountAssignment { principal, .. } in assigned {
                    li { (principal_kind_name(principal.kind)) " " (principal_name(world, principal)) }
                }
            }
            h2 { "Assign users or groups" }
            (assignment_form("accounts", world))
        }
    });
    super::page("AWS accounts", body)
}

/// Handles *Assign*, which adds to the existing assignments.
pub async fn assign_accounts(shared: AppState, fields: Fields) -> PageResult<Redirect> {
    let chosen = chosen(&fields);
    shared.try_change(|world| {
        check_exist(world, &chosen)?;
        for principal in chosen {
            if shared.switches.account_access_manager {
                world.entitlements.push(principal);
                continue;
            }
            let assignment = AccountAssignment {
                account: world.organization.management_account.clone(),
                permission_set: READ_ONLY_ACCESS.to_owned(),
                principal,
            };
            if !world.account_assignments.contains(&assignment) {
                world.account_assignments.push(assignment);
            }
        }
        Ok::<_, PageError>(())
    })?;
    Ok(redirect("accounts"))
}

/// Renders a form that assigns users and groups. The form posts to the page `action`.
fn assignment_form(action: &str, world: &PracticeState) -> Markup {
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

/// Returns the users and groups that are selected in the form.
fn chosen(fields: &Fields) -> Vec<Principal> {
    let principal = |kind| move |id: &str| Principal { kind, id: id.to_owned() };
    let users = fields.all("user").map(principal(PrincipalKind::User));
    let groups = fields.all("group").map(principal(PrincipalKind::Group));
    users.chain(groups).collect()
}

fn check_exist(world: &PracticeState, principals: &[Principal]) -> PageResult<()> {
    if principals.iter().all(|principal| world.exists(principal)) {
        Ok(())
    } else {
        Err(PageError::NotFound("user or group"))
    }
}

fn principal_kind_name(kind: PrincipalKind) -> &'static str {
    match kind {
        PrincipalKind::User => "USER",
        PrincipalKind::Group => "GROUP",
    }
}

/// Returns the display name. For a deleted principal, returns the ID, like the real console.
fn principal_name(world: &PracticeState, principal: &Principal) -> String {
    let name = match principal.kind {
        PrincipalKind::User => world.user(&principal.id).map(|user| &user.display_name),
        PrincipalKind::Group => world.group(&principal.id).map(|group| &group.display_name),
    };
    name.unwrap_or(&principal.id).clone()
}
