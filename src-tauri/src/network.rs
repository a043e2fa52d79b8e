//! How this computer gets out, as its environment and its desktop say.

use std::{env, path::PathBuf};

use transport::Network;

/// What names a proxy for HTTPS in the environment.
const PROXIES: [&str; 4] = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];

/// The proxy and the roots of this computer. What the environment says goes before what the system is set to.
pub fn network() -> Network {
    let named = |name| env::var_os(name).filter(|value| !value.is_empty());
    Network {
        certificates: named("AWS_CA_BUNDLE").map(PathBuf::from),
        system_proxy: match PROXIES.into_iter().any(|name| named(name).is_some()) {
            true => None,
            false => Some(system_proxy),
        },
    }
}

/// The proxy that the desktop's network settings name for an address.
#[cfg(target_os = "linux")]
fn system_proxy(address: &str) -> Option<String> {
    use gio::prelude::ProxyResolverExt as _;

    let resolver = gio::ProxyResolver::default();
    // Settings that can't be asked name no proxy.
    let proxies = resolver.lookup(address, gio::Cancellable::NONE).ok()?;
    first(proxies.iter().map(|proxy| proxy.as_str()))
}

/// The proxy that the system's settings name for an address.
#[cfg(not(target_os = "linux"))]
fn system_proxy(address: &str) -> Option<String> {
    use hyper_util::client::proxy::matcher::Matcher;

    let address: http::Uri = address.parse().ok()?;
    let proxy = Matcher::from_system().intercept(&address)?;
    first([proxy.uri().to_string().as_str()].into_iter())
}

/// The first proxy, unless the first way is a direct one. SOCKS is not spoken.
fn first<'p>(mut proxies: impl Iterator<Item = &'p str>) -> Option<String> {
    let is_http = |proxy: &&str| proxy.starts_with("http://") || proxy.starts_with("https://");
    proxies.next().filter(is_http).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_that_the_system_prefers_is_taken() {
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
            assert_eq!(first(ways.iter().copied()).as_deref(), expected, "{ways:?}");
        }
    }
}
