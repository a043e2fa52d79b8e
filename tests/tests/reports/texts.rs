//! Error texts that people paste into *Explain an error*.

use std::collections::BTreeMap;

use jiff::Timestamp;
use setup::{FactValue, Facts, Field, Source, diagnosis, rules};

use crate::{Judgment, Row, Words};

/// The source, the text, the expected finding (code and kind), and words that the explanation must
/// contain.
type Report = (&'static str, &'static str, &'static str, &'static str);

/// Texts that the app must explain with the right cause and the right fix.
const RIGHT: &[Report] = &[
    // The texts of the shared cases.
    (
        "entra-docs#1956 (B10)",
        "Sign in\nSorry, but we're having trouble signing you in.\nAADSTS50020: User account 'ana@example.com' from identity provider 'live.com' does not exist in tenant 'Example' and cannot access the application 'https://us-east-1.signin.aws.amazon.com/platform/saml/d-1234567890'(AWS SSO) in that tenant.\nRequest Id: 11111111-2222-3333-4444-555555555555\nTimestamp: 2026-11-28T12:00:00Z",
        "shown_entra/no_user",
        "from your identity provider, before AWS",
    ),
    (
        "entra-docs#1956 (B10)",
        "AADSTS50105: Your administrator has configured the application AWS IAM Identity Center ('11111111-2222-3333-4444-555555555555') to block users unless they are specifically granted access.",
        "shown_entra/not_assigned",
        "assign the user or group",
    ),
    (
        "gravitee-platform-docs#1885 (B10)",
        "User is not assigned to the client application.",
        "shown_okta/not_assigned",
        "AWS IAM Identity Center › Assignments",
    ),
    (
        "leapp#332 (B10)",
        "AADSTS50146: This application is required to be configured with an application-specific signing key. It is either not configured with one, or the key has expired or is not yet valid.",
        "shown_entra/signing_key",
        "Create and activate a certificate",
    ),
    (
        "leapp#332 (B10)",
        "Error: app_not_configured_for_user\nService is not configured for this user.\n",
        "shown_google/for_user",
        "Entity ID with AWS’s issuer URL",
    ),
    (
        "python3-saml#51 (B12)",
        "403 Forbidden — CSRF Failed: CSRF cookie not set.",
        "shown_csrf/",
        "Only nOps’s ACS address accepts responses",
    ),
    (
        "DefectDojo#7439 (B12)",
        "Forbidden (403)\nCSRF verification failed. Request aborted.\nHelp\nReason given for failure:\n    Origin checking failed - https://portal.sso.us-east-1.amazonaws.com does not match any trusted origins.",
        "shown_csrf/",
        "Only nOps’s ACS address accepts responses",
    ),
    (
        "awx#214 (B13)",
        "Invalid dict settings: sp_acs_url_invalid",
        "shown_setting/own_acs",
        "You can’t fill in this value",
    ),
    (
        "php-saml#317 (B13)",
        "Invalid dict settings: idp_cert_or_fingerprint_not_found_and_required",
        "shown_setting/certificate",
        "Paste the whole certificate into X.509 Certificate",
    ),
    (
        "awx#214 (B13)",
        "onelogin.saml2.errors.OneLogin_Saml2_Error: Invalid dict settings: idp_sso_url_invalid, idp_cert_or_fingerprint_not_found_and_required",
        "shown_setting/endpoint shown_setting/certificate",
        "starts with https://",
    ),
    (
        "terraform-aws-identity-center-users-and-groups#11 (B20)",
        "Resource not found. Please confirm the primary email address of the user.",
        "shown_no_email/",
        "set a primary email address",
    ),
    // AWS's access portal and sign-in pages.
    (
        "aws-cli#5058",
        "invalid_grant\nInvalid grant provided\nhttps://example.awsapps.com/start/user-consent/authorize.html?clientId=1&region=eu-west-1",
        "shown_region/",
        "Enter the Region of IAM Identity Center",
    ),
    (
        "aws-sso-cli#453",
        "invalid_grant Invalid grant provided",
        "shown_region/",
        "Enter the Region of IAM Identity Center",
    ),
    (
        "granted#385",
        "Authorize request\nAn application or device requested authorization using your AWS sign-in.\nAllow\nCancel\ninvalid_grant\nInvalid grant provided",
        "shown_region/",
        "Enter the Region of IAM Identity Center",
    ),
    (
        "aws-cli#7129",
        "An error occurred (InvalidRequestException) when calling the StartDeviceAuthorization operation: ",
        "shown_region/",
        "access portal URL",
    ),
    (
        "fig#2830",
        "Failed to login\nservice error: InvalidGrantException: { error: Some(\"invalid_grant\"), error_description: Some(\"Invalid grant provided\") }",
        "shown_region/",
        "Enter the Region of IAM Identity Center",
    ),
    (
        "go-aws-sso#150",
        "Something went wrong: \"InvalidClientException: Error_: \\\"invalid_client\\\", Error_description: \\\"Invalid client provided\\\"\"",
        "shown_session_ended/",
        "start the test again",
    ),
    (
        "leapp#360",
        "Session token not found or invalid",
        "shown_session_ended/",
        "start the test again",
    ),
    (
        "re:Post, login failures",
        "It's not you, it is us",
        "shown_aws_trouble/",
        "Check this computer’s clock, then what your external identity source sends",
    ),
    (
        "crewjam/saml#379",
        "Status code 403\n{\"message\":\"No access\",\"__type\":\"com.amazonaws.switchboard.portal#ForbiddenException\"}",
        "shown_no_access/",
        "might not be assigned",
    ),
    (
        "innovation-sandbox-on-aws#113",
        "No access — Application sign in error",
        "shown_no_access/",
        "might not be assigned",
    ),
    ("aws/res#21", "Bad Input", "shown_bad_input/", "A mapping, the ACS URL, or the audience"),
    (
        "aws-toolkit-vscode#3672",
        "We couldn't verify your sign-in credentials. Please try again.",
        "shown_wrong_user/",
        "Check the user name",
    ),
    (
        "aws-toolkit-vscode#6206",
        "An error occurred while signing in to the application\nInvalid callback URL\nConfirm with your administrator that you have access to the application and that your primary email address is assigned in IAM Identity Center.",
        "shown_callback/",
        "Application ACS URL",
    ),
    (
        "cloudwithgagan.com",
        "No accounts available",
        "shown_no_tile/accounts",
        "open the Applications tab",
    ),
    (
        "User Guide, SCIM",
        "Request is unparsable, syntactically incorrect, or violates schema",
        "shown_external_response/sync",
        "syncing users (SCIM)",
    ),
    (
        "User Guide, in German",
        "AWS: Ein unerwarteter Fehler ist aufgetreten",
        "shown_aws_trouble/",
        "Check this computer’s clock",
    ),
    (
        "User Guide, in Italian",
        "AWS: Si è verificato un errore imprevisto",
        "shown_aws_trouble/",
        "Check this computer’s clock",
    ),
    ("User Guide, in Italian", "Non sei tu, siamo noi", "shown_aws_trouble/", "clock"),
    (
        "aws-sdk-net#744",
        "Not authorized to perform sts:AssumeRoleWithSAML (Service: AWSSecurityTokenService; Status Code: 403; Error Code: AccessDenied; Request ID: 1). Please try again.",
        "shown_external_response/account",
        "use the application for AWS IAM Identity Center",
    ),
    (
        "IAM User Guide, SAML",
        "Error: RoleSessionName is required in AuthnResponse (service: AWSSecurityTokenService; status code: 400; error code: InvalidIdentityToken)",
        "shown_external_response/account",
        "use the application for AWS IAM Identity Center",
    ),
    (
        "IAM User Guide, SAML",
        "Error: Failed to assume role: Issuer not present in specified provider (service: AWSOpenIdDiscoveryService; status code: 400; error code: AuthSamlInvalidSamlResponseException)",
        "shown_external_response/account",
        "use the application for AWS IAM Identity Center",
    ),
    (
        "IAM User Guide, in German",
        "Ihre Anforderung enthielt eine ungültige SAML-Antwort. Klicken Sie hier, um sich abzumelden.",
        "shown_external_response/account",
        "use the application for AWS IAM Identity Center",
    ),
    // Permissions.
    (
        "ssosync#116",
        "AccessDeniedException: User: arn:aws:sts::123456789012:assumed-role/sync/1 is not authorized to perform: identitystore:DeleteGroup on resource: arn:aws:identitystore::123456789012:identitystore/d-1234567890 because no identity-based policy allows the identitystore:DeleteGroup action",
        "shown_denied/missing",
        "identitystore:DeleteGroup",
    ),
    (
        "resource-control-policy-examples#18",
        "{\"__type\":\"AccessDeniedException\",\"Message\":\"User: anonymous is not authorized to perform: cognito-identity:GetId on resource: * with an explicit deny in a resource control policy\"}",
        "shown_denied/resource_control",
        "resource control policy of your organization",
    ),
    (
        "modernisation-platform#11726",
        "AccessDenied: User: arn:aws:sts::123456789012:assumed-role/xsiam/xdr is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:eu-west-2:123456789012:key/11111111-2222-3333-4444-555555555555 because no identity-based policy allows the kms:Decrypt action status code: 403",
        "shown_denied/missing",
        "kms:Decrypt",
    ),
    // Microsoft Entra ID.
    (
        "php-saml#567",
        "AADSTS75011: Authentication method 'MultiFactor, OneTimePasscode' by which the user authenticated with the service doesn't match requested authentication method 'Password, ProtectedTransport'.",
        "shown_entra/method",
        "from your identity provider, before AWS",
    ),
    (
        "azure-docs#53372",
        "AADSTS7500514: A supported type of SAML response was not found. The supported response types are 'Response' (in XML namespace 'urn:oasis:names:tc:SAML:2.0:protocol') or 'Assertion'.",
        "shown_entra/request",
        "Basic SAML Configuration",
    ),
    (
        "azure-docs#45184",
        "AADSTS700016: Application with identifier 'http://example.com/saml2' was not found in the directory '0edca472'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant.",
        "shown_entra/no_application",
        "Compare Identifier (Entity ID)",
    ),
    (
        "glpi-singlesignon#91",
        "AADSTS750054: SAMLRequest or SAMLResponse must be present as query string parameters in HTTP request for SAML Redirect binding.",
        "shown_entra/request",
        "Start at the access portal",
    ),
    (
        "saml2aws#1256",
        "unknown process step found:ConvergedConditionalAccess provider=AzureAD",
        "shown_entra/policy",
        "Conditional Access policy",
    ),
    // Okta.
    (
        "support.okta.com, dashboard",
        "You are not allowed to access this app. To request access, contact an admin.",
        "shown_okta/policy",
        "Check the sign-on policy",
    ),
    (
        "support.okta.com, 403",
        "403 Access Forbidden https://example.okta.com/app/exk1/sso/saml",
        "shown_okta/policy",
        "Check the sign-on policy",
    ),
    (
        "support.okta.com, App Not Assigned",
        "403 App Not Assigned\nSorry, you cannot access AWS because you are not assigned this app in Okta. If you're wondering why this is happening, please contact your administrator.",
        "shown_okta/not_assigned",
        "Assignments",
    ),
    (
        "support.okta.com, system log",
        "Authenticate user via IDP FAILURE: Unable to transform email to username",
        "shown_okta/nonsuccess",
        "account matching",
    ),
    (
        "knowledge.broadcom.com 251807",
        "Login Failed - 400 Bad Request Error Code - GENERAL_NONSUCCESS",
        "shown_okta/nonsuccess",
        "Security › Identity Providers",
    ),
    // Google.
    (
        "ory/polis#2517",
        "Error: app_not_configured_for_user\nService is not configured for this user.\nRequest Details\nidpid=C0123\nRelayState=boxyhq_jackson_1\nSAMLRequest=fVJNb",
        "shown_google/for_user",
        "User access",
    ),
    (
        "laravel-saml2#263",
        "403. That’s an error.\nError: app_not_configured_for_user\nService is not configured for this user.",
        "shown_google/for_user",
        "Entity ID with AWS’s issuer URL",
    ),
    (
        "authentik#12701",
        "403 app_not_enabled_for_user",
        "shown_google/not_enabled",
        "organizational unit",
    ),
    (
        "support.google.com 6301076",
        "403 app_not_configured",
        "shown_google/not_configured",
        "Service provider details",
    ),
    (
        "support.google.com 6301076",
        "400 duplicate entity id",
        "shown_google/duplicate",
        "use the existing application",
    ),
    // Other identity providers.
    (
        "php-saml#341",
        "We're sorry, but something went wrong.\nWe've been notified about this issue and we'll take a look at it shortly.\nhttps://example.onelogin.com/trust/saml2/http-post/sso/81?SAMLRequest=lVNN",
        "shown_identity_provider/other",
        "OneLogin",
    ),
    (
        "devise_saml_authenticatable#103",
        "OneLogin: You do not have access to this application.",
        "shown_identity_provider/not_assigned",
        "Assign the user to the AWS application",
    ),
    // nOps's likely SAML library, and other libraries.
    (
        "PowerDNS-Admin#322",
        "onelogin.saml2.errors.OneLogin_Saml2_Error: Invalid dict settings: idp_sso_not_found",
        "shown_setting/no_endpoint",
        "SAML 2.0 Endpoint (HTTP)",
    ),
    (
        "weblate#6012",
        "Invalid dict settings: sp_entityId_not_found",
        "shown_setting/own_entity_id",
        "You can’t fill in this value",
    ),
    (
        "laravel-saml2#77",
        "OneLogin_Saml2_Error in Settings.php line 121: Invalid array settings: idp_sso_url_invalid, idp_slo_url_invalid",
        "shown_setting/endpoint shown_setting/sign_out",
        "starts with https://",
    ),
    (
        "python-saml#316",
        "Invalid base64-encoded string: number of data characters (10617) cannot be 1 more than a multiple of 4",
        "shown_not_saml/encoding",
        "isn’t complete base64",
    ),
    (
        "php-saml#517",
        "Uncaught OneLogin\\Saml2\\ValidationError: SAML Response could not be processed",
        "shown_not_saml/xml",
        "isn’t standard SAML",
    ),
    (
        "python3-saml#133",
        "Invalid SAML Response. Not match the saml-schema-protocol-2.0.xsd",
        "shown_not_saml/xml",
        "isn’t standard SAML",
    ),
    (
        "python-social-auth#276",
        "Authentication failed: SAML login failed: ['invalid_response'] (The status code of the Response was not Success, was Responder -> Unable to encrypt assertion)",
        "shown_status/",
        "AWS didn’t sign the user in",
    ),
    (
        "authentik#8650",
        "AuthMissingParameter: Missing needed parameter RelayState",
        "shown_relay_state/",
        "Test sign-in from nOps",
    ),
    (
        "python-social-auth#632",
        "MultiValueDictKeyError at /complete/saml/\n'RelayState'",
        "shown_relay_state/",
        "Test sign-in from nOps",
    ),
    (
        "python-social-auth#1857",
        "SAML login failed: missing AuthnRequest ID",
        "shown_other_request/",
        "Start the test again",
    ),
    (
        "netbox-plugin-auth-saml2#34",
        "{\"error\": \"Not for me!!!\", \"exception\": \"Exception\", \"netbox_version\": \"2.10.8\", \"python_version\": \"3.8.5\"}",
        "shown_audience/",
        "Application SAML audience",
    ),
    (
        "PowerDNS-Admin#689",
        "Login failed.\nError(s) when processing SAML Response:\ninvalid_response",
        "shown_rejected/",
        "in this order: the certificate and the issuer in nOps",
    ),
    (
        "samly#22",
        "access_denied {:invalid_request, \"{:error, {:invalid_response, \\\"%ErlangError{original: :data_error}\\\"}}\"}",
        "shown_rejected/",
        "in this order: the certificate and the issuer in nOps",
    ),
    (
        "spring-boot-security-saml-sample#11",
        "Too many redirects occurred trying to open \"http://localhost:8080/saml/discovery\". This might occur if you open a page that is redirected to another page which is then directed to open the original page.",
        "shown_redirect_loop/",
        "Allow cookies",
    ),
    (
        "OneloginSamlBundle#210",
        "This page isn’t working\napp.nops.io redirected you too many times.\nERR_TOO_MANY_REDIRECTS",
        "shown_redirect_loop/",
        "Allow cookies",
    ),
    (
        "python3-saml, response.py",
        "The NameID of the Response is not encrypted and the SP require it",
        "shown_signed_otherwise/encrypted",
        "expects an encrypted response",
    ),
    (
        "python3-saml, response.py",
        "Unexpected number of Assertion signatures found. SAML Response rejected.",
        "shown_not_saml/xml",
        "isn’t standard SAML",
    ),
    (
        "python3-saml, response.py",
        "The attributes have expired, based on the SessionNotOnOrAfter of the AttributeStatement of this Response",
        "shown_clock/",
        "automatic time",
    ),
    (
        "python3-saml, response.py",
        "The InResponseTo of the Response: 1, does not match the ID of the AuthNRequest sent by the SP: 2",
        "shown_other_request/",
        "Start the test again",
    ),
    (
        "python3-saml, utils.py",
        "Expected exactly one signature node; got 0.",
        "shown_unsigned/",
        "wasn’t signed",
    ),
    (
        "python3-saml, utils.py",
        "Could not validate node signature: No certificate provided.",
        "shown_setting/certificate",
        "nOps has no X.509 certificate",
    ),
    (
        "python3-saml, utils.py",
        "Empty string supplied as input",
        "shown_binding/response",
        "nOps received no SAML response",
    ),
    (
        "python3-saml, auth.py",
        "Signature validation failed. Logout Response rejected",
        "shown_sign_out/",
        "about signing out",
    ),
    (
        "python3-saml, auth.py",
        "In order to validate the sign on the SAMLResponse, the x509cert of the IdP is required",
        "shown_setting/certificate",
        "nOps has no X.509 certificate",
    ),
    (
        "python3-saml, settings.py",
        "Invalid SP metadata: onlySPSSODescriptor_allowed_xml",
        "shown_setting/own",
        "nOps’s own SAML settings",
    ),
    (
        "ruby-saml",
        "Doesn't match the issuer, expected: <https://a.example.com>, but was: <https://b.example.com>",
        "shown_issuer/",
        "Issuer URL (entityId)",
    ),
    ("ruby-saml", "Fingerprint mismatch", "shown_signature/", "Paste the certificate into nOps"),
    (
        "crewjam/saml",
        "`Destination` does not match AcsURL (expected \"a\", actual \"b\")",
        "shown_acs/",
        "Application ACS URL",
    ),
    (
        "node-saml",
        "SAML assertion expired: clocks skewed too much",
        "shown_clock/",
        "automatic time",
    ),
    // Messages of other service providers.
    (
        "help.cloudsign.jp 4000130",
        "Error in SAML response processing: Invalid user attributes: email: Required attribute cannot be deleted.",
        "shown_no_attributes/",
        "Add the three missing User rows",
    ),
    (
        "help.cloudsign.jp 4000130",
        "Cannot login with this user",
        "shown_no_nops_user/",
        "Compare the email address",
    ),
    (
        "foundryhealth.atlassian.net 980156426",
        "user ana not assigned any roles.",
        "shown_no_nops_user/",
        "Compare the email address",
    ),
    (
        "support.wix.com, SSO errors",
        "SSO user doesn't exist.",
        "shown_no_nops_user/",
        "Compare the email address",
    ),
    (
        "aad-sso-wordpress#190",
        "ERROR: Access denied.... AADSTS65005: Using application 'my site' is currently not supported for your organization 'example.com' because it is in an unmanaged state",
        "shown_entra/other",
        "login.microsoftonline.com/error?code=65005",
    ),
    // Django, proxies and browsers.
    (
        "Django, in French",
        "Interdit (403) La vérification CSRF a échoué. La requête a été interrompue.",
        "shown_csrf/",
        "Only nOps’s ACS address accepts responses",
    ),
    (
        "Spring Security",
        "Invalid CSRF Token 'null' was found on the request parameter '_csrf' or header 'X-CSRF-TOKEN'.",
        "shown_csrf/",
        "Only nOps’s ACS address accepts responses",
    ),
    (
        "Django REST framework",
        "{\"detail\":\"Method \\\"GET\\\" not allowed.\"}",
        "shown_method/",
        "reloaded or opened directly",
    ),
    (
        "Django REST framework",
        "{\"detail\":\"Authentication credentials were not provided.\"}",
        "shown_csrf/",
        "Only nOps’s ACS address accepts responses",
    ),
    (
        "Django",
        "Not Found\nThe requested resource was not found on this server.",
        "shown_no_route/",
        "has probably lost its ?acs",
    ),
    (
        "nginx",
        "400 Bad Request\nRequest Header Or Cookie Too Large",
        "shown_bad_request/cookies",
        "Delete the cookies",
    ),
    (
        "nginx",
        "413 Request Entity Too Large",
        "shown_bad_request/size",
        "limits the response’s size",
    ),
    ("nginx", "503 Service Temporarily Unavailable", "shown_server_error/", "Wait a minute"),
    (
        "Firefox",
        "Hmm. We’re having trouble finding that site.\nWe can’t connect to the server at app.nops.io.",
        "shown_unreachable/",
        "network, VPN, and proxy",
    ),
    (
        "Safari",
        "Safari Can’t Open the Page\nSafari can’t find the server “app.nops.io”.",
        "shown_unreachable/",
        "network, VPN, and proxy",
    ),
    (
        "Firefox, in French",
        "La page n’est pas redirigée correctement",
        "shown_redirect_loop/",
        "Allow cookies",
    ),
    (
        "Chrome, in German",
        "Diese Seite funktioniert nicht\napp.nops.io hat Sie zu oft weitergeleitet.",
        "shown_redirect_loop/",
        "Allow cookies",
    ),
];

/// Texts for which the app must suggest a helpful check, although it doesn't name the cause.
const POOR: &[Report] = &[
    (
        "Kiro#7515",
        "{\n\"error\": \"unauthorized_client\",\n\"error_description\": \"Client is unauthorized\"\n}",
        "shown_unknown/",
        "Paste the page’s address too",
    ),
    (
        "help.elevensoftware.com 21143901299213",
        "We could not log you in with SSO. The email address you entered may be incorrect or your organization may not be configured for SSO.",
        "shown_unknown/",
        "do the dry run",
    ),
    ("awsesh#9", "Invalid code", "shown_unknown/", "do the dry run"),
    (
        "azure-docs#80562",
        "An error occurred while processing your request.",
        "shown_unknown/",
        "Paste the page’s address too",
    ),
    (
        "support.okta.com, 403, without the address",
        "403 Access Forbidden",
        "shown_forbidden/",
        "in this order: the tester’s assignment",
    ),
    (
        "django-saml2-auth#205",
        "Sorry, you are not allowed to access this app\nTo report a problem with your access please contact your system administrator",
        "shown_unknown/",
        "Paste the page’s address too",
    ),
    (
        "OCA/server-auth#834",
        "You do not have access to this database. Please contact support.",
        "shown_unknown/",
        "do the dry run",
    ),
    (
        "OCA/server-auth#357",
        "SAML2: access denied",
        "shown_forbidden/",
        "in this order: the tester’s assignment",
    ),
    (
        "python3-saml, response.py",
        "There is an EncryptedAttribute in the Response and this SP not support them",
        "shown_no_assertion/",
        "This response might be from somewhere else",
    ),
    (
        "Cloudflare",
        "Error 1020 Access denied",
        "shown_forbidden/",
        "in this order: the tester’s assignment",
    ),
    (
        "AD FS",
        "An error occurred. Contact your administrator for more information.\nActivity ID: 00000000-0000-0000-3400-0080000000ff\nRelying party: AWS",
        "shown_identity_provider/other",
        "AD FS",
    ),
];

pub fn rows(words: &Words) -> Vec<Row> {
    let row = |(source, text, expected, holds): &Report, judgment| {
        let found = diagnosis::likely_causes(text, &Facts::default(), Field::TestFromPortal);
        let kind =
            |params: &BTreeMap<String, String>| params.get("kind").cloned().unwrap_or_default();
        let keys = found.iter().map(|one| format!("{}/{}", one.code, kind(&one.params)));
        Row {
            source,
            judgment,
            expected: (*expected).to_owned(),
            found: keys.collect::<Vec<_>>().join(" "),
            holds: vec![holds],
            shown: found.iter().map(|one| words.finding(one)).collect::<Vec<_>>().join(" "),
        }
    };
    let right = RIGHT.iter().map(|report| row(report, Judgment::Right));
    let poor = POOR.iter().map(|report| row(report, Judgment::Poor));
    let issuers = INSTANCE_ISSUERS.map(|(field, link)| issuer_row(field, link, words));
    right.chain(poor).chain(issuers).collect()
}

/// The instance's *Issuer URL*, pasted into nOps instead of the application's issuer.
const INSTANCE_ISSUERS: [(Field, &str); 3] = [
    (Field::NopsIssuerUrl, "https://identitycenter.amazonaws.com/ssoins-7223b02b2d5d1a3c"),
    (Field::NopsSsoEndpoint, "https://identitycenter.amazonaws.com/ssoins-7223b02b2d5d1a3c"),
    (Field::NopsIssuerUrl, "https://identitycenter.us-gov.amazonaws.com/ssoins-7223b02b2d5d1a3c"),
];

fn issuer_row(field: Field, link: &str, words: &Words) -> Row {
    let mut facts = Facts::default();
    let now = Timestamp::UNIX_EPOCH;
    facts.record(field, FactValue::Text(link.to_owned()), Source::Entered, now);
    let about = |finding: &setup::Finding| finding.field == Some(field);
    let found: Vec<_> = rules::findings(&facts, now).into_iter().filter(about).collect();
    Row {
        source: "aws-cli#10493 (B02)",
        judgment: Judgment::Right,
        expected: "issuer_of_instance".to_owned(),
        found: found.iter().map(|one| one.code.as_str()).collect::<Vec<_>>().join(" "),
        holds: vec!["issuer of Identity Center’s own tokens", "SAML issuer URL"],
        shown: found.iter().map(|one| words.finding(one)).collect::<Vec<_>>().join(" "),
    }
}
