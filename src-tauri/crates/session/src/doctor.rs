//! Checks whether this network lets this computer reach AWS's hosts.

use futures_util::future::join_all;
use identifiers::Region;
use identity_center::{LocalSettings, ServiceHost, local_settings, service_hosts};
use serde::Serialize;
use setup::{MessageCause, rules};
use transport::{Network, ReachError, Transport};
use url::Url;

use super::{Failure, setup_session::certificate_issuer};

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

/// The AWS hosts of a Region, and whether they can be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HostChecks {
    pub region: String,
    pub hosts: Vec<HostCheck>,
}

/// Whether a setup can work in this network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NetworkResult {
    /// Every required host can be used.
    Usable,
    /// At least one required host can't be used.
    Blocked,
    /// At least one required host couldn't be tried.
    Unchecked,
}

impl HostChecks {
    pub fn result(&self) -> NetworkResult {
        let unusable = self.hosts.iter().filter(|host| host.is_required && !host.is_usable());
        let states: Vec<HostState> = unusable.map(|host| host.state).collect();
        match states.iter().all(|state| *state == HostState::Unchecked) {
            _ if states.is_empty() => NetworkResult::Usable,
            true => NetworkResult::Unchecked,
            false => NetworkResult::Blocked,
        }
    }
}

/// Checks every AWS host of this program in a Region, with one request each and without
/// credentials. Without `region`, uses the Region of the AWS configuration. `network` has the proxy
/// and certificates from the environment; the AWS configuration can add certificates.
pub async fn doctor(region: Option<&str>, network: &Network) -> Result<HostChecks, Failure> {
    let LocalSettings { region: usual, network } = local_settings(network).await;
    let region = region.map(str::to_owned).or(usual);
    let region = region.ok_or_else(|| Failure::new("doctor_region"))?;
    let region: Region = region.trim().parse().map_err(|_| Failure::new("region_unknown"))?;
    let region = region.to_string();
    let checks = service_hosts(&region).into_iter().map(|host| check(host, &network));
    Ok(HostChecks { hosts: join_all(checks).await, region })
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
    fn only_required_hosts_decide_the_result() {
        let host = |is_required, state| HostCheck {
            service: "sts",
            host: "sts.us-east-1.amazonaws.com".to_owned(),
            is_required,
            state,
            system_proxy: None,
            certificate_issuer: None,
            cause: None,
        };
        let (needed, optional) = (|state| host(true, state), |state| host(false, state));
        use HostState::{Blocked, Inspected, Reachable, Unchecked, Untrusted};
        for (hosts, expected) in [
            (vec![needed(Reachable), needed(Inspected)], NetworkResult::Usable),
            (vec![needed(Reachable), optional(Blocked)], NetworkResult::Usable),
            (vec![needed(Unchecked), needed(Untrusted)], NetworkResult::Blocked),
            (vec![needed(Unchecked), needed(Reachable)], NetworkResult::Unchecked),
            (vec![optional(Unchecked)], NetworkResult::Usable),
        ] {
            let checks = HostChecks { region: "us-east-1".to_owned(), hosts };
            assert_eq!(checks.result(), expected, "{checks:?}");
        }
    }

    #[test]
    fn proxy_is_shown_without_its_password() {
        let shown = without_password("http://ana:canary@proxy.example.com:3128").unwrap();
        assert_eq!(shown, "http://proxy.example.com:3128/");
        assert_eq!(without_password("ana:canary@proxy"), None);
    }
}
