//! Rules about the account, organization and instance: whether they let the user set up SAML
//! applications.

use crate::{CopyableValue, Facts, Field::*, Finding, Fix, MessageCause, Page, RuleBasis, Step};

pub(super) fn findings(facts: &Facts) -> Vec<Finding> {
    let other_than = |field, usual: &str| facts.text(field).filter(|value| *value != usual);
    [
        role(facts),
        facts.equals(InstanceArn, "").then(|| {
            Finding::error(InstanceArn, "identity_center_off").with_page_to_open(Page::AwsSettings)
        }),
        facts.equals(InstanceKind, "account").then(|| {
            Finding::warning(InstanceKind, "account_instance")
                .with_fix(Fix::Read)
                .with_basis(RuleBasis::Inferred)
        }),
        other_than(InstanceStatus, "ACTIVE").map(|status| {
            Finding::warning(InstanceStatus, "instance_not_active")
                .with_expected("ACTIVE")
                .with_received(status)
                .with_fix(Fix::Look)
        }),
        facts.text(InstanceKmsKey).map(|key| {
            Finding::info(InstanceKmsKey, "kms_key").with("key", key).copy(CopyableValue::Policy)
        }),
        other_than(OrganizationFeatures, "ALL").map(|features| {
            Finding::warning(OrganizationFeatures, "organization_features")
                .with_expected("ALL")
                .with_received(features)
                .with_fix(Fix::Read)
        }),
        // Denied actions only make some checks unavailable.
        facts.non_empty_text(DeniedActions).map(|actions| {
            Finding::warning(DeniedActions, "actions_denied")
                .with_received(actions)
                .with("count", actions.split(' ').count())
                .copy(CopyableValue::Policy)
        }),
        // The other Regions are needed only to search for the application.
        facts.non_empty_text(AwsUnseenRegions).filter(|_| facts.get(ApplicationArn).is_none()).map(
            |regions| {
                Finding::info(AwsUnseenRegions, "regions_unseen")
                    .with("regions", regions.replace(' ', ", "))
                    .with_fix(Fix::Look)
                    .with_step(Step::Application)
            },
        ),
        other_than(IdentitySource, "directory").map(|source| {
            Finding::info(IdentitySource, "people_come_from_elsewhere")
                .with("source", source)
                .with_fix(Fix::Read)
                .with_basis(RuleBasis::Seen)
        }),
        network(facts),
    ]
    .into_iter()
    .flatten()
    .chain(blocking_findings(facts))
    .collect()
}

/// Explains denials that more permissions don't fix, so no policy is offered.
fn blocking_findings(facts: &Facts) -> Vec<Finding> {
    let causes =
        facts.non_empty_text(BlockedActions).and_then(|text| serde_json::from_str(text).ok());
    let causes: Vec<MessageCause> = causes.unwrap_or_default();
    let finding = |cause: MessageCause| {
        let kind = cause.params.get("kind").map_or("key", String::as_str).to_owned();
        Finding::warning(BlockedActions, "actions_blocked")
            .with("kind", kind)
            .with_cause(cause)
            .with_fix(Fix::Read)
    };
    causes.into_iter().map(finding).collect()
}

/// Checks that the account is the management account or a delegated administrator.
fn role(facts: &Facts) -> Option<Finding> {
    let account = facts.text(AwsAccountId)?;
    let management = facts.text(ManagementAccountId)?;
    facts.get(AwsCaller)?;
    let finding = match facts.is_member_account() {
        Some(false) => return None,
        Some(true) => Finding::error(AwsAccountId, "member_account"),
        None => {
            Finding::warning(AwsAccountId, "maybe_member_account").with_basis(RuleBasis::Inferred)
        }
    };
    Some(finding.with_expected(management).with_received(account).with_fix(Fix::Read))
}

/// Organizations that issue certificates for AWS access portals. A different issuer suggests that a
/// proxy inspects the traffic.
const ISSUERS: [&str; 3] = ["Amazon", "Starfield Technologies, Inc.", "DigiCert Inc"];

/// Returns whether AWS's web servers have certificates of this issuer.
pub fn is_aws_web_issuer(issuer: &str) -> bool {
    ISSUERS.iter().any(|name| format!("{issuer},").contains(&format!("O={name},")))
}

/// Detects a proxy that inspects traffic and presents its own certificate for every host.
fn network(facts: &Facts) -> Option<Finding> {
    let issuer = facts.text(PortalCertificateIssuer)?;
    (!is_aws_web_issuer(issuer)).then(|| {
        Finding::info(PortalCertificateIssuer, "network_inspected")
            .with_expected(ISSUERS[0])
            .with_received(issuer)
            .with_fix(Fix::Read)
            .with_basis(RuleBasis::Seen)
    })
}
