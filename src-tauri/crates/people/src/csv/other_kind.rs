//! Recognizes files and text that aren't lists of people, so that the error can say what they are.

use saml::inspection::{self, ExpectedKind, InputKind, InspectionReason};

use super::ListError;

/// The name of the JSON kind. JSON may contain people.
const JSON: &str = "json";

/// Returns the error for a file of another known kind. JSON may still be a list: see
/// [`may_be_list`].
pub(super) fn detect_other_kind(bytes: &[u8]) -> Option<ListError> {
    let found = inspection::inspect_file(None, bytes, ExpectedKind::Auto);
    // Without a `BEGIN` line, the start of a list may look like a certificate's base64.
    let is_unsure =
        found.kind == InputKind::Certificate && found.reason == Some(InspectionReason::Malformed);
    let has_begin = || bytes.windows(BEGIN.len()).any(|window| window == BEGIN);
    match found.kind {
        InputKind::Unknown | InputKind::Empty | InputKind::Download => None,
        _ if is_unsure && !has_begin() => None,
        kind => Some(ListError::OtherKind { kind: kind.into() }),
    }
}

const BEGIN: &[u8] = b"-----BEGIN";

pub(super) fn may_be_list(error: &ListError) -> bool {
    *error == ListError::OtherKind { kind: JSON }
}

/// Rejects text whose lines are mostly base64 or hexadecimal, such as part of a certificate.
pub(super) fn check_text(text: &str) -> Result<(), ListError> {
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
    let encoded = lines().filter(|line| is_encoded(line)).count();
    match encoded * 2 > lines().count() {
        true => Err(ListError::OtherKind { kind: "encoded" }),
        false => Ok(()),
    }
}

/// The minimum length of a line to recognize as base64 or hexadecimal: the length of an MD5 digest.
const SHORTEST: usize = 32;

/// Returns whether a cell or line is base64 or hexadecimal. No user name mixes letters and digits
/// over this length.
pub(super) fn is_encoded(text: &str) -> bool {
    let has = |is: fn(&u8) -> bool| text.bytes().any(|byte| is(&byte));
    let all = |is: fn(u8) -> bool| text.bytes().all(is);
    let is_hexadecimal = all(|byte| byte.is_ascii_hexdigit() || b":- ".contains(&byte));
    // In base64, `=` occurs only at the end. A line such as `name=value` isn't base64.
    let unpadded = text.trim_end_matches('=').as_bytes();
    let is_base64 =
        unpadded.iter().all(|byte| byte.is_ascii_alphanumeric() || b"+/-_".contains(byte))
            && has(u8::is_ascii_lowercase)
            && has(u8::is_ascii_uppercase);
    text.len() >= SHORTEST && has(u8::is_ascii_digit) && (is_hexadecimal || is_base64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::csv::decode;

    const CERTIFICATE: &str = include_str!("../../../saml/tests/fixtures/certificate.pem");

    fn kind(bytes: &[u8]) -> Option<&'static str> {
        match decode(bytes) {
            Err(ListError::OtherKind { kind }) => Some(kind),
            _ => None,
        }
    }

    #[test]
    fn other_kinds_are_refused_by_name() {
        let body: Vec<&str> =
            CERTIFICATE.lines().filter(|line| !line.starts_with("-----")).collect();
        let der = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
        let metadata = "<EntityDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\" \
                        entityID=\"https://example.com\"><IDPSSODescriptor \
                        protocolSupportEnumeration=\"urn:oasis:names:tc:SAML:2.0:protocol\"/>\
                        </EntityDescriptor>";
        for (text, expected) in [
            (CERTIFICATE.to_owned(), "certificate"),
            (CERTIFICATE.replace('\n', "\r\n"), "certificate"),
            (format!("AWS certificate:\n{CERTIFICATE}"), "certificate"),
            (body.join("\n"), "certificate"),
            (der.to_owned(), "certificate"),
            (body[1..].join("\n"), "encoded"),
            (format!("user name\n{}", body[2..6].join("\n")), "encoded"),
            ("9f86d081884c7d659a2feaa0c55ad015\n".repeat(3), "encoded"),
            ("A8:3F:09:CC:1D:5E:77:10:A8:3F:09:CC:1D:5E:77:10".to_owned(), "encoded"),
            ("-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----".to_owned(), "public_key"),
            (
                "-----BEGIN CERTIFICATE REQUEST-----\nMIIB\n-----END CERTIFICATE REQUEST-----"
                    .to_owned(),
                "certificate_request",
            ),
            (
                "-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----".to_owned(),
                "private_key",
            ),
            ("ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQ ana@example.com".to_owned(), "ssh_key"),
            (metadata.to_owned(), "metadata"),
            ("<?xml version=\"1.0\"?><people><person/></people>".to_owned(), "xml"),
            (
                "<!DOCTYPE html><html><title>Sign in</title><body>ana@example.com</body></html>"
                    .to_owned(),
                "web_page",
            ),
            ("{\"message\":\"Forbidden\"}".to_owned(), "json"),
            ("[1, 2]".to_owned(), "json"),
        ] {
            assert_eq!(kind(text.as_bytes()), Some(expected), "{text}");
        }
        for (bytes, expected) in [
            (&b"%PDF-1.7\n%\xE2\xE3"[..], "pdf"),
            (b"\x89PNG\r\n\x1A\n\0\0", "picture"),
            (b"\xFF\xD8\xFF\xE0\0\x10JFIF", "picture"),
            (b"PK\x03\x04\x14\0\0\0\0\0photo.jpg", "archive"),
            (b"PK\x03\x04\x14\0\0\0\0\0word/document.xml", "document"),
            (b"\x1F\x8B\x08\0", "archive"),
            (b"{\\rtf1 ana@example.com}", "document"),
        ] {
            assert_eq!(kind(bytes), Some(expected), "{expected}");
        }
    }

    #[test]
    fn lists_are_not_taken_for_other_kinds() {
        for text in [
            "email\nana@example.com\n",
            "MILLER,Ana,ana.miller@example.com\nMINA,Bo,bo.mina@example.com\n",
            "MIKE\nMIA\nMILO\nMIRA\nMINA\nMIRIAM\nMICHELLE\nMITCH\nMILES\n",
            "alima\nbo42\nJSMITH42\n",
            "Ana Lima <ana@example.com>, Bo <bo@example.com>",
            "{\"Users\":[{\"UserName\":\"ana\"}]}",
            "[{\"email\":\"ana@example.com\"}]",
            "BEGIN:VCARD\nFN:Ana Lima\nEMAIL:ana@example.com\nEND:VCARD\n",
            "id,email\n9f86d081884c7d659a2feaa0c55ad015,ana@example.com\n",
            "AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE\nAWSSecretKey=wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY\n",
            "anna-christina-von-hohenstein-berlin-2\nbo\n",
            "",
        ] {
            assert_eq!(kind(text.as_bytes()), None, "{text}");
        }
    }
}
