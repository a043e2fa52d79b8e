//! Determines which services have FIPS endpoints.
//!
//! Based on AWS's list (<https://aws.amazon.com/compliance/fips/>) and the endpoint data in the AWS
//! SDKs. The SDKs build a host name for every service and Region, but most of those hosts don't
//! exist.

/// The Regions whose FIPS endpoints have separate host names.
const UNITED_STATES: [&str; 4] = ["us-east-1", "us-east-2", "us-west-1", "us-west-2"];

/// Returns whether a service has a FIPS endpoint in a Region. `service` is the prefix of its
/// actions. The sign-in services have one only in GovCloud, where their regular endpoint is
/// validated.
pub fn has_endpoint(service: &str, region: &str) -> bool {
    let is_government = region.starts_with("us-gov-");
    match service {
        "sts" | "cloudtrail" => is_government || UNITED_STATES.contains(&region),
        // One endpoint serves all Regions in a partition.
        "organizations" => !region.starts_with("cn-") && !region.starts_with("eusc-"),
        "sso" | "identitystore" => is_government,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fips_is_used_where_the_host_exists() {
        for (service, region, expected) in [
            ("sts", "us-east-1", true),
            ("sts", "eu-west-1", false),
            ("sts", "us-gov-west-1", true),
            ("organizations", "us-west-2", true),
            ("organizations", "cn-north-1", false),
            ("sso", "us-east-1", false),
            ("sso", "us-gov-east-1", true),
            ("identitystore", "us-east-1", false),
            ("portal.sso", "us-east-1", false),
            ("oidc", "us-gov-west-1", false),
        ] {
            assert_eq!(has_endpoint(service, region), expected, "{service} {region}");
        }
    }
}
