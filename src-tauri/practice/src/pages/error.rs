//! Error pages, and other pages that replace the requested page.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};

use super::{Page, error};

pub type PageResult<T = Page> = Result<T, PageError>;

/// The reason why a page can't be shown.
#[derive(Debug)]
pub enum PageError {
    /// Nothing exists at the address. Contains the type of the missing item, such as `application`.
    NotFound(&'static str),
    /// An internal error in practice mode. Contains the reason.
    Internal(String),
    /// A different page is shown, such as a form that describes what is wrong with the input.
    Other(StatusCode, Page),
}

impl PageError {
    /// Shows `page` because the input can't be accepted.
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
