//! Fetches a single page from a known host.
//!
//! Practice mode uses the same URLs as real setups. Only this crate maps them to a local port.

pub mod error_chain;
mod network;
mod peer_certificate;
#[cfg(any(test, feature = "test-server"))]
pub mod test_server;

use std::{collections::BTreeMap, path::PathBuf, time::Duration};

use reqwest::{
    Client, StatusCode,
    header::{CONTENT_TYPE, HeaderName, HeaderValue, LOCATION},
    redirect::Policy,
};
use strum::{IntoStaticStr, VariantNames};
use url::Url;

use peer_certificate::PeerCertificate;

pub use network::{InvalidCaBundle, Network, SystemProxy};

/// The time limit for fetching a page.
const LIMIT: Duration = Duration::from_secs(10);
/// The maximum size of a page, in bytes.
const LARGEST_PAGE: usize = 1024 * 1024;

/// How to fetch a page.
#[derive(Clone, Debug)]
pub enum Transport {
    /// The internet, through the proxy from the environment or the system, if there is one.
    Real(Network),
    /// Practice mode on this computer.
    Practice { port: u16 },
}

/// A host's response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    pub status: u16,
    /// The content type without parameters, in lower case.
    pub content_type: String,
    pub body: Vec<u8>,
    /// The host's TLS certificate, in DER. `None` in practice mode, which doesn't use TLS.
    pub tls_certificate: Option<Vec<u8>>,
    /// The target of a redirect. We don't follow redirects.
    pub location: Option<Url>,
}

/// An error while fetching a page. The message key is `reach-<code>`.
#[derive(Clone, Debug, PartialEq, Eq, IntoStaticStr, VariantNames, thiserror::Error)]
#[strum(serialize_all = "snake_case")]
#[error("{}", self.code())]
pub enum ReachError {
    /// The host isn't a known host, or the URL isn't a plain `https` URL.
    HostNotAllowed {
        host: String,
    },
    /// The host's name can't be resolved.
    Name {
        host: String,
    },
    Unreachable {
        host: String,
    },
    /// No response arrived within ten seconds.
    Timeout {
        host: String,
    },
    /// The host sent a redirect, which isn't followed.
    Redirected {
        host: String,
    },
    /// The page is larger than 1 MB.
    TooLarge {
        host: String,
    },
    /// The server's certificate isn't trusted on this computer.
    Tls {
        host: String,
    },
    /// The proxy refused the connection.
    Proxy {
        host: String,
    },
    /// The CA bundle can't be read.
    Certificates {
        file: PathBuf,
    },
    /// This computer can't make HTTPS connections.
    NoClient,
}

impl ReachError {
    /// All codes, for the test that checks the message keys.
    pub const CODES: &[&str] = Self::VARIANTS;

    /// Returns the message key without the prefix `reach-`.
    pub fn code(&self) -> &'static str {
        self.into()
    }

    pub fn params(&self) -> BTreeMap<String, String> {
        let (name, value) = match self {
            Self::HostNotAllowed { host }
            | Self::Name { host }
            | Self::Unreachable { host }
            | Self::Timeout { host }
            | Self::Redirected { host }
            | Self::TooLarge { host }
            | Self::Tls { host }
            | Self::Proxy { host } => ("host", host.clone()),
            Self::Certificates { file } => ("file", file.display().to_string()),
            Self::NoClient => return BTreeMap::new(),
        };
        BTreeMap::from([(name.to_owned(), value)])
    }

    /// Classifies a client error by the messages of its sources. The messages themselves aren't
    /// passed on.
    fn from_reqwest(error: &reqwest::Error, host: &str) -> Self {
        let host = host.to_owned();
        if error.is_timeout() {
            return Self::Timeout { host };
        }
        let text = error_chain::texts(error);
        if text.contains("certificate") || text.contains("unknownissuer") {
            Self::Tls { host }
        } else if text.contains("tunnel") || text.contains("proxy") {
            Self::Proxy { host }
        } else if text.contains("dns error") {
            Self::Name { host }
        } else {
            Self::Unreachable { host }
        }
    }
}

impl From<InvalidCaBundle> for ReachError {
    fn from(InvalidCaBundle(file): InvalidCaBundle) -> Self {
        Self::Certificates { file }
    }
}

impl Transport {
    /// Returns the URL to fetch. Practice mode serves `https://HOST/PATH?QUERY` at
    /// `http://127.0.0.1:PORT/at/HOST/PATH?QUERY`.
    pub fn transport(&self, url: &Url) -> String {
        match self {
            Self::Real(_) => url.to_string(),
            Self::Practice { port } => {
                let host = url.host_str().unwrap_or_default();
                let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
                format!("http://127.0.0.1:{port}/at/{host}{}{query}", url.path())
            }
        }
    }

    /// Returns the real URL for a URL that practice mode returned.
    fn real_url(&self, url: Url) -> Url {
        let Self::Practice { port } = self else {
            return url;
        };
        let local = url.as_str().strip_prefix(&format!("http://127.0.0.1:{port}/at/"));
        let real = local.and_then(|rest| Url::parse(&format!("https://{rest}")).ok());
        real.unwrap_or(url)
    }

    /// Fetches a page if `is_known` returns true for its host. Returns an error for a redirect, so
    /// that the header is sent only to this host.
    pub async fn get(
        &self,
        url: &Url,
        is_known: impl Fn(&str) -> bool,
        header: Option<(HeaderName, HeaderValue)>,
    ) -> Result<Page, ReachError> {
        let page = self.get_or_redirect(url, is_known, header).await?;
        match page.location {
            None => Ok(page),
            Some(_) => {
                let host = url.host_str().unwrap_or_default().to_owned();
                Err(ReachError::Redirected { host })
            }
        }
    }

    /// Fetches a page. A redirect is returned as a page with its location.
    pub async fn get_or_redirect(
        &self,
        url: &Url,
        is_known: impl Fn(&str) -> bool,
        header: Option<(HeaderName, HeaderValue)>,
    ) -> Result<Page, ReachError> {
        let host = url.host_str().unwrap_or_default().to_owned();
        let is_plain = url.scheme() == "https"
            && url.port().is_none()
            && url.username().is_empty()
            && url.password().is_none();
        if !is_plain || !is_known(&host) {
            return Err(ReachError::HostNotAllowed { host });
        }
        let tls_certificate = PeerCertificate::default();
        let mut request = self.client(url, &tls_certificate)?.get(self.transport(url));
        if let Some((name, value)) = header {
            request = request.header(name, value);
        }
        let failed = |error: reqwest::Error| ReachError::from_reqwest(&error, &host);
        let mut answer = request.send().await.map_err(failed)?;
        let location = match answer.status() {
            status if !status.is_redirection() || status == StatusCode::NOT_MODIFIED => None,
            _ => {
                let location = answer.headers().get(LOCATION).and_then(|value| value.to_str().ok());
                let location = location.and_then(|location| answer.url().join(location).ok());
                // If the location is missing or can't be parsed, use the page's own address.
                Some(self.real_url(location.unwrap_or_else(|| answer.url().clone())))
            }
        };
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(failed)? {
            if body.len() + chunk.len() > LARGEST_PAGE {
                return Err(ReachError::TooLarge { host });
            }
            body.extend_from_slice(&chunk);
        }
        let content_type = answer
            .headers()
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.split(';').next())
            .unwrap_or_default()
            .trim()
            .to_lowercase();
        let status = answer.status().as_u16();
        Ok(Page { status, content_type, body, tls_certificate: tls_certificate.take(), location })
    }

    fn client(&self, url: &Url, tls_certificate: &PeerCertificate) -> Result<Client, ReachError> {
        let builder = Client::builder().timeout(LIMIT).redirect(Policy::none());
        let builder = match self {
            Self::Real(network) => {
                network.apply(builder.https_only(true), url.as_str(), tls_certificate)?
            }
            Self::Practice { .. } => builder.no_proxy(),
        };
        builder.build().map_err(|_| ReachError::NoClient)
    }
}

#[cfg(test)]
mod tests {
    use tokio::net::TcpListener;

    use super::{
        test_server::{http_response, one_page},
        *,
    };

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[tokio::test]
    async fn practice_serves_page_at_real_address() {
        let (reach, request) =
            one_page(http_response(200, "Text/XML; charset=utf-8", "<xml/>")).await;
        let page = reach
            .get(&url("https://example.com/a/b?c=d"), |host| host == "example.com", None)
            .await
            .unwrap();
        assert_eq!(page.body, b"<xml/>");
        assert_eq!(page.content_type, "text/xml");
        assert!(request.await.unwrap().starts_with("GET /at/example.com/a/b?c=d HTTP/1.1\r\n"));
        assert_eq!(
            Transport::Real(Network::default()).transport(&url("https://example.com/a?b")),
            "https://example.com/a?b"
        );
    }

    #[tokio::test]
    async fn unknown_hosts_and_redirects_are_rejected() {
        let nowhere = Transport::Practice { port: 1 };
        for refused in [
            "https://example.net/",
            "http://example.com/",
            "https://example.com:8443/",
            "https://ana@example.com/",
            "https://example.com.example.net/",
        ] {
            let error =
                nowhere.get(&url(refused), |host| host == "example.com", None).await.unwrap_err();
            assert_eq!(error.code(), "host_not_allowed", "{refused}");
        }
        let moved = "HTTP/1.1 302 Found\r\nlocation: https://example.net/\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
        let (reach, _request) = one_page(moved.to_owned()).await;
        let error = reach.get(&url("https://example.com/"), |_| true, None).await.unwrap_err();
        assert_eq!(error.code(), "redirected");
    }

    #[tokio::test]
    async fn redirect_is_returned_not_followed() {
        let leads = |location: &'static str| async move {
            let moved = format!(
                "HTTP/1.1 302 Found\r\nlocation: {location}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
            );
            let (reach, _request) = one_page(moved).await;
            let page = reach.get_or_redirect(&url("https://example.com/a/b"), |_| true, None).await;
            page.unwrap().location.unwrap().to_string()
        };
        assert_eq!(leads("https://example.net/x?y=z").await, "https://example.net/x?y=z");
        assert!(leads("/login").await.ends_with("/login"));
    }

    #[tokio::test]
    async fn oversized_page_is_rejected() {
        let long = "x".repeat(LARGEST_PAGE + 1);
        let (reach, _request) = one_page(http_response(200, "text/xml", &long)).await;
        let error = reach.get(&url("https://example.com/"), |_| true, None).await.unwrap_err();
        assert_eq!(error.code(), "too_large");
    }

    /// RFC 6761 reserves this name, so no name server knows it.
    #[tokio::test]
    async fn unknown_name_is_not_a_blocked_connection() {
        let reach = Transport::Real(Network::default());
        let name = "https://nowhere.invalid/";
        let error = reach.get(&url(name), |_| true, None).await.unwrap_err();
        // A proxy in this computer's environment resolves the name itself.
        assert!(["name", "proxy"].contains(&error.code()), "{error:?}");
    }

    #[tokio::test]
    async fn closed_port_is_unreachable() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        drop(listener);
        let reach = Transport::Practice { port };
        let error = reach.get(&url("https://example.com/"), |_| true, None).await.unwrap_err();
        assert_eq!(error.code(), "unreachable");
        assert_eq!(error.params()["host"], "example.com");
    }
}
