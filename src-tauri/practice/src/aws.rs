//! The AWS API.

use axum::routing::{self, MethodRouter};

use crate::shared::Shared;

/// `POST /`.
pub(crate) fn route(_rate_limit: Option<u32>) -> MethodRouter<Shared> {
    routing::post(async || "")
}
