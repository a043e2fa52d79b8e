//! The IAM policy with the permissions that a setup needs.

use serde_json::json;

/// Returns the least-privilege policy as indented JSON.
///
/// It has one statement for reading, one for making and undoing changes, and one for the customer
/// managed KMS key if there is one. `sts:GetCallerIdentity` needs no permission.
pub fn policy(kms_key: Option<&str>) -> String {
    let mut statements = vec![
        json!({
            "Sid": "Read",
            "Effect": "Allow",
            "Action": READ,
            "Resource": "*",
        }),
        json!({
            "Sid": "Write",
            "Effect": "Allow",
            "Action": WRITE,
            "Resource": "*",
        }),
    ];
    statements.extend(kms_key.map(|key| {
        json!({
            "Sid": "Key",
            "Effect": "Allow",
            "Action": "kms:Decrypt",
            "Resource": key,
        })
    }));
    let policy = json!({
        "Version": "2012-10-17",
        "Statement": statements,
    });
    format!("{policy:#}")
}

/// Returns the policy with the permission that only the event history needs, as indented JSON.
pub fn event_history_policy() -> String {
    let policy = json!({
        "Version": "2012-10-17",
        "Statement": [{
            "Sid": "EventHistory",
            "Effect": "Allow",
            "Action": OPTIONAL,
            "Resource": "*",
        }],
    });
    format!("{policy:#}")
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

const WRITE: [&str; 8] = [
    "identitystore:CreateUser",
    "identitystore:CreateGroup",
    "identitystore:CreateGroupMembership",
    "identitystore:DeleteUser",
    "identitystore:DeleteGroup",
    "identitystore:DeleteGroupMembership",
    "sso:CreateApplicationAssignment",
    "sso:DeleteApplicationAssignment",
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Returns every permission that the sources of our calls name.
    fn asked() -> BTreeSet<&'static str> {
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
        let allowed: BTreeSet<&str> = READ.into_iter().chain(WRITE).chain(OPTIONAL).collect();
        assert_eq!(allowed, asked());
        let policy: serde_json::Value = serde_json::from_str(&policy(None)).unwrap();
        assert_eq!(policy["Statement"][1]["Action"].as_array().unwrap().len(), 8);
        let all = super::policy(Some("key"));
        assert!(!all.contains(OPTIONAL[0]), "the optional permission is separate");
        assert!(event_history_policy().contains(OPTIONAL[0]));
    }
}
