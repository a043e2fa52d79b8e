//! The checks of step 2: what AWS reports about itself, one row each.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use specta::Type;

use super::{Facts, Field, Source};

/// One row of the checks. Its message key is `check-<name>-<state>`, with further variants for some
/// values.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct Check {
    /// `account`, `organization`, `instance`, `kind`, `region`, `identity_source`, `portal`,
    /// `delegated` or `application`.
    pub name: String,
    pub state: CheckState,
    /// Variables of the message.
    pub params: BTreeMap<String, String>,
    pub source: Option<Source>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum CheckState {
    Good,
    /// May cause a problem.
    Warning,
    /// Must be fixed.
    Error,
    /// AWS didn't return the value.
    Unknown,
    /// There is no connection to AWS.
    Off,
}

/// Returns all rows in reading order. Without a connection, a row without a fact is `Off`.
pub fn checks(facts: &Facts, connected: bool) -> Vec<Check> {
    let rows = [
        ("account", Field::AwsAccountId),
        ("organization", Field::OrganizationId),
        ("instance", Field::InstanceArn),
        ("kind", Field::InstanceKind),
        ("region", Field::AwsRegion),
        ("identity_source", Field::IdentitySource),
        ("portal", Field::AccessPortalUrl),
        ("delegated", Field::DelegatedAdministrators),
        ("application", Field::NopsLikeApplications),
    ];
    rows.into_iter().map(|(name, field)| check(facts, name, field, connected)).collect()
}

fn check(facts: &Facts, name: &str, field: Field, connected: bool) -> Check {
    let fact = match field {
        // Without a connection, no list of applications exists, but one entered value identifies
        // ours.
        Field::NopsLikeApplications => facts
            .of(field)
            .or_else(|| facts.of(Field::ApplicationArn))
            .or_else(|| facts.of(Field::IdpEntityId)),
        _ => facts.of(field),
    };
    let state = match (fact, connected) {
        (Some(_), _) => state_of(facts, field, facts.text(field).unwrap_or_default()),
        (None, true) => CheckState::Unknown,
        (None, false) => CheckState::Off,
    };
    let text = |field| facts.text(field).unwrap_or_default().to_owned();
    let mut params = BTreeMap::from([("value".to_owned(), text(field))]);
    let more: &[(&str, Field)] = match field {
        Field::AwsAccountId => {
            &[("management", Field::ManagementAccountId), ("caller", Field::AwsCaller)]
        }
        Field::OrganizationId => &[("features", Field::OrganizationFeatures)],
        Field::InstanceArn => &[("status", Field::InstanceStatus)],
        Field::AwsRegion => &[("others", Field::AwsOtherRegions)],
        Field::IdentitySource => &[("users", Field::UserCount)],
        _ => &[],
    };
    params.extend(more.iter().map(|(name, field)| ((*name).to_owned(), text(*field))));
    if field == Field::AwsRegion && facts.of(Field::AwsOtherRegions).is_none() {
        params.insert("others".to_owned(), "unknown".to_owned());
    }
    if field == Field::AwsAccountId {
        let role = role(facts);
        params.insert("role".to_owned(), role.to_owned());
    }
    if field == Field::NopsLikeApplications {
        let count = text(field).lines().filter(|line| !line.is_empty()).count();
        let is_listed = facts.of(field).is_some();
        let count = if is_listed { count.to_string() } else { "entered".to_owned() };
        params.insert("count".to_owned(), count);
        params.insert("value".to_owned(), text(field).lines().collect::<Vec<_>>().join(", "));
    }
    // Messages select a variant by value, and an empty text can't select one.
    for value in params.values_mut().filter(|value| value.is_empty()) {
        "none".clone_into(value);
    }
    Check { name: name.to_owned(), state, params, source: fact.map(|fact| fact.source.clone()) }
}

/// Returns `management`, `delegated`, `member` or `unknown`.
fn role(facts: &Facts) -> &'static str {
    let account = facts.text(Field::AwsAccountId);
    let delegated = facts.text(Field::DelegatedAdministrators);
    match facts.text(Field::ManagementAccountId) {
        None => "unknown",
        Some(management) if account == Some(management) => "management",
        Some(_) => match (account, delegated) {
            (Some(account), Some(list)) if list.split(' ').any(|other| other == account) => {
                "delegated"
            }
            (_, Some(_)) => "member",
            (_, None) => "unknown",
        },
    }
}

fn state_of(facts: &Facts, field: Field, value: &str) -> CheckState {
    match field {
        Field::AwsAccountId => match role(facts) {
            "member" => CheckState::Error,
            "unknown" if facts.of(Field::AwsCaller).is_some() => CheckState::Warning,
            _ => CheckState::Good,
        },
        Field::InstanceArn if value.is_empty() => CheckState::Error,
        Field::InstanceArn if facts.text(Field::InstanceStatus).is_some_and(|s| s != "ACTIVE") => {
            CheckState::Warning
        }
        Field::InstanceKind if value == "account" => CheckState::Warning,
        Field::OrganizationId
            if facts.text(Field::OrganizationFeatures).is_some_and(|f| f != "ALL") =>
        {
            CheckState::Warning
        }
        Field::IdentitySource if value != "directory" => CheckState::Warning,
        _ => CheckState::Good,
    }
}
