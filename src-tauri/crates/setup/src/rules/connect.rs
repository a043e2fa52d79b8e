//! Rules about the account, organization and instance: whether they allow setting up SAML
//! applications.

use super::super::{Basis, Copyable, Facts, Field, Finding, Fix, Page, Severity};

pub(super) fn findings(facts: &Facts) -> Vec<Finding> {
    let mut found = Vec::new();
    found.extend(role(facts));
    found.extend(instance(facts));
    found.extend(denied(facts));
    found.extend(identity_source(facts));
    found.extend(network(facts));
    found
}

/// Checks that the account is the management account or a delegated administrator.
fn role(facts: &Facts) -> Option<Finding> {
    let account = facts.text(Field::AwsAccountId)?;
    let management = facts.text(Field::ManagementAccountId)?;
    facts.of(Field::AwsCaller)?;
    let finding = |code, severity| {
        Finding::about(Field::AwsAccountId, code, severity)
            .expected(management)
            .received(account)
            .fix(Fix::Read)
    };
    match facts.is_member_account() {
        Some(false) => None,
        Some(true) => Some(finding("member_account", Severity::Error)),
        None => Some(finding("maybe_member_account", Severity::Warning).basis(Basis::Inferred)),
    }
}

fn instance(facts: &Facts) -> Vec<Finding> {
    let mut found = Vec::new();
    if facts.text(Field::InstanceArn) == Some("") {
        found.push(
            Finding::about(Field::InstanceArn, "identity_center_off", Severity::Error)
                .fix(Fix::Open { page: Page::AwsSettings }),
        );
    }
    if facts.text(Field::InstanceKind) == Some("account") {
        found.push(
            Finding::about(Field::InstanceKind, "account_instance", Severity::Warning)
                .fix(Fix::Read)
                .basis(Basis::Inferred),
        );
    }
    if let Some(status) = facts.text(Field::InstanceStatus)
        && status != "ACTIVE"
    {
        found.push(
            Finding::about(Field::InstanceStatus, "instance_not_active", Severity::Warning)
                .expected("ACTIVE")
                .received(status)
                .fix(Fix::Look),
        );
    }
    if let Some(key) = facts.text(Field::InstanceKmsKey) {
        let what = Copyable::Policy;
        found.push(
            Finding::about(Field::InstanceKmsKey, "kms_key", Severity::Info)
                .with("key", key)
                .fix(Fix::Copy { what }),
        );
    }
    if facts.text(Field::OrganizationFeatures).is_some_and(|features| features != "ALL") {
        found.push(
            Finding::about(Field::OrganizationFeatures, "organization_features", Severity::Warning)
                .expected("ALL")
                .received(facts.text(Field::OrganizationFeatures).unwrap_or_default())
                .fix(Fix::Read),
        );
    }
    found
}

/// Reports the actions that AWS denied. Only the checks that need them are unavailable.
fn denied(facts: &Facts) -> Option<Finding> {
    let actions = facts.text(Field::DeniedActions).filter(|actions| !actions.is_empty())?;
    Some(
        Finding::about(Field::DeniedActions, "actions_denied", Severity::Warning)
            .received(actions)
            .with("count", actions.split(' ').count().to_string())
            .fix(Fix::Copy { what: Copyable::Policy }),
    )
}

fn identity_source(facts: &Facts) -> Option<Finding> {
    let source = facts.text(Field::IdentitySource).filter(|source| *source != "directory")?;
    Some(
        Finding::about(Field::IdentitySource, "people_come_from_elsewhere", Severity::Info)
            .with("source", source)
            .fix(Fix::Read)
            .basis(Basis::Seen),
    )
}

/// Organizations that issue the certificates of AWS access portals, without an inspecting proxy.
const ISSUERS: [&str; 3] = ["Amazon", "Starfield Technologies, Inc.", "DigiCert Inc"];

/// Detects an inspecting proxy, which shows its own certificate for every host.
fn network(facts: &Facts) -> Option<Finding> {
    let issuer = facts.text(Field::PortalCertificateIssuer)?;
    let is_issuer = |name: &&str| format!("{issuer},").contains(&format!("O={name},"));
    if ISSUERS.iter().any(is_issuer) {
        return None;
    }
    Some(
        Finding::about(Field::PortalCertificateIssuer, "network_inspected", Severity::Info)
            .expected(ISSUERS[0])
            .received(issuer)
            .fix(Fix::Read)
            .basis(Basis::Seen),
    )
}
