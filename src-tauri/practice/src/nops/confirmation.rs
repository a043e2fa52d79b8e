//! The email confirmation that each user's first sign-in requires.

use axum::extract::Path;
use jiff::Timestamp;
use maud::html;

use crate::{
    pages::{Page, PageError, PageResult},
    state::AppState,
    world::{Confirmation, Mail, MailLink, NOPS_HOST},
};

/// Renders the page shown until the user confirms by email.
pub fn page(email: &str) -> Page {
    let body = html! {
        p #confirm { "An email was sent to " strong { (email) } ". Open its link, then sign in again." }
        p { a href="/mailbox" { "Mailbox" } }
    };
    super::page("Confirm that SSO access is allowed", body)
}

pub fn mail(email: &str, token: &str, now: Timestamp) -> Mail {
    Mail {
        to: email.to_owned(),
        from: "no-reply@nops.io".to_owned(),
        subject: "Confirm that SSO access is allowed".to_owned(),
        body: vec![
            "A user signed in to nOps with single sign-on and your email address.".to_owned(),
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
pub async fn confirm(shared: AppState, Path(token): Path<String>) -> PageResult {
    let asked = Confirmation::Asked(token);
    shared.try_change(|world| {
        let user = world.nops.users.iter_mut().find(|user| user.confirmation == asked);
        user.ok_or(PageError::NotFound("open confirmation"))?.confirmation = Confirmation::Given;
        Ok::<_, PageError>(())
    })?;
    let body = html! { p { "Thank you. Sign in again with single sign-on." } };
    Ok(super::page("SSO access is allowed", body))
}
