//! Reading XML the way every SAML reader must: no document type, bounded depth, names compared
//! with their namespace.

use bergshamra_c14n::escape::{escape_attr, escape_text};
use bergshamra_xml::uppsala::{Parser, XmlError};
use bergshamra_xml::{Document, NodeId};

const MAX_DEPTH: u32 = 48;

/// Text as it may stand between two tags; characters that XML can't hold are left out.
pub(super) fn text(value: &str) -> String {
    escape_text(&printable(value))
}

/// Text as it may stand between double quotes; characters that XML can't hold are left out.
pub(super) fn attribute(value: &str) -> String {
    escape_attr(&printable(value))
}

fn printable(value: &str) -> String {
    let allowed = |c: &char| !matches!(c, '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    value.chars().filter(allowed).collect()
}

/// A parsed document, asked by namespace and local name.
pub(crate) struct Tree<'a> {
    pub(super) document: Document<'a>,
}

impl<'a> Tree<'a> {
    /// Parses `xml`; a document type declaration is refused.
    pub(crate) fn parse(xml: &'a str) -> Result<Self, XmlError> {
        let parser = Parser::new().with_forbid_dtd(true).with_max_depth(MAX_DEPTH);
        Ok(Self { document: parser.parse(xml)? })
    }

    /// The document element.
    pub(crate) fn root(&self) -> Option<NodeId> {
        self.document.document_element()
    }

    /// Whether `node` is the element `name` of `namespace`.
    pub(crate) fn is(&self, node: NodeId, namespace: &str, name: &str) -> bool {
        self.document.element(node).is_some_and(|element| element.matches_name_ns(namespace, name))
    }

    /// The child elements of `node` called `name` in `namespace`, in document order.
    pub(crate) fn children(&self, node: NodeId, namespace: &str, name: &str) -> Vec<NodeId> {
        self.document.children_iter(node).filter(|&child| self.is(child, namespace, name)).collect()
    }

    /// The first of [`Self::children`].
    pub(crate) fn child(&self, node: NodeId, namespace: &str, name: &str) -> Option<NodeId> {
        self.document.children_iter(node).find(|&child| self.is(child, namespace, name))
    }

    /// Every element of the document called `name` in `namespace`, in document order.
    pub(crate) fn all(&self, namespace: &str, name: &str) -> Vec<NodeId> {
        self.document.get_elements_by_tag_name_ns(namespace, name)
    }

    /// The parent of `node`.
    pub(crate) fn parent(&self, node: NodeId) -> Option<NodeId> {
        self.document.parent(node)
    }

    /// The value of the attribute `name` that is in no namespace.
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

    /// All text below `node`, joined.
    pub(crate) fn text(&self, node: NodeId) -> String {
        self.document.text_content_deep(node)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_type_stays_text() {
        assert_eq!(text("a<b>&\u{1}c"), "a&lt;b&gt;&amp;c");
        assert_eq!(attribute("\"<&"), "&quot;&lt;&amp;");
    }

    #[test]
    fn names_are_compared_with_their_namespace_and_attributes_without_prefix() {
        let tree = Tree::parse(r#"<a xmlns="urn:x" xmlns:y="urn:y" y:ID="no" ID="yes"><y:b/><b>1<![CDATA[2]]></b></a>"#).expect("xml");
        let root = tree.root().expect("a root");
        assert_eq!(tree.attribute(root, "ID"), Some("yes"));
        let b = tree.child(root, "urn:x", "b").expect("a child");
        assert_eq!(tree.text(b), "12");
        assert_eq!(tree.children(root, "urn:y", "b").len(), 1);
    }

    #[test]
    fn a_document_type_is_refused() {
        assert!(Tree::parse("<!DOCTYPE a><a/>").is_err());
    }
}
