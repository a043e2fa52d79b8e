use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::*;
use crate::certificate::Certificate;
use crate::response::{CoveredPart, Response, Signature};

const SIGNED: &str = include_str!("../../tests/fixtures/response-signed.xml");
const CERTIFICATE: &[u8] = include_bytes!("../../tests/fixtures/certificate.pem");
const COOKIE: &str = "session=0123456789abcdef";

fn base64() -> String {
    STANDARD.encode(SIGNED)
}

fn escaped(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

/// Checks that the only response in `text` has a valid signature, and returns the recording.
#[track_caller]
fn check(what: &str, text: &str) -> Recording {
    let recording = Recording::read(text.as_bytes());
    let responses: Vec<&Message> = recording.responses().collect();
    let [message] = responses[..] else {
        panic!("{what}: {} responses, {:?}", responses.len(), recording.refusal);
    };
    let response = Response::from_xml(&message.text).unwrap();
    let certificate = Certificate::read(CERTIFICATE).unwrap().certificate;
    let signature = response.verify(&[certificate]).signature;
    assert_eq!(signature, Signature::Good { certificate: 0, on: CoveredPart::Response }, "{what}");
    recording
}

#[test]
fn escaped_responses_are_found() {
    let (xml, base64) = (SIGNED, base64());
    let form = format!("SAMLResponse={}&RelayState=", escaped(&base64));
    let json = serde_json::to_string(xml).unwrap();
    let html = xml.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    let unicode = xml.chars().fold(String::new(), |mut text, c| {
        match c {
            '<' | '>' | '"' => write!(text, "\\u{:04x}", u32::from(c)).unwrap(),
            _ => text.push(c),
        }
        text
    });
    for (what, text) in [
        ("log", format!("2026-11-28 DEBUG [8123] response: {xml}\nnext line")),
        ("JSON string", json.clone()),
        ("JSON log", format!("{{\"level\":\"debug\",\"xml\":{json}}}")),
        ("JSON in JSON", serde_json::to_string(&format!("{{\"xml\":{json}}}")).unwrap()),
        ("JSON lines", format!("{{\"a\":1}}\n{{\"xml\":{json}}}\n")),
        ("text before JSON", format!("INFO {{\"xml\":{json}}}")),
        ("HTML", html.clone()),
        ("HTML in JSON", serde_json::to_string(&html).unwrap()),
        ("unicode escapes", unicode),
        ("Python", format!("b'{}'", xml.replace('\n', "\\n"))),
        ("percent", escaped(xml)),
        ("form with XML", format!("SAMLResponse={}", escaped(xml).replace("%20", "+"))),
        ("percent twice", escaped(&form)),
        ("form in HTML", format!("<p>{}</p>", form.replace('&', "&amp;"))),
        (
            "base64 of a page",
            STANDARD.encode(format!("<html><input value=\"{base64}\" name=SAMLResponse></html>")),
        ),
        ("UTF-16 in base64", {
            let units = std::iter::once(0xFEFF).chain(xml.encode_utf16());
            STANDARD.encode(units.flat_map(u16::to_le_bytes).collect::<Vec<u8>>())
        }),
    ] {
        assert_eq!(check(what, &text).responses().next().unwrap().repair, None, "{what}");
    }
}

#[test]
fn damaged_base64_is_repaired_with_a_note() {
    let base64 = base64();
    let lines = |text: &str| -> String {
        let lines = text.as_bytes().chunks(76).map(|line| std::str::from_utf8(line).unwrap());
        lines.collect::<Vec<_>>().join("\n")
    };
    for (what, text, repair) in [
        ("spaces", base64.replace('+', " "), Repair::Spaces),
        (
            "spaces in a form",
            format!("SAMLResponse={}&RelayState=", base64.replace('+', " ")),
            Repair::Spaces,
        ),
        ("twice", STANDARD.encode(&base64), Repair::Twice),
        ("twice in lines", lines(&STANDARD.encode(lines(&base64))), Repair::Twice),
        ("three times", STANDARD.encode(STANDARD.encode(&base64)), Repair::Twice),
    ] {
        assert_eq!(check(what, &text).responses().next().unwrap().repair, Some(repair), "{what}");
    }
}

#[test]
fn placeholders_are_recognized() {
    let check = |text: &str, expect: ResponseError| {
        assert_eq!(Recording::read(text.as_bytes()).refusal, Some(expect), "{text}");
    };
    for masked in ["[redacted]", "***", "{hash:sha256:9f2c}", "REDACTED", "<removed>", "[FILTERED]"]
    {
        check(&format!("SAMLResponse={masked}&RelayState="), ResponseError::Masked);
        check(&format!("{{\"SAMLResponse\": \"{masked}\"}}"), ResponseError::Masked);
        check(&format!("[[\"SAMLResponse\", \"{masked}\"]]"), ResponseError::Masked);
        check(&format!("\"SAMLResponse\"=>\"{masked}\""), ResponseError::Masked);
    }
    check("SAMLResponse: the response was not found", ResponseError::Unknown);
    check("{'SAMLResponse': [''], 'RelayState': ['']}", ResponseError::Unknown);
    let cut = &base64()[..3000];
    check(&format!("SAMLResponse={cut}…"), ResponseError::Cut);
    check(
        &format!("{{\"url\": \"https://example.com/\", \"Cookie\": \"{COOKIE}\"}}"),
        ResponseError::NoMessage,
    );
}

#[test]
fn headers_and_other_content_are_never_kept() {
    let har = format!(
        r#"{{"log":{{"entries":[
          {{"request":{{"method":"GET","url":"https://example.com/secret","headers":[{{"name":"Cookie","value":"{COOKIE}"}}],"cookies":[]}},"response":{{"status":200,"content":{{"text":"private"}}}}}},
          {{"request":{{"method":"POST","url":"https://app.nops.io/sso/v1/a/?acs","cookies":[{{"name":"a","value":"{COOKIE}"}}],"postData":{{"text":"SAMLResponse={}"}}}},"response":{{"status":403}}}}
        ]}}}}"#,
        escaped(&base64())
    );
    let recording = check("HAR", &har);
    assert_eq!((recording.exchanges, recording.used), (2, 1));
    let message = recording.responses().next().unwrap();
    assert_eq!(message.sent_to.as_deref(), Some("https://app.nops.io/sso/v1/a/?acs"));
    assert_eq!(message.status, Some(403));
    assert_eq!(message.text.as_str(), SIGNED.trim());
    assert!(!format!("{recording:?}").contains("nops.io"));
}

#[test]
fn intact_copy_wins() {
    let pretty = SIGNED.replace("><", ">\n  <");
    let json = serde_json::json!({ "saml": pretty, "post": [["SAMLResponse", base64()]] });
    check("formatted and intact", &json.to_string());
}
