//! What we ask AWS, in our words. The only place that names the AWS SDK; none of its types leaves it.
//!
//! Every call waits for its turn (20 a second for IAM Identity Center together) and is repeated
//! only where that can do no harm: see `pace`.

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

/// Where credentials come from.
#[derive(Clone, Debug)]
pub enum Credentials {
    /// A profile of the AWS configuration files.
    Profile {
        /// Its name.
        name: String,
    },
    /// A profile whose role wants a code of an MFA device.
    ProfileWithCode {
        /// Its name.
        name: String,
        /// The code that the device shows now.
        code: SecretString,
    },
    /// Access keys.
    Keys {
        /// The access key id.
        access_key_id: String,
        /// The secret access key.
        secret_access_key: SecretString,
        /// The session token of temporary keys.
        session_token: Option<SecretString>,
    },
    /// The practice mode. Nothing of this computer's AWS configuration is looked at.
    Practice {
        /// Its loopback address.
        endpoint: String,
        /// Its access key id.
        access_key_id: String,
        /// Its secret access key.
        secret_access_key: SecretString,
    },
    /// A role of somebody who signed in through the browser.
    Role(RoleAccess),
    /// The ordinary chain: environment, profile, web identity. Never the instance metadata service.
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
    /// When access ends that only the person can renew.
    ends: Option<Timestamp>,
    pace: Arc<RateLimiter>,
    /// Ends waiting for AWS and repeating calls.
    stop: CancellationToken,
    clock: AwsClock,
}

impl Connection {
    /// Prepares a connection; AWS is not asked yet. Without `region` the profile's or the
    /// environment's is taken. `network` says how AWS is reached.
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

    /// When access ends that only the person can renew: in the browser, by a code, with the AWS CLI.
    pub fn ends(&self) -> Option<Timestamp> {
        self.ends
    }

    /// The same connection in another Region; both together keep to the limit of calls.
    pub fn in_region(&self, region: &str) -> Result<Self, AwsError> {
        let region = aws_config::Region::new(region.to_owned());
        let config = self.config.to_builder().region(region).build();
        Ok(Self {
            ends: self.ends,
            stop: self.stop.clone(),
            ..Self::with(config, self.is_practice, Arc::clone(&self.pace), self.clock.clone())?
        })
    }

    /// The same connection, waiting for an answer so long and no longer; both together keep to the limit of
    /// calls.
    pub fn with_timeout(&self, limit: Duration) -> Result<Self, AwsError> {
        let timeouts = config::timeouts(limit);
        let config = self.config.to_builder().timeout_config(timeouts).build();
        Ok(Self {
            ends: self.ends,
            stop: self.stop.clone(),
            ..Self::with(config, self.is_practice, Arc::clone(&self.pace), self.clock.clone())?
        })
    }

    /// The same connection, which repeats no call and waits for none once `stop` is canceled.
    pub fn stopped_by(&self, stop: CancellationToken) -> Self {
        Self { stop, ..self.clone() }
    }

    /// Waits until AWS shows what it has done up to now. Practice mode shows it at once.
    pub async fn pass(&self, time: Duration) {
        if !self.is_practice {
            tokio::select! {
                () = tokio::time::sleep(time) => {}
                () = self.stop.cancelled() => {}
            }
        }
    }

    /// The Region.
    pub fn region(&self) -> &str {
        &self.region
    }

    /// AWS's time now, as its latest answer tells; none where that can't be told.
    pub fn aws_now(&self) -> Option<Timestamp> {
        self.clock.now()
    }

    /// Whether AWS has asked us to slow down and we are waiting for that reason.
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

/// The addresses that calls with these credentials go to instead of to AWS, without making any.
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

/// A part of a long list.
#[derive(Debug)]
pub struct Page<T> {
    /// What is on it.
    pub items: Vec<T>,
    /// What the next page is asked for with; none on the last.
    pub next: Option<String>,
}

/// The domain of AWS's hosts in a Region.
fn domain(region: &str) -> &'static str {
    let region = region.parse::<Region>();
    region.ok().and_then(|region| region.partition().host_suffix()).unwrap_or("amazonaws.com")
}

/// A time as AWS gives it.
fn timestamp(time: &aws_smithy_types::DateTime) -> Option<Timestamp> {
    Timestamp::new(time.secs(), i32::try_from(time.subsec_nanos()).ok()?).ok()
}

#[cfg(test)]
mod tests;

/// When the keys end that are there already.
async fn expiry(config: &SdkConfig) -> Option<Timestamp> {
    let keys = config.credentials_provider()?.provide_credentials().await;
    Timestamp::try_from(keys.ok()?.expiry()?).ok()
}
