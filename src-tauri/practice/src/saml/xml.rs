//! Reads XML safely for SAML: no document type, limited depth, names compared with their namespace.

use bergshamra_c14n::escape::{escape_attr, escape_text};
use bergshamra_xml::uppsala::{Parser, XmlError};
use bergshamra_xml::{Document, NodeId};

const MAX_DEPTH: u32 = 48;

/// Escapes text for element content. Removes characters that XML doesn't allow.
pub(super) fn text(value: &str) -> String {
    escape_text(&printable(value))
}

/// Escapes text for a double-quoted attribute value. Removes characters that XML doesn't allow.
pub(super) fn attribute(value: &str) -> String {
    escape_attr(&printable(value))
}

fn printable(value: &str) -> String {
    let allowed = |c: &char| !matches!(c, '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    value.chars().filter(allowed).collect()
}

/// A parsed document with lookups by namespace and local name.
pub(crate) struct Tree<'a> {
    pub(super) document: Document<'a>,
}

impl<'a> Tree<'a> {
    /// Parses `xml`. Refuses a document type declaration.
    pub(crate) fn parse(xml: &'a str) -> Result<Self, XmlError> {
        let parser = Parser::new().with_forbid_dtd(true).with_max_depth(MAX_DEPTH);
        Ok(Self { document: parser.parse(xml)? })
    }

    /// Returns the document element.
    pub(crate) fn root(&self) -> Option<NodeId> {
        self.document.document_element()
    }

    /// Returns whether `node` is the element `name` in `namespace`.
    pub(crate) fn is(&self, node: NodeId, namespace: &str, name: &str) -> bool {
        self.document.element(node).is_some_and(|element| element.matches_name_ns(namespace, name))
    }

    /// Returns the child elements of `node` named `name` in `namespace`, in document order.
    pub(crate) fn children(&self, node: NodeId, namespace: &str, name: &str) -> Vec<NodeId> {
        self.document.children_iter(node).filter(|&child| self.is(child, namespace, name)).collect()
    }

    /// Returns the first of [`Self::children`].
    pub(crate) fn child(&self, node: NodeId, namespace: &str, name: &str) -> Option<NodeId> {
        self.document.children_iter(node).find(|&child| self.is(child, namespace, name))
    }

    /// Returns all elements named `name` in `namespace`, in document order.
    pub(crate) fn all(&self, namespace: &str, name: &str) -> Vec<NodeId> {
        self.document.get_elements_by_tag_name_ns(namespace, name)
    }

    pub(crate) fn parent(&self, node: NodeId) -> Option<NodeId> {
        self.document.parent(node)
    }

    /// Returns the value of the attribute `name` without a namespace.
    pub(crate) fn attribute(&self, node: NodeId, name: &str) -> Option<&str> {
        let named = |attribute: &&bergshamra_xml::Attribute<'a>| {
            attribute.name.namespace_uri.is_none() && attribute.name.local_name == name
        };
        self.document
            .element(node)?
            .attributes
            .iter()
            .find(named)
            .map(|attribute| &*attribute.value)
    }

    /// Returns all text below `node`, joined.
    pub(crate) fn text(&self, node: NodeId) -> String {
        self.document.text_content_deep(node)
    }
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
        let tree = Tree::parse(r#"<a xmlns="urn:x" xmlns:y="urn:y" y:ID="no" ID="yes"><y:b/><b>1<![CDATA[2]]></b></a>"#).expect("xml");
        let root = tree.root().expect("a root");
        assert_eq!(tree.attribute(root, "ID"), Some("yes"));
        let b = tree.child(root, "urn:x", "b").expect("a child");
        assert_eq!(tree.text(b), "12");
        assert_eq!(tree.children(root, "urn:y", "b").len(), 1);
    }

    #[test]
    fn document_type_is_refused() {
        assert!(Tree::parse("<!DOCTYPE a><a/>").is_err());
    }
}
