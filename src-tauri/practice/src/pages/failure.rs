//! Error pages.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use maud::html;

/// Why a page can't be shown.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The address refers to something that doesn't exist. Holds its kind.
    NotFound(&'static str),
    /// Practice mode itself failed. Holds the reason.
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
