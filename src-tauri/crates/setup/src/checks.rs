//! The checks in step 2. Each row shows something that AWS reports about the setup's account.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use specta::Type;

use super::{Facts, Field, Field::*, Finding, Severity, Source};

/// A row of the checks. Its message key is `check-<name>-<state>`. Some values have their own
/// message variants.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct AwsCheck {
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
    /// The value may cause a problem.
    Warning,
    /// The value must be fixed.
    Error,
    /// AWS didn't return the value.
    Unknown,
    /// There is no connection to AWS.
    Off,
}

/// Returns all rows in display order. Without a connection, a row without a fact is `Off`. A row
/// whose value has a problem isn't `Good`.
pub fn checks(facts: &Facts, findings: &[Finding], connected: bool) -> Vec<AwsCheck> {
    let rows = [
        ("account", AwsAccountId),
        ("organization", OrganizationId),
        ("instance", InstanceArn),
        ("kind", InstanceKind),
        ("region", AwsRegion),
        ("identity_source", IdentitySource),
        ("portal", AccessPortalUrl),
        ("delegated", DelegatedAdministrators),
        ("application", NopsLikeApplications),
    ];
    let checked = |(name, field)| {
        let row = check(facts, name, field, connected);
        match (row.state, worst_problem(findings, field)) {
            (CheckState::Good, Some(Severity::Error)) => {
                AwsCheck { state: CheckState::Error, ..row }
            }
            (CheckState::Good, Some(Severity::Warning)) => {
                AwsCheck { state: CheckState::Warning, ..row }
            }
            _ => row,
        }
    };
    rows.into_iter().map(checked).collect()
}

fn worst_problem(findings: &[Finding], field: Field) -> Option<Severity> {
    let about = findings.iter().filter(|finding| finding.field == Some(field) && !finding.kept);
    about.map(|finding| finding.severity).max()
}

fn check(facts: &Facts, name: &str, field: Field, connected: bool) -> AwsCheck {
    let fact = match field {
        // Without a connection, AWS doesn't list applications, but an entered value identifies the
        // nOps application.
        NopsLikeApplications => facts
            .get(field)
            .or_else(|| facts.get(ApplicationArn))
            .or_else(|| facts.get(IdpEntityId)),
        _ => facts.get(field),
    };
    let state = match (fact, connected) {
        (Some(_), _) => check_state(facts, field, facts.text_or_empty(field)),
        (None, true) => CheckState::Unknown,
        (None, false) => CheckState::Off,
    };
    let text = |field| facts.text_or_empty(field).to_owned();
    let mut params = BTreeMap::from([("value".to_owned(), text(field))]);
    let more: &[(&str, Field)] = match field {
        AwsAccountId => &[("management", ManagementAccountId), ("caller", AwsCaller)],
        OrganizationId => &[("features", OrganizationFeatures)],
        InstanceArn => &[("status", InstanceStatus)],
        AwsRegion => &[("others", AwsOtherRegions)],
        IdentitySource => &[("users", UserCount)],
        _ => &[],
    };
    params.extend(more.iter().map(|(name, field)| ((*name).to_owned(), text(*field))));
    if field == AwsRegion && facts.get(AwsOtherRegions).is_none() {
        let others = if connected { "not_listed" } else { "unknown" };
        params.insert("others".to_owned(), others.to_owned());
    }
    if field == AwsAccountId {
        let role = role(facts);
        params.insert("role".to_owned(), role.to_owned());
    }
    if field == NopsLikeApplications {
        let count = text(field).lines().filter(|line| !line.is_empty()).count();
        let is_listed = facts.get(field).is_some();
        let count = if is_listed { count.to_string() } else { "entered".to_owned() };
        params.insert("count".to_owned(), count);
        params.insert("value".to_owned(), text(field).lines().collect::<Vec<_>>().join(", "));
        let unseen = match facts.get(AwsOtherRegions) {
            None if connected => "not_listed".to_owned(),
            _ => facts.text_or_empty(AwsUnseenRegions).replace(' ', ", "),
        };
        params.insert("unseen".to_owned(), unseen);
    }
    // A message can't select a variant by an empty value.
    for value in params.values_mut().filter(|value| value.is_empty()) {
        "none".clone_into(value);
    }
    AwsCheck { name: name.to_owned(), state, params, source: fact.map(|fact| fact.source.clone()) }
}

/// Returns `management`, `delegated`, `member` or `unknown`.
fn role(facts: &Facts) -> &'static str {
    let account = facts.text(AwsAccountId);
    let delegated = facts.text(DelegatedAdministrators);
    match facts.text(ManagementAccountId) {
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

fn check_state(facts: &Facts, field: Field, value: &str) -> CheckState {
    match field {
        AwsAccountId => match role(facts) {
            "member" => CheckState::Error,
            "unknown" if facts.get(AwsCaller).is_some() => CheckState::Warning,
            _ => CheckState::Good,
        },
        InstanceArn if value.is_empty() => CheckState::Error,
        InstanceArn if facts.text(InstanceStatus).is_some_and(|s| s != "ACTIVE") => {
            CheckState::Warning
        }
        InstanceKind if value == "account" => CheckState::Warning,
        OrganizationId if facts.text(OrganizationFeatures).is_some_and(|f| f != "ALL") => {
            CheckState::Warning
        }
        IdentitySource if value != "directory" => CheckState::Warning,
        _ => CheckState::Good,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::FactValue;

    #[test]
    fn row_with_a_problem_is_not_good() {
        let mut facts = Facts::default();
        let portal = FactValue::Text("https://d-1234567890.awsapps.com/start".to_owned());
        facts.record(AccessPortalUrl, portal, Source::Entered, jiff::Timestamp::UNIX_EPOCH);
        let state = |findings: &[Finding]| {
            let rows = checks(&facts, findings, false);
            rows.into_iter().find(|row| row.name == "portal").map(|row| row.state)
        };
        let error = Finding::error(AccessPortalUrl, "link_kind");
        assert_eq!(state(&[]), Some(CheckState::Good));
        assert_eq!(state(&[Finding::error(IdpLink, "link_kind")]), Some(CheckState::Good));
        assert_eq!(state(std::slice::from_ref(&error)), Some(CheckState::Error));
        let warning = Finding::warning(AccessPortalUrl, "link_kind");
        assert_eq!(state(&[warning]), Some(CheckState::Warning));
        assert_eq!(state(&[Finding { kept: true, ..error }]), Some(CheckState::Good));
    }
}
