//! Error texts from public reports and documentation, each with its source and the expected
//! finding.

use super::first_finding;
use crate::{Facts, Field};

/// The source, the text, and the expected finding's code, followed by a slash and the finding's
/// kind.
type Report = (&'static str, &'static str, &'static str);

const ENTRA: &[Report] = &[
    (
        "entra-docs#1956",
        "AADSTS50105: Your administrator has configured the application AWS IAM Identity Center ('11111111-2222-3333-4444-555555555555') to block users unless they are specifically granted access.",
        "shown_entra/not_assigned",
    ),
    (
        "entra-docs#1956",
        "Sorry, but we're having trouble signing you in. AADSTS50020: User account 'ana@example.com' from identity provider 'live.com' does not exist in tenant 'Example' and cannot access the application 'https://us-east-1.signin.aws.amazon.com/platform/saml/d-1234567890'(AWS SSO) in that tenant.",
        "shown_entra/no_user",
    ),
    (
        "leapp#332",
        "AADSTS50146: This application is required to be configured with an application-specific signing key. It is either not configured with one, or the key has expired or is not yet valid.",
        "shown_entra/signing_key",
    ),
    (
        "reportportal#2558",
        "AADSTS50011: The reply URL 'http://portal.example.com/login/saml2/sso/Test_SAML' specified in the request does not match the reply URLs configured for the application 'report.portal.sp.id'.",
        "shown_entra/reply_url",
    ),
    (
        "azure-docs#15338",
        "AADSTS50011: The reply url specified in the request does not match the reply urls configured for the application: XXXX",
        "shown_entra/reply_url",
    ),
    (
        "workspaces-issues#131",
        "Sorry, but we’re having trouble signing you in. AADSTS75011: Authentication method 'X509, MultiFactor' by which the user authenticated with the service doesn't match requested authentication method 'Password, ProtectedTransport'. Contact the application owner.",
        "shown_entra/method",
    ),
    (
        "azure-docs, in French",
        "Erreur AADSTS650056 : Application mal configurée. La raison peut être l’une des suivantes",
        "shown_entra/consent",
    ),
    (
        "azure-docs, in German",
        "Fehler AADSTS750054: „SAMLRequest“ oder „SAMLResponse“ muss als Abfragezeichenfolgenparameter in der HTTP-Anforderung für die SAML-Umleitungsbindung vorhanden sein.",
        "shown_entra/request",
    ),
    (
        "Entra error codes",
        "AADSTS700016: Application with identifier 'https://us-east-1.signin.aws.amazon.com/platform/saml/d-1' was not found in the directory 'Example'.",
        "shown_entra/no_application",
    ),
    (
        "Entra error codes",
        "AADSTS700016: Application with identifier 'https://app.nops.io/sso/v1/1/metadata' was not found in the directory 'Example'.",
        "shown_entra/direct",
    ),
    (
        "Entra error codes",
        "AADSTS50126: Error validating credentials due to invalid username or password.",
        "shown_entra/password",
    ),
    (
        "Entra error codes",
        "AADSTS50076: Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication.",
        "shown_entra/mfa",
    ),
    (
        "Entra error codes",
        "AADSTS50053: Your account is locked because the user tried to sign in too many times.",
        "shown_entra/locked",
    ),
    (
        "Entra error codes",
        "AADSTS53003: Access has been blocked by Conditional Access policies.",
        "shown_entra/policy",
    ),
    (
        "Entra error codes",
        "AADSTS90014: The required field 'scope' is missing from the credential.",
        "shown_entra/request",
    ),
    (
        "Entra error codes",
        "AADSTS75005: The request is not a valid Saml2 protocol message.",
        "shown_entra/request",
    ),
    (
        "Entra error codes",
        "AADSTS50057: The user account is disabled.",
        "shown_entra/user_disabled",
    ),
    (
        "Entra error codes",
        "{\"error\":\"invalid_grant\",\"error_codes\":[50126],\"error_description\":\"AADSTS50126: Error\"}",
        "shown_entra/password",
    ),
    (
        "Entra sign-in log",
        "Sign-in error code 50105 Failure reason: the signed in user isn't assigned. Microsoft Entra",
        "shown_entra/not_assigned",
    ),
    (
        "Entra page source",
        "<html><head><title>Sign in to your account</title><script>$Config={\"strServiceExceptionMessage\":\"AADSTS50105: not granted\"}</script></head><body></body></html>",
        "shown_entra/not_assigned",
    ),
    (
        "Entra error codes",
        "AADSTS9002313: Invalid request. Request is malformed or invalid.",
        "shown_entra/other",
    ),
    (
        "AD FS, in Spanish",
        "MSIS7042: Ha realizado la misma sesión del explorador cliente '6' solicitudes",
        "shown_identity_provider/loop",
    ),
];

const OKTA_AND_GOOGLE: &[Report] = &[
    (
        "gravitee-platform-docs#1885",
        "User is not assigned to the client application.",
        "shown_okta/not_assigned",
    ),
    (
        "Okta support: App Sign on Error 403",
        "403 App Not Assigned. Sorry, you cannot access AWS because you are not assigned this app in Okta.",
        "shown_okta/not_assigned",
    ),
    ("Okta support: inbound SAML", "GENERAL_NONSUCCESS", "shown_okta/nonsuccess"),
    (
        "Okta error codes",
        "{\"errorCode\":\"E0000004\",\"errorSummary\":\"Authentication failed\"}",
        "shown_okta/password",
    ),
    (
        "Okta error codes",
        "E0000119: Your account is locked. Please contact your administrator.",
        "shown_okta/locked",
    ),
    (
        "crewjam/saml#282",
        "https://example.okta.com/app/exk1/sso/saml 404 Page not found",
        "shown_okta/not_found",
    ),
    (
        "brief: accounts",
        "Your account is not assigned to this application.",
        "shown_identity_provider/not_assigned",
    ),
    (
        "php-saml#19",
        "OneLogin: You do not have access to this application. Contact your administrator. https://app.onelogin.com",
        "shown_identity_provider/not_assigned",
    ),
    (
        "leapp#332",
        "Error: app_not_configured_for_user Service is not configured for this user.",
        "shown_google/for_user",
    ),
    (
        "Google admin help 6301076",
        "403. That’s an error. Error: app_not_enabled_for_user",
        "shown_google/not_enabled",
    ),
    ("Google admin help 6301076", "403 app_not_configured", "shown_google/not_configured"),
    ("Google admin help 6301076", "Error: invalid_idp_id", "shown_google/idp_id"),
    ("Google admin help", "Google: malformed certificate", "shown_google/certificate"),
    ("subspace#220", "JumpCloud: Forbidden", "shown_identity_provider/other"),
];

const AWS: &[Report] = &[
    (
        "authentik#4554",
        "Something went wrong. Looks like this code isn't right. Please try again.",
        "shown_external_response/user",
    ),
    (
        "IAM Identity Center issues",
        "Response signature invalid",
        "shown_external_response/signature",
    ),
    (
        "IAM Identity Center issues",
        "Request Denied. The SAML request has an incorrect ACS URL.",
        "shown_external_response/acs",
    ),
    (
        "aws-adfs#439",
        "<h2>Amazon Web Services Sign In</h2> Your request included an invalid SAML response. To logout, click <a href=\"/oauth\">here</a>",
        "shown_external_response/account",
    ),
    ("architecture-center#2552", "Something went wrong. Invalid MFA credentials.", "shown_mfa"),
    ("User Guide: troubleshooting", "It’s not you, it’s us", "shown_aws_trouble"),
    ("User Guide: troubleshooting", "An unexpected error has occurred", "shown_aws_trouble"),
    (
        "User Guide: troubleshooting, in Japanese",
        "AWS 予期しないエラーが発生しました",
        "shown_aws_trouble",
    ),
    (
        "samlify#539",
        "An error occurred while signing in to the application No access Confirm with your administrator that you have access to the application and that your primary email address is assigned in IAM Identity Center.",
        "shown_no_access",
    ),
    ("innovation-sandbox-on-aws#113", "No access — Application sign in error", "shown_no_access"),
    (
        "User Guide: application errors",
        "Looks like you don't have permission to access this application",
        "shown_no_access",
    ),
    (
        "aws-toolkit-vscode#6206",
        "An error occurred while signing in to the application Invalid callback URL Confirm with your administrator that you have access to the application and that your primary email address is assigned in IAM Identity Center.",
        "shown_callback",
    ),
    ("User Guide: application errors", "Bad input", "shown_bad_input"),
    (
        "User Guide: troubleshooting",
        "Error: Session token not found or invalid",
        "shown_session_ended",
    ),
    (
        "cloudwithgagan.com",
        "Your request could not be completed. Please try again later.",
        "shown_aws_trouble",
    ),
    ("cloudwithgagan.com", "Your MFA device could not be verified", "shown_mfa"),
    (
        "Connapse#413",
        "InvalidClientMetadataException: Issuer URL is not valid for this Region",
        "shown_region",
    ),
    ("AWS signature errors", "Credential should be scoped to a valid region.", "shown_region"),
    (
        "steampipe-plugin-aws#1879",
        "AccessDeniedException: User: arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_Admin_1/ana is not authorized to perform: sso:ListInstances",
        "shown_denied/missing",
    ),
    (
        "iam-identity-center-team#500",
        "User: arn:aws:sts::123456789012:assumed-role/Admin/ana is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:us-east-1:210987654321:key/1 because no resource-based policy allows the kms:Decrypt action",
        "shown_denied/key",
    ),
    (
        "le-tf-infra-aws#874",
        "AccessDeniedException: User: arn:aws:sts::123456789012:assumed-role/Atlantis/1 is not authorized to perform: identitystore:DescribeUser on resource: arn:aws:identitystore:::user/1 because no identity-based policy allows the identitystore:DescribeUser action",
        "shown_denied/missing",
    ),
    (
        "IAM User Guide: access denied",
        "User: arn:aws:iam::123456789012:user/ana is not authorized to perform: sso:ListInstances with an explicit deny in a permissions boundary",
        "shown_denied/boundary",
    ),
];

const NOPS: &[Report] = &[
    ("python3-saml#51", "403 Forbidden — CSRF Failed: CSRF cookie not set.", "shown_csrf"),
    (
        "DefectDojo#7439",
        "Forbidden (403) CSRF verification failed. Request aborted. Help Reason given for failure: Origin checking failed - https://portal.sso.us-east-1.amazonaws.com does not match any trusted origins.",
        "shown_csrf",
    ),
    (
        "Django, in German",
        "Verboten (403) CSRF-Verifizierung fehlgeschlagen. Anfrage abgebrochen.",
        "shown_csrf",
    ),
    ("authentik#812", "Method Not Allowed: /source/saml/my-source/acs/", "shown_method"),
    (
        "devise_saml_authenticatable#167",
        "405 Method Not Allowed - The method GET is not allowed for this resource.",
        "shown_method",
    ),
    ("awx#214", "Invalid dict settings: sp_acs_url_invalid", "shown_setting/own_acs"),
    (
        "php-saml#317",
        "Invalid dict settings: idp_cert_or_fingerprint_not_found_and_required",
        "shown_setting/certificate",
    ),
    (
        "awx#214",
        "onelogin.saml2.errors.OneLogin_Saml2_Error: Invalid dict settings: idp_sso_url_invalid, idp_cert_or_fingerprint_not_found_and_required",
        "shown_setting/endpoint",
    ),
    (
        "python3-saml: settings",
        "Invalid dict settings: idp_slo_url_invalid",
        "shown_setting/sign_out",
    ),
    (
        "python3-saml: settings",
        "Invalid dict settings: contact_not_enought_data",
        "shown_setting/own",
    ),
    (
        "python3-saml#383",
        "onelogin.saml2.errors.OneLogin_Saml2_Error: SAML Response not found, Only supported HTTP_POST Binding",
        "shown_binding/response",
    ),
    (
        "python3-saml: auth",
        "SAML LogoutRequest/LogoutResponse not found. Only supported HTTP_REDIRECT Binding",
        "shown_binding/sign_out",
    ),
    (
        "SamlSPBundle#24",
        "SAML protocol response cannot be sent via bindings other than HTTP POST.",
        "shown_binding/response",
    ),
    (
        "python3-saml#133",
        "Invalid SAML Response. Not match the saml-schema-protocol-2.0.xsd",
        "shown_not_saml/xml",
    ),
    ("Python: base64", "binascii.Error: Incorrect padding", "shown_not_saml/encoding"),
    (
        "lxml",
        "XMLSyntaxError: Start tag expected, '&lt;' not found, line 1, column 1",
        "shown_not_saml/xml",
    ),
    (
        "nextcloud/user_saml#248",
        "This page isn’t working. app.nops.io redirected you too many times. ERR_TOO_MANY_REDIRECTS",
        "shown_redirect_loop",
    ),
    ("Firefox, in Spanish", "La página no está redirigiendo adecuadamente", "shown_redirect_loop"),
    ("Firefox, in Japanese", "ページの自動転送設定が正しくありません", "shown_redirect_loop"),
    ("jellyfin-plugin-sso#230", "SAML assertion has already been used", "shown_replay"),
    ("ITfoxtec.Identity.Saml2#89", "ID1066: Replay has been detected for: Token", "shown_replay"),
    ("firezone#1179", "access_denied: bad audience", "shown_audience"),
    (
        "python3-saml: response",
        "The AuthnContext \"Kerberos\" was not a requested context \"Password\"",
        "shown_signed_otherwise",
    ),
    (
        "python3-saml: response",
        "The Message of the Response is not signed and the SP require it",
        "shown_signed_otherwise",
    ),
    ("python3-saml: response", "The response has an empty Destination value", "shown_acs"),
    ("python3-saml: response", "Timing issues (please check your clock settings)", "shown_clock"),
    (
        "python3-saml: response",
        "The status code of the Response was not Success, was Responder -> InvalidNameIDPolicy",
        "shown_name_id_format",
    ),
    ("python3-saml: demo", "invalid_response", "shown_rejected"),
    ("python-saml: OpenSSL", "malformed certificate", "shown_bad_certificate"),
    ("Django", "Server Error (500)", "shown_server_error"),
    ("nginx", "403 Forbidden", "shown_forbidden"),
    ("python-social-auth", "AuthForbidden: Your credentials aren't allowed", "shown_no_nops_user"),
    (
        "python-social-auth",
        "Authentication failed: SAML login failed: ['invalid_response', 'not_authenticated']",
        "shown_rejected",
    ),
    ("ADFS 4 and others", "The username or password is incorrect", "shown_wrong_user/unnamed"),
    ("Chrome", "This site can’t be reached. DNS_PROBE_FINISHED_NXDOMAIN", "shown_unreachable"),
    ("django-saml2-auth#90", "Sorry, you are not allowed to access this app", "shown_no_nops_user"),
    (
        "server-auth#834",
        "You do not have access to this database. Please contact support.",
        "shown_no_nops_user",
    ),
];

#[track_caller]
fn check((source, shown, expect): &Report) -> usize {
    let found = first_finding(shown, &Facts::default(), Field::TestFromPortal);
    let (code, kind) = expect.split_once('/').unwrap_or((expect, ""));
    assert_eq!(found.code, code, "{source}: {shown}");
    assert_eq!(found.params.get("kind").map_or("", String::as_str), kind, "{source}: {shown}");
    assert!(found.fix.is_some(), "{source}");
    1
}

#[test]
fn reported_texts_have_the_expected_cause() {
    let reports = [ENTRA, OKTA_AND_GOOGLE, AWS, NOPS].concat();
    let count: usize = reports.iter().map(check).sum();
    assert!(count > 80, "{count} reports");
}

#[test]
fn each_cause_is_reported_once() {
    let reports = [ENTRA, OKTA_AND_GOOGLE, AWS, NOPS].concat();
    for (source, shown, _) in reports {
        let twice = format!("{shown}\n{shown}");
        let codes = |shown: &str| -> Vec<_> {
            let found = super::likely_causes(shown, &Facts::default(), Field::TestFromNops);
            found.into_iter().map(|one| (one.code, one.field)).collect()
        };
        assert_eq!(codes(shown), codes(&twice), "{source}");
    }
}
