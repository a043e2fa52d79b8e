//! The AWS access portal, where an organization's users sign in.

use serde::{Deserialize, Serialize};

use super::{IdentityStoreId, Partition, Region};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccessPortal {
    /// For example, `https://d-1234567890.awsapps.com/start`.
    pub start_url: String,
    /// The Region of IAM Identity Center.
    pub region: String,
}

/// The domains of access portals.
const HOSTS: [&str; 5] =
    ["awsapps.com", "awsapps.cn", "amazonaws.com", "amazonaws.com.cn", "app.aws"];

impl AccessPortal {
    /// Returns the Region in the address of a portal of an additional Region, of a dual-stack portal
    /// or of a portal in China or GovCloud: `ssoins-….REGION.portal.amazonaws.com`,
    /// `ssoins-….portal.REGION.app.aws`, `start.REGION.home.awsapps.cn`,
    /// `start.REGION.us-gov-home.awsapps.com`. Other addresses don't
    /// contain the Region.
    pub fn region_in(start_url: &str) -> Option<Region> {
        let host = url::Url::parse(start_url).ok()?.host_str()?.to_owned();
        let mut labels = host.split('.');
        match (labels.next()?, labels.next()?, labels.next()?, labels.next()?) {
            (instance, "portal", region, "app") | (instance, region, "portal", "amazonaws")
                if instance.starts_with("ssoins-") =>
            {
                region.parse().ok()
            }
            ("start", region, "home" | "us-gov-home", "awsapps") => region.parse().ok(),
            _ => None,
        }
    }

    /// Returns whether the portal's address belongs to another Region or partition than `region`.
    pub fn is_in_other_region(&self) -> bool {
        let Ok(region) = self.region.parse::<Region>() else { return false };
        if let Some(named) = Self::region_in(&self.start_url) {
            return named != region;
        }
        let host = url::Url::parse(&self.start_url).ok();
        let host = host.as_ref().and_then(url::Url::host_str).unwrap_or_default();
        let is_in = |partition: &str| region.partition().as_str() == partition;
        match host.strip_suffix(".awsapps.com") {
            Some("start.us-gov-home") => !is_in("aws-us-gov"),
            // Each directory has its own host only in the standard partition.
            Some(_) => !is_in("aws"),
            None => false,
        }
    }

    /// Returns whether the start URL can be an access portal. `false` only for a host that isn't
    /// AWS's, such as the address of an identity provider. The hosts of isolated partitions and of
    /// practice mode aren't known.
    pub fn is_on_aws_host(&self) -> bool {
        let Ok(region) = self.region.parse::<Region>() else { return true };
        if !matches!(region.partition().as_str(), "aws" | "aws-us-gov" | "aws-cn") {
            return true;
        }
        let host = url::Url::parse(&self.start_url).ok();
        match host.as_ref().and_then(url::Url::host) {
            Some(url::Host::Domain("localhost")) => true,
            Some(url::Host::Domain(host)) => {
                HOSTS.iter().any(|aws| host.strip_suffix(aws).is_some_and(|own| own.ends_with('.')))
            }
            Some(url::Host::Ipv4(_) | url::Host::Ipv6(_)) => true,
            None => false,
        }
    }

    /// Derives the start URL of an instance's access portal from its identity store and primary
    /// Region. Each directory has its own host only in the standard partition.
    ///
    /// Returns `None` for partitions whose portals aren't known.
    pub fn derive_start_url(
        store: &IdentityStoreId,
        partition: &Partition,
        primary: Option<&Region>,
    ) -> Option<String> {
        match partition.as_str() {
            "aws" => Some(format!("https://{store}.awsapps.com/start")),
            "aws-us-gov" => {
                Some(format!("https://start.us-gov-home.awsapps.com/directory/{store}"))
            }
            // This address format is based on public samples, because AWS doesn't document it.
            "aws-cn" => {
                let region = primary?;
                Some(format!("https://start.{region}.home.awsapps.cn/directory/{store}"))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn region_is_read_from_new_portal_addresses() {
        for (address, expected) in [
            ("https://ssoins-7223b02b2d5d1a3c.portal.us-east-1.app.aws", Some("us-east-1")),
            ("https://ssoins-7223b02b2d5d1a3c.eu-west-1.portal.amazonaws.com/", Some("eu-west-1")),
            ("https://start.cn-northwest-1.home.awsapps.cn/directory/d-1", Some("cn-northwest-1")),
            ("https://example.awsapps.com/start", None),
            ("https://d-1234567890.awsapps.com/start", None),
            ("https://start.us-gov-home.awsapps.com/directory/d-1234567890", None),
            ("https://portal.example.com", None),
            ("nothing", None),
        ] {
            let region = AccessPortal::region_in(address).map(|region| region.to_string());
            assert_eq!(region.as_deref(), expected, "{address}");
        }
    }

    #[test]
    fn portal_of_other_region_is_recognized() {
        for (region, start_url, expected) in [
            ("us-east-1", "https://d-1234567890.awsapps.com/start", false),
            ("eu-west-1", "https://example.awsapps.com/start", false),
            ("us-gov-west-1", "https://start.us-gov-home.awsapps.com/directory/d-1", false),
            ("us-gov-east-1", "https://start.us-gov-home.awsapps.com/directory/d-1", false),
            ("us-east-1", "https://start.us-gov-home.awsapps.com/directory/d-1", true),
            (
                "us-gov-west-1",
                "https://start.us-gov-west-1.us-gov-home.awsapps.com/directory/d-1",
                false,
            ),
            ("us-gov-west-1", "https://d-1234567890.awsapps.com/start", true),
            ("cn-north-1", "https://d-1234567890.awsapps.com/start", true),
            ("cn-north-1", "https://start.cn-north-1.home.awsapps.cn/directory/d-1", false),
            ("cn-northwest-1", "https://start.cn-north-1.home.awsapps.cn/directory/d-1", true),
            ("us-east-1", "https://ssoins-7223b02b2d5d1a3c.portal.us-west-2.app.aws", true),
            ("us-east-1", "https://portal.example.com", false),
            ("Ohio", "https://d-1234567890.awsapps.com/start", false),
        ] {
            let (start_url, region) = (start_url.to_owned(), region.to_owned());
            let portal = AccessPortal { start_url, region };
            assert_eq!(portal.is_in_other_region(), expected, "{portal:?}");
        }
    }

    #[test]
    fn hosts_of_others_are_not_portals() {
        for (region, start_url, expected) in [
            ("us-east-1", "https://example.awsapps.com/start#/", true),
            ("us-east-1", "https://example.awsapps.com/start/\\#/", true),
            ("us-east-1", "https://identitycenter.amazonaws.com/ssoins-7223b02b2d5d1a3c", true),
            ("us-east-1", "https://ssoins-7223b02b2d5d1a3c.portal.us-east-1.app.aws", true),
            ("us-gov-west-1", "https://start.us-gov-home.awsapps.com/directory/d-1", true),
            ("cn-north-1", "https://start.cn-north-1.home.awsapps.cn/directory/d-1", true),
            ("us-iso-east-1", "https://portal.example.ic.gov/start", true),
            ("us-east-1", "http://127.0.0.1:4040/start", true),
            ("us-east-1", "https://myapps.microsoft.com/signin/1", false),
            ("us-east-1", "https://example.okta.com/app/1", false),
            ("us-east-1", "https://awsapps.com.example.com/start", false),
            ("us-east-1", "https://exampleawsapps.com/start", false),
            ("us-east-1", "example.awsapps.com/start", false),
        ] {
            let (start_url, region) = (start_url.to_owned(), region.to_owned());
            let portal = AccessPortal { start_url, region };
            assert_eq!(portal.is_on_aws_host(), expected, "{portal:?}");
        }
    }

    #[test]
    fn start_url_depends_on_partition() {
        let check = |region: &str, expect: Option<&str>| {
            let store = "d-9067abcdef".parse().unwrap();
            let region: Region = region.parse().unwrap();
            let derived =
                AccessPortal::derive_start_url(&store, &region.partition(), Some(&region));
            assert_eq!(derived.as_deref(), expect, "{region}");
        };
        check("us-east-1", Some("https://d-9067abcdef.awsapps.com/start"));
        check("eu-west-1", Some("https://d-9067abcdef.awsapps.com/start"));
        let gov = "https://start.us-gov-home.awsapps.com/directory/d-9067abcdef";
        check("us-gov-west-1", Some(gov));
        check("us-gov-east-1", Some(gov));
        let china = "https://start.cn-north-1.home.awsapps.cn/directory/d-9067abcdef";
        check("cn-north-1", Some(china));
        check("eusc-de-east-1", None);
        check("us-iso-east-1", None);
    }
}
