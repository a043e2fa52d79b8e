//! *Settings*.

use axum::{
    extract::State,
    response::{Html, Redirect},
};
use maud::html;

use super::path;
use crate::{
    pages::{Failure, Fields, value},
    state::AppState,
    world::REGION,
};

/// Shows the instance and its authentication settings.
pub(super) async fn page(State(shared): State<AppState>) -> Html<String> {
    let (instance, portal) = shared.read(|world| (world.instance.clone(), world.portal_host()));
    let body = html! {
        dl {
            (value("Instance ARN", "instance-arn", &instance.arn()))
            (value("Primary Region", "region", REGION))
            (value("Identity source", "identity-source", "Identity Center directory"))
            (value("Identity store ID", "identity-store-id", &instance.identity_store_id))
            (value("AWS access portal URL", "portal-url", &format!("https://{portal}/start")))
        }
        h2 { "Authentication" }
        form method="post" action=(path("settings")) {
            fieldset {
                legend { "Standard authentication" }
                label { input type="checkbox" name="send_email_otp" value="on" checked[instance.send_email_otp]; " Send email OTP" }
                p .hint { "People who were made by API and have no password get a one-time code by mail when they first sign in." }
            }
            button type="submit" { "Save changes" }
        }
    };
    super::page("Settings", body)
}

/// *Save changes*.
pub(super) async fn save(
    State(shared): State<AppState>,
    fields: Fields,
) -> Result<Redirect, Failure> {
    shared.change(|world| world.instance.send_email_otp = fields.is_on("send_email_otp"))?;
    Ok(Redirect::to(&path("settings")))
}
