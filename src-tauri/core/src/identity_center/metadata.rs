//! The metadata that an application's portal answers to anyone, without credentials.

use url::Url;

use crate::reach::{Reach, ReachError};

/// Why there is no metadata. Its words are under `metadata-<code>`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MetadataError {
    /// The text is no address.
    #[error("no address")]
    NoAddress,
    /// The page could not be had.
    #[error(transparent)]
    Reach(#[from] ReachError),
    /// The portal refused.
    #[error("the portal answered {status}")]
    Refused {
        /// The HTTP status.
        status: u16,
    },
}

impl MetadataError {
    /// The host, the variable of its words.
    pub fn host(&self) -> &str {
        match self {
            Self::Reach(error) => error.host(),
            Self::NoAddress | Self::Refused { .. } => "",
        }
    }

    /// The key of its words, without `metadata-`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoAddress => "no_address",
            Self::Reach(error) => error.code(),
            Self::Refused { .. } => "refused",
        }
    }
}

/// Fetches metadata: 10 seconds, 1 MB, no redirects, and only from an AWS portal. The bytes are not looked at.
pub async fn fetch(address: &str, reach: &Reach) -> Result<Vec<u8>, MetadataError> {
    let url = Url::parse(address).map_err(|_| MetadataError::NoAddress)?;
    let page = reach.get(&url, is_portal, None).await?;
    match page.status {
        200 => Ok(page.body),
        status => Err(MetadataError::Refused { status }),
    }
}

/// Whether a host is `portal.sso.REGION.` of one of AWS's domains, the dual-stack one included.
fn is_portal(host: &str) -> bool {
    const DOMAINS: [&str; 5] = [
        "amazonaws.com",
        "amazonaws.com.cn",
        "amazonaws.eu",
        "api.aws",
        "api.amazonwebservices.com.cn",
    ];
    let Some((region, domain)) = host
        .strip_prefix("portal.sso.")
        .and_then(|rest| rest.split_once('.'))
    else {
        return false;
    };
    DOMAINS.contains(&domain)
        && !region.is_empty()
        && region
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reach::tests::{answer, one_page};

    #[test]
    fn only_portals_of_aws_are_asked() {
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
    async fn metadata_or_the_reason_why_not() {
        const ADDRESS: &str = "https://portal.sso.us-east-1.amazonaws.com/saml/metadata/TOKEN";
        let (reach, _request) = one_page(answer(200, "text/xml", "<EntityDescriptor/>")).await;
        assert_eq!(
            fetch(ADDRESS, &reach).await.unwrap(),
            b"<EntityDescriptor/>"
        );
        let (reach, _request) = one_page(answer(404, "text/html", "no")).await;
        assert_eq!(
            fetch(ADDRESS, &reach).await,
            Err(MetadataError::Refused { status: 404 })
        );
        assert_eq!(fetch("portal", &reach).await, Err(MetadataError::NoAddress));
        let error = fetch("https://example.com/saml/metadata/TOKEN", &reach)
            .await
            .unwrap_err();
        assert_eq!(error.code(), "not_asked");
    }
}
