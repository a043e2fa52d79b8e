//! Metadata samples: Identity Center's metadata in many encodings, and other documents.

mod hostile;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use jiff::SignedDuration;
use saml::inspection::{ExpectedKind, InputKind, InspectionReason};

use super::{ExpectedResult, Sample, cert_factory::CertificateFactory};
use crate::Result;

const HOST: &str = "portal.sso.us-east-1.amazonaws.com";
const TOKEN: &str = "MTIzNDU2Nzg5MDEyX2lucy1mZWRjYmE5ODc2NTQzMjEw";
const TAKEN: ExpectedResult = ExpectedResult::Nothing(InputKind::Metadata);
const SEVERAL: ExpectedResult =
    ExpectedResult::Warning(InputKind::Metadata, InspectionReason::SeveralCertificates);

pub(super) fn samples(workshop: &CertificateFactory) -> Result<Vec<Sample>> {
    let mut all = acceptable_metadata(workshop);
    all.extend(metadata_with_warnings(workshop));
    all.extend(incomplete(workshop));
    all.extend(other_documents(workshop));
    all.extend(hostile::samples(workshop));
    Ok(all)
}

/// Returns metadata with the structure that Identity Center uses.
fn shape(certificate: &str) -> String {
    let link = format!("https://{HOST}/saml/assertion/{TOKEN}");
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{link}"><md:IDPSSODescriptor WantAuthnRequestsSigned="false" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>{certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor><md:SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://{HOST}/saml/logout/{TOKEN}"/><md:SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://{HOST}/saml/logout/{TOKEN}"/><md:NameIDFormat/><md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="{link}"/><md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="{link}"/></md:IDPSSODescriptor></md:EntityDescriptor>"#
    )
}

const OPENING: &str = r#"<?xml version="1.0" encoding="UTF-8"?>"#;
const REDIRECT: &str = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";
const POST: &str = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";

fn acceptable_metadata(workshop: &CertificateFactory) -> Vec<Sample> {
    let own = &workshop.own;
    let good = shape(&own.base64());
    let sample =
        |what: &str, text: String| Sample::new(what, text, TAKEN, workshop.now).holding(&[own]);
    let change = |from: &str, to: &str| good.replace(from, to);
    let body = good.replacen(OPENING, "", 1);
    let unprefixed = |text: &str| {
        text.replace("xmlns:md=", "xmlns=").replace("<md:", "<").replace("</md:", "</")
    };
    let key = good
        .find("<md:KeyDescriptor")
        .zip(good.find("</md:KeyDescriptor>"))
        .map_or("", |(from, to)| &good[from..to + "</md:KeyDescriptor>".len()]);
    let second_key = key.replace(&own.base64(), &workshop.second.base64());
    let provider = r#"<md:EntityDescriptor entityID="https://sp.example.com"><md:SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><md:AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://sp.example.com/acs" index="0"/></md:SPSSODescriptor></md:EntityDescriptor>"#;
    let signature = format!(
        r#"<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/><ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/><ds:Reference URI=""><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue>x</ds:DigestValue></ds:Reference></ds:SignedInfo><ds:SignatureValue>x</ds:SignatureValue><ds:KeyInfo><ds:X509Data><ds:X509Certificate>{}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></ds:Signature>"#,
        workshop.second.base64()
    );
    let idp = "<md:IDPSSODescriptor";
    let lines: String = own
        .wrapped(64)
        .lines()
        .filter(|line| !line.starts_with('-'))
        .map(|line| format!("\n      {line}"))
        .collect();
    let texts = [
        ("as AWS gives it", good.clone()),
        ("named metadata.xml", good.clone()),
        ("no declaration", body.clone()),
        ("a default namespace", unprefixed(&good)),
        (
            "other prefixes",
            change("md:", "ns0:")
                .replace(":md=", ":ns0=")
                .replace("ds:", "ns1:")
                .replace(":ds=", ":ns1="),
        ),
        ("long prefixes", change("md:", "samlmetadata:").replace(":md=", ":samlmetadata=")),
        (
            "a default namespace for the signature",
            good.replace("xmlns:ds=", "xmlns=").replace("<ds:", "<").replace("</ds:", "</"),
        ),
        ("single quotes", change("\"", "'")),
        ("pretty-printed", change("><", ">\n  <")),
        ("pretty-printed with CRLF", change("><", ">\r\n\t<")),
        ("the certificate in lines", change(&own.base64(), &format!("{lines}\n    "))),
        (
            "the certificate with character references",
            change(&own.base64(), &format!("&#10;{}&#xA;", own.base64())),
        ),
        (
            "the certificate as CDATA",
            change(&own.base64(), &format!("<![CDATA[{}]]>", own.base64())),
        ),
        ("the certificate in a block of PEM", change(&own.base64(), &own.pem)),
        ("a byte order mark", format!("\u{feff}{good}")),
        ("a line break before it", format!("\n\n{good}\n")),
        (
            "comments and instructions",
            change(idp, &format!("<!-- generated --><?page break?>{idp}")),
        ),
        ("a lower-case encoding", change("UTF-8", "utf-8")),
        ("declared as ASCII", change("UTF-8", "US-ASCII")),
        ("standalone", change("UTF-8\"", "UTF-8\" standalone=\"yes\"")),
        (
            "a format for NameID",
            change(
                "<md:NameIDFormat/>",
                "<md:NameIDFormat>urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress</md:NameIDFormat>",
            ),
        ),
        ("no format for NameID", change("<md:NameIDFormat/>", "")),
        ("a key for any use", change(" use=\"signing\"", "")),
        (
            "the key for encryption too",
            change(key, &format!("{key}{}", second_key.replace("signing", "encryption"))),
        ),
        ("the same key twice", change(key, &format!("{key}{key}"))),
        (
            "redirect only",
            good.replacen(
                &format!("<md:SingleSignOnService Binding=\"{POST}\""),
                "<md:SingleSignOnService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:SOAP\"",
                1,
            ),
        ),
        (
            "POST only",
            good.replace(
                &format!("<md:SingleSignOnService Binding=\"{REDIRECT}\""),
                "<md:SingleSignOnService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:SOAP\"",
            ),
        ),
        ("no sign-out", change("SingleLogoutService", "ManageNameIDService")),
        (
            "validity and id",
            change(
                "entityID=",
                "ID=\"_1\" validUntil=\"2031-01-01T00:00:00Z\" cacheDuration=\"PT1H\" entityID=",
            ),
        ),
        (
            "a schema's place",
            change(
                "xmlns:md=",
                "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"a b\" xmlns:md=",
            ),
        ),
        (
            "an organization",
            change(
                "</md:EntityDescriptor>",
                "<md:Organization><md:OrganizationName xml:lang=\"en\">Größe &amp; Söhne</md:OrganizationName></md:Organization></md:EntityDescriptor>",
            ),
        ),
        ("signed", change(idp, &format!("{signature}{idp}"))),
        (
            "wrapped among service providers",
            format!(
                "{OPENING}<md:EntitiesDescriptor xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\">{provider}{body}{provider}</md:EntitiesDescriptor>"
            ),
        ),
        (
            "wrapped in SOAP",
            format!(
                "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>{body}</s:Body></s:Envelope>"
            ),
        ),
        (
            "a service provider beside it in one entity",
            change(
                "</md:EntityDescriptor>",
                "<md:SPSSODescriptor protocolSupportEnumeration=\"x\"/></md:EntityDescriptor>",
            ),
        ),
        (
            "a dual-stack sign-in link",
            good.replace(
                &format!("Location=\"https://{HOST}/saml/assertion"),
                "Location=\"https://portal.sso.us-east-1.api.aws/saml/assertion",
            ),
        ),
        ("GovCloud", change(HOST, "portal.sso.us-gov-west-1.amazonaws.com")),
        ("China", change(HOST, "portal.sso.cn-northwest-1.amazonaws.com.cn")),
        ("the European Sovereign Cloud", change(HOST, "portal.sso.eusc-de-east-1.amazonaws.eu")),
        ("a young Region", change(HOST, "portal.sso.mx-central-1.amazonaws.com")),
        ("an opaque token", change(TOKEN, &"q".repeat(48))),
        (
            "shown and copied in a browser",
            format!(
                "This XML file does not appear to have any style information associated with it. The document tree is shown below.\n{}",
                body.replace("><", ">\n<")
            ),
        ),
        ("base64 of the whole file", STANDARD.encode(&good)),
        (
            "copied out of a page's source",
            body.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"),
        ),
        ("fenced in a chat", format!("```xml\n{good}\n```")),
    ];
    let mut all: Vec<Sample> =
        texts.into_iter().map(|(what, text)| sample(&format!("metadata: {what}"), text)).collect();
    let utf16 = |text: &str, mark: &[u8], order: fn(u16) -> [u8; 2]| -> Vec<u8> {
        mark.iter().copied().chain(text.encode_utf16().flat_map(order)).collect()
    };
    for (what, bytes) in [
        ("UTF-16 LE", utf16(&change("UTF-8", "UTF-16"), &[0xFF, 0xFE], u16::to_le_bytes)),
        ("UTF-16 BE", utf16(&change("UTF-8", "UTF-16"), &[0xFE, 0xFF], u16::to_be_bytes)),
        ("UTF-16 that says UTF-8", utf16(&good, &[0xFF, 0xFE], u16::to_le_bytes)),
        ("UTF-16 without a declaration", utf16(&body, &[0xFF, 0xFE], u16::to_le_bytes)),
    ] {
        all.push(
            Sample::new(format!("metadata: {what}"), bytes, TAKEN, workshop.now).holding(&[own]),
        );
    }
    let rotating = change(key, &format!("{key}{second_key}"));
    all.push(
        Sample::new("metadata: two keys", rotating, SEVERAL, workshop.now)
            .holding(&[own, &workshop.second]),
    );
    let two_in_one = change(
        "</ds:X509Data>",
        &format!(
            "</ds:X509Data><ds:X509Data><ds:X509Certificate>{}</ds:X509Certificate></ds:X509Data>",
            workshop.second.base64()
        ),
    );
    all.push(
        Sample::new("metadata: two certificates in one key", two_in_one, SEVERAL, workshop.now)
            .holding(&[own, &workshop.second]),
    );
    all.push(Sample {
        expect: ExpectedKind::Certificate,
        ..sample("metadata: given as the certificate", good.clone())
    });
    all.push(Sample {
        expect: ExpectedKind::Metadata,
        ..sample("metadata: given as metadata", good)
    });
    all
}

fn metadata_with_warnings(workshop: &CertificateFactory) -> Vec<Sample> {
    let own = &workshop.own;
    let good = shape(&own.base64());
    let sample = |what: &str, text: String, reason: InspectionReason| {
        let said = ExpectedResult::Warning(InputKind::Metadata, reason);
        Sample::new(format!("metadata: {what}"), text, said, workshop.now).holding(&[own])
    };
    let other_token = "MTIzNDU2Nzg5MDEyX2lucy0wMTIzNDU2Nzg5YWJjZGVm";
    let late = own.not_after - SignedDuration::from_hours(24 * 30);
    vec![
        sample(
            "another provider's",
            good.replace(HOST, "login.idp.example.com"),
            InspectionReason::WrongHost,
        ),
        sample(
            "an issuer that is a name",
            good.replace(
                &format!("entityID=\"https://{HOST}/saml/assertion/{TOKEN}\""),
                "entityID=\"urn:example:idp\"",
            ),
            InspectionReason::WrongHost,
        ),
        sample(
            "a dual-stack issuer",
            good.replace(HOST, "portal.sso.us-east-1.api.aws"),
            InspectionReason::EntityId,
        ),
        sample(
            "issuer and sign-in of two applications",
            good.replacen(TOKEN, other_token, 1),
            InspectionReason::EntityId,
        ),
        sample(
            "past its end",
            good.replace(" entityID=", " validUntil=\"2020-01-01T00:00:00Z\" entityID="),
            InspectionReason::ValidUntil,
        ),
        sample(
            "SAML 1.1",
            good.replace("SAML:2.0:protocol", "SAML:1.1:protocol"),
            InspectionReason::Protocol,
        ),
        sample(
            "an endless entity ID",
            good.replacen(TOKEN, &"a".repeat(2000), 1),
            InspectionReason::EntityId,
        ),
        Sample { at: late, ..sample("a month left", good.clone(), InspectionReason::ExpiresSoon) },
        Sample {
            at: own.not_after + SignedDuration::from_hours(24),
            ..sample("a certificate that ended", good.clone(), InspectionReason::Expired)
        },
        Sample {
            at: own.not_before - SignedDuration::from_hours(24),
            ..sample("a certificate of tomorrow", good, InspectionReason::NotYetValid)
        },
    ]
}

/// Returns metadata of an identity provider with missing or wrong parts.
fn incomplete(workshop: &CertificateFactory) -> Vec<Sample> {
    let good = shape(&workshop.own.base64());
    let base64 = workshop.own.base64();
    let sample = |what: &str, text: String, reason: InspectionReason| {
        let said = ExpectedResult::Refusal(InputKind::Metadata, reason);
        Sample::new(format!("metadata: {what}"), text, said, workshop.now)
    };
    let change = |from: &str, to: &str| good.replace(from, to);
    let sign_in = format!("Location=\"https://{HOST}/saml/assertion/{TOKEN}\"");
    let at = |place: &str| change(&sign_in, &format!("Location=\"{place}\""));
    let host = |host: &str| change(HOST, host);
    let body = good.replacen(OPENING, "", 1);
    let other = body.replace(TOKEN, "MTIzNDU2Nzg5MDEyX2lucy0wMTIzNDU2Nzg5YWJjZGVm");
    vec![
        sample("no entity ID", change("entityID=", "entityid="), InspectionReason::EntityId),
        sample(
            "an empty entity ID",
            change(
                &format!("entityID=\"https://{HOST}/saml/assertion/{TOKEN}\""),
                "entityID=\" \"",
            ),
            InspectionReason::EntityId,
        ),
        sample(
            "no key",
            change("KeyDescriptor", "Extensions"),
            InspectionReason::NoSigningCertificate,
        ),
        sample(
            "a key for encryption only",
            change("signing", "encryption"),
            InspectionReason::NoSigningCertificate,
        ),
        sample(
            "a key without a certificate",
            change("X509Certificate", "X509SubjectName"),
            InspectionReason::NoSigningCertificate,
        ),
        sample("a cut certificate", change(&base64, &base64[..400]), InspectionReason::Malformed),
        sample("an empty certificate", change(&base64, ""), InspectionReason::NoSigningCertificate),
        sample(
            "no sign-in service",
            change("SingleSignOnService", "ArtifactResolutionService"),
            InspectionReason::NoSsoService,
        ),
        sample(
            "sign-in by SOAP only",
            change("HTTP-POST", "SOAP").replace("HTTP-Redirect", "PAOS"),
            InspectionReason::Binding,
        ),
        sample(
            "sign-in without encryption",
            at(&format!("http://{HOST}/saml/assertion/{TOKEN}")),
            InspectionReason::Url,
        ),
        sample("sign-in at a path", at("/saml/assertion"), InspectionReason::Url),
        sample("sign-in at nothing", at(""), InspectionReason::Url),
        sample("sign-in by script", at("javascript:alert(1)"), InspectionReason::Url),
        sample(
            "sign-in at another host behind a user name",
            at(&format!("https://{HOST}@evil.example/saml/assertion/{TOKEN}")),
            InspectionReason::Url,
        ),
        sample(
            "a host that continues",
            host(&format!("{HOST}.evil.example")),
            InspectionReason::WrongHost,
        ),
        sample(
            "a host with a letter turned",
            host("portal.sso.us-east-1.amazonaws.co"),
            InspectionReason::WrongHost,
        ),
        sample(
            "a host with rn for m",
            host("portal.sso.us-east-1.arnazonaws.com"),
            InspectionReason::WrongHost,
        ),
        sample(
            "a host with a dash for a dot",
            host("portal-sso.us-east-1.amazonaws.com"),
            InspectionReason::WrongHost,
        ),
        sample(
            "a host with a foreign letter",
            host("portal.sso.us-east-1.am\u{430}zonaws.com"),
            InspectionReason::WrongHost,
        ),
        sample(
            "a host in the wrong partition",
            host("portal.sso.cn-north-1.amazonaws.com"),
            InspectionReason::WrongHost,
        ),
        sample(
            "two providers",
            format!(
                "<md:EntitiesDescriptor xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\">{body}{other}</md:EntitiesDescriptor>"
            ),
            InspectionReason::SeveralEntities,
        ),
    ]
}

fn other_documents(workshop: &CertificateFactory) -> Vec<Sample> {
    let sample = |what: &str, text: &str, kind: InputKind| {
        Sample::new(
            what,
            text,
            ExpectedResult::Refusal(kind, InspectionReason::WrongKind),
            workshop.now,
        )
    };
    let provider = |entity: &str, consumer: &str| {
        format!(
            r#"{OPENING}<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{entity}"><md:SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><md:AssertionConsumerService Binding="{POST}" Location="{consumer}" index="0"/></md:SPSSODescriptor></md:EntityDescriptor>"#
        )
    };
    let tenant = "https://app.nops.io/sso/v1/0b7acc21-5a34-4d1e-9a55-1f6f0b7c2d10";
    vec![
        sample(
            "nOps's own metadata",
            &provider(&format!("{tenant}/metadata"), &format!("{tenant}/?acs")),
            InputKind::SpMetadata,
        ),
        sample(
            "Identity Center's metadata for an external provider",
            &provider(
                "https://us-east-1.signin.aws.amazon.com/platform/saml/d-9067abcdef",
                "https://us-east-1.signin.aws.amazon.com/platform/saml/acs/11111111-2222-3333-4444-555555555555",
            ),
            InputKind::SpMetadata,
        ),
        sample(
            "the metadata of AWS's sign-in",
            &provider("urn:amazon:webservices", "https://signin.aws.amazon.com/saml"),
            InputKind::SpMetadata,
        ),
        sample(
            "some other provider's metadata",
            &provider("https://sp.example.com", "https://sp.example.com/acs"),
            InputKind::SpMetadata,
        ),
        sample(
            "a response",
            r#"<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_1" Version="2.0"/>"#,
            InputKind::Response,
        ),
        sample(
            "a request",
            r#"<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_1" Version="2.0"/>"#,
            InputKind::Request,
        ),
        sample(
            "a picture in XML",
            r#"<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>"#,
            InputKind::Xml,
        ),
        sample(
            "a feed",
            r#"<rss version="2.0"><channel><title>News</title></channel></rss>"#,
            InputKind::Xml,
        ),
        sample(
            "metadata in another namespace",
            r#"<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:1.0:metadata" entityID="x"><IDPSSODescriptor/></EntityDescriptor>"#,
            InputKind::Xml,
        ),
        sample(
            "metadata in no namespace",
            r#"<EntityDescriptor entityID="x"><IDPSSODescriptor/></EntityDescriptor>"#,
            InputKind::Xml,
        ),
        sample(
            "WS-Federation's metadata",
            r#"<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="x"><RoleDescriptor/></EntityDescriptor>"#,
            InputKind::Xml,
        ),
    ]
}
