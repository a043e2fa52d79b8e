//! nOps's links, recognized by the path `/sso/v1/<id>/…` on any host. Partners and test
//! environments have their own hosts.

use super::{Address, Link, NopsLink, TruncatedLinkKind};

pub(super) fn address(address: &Address<'_>) -> Option<Link> {
    let at_nops = is_nops_host(&address.plain_host());
    let Some(rest) = address.path.strip_prefix("/sso/v1") else {
        return at_nops.then(|| classify_other_nops_address(address));
    };
    let Some(rest) = rest.strip_prefix('/') else {
        return at_nops.then_some(Link::Cut { of: TruncatedLinkKind::NopsLink });
    };
    let (id, end) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let Ok(tenant) = id.parse() else {
        return at_nops.then_some(Link::Cut { of: TruncatedLinkKind::NopsLink });
    };
    let link =
        NopsLink { scheme: address.scheme.to_owned(), host: address.host.to_owned(), tenant };
    let cut = end.is_empty() && !link.tenant.is_uuid();
    Some(match (end, address.query) {
        _ if cut && address.query.is_none() => Link::Cut { of: TruncatedLinkKind::NopsLink },
        ("/" | "", Some("acs")) => Link::NopsAcs(link),
        ("/metadata" | "/metadata/", None) => Link::NopsEntityId(link),
        ("/" | "", None | Some("")) => Link::NopsStem(link),
        ("/acs" | "/acs/", None) | ("/metadata", Some(_)) => Link::NopsStem(link),
        (end, None) if !end.is_empty() && "/metadata".starts_with(end) => {
            Link::Cut { of: TruncatedLinkKind::NopsLink }
        }
        ("/" | "", Some(query)) if "acs".starts_with(query) => {
            Link::Cut { of: TruncatedLinkKind::NopsLink }
        }
        (end, query) if is_near_a_known_end(end, query) => Link::NopsStem(link),
        _ => Link::NopsShareable(link),
    })
}

/// Recognizes `?acs` or `metadata` with different capitalization or with text after it. No other
/// link ends this way.
fn is_near_a_known_end(end: &str, query: Option<&str>) -> bool {
    let letters: String = end
        .chars()
        .chain(query.unwrap_or_default().chars())
        .filter(char::is_ascii_alphanumeric)
        .collect::<String>()
        .to_ascii_lowercase();
    letters.starts_with("acs") || letters.starts_with("metadata")
}

fn classify_other_nops_address(address: &Address<'_>) -> Link {
    Link::NopsOther { host: address.host.to_owned() }
}

fn is_nops_host(host: &str) -> bool {
    host == "nops.io" || host.ends_with(".nops.io")
}
