//! Authorizes API calls against an IAM policy. The AWS service authorization reference lists the
//! resources of each action.

use std::sync::{Arc, Mutex, PoisonError};

use serde::Deserialize;

use super::{ApiError, CallInput, Result, bare_id};
use crate::world::PracticeState;

/// The resource for actions that can't be limited to specific resources.
const ANY: &str = "*";

/// The caller's IAM policy. At first, everything is allowed. The policy can be replaced while
/// practice mode runs.
#[derive(Clone, Debug, Default)]
pub struct Permissions(Arc<Mutex<Option<Policy>>>);

impl Permissions {
    /// Replaces the policy. Only calls that this policy allows succeed.
    ///
    /// # Errors
    ///
    /// Returns an error if the text isn't JSON, or if the policy has an element that practice mode
    /// doesn't evaluate, such as a condition.
    pub fn set_policy(&self, policy: &str) -> serde_json::Result<()> {
        let policy = serde_json::from_str(policy)?;
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(policy);
        Ok(())
    }

    /// Returns an error if the policy doesn't allow the call.
    pub fn check(&self, world: &PracticeState, target: &str, input: &CallInput) -> Result<()> {
        self.check_action(&action(target), &resources(world, target, input))
    }

    /// Returns an error unless the policy allows the action on all of these resources.
    pub fn check_action(&self, action: &str, resources: &[String]) -> Result<()> {
        let policy = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(policy) = policy.as_ref() else { return Ok(()) };
        match resources.iter().find(|resource| !policy.allows(action, resource)) {
            None => Ok(()),
            Some(resource) => Err(ApiError::new(
                "AccessDeniedException",
                format!(
                    "User: arn:aws:iam::123456789012:user/dana is not authorized to perform: {action} on \
                     resource: {resource} because no identity-based policy allows the {action} action"
                ),
            )),
        }
    }

    /// Returns an error if the policy doesn't allow an action that can't be limited to specific
    /// resources.
    pub fn check_anywhere(&self, action: &str) -> Result<()> {
        self.check_action(action, &[ANY.to_owned()])
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Policy {
    #[serde(rename = "Version")]
    _version: String,
    statement: Vec<Statement>,
}

impl Policy {
    fn allows(&self, action: &str, resource: &str) -> bool {
        self.statement.iter().any(
            |Statement { effect: PolicyEffect::Allow, action: actions, resource: on, .. }| {
                actions.matches(action) && on.matches(resource)
            },
        )
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Statement {
    #[serde(rename = "Sid")]
    _sid: Option<String>,
    effect: PolicyEffect,
    action: PolicyPatterns,
    resource: PolicyPatterns,
}

#[derive(Debug, Deserialize)]
enum PolicyEffect {
    Allow,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum PolicyPatterns {
    One(String),
    Many(Vec<String>),
}

impl PolicyPatterns {
    fn matches(&self, text: &str) -> bool {
        match self {
            Self::One(pattern) => matches(pattern, text),
            Self::Many(patterns) => patterns.iter().any(|pattern| matches(pattern, text)),
        }
    }
}

/// Returns whether the whole text matches the pattern, in which `*` matches any characters.
fn matches(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((start, rest)) => text.strip_prefix(start).is_some_and(|text| {
            let mut ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
            ends.any(|at| matches(rest, &text[at..]))
        }),
    }
}

/// Returns the permission that an operation needs.
fn action(target: &str) -> String {
    let (service, operation) = target.split_once('.').unwrap_or_default();
    let prefix = match service {
        "AWSIdentityStore" => "identitystore",
        "AWSOrganizationsV20161128" => "organizations",
        "CloudTrail_20131101" => "cloudtrail",
        _ => "sso",
    };
    format!("{prefix}:{operation}")
}

/// Returns the ARNs of all resources that a call needs permission for.
fn resources(world: &PracticeState, target: &str, input: &CallInput) -> Vec<String> {
    let text = |member| input.optional_text(member).ok().flatten();
    if target.starts_with("SWBExternalService.") {
        let arn = text("ApplicationArn").or_else(|| text("InstanceArn"));
        return vec![arn.unwrap_or(ANY).to_owned()];
    }
    if !target.starts_with("AWSIdentityStore.") {
        return vec![ANY.to_owned()];
    }
    let mut resources = vec![super::sso_admin::identity_store_arn(world)];
    let mut add =
        |kind: &str, id: &str| resources.push(format!("arn:aws:identitystore:::{kind}/{id}"));
    for (member, kind) in [("UserId", "user"), ("GroupId", "group"), ("MembershipId", "membership")]
    {
        if let Ok(id) = bare_id(input, member) {
            add(kind, id);
        }
    }
    let member = input.optional_structure("MemberId").ok().flatten();
    if let Some(user) = member.as_ref().and_then(|member| bare_id(member, "UserId").ok()) {
        add("user", user);
    }
    let membership = bare_id(input, "MembershipId").ok();
    let known = world.memberships.iter().find(|known| Some(known.id.as_str()) == membership);
    if let Some(known) = known {
        add("group", &known.group);
        add("user", &known.user);
    }
    resources
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn permissions_with_policy(statement: serde_json::Value) -> Permissions {
        let permissions = Permissions::default();
        let policy = json!({"Version": "2012-10-17", "Statement": [statement]});
        permissions.set_policy(&policy.to_string()).unwrap();
        permissions
    }

    #[test]
    fn patterns_match_whole_texts() {
        for (pattern, text) in [("*", "a"), ("a*", "a"), ("a*c", "abc"), ("a:*:c/*", "a:b:c/d")] {
            assert!(matches(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in [("a", "ab"), ("a*c", "abcd"), ("b*", "ab"), ("arn:*", "*")] {
            assert!(!matches(pattern, text), "{pattern} {text}");
        }
    }

    #[test]
    fn call_needs_all_its_resources() {
        let user = "arn:aws:identitystore:::user/1";
        let store = "arn:aws:identitystore::123456789012:identitystore/d-1234567890";
        let resources = [store.to_owned(), user.to_owned()];
        let delete = "identitystore:DeleteUser";
        let both = json!({"Effect": "Allow", "Action": delete, "Resource": resources});
        assert!(permissions_with_policy(both.clone()).check_action(delete, &resources).is_ok());
        assert!(
            permissions_with_policy(both)
                .check_action("identitystore:CreateUser", &resources)
                .is_err()
        );
        let one = json!({"Effect": "Allow", "Action": [delete], "Resource": store});
        assert!(permissions_with_policy(one).check_action(delete, &resources).is_err());
    }

    #[test]
    fn unknown_elements_are_refused() {
        let conditional = json!({"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {}}
        ]});
        assert!(Permissions::default().set_policy(&conditional.to_string()).is_err());
    }
}
