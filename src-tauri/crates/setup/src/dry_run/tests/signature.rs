use super::*;

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
    let text = FactValue::Text(SECOND.to_owned());
    second.record(Field::IdpCertificate, text, Source::Entered, now());
    let mut none = all_known();
    none.remove(Field::IdpCertificate);
    let mut nops_old = all_known();
    let text = FactValue::Text(SECOND.to_owned());
    nops_old.record(Field::NopsX509, text, Source::Entered, now());
    let mut nops_same = all_known();
    let text = FactValue::Text(CERTIFICATE.to_owned());
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
    check(SHA1_SIGNED, &known, Fail, Fail, Some("dry_run_refused"));
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

/// Checks that the certificate in nOps has its own row, and fails only if the right certificate is
/// known.
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
    let by_second = SECOND_SIGNED;
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
    assert_eq!(found.fix, Some(Fix::Copy { what: CopyableValue::CertificatePem }));
    check(by_second, CERTIFICATE, CERTIFICATE, (Unchecked, None));
    check(by_second, CERTIFICATE, SECOND, (Pass, None));
    check(&SIGNED.replace("ana@", "eve@"), CERTIFICATE, CERTIFICATE, (Unchecked, None));
    // If AWS's certificate is unknown, the response itself contains the signing certificate.
    for (held, expect) in [(CERTIFICATE, Pass), (SECOND, Fail)] {
        let dry_run = run_on(SIGNED, &facts(&[(Field::NopsX509, held)]), now());
        assert_eq!(row(&dry_run, "nops_certificate").verdict, expect);
    }
    let altered = SIGNED.replace("ana@", "eve@");
    let signature = SIGNED.replace("<ds:SignatureValue>LX", "<ds:SignatureValue>LY");
    for altered in [altered, signature] {
        let dry_run = run_on(&altered, &facts(&[(Field::NopsX509, CERTIFICATE)]), now());
        assert_eq!(row(&dry_run, "nops_certificate").verdict, Unchecked);
    }
    let here_is_wrong = run_on(
        by_second,
        &facts(&[(Field::IdpCertificate, CERTIFICATE), (Field::NopsX509, SECOND)]),
        now(),
    );
    assert_eq!(problem(finding(&here_is_wrong, "signature")), "nops_is_right");
}

#[test]
fn other_certificate_is_identified_by_fingerprint() {
    let dry_run = usual(SECOND_SIGNED);
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

/// A reformatted copy doesn't pass, but its certificate isn't reported as the wrong one.
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
