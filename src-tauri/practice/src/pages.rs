//! The layout that all pages share: one frame, one stylesheet and a banner labeled *Practice*.

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

/// Routes of the stylesheet and the script.
pub(crate) fn routes() -> Router<AppState> {
    Router::new().route("/style.css", routing::get(style)).route("/page.js", routing::get(script))
}

async fn style() -> impl IntoResponse {
    ([(CONTENT_TYPE, "text/css; charset=utf-8")], include_str!("pages/style.css"))
}

async fn script() -> impl IntoResponse {
    ([(CONTENT_TYPE, "text/javascript; charset=utf-8")], include_str!("pages/page.js"))
}

/// The site that a page imitates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Site {
    Practice,
    Console,
    Portal,
    Nops,
}

impl Site {
    /// Returns the banner's sentence about the page.
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

/// Renders a page of practice mode itself, with its title as the heading.
pub(crate) fn page(title: &str, body: Markup) -> Html<String> {
    page_at(Site::Practice, title, body)
}

/// Renders a page of `place`, with its title as the heading.
pub(crate) fn page_at(place: Site, title: &str, body: Markup) -> Html<String> {
    page_headed(place, title, html! { h1 { (title) } }, body)
}

/// Renders a page of `place` with a heading other than its title.
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

/// Renders a labeled value for a `dl`, with an element id that scripts can find.
pub(crate) fn value(label: &str, id: &str, value: &str) -> Markup {
    html! { dt { (label) } dd { code id=(id) { (value) } } }
}

/// Renders a labeled value with a copy button.
pub(crate) fn copied(label: &str, id: &str, value: &str) -> Markup {
    html! { dt { (label) } dd .copied { code id=(id) { (value) } (copy(label, id)) } }
}

/// Same as [`copied`], but the page shows only the start of the value.
pub(crate) fn cut(label: &str, id: &str, value: &str) -> Markup {
    html! { dt { (label) } dd .copied.cut { code id=(id) { (value) } (copy(label, id)) } }
}

fn copy(label: &str, id: &str) -> Markup {
    html! { button .copy type="button" data-copy=(id) aria-label={ "Copy " (label) } { "Copy" } }
}

/// Renders a labeled one-line input.
pub(crate) fn input(label: &str, name: &str, value: &str) -> Markup {
    html! {
        div .field {
            label for=(name) { (label) }
            input type="text" id=(name) name=(name) value=(value) autocomplete="off" spellcheck="false";
        }
    }
}

/// Renders a labeled password input.
pub(crate) fn password(label: &str, name: &str) -> Markup {
    html! {
        div .field {
            label for=(name) { (label) }
            input type="password" id=(name) name=(name) autocomplete="off";
        }
    }
}

/// Renders a form with one button that posts only `fields`.
pub(crate) fn action(address: &str, words: &str, fields: &[(&str, &str)]) -> Markup {
    html! {
        form .action method="post" action=(address) {
            @for (name, value) in fields { input type="hidden" name=(name) value=(value); }
            button type="submit" { (words) }
        }
    }
}

/// Renders a notice above a page's content. Screen readers announce it.
pub(crate) fn notice(words: &str) -> Markup {
    html! { p .notice role="status" { (words) } }
}
