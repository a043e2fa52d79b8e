//! The readers, and other programs that read the same files.

use acceptance::corpus::tables::{GOOD, with_tabs};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use identifiers::link::{self, Link};
use jiff::Timestamp;
use people::{People, csv, nops_team};
use saml::{
    inspection::{self, ExpectedKind},
    recording::{self, Recording},
    request::AuthnRequest,
    response::Response,
};
use setup::{Facts, Field, Finding, Step, credentials, diagnosis, input, mappings};

const CERTIFICATE: &str =
    include_str!("../../../src-tauri/crates/saml/tests/fixtures/certificate.pem");
const RESPONSE: &str =
    include_str!("../../../src-tauri/crates/saml/tests/fixtures/response-signed.xml");
const SIGNED_ASSERTION: &str =
    include_str!("../../../src-tauri/crates/saml/tests/fixtures/assertion-signed.xml");
const LINK: &str = "https://portal.sso.us-east-1.amazonaws.com/saml/assertion/\
                    MTIzNDU2Nzg5MDEyX2lucy1mZWRjYmE5ODc2NTQzMjEw";

/// 2026-07-01, a date in the certificate's validity period.
const NOW: Timestamp = Timestamp::constant(1_782_864_000, 0);

/// The maximum size of XML to parse, in bytes.
const MOST_XML: usize = 256 << 10;
/// The maximum size of text to search for a link, in bytes.
const MOST_LINK: usize = 16 << 10;
/// The maximum size of text to search for attribute mappings, in bytes.
const MOST_TABLE: usize = 256 << 10;
/// The maximum size of an error page, in bytes. Larger pages are rejected without being read.
const MOST_ERROR: usize = diagnosis::LONGEST;

/// One of the core's readers, and another program that reads the same files.
pub struct Reader {
    pub name: &'static str,
    /// Whether the reader takes text because the webview has already decoded the input.
    pub text: bool,
    /// Reads a file. Returns a short description of the result, or an error if the file is
    /// rejected.
    pub read: fn(&[u8]) -> Result<String, String>,
    pub normal: fn() -> String,
    /// Returns a valid file of about this size in bytes.
    pub valid: fn(usize) -> String,
    /// The name of the reader's fuzz target. The benchmark also reads the files that were found
    /// with this target.
    pub fuzzer: &'static str,
    /// The maximum size that the reader accepts, in bytes.
    pub most: usize,
    /// The maximum size of a valid file, in bytes.
    pub most_valid: usize,
    pub other: PeerProgram,
}

/// Another program that reads the same kind of file.
pub struct PeerProgram {
    pub name: &'static str,
    pub program: &'static str,
    /// The arguments that come before the file name.
    pub arguments: &'static [&'static str],
    /// The arguments that make the program exit right after it starts, to measure its startup time.
    pub start: &'static [&'static str],
}

const OPENSSL: PeerProgram = PeerProgram {
    name: "openssl x509",
    program: "openssl",
    arguments: &["x509", "-noout", "-fingerprint", "-in"],
    start: &["version"],
};
const XMLLINT: PeerProgram = PeerProgram {
    name: "xmllint",
    program: "xmllint",
    arguments: &["--noout", "--nonet"],
    start: &["--version"],
};
const XMLLINT_HTML: PeerProgram =
    PeerProgram { name: "xmllint --html", arguments: &["--html", "--noout", "--nonet"], ..XMLLINT };

const fn python(name: &'static str, arguments: &'static [&'static str]) -> PeerProgram {
    PeerProgram { name, program: "python3", arguments, start: &["-c", "import sys"] }
}

pub const READERS: [Reader; 11] = [
    Reader {
        name: "certificate",
        text: false,
        read: document,
        normal: || CERTIFICATE.to_owned(),
        valid: certificate_of,
        fuzzer: "file",
        most: inspection::MAX_BYTES,
        most_valid: inspection::MAX_BYTES,
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
        most_valid: MOST_XML,
        other: XMLLINT,
    },
    Reader {
        name: "response",
        text: false,
        read: |bytes| match Response::read(bytes) {
            Ok(_) => Ok("read".to_owned()),
            Err(refusal) => Err(refusal.code().to_owned()),
        },
        normal: || RESPONSE.to_owned(),
        valid: response_of,
        fuzzer: "response",
        most: 2 * MOST_XML,
        most_valid: MOST_XML,
        other: XMLLINT,
    },
    Reader {
        name: "recording",
        text: false,
        read: |bytes| {
            let recording = Recording::read(bytes);
            match recording.refusal {
                None => describe_count(recording.messages.len(), "messages"),
                Some(refusal) => Err(refusal.code().to_owned()),
            }
        },
        normal: || recording_of(20_000),
        valid: recording_of,
        fuzzer: "recording",
        most: recording::MAX_BYTES,
        most_valid: recording::MAX_BYTES,
        other: python(
            "json",
            &["-c", "import sys, json; json.load(open(sys.argv[1], errors='replace'))"],
        ),
    },
    Reader {
        name: "request",
        text: true,
        read: |bytes| match AuthnRequest::read(&String::from_utf8_lossy(bytes)) {
            Ok(_) => Ok("read".to_owned()),
            Err(refusal) => Err(refusal.code().to_owned()),
        },
        normal: || {
            "<p:AuthnRequest xmlns:p=\"urn:oasis:names:tc:SAML:2.0:protocol\" ID=\"a\"/>".to_owned()
        },
        valid: request_of,
        fuzzer: "request",
        most: MOST_XML,
        most_valid: MOST_XML,
        other: XMLLINT,
    },
    Reader {
        name: "link",
        text: true,
        read: |bytes| {
            let reading = link::identify_link(&String::from_utf8_lossy(bytes));
            let said = serde_json::to_value(&reading.link).unwrap_or_default();
            let said = said["is"].as_str().unwrap_or_default().to_owned();
            if reading.link == Link::NotALink { Err(said) } else { Ok(said) }
        },
        normal: || LINK.to_owned(),
        valid: |size| filled(LINK, " ", size),
        fuzzer: "link",
        most: inspection::MAX_BYTES,
        most_valid: MOST_LINK,
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
            let intake = input::parse_pasted(&text, Step::Application, NOW);
            let note = intake.notes.first().map(|note| note.code.clone());
            match intake.learned.is_empty() {
                true => Err(note.unwrap_or_else(|| "nothing".to_owned())),
                false => Ok("read".to_owned()),
            }
        },
        normal: || LINK.to_owned(),
        valid: certificate_of,
        fuzzer: "paste",
        most: inspection::MAX_BYTES,
        most_valid: inspection::MAX_BYTES,
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
            Some(rows) => Ok(format!("{} rows", rows.len())),
            None => Err("no table".to_owned()),
        },
        normal: || with_tabs(&GOOD),
        valid: table_of,
        fuzzer: "table",
        most: MOST_TABLE,
        most_valid: MOST_TABLE,
        other: XMLLINT_HTML,
    },
    Reader {
        name: "people",
        text: false,
        read: |bytes| match csv::decode(bytes) {
            Ok(text) => match credentials::find(&text) {
                Some(secret) => Err(secret.code().to_owned()),
                None => describe_count(People::default().add_csv(&text) as usize, "people"),
            },
            Err(error) => Err(error.code().to_owned()),
        },
        normal: || "First name,Last name,Email\nAna,Silva,ana@example.com\n".to_owned(),
        valid: people_of,
        fuzzer: "people",
        most: csv::MAX_BYTES,
        most_valid: csv::MAX_BYTES,
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
            Ok(text) => match nops_team::addresses(&text) {
                Ok(addresses) => describe_count(addresses.len(), "people"),
                Err(error) => Err(error.code().to_owned()),
            },
            Err(error) => Err(error.code().to_owned()),
        },
        normal: || "Ana Silva <ana@example.com>; Bo <bo@example.com>".to_owned(),
        valid: team_of,
        fuzzer: "people",
        most: csv::MAX_BYTES,
        most_valid: csv::MAX_BYTES,
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
            let causes = diagnosis(&String::from_utf8_lossy(bytes));
            let unknown = causes.iter().any(|cause| cause.code == "shown_unknown");
            describe_count(if unknown { 0 } else { causes.len() }, "causes")
        },
        normal: || {
            "<html><body><p>Bad input</p><code>invalid_response</code></body></html>".to_owned()
        },
        valid: |size| {
            filled("", "<p>Bad input</p> <code>invalid_response, not_match</code>\n", size)
        },
        fuzzer: "error",
        most: MOST_ERROR,
        most_valid: MOST_ERROR,
        other: XMLLINT_HTML,
    },
];

fn document(bytes: &[u8]) -> Result<String, String> {
    let read = inspection::inspect_file_at(None, bytes, ExpectedKind::Auto, NOW);
    let said = read.reason.map_or("read", |reason| reason.name()).to_owned();
    if read.content.is_some() { Ok(said) } else { Err(said) }
}

/// Describes how many items were found. Returns an error if no items were found.
fn describe_count(count: usize, of: &str) -> Result<String, String> {
    let said = format!("{count} {of}");
    if count > 0 { Ok(said) } else { Err(said) }
}

fn metadata() -> String {
    let (head, tail) = metadata_around();
    head + &tail
}

/// Returns the parts of a metadata file before and after a place where more elements can be
/// inserted.
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
    diagnosis::likely_causes(text, &Facts::default(), Field::TestFromPortal)
}

/// Returns text of about this size: the head, followed by as many copies of the line as fit.
fn filled(head: &str, line: &str, size: usize) -> String {
    head.to_owned() + &line.repeat(size.saturating_sub(head.len()) / line.len())
}

/// Returns a certificate in the format of `openssl x509 -text`: a long description followed by the
/// PEM.
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

/// Returns a response with a long status detail. Only the assertion is signed, so the rest of the
/// response can have any length.
fn response_of(size: usize) -> String {
    let (head, tail) = SIGNED_ASSERTION.split_once("<saml2p:StatusCode").unwrap_or_default();
    let detail = "<saml2p:StatusDetail>Engineering</saml2p:StatusDetail>\n";
    let tail = format!("<saml2p:StatusCode{tail}");
    filled(head, detail, size - tail.len()) + &tail
}

/// Returns a HAR file with pages. The last entry contains the response.
fn recording_of(size: usize) -> String {
    let entry = |url: &str, post: &str, page: &str| {
        serde_json::json!({
            "request": { "method": "POST", "url": url, "headers": [{ "name": "Cookie", "value": "a=b" }], "postData": { "text": post } },
            "response": { "status": 200, "content": { "mimeType": "text/html", "text": page } },
        })
        .to_string()
    };
    let form: String =
        url::form_urlencoded::byte_serialize(STANDARD.encode(RESPONSE).as_bytes()).collect();
    let last =
        entry("https://app.nops.io/sso/v1/a/?acs", &format!("SAMLResponse={form}&RelayState="), "");
    let page =
        "<div class=\"row\">\n<a href=\"/SAML/help?from=page&amp;to=1\">Response</a></div>\n";
    let other = entry("https://example.com/", "", &page.repeat(100)) + ",";
    filled("{\"log\":{\"entries\":[", &other, size.saturating_sub(last.len() + 3)) + &last + "]}}"
}

/// Returns the attribute mapping page, with a long help text above the table.
fn table_of(size: usize) -> String {
    let table = with_tabs(&GOOD);
    filled("", "Learn more about attribute mappings\n", size - table.len()) + &table
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
