//! Tests the command line as a script uses it: JSON on stdout, diagnostics on stderr, exit status.

#![expect(clippy::unwrap_used, reason = "a step of a test that can't be taken fails the test")]

#[path = "cli/doctor.rs"]
mod doctor;
#[path = "cli/inspect.rs"]
mod inspect;
#[path = "cli/provision.rs"]
mod provision;
#[path = "cli/secrets.rs"]
mod secrets;
#[path = "cli/watch.rs"]
mod watch;

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use jiff::Timestamp;
use serde_json::{Value, json};
use setup::ValuesDocument;
use storage::store::{Setup, SetupKind};
use uuid::Uuid;

/// A time within the validity of the fixtures' certificates and responses.
const NOW: &str = "2026-11-24T10:01:00Z";
const ACS: &str = "https://app.nops.io/sso/v1/0b7acc21-5a34-4d1e-9a55-1f6f0b7c2d10/?acs";
const ENTITY_ID: &str = "https://app.nops.io/sso/v1/0b7acc21-5a34-4d1e-9a55-1f6f0b7c2d10/metadata";
const ISSUER: &str = "https://portal.sso.us-east-1.amazonaws.com/saml/assertion/\
                      MTIzNDU2Nzg5MDEyX2lucy1mZWRjYmE5ODc2NTQzMjEw";

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("crates/saml/tests/fixtures").join(name)
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nops-sso-setup"));
    command.args(arguments).stdin(Stdio::null());
    command
}

/// Runs the program to its end with `input` on stdin.
fn run(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = command(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // A program may end without reading its input, which closes the pipe.
    let _closed = stdin.write_all(input);
    drop(stdin);
    child.wait_with_output().unwrap()
}

/// Returns the exit status and the JSON lines on stdout.
fn lines(output: &Output) -> (i32, Vec<Value>) {
    let stdout = String::from_utf8(output.stdout.clone()).unwrap();
    let lines = stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    (output.status.code().unwrap(), lines)
}

fn check(values: &Value) -> (i32, Value) {
    let (status, mut lines) =
        lines(&run(&["check", "-", "--now", NOW], values.to_string().as_bytes()));
    assert_eq!(lines.len(), 1);
    (status, lines.remove(0))
}

fn codes(answer: &Value) -> Vec<&str> {
    let findings = answer["findings"].as_array().unwrap();
    findings.iter().map(|finding| finding["code"].as_str().unwrap()).collect()
}

/// Returns values that are correct on both sides.
fn right_values() -> Value {
    let certificate = fs::read_to_string(fixture("certificate.pem")).unwrap();
    json!({
        "aws_account_id": "123456789012", "aws_region": "us-east-1",
        "idp_entity_id": ISSUER, "idp_sso_url": ISSUER, "idp_x509_pem": certificate,
        "sp_acs_url": ACS, "sp_entity_id": ENTITY_ID, "aws_acs_url": ACS, "aws_audience": ENTITY_ID,
        "nops_issuer_url": ISSUER, "nops_sso_endpoint": ISSUER, "nops_x509": certificate,
        "nops_sso_type": "AWS", "nops_default_role": "client-member", "nops_domain": "",
        "nops_enforce": false, "nops_group_mapping": false, "tester": "ana@example.com",
        "attribute_mappings": [
            {"attribute": "Subject", "value": "${user:email}", "format": "emailAddress"},
            {"attribute": "User.Email", "value": "${user:email}", "format": "basic"},
            {"attribute": "User.FirstName", "value": "${user:givenName}", "format": "basic"},
            {"attribute": "User.LastName", "value": "${user:familyName}", "format": "basic"}
        ]
    })
}

fn with(key: &str, value: Value) -> Value {
    let mut values = right_values();
    values[key] = value;
    values
}

fn saved(folder: &tempfile::TempDir, values: &Value) -> String {
    let file = folder.path().join("values.json");
    fs::write(&file, values.to_string()).unwrap();
    file.to_str().unwrap().to_owned()
}

#[test]
fn check_finds_no_problems_in_correct_setup() {
    let (status, answer) = check(&right_values());
    let worse: Vec<_> = answer["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|finding| finding["severity"] != "info")
        .collect();
    assert_eq!((status, worse), (0, vec![]));
}

#[test]
fn check_reports_values_and_fix() {
    let swapped = {
        let mut values = with("sp_acs_url", json!(ENTITY_ID));
        values["sp_entity_id"] = json!(ACS);
        values
    };
    let (status, answer) = check(&swapped);
    assert_eq!(status, 1);
    let finding = answer["findings"]
        .as_array()
        .unwrap()
        .iter()
        .find(|finding| finding["code"] == "addresses_swapped")
        .unwrap();
    assert_eq!((&finding["severity"], &finding["side"]), (&json!("error"), &json!("nops")));
    assert_eq!((&finding["expected"], &finding["received"]), (&json!(ACS), &json!(ENTITY_ID)));
    assert!(finding["message"].is_string() && finding["fix"].is_string(), "{finding}");
    for key in [
        "id", "code", "severity", "side", "field", "item", "message", "given", "expected",
        "received", "fix",
    ] {
        assert!(finding.get(key).is_some(), "{key} in {finding}");
    }
}

#[test]
fn check_names_fields_by_document_keys() {
    let (status, answer) = check(&with("idp_x509_pem", json!("<html></html>")));
    assert_eq!(status, 1);
    let finding = &answer["findings"][0];
    assert_eq!(
        (&finding["code"], &finding["field"]),
        (&json!("reading-wrong_kind"), &json!("idp_x509_pem"))
    );
}

#[test]
fn check_numbers_mapping_rows() {
    let mut values = right_values();
    for row in 1..4 {
        values["attribute_mappings"][row]["value"] = json!("");
    }
    let (_, answer) = check(&values);
    let findings = answer["findings"].as_array().unwrap();
    let empty: Vec<_> =
        findings.iter().filter(|finding| finding["code"] == "mapping_empty").collect();
    let items: Vec<_> = empty.iter().map(|finding| finding["item"].clone()).collect();
    assert_eq!(items, [2, 3, 4].map(|number| json!({"kind": "row", "number": number})));
    let ids: std::collections::BTreeSet<_> =
        findings.iter().map(|finding| finding["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), findings.len(), "{ids:?}");
}

#[test]
fn check_warns_of_unknown_keys() {
    let (status, answer) = check(&with("sp_acs_ulr", json!("x")));
    assert_eq!(status, 0, "a warning isn't an error");
    assert_eq!(answer["findings"][0]["code"], "unknown_key");
    assert_eq!(answer["findings"][0]["expected"], "sp_acs_url");
}

#[test]
fn check_messages_are_complete() {
    for key in right_values().as_object().unwrap().keys() {
        for value in [json!(""), json!("x"), json!([{}])] {
            let (_, answer) = check(&with(key, value));
            let said = answer.to_string();
            assert!(!said.contains('⟦') && !said.contains("{$"), "{key}: {said}");
        }
    }
}

#[test]
fn private_key_in_values_is_reported_not_printed() {
    let key = fs::read_to_string(fixture("test-only-private-key-signing.pem")).unwrap();
    let line = key.lines().nth(1).unwrap().to_owned();
    for field in ["nops_x509", "idp_x509_pem", "aws_acs_url"] {
        let values = with(field, json!(key)).to_string();
        let output = run(&["check", "-"], values.as_bytes());
        let (status, lines) = lines(&output);
        assert_eq!(status, 1, "{field}");
        assert!(codes(&lines[0]).contains(&"secret_pasted"), "{field}: {}", lines[0]);
        for said in [&output.stdout, &output.stderr] {
            assert!(!String::from_utf8_lossy(said).contains(&line), "{field}");
        }
    }
}

#[test]
fn unreadable_document_exits_2_without_printing_it() {
    for document in ["", "\"SECRET-CANARY\"", "{\"tester\": SECRET-CANARY", "[\"SECRET-CANARY\"]"] {
        let output = run(&["check", "-"], document.as_bytes());
        assert_eq!(output.status.code(), Some(2), "{document}");
        assert!(output.stdout.is_empty(), "{document}");
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains("line") && !said.contains("SECRET-CANARY"), "{said}");
    }
}

/// Windows PowerShell writes UTF-16, and some editors write a byte order mark.
#[test]
fn values_with_byte_order_mark_are_read() {
    let text = format!("\u{feff}{}", right_values());
    let little = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for values in [text.into_bytes(), little, big] {
        let (status, lines) = lines(&run(&["check", "-", "--now", NOW], &values));
        assert_eq!((status, &lines[0]["findings"]), (0, &json!([])));
    }
}

#[test]
fn dry_run_passes_correct_responses() {
    let folder = tempfile::tempdir().unwrap();
    let values = saved(&folder, &right_values());
    for name in ["response-signed.xml", "assertion-signed.xml", "both-signed.xml"] {
        let response = fs::read(fixture(name)).unwrap();
        let output = run(&["dry-run", "--values", &values, "-", "--now", NOW], &response);
        let (status, lines) = lines(&output);
        assert_eq!((status, &lines[0]["verdict"]), (0, &json!("pass")), "{name}: {}", lines[0]);
        let receipt = lines[0]["receipt"].as_str().unwrap();
        assert!(receipt.starts_with("nops-sso-dry-run pass "), "{receipt}");
        for row in lines[0]["rows"].as_array().unwrap() {
            for key in ["check", "expected", "received", "verdict"] {
                assert!(row[key].is_string(), "{key} in {row}");
            }
            for side in ["expected", "received"] {
                assert!(!row[side].as_str().unwrap().starts_with("dry-run-"), "{row}");
            }
        }
    }
}

/// A HAR file has cookies and other requests. None of them are printed.
#[test]
fn recorded_sign_in_is_checked_without_its_cookies() {
    let folder = tempfile::tempdir().unwrap();
    let values = saved(&folder, &right_values());
    let response = fs::read_to_string(fixture("response-signed.xml")).unwrap();
    let entry = |url: &str, page: &str| {
        json!({
            "request": {
                "url": url,
                "headers": [{ "name": "Cookie", "value": "session=private-cookie" }],
            },
            "response": { "status": 200, "content": { "text": page } },
        })
    };
    let har = json!({ "log": { "entries": [
        entry("https://private.example.com/", "private page"),
        entry("https://portal.sso.us-east-1.amazonaws.com/", &response),
    ] } });
    let file = folder.path().join("sign-in.har");
    fs::write(&file, har.to_string()).unwrap();
    let file = file.to_str().unwrap();
    let output = run(&["dry-run", "--values", &values, file, "--now", NOW], b"");
    let (status, found) = lines(&output);
    assert_eq!((status, &found[0]["verdict"]), (0, &json!("pass")), "{}", found[0]);
    assert_eq!(found[0]["findings"][0]["code"], "recording_read", "{}", found[0]);
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(!printed.contains("private"), "{printed}");
    let output = run(&["inspect", file, "--now", NOW], b"");
    let (status, found) = lines(&output);
    assert_eq!((status, &found[0]["kind"]), (1, &json!("recording")), "{}", found[0]);
}

#[test]
fn dry_run_fails_responses_nops_would_reject() {
    let folder = tempfile::tempdir().unwrap();
    let other = fs::read_to_string(fixture("certificate-second.pem")).unwrap();
    let wrong_certificate = {
        let mut values = with("idp_x509_pem", json!(other));
        values["nops_x509"] = json!(other);
        values
    };
    for (values, response, now, failing) in [
        (wrong_certificate, "response-signed.xml", NOW, "signature"),
        (
            with("sp_entity_id", json!("https://app.nops.io/sso/v1/other/metadata")),
            "response-signed.xml",
            NOW,
            "audience",
        ),
        (right_values(), "response-signed.xml", "2026-11-25T10:00:00Z", "time"),
        (right_values(), "response-unsigned.xml", NOW, "signature"),
        (right_values(), "response-signed-sha1.xml", NOW, "signature"),
    ] {
        let values = saved(&folder, &values);
        let response = fixture(response);
        let output =
            run(&["dry-run", "--values", &values, response.to_str().unwrap(), "--now", now], b"");
        let (status, lines) = lines(&output);
        assert_eq!((status, &lines[0]["verdict"]), (1, &json!("fail")), "{failing}");
        let row = lines[0]["rows"]
            .as_array()
            .unwrap()
            .iter()
            .find(|row| row["check"] == failing)
            .unwrap();
        assert_eq!(row["verdict"], "fail", "{row}");
        assert!(!codes(&lines[0]).is_empty(), "{failing}");
    }
}

#[test]
fn dry_run_identifies_other_input() {
    let folder = tempfile::tempdir().unwrap();
    let values = saved(&folder, &right_values());
    for (bytes, code) in [
        (&b""[..], "response-empty"),
        (b"CANARY-of-no-response", "response-unknown"),
        (b"<html>CANARY-of-no-response</html>", "response-web_page"),
        (b"<!DOCTYPE r [<!ENTITY e 'CANARY'>]><r>&e;</r>", "response-dtd"),
    ] {
        let output = run(&["dry-run", "--values", &values, "-"], bytes);
        let (status, lines) = lines(&output);
        assert_eq!((status, &lines[0]["verdict"]), (1, &json!("fail")));
        assert_eq!(codes(&lines[0]), [code]);
        let said = lines[0].to_string();
        assert!(!said.contains('⟦') && !said.contains("CANARY"), "{said}");
    }
}

#[test]
fn practice_prints_addresses_and_serves_them() {
    let mut child = command(&["practice", "--seed", "7", "--switch", "no-shift-click"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let addresses: Value = serde_json::from_str(&line).unwrap();
    for key in ["aws_endpoint", "console", "portal", "metadata", "nops", "nops_api"] {
        assert!(addresses[key].as_str().unwrap().starts_with("http://127.0.0.1:"), "{line}");
    }
    let mailbox = addresses["mailbox"].as_str().unwrap().trim_start_matches("http://");
    let (host, path) = mailbox.split_once('/').unwrap();
    let mut stream = TcpStream::connect(host).unwrap();
    write!(stream, "GET /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

#[test]
fn export_writes_all_formats() {
    let now: Timestamp = NOW.parse().unwrap();
    let mut setup = Setup::new(Uuid::from_u128(7), "Example Corp", SetupKind::Real, now);
    let (facts, _) =
        serde_json::from_value::<ValuesDocument>(right_values()).unwrap().to_facts(now);
    setup.facts = facts;
    setup.people.add_csv("First name,Last name,Email\nLena,Fischer,lena.fischer@example.com\n");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("setup.json");
    let content = setup.to_json().unwrap();
    fs::write(&file, &content).unwrap();
    for (form, part) in [
        ("values", ACS),
        ("html", "<!DOCTYPE html>"),
        ("markdown", "# Example Corp"),
        ("json", "\"organization\": \"Example Corp\""),
        ("sp-metadata", "SPSSODescriptor"),
        ("ics", "\r\nTRIGGER:-P90D\r\n"),
    ] {
        let arguments = ["export", "--setup", file.to_str().unwrap(), "--as", form];
        let output = run(&arguments, b"");
        let stdout = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(0), "{form}");
        assert!(stdout.contains(part), "{form}: {stdout}");
        assert!(!stdout.contains('⟦') && !stdout.contains("{$"), "{form}: {stdout}");
        if form != "values" {
            assert!(!stdout.contains("ana@example.com"), "{form}: {stdout}");
        }
        assert!(!stdout.contains("lena.fischer"), "{form}: {stdout}");
        let named = run(&[&arguments[..], &["--people"]].concat(), b"");
        let named = String::from_utf8(named.stdout).unwrap();
        assert_eq!(
            named.contains("lena.fischer@example.com"),
            ["html", "markdown", "json"].contains(&form),
            "{form}: {named}"
        );
    }
    assert_eq!(fs::read(&file).unwrap(), content, "the file is only read");
    let exported = run(&["export", "--setup", file.to_str().unwrap(), "--as", "values"], b"");
    let (status, _) = lines(&run(&["check", "-", "--now", NOW], &exported.stdout));
    assert_eq!(status, 0);
}

#[test]
fn explain_prints_every_case_of_a_finding() {
    for code in ["certificate_expires_soon", " Certificate_Expires_Soon "] {
        let output = run(&["explain", code], b"");
        let text = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(0));
        for part in ["certificate_expires_soon\n", "expires on … (… days left)", "  Next: Open"]
        {
            assert!(text.contains(part), "{part}: {text}");
        }
    }
    let (status, found) = lines(&run(&["explain", "empty", "--json"], b""));
    let codes: Vec<_> = found[0]["findings"].as_array().unwrap().iter().collect();
    assert_eq!(status, 0);
    assert_eq!(codes.len(), 2, "both readers have this reason: {found:?}");
    assert!(codes.iter().all(|one| !one["cases"][0]["title"].as_str().unwrap().is_empty()));
    let checked = run(&["check", "-", "--now", NOW], b"{\"unknown\": \"\"}");
    assert!(String::from_utf8(checked.stderr).unwrap().contains("explain CODE"));
}

#[test]
fn explain_suggests_codes_like_an_unknown_one() {
    for (code, suggested) in [
        ("certificate_expires_son", Some("certificate_expires_soon")),
        ("expires_soon_certificate", None),
        ("swapped", Some("addresses_swapped")),
        ("", None),
        ("finding-", None),
        ("zzzzzzzz", None),
    ] {
        let output = run(&["explain", code], b"");
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{code}");
        match suggested {
            Some(suggested) => assert!(told.contains(suggested), "{told}"),
            None => assert!(!told.contains("{$"), "{told}"),
        }
    }
}

#[test]
fn wrong_usage_exits_2_with_message() {
    for arguments in [
        &["check"][..],
        &["inspect"],
        &["unknown"],
        &["check", "-", "--now", "yesterday"],
        &["practice", "--switch", "unknown"],
        &["inspect", "--as", "picture", "-"],
        &["export", "--setup", "/nonexistent/setup.json", "--as", "html"],
    ] {
        let output = run(arguments, b"");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty() && !output.stderr.is_empty(), "{arguments:?}");
    }
}

#[test]
fn help_and_version_exit_0() {
    for arguments in [&["--help"][..], &["--version"], &["check", "--help"], &["help", "practice"]]
    {
        let output = run(arguments, b"");
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert!(!output.stdout.is_empty(), "{arguments:?}");
    }
}

#[cfg(windows)]
#[test]
fn only_the_command_line_has_a_console() {
    const WINDOW: u16 = 2;
    const CONSOLE: u16 = 3;
    for (program, subsystem) in [
        (env!("CARGO_BIN_EXE_nops-sso-setup"), CONSOLE),
        (env!("CARGO_BIN_EXE_nops-sso-setup-window"), WINDOW),
    ] {
        let bytes = fs::read(program).unwrap();
        let header = u32::from_le_bytes(bytes[0x3C..0x40].try_into().unwrap()) as usize;
        let found = &bytes[header + 24 + 68..][..2];
        assert_eq!(found, subsystem.to_le_bytes(), "{program}");
    }
}

#[test]
fn closed_stdout_is_not_an_error() {
    let file = fixture("certificate.pem");
    let mut child = command(&["inspect", "-", file.to_str().unwrap(), "--now", NOW])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The program waits for its input until the reader has closed its end.
    drop(child.stdout.take());
    child.stdin.take().unwrap().write_all(&fs::read(&file).unwrap()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr), (Some(0), Vec::new()));
}

#[test]
fn unreadable_files_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("missing.json");
    for file in [folder.path(), &missing] {
        let output = run(&["check", file.to_str().unwrap()], b"");
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(said.contains(file.to_str().unwrap()), "{said}");
    }
}
