//! The AWS hosts that calls go to.

use super::domain;

/// A host that this program calls, and the service that it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceHost {
    /// The prefix of the service's actions, such as `identitystore`.
    pub service: &'static str,
    pub host: String,
    /// Without this host, the setup doesn't work. Other hosts serve optional checks or another way
    /// to sign in.
    pub is_required: bool,
}

/// The services that we call, and whether every setup needs them.
const SERVICES: [(&str, bool); 8] = [
    ("sts", true),
    ("organizations", true),
    ("sso", true),
    ("identitystore", true),
    ("portal.sso", true),
    ("oidc", false),
    ("cloudtrail", false),
    ("account-access", false),
];

/// Returns every AWS host that this program calls for a Region.
pub fn service_hosts(region: &str) -> Vec<ServiceHost> {
    let host = |(service, is_required)| ServiceHost {
        service,
        host: service_host(service, region),
        is_required,
    };
    SERVICES.into_iter().map(host).collect()
}

/// Returns the host of a service without custom endpoints. Two services have one host for each
/// partition (AWS SDKs, endpoint rules of Organizations and Account Access).
pub(super) fn service_host(service: &str, region: &str) -> String {
    let suffix = domain(region);
    let is = |start| region.starts_with(start);
    let home = match () {
        () if is("us-gov-") => "us-gov-west-1",
        () if is("cn-") => "cn-northwest-1",
        () if is("eusc-") => "eusc-de-east-1",
        () => "us-east-1",
    };
    match (service, suffix) {
        ("organizations", _) => format!("organizations.{home}.{suffix}"),
        ("account-access", "amazonaws.com.cn") => {
            format!("account-access.{home}.api.amazonwebservices.com.cn")
        }
        ("account-access", _) => format!("account-access.{home}.api.aws"),
        _ => format!("{service}.{region}.{suffix}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_follow_the_partition() {
        for (service, region, expected) in [
            ("sts", "eu-west-1", "sts.eu-west-1.amazonaws.com"),
            ("portal.sso", "us-east-2", "portal.sso.us-east-2.amazonaws.com"),
            ("organizations", "eu-west-1", "organizations.us-east-1.amazonaws.com"),
            ("organizations", "us-gov-east-1", "organizations.us-gov-west-1.amazonaws.com"),
            ("organizations", "cn-north-1", "organizations.cn-northwest-1.amazonaws.com.cn"),
            ("account-access", "eu-west-1", "account-access.us-east-1.api.aws"),
            (
                "account-access",
                "cn-north-1",
                "account-access.cn-northwest-1.api.amazonwebservices.com.cn",
            ),
        ] {
            assert_eq!(service_host(service, region), expected);
        }
        let hosts = service_hosts("us-east-1");
        assert!(hosts.iter().any(|one| one.service == "cloudtrail" && !one.is_required));
    }
}
