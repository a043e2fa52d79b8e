//! Parses the SAML metadata that a service provider publishes.

use crate::xml::{self, METADATA, Node};

const POST: &str = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";

/// The values in a service provider's metadata.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceProvider {
    pub entity_id: String,
    /// The assertion consumer service for HTTP-POST. This is the default service, or the first one
    /// if there is no default.
    pub acs_url: String,
    /// The first *NameIDFormat*.
    pub name_id_format: Option<String>,
}

impl ServiceProvider {
    /// Parses UTF-8 metadata. Returns `None` unless it describes exactly one service provider.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?.trim_start_matches('\u{feff}').trim();
        let document = xml::parse(text).ok()?;
        let entities = Node::root(&document).descendants(METADATA, "EntityDescriptor");
        let mut providers = entities
            .into_iter()
            .filter_map(|entity| Some((entity, entity.child(METADATA, "SPSSODescriptor")?)));
        let (entity, provider) = providers.next()?;
        if providers.next().is_some() {
            return None;
        }
        let mut services = provider.children(METADATA, "AssertionConsumerService");
        services.retain(|service| service.attribute("Binding") == Some(POST));
        let is_default =
            |service: &&Node<'_>| matches!(service.attribute("isDefault"), Some("true" | "1"));
        let service = services.iter().find(is_default).or_else(|| services.first())?;
        let format = provider.child(METADATA, "NameIDFormat").map(Node::text);
        Some(Self {
            entity_id: entity.attribute("entityID")?.trim().to_owned(),
            acs_url: service.attribute("Location")?.trim().to_owned(),
            name_id_format: format.filter(|format| !format.is_empty()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SERVICE: &str = r#"<md:AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://app.nops.io/sso/v1/a/?acs" index="1"/>"#;

    fn entity(inside: &str) -> String {
        format!(
            r#"<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://app.nops.io/sso/v1/a/metadata">{inside}</md:EntityDescriptor>"#
        )
    }

    fn provider(inside: &str) -> String {
        entity(&format!("<md:SPSSODescriptor>{inside}</md:SPSSODescriptor>"))
    }

    #[test]
    fn provider_is_read_in_all_its_forms() {
        let format = "<md:NameIDFormat>urn:x:unspecified</md:NameIDFormat>";
        let other = SERVICE.replace("?acs", "?other");
        let default = SERVICE.replace("index", r#"isDefault="true" index"#);
        let artifact = other.replace("HTTP-POST", "HTTP-Artifact");
        let list = format!(
            r#"<EntitiesDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata">{}</EntitiesDescriptor>"#,
            provider(&format!("{format}{SERVICE}"))
        );
        for text in [
            provider(&format!("{format}{SERVICE}")),
            provider(&format!("{format}{SERVICE}{other}")),
            provider(&format!("{format}{other}{default}")),
            provider(&format!("{format}{artifact}{SERVICE}")),
            format!(
                "\u{feff}<?xml version=\"1.0\"?>\n{}\n",
                provider(&format!("{format}{SERVICE}"))
            ),
            list,
        ] {
            let read = ServiceProvider::read(text.as_bytes()).unwrap();
            assert_eq!(read.entity_id, "https://app.nops.io/sso/v1/a/metadata");
            assert_eq!(read.acs_url, "https://app.nops.io/sso/v1/a/?acs", "{text}");
            assert_eq!(read.name_id_format.as_deref(), Some("urn:x:unspecified"));
        }
        let read = ServiceProvider::read(provider(SERVICE).as_bytes()).unwrap();
        assert_eq!(read.name_id_format, None);
    }

    #[test]
    fn other_documents_are_not_providers() {
        let two = format!(
            r#"<EntitiesDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata">{0}{0}</EntitiesDescriptor>"#,
            provider(SERVICE)
        );
        for text in [
            "",
            "<!doctype html><title>Sign in</title>",
            "<html><body>Sign in</body></html>",
            r#"{"entity_id":"https://app.nops.io/sso/v1/a/metadata"}"#,
            &entity("<md:IDPSSODescriptor/>"),
            &provider(""),
            &two,
        ] {
            assert_eq!(ServiceProvider::read(text.as_bytes()), None, "{text:.60}");
        }
        assert_eq!(ServiceProvider::read(b"\xff\xfe"), None);
    }
}
