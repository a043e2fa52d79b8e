//! What all pages look like.

use axum::{Router, response::Html};
use maud::{DOCTYPE, Markup, html};

use crate::shared::Shared;

/// The stylesheet.
pub(crate) fn routes() -> Router<Shared> {
    Router::new()
}

/// A page with its title as heading.
pub(crate) fn page(title: &str, body: Markup) -> Html<String> {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head { meta charset="utf-8"; title { (title) } }
            body { main { h1 { (title) } (body) } }
        }
    };
    Html(page.into_string())
}
