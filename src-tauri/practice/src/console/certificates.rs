//! *Manage certificate*: generates a second certificate, activates it, and deletes the inactive
//! certificate.

use axum::response::Redirect;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use jiff::{SignedDuration, Timestamp};
use maud::{Markup, html};
use serde_json::json;
use x509_cert::{Certificate, der::Decode as _};

use super::{PathId, change_application, log, path, redirect};
use crate::{
    pages::{Fields, PageError, PageResult, action, field, form, hidden, input, notice, table},
    saml::{AWS, CertificateShape, new_identity},
    state::{AppState, signing_identity},
    world::Identity,
};

/// The maximum number of certificates per application. Exactly one certificate is active.
const MOST: usize = 2;

/// The precision of the times in a certificate.
const SECOND: SignedDuration = SignedDuration::from_secs(1);

/// The longest validity period that can be entered, in months.
const LONGEST: i64 = 120;

/// Lists the certificates, the active one first.
pub async fn page(shared: AppState, PathId(id): PathId) -> PageResult {
    let (name, identities) = change_application(&shared, &id, |application| {
        signing_identity(application)?;
        Ok((application.name.clone(), application.identities.clone()))
    })?;
    let here = path(&format!("applications/{id}/certificates"));
    let body = html! {
        p { "Application: " strong { (name) } }
        (list(&id, &here, &identities)?)
        @if identities.len() < MOST {
            h2 { "Generate new certificate" }
            (form(&here, "Generate", html! {
                (hidden("do", "generate"))
                (input("Validity period (months)", "months", "60"))
                (select("Algorithm", "algorithm", "SHA-256"))
                (select("Key size", "key_size", "2048-bit RSA"))
            }))
        } @else {
            p .hint { "An application can have two certificates. Delete the inactive one first." }
        }
    };
    Ok(super::page("IAM Identity Center certificate", body))
}

fn list(id: &str, here: &str, identities: &[Identity]) -> PageResult<Markup> {
    let rows = identities.iter().enumerate().map(|(index, identity)| {
        let (serial, until) = serial_and_expiry(identity)?;
        let download = path(&format!("applications/{id}/certificate.pem?number={index}"));
        Ok(html! {
            tr {
                td { code { (serial) } }
                td { @if index == 0 { "Active" } @else { "Inactive" } }
                td { (until.strftime("%B %-d, %Y")) }
                td {
                    a download href=(download) { "Download certificate" }
                    @if index > 0 {
                        " "
                        a href={ (here) "/activate" } { "Set as active" }
                        (action(here, "Delete", &[("do", "delete")]))
                    }
                }
            }
        })
    });
    let rows = rows.collect::<PageResult<Vec<Markup>>>()?;
    Ok(table(
        &["Serial number", "Status", "Expiration date", "Actions"],
        html! { @for row in rows { (row) } },
    ))
}

/// Returns the certificate's serial number (hexadecimal) and the last second in which it's valid.
fn serial_and_expiry(identity: &Identity) -> PageResult<(String, Timestamp)> {
    let certificate = Certificate::from_der(&STANDARD.decode(&identity.certificate_base64)?)?;
    let tbs = certificate.tbs_certificate();
    let until = tbs.validity().not_after.to_unix_duration().as_secs();
    let until = Timestamp::from_second(until.try_into()?)?;
    Ok((hex::encode_upper(tbs.serial_number().as_bytes()), until))
}

fn select(label: &str, name: &str, only: &str) -> Markup {
    field(label, name, html! { select id=(name) name=(name) { option { (only) } } })
}

/// Asks before another certificate becomes active.
pub async fn confirm_activation(PathId(id): PathId) -> super::Page {
    let certificates = path(&format!("applications/{id}/certificates"));
    let body = html! {
        p {
            "Until the service provider has this certificate, users can't sign in to the \
             application."
        }
        (action(&certificates, "Make active", &[("do", "activate")]))
        p { a href=(certificates) { "Cancel" } }
    };
    super::page("Set the selected certificate as active", body)
}

/// Performs one step of a certificate rotation. If the step isn't possible, changes nothing.
pub async fn change_certificate(
    shared: AppState,
    PathId(id): PathId,
    fields: Fields,
) -> PageResult<Redirect> {
    let wanted = fields.one("do");
    let generated = match wanted {
        "generate" => Some(generate(&shared, &id, &fields)?),
        _ => None,
    };
    let now = shared.now();
    shared.try_change(|world| {
        let application = world.application_mut(&id).ok_or(PageError::NotFound("application"))?;
        signing_identity(application)?;
        let has_inactive = application.identities.len() == MOST;
        let call = match (wanted, generated) {
            ("generate", Some(identity)) if !has_inactive => {
                application.identities.push(identity);
                "CreateApplicationInstanceCertificate"
            }
            ("activate", _) if has_inactive => {
                application.identities.swap(0, 1);
                "UpdateApplicationInstanceActiveCertificate"
            }
            ("delete", _) if has_inactive => {
                application.identities.truncate(1);
                "DeleteApplicationInstanceCertificate"
            }
            _ => return Ok(()),
        };
        log(world, &id, [(call, json!({}))], now);
        Ok::<_, PageError>(())
    })?;
    Ok(redirect(&format!("applications/{id}/certificates")))
}

/// Generates a certificate like AWS's, with the validity period that was entered.
///
/// Two certificates of one application never start in the same second.
fn generate(shared: &AppState, id: &str, fields: &Fields) -> PageResult<Identity> {
    let months = match fields.one("months") {
        "" => Some(AWS.months),
        text => text.trim().parse().ok().filter(|months| (1..=LONGEST).contains(months)),
    };
    let months = months.ok_or_else(|| {
        let text = notice("Enter a validity period from 1 to 120 months.");
        PageError::bad_request(super::page("IAM Identity Center certificate", text))
    })?;
    let seed = u64::from_le_bytes(shared.change(|world| world.draw::<8>())?);
    let created = shared.read(|world| Some(world.application(id)?.created_at));
    let created = created.ok_or(PageError::NotFound("application"))?;
    let begins = shared.now().max(created + SECOND);
    Ok(new_identity(seed, begins, &CertificateShape { months, ..AWS })?)
}
