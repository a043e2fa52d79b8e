//! Says what any pasted AWS or nOps link or ARN is.
//!
//! One box takes everything: [`read`] first takes off what a clipboard adds around a value (and
//! nothing else: links are compared character by character later), then names what is left.

mod amazon;
mod cleanup;
mod nops;
mod placeholder;

use percent_encoding::percent_decode_str;
use serde::{Deserialize, Serialize};

pub use cleanup::CleanedText;

use super::{
    AccountId, ApplicationArn, HostFamily, IdentityStoreId, InstanceArn, OrganizationId, Partition,
    PortalHost, PortalToken, Region,
};

/// What was pasted, tidied and recognised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ParsedLink {
    /// The text that counts from here on, and what was taken off it.
    pub tidied: CleanedText,
    /// What it is.
    pub link: Link,
}

/// What a pasted text is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Link {
    /// One of the links of an application in AWS's access portal.
    Portal(PortalLink),
    /// The access portal itself, where people see their tiles.
    AccessPortal {
        /// The directory id, alias or instance that the host starts with.
        name: String,
    },
    /// A page of the AWS console.
    Console(ConsolePage),
    /// An application of Identity Center.
    ApplicationArn {
        /// The ARN.
        arn: ApplicationArn,
    },
    /// An Identity Center instance.
    InstanceArn {
        /// The ARN.
        arn: InstanceArn,
    },
    /// An identity store id.
    IdentityStore {
        /// The id.
        id: IdentityStoreId,
    },
    /// An AWS account id.
    Account {
        /// The id.
        id: AccountId,
    },
    /// Another ARN of AWS.
    OtherArn {
        /// The service in it, such as `iam`.
        service: String,
    },
    /// What Identity Center shows for an external identity provider to send people *in*: of no use
    /// to an application.
    Inbound {
        /// The directory id in it, where there is one.
        directory: Option<String>,
    },
    /// nOps's *Assertion Consumer Service*.
    NopsAcs(NopsLink),
    /// nOps's *Entity ID*.
    NopsEntityId(NopsLink),
    /// nOps's *Shareable Link for IDP Login*.
    NopsShareable(NopsLink),
    /// The part that nOps's SSO links share, without the end that tells them apart.
    NopsStem(NopsLink),
    /// Another nOps page.
    NopsOther {
        /// The host as written.
        host: String,
    },
    /// A sample from a help page, with a placeholder where the real id belongs.
    HelpPageSample {
        /// The placeholder.
        placeholder: String,
    },
    /// The beginning of a known link or ARN: the rest is missing.
    Cut {
        /// What it would have become.
        of: TruncatedLinkKind,
    },
    /// The same value twice in a row.
    Doubled {
        /// The value once.
        once: String,
    },
    /// A link that a mail program or a search engine put around the one that is meant.
    Wrapped {
        /// The host that people are led through.
        host: String,
        /// The link that is meant.
        inside: String,
    },
    /// Several different links.
    Several {
        /// Each of them, in order.
        links: Vec<String>,
    },
    /// Another address of AWS.
    OtherAws {
        /// The host as written.
        host: String,
    },
    /// A link of neither AWS nor nOps that we know.
    OtherUrl {
        /// The scheme, such as `https`.
        scheme: String,
        /// The host as written, with its port.
        host: String,
    },
    /// No link at all.
    NotALink,
    /// Nothing.
    Empty,
}

/// A link of an application in AWS's access portal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct PortalLink {
    /// Which of the links it is.
    pub kind: PortalLinkKind,
    /// How the host is written.
    pub family: HostFamily,
    /// The Region in the host.
    pub region: Region,
    /// The partition of that Region.
    pub partition: Partition,
    /// The application's token.
    pub token: PortalToken,
    /// Whether the token looks complete.
    pub whole: bool,
    /// Whether the link is written exactly as AWS writes it: `https`, lower-case host, no port,
    /// nothing after the token.
    pub exact: bool,
}

/// Which link of an application.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum PortalLinkKind {
    /// Issuer and sign-in URL in one: `/saml/assertion/`.
    SignIn,
    /// `/saml/logout/`.
    SignOut,
    /// `/saml/metadata/`.
    Metadata,
}

/// A page of the AWS console, as far as its address tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ConsolePage {
    /// The account in the host of a session among several.
    pub account: Option<AccountId>,
    /// The Region that the page works in.
    pub region: Option<Region>,
    /// The 16 digits of the instance.
    pub instance_hex: Option<String>,
    /// The 16 digits of the application.
    pub application_hex: Option<String>,
    /// Whether it is a page of IAM Identity Center.
    pub identity_center: bool,
}

/// A link of the SSO setup of one nOps organization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct NopsLink {
    /// The scheme as written: nOps uses `https`.
    pub scheme: String,
    /// The host as written, with its port.
    pub host: String,
    /// The id that all links of one organization share.
    pub tenant: OrganizationId,
}

impl NopsLink {
    /// The host of every public sample.
    pub const USUAL_HOST: &str = "app.nops.io";

    /// Whether scheme and host are those of every public sample. Partners and tests have others, so
    /// a difference may warn and never block.
    pub fn is_usual(&self) -> bool {
        self.scheme == "https" && self.host == Self::USUAL_HOST
    }
}

/// What a cut text would have become.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum TruncatedLinkKind {
    /// A link of an application in AWS's access portal.
    PortalLink,
    /// An application's or instance's ARN.
    Arn,
    /// One of nOps's SSO links.
    NopsLink,
    /// A link of an unknown kind that ends in an ellipsis.
    Other,
}

/// Longer than any link, with whatever a clipboard puts around it.
const LONGEST: usize = 16 * 1024;

/// Says what `text` is.
pub fn read(text: &str) -> ParsedLink {
    if text.len() > LONGEST {
        let text = text.to_owned();
        return ParsedLink {
            tidied: CleanedText { text, ..CleanedText::default() },
            link: Link::NotALink,
        };
    }
    let tidied = cleanup::tidy(text);
    let link = name(&tidied.text);
    ParsedLink { tidied, link }
}

fn name(text: &str) -> Link {
    if text.is_empty() {
        return Link::Empty;
    }
    if let Some(placeholder) = placeholder::placeholder(text) {
        return Link::HelpPageSample { placeholder };
    }
    if let Some(repeated) = repeated(text) {
        return repeated;
    }
    let (kept, ellipsis) = match text.strip_suffix('…').or_else(|| text.strip_suffix("...")) {
        Some(kept) => (kept, true),
        None => (text, false),
    };
    let link = amazon::value(kept)
        .or_else(|| Address::split(kept).map(|address| of_address(&address)))
        .unwrap_or_else(|| {
            if looks_like_a_bare_address(kept) { of_bare(kept) } else { Link::NotALink }
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

fn of_address(address: &Address<'_>) -> Link {
    known_address(address)
        .or_else(|| amazon::other(address))
        .or_else(|| wrapped(address))
        .unwrap_or_else(|| Link::OtherUrl {
            scheme: address.scheme.to_owned(),
            host: address.host.to_owned(),
        })
}

fn known_address(address: &Address<'_>) -> Option<Link> {
    amazon::address(address).or_else(|| nops::address(address))
}

/// An address that carries a known one in its query, as mail filters and search engines make them.
fn wrapped(address: &Address<'_>) -> Option<Link> {
    address.query?.split('&').find_map(|pair| {
        let (_, value) = pair.split_once('=')?;
        let inside = percent_decode_str(value).decode_utf8().ok()?;
        known_address(&Address::split(&inside)?)?;
        Some(Link::Wrapped { host: address.host.to_owned(), inside: inside.into_owned() })
    })
}

/// A known host whose scheme was lost in copying: a known link, only not exact.
fn of_bare(text: &str) -> Link {
    Address::split_after_scheme("", text.trim_start_matches('/'))
        .and_then(|address| known_address(&address))
        .unwrap_or(Link::NotALink)
}

fn looks_like_a_bare_address(text: &str) -> bool {
    let host = text.trim_start_matches('/');
    let host = host.split(['/', '?', '#']).next().unwrap_or_default();
    host.contains('.') && !text.contains(char::is_whitespace) && !text.contains('@')
}

/// The pieces of an address, each exactly as written. Not a URL parser on purpose: those repair
/// what they read, and what is compared character by character must not be repaired.
struct Address<'a> {
    scheme: &'a str,
    host: &'a str,
    path: &'a str,
    query: Option<&'a str>,
    fragment: Option<&'a str>,
}

impl<'a> Address<'a> {
    fn split(text: &'a str) -> Option<Self> {
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

    /// The host in lower case, without port, user name and final dot: what the network would see.
    fn plain_host(&self) -> String {
        let host = self.host.rsplit('@').next().unwrap_or_default();
        let host = host.split(':').next().unwrap_or_default();
        host.trim_end_matches('.').to_ascii_lowercase()
    }

    fn has_exact_host(&self) -> bool {
        self.scheme == "https" && self.plain_host() == self.host
    }
}

/// One value twice in a row, or several links in one paste.
fn repeated(text: &str) -> Option<Link> {
    let starts = cleanup::starts(text);
    if starts.len() < 2 {
        return None;
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let parts: Vec<String> = starts
        .iter()
        .zip(ends)
        .map(|(start, end)| {
            let part = cleanup::tidy(text[*start..end].trim_end_matches([',', ';'])).text;
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
