use serde_json::json;

use super::*;
use crate::Severity;

fn now() -> Timestamp {
    "2026-11-24T09:00:00Z".parse().unwrap()
}

fn read(document: Json) -> (Facts, Vec<Finding>) {
    serde_json::from_value::<ValuesDocument>(document).unwrap().to_facts(now())
}

fn codes(findings: &[Finding]) -> Vec<(&str, Severity, Option<Field>)> {
    findings.iter().map(|found| (found.code.as_str(), found.severity, found.field)).collect()
}

/// Returns a document that contains every key, with plausible values.
fn full() -> Json {
    json!({
        "aws_account_id": "123456789012", "aws_region": "us-east-1",
        "application_arn": "arn:aws:sso::123456789012:application/ssoins-0123456789abcdef/apl-0123456789abcdef",
        "instance_arn": "arn:aws:sso:::instance/ssoins-0123456789abcdef", "identity_store_id": "d-0123456789",
        "idp_entity_id": "https://portal.sso.us-east-1.amazonaws.com/saml/assertion/T",
        "idp_sso_url": "https://portal.sso.us-east-1.amazonaws.com/saml/assertion/T",
        "idp_x509_pem": "", "idp_metadata_xml": "",
        "sp_acs_url": "https://app.nops.io/sso/v1/t/?acs", "sp_entity_id": "https://app.nops.io/sso/v1/t/metadata",
        "sp_login_url": "https://app.nops.io/sso/v1/t/?sso", "aws_acs_url": " as typed ", "aws_audience": "",
        "nops_issuer_url": "i", "nops_sso_endpoint": "e", "nops_x509": "x", "nops_sso_type": "AWS",
        "nops_default_role": "client-member", "nops_domain": "", "nops_enforce": false,
        "nops_group_mapping": true, "tester": "ana@example.com", "recovery_administrator": "ops@example.net",
        "test_from_portal": "passed", "test_from_nops": "failed", "subject_mapping": "${user:email}",
        "attribute_mappings": [{"attribute": "Subject", "value": "${user:subject}", "format": "emailAddress"}]
    })
}

#[test]
fn document_round_trips_through_facts() {
    let values: ValuesDocument = serde_json::from_value(full()).unwrap();
    let (facts, findings) = values.to_facts(now());
    assert_eq!(codes(&findings), []);
    assert_eq!(facts.iter().count(), KEYS.len(), "the example above must have every key");
    assert_eq!(serde_json::to_value(ValuesDocument::from_facts(&facts)).unwrap(), full());
}

#[test]
fn unreadable_documents_are_rejected() {
    let metadata = r#"<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="x"><IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"/></EntityDescriptor>"#;
    for (key, field, text, code) in [
        ("idp_x509_pem", Field::IdpCertificate, "abc", "reading-wrong_kind"),
        (
            "idp_x509_pem",
            Field::IdpCertificate,
            "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n",
            "reading-malformed",
        ),
        (
            "idp_metadata_xml",
            Field::IdpMetadata,
            "<html><title>Sign in</title></html>",
            "reading-wrong_kind",
        ),
        ("idp_metadata_xml", Field::IdpMetadata, metadata, "reading-no_signing_certificate"),
    ] {
        let (facts, findings) = read(json!({ key: text }));
        assert_eq!(codes(&findings), [(code, Severity::Error, Some(field))], "{text}");
        assert_eq!(facts.iter().count(), 0, "{text}");
    }
    let (facts, findings) = read(json!({ "idp_x509_pem": "" }));
    assert_eq!((facts.text(Field::IdpCertificate), findings.len()), (Some(""), 0));
}

#[test]
fn values_are_kept_exactly() {
    let (facts, _) = read(json!({"aws_acs_url": " https://x/?acs\n"}));
    assert_eq!(facts.text(Field::AwsAcsUrl), Some(" https://x/?acs\n"));
}

#[test]
fn absent_differs_from_empty() {
    let (facts, findings) =
        read(json!({"nops_domain": "", "tester": null, "test_from_portal": "untried"}));
    assert_eq!(codes(&findings), []);
    assert_eq!(facts.text(Field::NopsDomain), Some(""));
    assert_eq!(facts.iter().count(), 1);
}

#[test]
fn sign_in_tests_depend_on_document_values() {
    let (facts, _) = read(
        json!({"sp_acs_url": "https://app.nops.io/sso/v1/t/?acs", "test_from_portal": "passed", "test_from_nops": "failed"}),
    );
    assert_eq!(
        facts.recorded_result(Field::TestFromPortal).map(|proof| proof.verdict),
        Some(Verdict::Passed)
    );
    assert_eq!(
        facts.recorded_result(Field::TestFromNops).map(|proof| proof.verdict),
        Some(Verdict::Failed)
    );
    assert_eq!(test_record::result_state(&facts, Field::TestFromPortal), ResultState::Fresh);
}

#[test]
fn unknown_keys_suggest_the_nearest_key() {
    let (facts, findings) = read(json!({
        "sp_acs_ulr": "https://app.nops.io/sso/v1/t/?acs", "zzz": 1,
        "attribute_mappings": [{"attribute": "Subject", "valeu": "x"}]
    }));
    assert_eq!(facts.mappings().map(<[_]>::len), Some(1));
    assert_eq!(codes(&findings), [("unknown_key", Severity::Warning, None); 3]);
    let nearest: Vec<_> = findings.iter().map(|found| found.expected.as_deref()).collect();
    assert_eq!(nearest, [Some("attribute_mappings[0].value"), Some("sp_acs_url"), None]);
}

#[test]
fn wrong_value_types_are_rejected() {
    for (key, field, json) in [
        ("aws_account_id", Field::AwsAccountId, json!(123456789012u64)),
        ("nops_enforce", Field::NopsEnforce, json!("on")),
        ("test_from_portal", Field::TestFromPortal, json!(true)),
        ("test_from_nops", Field::TestFromNops, json!("ok")),
        ("attribute_mappings", Field::AttributeMappings, json!({"Subject": "x"})),
        ("attribute_mappings", Field::AttributeMappings, json!([{"attribute": 1}])),
    ] {
        let (facts, findings) = read(json!({ key: json }));
        assert_eq!(codes(&findings), [("value_type", Severity::Error, Some(field))], "{key}");
        assert_eq!(facts.iter().count(), 0, "{key}");
    }
}

#[test]
fn private_keys_are_neither_kept_nor_repeated() {
    const BODY: &str = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj";
    for key in ["nops_x509", "idp_x509_pem", "aws_audience"] {
        for label in ["PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY"] {
            let pem = format!("-----BEGIN {label}-----\n{BODY}\n-----END {label}-----\n");
            let values: ValuesDocument = serde_json::from_value(json!({ key: pem })).unwrap();
            let (facts, findings) = values.to_facts(now());
            assert_eq!(facts.iter().count(), 0, "{key} {label}");
            assert_eq!(findings[0].code, "secret_pasted", "{key} {label}");
            let said = format!("{values:?}{findings:?}{}", serde_json::to_string(&values).unwrap());
            assert!(!said.contains("MIIEvQ"), "{key} {label}: {said}");
        }
    }
}
