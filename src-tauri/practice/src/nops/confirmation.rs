//! The email confirmation that is required when a user signs in for the first time.

use axum::extract::Path;
use jiff::Timestamp;
use maud::html;

use crate::{
    pages::{Page, PageError, PageResult},
    state::AppState,
    world::{Confirmation, Mail, MailLink, NOPS_HOST},
};

/// Renders the page that is shown until the user confirms by email.
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
        link: Some(MailLink { words: "Allow SSO access".to_owned(), link: link(token) }),
        sent_at: now,
    }
}

fn link(token: &str) -> String {
    format!("https://{NOPS_HOST}/sso/confirm/{token}")
}

/// Handles the link in the email, even if it was already used or a newer email replaced it.
pub async fn confirm_email(shared: AppState, Path(token): Path<String>) -> PageResult {
    let (title, text) = shared.try_change(|world| {
        let link = link(&token);
        let asked = Confirmation::Asked(token);
        if let Some(user) = world.nops.users.iter_mut().find(|user| user.confirmation == asked) {
            user.confirmation = Confirmation::Given;
            return Ok(("SSO access is allowed", "Thank you. Sign in again with single sign-on."));
        }
        let is_sent = |mail: &&Mail| mail.link.as_ref().is_some_and(|sent| sent.link == link);
        let mail = world.mails.iter().find(is_sent).ok_or(PageError::NotFound("confirmation"))?;
        let user = world.nops.user(&mail.to);
        Ok::<_, PageError>(match user.map(|user| &user.confirmation) {
            Some(Confirmation::Given) => {
                ("SSO access is already allowed", "This link was used before. Sign in to nOps.")
            }
            _ => ("This link was replaced", "nOps sent a newer email. Open the link in that one."),
        })
    })?;
    let body = html! {
        p { (text) }
        p { a href=(shared.addresses.portal) { "AWS access portal" } }
        p { a href="/mailbox" { "Mailbox" } }
    };
    Ok(super::page(title, body))
}
