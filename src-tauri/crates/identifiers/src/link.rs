//! Identifies any pasted AWS or nOps link or ARN.
//!
//! One field accepts all of them: [`identify_link`] first removes what a clipboard adds around a
//! value, then identifies the rest. It changes nothing else, because links are later compared
//! character by character.

mod amazon;
mod cleanup;
mod nops;
mod placeholder;

use percent_encoding::percent_decode_str;
use serde::Serialize;

pub use cleanup::CleanedText;

use super::{
    AccountId, ApplicationArn, HostFamily, IdentityStoreId, InstanceArn, OrganizationId, Partition,
    PortalHost, PortalToken, Region,
};

/// Pasted text, cleaned up and identified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParsedLink {
    /// The cleaned-up text, and what was removed.
    pub cleanups: CleanedText,
    pub link: Link,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Link {
    /// An application's link in the AWS access portal.
    Portal(PortalLink),
    /// The access portal itself, where users see their applications.
    AccessPortal {
        /// The directory ID, alias or instance at the start of the host.
        name: String,
    },
    Console(ConsolePage),
    ApplicationArn {
        arn: ApplicationArn,
    },
    InstanceArn {
        arn: InstanceArn,
    },
    /// The *Issuer URL* in the settings of Identity Center. It identifies the instance, not an
    /// application.
    InstanceIssuer,
    IdentityStore {
        id: IdentityStoreId,
    },
    Account {
        id: AccountId,
    },
    /// An AWS ARN of another resource type.
    OtherArn {
        /// For example, `iam`.
        service: String,
    },
    /// An address that Identity Center shows for an external identity provider, which signs users
    /// in *to* AWS. An application can't use this address.
    Inbound {
        /// The directory ID in the address, if there is one.
        directory: Option<String>,
    },
    /// nOps's *Assertion Consumer Service*.
    NopsAcs(NopsLink),
    NopsEntityId(NopsLink),
    /// nOps's *Shareable Link for IDP Login*.
    NopsShareable(NopsLink),
    /// The common part of nOps's SSO links, without the last part, which is different in each link.
    NopsStem(NopsLink),
    /// Another nOps page.
    NopsOther {
        /// The host, as written.
        host: String,
    },
    /// A sample from a help page, with a placeholder instead of a real ID.
    HelpPageSample {
        placeholder: String,
    },
    /// The start of a known link or ARN. The end is missing.
    Cut {
        /// The kind of link that the complete text would be.
        of: TruncatedLinkKind,
    },
    /// The same value two or more times.
    Doubled {
        /// The value once.
        once: String,
    },
    /// A link inside another link. Mail programs and search engines create such links.
    Wrapped {
        /// The host of the outer link.
        host: String,
        /// The inner link.
        inside: String,
    },
    Several {
        /// The links, in order of appearance.
        links: Vec<String>,
    },
    /// Another address on an AWS host.
    OtherAws {
        /// The host, as written.
        host: String,
    },
    /// A link that isn't a known AWS or nOps link.
    OtherUrl {
        /// For example, `https`.
        scheme: String,
        /// The host and port, as written.
        host: String,
    },
    NotALink,
    Empty,
}

/// An application's link in the AWS access portal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PortalLink {
    pub kind: PortalLinkKind,
    pub family: HostFamily,
    pub region: Region,
    pub partition: Partition,
    pub token: PortalToken,
    /// The token looks complete.
    pub whole: bool,
    /// The link is exactly as AWS writes it: `https`, lowercase host, no port, and nothing after
    /// the token.
    pub exact: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PortalLinkKind {
    /// The issuer and the sign-in URL: `/saml/assertion/`.
    SignIn,
    /// `/saml/logout/`.
    SignOut,
    /// `/saml/metadata/`.
    Metadata,
}

/// The values in the URL of an AWS console page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ConsolePage {
    /// The account in the host. AWS adds the account if the browser has several sessions.
    pub account: Option<AccountId>,
    /// The Region in the query, or else in the host.
    pub region: Option<Region>,
    /// The 16 characters of the instance ID.
    pub instance_id: Option<String>,
    /// The 16 characters of the application ID.
    pub application_id: Option<String>,
    /// The page belongs to IAM Identity Center.
    pub identity_center: bool,
}

/// An SSO link of a nOps organization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NopsLink {
    /// The scheme, as written. nOps uses `https`.
    pub scheme: String,
    /// The host and port, as written.
    pub host: String,
    /// The ID that all SSO links of the organization share.
    pub tenant: OrganizationId,
}

impl NopsLink {
    /// The host in every public sample of these links.
    pub const USUAL_HOST: &str = "app.nops.io";

    /// Returns whether the scheme and host are the same as in every public sample.
    ///
    /// Partners and test environments use other hosts, so a difference can cause a warning but
    /// never an error.
    pub fn is_usual(&self) -> bool {
        self.scheme == "https" && self.host == Self::USUAL_HOST
    }
}

/// The kind of link that a truncated link would be if it were complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TruncatedLinkKind {
    /// An application's link in the AWS access portal.
    PortalLink,
    Arn,
    NopsLink,
    /// An unknown link that ends with an ellipsis.
    Other,
}

/// The maximum length of the text, in bytes. Every link is shorter, even with what a clipboard adds
/// around it.
const LONGEST: usize = 16 * 1024;

/// Identifies `text`. Text over 16 KiB is [`Link::NotALink`].
pub fn identify_link(text: &str) -> ParsedLink {
    if text.len() > LONGEST {
        let text = text.to_owned();
        return ParsedLink {
            cleanups: CleanedText { text, ..CleanedText::default() },
            link: Link::NotALink,
        };
    }
    let cleanups = cleanup::clean_up(text);
    let link = name(&cleanups.text);
    ParsedLink { cleanups, link }
}

fn name(text: &str) -> Link {
    if text.is_empty() {
        return Link::Empty;
    }
    if let Some(placeholder) = placeholder::placeholder(text) {
        return Link::HelpPageSample { placeholder };
    }
    if let Some(repeated) = find_repeated_link(text) {
        return repeated;
    }
    let (kept, ellipsis) = match text.strip_suffix('…').or_else(|| text.strip_suffix("...")) {
        Some(kept) => (kept, true),
        None => (text, false),
    };
    let link = amazon::value(kept)
        .or_else(|| Address::parse(kept).map(|address| classify_address(&address)))
        .unwrap_or_else(|| {
            if looks_like_a_bare_address(kept) {
                classify_without_scheme(kept)
            } else {
                Link::NotALink
            }
        });
    match link {
        link if !ellipsis => link,
        Link::Cut { of } => Link::Cut { of },
        Link::Portal(_) => Link::Cut { of: TruncatedLinkKind::PortalLink },
        Link::ApplicationArn { .. } | Link::InstanceArn { .. } | Link::OtherArn { .. } => {
            Link::Cut { of: TruncatedLinkKind::Arn }
        }
        Link::NopsAcs(_) | Link::NopsEntityId(_) | Link::NopsShareable(_) | Link::NopsStem(_) => {
            Link::Cut { of: TruncatedLinkKind::NopsLink }
        }
        Link::NotALink => Link::NotALink,
        _ => Link::Cut { of: TruncatedLinkKind::Other },
    }
}

fn classify_address(address: &Address<'_>) -> Link {
    classify_known_address(address)
        .or_else(|| amazon::classify_other_aws_address(address))
        .or_else(|| wrapped(address))
        .unwrap_or_else(|| Link::OtherUrl {
            scheme: address.scheme.to_owned(),
            host: address.host.to_owned(),
        })
}

fn classify_known_address(address: &Address<'_>) -> Option<Link> {
    amazon::address(address).or_else(|| nops::address(address))
}

/// Recognizes a URL whose query contains a known URL. Mail filters and search engines create such
/// URLs.
fn wrapped(address: &Address<'_>) -> Option<Link> {
    address.query?.split('&').find_map(|pair| {
        let (_, value) = pair.split_once('=')?;
        let inside = percent_decode_str(value).decode_utf8().ok()?;
        classify_known_address(&Address::parse(&inside)?)?;
        Some(Link::Wrapped { host: address.host.to_owned(), inside: inside.into_owned() })
    })
}

/// Recognizes a known host without a scheme. The scheme can get lost when the user copies a link.
/// The resulting link isn't exact.
fn classify_without_scheme(text: &str) -> Link {
    Address::split_after_scheme("", text.trim_start_matches('/'))
        .and_then(|address| classify_known_address(&address))
        .unwrap_or(Link::NotALink)
}

fn looks_like_a_bare_address(text: &str) -> bool {
    let host = text.trim_start_matches('/');
    let host = host.split(['/', '?', '#']).next().unwrap_or_default();
    host.contains('.') && !text.contains(char::is_whitespace) && !text.contains('@')
}

/// The parts of a URL, each exactly as written.
///
/// A URL parser would normalize its input, but these values are compared character by character.
struct Address<'a> {
    scheme: &'a str,
    host: &'a str,
    path: &'a str,
    query: Option<&'a str>,
    fragment: Option<&'a str>,
}

impl<'a> Address<'a> {
    fn parse(text: &'a str) -> Option<Self> {
        let (scheme, rest) = text.split_once("://")?;
        let named = !scheme.is_empty() && scheme.bytes().all(|b| b.is_ascii_alphanumeric());
        if named { Self::split_after_scheme(scheme, rest) } else { None }
    }

    fn split_after_scheme(scheme: &'a str, rest: &'a str) -> Option<Self> {
        if rest.contains(char::is_whitespace) {
            return None;
        }
        let (rest, fragment) = match rest.split_once('#') {
            Some((rest, fragment)) => (rest, Some(fragment)),
            None => (rest, None),
        };
        let (rest, query) = match rest.split_once('?') {
            Some((rest, query)) => (rest, Some(query)),
            None => (rest, None),
        };
        let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        if host.is_empty() { None } else { Some(Self { scheme, host, path, query, fragment }) }
    }

    /// Returns the normalized host: lowercase, without user name, port and trailing dot.
    fn plain_host(&self) -> String {
        let host = self.host.rsplit('@').next().unwrap_or_default();
        let host = host.split(':').next().unwrap_or_default();
        host.trim_end_matches('.').to_ascii_lowercase()
    }

    fn has_exact_host(&self) -> bool {
        self.scheme == "https" && self.plain_host() == self.host
    }
}

/// Recognizes a value that was pasted twice, and several links in one paste.
fn find_repeated_link(text: &str) -> Option<Link> {
    let starts = cleanup::link_starts(text);
    if starts.len() < 2 {
        return None;
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let parts: Vec<String> = starts
        .iter()
        .zip(ends)
        .map(|(start, end)| {
            let part = cleanup::clean_up(text[*start..end].trim_end_matches([',', ';'])).text;
            part.split_whitespace().next().unwrap_or_default().to_owned()
        })
        .collect();
    match parts.split_first() {
        Some((first, rest)) if rest.iter().all(|part| part == first) => {
            Some(Link::Doubled { once: first.clone() })
        }
        _ => Some(Link::Several { links: parts }),
    }
}

#[cfg(test)]
mod tests;
