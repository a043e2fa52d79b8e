//! The error messages on nOps's pages. They come from python3-saml and Django, which nOps very
//! likely uses (inferred), and from the browser on the way to nOps.

use super::{ErrorPattern, error_pattern};
use crate::{
    Field,
    Field::{
        AttributeMappings, AwsAcsUrl, AwsAudience, ConfirmationMail, DryRun, NopsIssuerUrl,
        NopsSaved, NopsSsoEndpoint, NopsTeam, NopsX509, SpAcsUrl, SpEntityId, TestFromNops,
    },
    RuleBasis::{Inferred, Seen},
};

const fn nops(code: &'static str, field: Field, texts: &'static [&'static str]) -> ErrorPattern {
    error_pattern(code, field, Inferred, texts)
}

/// Creates a pattern for a setting that python3-saml lists in *Invalid dict settings*.
const fn setting(kind: &'static str, field: Field, texts: &'static [&'static str]) -> ErrorPattern {
    nops("shown_setting", field, texts).kind(kind)
}

pub(super) const NOT_SAVED: ErrorPattern = nops(
    "shown_not_saved",
    NopsSaved,
    &[
        "sso is not set up",
        "sso is not configured",
        "sso is not enabled",
        "sso not configured",
        "sso not enabled",
        "saml is not configured",
        "idp_not_found",
    ],
);

pub(super) const PATTERNS: &[ErrorPattern] = &[
    nops(
        "shown_signature",
        NopsX509,
        &[
            "signature validation failed",
            "invalid signature",
            "signature verification failed",
            "could not verify the signature",
            "signature could not be verified",
            "digest mismatch",
            "fingerprint mismatch",
            "signature is not valid",
            "signature could not be validated",
        ],
    ),
    nops(
        "shown_issuer",
        NopsIssuerUrl,
        &[
            "invalid issuer",
            "issuer does not match",
            "doesn't match the issuer",
            "issuer mismatch",
            "unexpected issuer",
            "unknown issuer",
        ],
    ),
    nops(
        "shown_audience",
        AwsAudience,
        &[
            "is not a valid audience",
            "audience mismatch",
            "bad audience",
            "invalid audience",
            "audience is invalid",
            "audience restriction",
            "spnamequalifier",
            "not for me!",
        ],
    ),
    nops(
        "shown_acs",
        AwsAcsUrl,
        &[
            "the response was received at",
            "a valid subjectconfirmation was not found",
            "has an empty destination",
            "destination does not match",
            "invalid destination",
            "recipient does not match",
            "invalid recipient",
            "destination` does not match",
            "recipient` does not match",
            "subject_unconfirmed",
            "subjectconfirmation & invalid",
        ],
    ),
    nops(
        "shown_clock",
        DryRun,
        &[
            "could not validate timestamp",
            "timing issues",
            "the attributes have expired",
            "check system clock",
            "assertion has expired",
            "assertion is expired",
            "response has expired",
            "earlier than notbefore",
            "clocks skewed",
            "issueinstant expired",
            "responselifetimeexceed",
            "too old (now",
        ],
    ),
    nops(
        "shown_no_name_id",
        AttributeMappings,
        &[
            "nameid not found",
            "empty nameid",
            "nameid value is empty",
            "missing nameid",
            "no nameid",
        ],
    ),
    nops("shown_no_attributes", AttributeMappings, &["no attributestatement"]),
    // libxml lists the elements that it expected, so other patterns occur in this text, too.
    nops("shown_no_attributes", AttributeMappings, &["attributestatement & missing child element"])
        .alone(),
    nops(
        "shown_no_attributes",
        AttributeMappings,
        &[
            "missing required attribute",
            "required attribute",
            "attribute is expected, but missing",
            "failed to map saml attributes",
        ],
    )
    .kind("names"),
    nops(
        "shown_attribute_twice",
        AttributeMappings,
        &["duplicated name", "duplicated friendlyname"],
    ),
    nops(
        "shown_signed_otherwise",
        DryRun,
        &[
            "is not signed and the sp require it",
            "deprecated signature algorithm",
            "deprecated digest algorithm",
            "was not a requested context",
        ],
    ),
    nops("shown_signed_otherwise", DryRun, &["is not encrypted and the sp require it"])
        .kind("encrypted"),
    nops(
        "shown_unsigned",
        NopsX509,
        &[
            "no signature found",
            "exactly one signature node",
            "is not signed. rejected",
            "signature missing for",
        ],
    ),
    nops(
        "shown_other_request",
        TestFromNops,
        &[
            "inresponseto of the",
            "has an inresponseto attribute",
            "inresponseto is not valid",
            "inresponseto & does not match",
            "missing authnrequest id",
        ],
    ),
    nops(
        "shown_replay",
        TestFromNops,
        &[
            "already been used",
            "already been consumed",
            "already been processed",
            "replay has been detected",
            "replayed",
            "replay attack",
        ],
    ),
    nops(
        "shown_no_assertion",
        DryRun,
        &[
            "must contain 1 assertion",
            "must include a conditions element",
            "must include an authnstatement",
            "issuer of the assertion not found",
        ],
    ),
    nops(
        "shown_no_assertion",
        DryRun,
        &[
            "encryptedassertion",
            "encryptedattribute",
            "no keyinfo present",
            "keyinfo has no children",
            "unsupported retrieval method",
            "no private key available",
        ],
    )
    .kind("encrypted"),
    setting("issuer", NopsIssuerUrl, &["idp_entityid_not_found"]),
    setting("no_endpoint", NopsSsoEndpoint, &["idp_sso_not_found"]),
    setting("endpoint", NopsSsoEndpoint, &["idp_sso_url_invalid", "redirect to invalid url"]),
    setting(
        "certificate",
        NopsX509,
        &[
            "idp_cert_or_fingerprint_not_found",
            "idp_cert_not_found",
            "no certificate provided",
            "x509cert of the idp is required",
        ],
    ),
    setting("sign_out", NopsSaved, &["idp_slo_url_invalid", "idp_slo_response_url_invalid"]),
    setting("own_acs", SpAcsUrl, &["sp_acs_url_invalid", "sp_acs_not_found"]),
    setting("own_entity_id", SpEntityId, &["sp_entityid_not_found"]),
    setting(
        "own",
        NopsSaved,
        &[
            "sp_not_found",
            "sp_cert_not_found",
            "sp_sls_url_invalid",
            "sp_attributeconsumingservice",
            "sp_signmetadata_invalid",
            "contact_type_invalid",
            "contact_not_enou",
            "organization_not_enou",
            "settings & invalid_syntax",
            "invalid sp metadata",
            "noentitydescriptor_xml",
            "onlyspssodescriptor_allowed_xml",
            "expired_xml",
            "no hostname defined",
        ],
    ),
    NOT_SAVED,
    nops(
        "shown_csrf",
        AwsAcsUrl,
        &[
            "csrf",
            "xsrf",
            "invalidauthenticitytoken",
            "origin checking failed",
            "419 page expired",
            "authentication credentials were not provided",
        ],
    ),
    nops("shown_binding", TestFromNops, &["logoutrequest/logoutresponse not found"])
        .kind("sign_out"),
    nops(
        "shown_sign_out",
        NopsSaved,
        &[
            "logout response rejected",
            "logout request rejected",
            "does not support single log out",
            "logoutresponse is not signed",
            "logoutrequest is not signed",
        ],
    )
    .alone(),
    nops(
        "shown_relay_state",
        TestFromNops,
        &[
            "missing needed parameter relaystate",
            "multivaluedictkeyerror & 'relaystate'",
            "keyerror & 'relaystate'",
            "missing relaystate",
            "relaystate is missing",
            "relaystate is required",
        ],
    )
    .alone(),
    nops(
        "shown_binding",
        TestFromNops,
        &[
            "saml response not found",
            "only supported http_post binding",
            "missing samlresponse",
            "samlresponse is missing",
            "samlresponse was missing",
            "unsupportedbinding",
            "unsupported binding",
            "bindings other than http post",
            "empty string supplied as input",
        ],
    )
    .kind("response"),
    nops(
        "shown_method",
        AwsAcsUrl,
        &[
            "405 method not allowed",
            "http 405",
            "error 405",
            "method not allowed",
            "\"get\" not allowed",
            "\"post\" not allowed",
            "method is not allowed",
        ],
    ),
    nops(
        "shown_redirect_loop",
        AwsAcsUrl,
        &[
            "err_too_many_redirects",
            "too many redirects",
            "redirected you too many times",
            "isn't redirecting properly",
            "redirect loop",
            "la página no está redirigiendo",
            "la page n'est pas redirigée",
            "weitergeleitet & zu oft",
            "redirigido demasiadas veces",
            "redireccionó demasiadas veces",
            "redirigé à de trop nombreuses reprises",
            "reindirizzato troppe volte",
            "redirecionou você muitas vezes",
            "リダイレクトが繰り返し行われました",
            "fehler: umleitungsfehler",
            "циклическое перенаправление",
            "ページの自動転送設定が正しくありません",
        ],
    ),
    nops(
        "shown_not_saml",
        DryRun,
        &[
            "incorrect padding",
            "binascii.error",
            "base64 & invalid",
            "base64 & decod",
            "illegal base64",
        ],
    )
    .kind("encoding"),
    nops(
        "shown_not_saml",
        DryRun,
        &[
            "not match the saml-schema",
            "duplicated id",
            "unsupported saml version",
            "missing id attribute",
            "missing status",
            "saml response could not be processed",
            "issuer of the response is multiple",
            "duplicated reference uri",
            "signed element must contain an id",
            "unexpected number of & signatures",
            "does not match format yyyy",
            "invalid signed element",
            "unexpected signature element",
            "xmlsyntaxerror",
            "start tag expected",
            "document is empty",
            "not well-formed",
            "invalid xml",
            "unparsable",
        ],
    )
    .kind("xml"),
    nops(
        "shown_bad_certificate",
        NopsX509,
        &[
            "malformed certificate",
            "certificate is malformed",
            "unable to load cert",
            "could not load cert",
            "unable to load pem",
            "no start line",
            "could not deserialize key",
            "failed to load key",
            "invalid certificate",
        ],
    ),
    error_pattern(
        "shown_confirm_mail",
        ConfirmationMail,
        Seen,
        &["confirm that sso", "confirmation mail", "confirmation email"],
    ),
    nops(
        "shown_status",
        DryRun,
        &[
            "status code of the response was not success",
            "was not success, was",
            "err_failed_status",
            "saml:2.0:status:requester",
            "saml:2.0:status:responder",
            "responder/",
            "requester/",
            "requestdenied",
            "authnfailed",
            "noauthncontext",
        ],
    )
    .mark_vague(),
    nops("shown_clock", DryRun, &["clock skew", "not yet valid", "notonorafter", "notbefore"])
        .mark_vague(),
    error_pattern("shown_confirm_mail", ConfirmationMail, Seen, &["confirm your"]).mark_vague(),
    nops(
        "shown_no_route",
        AwsAcsUrl,
        &[
            "page not found",
            "404 not found",
            "http 404",
            "error 404",
            "status 404",
            "404 - ",
            "cannot get /",
            "cannot post /",
            "was not found on this server",
        ],
    )
    .mark_vague(),
    nops(
        "shown_not_linked",
        NopsTeam,
        &[
            "account not linked",
            "account_not_linked",
            "already belongs to account",
            "authalreadyassociated",
            "email already in use",
            "email already exists",
            "account already exists",
            "user already exists",
        ],
    )
    .mark_vague(),
    nops(
        "shown_no_nops_user",
        NopsTeam,
        &[
            "credentials aren't allowed",
            "not allowed to access this app",
            "do not have access to this database",
            "email address you entered may be incorrect",
            "saml2: access denied",
            "authentication error. access denied",
            "not authenticated for user id",
            "user does not exist",
            "user doesn't exist",
            "account does not exist",
            "account doesn't exist",
            "no account found",
            "no user with this email",
            "sign up is disabled",
            "account not found",
            "not a member of",
            "user is not registered",
            "couldn't find an account",
            "couldn't find your account",
            "account not provisioned",
            "account is not provisioned",
            "user_not_found",
            "cannot login with this user",
            "cannot log in with this user",
            "not assigned any roles",
        ],
    )
    .mark_vague(),
    nops(
        "shown_rejected",
        DryRun,
        &[
            "invalid_response",
            "not_authenticated",
            "invalid saml response",
            "saml response rejected",
            "saml authentication failed",
        ],
    )
    .mark_vague(),
    nops("shown_not_saml", DryRun, &["unable to parse"]).kind("xml").mark_vague(),
    nops("shown_not_saved", NopsSaved, &["invalid dict settings"]).mark_vague(),
    nops(
        "shown_no_attributes",
        AttributeMappings,
        &["missing attribute", "missing email", "email attribute", "attribute & not found"],
    )
    .kind("names")
    .mark_vague(),
    nops(
        "shown_forbidden",
        TestFromNops,
        &[
            "error 1020 & access denied",
            "cloudflare ray id",
            "you have been blocked",
            "request blocked",
        ],
    )
    .kind("firewall")
    .mark_vague(),
    nops(
        "shown_forbidden",
        TestFromNops,
        &[
            "403 forbidden",
            "http 403",
            "error 403",
            "forbidden (403)",
            "access denied",
            "access_denied",
            "permission denied",
            "access forbidden",
            "403 error",
        ],
    )
    .mark_vague(),
    nops(
        "shown_server_error",
        TestFromNops,
        &[
            "internal server error",
            "an error occurred while processing your request",
            "server error (500)",
            "http 500",
            "error 500",
            "bad gateway",
            "service unavailable",
            "temporarily unavailable",
            "gateway timeout",
            "gateway time-out",
            "503 error",
            "504 error",
            "request could not be satisfied",
        ],
    )
    .mark_vague(),
    nops("shown_server_error", TestFromNops, &["too many requests", "error 429", "http 429"])
        .kind("busy")
        .mark_vague(),
    nops(
        "shown_unreachable",
        AwsAcsUrl,
        &[
            "err_cert",
            "connection is not private",
            "sec_error_unknown_issuer",
            "mozilla_pkix_error",
            "potential security risk ahead",
        ],
    )
    .kind("certificate")
    .mark_vague(),
    nops("shown_bad_request", TestFromNops, &["header or cookie too large"])
        .kind("cookies")
        .mark_vague(),
    nops(
        "shown_bad_request",
        TestFromNops,
        &["413 request entity too large", "413 payload too large", "413 content too large"],
    )
    .kind("size")
    .mark_vague(),
    nops("shown_bad_request", TestFromNops, &["bad request (400)", "400 bad request"]).mark_vague(),
    nops(
        "shown_unreachable",
        AwsAcsUrl,
        &[
            "err_name_not_resolved",
            "dns_probe",
            "err_connection",
            "err_timed_out",
            "err_address",
            "err_ssl",
            "site can't be reached",
            "server not found",
            "took too long to respond",
            "trouble finding that site",
            "can't find the server",
            "找不到服务器",
            "can't establish a connection to the server",
            "secure connection failed",
        ],
    )
    .mark_vague(),
];
