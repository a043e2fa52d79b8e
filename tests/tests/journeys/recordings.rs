//! A correct response in all formats that browsers and tools use to copy it, and similar input that
//! is rejected.

use std::{fs, io::Write as _};

use acceptance::{
    Result, ensure,
    harness::Harness,
    secret_scan,
    steps::{self, TESTER},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use flate2::{Compression, write::DeflateEncoder};
use jiff::Timestamp;
use nops_sso_practice::Switches;
use saml::recording::Recording;
use serde_json::{Value as Json, json};
use session::{
    Secret,
    action::{DryRunAction, SignInTestAction, StepAction},
    view::SignInTestResult,
};
use setup::{
    FactValue, Facts, Field, Severity, Source, Step,
    dry_run::{ExpectedValues, RowVerdict, check_recording},
};
use url::form_urlencoded::byte_serialize;

/// Created with signxml for Python; see fixtures/make_responses.py.
const SIGNED: &str =
    include_str!("../../../src-tauri/crates/saml/tests/fixtures/response-signed.xml");
const UNSIGNED: &str =
    include_str!("../../../src-tauri/crates/saml/tests/fixtures/response-unsigned.xml");
const CERTIFICATE: &str =
    include_str!("../../../src-tauri/crates/saml/tests/fixtures/certificate.pem");

const ACS: &str = "https://app.nops.io/sso/v1/0b7acc21-5a34-4d1e-9a55-1f6f0b7c2d10/?acs";
const ENTITY_ID: &str = "https://app.nops.io/sso/v1/0b7acc21-5a34-4d1e-9a55-1f6f0b7c2d10/metadata";
const ISSUER: &str = "https://portal.sso.us-east-1.amazonaws.com/saml/assertion/\
                      MTIzNDU2Nzg5MDEyX2lucy1mZWRjYmE5ODc2NTQzMjEw";
const COOKIE: &str = "session=0123456789abcdef0123456789abcdef";

#[derive(Debug, PartialEq, Eq)]
enum Outcome {
    /// The response passes, with these notes and warnings about the recording.
    Pass(Vec<String>),
    /// The response doesn't pass. The first finding gives the reason.
    Refused(String),
}

fn pass(notes: &[&str]) -> Outcome {
    Outcome::Pass(notes.iter().map(|note| (*note).to_owned()).collect())
}

fn refused(code: &str) -> Outcome {
    Outcome::Refused(code.to_owned())
}

fn outcome(text: &str) -> Outcome {
    let mut facts = Facts::default();
    // 2026-11-24T10:05:00Z
    let now = Timestamp::constant(1_795_514_700, 0);
    for (field, value) in [
        (Field::SpAcsUrl, ACS),
        (Field::SpEntityId, ENTITY_ID),
        (Field::IdpEntityId, ISSUER),
        (Field::IdpSsoUrl, ISSUER),
        (Field::IdpCertificate, CERTIFICATE),
    ] {
        facts.record(field, FactValue::Text(value.to_owned()), Source::Entered, now);
    }
    let expected = ExpectedValues::from_facts(&facts, None);
    let check = check_recording(&Recording::read(text.as_bytes()), &expected, now);
    let shown = format!("{:?} {:?} {:?}", check.dry_run(), check.notes, check.learned);
    assert!(!shown.contains(COOKIE) && !shown.contains("private"), "{shown}");
    let passed = check.dry_run().is_some_and(|dry_run| dry_run.verdict == RowVerdict::Pass);
    if passed {
        return Outcome::Pass(check.notes.into_iter().map(|note| note.code).collect());
    }
    let results = check.checked.into_iter().flat_map(|(_, dry_run)| dry_run.findings);
    let mut all: Vec<_> = check.notes.into_iter().chain(results).collect();
    all.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    let worst = all.first().filter(|finding| finding.severity > Severity::Info);
    Outcome::Refused(worst.map(|finding| finding.code.clone()).unwrap_or_default())
}

#[track_caller]
fn check(cases: &[(&str, String, Outcome)]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|(what, text, expect)| {
            let outcome = outcome(text);
            (outcome != *expect).then(|| format!("{what}: {outcome:?} instead of {expect:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn base64() -> String {
    STANDARD.encode(SIGNED)
}

fn escaped(text: &str) -> String {
    byte_serialize(text.as_bytes()).collect()
}

fn form(response: &str) -> String {
    format!("SAMLResponse={}&RelayState=", escaped(response))
}

fn lines(text: &str, length: usize) -> String {
    let lines = text.as_bytes().chunks(length).map(String::from_utf8_lossy);
    lines.collect::<Vec<_>>().join("\n")
}

fn html(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Returns nOps's request for signing in.
fn request(destination: &str) -> String {
    format!(
        "<samlp:AuthnRequest xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\" xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\" ID=\"ONELOGIN_1\" Version=\"2.0\" IssueInstant=\"2026-11-24T10:00:00Z\" Destination=\"{destination}\" AssertionConsumerServiceURL=\"{ACS}\"><saml:Issuer>{ENTITY_ID}</saml:Issuer></samlp:AuthnRequest>"
    )
}

/// Returns the address that nOps redirects to, which contains the deflated request.
#[expect(clippy::unwrap_used, reason = "writing to memory can't fail")]
fn redirect(destination: &str) -> String {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(request(destination).as_bytes()).unwrap();
    let deflated = STANDARD.encode(encoder.finish().unwrap());
    format!("{ISSUER}?SAMLRequest={}&RelayState=x", escaped(&deflated))
}

/// Returns a HAR file entry that has a cookie and private content.
fn entry(url: &str, post: &Json, status: u16) -> Json {
    json!({
        "startedDateTime": "2026-11-24T10:00:00.000Z",
        "request": {
            "method": if post.is_null() { "GET" } else { "POST" },
            "url": url,
            "headers": [{ "name": "Cookie", "value": COOKIE }],
            "cookies": [{ "name": "session", "value": COOKIE }],
            "postData": post,
        },
        "response": {
            "status": status,
            "headers": [{ "name": "Set-Cookie", "value": COOKIE }],
            "content": { "mimeType": "text/html", "text": "<p>private</p>" },
        },
    })
}

fn har(entries: &[Json]) -> String {
    json!({ "log": { "version": "1.2", "creator": { "name": "WebInspector" }, "entries": entries } })
        .to_string()
}

fn posted(text: &str) -> Json {
    json!({ "mimeType": "application/x-www-form-urlencoded", "text": text })
}

fn other() -> Json {
    entry("https://private.example.com/", &Json::Null, 200)
}

#[test]
fn har_files() {
    let read = &["recording_read"][..];
    let to_acs = |post: &Json, status| entry(ACS, post, status);
    let form = form(&base64());
    let encoded_content = {
        let page = format!(
            "<form action=\"{ACS}\"><input name=\"SAMLResponse\" value=\"{}\"></form>",
            base64()
        );
        let mut entry = entry(ISSUER, &Json::Null, 200);
        entry["response"]["content"] =
            json!({ "encoding": "base64", "text": STANDARD.encode(&page) });
        entry
    };
    let plain_content = {
        let mut entry = entry(ISSUER, &Json::Null, 200);
        entry["response"]["content"]["text"] =
            json!(format!("<input name=SAMLResponse value='{}'>", base64()));
        entry
    };
    let upstream =
        STANDARD.encode(UNSIGNED.replace("0b7acc21", "1c8bdd32").replace("_1111", "_9999"));
    check(&[
        ("Chrome", har(&[other(), to_acs(&posted(&form), 302)]), pass(read)),
        (
            "Firefox, parameters only",
            har(&[to_acs(
                &json!({ "params": [{ "name": "SAMLResponse", "value": base64() }], "text": "" }),
                302,
            )]),
            pass(read),
        ),
        (
            "Safari, escaped parameters",
            har(&[to_acs(
                &json!({ "params": [{ "name": "SAMLResponse", "value": escaped(&base64()) }] }),
                302,
            )]),
            pass(read),
        ),
        ("content in base64", har(&[other(), encoded_content]), pass(read)),
        ("content as text", har(&[plain_content]), pass(read)),
        (
            "with nOps’s request",
            har(&[entry(&redirect(ISSUER), &Json::Null, 200), to_acs(&posted(&form), 302)]),
            pass(read),
        ),
        (
            "response of another sign-in first",
            har(&[
                entry(
                    "https://signin.example.com/acs",
                    &posted(&format!("SAMLResponse={}", escaped(&upstream))),
                    302,
                ),
                to_acs(&posted(&form), 302),
            ]),
            pass(read),
        ),
        (
            "response of another sign-in last",
            har(&[
                to_acs(&posted(&form), 302),
                entry(
                    "https://signin.example.com/acs",
                    &posted(&format!("SAMLResponse={}", escaped(&upstream))),
                    302,
                ),
            ]),
            pass(read),
        ),
        (
            "refused by nOps",
            har(&[to_acs(&posted(&form), 403)]),
            pass(&["recording_stopped", "recording_read"]),
        ),
        (
            "posted elsewhere",
            har(&[entry("https://app.nops.io/other", &posted(&form), 302)]),
            pass(&["recording_stopped", "recording_read"]),
        ),
        (
            "cut off at the end",
            har(&[to_acs(&posted(&form), 302), other()]).trim_end_matches("}]}}").to_owned(),
            pass(&["recording_read"]),
        ),
        (
            "masked",
            har(&[to_acs(&posted("SAMLResponse=[redacted]&RelayState="), 302)]),
            refused("response-masked"),
        ),
        (
            "masked parameters",
            har(&[to_acs(&json!({ "params": [{ "name": "SAMLResponse", "value": "***" }] }), 302)]),
            refused("response-masked"),
        ),
        ("no SAML message", har(&[other(), other()]), refused("response-no_message")),
        (
            "request without response",
            har(&[entry(&redirect(ISSUER), &Json::Null, 200)]),
            refused("recording_stopped"),
        ),
        (
            "request refused by AWS",
            har(&[entry(&redirect(ISSUER), &Json::Null, 400)]),
            refused("recording_stopped"),
        ),
        ("cut response", har(&[to_acs(&posted(&form[..3000]), 302)]), refused("response-cut")),
        (
            "response to another setup",
            har(&[to_acs(&posted(&format!("SAMLResponse={}", escaped(&upstream))), 302)]),
            refused("dry_run_unsigned"),
        ),
    ]);
}

#[test]
fn exports_of_other_tools() {
    let read = &["recording_read"][..];
    let tracer = |value: &str, saml: &Json| {
        json!({ "requests": [
            { "method": "GET", "url": "https://private.example.com/", "requestHeaders": [{ "name": "Cookie", "value": COOKIE }], "responseStatus": 200 },
            { "method": "POST", "url": ACS, "post": [["SAMLResponse", value], ["RelayState", ""]], "saml": saml, "responseStatus": 302, "protocol": "SAML-P" },
        ], "timestamp": "2026-11-24T10:00:00.000Z" })
        .to_string()
    };
    let pretty = SIGNED.replace("><", ">\n  <");
    check(&[
        ("SAML-tracer", tracer(&base64(), &json!(SIGNED)), pass(read)),
        ("SAML-tracer, formatted copy", tracer(&base64(), &json!(pretty)), pass(read)),
        ("SAML-tracer, masked value", tracer("{hash:sha256:9f2c}", &json!(SIGNED)), pass(read)),
        ("SAML-tracer, all masked", tracer("***", &Json::Null), refused("response-masked")),
        (
            "SAML-tracer, Parameters tab",
            format!("POST\nSAMLResponse: {}\nRelayState: \n", base64()),
            pass(&[]),
        ),
        ("SAML-tracer, SAML tab", pretty.clone(), refused("dry_run_reformatted")),
        (
            "SAML Message Decoder",
            format!("Binding: HTTP-POST\nRelayState: \nParsed:\n{SIGNED}\n"),
            pass(&[]),
        ),
        ("JSON log", json!({ "level": "debug", "xml": SIGNED }).to_string(), pass(&[])),
        (
            "log line",
            format!("2026-11-24 10:00:01,123 DEBUG [saml2.response] response: {SIGNED}"),
            pass(&[]),
        ),
        (
            "log of base64",
            format!("INFO acs: SAMLResponse {} RelayState None", base64()),
            pass(&[]),
        ),
        ("HTML-escaped", html(SIGNED), pass(&[])),
        (
            "Python bytes",
            format!("b'{}'", SIGNED.replace('\n', "\\n").replace('ễ', "\\xe1\\xbb\\x85")),
            pass(&[]),
        ),
        (
            "Python dict",
            format!("{{'SAMLResponse': ['{}'], 'RelayState': ['']}}", base64()),
            pass(&[]),
        ),
        (
            "QueryDict",
            format!("<QueryDict: {{'SAMLResponse': ['{}'], 'RelayState': ['']}}>", base64()),
            pass(&[]),
        ),
        (
            "Ruby log",
            format!("Parameters: {{\"SAMLResponse\"=>\"{}\", \"RelayState\"=>\"\"}}", base64()),
            pass(&[]),
        ),
        (
            "Ruby log, filtered",
            "Parameters: {\"SAMLResponse\"=>\"[FILTERED]\"}".to_owned(),
            refused("response-masked"),
        ),
    ]);
}

#[test]
fn copies_from_browsers() {
    let read = &["recording_read"][..];
    let form = form(&base64());
    let cmd = form.replace('%', "^%^").replace('&', "^&");
    let cookie = format!("-H 'cookie: {COOKIE}'");
    check(&[
        ("form body", form.clone(), pass(&[])),
        ("base64", base64(), pass(&[])),
        ("XML", SIGNED.to_owned(), pass(&[])),
        ("payload pane", format!("SAMLResponse\n{}\nRelayState\n\n", base64()), pass(&[])),
        ("payload pane, source", format!("Form Data\nview source\nview URL-encoded\nSAMLResponse: \n{}\nRelayState: \n", base64()), pass(&[])),
        ("cURL for Bash", format!("curl '{ACS}' \\\n  {cookie} \\\n  --data-raw '{form}' \\\n  --compressed"), pass(read)),
        ("cURL for Bash, $''", format!("curl '{ACS}' \\\n  {cookie} \\\n  --data-raw $'{}'", form.replace("%2B", "\\u002B")), pass(read)),
        ("cURL for cmd", format!("curl ^\"{ACS}^\" ^\n  -H ^\"cookie: {COOKIE}^\" ^\n  --data-raw ^\"{cmd}^\""), pass(read)),
        ("cURL with --data-urlencode", format!("curl -X POST '{ACS}' --data-urlencode 'SAMLResponse={}' --data-urlencode 'RelayState='", base64()), pass(read)),
        ("PowerShell", format!("$session.Cookies.Add((New-Object System.Net.Cookie(\"session\", \"{COOKIE}\", \"/\", \"app.nops.io\")))\nInvoke-WebRequest -UseBasicParsing -Uri \"{ACS}\" `\n-Method \"POST\" `\n-Body \"{form}\""), pass(read)),
        ("fetch", format!("fetch(\"{ACS}\", {{\n  \"headers\": {{ \"cookie\": \"{COOKIE}\" }},\n  \"body\": \"{form}\",\n  \"method\": \"POST\"\n}});"), pass(read)),
        ("multipart", format!("------WebKitFormBoundaryAAAA\r\nContent-Disposition: form-data; name=\"SAMLResponse\"\r\n\r\n{}\r\n------WebKitFormBoundaryAAAA--", base64()), pass(read)),
        ("raw HTTP", format!("POST /sso HTTP/1.1\r\nHost: app.nops.io\r\nCookie: {COOKIE}\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n{form}"), pass(read)),
        ("page source", format!("<html><body onload=\"submit()\"><form method=\"post\" action=\"{ACS}\"><input type=\"hidden\" value=\"{}\" name=\"SAMLResponse\"/></form></body></html>", base64()), pass(read)),
        ("page source in JSON", json!(format!("<html><form action=\"{ACS}\"><input name=\"SAMLResponse\" value=\"{}\"/></form><p>private</p></html>", base64())).to_string(), pass(read)),
        ("spaces instead of plus signs", base64().replace('+', " "), pass(&["recording_repaired"])),
        ("form with spaces", format!("SAMLResponse={}&RelayState=", base64().replace('+', " ")), pass(&["recording_repaired"])),
        ("encoded twice", STANDARD.encode(base64()), pass(&["recording_repaired"])),
        ("encoded twice, in lines", lines(&STANDARD.encode(lines(&base64(), 76)), 76), pass(&["recording_repaired"])),
        ("in lines", lines(&base64(), 64), pass(&[])),
        ("with the request", format!("{}\n\n{form}", redirect(ISSUER)), pass(read)),
        ("request to another address", format!("{}\n\n{form}", redirect("https://idp.example.com/")), pass(&["recording_endpoint", "recording_read"])),
        ("cookies only", format!("curl '{ACS}' \\\n  {cookie}"), refused("response-unknown")),
        ("cut cURL", format!("curl '{ACS}' \\\n  {cookie} \\\n  --data-raw '{}", &form[..4000]), refused("response-cut")),
        ("only the request", redirect(ISSUER), refused("response-request")),
        ("prose", "SAMLResponse: the response was not found".to_owned(), refused("response-unknown")),
    ]);
}

/// A setup whose tester can sign in, and the response that AWS sends for the tester.
struct SignInScene {
    rig: Harness,
    acs: String,
    response: String,
}

impl SignInScene {
    async fn start() -> Result<Self> {
        let rig = Harness::start(Switches::default()).await?;
        let draft = steps::prepare_dry_run(&rig).await?;
        let person = rig.person()?;
        person.sign_in(TESTER)?;
        let response = STANDARD.encode(person.copy_xml(&draft.id)?);
        let acs = rig.fact(Field::SpAcsUrl).ok_or("no ACS")?;
        Ok(Self { rig, acs, response })
    }

    fn har(&self, status: u16) -> String {
        har(&[other(), entry(&self.acs, &posted(&form(&self.response)), status)])
    }

    /// Checks that the view and the disk contain only the result.
    fn must_keep_nothing_else(&self) -> Result<()> {
        let view = serde_json::to_string(&self.rig.view())?;
        for secret in [COOKIE, "private.example.com", &self.response[400..460]] {
            ensure(!view.contains(secret), || format!("{secret} is in the view"))?;
            let files = secret_scan::files(secret, &self.rig.folder, &[])?;
            ensure(files.is_empty(), || format!("{secret} is in {files:?}"))?;
        }
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn recording_is_checked_in_step_six() -> Result<()> {
    let scene = SignInScene::start().await?;
    scene.rig.go_to_step(Step::DryRun).await?;
    scene.rig.import("sign-in.har", scene.har(302)).await?;
    let codes = scene.rig.codes();
    ensure(steps::verdict(&scene.rig.setup()) == Some(RowVerdict::Pass), || format!("{codes:?}"))?;
    ensure(codes.contains(&"recording_read".to_owned()), || format!("{codes:?}"))?;
    scene.must_keep_nothing_else()?;

    let masked = scene.har(302).replace(&escaped(&scene.response), "[redacted]");
    scene.rig.act(StepAction::Paste { text: Secret::new(masked), html: None }).await?;
    let codes = scene.rig.codes();
    ensure(codes.contains(&"response-masked".to_owned()), || format!("{codes:?}"))?;

    // In other steps, the file is recognized but not read.
    scene.rig.go_to_step(Step::Application).await?;
    scene.rig.import("sign-in.har", scene.har(302)).await?;
    let setup = scene.rig.setup();
    let refusal = setup.findings.iter().find(|finding| finding.code == "reading-wrong_kind");
    let kind = refusal.and_then(|finding| finding.params.get("kind"));
    ensure(kind.map(String::as_str) == Some("recording"), || format!("{:#?}", setup.findings))?;
    scene.must_keep_nothing_else()
}

/// A pasted path or link in the box is read like the file itself.
#[tokio::test(flavor = "multi_thread")]
async fn pasted_path_is_read_in_dry_run_and_error_boxes() -> Result<()> {
    let scene = SignInScene::start().await?;
    let folder = tempfile::tempdir()?;
    let recording = folder.path().join("sign in.har");
    fs::write(&recording, scene.har(302))?;
    let page = folder.path().join("error.html");
    fs::write(&page, "<p>Signature <b>validation</b> failed. SAML Response rejected</p>")?;
    let link = url::Url::from_file_path(&recording).map_err(|()| "no link")?.to_string();

    scene.rig.go_to_step(Step::DryRun).await?;
    for response in [recording.display().to_string(), format!("copy\n{link}\n")] {
        scene.rig.act(DryRunAction::ForgetResponse).await?;
        let response = Secret::new(response);
        scene.rig.act(DryRunAction::DryRun { response }).await?;
        let codes = scene.rig.codes();
        let verdict = steps::verdict(&scene.rig.setup());
        ensure(verdict == Some(RowVerdict::Pass), || format!("{codes:?}"))?;
        ensure(codes.contains(&"recording_read".to_owned()), || format!("{codes:?}"))?;
    }

    scene.rig.go_to_step(Step::SignInTests).await?;
    let failed = |error: String| SignInTestAction::SignInTest {
        test: Field::TestFromNops,
        result: SignInTestResult::Failed,
        error: Some(Secret::new(error)),
    };
    for (error, code) in [
        (format!("{link}\r\n"), "recording_read"),
        (format!("\"{}\"", page.display()), "shown_signature"),
        (format!("{}\n{link}", page.display()), "recording_read"),
        (format!("{link}.missing"), "reading-unreadable"),
        // This isn't a file, so it's a text.
        ("/sso/v1/1/?acs".to_owned(), "shown_unknown"),
    ] {
        scene.rig.act(failed(error.clone())).await?;
        let about = Some(setup::FindingItem::Test { field: Field::TestFromNops });
        let setup = scene.rig.setup();
        let found = setup.findings.iter().any(|one| one.code == code && one.item == about);
        ensure(found, || format!("{error}: {:?}", scene.rig.codes()))?;
    }
    scene.must_keep_nothing_else()
}

#[tokio::test(flavor = "multi_thread")]
async fn recording_explains_sign_in_test() -> Result<()> {
    let scene = SignInScene::start().await?;
    scene.rig.go_to_step(Step::SignInTests).await?;
    let failed = |error: String| SignInTestAction::SignInTest {
        test: Field::TestFromNops,
        result: SignInTestResult::Failed,
        error: Some(Secret::new(error)),
    };
    scene.rig.act(failed(scene.har(403))).await?;
    let codes = scene.rig.codes();
    for code in ["recording_stopped", "recording_read", "recording_fine"] {
        ensure(codes.iter().any(|one| one == code), || format!("{code}: {codes:?}"))?;
    }
    scene.must_keep_nothing_else()?;
    let wrong =
        scene.har(302).replace(&escaped(&scene.response), &escaped(&STANDARD.encode(UNSIGNED)));
    scene.rig.act(failed(wrong)).await?;
    let codes = scene.rig.codes();
    ensure(codes.iter().any(|one| one == "dry_run_unsigned"), || format!("{codes:?}"))?;
    ensure(!codes.iter().any(|one| one == "recording_fine"), || format!("{codes:?}"))?;

    // The content of a dropped file shows which test it's about. AWS sent this response without a
    // request.
    scene.rig.import("sign-in.har", scene.har(500)).await?;
    let setup = scene.rig.setup();
    let note = setup.findings.iter().find(|finding| {
        finding.code == "recording_stopped"
            && finding.item == Some(setup::FindingItem::Test { field: Field::TestFromPortal })
    });
    ensure(note.is_some(), || format!("{:#?}", setup.findings))?;
    scene.must_keep_nothing_else()
}
