//! Provides a role's keys, based on a sign-in token.

use std::{
    fmt,
    sync::Arc,
    time::{Duration, SystemTime},
};

use aws_credential_types::{
    Credentials as Keys,
    provider::{ProvideCredentials, error::CredentialsError, future},
};
use jiff::Timestamp;
use tokio::sync::Mutex;

use super::{SignIn, SignInToken};
use crate::AwsError;
use identifiers::AccessPortal;

/// Gives a signed-in user access to a role in an account. Clones share the token.
#[derive(Clone)]
pub struct RoleAccess {
    pub portal: AccessPortal,
    pub account: String,
    pub role: String,
    /// Practice mode's address, if the portal is one of its portals.
    pub practice: Option<String>,
    token: Arc<Mutex<SignInToken>>,
    renewed: Arc<dyn Fn(&SignInToken) + Send + Sync>,
}

impl RoleAccess {
    /// Creates role access with this token. Calls `renewed` with each renewed token.
    pub fn new(
        portal: AccessPortal,
        account: String,
        role: String,
        practice: Option<String>,
        token: SignInToken,
        renewed: impl Fn(&SignInToken) + Send + Sync + 'static,
    ) -> Self {
        Self {
            portal,
            account,
            role,
            practice,
            token: Arc::new(Mutex::new(token)),
            renewed: Arc::new(renewed),
        }
    }

    /// Returns when the sign-in expires, or `None` if it can be renewed without the user.
    pub(crate) async fn access_expiry(&self) -> Option<Timestamp> {
        let token = self.token.lock().await;
        token.refresh().is_none().then_some(token.expires)
    }

    /// Returns a key provider that uses these sign-in services.
    pub(crate) fn key_provider(&self, sign_in: SignIn) -> RoleKeys {
        RoleKeys { access: self.clone(), sign_in }
    }
}

impl fmt::Debug for RoleAccess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RoleAccess({} {})", self.account, self.role)
    }
}

/// Fetches the role's keys when the SDK needs them.
#[derive(Debug)]
pub(crate) struct RoleKeys {
    access: RoleAccess,
    sign_in: SignIn,
}

impl RoleKeys {
    async fn keys(&self) -> Result<Keys, AwsError> {
        let mut token = self.access.token.lock().await;
        if !token.is_valid() {
            *token = self.sign_in.renew(&token).await?;
            (self.access.renewed)(&token);
        }
        let asked = self
            .sign_in
            .access
            .get_role_credentials()
            .access_token(token.access_token())
            .account_id(&self.access.account)
            .role_name(&self.access.role);
        let given = asked
            .send()
            .await
            .map_err(|error| self.sign_in.error(&error))?
            .role_credentials
            .ok_or(AwsError::Unreadable)?;
        let expires = u64::try_from(given.expiration).map_err(|_| AwsError::Unreadable)?;
        Ok(Keys::new(
            given.access_key_id.ok_or(AwsError::Unreadable)?,
            given.secret_access_key.ok_or(AwsError::Unreadable)?,
            given.session_token,
            Some(SystemTime::UNIX_EPOCH + Duration::from_millis(expires)),
            "browser",
        ))
    }
}

impl ProvideCredentials for RoleKeys {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(async {
            self.keys().await.map_err(CredentialsError::provider_error)
        })
    }
}
