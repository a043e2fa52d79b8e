//! Responses, each with an assertion about one user for one service provider (core, 2 and 3.3.3).

use jiff::{SignedDuration, Timestamp};

use super::namespace::{ASSERTION, PROTOCOL};
use super::request::instant;
use super::xml::{attribute, text};
use super::{BEARER, SUCCESS};

/// How long before its issue time a response is already valid, to allow for clock skew.
const EARLIER: SignedDuration = SignedDuration::from_mins(5);

/// The content of a response before signing.
#[derive(Clone, Debug)]
pub struct Response {
    /// A unique ID. The assertion's ID is derived from it.
    pub id: String,
    pub issued: Timestamp,
    /// How long the assertion is valid, from its issue time.
    pub valid_for: SignedDuration,
    /// How long the session at the service provider may last, from the issue time.
    pub session: SignedDuration,
    pub issuer: String,
    pub destination: String,
    pub audience: String,
    pub in_response_to: Option<String>,
    /// `None` if no mapping fills *Subject*.
    pub name_id: Option<NameId>,
    /// The attributes in mapping order, including duplicates.
    pub attributes: Vec<Attribute>,
}

/// The user's identifier at the service provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameId {
    pub value: String,
    /// The format as a full `urn:…`.
    pub format: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    pub name: String,
    /// The format as a full `urn:…`.
    pub name_format: String,
    pub values: Vec<String>,
}

impl Response {
    /// Writes the response as unsigned XML on one line.
    pub fn to_xml(&self) -> String {
        let in_response_to = match &self.in_response_to {
            Some(id) => format!(r#" InResponseTo="{}""#, attribute(id)),
            None => String::new(),
        };
        format!(
            concat!(
                r#"<?xml version="1.0" encoding="UTF-8"?><saml2p:Response xmlns:saml2p="{protocol}" Destination="{destination}" ID="{id}"{irt} IssueInstant="{issued}" Version="2.0">"#,
                r#"<saml2:Issuer xmlns:saml2="{assertion}">{issuer}</saml2:Issuer>"#,
                r#"<saml2p:Status><saml2p:StatusCode Value="{success}"/></saml2p:Status>"#,
                r#"<saml2:Assertion xmlns:saml2="{assertion}" ID="{id}-a" IssueInstant="{issued}" Version="2.0"><saml2:Issuer>{issuer}</saml2:Issuer>"#,
                r#"<saml2:Subject>{name_id}<saml2:SubjectConfirmation Method="{bearer}"><saml2:SubjectConfirmationData{irt} NotOnOrAfter="{ends}" Recipient="{destination}"/></saml2:SubjectConfirmation></saml2:Subject>"#,
                r#"<saml2:Conditions NotBefore="{begins}" NotOnOrAfter="{ends}"><saml2:AudienceRestriction><saml2:Audience>{audience}</saml2:Audience></saml2:AudienceRestriction></saml2:Conditions>"#,
                r#"<saml2:AuthnStatement AuthnInstant="{issued}" SessionIndex="{id}" SessionNotOnOrAfter="{session_ends}"><saml2:AuthnContext><saml2:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml2:AuthnContextClassRef></saml2:AuthnContext></saml2:AuthnStatement>"#,
                r#"{attributes}</saml2:Assertion></saml2p:Response>"#,
            ),
            protocol = PROTOCOL,
            assertion = ASSERTION,
            success = SUCCESS,
            bearer = BEARER,
            id = attribute(&self.id),
            irt = in_response_to,
            destination = attribute(&self.destination),
            issuer = text(&self.issuer),
            audience = text(&self.audience),
            begins = instant(self.issued - EARLIER),
            issued = instant(self.issued),
            ends = instant(self.issued + self.valid_for),
            session_ends = instant(self.issued + self.session),
            name_id = self.name_id.as_ref().map(NameId::to_xml).unwrap_or_default(),
            attributes = attribute_statement(&self.attributes),
        )
    }
}

impl NameId {
    fn to_xml(&self) -> String {
        format!(
            r#"<saml2:NameID Format="{}">{}</saml2:NameID>"#,
            attribute(&self.format),
            text(&self.value)
        )
    }
}

/// Writes the attribute statement. Without attributes, returns an empty string, because the schema
/// doesn't allow an empty statement.
fn attribute_statement(attributes: &[Attribute]) -> String {
    if attributes.is_empty() {
        return String::new();
    }
    let attributes: String = attributes.iter().map(Attribute::to_xml).collect();
    format!("<saml2:AttributeStatement>{attributes}</saml2:AttributeStatement>")
}

impl Attribute {
    fn to_xml(&self) -> String {
        let value = |value: &String| {
            format!(
                concat!(
                    r#"<saml2:AttributeValue xmlns:xs="http://www.w3.org/2001/XMLSchema" "#,
                    r#"xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="xs:string">{}</saml2:AttributeValue>"#,
                ),
                text(value),
            )
        };
        format!(
            r#"<saml2:Attribute Name="{}" NameFormat="{}">{}</saml2:Attribute>"#,
            attribute(&self.name),
            attribute(&self.name_format),
            self.values.iter().map(value).collect::<String>(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::super::xml::XmlTree;
    use super::*;

    fn response() -> Response {
        Response {
            id: "_1".into(),
            issued: "2026-11-24T09:30:15.25Z".parse().expect("a timestamp"),
            valid_for: SignedDuration::from_hours(1),
            session: SignedDuration::from_hours(1),
            issuer: "https://idp.example.com/".into(),
            destination: "https://sp.example.com/?acs&x=\"".into(),
            audience: "https://sp.example.com/metadata".into(),
            in_response_to: Some("ONELOGIN_1".into()),
            name_id: Some(NameId { value: "ana@example.com".into(), format: "urn:f".into() }),
            attributes: vec![Attribute {
                name: "User.Email".into(),
                name_format: "urn:b".into(),
                values: vec!["{user:email}<".into()],
            }],
        }
    }

    #[test]
    fn values_are_written_unchanged() {
        let xml = response().to_xml();
        let tree = XmlTree::parse(&xml).expect("xml");
        let root = tree.root().expect("a root");
        assert_eq!(root.attribute("Destination"), Some("https://sp.example.com/?acs&x=\""));
        assert_eq!(root.attribute("InResponseTo"), Some("ONELOGIN_1"));
        let confirmation = tree.all("saml:SubjectConfirmationData");
        let confirmation = *confirmation.first().expect("a confirmation");
        assert_eq!(confirmation.attribute("Recipient"), Some("https://sp.example.com/?acs&x=\""));
        assert_eq!(confirmation.attribute("NotOnOrAfter"), Some("2026-11-24T10:30:15.250Z"));
        let value = tree.all("saml:AttributeValue");
        assert_eq!(value.first().expect("a value").text(), "{user:email}<");
    }

    #[test]
    fn absent_values_write_no_element() {
        let xml =
            Response { name_id: None, attributes: Vec::new(), in_response_to: None, ..response() }
                .to_xml();
        for word in ["NameID", "AttributeStatement", "InResponseTo"] {
            assert!(!xml.contains(word), "{word}");
        }
    }
}
