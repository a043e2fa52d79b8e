//! The error messages of AWS's access portal and sign-in pages (IAM Identity Center User Guide:
//! troubleshooting, and public reports).

use super::{ErrorPattern, error_pattern};
use crate::{
    Field::{
        AttributeMappings, AwsAcsUrl, AwsRegion, IdentitySource, TestFromPortal, Tester,
        TesterAssigned,
    },
    RuleBasis::{Documented, Inferred, Seen},
};

/// Creates a pattern for an AWS error about an external identity provider's response.
const fn external(kind: &'static str, texts: &'static [&'static str]) -> ErrorPattern {
    error_pattern("shown_external_response", IdentitySource, Seen, texts).kind(kind)
}

/// Creates a pattern for an error of the AWS CLI or an AWS SDK, which is not about the sign-in test.
const fn cli(kind: &'static str, texts: &'static [&'static str]) -> ErrorPattern {
    error_pattern("shown_cli", TestFromPortal, Seen, texts).kind(kind).alone()
}

pub(super) const PATTERNS: &[ErrorPattern] = &[
    cli("role", &["getrolecredentials & no access", "getrolecredentials & forbiddenexception"]),
    cli(
        "session",
        &[
            "token has expired and refresh failed",
            "error loading sso token",
            "sso session associated with this profile",
            "security token included in the request is expired",
            "provided token has expired",
            "expiredtoken",
            "getrolecredentials & session token not found",
        ],
    ),
    cli("keys", &["security token included in the request is invalid", "invalidclienttokenid"]),
    cli("secret", &["request signature we calculated does not match"]),
    cli("mfa", &["must provide both mfa serial number and one time pass code"]),
    cli("sts_region", &["sts is not activated in this region"]),
    cli(
        "credentials",
        &[
            "unable to locate credentials",
            "could not load credentials from any",
            "partial credentials found",
        ],
    ),
    cli("profile", &["the config profile & could not be found"]),
    cli(
        "region",
        &["you must specify a region", "invalid endpoint: https", "provided region_name"],
    ),
    cli("file", &["unable to parse config file"]),
    cli(
        "tls",
        &[
            "ssl validation failed",
            "certificate_verify_failed",
            "unable to get local issuer certificate",
            "certificate in certificate chain",
        ],
    ),
    cli("endpoint", &["could not connect to the endpoint url", "connect timeout on endpoint url"]),
    cli(
        "clock",
        &[
            "signature expired & is now earlier",
            "signature not yet current",
            "requesttimetooskewed",
        ],
    ),
    cli("throttled", &["throttlingexception", "when calling the & rate exceeded"]),
    cli("key", &["ciphertext refers to a customer master key"]),
    error_pattern(
        "shown_name_id_format",
        AttributeMappings,
        Seen,
        &["nameid format does not match", "nameid-format does not match", "invalidnameidpolicy"],
    ),
    external("user", &["this code isn't right", "code is not right"]),
    external("sync", &["syntactically incorrect, or violates schema"]).alone(),
    external("metadata", &["unable to build attributes from provided metadata"]),
    external(
        "account",
        &[
            "request included an invalid saml response",
            "request is missing a saml response",
            "ungültige saml-antwort",
            "assumerolewithsaml",
            "in authnresponse",
            "awssecuritytokenservice",
            "awsopeniddiscoveryservice",
            "authsamlinvalidsamlresponse",
            "issuer not present in specified provider",
            "does not contain the required audience",
            "exceeds the maxsessionduration",
            "you provided an invalid role",
        ],
    ),
    external(
        "signature",
        &[
            "response signature invalid",
            "response signature is invalid",
            "signature in response is invalid",
        ],
    ),
    external(
        "acs",
        &["request denied & acs", "incorrect acs", "acs url is incorrect", "invalid acs url"],
    ),
    error_pattern(
        "shown_mfa",
        Tester,
        Documented,
        &[
            "invalid mfa",
            "incorrect mfa",
            "mfa device could not be verified",
            "mfa code is",
            "mfa credentials",
            "multifactorauthentication failed",
        ],
    ),
    error_pattern(
        "shown_no_tile",
        TesterAssigned,
        Documented,
        &[
            "you do not have any applications",
            "you don't have any applications",
            "access to any applications",
            "no applications available",
            "no applications assigned",
        ],
    ),
    error_pattern("shown_no_tile", TesterAssigned, Seen, &["no accounts available"])
        .kind("accounts"),
    error_pattern(
        "shown_no_email",
        Tester,
        Seen,
        &["confirm the primary email address of the user"],
    ),
    error_pattern(
        "shown_callback",
        AwsAcsUrl,
        Seen,
        &["invalid callback url", "callback url is invalid"],
    ),
    error_pattern("shown_bad_input", AttributeMappings, Documented, &["bad input"]),
    error_pattern(
        "shown_wrong_user",
        Tester,
        Documented,
        &[
            "doesn't compute",
            "does not compute",
            "couldn't verify your sign-in credentials",
            "your authentication information is incorrect",
        ],
    ),
    error_pattern(
        "shown_aws_trouble",
        Tester,
        Documented,
        &[
            "it's not you",
            "an unexpected error has occurred",
            "couldn't complete your request right now",
            "your request could not be completed",
        ],
    ),
    error_pattern(
        "shown_region",
        AwsRegion,
        Inferred,
        &[
            "scoped to a valid region",
            "regiondisabledexception",
            "not activated in this region",
            "optinrequired",
            "issuer url is not valid for this region",
            "invalidclientmetadata",
            "invalid_client_metadata",
            "invalid grant provided",
            "startdeviceauthorization & invalidrequestexception",
            "registerclient & invalidrequestexception",
            "identity_store not found",
        ],
    ),
    error_pattern(
        "shown_no_access",
        TesterAssigned,
        Documented,
        &["forbiddenexception", "looks like you don't have permission"],
    ),
    error_pattern("shown_region", AwsRegion, Seen, &["invalid code"]).kind("code").mark_vague(),
    error_pattern(
        "shown_no_access",
        TesterAssigned,
        Documented,
        &["no access", "primary email address is assigned in iam identity center"],
    )
    .mark_vague(),
    error_pattern(
        "shown_aws_trouble",
        Tester,
        Documented,
        &[
            "予期しないエラーが発生しました & aws",
            "예기치 않은 오류가 발생했습니다 & aws",
            "une erreur inattendue s'est produite & aws",
            "ein unerwarteter fehler ist aufgetreten & aws",
            "si è verificato un errore imprevisto & aws",
            "nicht du, es sind wir",
            "non sei tu, siamo noi",
        ],
    )
    .mark_vague(),
    error_pattern(
        "shown_session_ended",
        TestFromPortal,
        Inferred,
        &[
            "session token not found",
            "session has expired",
            "session expired",
            "session has ended",
            "invalid client provided",
            "invalid relaystate",
            "invalid relay state",
        ],
    )
    .mark_vague(),
    error_pattern(
        "shown_user_disabled",
        Tester,
        Inferred,
        &["account is locked", "locked out", "account has been locked", "too many failed"],
    )
    .kind("locked")
    .mark_vague(),
    error_pattern(
        "shown_user_disabled",
        Tester,
        Inferred,
        &[
            "user is disabled",
            "account is disabled",
            "account has been disabled",
            "user is inactive",
        ],
    )
    .kind("disabled")
    .mark_vague(),
    error_pattern(
        "shown_wrong_user",
        Tester,
        Inferred,
        &[
            "incorrect username or password",
            "username or password is incorrect",
            "password is incorrect",
        ],
    )
    .kind("unnamed")
    .mark_vague(),
];
