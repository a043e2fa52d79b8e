//! The readers, and who else reads such files.

use acceptance::corpus::tables::{GOOD, with_tabs};
use identifiers::link;
use jiff::Timestamp;
use people::{People, csv, nops_team};
use saml::{
    inspection::{self, Expect},
    request::Request,
    response::Response,
};
use setup::{Facts, Field, Finding, Step, credentials, diagnosis, input, mappings};

const CERTIFICATE: &str =
    include_str!("../../../src-tauri/crates/saml/tests/fixtures/certificate.pem");
const RESPONSE: &str =
    include_str!("../../../src-tauri/crates/saml/tests/fixtures/response-signed.xml");
const LINK: &str = "https://portal.sso.us-east-1.amazonaws.com/saml/assertion/\
                    MTIzNDU2Nzg5MDEyX2lucy1mZWRjYmE5ODc2NTQzMjEw";

/// One reader of the core, and who else reads such a file.
pub struct Reader {
    pub name: &'static str,
    /// What comes to it is text: the webview has decoded it.
    pub text: bool,
    /// Reads, and says in a word what came of it.
    pub read: fn(&[u8]) -> String,
    /// A normal file.
    pub normal: fn() -> String,
    /// A valid file of about so many bytes.
    pub valid: fn(usize) -> String,
    /// Its fuzzer, which found some of what it is tried with.
    pub fuzzer: &'static str,
    /// The most bytes that are looked into.
    pub most: usize,
    pub other: Other,
}

/// A program that reads a file.
pub struct Other {
    pub name: &'static str,
    pub program: &'static str,
    /// Its arguments in front of the file.
    pub arguments: &'static [&'static str],
    /// The arguments with which it only starts and ends.
    pub start: &'static [&'static str],
}

const OPENSSL: Other = Other {
    name: "openssl x509",
    program: "openssl",
    arguments: &["x509", "-noout", "-fingerprint", "-in"],
    start: &["version"],
};
const XMLLINT: Other = Other {
    name: "xmllint",
    program: "xmllint",
    arguments: &["--noout", "--nonet"],
    start: &["--version"],
};
const XMLLINT_HTML: Other =
    Other { name: "xmllint --html", arguments: &["--html", "--noout", "--nonet"], ..XMLLINT };

const fn python(name: &'static str, arguments: &'static [&'static str]) -> Other {
    Other { name, program: "python3", arguments, start: &["-c", "import sys"] }
}

pub const READERS: [Reader; 10] = [
    Reader {
        name: "certificate",
        text: false,
        read: document,
        normal: || CERTIFICATE.to_owned(),
        valid: certificate_of,
        fuzzer: "file",
        most: inspection::MAX_BYTES,
        other: OPENSSL,
    },
    Reader {
        name: "metadata",
        text: false,
        read: document,
        normal: metadata,
        valid: metadata_of,
        fuzzer: "file",
        most: inspection::MAX_BYTES,
        other: XMLLINT,
    },
    Reader {
        name: "response",
        text: false,
        read: |bytes| match Response::read(bytes) {
            Ok(_) => "read".to_owned(),
            Err(refusal) => refusal.code().to_owned(),
        },
        normal: || RESPONSE.to_owned(),
        valid: response_of,
        fuzzer: "response",
        most: 512 << 10,
        other: XMLLINT,
    },
    Reader {
        name: "request",
        text: true,
        read: |bytes| match Request::read(&String::from_utf8_lossy(bytes)) {
            Ok(_) => "read".to_owned(),
            Err(refusal) => refusal.code().to_owned(),
        },
        normal: || {
            "<p:AuthnRequest xmlns:p=\"urn:oasis:names:tc:SAML:2.0:protocol\" ID=\"a\"/>".to_owned()
        },
        valid: request_of,
        fuzzer: "request",
        most: 256 << 10,
        other: XMLLINT,
    },
    Reader {
        name: "link",
        text: true,
        read: |bytes| {
            let reading = link::read(&String::from_utf8_lossy(bytes));
            let said = serde_json::to_value(&reading.link).unwrap_or_default();
            said["is"].as_str().unwrap_or_default().to_owned()
        },
        normal: || LINK.to_owned(),
        valid: |size| format!("{LINK}{}", " ".repeat(size.saturating_sub(LINK.len()))),
        fuzzer: "link",
        most: inspection::MAX_BYTES,
        other: python(
            "urllib.parse",
            &[
                "-c",
                "import sys, urllib.parse as p; p.urlsplit(open(sys.argv[1], errors='replace').read())",
            ],
        ),
    },
    Reader {
        name: "any paste",
        text: true,
        read: |bytes| {
            let text = String::from_utf8_lossy(bytes);
            let intake = input::pasted(&text, Step::Application, Timestamp::UNIX_EPOCH);
            let notes = intake.notes.first().map(|note| note.code.clone());
            notes.unwrap_or_else(|| "read".to_owned())
        },
        normal: || LINK.to_owned(),
        valid: certificate_of,
        fuzzer: "paste",
        most: inspection::MAX_BYTES,
        other: python(
            "urllib.parse",
            &[
                "-c",
                "import sys, urllib.parse as p; p.urlsplit(open(sys.argv[1], errors='replace').read())",
            ],
        ),
    },
    Reader {
        name: "table",
        text: true,
        read: |bytes| match mappings::read_table(&String::from_utf8_lossy(bytes)) {
            Some(rows) => format!("{} rows", rows.len()),
            None => "no table".to_owned(),
        },
        normal: || with_tabs(&GOOD),
        valid: |size| filled(&with_tabs(&GOOD), "Subject\t${user:subject}\temailAddress\n", size),
        fuzzer: "table",
        most: 256 << 10,
        other: XMLLINT_HTML,
    },
    Reader {
        name: "people",
        text: false,
        read: |bytes| match csv::decode(bytes) {
            Ok(text) => match credentials::find(&text) {
                Some(secret) => secret.code().to_owned(),
                None => format!("{} people", People::default().add_sheet(&text)),
            },
            Err(error) => error.code().to_owned(),
        },
        normal: || "First name,Last name,Email\nAna,Silva,ana@example.com\n".to_owned(),
        valid: people_of,
        fuzzer: "people",
        most: csv::MAX_BYTES,
        other: python(
            "csv",
            &[
                "-c",
                "import sys, csv; csv.field_size_limit(sys.maxsize); sum(1 for row in csv.reader(open(sys.argv[1], errors='replace', newline='')))",
            ],
        ),
    },
    Reader {
        name: "team",
        text: true,
        read: |bytes| match csv::decode(bytes) {
            Ok(text) => format!("{} people", nops_team::addresses(&text).len()),
            Err(error) => error.code().to_owned(),
        },
        normal: || "Ana Silva <ana@example.com>; Bo <bo@example.com>".to_owned(),
        valid: team_of,
        fuzzer: "people",
        most: csv::MAX_BYTES,
        other: python(
            "re",
            &[
                "-c",
                "import sys, re; set(re.findall(r'[\\w.+-]{1,64}@[\\w.-]+', open(sys.argv[1], errors='replace').read()))",
            ],
        ),
    },
    Reader {
        name: "error",
        text: true,
        read: |bytes| {
            let text = String::from_utf8_lossy(bytes);
            let causes = diagnosis(&text);
            format!("{} causes", causes.len())
        },
        normal: || {
            "<html><body><p>Bad input</p><code>invalid_response</code></body></html>".to_owned()
        },
        valid: |size| {
            filled("", "<p>Bad input</p> <code>invalid_response, not_match</code>\n", size)
        },
        fuzzer: "error",
        // What is longer is refused before it is read.
        most: 64 << 10,
        other: XMLLINT_HTML,
    },
];

fn document(bytes: &[u8]) -> String {
    let said = inspection::read_at(None, bytes, Expect::Auto, Timestamp::UNIX_EPOCH);
    said.reason.map_or("read", |reason| reason.name()).to_owned()
}

fn metadata() -> String {
    let (head, tail) = metadata_around();
    head + &tail
}

/// Metadata before and after the place where more elements may stand.
fn metadata_around() -> (String, String) {
    let base64: String = CERTIFICATE.lines().filter(|line| !line.starts_with('-')).collect();
    let head = format!(
        "<EntityDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\"{LINK}\"><IDPSSODescriptor><KeyDescriptor use=\"signing\"><KeyInfo xmlns=\"http://www.w3.org/2000/09/xmldsig#\"><X509Data><X509Certificate>{base64}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>"
    );
    let tail = format!(
        "<SingleSignOnService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect\" Location=\"{LINK}\"/></IDPSSODescriptor></EntityDescriptor>"
    );
    (head, tail)
}

fn diagnosis(text: &str) -> Vec<Finding> {
    diagnosis::decode(text, &Facts::default(), Field::TestFromPortal)
}

/// A text of about this size: its head, and then a line as often as it fits.
fn filled(head: &str, line: &str, size: usize) -> String {
    head.to_owned() + &line.repeat(size.saturating_sub(head.len()) / line.len())
}

/// As `openssl x509 -text` writes it: much text, then the certificate.
fn certificate_of(size: usize) -> String {
    let text = filled(
        "Certificate:\n",
        "            4a:5f:00:7b:c1:9e:33:d0:\n",
        size - CERTIFICATE.len(),
    );
    text + CERTIFICATE
}

fn metadata_of(size: usize) -> String {
    let format =
        "<NameIDFormat>urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress</NameIDFormat>\n";
    let (head, tail) = metadata_around();
    filled(&head, format, size - tail.len()) + &tail
}

fn response_of(size: usize) -> String {
    let end = "</saml2p:Response>";
    let head = RESPONSE.trim_end().trim_end_matches(end);
    filled(head, " \n", size - end.len()) + end
}

fn request_of(size: usize) -> String {
    let head = "<p:AuthnRequest xmlns:p=\"urn:oasis:names:tc:SAML:2.0:protocol\" ID=\"a\">";
    let scope = "<p:Scoping ProxyCount=\"0\"><p:IDPList/></p:Scoping>\n";
    let end = "</p:AuthnRequest>";
    filled(head, scope, size - end.len()) + end
}

fn people_of(size: usize) -> String {
    let mut text = "First name,Last name,Email\n".to_owned();
    for number in 0.. {
        if text.len() > size - 40 {
            break;
        }
        text.push_str(&format!("Ana,Silva,ana{number}@example.com\n"));
    }
    text
}

fn team_of(size: usize) -> String {
    let mut text = String::new();
    for number in 0.. {
        if text.len() > size - 40 {
            break;
        }
        text.push_str(&format!("Ana Silva <ana{number}@example.com>; "));
    }
    text
}
