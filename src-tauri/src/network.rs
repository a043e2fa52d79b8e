//! Reads this computer's network settings from the environment and the desktop.

use std::{env, path::PathBuf};

use transport::Network;

/// The environment variables that set a proxy for HTTPS.
const PROXIES: [&str; 4] = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];

/// Returns this computer's proxy and root certificates. Environment variables take precedence over
/// system settings.
pub fn network() -> Network {
    let named = |name| env::var_os(name).filter(|value| !value.is_empty());
    Network {
        certificates: named("AWS_CA_BUNDLE").map(PathBuf::from),
        system_certificates: named("SSL_CERT_FILE").map(PathBuf::from),
        system_proxy: match PROXIES.into_iter().any(|name| named(name).is_some()) {
            true => None,
            false => Some(system_proxy),
        },
    }
}

/// Returns the proxy from the desktop's network settings for an address.
#[cfg(target_os = "linux")]
fn system_proxy(address: &str) -> Option<String> {
    use gio::prelude::ProxyResolverExt as _;

    let resolver = gio::ProxyResolver::default();
    // If the settings can't be read, there is no proxy.
    let proxies = resolver.lookup(address, gio::Cancellable::NONE).ok()?;
    first_http_proxy(proxies.iter().map(|proxy| proxy.as_str()))
}

/// Returns the proxy from the system settings for an address.
#[cfg(not(target_os = "linux"))]
fn system_proxy(address: &str) -> Option<String> {
    use hyper_util::client::proxy::matcher::Matcher;

    let address: http::Uri = address.parse().ok()?;
    let proxy = Matcher::from_system().intercept(&address)?;
    first_http_proxy([proxy.uri().to_string().as_str()].into_iter())
}

/// Returns the first proxy if it is an HTTP proxy. Returns `None` if a direct connection comes
/// first. SOCKS is not supported.
fn first_http_proxy<'p>(mut proxies: impl Iterator<Item = &'p str>) -> Option<String> {
    let is_http = |proxy: &&str| proxy.starts_with("http://") || proxy.starts_with("https://");
    proxies.next().filter(is_http).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_http_proxy_is_used() {
        let cases: [(&[&str], Option<&str>); 4] = [
            (
                &["http://proxy.example.com:8080", "direct://"],
                Some("http://proxy.example.com:8080"),
            ),
            (&["direct://", "http://proxy.example.com:8080"], None),
            (&["socks://proxy.example.com:1080"], None),
            (&[], None),
        ];
        for (ways, expected) in cases {
            assert_eq!(first_http_proxy(ways.iter().copied()).as_deref(), expected, "{ways:?}");
        }
    }
}
