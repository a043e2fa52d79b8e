//! The IAM Identity Center console, served at the host `REGION.console.aws.amazon.com`.

use axum::Router;

use crate::shared::Shared;

/// The pages of this host.
pub(crate) fn routes() -> Router<Shared> {
    Router::new()
}
