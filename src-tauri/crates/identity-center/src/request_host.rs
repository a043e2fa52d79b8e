//! Adds the requested host to connection errors.
//!
//! Requests for keys may go to a different host than the call, and the SDK's errors don't name the
//! host.

use std::{error::Error, fmt};

use aws_smithy_runtime_api::client::{
    http::{
        HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient,
        SharedHttpConnector,
    },
    orchestrator::HttpRequest,
    result::ConnectorError,
    runtime_components::RuntimeComponents,
};
use transport::error_chain::error_sources;
use url::Url;

/// An HTTP client whose errors contain a [`HostError`].
#[derive(Debug)]
pub struct HostNamingClient(SharedHttpClient);

impl HostNamingClient {
    pub fn shared(client: SharedHttpClient) -> SharedHttpClient {
        SharedHttpClient::new(Self(client))
    }
}

impl HttpClient for HostNamingClient {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(HostNamingConnector(self.0.http_connector(settings, components)))
    }
}

#[derive(Debug)]
struct HostNamingConnector(SharedHttpConnector);

impl HttpConnector for HostNamingConnector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let url = Url::parse(request.uri()).ok();
        let host = url.and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default();
        let answer = self.0.call(request);
        HttpConnectorFuture::new(
            async move { answer.await.map_err(|error| with_host(host, error)) },
        )
    }
}

/// An error in a connection to this host.
#[derive(Debug)]
pub struct HostError {
    pub host: String,
    source: ConnectorError,
}

impl fmt::Display for HostError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "connection to {}", self.host)
    }
}

impl Error for HostError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.source)
    }
}

fn with_host(host: String, error: ConnectorError) -> ConnectorError {
    let kind = error.as_other();
    let (is_timeout, is_io, is_user) = (error.is_timeout(), error.is_io(), error.is_user());
    let named = Box::new(HostError { host, source: error });
    match () {
        () if is_timeout => ConnectorError::timeout(named),
        () if is_io => ConnectorError::io(named),
        () if is_user => ConnectorError::user(named),
        () => ConnectorError::other(named, kind),
    }
}

/// Returns the host of a failed connection, if the error is about one.
pub fn failed_host<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a str> {
    let named = error_sources(error).find_map(|error| error.downcast_ref::<HostError>())?;
    Some(&named.host)
}
