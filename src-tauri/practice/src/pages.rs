//! The layout that all pages share: one frame, one stylesheet, and a banner with the label
//! *Practice*.

mod error;
mod fields;
mod session;

use axum::{
    Router,
    http::header::CONTENT_TYPE,
    response::Html,
    routing::{MethodRouter, get},
};
use maud::{DOCTYPE, Markup, html};

pub use self::{
    error::{PageError, PageResult},
    fields::Fields,
    session::{session_id, set_session},
};
use crate::state::AppState;

pub type Page = Html<String>;

pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/style.css", file("text/css; charset=utf-8", include_str!("pages/style.css")))
        .route("/page.js", file("text/javascript; charset=utf-8", include_str!("pages/page.js")))
}

fn file(content_type: &'static str, text: &'static str) -> MethodRouter<AppState> {
    get(async move || ([(CONTENT_TYPE, content_type)], text))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Site {
    Practice,
    Console,
    Portal,
    Nops,
}

impl Site {
    /// Returns the banner's sentence for the page, and the page's CSS class.
    fn banner(self) -> (&'static str, &'static str) {
        match self {
            Self::Practice => ("This is practice mode.", "practice"),
            Self::Console => ("This page imitates the IAM Identity Center console.", "aws"),
            Self::Portal => ("This page imitates the AWS access portal.", "aws"),
            Self::Nops => ("This page imitates nOps.", "nops"),
        }
    }
}

/// Renders a page that belongs to practice mode itself, with the title as its heading.
pub fn page(title: &str, body: Markup) -> Page {
    page_at(Site::Practice, title, body)
}

/// Renders a page of `site`, with the title as its heading.
pub fn page_at(site: Site, title: &str, body: Markup) -> Page {
    page_headed(site, title, html! { h1 { (title) } }, body)
}

/// Renders a page of `site` whose heading differs from its title.
pub fn page_headed(site: Site, title: &str, heading: Markup, body: Markup) -> Page {
    let (sentence, class) = site.banner();
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
            body class=(class) {
                header .band {
                    p { strong { "Practice" } ": " (sentence) " Nothing here reaches AWS or nOps." }
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

/// Renders a labeled value for a `dl`. Scripts can find the value by its element ID.
pub fn value(label: &str, id: &str, value: &str) -> Markup {
    html! { dt { (label) } dd { code id=(id) { (value) } } }
}

/// Same as [`value`], but with a copy button.
pub fn copied(label: &str, id: &str, value: &str) -> Markup {
    copied_value("copied", label, id, value)
}

/// Same as [`copied`], but the page shows only the beginning of the value.
pub fn cut(label: &str, id: &str, value: &str) -> Markup {
    copied_value("copied cut", label, id, value)
}

fn copied_value(class: &str, label: &str, id: &str, value: &str) -> Markup {
    html! {
        dt { (label) }
        dd class=(class) {
            code id=(id) { (value) }
            button .copy type="button" data-copy=(id) aria-label={ "Copy " (label) } { "Copy" }
        }
    }
}

pub fn input(label: &str, name: &str, value: &str) -> Markup {
    field(
        label,
        name,
        html! {
            input type="text" id=(name) name=(name) value=(value) autocomplete="off" spellcheck="false";
        },
    )
}

pub fn password(label: &str, name: &str) -> Markup {
    field(label, name, html! { input type="password" id=(name) name=(name) autocomplete="off"; })
}

/// Renders an input with its label. The input's ID is also `name`.
pub fn field(label: &str, name: &str, input: Markup) -> Markup {
    html! { div .field { label for=(name) { (label) } (input) } }
}

/// Renders a labeled checkbox that sends `on`.
pub fn checkbox(label: &str, name: &str, is_checked: bool) -> Markup {
    html! { label { input type="checkbox" name=(name) value="on" checked[is_checked]; " " (label) } }
}

pub fn hidden(name: &str, value: &str) -> Markup {
    html! { input type="hidden" name=(name) value=(value); }
}

/// Renders a form with one button.
pub fn form(address: &str, button: &str, fields: Markup) -> Markup {
    html! {
        form method="post" action=(address) { (fields) button type="submit" { (button) } }
    }
}

/// Renders a form with one button that posts only `fields`.
pub fn action(address: &str, button: &str, fields: &[(&str, &str)]) -> Markup {
    html! {
        form .action method="post" action=(address) {
            @for (name, value) in fields { (hidden(name, value)) }
            button type="submit" { (button) }
        }
    }
}

/// Renders the tabs of a page, each with a label and an address. The tab with the label `current`
/// is selected.
pub fn tabs(label: &str, tabs: &[(&str, String)], current: &str) -> Markup {
    html! {
        nav .tabs aria-label=(label) {
            @for (name, address) in tabs {
                a href=(address) aria-current=[(*name == current).then_some("page")] { (name) }
                " "
            }
        }
    }
}

pub fn table(headings: &[&str], rows: Markup) -> Markup {
    html! {
        table {
            thead { tr { @for heading in headings { th { (heading) } } } }
            tbody { (rows) }
        }
    }
}

/// Renders a notice above the content of a page. Screen readers announce it.
pub fn notice(text: &str) -> Markup {
    html! { p .notice role="status" { (text) } }
}

/// Renders a notice that something was saved.
pub fn saved(text: &str) -> Markup {
    html! { p .notice .saved role="status" { (text) } }
}

pub fn error(text: &str) -> Markup {
    html! { pre #error { (text) } }
}
