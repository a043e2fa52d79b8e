//! Why AWS did not answer, or not as wished.

use std::{error::Error, path::PathBuf, time::Duration};

use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_sts::error::{ProvideErrorMetadata, SdkError};
use serde::Deserialize;

use super::credential_process::CredentialProcessError;
use transport::InvalidCaBundle;

/// Why AWS did not do what was asked. Its words are under `aws-<code>`, with the fields as variables.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AwsError {
    /// The credentials lack a permission.
    #[error("{action} is not allowed")]
    Denied {
        /// The permission, such as `sso:ListApplications`.
        action: String,
    },
    /// The sign-in or the temporary keys have ended.
    #[error("the AWS sign-in has ended")]
    Expired,
    /// AWS does not know the keys, or they do not belong together.
    #[error("AWS does not know these keys")]
    BadCredentials,
    /// There are no credentials where they were looked for.
    #[error("there are no credentials")]
    NoCredentials,
    /// The profile takes its credentials from an EC2 instance or a container, and that is never asked.
    #[error("the instance metadata service is not asked")]
    InstanceMetadata,
    /// What brings the credentials did not answer in time.
    #[error("the credentials did not come in time")]
    CredentialsTimeout,
    /// What brings the credentials failed.
    #[error("the credentials could not be brought")]
    CredentialsFailed,
    /// The profile's command (`credential_process`) brought no keys.
    #[error("the profile's command brought no keys: {reason:?}")]
    CredentialProcess {
        /// How.
        reason: CredentialProcessError,
    },
    /// The code of the MFA device is not the one that AWS expects.
    #[error("the code is wrong")]
    WrongCode,
    /// The person did not let us in, in the browser.
    #[error("the sign-in was denied")]
    SignInDenied,
    /// The person did not answer while the code was good.
    #[error("the sign-in was not answered in time")]
    SignInLapsed,
    /// AWS knows no such access portal in the Region.
    #[error("there is no access portal {address} in {region}")]
    UnknownPortal {
        /// Its address as given.
        address: String,
        /// The Region.
        region: String,
    },
    /// No page on this computer can be opened for the browser to lead back to.
    #[error("this computer gives no port on loopback")]
    NoRedirect,
    /// The person has no such role in the account.
    #[error("there is no such role")]
    NoRole,
    /// The credentials are those of the account's root user.
    #[error("these are root credentials")]
    Root,
    /// The environment or a profile leads calls to an address without TLS on another computer.
    #[error("{endpoint} is not encrypted")]
    PlainEndpoint {
        /// The address.
        endpoint: String,
    },
    /// No Region is named anywhere.
    #[error("no Region is named")]
    NoRegion,
    /// This computer's clock and AWS's differ too much.
    #[error("the clock is off")]
    Clock,
    /// AWS asked us to slow down, again and again.
    #[error("AWS asks to slow down")]
    Throttled,
    /// There is no such thing.
    #[error("there is no such thing")]
    NotFound,
    /// It is there already.
    #[error("it is there already")]
    Conflict,
    /// AWS does not take the values.
    #[error("AWS does not take the values: {message}")]
    Validation {
        /// AWS's own words.
        message: String,
    },
    /// A quota of the account is used up.
    #[error("a quota is used up")]
    Quota,
    /// AWS could not be reached.
    #[error("{host} can't be reached")]
    Unreachable {
        /// Which host.
        host: String,
        /// How that showed.
        reason: UnreachableReason,
    },
    /// The proxy refused.
    #[error("the proxy refused {host}")]
    Proxy {
        /// Which host was asked for.
        host: String,
    },
    /// The certificate of whoever answered is not trusted on this computer.
    #[error("the certificate shown for {host} is not trusted")]
    Tls {
        /// Which host was asked for.
        host: String,
    },
    /// The file with further roots can't be read.
    #[error("the file with certificates can't be read")]
    Certificates {
        /// The file.
        file: PathBuf,
    },
    /// The AWS configuration files can't be read.
    #[error("the AWS configuration files can't be read")]
    Configuration,
    /// No answer came in time.
    #[error("{host} did not answer in time")]
    Timeout {
        /// Which host.
        host: String,
    },
    /// AWS itself has trouble.
    #[error("AWS has trouble: {code}")]
    Unavailable {
        /// AWS's code.
        code: String,
    },
    /// AWS answered something that we can't read.
    #[error("AWS's answer can't be read")]
    Unreadable,
    /// Something else.
    #[error("AWS answered {code}")]
    Other {
        /// AWS's code.
        code: String,
    },
}

/// How it showed that a host can't be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnreachableReason {
    /// Its name has no address here.
    Name,
    /// Nobody takes the connection.
    Refused,
    /// The connection broke.
    Broken,
}

impl UnreachableReason {
    /// The value of the variable `reason`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Refused => "refused",
            Self::Broken => "broken",
        }
    }
}

impl AwsError {
    /// All codes, for whoever checks that each has words.
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

    /// The key of its words, without `aws-`.
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

    /// The variables of its words.
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

    /// Whether a write that ended so may have been done all the same.
    pub fn is_outcome_unknown(&self) -> bool {
        matches!(
            self,
            Self::Timeout { .. }
                | Self::Unavailable { .. }
                | Self::Unreadable
                | Self::Unreachable { reason: UnreachableReason::Broken, .. }
        )
    }

    /// What an SDK error means, and how long AWS asked us to wait.
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

/// AWS goes by the error's type, not by the HTTP status.
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
        // What stands before AWS answers with pages of its own when AWS is away.
        "" if matches!(status, 500 | 502..=504) => {
            AwsError::Unavailable { code: format!("HTTP {status}") }
        }
        "" => AwsError::Unreadable,
        code if status >= 500 => AwsError::Unavailable { code: code.to_owned() },
        code => AwsError::Other { code: code.to_owned() },
    }
}

/// What never reached AWS. The reasons are only in the texts of the errors below; the texts go no further.
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

/// `RetryAfterSeconds` of a ThrottlingException (IAM Identity Center, Identity Store API reference).
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
