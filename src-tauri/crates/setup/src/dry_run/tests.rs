use super::*;
use crate::{Copyable, Fix, Severity, Side, Source, Step, Value};
use messages::MessageCatalog;
use saml::response::ResponseError;

macro_rules! fixture {
    ($name:literal) => {
        include_str!(concat!("../../../saml/tests/fixtures/", $name))
    };
}

/// Created with Python's signxml; see tests/fixtures/make_responses.py.
const SIGNED: &str = fixture!("response-signed.xml");
const ASSERTION_SIGNED: &str = fixture!("assertion-signed.xml");
const BOTH_SIGNED: &str = fixture!("both-signed.xml");
const PRETTY_SIGNED: &str = fixture!("response-pretty-signed.xml");
const UNSIGNED: &str = fixture!("response-unsigned.xml");
const CERTIFICATE: &str = fixture!("certificate.pem");
const SECOND: &str = fixture!("certificate-second.pem");

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
        let value = Value::Text((*value).to_owned());
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
    let dry_run = dry_run(&response, &Expected::of(facts, Some("ana@example.com")), now);
    is_whole(&dry_run);
    dry_run
}

fn usual(xml: &str) -> DryRun {
    run_on(xml, &all_known(), now())
}

/// Returns the unsigned response with one replacement.
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
            assert!(!text.starts_with("dry-run-") || words.has(text), "{text}");
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

/// Returns every row that doesn't pass, except the signature's.
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
fn each_signature_state_has_its_result() {
    let check = |xml: &str, facts: &Facts, row_verdict, verdict, code: Option<&str>| {
        let dry_run = run_on(xml, facts, now());
        let signature = row(&dry_run, "signature");
        assert_eq!(signature.verdict, row_verdict, "{signature:?}");
        assert_eq!(signature.finding.as_deref(), code);
        assert_eq!(dry_run.verdict, verdict, "{signature:?}");
    };
    let known = all_known();
    let mut second = all_known();
    let text = Value::Text(SECOND.to_owned());
    second.record(Field::IdpCertificate, text, Source::Entered, now());
    let mut none = all_known();
    none.forget(Field::IdpCertificate);
    let mut nops_old = all_known();
    let text = Value::Text(SECOND.to_owned());
    nops_old.record(Field::NopsX509, text, Source::Entered, now());
    let mut nops_same = all_known();
    let text = Value::Text(CERTIFICATE.to_owned());
    nops_same.record(Field::NopsX509, text, Source::Entered, now());

    check(SIGNED, &known, Pass, Pass, None);
    check(SIGNED, &nops_same, Pass, Pass, None);
    check(SIGNED, &nops_old, Pass, Fail, None);
    check(ASSERTION_SIGNED, &known, Pass, Pass, Some("dry_run_assertion_only"));
    check(SIGNED, &second, Fail, Fail, Some("dry_run_certificate"));
    check(SIGNED, &none, Unchecked, Unchecked, Some("dry_run_no_certificate"));
    check(UNSIGNED, &known, Fail, Fail, Some("dry_run_unsigned"));
    check(UNSIGNED, &none, Fail, Fail, Some("dry_run_unsigned"));
    check(&SIGNED.replace(">Ana<", ">Eva<"), &known, Fail, Fail, Some("dry_run_altered"));
    check(
        &SIGNED.replace("<ds:SignatureValue>LX", "<ds:SignatureValue>LY"),
        &known,
        Fail,
        Fail,
        Some("dry_run_altered"),
    );
    check(fixture!("response-signed-sha1.xml"), &known, Fail, Fail, Some("dry_run_refused"));
    check(
        &SIGNED
            .replace("ana@example.com</saml2:NameID>", "ana@example.com<!-- x --></saml2:NameID>"),
        &known,
        Fail,
        Fail,
        Some("dry_run_refused"),
    );
    check(
        &SIGNED.replace("><", ">\n  <"),
        &known,
        Unchecked,
        Unchecked,
        Some("dry_run_reformatted"),
    );
}

/// Checks that the certificate in nOps has its own row, and fails only if the right certificate is known.
#[test]
fn nops_certificate_states_are_distinguished() {
    let check = |xml: &str, here: &str, held: &str, expect: (RowVerdict, Option<&str>)| {
        let facts = facts(&[
            (Field::SpAcsUrl, ACS),
            (Field::SpEntityId, ENTITY_ID),
            (Field::IdpEntityId, ISSUER),
            (Field::IdpCertificate, here),
            (Field::NopsX509, held),
        ]);
        let dry_run = run_on(xml, &facts, now());
        let row = row(&dry_run, "nops_certificate");
        let found =
            dry_run.findings.iter().find(|finding| Some(&finding.code) == row.finding.as_ref());
        assert_eq!((row.verdict, found.map(problem)), expect, "{held:.40}");
        assert_eq!(dry_run.verdict == Pass, xml == SIGNED && expect.0 == Pass);
    };
    let by_second = fixture!("response-signed-second.xml");
    let one_line: String = CERTIFICATE.lines().filter(|line| !line.starts_with('-')).collect();
    check(SIGNED, CERTIFICATE, CERTIFICATE, (Pass, None));
    check(SIGNED, CERTIFICATE, &one_line, (Pass, None));
    check(SIGNED, CERTIFICATE, &CERTIFICATE[..600], (Fail, Some("unreadable")));
    check(SIGNED, CERTIFICATE, "<html></html>", (Fail, Some("unreadable")));
    let other = run_on(
        SIGNED,
        &facts(&[(Field::IdpCertificate, CERTIFICATE), (Field::NopsX509, SECOND)]),
        now(),
    );
    let found = finding(&other, "nops_certificate");
    assert!(matches!(problem(found), "older" | "other"), "{found:?}");
    assert_eq!(found.fix, Some(Fix::Copy { what: Copyable::CertificatePem }));
    check(by_second, CERTIFICATE, CERTIFICATE, (Unchecked, None));
    check(by_second, CERTIFICATE, SECOND, (Pass, None));
    check(&SIGNED.replace("ana@", "eve@"), CERTIFICATE, CERTIFICATE, (Unchecked, None));
    let here_is_wrong = run_on(
        by_second,
        &facts(&[(Field::IdpCertificate, CERTIFICATE), (Field::NopsX509, SECOND)]),
        now(),
    );
    assert_eq!(problem(finding(&here_is_wrong, "signature")), "nops_is_right");
}

#[test]
fn known_nops_issuer_is_compared() {
    let check = |held: &str, expect: Option<&str>| {
        let mut facts = all_known();
        let text = Value::Text(held.to_owned());
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
fn other_certificate_is_identified_by_fingerprint() {
    let dry_run = usual(fixture!("response-signed-second.xml"));
    let sha256 = |pem: &str| {
        let found = Certificate::read(pem.as_bytes()).unwrap();
        found.certificate.sha256()
    };
    let finding = finding(&dry_run, "signature");
    assert_eq!(finding.field, Some(Field::IdpCertificate));
    assert_eq!(finding.expected, Some(sha256(CERTIFICATE)));
    assert_eq!(finding.received, Some(sha256(SECOND)));
    assert_eq!(differences(&dry_run), [], "only the signature is wrong");
}

/// A reformatted copy is also not reported as having the wrong certificate.
#[test]
fn reformatted_copy_never_passes() {
    let check = |copy: &str| {
        let dry_run = usual(copy);
        let signature = row(&dry_run, "signature");
        assert_eq!(dry_run.verdict, Unchecked, "{copy}");
        assert_eq!(signature.verdict, Unchecked);
        assert_eq!(signature.finding.as_deref(), Some("dry_run_reformatted"));
        assert_eq!(differences(&dry_run), [], "the values can be read");
    };
    for line in ["\n", "\r\n", "\n\n"] {
        for indent in ["", " ", "    ", "\t"] {
            let gap = format!("{line}{indent}");
            for xml in [SIGNED, ASSERTION_SIGNED, BOTH_SIGNED] {
                check(&xml.replace("><", &format!(">{gap}<")));
            }
            for place in ["<saml2p:Status>", "<saml2:Assertion ", "<saml2:Subject>"] {
                check(&SIGNED.replacen(place, &format!("{gap}{place}"), 1));
            }
            for place in ["<saml2:Subject>", "<saml2:Conditions ", "</saml2:Assertion>"] {
                for xml in [ASSERTION_SIGNED, BOTH_SIGNED, PRETTY_SIGNED] {
                    check(&xml.replacen(place, &format!("{gap}{place}"), 1));
                }
            }
        }
    }
}

#[test]
fn unsigned_parts_are_still_compared() {
    let altered = ASSERTION_SIGNED
        .replace("/?acs\" ID", "/acs\" ID")
        .replace("status:Success", "status:Responder");
    let dry_run = usual(&altered);
    assert_eq!(row(&dry_run, "signature").verdict, Pass);
    assert_eq!(differences(&dry_run), [("status", Fail), ("destination", Fail)]);
    assert_eq!(dry_run.verdict, Fail);
}

/// Checks which row reports each mistake on an AWS page.
#[test]
fn console_typos_map_to_rows() {
    let check = |from: &str, to: &str, rows: &[(&str, RowVerdict, &str)]| {
        let dry_run = usual(&edited(from, to));
        let found: Vec<_> = dry_run
            .rows
            .iter()
            .filter(|row| row.check != "signature" && row.finding.is_some())
            .map(|row| (row.check.as_str(), row.verdict, problem(finding(&dry_run, &row.check))))
            .collect();
        assert_eq!(found, rows, "{from} → {to}");
    };
    let acs = |to: &str, mismatch: &'static str| {
        check(ACS, to, &[("destination", Fail, mismatch), ("recipient", Fail, mismatch)]);
    };
    acs(ENTITY_ID, "swapped");
    acs("https://app.nops.io/sso/v1/0b7acc21-5a34-4d1e-9a55-1f6f0b7c2d10/", "cut");
    acs("https://app.nops.io/sso/v1/0b7acc21-5a34-4d1e-9a55-1f6f0b7c2d10/?acs ", "blank");
    acs("http://app.nops.io/sso/v1/0b7acc21-5a34-4d1e-9a55-1f6f0b7c2d10/?acs", "scheme");
    acs("https://App.nops.io/sso/v1/0b7acc21-5a34-4d1e-9a55-1f6f0b7c2d10/?acs", "case");
    acs("https://app.nops.io/sso/v1/1c7acc21-5a34-4d1e-9a55-1f6f0b7c2d10/?acs", "organization");
    acs("https://nops.example.com/", "other");
    acs("", "none");
    let audience = |to: &str, mismatch: &'static str| {
        let element = |text: &str| format!("<saml2:Audience>{text}</saml2:Audience>");
        check(&element(ENTITY_ID), &element(to), &[("audience", Fail, mismatch)]);
    };
    audience(ACS, "swapped");
    audience(&format!("{ENTITY_ID}/"), "slash_added");
    audience(&format!("{ENTITY_ID}/x"), "added");
    audience(&ENTITY_ID[..ENTITY_ID.len() - 4], "cut");
    audience(&format!("\u{200B}{ENTITY_ID}"), "blank");
    audience("urn:example:nops", "other");
    check("<saml2:AudienceRestriction>", "<saml2:OneTimeUse/><saml2:AudienceRestriction>", &[]);
    let restriction = format!(
        "<saml2:AudienceRestriction><saml2:Audience>{ENTITY_ID}</saml2:Audience></saml2:AudienceRestriction>"
    );
    check(&restriction, "", &[("audience", Fail, "none")]);
    let two = format!("{restriction}{}", restriction.replace("nops.io", "nops.test"));
    check(&restriction, &two, &[("audience", Fail, "host")]);
    let wider = restriction.replace(
        "</saml2:Audience>",
        "</saml2:Audience><saml2:Audience>urn:other</saml2:Audience>",
    );
    check(&restriction, &wider, &[]);
    check("cm:bearer", "cm:sender-vouches", &[("recipient", Fail, "none")]);

    let issuer =
        |to: &str, mismatch: &'static str| check(ISSUER, to, &[("issuer", Fail, mismatch)]);
    issuer(&ISSUER.replace("us-east-1", "eu-west-1"), "region");
    issuer(
        "https://portal.sso.us-east-1.amazonaws.com/saml/assertion/MTIzNDU2Nzg5MDEyX2lucy0wMTIzNDU2Nzg5YWJjZGVm",
        "application",
    );
    issuer("https://idp.example.com/metadata", "other");
    let in_assertion = format!("<saml2:Issuer>{ISSUER}</saml2:Issuer>");
    check(&in_assertion, "", &[("issuer", Fail, "none")]);

    let named = |to: &str, verdict, mismatch: &'static str| {
        check(
            "\"User.FirstName\"",
            &format!("\"{to}\""),
            &[("user_first_name", verdict, mismatch)],
        );
    };
    for (name, mismatch) in [
        ("User.Firstname", "name_case"),
        ("user.firstName", "name_case"),
        ("User.FirstName ", "name_blank"),
        ("User. FirstName", "name_blank"),
        ("User.FristName", "name"),
        ("User.GivenName", "name"),
        ("FirstName", "name"),
        ("first_name", "name"),
        ("http://schemas.xmlsoap.org/ws/2005/05/identity/claims/givenname", "name"),
    ] {
        named(name, Fail, mismatch);
    }
    check(
        "\"User.FirstName\"",
        "\"User.Title\"",
        &[("user_first_name", Fail, "missing"), ("attributes", Warn, "extra")],
    );
    check(
        "\"User.FirstName\"",
        "\"User.LastName\"",
        &[("user_first_name", Fail, "missing"), ("user_last_name", Fail, "twice")],
    );
    check(
        "\"User.FirstName\"",
        "\"memberOf\"",
        &[("user_first_name", Fail, "missing"), ("attributes", Warn, "groups")],
    );
    for literal in [
        "{user:givenName}",
        "${user.givenName}",
        "$(user:givenName)",
        "$user:givenName",
        "user:givenName",
        "user.firstName",
        "{{givenName}}",
    ] {
        check(">Ana<", &format!(">{literal}<"), &[("user_first_name", Fail, "literal")]);
    }
    check(">Ana<", "> <", &[("user_first_name", Fail, "empty")]);
    check(">Ana<", ">ana@example.com<", &[("user_first_name", Warn, "address")]);
    check(
        ">Ana</saml2:AttributeValue>",
        ">Ana</saml2:AttributeValue><saml2:AttributeValue>Eva</saml2:AttributeValue>",
        &[("user_first_name", Warn, "several")],
    );

    let subject = |to: &str, verdict, mismatch: &'static str| {
        check(
            "ana@example.com</saml2:NameID>",
            &format!("{to}</saml2:NameID>"),
            &[("subject", verdict, mismatch)],
        );
    };
    subject("", Fail, "empty");
    subject("{user:email}", Fail, "literal");
    subject("${user:mail}", Fail, "literal");
    subject("jsmith", Fail, "no_address");
    subject("ana@localhost", Warn, "odd_address");
    check(
        "nameid-format:emailAddress\">ana",
        "nameid-format:persistent\">ana",
        &[("subject", Warn, "format")],
    );
    check(
        "<saml2p:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:Success\"/>",
        "<saml2p:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:Responder\"/>",
        &[("status", Fail, "")],
    );
    check(
        "SubjectConfirmationData ",
        "SubjectConfirmationData InResponseTo=\"_1\" ",
        &[("in_response_to", Warn, "")],
    );
}

#[test]
fn unusual_real_names_pass() {
    for name in ["Anna", "Nguyễn", "O’Neil", "Jean-Luc", "X Æ A-12", "Ana María", "王", "User"]
    {
        let dry_run = usual(&edited(">Ana<", &format!(">{name}<")));
        assert_eq!(differences(&dry_run), [], "{name}");
    }
}

#[test]
fn swapped_names_are_only_noted() {
    let check = |email: &str, first: &str, asks: bool| {
        let xml = UNSIGNED
            .replace("ana@example.com", email)
            .replace(">Ana<", &format!(">{first}<"))
            .replace(">Nguyễn<", ">Smith<");
        let response = Response::read(xml.as_bytes()).unwrap();
        let dry_run = dry_run(&response, &Expected::of(&all_known(), Some(email)), now());
        is_whole(&dry_run);
        assert_eq!(row(&dry_run, "user_first_name").verdict, Pass);
        let asked = dry_run
            .findings
            .iter()
            .any(|finding| problem(finding) == "exchanged" && finding.severity == Severity::Info);
        assert_eq!(asked, asks, "{email}, {first}");
    };
    check("smith.ana@example.com", "Ana", true);
    check("Smith_Ana@example.com", "Ana", true);
    check("ana.smith@example.com", "Ana", false);
    check("asmith@example.com", "Ana", false);
    check("smith.smith@example.com", "Smith", false);
}

#[test]
fn other_attributes_are_listed_once() {
    let attribute = |name: &str, value: &str| {
        format!(
            "<saml2:Attribute Name=\"{name}\"><saml2:AttributeValue>{value}</saml2:AttributeValue></saml2:Attribute>"
        )
    };
    let check = |extra: &[(&str, &str)], verdict, kind: &str, received: &str| {
        let extra: String = extra.iter().map(|(name, value)| attribute(name, value)).collect();
        let end = "</saml2:AttributeStatement>";
        let dry_run = usual(&edited(end, &format!("{extra}{end}")));
        assert_eq!(differences(&dry_run), [("attributes", verdict)]);
        assert_eq!(row(&dry_run, "attributes").received, received);
        assert_eq!(problem(finding(&dry_run, "attributes")), kind);
    };
    check(&[("Title", "Dr")], Warn, "extra", "Title");
    check(&[("b", "1"), ("a", "2")], Warn, "extra", "a, b");
    check(&[("b", "1"), ("b", "1"), ("b", "1")], Fail, "twice", "b");
    check(&[("Groups", "x")], Warn, "groups", "Groups");
    check(&[("x", "94482488-3041-7088-2b7f-3d5b1cafd2b1")], Warn, "groups", "x");
    check(&[("user.email", "ana@example.com")], Warn, "extra", "user.email");
}

#[test]
fn time_allows_five_minutes() {
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
    // python3-saml allows no skew for the end of the session.
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
fn time_on_another_day_shows_date() {
    let received = |now: &str| {
        let dry_run = run_on(SIGNED, &all_known(), at(now));
        row(&dry_run, "time").received.clone()
    };
    assert_eq!(received("2026-11-24T10:05:00Z"), "09:55:00 – 11:00:00 UTC");
    assert_eq!(received("2026-11-25T10:05:00Z"), "2026-11-24 09:55:00 – 2026-11-24 11:00:00 UTC");
}

#[test]
fn unknown_expected_values_are_unchecked() {
    let check = |missing: Field, rows: &[&str], step: Step| {
        let mut facts = all_known();
        facts.forget(missing);
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
fn warnings_still_pass() {
    let check = |facts: &Facts, tester: Option<&str>, verdict| {
        let response = Response::read(SIGNED.as_bytes()).unwrap();
        let dry_run = dry_run(&response, &Expected::of(facts, tester), now());
        is_whole(&dry_run);
        assert_eq!(row(&dry_run, "subject").verdict, verdict, "{tester:?}");
        assert_eq!(dry_run.verdict, Pass);
    };
    let mut typed = all_known();
    let text = Value::Text("eva@example.com".to_owned());
    typed.record(Field::Tester, text, Source::Entered, now());
    check(&all_known(), None, Pass);
    check(&all_known(), Some("Ana@Example.com"), Pass);
    check(&all_known(), Some("eva@example.com"), Warn);
    check(&typed, None, Warn);
    check(&typed, Some("ana@example.com"), Pass);
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
    let value = |field| copy(Copyable::Value { field });
    check(ACS, "x", "destination", Field::AwsAcsUrl, value(Field::SpAcsUrl));
    check(ACS, "x", "recipient", Field::AwsAcsUrl, value(Field::SpAcsUrl));
    check(&format!("{ENTITY_ID}<"), "x<", "audience", Field::AwsAudience, value(Field::SpEntityId));
    check(
        "User.LastName",
        "User.Lastname",
        "user_last_name",
        Field::AttributeMappings,
        copy(Copyable::MappingAttribute { row: 3 }),
    );
    check(
        ">Ana<",
        ">{user:givenName}<",
        "user_first_name",
        Field::AttributeMappings,
        copy(Copyable::MappingValue { row: 2 }),
    );
    check(
        "ana@example.com</saml2:NameID>",
        "</saml2:NameID>",
        "subject",
        Field::AttributeMappings,
        copy(Copyable::MappingValue { row: 0 }),
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
