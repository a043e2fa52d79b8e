//! What all pages look like: one shell, one stylesheet, a band that says *Practice*.

mod failure;
mod fields;
mod session;

use axum::{
    Router,
    http::header::CONTENT_TYPE,
    response::{Html, IntoResponse},
    routing,
};
use maud::{DOCTYPE, Markup, html};

pub(crate) use self::{
    failure::Failure,
    fields::Fields,
    session::{SignedInTo, session_id, set_session},
};
use crate::state::AppState;

/// The stylesheet and the script.
pub(crate) fn routes() -> Router<AppState> {
    Router::new().route("/style.css", routing::get(style)).route("/page.js", routing::get(script))
}

async fn style() -> impl IntoResponse {
    ([(CONTENT_TYPE, "text/css; charset=utf-8")], include_str!("pages/style.css"))
}

async fn script() -> impl IntoResponse {
    ([(CONTENT_TYPE, "text/javascript; charset=utf-8")], include_str!("pages/page.js"))
}

/// Whose page it plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Site {
    /// The practice mode itself.
    Practice,
    /// The IAM Identity Center console.
    Console,
    /// The AWS access portal.
    Portal,
    /// nOps.
    Nops,
}

impl Site {
    /// What the band says about the page.
    fn sentence(self) -> &'static str {
        match self {
            Self::Practice => "This is the practice mode.",
            Self::Console => "This page plays the IAM Identity Center console.",
            Self::Portal => "This page plays the AWS access portal.",
            Self::Nops => "This page plays nOps.",
        }
    }

    fn class(self) -> &'static str {
        match self {
            Self::Practice => "practice",
            Self::Console | Self::Portal => "aws",
            Self::Nops => "nops",
        }
    }
}

/// A page of the practice mode itself, with its title as heading.
pub(crate) fn page(title: &str, body: Markup) -> Html<String> {
    page_at(Site::Practice, title, body)
}

/// A page of `place`, with its title as heading.
pub(crate) fn page_at(place: Site, title: &str, body: Markup) -> Html<String> {
    page_headed(place, title, html! { h1 { (title) } }, body)
}

/// A page of `place` whose heading is more than its title.
pub(crate) fn page_headed(place: Site, title: &str, heading: Markup, body: Markup) -> Html<String> {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) " – practice" }
                link rel="stylesheet" href="/style.css";
                script src="/page.js" defer {}
            }
            body class=(place.class()) {
                header .band {
                    p { strong { "Practice" } ": " (place.sentence()) " Nothing here reaches AWS or nOps." }
                    nav aria-label="Practice" {
                        a href="/" { "All practice pages" }
                        " "
                        a href="/mailbox" { "Mailbox" }
                    }
                }
                main { (heading) (body) }
            }
        }
    };
    Html(page.into_string())
}

/// A named value in a `dl`, under an element id by which it can be found.
pub(crate) fn value(label: &str, id: &str, value: &str) -> Markup {
    html! { dt { (label) } dd { code id=(id) { (value) } } }
}

/// A named value with a button that copies it.
pub(crate) fn copied(label: &str, id: &str, value: &str) -> Markup {
    html! { dt { (label) } dd .copied { code id=(id) { (value) } (copy(label, id)) } }
}

/// The same where the page shows only the start of the value.
pub(crate) fn cut(label: &str, id: &str, value: &str) -> Markup {
    html! { dt { (label) } dd .copied.cut { code id=(id) { (value) } (copy(label, id)) } }
}

fn copy(label: &str, id: &str) -> Markup {
    html! { button .copy type="button" data-copy=(id) aria-label={ "Copy " (label) } { "Copy" } }
}

/// A labelled one-line input.
pub(crate) fn input(label: &str, name: &str, value: &str) -> Markup {
    html! {
        div .field {
            label for=(name) { (label) }
            input type="text" id=(name) name=(name) value=(value) autocomplete="off" spellcheck="false";
        }
    }
}

/// A labelled password input.
pub(crate) fn password(label: &str, name: &str) -> Markup {
    html! {
        div .field {
            label for=(name) { (label) }
            input type="password" id=(name) name=(name) autocomplete="off";
        }
    }
}

/// A one-button form that posts nothing but what `fields` holds.
pub(crate) fn action(address: &str, words: &str, fields: &[(&str, &str)]) -> Markup {
    html! {
        form .action method="post" action=(address) {
            @for (name, value) in fields { input type="hidden" name=(name) value=(value); }
            button type="submit" { (words) }
        }
    }
}

/// A notice above a page's content; read out by screen readers.
pub(crate) fn notice(words: &str) -> Markup {
    html! { p .notice role="status" { (words) } }
}
