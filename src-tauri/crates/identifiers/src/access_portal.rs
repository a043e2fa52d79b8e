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

impl AccessPortal {
    /// Returns the Region in the address of a portal of an additional Region, or of a dual-stack
    /// portal: `ssoins-….REGION.portal.amazonaws.com`, `ssoins-….portal.REGION.app.aws`. Other
    /// addresses don't contain the Region.
    pub fn region_in(start_url: &str) -> Option<Region> {
        let host = url::Url::parse(start_url).ok()?.host_str()?.to_owned();
        let mut labels = host.split('.');
        match (labels.next()?, labels.next()?, labels.next()?, labels.next()?) {
            (instance, "portal", region, "app") | (instance, region, "portal", "amazonaws")
                if instance.starts_with("ssoins-") =>
            {
                region.parse().ok()
            }
            _ => None,
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
