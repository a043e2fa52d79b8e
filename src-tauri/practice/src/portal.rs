//! The AWS access portal and the SAML links of applications.

use axum::Router;

use crate::shared::Shared;

/// The access portal at the host `d-xxxxxxxxxx.awsapps.com`.
pub(crate) fn routes() -> Router<Shared> {
    Router::new()
}

/// The links at the host `portal.sso.REGION.amazonaws.com`.
pub(crate) fn saml_routes() -> Router<Shared> {
    Router::new()
}
