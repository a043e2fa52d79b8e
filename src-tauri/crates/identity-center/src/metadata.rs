//! Fetches an application's metadata from the access portal. This requires no credentials.

use std::collections::BTreeMap;

use url::Url;

use transport::{ReachError, Transport};

/// An error while fetching metadata. The message key is `metadata-<code>`.
#[derive(Clone, Debug, PartialEq, Eq, strum::IntoStaticStr, thiserror::Error)]
#[strum(serialize_all = "snake_case")]
#[error("{}", self.code())]
pub enum MetadataError {
    /// The text isn't a URL.
    NoAddress,
    #[strum(transparent)]
    Transport(#[from] ReachError),
    /// The portal returned a status other than 200.
    Refused { status: u16 },
}

impl MetadataError {
    pub fn params(&self) -> BTreeMap<String, String> {
        match self {
            Self::Transport(error) => error.params(),
            Self::NoAddress | Self::Refused { .. } => BTreeMap::new(),
        }
    }

    /// Returns the message key without the prefix `metadata-`.
    pub fn code(&self) -> &'static str {
        self.into()
    }
}

/// An access portal's response to a metadata request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MetadataResponse {
    /// The metadata, not yet parsed.
    pub bytes: Vec<u8>,
    /// The portal's TLS certificate, in DER. `None` in practice mode.
    pub tls_certificate: Option<Vec<u8>>,
}

/// Fetches metadata, but only from an AWS portal. It allows at most 10 seconds and 1 MB, and
/// doesn't follow redirects.
pub async fn fetch(address: &str, reach: &Transport) -> Result<MetadataResponse, MetadataError> {
    let url = Url::parse(address).map_err(|_| MetadataError::NoAddress)?;
    let page = reach.get(&url, is_portal, None).await?;
    match page.status {
        200 => Ok(MetadataResponse { bytes: page.body, tls_certificate: page.tls_certificate }),
        status => Err(MetadataError::Refused { status }),
    }
}

/// Returns the TLS certificate that the Region's portal presents on this network, in DER. Returns
/// `None` in practice mode, and if the portal can't be reached.
pub async fn tls_certificate(region: &str, reach: &Transport) -> Option<Vec<u8>> {
    let Transport::Real(_) = reach else {
        return None;
    };
    let address = format!("https://portal.sso.{region}.{}/", super::domain(region));
    let url = Url::parse(&address).ok()?;
    reach.get(&url, is_portal, None).await.ok()?.tls_certificate
}

/// Returns whether a host is `portal.sso.REGION.` followed by an AWS domain, including dual-stack
/// domains.
fn is_portal(host: &str) -> bool {
    const DOMAINS: [&str; 5] = [
        "amazonaws.com",
        "amazonaws.com.cn",
        "amazonaws.eu",
        "api.aws",
        "api.amazonwebservices.com.cn",
    ];
    let Some((region, domain)) =
        host.strip_prefix("portal.sso.").and_then(|rest| rest.split_once('.'))
    else {
        return false;
    };
    DOMAINS.contains(&domain)
        && !region.is_empty()
        && region.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

#[cfg(test)]
mod tests {
    use super::*;
    use transport::test_server::{http_response, one_page};

    #[test]
    fn only_aws_portals_are_asked() {
        let cases = [
            ("portal.sso.us-east-1.amazonaws.com", true),
            ("portal.sso.us-gov-west-1.amazonaws.com", true),
            ("portal.sso.cn-north-1.amazonaws.com.cn", true),
            ("portal.sso.eusc-de-east-1.amazonaws.eu", true),
            ("portal.sso.us-east-1.api.aws", true),
            ("portal.sso.us-east-1.amazonaws.com.example.com", false),
            ("portal.sso.amazonaws.com", false),
            ("portal.sso.us-east-1.example.amazonaws.com", false),
            ("bucket.s3.us-east-1.amazonaws.com", false),
            ("127.0.0.1", false),
        ];
        for (host, expected) in cases {
            assert_eq!(is_portal(host), expected, "{host}");
        }
    }

    #[tokio::test]
    async fn metadata_or_error_is_returned() {
        const ADDRESS: &str = "https://portal.sso.us-east-1.amazonaws.com/saml/metadata/TOKEN";
        let (reach, _request) =
            one_page(http_response(200, "text/xml", "<EntityDescriptor/>")).await;
        assert_eq!(fetch(ADDRESS, &reach).await.unwrap().bytes, b"<EntityDescriptor/>");
        let (reach, _request) = one_page(http_response(404, "text/html", "no")).await;
        assert_eq!(fetch(ADDRESS, &reach).await, Err(MetadataError::Refused { status: 404 }));
        assert_eq!(fetch("portal", &reach).await, Err(MetadataError::NoAddress));
        let error = fetch("https://example.com/saml/metadata/TOKEN", &reach).await.unwrap_err();
        assert_eq!(error.code(), "host_not_allowed");
    }
}
