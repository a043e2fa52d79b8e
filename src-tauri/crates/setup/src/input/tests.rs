use super::*;

#[test]
fn imported_access_keys_are_refused() {
    let file = "Access key ID,Secret access key\n\
                AKIAIOSFODNN7EXAMPLE,wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n";
    let intake =
        imported("accessKeys.csv", file.as_bytes(), Step::Application, Timestamp::UNIX_EPOCH);
    assert_eq!((intake.learned.len(), intake.offers.len()), (0, 0));
    assert_eq!(intake.notes[0].params["kind"], "aws_secret_key");
}

#[test]
fn nops_page_in_one_field_fills_all_copies() {
    let link = "https://portal.sso.us-east-1.amazonaws.com/saml/assertion/a";
    let pem = include_str!("../../../saml/tests/fixtures/certificate.pem").trim();
    let page = format!(
        "Your SSO Details\nIssuer URL (entityId)\n{link}\n\
         SAML 2.0 Endpoint (HTTP) (singleSignOnService: URL)\n{link}\n\
         X.509 Certificate\n{pem}\nUser Roles/Groups\n"
    );
    for field in [Field::NopsIssuerUrl, Field::NopsSsoEndpoint, Field::NopsX509] {
        let intake = parse_entered(field, &page, Step::Details, Timestamp::UNIX_EPOCH);
        let fields: BTreeSet<Field> = intake.learned.iter().map(|(field, ..)| *field).collect();
        let all = [Field::NopsIssuerUrl, Field::NopsSsoEndpoint, Field::NopsX509];
        assert_eq!(fields, BTreeSet::from(all), "{field:?}");
        assert_eq!(intake.learned.len(), 3, "{field:?}");
    }
}

#[test]
fn pasted_page_gives_the_field_its_value() {
    const ACS: &str = "https://app.nops.io/sso/v1/0a1b2c3d4e5f/?acs";
    const ENTITY_ID: &str = "https://app.nops.io/sso/v1/0a1b2c3d4e5f/metadata";
    let check = |text: &str, expect: &str| {
        let intake = parse_entered(Field::SpEntityId, text, Step::Addresses, Timestamp::UNIX_EPOCH);
        let value = FactValue::Text(expect.to_owned());
        assert_eq!(intake.learned, [(Field::SpEntityId, value, Source::Entered)], "{text}");
        assert_eq!(intake.notes, [], "{text}");
    };
    let page = format!("Assertion Consumer Service\n{ACS}\nEntity ID\n{ENTITY_ID}\n");
    check(&page, ENTITY_ID);
    check(&format!("{page}{}", "Usage by team\n".repeat(2_000)), ENTITY_ID);
    // Without labels, it's unclear which link is the value, so the text is kept unchanged.
    let links = format!("{ACS}\n{ENTITY_ID}");
    check(&links, &links);
}

#[test]
fn pasted_metadata_is_read_like_a_file() {
    let xml = "<md:EntityDescriptor xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\" \
         entityID=\"https://app.nops.io/sso/v1/a/metadata\">\n<md:SPSSODescriptor \
         protocolSupportEnumeration=\"urn:oasis:names:tc:SAML:2.0:protocol\">\n\
         <md:AssertionConsumerService index=\"1\" \
         Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST\" \
         Location= \"https://app.nops.io/sso/v1/a/?acs\" />\n</md:SPSSODescriptor>\n\
         </md:EntityDescriptor>";
    let (step, now) = (Step::Application, Timestamp::UNIX_EPOCH);
    let codes = |input: ParsedInput| -> Vec<String> {
        input.notes.into_iter().map(|note| note.code).collect()
    };
    let file = codes(imported("metadata.xml", xml.as_bytes(), step, now));
    assert!(!file.is_empty());
    assert_eq!(codes(parse_pasted(xml, step, now)), file);
    assert_eq!(parse_pasted(xml, step, now).learned, []);
}

/// An ID from an older list of offers must still refer to the same content.
#[test]
fn offer_ids_depend_on_content_and_field() {
    let offer = |pem: &str, field| InputOffer {
        field,
        value: FactValue::Text(pem.to_owned()),
        source: Source::Entered,
        certificate: Certificate::read(pem.as_bytes()).unwrap().certificate,
    };
    let first = include_str!("../../../saml/tests/fixtures/certificate.pem");
    let second = include_str!("../../../saml/tests/fixtures/certificate-second.pem");
    let id = offer(first, Field::IdpCertificate).id();
    assert_eq!(offer(first, Field::IdpCertificate).id(), id);
    assert_ne!(offer(second, Field::IdpCertificate).id(), id);
    assert_ne!(offer(first, Field::NopsX509).id(), id);
}
