//! Assumes profile roles that require an MFA code, which the SDK doesn't support.

use aws_config::{SdkConfig, profile::ProfileSet, provider_config::ProviderConfig};
use aws_credential_types::{Credentials as Keys, provider::SharedCredentialsProvider};
use secrecy::{ExposeSecret, SecretString};

use super::{
    AwsError,
    profiles::{self, Files},
};

/// The default session name. It appears in AWS's logs.
const SESSION: &str = "nops-sso-setup";

/// Assumes the role of `profile` with its source profile's keys and this code. `base` and `config`
/// define how AWS is reached.
pub async fn assume(
    profile: &str,
    code: &SecretString,
    files: &Files,
    base: &ProviderConfig,
    config: &SdkConfig,
) -> Result<Keys, AwsError> {
    let set = files.load().await?;
    let of = |key: &str| text(&set, profile, key);
    let (Some(role), Some(device), Some(source)) =
        (of("role_arn"), of("mfa_serial"), of("source_profile"))
    else {
        return Err(AwsError::NoCredentials);
    };
    let keys = profiles::keys(Some(&source), files, base).await;
    let config =
        config.to_builder().credentials_provider(SharedCredentialsProvider::new(keys)).build();
    let answer = aws_sdk_sts::Client::new(&config)
        .assume_role()
        .role_arn(role)
        .role_session_name(of("role_session_name").unwrap_or_else(|| SESSION.to_owned()))
        .serial_number(device)
        .token_code(code.expose_secret())
        .set_external_id(of("external_id"))
        .set_duration_seconds(of("duration_seconds").and_then(|text| text.parse().ok()))
        .send()
        .await
        // Only the message tells whether the code or a permission is the cause.
        .map_err(|error| match AwsError::of("sts:AssumeRole", "sts", &error).0 {
            denied if denied.is_denied() && is_about_the_code(&error) => AwsError::WrongCode,
            other => other,
        })?;
    let given = answer.credentials.ok_or(AwsError::Unreadable)?;
    let expires = given.expiration.try_into().map_err(|_| AwsError::Unreadable)?;
    Ok(Keys::new(
        given.access_key_id,
        given.secret_access_key,
        Some(given.session_token),
        Some(expires),
        "mfa",
    ))
}

fn is_about_the_code<E: aws_sdk_sts::error::ProvideErrorMetadata>(error: &E) -> bool {
    let message = error.message().unwrap_or_default();
    message.contains("MultiFactorAuthentication failed")
}

fn text(set: &ProfileSet, profile: &str, key: &str) -> Option<String> {
    set.get_profile(profile)?.get(key).map(str::to_owned)
}
