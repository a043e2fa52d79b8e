//! Finds the XML of SAML messages in text.

use std::ops::Range;

use super::MessageKind;

/// The maximum length of a start tag, in bytes.
const LONGEST_TAG: usize = 8 << 10;
/// The maximum length of the text before the start tag that is part of the document, in bytes.
const LONGEST_PROLOG: usize = 4 << 10;
/// The maximum length of an element name, in bytes.
const LONGEST_NAME: usize = 80;

/// The maximum number of elements that are open at the same time, of complete elements to keep, and
/// of start tags that don't end.
const MOST_OPEN: usize = 64;
const MOST_COMPLETE: usize = 256;
const MOST_ENDLESS: usize = 64;

const PROTOCOL: &str = "urn:oasis:names:tc:SAML:2.0:protocol";

/// The SAML elements found in the text.
#[derive(Default)]
pub(super) struct FoundElements {
    /// The outermost complete elements, in order.
    pub(super) complete: Vec<(MessageKind, Range<usize>)>,
    /// A response starts but doesn't end.
    pub(super) cut: bool,
}

/// Finds the *Response* and *AuthnRequest* elements, with any prefix.
pub(super) fn find(text: &str) -> FoundElements {
    let mut open: Vec<(MessageKind, &str, usize)> = Vec::new();
    let mut found = FoundElements::default();
    let (mut at, mut endless) = (0, 0);
    while found.complete.len() < MOST_COMPLETE
        && endless < MOST_ENDLESS
        && let Some(next) = text[at..].find('<')
    {
        let start = at + next;
        at = start + 1;
        let (is_end, name) = match text[at..].strip_prefix('/') {
            Some(rest) => (true, name(rest)),
            None => (false, name(&text[at..])),
        };
        let Some(kind) = kind(name) else { continue };
        if is_end {
            // Unclosed elements inside this element aren't SAML messages.
            if let Some(last) = open.iter().rposition(|(_, opened, _)| *opened == name) {
                let (kind, _, begin) = open[last];
                open.truncate(last);
                let Some(close) = text[at..].find('>') else {
                    found.cut |= is_response(kind, &text[begin..]);
                    break;
                };
                at += close + 1;
                found.complete.retain(|(_, inner)| inner.start < begin);
                found.complete.push((kind, document_start(text, begin)..at));
            }
        } else if let Some((end, is_empty)) = tag_end(&text[start..]) {
            at = start + end;
            if is_empty {
                found.complete.push((kind, document_start(text, start)..at));
            } else if open.len() < MOST_OPEN {
                open.push((kind, name, start));
            }
        } else {
            endless += 1;
            found.cut |= is_response(kind, &text[start..]);
        }
    }
    found.cut |= open.iter().any(|(kind, _, start)| is_response(*kind, &text[*start..]));
    found
}

fn is_response(kind: MessageKind, element: &str) -> bool {
    let end = tag_end(element).map_or(element.len().min(LONGEST_TAG), |(end, _)| end);
    let tag = &element.as_bytes()[..end];
    kind == MessageKind::Response
        && tag.windows(PROTOCOL.len()).any(|part| part == PROTOCOL.as_bytes())
}

fn name(rest: &str) -> &str {
    let end = rest.bytes().take(LONGEST_NAME).position(|b| {
        !(b.is_ascii_alphanumeric() || matches!(b, b':' | b'-' | b'_' | b'.') || b >= 0x80)
    });
    rest.get(..end.unwrap_or_default()).unwrap_or_default()
}

fn kind(name: &str) -> Option<MessageKind> {
    match name.rsplit(':').next()? {
        "Response" => Some(MessageKind::Response),
        "AuthnRequest" => Some(MessageKind::Request),
        _ => None,
    }
}

/// Returns the end of a start tag, and whether the element is empty.
fn tag_end(text: &str) -> Option<(usize, bool)> {
    let mut quote = None;
    for (at, b) in text.bytes().enumerate().take(LONGEST_TAG) {
        match (quote, b) {
            (None, b'"' | b'\'') => quote = Some(b),
            (Some(open), b) if open == b => quote = None,
            (None, b'>') => return Some((at + 1, text.as_bytes()[at - 1] == b'/')),
            _ => {}
        }
    }
    None
}

/// Returns where an element's document starts: at the declarations, processing instructions and
/// comments directly before the element, if there are any.
fn document_start(text: &str, element: usize) -> usize {
    let from = (element.saturating_sub(LONGEST_PROLOG)..=element)
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(element);
    let before = &text[from..element];
    let start = ["<?", "<!DOCTYPE", "<!--"].iter().filter_map(|start| before.rfind(start)).min();
    let Some(start) = start else { return element };
    let prolog = &before[start..];
    let is_prolog = prolog.trim_end().ends_with('>')
        && !prolog.match_indices('<').any(|(at, _)| {
            prolog[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/')
        });
    if is_prolog { from + start } else { element }
}
