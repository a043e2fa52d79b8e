use super::*;
use crate::{CopyableValue, FactValue, Fix, Severity, Side, Source, Step};
use messages::MessageCatalog;
use saml::response::ResponseError;

macro_rules! fixture {
    ($name:literal) => {
        include_str!(concat!("../../../saml/tests/fixtures/", $name))
    };
}

mod attributes;
mod signature;

/// Created with Python's signxml. See tests/fixtures/make_responses.py.
const SIGNED: &str = fixture!("response-signed.xml");
const ASSERTION_SIGNED: &str = fixture!("assertion-signed.xml");
const BOTH_SIGNED: &str = fixture!("both-signed.xml");
const PRETTY_SIGNED: &str = fixture!("response-pretty-signed.xml");
const UNSIGNED: &str = fixture!("response-unsigned.xml");
const CERTIFICATE: &str = fixture!("certificate.pem");
const SECOND: &str = fixture!("certificate-second.pem");
const SECOND_SIGNED: &str = fixture!("response-signed-second.xml");
const SHA1_SIGNED: &str = fixture!("response-signed-sha1.xml");

const ACS: &str = "https://app.nops.io/sso/v1/0b7acc21-5a34-4d1e-9a55-1f6f0b7c2d10/?acs";
const ENTITY_ID: &str = "https://app.nops.io/sso/v1/0b7acc21-5a34-4d1e-9a55-1f6f0b7c2d10/metadata";
const ISSUER: &str = "https://portal.sso.us-east-1.amazonaws.com/saml/assertion/\
                      MTIzNDU2Nzg5MDEyX2lucy1mZWRjYmE5ODc2NTQzMjEw";

use RowVerdict::{Fail, Pass, Unchecked, Warn};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn now() -> Timestamp {
    at("2026-11-24T10:05:00Z")
}

fn facts(values: &[(Field, &str)]) -> Facts {
    let mut facts = Facts::default();
    for (field, value) in values {
        let value = FactValue::Text((*value).to_owned());
        facts.record(*field, value, Source::Entered, now());
    }
    facts
}

fn all_known() -> Facts {
    facts(&[
        (Field::SpAcsUrl, ACS),
        (Field::SpEntityId, ENTITY_ID),
        (Field::IdpEntityId, ISSUER),
        (Field::IdpCertificate, CERTIFICATE),
    ])
}

fn run_on(xml: &str, facts: &Facts, now: Timestamp) -> DryRun {
    let response = Response::read(xml.as_bytes()).unwrap();
    let dry_run =
        dry_run(&response, &ExpectedValues::from_facts(facts, Some("ana@example.com")), now);
    is_whole(&dry_run);
    dry_run
}

fn usual(xml: &str) -> DryRun {
    run_on(xml, &all_known(), now())
}

/// Returns the unsigned response after replacing `from` with `to`.
fn edited(from: &str, to: &str) -> String {
    let edited = UNSIGNED.replace(from, to);
    assert_ne!(edited, UNSIGNED, "{from} must be in the response");
    edited
}

/// Checks that rows and findings match, and that every key has a message.
#[track_caller]
fn is_whole(dry_run: &DryRun) {
    let words = MessageCatalog::english();
    let mut checks: Vec<&str> = dry_run.rows.iter().map(|row| row.check.as_str()).collect();
    checks.sort_unstable();
    checks.dedup();
    assert_eq!(checks.len(), dry_run.rows.len(), "each check must have one row");
    let named: Vec<_> = dry_run.rows.iter().filter_map(|row| row.finding.as_deref()).collect();
    let codes: Vec<_> = dry_run.findings.iter().map(|finding| finding.code.as_str()).collect();
    assert_eq!(named, codes);
    let mut single = codes.clone();
    single.sort_unstable();
    single.dedup();
    assert_eq!(single.len(), codes.len(), "each row must have its own finding: {codes:?}");
    for row in &dry_run.rows {
        assert!(words.has(&format!("dry-run-{}", row.check)), "{row:?}");
        for text in [&row.expected, &row.received] {
            assert!(!text.is_empty(), "no cell may be empty: {row:?}");
            let shown = words.text(text, &row.params);
            let is_filled = !shown.contains('⟦') && !shown.contains("{$");
            assert!(!text.starts_with("dry-run-") || is_filled, "{text}: {shown}");
        }
    }
    for finding in &dry_run.findings {
        assert_eq!(finding.step, Step::DryRun);
        let key = format!("finding-{}", finding.code);
        let mut texts = vec![words.text(&key, &finding.params)];
        for part in ["detail", "know", "fix"] {
            texts.extend(words.attribute(&key, part, &finding.params));
        }
        assert!(texts.len() >= 2, "{key} must explain what to do");
        for text in texts {
            assert!(
                !text.contains('⟦') && !text.contains("{$") && !text.contains("{ $"),
                "{key}: {text}"
            );
        }
    }
}

fn row<'a>(dry_run: &'a DryRun, check: &str) -> &'a DryRunRow {
    dry_run.rows.iter().find(|row| row.check == check).unwrap_or_else(|| panic!("no row {check}"))
}

fn finding<'a>(dry_run: &'a DryRun, check: &str) -> &'a Finding {
    let code = row(dry_run, check).finding.as_deref().unwrap();
    dry_run.findings.iter().find(|finding| finding.code == code).unwrap()
}

fn problem(finding: &Finding) -> &str {
    finding.params.get("problem").map_or("", String::as_str)
}

/// Returns every row that doesn't pass, except for the signature's row.
fn differences(dry_run: &DryRun) -> Vec<(&str, RowVerdict)> {
    dry_run
        .rows
        .iter()
        .filter(|row| row.verdict != Pass && row.check != "signature")
        .map(|row| (row.check.as_str(), row.verdict))
        .collect()
}

#[test]
fn correct_response_passes_without_findings() {
    for xml in [
        SIGNED,
        BOTH_SIGNED,
        PRETTY_SIGNED,
        fixture!("response-signed-sha384.xml"),
        fixture!("response-signed-sha512.xml"),
        fixture!("response-signed-prefixes.xml"),
    ] {
        let dry_run = usual(xml);
        assert_eq!(dry_run.verdict, Pass);
        assert_eq!(dry_run.findings, []);
        let checks: Vec<_> = dry_run.rows.iter().map(|row| &*row.check).collect();
        assert_eq!(
            checks,
            [
                "signature",
                "status",
                "issuer",
                "destination",
                "recipient",
                "audience",
                "time",
                "subject",
                "user_email",
                "user_first_name",
                "user_last_name",
                "attributes",
                "in_response_to",
            ]
        );
        assert!(dry_run.rows.iter().all(|row| row.verdict == Pass));
    }
}

#[test]
fn known_nops_issuer_is_compared() {
    let check = |held: &str, expect: Option<&str>| {
        let mut facts = all_known();
        let text = FactValue::Text(held.to_owned());
        facts.record(Field::NopsIssuerUrl, text, Source::Entered, now());
        let dry_run = run_on(SIGNED, &facts, now());
        let found = dry_run.findings.iter().find(|finding| finding.code == "dry_run_nops_issuer");
        assert_eq!(found.map(problem), expect, "{held}");
        assert_eq!(dry_run.verdict == Pass, expect.is_none());
    };
    check(ISSUER, None);
    check("", None);
    check(&ISSUER.replace("/assertion/", "/metadata/"), Some("portal_link"));
    check(&ISSUER.replace("us-east-1", "eu-west-1"), Some("region"));
    check(&format!("{ISSUER}/"), Some("slash_added"));
    check(&ISSUER[..ISSUER.len() - 3], Some("cut"));
}

#[test]
fn clock_skew_of_five_minutes_is_allowed() {
    let check = |now: &str, expect: Option<&str>| {
        let dry_run = run_on(SIGNED, &all_known(), at(now));
        let time = row(&dry_run, "time");
        let (verdict, overall) = match expect {
            None => (Pass, Pass),
            Some(_) => (Fail, Fail),
        };
        assert_eq!(time.verdict, verdict, "{now}");
        assert_eq!(time.finding.as_deref(), expect, "{now}");
        assert_eq!(dry_run.verdict, overall);
    };
    check("2026-11-24T09:49:59Z", Some("dry_run_too_early"));
    check("2026-11-24T09:50:00Z", None);
    check("2026-11-24T10:59:59Z", None);
    check("2027-01-01T00:00:00Z", Some("dry_run_too_late"));
    // python3-saml allows no clock skew at the end of the session.
    check("2026-11-24T11:00:00Z", Some("dry_run_too_late"));
    let endless = edited(" SessionNotOnOrAfter=\"2026-11-24T11:00:00.000Z\"", "");
    let verdict = |now: &str| {
        let dry_run = run_on(&endless, &all_known(), at(now));
        row(&dry_run, "time").verdict
    };
    assert_eq!(verdict("2026-11-24T11:04:59Z"), Pass);
    assert_eq!(verdict("2026-11-24T11:05:00Z"), Fail);

    let xml = edited("NotOnOrAfter=\"2026-11-24T11:00:00.000Z\"", "NotOnOrAfter=\"soon\"");
    let dry_run = usual(&xml);
    assert_eq!(finding(&dry_run, "time").code, "dry_run_time");
    assert_eq!(differences(&dry_run), [("time", Fail)]);
    let dry_run = usual(&edited(" NotOnOrAfter=\"2026-11-24T11:00:00.000Z\"", ""));
    assert_eq!(differences(&dry_run), [("time", Warn)]);
}

#[test]
fn time_row_shows_clock_and_validity() {
    let words = MessageCatalog::english();
    let check = |now: &str, expect: [&str; 2]| {
        let dry_run = run_on(SIGNED, &all_known(), at(now));
        let time = row(&dry_run, "time");
        let cells = [&time.expected, &time.received].map(|cell| words.text(cell, &time.params));
        assert_eq!(cells, expect, "{now}");
    };
    let tolerated = "clocks can differ by 5 minutes";
    check(
        "2026-11-24T10:05:00Z",
        [
            "valid when checked (10:05:00 UTC)",
            "issued at 10:00:00 UTC; valid from 09:55:00 to 11:00:00 UTC",
        ],
    );
    check(
        "2026-11-24T09:54:59Z",
        [
            &format!("valid when checked (09:54:59 UTC); {tolerated}"),
            "issued at 10:00:00 UTC; valid from 09:55:00 to 11:00:00 UTC",
        ],
    );
    // A time on another day shows its date.
    check(
        "2026-11-25T10:05:00Z",
        [
            &format!("valid when checked (10:05:00 UTC); {tolerated}"),
            "issued at 2026-11-24 10:00:00 UTC; valid from 2026-11-24 09:55:00 to 2026-11-24 11:00:00 UTC",
        ],
    );
}

#[test]
fn unknown_expected_values_are_unchecked() {
    let check = |missing: Field, rows: &[&str], step: Step| {
        let mut facts = all_known();
        facts.remove(missing);
        let dry_run = run_on(SIGNED, &facts, now());
        assert_eq!(dry_run.verdict, Unchecked);
        let rows: Vec<_> = rows.iter().map(|check| (*check, Unchecked)).collect();
        assert_eq!(differences(&dry_run), rows);
        for (check, _) in rows {
            assert_eq!(row(&dry_run, check).expected, "dry-run-received-not-known");
            assert_eq!(finding(&dry_run, check).fix, Some(Fix::Go { step }));
        }
    };
    check(Field::SpAcsUrl, &["destination", "recipient"], Step::Addresses);
    check(Field::SpEntityId, &["audience"], Step::Addresses);
    check(Field::IdpEntityId, &["issuer"], Step::Application);
    let dry_run = run_on(SIGNED, &Facts::default(), now());
    assert_eq!(dry_run.verdict, Unchecked);
    let dry_run = run_on(&SIGNED.replace("ana@", "@"), &Facts::default(), now());
    assert_eq!(dry_run.verdict, Fail, "a failed row outweighs an unchecked one");
}

#[test]
fn response_of_another_user_fails_if_aws_names_the_tester() {
    let check = |facts: &Facts, tester: Option<&str>, verdict, result| {
        let response = Response::read(SIGNED.as_bytes()).unwrap();
        let dry_run = dry_run(&response, &ExpectedValues::from_facts(facts, tester), now());
        is_whole(&dry_run);
        assert_eq!(row(&dry_run, "subject").verdict, verdict, "{tester:?}");
        assert_eq!(dry_run.verdict, result);
    };
    let mut typed = all_known();
    let text = FactValue::Text("eva@example.com".to_owned());
    typed.record(Field::Tester, text, Source::Entered, now());
    check(&all_known(), None, Pass, Pass);
    check(&all_known(), Some("Ana@Example.com"), Pass, Pass);
    check(&all_known(), Some("eva@example.com"), Fail, Fail);
    // An entered tester might be a user name that differs from the email address.
    check(&typed, None, Warn, Pass);
    check(&typed, Some("ana@example.com"), Pass, Pass);
}

#[test]
fn failed_status_and_encrypted_assertion_fail() {
    let start = UNSIGNED.find("<saml2:Assertion ").unwrap();
    let end = UNSIGNED.find("</saml2p:Response>").unwrap();
    let assertion = &UNSIGNED[start..end];
    let refused = UNSIGNED.replace(assertion, "").replace(
        "<saml2p:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:Success\"/>",
        "<saml2p:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:Requester\"><saml2p:StatusCode \
         Value=\"urn:oasis:names:tc:SAML:2.0:status:InvalidNameIDPolicy\"/></saml2p:StatusCode>\
         <saml2p:StatusMessage>no match</saml2p:StatusMessage>",
    );
    let dry_run = usual(&refused);
    assert_eq!(dry_run.verdict, Fail);
    assert_eq!(differences(&dry_run), [("status", Fail), ("assertion", Fail)]);
    let status = finding(&dry_run, "status");
    assert_eq!(status.received.as_deref(), Some("Requester › InvalidNameIDPolicy"));
    assert_eq!(status.params["message"], "no match");

    let encrypted = UNSIGNED.replace(
        assertion,
        "<saml2:EncryptedAssertion xmlns:saml2=\"urn:oasis:names:tc:SAML:2.0:assertion\"/>",
    );
    let dry_run = usual(&encrypted);
    assert_eq!(dry_run.verdict, Fail);
    assert_eq!(differences(&dry_run), [("encryption", Fail)]);
    let both = UNSIGNED.replace(
        assertion,
        &format!("{assertion}<saml2:EncryptedAssertion xmlns:saml2=\"urn:oasis:names:tc:SAML:2.0:assertion\"/>"),
    );
    assert_eq!(differences(&usual(&both)), [("encryption", Fail)]);
}

#[test]
fn personal_data_is_shortened() {
    let received = |check: &str, from: &str, to: &str| {
        let dry_run = usual(&UNSIGNED.replace(from, to));
        let all = format!("{dry_run:?}");
        assert!(!all.contains("ana@example.com") && !all.contains("Nguy"), "{all}");
        row(&dry_run, check).received.clone()
    };
    assert_eq!(received("subject", "x", "x"), "a…@example.com, emailAddress");
    assert_eq!(received("user_email", "x", "x"), "a…@example.com");
    assert_eq!(received("user_first_name", "x", "x"), "A••");
    assert_eq!(received("user_last_name", "x", "x"), "N•••••");
    assert_eq!(
        received("subject", "ana@example.com</saml2:NameID>", "ananguyen</saml2:NameID>"),
        "a••••••••, emailAddress"
    );
}

#[test]
fn findings_offer_the_right_fix() {
    let check = |from: &str, to: &str, row: &str, field: Field, fix: Fix| {
        let dry_run = usual(&edited(from, to));
        let finding = finding(&dry_run, row);
        assert_eq!(finding.field, Some(field), "{row}");
        assert_eq!(finding.side, Side::Aws);
        assert_eq!(finding.fix, Some(fix), "{row}");
        assert_eq!(finding.severity, Severity::Error);
    };
    let copy = |what| Fix::Copy { what };
    let value = |field| copy(CopyableValue::Value { field });
    check(ACS, "x", "destination", Field::AwsAcsUrl, value(Field::SpAcsUrl));
    check(ACS, "x", "recipient", Field::AwsAcsUrl, value(Field::SpAcsUrl));
    check(&format!("{ENTITY_ID}<"), "x<", "audience", Field::AwsAudience, value(Field::SpEntityId));
    check(
        "User.LastName",
        "User.Lastname",
        "user_last_name",
        Field::AttributeMappings,
        copy(CopyableValue::MappingAttribute { row: 3 }),
    );
    check(
        ">Ana<",
        ">{user:givenName}<",
        "user_first_name",
        Field::AttributeMappings,
        copy(CopyableValue::MappingValue { row: 2 }),
    );
    check(
        "ana@example.com</saml2:NameID>",
        "</saml2:NameID>",
        "subject",
        Field::AttributeMappings,
        copy(CopyableValue::MappingValue { row: 0 }),
    );
}

#[test]
fn each_response_error_has_messages() {
    let words = MessageCatalog::english();
    for refusal in [
        ResponseError::Empty,
        ResponseError::TooLarge,
        ResponseError::Dtd,
        ResponseError::Encoding,
        ResponseError::Malformed { line: 3, column: 7 },
        ResponseError::Cut,
        ResponseError::BareAssertion,
        ResponseError::Request,
        ResponseError::Metadata,
        ResponseError::WebPage,
        ResponseError::Unknown,
    ] {
        let key = format!("response-{}", refusal.code());
        let text = words.text(&key, &refusal.params());
        assert!(!text.contains(['⟦', '{']), "{text}");
        assert!(words.attribute(&key, "fix", &refusal.params()).is_some(), "{key}");
    }
}
