//! *Manage certificate*: generates a second certificate, activates it, and deletes the inactive
//! certificate.

use axum::response::Redirect;
use maud::html;

use super::{PathId, change_application, path, redirect};
use crate::{
    pages::{Fields, PageResult, action},
    saml::{AWS, new_identity},
    state::{AppState, signing_identity},
};

/// The maximum number of certificates per application. Exactly one certificate is active.
const MOST: usize = 2;

/// Lists the certificates, the active one first.
pub async fn page(shared: AppState, PathId(id): PathId) -> PageResult {
    let (name, identities) = change_application(&shared, &id, |application| {
        signing_identity(application)?;
        Ok((application.name.clone(), application.identities.clone()))
    })?;
    let here = path(&format!("applications/{id}/certificates"));
    let body = html! {
        p { "Application: " strong { (name) } }
        @for (index, identity) in identities.iter().enumerate() {
            h2 { @if index == 0 { "Active certificate" } @else { "Inactive certificate" } }
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

/// Performs one step of a certificate rotation. If the step isn't possible, changes nothing.
pub async fn change_certificate(
    shared: AppState,
    PathId(id): PathId,
    fields: Fields,
) -> PageResult<Redirect> {
    let seed = u64::from_le_bytes(shared.change(|world| world.draw::<8>())?);
    change_application(&shared, &id, |application| {
        signing_identity(application)?;
        match fields.one("do") {
            "generate" if application.identities.len() < MOST => {
                application.identities.push(new_identity(seed, shared.now(), &AWS)?);
            }
            "activate" => application.identities.rotate_right(1),
            "delete" => application.identities.truncate(1),
            _ => {}
        }
        Ok(())
    })?;
    Ok(redirect(&format!("applications/{id}/certificates")))
}
