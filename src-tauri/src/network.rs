//! Reads this computer's network settings from the environment and the desktop.

use std::{env, path::PathBuf};

#[cfg(not(target_os = "linux"))]
use hyper_util::client::proxy::matcher::Matcher;
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
    let address: http::Uri = address.parse().ok()?;
    let proxy = system_matcher(address.scheme_str()?)?.intercept(&address)?;
    first_http_proxy([proxy.uri().to_string().as_str()].into_iter())
}

#[cfg(target_os = "macos")]
fn system_matcher(_scheme: &str) -> Option<Matcher> {
    Some(Matcher::from_system())
}

/// Reads the settings here, because `Matcher::from_system` doesn't know proxies that differ by
/// scheme.
#[cfg(windows)]
fn system_matcher(scheme: &str) -> Option<Matcher> {
    let settings = windows_registry::CURRENT_USER
        .open(r"Software\Microsoft\Windows\CurrentVersion\Internet Settings")
        .ok()?;
    if settings.get_u32("ProxyEnable").unwrap_or_default() == 0 {
        return None;
    }
    let proxy = windows_proxy(&settings.get_string("ProxyServer").ok()?, scheme)?;
    let exceptions = settings.get_string("ProxyOverride").unwrap_or_default();
    Some(Matcher::builder().all(proxy).no(windows_exceptions(&exceptions)).build())
}

/// Returns the proxy for a scheme from Windows's setting, which has one proxy for all schemes, or
/// one for each: `http=a:80;https=b:443;socks=c:1080`.
#[cfg(any(windows, test))]
fn windows_proxy(setting: &str, scheme: &str) -> Option<String> {
    let mut entries = setting.split([';', ' ']).filter(|entry| !entry.is_empty());
    let proxy = entries.find_map(|entry| match entry.split_once('=') {
        Some((of, proxy)) => of.eq_ignore_ascii_case(scheme).then_some(proxy),
        None => Some(entry),
    })?;
    match proxy.contains("://") {
        true => Some(proxy.to_owned()),
        false => Some(format!("http://{proxy}")),
    }
}

/// Converts Windows's exceptions (`*.example.com;<local>`) to the form of `NO_PROXY`.
#[cfg(any(windows, test))]
fn windows_exceptions(setting: &str) -> String {
    setting
        .split(';')
        .map(|host| host.trim().trim_start_matches("*."))
        .collect::<Vec<_>>()
        .join(",")
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

    #[test]
    fn windows_proxy_settings_are_read() {
        for (setting, https, http) in [
            (
                "proxy.example.com:8080",
                Some("http://proxy.example.com:8080"),
                Some("http://proxy.example.com:8080"),
            ),
            (
                "http://proxy.example.com",
                Some("http://proxy.example.com"),
                Some("http://proxy.example.com"),
            ),
            ("http=a:80;https=b:443", Some("http://b:443"), Some("http://a:80")),
            ("HTTPS=https://b:443 ftp=c:21", Some("https://b:443"), None),
            ("socks=s:1080", None, None),
            ("", None, None),
        ] {
            assert_eq!(windows_proxy(setting, "https").as_deref(), https, "{setting}");
            assert_eq!(windows_proxy(setting, "http").as_deref(), http, "{setting}");
        }
        assert_eq!(
            windows_exceptions("*.example.com; 10.0.0.1;<local>"),
            "example.com,10.0.0.1,<local>"
        );
    }
}
