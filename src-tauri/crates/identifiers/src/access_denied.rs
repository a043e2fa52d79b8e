//! Reads AWS's "is not authorized to perform" messages (IAM User Guide: troubleshoot access denied
//! errors).

use strum::IntoStaticStr;

/// The details of a denied request, read from AWS's message. ARNs that the message doesn't contain
/// are empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessDenied {
    pub cause: DenialCause,
    /// The permission, such as `sso:ListInstances`.
    pub action: String,
    /// The ARN of the user or role session.
    principal: String,
    resource: String,
    /// The ARN of the policy that denies the request.
    policy: String,
}

/// The reason that AWS denies the request, which shows what has to change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum DenialCause {
    /// No identity policy allows the action. Adding the permission fixes this.
    Missing,
    /// A policy of the user or role explicitly denies the action.
    Identity,
    /// A policy on the resource denies the action or doesn't allow it.
    Resource,
    ServiceControl,
    ResourceControl,
    Boundary,
    Session,
    VpcEndpoint,
    /// The trust policy of the role to be assumed.
    Trust,
    /// The policy of a KMS key.
    Key,
    /// The resource belongs to another account.
    Account,
    /// A policy explicitly denies the action, but the message doesn't name the policy's type.
    Unknown,
}

/// The policy types in the messages, in lowercase. A VPC endpoint policy is last, because it can
/// deny a request "transitively through" the policy that actually denies it.
const POLICIES: [(&str, DenialCause); 9] = [
    ("service control polic", DenialCause::ServiceControl),
    ("resource control polic", DenialCause::ResourceControl),
    ("permissions boundar", DenialCause::Boundary),
    ("session policy", DenialCause::Session),
    ("sessions policy", DenialCause::Session),
    ("trust policy", DenialCause::Trust),
    ("identity-based policy", DenialCause::Identity),
    ("resource-based policy", DenialCause::Resource),
    ("vpc endpoint policy", DenialCause::VpcEndpoint),
];

impl AccessDenied {
    /// Reads the first access-denied message in `text`. Returns `None` if there is none.
    pub fn read(text: &str) -> Option<Self> {
        // ASCII case conversion doesn't change the offsets.
        let lower = text.to_ascii_lowercase();
        let (before, after) = split_at_separator(text, &lower, "not authorized to perform")?;
        let user = before.rfind("arn:").map_or("", |start| first_word(&before[start..]));
        let after = after.trim_start_matches([':', ' ', '\n', '\r', '\t']);
        let action = first_word(after);
        if !is_action(action) {
            return None;
        }
        let after = &after[action.len()..];
        // If there are several messages, the next message starts with another user.
        let end = after.to_ascii_lowercase().find("not authorized to perform");
        let context = &after[..end.unwrap_or(after.len())];
        let lower = context.to_ascii_lowercase();
        let resource =
            split_at_separator(context, &lower, "on resource").map_or("", |(_, rest)| arn(rest));
        let reason = ["because ", "explicit deny"].iter().find_map(|start| lower.find(start));
        let reason = reason.map_or("", |start| &lower[start..]);
        let policy = reason.find("arn:aws").map_or("", |start| {
            let offset = context.len() - reason.len() + start;
            first_word(&context[offset..])
        });
        let denied = Self {
            cause: DenialCause::Missing,
            action: action.to_owned(),
            principal: user.to_owned(),
            resource: resource.to_owned(),
            policy: policy.to_owned(),
        };
        Some(Self { cause: denied.cause(reason), ..denied })
    }

    fn cause(&self, reason: &str) -> DenialCause {
        let named =
            POLICIES.iter().find(|(name, _)| reason.contains(name)).map(|(_, cause)| *cause);
        let explicit = reason.contains("explicit deny");
        match named {
            Some(DenialCause::Identity) if !explicit => DenialCause::Missing,
            None | Some(DenialCause::Resource) if self.action.starts_with("kms:") => {
                DenialCause::Key
            }
            None | Some(DenialCause::Resource) if self.action.starts_with("sts:") => {
                DenialCause::Trust
            }
            None | Some(DenialCause::Resource) if !explicit && self.is_of_other_account() => {
                DenialCause::Account
            }
            Some(cause) => cause,
            None if explicit => DenialCause::Unknown,
            None => DenialCause::Missing,
        }
    }

    fn is_of_other_account(&self) -> bool {
        let (owner, caller) = (account(&self.resource), account(&self.principal));
        !owner.is_empty() && !caller.is_empty() && owner != caller
    }

    /// Returns whether one change in AWS fixes both denials.
    pub fn has_cause_of(&self, other: &Self) -> bool {
        let key = |denied: &Self| match denied.cause {
            DenialCause::Key => denied.resource.clone(),
            _ => denied.policy.clone(),
        };
        self.cause == other.cause && key(self) == key(other)
    }

    /// Returns the variables of the message `aws-denied_by`.
    pub fn params(&self) -> Vec<(&'static str, String)> {
        let cause: &str = self.cause.into();
        [
            ("kind", cause),
            ("action", &self.action),
            ("principal", name(&self.principal)),
            ("account", account(&self.principal)),
            ("resource", &self.resource),
            ("owner", account(&self.resource)),
            ("policy", &self.policy),
        ]
        .map(|(name, value)| (name, if value.is_empty() { "none" } else { value }.to_owned()))
        .into()
    }
}

fn split_at_separator<'a>(
    text: &'a str,
    lower: &str,
    separator: &str,
) -> Option<(&'a str, &'a str)> {
    let at = lower.find(separator)?;
    Some((&text[..at], &text[at + separator.len()..]))
}

/// Returns the text before the first space, quotation mark or end of a sentence.
fn first_word(text: &str) -> &str {
    let end = text.find(|c: char| c.is_whitespace() || "\"'`\\<>(),;".contains(c));
    text[..end.unwrap_or(text.len())].trim_end_matches(['.', ':'])
}

/// Returns the ARN at the start of the text, skipping punctuation before the ARN.
fn arn(text: &str) -> &str {
    let text = text.trim_start_matches([':', ' ', '"', '\'', '\\', '\n', '\r', '\t']);
    if text.starts_with("arn:") { first_word(text) } else { "" }
}

fn is_action(text: &str) -> bool {
    text.split_once(':').is_some_and(|(service, name)| {
        let is_name = |text: &str| {
            !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        };
        is_name(service) && is_name(name)
    })
}

fn account(arn: &str) -> &str {
    arn.split(':').nth(4).unwrap_or_default()
}

/// Returns the name of the user or role. Leaves out the session name, because it's often a person's
/// email address.
fn name(arn: &str) -> &str {
    let mut parts = arn.splitn(6, ':').nth(5).unwrap_or_default().split('/');
    match parts.next() {
        Some("assumed-role") => parts.next().unwrap_or_default(),
        Some("user" | "role") => parts.next_back().unwrap_or_default(),
        _ => arn,
    }
}

#[cfg(test)]
mod tests {
    use super::{AccessDenied, DenialCause, DenialCause::*};

    const ROLE: &str = "User: arn:aws:sts::123456789012:assumed-role/Admin/ana@example.com";
    const STORE: &str = "arn:aws:identitystore::123456789012:identitystore/d-1234567890";

    fn param(denied: &AccessDenied, name: &str) -> String {
        denied.params().into_iter().find(|(key, _)| *key == name).unwrap().1
    }

    #[track_caller]
    fn check(rest: &str, expect: DenialCause) -> AccessDenied {
        let text = format!("{ROLE} is not authorized to perform: {rest}");
        let denied = AccessDenied::read(&text).unwrap();
        assert_eq!(denied.cause, expect, "{rest}");
        assert_eq!(param(&denied, "principal"), "Admin");
        denied
    }

    #[test]
    fn missing_permissions_are_recognized() {
        for rest in [
            "sso:ListInstances".to_owned(),
            "sso:ListInstances on resource: *".to_owned(),
            "sso:ListInstances because no identity-based policy allows the sso:ListInstances action".to_owned(),
            format!("identitystore:ListUsers on resource: {STORE}"),
            "kms:Decrypt on resource: arn:aws:kms:us-east-1:210987654321:key/1 because no identity-based policy allows the kms:Decrypt action".to_owned(),
        ] {
            check(&rest, Missing);
        }
    }

    #[test]
    fn denying_policy_type_is_recognized() {
        let action = "sso:ListInstances";
        for (reason, expect) in [
            ("with an explicit deny in an identity-based policy", Identity),
            ("with an explicit deny in a service control policy", ServiceControl),
            (
                "because no service control policy allows the sso:ListInstances action",
                ServiceControl,
            ),
            ("with an explicit deny in a resource control policy", ResourceControl),
            ("with an explicit deny in a permissions boundary", Boundary),
            ("because no permissions boundary allows the sso:ListInstances action", Boundary),
            ("with an explicit deny in a sessions policy", Session),
            ("because no session policy allows the sso:ListInstances action", Session),
            ("because no VPC endpoint policy allows the sso:ListInstances action", VpcEndpoint),
            ("with an explicit deny in a VPC endpoint policy", VpcEndpoint),
            (
                "with an explicit deny in a VPC endpoint policy transitively through a service control policy",
                ServiceControl,
            ),
            ("with an explicit deny in a resource-based policy", Resource),
            ("because no resource-based policy allows the sso:ListInstances action", Resource),
            ("with an explicit deny", Unknown),
        ] {
            check(&format!("{action} on resource: * {reason}"), expect);
            check(&format!("{action} {reason}"), expect);
        }
    }

    #[test]
    fn named_policy_is_returned() {
        let policy =
            "arn:aws:organizations::210987654321:policy/o-example/service_control_policy/p-1";
        for text in [
            format!("with an explicit deny in a service control policy: {policy}."),
            format!("with an explicit deny in a service control policy, with policy ARN: {policy}"),
        ] {
            let denied =
                check(&format!("sso:ListInstances on resource: {STORE} {text}"), ServiceControl);
            assert_eq!(param(&denied, "policy"), policy);
            assert_eq!(param(&denied, "resource"), STORE);
        }
    }

    #[test]
    fn key_account_and_trust_denials_are_recognized() {
        let key = "arn:aws:kms:us-east-1:210987654321:key/11111111-2222-3333-4444-555555555555";
        let denied = check(
            &format!(
                "kms:Decrypt on resource: {key} because no resource-based policy allows the kms:Decrypt action"
            ),
            Key,
        );
        assert_eq!(param(&denied, "resource"), key);
        assert_eq!(param(&denied, "owner"), "210987654321");
        assert_eq!(param(&denied, "account"), "123456789012");
        check(
            &format!(
                "kms:Decrypt on resource: {key} with an explicit deny in a service control policy"
            ),
            ServiceControl,
        );
        let other = STORE.replace("123456789012", "210987654321");
        check(&format!("identitystore:ListUsers on resource: \"{other}\""), Account);
        check(
            &format!(
                "identitystore:ListUsers on resource: {other} because no identity-based policy allows the identitystore:ListUsers action"
            ),
            Missing,
        );
        check("sts:AssumeRole on resource: arn:aws:iam::210987654321:role/Admin", Trust);
        check("sts:AssumeRole with an explicit deny in the role trust policy", Trust);
        check("sts:TagSession on resource: arn:aws:iam::210987654321:role/Admin", Trust);
    }

    #[test]
    fn unrelated_text_is_not_a_denial() {
        for text in [
            "",
            "You are not authorized to perform this operation.",
            "You don't have permissions to access this resource.",
            "not authorized to perform: ",
        ] {
            assert_eq!(AccessDenied::read(text), None, "{text}");
        }
        let user = "User: arn:aws:iam::123456789012:user/division/ben is not authorized to perform: sso:ListInstances";
        assert_eq!(param(&AccessDenied::read(user).unwrap(), "principal"), "ben");
        let wrapped = "\nis not authorized to perform: \nsso:ListInstances with an explicit deny in a\u{a0}service control policy";
        assert_eq!(AccessDenied::read(wrapped).unwrap().action, "sso:ListInstances");
    }
}
