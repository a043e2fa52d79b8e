//! The AWS client of this project. Only this crate uses the AWS SDK, and it exposes no SDK types.
//!
//! All calls share one rate limit (20 per second for IAM Identity Center) and are repeated only
//! where that does no harm: see `rate_limit`.

mod account;
mod application;
mod aws_clock;
mod config;
mod credential_expiry;
mod credential_process;
mod endpoints;
mod error;
mod group;
mod instance;
pub mod metadata;
mod mfa;
mod policy;
mod preflight;
mod profiles;
mod rate_limit;
mod response_check;
pub mod sign_in;
mod user;

use std::{sync::Arc, time::Duration};

use aws_config::SdkConfig;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use jiff::Timestamp;
use secrecy::SecretString;
use tokio_util::sync::CancellationToken;

use identifiers::Region;
use transport::Network;

pub use account::{Caller, Organization};
pub use application::{Application, ApplicationKind, Assignment, Principal};
pub use credential_process::CredentialProcessError;
pub use error::{AwsError, UnreachableReason};
pub use instance::{Instance, InstanceDetails};
pub use policy::policy;
pub use preflight::{Preflight, UserSample, preflight};
pub use profiles::{Profile, ProfileProblem, profiles};
pub use user::UserAttribute;

use aws_clock::AwsClock;
use endpoints::Endpoints;
use profiles::Files;
use rate_limit::RateLimiter;
use response_check::RejectNonJson;
use sign_in::RoleAccess;

/// The source of the credentials.
#[derive(Clone, Debug)]
pub enum Credentials {
    /// A profile in the AWS configuration files.
    Profile { name: String },
    /// A profile whose role requires a code from an MFA device.
    ProfileWithCode {
        name: String,
        /// The code that the device shows now.
        code: SecretString,
    },
    Keys {
        access_key_id: String,
        secret_access_key: SecretString,
        /// The session token of temporary keys.
        session_token: Option<SecretString>,
    },
    /// Practice mode, which ignores this computer's AWS configuration.
    Practice {
        /// A loopback address.
        endpoint: String,
        access_key_id: String,
        secret_access_key: SecretString,
    },
    /// A role of a user who signed in through the browser.
    Role(RoleAccess),
    /// The default chain: environment, profile, web identity. The instance metadata service is
    /// never used.
    Ambient,
}

/// A connection to AWS in one Region.
#[derive(Clone)]
pub struct Connection {
    config: SdkConfig,
    sts: aws_sdk_sts::Client,
    organizations: aws_sdk_organizations::Client,
    sso: aws_sdk_ssoadmin::Client,
    store: aws_sdk_identitystore::Client,
    region: String,
    endpoints: Endpoints,
    is_practice: bool,
    /// When access expires that only the user can renew.
    ends: Option<Timestamp>,
    pace: Arc<RateLimiter>,
    /// Stops waiting for AWS and repeating calls.
    stop: CancellationToken,
    clock: AwsClock,
}

impl Connection {
    /// Prepares a connection without calling AWS, except to get credentials that need it. Without
    /// `region`, the Region of the profile or the environment is used.
    pub async fn open(
        credentials: &Credentials,
        region: Option<&str>,
        network: &Network,
    ) -> Result<Self, AwsError> {
        let config = match credentials {
            Credentials::Practice { endpoint, access_key_id, secret_access_key } => {
                config::practice(
                    endpoint,
                    region,
                    config::keys(access_key_id, secret_access_key, None, "practice"),
                )
            }
            Credentials::Role(access) => {
                let services = sign_in::SignIn::open(
                    access.portal.clone(),
                    access.practice.as_deref(),
                    network,
                );
                let provider = SharedCredentialsProvider::new(access.by(services.await?));
                match &access.practice {
                    Some(endpoint) => config::practice(endpoint, region, provider),
                    None => config::by(provider, region, network).await?,
                }
            }
            real => config::real(real, region, network, &Files::OfThisComputer).await?,
        };
        let is_practice = matches!(
            credentials,
            Credentials::Practice { .. } | Credentials::Role(RoleAccess { practice: Some(_), .. })
        );
        let ends = match credentials {
            Credentials::ProfileWithCode { .. } => expiry(&config).await,
            Credentials::Role(access) => access.ends().await,
            other => credential_expiry::of(other, &Files::OfThisComputer).await,
        };
        Ok(Self { ends, ..Self::with(config, is_practice, Arc::default(), AwsClock::default())? })
    }

    /// Returns when access expires that only the user can renew: in the browser, with a code, or
    /// with the AWS CLI.
    pub fn ends(&self) -> Option<Timestamp> {
        self.ends
    }

    /// Returns this connection in another Region. Both share the rate limit.
    pub fn in_region(&self, region: &str) -> Result<Self, AwsError> {
        let region = aws_config::Region::new(region.to_owned());
        let config = self.config.to_builder().region(region).build();
        Ok(Self {
            ends: self.ends,
            stop: self.stop.clone(),
            ..Self::with(config, self.is_practice, Arc::clone(&self.pace), self.clock.clone())?
        })
    }

    /// Returns this connection with another response timeout. Both share the rate limit.
    pub fn with_timeout(&self, limit: Duration) -> Result<Self, AwsError> {
        let timeouts = config::timeouts(limit);
        let config = self.config.to_builder().timeout_config(timeouts).build();
        Ok(Self {
            ends: self.ends,
            stop: self.stop.clone(),
            ..Self::with(config, self.is_practice, Arc::clone(&self.pace), self.clock.clone())?
        })
    }

    /// Returns this connection, which stops repeating calls and waiting for AWS once `stop` is
    /// canceled.
    pub fn stopped_by(&self, stop: CancellationToken) -> Self {
        Self { stop, ..self.clone() }
    }

    /// Waits so that AWS can show recent changes. Practice mode shows them at once.
    pub async fn pass(&self, time: Duration) {
        if !self.is_practice {
            tokio::select! {
                () = tokio::time::sleep(time) => {}
                () = self.stop.cancelled() => {}
            }
        }
    }

    pub fn region(&self) -> &str {
        &self.region
    }

    /// Returns AWS's current time, based on its latest response. `None` if it can't be determined.
    pub fn aws_now(&self) -> Option<Timestamp> {
        self.clock.now()
    }

    /// Returns whether AWS limits our requests and calls are waiting for it.
    pub fn is_throttled(&self) -> bool {
        self.pace.is_throttled()
    }

    fn with(
        config: SdkConfig,
        is_practice: bool,
        pace: Arc<RateLimiter>,
        clock: AwsClock,
    ) -> Result<Self, AwsError> {
        let region = config.region().ok_or(AwsError::NoRegion)?.to_string();
        Ok(Self {
            sts: aws_sdk_sts::Client::from_conf(
                aws_sdk_sts::config::Builder::from(&config)
                    .interceptor(RejectNonJson)
                    .interceptor(clock.clone())
                    .build(),
            ),
            organizations: aws_sdk_organizations::Client::from_conf(
                aws_sdk_organizations::config::Builder::from(&config)
                    .interceptor(RejectNonJson)
                    .interceptor(clock.clone())
                    .build(),
            ),
            sso: aws_sdk_ssoadmin::Client::from_conf(
                aws_sdk_ssoadmin::config::Builder::from(&config)
                    .interceptor(RejectNonJson)
                    .interceptor(clock.clone())
                    .build(),
            ),
            store: aws_sdk_identitystore::Client::from_conf(
                aws_sdk_identitystore::config::Builder::from(&config)
                    .interceptor(RejectNonJson)
                    .interceptor(clock.clone())
                    .build(),
            ),
            endpoints: Endpoints::of(&config),
            ends: None,
            config,
            region,
            is_practice,
            pace,
            stop: CancellationToken::new(),
            clock,
        })
    }
}

/// Returns the custom endpoints that calls with these credentials use instead of AWS's own,
/// without making a call.
pub async fn redirected(credentials: &Credentials) -> Result<Option<String>, AwsError> {
    let profile = match credentials {
        Credentials::Practice { .. } | Credentials::Role(RoleAccess { practice: Some(_), .. }) => {
            return Ok(None);
        }
        Credentials::Profile { name } | Credentials::ProfileWithCode { name, .. } => {
            Some(name.as_str())
        }
        Credentials::Keys { .. } | Credentials::Role(_) | Credentials::Ambient => None,
    };
    Ok(config::endpoints(profile, &Files::OfThisComputer).await?.all())
}

/// A page of a long list.
#[derive(Debug)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// The token for the next page; `None` on the last page.
    pub next: Option<String>,
}

/// Returns the domain of AWS's hosts in a Region.
fn domain(region: &str) -> &'static str {
    let region = region.parse::<Region>();
    region.ok().and_then(|region| region.partition().host_suffix()).unwrap_or("amazonaws.com")
}

/// Converts an SDK time.
fn timestamp(time: &aws_smithy_types::DateTime) -> Option<Timestamp> {
    Timestamp::new(time.secs(), i32::try_from(time.subsec_nanos()).ok()?).ok()
}

#[cfg(test)]
mod tests;

/// Returns when the current keys expire.
async fn expiry(config: &SdkConfig) -> Option<Timestamp> {
    let keys = config.credentials_provider()?.provide_credentials().await;
    Timestamp::try_from(keys.ok()?.expiry()?).ok()
}
