//! ARNs and IDs of Identity Center instances, identity stores and applications.

use std::str::FromStr;

use super::parse_error::{RESOURCE_ID, is_hex, is_resource_id, is_uuid, shown_as_text};
use super::{AccountId, ParseError, Partition};

/// An application ARN: `arn:PARTITION:sso::ACCOUNT:application/ssoins-<16>/apl-<16>`. Each `<16>`
/// is 16 letters and digits.
///
/// The IAM Identity Center API reference documents this format.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ApplicationArn {
    text: String,
    partition: Partition,
    account: AccountId,
}

impl ApplicationArn {
    pub fn account(&self) -> &AccountId {
        &self.account
    }

    pub fn instance(&self) -> InstanceArn {
        let (partition, id) = (self.partition.clone(), self.instance_id());
        InstanceArn { text: format!("arn:{partition}:sso:::instance/ssoins-{id}"), partition }
    }

    pub fn partition(&self) -> &Partition {
        &self.partition
    }

    /// Returns the 16 characters after `ssoins-`.
    pub fn instance_id(&self) -> &str {
        let end = self.text.len() - "/apl-".len() - RESOURCE_ID;
        &self.text[end - RESOURCE_ID..end]
    }

    /// Returns the 16 characters after `apl-`. In the application's links, the same characters
    /// follow `ins-`.
    pub fn application_id(&self) -> &str {
        &self.text[self.text.len() - RESOURCE_ID..]
    }
}

impl FromStr for ApplicationArn {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        read_application(text).ok_or(ParseError("an Identity Center application ARN"))
    }
}

/// An instance ARN: `arn:PARTITION:sso:::instance/ssoins-<16>`. `<16>` is 16 letters and digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InstanceArn {
    text: String,
    partition: Partition,
}

impl InstanceArn {
    pub fn partition(&self) -> &Partition {
        &self.partition
    }

    /// Returns the 16 characters after `ssoins-`.
    pub fn id(&self) -> &str {
        &self.text[self.text.len() - RESOURCE_ID..]
    }
}

impl FromStr for InstanceArn {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let is_instance =
            |resource: &str| resource.strip_prefix("instance/ssoins-").is_some_and(is_resource_id);
        read_sso(text)
            .filter(|(_, account, resource)| account.is_empty() && is_instance(resource))
            .map(|(partition, ..)| Self { text: text.to_owned(), partition })
            .ok_or(ParseError("an Identity Center instance ARN"))
    }
}

/// An identity store ID: `d-` and ten hexadecimal digits, or a UUID.
///
/// The Identity Store API's model allows both formats.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IdentityStoreId(String);

impl FromStr for IdentityStoreId {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let directory = text.strip_prefix("d-").is_some_and(|rest| is_hex(rest, 10));
        let shaped = directory || is_uuid(text);
        shaped.then(|| Self(text.to_owned())).ok_or(ParseError("an identity store id"))
    }
}

shown_as_text!(ApplicationArn: text, InstanceArn: text, IdentityStoreId: 0);

fn read_application(text: &str) -> Option<ApplicationArn> {
    let (partition, account, resource) = read_sso(text)?;
    let (instance, application) =
        resource.strip_prefix("application/ssoins-")?.split_once("/apl-")?;
    if !is_resource_id(instance) || !is_resource_id(application) || account.contains('-') {
        return None;
    }
    Some(ApplicationArn { text: text.to_owned(), partition, account: account.parse().ok()? })
}

/// Returns the partition, the account and the resource in an Identity Center ARN.
fn read_sso(text: &str) -> Option<(Partition, &str, &str)> {
    let parts: Vec<&str> = text.split(':').collect();
    let ["arn", partition, "sso", "", account, resource] = parts[..] else {
        return None;
    };
    Some((partition.parse().ok()?, account, resource))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ARN: &str =
        "arn:aws:sso::123456789012:application/ssoins-0123456789abcdef/apl-fedcba9876543210";

    #[test]
    fn application_arn_is_split_into_parts() {
        let arn: ApplicationArn = ARN.parse().unwrap();
        assert_eq!(arn.account().as_str(), "123456789012");
        assert_eq!(arn.partition.as_str(), "aws");
        assert_eq!(arn.instance_id(), "0123456789abcdef");
        assert_eq!(arn.application_id(), "fedcba9876543210");
        assert_eq!(arn.instance().as_str(), "arn:aws:sso:::instance/ssoins-0123456789abcdef");
        assert_eq!(arn.to_string(), ARN);
    }

    #[test]
    fn only_application_arns_are_accepted() {
        let check = |text: &str, expect: bool| {
            assert_eq!(text.parse::<ApplicationArn>().is_ok(), expect, "{text}");
        };
        check(&ARN.replace(":aws:", ":aws-us-gov:"), true);
        check(&ARN.replace(":aws:", ":aws-eusc:"), true);
        check(&ARN.replace("0123456789abcdef", "0Z23456789abcdeg"), true);
        check(&ARN.replace("0123456789abcdef", "0-23456789abcdef"), false);
        check(&ARN.replace("apl-", "ins-"), false);
        check(&ARN[..ARN.len() - 1], false);
        check(&ARN.to_uppercase(), false);
        check(&format!("{ARN} "), false);
        check(&ARN.replace("sso::", "sso:us-east-1:"), false);
        check(&ARN.replace("123456789012", "1234-5678-9012"), false);
    }

    #[test]
    fn instance_and_identity_store_ids_are_parsed() {
        let instance: InstanceArn =
            "arn:aws:sso:::instance/ssoins-0123456789abcdef".parse().unwrap();
        assert_eq!(instance.id(), "0123456789abcdef");
        assert!("arn:aws:sso:::instance/ssoins-0123".parse::<InstanceArn>().is_err());
        assert!("d-90670abcde".parse::<IdentityStoreId>().is_ok());
        assert!("4f8d3a52-8c1f-4e1b-a2a4-7c2d9e0b1f63".parse::<IdentityStoreId>().is_ok());
        assert!("d-9067".parse::<IdentityStoreId>().is_err());
    }
}
