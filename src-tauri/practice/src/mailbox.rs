//! The practice mailbox, which contains every email that practice mode has sent.

use axum::{Router, routing};
use maud::html;

use crate::{
    pages::{self, Page},
    state::AppState,
    world::Mail,
};

/// Serves `/mailbox`, with one `article` per email, newest first. The link in an email is the
/// element `a.mail-link`. It points to the address where practice mode serves the link's target.
pub fn routes() -> Router<AppState> {
    Router::new().route("/mailbox", routing::get(mailbox))
}

async fn mailbox(shared: AppState) -> Page {
    let mails: Vec<Mail> = shared.read(|world| world.mails.iter().rev().cloned().collect());
    let body = html! {
        @if mails.is_empty() { p { "No email has been sent yet." } }
        @for mail in &mails {
            article .mail {
                h2 { (mail.subject) }
                p .hint { "To " span .to { (mail.to) } ", from " (mail.from) ", " time datetime=(mail.sent_at) { (mail.sent_at.strftime("%B %-d, %Y, %H:%M:%S UTC")) } }
                @for paragraph in &mail.body { p { (paragraph) } }
                @if let Some(link) = &mail.link {
                    @if let Some(address) = shared.local(&link.link) {
                        p { a .mail-link href=(address) { (link.words) } }
                    }
                    p .hint { code { (link.link) } }
                }
            }
        }
    };
    pages::page("Mailbox", body)
}
