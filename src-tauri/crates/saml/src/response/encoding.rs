//! Extracts a response from base64, a form body, a form field or XML as a browser displays it.

use base64::Engine as _;
use html_escape::decode_html_entities;
use percent_encoding::percent_decode_str;
use zeroize::Zeroizing;

use super::ResponseError;
use crate::text::{self, CUT_BASE64, Encoding};
use crate::xml::{self, ASSERTION, METADATA, Node, PROTOCOL};

/// Returns the XML in `bytes`, after removing any encoding.
pub(super) fn unwrap(bytes: &[u8]) -> Result<Zeroizing<String>, ResponseError> {
    if bytes.len() > 2 * xml::MAX_BYTES {
        return Err(ResponseError::TooLarge);
    }
    let (text, encoding) = text::decode(bytes).ok_or(ResponseError::Unknown)?;
    if encoding == Encoding::Windows1252 {
        return Err(ResponseError::Encoding);
    }
    let text = text.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '"' | '\'' | '\u{FEFF}' | '\u{200B}'..='\u{200F}')
    });
    if text.is_empty() {
        return Err(ResponseError::Empty);
    }
    if let Some(field) = form_field(text) {
        return of_base64(&field);
    }
    if let Some(xml) = markup(text) {
        return if is_web_page(xml) {
            Err(ResponseError::WebPage)
        } else if stops_early(text) {
            Err(ResponseError::Cut)
        } else {
            Ok(Zeroizing::new(xml.to_owned()))
        };
    }
    if let Some(value) = named_value(text) {
        return of_base64(&percent_decoded(value)?);
    }
    let text =
        if text.contains('%') { percent_decoded(text)? } else { Zeroizing::new(text.to_owned()) };
    if text.starts_with('<') { Ok(text) } else { of_base64(&text) }
}

/// Identifies a well-formed document that isn't a response.
pub(super) fn other_document(root: Node<'_>) -> ResponseError {
    let is = |namespace, name| root.is(namespace, name);
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

/// Decodes standard or URL-safe base64, with line breaks anywhere.
fn of_base64(text: &str) -> Result<Zeroizing<String>, ResponseError> {
    let packed: Zeroizing<String> = Zeroizing::new(
        text.chars()
            .filter(|c| !c.is_whitespace())
            .map(|c| match c {
                '-' => '+',
                '_' => '/',
                c => c,
            })
            .collect(),
    );
    let bare = packed.trim_end_matches('=');
    if bare.is_empty() || !bare.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'+' || b == b'/')
    {
        return Err(ResponseError::Unknown);
    }
    let whole = &bare[..bare.len() - usize::from(bare.len() % 4 == 1)];
    let bytes = CUT_BASE64.decode(whole).map(Zeroizing::new).map_err(|_| ResponseError::Unknown)?;
    let text = std::str::from_utf8(&bytes).map_err(|_| ResponseError::Unknown)?;
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    if !text.starts_with('<') {
        return Err(ResponseError::Unknown);
    }
    if !text.trim_end().ends_with('>') {
        return Err(ResponseError::Cut);
    }
    Ok(Zeroizing::new(text.to_owned()))
}

fn percent_decoded(text: &str) -> Result<Zeroizing<String>, ResponseError> {
    // Keep `+`, which base64 uses. Form decoding would replace it with a space.
    percent_decode_str(text)
        .decode_utf8()
        .map(|text| Zeroizing::new(text.into_owned()))
        .map_err(|_| ResponseError::Unknown)
}

/// Returns the value that follows the name `SAMLResponse` in a form body, in JSON, or in the form data that a
/// browser's developer tools list.
fn named_value(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once("SAMLResponse")?;
    let rest = rest.trim_start_matches(['"', '\'', ' ', '\t']);
    let value = rest.strip_prefix(['=', ':'])?;
    let value = value.trim_start_matches(['"', '\'', ' ', '\t', '\r', '\n']);
    value.split(['&', '"', '\'', '\n']).next().map(str::trim).filter(|value| !value.is_empty())
}

fn form_field(text: &str) -> Option<Zeroizing<String>> {
    text.split('<')
        .filter_map(|piece| piece.split('>').next())
        .filter(|tag| tag.to_ascii_lowercase().starts_with("input"))
        .find(|tag| attribute_value(tag, "name") == Some("SAMLResponse"))
        .and_then(|tag| attribute_value(tag, "value"))
        .map(|value| Zeroizing::new(decode_html_entities(value).into_owned()))
}

/// Returns the value of an attribute in an HTML tag, with either kind of quotes or none.
fn attribute_value<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    tag.match_indices(name).find_map(|(at, _)| {
        let before = tag[..at].chars().next_back()?;
        let after = tag[at + name.len()..].trim_start().strip_prefix('=')?;
        let after = after.trim_start();
        let value = match after.chars().next()? {
            quote @ ('"' | '\'') => after[1..].split(quote).next(),
            _ => after.split(char::is_whitespace).next(),
        };
        value.filter(|_| before.is_whitespace() || matches!(before, '"' | '\''))
    })
}

/// Returns the text from the first `<` to the last `>`, if at most 400 bytes precede it. Browsers show a line
/// of text above an XML document.
fn markup(text: &str) -> Option<&str> {
    let start = text.find('<')?;
    let end = text.rfind('>')? + 1;
    let mostly = text[..start].len() <= 400 && start < end;
    mostly.then(|| &text[start..end])
}

/// Returns whether the text starts with markup but doesn't end with it, because the copy is incomplete.
fn stops_early(text: &str) -> bool {
    let text = text.trim_end();
    text.starts_with('<') && !text.ends_with('>')
}

fn is_web_page(xml: &str) -> bool {
    let start = xml.chars().take(200).collect::<String>().to_ascii_lowercase();
    start.starts_with("<!doctype html") || start.starts_with("<html")
}
