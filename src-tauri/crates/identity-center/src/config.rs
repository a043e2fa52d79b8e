//! Configures the SDK: credentials, Region and network.

use std::time::Duration;

use aws_config::{
    BehaviorVersion, ConfigLoader, Region, SdkConfig,
    environment::{EnvironmentVariableCredentialsProvider, EnvironmentVariableRegionProvider},
    identity::IdentityCache,
    meta::{credentials::CredentialsProviderChain, region::RegionProviderChain},
    profile::ProfileFileRegionProvider,
    provider_config::ProviderConfig,
    retry::RetryConfig,
    timeout::TimeoutConfig,
    web_identity_token::WebIdentityTokenCredentialsProvider,
};
use aws_credential_types::{Credentials as Keys, provider::SharedCredentialsProvider};
use aws_sdk_sts::config::{SharedHttpClient, SharedIdentityCache};
use aws_smithy_http_client::{
    Builder, Connector,
    proxy::ProxyConfig,
    tls::{Provider, TlsContext, TrustStore, rustls_provider::CryptoMode},
};
use aws_types::sdk_config::Builder as SdkConfigBuilder;
use secrecy::{ExposeSecret, SecretString};

use super::{
    AwsError, Credentials,
    endpoints::Endpoints,
    mfa,
    profiles::{self, Files},
};
use transport::Network;

/// The time limit for getting credentials. It's long because a `credential_process` may ask the
/// user for a code.
const CREDENTIALS_LIMIT: Duration = Duration::from_secs(60);
/// The Region for assuming a role if no Region is set. Any Region of the partition works.
const ANY_REGION: &str = "us-east-1";
/// An AWS address, used to ask the system for its proxy.
const ANY_ADDRESS: &str = "https://sts.us-east-1.amazonaws.com/";
const CONNECT_LIMIT: Duration = Duration::from_secs(10);
const ANSWER_LIMIT: Duration = Duration::from_secs(30);

/// Configures practice mode: no file, no environment variable, no proxy.
pub fn practice(
    endpoint: &str,
    region: Option<&str>,
    credentials: SharedCredentialsProvider,
) -> SdkConfig {
    unsigned_practice(endpoint, region.unwrap_or("us-east-1"))
        .credentials_provider(credentials)
        .identity_cache(IdentityCache::lazy().build())
        .build()
}

fn unsigned_practice(endpoint: &str, region: &str) -> SdkConfigBuilder {
    SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .endpoint_url(endpoint)
        .region(Region::new(region.to_owned()))
        .http_client(Builder::new().build_http())
        .retry_config(RetryConfig::disabled())
        .timeout_config(timeouts(ANSWER_LIMIT))
}

/// Returns a configuration loader for AWS, with the SDK's own retries turned off.
fn loader(http: SharedHttpClient) -> ConfigLoader {
    aws_config::defaults(BehaviorVersion::latest())
        .http_client(http)
        .retry_config(RetryConfig::disabled())
        .timeout_config(timeouts(ANSWER_LIMIT))
}

/// Returns a credentials cache that waits for slow providers.
fn identity_cache() -> SharedIdentityCache {
    IdentityCache::lazy().load_timeout(CREDENTIALS_LIMIT).build()
}

/// Returns a provider for these keys, without an expiry.
pub fn keys(
    id: &str,
    secret: &SecretString,
    session_token: Option<&SecretString>,
    source: &'static str,
) -> SharedCredentialsProvider {
    let token = session_token.map(|token| token.expose_secret().to_owned());
    SharedCredentialsProvider::new(Keys::new(id, secret.expose_secret(), token, None, source))
}

/// Configures unsigned calls, to practice mode at this address or to AWS.
pub async fn unsigned(
    region: &str,
    practice: Option<&str>,
    network: &Network,
) -> Result<SdkConfig, AwsError> {
    if let Some(endpoint) = practice {
        return Ok(unsigned_practice(endpoint, region).build());
    }
    endpoints(None, &Files::OfThisComputer).await?;
    let region = Region::new(region.to_owned());
    Ok(loader(http_client(network)?).region(region).no_credentials().load().await)
}

/// Returns the custom endpoints for AWS calls with this profile, or without a profile.
pub async fn endpoints(profile: Option<&str>, files: &Files) -> Result<Endpoints, AwsError> {
    // Set a Region so that the SDK doesn't look for one.
    let mut loader = aws_config::defaults(BehaviorVersion::latest())
        .profile_files(files.as_written())
        .region(Region::from_static(ANY_REGION))
        .no_credentials();
    if let Some(name) = profile {
        loader = loader.profile_name(name);
    }
    Endpoints::of(&loader.load().await).safe()
}

/// Configures AWS with a provider that fetches the keys on demand.
pub async fn by(
    credentials: SharedCredentialsProvider,
    region: Option<&str>,
    network: &Network,
) -> Result<SdkConfig, AwsError> {
    endpoints(None, &Files::OfThisComputer).await?;
    // Always set a Region provider: without one, the SDK would ask the instance metadata service.
    let region = given(region)
        .or_else(EnvironmentVariableRegionProvider::new())
        .or_else(ProfileFileRegionProvider::new());
    let loader = loader(http_client(network)?)
        .region(region)
        .credentials_provider(credentials)
        .identity_cache(identity_cache());
    Ok(loader.load().await)
}

fn given(region: Option<&str>) -> RegionProviderChain {
    RegionProviderChain::first_try(region.map(|region| Region::new(region.to_owned())))
}

/// Configures AWS according to these configuration files. `AWS_ENDPOINT_URL` and `endpoint_url`
/// are respected. The instance metadata service is never used.
pub async fn real(
    credentials: &Credentials,
    region: Option<&str>,
    network: &Network,
    files: &Files,
) -> Result<SdkConfig, AwsError> {
    let http = http_client(network)?;
    let profile = credentials.profile();
    endpoints(profile, files).await?;
    let base = ProviderConfig::without_region().with_http_client(http.clone());
    let mut of_profile =
        ProfileFileRegionProvider::builder().configure(&base).profile_files(files.as_written());
    if let Some(name) = profile {
        of_profile = of_profile.profile_name(name);
    }
    let (of_profile, of_environment) =
        (of_profile.build(), EnvironmentVariableRegionProvider::new());
    let chain = match profile {
        Some(_) => given(region).or_else(of_profile).or_else(of_environment),
        None => given(region).or_else(of_environment).or_else(of_profile),
    };
    let region = chain.region().await;
    let base = base.with_region(region.clone());
    let provider = provider(credentials, files, region.clone(), &base, &http).await?;
    let mut loader = loader(http)
        .profile_files(files.as_written())
        .region(region)
        .credentials_provider(provider)
        .identity_cache(identity_cache());
    if let Some(name) = profile {
        loader = loader.profile_name(name);
    }
    Ok(loader.load().await)
}

/// Returns a provider for the keys of these credentials. `base` and `http` define how AWS is
/// reached.
async fn provider(
    credentials: &Credentials,
    files: &Files,
    region: Option<Region>,
    base: &ProviderConfig,
    http: &SharedHttpClient,
) -> Result<SharedCredentialsProvider, AwsError> {
    Ok(match credentials {
        Credentials::Keys { access_key_id, secret_access_key, session_token } => {
            keys(access_key_id, secret_access_key, session_token.as_ref(), "entered")
        }
        Credentials::ProfileWithCode { name, code } => {
            let config = loader(http.clone())
                .profile_files(files.as_written())
                .profile_name(name)
                .region(region.unwrap_or(Region::from_static(ANY_REGION)))
                .no_credentials();
            let keys = mfa::assume(name, code, files, base, &config.load().await).await?;
            SharedCredentialsProvider::new(keys)
        }
        Credentials::Profile { name } => {
            if profiles::relies_on_instance_metadata(Some(name), files).await {
                return Err(AwsError::InstanceMetadata);
            }
            SharedCredentialsProvider::new(profiles::keys(Some(name), files, base).await)
        }
        // `Connection::open` handles practice mode and roles before this point.
        Credentials::Ambient | Credentials::Practice { .. } | Credentials::Role(_) => {
            let environment = EnvironmentVariableCredentialsProvider::new();
            let mut chain = CredentialsProviderChain::first_try("Environment", environment);
            if !profiles::relies_on_instance_metadata(None, files).await {
                chain = chain.or_else("Profile", profiles::keys(None, files, base).await);
            }
            let token = WebIdentityTokenCredentialsProvider::builder().configure(base).build();
            SharedCredentialsProvider::new(chain.or_else("WebIdentityToken", token))
        }
    })
}

/// Returns an HTTPS client with the proxy from the system or the environment, the operating
/// system's root certificates, and the additional ones from `network`.
fn http_client(network: &Network) -> Result<SharedHttpClient, AwsError> {
    let mut trust = TrustStore::default();
    if let Some(roots) = network.pem()? {
        trust.add_pem_certificate(roots);
    }
    let proxy = system_proxy(network);
    let context = TlsContext::builder()
        .with_trust_store(trust)
        .build()
        .map_err(|_| AwsError::Tls { host: String::new() })?;
    Ok(Builder::new().build_with_connector_fn(move |settings, components| {
        let mut connector = Connector::builder().proxy_config(proxy.clone());
        connector.set_connector_settings(settings.cloned());
        connector.set_sleep_impl(components.and_then(|components| components.sleep_impl()));
        connector
            .tls_provider(Provider::Rustls(CryptoMode::AwsLc))
            .tls_context(context.clone())
            .build()
    }))
}

/// Returns the system's proxy for AWS, except for hosts in `NO_PROXY`. If the system has none,
/// uses the environment's.
fn system_proxy(network: &Network) -> ProxyConfig {
    let named = network.proxy(ANY_ADDRESS);
    let Some(Ok(proxy)) = named.map(ProxyConfig::https) else {
        return ProxyConfig::from_env();
    };
    let around = ["NO_PROXY", "no_proxy"].into_iter().find_map(|name| std::env::var(name).ok());
    match around {
        Some(hosts) => proxy.no_proxy(hosts),
        None => proxy,
    }
}

/// Returns the timeouts for connecting and for a response. The first attempt includes fetching the
/// keys, so the timeout of an attempt includes their longer limit.
pub fn timeouts(answer: Duration) -> TimeoutConfig {
    TimeoutConfig::builder()
        .connect_timeout(CONNECT_LIMIT)
        .read_timeout(answer)
        .operation_attempt_timeout(CREDENTIALS_LIMIT + CONNECT_LIMIT + answer)
        .build()
}
