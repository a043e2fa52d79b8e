//! Fuzz targets: each reader in the core, with properties that its output must have and seed files.

use std::{collections::BTreeSet, fs, sync::LazyLock};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use identifiers::link;
use jiff::Timestamp;
use people::{People, csv, nops_team};
use saml::{
    certificate::Certificate,
    inspection::{self, ExpectedKind, Verdict},
    recording::{MessageKind, Recording},
    request::AuthnRequest,
    response::{Assertion, Response},
};
use serde_json::json;
use setup::{
    FactValue, Facts, Field, Side, Source, Step, diagnosis,
    dry_run::{ExpectedValues, RowVerdict, check_recording, dry_run},
    handover::{Choice, Handover, HandoverSubject, PersonalData, compare, merge},
    input, mappings, rules,
};
use url::form_urlencoded::byte_serialize;
use uuid::Uuid;

use crate::{
    Result,
    corpus::{
        self,
        links::links,
        tables::{GOOD, tables, with_tabs},
    },
    tree::root,
};

const CERTIFICATE: &[u8] =
    include_bytes!("../../src-tauri/crates/saml/tests/fixtures/certificate.pem");

/// The maximum size of a seed file. Larger files would only slow down a fuzzer, and tests and
/// benchmarks cover large files.
const MAX_SEED: usize = 64 << 10;

#[derive(Debug)]
pub struct FuzzTarget {
    pub name: &'static str,
    /// Reads the bytes, and panics if the output is inconsistent.
    pub read: fn(&[u8]),
    seeds: fn() -> Result<Vec<Vec<u8>>>,
}

/// All readers of user input.
pub const TARGETS: [FuzzTarget; 10] = [
    FuzzTarget {
        name: "file",
        read: read_file,
        seeds: || Ok(corpus::files()?.into_iter().map(|file| file.bytes).collect()),
    },
    FuzzTarget { name: "response", read: read_response, seeds: responses },
    FuzzTarget { name: "recording", read: read_recording, seeds: recordings },
    FuzzTarget {
        name: "request",
        read: |bytes| {
            let text = String::from_utf8_lossy(bytes);
            let _read = AuthnRequest::read(&text);
            learn(input::requested(&text, Step::SignInTests));
        },
        seeds: links_and_tables,
    },
    FuzzTarget {
        name: "link",
        read: |bytes| {
            let text = String::from_utf8_lossy(bytes);
            let reading = link::identify_link(&text);
            let again = link::identify_link(&reading.cleanups.text);
            assert_eq!(again.link, reading.link, "the cleaned-up link is read differently");
        },
        seeds: links_and_tables,
    },
    FuzzTarget {
        name: "paste",
        read: |bytes| {
            let text = String::from_utf8_lossy(bytes);
            learn(input::parse_pasted(&text, Step::Application, at()));
            learn(input::parse_entered(Field::IdpLink, &text, Step::Application, at()));
        },
        seeds: links_and_tables,
    },
    FuzzTarget {
        name: "table",
        read: |bytes| {
            let text = String::from_utf8_lossy(bytes);
            let _rows = mappings::read_table(&text);
            let html = input::copied_table(Field::AttributeMappings, "", Some(&text));
            html.into_iter().for_each(learn);
        },
        seeds: links_and_tables,
    },
    FuzzTarget {
        name: "people",
        read: read_people,
        seeds: || {
            let lists = [
                "First name,Last name,Email\nAna,Silva,ana@example.com\nBo,Lind,bo@example.com\n",
                "\u{FEFF}E-mail;Vorname;Nachname\r\nana@example.com;Ana;Silva\r\n",
                "user name\temail\nasilva\tana@example.com\n\"quoted\tname\"\tq@example.com\n",
                "<table><tr><td>Ana Silva</td><td>ana@example.com</td></tr></table>",
                "Ana Silva <ana@example.com>; Bo <bo@example.com>",
            ];
            let utf16 = |text: &str| -> Vec<u8> {
                let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
                units.flat_map(u16::to_le_bytes).collect()
            };
            let plain = lists.iter().map(|list| list.as_bytes().to_vec());
            Ok(plain.chain([utf16(lists[0])]).collect())
        },
    },
    FuzzTarget {
        name: "error",
        read: |bytes| {
            let text = String::from_utf8_lossy(bytes);
            let _causes = diagnosis::likely_causes(&text, &Facts::default(), Field::TestFromPortal);
        },
        seeds: || {
            let shown = [
                "Application configuration error. Check the SAML configuration and try again.",
                "{\"message\":\"invalid_response\",\"errors\":[\"The response was received at …\"]}",
                "<html><body><p>Bad input</p><code>invalid_response, not_match</code></body></html>",
            ];
            Ok(shown.map(|text| text.as_bytes().to_vec()).to_vec())
        },
    },
    FuzzTarget { name: "handover", read: read_handover, seeds: handovers },
];

impl FuzzTarget {
    pub fn named(name: &str) -> Option<&'static Self> {
        TARGETS.iter().find(|target| target.name == name)
    }

    /// Returns the minimized files that the fuzzer found, which are in `tests/fuzz/<name>`.
    ///
    /// # Errors
    /// Returns an error if a file can't be read.
    pub fn found(&self) -> Result<Vec<Vec<u8>>> {
        let folder = root().join("tests/fuzz").join(self.name);
        let Ok(entries) = fs::read_dir(folder) else { return Ok(Vec::new()) };
        let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
        paths.sort();
        paths.into_iter().map(|path| Ok(fs::read(path)?)).collect()
    }

    /// Returns small valid and invalid files for this reader.
    pub fn seeds(&self) -> Result<Vec<Vec<u8>>> {
        let mut seeds = (self.seeds)()?;
        seeds.extend(self.found()?);
        seeds.retain(|seed| seed.len() <= MAX_SEED);
        Ok(seeds)
    }
}

/// The time that every run uses, so that a fuzzer can reproduce its findings.
fn at() -> Timestamp {
    Timestamp::constant(1_795_600_000, 0)
}

fn learn(intake: input::ParsedInput) {
    let mut facts = Facts::default();
    intake.store(&mut facts, at());
    let _findings = rules::findings(&facts, at());
}

fn read_file(bytes: &[u8]) {
    let answer = inspection::inspect_file_at(None, bytes, ExpectedKind::Auto, at());
    assert_eq!(
        answer.verdict == Verdict::Reject,
        answer.content.is_none(),
        "refused content is returned"
    );
    learn(input::imported("dropped", bytes, Step::Application, at()));
}

/// The signed content of the fixture responses. No other content can have a valid signature.
static GENUINE: LazyLock<Vec<Assertion>> = LazyLock::new(|| {
    let responses = responses().unwrap_or_default();
    let proven =
        responses.iter().filter_map(|bytes| find_signed_assertion(&Response::read(bytes).ok()?));
    proven.collect()
});

fn read_response(bytes: &[u8]) {
    let Ok(response) = Response::read(bytes) else {
        return;
    };
    let expected = ExpectedValues::from_facts(&Facts::default(), None);
    let dry_run = dry_run(&response, &expected, at());
    assert_ne!(dry_run.verdict, RowVerdict::Pass, "a response passed without a certificate");
    if let Some(assertion) = find_signed_assertion(&response) {
        assert!(GENUINE.contains(&assertion), "unsigned content is trusted");
    }
}

fn read_recording(bytes: &[u8]) {
    let recording = Recording::read(bytes);
    assert_eq!(
        recording.responses().next().is_none(),
        recording.refusal.is_some(),
        "a recording without a response has no reason"
    );
    for message in &recording.messages {
        let is_read = match message.kind {
            MessageKind::Request => AuthnRequest::from_xml(&message.text).is_ok(),
            MessageKind::Response => Response::from_xml(&message.text).is_ok(),
        };
        assert!(is_read, "a message can't be read");
    }
    let expected = ExpectedValues::from_facts(&Facts::default(), None);
    let check = check_recording(&recording, &expected, at());
    let passed = check.dry_run().is_some_and(|dry_run| dry_run.verdict == RowVerdict::Pass);
    assert!(!passed, "a response passed without a certificate");
}

/// Returns the fixture responses in the containers that tools save them in.
fn recordings() -> Result<Vec<Vec<u8>>> {
    let mut all = Vec::new();
    for response in responses()? {
        let xml = String::from_utf8_lossy(&response).into_owned();
        let base64 = STANDARD.encode(&response);
        let form: String = byte_serialize(base64.as_bytes()).collect();
        let form = format!("SAMLResponse={form}&RelayState=");
        all.extend([
            json!({ "log": { "entries": [
                { "request": { "url": "https://app.nops.io/sso/v1/a/?acs", "postData": { "text": form } }, "response": { "status": 403 } },
            ] } })
            .to_string(),
            json!({ "requests": [{ "url": "https://app.nops.io/", "post": [["SAMLResponse", base64]], "saml": xml }] })
                .to_string(),
            format!("curl 'https://app.nops.io/' --data-raw $'{}'", form.replace('%', "\\u0025")),
            format!("curl ^\"https://app.nops.io/^\" --data-raw ^\"{}^\"", form.replace('%', "^%^")),
            base64.replace('+', " "),
            STANDARD.encode(&base64),
            xml.replace('<', "&lt;"),
        ]);
    }
    Ok(all.into_iter().map(String::into_bytes).collect())
}

/// Returns the assertion whose signature is valid for the fixtures' certificate.
fn find_signed_assertion(response: &Response) -> Option<Assertion> {
    let certificate = Certificate::read(CERTIFICATE).ok()?.certificate;
    let verification = response.verify(&[certificate]);
    verification.assertion.cloned()
}

fn read_handover(bytes: &[u8]) {
    let Ok(handover) = Handover::read(bytes) else {
        return;
    };
    let saved = handover.to_json().unwrap_or_default();
    assert_eq!(Handover::read(&saved).as_ref(), Ok(&handover), "a saved file is read differently");
    assert!(Handover::is_recognized(&saved), "a saved file isn't recognized");
    let choices = compare(&Facts::default(), &handover, at());
    let choices = choices.into_iter().map(|value| (value.field, Choice::Theirs)).collect();
    if let Ok((facts, _)) = merge(&Facts::default(), &handover, None, &choices, at()) {
        let _findings = rules::findings(&facts, at());
    }
}

/// Returns handovers with addresses and settings.
fn handovers() -> Result<Vec<Vec<u8>>> {
    let subject = HandoverSubject {
        setup: Uuid::nil(),
        organization: "Example Corp".to_owned(),
        practice: false,
        repair: false,
        lane: None,
    };
    let mut facts = Facts::default();
    for (field, text) in [
        (Field::SpAcsUrl, "https://app.nops.io/sso/v1/0b7acc21-5a34-4d1e-9a55-1f6f0b7c2d10/?acs"),
        (Field::NopsSaved, "true"),
        (Field::Tester, "ana@example.com"),
    ] {
        facts.record(field, FactValue::Text(text.to_owned()), Source::Entered, at());
    }
    let personal = PersonalData::Included { sender: "Ana" };
    let saved = [(Side::Aws, personal), (Side::Nops, personal), (Side::Aws, PersonalData::LeftOut)]
        .map(|(to, personal)| Handover::new(&subject, to, personal, &facts, at()).to_json());
    Ok(saved.into_iter().collect::<std::result::Result<_, _>>()?)
}

fn read_people(bytes: &[u8]) {
    let Ok(text) = csv::decode(bytes) else {
        return;
    };
    let mut people = People::default();
    let added = people.add_csv(&text);
    assert_eq!(people.rows().len(), added as usize, "the count of added people is wrong");
    let mut names = BTreeSet::new();
    for person in people.rows() {
        let name = person.user_name.to_lowercase();
        assert!(!name.contains(char::is_control), "a name has control characters");
        assert!(names.insert(name), "a person is listed twice");
    }
    let team = nops_team::addresses(&text).unwrap_or_default();
    let different: BTreeSet<_> = team.iter().map(|one| one.to_lowercase()).collect();
    assert_eq!(different.len(), team.len(), "a team member is listed twice");
}

fn responses() -> Result<Vec<Vec<u8>>> {
    let folder = root().join("src-tauri/crates/saml/tests/fixtures");
    let mut found = Vec::new();
    for file in fs::read_dir(folder)? {
        let file = file?.path();
        if file.extension().is_some_and(|extension| extension == "xml") {
            found.push(fs::read(file)?);
        }
    }
    Ok(found)
}

fn links_and_tables() -> Result<Vec<Vec<u8>>> {
    let links = links()?.into_iter().map(|pasted| pasted.text);
    let tables = tables().into_iter().map(|table| table.text);
    let html = GOOD.iter().map(|row| format!("<tr><td>{}</td></tr>", row.join("</td><td>")));
    let table = format!("<table>{}</table>", html.collect::<String>());
    let all = links.chain(tables).chain([with_tabs(&GOOD), table]);
    Ok(all.map(String::into_bytes).collect())
}
