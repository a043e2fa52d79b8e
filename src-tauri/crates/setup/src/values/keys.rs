//! The keys of a values document, in the order they are written.

use crate::Field;

/// The type of a key's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    /// `true` or `false`.
    Flag,
    /// `passed`, `failed` or `untried`.
    SignInTest,
    /// A list of `{"attribute", "value", "format"}`.
    Mappings,
}

pub(super) const KEYS: [(&str, Field, Kind); 28] = [
    ("aws_account_id", Field::AwsAccountId, Kind::Text),
    ("aws_region", Field::AwsRegion, Kind::Text),
    ("application_arn", Field::ApplicationArn, Kind::Text),
    ("instance_arn", Field::InstanceArn, Kind::Text),
    ("identity_store_id", Field::IdentityStoreId, Kind::Text),
    ("idp_entity_id", Field::IdpEntityId, Kind::Text),
    ("idp_sso_url", Field::IdpSsoUrl, Kind::Text),
    ("idp_x509_pem", Field::IdpCertificate, Kind::Text),
    ("idp_metadata_xml", Field::IdpMetadata, Kind::Text),
    ("sp_acs_url", Field::SpAcsUrl, Kind::Text),
    ("sp_entity_id", Field::SpEntityId, Kind::Text),
    ("sp_login_url", Field::SpLoginUrl, Kind::Text),
    ("aws_acs_url", Field::AwsAcsUrl, Kind::Text),
    ("aws_audience", Field::AwsAudience, Kind::Text),
    ("nops_issuer_url", Field::NopsIssuerUrl, Kind::Text),
    ("nops_sso_endpoint", Field::NopsSsoEndpoint, Kind::Text),
    ("nops_x509", Field::NopsX509, Kind::Text),
    ("nops_sso_type", Field::NopsSsoType, Kind::Text),
    ("nops_default_role", Field::NopsDefaultRole, Kind::Text),
    ("nops_domain", Field::NopsDomain, Kind::Text),
    ("nops_enforce", Field::NopsEnforce, Kind::Flag),
    ("nops_group_mapping", Field::NopsGroupMapping, Kind::Flag),
    ("tester", Field::Tester, Kind::Text),
    ("recovery_administrator", Field::RecoveryAdministrator, Kind::Text),
    ("test_from_portal", Field::TestFromPortal, Kind::SignInTest),
    ("test_from_nops", Field::TestFromNops, Kind::SignInTest),
    ("subject_mapping", Field::SubjectMapping, Kind::Text),
    ("attribute_mappings", Field::AttributeMappings, Kind::Mappings),
];
