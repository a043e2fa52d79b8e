//! How the SDK is set up: whose credentials, which Region, which way through the network.

use std::time::Duration;

use aws_config::{
    BehaviorVersion, Region, SdkConfig,
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
use aws_sdk_sts::config::SharedHttpClient;
use aws_smithy_http_client::{
    Builder, Connector,
    proxy::ProxyConfig,
    tls::{Provider, TlsContext, TrustStore, rustls_provider::CryptoMode},
};
use secrecy::{ExposeSecret, SecretString};

use super::{
    AwsError, Credentials,
    endpoints::Endpoints,
    mfa,
    profiles::{self, Files},
};
use transport::Network;

/// A `credential_process` may ask the person for a code; one that hangs must not hang us.
const CREDENTIALS_LIMIT: Duration = Duration::from_secs(60);
/// Where a role is assumed while no Region is named: any of the partition does.
const ANY_REGION: &str = "us-east-1";
/// An address of AWS, for which the system says its proxy.
const ANY_ADDRESS: &str = "https://sts.us-east-1.amazonaws.com/";
const CONNECT_LIMIT: Duration = Duration::from_secs(10);
const ANSWER_LIMIT: Duration = Duration::from_secs(30);

/// The practice mode: no file, no environment variable, no proxy.
pub fn practice(
    endpoint: &str,
    region: Option<&str>,
    credentials: SharedCredentialsProvider,
) -> SdkConfig {
    SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .endpoint_url(endpoint)
        .region(Region::new(region.unwrap_or("us-east-1").to_owned()))
        .credentials_provider(credentials)
        .http_client(Builder::new().build_http())
        .identity_cache(IdentityCache::lazy().build())
        .retry_config(RetryConfig::disabled())
        .timeout_config(timeouts(ANSWER_LIMIT))
        .build()
}

/// These keys, for ever.
pub fn keys(
    id: &str,
    secret: &SecretString,
    session_token: Option<&SecretString>,
    source: &'static str,
) -> SharedCredentialsProvider {
    let token = session_token.map(|token| token.expose_secret().to_owned());
    SharedCredentialsProvider::new(Keys::new(id, secret.expose_secret(), token, None, source))
}

/// Calls that nobody signs, in the practice mode at this address or in real AWS.
pub async fn unsigned(
    region: &str,
    practice: Option<&str>,
    network: &Network,
) -> Result<SdkConfig, AwsError> {
    let region = Region::new(region.to_owned());
    Ok(match practice {
        Some(endpoint) => SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .endpoint_url(endpoint)
            .region(region)
            .http_client(Builder::new().build_http())
            .retry_config(RetryConfig::disabled())
            .timeout_config(timeouts(ANSWER_LIMIT))
            .build(),
        None => {
            endpoints(None, &Files::OfThisComputer).await?;
            aws_config::defaults(BehaviorVersion::latest())
                .region(region)
                .no_credentials()
                .http_client(http_client(network)?)
                .retry_config(RetryConfig::disabled())
                .timeout_config(timeouts(ANSWER_LIMIT))
                .load()
                .await
        }
    })
}

/// The addresses that real calls with this profile, or none, go to instead of to AWS's own.
pub async fn endpoints(profile: Option<&str>, files: &Files) -> Result<Endpoints, AwsError> {
    // A Region is named so that the SDK does not look for one.
    let mut loader = aws_config::defaults(BehaviorVersion::latest())
        .profile_files(files.as_written())
        .region(Region::from_static(ANY_REGION))
        .no_credentials();
    if let Some(name) = profile {
        loader = loader.profile_name(name);
    }
    Endpoints::of(&loader.load().await).safe()
}

/// Real AWS with keys that are brought when they are asked for.
pub async fn by(
    credentials: SharedCredentialsProvider,
    region: Option<&str>,
    network: &Network,
) -> Result<SdkConfig, AwsError> {
    endpoints(None, &Files::OfThisComputer).await?;
    let region =
        RegionProviderChain::first_try(region.map(|region| Region::new(region.to_owned())))
            .or_else(EnvironmentVariableRegionProvider::new())
            .or_else(ProfileFileRegionProvider::new());
    // A region is named whatever it is: without one the SDK would go and ask the instance metadata service.
    let loader = aws_config::defaults(BehaviorVersion::latest())
        .region(region)
        .credentials_provider(credentials)
        .http_client(http_client(network)?)
        .identity_cache(IdentityCache::lazy().load_timeout(CREDENTIALS_LIMIT).build())
        .retry_config(RetryConfig::disabled())
        .timeout_config(timeouts(ANSWER_LIMIT));
    Ok(loader.load().await)
}

/// Real AWS, as these AWS configuration files say. `AWS_ENDPOINT_URL` and `endpoint_url` are honoured; the instance metadata service is never asked.
pub async fn real(
    credentials: &Credentials,
    region: Option<&str>,
    network: &Network,
    files: &Files,
) -> Result<SdkConfig, AwsError> {
    let http = http_client(network)?;
    let profile = match credentials {
        Credentials::Profile { name } | Credentials::ProfileWithCode { name, .. } => {
            Some(name.as_str())
        }
        _ => None,
    };
    endpoints(profile, files).await?;
    let base = ProviderConfig::without_region().with_http_client(http.clone());
    let mut profile_region =
        ProfileFileRegionProvider::builder().configure(&base).profile_files(files.as_written());
    if let Some(name) = profile {
        profile_region = profile_region.profile_name(name);
    }
    let given = RegionProviderChain::first_try(region.map(|region| Region::new(region.to_owned())));
    let chain = match profile {
        Some(_) => {
            given.or_else(profile_region.build()).or_else(EnvironmentVariableRegionProvider::new())
        }
        None => {
            given.or_else(EnvironmentVariableRegionProvider::new()).or_else(profile_region.build())
        }
    };
    let region = chain.region().await;
    let base = base.with_region(region.clone());
    let provider = match credentials {
        Credentials::Keys { access_key_id, secret_access_key, session_token } => {
            keys(access_key_id, secret_access_key, session_token.as_ref(), "entered")
        }
        Credentials::ProfileWithCode { name, code } => {
            let config = aws_config::defaults(BehaviorVersion::latest())
                .profile_files(files.as_written())
                .region(region.clone().or(Some(Region::from_static(ANY_REGION))))
                .no_credentials()
                .http_client(http.clone())
                .retry_config(RetryConfig::disabled())
                .timeout_config(timeouts(ANSWER_LIMIT));
            let config = config.profile_name(name).load().await;
            let keys = mfa::assume(name, code, files, &base, &config).await?;
            SharedCredentialsProvider::new(keys)
        }
        Credentials::Profile { name } => {
            if profiles::relies_on_instance_metadata(Some(name), files).await {
                return Err(AwsError::InstanceMetadata);
            }
            SharedCredentialsProvider::new(profiles::keys(Some(name), files, &base).await)
        }
        // Practice and roles are set up elsewhere.
        Credentials::Ambient | Credentials::Practice { .. } | Credentials::Role(_) => {
            let mut chain = CredentialsProviderChain::first_try(
                "Environment",
                EnvironmentVariableCredentialsProvider::new(),
            );
            if !profiles::relies_on_instance_metadata(None, files).await {
                chain = chain.or_else("Profile", profiles::keys(None, files, &base).await);
            }
            SharedCredentialsProvider::new(chain.or_else(
                "WebIdentityToken",
                WebIdentityTokenCredentialsProvider::builder().configure(&base).build(),
            ))
        }
    };
    let mut loader = aws_config::defaults(BehaviorVersion::latest())
        .profile_files(files.as_written())
        .region(region)
        .credentials_provider(provider)
        .http_client(http)
        .identity_cache(IdentityCache::lazy().load_timeout(CREDENTIALS_LIMIT).build())
        .retry_config(RetryConfig::disabled())
        .timeout_config(timeouts(ANSWER_LIMIT));
    if let Some(name) = profile {
        loader = loader.profile_name(name);
    }
    Ok(loader.load().await)
}

/// HTTPS with the proxy that the environment or the system names, the operating system's roots and, where given,
/// further ones.
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

/// The system's proxy to AWS, around which `NO_PROXY` leads too; where the system names none, the environment's.
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

/// How long we wait for a connection, and for an answer. Whatever brings the keys has its own limit, which is longer:
/// it is part of the first attempt.
pub fn timeouts(answer: Duration) -> TimeoutConfig {
    TimeoutConfig::builder()
        .connect_timeout(CONNECT_LIMIT)
        .read_timeout(answer)
        .operation_attempt_timeout(CREDENTIALS_LIMIT + CONNECT_LIMIT + answer)
        .build()
}
