//! The permissions that a set-up needs, as an IAM policy to attach.

use serde_json::json;

/// The least-privilege policy, as indented JSON: one statement to look around, one to make changes and take
/// them back. `sts:GetCallerIdentity` needs no permission. An instance with a customer managed key needs
/// `kms:Decrypt` on that key as well, which names a key and so is not in here.
pub fn policy() -> String {
    let policy = json!({
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "Look",
                "Effect": "Allow",
                "Action": LOOK,
                "Resource": "*",
            },
            {
                "Sid": "Change",
                "Effect": "Allow",
                "Action": CHANGE,
                "Resource": "*",
            },
        ],
    });
    format!("{policy:#}")
}

const LOOK: [&str; 17] = [
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
];

const CHANGE: [&str; 9] = [
    "identitystore:GetGroupMembershipId",
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

    /// Every permission that a call of ours names.
    fn asked() -> BTreeSet<&'static str> {
        let sources = [
            include_str!("account.rs"),
            include_str!("application.rs"),
            include_str!("group.rs"),
            include_str!("instance.rs"),
            include_str!("user.rs"),
        ];
        let quoted = sources.iter().flat_map(|source| source.split('"'));
        quoted
            .filter(|text| {
                ["organizations:", "sso:", "identitystore:"]
                    .iter()
                    .any(|service| text.starts_with(service))
            })
            .collect()
    }

    #[test]
    fn the_policy_allows_what_is_asked_and_no_more() {
        let allowed: BTreeSet<&str> = LOOK.into_iter().chain(CHANGE).collect();
        assert_eq!(allowed, asked());
        let policy: serde_json::Value = serde_json::from_str(&policy()).unwrap();
        assert_eq!(
            policy["Statement"][1]["Action"].as_array().unwrap().len(),
            9
        );
    }
}
