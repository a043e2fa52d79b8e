//! Every mail that this world has sent.

use axum::Router;

use crate::shared::Shared;

/// The page at `/mailbox`.
pub(crate) fn routes() -> Router<Shared> {
    Router::new()
}
