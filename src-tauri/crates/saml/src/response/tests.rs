mod structure;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::*;
use crate::certificate::HashAlgorithm;
use crate::recording;
use crate::xml::{ASSERTION, SIGNATURE};

macro_rules! fixture {
    ($name:literal) => {
        include_str!(concat!("../../tests/fixtures/", $name))
    };
}

/// Created with Python's signxml. See tests/fixtures/make_responses.py.
const SIGNED: &str = fixture!("response-signed.xml");
const ASSERTION_SIGNED: &str = fixture!("assertion-signed.xml");
const BOTH: &str = fixture!("both-signed.xml");
const RESPONSE_ID: &str = "_11112222-3333-4444-5555-666677778888";
const ASSERTION_ID: &str = "_aaaabbbb-cccc-dddd-eeee-ffff00001111";

fn first() -> Certificate {
    Certificate::read(fixture!("certificate.pem").as_bytes()).unwrap().certificate
}

fn second() -> Certificate {
    Certificate::read(fixture!("certificate-second.pem").as_bytes()).unwrap().certificate
}

fn verdict(xml: &str) -> Signature {
    let response = Response::read(xml.as_bytes()).unwrap_or_else(|refusal| panic!("{refusal:?}"));
    response.verify(&[first()]).signature
}

fn good(on: CoveredPart) -> Signature {
    Signature::Good { certificate: 0, on }
}

fn reason(xml: &str) -> SignatureError {
    match verdict(xml) {
        Signature::Refused(reason) => reason,
        other => panic!("{other:?} for {xml}"),
    }
}

/// Returns the part from the first `from` to the next `to`, including both.
fn piece<'a>(xml: &'a str, from: &str, to: &str) -> &'a str {
    let start = xml.find(from).unwrap();
    let end = start + xml[start..].find(to).unwrap() + to.len();
    &xml[start..end]
}

fn signature_of(xml: &str) -> &str {
    piece(xml, "<ds:Signature ", "</ds:Signature>")
}

fn assertion_of(xml: &str) -> &str {
    piece(xml, "<saml2:Assertion ", "</saml2:Assertion>")
}

/// Signs a response again with the identity provider's key, to test unusual documents with a valid
/// signature.
fn signed_anew(xml: &str) -> String {
    let digested = {
        let document = xml::parse(xml).unwrap();
        let root = Node::document_element(&document).unwrap();
        let signature = root.child(SIGNATURE, "Signature").unwrap();
        let content = c14n::canonical(&document, root.id, Some(signature.id), &[]).unwrap();
        let digest = STANDARD.encode(c14n::digest(HashAlgorithm::Sha256, &content));
        let old = piece(xml, "<ds:DigestValue>", "</ds:DigestValue>");
        xml.replacen(old, &format!("<ds:DigestValue>{digest}</ds:DigestValue>"), 1)
    };
    let document = xml::parse(&digested).unwrap();
    let info = Node::root(&document).descendants(SIGNATURE, "SignedInfo")[0].id;
    let signed_info = c14n::canonical(&document, info, None, &[]).unwrap();
    let pem = fixture!("test-only-private-key-signing.pem");
    let body: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    let key = RsaKeyPair::from_pkcs8(&STANDARD.decode(body).unwrap()).unwrap();
    let mut value = vec![0; key.public_modulus_len()];
    key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), &signed_info, &mut value).unwrap();
    let old = piece(&digested, "<ds:SignatureValue>", "</ds:SignatureValue>");
    let new = format!("<ds:SignatureValue>{}</ds:SignatureValue>", STANDARD.encode(value));
    digested.replacen(old, &new, 1)
}

/// Formats XML the way editors and browsers do.
fn laid_out(xml: &str) -> String {
    xml.replace("><", ">\n    <")
}

#[test]
fn valid_signatures_report_coverage() {
    let check = |xml: &str, on: CoveredPart| assert_eq!(verdict(xml), good(on));
    check(SIGNED, CoveredPart::Response);
    check(ASSERTION_SIGNED, CoveredPart::Assertion);
    check(BOTH, CoveredPart::Both);
    check(fixture!("response-signed-sha384.xml"), CoveredPart::Response);
    check(fixture!("response-signed-sha512.xml"), CoveredPart::Response);
    check(fixture!("response-pretty-signed.xml"), CoveredPart::Response);
    check(&signed_anew(SIGNED), CoveredPart::Response);
    let without_key = SIGNED.replace(piece(SIGNED, "<ds:KeyInfo>", "</ds:KeyInfo>"), "");
    check(&without_key, CoveredPart::Response);
}

#[test]
fn verify_returns_only_signed_parts() {
    let of = |xml: &str| Response::read(xml.as_bytes()).unwrap();
    let response = of(SIGNED);
    let whole = response.verify(&[first()]);
    assert_eq!(whole.envelope, Some(&response.unverified().envelope));
    assert_eq!(whole.assertion, response.unverified().assertion.as_ref());

    let altered_status = ASSERTION_SIGNED.replace("status:Success", "status:Responder");
    let response = of(&altered_status);
    let part = response.verify(&[first()]);
    assert_eq!(part.signature, good(CoveredPart::Assertion));
    assert!(part.envelope.is_none(), "the status isn't signed");
    assert!(part.assertion.is_some());

    let response = of(&SIGNED.replace("ana@", "eve@"));
    let nothing = response.verify(&[first()]);
    assert!(nothing.envelope.is_none() && nothing.assertion.is_none());
}

#[test]
fn any_given_certificate_may_match() {
    let xml = fixture!("response-signed-second.xml");
    let response = Response::read(xml.as_bytes()).unwrap();
    let verdict = |certificates: &[Certificate]| response.verify(certificates).signature;
    assert_eq!(verdict(&[first()]), Signature::WrongCertificate);
    assert_eq!(
        verdict(&[first(), second()]),
        Signature::Good { certificate: 1, on: CoveredPart::Response }
    );
    assert_eq!(verdict(&[]), Signature::NoCertificate);
    assert_eq!(
        response.unverified().named_certificate.as_deref(),
        Some(second().sha256().as_str()),
        "the certificate in the response is only a hint"
    );
}

#[test]
fn alterations_are_detected() {
    for (from, to) in [
        ("ana@example.com</saml2:NameID>", "eve@example.com</saml2:NameID>"),
        ("status:Success", "status:Responder"),
        ("/?acs\" ID", "/?acx\" ID"),
        ("/metadata</saml2:Audience>", "/metadatb</saml2:Audience>"),
        ("Name=\"User.Email\"", "Name=\"User.email\""),
        ("2026-11-24T11:00:00.000Z", "2036-11-24T11:00:00.000Z"),
        (">Ana<", ">Ana <"),
    ] {
        let altered = SIGNED.replace(from, to);
        assert_ne!(altered, SIGNED, "{from} must be in the response");
        assert_eq!(verdict(&altered), Signature::Altered, "{from}");
    }
    let digest = piece(SIGNED, "<ds:DigestValue>", "</ds:DigestValue>");
    let other = digest.replacen("ca6", "ca7", 1);
    assert_eq!(verdict(&SIGNED.replace(digest, &other)), Signature::Altered);
    let value = piece(SIGNED, "<ds:SignatureValue>", "</ds:SignatureValue>");
    let other = value.replacen("LX", "LY", 1);
    assert_eq!(verdict(&SIGNED.replace(value, &other)), Signature::WrongCertificate);
    assert_eq!(verdict(&BOTH.replacen("status:Success", "status:No", 1)), Signature::Altered);
}

#[test]
fn unsigned_and_failed_responses_are_reported() {
    assert_eq!(verdict(fixture!("response-unsigned.xml")), Signature::None);
    let failed =
        SIGNED.replace(assertion_of(SIGNED), "").replace("status:Success", "status:Responder");
    assert_eq!(reason(&failed), SignatureError::NoAssertion);
    let response = Response::read(failed.as_bytes()).unwrap();
    assert!(!response.unverified().envelope.status.is_success());
    let encrypted = SIGNED
        .replace(assertion_of(SIGNED), &format!("<e:EncryptedAssertion xmlns:e=\"{ASSERTION}\"/>"));
    assert_eq!(reason(&encrypted), SignatureError::Encrypted);
}

#[test]
fn reformatted_and_altered_copies_are_told_apart() {
    let check = |what: &str, xml: &str, expect: Signature| {
        assert_eq!(verdict(xml), expect, "{what}");
    };
    check("response", &laid_out(SIGNED), Signature::Reformatted);
    check("assertion", &laid_out(ASSERTION_SIGNED), Signature::Reformatted);
    check("both", &laid_out(BOTH), Signature::Reformatted);
    check("CRLF", &laid_out(SIGNED).replace('\n', "\r\n"), Signature::Reformatted);
    let own_lines = laid_out(SIGNED)
        .replace("<saml2:Audience>", "<saml2:Audience>\n   ")
        .replace("</saml2:Audience>", "\n  </saml2:Audience>");
    check("text on lines of its own", &own_lines, Signature::Reformatted);
    let altered = laid_out(&SIGNED.replace("ana@", "eve@"));
    check("altered as well: never good", &altered, Signature::Reformatted);
    let second = laid_out(fixture!("response-signed-second.xml"));
    check("another certificate: never called wrong", &second, Signature::Reformatted);
    let pretty = fixture!("response-pretty-signed.xml").replace("ana@", "eve@");
    check("laid out before it was signed, then altered", &pretty, Signature::Altered);
    let flattened = fixture!("response-pretty-signed.xml").replace('\n', "");
    assert_ne!(verdict(&flattened), good(CoveredPart::Response), "the removal is detected");
    check(
        "only attributes re-ordered",
        &SIGNED.replace(" Version=\"2.0\"><saml2:Issuer ", "  Version='2.0' ><saml2:Issuer "),
        good(CoveredPart::Response),
    );
}

#[test]
fn weak_algorithms_are_reported() {
    for xml in [fixture!("response-signed-sha1.xml"), fixture!("response-signed-sha1-digest.xml")] {
        assert!(
            matches!(reason(xml), SignatureError::WeakAlgorithm { algorithm } if algorithm.contains("sha1"))
        );
    }
}

#[test]
fn embedded_certificate_is_never_used() {
    let attacker = fixture!("response-signed-second.xml");
    assert_eq!(verdict(attacker), Signature::WrongCertificate);
    let with_ours = attacker.replace(
        piece(attacker, "<ds:KeyInfo>", "</ds:KeyInfo>"),
        piece(SIGNED, "<ds:KeyInfo>", "</ds:KeyInfo>"),
    );
    assert_eq!(verdict(&with_ours), Signature::WrongCertificate);
    let foreign = SIGNED.replace(
        piece(SIGNED, "<ds:KeyInfo>", "</ds:KeyInfo>"),
        piece(attacker, "<ds:KeyInfo>", "</ds:KeyInfo>"),
    );
    assert_eq!(
        verdict(&foreign),
        good(CoveredPart::Response),
        "the named certificate doesn't matter"
    );
    let weak = Certificate::read(fixture!("certificate-weak-key.pem").as_bytes()).unwrap();
    let response = Response::read(SIGNED.as_bytes()).unwrap();
    assert_eq!(response.verify(&[weak.certificate]).signature, Signature::WrongCertificate);
}

#[test]
fn inclusive_prefixes_affect_the_digest() {
    let prefixes = fixture!("response-signed-prefixes.xml");
    assert!(prefixes.contains("PrefixList=\"xs xsi\""), "the sample must have a prefix list");
    assert_eq!(verdict(prefixes), good(CoveredPart::Response));
    let shorter = prefixes.replace("PrefixList=\"xs xsi\"", "PrefixList=\"xsi\"");
    assert_eq!(verdict(&shorter), Signature::Altered);
    let odd = prefixes.replace("PrefixList=", "Other=\"1\" PrefixList=");
    assert_eq!(reason(&odd).code(), "shape");
    let most = "a b c d e f xs xsi";
    let eight = prefixes.replace("PrefixList=\"xs xsi\"", &format!("PrefixList=\"{most}\""));
    assert_eq!(verdict(&eight), Signature::WrongCertificate, "eight prefixes are accepted");
    let nine = prefixes.replace("PrefixList=\"xs xsi\"", &format!("PrefixList=\"{most} g\""));
    assert_eq!(reason(&nine).code(), "shape", "nine prefixes are rejected");
}

#[test]
fn all_response_values_are_parsed() {
    let response = Response::read(SIGNED.as_bytes()).unwrap();
    let UnverifiedClaims { envelope, assertion, encrypted, .. } = response.unverified();
    assert!(envelope.status.is_success());
    assert!(
        envelope
            .issuer
            .as_deref()
            .unwrap()
            .ends_with("MTIzNDU2Nzg5MDEyX2lucy1mZWRjYmE5ODc2NTQzMjEw")
    );
    assert!(envelope.destination.as_deref().unwrap().ends_with("/?acs"));
    assert!(envelope.in_response_to.is_none());
    assert_eq!(*encrypted, 0);
    let assertion = assertion.as_ref().unwrap();
    let name_id = assertion.name_id.as_ref().unwrap();
    assert_eq!(name_id.value.as_str(), "ana@example.com");
    assert!(name_id.format.as_deref().unwrap().ends_with(":emailAddress"));
    let [confirmation] = &assertion.confirmations[..] else { panic!() };
    assert_eq!(confirmation.method.as_deref(), Some(Confirmation::BEARER));
    assert!(confirmation.recipient.as_deref().unwrap().ends_with("/?acs"));
    let until = confirmation.not_on_or_after.as_ref().unwrap().at.unwrap();
    assert_eq!(until.to_string(), "2026-11-24T11:00:00Z");
    assert_eq!(
        assertion.not_before.as_ref().unwrap().at.unwrap().to_string(),
        "2026-11-24T09:55:00Z"
    );
    assert_eq!(assertion.audiences.len(), 1);
    assert!(assertion.audiences[0][0].ends_with("/metadata"));
    let attributes: Vec<(&str, &str)> = assertion
        .attributes
        .iter()
        .map(|attribute| (attribute.name.as_str(), attribute.values[0].as_str()))
        .collect();
    assert_eq!(
        attributes,
        [("User.Email", "ana@example.com"), ("User.FirstName", "Ana"), ("User.LastName", "Nguyễn"),]
    );
}

#[test]
fn debug_output_hides_values() {
    let response = Response::read(SIGNED.as_bytes()).unwrap();
    let shown =
        format!("{response:?} {:?} {:?}", response.unverified(), response.verify(&[first()]));
    for secret in ["ana@", "Nguyễn", "nops.io", ASSERTION_ID] {
        assert!(!shown.contains(secret), "{secret}");
    }
}

#[test]
fn decodes_response_encodings() {
    let base64 = STANDARD.encode(SIGNED);
    let wrapped: String = base64
        .as_bytes()
        .chunks(76)
        .map(|line| format!("{}\r\n", std::str::from_utf8(line).unwrap()))
        .collect();
    let encoded = base64.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D");
    let check = |what: &str, bytes: &[u8]| {
        let response =
            Response::read(bytes).unwrap_or_else(|refusal| panic!("{what}: {refusal:?}"));
        assert_eq!(response.verify(&[first()]).signature, good(CoveredPart::Response), "{what}");
    };
    check("XML", SIGNED.as_bytes());
    check("a byte order mark", format!("\u{feff}{SIGNED}").as_bytes());
    check("line breaks around", format!("\n\n{SIGNED}\n").as_bytes());
    check(
        "a declaration",
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>{SIGNED}").as_bytes(),
    );
    check(
        "a browser's own line",
        format!("This XML file does not appear to have any style information.\n{SIGNED}")
            .as_bytes(),
    );
    check("base64", base64.as_bytes());
    check("base64 in lines", wrapped.as_bytes());
    check("base64 without padding", base64.trim_end_matches('=').as_bytes());
    check("a form body", format!("SAMLResponse={encoded}&RelayState=x").as_bytes());
    check("a form body, turned round", format!("RelayState=&SAMLResponse={encoded}").as_bytes());
    check("an encoded value", encoded.as_bytes());
    check(
        "a browser's list of what was sent",
        format!("SAMLResponse: {base64}\nRelayState: ").as_bytes(),
    );
    check("JSON", format!("{{\"RelayState\":\"\",\"SAMLResponse\": \"{base64}\"}}").as_bytes());
    check(
        "a form field without quotes",
        format!("<input value='{base64}' type=hidden name=SAMLResponse>").as_bytes(),
    );
    check(
        "a form field with references",
        format!(
            "<INPUT name=\"SAMLResponse\" value=\"{}\">",
            base64.replace('+', "&#x2B;").replace('=', "&#61;")
        )
        .as_bytes(),
    );
    check(
        "a form field",
        format!("<form><input type=\"hidden\" name=\"SAMLResponse\" value=\"{base64}\"/></form>")
            .as_bytes(),
    );
    let utf16: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain(SIGNED.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    check("UTF-16", &utf16);
}

#[test]
fn other_input_is_identified() {
    let check = |what: &str, bytes: &[u8], expect: ResponseError| {
        assert_eq!(Response::read(bytes).expect_err(what), expect, "{what}");
    };
    check("nothing", b"", ResponseError::Empty);
    check("blank", b"  \n", ResponseError::Empty);
    check("prose", b"Hello there", ResponseError::Unknown);
    check("binary", &[0, 1, 2, 3, 4, 5, 6, 7], ResponseError::Unknown);
    check("a page", b"<!DOCTYPE html><html></html>", ResponseError::WebPage);
    check("a document type", b"<!DOCTYPE r [<!ENTITY e 'x'>]><r>&e;</r>", ResponseError::Dtd);
    check(
        "another encoding",
        b"<?xml version='1.0' encoding='latin1'?><r/>",
        ResponseError::Encoding,
    );
    check("another document", b"<r/>", ResponseError::Unknown);
    check("too large", &vec![b'a'; recording::MAX_BYTES + 1], ResponseError::TooLarge);
    check(
        "an assertion",
        format!("<a:Assertion xmlns:a=\"{ASSERTION}\"/>").as_bytes(),
        ResponseError::BareAssertion,
    );
    check(
        "a request",
        format!("<p:AuthnRequest xmlns:p=\"{}\"/>", xml::PROTOCOL).as_bytes(),
        ResponseError::Request,
    );
    check(
        "SAML 1",
        b"<p:Response xmlns:p=\"urn:oasis:names:tc:SAML:1.0:protocol\"/>",
        ResponseError::Unknown,
    );
    check(
        "metadata",
        format!("<m:EntityDescriptor xmlns:m=\"{}\"/>", xml::METADATA).as_bytes(),
        ResponseError::Metadata,
    );
    let base64 = STANDARD.encode(SIGNED);
    check("cut base64", &base64.as_bytes()[..2001], ResponseError::Cut);
    for end in [SIGNED.len() - 1, SIGNED.len() - 20, 2000, 700] {
        check("cut XML", &SIGNED.as_bytes()[..end], ResponseError::Cut);
    }
    let deep = format!("<r>{}{}</r>", "<a>".repeat(100), "</a>".repeat(100));
    check("deep", deep.as_bytes(), ResponseError::TooLarge);
}

/// Checks that each change is rejected, is detected, or doesn't affect the signed values.
#[test]
fn single_byte_changes_never_alter_signed_values() {
    let original = Response::read(SIGNED.as_bytes()).unwrap();
    let certificates = [first()];
    let bytes = SIGNED.as_bytes();
    for (at, replacement) in (0..bytes.len()).step_by(7).zip(b"<>\"'&;:/=#aZ0 \n-".iter().cycle()) {
        let mut changed = bytes.to_vec();
        changed[at] = *replacement;
        let Ok(response) = Response::read(&changed) else {
            continue;
        };
        let verification = response.verify(&certificates);
        if matches!(verification.signature, Signature::Good { .. }) {
            assert_eq!(verification.envelope, Some(&original.unverified().envelope), "byte {at}");
            assert_eq!(
                verification.assertion,
                original.unverified().assertion.as_ref(),
                "byte {at}"
            );
        }
    }
}
