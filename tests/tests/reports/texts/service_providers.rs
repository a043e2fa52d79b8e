//! Texts of SAML libraries and of applications that use them, as nOps does.

use super::Report;

pub const REPORTS: &[Report] = &[
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
];
