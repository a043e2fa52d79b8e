//! Converts the preflight's results into facts.

use identity_center::{AwsError, Preflight, UserSample};
use people::User;
use saml::certificate::Certificate;
use setup::{FactValue, Field, MessageCause, Source};

/// Facts that a preflight can set. Those that it doesn't set are removed.
pub(super) const OBSERVED: [Field; 14] = [
    Field::OrganizationId,
    Field::OrganizationFeatures,
    Field::ManagementAccountId,
    Field::DelegatedAdministrators,
    Field::InstanceKind,
    Field::InstanceStatus,
    Field::InstanceKmsKey,
    Field::AwsOtherRegions,
    Field::PortalCertificateIssuer,
    Field::DeniedActions,
    Field::BlockedActions,
    Field::UserCount,
    Field::UsersNamedOtherwise,
    Field::UsersWithoutEmail,
];

pub(super) fn observations(preflight: &Preflight) -> Vec<(Field, FactValue, Source)> {
    let mut facts = Vec::new();
    let mut observed =
        |field, text: String| facts.push((field, FactValue::Text(text), Source::Observed));
    observed(Field::AwsAccountId, preflight.caller.account.clone());
    observed(Field::AwsCaller, preflight.caller.arn.clone());
    if let Some(issuer) = preflight.tls_certificate.as_deref().and_then(issuer) {
        observed(Field::PortalCertificateIssuer, issuer);
    }
    observed(Field::DeniedActions, preflight.denied().join(" "));
    if let Some(causes) = list_blocking_causes(preflight) {
        observed(Field::BlockedActions, causes);
    }
    let organization = preflight.organization.as_ref().ok().and_then(Option::as_ref);
    if let Some(organization) = organization {
        observed(Field::OrganizationId, organization.id.clone());
        observed(Field::OrganizationFeatures, organization.features.clone());
        observed(Field::ManagementAccountId, organization.management_account.clone());
    }
    if let Ok(delegated) = &preflight.delegated_administrators {
        observed(Field::DelegatedAdministrators, delegated.join(" "));
    }
    match (&preflight.chosen, &preflight.instances) {
        (Some(instance), _) => {
            observed(Field::InstanceArn, instance.arn.clone());
            observed(Field::IdentityStoreId, instance.identity_store_id.clone());
            let status = match &preflight.instance {
                Some(Ok(details)) => details.status.clone(),
                _ => instance.status.clone(),
            };
            observed(Field::InstanceStatus, status);
            let details = preflight.instance.as_ref().and_then(|told| told.as_ref().ok());
            if let Some(key) = details.and_then(|details| details.kms_key_arn.clone()) {
                observed(Field::InstanceKmsKey, key);
            }
            observed(Field::AwsRegion, preflight.connection.region().to_owned());
            if let Some(regions) = &instance.other_regions {
                observed(Field::AwsOtherRegions, regions.join(" "));
            }
        }
        (None, Ok(_)) => observed(Field::InstanceArn, String::new()),
        (None, Err(_)) => {}
    }
    if let (Some(instance), Some(organization)) = (&preflight.chosen, organization) {
        // If the management account owns the instance, it's the organization's instance (inferred).
        let kind = match instance.owner_account == organization.management_account {
            true => "organization",
            false => "account",
        };
        let derived = Source::Derived { from: Field::ManagementAccountId };
        facts.push((Field::InstanceKind, FactValue::Text(kind.to_owned()), derived));
    }
    if let Some(Ok(sample)) = &preflight.users {
        facts.extend(user_counts(sample));
    }
    facts
}

/// Returns the causes of denials that more permissions wouldn't fix, as a fact.
fn list_blocking_causes(preflight: &Preflight) -> Option<String> {
    let cause = |error: &AwsError| MessageCause::with(error.key(), error.params());
    let causes: Vec<MessageCause> = preflight.blocking_errors().into_iter().map(cause).collect();
    if causes.is_empty() { None } else { serde_json::to_string(&causes).ok() }
}

/// Returns the number of users, and what their names and sources suggest.
fn user_counts(UserSample { users, whole }: &UserSample) -> Vec<(Field, FactValue, Source)> {
    let mut facts = Vec::new();
    // In a large directory, only some users were read. A positive count is then a lower bound, and
    // zero means unknown.
    let found = |count: usize| {
        let text = match (*whole, count) {
            (true, count) => count.to_string(),
            (false, 0) => return None,
            (false, count) => format!("{count}+"),
        };
        Some(FactValue::Text(text))
    };
    let scim = users.iter().any(User::is_provisioned);
    let source = match (scim, *whole) {
        (true, _) => Some("scim"),
        (false, true) => Some("directory"),
        (false, false) => None,
    };
    let otherwise = users.iter().filter(|user| !user.user_name.contains('@')).count();
    let without = users.iter().filter(|user| user.email.is_none()).count();
    let counts = [
        (Field::UserCount, users.len()),
        (Field::UsersNamedOtherwise, otherwise),
        (Field::UsersWithoutEmail, without),
    ];
    facts.extend(
        counts
            .into_iter()
            .filter_map(|(field, count)| Some((field, found(count)?, Source::Observed))),
    );
    let derived = Source::Derived { from: Field::UserCount };
    let source = source.map(|source| FactValue::Text(source.to_owned()));
    facts.extend(source.map(|source| (Field::IdentitySource, source, derived)));
    facts
}

pub(crate) fn issuer(der: &[u8]) -> Option<String> {
    let certificate = Certificate::from_der(der).ok()?;
    Some(certificate.issuer().to_owned())
}
