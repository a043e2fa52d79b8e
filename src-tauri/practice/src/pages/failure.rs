//! What a page answers when it can't do what it was asked.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use maud::html;

/// Why there is no page.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The address names something that this world does not have.
    NotFound(&'static str),
    /// The practice mode itself failed, with its reason.
    Internal(String),
}

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        let mut reason = error.to_string();
        let mut source = error.source();
        while let Some(deeper) = source {
            reason = format!("{reason}: {deeper}");
            source = deeper.source();
        }
        Self::Internal(reason)
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let (status, title, words) = match self {
            Self::NotFound(what) => (
                StatusCode::NOT_FOUND,
                "404: Page not found",
                format!("Practice has no {what} with this address."),
            ),
            Self::Internal(reason) => {
                (StatusCode::INTERNAL_SERVER_ERROR, "Practice could not do this", reason)
            }
        };
        let page = super::page(title, html! { pre #error { (words) } });
        (status, page).into_response()
    }
}
