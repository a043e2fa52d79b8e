//! Checks signatures with the given certificates.
//!
//! A copy that an editor or a browser reformatted can't be verified, because white space is signed
//! too. To tell a reformatted copy from an altered copy, the digest is checked again without the
//! added white space. A reformatted copy is never accepted.

use bergshamra_xml::uppsala::Document;
use zeroize::Zeroizing;

use super::c14n::{canonical, digest};
use super::signature_policy::{SignatureError, SignedPart};
use super::values::{Assertion, Envelope, UnverifiedClaims};
use super::whitespace::WhitespaceProbe;
use crate::certificate::{Certificate, HashAlgorithm};
use crate::xml;

/// The result of checking all of a response's signatures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Signature {
    /// There is at least one signature, and all signatures are valid.
    Good {
        /// The index of the certificate that verifies the first signature.
        certificate: usize,
        on: CoveredPart,
    },
    /// The response wasn't altered, but none of the given certificates signed it.
    WrongCertificate,
    /// The response was changed after signing.
    Altered,
    /// The copy was reformatted, so no signature can be verified.
    Reformatted,
    /// The response has a signature, but no certificate is known to check it with.
    NoCertificate,
    None,
    /// The signature wasn't verified, because the document's structure isn't accepted.
    Refused(SignatureError),
}

/// What a signature covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CoveredPart {
    /// The response, which includes the assertion.
    Response,
    Assertion,
    /// The response and the assertion, each with its own signature.
    Both,
}

/// The result of the check, and the values that valid signatures cover.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification<'a> {
    pub signature: Signature,
    /// The values of the response element, if it's signed.
    pub envelope: Option<&'a Envelope>,
    /// The values of the assertion, if the assertion or the whole response is signed.
    pub assertion: Option<&'a Assertion>,
}

impl Verification<'_> {
    pub(super) fn unverified(signature: Signature) -> Self {
        Self { signature, envelope: None, assertion: None }
    }
}

/// A signature, with everything that can be computed without a certificate.
pub(super) struct SignatureInput {
    part: CoveredPart,
    hash: HashAlgorithm,
    signature: Vec<u8>,
    signed_info: Zeroizing<Vec<u8>>,
    /// `signed_info` without formatting white space.
    bare_signed_info: Option<Zeroizing<Vec<u8>>>,
    digest_holds: bool,
    /// Whether the digest matches only after removing formatting white space.
    content_was_laid_out: bool,
    /// Whether the *SignedInfo* contains line breaks.
    laid_out: bool,
}

/// Computes the digests of the signed elements. Returns `None` if a digest can't be computed.
pub(super) fn candidates(
    document: &Document<'_>,
    text: &str,
    parts: &[SignedPart],
) -> Option<Vec<SignatureInput>> {
    // Parsing the same text produces the same node IDs, so `parts` are also valid for this second
    // document.
    let mut copy = xml::parse(text).ok().map(|copy| WhitespaceProbe::new(copy, text.len()));
    parts
        .iter()
        .map(|part| {
            let digest_holds = is_digest_valid(document, part)?;
            Some(SignatureInput {
                part: part.part,
                hash: part.signature_hash,
                signature: part.signature_value.clone(),
                signed_info: signed_info(document, part)?,
                bare_signed_info: copy.as_mut().and_then(|copy| copy.bare_signed_info(part)),
                digest_holds,
                content_was_laid_out: !digest_holds
                    && copy.as_mut().is_some_and(|copy| copy.is_whitespace_only_change(part)),
                laid_out: document.children_iter(part.signed_info).any(|node| {
                    document.text_content(node).is_some_and(|text| text.contains('\n'))
                }),
            })
        })
        .collect()
}

pub(super) fn verify<'a>(
    claims: &'a UnverifiedClaims,
    candidates: &[SignatureInput],
    certificates: &[Certificate],
) -> Verification<'a> {
    let outcomes: Vec<SignatureOutcome> =
        candidates.iter().map(|candidate| check(candidate, certificates)).collect();
    let is = |outcome: SignatureOutcome| outcomes.contains(&outcome);
    let signature = match outcomes.first() {
        _ if is(SignatureOutcome::Reformatted) => Signature::Reformatted,
        _ if is(SignatureOutcome::Altered) => Signature::Altered,
        _ if is(SignatureOutcome::WrongCertificate) && certificates.is_empty() => {
            Signature::NoCertificate
        }
        Some(SignatureOutcome::Good(certificate)) if !is(SignatureOutcome::WrongCertificate) => {
            Signature::Good { certificate: *certificate, on: find_covered_part(candidates) }
        }
        Some(_) => Signature::WrongCertificate,
        None => Signature::Altered,
    };
    let Signature::Good { on, .. } = signature else {
        return Verification::unverified(signature);
    };
    Verification {
        signature,
        envelope: (on != CoveredPart::Assertion).then_some(&claims.envelope),
        assertion: claims.assertion.as_ref(),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SignatureOutcome {
    Good(usize),
    WrongCertificate,
    Altered,
    Reformatted,
}

fn check(candidate: &SignatureInput, certificates: &[Certificate]) -> SignatureOutcome {
    let signer = |signed_info: &[u8]| {
        certificates.iter().position(|certificate| {
            certificate.key().verifies(candidate.hash, signed_info, &candidate.signature)
        })
    };
    let as_is = signer(&candidate.signed_info);
    if let Some(certificate) = as_is
        && candidate.digest_holds
    {
        return SignatureOutcome::Good(certificate);
    }
    let bare = candidate.bare_signed_info.as_ref();
    let signature_was_laid_out = as_is.is_none() && bare.is_some_and(|bare| signer(bare).is_some());
    let both_may_be = as_is.is_none() && !candidate.digest_holds && candidate.laid_out;
    if candidate.content_was_laid_out || signature_was_laid_out || both_may_be {
        SignatureOutcome::Reformatted
    } else if candidate.digest_holds {
        SignatureOutcome::WrongCertificate
    } else {
        SignatureOutcome::Altered
    }
}

fn find_covered_part(candidates: &[SignatureInput]) -> CoveredPart {
    match candidates {
        [one] => one.part,
        _ => CoveredPart::Both,
    }
}

pub(super) fn signed_info(
    document: &Document<'_>,
    part: &SignedPart,
) -> Option<Zeroizing<Vec<u8>>> {
    canonical(document, part.signed_info, None, &part.signed_info_prefixes)
}

pub(super) fn is_digest_valid(document: &Document<'_>, part: &SignedPart) -> Option<bool> {
    let content = canonical(document, part.node, Some(part.signature), &part.content_prefixes)?;
    Some(digest(part.digest_hash, &content) == part.digest)
}
