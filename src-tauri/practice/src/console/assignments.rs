//! *Assign users and groups*.

use axum::{
    extract::{Path, State},
    response::{Html, Redirect},
};
use maud::html;

use super::{
    application_id, path,
    principals::{choice, chosen, name_of, word},
};
use crate::{
    pages::{Failure, Fields, action},
    state::AppState,
    world::{Assignment, Principal, PrincipalKind},
};

/// Shows the assignments and the form for new ones.
pub(super) async fn page(
    State(shared): State<AppState>,
    Path(segment): Path<String>,
) -> Result<Html<String>, Failure> {
    let id = application_id(&segment);
    let (name, assigned, users, groups) = shared
        .read(|world| {
            let name = world.application(id)?.name.clone();
            let assigned: Vec<_> = world
                .assignments
                .iter()
                .filter(|assignment| assignment.application == id)
                .map(|assignment| {
                    (assignment.principal.clone(), name_of(world, &assignment.principal))
                })
                .collect();
            Some((name, assigned, world.users.clone(), world.groups.clone()))
        })
        .ok_or(Failure::NotFound("application"))?;
    let body = html! {
        p { "Application: " strong { (name) } }
        h2 { "Assigned users and groups" }
        @if assigned.is_empty() { p { "Nobody is assigned." } }
        ul {
            @for (principal, name) in &assigned {
                li {
                    (word(principal.kind)) " " (name) " "
                    (action(&path(&format!("applications/{id}/unassign")), "Remove access", &[("kind", word(principal.kind)), ("id", &principal.id)]))
                }
            }
        }
        h2 { "Assign users and groups" }
        (choice(&path(&format!("applications/{id}/assign")), &users, &groups))
    };
    Ok(super::page("Assign users and groups", body))
}

/// *Assign*: adds to the existing assignments.
pub(super) async fn assign(
    State(shared): State<AppState>,
    Path(segment): Path<String>,
    fields: Fields,
) -> Result<Redirect, Failure> {
    let id = application_id(&segment);
    let chosen: Vec<Assignment> = chosen(&fields)
        .into_iter()
        .map(|principal| Assignment { application: id.to_owned(), principal })
        .collect();
    shared.try_change(|world| {
        world.application(id).ok_or(Failure::NotFound("application"))?;
        if !chosen.iter().all(|assignment| world.exists(&assignment.principal)) {
            return Err(Failure::NotFound("user or group"));
        }
        for assignment in chosen {
            if !world.assignments.contains(&assignment) {
                world.assignments.push(assignment);
            }
        }
        Ok(())
    })?;
    Ok(Redirect::to(&path(&format!("applications/{id}/assign"))))
}

/// *Remove access*.
pub(super) async fn unassign(
    State(shared): State<AppState>,
    Path(segment): Path<String>,
    fields: Fields,
) -> Result<Redirect, Failure> {
    let id = application_id(&segment);
    let kind = match fields.one("kind") {
        "GROUP" => PrincipalKind::Group,
        _ => PrincipalKind::User,
    };
    let principal = Principal { kind, id: fields.one("id").to_owned() };
    let removed = Assignment { application: id.to_owned(), principal };
    shared.change(|world| world.assignments.retain(|assignment| *assignment != removed))?;
    Ok(Redirect::to(&path(&format!("applications/{id}/assign"))))
}
