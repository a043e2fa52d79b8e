//! Checks whether this network lets this computer reach AWS's hosts.

use futures_util::future::join_all;
use identifiers::Region;
use identity_center::{ServiceHost, service_hosts};
use serde::Serialize;
use setup::{MessageCause, rules};
use transport::{Network, ReachError, Transport};
use url::Url;

use super::setup_session::certificate_issuer;

/// Whether a host can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, strum::IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum HostState {
    Reachable,
    /// A proxy inspects the traffic, and this computer trusts the proxy.
    Inspected,
    /// No name server knows the host.
    UnknownName,
    /// The network or the proxy lets no connection through.
    Blocked,
    /// A proxy inspects the traffic, and this computer doesn't trust the proxy.
    Untrusted,
    /// This computer couldn't try.
    Unchecked,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HostCheck {
    pub service: &'static str,
    pub host: String,
    /// Without this host, the setup doesn't work.
    pub is_required: bool,
    pub state: HostState,
    /// The proxy from the system's settings, without its user name and password. Proxies from the
    /// environment apply too.
    pub system_proxy: Option<String>,
    /// Who issued the certificate that the host presented.
    pub certificate_issuer: Option<String>,
    /// Why the host couldn't be reached.
    #[serde(skip)]
    pub cause: Option<MessageCause>,
}

impl HostCheck {
    pub fn is_usable(&self) -> bool {
        matches!(self.state, HostState::Reachable | HostState::Inspected)
    }

    /// Returns the key of the message that says what to change in the network. `None` if nothing
    /// has to change.
    pub fn rule_key(&self) -> Option<&'static str> {
        match self.state {
            HostState::Reachable | HostState::Inspected | HostState::Unchecked => None,
            HostState::UnknownName => Some("doctor-rule-name"),
            HostState::Untrusted => Some("doctor-rule-inspection"),
            HostState::Blocked => Some(match self.cause.as_ref().map(|cause| cause.key.as_str()) {
                Some("reach-proxy") => "doctor-rule-proxy",
                _ => "doctor-rule-firewall",
            }),
        }
    }
}

/// Checks every AWS host of this program in a Region, with one request each and without
/// credentials. Returns `None` if there is no such Region.
pub async fn doctor(region: &str, network: &Network) -> Option<Vec<HostCheck>> {
    let region: Region = region.trim().parse().ok()?;
    let hosts = service_hosts(&region.to_string());
    Some(join_all(hosts.into_iter().map(|host| check(host, network))).await)
}

async fn check(service: ServiceHost, network: &Network) -> HostCheck {
    let ServiceHost { service, host, is_required } = service;
    let address = format!("https://{host}/");
    let reached = match Url::parse(&address) {
        Ok(url) => {
            let transport = Transport::Real(network.clone());
            transport.get_or_redirect(&url, |asked| asked == host, None).await
        }
        Err(_) => Err(ReachError::HostNotAllowed { host: host.clone() }),
    };
    let (state, issuer, cause) = match reached {
        // Any response shows that the host can be reached.
        Ok(page) => {
            let issuer = page.tls_certificate.as_deref().and_then(certificate_issuer);
            let is_aws = issuer.as_deref().is_none_or(rules::is_aws_web_issuer);
            let state = if is_aws { HostState::Reachable } else { HostState::Inspected };
            (state, issuer, None)
        }
        Err(error) => {
            let cause = MessageCause::with(format!("reach-{}", error.code()), error.params());
            (state(&error), None, Some(cause))
        }
    };
    HostCheck {
        service,
        is_required,
        state,
        system_proxy: network.proxy(&address).and_then(|proxy| without_password(&proxy)),
        certificate_issuer: issuer,
        cause,
        host,
    }
}

/// Removes the user name and password from a proxy's address. Returns `None` if it isn't a URL.
fn without_password(proxy: &str) -> Option<String> {
    let mut url = Url::parse(proxy).ok()?;
    url.set_username("").ok()?;
    url.set_password(None).ok()?;
    Some(url.into())
}

fn state(error: &ReachError) -> HostState {
    match error {
        ReachError::Name { .. } => HostState::UnknownName,
        ReachError::Unreachable { .. } | ReachError::Timeout { .. } | ReachError::Proxy { .. } => {
            HostState::Blocked
        }
        ReachError::Tls { .. } => HostState::Untrusted,
        // The host responded.
        ReachError::Redirected { .. } | ReachError::TooLarge { .. } => HostState::Reachable,
        ReachError::HostNotAllowed { .. }
        | ReachError::Certificates { .. }
        | ReachError::NoClient => HostState::Unchecked,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn proxy_is_shown_without_its_password() {
        let shown = without_password("http://ana:canary@proxy.example.com:3128").unwrap();
        assert_eq!(shown, "http://proxy.example.com:3128/");
        assert_eq!(without_password("ana:canary@proxy"), None);
    }
}
