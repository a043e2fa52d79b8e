//! *AWS accounts*: assignments to the management account, with practice mode's only permission set.

use axum::response::Redirect;
use maud::html;

use super::{
    principals::{check_exist, choice, chosen, name_of, word},
    redirect,
};
use crate::{
    pages::{Fields, Page, PageError, PageResult},
    state::AppState,
    world::AccountAssignment,
};

/// Id of the permission set *ReadOnlyAccess*.
const READ_ONLY_ACCESS: &str = "7223aa11bb22cc33";

/// Shows the assignments and the form for new ones.
pub async fn page(shared: AppState) -> Page {
    let body = shared.read(|world| {
        let assigned = &world.account_assignments;
        html! {
            p { "Account: " strong { (world.organization.management_account) } ", permission set ReadOnlyAccess" }
            h2 { "Assigned users and groups" }
            @if assigned.is_empty() { p { "Nobody is assigned." } }
            ul {
                @for AccountAssignment { principal, .. } in assigned {
                    li { (word(principal.kind)) " " (name_of(world, principal)) }
                }
            }
            h2 { "Assign users or groups" }
            (choice("accounts", world))
        }
    });
    super::page("AWS accounts", body)
}

/// *Assign*: adds to the existing assignments.
pub async fn assign(shared: AppState, fields: Fields) -> PageResult<Redirect> {
    let chosen = chosen(&fields);
    shared.try_change(|world| {
        check_exist(world, &chosen)?;
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
        Ok::<_, PageError>(())
    })?;
    Ok(redirect("accounts"))
}
