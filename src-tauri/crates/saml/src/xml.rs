//! Parses XML with limits, so that hostile documents can't cause much work, and reads elements by
//! namespace.
//!
//! Tag length is limited before parsing, because the parser's work grows with the square of an
//! element's number of attributes. Depth is limited because the parser is recursive and uses the
//! stack.

use bergshamra_xml::uppsala::{Document, Element, NodeId, NodeKind, Parser};

/// The maximum size of XML text to parse, in bytes. Metadata and responses are a few kilobytes.
pub(super) const MAX_BYTES: usize = 256 * 1024;

const MAX_TAG_BYTES: usize = 8 * 1024;
const MAX_ATTRIBUTES: usize = 200;
const MAX_DEPTH: u32 = 48;
const MAX_NODES: usize = 20_000;
const MAX_DECLARATIONS: usize = 16;

pub(super) const METADATA: &str = "urn:oasis:names:tc:SAML:2.0:metadata";
pub(super) const PROTOCOL: &str = "urn:oasis:names:tc:SAML:2.0:protocol";
pub(super) const ASSERTION: &str = "urn:oasis:names:tc:SAML:2.0:assertion";
pub(super) const SIGNATURE: &str = "http://www.w3.org/2000/09/xmldsig#";

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum XmlError {
    /// The text is larger than [`MAX_BYTES`], or has longer tags, more nodes, more nesting or more
    /// namespaces than a real document.
    TooLarge,
    /// The document has a document type declaration. SAML never needs one, but attacks do.
    Dtd,
    /// The declared encoding, if it isn't UTF-8 or US-ASCII. Truncated to 40 characters.
    Encoding(String),
    /// The document isn't well-formed. Positions start at 1, and are 0 if the document ends too
    /// early.
    Malformed { line: usize, column: usize },
}

/// Parses `text`, and rejects it if it exceeds a limit.
pub(super) fn parse(text: &str) -> Result<Document<'_>, XmlError> {
    if text.len() > MAX_BYTES || has_huge_tag(text) {
        return Err(XmlError::TooLarge);
    }
    if has_document_type(text) {
        return Err(XmlError::Dtd);
    }
    let document =
        Parser::new().with_forbid_dtd(true).with_max_depth(MAX_DEPTH).parse(text).map_err(
            |error| {
                if nesting(text) > MAX_DEPTH as usize {
                    XmlError::TooLarge
                } else {
                    error_with_position(&error)
                }
            },
        )?;
    let declared = document.xml_declaration.as_ref().and_then(|xml| xml.encoding.as_deref());
    // ASCII is a subset of UTF-8.
    let fits = |name: &&str| ["utf-8", "us-ascii"].contains(&name.to_ascii_lowercase().as_str());
    if let Some(encoding) = declared.filter(|name| !fits(name)) {
        return Err(XmlError::Encoding(encoding.chars().take(40).collect()));
    }
    let nodes = document.descendants(document.root());
    let too_many_declarations = nodes.iter().any(|node| {
        document.element(*node).is_some_and(|e| e.namespace_declarations.len() > MAX_DECLARATIONS)
    });
    if nodes.len() > MAX_NODES || too_many_declarations {
        return Err(XmlError::TooLarge);
    }
    Ok(document)
}

#[derive(Clone, Copy)]
pub(super) struct Node<'d> {
    pub(super) document: &'d Document<'d>,
    pub(super) id: NodeId,
}

impl PartialEq for Node<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl<'d> Node<'d> {
    /// Returns the document node, which contains all other nodes.
    pub(super) fn root(document: &'d Document<'d>) -> Self {
        Self { document, id: document.root() }
    }

    pub(super) fn document_element(document: &'d Document<'d>) -> Option<Self> {
        Some(Self { document, id: document.document_element()? })
    }

    fn with_id(self, id: NodeId) -> Self {
        Self { id, ..self }
    }

    pub(super) fn element(self) -> Option<&'d Element<'d>> {
        self.document.element(self.id)
    }

    pub(super) fn kind(self) -> Option<&'d NodeKind<'d>> {
        self.document.node_kind(self.id)
    }

    pub(super) fn parent(self) -> Option<Self> {
        Some(self.with_id(self.document.parent(self.id)?))
    }

    pub(super) fn has_name(self, namespace: &str, name: &str) -> bool {
        self.element().is_some_and(|element| element.name.matches(Some(namespace), name))
    }

    /// Returns an element's name without its prefix, truncated to 80 characters. Empty for other
    /// nodes.
    pub(super) fn local_name(self) -> String {
        self.element()
            .map(|element| element.name.local_name.chars().take(80).collect())
            .unwrap_or_default()
    }

    /// Returns the child nodes of all types.
    pub(super) fn nodes(self) -> impl Iterator<Item = Self> {
        self.document.children_iter(self.id).map(move |id| self.with_id(id))
    }

    pub(super) fn children(self, namespace: &str, name: &str) -> Vec<Self> {
        self.nodes().filter(|child| child.has_name(namespace, name)).collect()
    }

    pub(super) fn child(self, namespace: &str, name: &str) -> Option<Self> {
        self.nodes().find(|child| child.has_name(namespace, name))
    }

    pub(super) fn elements(self) -> Vec<Self> {
        self.nodes().filter(|child| child.element().is_some()).collect()
    }

    /// Returns all descendants of this node, in document order.
    pub(super) fn all_descendants(self) -> impl Iterator<Item = Self> {
        self.document.descendants(self.id).into_iter().map(move |id| self.with_id(id))
    }

    /// Returns the descendant elements with this name, in document order.
    pub(super) fn descendants(self, namespace: &str, name: &str) -> Vec<Self> {
        self.all_descendants().filter(|below| below.has_name(namespace, name)).collect()
    }

    /// Returns the attribute without a namespace, so `x:ID` is never read as `ID`.
    pub(super) fn attribute(self, name: &str) -> Option<&'d str> {
        self.element()?.attributes.iter().find_map(|attribute| {
            let plain = attribute.name.namespace_uri.is_none() && attribute.name.local_name == name;
            plain.then_some(&*attribute.value)
        })
    }

    /// Returns all text below this node as one string, as canonicalization does.
    pub(super) fn text(self) -> String {
        self.document.text_content_deep(self.id)
    }

    /// Returns whether this node contains only elements and white space.
    pub(super) fn holds_elements_only(self) -> bool {
        self.nodes().all(|child| match child.kind() {
            Some(NodeKind::Element(_)) => true,
            Some(NodeKind::Text(text)) => {
                text.chars().all(|c| matches!(c, ' ' | '\t' | '\r' | '\n'))
            }
            _ => false,
        })
    }
}

/// Returns whether a tag, comment or CDATA section is longer than in any real document, or has more
/// attributes.
fn has_huge_tag(text: &str) -> bool {
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        let (length, attributes) = markup_size(&rest[start..]);
        if length > MAX_TAG_BYTES || attributes > MAX_ATTRIBUTES {
            return true;
        }
        rest = &rest[start + length..];
    }
    false
}

/// Returns the length and attribute count of the tag, comment or CDATA section at the start of
/// `text`. A `>` in an attribute value doesn't end a tag.
fn markup_size(text: &str) -> (usize, usize) {
    for (open, close) in [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")] {
        if let Some(inside) = text.strip_prefix(open) {
            let end = inside.find(close).map(|at| open.len() + at + close.len());
            return (end.unwrap_or(text.len()), 0);
        }
    }
    let mut quote = None;
    let mut attributes = 0;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'"' | b'\'') => {
                quote = Some(byte);
                attributes += 1;
            }
            (Some(open), _) if open == byte => quote = None,
            (None, b'>') => return (at + 1, attributes),
            _ => {}
        }
    }
    (text.len(), attributes)
}

/// Estimates the nesting depth of the tags without parsing, to see whether depth caused the
/// parser's error.
fn nesting(text: &str) -> usize {
    let mut deepest = 0_usize;
    let mut open = 0_usize;
    for tag in text.split('<').skip(1) {
        if tag.starts_with('/') {
            open = open.saturating_sub(1);
        } else if !tag.starts_with(['!', '?']) {
            let (tag, _) = tag.split_once('>').unwrap_or((tag, ""));
            deepest = deepest.max(open + 1);
            open += usize::from(!tag.ends_with('/'));
        }
    }
    deepest
}

/// Returns whether `<!DOCTYPE` occurs anywhere, in uppercase or lowercase.
fn has_document_type(text: &str) -> bool {
    text.match_indices("<!").any(|(at, _)| {
        text.as_bytes()
            .get(at + 2..at + 9)
            .is_some_and(|word| word.eq_ignore_ascii_case(b"DOCTYPE"))
    })
}

fn error_with_position(error: &bergshamra_xml::uppsala::XmlError) -> XmlError {
    use bergshamra_xml::uppsala::XmlError as Of;
    let (line, column) = match error {
        Of::WellFormedness(error) => (error.line, error.column),
        Of::Namespace(error) => (error.line, error.column),
        Of::Parse(error) => (error.line, error.column),
        Of::XPath(_) | Of::Validation(_) | Of::UnexpectedEof => (0, 0),
    };
    XmlError::Malformed { line, column }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> Option<XmlError> {
        parse(text).err()
    }

    #[test]
    fn hostile_documents_are_rejected() {
        let deep = format!("{}{}", "<a>".repeat(100), "</a>".repeat(100));
        let wide = format!("<r>{}</r>", "<a/>".repeat(30_000));
        let attributes: String = (0..5_000).map(|n| format!(" a{n}=\"\"")).collect();
        let namespaces: String = (0..40).map(|n| format!(" xmlns:n{n}=\"u:{n}\"")).collect();
        assert_eq!(error(&deep), Some(XmlError::TooLarge));
        assert_eq!(error(&wide), Some(XmlError::TooLarge));
        assert_eq!(error(&format!("<r{attributes}/>")), Some(XmlError::TooLarge));
        // A `>` in a value doesn't end the tag, with either kind of quotation marks.
        for value in ["\">\"", "'>'", "'\">'"] {
            let hidden = format!("<r x={value}{attributes}/>");
            assert_eq!(error(&hidden), Some(XmlError::TooLarge), "{value}");
        }
        let attributes =
            |count: usize| -> String { (0..count).map(|n| format!(" a{n}=''")).collect() };
        assert_eq!(error(&format!("<r{}/>", attributes(MAX_ATTRIBUTES))), None);
        let one_more = attributes(MAX_ATTRIBUTES + 1);
        assert_eq!(error(&format!("<r{one_more}/>")), Some(XmlError::TooLarge));
        assert_eq!(error(&format!("<r{namespaces}/>")), Some(XmlError::TooLarge));
        let tag = |length: usize| format!("<r a=\"{}\"/>", "x".repeat(length));
        assert_eq!(error(&tag(MAX_TAG_BYTES - 100)), None);
        assert_eq!(error(&tag(MAX_TAG_BYTES)), Some(XmlError::TooLarge));
        assert_eq!(error(&" ".repeat(MAX_BYTES + 1)), Some(XmlError::TooLarge));
        assert_eq!(error("<!DOCTYPE r><r/>"), Some(XmlError::Dtd));
        assert_eq!(error("<!DOCTYPE r [<!ENTITY e 'x'>]><r>&e;</r>"), Some(XmlError::Dtd));
        assert_eq!(
            error("<?xml version='1.0' encoding='ISO-8859-1'?><r/>"),
            Some(XmlError::Encoding("ISO-8859-1".to_owned()))
        );
        assert!(matches!(error("<r><a></r>"), Some(XmlError::Malformed { line: 1, .. })));
        assert!(matches!(error("<r a='1' a='2'/>"), Some(XmlError::Malformed { .. })));
        assert!(error("").is_some());
    }

    #[test]
    fn ordinary_documents_are_parsed() {
        assert_eq!(
            error("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<r xmlns=\"u\"><a/></r>"),
            None
        );
        let long = "don't ".repeat(2_000);
        assert_eq!(error(&format!("<r><!-- don't --><a>{long}</a><![CDATA[\"]]></r>")), None);
        assert_eq!(error(&format!("<r><a x=\"it's > 1\">{long}</a><b/></r>")), None);
    }

    #[test]
    fn namespaced_attributes_are_ignored() {
        let document = parse("<r xmlns:x=\"u\" x:ID=\"evil\" ID=\"good\"/>").unwrap();
        let root = Node::document_element(&document).unwrap();
        assert_eq!(root.attribute("ID"), Some("good"));
        let document = parse("<r xmlns:x=\"u\" x:ID=\"evil\"/>").unwrap();
        let root = Node::document_element(&document).unwrap();
        assert_eq!(root.attribute("ID"), None);
    }
}
