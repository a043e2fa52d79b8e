//! The IAM policy with the permissions that a setup needs.

use serde_json::{Value, json};

/// The resources to which a policy is limited, as far as they're known.
#[derive(Clone, Copy, Debug, Default)]
pub struct PolicyResources<'a> {
    /// The identity store's ID, `d-…`.
    pub identity_store: Option<&'a str>,
    /// The application's ARN.
    pub application: Option<&'a str>,
    /// The customer managed KMS key's ARN, if there is a key.
    pub kms_key: Option<&'a str>,
    /// The AWS partition, such as `aws-us-gov`.
    pub partition: Option<&'a str>,
}

impl PolicyResources<'_> {
    /// Returns the resources for the identity store and all its users, groups and memberships.
    /// Their ARNs contain no account. The identity store may belong to a different account than the
    /// caller.
    fn people(&self) -> Value {
        let Some(store) = self.identity_store else { return json!("*") };
        let partition = self.partition.unwrap_or("aws");
        json!([
            format!("arn:{partition}:identitystore::*:identitystore/{store}"),
            format!("arn:{partition}:identitystore:::user/*"),
            format!("arn:{partition}:identitystore:::group/*"),
            format!("arn:{partition}:identitystore:::membership/*"),
        ])
    }
}

/// Returns the least-privilege policy as indented JSON.
///
/// The policy has one statement for reading, which AWS mostly can't limit to a resource, one for
/// users and groups, and one for assignments. If there is a customer managed KMS key, the policy
/// also has a statement for the key. `sts:GetCallerIdentity` needs no permission.
pub fn policy(known: PolicyResources<'_>) -> String {
    let statement = |sid: &str, actions: &[&str], resource: Value| json!({"Sid": sid, "Effect": "Allow", "Action": actions, "Resource": resource});
    let mut statements = vec![
        statement("Read", &READ, json!("*")),
        statement("WritePeople", &WRITE_PEOPLE, known.people()),
        statement("WriteAssignments", &WRITE_ASSIGNMENTS, json!(known.application.unwrap_or("*"))),
    ];
    statements.extend(known.kms_key.map(|key| statement("Key", &["kms:Decrypt"], json!(key))));
    document(&statements)
}

/// Returns a policy with the permission that only the event history needs, as indented JSON.
pub fn event_history_policy() -> String {
    let statement =
        json!({"Sid": "EventHistory", "Effect": "Allow", "Action": OPTIONAL, "Resource": "*"});
    document(&[statement])
}

fn document(statements: &[Value]) -> String {
    format!("{:#}", json!({"Version": "2012-10-17", "Statement": statements}))
}

const OPTIONAL: [&str; 1] = ["cloudtrail:LookupEvents"];

const READ: [&str; 20] = [
    "account-access:ListApplications",
    "account-access:ListEntitlements",
    "organizations:DescribeOrganization",
    "organizations:ListDelegatedAdministrators",
    "sso:ListInstances",
    "sso:DescribeInstance",
    "sso:ListApplications",
    "sso:DescribeApplication",
    "sso:ListApplicationAssignments",
    "sso:ListApplicationAssignmentsForPrincipal",
    "sso:ListAccountAssignmentsForPrincipal",
    "identitystore:GetUserId",
    "identitystore:GetGroupId",
    "identitystore:DescribeUser",
    "identitystore:DescribeGroup",
    "identitystore:ListUsers",
    "identitystore:ListGroups",
    "identitystore:ListGroupMemberships",
    "identitystore:IsMemberInGroups",
    "identitystore:GetGroupMembershipId",
];

const WRITE_PEOPLE: [&str; 6] = [
    "identitystore:CreateUser",
    "identitystore:CreateGroup",
    "identitystore:CreateGroupMembership",
    "identitystore:DeleteUser",
    "identitystore:DeleteGroup",
    "identitystore:DeleteGroupMembership",
];

const WRITE_ASSIGNMENTS: [&str; 2] =
    ["sso:CreateApplicationAssignment", "sso:DeleteApplicationAssignment"];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Returns every permission that the source code of our calls mentions.
    fn permissions_in_source() -> BTreeSet<&'static str> {
        let sources = [
            include_str!("account.rs"),
            include_str!("account_access.rs"),
            include_str!("application.rs"),
            include_str!("event_history.rs"),
            include_str!("group.rs"),
            include_str!("instance.rs"),
            include_str!("user.rs"),
        ];
        let quoted = sources.iter().flat_map(|source| source.split('"'));
        quoted
            .filter(|text| {
                ["account-access:", "organizations:", "sso:", "identitystore:", "cloudtrail:"]
                    .iter()
                    .any(|service| text.starts_with(service))
            })
            .collect()
    }

    #[test]
    fn policy_allows_exactly_our_calls() {
        let write = WRITE_PEOPLE.into_iter().chain(WRITE_ASSIGNMENTS);
        let allowed: BTreeSet<&str> = READ.into_iter().chain(write).chain(OPTIONAL).collect();
        assert_eq!(allowed, permissions_in_source());
        let all = policy(PolicyResources::default());
        assert!(!all.contains(OPTIONAL[0]), "the optional permission is separate");
        assert!(event_history_policy().contains(OPTIONAL[0]));
    }

    #[test]
    fn known_resources_limit_the_changes() {
        let application = "arn:aws-us-gov:sso::123456789012:application/ssoins-1/apl-1";
        let known = PolicyResources {
            identity_store: Some("d-1234567890"),
            application: Some(application),
            kms_key: Some("arn:aws-us-gov:kms:us-gov-west-1:123456789012:key/1"),
            partition: Some("aws-us-gov"),
        };
        let resources = |known| -> Vec<Value> {
            let policy: Value = serde_json::from_str(&policy(known)).unwrap();
            let statements = policy["Statement"].as_array().unwrap();
            statements.iter().map(|statement| statement["Resource"].clone()).collect()
        };
        let limited = resources(known);
        assert_eq!(limited[1][0], "arn:aws-us-gov:identitystore::*:identitystore/d-1234567890");
        assert_eq!(limited[1].as_array().unwrap().len(), 4);
        assert_eq!([&limited[0], &limited[2]], ["*", application]);
        assert_eq!(resources(PolicyResources::default()), ["*"; 3]);
    }
}
