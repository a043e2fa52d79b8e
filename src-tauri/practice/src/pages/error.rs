//! Error pages, and pages shown instead of the requested one.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};

use super::{Page, error};

pub type PageResult<T = Page> = Result<T, PageError>;

/// Why a page can't be shown.
#[derive(Debug)]
pub enum PageError {
    /// The address names something that doesn't exist. Holds its kind, such as `application`.
    NotFound(&'static str),
    /// An error of practice mode itself. Holds the reason.
    Internal(String),
    /// Another page is shown instead, such as a form with its problem.
    Other(StatusCode, Page),
}

impl PageError {
    /// Shows `page` for input that can't be accepted.
    pub fn bad_request(page: Page) -> Self {
        Self::Other(StatusCode::BAD_REQUEST, page)
    }
}

impl<E: std::error::Error> From<E> for PageError {
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

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let (status, title, text) = match self {
            Self::Other(status, page) => return (status, page).into_response(),
            Self::NotFound(kind) => (
                StatusCode::NOT_FOUND,
                "404: Page not found",
                format!("Practice has no {kind} with this address."),
            ),
            Self::Internal(reason) => {
                (StatusCode::INTERNAL_SERVER_ERROR, "Practice could not do this", reason)
            }
        };
        (status, super::page(title, error(&text))).into_response()
    }
}
