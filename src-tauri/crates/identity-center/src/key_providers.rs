//! Turns a profile's chain into key providers for the SDK.

use std::{fmt, path::PathBuf};

use aws_config::{
    Region, SdkConfig,
    login::LoginCredentialsProvider,
    provider_config::ProviderConfig,
    sso::SsoCredentialsProvider,
    web_identity_token::{StaticConfiguration, WebIdentityTokenCredentialsProvider},
};
use aws_credential_types::{
    Credentials as Keys,
    provider::{ProvideCredentials, SharedCredentialsProvider, error::CredentialsError, future},
};
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};

use super::{
    AwsError,
    aws_files::AwsFiles,
    chain::{CredentialChain, KeySource, Role},
    config,
    configuration::Environment,
    credential_process::CredentialProcess,
    error, sign_in_cache,
};

/// The default session name. It appears in AWS's logs.
const SESSION: &str = "nops-sso-setup";

/// A provider for the keys at the end of a chain.
pub struct ChainKeys {
    pub provider: SharedCredentialsProvider,
    /// When the keys obtained with an MFA code expire. Only another code renews them.
    pub code_expiry: Option<Timestamp>,
}

/// Returns a provider for the keys at the end of a chain. Assumes a role that requires an MFA code
/// immediately, because a code works only once. `environment` locates the sign-ins of the AWS CLI.
/// `base` and `config` define how to reach AWS.
pub async fn provider_for_chain(
    chain: &CredentialChain,
    code: Option<&SecretString>,
    environment: &Environment,
    base: &ProviderConfig,
    config: &SdkConfig,
) -> Result<ChainKeys, AwsError> {
    if chain.mfa_device().is_some() && code.is_none() {
        return Err(AwsError::CodeNeeded);
    }
    let mut provider = provider_for_source(chain, environment, base);
    let mut code_expiry = None;
    for role in &chain.roles {
        let assume = AssumeRole {
            role: role.clone(),
            config: config.to_builder().credentials_provider(provider).build(),
        };
        provider = match (&role.mfa_serial, code) {
            (Some(_), Some(code)) => {
                let keys = assume.keys(Some(code)).await?;
                code_expiry = keys.expiry().and_then(|expiry| Timestamp::try_from(expiry).ok());
                SharedCredentialsProvider::new(keys)
            }
            _ => SharedCredentialsProvider::new(assume),
        };
    }
    Ok(ChainKeys { provider, code_expiry })
}

fn provider_for_source(
    chain: &CredentialChain,
    environment: &Environment,
    base: &ProviderConfig,
) -> SharedCredentialsProvider {
    let command = chain.sign_in_command();
    let cache_file = sign_in_cache::cache_file(&chain.source, environment);
    match &chain.source {
        KeySource::Keys(keys) => {
            config::keys(&keys.id, &keys.secret, keys.token.as_ref(), "profile")
        }
        KeySource::SignIn { portal, session, account, role } => {
            let mut provider = SsoCredentialsProvider::builder()
                .configure(base)
                .account_id(account)
                .role_name(role)
                .start_url(&portal.start_url)
                .region(Region::new(portal.region.clone()));
            provider.set_session_name(session.clone());
            SharedCredentialsProvider::new(CliSignInProvider {
                provider: provider.build(),
                cache_file,
                command,
            })
        }
        KeySource::Login { session } => {
            let provider = LoginCredentialsProvider::builder(session).configure(base).build();
            SharedCredentialsProvider::new(CliSignInProvider { provider, cache_file, command })
        }
        KeySource::Command(command) => {
            SharedCredentialsProvider::new(CredentialProcess::new(command))
        }
        KeySource::WebIdentity { file, role } => {
            let session_name = role.session_name.clone().unwrap_or_else(|| SESSION.to_owned());
            let identity = StaticConfiguration {
                web_identity_token_file: file.into(),
                role_arn: role.arn.clone(),
                session_name,
            };
            let provider = WebIdentityTokenCredentialsProvider::builder().configure(base);
            let provider = provider.static_configuration(identity).build();
            SharedCredentialsProvider::new(TokenFileProvider { provider, file: file.into() })
        }
    }
}

/// Reads the code of an MFA device: six digits, with or without spaces.
pub fn mfa_code(text: &str) -> Option<SecretString> {
    let code: String = text.split_whitespace().collect();
    (code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit())).then(|| code.into())
}

/// Assumes a role with the keys of `config`.
#[derive(Debug)]
struct AssumeRole {
    role: Role,
    config: SdkConfig,
}

impl AssumeRole {
    async fn keys(&self, code: Option<&SecretString>) -> Result<Keys, AwsError> {
        let role = &self.role;
        let asked = aws_sdk_sts::Client::new(&self.config)
            .assume_role()
            .role_arn(&role.arn)
            .role_session_name(role.session_name.as_deref().unwrap_or(SESSION))
            .set_serial_number(role.mfa_serial.clone())
            .set_token_code(code.map(|code| code.expose_secret().to_owned()))
            .set_external_id(role.external_id.clone())
            .set_duration_seconds(role.duration_seconds);
        let host = match self.config.region() {
            Some(region) => format!("sts.{region}.{}", super::domain(region.as_ref())),
            None => "sts.amazonaws.com".to_owned(),
        };
        // Only the message shows whether the problem is the code or a permission.
        let answer = asked.send().await.map_err(|error| {
            match AwsError::from_sdk_error("sts:AssumeRole", &host, &error).0 {
                denied if denied.is_denied() && is_about_the_code(&error) => AwsError::WrongCode,
                other => other,
            }
        })?;
        let given = answer.credentials.ok_or(AwsError::Unreadable)?;
        let expires = given.expiration.try_into().map_err(|_| AwsError::Unreadable)?;
        Ok(Keys::new(
            given.access_key_id,
            given.secret_access_key,
            Some(given.session_token),
            Some(expires),
            "role",
        ))
    }
}

fn is_about_the_code<E: aws_sdk_sts::error::ProvideErrorMetadata>(error: &E) -> bool {
    let message = error.message().unwrap_or_default();
    message.contains("MultiFactorAuthentication failed")
}

impl ProvideCredentials for AssumeRole {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(async {
            self.keys(None).await.map_err(CredentialsError::provider_error)
        })
    }
}

/// Provides the keys for a web identity token. Reads the token's file first, because the SDK would
/// wait for a pipe forever.
#[derive(Debug)]
pub struct TokenFileProvider {
    pub provider: WebIdentityTokenCredentialsProvider,
    pub file: PathBuf,
}

impl ProvideCredentials for TokenFileProvider {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(async {
            if AwsFiles::OnDisk.read(&self.file).await.is_err() {
                let file = self.file.clone();
                return Err(CredentialsError::provider_error(AwsError::TokenFile { file }));
            }
            self.provider.provide_credentials().await
        })
    }
}

/// Provides the keys from a sign-in that the user made with the AWS CLI, and knows the command that
/// renews the sign-in. Reads the sign-in's file first, because the SDK would wait for a pipe forever.
struct CliSignInProvider<P> {
    provider: P,
    cache_file: Option<PathBuf>,
    command: Option<String>,
}

impl<P> CliSignInProvider<P> {
    async fn has_readable_sign_in(&self) -> bool {
        match &self.cache_file {
            Some(file) => AwsFiles::OnDisk.read(file).await.is_ok(),
            None => true,
        }
    }
}

impl<P> fmt::Debug for CliSignInProvider<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SignedIn({:?})", self.command)
    }
}

impl<P: ProvideCredentials> ProvideCredentials for CliSignInProvider<P> {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        let sign_in_needed = |command: &String| {
            let command = command.clone();
            CredentialsError::provider_error(AwsError::SignInNeeded { command })
        };
        future::ProvideCredentials::new(async move {
            if let Some(command) = &self.command
                && !self.has_readable_sign_in().await
            {
                return Err(sign_in_needed(command));
            }
            self.provider.provide_credentials().await.map_err(|error| {
                match (error::classify_sign_in_error(&error), &self.command) {
                    (AwsError::Expired, Some(command)) => sign_in_needed(command),
                    (AwsError::NoRole, _) => CredentialsError::provider_error(AwsError::NoRole),
                    _ => error,
                }
            })
        })
    }
}
