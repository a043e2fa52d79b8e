//! Texts of AWS's access portal, sign-in pages and APIs.

use super::Report;

pub const REPORTS: &[Report] = &[
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
        "repost.aws/knowledge-center/iam-troubleshoot-identity-center-sso",
        "It's not you, it is us",
        "shown_aws_trouble/",
        "check the attributes that it sends",
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
        "cloudwithgagan.com/blog/troubleshoot-iam-identity-center-login-failures",
        "No accounts available",
        "shown_no_tile/accounts",
        "open the Applications tab",
    ),
    (
        "docs.aws.amazon.com/singlesignon/latest/userguide/troubleshooting.html",
        "Request is unparsable, syntactically incorrect, or violates schema",
        "shown_external_response/sync",
        "syncing users (SCIM)",
    ),
    (
        "docs.aws.amazon.com/de_de/singlesignon/latest/userguide/troubleshooting.html",
        "AWS: Ein unerwarteter Fehler ist aufgetreten",
        "shown_aws_trouble/",
        "Check this computer’s clock",
    ),
    (
        "docs.aws.amazon.com/it_it/singlesignon/latest/userguide/troubleshooting.html",
        "AWS: Si è verificato un errore imprevisto",
        "shown_aws_trouble/",
        "Check this computer’s clock",
    ),
    (
        "docs.aws.amazon.com/it_it/singlesignon/latest/userguide/troubleshooting.html",
        "Non sei tu, siamo noi",
        "shown_aws_trouble/",
        "clock",
    ),
    (
        "aws-sdk-net#744",
        "Not authorized to perform sts:AssumeRoleWithSAML (Service: AWSSecurityTokenService; Status Code: 403; Error Code: AccessDenied; Request ID: 1). Please try again.",
        "shown_external_response/account",
        "use the application for AWS IAM Identity Center",
    ),
    (
        "docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_saml.html",
        "Error: RoleSessionName is required in AuthnResponse (service: AWSSecurityTokenService; status code: 400; error code: InvalidIdentityToken)",
        "shown_external_response/account",
        "use the application for AWS IAM Identity Center",
    ),
    (
        "docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_saml.html",
        "Error: Failed to assume role: Issuer not present in specified provider (service: AWSOpenIdDiscoveryService; status code: 400; error code: AuthSamlInvalidSamlResponseException)",
        "shown_external_response/account",
        "use the application for AWS IAM Identity Center",
    ),
    (
        "docs.aws.amazon.com/de_de/IAM/latest/UserGuide/troubleshoot_saml.html",
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
    (
        "aws/aws-sam-cli#2129",
        "botocore.exceptions.ClientError: An error occurred (ForbiddenException) when calling the GetRoleCredentials operation: No access",
        "shown_cli/role",
        "sso_role_name",
    ),
    (
        "61418/aws-sso-util#83",
        "Error when retrieving token from sso: Token has expired and refresh failed",
        "shown_cli/session",
        "Run aws sso login",
    ),
    (
        "venth/aws-adfs#439",
        "<h2>Amazon Web Services Sign In</h2>\nYour request included an invalid SAML response. To logout, click <a href=\"/oauth?Action=logout&redirect_uri=https://aws.amazon.com\">here</a>",
        "shown_external_response/account",
        "use the application for AWS IAM Identity Center",
    ),
    (
        "aws-samples/appmod-blueprints#777",
        "Unable to build attributes from provided metadata object as url validation failed",
        "shown_external_response/metadata",
        "entityID and every Location",
    ),
    ("awsesh#9", "Invalid code", "shown_region/code", "Compare the Region in step 2"),
];
