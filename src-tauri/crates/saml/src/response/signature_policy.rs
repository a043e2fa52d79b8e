//! Decides which documents may be verified, and determines what each signature covers.
//!
//! Signature wrapping works if the verifier and the reader look at different elements. So only
//! documents with one simple structure are verified: one response, one assertion, each signature
//! directly inside the element that it signs, and no element that could be mistaken for another.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bergshamra_xml::uppsala::{NodeId, NodeKind};
use strum::IntoStaticStr;

use super::verify::CoveredPart;
use crate::certificate::HashAlgorithm;
use crate::xml::{ASSERTION, Node, SIGNATURE};

const EXCLUSIVE: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";
/// The maximum number of prefixes. This limits the work, because each prefix is looked up for each
/// element. OpenSAML lists one prefix (`xs`).
const MOST_PREFIXES: usize = 8;
const ENVELOPED: &str = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";

/// Why a document can't be verified, regardless of its signatures.
#[derive(Debug, Clone, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum SignatureError {
    Unsigned,
    /// A comment, which can split a value into two text nodes.
    Comment {
        /// The element that contains the comment.
        inside: String,
    },
    /// A processing instruction, which can split a value into two text nodes.
    ProcessingInstruction {
        /// The element that contains the processing instruction.
        inside: String,
    },
    /// There is no assertion, so no user was signed in.
    NoAssertion,
    SeveralAssertions,
    /// An encrypted assertion, which only the receiver's key can decrypt.
    Encrypted,
    /// An element that isn't allowed in a response or in its position.
    Misplaced {
        element: String,
    },
    /// An ambiguous ID: an ID attribute with a prefix, or a second ID attribute on the same
    /// element.
    UnclearId {
        element: String,
    },
    DuplicateId {
        id: String,
    },
    SeveralSignatures,
    /// A signature without the structure that SAML requires.
    Shape {
        /// The element that has the wrong structure.
        element: String,
    },
    /// A signature or digest algorithm that is broken.
    WeakAlgorithm {
        /// The algorithm's URI, truncated to 120 characters.
        algorithm: String,
    },
    /// An algorithm or transform that SAML signatures don't use.
    Algorithm {
        /// The algorithm's URI, truncated to 120 characters.
        algorithm: String,
    },
    /// A signature for an element other than its parent.
    Reference {
        /// The reference's URI, truncated to 120 characters.
        uri: String,
    },
}

impl SignatureError {
    /// Returns the last part of the message key. It never changes.
    pub fn code(&self) -> &'static str {
        self.into()
    }
}

/// A signature with an accepted structure, and the element it signs.
pub(super) struct SignedPart {
    pub(super) part: CoveredPart,
    pub(super) node: NodeId,
    pub(super) signature: NodeId,
    pub(super) signed_info: NodeId,
    pub(super) signed_info_prefixes: Vec<String>,
    pub(super) content_prefixes: Vec<String>,
    pub(super) signature_hash: HashAlgorithm,
    pub(super) digest_hash: HashAlgorithm,
    pub(super) digest: Vec<u8>,
    pub(super) signature_value: Vec<u8>,
}

/// Returns an acceptable response's signatures. The response's own signature comes first.
pub(super) fn signed_parts(response: Node<'_>) -> Result<Vec<SignedPart>, SignatureError> {
    let document = Node::root(response.document);
    require_only_elements_and_text(document)?;
    let assertion = one_assertion(document, response)?;
    plain_ids(document)?;
    let mut parts = Vec::new();
    for (part, node) in [(CoveredPart::Response, response), (CoveredPart::Assertion, assertion)] {
        match node.children(SIGNATURE, "Signature")[..] {
            [] => {}
            [signature] => parts.push(signed_part(part, node, signature)?),
            [..] => return Err(SignatureError::SeveralSignatures),
        }
    }
    if parts.is_empty() { Err(SignatureError::Unsigned) } else { Ok(parts) }
}

fn require_only_elements_and_text(document: Node<'_>) -> Result<(), SignatureError> {
    for node in document.all_descendants() {
        let inside = || node.parent().map(Node::local_name).unwrap_or_default();
        match node.kind() {
            Some(NodeKind::Comment(_)) => return Err(SignatureError::Comment { inside: inside() }),
            Some(NodeKind::ProcessingInstruction(_)) => {
                return Err(SignatureError::ProcessingInstruction { inside: inside() });
            }
            _ => {}
        }
    }
    Ok(())
}

/// Returns the only assertion. First checks that no other element could be mistaken for an
/// assertion, a response or a signature.
fn one_assertion<'d>(document: Node<'d>, response: Node<'d>) -> Result<Node<'d>, SignatureError> {
    let assertions = response.children(ASSERTION, "Assertion");
    let encrypted = response.children(ASSERTION, "EncryptedAssertion");
    let assertion = match (&assertions[..], encrypted.is_empty()) {
        ([assertion], true) => *assertion,
        ([], true) => return Err(SignatureError::NoAssertion),
        ([], false) => return Err(SignatureError::Encrypted),
        (_, _) => return Err(SignatureError::SeveralAssertions),
    };
    for node in document.all_descendants() {
        let name = node.local_name();
        let in_place = match name.as_str() {
            "Response" => node == response,
            "Assertion" => node == assertion,
            "Signature" => {
                let parent = node.parent();
                node.has_name(SIGNATURE, "Signature")
                    && (parent == Some(response) || parent == Some(assertion))
            }
            "EncryptedAssertion" => false,
            "Object" | "Manifest" | "RetrievalMethod" => !node.has_name(SIGNATURE, &name),
            _ => true,
        };
        if !in_place {
            return Err(SignatureError::Misplaced { element: name });
        }
    }
    Ok(assertion)
}

/// Checks that each attribute that could be read as an ID is unambiguous, and that no ID occurs
/// twice.
fn plain_ids(document: Node<'_>) -> Result<(), SignatureError> {
    let mut seen = std::collections::HashSet::new();
    for node in document.all_descendants() {
        let Some(element) = node.element() else {
            continue;
        };
        let mut ids = element.attributes.iter().filter(|attribute| {
            let name = &attribute.name.local_name;
            name.eq_ignore_ascii_case("id") || name.eq_ignore_ascii_case("AssertionID")
        });
        let Some(id) = ids.next() else { continue };
        if ids.next().is_some() || id.name.namespace_uri.is_some() {
            return Err(SignatureError::UnclearId { element: node.local_name() });
        }
        if !seen.insert(id.value.to_string()) {
            return Err(SignatureError::DuplicateId { id: id.value.to_string() });
        }
    }
    Ok(())
}

fn signed_part(
    part: CoveredPart,
    node: Node<'_>,
    signature: Node<'_>,
) -> Result<SignedPart, SignatureError> {
    let [signed_info, value] = match signature.elements()[..] {
        [signed_info, value] => [signed_info, value],
        [signed_info, value, key_info] if key_info.has_name(SIGNATURE, "KeyInfo") => {
            [signed_info, value]
        }
        _ => return Err(structure_error("Signature")),
    };
    container(signature, "Signature", &["Id"])?;
    container(signed_info, "SignedInfo", &[])?;
    require_leaf(value, "SignatureValue")?;
    let [canonicalization, method, reference] = signed_info.elements()[..] else {
        return Err(structure_error("SignedInfo"));
    };
    container(reference, "Reference", &["URI"])?;
    let [transforms, digest_method, digest] = reference.elements()[..] else {
        return Err(structure_error("Reference"));
    };
    container(transforms, "Transforms", &[])?;
    let [enveloped, exclusive] = transforms.elements()[..] else {
        return Err(structure_error("Transforms"));
    };
    require_leaf(digest, "DigestValue")?;
    references_its_parent(reference, node)?;
    empty(enveloped, "Transform", ENVELOPED)?;
    Ok(SignedPart {
        part,
        node: node.id,
        signature: signature.id,
        signed_info: signed_info.id,
        signed_info_prefixes: exclusive_prefixes(canonicalization, "CanonicalizationMethod")?,
        content_prefixes: exclusive_prefixes(exclusive, "Transform")?,
        signature_hash: algorithm(method, "SignatureMethod", &SIGNATURES)?,
        digest_hash: algorithm(digest_method, "DigestMethod", &DIGESTS)?,
        digest: base64(digest, "DigestValue")?,
        signature_value: base64(value, "SignatureValue")?,
    })
}

fn references_its_parent(reference: Node<'_>, parent: Node<'_>) -> Result<(), SignatureError> {
    let uri = reference.attribute("URI").unwrap_or_default();
    let named = uri.strip_prefix('#').filter(|id| {
        !id.is_empty()
            && id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-'))
    });
    if named.is_some() && named == parent.attribute("ID") {
        Ok(())
    } else {
        Err(SignatureError::Reference { uri: shorten_uri(uri) })
    }
}

const SIGNATURES: [(&str, HashAlgorithm); 3] = [
    ("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", HashAlgorithm::Sha256),
    ("http://www.w3.org/2001/04/xmldsig-more#rsa-sha384", HashAlgorithm::Sha384),
    ("http://www.w3.org/2001/04/xmldsig-more#rsa-sha512", HashAlgorithm::Sha512),
];

const DIGESTS: [(&str, HashAlgorithm); 3] = [
    ("http://www.w3.org/2001/04/xmlenc#sha256", HashAlgorithm::Sha256),
    ("http://www.w3.org/2001/04/xmldsig-more#sha384", HashAlgorithm::Sha384),
    ("http://www.w3.org/2001/04/xmlenc#sha512", HashAlgorithm::Sha512),
];

const WEAK: [&str; 5] = [
    "http://www.w3.org/2000/09/xmldsig#rsa-sha1",
    "http://www.w3.org/2000/09/xmldsig#dsa-sha1",
    "http://www.w3.org/2000/09/xmldsig#sha1",
    "http://www.w3.org/2001/04/xmldsig-more#rsa-md5",
    "http://www.w3.org/2001/04/xmldsig-more#md5",
];

fn algorithm(
    node: Node<'_>,
    name: &str,
    known: &[(&str, HashAlgorithm)],
) -> Result<HashAlgorithm, SignatureError> {
    let algorithm = node.attribute("Algorithm").unwrap_or_default();
    empty(node, name, algorithm)?;
    known.iter().find(|(uri, _)| *uri == algorithm).map(|(_, hash)| *hash).ok_or_else(|| {
        let shown = shorten_uri(algorithm);
        if WEAK.contains(&algorithm) {
            SignatureError::WeakAlgorithm { algorithm: shown }
        } else {
            SignatureError::Algorithm { algorithm: shown }
        }
    })
}

/// Returns the *PrefixList*, which contains the prefixes that exclusive canonicalization treats as
/// inclusive.
fn exclusive_prefixes(node: Node<'_>, name: &str) -> Result<Vec<String>, SignatureError> {
    container(node, name, &["Algorithm"])?;
    algorithm_is(node, EXCLUSIVE)?;
    match node.elements()[..] {
        [] => Ok(Vec::new()),
        [list] if list.has_name(EXCLUSIVE, "InclusiveNamespaces") => {
            require_attributes(list, "InclusiveNamespaces", &["PrefixList"])?;
            let empty = list.elements().is_empty();
            if !empty || !list.holds_elements_only() {
                return Err(structure_error("InclusiveNamespaces"));
            }
            let prefixes = list.attribute("PrefixList").unwrap_or_default();
            let prefixes = prefixes.split_ascii_whitespace();
            match prefixes.clone().nth(MOST_PREFIXES) {
                Some(_) => Err(structure_error("InclusiveNamespaces")),
                None => Ok(prefixes.map(str::to_owned).collect()),
            }
        }
        _ => Err(structure_error(name)),
    }
}

/// Checks that `node` is the XML Signature element `name`, has only these attributes, and contains
/// only elements.
fn container(node: Node<'_>, name: &str, attributes: &[&str]) -> Result<(), SignatureError> {
    if !node.has_name(SIGNATURE, name) || !node.holds_elements_only() {
        return Err(structure_error(name));
    }
    require_attributes(node, name, attributes)
}

/// Checks that `node` is the XML Signature element `name` and contains exactly one text node.
fn require_leaf(node: Node<'_>, name: &str) -> Result<(), SignatureError> {
    let mut nodes = node.nodes().map(Node::kind);
    let one_text = matches!((nodes.next(), nodes.next()), (Some(Some(NodeKind::Text(_))), None));
    if !node.has_name(SIGNATURE, name) || !one_text {
        return Err(structure_error(name));
    }
    require_attributes(node, name, &[])
}

/// Checks that `node` is the XML Signature element `name`, has this algorithm, and contains no
/// elements.
fn empty(node: Node<'_>, name: &str, algorithm: &str) -> Result<(), SignatureError> {
    container(node, name, &["Algorithm"])?;
    if !node.elements().is_empty() {
        return Err(structure_error(name));
    }
    algorithm_is(node, algorithm)
}

fn algorithm_is(node: Node<'_>, expected: &str) -> Result<(), SignatureError> {
    let algorithm = node.attribute("Algorithm").unwrap_or_default();
    if algorithm == expected {
        Ok(())
    } else {
        Err(SignatureError::Algorithm { algorithm: shorten_uri(algorithm) })
    }
}

fn require_attributes(node: Node<'_>, name: &str, allowed: &[&str]) -> Result<(), SignatureError> {
    let fine = node.element().is_some_and(|element| {
        element.attributes.iter().all(|attribute| {
            attribute.name.namespace_uri.is_none() && allowed.contains(&&*attribute.name.local_name)
        })
    });
    if fine { Ok(()) } else { Err(structure_error(name)) }
}

fn base64(node: Node<'_>, name: &str) -> Result<Vec<u8>, SignatureError> {
    let text: String = node.text().chars().filter(|c| !c.is_ascii_whitespace()).collect();
    STANDARD.decode(text).map_err(|_| structure_error(name))
}

fn structure_error(element: &str) -> SignatureError {
    SignatureError::Shape { element: element.to_owned() }
}

fn shorten_uri(uri: &str) -> String {
    uri.chars().take(120).collect()
}
