use messages::MessageCatalog;

use super::*;

const PEM: &str = include_str!("../../tests/fixtures/certificate.pem");
const SECOND: &str = include_str!("../../tests/fixtures/certificate-second.pem");
const LINK: &str = "https://portal.sso.us-east-1.amazonaws.com/saml/assertion/MTIzNDU2Nzg5MDEyX2lucy1mZWRjYmE5ODc2NTQzMjEw";

fn now() -> Timestamp {
    "2026-11-24T10:00:00Z".parse().unwrap()
}

fn metadata_with(pems: &[&str]) -> String {
    let keys: String = pems
        .iter()
        .map(|pem| {
            let base64: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
            format!("<KeyDescriptor use=\"signing\"><KeyInfo xmlns=\"http://www.w3.org/2000/09/xmldsig#\"><X509Data><X509Certificate>{base64}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>")
        })
        .collect();
    format!(
        "<EntityDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\"{LINK}\"><IDPSSODescriptor protocolSupportEnumeration=\"urn:oasis:names:tc:SAML:2.0:protocol\">{keys}<SingleSignOnService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect\" Location=\"{LINK}\"/></IDPSSODescriptor></EntityDescriptor>"
    )
}

fn inspect(bytes: impl AsRef<[u8]>) -> Inspection {
    inspect_file_at(None, bytes.as_ref(), ExpectedKind::Auto, now())
}

/// Formats the message and the fix in the way the user sees them.
fn words(inspection: &Inspection) -> (String, String) {
    let words = MessageCatalog::english();
    let key = format!("reading-{}", inspection.reason.unwrap().name());
    assert!(words.has(&key), "{key} has no message");
    let fix = words.attribute(&key, "fix", &inspection.params);
    let texts =
        (words.text(&key, &inspection.params), fix.unwrap_or_else(|| panic!("{key} has no fix")));
    assert!(!format!("{texts:?}").contains("{$"), "{key}: {texts:?}");
    texts
}

#[test]
fn good_files_accepted_without_reason() {
    let certificate = inspect(PEM);
    assert_eq!((certificate.verdict, certificate.reason), (Verdict::Accept, None));
    assert!(matches!(certificate.content, Some(InspectedContent::Certificate(_))));
    let metadata = inspect(metadata_with(&[PEM]));
    assert_eq!((metadata.verdict, metadata.kind), (Verdict::Accept, InputKind::Metadata));
    assert_eq!(metadata.entity_id.as_deref(), Some(LINK));
    assert_eq!(metadata.certs, certificate.certs);
    let rotation = inspect(metadata_with(&[PEM, SECOND]));
    assert_eq!((rotation.verdict, rotation.certs.len()), (Verdict::Warn, 2));
    assert_eq!(rotation.reason, Some(InspectionReason::SeveralCertificates));
    assert!(matches!(rotation.content, Some(InspectedContent::Metadata(_))));
}

#[test]
fn each_rejection_has_reason_and_message() {
    let check =
        |what: &str, bytes: &[u8], kind: InputKind, reason: InspectionReason, said: &str| {
            let inspection = inspect(bytes);
            assert_eq!((inspection.kind, inspection.reason), (kind, Some(reason)), "{what}");
            assert_eq!(inspection.verdict, Verdict::Reject, "{what}");
            assert!(inspection.content.is_none(), "{what}");
            let (text, fix) = words(&inspection);
            assert!(text.contains(said), "{what}: {text}");
            assert!(!fix.is_empty(), "{what}");
        };
    let key = include_bytes!("../../tests/fixtures/test-only-private-key-second.pem");
    check("a key", key, InputKind::PrivateKey, InspectionReason::PrivateKey, "private key");
    check("nothing", b"", InputKind::Empty, InspectionReason::Empty, "empty");
    check("2 MB", &[b'x'; 2 << 20], InputKind::Unknown, InspectionReason::TooLarge, "2 MB");
    let page = b"<html><title>Sign in</title></html>";
    check("a page", page, InputKind::WebPage, InspectionReason::WrongKind, "“Sign in”");
    check(
        "a page without title",
        b"<html></html>",
        InputKind::WebPage,
        InspectionReason::WrongKind,
        "web page",
    );
    check("prose", b"Hello there", InputKind::Unknown, InspectionReason::WrongKind, "isn’t");
    let request = include_bytes!("../../tests/fixtures/request.pem");
    check(
        "a request",
        request,
        InputKind::CertificateRequest,
        InspectionReason::WrongKind,
        "request",
    );
    let store = include_bytes!("../../tests/fixtures/store.p12");
    check("a store", store, InputKind::KeyStore, InspectionReason::WrongKind, "didn’t open");
    let cut = &PEM.as_bytes()[..500];
    check("cut", cut, InputKind::Certificate, InspectionReason::Malformed, "cut off");
    let broken = include_bytes!("../../tests/fixtures/certificate-broken-signature.pem");
    check("altered", broken, InputKind::Certificate, InspectionReason::SelfSignature, "altered");
    let response = include_bytes!("../../tests/fixtures/response-signed.xml");
    check(
        "a response",
        response,
        InputKind::Response,
        InspectionReason::WrongKind,
        "SAML response",
    );
    let entities = b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>";
    check("a document type", entities, InputKind::Xml, InspectionReason::Dtd, "document type");
    let provider = b"<EntityDescriptor xmlns='urn:oasis:names:tc:SAML:2.0:metadata' entityID='https://app.nops.io/sso/v1/0b7acc21-5a34-4d1e-9a55-1f6f0b7c2d10/metadata'><SPSSODescriptor/></EntityDescriptor>";
    check("nOps's", provider, InputKind::SpMetadata, InspectionReason::WrongKind, "(nOps)");
    let good = metadata_with(&[PEM]);
    let change = |from: &str, to: &str| good.replace(from, to).into_bytes();
    let host = "portal.sso.us-east-1.amazonaws.com";
    let meta = InputKind::Metadata;
    check("no id", &change("entityID", "ID"), meta, InspectionReason::EntityId, "no entity ID");
    check(
        "no key",
        &change("signing", "encryption"),
        meta,
        InspectionReason::NoSigningCertificate,
        "no signing",
    );
    check(
        "no service",
        &change("SingleSignOn", "Other"),
        meta,
        InspectionReason::NoSsoService,
        "no sign-in",
    );
    check("binding", &change("HTTP-Redirect", "SOAP"), meta, InspectionReason::Binding, "SOAP");
    check(
        "link",
        &change("Location=\"https", "Location=\"http"),
        meta,
        InspectionReason::Url,
        "http://",
    );
    let look_alike = change(host, &format!("{host}.example.com"));
    check("look-alike", &look_alike, meta, InspectionReason::WrongHost, "looks like AWS");
    check(
        "bad XML",
        &good.as_bytes()[..300],
        InputKind::Xml,
        InspectionReason::Malformed,
        "incomplete",
    );
}

#[test]
fn warnings_keep_content() {
    let check = |bytes: &[u8], at: &str, reason: InspectionReason, said: &str| {
        let inspection = inspect_file_at(None, bytes, ExpectedKind::Auto, at.parse().unwrap());
        assert_eq!((inspection.verdict, inspection.reason), (Verdict::Warn, Some(reason)), "{at}");
        assert!(inspection.content.is_some());
        let (text, _) = words(&inspection);
        assert!(text.contains(said), "{text}");
    };
    let now = "2026-11-24T10:00:00Z";
    check(PEM.as_bytes(), "2031-02-01T00:00:00Z", InspectionReason::Expired, "January 15, 2031");
    check(
        PEM.as_bytes(),
        "2026-01-01T00:00:00Z",
        InspectionReason::NotYetValid,
        "January 15, 2026",
    );
    check(PEM.as_bytes(), "2030-12-05T12:00:00Z", InspectionReason::ExpiresSoon, "41 days left");
    check(
        include_bytes!("../../tests/fixtures/certificate-weak-key.pem"),
        now,
        InspectionReason::WeakKey,
        "1024",
    );
    check(
        include_bytes!("../../tests/fixtures/certificate-weak-signature.pem"),
        now,
        InspectionReason::WeakSignature,
        "sha1",
    );
    check(
        include_bytes!("../../tests/fixtures/certificate-ec.pem"),
        now,
        InspectionReason::KeyType,
        "EC",
    );
    check(
        include_bytes!("../../tests/fixtures/certificate-issued.pem"),
        now,
        InspectionReason::NotSelfSigned,
        "issuer.example.com",
    );
    let host =
        metadata_with(&[PEM]).replace("portal.sso.us-east-1.amazonaws.com", "idp.example.com");
    check(host.as_bytes(), now, InspectionReason::WrongHost, "idp.example.com");
    let old = metadata_with(&[PEM]);
    check(old.as_bytes(), "2031-02-01T00:00:00Z", InspectionReason::Expired, "January 15, 2031");
}

#[test]
fn several_certificates_require_a_choice() {
    let inspection = inspect(format!("{PEM}{SECOND}"));
    assert_eq!(inspection.reason, Some(InspectionReason::SeveralCertificates));
    assert_eq!(inspection.certs.len(), 2);
    assert!(inspection.content.is_none() && inspection.choices.len() == 2);
    assert!(words(&inspection).0.contains("2 different"));
}

#[test]
fn expected_type_and_file_name_are_used() {
    let metadata = metadata_with(&[PEM]);
    let as_certificate =
        inspect_file_at(None, metadata.as_bytes(), ExpectedKind::Certificate, now());
    assert_eq!(
        (as_certificate.verdict, as_certificate.kind),
        (Verdict::Accept, InputKind::Metadata)
    );
    assert_eq!(as_certificate.cleanups, ["metadata"]);
    let as_metadata = inspect_file_at(None, PEM.as_bytes(), ExpectedKind::Metadata, now());
    assert_eq!(as_metadata.reason, Some(InspectionReason::WrongKind));
    assert!(words(&as_metadata).0.contains("not metadata"));
    let unfinished =
        inspect_file_at(Some("metadata.xml.crdownload"), b"<Ent", ExpectedKind::Auto, now());
    assert_eq!(unfinished.reason, Some(InspectionReason::Unfinished));
    let shortcut =
        inspect_file_at(Some("certificate.pem.lnk"), b"L\0\0\0", ExpectedKind::Auto, now());
    assert_eq!(shortcut.kind, InputKind::Shortcut);
    assert!(words(&unreadable("folder")).0.contains("folder"));
}

#[test]
fn answer_has_documented_shape() {
    let answer = serde_json::to_value(inspect(PEM)).unwrap();
    let keys: Vec<&str> = answer.as_object().unwrap().keys().map(String::as_str).collect();
    for key in [
        "verdict",
        "kind",
        "reason",
        "sha256",
        "serial",
        "subject",
        "not_before",
        "not_after",
        "entity_id",
        "sso_redirect",
        "sso_post",
        "certs",
    ] {
        assert!(keys.contains(&key), "{key}");
    }
    assert_eq!(keys.len(), 12, "{keys:?}");
    assert_eq!(answer["verdict"], "accept");
    assert_eq!(answer["not_after"], "2031-01-15T12:00:00Z");
    let key = include_bytes!("../../tests/fixtures/test-only-private-key-second.pem");
    let shown = format!("{:?}", inspect(key));
    let secret = std::str::from_utf8(key).unwrap().lines().nth(3).unwrap();
    assert!(!shown.contains(secret), "no part of the key is repeated");
}

#[test]
fn every_reason_has_a_message() {
    let catalog = include_str!("../../../messages/en/reading.ftl");
    for reason in InspectionReason::VARIANTS {
        assert_eq!(serde_json::to_value(reason).unwrap(), reason.name());
        assert!(catalog.contains(&format!("\nreading-{} =", reason.name())), "{reason:?}");
    }
    for kind in ["certificate", "key_store", "web_page", "unknown"] {
        assert!(catalog.contains(&format!("\nreading-kind-{kind} =")), "{kind}");
    }
}
