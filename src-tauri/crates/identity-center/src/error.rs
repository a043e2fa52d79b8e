//! Errors of AWS calls.

use std::{error::Error, path::PathBuf, time::Duration};

use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_sts::error::{ProvideErrorMetadata, SdkError};
use serde::Deserialize;

use super::credential_process::CredentialProcessError;
use transport::InvalidCaBundle;

/// An error of an AWS call. The message key is `aws-<code>`, and the fields are its parameters.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AwsError {
    #[error("{action} is not allowed")]
    Denied {
        /// The permission, such as `sso:ListApplications`.
        action: String,
    },
    /// The sign-in or the temporary keys have expired.
    #[error("the AWS sign-in has ended")]
    Expired,
    /// AWS doesn't know the access key, or the secret doesn't match it.
    #[error("AWS does not know these keys")]
    BadCredentials,
    /// No credentials were found in the expected place.
    #[error("there are no credentials")]
    NoCredentials,
    /// The profile takes its credentials from an EC2 instance or a container, which we never ask.
    #[error("the instance metadata service is not asked")]
    InstanceMetadata,
    /// The source of the credentials didn't respond in time.
    #[error("the credentials did not come in time")]
    CredentialsTimeout,
    /// The source of the credentials returned an error.
    #[error("the credentials could not be brought")]
    CredentialsFailed,
    /// The profile's command (`credential_process`) returned no keys.
    #[error("the profile's command brought no keys: {reason:?}")]
    CredentialProcess { reason: CredentialProcessError },
    /// The code from the MFA device is wrong.
    #[error("the code is wrong")]
    WrongCode,
    /// The user denied the sign-in in the browser.
    #[error("the sign-in was denied")]
    SignInDenied,
    /// The user didn't complete the sign-in before it expired.
    #[error("the sign-in was not answered in time")]
    SignInLapsed,
    /// No access portal with this address exists in the Region.
    #[error("there is no access portal {address} in {region}")]
    UnknownPortal {
        /// The address as entered.
        address: String,
        region: String,
    },
    /// The local sign-in page couldn't be opened.
    #[error("this computer gives no port on loopback")]
    NoRedirect,
    /// The user doesn't have this role in the account.
    #[error("there is no such role")]
    NoRole,
    /// The credentials belong to the account's root user.
    #[error("these are root credentials")]
    Root,
    /// The environment or a profile sends calls to another computer without TLS.
    #[error("{endpoint} is not encrypted")]
    PlainEndpoint { endpoint: String },
    /// No Region is set.
    #[error("no Region is named")]
    NoRegion,
    /// The clocks of this computer and AWS differ too much.
    #[error("the clock is off")]
    Clock,
    /// AWS is limiting requests, and the call was not repeated any further.
    #[error("AWS asks to slow down")]
    Throttled,
    #[error("there is no such thing")]
    NotFound,
    /// The resource exists already.
    #[error("it is there already")]
    Conflict,
    /// AWS rejected the values.
    #[error("AWS does not take the values: {message}")]
    Validation {
        /// AWS's message.
        message: String,
    },
    /// A quota of the account is used up.
    #[error("a quota is used up")]
    Quota,
    /// AWS couldn't be reached.
    #[error("{host} can't be reached")]
    Unreachable { host: String, reason: UnreachableReason },
    /// The proxy refused the connection.
    #[error("the proxy refused {host}")]
    Proxy {
        /// The requested host.
        host: String,
    },
    /// The server's certificate isn't trusted on this computer.
    #[error("the certificate shown for {host} is not trusted")]
    Tls {
        /// The requested host.
        host: String,
    },
    /// The CA bundle can't be read.
    #[error("the file with certificates can't be read")]
    Certificates { file: PathBuf },
    /// The AWS configuration files can't be read.
    #[error("the AWS configuration files can't be read")]
    Configuration,
    /// No response arrived in time.
    #[error("{host} did not answer in time")]
    Timeout { host: String },
    /// AWS reports a server error.
    #[error("AWS has trouble: {code}")]
    Unavailable {
        /// The error code from AWS, or the HTTP status.
        code: String,
    },
    /// The response isn't readable as one from AWS.
    #[error("AWS's answer can't be read")]
    Unreadable,
    /// Any other error.
    #[error("AWS answered {code}")]
    Other {
        /// The error code from AWS.
        code: String,
    },
}

/// The reason why a host can't be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnreachableReason {
    /// The host name doesn't resolve.
    Name,
    /// The connection was refused, or there is no route to the host.
    Refused,
    /// The connection was interrupted, or failed for another reason.
    Broken,
}

impl UnreachableReason {
    /// Returns the value of the message parameter `reason`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Refused => "refused",
            Self::Broken => "broken",
        }
    }
}

impl AwsError {
    /// All codes, for the message-key test.
    pub const CODES: [&str; 32] = [
        "denied",
        "expired",
        "bad_credentials",
        "no_credentials",
        "instance_metadata",
        "credentials_timeout",
        "credentials_failed",
        "credential_process",
        "wrong_code",
        "sign_in_denied",
        "sign_in_lapsed",
        "unknown_portal",
        "no_redirect",
        "no_role",
        "root",
        "plain_endpoint",
        "no_region",
        "clock",
        "throttled",
        "not_found",
        "conflict",
        "validation",
        "quota",
        "unreachable",
        "proxy",
        "tls",
        "certificates",
        "configuration",
        "timeout",
        "unavailable",
        "unreadable",
        "other",
    ];

    /// Returns the message key without the prefix `aws-`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Denied { .. } => "denied",
            Self::Expired => "expired",
            Self::BadCredentials => "bad_credentials",
            Self::NoCredentials => "no_credentials",
            Self::InstanceMetadata => "instance_metadata",
            Self::CredentialsTimeout => "credentials_timeout",
            Self::CredentialsFailed => "credentials_failed",
            Self::CredentialProcess { .. } => "credential_process",
            Self::WrongCode => "wrong_code",
            Self::SignInDenied => "sign_in_denied",
            Self::SignInLapsed => "sign_in_lapsed",
            Self::UnknownPortal { .. } => "unknown_portal",
            Self::NoRedirect => "no_redirect",
            Self::NoRole => "no_role",
            Self::Root => "root",
            Self::PlainEndpoint { .. } => "plain_endpoint",
            Self::NoRegion => "no_region",
            Self::Clock => "clock",
            Self::Throttled => "throttled",
            Self::NotFound => "not_found",
            Self::Conflict => "conflict",
            Self::Validation { .. } => "validation",
            Self::Quota => "quota",
            Self::Unreachable { .. } => "unreachable",
            Self::Proxy { .. } => "proxy",
            Self::Tls { .. } => "tls",
            Self::Certificates { .. } => "certificates",
            Self::Configuration => "configuration",
            Self::Timeout { .. } => "timeout",
            Self::Unavailable { .. } => "unavailable",
            Self::Unreadable => "unreadable",
            Self::Other { .. } => "other",
        }
    }

    /// Returns the parameters of the message.
    pub fn params(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Denied { action } => vec![("action", action.clone())],
            Self::CredentialProcess { reason } => vec![("reason", reason.code().to_owned())],
            Self::UnknownPortal { address, region } => {
                vec![("address", address.clone()), ("region", region.clone())]
            }
            Self::Validation { message } => vec![("message", message.clone())],
            Self::Unreachable { host, reason } => {
                vec![("host", host.clone()), ("reason", reason.code().to_owned())]
            }
            Self::Proxy { host } | Self::Tls { host } | Self::Timeout { host } => {
                vec![("host", host.clone())]
            }
            Self::PlainEndpoint { endpoint } => vec![("endpoint", endpoint.clone())],
            Self::Certificates { file } => vec![("file", file.display().to_string())],
            Self::Unavailable { code } | Self::Other { code } => vec![("code", code.clone())],
            _ => Vec::new(),
        }
    }

    /// Returns whether a write with this error may have been made after all.
    pub fn is_outcome_unknown(&self) -> bool {
        matches!(
            self,
            Self::Timeout { .. }
                | Self::Unavailable { .. }
                | Self::Unreadable
                | Self::Unreachable { reason: UnreachableReason::Broken, .. }
        )
    }

    /// Classifies an SDK error. Also returns how long AWS asked us to wait.
    pub(super) fn of<E>(action: &str, host: &str, error: &SdkError<E>) -> (Self, Option<Duration>)
    where
        E: ProvideErrorMetadata + Error + 'static,
    {
        let meaning = match error {
            SdkError::ServiceError(context) => {
                let status = context.raw().status().as_u16();
                let code = error.code().unwrap_or_default();
                of_service(action, code, error.message().unwrap_or_default(), status)
            }
            SdkError::TimeoutError(_) => Self::Timeout { host: host.to_owned() },
            SdkError::ResponseError(_) => Self::Unreadable,
            other => of_chain(host, other),
        };
        (meaning, retry_after(error))
    }
}

impl From<InvalidCaBundle> for AwsError {
    fn from(InvalidCaBundle(file): InvalidCaBundle) -> Self {
        Self::Certificates { file }
    }
}

/// Classifies an error response by its error code: AWS's HTTP status isn't specific enough.
fn of_service(action: &str, code: &str, message: &str, status: u16) -> AwsError {
    let clock = message.contains("expired") || message.contains("not yet current");
    match code {
        "AccessDeniedException" | "AccessDenied" | "UnauthorizedOperation" => {
            AwsError::Denied { action: action.to_owned() }
        }
        "ExpiredToken" | "ExpiredTokenException" => AwsError::Expired,
        "RequestExpired" | "RequestTimeTooSkewed" => AwsError::Clock,
        "SignatureDoesNotMatch" | "InvalidSignatureException" if clock => AwsError::Clock,
        "SignatureDoesNotMatch"
        | "InvalidSignatureException"
        | "InvalidClientTokenId"
        | "UnrecognizedClientException"
        | "IncompleteSignature"
        | "MissingAuthenticationToken"
        | "MissingAuthenticationTokenException" => AwsError::BadCredentials,
        "ThrottlingException" | "Throttling" | "TooManyRequestsException" => AwsError::Throttled,
        "ResourceNotFoundException" => AwsError::NotFound,
        "ConflictException" => AwsError::Conflict,
        "ValidationException" | "ValidationError" | "InvalidInputException" => {
            AwsError::Validation { message: message.to_owned() }
        }
        "ServiceQuotaExceededException" => AwsError::Quota,
        // Load balancers in front of AWS respond with pages of their own when AWS is down.
        "" if matches!(status, 500 | 502..=504) => {
            AwsError::Unavailable { code: format!("HTTP {status}") }
        }
        "" => AwsError::Unreadable,
        code if status >= 500 => AwsError::Unavailable { code: code.to_owned() },
        code => AwsError::Other { code: code.to_owned() },
    }
}

/// Classifies an error without a response from AWS. The reason is only in the texts of the source
/// errors. These texts aren't passed on.
fn of_chain(host: &str, error: &(dyn Error + 'static)) -> AwsError {
    let host = host.to_owned();
    let mut text = String::new();
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(credentials) = error.downcast_ref::<CredentialsError>() {
            return of_credentials(credentials);
        }
        text.push_str(&error.to_string().to_lowercase());
        text.push('\n');
        next = error.source();
    }
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if says(&["identity resolver timed out"]) {
        AwsError::CredentialsTimeout
    } else if says(&["timed out", "timeout"]) {
        AwsError::Timeout { host }
    } else if says(&["certificate", "unknownissuer"]) {
        AwsError::Tls { host }
    } else if says(&["tunnel", "proxy"]) {
        AwsError::Proxy { host }
    } else if says(&["dns error", "failed to lookup", "name or service not known"]) {
        AwsError::Unreachable { host, reason: UnreachableReason::Name }
    } else if says(&["refused", "unreachable"]) {
        AwsError::Unreachable { host, reason: UnreachableReason::Refused }
    } else {
        AwsError::Unreachable { host, reason: UnreachableReason::Broken }
    }
}

fn of_credentials(error: &CredentialsError) -> AwsError {
    let mut text = String::new();
    let mut next: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(error) = next {
        if let Some(ours) = error.downcast_ref::<AwsError>() {
            return ours.clone();
        }
        text.push_str(&error.to_string().to_lowercase());
        text.push('\n');
        next = error.source();
    }
    match error {
        _ if text.contains("expired") || text.contains("sso token") => AwsError::Expired,
        CredentialsError::CredentialsNotLoaded(_) => AwsError::NoCredentials,
        CredentialsError::ProviderTimedOut(_) => AwsError::CredentialsTimeout,
        _ => AwsError::CredentialsFailed,
    }
}

/// Reads `RetryAfterSeconds` of a ThrottlingException (IAM Identity Center, Identity Store API
/// reference).
fn retry_after<E>(error: &SdkError<E>) -> Option<Duration> {
    #[derive(Deserialize)]
    struct Throttled {
        #[serde(rename = "RetryAfterSeconds")]
        retry_after_seconds: u64,
    }
    let body = error.raw_response()?.body().bytes()?;
    let throttled: Throttled = serde_json::from_slice(body).ok()?;
    Some(Duration::from_secs(throttled.retry_after_seconds))
}
