//! Recognizes AWS's links, ARNs and IDs.

use super::super::{Partition, parse_error::is_resource_id};
use super::{
    Address, ConsolePage, Link, PortalHost, PortalLink, PortalLinkKind, Region, TruncatedLinkKind,
};

/// Recognizes AWS's ARNs and IDs, which aren't URLs.
pub(super) fn value(text: &str) -> Option<Link> {
    let ungrouped = || text.len() == 14 && text.match_indices('-').map(|(at, _)| at).eq([4, 9]);
    let digits = || text.replace('-', "").parse().ok().filter(|_| ungrouped());
    if let Some(id) = text.parse().ok().or_else(digits) {
        return Some(Link::Account { id });
    }
    if let Ok(id) = text.parse() {
        return Some(Link::IdentityStore { id });
    }
    let rest = text.strip_prefix("arn:")?;
    if let Ok(arn) = text.parse() {
        return Some(Link::ApplicationArn { arn });
    }
    if let Ok(arn) = text.parse() {
        return Some(Link::InstanceArn { arn });
    }
    let mut parts = rest.splitn(5, ':').skip(1);
    let (service, resource) = (parts.next(), parts.nth(2));
    match (service, resource) {
        (Some("sso"), Some(resource)) if !is_other_sso_resource(resource) => {
            Some(Link::Cut { of: TruncatedLinkKind::Arn })
        }
        (Some(service), Some(resource)) if !service.is_empty() && !resource.is_empty() => {
            Some(Link::OtherArn { service: service.to_owned() })
        }
        _ => Some(Link::Cut { of: TruncatedLinkKind::Arn }),
    }
}

/// Recognizes pages and links on AWS hosts.
pub(super) fn address(address: &Address<'_>) -> Option<Link> {
    let host = address.plain_host();
    if let Some(portal) = PortalHost::read(&host) {
        return Some(portal_link(address, portal));
    }
    if is_start_of_portal_host(&host) && address.path.is_empty() {
        return Some(Link::Cut { of: TruncatedLinkKind::PortalLink });
    }
    access_portal(&host, address.path)
        .or_else(|| instance_issuer(&host, address.path))
        .or_else(|| inbound(&host, address.path))
        .or_else(|| classify_console_address(&host, address))
}

/// Recognizes other addresses on AWS hosts.
///
/// Hosts that start with `portal` are excluded, because they may imitate the access portal.
pub(super) fn classify_other_aws_address(address: &Address<'_>) -> Option<Link> {
    const ENDS: [&str; 10] = [
        ".amazonaws.com",
        ".amazonaws.com.cn",
        ".amazonaws.eu",
        ".aws.amazon.com",
        ".amazonaws.cn",
        ".amazonaws-us-gov.com",
        ".api.aws",
        ".signin.aws",
        ".app.aws",
        ".awsapps.com",
    ];
    let host = address.plain_host();
    let known = ENDS.iter().any(|end| host.ends_with(end)) && !host.starts_with("portal");
    known.then(|| Link::OtherAws { host: address.host.to_owned() })
}

fn portal_link(address: &Address<'_>, host: PortalHost) -> Link {
    let cut = Link::Cut { of: TruncatedLinkKind::PortalLink };
    let Some((kind, token)) = address.path.strip_prefix("/saml/").and_then(|p| p.split_once('/'))
    else {
        return cut;
    };
    let kind = match kind {
        "assertion" => PortalLinkKind::SignIn,
        "logout" => PortalLinkKind::SignOut,
        "metadata" => PortalLinkKind::Metadata,
        _ => {
            return Link::OtherUrl {
                scheme: address.scheme.to_owned(),
                host: address.host.to_owned(),
            };
        }
    };
    let bare = token.trim_end_matches('/');
    let Ok(token_read) = bare.parse::<super::PortalToken>() else {
        return cut;
    };
    Link::Portal(PortalLink {
        kind,
        family: host.family,
        region: host.region,
        partition: host.partition,
        whole: token_read.is_complete(),
        exact: address.has_exact_host()
            && bare == token
            && address.query.is_none()
            && address.fragment.is_none(),
        token: token_read,
    })
}

/// Recognizes a link that was truncated inside its host, such as `portal.sso.us-ea`.
fn is_start_of_portal_host(host: &str) -> bool {
    host.strip_prefix("portal.sso.").is_some_and(|rest| {
        !rest.contains('.')
            || ["amazonaws.com", "api.aws", "amazonaws.eu"].iter().any(|suffix| {
                rest.split_once('.').is_some_and(|(region, end)| {
                    region.parse::<Region>().is_ok() && suffix.starts_with(end)
                })
            })
    })
}

fn access_portal(host: &str, path: &str) -> Option<Link> {
    let portal = |name: &str| Some(Link::AccessPortal { name: name.to_owned() });
    if let Some(name) =
        host.strip_suffix(".awsapps.com").or_else(|| host.strip_suffix(".awsapps.cn"))
    {
        // In GovCloud and China, the portals share a host, and the path contains the directory:
        // `…/directory/ID`.
        let directory = path.strip_prefix("/directory/").and_then(|rest| rest.split('/').next());
        return portal(directory.filter(|_| name.starts_with("start.")).unwrap_or(name));
    }
    // In additional Regions and with dual stack, the portal's host contains the instance's name.
    let (name, rest) = host.split_once('.')?;
    let region = rest
        .strip_suffix(".portal.amazonaws.com")
        .or_else(|| rest.strip_prefix("portal.")?.strip_suffix(".app.aws"))?;
    let id = name.strip_prefix("ssoins-").filter(|id| is_resource_id(id));
    id.and_then(|_| region.parse::<Region>().ok()).and_then(|_| portal(name))
}

/// Recognizes the *Issuer URL* in the settings of Identity Center:
/// `https://identitycenter.amazonaws.com/ssoins-…`, or the equivalent in other partitions.
fn instance_issuer(host: &str, path: &str) -> Option<Link> {
    let suffix = host.strip_prefix("identitycenter.")?;
    let suffix = suffix.strip_prefix("us-gov.").unwrap_or(suffix);
    let is_aws = ["amazonaws.com", "amazonaws.com.cn", "amazonaws.eu"].contains(&suffix);
    (is_aws && path.starts_with("/ssoins-")).then_some(Link::InstanceIssuer)
}

fn inbound(host: &str, path: &str) -> Option<Link> {
    let signin = host.ends_with(".signin.aws.amazon.com")
        || host.ends_with(".signin.aws")
        || host.ends_with(".signin.amazonaws.cn")
        || host.ends_with(".signin.amazonaws-us-gov.com");
    let scim = host.starts_with("scim.") && host.contains(".amazonaws.");
    if scim {
        return Some(Link::Inbound { directory: None });
    }
    let rest = path.strip_prefix("/platform/saml/")?;
    if !signin {
        return None;
    }
    let last = rest.rsplit('/').next().unwrap_or_default();
    Some(Link::Inbound { directory: last.starts_with("d-").then(|| last.to_owned()) })
}

fn classify_console_address(host: &str, address: &Address<'_>) -> Option<Link> {
    let mut domains = Partition::all().filter_map(|partition| partition.console_domain());
    let front = domains.find_map(|domain| host.strip_suffix(domain))?;
    if !(front.is_empty() || front.ends_with('.')) {
        return None;
    }
    // If there are several sessions, AWS puts `ACCOUNT-….` before the Region (AWS Management
    // Console, multi-session support).
    let account = front.split_once('-').and_then(|(account, _)| account.parse().ok());
    let from_query = address
        .query
        .and_then(|query| query.split('&').find_map(|pair| pair.strip_prefix("region=")))
        .and_then(|region| region.parse().ok());
    let from_host = front.split('.').find_map(|part| part.parse().ok());
    let fragment = address.fragment.unwrap_or_default();
    let mut pieces = fragment.split(['/', '?', '&']);
    let instance_id = pieces
        .by_ref()
        .find(|piece| *piece == "instances")
        .and_then(|_| pieces.next())
        .map(|piece| piece.strip_prefix("ssoins-").unwrap_or(piece))
        .filter(|id| is_resource_id(id))
        .map(str::to_owned);
    let application_id = fragment
        .split(['/', '?', '&'])
        .find_map(|piece| piece.strip_prefix("ins-").or_else(|| piece.strip_prefix("apl-")))
        .filter(|id| is_resource_id(id))
        .map(str::to_owned);
    Some(Link::Console(ConsolePage {
        account,
        region: from_query.or(from_host),
        instance_id,
        application_id,
        identity_center: address.path.starts_with("/singlesignon/"),
    }))
}

/// Recognizes `sso` resources other than applications and instances.
fn is_other_sso_resource(resource: &str) -> bool {
    ["permissionSet/", "account/", "trustedTokenIssuer/"]
        .iter()
        .any(|kind| resource.starts_with(kind))
}
