//! The email confirmation that each user's first sign-in requires.

use axum::{
    extract::{Path, State},
    response::Html,
};
use jiff::Timestamp;
use maud::html;

use crate::{
    pages::{Failure, Site, page_at},
    state::AppState,
    world::{Confirmation, Mail, MailLink, NOPS_HOST},
};

/// Renders the page shown until the user confirms by email.
pub(super) fn page(email: &str) -> Html<String> {
    let body = html! {
        p #confirm { "A mail was sent to " strong { (email) } ". Open its link, then sign in again." }
        p { a href="/mailbox" { "Mailbox" } }
    };
    page_at(Site::Nops, "Confirm that SSO access is allowed", body)
}

/// Builds the confirmation email.
pub(super) fn mail(email: &str, token: &str, now: Timestamp) -> Mail {
    Mail {
        to: email.to_owned(),
        from: "no-reply@nops.io".to_owned(),
        subject: "Confirm that SSO access is allowed".to_owned(),
        body: vec![
            "Somebody signed in to nOps with single sign-on and your email address.".to_owned(),
            "Confirm once that this is allowed.".to_owned(),
        ],
        link: Some(MailLink {
            words: "Allow SSO access".to_owned(),
            link: format!("https://{NOPS_HOST}/sso/confirm/{token}"),
        }),
        sent_at: now,
    }
}

/// Handles the email's link.
pub(super) async fn confirm(
    State(shared): State<AppState>,
    Path(token): Path<String>,
) -> Result<Html<String>, Failure> {
    let asked = Confirmation::Asked(token);
    shared.try_change(|world| {
        let user = world.nops.users.iter_mut().find(|user| user.confirmation == asked);
        user.ok_or(Failure::NotFound("open confirmation"))?.confirmation = Confirmation::Given;
        Ok::<_, Failure>(())
    })?;
    let body = html! { p { "Thank you. Sign in again with single sign-on." } };
    Ok(page_at(Site::Nops, "SSO access is allowed", body))
}
