//! Enveloped XML signatures: RSA-SHA256 over exclusive canonical XML (core, 5.4).

use std::num::TryFromIntError;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bergshamra_c14n::{C14nMode, canonicalize_doc};
use bergshamra_xml::NodeSet;
use rsa::PublicKey;
use rsa::pkcs1v15::{Signature, VerifyingKey};
use rsa::sha2::{Digest as _, Sha256};
use rsa::signature::{SignatureEncoding as _, Signer as _, Verifier as _};
use x509_cert::Certificate;
use x509_cert::der::{Decode as _, Encode as _};
use x509_cert::spki::DecodePublicKey as _;

use super::namespace::{EXCLUSIVE_C14N, SIGNATURE};
use super::xml::{XmlElement, XmlTree};
use crate::world::Identity;

const ENVELOPED: &str = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
const RSA_SHA256: &str = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
const SHA256: &str = "http://www.w3.org/2001/04/xmlenc#sha256";
/// The prefix that occurs only in `xsi:type` values. Exclusive canonical XML doesn't detect
/// prefixes in these values, so this prefix must be listed.
const INCLUSIVE_PREFIX: &str = "xs";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignedElement {
    /// The whole response element.
    Response,
    Assertion,
}

/// The reason why an identity or a signature couldn't be created.
#[derive(Debug, thiserror::Error)]
pub enum SigningError {
    #[error("the key could not be generated: {0}")]
    Key(#[from] rsa::Error),
    #[error("the key could not be encoded or read: {0}")]
    Encoding(#[from] rsa::pkcs8::Error),
    #[error("the certificate could not be built: {0}")]
    Certificate(#[from] x509_cert::builder::Error),
    #[error("the clock is outside the years that a certificate can hold: {0}")]
    Clock(#[from] jiff::Error),
    #[error("the clock is before 1970")]
    BeforeEpoch(#[from] TryFromIntError),
    #[error("the document to sign is not well-formed: {0}")]
    Xml(#[from] bergshamra_xml::uppsala::XmlError),
    #[error("the document to sign could not be canonicalized: {0}")]
    Canonical(String),
    #[error("the document has no element to sign, or it has no ID or issuer")]
    NothingToSign,
    #[error("the signature could not be made: {0}")]
    Signature(#[from] rsa::signature::Error),
}

/// Returns `xml`, signed by `identity`. The signature comes after the issuer of the chosen element,
/// because the SAML schema requires this order.
pub fn sign(xml: &str, which: SignedElement, identity: &Identity) -> Result<String, SigningError> {
    let tree = XmlTree::parse(xml)?;
    let (id, element, after_issuer) =
        element_to_sign(&tree, which).ok_or(SigningError::NothingToSign)?;
    let content = canonicalize(element, None, &[INCLUSIVE_PREFIX])?;
    let signed_info = signed_info(id, &STANDARD.encode(Sha256::digest(content)));
    let value = identity.signing_key()?.try_sign(signed_info.as_bytes())?;
    let signature = format!(
        r#"<ds:Signature xmlns:ds="{SIGNATURE}">{signed_info}<ds:SignatureValue>{value}</ds:SignatureValue><ds:KeyInfo><ds:X509Data><ds:X509Certificate>{certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></ds:Signature>"#,
        value = STANDARD.encode(value.to_bytes()),
        certificate = identity.certificate_base64,
    );
    let (head, tail) = xml.split_at(after_issuer);
    Ok([head, &signature, tail].concat())
}

/// Returns the chosen element, its ID, and the position after its issuer.
fn element_to_sign<'a>(
    tree: &'a XmlTree<'_>,
    which: SignedElement,
) -> Option<(&'a str, XmlElement<'a>, usize)> {
    let response = tree.root().filter(|root| root.is("samlp:Response"))?;
    let element = match which {
        SignedElement::Response => response,
        SignedElement::Assertion => response.child("saml:Assertion")?,
    };
    let issuer = element.child("saml:Issuer")?;
    Some((element.attribute("ID")?, element, issuer.document.node_range(issuer.id)?.end))
}

/// Returns an element in exclusive canonical form, leaving out the descendant `omitted`.
fn canonicalize<P: AsRef<str>>(
    element: XmlElement<'_>,
    omitted: Option<XmlElement<'_>>,
    prefixes: &[P],
) -> Result<Vec<u8>, SigningError> {
    let document = element.document;
    let mut nodes = NodeSet::tree_without_comments(element.id, document);
    if let Some(omitted) = omitted {
        let tree = NodeSet::tree_with_comments(omitted.id, document);
        for node in document.descendants(omitted.id).into_iter().chain([omitted.id]) {
            if tree.contains_id(node) {
                nodes.remove_id(node);
            }
        }
    }
    canonicalize_doc(document, C14nMode::Exclusive, Some(&nodes), prefixes)
        .map_err(|error| SigningError::Canonical(error.to_string()))
}

/// Writes `SignedInfo` in canonical form, because exactly these bytes are signed.
fn signed_info(id: &str, digest: &str) -> String {
    [
        format!(r#"<ds:SignedInfo xmlns:ds="{SIGNATURE}"><ds:CanonicalizationMethod Algorithm="{EXCLUSIVE_C14N}"></ds:CanonicalizationMethod>"#),
        format!(r##"<ds:SignatureMethod Algorithm="{RSA_SHA256}"></ds:SignatureMethod><ds:Reference URI="#{id}"><ds:Transforms>"##),
        format!(r#"<ds:Transform Algorithm="{ENVELOPED}"></ds:Transform><ds:Transform Algorithm="{EXCLUSIVE_C14N}">"#),
        format!(r#"<ec:InclusiveNamespaces xmlns:ec="{EXCLUSIVE_C14N}" PrefixList="{INCLUSIVE_PREFIX}"></ec:InclusiveNamespaces></ds:Transform></ds:Transforms>"#),
        format!(r#"<ds:DigestMethod Algorithm="{SHA256}"></ds:DigestMethod><ds:DigestValue>{digest}</ds:DigestValue></ds:Reference></ds:SignedInfo>"#),
    ]
    .concat()
}

/// Returns whether `signature` is a valid signature of its parent element, made with the key of
/// `certificate`.
///
/// `certificate` is the setting at the service provider as entered: PEM or bare base64, with any
/// spaces and line breaks. Supports only one reference, exclusive canonical XML, and RSA-SHA256.
/// For everything else, returns `false`.
pub fn signature_holds(signature: XmlElement<'_>, certificate: &str) -> bool {
    checked_signature(signature, certificate).is_some()
}

fn checked_signature(signature: XmlElement<'_>, certificate: &str) -> Option<()> {
    let key = public_key(certificate)?;
    let parent = signature.parent()?;
    let signed_info = signature.only_child("ds:SignedInfo")?;
    let reference = signed_info.only_child("ds:Reference")?;
    if algorithm(signed_info, "ds:CanonicalizationMethod")? != EXCLUSIVE_C14N
        || algorithm(signed_info, "ds:SignatureMethod")? != RSA_SHA256
        || algorithm(reference, "ds:DigestMethod")? != SHA256
        || reference.attribute("URI")?.strip_prefix('#')? != parent.attribute("ID")?
    {
        return None;
    }
    let prefixes = inclusive_prefixes(reference.only_child("ds:Transforms")?)?;
    let content = canonicalize(parent, Some(signature), &prefixes).ok()?;
    if base64_of(reference.only_child("ds:DigestValue")?)? != Sha256::digest(content).as_slice() {
        return None;
    }
    let message = canonicalize::<&str>(signed_info, None, &[]).ok()?;
    let value = base64_of(signature.only_child("ds:SignatureValue")?)?;
    let value = Signature::try_from(value.as_slice()).ok()?;
    VerifyingKey::<Sha256>::new(key).verify(&message, &value).ok()
}

fn algorithm<'a>(element: XmlElement<'a>, child: &str) -> Option<&'a str> {
    element.only_child(child)?.attribute("Algorithm")
}

/// Returns the inclusive prefixes. Supports only two transforms: enveloped signature followed by
/// exclusive canonical XML.
fn inclusive_prefixes(transforms: XmlElement<'_>) -> Option<Vec<String>> {
    let mut transforms = transforms.children("ds:Transform");
    let (enveloped, exclusive) = (transforms.next()?, transforms.next()?);
    if enveloped.attribute("Algorithm")? != ENVELOPED
        || exclusive.attribute("Algorithm")? != EXCLUSIVE_C14N
        || transforms.next().is_some()
    {
        return None;
    }
    let list = exclusive
        .child("ec:InclusiveNamespaces")
        .and_then(|namespaces| namespaces.attribute("PrefixList"));
    Some(list.unwrap_or_default().split_whitespace().map(str::to_owned).collect())
}

fn base64_of(element: XmlElement<'_>) -> Option<Vec<u8>> {
    let text: String = element.text().split_whitespace().collect();
    STANDARD.decode(text).ok()
}

fn public_key(certificate: &str) -> Option<PublicKey> {
    let base64: String = certificate
        .replace("-----BEGIN CERTIFICATE-----", "")
        .replace("-----END CERTIFICATE-----", "")
        .split_whitespace()
        .collect();
    let certificate = Certificate::from_der(&STANDARD.decode(base64).ok()?).ok()?;
    let key = certificate.tbs_certificate().subject_public_key_info().to_der().ok()?;
    PublicKey::from_public_key_der(&key).ok()
}

#[cfg(test)]
mod tests {
    use super::super::{AWS, new_identity};
    use super::*;

    const RESPONSE: &str = concat!(
        r#"<p:Response xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol" ID="_r"><a:Issuer xmlns:a="urn:oasis:names:tc:SAML:2.0:assertion">i</a:Issuer>"#,
        r#"<a:Assertion xmlns:a="urn:oasis:names:tc:SAML:2.0:assertion" ID="_a"><a:Issuer>i</a:Issuer><a:Value xmlns:xs="http://www.w3.org/2001/XMLSchema" "#,
        r#"xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="xs:string">one &amp; two</a:Value></a:Assertion></p:Response>"#,
    );

    fn identity(seed: u64) -> Identity {
        new_identity(seed, "2026-11-24T09:30:15Z".parse().expect("a timestamp"), &AWS)
            .expect("an identity")
    }

    fn is_signature_valid(xml: &str, certificate: &str) -> bool {
        let tree = XmlTree::parse(xml).expect("xml");
        let signatures = tree.all("ds:Signature");
        assert!(!signatures.is_empty(), "no signature in the document");
        signatures.into_iter().all(|signature| signature_holds(signature, certificate))
    }

    #[test]
    fn signature_holds_only_with_its_certificate() {
        let signer = identity(1);
        let other = identity(2);
        for which in [SignedElement::Response, SignedElement::Assertion] {
            let signed = sign(RESPONSE, which, &signer).expect("a signature");
            assert!(is_signature_valid(&signed, &signer.certificate_base64), "{which:?}, one line");
            assert!(is_signature_valid(&signed, &signer.certificate_pem()), "{which:?}, PEM");
            assert!(
                !is_signature_valid(&signed, &other.certificate_base64),
                "{which:?}, another key"
            );
            for nothing in
                ["", "<html>", "-----BEGIN CERTIFICATE-----\nMIID\n-----END CERTIFICATE-----"]
            {
                assert!(!is_signature_valid(&signed, nothing), "{which:?}, {nothing}");
            }
        }
    }

    #[test]
    fn assertion_and_response_can_both_be_signed() {
        let signer = identity(1);
        let inner = sign(RESPONSE, SignedElement::Assertion, &signer).expect("a signature");
        let both = sign(&inner, SignedElement::Response, &signer).expect("a signature");
        assert_eq!(both.matches("<ds:SignatureValue>").count(), 2);
        assert!(is_signature_valid(&both, &signer.certificate_base64));
    }

    #[test]
    fn changed_document_breaks_the_signature() {
        let signer = identity(1);
        for which in [SignedElement::Response, SignedElement::Assertion] {
            let signed = sign(RESPONSE, which, &signer).expect("a signature");
            let certificate = &signer.certificate_base64;
            assert!(
                !is_signature_valid(&signed.replace("one &amp; two", "one &amp; too"), certificate),
                "{which:?}: content"
            );
            assert!(
                !is_signature_valid(&signed.replace("xs:string", "xs:anyURI"), certificate),
                "{which:?}: an attribute"
            );
            let other_prefix = signed.replace(
                r#"xmlns:xs="http://www.w3.org/2001/XMLSchema""#,
                r#"xmlns:xs="urn:evil""#,
            );
            assert!(
                !is_signature_valid(&other_prefix, certificate),
                "{which:?}: an inclusive prefix"
            );
            assert!(
                !is_signature_valid(
                    &signed.replace(RSA_SHA256, "http://www.w3.org/2000/09/xmldsig#rsa-sha1"),
                    certificate
                ),
                "{which:?}: the algorithm"
            );
            assert!(
                !is_signature_valid(&signed.replace(r##"URI="#_"##, r##"URI="#_x"##), certificate),
                "{which:?}: the reference"
            );
        }
    }

    #[test]
    fn document_without_issuer_is_not_signed() {
        let bare = r#"<p:Response xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol" ID="_r"/>"#;
        assert!(matches!(
            sign(bare, SignedElement::Response, &identity(1)),
            Err(SigningError::NothingToSign)
        ));
    }
}
