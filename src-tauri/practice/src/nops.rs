//! nOps: its settings page, its sign-in addresses and its two APIs.

use axum::Router;

use crate::shared::Shared;

/// The pages at the host `app.nops.io`.
pub(crate) fn routes() -> Router<Shared> {
    Router::new()
}

/// The sign-in addresses alone, for a host that has nothing else.
pub(crate) fn sso_routes() -> Router<Shared> {
    Router::new()
}

/// The public API at the host `api.nops.io`.
pub(crate) fn api_routes() -> Router<Shared> {
    Router::new()
}
