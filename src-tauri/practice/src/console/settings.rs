//! *Settings*.

use axum::response::Redirect;
use maud::html;

use super::{home::instance, path, redirect};
use crate::{
    pages::{Fields, Page, PageResult, checkbox, form},
    state::AppState,
};

/// Shows the instance and its authentication settings.
pub async fn page(shared: AppState) -> Page {
    let send_email_otp = shared.read(|world| world.instance.send_email_otp);
    let body = html! {
        (instance(&shared))
        h2 { "Authentication" }
        (form(&path("settings"), "Save changes", html! {
            fieldset {
                legend { "Standard authentication" }
                (checkbox("Send email OTP", "send_email_otp", send_email_otp))
                p .hint { "People who were made by API and have no password get a one-time code by mail when they first sign in." }
            }
        }))
    };
    super::page("Settings", body)
}

/// *Save changes*.
pub async fn save(shared: AppState, fields: Fields) -> PageResult<Redirect> {
    shared.change(|world| world.instance.send_email_otp = fields.is_on("send_email_otp"))?;
    Ok(redirect("settings"))
}
