//! Computes an element's exclusive canonical form and its digest.

use aws_lc_rs::digest;
use bergshamra_c14n::{C14nMode, canonicalize_doc};
use bergshamra_xml::NodeSet;
use bergshamra_xml::uppsala::{Document, NodeId};

use zeroize::Zeroizing;

use crate::certificate::HashAlgorithm;

/// Returns the canonical bytes of `node` without the subtree `except`, or `None` if `node` can't be
/// canonicalized. The bytes are wiped when dropped.
pub(super) fn canonical(
    document: &Document<'_>,
    node: NodeId,
    except: Option<NodeId>,
    prefixes: &[String],
) -> Option<Zeroizing<Vec<u8>>> {
    let mut visible = NodeSet::tree_without_comments(node, document);
    if let Some(except) = except {
        visible.remove_id(except);
        for below in document.descendants(except) {
            visible.remove_id(below);
        }
    }
    canonicalize_doc(document, C14nMode::Exclusive, Some(&visible), prefixes)
        .ok()
        .map(Zeroizing::new)
}

pub(super) fn digest(hash: HashAlgorithm, bytes: &[u8]) -> Vec<u8> {
    let algorithm = match hash {
        HashAlgorithm::Sha256 => &digest::SHA256,
        HashAlgorithm::Sha384 => &digest::SHA384,
        HashAlgorithm::Sha512 => &digest::SHA512,
    };
    digest::digest(algorithm, bytes).as_ref().to_vec()
}
