//! Checks whether added white space explains why a digest doesn't match.
//!
//! Editors and browsers reformat a copy, and terminals and mail programs break its lines. This
//! module removes such white space in several ways. If the digest then matches, nothing else was
//! changed.

use std::collections::HashSet;

use bergshamra_xml::uppsala::{Document, NodeId, NodeKind};
use zeroize::Zeroizing;

use super::signature_policy::SignedPart;
use super::verify::{is_digest_valid, signed_info};
use crate::xml::{Node, SIGNATURE};

/// The maximum number of bytes to canonicalize in all attempts together. This allows 128 attempts
/// for an 8 kB response.
const MOST_BYTES: usize = 1 << 20;

/// A copy of a document whose text nodes can be changed and restored.
pub(super) struct WhitespaceProbe<'d> {
    document: Document<'d>,
    texts: Vec<TextNode>,
    /// The document's length in bytes, which is how much of the budget one attempt uses.
    length: usize,
    /// The number of bytes that may still be canonicalized.
    budget: usize,
}

struct TextNode {
    node: NodeId,
    as_is: Zeroizing<String>,
    /// Whether the text is only white space between elements.
    between: bool,
    /// Whether the text is inside a signature.
    in_signature: bool,
}

impl<'d> WhitespaceProbe<'d> {
    pub(super) fn new(document: Document<'d>, length: usize) -> Self {
        let texts = texts(Node::root(&document));
        Self { document, texts, length, budget: MOST_BYTES }
    }

    /// Returns the canonical *SignedInfo* without formatting white space.
    pub(super) fn bare_signed_info(&mut self, part: &SignedPart) -> Option<Zeroizing<Vec<u8>>> {
        self.with_changed_text(without_layout, |document| signed_info(document, part)).flatten()
    }

    /// Returns whether the part's digest matches after removing added white space.
    pub(super) fn is_whitespace_only_change(&mut self, part: &SignedPart) -> bool {
        let everywhere: [fn(&TextNode) -> Option<String>; 4] = [
            without_layout,
            |text| text.between.then(String::new),
            |text| (!text.in_signature).then(|| without_layout(text)).flatten(),
            without_line_breaks,
        ];
        let holds = |document: &Document<'_>| is_digest_valid(document, part) == Some(true);
        everywhere.into_iter().any(|change| self.with_changed_text(change, holds) == Some(true))
            || self.is_explained_by_one_change(holds)
    }

    /// Returns whether changing a single text node makes the digest match. This can happen if the
    /// document was formatted before it was signed.
    fn is_explained_by_one_change(&mut self, holds: impl Fn(&Document<'_>) -> bool) -> bool {
        let tries: Vec<(NodeId, String)> = self
            .texts
            .iter()
            .filter(|text| text.as_is.contains(['\n', '\r']))
            .flat_map(|text| without_one_break(text).map(|instead| (text.node, instead)))
            .take(self.budget / self.length.max(1))
            .collect();
        tries.into_iter().any(|(node, instead)| {
            let only = |text: &TextNode| (text.node == node).then(|| instead.clone());
            self.with_changed_text(only, &holds) == Some(true)
        })
    }

    /// Calls `look` with the changed document, then restores its texts. Returns `None` if the
    /// budget is used up.
    fn with_changed_text<T>(
        &mut self,
        change: impl Fn(&TextNode) -> Option<String>,
        look: impl FnOnce(&Document<'_>) -> T,
    ) -> Option<T> {
        self.budget = self.budget.checked_sub(self.length)?;
        let mut changed = Vec::new();
        for text in &self.texts {
            if let Some(instead) = change(text) {
                set(&mut self.document, text.node, instead);
                changed.push(text);
            }
        }
        let seen = look(&self.document);
        for text in changed {
            set(&mut self.document, text.node, text.as_is.to_string());
        }
        Some(seen)
    }
}

/// Removes white space between elements, and around text on its own lines.
fn without_layout(text: &TextNode) -> Option<String> {
    let own_lines = text.as_is.starts_with(['\n', '\r'])
        || text.as_is.trim_end_matches([' ', '\t']).ends_with('\n');
    if text.between { Some(String::new()) } else { own_lines.then(|| text.as_is.trim().to_owned()) }
}

/// Returns possible versions of the text from before line breaks were added: without formatting,
/// and the parts before and after each line break.
fn without_one_break(text: &TextNode) -> impl Iterator<Item = String> {
    let breaks = text.as_is.match_indices('\n').filter(|_| text.between);
    let around = breaks.flat_map(|(at, _)| {
        let (before, after) = text.as_is.split_at(at);
        [before.to_owned(), after.to_owned()]
    });
    without_layout(text).into_iter().chain(around)
}

fn without_line_breaks(text: &TextNode) -> Option<String> {
    (!text.in_signature && text.as_is.contains(['\n', '\r']))
        .then(|| text.as_is.replace(['\n', '\r'], ""))
}

fn set(document: &mut Document<'_>, node: NodeId, text: String) {
    if let Some(kind) = document.node_kind_mut(node) {
        *kind = NodeKind::Text(text.into());
    }
}

fn texts(root: Node<'_>) -> Vec<TextNode> {
    let signatures: HashSet<NodeId> = root
        .descendants(SIGNATURE, "Signature")
        .into_iter()
        .flat_map(Node::all_descendants)
        .map(|node| node.id)
        .collect();
    // Collect the parents once: a parent may have thousands of text nodes and elements.
    let parents: HashSet<NodeId> = root
        .all_descendants()
        .filter(|node| node.element().is_some())
        .filter_map(|element| Some(element.parent()?.id))
        .collect();
    let among_elements =
        |text: Node<'_>| text.parent().is_some_and(|parent| parents.contains(&parent.id));
    root.all_descendants()
        .filter_map(|node| {
            let Some(NodeKind::Text(text)) = node.kind() else {
                return None;
            };
            Some(TextNode {
                node: node.id,
                as_is: Zeroizing::new(text.to_string()),
                between: text.trim().is_empty() && among_elements(node),
                in_signature: signatures.contains(&node.id),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::xml;

    #[test]
    fn attempts_stop_at_budget() {
        let document = xml::parse("<a>\n<b/>\n</a>").unwrap();
        let mut layout = WhitespaceProbe::new(document, MOST_BYTES / 3);
        let tries = (0..10).filter(|_| layout.with_changed_text(|_| None, |_| ()).is_some());
        assert_eq!(tries.count(), 3);
    }

    #[test]
    fn line_breaks_beyond_the_budget_are_skipped() {
        let text = format!("<a>{}</a>", "\n<b/>".repeat(100));
        let mut layout = WhitespaceProbe::new(xml::parse(&text).unwrap(), MOST_BYTES / 10);
        let tried = std::cell::Cell::new(0);
        let counts = |_: &Document<'_>| {
            tried.set(tried.get() + 1);
            false
        };
        assert!(!layout.is_explained_by_one_change(counts));
        assert_eq!(tried.get(), 10);
    }
}
