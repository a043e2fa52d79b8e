//! *Assign users and groups*.

use axum::response::Redirect;
use maud::html;

use super::{
    ApplicationId, path,
    principals::{check_exist, choice, chosen, name_of, word},
    redirect,
};
use crate::{
    pages::{Fields, Page, PageError, PageResult, action},
    state::AppState,
    world::{Assignment, Principal, PrincipalKind},
};

/// Shows the assignments and the form for new ones.
pub async fn page(shared: AppState, ApplicationId(id): ApplicationId) -> PageResult<Page> {
    let (name, assigned, choice) = shared
        .read(|world| {
            let assigned: Vec<_> = world
                .assignments
                .iter()
                .filter(|assignment| assignment.application == id)
                .map(|Assignment { principal, .. }| (principal.clone(), name_of(world, principal)))
                .collect();
            let choice = choice(&format!("applications/{id}/assign"), world);
            Some((world.application(&id)?.name.clone(), assigned, choice))
        })
        .ok_or(PageError::NotFound("application"))?;
    let unassign = path(&format!("applications/{id}/unassign"));
    let body = html! {
        p { "Application: " strong { (name) } }
        h2 { "Assigned users and groups" }
        @if assigned.is_empty() { p { "Nobody is assigned." } }
        ul {
            @for (Principal { kind, id }, name) in &assigned {
                li {
                    (word(*kind)) " " (name) " "
                    (action(&unassign, "Remove access", &[("kind", word(*kind)), ("id", id)]))
                }
            }
        }
        h2 { "Assign users and groups" }
        (choice)
    };
    Ok(super::page("Assign users and groups", body))
}

/// *Assign*: adds to the existing assignments.
pub async fn assign(
    shared: AppState,
    ApplicationId(id): ApplicationId,
    fields: Fields,
) -> PageResult<Redirect> {
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

/// *Remove access*.
pub async fn unassign(
    shared: AppState,
    ApplicationId(id): ApplicationId,
    fields: Fields,
) -> PageResult<Redirect> {
    let kind = match fields.one("kind") {
        "GROUP" => PrincipalKind::Group,
        _ => PrincipalKind::User,
    };
    let to = redirect(&format!("applications/{id}/assign"));
    let principal = Principal { kind, id: fields.one("id").to_owned() };
    let removed = Assignment { application: id, principal };
    shared.change(|world| world.assignments.retain(|assignment| *assignment != removed))?;
    Ok(to)
}
