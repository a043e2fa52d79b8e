//! Reads XML safely for SAML: rejects document types, limits depth, and compares names with their
//! namespaces.

use bergshamra_c14n::escape::{escape_attr, escape_text};
use bergshamra_xml::uppsala::{Parser, XmlError};
use bergshamra_xml::{Document, NodeId};

use super::namespace::{ASSERTION, EXCLUSIVE_C14N, METADATA, PROTOCOL, SIGNATURE};

const MAX_DEPTH: u32 = 48;

/// Escapes text for use as element content. Removes characters that XML doesn't allow.
pub fn text(value: &str) -> String {
    escape_text(&printable(value))
}

/// Escapes text for use as a double-quoted attribute value. Removes characters that XML doesn't
/// allow.
pub fn attribute(value: &str) -> String {
    escape_attr(&printable(value))
}

fn printable(value: &str) -> String {
    let allowed = |c: &char| !matches!(c, '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    value.chars().filter(allowed).collect()
}

/// A parsed document.
pub struct XmlTree<'a>(Document<'a>);

impl<'a> XmlTree<'a> {
    /// Parses `xml`. Rejects a document type declaration.
    pub fn parse(xml: &'a str) -> Result<Self, XmlError> {
        let parser = Parser::new().with_forbid_dtd(true).with_max_depth(MAX_DEPTH);
        Ok(Self(parser.parse(xml)?))
    }

    pub fn root(&self) -> Option<XmlElement<'_>> {
        Some(XmlElement { document: &self.0, id: self.0.document_element()? })
    }

    /// Returns all elements named `name`, in document order.
    pub fn all(&self, name: &str) -> Vec<XmlElement<'_>> {
        let (namespace, name) = expand_name(name);
        let ids = self.0.get_elements_by_tag_name_ns(namespace, name).into_iter();
        ids.map(|id| XmlElement { document: &self.0, id }).collect()
    }
}

/// An element of a parsed document. Element names use the prefixes from the specifications, such as
/// `saml:Assertion`, even if the document uses other prefixes.
#[derive(Clone, Copy)]
pub struct XmlElement<'a> {
    pub document: &'a Document<'a>,
    pub id: NodeId,
}

impl<'a> XmlElement<'a> {
    pub fn is(self, name: &str) -> bool {
        let (namespace, name) = expand_name(name);
        let element = self.document.element(self.id);
        element.is_some_and(|element| element.matches_name_ns(namespace, name))
    }

    /// Returns the child elements named `name`, in document order.
    pub fn children(self, name: &str) -> impl Iterator<Item = Self> {
        let children = self.document.children_iter(self.id);
        children.map(move |id| Self { id, ..self }).filter(move |child| child.is(name))
    }

    pub fn child(self, name: &str) -> Option<Self> {
        self.children(name).next()
    }

    /// Returns the child element named `name` if exactly one exists.
    pub fn only_child(self, name: &str) -> Option<Self> {
        let mut children = self.children(name);
        children.next().filter(|_| children.next().is_none())
    }

    pub fn parent(self) -> Option<Self> {
        Some(Self { id: self.document.parent(self.id)?, ..self })
    }

    /// Returns the value of the attribute `name` that has no namespace.
    pub fn attribute(self, name: &str) -> Option<&'a str> {
        let mut attributes = self.document.element(self.id)?.attributes.iter();
        let attribute = attributes.find(|attribute| {
            attribute.name.namespace_uri.is_none() && attribute.name.local_name == name
        });
        attribute.map(|attribute| &*attribute.value)
    }

    /// Returns all text inside this element, joined.
    pub fn text(self) -> String {
        self.document.text_content_deep(self.id)
    }
}

/// Returns the namespace and local name for a prefixed name.
fn expand_name(name: &str) -> (&str, &str) {
    let (prefix, local) = name.split_once(':').unwrap_or_default();
    let namespace = match prefix {
        "saml" => ASSERTION,
        "samlp" => PROTOCOL,
        "md" => METADATA,
        "ds" => SIGNATURE,
        "ec" => EXCLUSIVE_C14N,
        _ => "",
    };
    (namespace, local)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_characters_are_escaped() {
        assert_eq!(text("a<b>&\u{1}c"), "a&lt;b&gt;&amp;c");
        assert_eq!(attribute("\"<&"), "&quot;&lt;&amp;");
    }

    #[test]
    fn lookups_respect_namespaces() {
        let xml = format!(
            r#"<a xmlns="{ASSERTION}" xmlns:saml="urn:y" saml:ID="no" ID="yes"><saml:b/><b>1<![CDATA[2]]></b></a>"#
        );
        let tree = XmlTree::parse(&xml).expect("xml");
        let root = tree.root().expect("a root");
        assert_eq!(root.attribute("ID"), Some("yes"));
        let b = root.only_child("saml:b").expect("a child");
        assert_eq!(b.text(), "12");
        assert!(root.child("samlp:b").is_none());
    }

    #[test]
    fn document_type_is_refused() {
        assert!(XmlTree::parse("<!DOCTYPE a><a/>").is_err());
    }
}
