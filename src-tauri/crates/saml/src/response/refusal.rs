//! Identifies text that doesn't contain a response.

use super::ResponseError;
use crate::text;
use crate::xml::{self, ASSERTION, METADATA, Node, PROTOCOL};

/// Returns the error that says what the text is, if it isn't a response. `is_ansi` means that the
/// text isn't UTF-8.
pub(crate) fn refusal(text: &str, is_ansi: bool) -> ResponseError {
    if is_ansi {
        return ResponseError::Encoding;
    }
    let inside = text::unwrap_encoded_text(text);
    let text = inside.as_ref().map_or(text, |inside| inside.as_str());
    let Some(xml) = markup(text) else { return ResponseError::Unknown };
    if is_web_page(xml) {
        ResponseError::WebPage
    } else if is_truncated(text) {
        ResponseError::Cut
    } else {
        match xml::parse(xml) {
            Ok(document) => {
                Node::document_element(&document).map_or(ResponseError::Unknown, other_document)
            }
            Err(error) => error.into(),
        }
    }
}

/// Identifies a well-formed document that isn't a response.
pub(super) fn other_document(root: Node<'_>) -> ResponseError {
    let is = |namespace, name| root.has_name(namespace, name);
    if is(ASSERTION, "Assertion") || is(ASSERTION, "EncryptedAssertion") {
        ResponseError::BareAssertion
    } else if is(PROTOCOL, "AuthnRequest") || is(PROTOCOL, "LogoutRequest") {
        ResponseError::Request
    } else if is(METADATA, "EntityDescriptor") || is(METADATA, "EntitiesDescriptor") {
        ResponseError::Metadata
    } else {
        ResponseError::Unknown
    }
}

/// Returns the text from the first `<` to the last `>`, if at most 400 bytes come before it.
/// Browsers show a line of text above an XML document.
fn markup(text: &str) -> Option<&str> {
    let start = text.find('<')?;
    let end = text.rfind('>')? + 1;
    (start <= 400 && start < end).then(|| &text[start..end])
}

/// Returns whether the text starts with markup but doesn't end with it, which means that the copy
/// is incomplete.
fn is_truncated(text: &str) -> bool {
    let text = text.trim_end();
    text.starts_with('<') && !text.ends_with('>')
}

fn is_web_page(xml: &str) -> bool {
    let start = xml.chars().take(200).collect::<String>().to_ascii_lowercase();
    start.starts_with("<!doctype html") || start.starts_with("<html")
}
