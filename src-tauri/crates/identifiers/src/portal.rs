//! The hosts, tokens and links of an application in AWS's access portal.

use std::str::FromStr;

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde::Serialize;

use super::parse_error::{is_resource_id, shown_as_text};
use super::{AccountId, ApplicationArn, ParseError, Partition, Region};

/// The last part of an application's links.
///
/// In every public sample, the token is `base64("ACCOUNT_ins-<application ID>")` without padding.
/// AWS doesn't document this, so a token that can't be decoded is kept unchanged.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PortalToken(String);

impl PortalToken {
    /// The length of every known token.
    pub const USUAL_LENGTH: usize = 44;

    /// Returns the token that the application's links should end with.
    pub fn encode(arn: &ApplicationArn) -> Self {
        Self(BASE64.encode(format!("{}_ins-{}", arn.account(), arn.application_id())))
    }

    /// Returns the account and the application ID, or `None` if the token is opaque or truncated.
    pub fn decoded(&self) -> Option<(AccountId, String)> {
        let bytes = BASE64.decode(&self.0).ok()?;
        let text = std::str::from_utf8(&bytes).ok()?;
        let (account, id) = text.split_once("_ins-")?;
        let shaped = is_resource_id(id) && !account.contains('-');
        shaped.then_some((account.parse().ok()?, id.to_owned()))
    }

    /// Returns whether the token looks complete: it can be decoded, or has at least the usual
    /// length.
    pub fn is_complete(&self) -> bool {
        self.decoded().is_some() || (self.0.len() >= Self::USUAL_LENGTH && !self.is_overlong())
    }

    /// Returns whether a decodable token is followed by more text, such as text that was pasted
    /// after a link.
    fn is_overlong(&self) -> bool {
        self.0.split_at_checked(Self::USUAL_LENGTH).is_some_and(|(token, more)| {
            !more.is_empty() && Self(token.to_owned()).decoded().is_some()
        })
    }
}

impl FromStr for PortalToken {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let shaped = (1..=512).contains(&text.len())
            && text.bytes().all(|b| {
                b.is_ascii_alphanumeric() || matches!(b, b'+' | b'=' | b'-' | b'_' | b'%' | b'.')
            });
        shaped.then(|| Self(text.to_owned())).ok_or(ParseError("a portal token"))
    }
}

shown_as_text!(PortalToken: 0);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum HostFamily {
    /// `portal.sso.REGION.amazonaws.com`, or the equivalent in other partitions. Issuers use this
    /// form.
    Classic,
    /// `portal.sso.REGION.api.aws`, which also supports IPv6. Issuers never use this form.
    DualStack,
}

/// A host of application links: `portal.sso.REGION.SUFFIX`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PortalHost {
    pub family: HostFamily,
    pub region: Region,
    /// The partition that matches both the Region and the suffix.
    pub partition: Partition,
}

impl PortalHost {
    /// Parses a lowercase host name without a port.
    ///
    /// Returns `None` for every host that AWS doesn't use for applications, even if the host looks
    /// similar.
    pub fn read(host: &str) -> Option<Self> {
        let rest = host.strip_prefix("portal.sso.")?;
        let (region, suffix) = rest.split_once('.')?;
        let region: Region = region.parse().ok()?;
        let partition = region.partition();
        let family = if partition.host_suffix() == Some(suffix) {
            HostFamily::Classic
        } else if DUAL_STACK.iter().any(|(name, of)| *of == suffix && *name == partition.as_str()) {
            HostFamily::DualStack
        } else {
            return None;
        };
        Some(Self { family, region, partition })
    }
}

/// The links derived from an application's ARN and Region.
///
/// The token's format is known only from public samples, so derived links are never shown as
/// verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortalLinks {
    /// The *IAM Identity Center SAML issuer URL*, which is also the sign-in URL.
    pub issuer: String,
    /// The *IAM Identity Center sign-out URL*.
    pub sign_out: String,
    /// The *IAM Identity Center SAML metadata file*, as a link that works without signing in.
    pub metadata: String,
}

impl PortalLinks {
    /// Derives an application's links in its Region.
    ///
    /// The ARN and the Region should be in the same partition. The Region determines the host.
    pub fn derive(arn: &ApplicationArn, region: &Region) -> Self {
        Self::from_token(&PortalToken::encode(arn), region)
    }

    pub fn from_token(token: &PortalToken, region: &Region) -> Self {
        let suffix = region.partition().host_suffix().unwrap_or("amazonaws.com");
        let link = |kind: &str| format!("https://portal.sso.{region}.{suffix}/saml/{kind}/{token}");
        Self { issuer: link("assertion"), sign_out: link("logout"), metadata: link("metadata") }
    }
}

/// The dual-stack suffixes by partition, from the AWS SDKs' public endpoint data.
const DUAL_STACK: [(&str, &str); 4] = [
    ("aws", "api.aws"),
    ("aws-us-gov", "api.aws"),
    ("aws-cn", "api.amazonwebservices.com.cn"),
    ("aws-eusc", "api.amazonwebservices.eu"),
];

/// Standard base64. Encodes without padding, and decodes text with or without padding.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_encode_padding(false)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

#[cfg(test)]
mod tests {
    use super::*;

    const ARN: &str =
        "arn:aws:sso::123456789012:application/ssoins-0123456789abcdef/apl-fedcba9876543210";

    #[test]
    fn token_contains_account_and_application() {
        let token = PortalToken::encode(&ARN.parse().unwrap());
        assert_eq!(token.as_str().len(), PortalToken::USUAL_LENGTH);
        let (account, id) = token.decoded().unwrap();
        assert_eq!((account.as_str(), id.as_str()), ("123456789012", "fedcba9876543210"));
        assert!(token.is_complete());
    }

    #[test]
    fn opaque_and_truncated_tokens_are_distinguished() {
        let token = PortalToken::encode(&ARN.parse().unwrap());
        let cut: PortalToken = token.as_str()[..30].parse().unwrap();
        assert!(cut.decoded().is_none() && !cut.is_complete());
        let more: PortalToken = format!("{token}https").parse().unwrap();
        assert!(!more.is_complete(), "text after a complete token");
        let opaque: PortalToken = "x".repeat(60).parse().unwrap();
        assert!(opaque.decoded().is_none() && opaque.is_complete());
        assert!("a b".parse::<PortalToken>().is_err());
        assert!("".parse::<PortalToken>().is_err());
    }

    #[test]
    fn saml_links_are_derived_from_arn() {
        let check = |region: &str, host: &str| {
            let links = PortalLinks::derive(&ARN.parse().unwrap(), &region.parse().unwrap());
            let token = PortalToken::encode(&ARN.parse().unwrap());
            assert_eq!(links.issuer, format!("https://{host}/saml/assertion/{token}"));
            assert_eq!(links.sign_out, format!("https://{host}/saml/logout/{token}"));
            assert_eq!(links.metadata, format!("https://{host}/saml/metadata/{token}"));
        };
        check("us-east-1", "portal.sso.us-east-1.amazonaws.com");
        check("cn-north-1", "portal.sso.cn-north-1.amazonaws.com.cn");
        check("us-gov-west-1", "portal.sso.us-gov-west-1.amazonaws.com");
        check("eusc-de-east-1", "portal.sso.eusc-de-east-1.amazonaws.eu");
    }

    #[test]
    fn host_requires_matching_region_and_suffix() {
        let check = |host: &str, expect: Option<(HostFamily, &str)>| {
            let read = PortalHost::read(host);
            let read = read.as_ref().map(|h| (h.family, h.partition.as_str()));
            assert_eq!(read, expect, "{host}");
        };
        check("portal.sso.us-east-1.amazonaws.com", Some((HostFamily::Classic, "aws")));
        check("portal.sso.eu-west-3.api.aws", Some((HostFamily::DualStack, "aws")));
        check("portal.sso.cn-north-1.amazonaws.com.cn", Some((HostFamily::Classic, "aws-cn")));
        check("portal.sso.us-gov-east-1.amazonaws.com", Some((HostFamily::Classic, "aws-us-gov")));
        check("portal.sso.cn-north-1.amazonaws.com", None);
        check("portal.sso.us-east-1.amazonaws.com.example.com", None);
        check("portal.sso.us-east-1.arnazonaws.com", None);
        check("portal-sso.us-east-1.amazonaws.com", None);
        check("portal.sso.us-east-1.amazonaws.com.", None);
        check("portal.sso.amazonaws.com", None);
    }
}
