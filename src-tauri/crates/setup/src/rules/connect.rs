//! Rules about the account, organization and instance: whether they let the user set up SAML
//! applications.

use crate::{Basis, Cause, Copyable, Facts, Field::*, Finding, Fix, Page, Step};

pub(super) fn findings(facts: &Facts) -> Vec<Finding> {
    let other_than = |field, usual: &str| facts.text(field).filter(|value| *value != usual);
    [
        role(facts),
        facts
            .is(InstanceArn, "")
            .then(|| Finding::error(InstanceArn, "identity_center_off").open(Page::AwsSettings)),
        facts.is(InstanceKind, "account").then(|| {
            Finding::warning(InstanceKind, "account_instance").fix(Fix::Read).basis(Basis::Inferred)
        }),
        other_than(InstanceStatus, "ACTIVE").map(|status| {
            Finding::warning(InstanceStatus, "instance_not_active")
                .expected("ACTIVE")
                .received(status)
                .fix(Fix::Look)
        }),
        facts.text(InstanceKmsKey).map(|key| {
            Finding::info(InstanceKmsKey, "kms_key").with("key", key).copy(Copyable::Policy)
        }),
        other_than(OrganizationFeatures, "ALL").map(|features| {
            Finding::warning(OrganizationFeatures, "organization_features")
                .expected("ALL")
                .received(features)
                .fix(Fix::Read)
        }),
        // Denied actions only make some checks unavailable.
        facts.known(DeniedActions).map(|actions| {
            Finding::warning(DeniedActions, "actions_denied")
                .received(actions)
                .with("count", actions.split(' ').count())
                .copy(Copyable::Policy)
        }),
        // The other Regions are needed only to search for the application.
        facts.known(AwsUnseenRegions).filter(|_| facts.of(ApplicationArn).is_none()).map(
            |regions| {
                Finding::info(AwsUnseenRegions, "regions_unseen")
                    .with("regions", regions.replace(' ', ", "))
                    .fix(Fix::Look)
                    .shown_in(Step::Application)
            },
        ),
        other_than(IdentitySource, "directory").map(|source| {
            Finding::info(IdentitySource, "people_come_from_elsewhere")
                .with("source", source)
                .fix(Fix::Read)
                .basis(Basis::Seen)
        }),
        network(facts),
    ]
    .into_iter()
    .flatten()
    .chain(blocked(facts))
    .collect()
}

/// Explains denials that more permissions don't fix, so no policy is offered.
fn blocked(facts: &Facts) -> Vec<Finding> {
    let causes = facts.known(BlockedActions).and_then(|text| serde_json::from_str(text).ok());
    let causes: Vec<Cause> = causes.unwrap_or_default();
    let finding = |cause: Cause| {
        let kind = cause.params.get("kind").map_or("key", String::as_str).to_owned();
        Finding::warning(BlockedActions, "actions_blocked")
            .with("kind", kind)
            .because(cause)
            .fix(Fix::Read)
    };
    causes.into_iter().map(finding).collect()
}

/// Checks that the account is the management account or a delegated administrator.
fn role(facts: &Facts) -> Option<Finding> {
    let account = facts.text(AwsAccountId)?;
    let management = facts.text(ManagementAccountId)?;
    facts.of(AwsCaller)?;
    let finding = match facts.is_member_account() {
        Some(false) => return None,
        Some(true) => Finding::error(AwsAccountId, "member_account"),
        None => Finding::warning(AwsAccountId, "maybe_member_account").basis(Basis::Inferred),
    };
    Some(finding.expected(management).received(account).fix(Fix::Read))
}

/// Organizations that issue certificates for AWS access portals. A different issuer suggests that a
/// proxy inspects the traffic.
const ISSUERS: [&str; 3] = ["Amazon", "Starfield Technologies, Inc.", "DigiCert Inc"];

/// Detects a proxy that inspects traffic and presents its own certificate for every host.
fn network(facts: &Facts) -> Option<Finding> {
    let issuer = facts.text(PortalCertificateIssuer)?;
    let is_issuer = |name: &&str| format!("{issuer},").contains(&format!("O={name},"));
    (!ISSUERS.iter().any(is_issuer)).then(|| {
        Finding::info(PortalCertificateIssuer, "network_inspected")
            .expected(ISSUERS[0])
            .received(issuer)
            .fix(Fix::Read)
            .basis(Basis::Seen)
    })
}
