//! This project's AWS client. Only this crate uses the AWS SDK, and it exposes no SDK types.
//!
//! Calls stay within AWS's rate limits, and are retried only if that is safe. See `rate_limit`.

mod account;
mod account_access;
mod application;
mod aws_clock;
mod aws_files;
mod chain;
mod config;
mod configuration;
mod connections;
mod credential_expiry;
mod credential_process;
mod endpoints;
mod environment_notes;
mod error;
mod event_history;
mod failed_calls;
mod fips;
mod group;
mod instance;
mod interceptor;
mod key_providers;
mod local_settings;
pub mod metadata;
mod policy;
mod preflight;
mod profiles;
mod rate_limit;
mod request_host;
mod service_hosts;
pub mod sign_in;
mod sign_in_cache;
mod user;

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use aws_config::SdkConfig;
use aws_credential_types::provider::SharedCredentialsProvider;
use jiff::Timestamp;
use secrecy::SecretString;
use tokio_util::sync::CancellationToken;

use identifiers::Region;
use transport::Network;

pub use account::{CallerIdentity, Organization};
pub use application::{Application, ApplicationKind, Applications, Assignment, Principal};
pub use chain::{ProfileProblem, ProfileProblemReason};
pub use configuration::{ConfigurationNote, NoteReason};
pub use connections::Connections;
pub use credential_process::CredentialProcessError;
pub use environment_notes::EnvironmentNote;
pub use error::{AwsError, KeyProblem, UnreachableReason};
pub use event_history::{EventName, LoggedEvent, SavedValues};
pub use failed_calls::FailedCall;
pub use instance::{Instance, InstanceDetails};
pub use key_providers::mfa_code;
pub use local_settings::{LocalSettings, local_settings};
pub use policy::{PolicyResources, event_history_policy, policy};
pub use preflight::{Preflight, UserSample, preflight};
pub use profiles::{Profile, ProfileHint, Profiles, profiles};
pub use service_hosts::{ServiceHost, service_hosts};
pub use user::UserAttribute;

use aws_clock::AwsClock;
use configuration::Configuration;
use endpoints::Endpoints;
use failed_calls::FailedCalls;
use interceptor::Interceptor;
use rate_limit::RateLimits;
use sign_in::{RoleAccess, SignIn};

/// Where the credentials come from.
#[derive(Clone, Debug)]
pub enum Credentials {
    /// A profile in the AWS configuration files.
    Profile {
        name: String,
        /// The code currently shown on the MFA device, if one of the profile's roles requires it.
        code: Option<SecretString>,
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
    /// A role that a user who signed in through the browser can use.
    Role(RoleAccess),
    /// The default chain: environment, profile, web identity. The instance metadata service is
    /// never used.
    Ambient,
}

/// A connection to AWS. Calls go to one Region, except calls about an application, which go to the
/// application's own Region.
#[derive(Clone)]
pub struct Connection {
    config: SdkConfig,
    sts: aws_sdk_sts::Client,
    organizations: aws_sdk_organizations::Client,
    sso: aws_sdk_ssoadmin::Client,
    store: aws_sdk_identitystore::Client,
    account_access: aws_sdk_accountaccess::Client,
    region: String,
    /// The instance's Regions, if the instance is known. Applications can be in any of these
    /// Regions.
    regions: Vec<String>,
    endpoints: Endpoints,
    shared: SharedState,
}

/// The state that derived connections share.
#[derive(Clone)]
struct SharedState {
    is_practice: bool,
    /// The configuration asks for FIPS endpoints. They are used if they exist.
    use_fips: bool,
    network: Network,
    /// When access expires, if only the user can renew it.
    access_expiry: Option<Timestamp>,
    limits: Arc<RateLimits>,
    /// Cancels retries and waits.
    stop: CancellationToken,
    clock: AwsClock,
    failed_calls: FailedCalls,
    /// The Region of each known application, by ARN.
    placed: Arc<Mutex<BTreeMap<String, String>>>,
}

impl SharedState {
    fn new(is_practice: bool, access_expiry: Option<Timestamp>) -> Self {
        Self {
            is_practice,
            use_fips: false,
            network: Network::default(),
            access_expiry,
            limits: Arc::default(),
            stop: CancellationToken::new(),
            clock: AwsClock::default(),
            failed_calls: FailedCalls::default(),
            placed: Arc::default(),
        }
    }
}

impl Credentials {
    fn is_practice(&self) -> bool {
        matches!(self, Self::Practice { .. } | Self::Role(RoleAccess { practice: Some(_), .. }))
    }

    fn profile(&self) -> Option<&str> {
        match self {
            Self::Profile { name, .. } => Some(name),
            _ => None,
        }
    }
}

impl Connection {
    /// Prepares a connection. Calls AWS only if that's needed to get the credentials. Without
    /// `region`, uses the Region from the profile or the environment.
    pub async fn open(
        credentials: &Credentials,
        region: Option<&str>,
        network: &Network,
    ) -> Result<Self, AwsError> {
        let configuration = Configuration::load_from_disk().await;
        Self::open_with(credentials, region, network, &configuration).await
    }

    async fn open_with(
        credentials: &Credentials,
        region: Option<&str>,
        network: &Network,
        configuration: &Configuration,
    ) -> Result<Self, AwsError> {
        let mut access_expiry = None;
        let mut use_fips = false;
        let mut reached = network.clone();
        let config = match credentials {
            Credentials::Practice { endpoint, access_key_id, secret_access_key } => {
                let keys = config::keys(access_key_id, secret_access_key, None, "practice");
                config::practice(endpoint, region, keys)
            }
            Credentials::Role(access) => {
                let practice = access.practice.as_deref();
                let services = SignIn::open(access.portal.clone(), practice, network).await?;
                let provider = SharedCredentialsProvider::new(access.key_provider(services));
                match practice {
                    Some(endpoint) => config::practice(endpoint, region, provider),
                    None => {
                        let real = config::configure_with_provider(
                            provider,
                            region,
                            network,
                            configuration,
                        )?;
                        use_fips = real.use_fips;
                        reached = real.network;
                        real.config
                    }
                }
            }
            real => {
                let real = config::load_config(real, region, network, configuration).await?;
                access_expiry = real.code_expiry;
                use_fips = real.use_fips;
                reached = real.network;
                real.config
            }
        };
        let access_expiry = match credentials {
            Credentials::Practice { .. } => None,
            Credentials::Role(access) => access.access_expiry().await,
            other => match access_expiry {
                Some(expiry) => Some(expiry),
                None => credential_expiry::access_expiry(other, configuration).await,
            },
        };
        let shared = SharedState::new(credentials.is_practice(), access_expiry);
        Self::from_config(config, SharedState { use_fips, network: reached, ..shared })
    }

    /// Returns how to reach AWS, including the certificates from the AWS configuration.
    pub fn network(&self) -> &Network {
        &self.shared.network
    }

    /// Returns when the user must renew access: in the browser, with an MFA code, or with the AWS
    /// CLI.
    pub fn access_expiry(&self) -> Option<Timestamp> {
        self.shared.access_expiry
    }

    /// Returns a connection in another Region. Both connections share the rate limits.
    pub fn in_region(&self, region: &str) -> Result<Self, AwsError> {
        let region = aws_config::Region::new(region.to_owned());
        Self::from_config(self.config.to_builder().region(region).build(), self.shared.clone())
    }

    /// Returns a connection with a different response timeout. Both connections share the rate
    /// limits.
    pub fn with_timeout(&self, limit: Duration) -> Result<Self, AwsError> {
        let config = self.config.to_builder().timeout_config(config::timeouts(limit)).build();
        let regions = self.regions.clone();
        Ok(Self { regions, ..Self::from_config(config, self.shared.clone())? })
    }

    /// Returns a connection with a token that cancels its retries and waits.
    pub fn with_stop_token(&self, stop: CancellationToken) -> Self {
        let mut stopped = self.clone();
        stopped.shared.stop = stop;
        stopped
    }

    /// Waits this long, so that recent changes become visible in AWS. Doesn't wait in practice
    /// mode, which shows changes immediately.
    pub async fn wait_for_aws(&self, time: Duration) {
        if !self.shared.is_practice {
            tokio::select! {
                () = tokio::time::sleep(time) => {}
                () = self.shared.stop.cancelled() => {}
            }
        }
    }

    pub fn region(&self) -> &str {
        &self.region
    }

    /// Returns AWS's current time, based on its latest response. `None` if it can't be determined.
    pub fn aws_now(&self) -> Option<Timestamp> {
        self.shared.clock.now()
    }

    /// Returns the last calls that failed, oldest first.
    pub fn failed_calls(&self) -> Vec<FailedCall> {
        self.shared.failed_calls.list()
    }

    /// Returns whether AWS is limiting requests, so that calls wait or are sent at a lower rate.
    pub fn is_throttled(&self) -> bool {
        self.shared.limits.is_throttled()
    }

    fn from_config(config: SdkConfig, shared: SharedState) -> Result<Self, AwsError> {
        let region = config.region().ok_or(AwsError::NoRegion)?.to_string();
        macro_rules! client {
            ($sdk:ident, $service:literal) => {{
                let use_fips = shared.use_fips && fips::has_endpoint($service, &region);
                let builder = $sdk::config::Builder::from(&config).use_fips(use_fips);
                let interceptor = Interceptor(shared.clock.clone());
                $sdk::Client::from_conf(builder.interceptor(interceptor).build())
            }};
        }
        Ok(Self {
            regions: Vec::new(),
            sts: client!(aws_sdk_sts, "sts"),
            organizations: client!(aws_sdk_organizations, "organizations"),
            sso: client!(aws_sdk_ssoadmin, "sso"),
            store: client!(aws_sdk_identitystore, "identitystore"),
            account_access: client!(aws_sdk_accountaccess, "account-access"),
            region,
            endpoints: Endpoints::from_sdk_config(&config),
            config,
            shared,
        })
    }
}

/// Returns the custom endpoints that calls with these credentials use instead of AWS's endpoints.
/// Makes no call.
pub async fn redirected(credentials: &Credentials) -> Result<Option<String>, AwsError> {
    if credentials.is_practice() {
        return Ok(None);
    }
    let configuration = Configuration::load_from_disk().await;
    Ok(config::endpoints(credentials, &configuration)?.list_custom())
}

/// One page of a paginated list.
#[derive(Debug)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// The token for the next page, or `None` on the last page.
    pub next: Option<String>,
}

impl<T> Page<T> {
    fn from_response<S>(
        listed: impl IntoIterator<Item = S>,
        read: impl FnMut(S) -> T,
        next: Option<String>,
    ) -> Self {
        Self { items: listed.into_iter().map(read).collect(), next }
    }
}

/// Collects the items from all pages. `page` gets the page for a token.
async fn collect_pages<T, F>(page: impl Fn(Option<String>) -> F) -> Result<Vec<T>, AwsError>
where
    F: Future<Output = Result<Page<T>, AwsError>>,
{
    let mut items = Vec::new();
    let mut token = None;
    loop {
        let Page { items: more, next } = page(token).await?;
        items.extend(more);
        if next.is_none() {
            return Ok(items);
        }
        token = next;
    }
}

/// Returns the domain that AWS's hosts in a Region use.
fn domain(region: &str) -> &'static str {
    let region = region.parse::<Region>();
    region.ok().and_then(|region| region.partition().host_suffix()).unwrap_or("amazonaws.com")
}

fn timestamp(time: &aws_smithy_types::DateTime) -> Option<Timestamp> {
    Timestamp::new(time.secs(), i32::try_from(time.subsec_nanos()).ok()?).ok()
}

#[cfg(test)]
mod tests;
