//! *AWS accounts*: assignments to the management account, with practice mode's only permission set.

use axum::{
    extract::State,
    response::{Html, Redirect},
};
use maud::html;

use super::{
    path,
    principals::{choice, chosen, name_of, word},
};
use crate::{
    pages::{Failure, Fields},
    state::AppState,
    world::AccountAssignment,
};

/// Id of the permission set *ReadOnlyAccess*.
const READ_ONLY_ACCESS: &str = "7223aa11bb22cc33";

/// Shows the assignments and the form for new ones.
pub(super) async fn page(State(shared): State<AppState>) -> Html<String> {
    let (account, assigned, users, groups) = shared.read(|world| {
        let assigned: Vec<_> = world
            .account_assignments
            .iter()
            .map(|assignment| {
                let principal = &assignment.principal;
                (word(principal.kind), name_of(world, principal))
            })
            .collect();
        let account = world.organization.management_account.clone();
        (account, assigned, world.users.clone(), world.groups.clone())
    });
    let body = html! {
        p { "Account: " strong { (account) } ", permission set ReadOnlyAccess" }
        h2 { "Assigned users and groups" }
        @if assigned.is_empty() { p { "Nobody is assigned." } }
        ul { @for (kind, name) in &assigned { li { (kind) " " (name) } } }
        h2 { "Assign users or groups" }
        (choice(&path("accounts"), &users, &groups))
    };
    super::page("AWS accounts", body)
}

/// *Assign*: adds to the existing assignments.
pub(super) async fn assign(
    State(shared): State<AppState>,
    fields: Fields,
) -> Result<Redirect, Failure> {
    let chosen = chosen(&fields);
    shared.try_change(|world| {
        if !chosen.iter().all(|principal| world.exists(principal)) {
            return Err(Failure::NotFound("user or group"));
        }
        for principal in chosen {
            let assignment = AccountAssignment {
                account: world.organization.management_account.clone(),
                permission_set: READ_ONLY_ACCESS.to_owned(),
                principal,
            };
            if !world.account_assignments.contains(&assignment) {
                world.account_assignments.push(assignment);
            }
        }
        Ok(())
    })?;
    Ok(Redirect::to(&path("accounts")))
}
