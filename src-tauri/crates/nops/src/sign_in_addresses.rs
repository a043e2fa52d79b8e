//! Reads what nOps's sign-in addresses return to any browser: the service provider's metadata at
//! the Entity ID, and the redirect to the saved AWS endpoint at the Shareable Link.
//!
//! Neither response is documented (inferred: python3-saml works like this), so a response in
//! another format gives no information. Both addresses come from the user's own nOps page. Requests
//! contain no cookies and no credentials, and follow no redirect.

use std::collections::BTreeMap;

use url::{Host, Url};

use saml::{request::AuthnRequest, service_provider::ServiceProvider};
use transport::{Page, ReachError, Transport};

/// The host of nOps's sign-in addresses. Partners and tests may use other hosts.
pub const USUAL_HOST: &str = "app.nops.io";

/// Why a sign-in address gave no information.
#[derive(Clone, Debug, PartialEq, Eq, strum::IntoStaticStr, thiserror::Error)]
#[strum(serialize_all = "snake_case")]
#[error("{}", self.code())]
pub enum NoInformationReason {
    #[strum(transparent)]
    Transport(#[from] ReachError),
    /// nOps responded with an error status.
    Refused { status: u16 },
    /// nOps returned a page for people, such as a sign-in page.
    WebPage,
    /// nOps redirected to something other than a SAML sign-in.
    OtherRedirect,
    /// The response has an unknown format.
    Unexpected,
}

impl NoInformationReason {
    /// Returns a stable name for the reason.
    pub fn code(&self) -> &'static str {
        self.into()
    }

    /// Returns whether nOps couldn't be reached or couldn't respond at the time. Then nothing is
    /// known about nOps, and another request may succeed.
    pub fn is_unanswered(&self) -> bool {
        match self {
            Self::Transport(ReachError::Redirected { .. } | ReachError::TooLarge { .. }) => false,
            Self::Transport(_) => true,
            // Timeout, too many requests, and server errors.
            Self::Refused { status } => matches!(status, 408 | 429 | 500..),
            Self::WebPage | Self::OtherRedirect | Self::Unexpected => false,
        }
    }

    /// Returns the message key.
    pub fn key(&self) -> String {
        match self {
            Self::Transport(error) => format!("reach-{}", error.code()),
            _ => format!("nops-unseen-{}", self.code()),
        }
    }

    /// Returns the parameters of the message.
    pub fn params(&self) -> BTreeMap<String, String> {
        match self {
            Self::Refused { status } => BTreeMap::from([("status".to_owned(), status.to_string())]),
            Self::Transport(error) => error.params(),
            Self::WebPage | Self::OtherRedirect | Self::Unexpected => BTreeMap::new(),
        }
    }
}

/// A sign-in that nOps starts: the address that nOps sends the browser to, and the request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StartedSignIn {
    /// The identity provider's endpoint that nOps has saved, without the request.
    pub endpoint: String,
    pub request: AuthnRequest,
}

/// Returns the host of an address if we may send requests to it. The address must use `https` on
/// the usual port, have no user info, and have a public host name. IP addresses and names of
/// private networks are never allowed.
pub fn public_host(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    let is_plain = url.scheme() == "https"
        && url.port().is_none()
        && url.username().is_empty()
        && url.password().is_none();
    match url.host()? {
        Host::Domain(name) if is_plain && is_public(name) => Some(name.to_owned()),
        Host::Domain(_) | Host::Ipv4(_) | Host::Ipv6(_) => None,
    }
}

/// Domains that are private or reserved (RFC 2606, 6761, 6762, 8375, 9476, and ICANN's `.internal`)
/// or common in local networks.
const PRIVATE: [&str; 11] = [
    "localhost",
    "local",
    "internal",
    "intranet",
    "lan",
    "home",
    "corp",
    "test",
    "invalid",
    "alt",
    "home.arpa",
];

fn is_public(name: &str) -> bool {
    let name = name.trim_end_matches('.');
    let is_under = |parent: &&str| name == *parent || name.ends_with(&format!(".{parent}"));
    name.contains('.') && !PRIVATE.iter().any(is_under)
}

/// Fetches a sign-in address, but only from `host`, the host that the user allowed requests to.
pub async fn fetch(
    address: &str,
    host: &str,
    transport: &Transport,
) -> Result<Page, NoInformationReason> {
    let allowed = public_host(address).filter(|asked| asked == host);
    let (Some(_), Ok(url)) = (allowed, Url::parse(address)) else {
        return Err(ReachError::HostNotAllowed { host: host.to_owned() }.into());
    };
    Ok(transport.get_or_redirect(&url, |asked| asked == host, None).await?)
}

/// Reads the service provider's metadata that the Entity ID returned.
pub fn service_provider(page: &Page) -> Result<ServiceProvider, NoInformationReason> {
    if page.location.is_some() {
        return Err(NoInformationReason::OtherRedirect);
    }
    check_status(page)?;
    ServiceProvider::read(&page.body).ok_or_else(|| classify_page(page))
}

/// Reads the sign-in that the Shareable Link started.
pub fn started_sign_in(page: &Page) -> Result<StartedSignIn, NoInformationReason> {
    let Some(location) = &page.location else {
        check_status(page)?;
        return Err(classify_page(page));
    };
    let request =
        AuthnRequest::read(location.as_str()).map_err(|_| NoInformationReason::OtherRedirect)?;
    let mut endpoint = location.clone();
    let kept: Vec<(String, String)> = location
        .query_pairs()
        .filter(|(name, _)| !OF_REQUEST.contains(&name.as_ref()))
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    endpoint.set_query(None);
    endpoint.set_fragment(None);
    if !kept.is_empty() {
        endpoint.query_pairs_mut().extend_pairs(kept);
    }
    Ok(StartedSignIn { endpoint: endpoint.into(), request })
}

/// The parameters that HTTP-Redirect adds to an endpoint (SAML bindings, 3.4.4).
const OF_REQUEST: [&str; 4] = ["SAMLRequest", "RelayState", "SigAlg", "Signature"];

fn check_status(page: &Page) -> Result<(), NoInformationReason> {
    match page.status {
        200 => Ok(()),
        status => Err(NoInformationReason::Refused { status }),
    }
}

fn classify_page(page: &Page) -> NoInformationReason {
    match page.content_type == "text/html" {
        true => NoInformationReason::WebPage,
        false => NoInformationReason::Unexpected,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use transport::test_server::{http_response, one_page};

    const LINK: &str = "https://app.nops.io/sso/v1/a/?sso";
    const ENDPOINT: &str = "https://portal.sso.us-east-1.amazonaws.com/saml/assertion/TOKEN";
    const REQUEST: &str = "PHNhbWxwOkF1dGhuUmVxdWVzdCB4bWxuczpzYW1scD0idXJuOm9hc2lzOm5hbWVzOnRjOlNBTUw6Mi4wOnByb3RvY29sIi8%2B";

    #[test]
    fn only_public_hosts_are_allowed() {
        for address in [LINK, "https://sso.partner.example/x", "https://nops.example.com./x"] {
            assert!(public_host(address).is_some(), "{address}");
        }
        for address in [
            "http://app.nops.io/sso",
            "https://app.nops.io:8443/sso",
            "https://ana@app.nops.io/sso",
            "https://127.0.0.1/sso",
            "https://2130706433/sso",
            "https://0x7f.1/sso",
            "https://[::1]/sso",
            "https://169.254.169.254/latest/meta-data",
            "https://localhost/sso",
            "https://nops/sso",
            "https://nops.localhost/sso",
            "https://nops.corp.internal/sso",
            "https://printer.local./sso",
            "https://router.home.arpa/sso",
            "file:///etc/hosts",
            "app.nops.io",
        ] {
            assert_eq!(public_host(address), None, "{address}");
        }
    }

    async fn fetch_test_page(answer: String) -> Result<Page, NoInformationReason> {
        let (transport, _request) = one_page(answer).await;
        fetch(LINK, "app.nops.io", &transport).await
    }

    fn redirect(to: &str) -> String {
        format!(
            "HTTP/1.1 302 Found\r\nlocation: {to}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
        )
    }

    #[tokio::test]
    async fn saved_endpoint_is_read_from_redirect() {
        for (query, kept) in [("", ""), ("&tenant=7", "?tenant=7"), ("&SigAlg=x&Signature=y", "")] {
            let to = format!("{ENDPOINT}?SAMLRequest={REQUEST}&RelayState=r{query}");
            let started = started_sign_in(&fetch_test_page(redirect(&to)).await.unwrap()).unwrap();
            assert_eq!(started.endpoint, format!("{ENDPOINT}{kept}"));
            assert_eq!(started.request.issuer, None);
        }
    }

    #[tokio::test]
    async fn other_responses_report_a_reason() {
        let html = "<title>Sign in</title>";
        let cases = [
            (http_response(200, "text/html", html), "web_page", "web_page"),
            (http_response(200, "application/json", "{}"), "unexpected", "unexpected"),
            (http_response(404, "text/html", html), "refused", "refused"),
            (http_response(403, "application/json", "{}"), "refused", "refused"),
            (redirect("https://app.nops.io/login"), "other_redirect", "other_redirect"),
            (redirect(&format!("{ENDPOINT}?SAMLRequest=%%%")), "other_redirect", "other_redirect"),
        ];
        for (answer, metadata, link) in cases {
            let page = fetch_test_page(answer).await.unwrap();
            assert_eq!(service_provider(&page).unwrap_err().code(), metadata, "{page:?}");
            assert_eq!(started_sign_in(&page).unwrap_err().code(), link, "{page:?}");
        }
    }

    #[tokio::test]
    async fn only_an_answer_about_the_address_counts_as_answered() {
        let html = "<title>Sign in</title>";
        for (status, is_unanswered) in [(403, false), (404, false), (429, true), (503, true)] {
            let page = fetch_test_page(http_response(status, "text/html", html)).await.unwrap();
            assert_eq!(service_provider(&page).unwrap_err().is_unanswered(), is_unanswered);
        }
        let closed = fetch(LINK, "app.nops.io", &Transport::Practice { port: 1 }).await;
        assert!(closed.unwrap_err().is_unanswered());
        let page = fetch_test_page(http_response(200, "text/html", html)).await.unwrap();
        assert!(!service_provider(&page).unwrap_err().is_unanswered());
    }

    #[tokio::test]
    async fn requests_carry_no_cookie_or_secret() {
        let (transport, request) = one_page(http_response(200, "text/html", "")).await;
        fetch(LINK, "app.nops.io", &transport).await.unwrap();
        let request = request.await.unwrap().to_lowercase();
        assert!(request.starts_with("get /at/app.nops.io/sso/v1/a/?sso http/1.1\r\n"));
        assert!(!request.contains("cookie") && !request.contains("authorization"), "{request}");
        let other = fetch(LINK, "example.com", &Transport::Practice { port: 1 }).await;
        assert_eq!(other.unwrap_err().code(), "host_not_allowed");
    }
}
