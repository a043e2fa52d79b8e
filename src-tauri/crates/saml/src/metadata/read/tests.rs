use super::super::MetadataWarning;
use super::*;

const ONE_LINE: &str = include_str!("../../../tests/fixtures/certificate.pem");
const SECOND: &str = include_str!("../../../tests/fixtures/certificate-second.pem");
const LINK: &str = "https://portal.sso.us-east-1.amazonaws.com/saml/assertion/MTIzNDU2Nzg5MDEyX2lucy1mZWRjYmE5ODc2NTQzMjEw";

fn base64(pem: &str) -> String {
    pem.lines().filter(|line| !line.starts_with('-')).collect()
}

/// Returns metadata in the format that Identity Center writes.
fn sample() -> String {
    let certificate = base64(ONE_LINE);
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{LINK}"><md:IDPSSODescriptor WantAuthnRequestsSigned="false" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>{certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor><md:SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://portal.sso.us-east-1.amazonaws.com/saml/logout/TOKEN"/><md:NameIDFormat/><md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="{LINK}"/><md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="{LINK}"/></md:IDPSSODescriptor></md:EntityDescriptor>"#
    )
}

fn good(text: &str) -> Metadata {
    Metadata::read(text.as_bytes()).unwrap_or_else(|refusal| panic!("{refusal:?}"))
}

/// Removes the document itself, so that tests compare only the values.
fn values(metadata: Metadata) -> Metadata {
    Metadata { xml: String::new(), ..metadata }
}

fn refused(text: &str) -> MetadataError {
    Metadata::read(text.as_bytes()).expect_err(text)
}

#[test]
fn identity_center_metadata_is_parsed() {
    let metadata = good(&sample());
    assert_eq!(metadata.entity_id, LINK);
    assert_eq!(metadata.sso_redirect.as_deref(), Some(LINK));
    assert_eq!(metadata.sso_post.as_deref(), Some(LINK));
    assert_eq!(metadata.certificates.len(), 1);
    assert_eq!(good(&sample()).warnings(None), []);
}

#[test]
fn metadata_variants_are_parsed() {
    let check = |what: &str, text: &str| {
        assert_eq!(values(good(text)), values(good(&sample())), "{what}");
    };
    check("another prefix", &sample().replace("md:", "x:").replace("xmlns:md", "xmlns:x"));
    check("no prefix", &sample().replace("md:", "").replace("xmlns:md=", "xmlns="));
    check("no declaration", sample().split_once("?>").unwrap().1);
    check("a byte order mark", &format!("\u{feff}{}", sample()));
    check("lines", &sample().replace("><", ">\n  <"));
    check(
        "a comment",
        &sample().replace("<md:NameIDFormat/>", "<!-- none yet --><md:NameIDFormat/>"),
    );
    check("any use", &sample().replace(" use=\"signing\"", ""));
    let (declaration, rest) = {
        let sample = sample();
        let (declaration, rest) = sample.split_once("?>").unwrap();
        (format!("{declaration}?>"), rest.to_owned())
    };
    check(
        "wrapped",
        &format!(
            "{declaration}<md:EntitiesDescriptor xmlns:md=\"{METADATA}\">{rest}</md:EntitiesDescriptor>"
        ),
    );
    let utf16: Vec<u8> = [0xFF, 0xFE]
        .into_iter()
        .chain(sample().replace("UTF-8", "UTF-16").encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    assert_eq!(values(Metadata::read(&utf16).unwrap()), values(good(&sample())));
}

#[test]
fn rotation_keeps_both_certificates() {
    let sample = sample();
    let start = sample.find("<md:KeyDescriptor").unwrap();
    let end = sample.find("</md:KeyDescriptor>").unwrap() + "</md:KeyDescriptor>".len();
    let second = sample[start..end].replace(&base64(ONE_LINE), &base64(SECOND));
    let both = format!("{}{second}{}", &sample[..end], &sample[end..]);
    assert_eq!(good(&both).certificates.len(), 2);
    let twice = format!("{}{}{}", &sample[..end], &sample[start..end], &sample[end..]);
    assert_eq!(good(&twice).certificates.len(), 1);
    let encryption = both.replacen("use=\"signing\"", "use=\"encryption\"", 1);
    assert_eq!(good(&encryption).certificates.len(), 1);
}

#[test]
fn missing_parts_are_reported() {
    let check = |text: String, expect: MetadataError| assert_eq!(refused(&text), expect);
    let sample = sample();
    check(
        sample.replace(&format!("entityID=\"{LINK}\""), "entityID=\"\""),
        MetadataError::NoEntityId,
    );
    check(sample.replace(&format!("entityID=\"{LINK}\""), "ID=\"a\""), MetadataError::NoEntityId);
    check(
        sample.replace("use=\"signing\"", "use=\"encryption\""),
        MetadataError::NoSigningCertificate,
    );
    check(
        sample.replace("SingleSignOnService", "ArtifactResolutionService"),
        MetadataError::NoSsoService,
    );
    check(
        sample
            .replace("bindings:HTTP-Redirect", "bindings:SOAP")
            .replace("bindings:HTTP-POST", "bindings:PAOS"),
        MetadataError::Binding {
            bindings: vec![
                "urn:oasis:names:tc:SAML:2.0:bindings:PAOS".to_owned(),
                "urn:oasis:names:tc:SAML:2.0:bindings:SOAP".to_owned(),
            ],
        },
    );
    let plain = LINK.replace("https", "http");
    check(
        sample.replace(&format!("Location=\"{LINK}\""), &format!("Location=\"{plain}\"")),
        MetadataError::Url { url: plain },
    );
    assert!(matches!(
        refused(&sample.replace(&base64(ONE_LINE)[100..200], "")),
        MetadataError::BadCertificate { .. }
    ));
}

#[test]
fn hostile_and_foreign_documents_are_rejected() {
    let sample = sample();
    let (declaration, rest) = sample.split_once("?>").unwrap();
    let dtd =
        format!("{declaration}?><!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>{rest}");
    assert_eq!(refused(&dtd), MetadataError::Dtd);
    assert!(matches!(refused(&sample[..400]), MetadataError::Malformed { .. }));
    let twice = sample.replace("use=\"signing\"", "use=\"signing\" use=\"signing\"");
    assert!(matches!(refused(&twice), MetadataError::Malformed { .. }));
    assert_eq!(
        refused(&sample.replace("UTF-8", "latin1")),
        MetadataError::Encoding { declared: "latin1".to_owned() }
    );
    let padding = format!("<!--{}-->", "x".repeat(xml::MAX_BYTES));
    assert_eq!(refused(&format!("{sample}{padding}")), MetadataError::TooLarge);
    let two = format!("<a>{rest}{rest}</a>");
    assert!(matches!(refused(&two), MetadataError::SeveralEntities { count: 2 }));
    let service = |entity_id: &str| {
        format!(
            "<EntityDescriptor xmlns=\"{METADATA}\" entityID=\"{entity_id}\"><SPSSODescriptor/></EntityDescriptor>"
        )
    };
    for (entity_id, whose) in [
        (
            "https://app.nops.io/sso/v1/0b7acc21-5a34-4d1e-9a55-1f6f0b7c2d10/metadata",
            ServiceProviderOwner::Nops,
        ),
        (
            "https://us-east-1.signin.aws.amazon.com/platform/saml/d-9067abcdef",
            ServiceProviderOwner::IdentityCenter,
        ),
        ("urn:amazon:webservices", ServiceProviderOwner::AwsSignIn),
        ("https://example.com/sp", ServiceProviderOwner::Unknown),
    ] {
        let expect = Kind::ServiceProvider { entity_id: entity_id.to_owned(), whose };
        assert_eq!(refused(&service(entity_id)), MetadataError::WrongKind { kind: expect });
    }
    assert_eq!(
        refused("<Error><Code>AccessDenied</Code></Error>"),
        MetadataError::WrongKind { kind: Kind::AwsError { code: "AccessDenied".to_owned() } }
    );
    assert_eq!(
        refused(&format!("<p:Response xmlns:p=\"{PROTOCOL}\"/>")),
        MetadataError::WrongKind { kind: Kind::Response }
    );
}

#[test]
fn wrong_hosts_and_tokens_are_reported() {
    let check = |from: &str, to: &str, expect: &[MetadataWarning]| {
        assert_eq!(good(&sample().replace(from, to)).warnings(None), expect, "{to}");
    };
    let host = "portal.sso.us-east-1.amazonaws.com";
    check(host, "portal.sso.us-gov-west-1.amazonaws.com", &[]);
    check(host, "portal.sso.cn-north-1.amazonaws.com.cn", &[]);
    let wrong =
        |host: &str, look_alike| MetadataWarning::WrongHost { host: host.to_owned(), look_alike };
    check(host, "idp.example.com", &[wrong("idp.example.com", false)]);
    let evil = "portal.sso.us-east-1.amazonaws.com.example.com";
    check(host, evil, &[wrong(evil, true)]);
    let dual = "Location=\"https://portal.sso.us-east-1.api.aws";
    check("Location=\"https://portal.sso.us-east-1.amazonaws.com", dual, &[]);
    let other = LINK.replace("MTIz", "MTIx");
    check(
        &format!("entityID=\"{LINK}\""),
        &format!("entityID=\"{other}\""),
        &[MetadataWarning::TwoApplications { entity_id: other.clone(), sign_in: LINK.to_owned() }],
    );
}

#[test]
fn copied_metadata_is_extracted_or_explained() {
    let sample = sample();
    let json = serde_json::to_string(&sample).unwrap();
    for (what, text) in [
        ("Terraform", format!("metadata = <<EOT\n{sample}\nEOT\n")),
        ("JSON", format!("{{\n  \"SAMLMetadataDocument\": {json}\n}}")),
        ("JSON string", json.clone()),
        ("JSON string without quotes", json.trim_matches('"').to_owned()),
        ("chat", format!("Here it is:\n```xml\n{sample}\n```")),
    ] {
        let read =
            Metadata::read(text.as_bytes()).unwrap_or_else(|error| panic!("{what}: {error:?}"));
        assert_eq!(read.entity_id, good(&sample).entity_id, "{what}");
        assert!(read.is_from_other_text(), "{what}");
    }
    assert!(!good(&sample).is_from_other_text());
    let characters: Vec<char> = sample.replace('\n', "").chars().collect();
    for columns in [60, 80, 97] {
        let lines: Vec<String> =
            characters.chunks(columns).map(|line| line.iter().collect()).collect();
        let read = Metadata::read(lines.join("\n").as_bytes());
        assert_eq!(read, Err(MetadataError::Wrapped { columns }));
    }
    let bare = sample.replace("entityID=\"", "entityID=\"https://example.com/?a=1&b=2");
    let read = Metadata::read(bare.as_bytes());
    assert!(matches!(read, Err(MetadataError::Ampersand { whose: None, .. })), "{read:?}");
}
