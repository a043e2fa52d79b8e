//! Configures the SDK: credentials, Region and network.

use std::time::Duration;

use aws_config::{
    BehaviorVersion, Region, SdkConfig, identity::IdentityCache, provider_config::ProviderConfig,
    retry::RetryConfig, timeout::TimeoutConfig,
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
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};

use super::{
    AwsError, Credentials,
    chain::{CredentialChain, ProfileProblem},
    configuration::{Configuration, Settings},
    endpoints::Endpoints,
    fips,
    key_providers::{self, ChainKeys, TokenFileProvider},
    profiles::{self, ToggleSetting},
    request_host::HostNamingClient,
};
use transport::{InvalidCaBundle, Network};

/// The time limit for getting credentials. It's long because a `credential_process` may ask the
/// user for a code.
const CREDENTIALS_LIMIT: Duration = Duration::from_secs(60);
/// The Region used to assume a role if no Region is set. Any Region in the partition works.
const ANY_REGION: &str = "us-east-1";
/// An AWS address, used to look up the system's proxy for AWS.
const ANY_ADDRESS: &str = "https://sts.us-east-1.amazonaws.com/";
const CONNECT_LIMIT: Duration = Duration::from_secs(10);
const ANSWER_LIMIT: Duration = Duration::from_secs(30);

/// Configures practice mode, without files, environment variables or a proxy.
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

/// Returns the configuration for AWS with these settings, without credentials. The SDK's own retries
/// are turned off.
///
/// The SDK never reads the environment or the configuration files itself: it panics on values that
/// the AWS CLI accepts, such as `AWS_RETRY_MODE=legacy`.
///
/// # Errors
///
/// Returns [`AwsError::PlainEndpoint`] if a custom endpoint would expose keys.
fn base(
    http: SharedHttpClient,
    configuration: &Configuration,
    settings: &Settings,
) -> Result<SdkConfigBuilder, AwsError> {
    Ok(SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .service_config(Endpoints::read(configuration, settings).require_safe()?)
        // FIPS is turned on for each service: see `fips`. Only some services have dual-stack
        // endpoints, and every network can reach the regular endpoints.
        .use_fips(false)
        .use_dual_stack(false)
        .http_client(http)
        .retry_config(RetryConfig::disabled())
        .timeout_config(timeouts(ANSWER_LIMIT)))
}

/// Returns a credentials cache that waits for slow providers.
fn identity_cache() -> SharedIdentityCache {
    IdentityCache::lazy().load_timeout(CREDENTIALS_LIMIT).build()
}

/// Returns a provider for these keys. The keys don't expire.
pub fn keys(
    id: &str,
    secret: &SecretString,
    session_token: Option<&SecretString>,
    source: &'static str,
) -> SharedCredentialsProvider {
    let token = session_token.map(|token| token.expose_secret().to_owned());
    SharedCredentialsProvider::new(Keys::new(id, secret.expose_secret(), token, None, source))
}

/// Configures unsigned calls. They go to practice mode at this address, or to AWS.
pub async fn unsigned(
    region: &str,
    practice: Option<&str>,
    network: &Network,
) -> Result<SdkConfig, AwsError> {
    if let Some(endpoint) = practice {
        return Ok(unsigned_practice(endpoint, region).build());
    }
    let configuration = Configuration::load_from_disk().await;
    let settings = settings(None, &configuration)?;
    let (network, setting) = with_bundle(network, &configuration, &settings);
    let http = http_client(&network, setting)?;
    Ok(base(http, &configuration, &settings)?.region(Region::new(region.to_owned())).build())
}

/// Returns the custom endpoints for AWS calls with these credentials.
pub fn endpoints(
    credentials: &Credentials,
    configuration: &Configuration,
) -> Result<Endpoints, AwsError> {
    Endpoints::read(configuration, &settings(Some(credentials), configuration)?).require_safe()
}

/// Configures AWS with a provider that gets the keys when they are needed.
pub fn configure_with_provider(
    credentials: SharedCredentialsProvider,
    region: Option<&str>,
    network: &Network,
    configuration: &Configuration,
) -> Result<RealConfig, AwsError> {
    let settings = settings(None, configuration)?;
    let region = region.map(str::to_owned).or_else(|| profiles::region(configuration, &settings));
    let (network, setting) = with_bundle(network, configuration, &settings);
    let http = http_client(&network, setting)?;
    let config = base(http, configuration, &settings)?
        .region(region.map(Region::new))
        .credentials_provider(credentials)
        .identity_cache(identity_cache())
        .build();
    let use_fips = profiles::is_set(configuration, &settings, ToggleSetting::Fips);
    Ok(RealConfig { config, code_expiry: None, use_fips, network })
}

/// The configuration for calls to AWS.
pub struct RealConfig {
    pub config: SdkConfig,
    /// When the keys obtained with an MFA code expire.
    pub code_expiry: Option<Timestamp>,
    /// The configuration asks for FIPS endpoints.
    pub use_fips: bool,
    /// How to reach AWS, including the certificates from the configuration.
    pub network: Network,
}

/// Configures AWS from this computer's configuration, including `AWS_ENDPOINT_URL` and
/// `endpoint_url`. Never uses the instance metadata service.
pub async fn load_config(
    credentials: &Credentials,
    region: Option<&str>,
    network: &Network,
    configuration: &Configuration,
) -> Result<RealConfig, AwsError> {
    let settings = settings(Some(credentials), configuration)?;
    let (network, setting) = with_bundle(network, configuration, &settings);
    let http = http_client(&network, setting)?;
    let use_fips = profiles::is_set(configuration, &settings, ToggleSetting::Fips);
    let region =
        region.map(str::to_owned).or_else(|| region_in(configuration, &settings)).map(Region::new);
    let unsigned = base(http.clone(), configuration, &settings)?.region(region.clone()).build();
    let sts_has_fips = |region: &Region| fips::has_endpoint("sts", region.as_ref());
    let sts_uses_fips = use_fips && region.as_ref().is_some_and(sts_has_fips);
    let for_keys = unsigned.to_builder().use_fips(sts_uses_fips).build();
    let keys = provider(credentials, configuration, &for_keys, &http).await?;
    let builder = unsigned.to_builder().credentials_provider(keys.provider);
    let config = builder.identity_cache(identity_cache()).build();
    Ok(RealConfig { config, code_expiry: keys.code_expiry, use_fips, network })
}

/// Returns the Region of the profile that these credentials use or the environment selects.
pub fn region(credentials: Option<&Credentials>, configuration: &Configuration) -> Option<String> {
    region_in(configuration, &settings(credentials, configuration).ok()?)
}

fn region_in(configuration: &Configuration, settings: &Settings) -> Option<String> {
    let of_portal = || Some(profiles::portal(configuration, settings)?.region);
    profiles::region(configuration, settings).or_else(of_portal)
}

/// Returns the network with the certificates of the profile that the environment selects.
pub fn network(network: &Network, configuration: &Configuration) -> Network {
    let settings = settings(None, configuration).unwrap_or_default();
    with_bundle(network, configuration, &settings).0
}

/// Returns a provider for the keys of these credentials. `unsigned` and `http` define how to reach
/// AWS.
async fn provider(
    credentials: &Credentials,
    configuration: &Configuration,
    unsigned: &SdkConfig,
    http: &SharedHttpClient,
) -> Result<ChainKeys, AwsError> {
    let base = ProviderConfig::without_region().with_http_client(http.clone());
    let base = base.with_region(unsigned.region().cloned());
    let of_profile = |name: String, code: Option<SecretString>| async move {
        let chain = CredentialChain::resolve(configuration, &name).map_err(AwsError::from)?;
        let region = unsigned.region().cloned().unwrap_or_else(|| default_region_for_chain(&chain));
        let base = base.with_region(Some(region.clone()));
        let config = unsigned.to_builder().region(region).build();
        let environment = &configuration.environment;
        key_providers::provider_for_chain(&chain, code.as_ref(), environment, &base, &config).await
    };
    let provider = match credentials {
        Credentials::Keys { access_key_id, secret_access_key, session_token } => {
            keys(access_key_id, secret_access_key, session_token.as_ref(), "entered")
        }
        Credentials::Profile { name, code } => return of_profile(name.clone(), code.clone()).await,
        // `Connection::open` has already handled practice mode and roles.
        Credentials::Ambient | Credentials::Practice { .. } | Credentials::Role(_) => {
            let environment = &configuration.environment;
            if let Some(found) = environment.keys() {
                let found = found.map_err(ProfileProblem::environment_keys)?;
                keys(&found.id, &found.secret, found.token.as_ref(), "environment")
            } else if let Some(file) = environment
                .get("AWS_WEB_IDENTITY_TOKEN_FILE")
                .filter(|_| environment.profile().is_none())
            {
                let token = WebIdentityTokenCredentialsProvider::builder();
                let base =
                    ProviderConfig::without_region().with_http_client(http.clone()).with_region(
                        Some(unsigned.region().cloned().unwrap_or(Region::from_static(ANY_REGION))),
                    );
                let provider = token.configure(&base).build();
                SharedCredentialsProvider::new(TokenFileProvider { provider, file: file.into() })
            } else {
                return of_profile(configuration.selected_profile(), None).await;
            }
        }
    };
    Ok(ChainKeys { provider, code_expiry: None })
}

/// Returns a Region in which to assume a chain's roles if none is set. Any Region in the partition
/// works.
fn default_region_for_chain(chain: &CredentialChain) -> Region {
    let partition = chain.roles.iter().find_map(|role| role.arn.split(':').nth(1));
    Region::from_static(match partition {
        Some("aws-cn") => "cn-north-1",
        Some("aws-us-gov") => "us-gov-west-1",
        Some("aws-eusc") => "eusc-de-east-1",
        _ => ANY_REGION,
    })
}

/// Returns the settings of the profile that these credentials use or the environment selects.
fn settings(
    credentials: Option<&Credentials>,
    configuration: &Configuration,
) -> Result<Settings, AwsError> {
    let selected = configuration.selected_profile();
    let name = credentials.and_then(Credentials::profile).unwrap_or(&selected);
    match configuration.profile(name) {
        Some(settings) => Ok(settings.clone()),
        None => {
            let is_needed = match credentials {
                Some(Credentials::Profile { .. }) => true,
                Some(Credentials::Ambient) => configuration.environment.profile().is_some(),
                _ => false,
            };
            match is_needed {
                true => Err(ProfileProblem::missing_profile(configuration, name).into()),
                false => Ok(Settings::default()),
            }
        }
    }
}

/// Returns the network with the additional certificates from the configuration, and the setting
/// that specifies them. As in the AWS CLI, the environment takes precedence.
fn with_bundle(
    network: &Network,
    configuration: &Configuration,
    settings: &Settings,
) -> (Network, &'static str) {
    if network.certificates.is_some() {
        return (network.clone(), "AWS_CA_BUNDLE");
    }
    let certificates = settings.get("ca_bundle");
    let certificates = certificates.map(|text| configuration.environment.path(text));
    (Network { certificates, ..network.clone() }, "ca_bundle")
}

/// Returns an HTTPS client that uses the proxy from the system or the environment. It trusts the
/// operating system's root certificates and the additional certificates in `network`, which come
/// from `setting`.
fn http_client(network: &Network, setting: &'static str) -> Result<SharedHttpClient, AwsError> {
    let mut trust = TrustStore::default();
    let unreadable = |InvalidCaBundle(file): InvalidCaBundle| {
        let is_system = network.system_certificates.as_ref() == Some(&file);
        AwsError::Certificates { file, setting: if is_system { "SSL_CERT_FILE" } else { setting } }
    };
    if let Some(roots) = network.pem().map_err(unreadable)? {
        trust.add_pem_certificate(roots);
    }
    let proxy = system_proxy(network);
    let context = TlsContext::builder()
        .with_trust_store(trust)
        .build()
        .map_err(|_| AwsError::Tls { host: String::new() })?;
    let client = Builder::new().build_with_connector_fn(move |settings, components| {
        let mut connector = Connector::builder().proxy_config(proxy.clone());
        connector.set_connector_settings(settings.cloned());
        connector.set_sleep_impl(components.and_then(|components| components.sleep_impl()));
        connector
            .tls_provider(Provider::Rustls(CryptoMode::AwsLc))
            .tls_context(context.clone())
            .build()
    });
    Ok(HostNamingClient::shared(client))
}

/// Returns the system's proxy for AWS, except for hosts in `NO_PROXY`. If the system has no proxy,
/// returns the proxy from the environment.
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

/// Returns the timeouts for connecting and for receiving a response. The first attempt includes
/// getting the keys, so an attempt's timeout also includes the longer limit for keys.
pub fn timeouts(answer: Duration) -> TimeoutConfig {
    TimeoutConfig::builder()
        .connect_timeout(CONNECT_LIMIT)
        .read_timeout(answer)
        .operation_attempt_timeout(CREDENTIALS_LIMIT + CONNECT_LIMIT + answer)
        .build()
}
