//! The texts of the shared cases.

use super::Report;

pub const REPORTS: &[Report] = &[
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
];
