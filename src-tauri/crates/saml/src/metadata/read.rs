//! Parses metadata.

use bergshamra_xml::uppsala::{Document, NodeId};

use super::{Kind, Metadata, MetadataError, SpOwner};
use crate::certificate::Certificate;
use crate::text;
use crate::xml::{self, METADATA, PROTOCOL, SIGNATURE, XmlError};
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
    let text = text::inside(&text).unwrap_or(text);
    let text = without_stale_declaration(text.trim(), encoding);
    let document = xml::parse(text).map_err(refusal)?;
    let root = document.document_element().ok_or(unreadable)?;
    let mut entities = xml::descendants(&document, document.root(), METADATA, "EntityDescriptor");
    let all = entities.clone();
    entities
        .retain(|entity| xml::child(&document, *entity, METADATA, "IDPSSODescriptor").is_some());
    match entities[..] {
        [entity] => of_entity(&document, entity, text),
        [] => Err(MetadataError::WrongKind { kind: kind(&document, root, &all) }),
        [..] => Err(MetadataError::SeveralEntities {
            entity_ids: entities.iter().map(|entity| entity_id(&document, *entity)).collect(),
        }),
    }
}

fn of_entity(
    document: &Document<'_>,
    entity: NodeId,
    text: &str,
) -> Result<Metadata, MetadataError> {
    let entity_id = entity_id(document, entity);
    if entity_id.trim().is_empty() {
        return Err(MetadataError::NoEntityId);
    }
    let descriptors = xml::children(document, entity, METADATA, "IDPSSODescriptor");
    let under = |name: &str| -> Vec<NodeId> {
        descriptors.iter().flat_map(|of| xml::children(document, *of, METADATA, name)).collect()
    };
    let certificates = signing_certificates(document, &under("KeyDescriptor"))?;
    let services = under("SingleSignOnService");
    let sso_redirect = location(document, &services, REDIRECT);
    let sso_post = location(document, &services, POST);
    if sso_redirect.is_none() && sso_post.is_none() {
        return Err(no_service(document, &services));
    }
    for url in [&sso_redirect, &sso_post].into_iter().flatten() {
        if !is_https(url) {
            return Err(MetadataError::Url { url: url.clone() });
        }
    }
    let sign_outs = under("SingleLogoutService");
    let sign_out =
        location(document, &sign_outs, REDIRECT).or_else(|| location(document, &sign_outs, POST));
    let mut name_id_formats: Vec<String> = under("NameIDFormat")
        .into_iter()
        .map(|format| xml::text(document, format).trim().to_owned())
        .collect();
    name_id_formats.retain(|format| !format.is_empty());
    Ok(Metadata {
        entity_id,
        sso_redirect,
        sso_post,
        sign_out,
        certificates,
        name_id_formats,
        xml: text.to_owned(),
    })
}

/// Returns the certificates marked for signing, and those without a marked use.
fn signing_certificates(
    document: &Document<'_>,
    keys: &[NodeId],
) -> Result<Vec<Certificate>, MetadataError> {
    let mut certificates: Vec<Certificate> = Vec::new();
    let signing = keys
        .iter()
        .filter(|key| matches!(xml::attribute(document, **key, "use"), None | Some("signing")));
    for key in signing {
        for node in xml::descendants(document, *key, SIGNATURE, "X509Certificate") {
            let text = xml::text(document, node);
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

fn location(document: &Document<'_>, services: &[NodeId], binding: &str) -> Option<String> {
    services
        .iter()
        .find(|service| xml::attribute(document, **service, "Binding") == Some(binding))
        .and_then(|service| xml::attribute(document, *service, "Location"))
        .map(str::to_owned)
}

fn no_service(document: &Document<'_>, services: &[NodeId]) -> MetadataError {
    if services.is_empty() {
        return MetadataError::NoSsoService;
    }
    let binding = |service: &NodeId| {
        xml::attribute(document, *service, "Binding").unwrap_or_default().to_owned()
    };
    let supported = |binding: &String| binding == REDIRECT || binding == POST;
    let bindings: Vec<String> = services.iter().map(binding).collect();
    // The right binding without a location is a URL problem, not a binding problem.
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

fn kind(document: &Document<'_>, root: NodeId, entities: &[NodeId]) -> Kind {
    for entity in entities {
        if let Some(provider) = xml::child(document, *entity, METADATA, "SPSSODescriptor") {
            let entity_id = entity_id(document, *entity);
            let consumers = xml::children(document, provider, METADATA, "AssertionConsumerService");
            let links = consumers
                .iter()
                .filter_map(|consumer| xml::attribute(document, *consumer, "Location"))
                .chain([entity_id.as_str()]);
            return Kind::ServiceProvider { whose: whose(links), entity_id };
        }
    }
    let name = document.element(root).map(|element| element.name.local_name.to_string());
    let code = || {
        document.descendants(root).into_iter().find_map(|node| {
            let element = document.element(node)?;
            (element.name.local_name == "Code").then(|| xml::text(document, node))
        })
    };
    match name.as_deref() {
        Some("Response") if xml::is(document, root, PROTOCOL, "Response") => Kind::Response,
        Some("AuthnRequest") if xml::is(document, root, PROTOCOL, "AuthnRequest") => Kind::Request,
        Some("Error" | "ErrorResponse") if code().is_some() => {
            Kind::AwsError { code: short(&code().unwrap_or_default()) }
        }
        root => Kind::Other { root: short(root.unwrap_or_default()) },
    }
}

fn whose<'a>(links: impl Iterator<Item = &'a str>) -> SpOwner {
    let mut whose = SpOwner::Unknown;
    for text in links {
        match link::read(text).link {
            Link::NopsAcs(_)
            | Link::NopsEntityId(_)
            | Link::NopsStem(_)
            | Link::NopsShareable(_)
            | Link::NopsOther { .. } => return SpOwner::Nops,
            Link::Inbound { .. } => return SpOwner::IdentityCenter,
            _ if text.contains("signin.aws.amazon.com/saml")
                || text == "urn:amazon:webservices" =>
            {
                whose = SpOwner::AwsSignIn;
            }
            _ => {}
        }
    }
    whose
}

fn entity_id(document: &Document<'_>, entity: NodeId) -> String {
    xml::attribute(document, entity, "entityID").unwrap_or_default().to_owned()
}

/// Removes the XML declaration of a text decoded from UTF-16, which still declares UTF-16.
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

fn short(text: &str) -> String {
    text.chars().take(80).collect()
}

#[cfg(test)]
mod tests;
