//! Errors from AWS calls.

use std::{error::Error, path::PathBuf, time::Duration};

use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_sts::error::{ProvideErrorMetadata, SdkError};
use jiff::{Timestamp, fmt::rfc2822};
use serde_json::Value;
use strum::{IntoStaticStr, VariantNames};

use super::{
    chain::ProfileProblem, credential_process::CredentialProcessError, request_host::failed_host,
};
use identifiers::{AccessDenied, DenialCause};
use transport::error_chain::{error_sources, texts};

/// An error in an AWS call. The message key is `aws-<code>`, and the fields are the message's
/// parameters.
#[derive(Clone, Debug, PartialEq, Eq, IntoStaticStr, VariantNames, thiserror::Error)]
#[strum(serialize_all = "snake_case")]
#[error("{}", self.code())]
pub enum AwsError {
    /// The permission is missing. Adding the permission solves the problem.
    Denied {
        /// The permission, such as `sso:ListApplications`.
        action: String,
    },
    /// AWS denied the action for a reason that adding the permission doesn't fix.
    DeniedBy {
        denial: Box<AccessDenied>,
    },
    /// The instance's KMS key can't be used.
    Key {
        reason: KeyProblem,
    },
    /// The sign-in or the temporary keys have expired.
    Expired,
    /// AWS doesn't know the access key, or the secret doesn't match it.
    BadCredentials,
    /// No credentials were found in the expected place.
    NoCredentials,
    /// The source of the credentials didn't respond in time.
    CredentialsTimeout,
    CredentialsFailed,
    /// The profile's command (`credential_process`) returned no keys.
    CredentialProcess {
        reason: CredentialProcessError,
    },
    /// The profile can't be used. The problem has its own message.
    Profile {
        problem: Box<ProfileProblem>,
    },
    /// The sign-in made with the AWS CLI has ended.
    SignInNeeded {
        /// The command that renews the sign-in.
        command: String,
    },
    /// One of the profile's roles requires a code from an MFA device.
    CodeNeeded,
    /// The code from the MFA device is wrong.
    WrongCode,
    /// The user denied the sign-in in the browser.
    SignInDenied,
    /// The user didn't complete the sign-in before it expired.
    SignInLapsed,
    /// No access portal with this address exists in the Region.
    UnknownPortal {
        /// The address as entered.
        address: String,
        region: String,
    },
    /// The local sign-in page couldn't be started.
    NoRedirect,
    /// The user doesn't have this role in the account.
    NoRole,
    /// The credentials belong to the account's root user.
    Root,
    /// The environment or a profile sends calls to another computer without TLS.
    PlainEndpoint {
        endpoint: String,
    },
    NoRegion,
    /// The Region is disabled in the account, or isn't the Region of the identity store or the
    /// request.
    WrongRegion,
    /// The difference between this computer's clock and AWS's clock is too large.
    Clock {
        /// How many minutes this computer's clock is ahead of AWS's; 0 if unknown.
        minutes: i64,
    },
    /// AWS is limiting requests, and the call won't be retried again.
    Throttled,
    NotFound,
    /// The resource already exists.
    Conflict,
    /// AWS rejected the values.
    Validation {
        /// AWS's message.
        message: String,
    },
    /// An account quota has been reached.
    Quota,
    Unreachable {
        host: String,
        reason: UnreachableReason,
    },
    /// The proxy refused the connection.
    Proxy {
        host: String,
    },
    /// The server's certificate isn't trusted on this computer.
    Tls {
        host: String,
    },
    /// The CA bundle can't be read.
    Certificates {
        file: PathBuf,
        /// The environment variable or AWS configuration setting that specifies the bundle.
        setting: &'static str,
    },
    /// The token for web identity can't be read.
    TokenFile {
        file: PathBuf,
    },
    Timeout {
        host: String,
    },
    /// AWS reported a server error.
    Unavailable {
        /// AWS's error code, or the HTTP status.
        code: String,
    },
    /// The response doesn't have AWS's format.
    Unreadable,
    Other {
        /// AWS's error code.
        code: String,
    },
}

/// Why a KMS key can't be used, according to `Reason` in AWS's response (IAM Identity Center and
/// Identity Store API reference).
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum KeyProblem {
    /// Access to the key is denied. AWS doesn't name the role or the key.
    Denied,
    NotFound,
    /// The key is disabled, scheduled for deletion or of the wrong type.
    Unusable,
}

/// Why a host can't be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum UnreachableReason {
    /// The host name doesn't resolve.
    Name,
    /// The connection was refused, or there is no route to the host.
    Refused,
    /// The connection was interrupted or failed for another reason.
    Broken,
}

impl AwsError {
    /// Returns whether this computer has no credentials, and nothing names any.
    pub fn is_without_credentials(&self) -> bool {
        let is_unnamed = |problem: &ProfileProblem| {
            problem.profile == "default" && ["missing", "no_credentials"].contains(&problem.code())
        };
        match self {
            Self::NoCredentials => true,
            Self::Profile { problem } => is_unnamed(problem),
            _ => false,
        }
    }

    /// All codes, for the message-key test.
    pub const CODES: &[&str] = Self::VARIANTS;

    /// Returns the message key without the prefix `aws-`.
    pub fn code(&self) -> &'static str {
        self.into()
    }

    /// Returns the message key.
    pub fn key(&self) -> String {
        match self {
            Self::Profile { problem } => format!("profile-{}", problem.code()),
            _ => format!("aws-{}", self.code()),
        }
    }

    /// Returns whether AWS denied the action.
    pub fn is_denied(&self) -> bool {
        matches!(
            self,
            Self::Denied { .. } | Self::DeniedBy { .. } | Self::Key { reason: KeyProblem::Denied }
        )
    }

    pub fn params(&self) -> Vec<(&'static str, String)> {
        let param = |name, value: &str| (name, value.to_owned());
        match self {
            Self::Denied { action } => vec![param("action", action)],
            Self::DeniedBy { denial } => denial.params(),
            Self::Key { reason } => vec![param("reason", reason.into())],
            Self::CredentialProcess { reason } => vec![param("reason", reason.into())],
            Self::UnknownPortal { address, region } => {
                vec![param("address", address), param("region", region)]
            }
            Self::Profile { problem } => problem.params(),
            Self::SignInNeeded { command } => vec![param("command", command)],
            Self::Validation { message } => vec![param("message", message)],
            Self::Unreachable { host, reason } => {
                vec![param("host", host), param("reason", reason.into())]
            }
            Self::Proxy { host } | Self::Tls { host } | Self::Timeout { host } => {
                vec![param("host", host)]
            }
            Self::PlainEndpoint { endpoint } => vec![param("endpoint", endpoint)],
            Self::Certificates { file, setting } => {
                vec![("file", file.display().to_string()), param("setting", setting)]
            }
            Self::TokenFile { file } => vec![("file", file.display().to_string())],
            Self::Clock { minutes } => {
                let direction = match minutes.signum() {
                    1 => "ahead",
                    -1 => "behind",
                    _ => "unknown",
                };
                vec![("minutes", minutes.abs().to_string()), param("direction", direction)]
            }
            Self::Unavailable { code } | Self::Other { code } => vec![param("code", code)],
            _ => Vec::new(),
        }
    }

    /// Converts a "not found" error to `None`.
    pub fn found_or_none<T>(answer: Result<T, Self>) -> Result<Option<T>, Self> {
        match answer {
            Ok(found) => Ok(Some(found)),
            Err(Self::NotFound) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Returns whether a write that failed with this error may still have taken effect.
    pub fn is_outcome_unknown(&self) -> bool {
        matches!(
            self,
            Self::Timeout { .. }
                | Self::Unavailable { .. }
                | Self::Unreadable
                | Self::Unreachable { reason: UnreachableReason::Broken, .. }
        )
    }

    /// Classifies an SDK error. Also returns how long AWS asked the client to wait.
    pub(super) fn from_sdk_error<E>(
        action: &str,
        host: &str,
        error: &SdkError<E>,
    ) -> (Self, Option<Duration>)
    where
        E: ProvideErrorMetadata + Error + 'static,
    {
        let meaning = match error {
            SdkError::ServiceError(context) => {
                let status = context.raw().status().as_u16();
                let code = error.code().unwrap_or_default();
                let message = error.message().unwrap_or_default();
                match classify_error_body(code, message, &body(error))
                    .unwrap_or_else(|| classify_service_error(action, code, message, status))
                {
                    Self::Clock { .. } => Self::Clock { minutes: minutes_ahead(error) },
                    other => other,
                }
            }
            SdkError::TimeoutError(_) => Self::Timeout { host: host.to_owned() },
            SdkError::ResponseError(_) => Self::Unreadable,
            other => classify_connection_error(host, other),
        };
        (meaning, retry_after(error))
    }
}

impl From<ProfileProblem> for AwsError {
    fn from(problem: ProfileProblem) -> Self {
        Self::Profile { problem: Box::new(problem) }
    }
}

/// Classifies an error response by its error code, because AWS's HTTP status isn't specific enough.
fn classify_service_error(action: &str, code: &str, message: &str, status: u16) -> AwsError {
    let clock = message.contains("expired") || message.contains("not yet current");
    match code {
        "AccessDeniedException" | "AccessDenied" | "UnauthorizedOperation" => {
            classify_denial(action, message)
        }
        "RegionDisabledException" | "OptInRequired" => AwsError::WrongRegion,
        "SignatureDoesNotMatch" | "InvalidSignatureException"
            if message.contains("scoped to a valid region") =>
        {
            AwsError::WrongRegion
        }
        "ExpiredToken" | "ExpiredTokenException" => AwsError::Expired,
        "RequestExpired" | "RequestTimeTooSkewed" => AwsError::Clock { minutes: 0 },
        "SignatureDoesNotMatch" | "InvalidSignatureException" if clock => {
            AwsError::Clock { minutes: 0 }
        }
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
        // When a service is down, AWS's load balancers return their own error pages.
        "" if matches!(status, 500 | 502..=504) => {
            AwsError::Unavailable { code: format!("HTTP {status}") }
        }
        "" => AwsError::Unreadable,
        code if status >= 500 => AwsError::Unavailable { code: code.to_owned() },
        code => AwsError::Other { code: code.to_owned() },
    }
}

/// Classifies an error without a response from AWS, based on the messages of its source errors.
/// These messages aren't passed on.
fn classify_connection_error(host: &str, error: &(dyn Error + 'static)) -> AwsError {
    let host = failed_host(error).unwrap_or(host).to_owned();
    if let Some(error) =
        error_sources(error).find_map(|error| error.downcast_ref::<CredentialsError>())
    {
        return classify_credentials_error(error);
    }
    let text = texts(error);
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let reason = if says(&["identity resolver timed out"]) {
        return AwsError::CredentialsTimeout;
    } else if says(&["timed out", "timeout"]) {
        return AwsError::Timeout { host };
    } else if says(&["certificate", "unknownissuer"]) {
        return AwsError::Tls { host };
    } else if says(&["tunnel", "proxy"]) {
        return AwsError::Proxy { host };
    } else if says(&["dns error", "failed to lookup", "name or service not known"]) {
        UnreachableReason::Name
    } else if says(&["refused", "unreachable"]) {
        UnreachableReason::Refused
    } else {
        UnreachableReason::Broken
    };
    AwsError::Unreachable { host, reason }
}

/// Classifies an error from a provider that uses a sign-in made with the AWS CLI.
pub(super) fn classify_sign_in_error(error: &CredentialsError) -> AwsError {
    const ENDED: [&str; 6] = [
        "expired",
        "sso token",
        "login token",
        "unauthorizedexception",
        "invalidgrantexception",
        "accessdeniedexception",
    ];
    let text = texts(error);
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    match error {
        _ if says(&["dispatch failure", "timed out", "timeout"]) => {
            classify_credentials_error(error)
        }
        _ if says(&["forbiddenexception", "resourcenotfoundexception"]) => AwsError::NoRole,
        _ if says(&ENDED) => AwsError::Expired,
        CredentialsError::CredentialsNotLoaded(_) => AwsError::Expired,
        _ => classify_credentials_error(error),
    }
}

fn classify_credentials_error(error: &CredentialsError) -> AwsError {
    if let Some(ours) = error_sources(error).find_map(|error| error.downcast_ref::<AwsError>()) {
        return ours.clone();
    }
    let text = texts(error);
    match error {
        // The request for keys failed. It goes to a different host than the call.
        _ if failed_host(error).is_some() => {
            classify_connection_error("", Error::source(error).unwrap_or(error))
        }
        _ if text.contains("expired") || text.contains("sso token") => AwsError::Expired,
        CredentialsError::CredentialsNotLoaded(_) => AwsError::NoCredentials,
        CredentialsError::ProviderTimedOut(_) => AwsError::CredentialsTimeout,
        _ => AwsError::CredentialsFailed,
    }
}

/// Classifies a denial by AWS's message. `action` is the permission that the call requires.
fn classify_denial(action: &str, message: &str) -> AwsError {
    match AccessDenied::read(message) {
        Some(denial) if denial.cause != DenialCause::Missing => {
            AwsError::DeniedBy { denial: Box::new(denial) }
        }
        Some(denial) => AwsError::Denied { action: denial.action },
        // This is KMS's own message, which names neither the key nor the role.
        None if message.contains("ciphertext refers to") => {
            AwsError::Key { reason: KeyProblem::Denied }
        }
        None => AwsError::Denied { action: action.to_owned() },
    }
}

/// Classifies an error whose code alone is misleading: a missing key or identity store doesn't mean
/// that a user is missing.
fn classify_error_body(code: &str, message: &str, body: &Value) -> Option<AwsError> {
    let reason = body["Reason"].as_str().or_else(|| body["reason"].as_str()).unwrap_or_default();
    let reason = reason.to_ascii_lowercase().replace('_', "");
    let key = |reason| Some(AwsError::Key { reason });
    match (code, reason.as_str()) {
        ("AccessDeniedException", kms) if kms.starts_with("kms") => {
            match classify_denial("kms:Decrypt", message) {
                AwsError::Denied { .. } if !message.contains("identity-based") => {
                    key(KeyProblem::Denied)
                }
                denied => Some(denied),
            }
        }
        ("ThrottlingException", _) => None,
        (_, "kmsnotfoundexception" | "kmskeynotfound") => key(KeyProblem::NotFound),
        (_, kms) if kms.starts_with("kms") => key(KeyProblem::Unusable),
        ("ResourceNotFoundException", _) if body["ResourceType"] == "IDENTITY_STORE" => {
            Some(AwsError::WrongRegion)
        }
        _ => None,
    }
}

/// Returns how many minutes this computer's clock is ahead of AWS's, according to the response; 0
/// if unknown.
fn minutes_ahead<E>(error: &SdkError<E>) -> i64 {
    let date = error.raw_response().and_then(|response| response.headers().get("date"));
    let date = date.and_then(|date| rfc2822::DateTimeParser::new().parse_timestamp(date).ok());
    let ahead = date.map(|date| Timestamp::now().duration_since(date).as_secs());
    ahead.map_or(0, |seconds| (seconds + seconds.signum() * 30) / 60)
}

/// Returns the error response as JSON, or `null` if it isn't JSON.
fn body<E>(error: &SdkError<E>) -> Value {
    let body = error.raw_response().and_then(|response| response.body().bytes());
    body.and_then(|body| serde_json::from_slice(body).ok()).unwrap_or_default()
}

/// Returns `RetryAfterSeconds` of a ThrottlingException (IAM Identity Center, Identity Store API
/// reference).
fn retry_after<E>(error: &SdkError<E>) -> Option<Duration> {
    body(error)["RetryAfterSeconds"].as_u64().map(Duration::from_secs)
}
