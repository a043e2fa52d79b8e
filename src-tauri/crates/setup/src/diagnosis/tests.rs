mod reports;

use jiff::Timestamp;

use super::*;
use crate::{CopyableValue, FactValue, Fix, Mapping, Source};
use messages::MessageCatalog;

const ISSUER: &str = "https://portal.sso.us-east-1.amazonaws.com/saml/assertion/\
                      MTIzNDU2Nzg5MDEyX2lucy1mZWRjYmE5ODc2NTQzMjEw";
const ACS: &str = "https://app.nops.io/sso/v1/7acc2b1e-5a34-4d1e-9a55-1f6f0b7c2d10/?acs";
const ENTITY_ID: &str = "https://app.nops.io/sso/v1/7acc2b1e-5a34-4d1e-9a55-1f6f0b7c2d10/metadata";

fn facts(values: &[(Field, &str)]) -> Facts {
    let mut facts = Facts::default();
    for (field, text) in values {
        let value = FactValue::Text((*text).to_owned());
        facts.record(*field, value, Source::Entered, Timestamp::UNIX_EPOCH);
    }
    facts
}

/// Returns the first finding. First checks that every finding has its messages.
#[track_caller]
fn first_finding(shown: &str, facts: &Facts, sign_in_test: Field) -> Finding {
    let words = MessageCatalog::english();
    let found = likely_causes(shown, facts, sign_in_test);
    for finding in &found {
        let key = finding.message_key();
        assert!(words.has(&key), "{key}");
        let params = finding.variables(|key, params| words.text(key, params));
        let detail = words.attribute(&key, "detail", &params).unwrap_or_default();
        assert!(!detail.is_empty() && !detail.contains(['⟦', '{']), "{key}: {detail}");
        let title = words.text(&key, &params);
        assert!(title.split_whitespace().count() <= 8, "{key}: {title}");
    }
    found[0].clone()
}

fn finding_cause(finding: &Finding) -> (&str, Option<&str>, Option<&str>) {
    (
        finding.params.get("cause").map_or("", String::as_str),
        finding.expected.as_deref(),
        finding.received.as_deref(),
    )
}

#[track_caller]
fn check(shown: &str, code: &str) {
    let found = first_finding(shown, &Facts::default(), Field::TestFromPortal);
    assert_eq!(found.code, code, "{shown}");
}

#[test]
fn known_errors_map_to_causes() {
    check("Signature validation failed. SAML Response rejected", "shown_signature");
    check(
        "<pre>Invalid issuer in the Assertion/Response (expected a, got b)</pre>",
        "shown_issuer",
    );
    check("{\"error\":\"https://x is not a valid audience for this Response\"}", "shown_audience");
    check("The response was received at https://a instead of https://b", "shown_acs");
    check("A valid SubjectConfirmation was not found on this Response", "shown_acs");
    check("Could not validate timestamp: expired. Check system clock.", "shown_clock");
    check("NameID not found in the assertion of the Response", "shown_no_name_id");
    check("An empty NameID value found", "shown_no_name_id");
    check("SSO is not set up for this organization.", "shown_not_saved");
    check("saml2.errors.Error: Invalid dict settings: idp_entityId_not_found", "shown_setting");
    check("Invalid dict settings: idp_not_found", "shown_not_saved");
    check("There is no AttributeStatement on the Response", "shown_no_attributes");
    check("Found an Attribute element with duplicated Name", "shown_attribute_twice");
    check("No Signature found. SAML Response rejected", "shown_unsigned");
    check(
        "The Assertion of the Response is not signed and the SP require it",
        "shown_signed_otherwise",
    );
    check("SAML Response must contain 1 assertion", "shown_no_assertion");
    check("The status code of the Response was not Success, was Responder", "shown_status");
    check("Request nameID format does not match our record", "shown_name_id_format");
    check("No access\nYou don't have access", "shown_no_access");
    check("{\"__type\":\"ForbiddenException\"}", "shown_no_access");
    check("You do not have any applications.", "shown_no_tile");
    check("Bad input", "shown_bad_input");
    check("Looks like something doesn’t compute", "shown_wrong_user");
    check("It's not you, it's us", "shown_aws_trouble");
    check("HTTP 404: Page not found", "shown_no_route");
    check("the moon is made of cheese", "shown_unknown");
    check("", "shown_unknown");
    check("Order 404-17 of user not found in the list", "shown_unknown");
}

#[test]
fn markup_and_escapes_do_not_hide_patterns() {
    check("<p>Signature <b>validation</b>\n failed.</p>", "shown_signature");
    check(r#"{"message":"It\u0027s not you"}"#, "shown_aws_trouble");
    check("It&#39;s not you", "shown_aws_trouble");
    check("It&rsquo;s   not\tyou", "shown_aws_trouble");
    check(
        "<html><head><title>404 Not Found</title></head><body>No Signature found. SAML Response rejected</body></html>",
        "shown_unsigned",
    );
}

#[test]
fn specific_patterns_precede_vague_ones() {
    let codes = |shown: &str| -> Vec<String> {
        likely_causes(shown, &Facts::default(), Field::TestFromPortal)
            .into_iter()
            .map(|finding| finding.code)
            .collect()
    };
    assert_eq!(
        codes("HTTP 404; No Signature found; Invalid issuer in the Response (expected a, got b)"),
        ["shown_issuer", "shown_unsigned"]
    );
    assert_eq!(codes("HTTP 404"), ["shown_no_route"]);
}

/// Texts that resemble known errors have the cause that they name, or none.
#[test]
fn similar_texts_have_their_own_cause() {
    for (shown, code) in [
        ("Error 1020 Ray ID: 1 Access denied", "shown_forbidden"),
        ("Error 10200: access to the archive", "shown_unknown"),
        ("An account with this email already exists. email already exists", "shown_not_linked"),
        ("The application already exists", "shown_unknown"),
        ("Unknown login requester", "shown_identity_provider"),
        ("We are sorry, the requester is away", "shown_unknown"),
        ("GetRoleCredentials: ForbiddenException: No access", "shown_cli"),
        ("ForbiddenException: No access", "shown_no_access"),
        ("The config profile (corp) could not be found", "shown_cli"),
        ("The profile picture could not be found", "shown_unknown"),
        ("Unable to locate credentials. You can configure credentials", "shown_cli"),
        ("Invalid code", "shown_region"),
        ("Invalid MFA code", "shown_mfa"),
        ("Invalid code. https://example.okta.com/", "shown_okta"),
        ("There is an EncryptedAttribute in the Response", "shown_no_assertion"),
        (
            "Element 'AttributeStatement': Missing child element(s). Expected: EncryptedAttribute",
            "shown_no_attributes",
        ),
        ("Activity ID: 1", "shown_unknown"),
    ] {
        check(shown, code);
    }
}

#[test]
fn each_setting_names_its_field() {
    let fields = |settings: &str| -> Vec<Field> {
        let shown = format!("Invalid dict settings: {settings}");
        let found = likely_causes(&shown, &Facts::default(), Field::TestFromNops);
        found.iter().filter_map(|finding| finding.field).collect()
    };
    assert_eq!(
        fields("idp_sso_url_invalid, idp_cert_or_fingerprint_not_found_and_required"),
        [Field::NopsSsoEndpoint, Field::NopsX509]
    );
    assert_eq!(fields("sp_acs_url_invalid"), [Field::SpAcsUrl]);
    assert_eq!(fields("idp_sso_not_found, idp_sso_url_invalid"), [Field::NopsSsoEndpoint]);
    let all = "idp_entityId_not_found, idp_sso_not_found, idp_cert_not_found_and_required";
    assert_eq!(fields(all), [Field::NopsSaved], "nothing is saved");
}

#[test]
fn acs_in_aws_selects_cause() {
    let shown = "403 Forbidden: CSRF Failed: CSRF cookie not set.";
    let cut = ACS.trim_end_matches("?acs");
    for (typed, expect) in [(None, "unknown"), (Some(ACS), "same"), (Some(cut), "differs")] {
        let mut values = vec![(Field::SpAcsUrl, ACS)];
        values.extend(typed.map(|typed| (Field::AwsAcsUrl, typed)));
        let found = first_finding(shown, &facts(&values), Field::TestFromPortal);
        assert_eq!(finding_cause(&found).0, expect);
    }
}

#[test]
fn equal_values_are_not_blamed_for_rejected_audience() {
    let id = "https://app.nops.io/sso/v1/a/metadata";
    let shown = format!("{id} is not a valid audience for this Response");
    let check = |shown: &str, audience: Option<&str>, expect: &str| {
        let mut values = vec![(Field::SpEntityId, id)];
        values.extend(audience.map(|audience| (Field::AwsAudience, audience)));
        let found = first_finding(shown, &facts(&values), Field::TestFromPortal);
        assert_eq!(
            (found.code.as_str(), finding_cause(&found).0),
            ("shown_audience", expect),
            "{shown}"
        );
    };
    check(&shown, Some(id), "same");
    check("access_denied: bad audience", Some(id), "same");
    check(&shown, Some("https://app.nops.io/sso/v1/a/"), "typed");
    check(&shown, None, "unknown");
    check("access_denied: bad audience", None, "unknown");
}

#[test]
fn unknown_text_names_its_page_and_next_check() {
    let check = |shown: &str, values: &[(Field, &str)], expect: (&str, &str)| {
        let found = first_finding(shown, &facts(values), Field::TestFromNops);
        assert_eq!(found.code, "shown_unknown", "{shown}");
        let params = (found.params["page"].as_str(), found.params["next"].as_str());
        assert_eq!(params, expect, "{shown}");
    };
    check("Oops", &[], ("none", "dry_run"));
    check("", &[], ("empty", "dry_run"));
    check("https://app.nops.io/sso Something is wrong", &[], ("nops", "dry_run"));
    check("https://d-1.awsapps.com/start Something is wrong", &[], ("aws", "dry_run"));
    check("Oops", &[(Field::TesterAssigned, "unassigned")], ("none", "unassigned"));
    let certificate = include_str!("../../../saml/tests/fixtures/certificate.pem");
    let second = include_str!("../../../saml/tests/fixtures/certificate-second.pem");
    let differ = [(Field::IdpCertificate, certificate), (Field::NopsX509, second)];
    check("Oops", &differ, ("none", "certificate"));
    check("Oops", &[(Field::ApplicationStatus, "DISABLED")], ("none", "disabled"));
    check("Oops", &[(Field::ApplicationStatus, "ENABLED")], ("none", "dry_run"));
}

#[test]
fn unknown_text_says_what_is_known() {
    let certificate = include_str!("../../../saml/tests/fixtures/certificate.pem");
    let same = [
        (Field::IdpCertificate, certificate),
        (Field::NopsX509, certificate),
        (Field::TesterAssigned, "assigned"),
    ];
    let words = MessageCatalog::english();
    let detail = |known: &[(Field, &str)]| {
        let found = first_finding("Oops", &facts(known), Field::TestFromNops);
        let params = found.variables(|key, params| words.text(key, params));
        words.attribute(&found.message_key(), "detail", &params).unwrap()
    };
    for sentence in ["AWS lists the tester’s assignment.", "nOps has AWS’s certificate."] {
        assert!(detail(&same).contains(sentence), "{}", detail(&same));
        assert!(!detail(&[]).contains(sentence), "{}", detail(&[]));
    }
}

#[test]
fn denial_offers_policy_only_where_it_helps() {
    let denied = |reason: &str| {
        let shown = format!(
            "User: arn:aws:sts::123456789012:assumed-role/Admin/ana is not authorized to perform: sso:ListInstances on resource: * {reason}"
        );
        first_finding(&shown, &Facts::default(), Field::TestFromPortal)
    };
    let missing = denied("because no identity-based policy allows the sso:ListInstances action");
    assert_eq!(missing.fix, Some(Fix::Copy { what: CopyableValue::Policy }));
    for reason in [
        "with an explicit deny in a service control policy",
        "because no permissions boundary allows the sso:ListInstances action",
        "with an explicit deny",
    ] {
        assert_eq!(denied(reason).fix, Some(Fix::Read), "{reason}");
    }
}

#[test]
fn page_source_does_not_leak_markup_or_addresses() {
    let shown = "&lt;code&gt;AADSTS50020: User account &#39;ana@example.com&#39;&lt;/code&gt;                  The response was received at https://a/?u=ana@example.com instead of <b>https://b</b>";
    for finding in likely_causes(shown, &Facts::default(), Field::TestFromPortal) {
        let text = format!("{finding:?}");
        assert!(
            !text.contains("ana@") && !text.contains("<b>") && !text.contains("code>"),
            "{text}"
        );
    }
}

#[test]
fn known_nops_certificate_selects_cause() {
    let shown = "Signature validation failed. SAML Response rejected";
    let certificate = include_str!("../../../saml/tests/fixtures/certificate.pem");
    let second = include_str!("../../../saml/tests/fixtures/certificate-second.pem");
    let check = |held: Option<&str>, expect: (&str, &str)| {
        let mut values = vec![(Field::IdpCertificate, certificate)];
        values.extend(held.map(|held| (Field::NopsX509, held)));
        let found = first_finding(shown, &facts(&values), Field::TestFromPortal);
        assert_eq!((finding_cause(&found).0, found.params["next"].as_str()), expect);
    };
    check(None, ("unknown", "certificate"));
    check(Some(&certificate[..500]), ("unreadable", "response"));
    check(Some(second), ("differs", "response"));
    check(Some(certificate), ("same", "response"));
}

#[test]
fn mismatch_values_come_from_error_text() {
    let right = facts(&[
        (Field::IdpEntityId, ISSUER),
        (Field::SpAcsUrl, ACS),
        (Field::SpEntityId, ENTITY_ID),
    ]);
    let metadata = ISSUER.replace("/assertion/", "/metadata/");
    let shown = |expected: &str, got: &str| {
        format!("Invalid issuer in the Assertion/Response (expected {expected}, got {got})")
    };
    let found = first_finding(&shown(&metadata, ISSUER), &right, Field::TestFromNops);
    assert_eq!(finding_cause(&found), ("nops", Some(ISSUER), Some(metadata.as_str())));
    let other = ISSUER.replace("us-east-1", "eu-west-1");
    let found = first_finding(&shown(ISSUER, &other), &right, Field::TestFromNops);
    assert_eq!(finding_cause(&found), ("other_application", Some(ISSUER), Some(other.as_str())));
    let found = first_finding(&shown(&metadata, ISSUER), &Facts::default(), Field::TestFromNops);
    assert_eq!(finding_cause(&found), ("nops", Some(ISSUER), Some(metadata.as_str())));

    let shown = format!(
        "The response was received at {} instead of {ENTITY_ID}",
        ACS.trim_end_matches("?acs")
    );
    let found = first_finding(&shown, &right, Field::TestFromNops);
    assert_eq!(finding_cause(&found), ("swapped", Some(ACS), Some(ENTITY_ID)));

    let own = ENTITY_ID.replace("7acc", "7acd");
    let shown = format!("{{\"errors\":[\"{own} is not a valid audience for this Response\"]}}");
    let found = first_finding(&shown, &right, Field::TestFromNops);
    assert_eq!(finding_cause(&found), ("differs", Some(own.as_str()), Some(ENTITY_ID)));
    assert!(matches!(found.fix, Some(Fix::UseValue { .. })));
    let shown = format!("{ENTITY_ID} is not a valid audience for this Response");
    let found = first_finding(&shown, &right, Field::TestFromNops);
    assert_eq!(finding_cause(&found), ("unknown", Some(ENTITY_ID), None));
}

#[test]
fn no_access_cause_depends_on_known_facts() {
    let persistent = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent";
    let check = |values: &[(Field, &str)], sign_in_test, expect: &str| {
        let found = first_finding("No access", &facts(values), sign_in_test);
        assert_eq!(finding_cause(&found).0, expect, "{values:?}");
    };
    check(&[], Field::TestFromNops, "unknown");
    check(&[(Field::TesterAssigned, "unassigned")], Field::TestFromPortal, "unassigned");
    let disabled = [(Field::ApplicationStatus, "DISABLED"), (Field::TesterAssigned, "assigned")];
    check(&disabled, Field::TestFromPortal, "disabled");
    check(&[(Field::TesterAssigned, "assigned")], Field::TestFromPortal, "assigned");
    let asked = [(Field::RequestNameIdFormat, persistent), (Field::TesterAssigned, "assigned")];
    check(&asked, Field::TestFromNops, "format");
    check(&asked, Field::TestFromPortal, "assigned");
    let any =
        [(Field::RequestNameIdFormat, "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified")];
    check(&any, Field::TestFromNops, "unknown");
}

#[test]
fn confirmed_assignment_is_not_called_known() {
    let mut known = facts(&[]);
    let assigned = FactValue::Text("assigned".to_owned());
    known.record(Field::TesterAssigned, assigned, Source::Declared, Timestamp::UNIX_EPOCH);
    let found = first_finding("No access", &known, Field::TestFromPortal);
    assert_eq!(finding_cause(&found).0, "declared");
    let words = MessageCatalog::english();
    for values in [vec![], vec![(Field::TesterAssigned, "assigned")]] {
        let found = first_finding("No access", &facts(&values), Field::TestFromPortal);
        let params = found.variables(|key, params| words.text(key, params));
        let detail = words.attribute(&found.message_key(), "detail", &params).unwrap();
        let (user, assignment) = (detail.find("signed in"), detail.find("address"));
        assert!(user.is_some() && user < assignment, "{detail}");
    }
}

/// Practice mode's page for a user without access, as copied from the browser.
const PRACTICE_PAGE: &str = "Practice mode. Not AWS.\nNo access\nForbiddenException: No access\n\
     What AWS does not say: The user is not assigned to the application, neither alone nor by a group.";

#[test]
fn identity_provider_needs_its_own_marks() {
    let codes = |shown: &str, source: &[(Field, &str)]| -> Vec<String> {
        let found = likely_causes(shown, &facts(source), Field::TestFromPortal);
        found.into_iter().map(|finding| finding.code).collect()
    };
    let directory = [(Field::IdentitySource, "directory")];
    let external = [(Field::IdentitySource, "scim")];
    for shown in [
        PRACTICE_PAGE,
        "ForbiddenException. Your account is not assigned.",
        "No access. The user is not assigned to this application.",
        "ForbiddenException: unable to process SAML, not configured for this user",
    ] {
        for source in [&[][..], &directory, &external] {
            assert_eq!(codes(shown, source)[0], "shown_no_access", "{shown}");
            assert_eq!(codes(shown, source).len(), 1, "{shown}");
        }
    }
    let unmarked = "You do not have access to this application.";
    assert_eq!(codes(unmarked, &external), ["shown_identity_provider"]);
    assert_eq!(codes(unmarked, &directory), ["shown_unknown"]);
    for (shown, code) in [
        ("Okta: the user is not assigned to this application.", "shown_okta"),
        ("403 App Not Assigned", "shown_okta"),
        ("Error: app_not_configured_for_user", "shown_google"),
        ("JumpCloud: Forbidden", "shown_identity_provider"),
        ("AADSTS50105: not assigned", "shown_entra"),
    ] {
        for source in [&[][..], &directory, &external] {
            assert_eq!(codes(shown, source)[0], code, "{shown}");
        }
    }
}

#[test]
fn requested_and_sent_formats_are_compared() {
    let mut known = facts(&[(
        Field::RequestNameIdFormat,
        "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
    )]);
    let rows = vec![Mapping {
        attribute: "Subject".to_owned(),
        value: "${user:email}".to_owned(),
        format: "persistent".to_owned(),
    }];
    known.record(
        Field::AttributeMappings,
        FactValue::Mappings(rows),
        Source::Entered,
        Timestamp::UNIX_EPOCH,
    );
    let found = first_finding(
        "Request nameID format does not match our record",
        &known,
        Field::TestFromNops,
    );
    assert_eq!(finding_cause(&found), ("asked", Some("emailAddress"), Some("persistent")));
    assert_eq!(found.params["next"], "response");
}
