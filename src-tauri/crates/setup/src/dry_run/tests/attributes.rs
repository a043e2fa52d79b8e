use super::*;

/// Checks that each mistake on AWS's page is reported in the right row.
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
        let dry_run =
            dry_run(&response, &ExpectedValues::from_facts(&all_known(), Some(email)), now());
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
