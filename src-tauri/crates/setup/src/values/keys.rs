//! The keys in a values document, in the order in which they are written.

use crate::{Field, Field::*};

/// The type of a key's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::Display)]
#[strum(serialize_all = "snake_case")]
pub(super) enum ValueKind {
    Text,
    /// `true` or `false`.
    Flag,
    /// `passed`, `failed` or `untried`.
    SignInTest,
    /// A list of `{"attribute", "value", "format"}`.
    Mappings,
}

pub(super) const KEYS: [(&str, Field, ValueKind); 28] = {
    use ValueKind::{Flag, Mappings, SignInTest, Text};
    [
        ("aws_account_id", AwsAccountId, Text),
        ("aws_region", AwsRegion, Text),
        ("application_arn", ApplicationArn, Text),
        ("instance_arn", InstanceArn, Text),
        ("identity_store_id", IdentityStoreId, Text),
        ("idp_entity_id", IdpEntityId, Text),
        ("idp_sso_url", IdpSsoUrl, Text),
        ("idp_x509_pem", IdpCertificate, Text),
        ("idp_metadata_xml", IdpMetadata, Text),
        ("sp_acs_url", SpAcsUrl, Text),
        ("sp_entity_id", SpEntityId, Text),
        ("sp_login_url", SpLoginUrl, Text),
        ("aws_acs_url", AwsAcsUrl, Text),
        ("aws_audience", AwsAudience, Text),
        ("nops_issuer_url", NopsIssuerUrl, Text),
        ("nops_sso_endpoint", NopsSsoEndpoint, Text),
        ("nops_x509", NopsX509, Text),
        ("nops_sso_type", NopsSsoType, Text),
        ("nops_default_role", NopsDefaultRole, Text),
        ("nops_domain", NopsDomain, Text),
        ("nops_enforce", NopsEnforce, Flag),
        ("nops_group_mapping", NopsGroupMapping, Flag),
        ("tester", Tester, Text),
        ("recovery_administrator", RecoveryAdministrator, Text),
        ("test_from_portal", TestFromPortal, SignInTest),
        ("test_from_nops", TestFromNops, SignInTest),
        ("subject_mapping", SubjectMapping, Text),
        ("attribute_mappings", AttributeMappings, Mappings),
    ]
};
