//! Decides which documents may be verified, and what each signature covers.
//!
//! Signature wrapping works because the verifier and the reader look at different elements. So only
//! documents of one plain shape are verified: one response, one assertion, each signature a direct
//! child of the element it signs, and no element that could be mistaken for another.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bergshamra_xml::uppsala::{Document, NodeId, NodeKind};

use super::verify::Part;
use crate::certificate::Hash;
use crate::xml::{self, ASSERTION, SIGNATURE, elements};

const EXCLUSIVE: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";
/// Limits the work: each prefix is looked up at each element. OpenSAML lists one (`xs`).
const MOST_PREFIXES: usize = 8;
const ENVELOPED: &str = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";

/// Why a document can't be verified, whatever its signatures are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignatureError {
    /// There is no signature.
    Unsigned,
    /// A comment, which can split a name.
    Comment {
        /// The element that contains it.
        inside: String,
    },
    /// A processing instruction, which can split a name.
    ProcessingInstruction {
        /// The element that contains it.
        inside: String,
    },
    /// There is no assertion, so no user was signed in.
    NoAssertion,
    SeveralAssertions,
    /// An encrypted assertion, which only the receiver's key can decrypt.
    Encrypted,
    /// An element that doesn't belong in a response, or is in the wrong place.
    Misplaced {
        element: String,
    },
    /// An ambiguous ID: with a prefix, or a second one on the same element.
    UnclearId {
        element: String,
    },
    DuplicateId {
        id: String,
    },
    /// More than one signature on the same element.
    SeveralSignatures,
    /// A signature without the structure that SAML requires.
    Shape {
        /// The element with the wrong structure.
        element: String,
    },
    /// A signature or digest with a broken algorithm.
    WeakAlgorithm {
        /// The algorithm's URI, cut to 120 characters.
        algorithm: String,
    },
    /// An algorithm or transform that SAML signatures don't use.
    Algorithm {
        /// The algorithm's URI, cut to 120 characters.
        algorithm: String,
    },
    /// A signature over an element other than its parent.
    Reference {
        /// The reference's URI, cut to 120 characters.
        uri: String,
    },
}

impl SignatureError {
    /// Returns a stable name: the last part of the message key.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unsigned => "unsigned",
            Self::Comment { .. } => "comment",
            Self::ProcessingInstruction { .. } => "processing_instruction",
            Self::NoAssertion => "no_assertion",
            Self::SeveralAssertions => "several_assertions",
            Self::Encrypted => "encrypted",
            Self::Misplaced { .. } => "misplaced",
            Self::UnclearId { .. } => "unclear_id",
            Self::DuplicateId { .. } => "duplicate_id",
            Self::SeveralSignatures => "several_signatures",
            Self::Shape { .. } => "shape",
            Self::WeakAlgorithm { .. } => "weak_algorithm",
            Self::Algorithm { .. } => "algorithm",
            Self::Reference { .. } => "reference",
        }
    }
}

/// A signature with an accepted structure, and the element that it signs.
pub(super) struct SignedPart {
    pub(super) part: Part,
    pub(super) node: NodeId,
    pub(super) signature: NodeId,
    pub(super) signed_info: NodeId,
    pub(super) signed_info_prefixes: Vec<String>,
    pub(super) content_prefixes: Vec<String>,
    pub(super) signature_hash: Hash,
    pub(super) digest_hash: Hash,
    pub(super) digest: Vec<u8>,
    pub(super) signature_value: Vec<u8>,
}

/// Returns the signatures of an acceptable response, the response's own signature first.
pub(super) fn signed_parts(
    document: &Document<'_>,
    response: NodeId,
) -> Result<Vec<SignedPart>, SignatureError> {
    nothing_but_elements_and_text(document)?;
    let assertion = one_assertion(document, response)?;
    plain_ids(document)?;
    let mut parts = Vec::new();
    for (part, node) in [(Part::Response, response), (Part::Assertion, assertion)] {
        match xml::children(document, node, SIGNATURE, "Signature")[..] {
            [] => {}
            [signature] => parts.push(signed_part(document, part, node, signature)?),
            [..] => return Err(SignatureError::SeveralSignatures),
        }
    }
    if parts.is_empty() { Err(SignatureError::Unsigned) } else { Ok(parts) }
}

fn nothing_but_elements_and_text(document: &Document<'_>) -> Result<(), SignatureError> {
    for node in document.descendants(document.root()) {
        let inside = || {
            let parent = document.parent(node).unwrap_or_else(|| document.root());
            local_name(document, parent)
        };
        match document.node_kind(node) {
            Some(NodeKind::Comment(_)) => return Err(SignatureError::Comment { inside: inside() }),
            Some(NodeKind::ProcessingInstruction(_)) => {
                return Err(SignatureError::ProcessingInstruction { inside: inside() });
            }
            _ => {}
        }
    }
    Ok(())
}

/// Returns the only assertion, after checking that no other element could be taken for an
/// assertion, a response or a signature.
fn one_assertion(document: &Document<'_>, response: NodeId) -> Result<NodeId, SignatureError> {
    let assertions = xml::children(document, response, ASSERTION, "Assertion");
    let encrypted = xml::children(document, response, ASSERTION, "EncryptedAssertion");
    let assertion = match (&assertions[..], encrypted.is_empty()) {
        ([assertion], true) => *assertion,
        ([], true) => return Err(SignatureError::NoAssertion),
        ([], false) => return Err(SignatureError::Encrypted),
        (_, _) => return Err(SignatureError::SeveralAssertions),
    };
    for node in document.descendants(document.root()) {
        let name = local_name(document, node);
        let in_place = match name.as_str() {
            "Response" => node == response,
            "Assertion" => node == assertion,
            "Signature" => {
                let parent = document.parent(node);
                xml::is(document, node, SIGNATURE, "Signature")
                    && (parent == Some(response) || parent == Some(assertion))
            }
            "EncryptedAssertion" => false,
            "Object" | "Manifest" | "RetrievalMethod" => !xml::is(document, node, SIGNATURE, &name),
            _ => true,
        };
        if !in_place {
            return Err(SignatureError::Misplaced { element: name });
        }
    }
    Ok(assertion)
}

/// Checks that each attribute that could be read as an ID is unambiguous, and that no ID occurs twice.
fn plain_ids(document: &Document<'_>) -> Result<(), SignatureError> {
    let mut seen = std::collections::HashSet::new();
    for node in document.descendants(document.root()) {
        let Some(element) = document.element(node) else {
            continue;
        };
        let mut ids = element.attributes.iter().filter(|attribute| {
            let name = &attribute.name.local_name;
            name.eq_ignore_ascii_case("id") || name.eq_ignore_ascii_case("AssertionID")
        });
        let Some(id) = ids.next() else { continue };
        if ids.next().is_some() || id.name.namespace_uri.is_some() {
            return Err(SignatureError::UnclearId { element: local_name(document, node) });
        }
        if !seen.insert(id.value.to_string()) {
            return Err(SignatureError::DuplicateId { id: id.value.to_string() });
        }
    }
    Ok(())
}

fn signed_part(
    document: &Document<'_>,
    part: Part,
    node: NodeId,
    signature: NodeId,
) -> Result<SignedPart, SignatureError> {
    let [signed_info, value] = match elements(document, signature)[..] {
        [signed_info, value] => [signed_info, value],
        [signed_info, value, key_info] if is(document, key_info, "KeyInfo") => [signed_info, value],
        _ => return Err(shape("Signature")),
    };
    container(document, signature, "Signature", &["Id"])?;
    container(document, signed_info, "SignedInfo", &[])?;
    leaf(document, value, "SignatureValue", &[])?;
    let [canonicalization, method, reference] = elements(document, signed_info)[..] else {
        return Err(shape("SignedInfo"));
    };
    container(document, reference, "Reference", &["URI"])?;
    let [transforms, digest_method, digest] = elements(document, reference)[..] else {
        return Err(shape("Reference"));
    };
    container(document, transforms, "Transforms", &[])?;
    let [enveloped, exclusive] = elements(document, transforms)[..] else {
        return Err(shape("Transforms"));
    };
    leaf(document, digest, "DigestValue", &[])?;
    references_its_parent(document, reference, node)?;
    empty(document, enveloped, "Transform", ENVELOPED)?;
    Ok(SignedPart {
        part,
        node,
        signature,
        signed_info,
        signed_info_prefixes: exclusive_prefixes(
            document,
            canonicalization,
            "CanonicalizationMethod",
        )?,
        content_prefixes: exclusive_prefixes(document, exclusive, "Transform")?,
        signature_hash: algorithm(document, method, "SignatureMethod", &SIGNATURES)?,
        digest_hash: algorithm(document, digest_method, "DigestMethod", &DIGESTS)?,
        digest: base64(document, digest, "DigestValue")?,
        signature_value: base64(document, value, "SignatureValue")?,
    })
}

fn references_its_parent(
    document: &Document<'_>,
    reference: NodeId,
    parent: NodeId,
) -> Result<(), SignatureError> {
    let uri = xml::attribute(document, reference, "URI").unwrap_or_default();
    let named = uri.strip_prefix('#').filter(|id| {
        !id.is_empty()
            && id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-'))
    });
    if named.is_some() && named == xml::attribute(document, parent, "ID") {
        Ok(())
    } else {
        Err(SignatureError::Reference { uri: uri.chars().take(120).collect() })
    }
}

const SIGNATURES: [(&str, Hash); 3] = [
    ("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", Hash::Sha256),
    ("http://www.w3.org/2001/04/xmldsig-more#rsa-sha384", Hash::Sha384),
    ("http://www.w3.org/2001/04/xmldsig-more#rsa-sha512", Hash::Sha512),
];

const DIGESTS: [(&str, Hash); 3] = [
    ("http://www.w3.org/2001/04/xmlenc#sha256", Hash::Sha256),
    ("http://www.w3.org/2001/04/xmldsig-more#sha384", Hash::Sha384),
    ("http://www.w3.org/2001/04/xmlenc#sha512", Hash::Sha512),
];

const WEAK: [&str; 5] = [
    "http://www.w3.org/2000/09/xmldsig#rsa-sha1",
    "http://www.w3.org/2000/09/xmldsig#dsa-sha1",
    "http://www.w3.org/2000/09/xmldsig#sha1",
    "http://www.w3.org/2001/04/xmldsig-more#rsa-md5",
    "http://www.w3.org/2001/04/xmldsig-more#md5",
];

fn algorithm(
    document: &Document<'_>,
    node: NodeId,
    name: &str,
    known: &[(&str, Hash)],
) -> Result<Hash, SignatureError> {
    let algorithm = xml::attribute(document, node, "Algorithm").unwrap_or_default();
    empty(document, node, name, algorithm)?;
    known.iter().find(|(uri, _)| *uri == algorithm).map(|(_, hash)| *hash).ok_or_else(|| {
        let shown = algorithm.chars().take(120).collect();
        if WEAK.contains(&algorithm) {
            SignatureError::WeakAlgorithm { algorithm: shown }
        } else {
            SignatureError::Algorithm { algorithm: shown }
        }
    })
}

/// Returns the prefixes that an exclusive canonicalization treats inclusively.
fn exclusive_prefixes(
    document: &Document<'_>,
    node: NodeId,
    name: &str,
) -> Result<Vec<String>, SignatureError> {
    container(document, node, name, &["Algorithm"])?;
    algorithm_is(document, node, EXCLUSIVE)?;
    match elements(document, node)[..] {
        [] => Ok(Vec::new()),
        [list] if xml::is(document, list, EXCLUSIVE, "InclusiveNamespaces") => {
            attributes_are(document, list, "InclusiveNamespaces", &["PrefixList"])?;
            let empty = elements(document, list).is_empty();
            if !empty || !xml::holds_elements_only(document, list) {
                return Err(shape("InclusiveNamespaces"));
            }
            let prefixes = xml::attribute(document, list, "PrefixList").unwrap_or_default();
            let prefixes = prefixes.split_ascii_whitespace();
            match prefixes.clone().nth(MOST_PREFIXES) {
                Some(_) => Err(shape("InclusiveNamespaces")),
                None => Ok(prefixes.map(str::to_owned).collect()),
            }
        }
        _ => Err(shape(name)),
    }
}

/// Checks for an XML Signature element with only these attributes and only elements inside.
fn container(
    document: &Document<'_>,
    node: NodeId,
    name: &str,
    attributes: &[&str],
) -> Result<(), SignatureError> {
    if !is(document, node, name) || !xml::holds_elements_only(document, node) {
        return Err(shape(name));
    }
    attributes_are(document, node, name, attributes)
}

/// Checks for an XML Signature element that holds exactly one text node.
fn leaf(
    document: &Document<'_>,
    node: NodeId,
    name: &str,
    attributes: &[&str],
) -> Result<(), SignatureError> {
    let one_text = document.children_count(node) == 1
        && document
            .first_child(node)
            .is_some_and(|text| matches!(document.node_kind(text), Some(NodeKind::Text(_))));
    if !is(document, node, name) || !one_text {
        return Err(shape(name));
    }
    attributes_are(document, node, name, attributes)
}

/// Checks for an XML Signature element with this algorithm and nothing inside.
fn empty(
    document: &Document<'_>,
    node: NodeId,
    name: &str,
    algorithm: &str,
) -> Result<(), SignatureError> {
    container(document, node, name, &["Algorithm"])?;
    if !elements(document, node).is_empty() {
        return Err(shape(name));
    }
    algorithm_is(document, node, algorithm)
}

fn algorithm_is(
    document: &Document<'_>,
    node: NodeId,
    expected: &str,
) -> Result<(), SignatureError> {
    let algorithm = xml::attribute(document, node, "Algorithm").unwrap_or_default();
    if algorithm == expected {
        Ok(())
    } else {
        Err(SignatureError::Algorithm { algorithm: algorithm.chars().take(120).collect() })
    }
}

fn attributes_are(
    document: &Document<'_>,
    node: NodeId,
    name: &str,
    allowed: &[&str],
) -> Result<(), SignatureError> {
    let fine = document.element(node).is_some_and(|element| {
        element.attributes.iter().all(|attribute| {
            attribute.name.namespace_uri.is_none() && allowed.contains(&&*attribute.name.local_name)
        })
    });
    if fine { Ok(()) } else { Err(shape(name)) }
}

fn base64(document: &Document<'_>, node: NodeId, name: &str) -> Result<Vec<u8>, SignatureError> {
    let text: String =
        xml::text(document, node).chars().filter(|c| !c.is_ascii_whitespace()).collect();
    STANDARD.decode(text).map_err(|_| shape(name))
}

fn is(document: &Document<'_>, node: NodeId, name: &str) -> bool {
    xml::is(document, node, SIGNATURE, name)
}

fn shape(element: &str) -> SignatureError {
    SignatureError::Shape { element: element.to_owned() }
}

fn local_name(document: &Document<'_>, node: NodeId) -> String {
    document
        .element(node)
        .map(|element| element.name.local_name.chars().take(80).collect())
        .unwrap_or_default()
}
