//! From canonical bytes and certificates to a verdict on the signatures.
//!
//! A copy that was laid out anew on its way here (an editor, a browser's view) can't be verified: its
//! white space is signed too. Such a copy is told apart from an altered one by looking what becomes
//! of its digests without that white space; it never passes.

use bergshamra_xml::uppsala::{Document, NodeId, NodeKind};

use zeroize::Zeroizing;

use super::canonical::{canonical, digest};
use super::policy::{Reason, SignedPart};
use super::values::{Assertion, Claims, Envelope};
use crate::saml::certificate::{Certificate, Hash};
use crate::saml::xml;

/// The verdict on all signatures of a response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Signature {
    /// Every signature holds.
    Good {
        /// Which of the given certificates made the first one.
        certificate: usize,
        /// What is signed.
        on: Part,
    },
    /// Unaltered since it was signed, but not with any of the given certificates.
    WrongCertificate,
    /// Changed after it was signed.
    Altered,
    /// Laid out anew after it was copied, so that no signature can hold.
    Reformatted,
    /// There is a signature and no certificate to check it with.
    NoCertificate,
    /// Not signed at all.
    None,
    /// Not verified, because of what the document is.
    Refused(Reason),
}

/// What a signature covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The response, and with it the assertion.
    Response,
    /// The assertion alone.
    Assertion,
    /// Each by a signature of its own.
    Both,
}

/// The verdict, and those parts of the response that the signatures vouch for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification<'a> {
    /// The verdict.
    pub signature: Signature,
    /// The values of the response itself, where it is signed.
    pub envelope: Option<&'a Envelope>,
    /// The values of the assertion, where it is signed by itself or with the response.
    pub assertion: Option<&'a Assertion>,
}

impl Verification<'_> {
    pub(super) fn unproven(signature: Signature) -> Self {
        Self {
            signature,
            envelope: None,
            assertion: None,
        }
    }
}

/// A signature with everything that can be computed before a certificate is known.
pub(super) struct Candidate {
    part: Part,
    hash: Hash,
    signature: Vec<u8>,
    as_is: Form,
    /// The same without the white space of a layout, where there is any.
    without_layout: Option<Form>,
    /// Whether the signed part of the signature itself is laid out in lines.
    laid_out: bool,
}

struct Form {
    signed_info: Zeroizing<Vec<u8>>,
    digest_holds: bool,
}

/// Computes the digests, all below the nodes that the signatures stand in; `None` where any of them
/// can't be computed.
pub(super) fn candidates(
    document: &Document<'_>,
    text: &str,
    parts: &[SignedPart],
) -> Option<Vec<Candidate>> {
    // The same text parses to the same node numbers, so the parts fit the second tree too.
    let bare = xml::parse(text).ok().map(without_layout);
    parts
        .iter()
        .map(|part| {
            Some(Candidate {
                part: part.part,
                hash: part.signature_hash,
                signature: part.signature_value.clone(),
                as_is: form(document, part)?,
                without_layout: bare.as_ref().and_then(|bare| form(bare, part)),
                laid_out: document.children_iter(part.signed_info).any(|node| {
                    document
                        .text_content(node)
                        .is_some_and(|text| text.contains('\n'))
                }),
            })
        })
        .collect()
}

pub(super) fn verify<'a>(
    claims: &'a Claims,
    candidates: &[Candidate],
    certificates: &[Certificate],
) -> Verification<'a> {
    let verdicts: Vec<Verdict> = candidates
        .iter()
        .map(|candidate| judge(candidate, certificates))
        .collect();
    let is = |verdict: Verdict| verdicts.contains(&verdict);
    let signature = match verdicts.first() {
        _ if is(Verdict::Reformatted) => Signature::Reformatted,
        _ if is(Verdict::Altered) => Signature::Altered,
        _ if is(Verdict::WrongCertificate) && certificates.is_empty() => Signature::NoCertificate,
        Some(Verdict::Good(certificate)) if !is(Verdict::WrongCertificate) => Signature::Good {
            certificate: *certificate,
            on: covered(candidates),
        },
        Some(_) => Signature::WrongCertificate,
        None => Signature::Altered,
    };
    let Signature::Good { on, .. } = signature else {
        return Verification::unproven(signature);
    };
    Verification {
        signature,
        envelope: (on != Part::Assertion).then_some(&claims.envelope),
        assertion: claims.assertion.as_ref(),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Good(usize),
    WrongCertificate,
    Altered,
    Reformatted,
}

fn judge(candidate: &Candidate, certificates: &[Certificate]) -> Verdict {
    let signer = |form: &Form| {
        certificates.iter().position(|certificate| {
            certificate
                .key()
                .verifies(candidate.hash, &form.signed_info, &candidate.signature)
        })
    };
    let as_is = signer(&candidate.as_is);
    match as_is {
        Some(certificate) if candidate.as_is.digest_holds => return Verdict::Good(certificate),
        _ => {}
    }
    if let Some(bare) = &candidate.without_layout {
        let content_was_laid_out = bare.digest_holds && !candidate.as_is.digest_holds;
        let signature_was_laid_out = as_is.is_none() && signer(bare).is_some();
        let both_may_be = as_is.is_none() && !candidate.as_is.digest_holds && candidate.laid_out;
        if content_was_laid_out || signature_was_laid_out || both_may_be {
            return Verdict::Reformatted;
        }
    }
    if candidate.as_is.digest_holds {
        Verdict::WrongCertificate
    } else {
        Verdict::Altered
    }
}

fn covered(candidates: &[Candidate]) -> Part {
    match candidates {
        [one] => one.part,
        _ => Part::Both,
    }
}

fn form(document: &Document<'_>, part: &SignedPart) -> Option<Form> {
    let signed_info = canonical(document, part.signed_info, None, &part.signed_info_prefixes)?;
    let content = canonical(
        document,
        part.node,
        Some(part.signature),
        &part.content_prefixes,
    )?;
    let digest_holds = digest(part.digest_hash, &content) == part.digest;
    Some(Form {
        signed_info,
        digest_holds,
    })
}

/// The document without white space between elements and around text that stands on lines of its
/// own: what a layout adds.
fn without_layout(mut document: Document<'_>) -> Document<'_> {
    for node in document.descendants(document.root()) {
        let Some(NodeKind::Text(text)) = document.node_kind(node) else {
            continue;
        };
        let kept = if text.trim().is_empty() && has_elements(&document, node) {
            String::new()
        } else if text.starts_with(['\n', '\r'])
            || text.trim_end_matches([' ', '\t']).ends_with('\n')
        {
            text.trim().to_owned()
        } else {
            continue;
        };
        if let Some(kind) = document.node_kind_mut(node) {
            *kind = NodeKind::Text(kept.into());
        }
    }
    document
}

fn has_elements(document: &Document<'_>, text: NodeId) -> bool {
    document
        .parent(text)
        .is_some_and(|parent| !xml::elements(document, parent).is_empty())
}
