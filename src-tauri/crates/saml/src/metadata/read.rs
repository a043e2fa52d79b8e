//! Parses identity provider metadata, and identifies other documents.

use jiff::Timestamp;

use super::{Kind, Metadata, MetadataError, ServiceProviderOwner};
use crate::certificate::Certificate;
use crate::text;
use crate::xml::{self, METADATA, Node, PROTOCOL, SIGNATURE, XmlError};
use identifiers::link::{self, Link};

const REDIRECT: &str = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";
const POST: &str = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";

pub(super) fn read(bytes: &[u8]) -> Result<Metadata, MetadataError> {
    if bytes.len() > 2 * xml::MAX_BYTES {
        return Err(MetadataError::TooLarge);
    }
    let unreadable = MetadataError::Malformed { line: 1, column: 1 };
    let (text, encoding) = text::decode(bytes).ok_or_else(|| unreadable.clone())?;
    if encoding == text::Encoding::Windows1252 {
        return Err(MetadataError::Encoding { declared: "ISO-8859-1".to_owned() });
    }
    let inside = text::unwrap_encoded_text(&text);
    let was_extracted = inside.is_some();
    let text = inside.unwrap_or(text);
    let text = without_stale_declaration(text.trim(), encoding);
    let document = xml::parse(text).map_err(|error| copy_error(text, &error))?;
    let root = Node::document_element(&document).ok_or(unreadable)?;
    let all = Node::root(&document).descendants(METADATA, "EntityDescriptor");
    let mut entities = all.clone();
    entities.retain(|entity| entity.child(METADATA, "IDPSSODescriptor").is_some());
    match entities[..] {
        [entity] => {
            let read = parse_entity(entity, text);
            let is_broken = match &read {
                Ok(metadata) => metadata.entity_id.contains(char::is_whitespace),
                Err(error) => matches!(error, MetadataError::Url { .. }),
            };
            match find_wrap_width(text).filter(|_| is_broken) {
                Some(columns) => Err(MetadataError::Wrapped { columns }),
                None => read.map(|metadata| Metadata { was_extracted, ..metadata }),
            }
        }
        [] => Err(MetadataError::WrongKind { kind: kind(root, &all) }),
        [..] => Err(MetadataError::SeveralEntities { count: entities.len() }),
    }
}

fn parse_entity(entity: Node<'_>, text: &str) -> Result<Metadata, MetadataError> {
    let entity_id = entity_id(entity);
    if entity_id.trim().is_empty() {
        return Err(MetadataError::NoEntityId);
    }
    let descriptors = entity.children(METADATA, "IDPSSODescriptor");
    let under = |name: &str| -> Vec<Node<'_>> {
        descriptors.iter().flat_map(|descriptor| descriptor.children(METADATA, name)).collect()
    };
    let certificates = signing_certificates(&under("KeyDescriptor"))?;
    let services = under("SingleSignOnService");
    let sso_redirect = location(&services, REDIRECT);
    let sso_post = location(&services, POST);
    if sso_redirect.is_none() && sso_post.is_none() {
        return Err(missing_service_error(&services));
    }
    for url in [&sso_redirect, &sso_post].into_iter().flatten() {
        if !is_https(url) {
            return Err(MetadataError::Url { url: url.clone() });
        }
    }
    let protocols =
        descriptors.iter().filter_map(|one| one.attribute("protocolSupportEnumeration"));
    let protocols: Vec<&str> = protocols.flat_map(str::split_whitespace).collect();
    Ok(Metadata {
        entity_id,
        sso_redirect,
        sso_post,
        certificates,
        valid_until: valid_until(entity, &descriptors),
        supports_saml2: protocols.is_empty() || !protocols.iter().all(|one| is_saml1(one)),
        xml: text.to_owned(),
        was_extracted: false,
    })
}

/// Returns whether a protocol is an older version of SAML (SAML 1.x metadata profile, 2.1).
fn is_saml1(protocol: &str) -> bool {
    protocol.starts_with("urn:oasis:names:tc:SAML:1.")
        || protocol.starts_with("http://schemas.xmlsoap.org/ws/2003/07/secext")
}

/// Returns the earliest *validUntil* of the entity, its descriptors, and the elements that enclose
/// it (SAML metadata, 2.3.1 and 2.3.2).
fn valid_until(entity: Node<'_>, descriptors: &[Node<'_>]) -> Option<Timestamp> {
    let around = std::iter::successors(Some(entity), |node| node.parent());
    let until = |node: Node<'_>| node.attribute("validUntil")?.trim().parse().ok();
    around.chain(descriptors.iter().copied()).filter_map(until).min()
}

/// Explains damage that is typical of copying, or returns the parser's error.
fn copy_error(text: &str, error: &XmlError) -> MetadataError {
    if let XmlError::Malformed { .. } = error {
        if let Some(columns) = find_wrap_width(text) {
            return MetadataError::Wrapped { columns };
        }
        if let Some(error) = bare_ampersand(text) {
            return error;
        }
    }
    refusal(error.clone())
}

/// Returns the width at which a terminal split the lines. This is the length of the longest line,
/// if at least three lines have this length and a name or value continues after one of them.
fn find_wrap_width(text: &str) -> Option<usize> {
    const LEAST: usize = 40;
    let lines: Vec<usize> = text.lines().map(|line| line.chars().count()).collect();
    let columns = lines.iter().copied().max().filter(|columns| *columns >= LEAST)?;
    let full = lines.iter().filter(|length| **length == columns).count();
    let breaks = text.lines().zip(text.lines().skip(1)).filter(|(line, next)| {
        let both = |c: char| c.is_ascii_alphanumeric() || "/:._-=".contains(c);
        line.chars().count() == columns && line.ends_with(both) && next.starts_with(both)
    });
    (full >= 3 && breaks.count() >= 1).then_some(columns)
}

/// Finds an `&` that doesn't start a reference, if nothing else is damaged.
fn bare_ampersand(text: &str) -> Option<MetadataError> {
    let is_bare = |at: usize| {
        let rest = &text[at + 1..];
        let end = rest.bytes().take(12).position(|b| b == b';');
        let name = end.and_then(|end| rest.get(..end)).unwrap_or_default();
        name.is_empty() || !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '#')
    };
    let bare: Vec<usize> =
        text.match_indices('&').map(|(at, _)| at).filter(|at| is_bare(*at)).collect();
    let first = *bare.first()?;
    let mut fixed = String::with_capacity(text.len() + 4 * bare.len());
    let mut from = 0;
    for at in bare {
        fixed.push_str(&text[from..=at]);
        fixed.push_str("amp;");
        from = at + 1;
    }
    fixed.push_str(&text[from..]);
    let document = xml::parse(&fixed).ok()?;
    let entities = Node::root(&document).descendants(METADATA, "EntityDescriptor");
    let whose = match kind(Node::document_element(&document)?, &entities) {
        Kind::ServiceProvider { whose, .. } => Some(whose),
        _ => None,
    };
    let before = &text[..first];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    Some(MetadataError::Ampersand { line, column, whose })
}

/// Returns the certificates that are marked for signing or not marked for any use.
fn signing_certificates(keys: &[Node<'_>]) -> Result<Vec<Certificate>, MetadataError> {
    let mut certificates: Vec<Certificate> = Vec::new();
    let signing = keys.iter().filter(|key| matches!(key.attribute("use"), None | Some("signing")));
    for key in signing {
        for node in key.descendants(SIGNATURE, "X509Certificate") {
            let text = node.text();
            if text.trim().is_empty() {
                continue;
            }
            let found = Certificate::read(text.as_bytes())
                .map_err(|refusal| MetadataError::BadCertificate { refusal: Box::new(refusal) })?;
            for certificate in std::iter::once(found.certificate).chain(found.others) {
                if !certificates.contains(&certificate) {
                    certificates.push(certificate);
                }
            }
        }
    }
    if certificates.is_empty() {
        Err(MetadataError::NoSigningCertificate)
    } else {
        Ok(certificates)
    }
}

fn location(services: &[Node<'_>], binding: &str) -> Option<String> {
    services
        .iter()
        .find(|service| service.attribute("Binding") == Some(binding))
        .and_then(|service| service.attribute("Location"))
        .map(str::to_owned)
}

fn missing_service_error(services: &[Node<'_>]) -> MetadataError {
    if services.is_empty() {
        return MetadataError::NoSsoService;
    }
    let binding = |service: &Node<'_>| service.attribute("Binding").unwrap_or_default().to_owned();
    let supported = |binding: &String| binding == REDIRECT || binding == POST;
    let bindings: Vec<String> = services.iter().map(binding).collect();
    // A supported binding without a location is reported as a URL error, not a binding error.
    if bindings.iter().any(supported) {
        MetadataError::Url { url: String::new() }
    } else {
        MetadataError::Binding { bindings }
    }
}

fn is_https(url: &str) -> bool {
    let clean = !url.contains(|c: char| c.is_whitespace() || c.is_control());
    clean
        && url::Url::parse(url).is_ok_and(|parsed| {
            parsed.scheme() == "https" && parsed.has_host() && parsed.username().is_empty()
        })
}

fn kind(root: Node<'_>, entities: &[Node<'_>]) -> Kind {
    for entity in entities {
        if let Some(provider) = entity.child(METADATA, "SPSSODescriptor") {
            let entity_id = entity_id(*entity);
            let consumers = provider.children(METADATA, "AssertionConsumerService");
            let links = consumers
                .iter()
                .filter_map(|consumer| consumer.attribute("Location"))
                .chain([entity_id.as_str()]);
            return Kind::ServiceProvider { whose: find_owner(links), entity_id };
        }
    }
    let code = || {
        let code = root.all_descendants().find(|node| node.local_name() == "Code")?;
        Some(code.text().chars().take(80).collect())
    };
    let name = root.local_name();
    match name.as_str() {
        "Response" if root.has_name(PROTOCOL, "Response") => Kind::Response,
        "AuthnRequest" if root.has_name(PROTOCOL, "AuthnRequest") => Kind::Request,
        "Error" | "ErrorResponse" if let Some(code) = code() => Kind::AwsError { code },
        _ => Kind::Other { root: name },
    }
}

fn find_owner<'a>(links: impl Iterator<Item = &'a str>) -> ServiceProviderOwner {
    let mut whose = ServiceProviderOwner::Unknown;
    for text in links {
        match link::identify_link(text).link {
            Link::NopsAcs(_)
            | Link::NopsEntityId(_)
            | Link::NopsStem(_)
            | Link::NopsShareable(_)
            | Link::NopsOther { .. } => return ServiceProviderOwner::Nops,
            Link::Inbound { .. } => return ServiceProviderOwner::IdentityCenter,
            _ if text.contains("signin.aws.amazon.com/saml")
                || text == "urn:amazon:webservices" =>
            {
                whose = ServiceProviderOwner::AwsSignIn;
            }
            _ => {}
        }
    }
    whose
}

fn entity_id(entity: Node<'_>) -> String {
    entity.attribute("entityID").unwrap_or_default().to_owned()
}

/// Removes the XML declaration from text that was decoded from UTF-16, because the declaration
/// still specifies UTF-16.
fn without_stale_declaration(text: &str, encoding: text::Encoding) -> &str {
    if encoding != text::Encoding::Utf16 || !text.starts_with("<?xml") {
        return text;
    }
    text.split_once("?>").map_or(text, |(_, rest)| rest.trim_start())
}

fn refusal(error: XmlError) -> MetadataError {
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    match error {
        XmlError::TooLarge => MetadataError::TooLarge,
        XmlError::Dtd => MetadataError::Dtd,
        XmlError::Encoding(declared) => MetadataError::Encoding { declared },
        XmlError::Malformed { line, column } => {
            MetadataError::Malformed { line: number(line), column: number(column) }
        }
    }
}

#[cfg(test)]
mod tests;
