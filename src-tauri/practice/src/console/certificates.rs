//! *Manage certificate*: generates a second certificate, activates it, and deletes the other.

use axum::{
    extract::{Path, State},
    response::{Html, Redirect},
};
use maud::html;

use super::{application_id, path};
use crate::{
    pages::{Failure, Fields, action},
    saml::new_identity,
    state::{AppState, signing_identity},
};

/// Maximum number of certificates of an application. One of them is active.
const MOST: usize = 2;

/// Lists the certificates, the active one first.
pub(super) async fn page(
    State(shared): State<AppState>,
    Path(segment): Path<String>,
) -> Result<Html<String>, Failure> {
    let id = application_id(&segment);
    let (name, identities) = shared.try_change(|world| {
        let application = world.application_mut(id).ok_or(Failure::NotFound("application"))?;
        signing_identity(application)?;
        Ok::<_, Failure>((application.name.clone(), application.identities.clone()))
    })?;
    let here = path(&format!("applications/{id}/certificates"));
    let body = html! {
        p { "Application: " strong { (name) } }
        @for (place, identity) in identities.iter().enumerate() {
            h2 { @if place == 0 { "Active certificate" } @else { "Inactive certificate" } }
            pre { (identity.certificate_pem()) }
        }
        @if identities.len() < MOST {
            (action(&here, "Generate new certificate", &[("do", "generate")]))
        } @else {
            (action(&here, "Set as active", &[("do", "activate")]))
            (action(&here, "Delete inactive certificate", &[("do", "delete")]))
        }
    };
    Ok(super::page("Manage certificate", body))
}

/// Performs one step of a rotation. A step that isn't possible changes nothing.
pub(super) async fn change(
    State(shared): State<AppState>,
    Path(segment): Path<String>,
    fields: Fields,
) -> Result<Redirect, Failure> {
    let id = application_id(&segment);
    let now = shared.now();
    shared.try_change(|world| {
        let seed = u64::from_le_bytes(world.draw::<8>());
        let application = world.application_mut(id).ok_or(Failure::NotFound("application"))?;
        signing_identity(application)?;
        match fields.one("do") {
            "generate" if application.identities.len() < MOST => {
                application.identities.push(new_identity(seed, now)?);
            }
            "activate" => application.identities.rotate_right(1),
            "delete" => application.identities.truncate(1),
            _ => {}
        }
        Ok::<_, Failure>(())
    })?;
    Ok(Redirect::to(&path(&format!("applications/{id}/certificates"))))
}
