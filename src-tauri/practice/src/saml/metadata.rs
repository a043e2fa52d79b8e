//! Metadata documents, which describe one side to the other side (metadata, 2.4).

use super::namespace::{METADATA, PROTOCOL, SIGNATURE};
use super::xml::{XmlElement, XmlTree, attribute, text};
use super::{HTTP_POST, HTTP_REDIRECT};
use crate::settings::Switches;
use crate::world::{Application, Identity};

/// Writes an application's metadata in IAM Identity Center's order: certificates, sign-out, NameID
/// format (empty without a *Subject* mapping), and sign-in by POST and by redirect at the same
/// address.
pub fn idp_metadata(
    application: &Application,
    switches: &Switches,
    name_id_format: Option<&str>,
) -> String {
    let service = |element: &str, location: &str| {
        [HTTP_POST, HTTP_REDIRECT].map(|binding| {
            format!(r#"<md:{element} Binding="{binding}" Location="{}"/>"#, attribute(location))
        })
    };
    let name_id_format = match name_id_format {
        Some(format) => format!("<md:NameIDFormat>{}</md:NameIDFormat>", text(format)),
        None => "<md:NameIDFormat/>".to_owned(),
    };
    [
        r#"<?xml version="1.0" encoding="UTF-8"?>"#.to_owned(),
        format!(r#"<md:EntityDescriptor xmlns:md="{METADATA}" entityID="{}">"#, attribute(&application.issuer())),
        format!(r#"<md:IDPSSODescriptor WantAuthnRequestsSigned="false" protocolSupportEnumeration="{PROTOCOL}">"#),
        application.identities.iter().map(key_descriptor).collect(),
        service("SingleLogoutService", &application.sign_out_link()).concat(),
        name_id_format,
        service("SingleSignOnService", &application.sign_in_link(switches)).concat(),
        "</md:IDPSSODescriptor></md:EntityDescriptor>".to_owned(),
    ]
    .concat()
}

fn key_descriptor(identity: &Identity) -> String {
    format!(
        r#"<md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="{SIGNATURE}"><ds:X509Data><ds:X509Certificate>{}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>"#,
        identity.certificate_base64,
    )
}

/// Writes the same metadata in another valid form: without prefixes, inside a list of entities,
/// with sign-in first and only by redirect, and without a `use` for the key.
pub fn other_idp_metadata(application: &Application, switches: &Switches) -> String {
    let keys = application.identities.iter().map(|identity| {
        format!(
            "\n      <KeyDescriptor><KeyInfo xmlns=\"{SIGNATURE}\"><X509Data>\
             <X509Certificate>\n{}\n</X509Certificate></X509Data></KeyInfo></KeyDescriptor>",
            identity.certificate_base64
        )
    });
    format!(
        "<EntitiesDescriptor xmlns=\"{METADATA}\">\n  <EntityDescriptor entityID=\"{}\">\n    \
         <IDPSSODescriptor protocolSupportEnumeration=\"{PROTOCOL}\">{}\n      \
         <SingleSignOnService Location=\"{}\" Binding=\"{HTTP_REDIRECT}\"/>\n    \
         </IDPSSODescriptor>\n  </EntityDescriptor>\n</EntitiesDescriptor>\n",
        attribute(&application.issuer()),
        keys.collect::<String>(),
        attribute(&application.sign_in_link(switches)),
    )
}

/// The two values that the console reads from a service provider's metadata.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceProvider {
    pub entity_id: String,
    pub acs_url: String,
}

impl ServiceProvider {
    /// Reads the entity ID and the assertion consumer service for POST. Uses the default service if
    /// one is marked, otherwise the first. Returns `None` if `xml` isn't service provider metadata.
    pub fn read(xml: &str) -> Option<Self> {
        let tree = XmlTree::parse(xml.trim_start_matches('\u{feff}').trim()).ok()?;
        let [descriptor] = tree.all("md:SPSSODescriptor").try_into().ok()?;
        let entity = descriptor.parent().filter(|parent| parent.is("md:EntityDescriptor"))?;
        let services: Vec<_> = descriptor
            .children("md:AssertionConsumerService")
            .filter(|service| service.attribute("Binding") == Some(HTTP_POST))
            .collect();
        let is_default = |service: &&XmlElement<'_>| {
            matches!(service.attribute("isDefault"), Some("true" | "1"))
        };
        let service = services.iter().find(is_default).or_else(|| services.first())?;
        Some(Self {
            entity_id: entity.attribute("entityID")?.to_owned(),
            acs_url: service.attribute("Location")?.to_owned(),
        })
    }

    /// Writes the XML in the same way as a python3-saml service provider that has no certificate.
    pub fn to_xml(&self, name_id_format: &str) -> String {
        format!(
            concat!(
                r#"<?xml version="1.0"?><md:EntityDescriptor xmlns:md="{md}" entityID="{entity_id}">"#,
                r#"<md:SPSSODescriptor AuthnRequestsSigned="false" WantAssertionsSigned="false" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">"#,
                r#"<md:NameIDFormat>{format}</md:NameIDFormat><md:AssertionConsumerService Binding="{post}" Location="{acs}" index="1"/>"#,
                r#"</md:SPSSODescriptor></md:EntityDescriptor>"#,
            ),
            md = METADATA,
            entity_id = attribute(&self.entity_id),
            format = text(name_id_format),
            post = HTTP_POST,
            acs = attribute(&self.acs_url),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn idp_metadata_has_its_parts_in_order() {
        let identity = |certificate: &str| Identity {
            private_key_pem: String::new(),
            certificate_base64: certificate.to_owned(),
        };
        let application = Application {
            identities: ["MIID", "MIIE"].map(identity).to_vec(),
            ..Application::default()
        };
        let written = idp_metadata(&application, &Switches::default(), None);
        let tree = XmlTree::parse(&written).expect("xml");
        let root = tree.root().expect("a root");
        assert_eq!(root.attribute("entityID"), Some(application.issuer().as_str()));
        let certificates = tree.all("ds:X509Certificate");
        assert_eq!(
            certificates.iter().map(|certificate| certificate.text()).collect::<Vec<_>>(),
            ["MIID", "MIIE"]
        );
        let sign_out = written.find("SingleLogoutService").expect("sign-out");
        let sign_in = written.find("SingleSignOnService").expect("sign-in");
        assert!(sign_out < sign_in);
        assert!(ServiceProvider::read(&written).is_none(), "IdP metadata isn't SP metadata");
    }

    #[test]
    fn sp_metadata_reads_back_unchanged() {
        let nops = ServiceProvider {
            entity_id: "https://app.nops.io/sso/v1/1/metadata".into(),
            acs_url: "https://app.nops.io/sso/v1/1/?acs&x=1".into(),
        };
        assert_eq!(ServiceProvider::read(&nops.to_xml("f")), Some(nops));
        assert_eq!(ServiceProvider::read("<html>"), None);
    }

    #[test]
    fn default_post_service_is_used() {
        let written = format!(
            concat!(
                r#"<EntityDescriptor xmlns="{md}" entityID="e"><SPSSODescriptor>"#,
                r#"<AssertionConsumerService Binding="{redirect}" Location="0" isDefault="true"/>"#,
                r#"<AssertionConsumerService Binding="{post}" Location="1"/>"#,
                r#"<AssertionConsumerService Binding="{post}" Location="2" isDefault="true"/>"#,
                r#"</SPSSODescriptor></EntityDescriptor>"#,
            ),
            md = METADATA,
            redirect = HTTP_REDIRECT,
            post = HTTP_POST,
        );
        assert_eq!(ServiceProvider::read(&written).map(|read| read.acs_url), Some("2".into()));
    }
}
