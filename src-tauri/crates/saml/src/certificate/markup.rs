//! Identifies text that isn't a certificate, such as a web page, XML, JSON or a document.

use serde_json::Value;
use zeroize::Zeroizing;

use super::private_key;
use super::read::{CertificateError, OtherFile};

/// Identifies RTF documents. They may contain a certificate, but the user must extract it first.
pub(super) fn document(text: &str) -> Option<CertificateError> {
    text.starts_with("{\\rtf").then_some(CertificateError::OtherFile { kind: OtherFile::Document })
}

/// Returns whether `text` is metadata. This is checked before PEM, because a metadata element may
/// contain a PEM file.
pub(super) fn is_metadata(text: &str) -> bool {
    text.starts_with('<') && text.contains("EntityDescriptor")
}

/// Identifies text that doesn't contain a certificate.
pub(super) fn identify_other_text(text: &str) -> Option<CertificateError> {
    if is_web_page(text) {
        return Some(CertificateError::WebPage { title: title(text) });
    }
    if text.starts_with('<') {
        return Some(CertificateError::Xml);
    }
    if is_aws_configuration(text) {
        return Some(CertificateError::AwsConfiguration);
    }
    if text.starts_with(['{', '[']) {
        return Some(
            private_key::json_web_key(text)
                .unwrap_or_else(|| CertificateError::Json { message: message(text) }),
        );
    }
    None
}

/// Returns whether `text` is a configuration file of the AWS CLI: a section header and lines with
/// `=`.
fn is_aws_configuration(text: &str) -> bool {
    const SECTIONS: [&str; 5] = ["default", "profile ", "sso-session ", "services ", "plugins"];
    const KEYS: [&str; 6] = ["region", "output", "sso_", "role_arn", "source_profile", "aws_"];
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let header = lines.next().and_then(|line| line.strip_prefix('[')?.split_once(']'));
    header.is_some_and(|(name, _)| {
        let is_section = SECTIONS.iter().any(|section| name.trim().starts_with(section));
        let mut keys = lines.filter_map(|line| line.split_once('='));
        keys.any(|(key, _)| is_section || KEYS.iter().any(|known| key.starts_with(known)))
    })
}

/// Returns the contents of the certificate elements in a fragment of metadata.
pub(super) fn certificate_elements(text: &str) -> Option<Vec<&str>> {
    const PIECES: [&str; 4] = ["X509Certificate", "X509Data", "KeyInfo", "KeyDescriptor"];
    PIECES.contains(&local_name(text)?).then(|| {
        let mut found = Vec::new();
        let mut rest = text;
        while let Some((_, after)) = rest.split_once("X509Certificate>") {
            let Some((body, after)) = after.split_once("</") else {
                break;
            };
            found.push(body);
            rest = after.split_once('>').map_or("", |(_, after)| after);
        }
        found
    })
}

/// Returns the name of the first element, without its prefix.
fn local_name(text: &str) -> Option<&str> {
    let tag = without_comments(text).strip_prefix('<')?;
    let end = tag.find(|c: char| !(c.is_alphanumeric() || "-_:.".contains(c)))?;
    tag[..end].rsplit(':').next()
}

fn is_web_page(text: &str) -> bool {
    const FIRST: [&str; 16] = [
        "html", "head", "body", "script", "meta", "title", "style", "link", "center", "h1", "div",
        "p", "pre", "table", "form", "iframe",
    ];
    let start = Zeroizing::new(text.chars().take(4096).collect::<String>().to_ascii_lowercase());
    let archived = start.contains("mime-version:") && start.contains("multipart/related");
    archived
        || (start.starts_with('<')
            && (start.contains("<!doctype html")
                || start.contains("<html")
                || local_name(&start).is_some_and(|name| FIRST.contains(&name))))
}

/// Removes the comments at the start of `text`.
fn without_comments(text: &str) -> &str {
    let mut rest = text;
    while let Some(comment) = rest.strip_prefix("<!--") {
        rest = comment.split_once("-->").map_or("", |(_, after)| after.trim_start());
    }
    rest
}

fn title(html: &str) -> Option<String> {
    let lower = html.to_ascii_lowercase();
    let inside = |element: &str| {
        let opening = lower.find(&format!("<{element}"))?;
        let start = opening + lower[opening..].find('>')? + 1;
        let end = start + lower[start..].find("</")?;
        short_text(&html_escape::decode_html_entities(&html[start..end]))
    };
    inside("title").or_else(|| inside("h1"))
}

/// Returns the error message in a JSON response, from the fields that AWS, nOps and gateways use.
fn message(text: &str) -> Option<String> {
    let json: Value = serde_json::from_str(text).ok()?;
    let places = [
        "/message",
        "/Message",
        "/error/message",
        "/error_description",
        "/errorMessage",
        "/error",
        "/__type",
    ];
    places.iter().find_map(|place| json.pointer(place)?.as_str()).and_then(short_text)
}

fn short_text(text: &str) -> Option<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then(|| text.chars().take(80).collect())
}
