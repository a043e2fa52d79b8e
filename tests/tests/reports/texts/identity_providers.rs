//! Texts of identity providers in front of AWS.

use super::Report;

pub const REPORTS: &[Report] = &[
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
    (
        "guess: Entra, Conditional Access page",
        "You cannot access this right now\nYour sign-in was successful but does not meet the criteria to access this resource.\nError Code: 53003\nRequest Id: 2b5b7f5f-5e3b-4e0c-9a3f-9b7c0e7e1b00\nCorrelation Id: 0f1e2d3c-4b5a-4678-9a0b-1c2d3e4f5a6b\nApp name: AWS IAM Identity Center",
        "shown_entra/policy",
        "Conditional Access policy",
    ),
    (
        "guess: Entra, consent page",
        "Need admin approval\nAWS IAM Identity Center needs permission to access resources in your organization that only an admin can grant.",
        "shown_entra/consent",
        "grant consent",
    ),
    (
        "guess: Entra, reloaded page",
        "AADSTS900561: The endpoint only accepts POST requests. Received a GET request.",
        "shown_entra/session",
        "Start the test again",
    ),
    // Okta.
    (
        "support.okta.com/help/s/article/Unable-to-access-Okta-Dashboard-You-are-not-allowed-to-access-this-app-To-request-access-contact-an-admin",
        "You are not allowed to access this app. To request access, contact an admin.",
        "shown_okta/policy",
        "Check the sign-on policy",
    ),
    (
        "guess: Okta, 403",
        "403 Access Forbidden https://example.okta.com/app/exk1/sso/saml",
        "shown_okta/policy",
        "Check the sign-on policy",
    ),
    (
        "support.okta.com/help/s/article/App-Sign-on-Error-403-User-attempted-unauthorized-access-to-app",
        "403 App Not Assigned\nSorry, you cannot access AWS because you are not assigned this app in Okta. If you're wondering why this is happening, please contact your administrator.",
        "shown_okta/not_assigned",
        "Assignments",
    ),
    (
        "guess: Okta, system log",
        "Authenticate user via IDP FAILURE: Unable to transform email to username",
        "shown_okta/nonsuccess",
        "account matching",
    ),
    (
        "knowledge.broadcom.com/external/article/251807",
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
        "support.google.com/a/answer/6301076",
        "403 app_not_configured",
        "shown_google/not_configured",
        "Service provider details",
    ),
    (
        "support.google.com/a/answer/6301076",
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
    (
        "derricksmith/phpsaml#24",
        "AADSTS50011: The reply URL specified in the request does not match the reply URLs configured for the application.",
        "shown_entra/reply_url",
        "Copy AWS’s ACS URL into Reply URL",
    ),
    (
        "MicrosoftDocs/azure-docs#94478",
        "AADSTS500022: Access to 'Example' tenant is denied.",
        "shown_entra/tenant_restrictions",
        "Tenant restrictions",
    ),
    (
        "LEGO/assume-aws-sso-role#13",
        "SAML token is {\"error\":\"invalid_grant\",\"error_description\":\"AADSTS65001: The user or administrator has not consented to use the application with ID '11111111-2222-3333-4444-555555555555' named 'oidc2saml'. Send an interactive authorization request for this user and resource.\\r\\nTrace ID: d4ae847d\",\"error_codes\":[65001],\"suberror\":\"consent_required\"}",
        "shown_entra/consent",
        "grant consent",
    ),
    (
        "BookStackApp/BookStack#1950",
        "We are sorry...\nUnknown login requester",
        "shown_identity_provider/no_application",
        "In Keycloak, the client ID",
    ),
    (
        "cloudflare/cloudflare-docs#2760",
        "We are sorry...\nInvalid requester",
        "shown_identity_provider/unsigned",
        "turn off Client signature required",
    ),
    (
        "Versent/saml2aws#384",
        "<title>Sign On Error</title><div class=\"ping-header\">Sign On Error</div><div class=\"ping-error\">Authentication Failed</div><div class=\"ping-error\">Please contact your system administrator for assistance regarding this error.</div>",
        "shown_identity_provider/other",
        "The text names Ping Identity",
    ),
    (
        "appsmithorg/appsmith#16285",
        "We are sorry...\nInvalid Request\nmissing_required_destination",
        "shown_identity_provider/other",
        "The text names Keycloak",
    ),
    (
        "jira-saml-plugin#45",
        "An error occurred. Contact your administrator for more information.\nError details\nActivity ID: 00000000-0000-0000-6f05-0080010000fe\nRelying party: AWS\nError time: Wed, 05 Oct 2016 22:14:12 GMT\nCookie: enabled",
        "shown_identity_provider/other",
        "AD FS reports Activity ID 00000000-0000-0000-6f05-0080010000fe",
    ),
    (
        "django-saml2-auth#148",
        "Exception details: MSIS7007: The requested relying party trust 'https://us-east-1.signin.aws.amazon.com/platform/saml/d-1234567890' is unspecified or unsupported.",
        "shown_identity_provider/no_application",
        "In AD FS, the client ID",
    ),
    (
        "guess: AD FS, in German",
        "Es ist ein Fehler aufgetreten. Wenden Sie sich an den Administrator, um weitere Informationen zu erhalten.\nFehlerdetails\nAktivitäts-ID: 00000000-0000-0000-6f05-0080010000fe\nFehlerzeit: Wed, 05 Oct 2016 22:14:12 GMT",
        "shown_identity_provider/other",
        "AD FS reports Activity ID 00000000-0000-0000-6f05-0080010000fe",
    ),
    (
        "guess: AD FS, in Spanish",
        "Se produjo un error. Póngase en contacto con el administrador para obtener más información.\nId. de actividad: 00000000-0000-0000-1a02-0080010000de",
        "shown_identity_provider/other",
        "AD FS reports Activity ID 00000000-0000-0000-1a02-0080010000de",
    ),
    (
        "guess: Okta, feature",
        "You do not have permission to access the feature you are requesting",
        "shown_okta/policy",
        "Check the sign-on policy",
    ),
    (
        "guess: Google, certificate",
        "400. That’s an error.\nError: malformed_certificate",
        "shown_google/certificate",
        "",
    ),
    (
        "guess: Google, in German",
        "403. Das ist ein Fehler.\nFehler: app_not_configured_for_user\nDer Dienst ist für diesen Nutzer nicht konfiguriert.",
        "shown_google/for_user",
        "User access",
    ),
    (
        "guess: Google, in Japanese",
        "エラー: app_not_enabled_for_user\nサービスがこのユーザーに対して有効になっていません。",
        "shown_google/not_enabled",
        "organizational unit",
    ),
    (
        "guess: Entra ID, in French",
        "AADSTS50105 : L'utilisateur connecté n'est pas affecté à un rôle pour l'application",
        "shown_entra/not_assigned",
        "Users and groups",
    ),
    (
        "guess: Entra ID, in German",
        "Es tut uns leid, aber wir können Sie nicht anmelden.\nAADSTS50034: Das Benutzerkonto ana@example.com ist im Verzeichnis example.com nicht vorhanden.",
        "shown_entra/no_user",
        "invite this account as a guest",
    ),
    (
        "guess: Entra ID, in Spanish",
        "Lo sentimos, pero tenemos problemas para iniciar la sesión.\nAADSTS75005: La solicitud no es un mensaje válido del protocolo Saml 2.0.",
        "shown_entra/request",
        "Basic SAML Configuration",
    ),
];
