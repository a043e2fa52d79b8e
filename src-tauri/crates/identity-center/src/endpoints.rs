//! Custom endpoints, from `AWS_ENDPOINT_URL`, `AWS_ENDPOINT_URL_<SERVICE>`, or the `endpoint_url`
//! in a profile or its `services` section.

use std::collections::{BTreeMap, BTreeSet};

use aws_config::SdkConfig;
use aws_types::service_config::{LoadServiceConfig, ServiceConfigKey};
use url::{Host, Url};

use super::{
    AwsError,
    configuration::{Configuration, Settings},
    profiles::{self, ToggleSetting},
};

/// The setting that the SDK's clients ask for. See *Service-specific endpoints*, AWS SDKs and Tools
/// Reference.
const VARIABLE: &str = "AWS_ENDPOINT_URL";

/// The services that we call. Each has the prefix of its actions and its ID in the AWS SDKs.
const SERVICES: [(&str, &str); 9] = [
    ("account-access", "Account Access"),
    ("cloudtrail", "CloudTrail"),
    ("identitystore", "identitystore"),
    ("oidc", "SSO OIDC"),
    ("organizations", "Organizations"),
    ("portal.sso", "SSO"),
    ("signin", "Signin"),
    ("sso", "SSO Admin"),
    ("sts", "STS"),
];

/// The custom endpoints in a configuration, by service.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Endpoints(BTreeMap<&'static str, String>);

impl Endpoints {
    /// Reads the custom endpoints from this computer's configuration. The environment takes
    /// precedence over the profile, and a service's own endpoint over the endpoint for all services.
    pub fn read(configuration: &Configuration, settings: &Settings) -> Self {
        if profiles::is_set(configuration, settings, ToggleSetting::IgnoreEndpoints) {
            return Self::default();
        }
        let services = settings.get("services").and_then(|name| configuration.services(name));
        let find = |id: &str| {
            let id = id.to_lowercase().replace(' ', "_");
            let own = format!("{VARIABLE}_{}", id.to_uppercase());
            let variable = |name: &str| configuration.environment.get(name);
            let setting = || {
                let nested = |key: &str| services?.nested(key, "endpoint_url");
                let own = nested(&id).or_else(|| nested(&id.replace('_', "-")));
                own.or_else(|| settings.get("endpoint_url")).map(str::to_owned)
            };
            let found = variable(&own).or_else(|| variable(VARIABLE)).or_else(setting)?;
            Some(found.trim().to_owned()).filter(|found| !found.is_empty())
        };
        let found = SERVICES.into_iter().filter_map(|(service, id)| Some((service, find(id)?)));
        Self(found.collect())
    }

    /// Returns the custom endpoints in an SDK configuration.
    pub fn from_sdk_config(config: &SdkConfig) -> Self {
        let own = |id: &str| {
            let key = ServiceConfigKey::builder()
                .service_id(id)
                .env(VARIABLE)
                .profile("endpoint_url")
                .build();
            config.service_config()?.load_config(key.ok()?)
        };
        let for_all = config.endpoint_url();
        let found = SERVICES.into_iter().filter_map(|(service, id)| {
            let at = own(id).or_else(|| for_all.map(str::to_owned))?;
            Some((service, at))
        });
        Self(found.collect())
    }

    /// Returns the endpoints unchanged if they are safe.
    ///
    /// # Errors
    ///
    /// Returns [`AwsError::PlainEndpoint`] if an endpoint would send keys and tokens over a network
    /// in plain text.
    pub fn require_safe(self) -> Result<Self, AwsError> {
        match self.0.values().find(|address| !is_safe(address)) {
            Some(address) => Err(AwsError::PlainEndpoint { endpoint: address.clone() }),
            None => Ok(self),
        }
    }

    /// Returns a service's endpoint. `service` is the prefix of its actions.
    pub fn service(&self, service: &str) -> Option<&str> {
        self.0.get(service).map(String::as_str)
    }

    /// Returns all distinct endpoints for display, or `None` if only AWS's own endpoints are used.
    pub fn list_custom(&self) -> Option<String> {
        let all: BTreeSet<&str> = self.0.values().map(String::as_str).collect();
        let all: Vec<&str> = all.into_iter().collect();
        (!all.is_empty()).then(|| all.join(", "))
    }
}

/// Passes the endpoints to the SDK's clients. They have no other settings.
impl LoadServiceConfig for Endpoints {
    fn load_config(&self, key: ServiceConfigKey<'_>) -> Option<String> {
        let (service, _) = SERVICES.into_iter().find(|(_, id)| *id == key.service_id())?;
        self.service(service).filter(|_| key.env() == VARIABLE).map(str::to_owned)
    }
}

/// Returns whether a URL uses https or points to this computer.
fn is_safe(address: &str) -> bool {
    let Ok(url) = Url::parse(address) else {
        return false;
    };
    match (url.scheme(), url.host()) {
        ("https", Some(_)) | ("http", Some(Host::Domain("localhost"))) => true,
        ("http", Some(Host::Ipv4(address))) => address.is_loopback(),
        ("http", Some(Host::Ipv6(address))) => address.is_loopback(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn closest_setting_wins() {
        let config = "[default]\nendpoint_url = https://profile.example.com\nservices = own\n\
            [services own]\nsso_admin =\n  endpoint_url = https://admin.example.com\n";
        let all = ("AWS_ENDPOINT_URL", " https://all.example.com ");
        let own = ("AWS_ENDPOINT_URL_STS", "https://sts.example.com");
        let ignored = ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true");
        for (variables, sts, admin) in [
            (&[][..], "profile", "admin"),
            (&[("AWS_ENDPOINT_URL", ""), ("AWS_ENDPOINT_URL_STS", " ")], "profile", "admin"),
            (&[all], "all", "all"),
            (&[all, own], "sts", "all"),
            (&[own, ignored], "", ""),
        ] {
            let configuration = Configuration::from_texts(config, "", variables).await;
            let settings = configuration.profile("default").unwrap();
            let endpoints = Endpoints::read(&configuration, settings);
            for (service, expected) in [("sts", sts), ("sso", admin)] {
                let expected = match expected {
                    "" => None,
                    name => Some(format!("https://{name}.example.com")),
                };
                assert_eq!(endpoints.service(service), expected.as_deref(), "{variables:?}");
            }
        }
    }

    #[test]
    fn plain_http_is_only_allowed_on_loopback() {
        for (address, safe) in [
            ("https://vpce-1.sts.us-east-1.vpce.amazonaws.com", true),
            ("http://127.0.0.1:5000", true),
            ("http://127.3.2.1", true),
            ("http://[::1]:5000/", true),
            ("http://localhost:4566", true),
            ("http://localhost.example.com", false),
            ("http://127.0.0.1@example.com", false),
            ("http://10.0.0.1:5000", false),
            ("http://sts.amazonaws.com", false),
            ("ftp://127.0.0.1", false),
            ("sts.amazonaws.com", false),
            ("", false),
        ] {
            let endpoints = Endpoints([("sts", address.to_owned())].into());
            assert_eq!(endpoints.require_safe().is_ok(), safe, "{address}");
        }
    }
}
