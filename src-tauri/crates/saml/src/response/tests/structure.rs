use super::*;

/// Returns an unsigned copy of the assertion with another subject.
fn evil(id: &str) -> String {
    let assertion = assertion_of(SIGNED);
    assertion.replace(ASSERTION_ID, id).replace("ana@example.com", "eve@example.com")
}

#[test]
fn wrapped_signatures_are_rejected() {
    let (signature, assertion) = (signature_of(ASSERTION_SIGNED), assertion_of(ASSERTION_SIGNED));
    let evil = evil("_evil");
    let inside = |xml: &str, opening: &str| {
        let start = evil.find(opening).unwrap() + opening.len();
        format!("{}{xml}{}", &evil[..start], &evil[start..])
    };
    let replace = |new: &str| ASSERTION_SIGNED.replace(assertion, new);
    let signature_with = |object: &str| {
        signature
            .replace("</ds:Signature>", &format!("<ds:Object>{object}</ds:Object></ds:Signature>"))
    };
    let issuer_end = "</saml2:Issuer>";
    let in_evil =
        |signature: &str| evil.replacen(issuer_end, &format!("{issuer_end}{signature}"), 1);
    let bare = assertion.replace(signature, "");
    let response_signature = signature_of(SIGNED);
    let evil_response = |inside: &str| {
        SIGNED
            .replace(response_signature, inside)
            .replace(RESPONSE_ID, "_evil")
            .replace("ana@", "eve@")
    };
    let cases = [
        (
            "XSW1",
            evil_response(&response_signature.replace(
                "</ds:Signature>",
                &format!(
                    "<ds:Object>{}</ds:Object></ds:Signature>",
                    SIGNED.replace(response_signature, "")
                ),
            )),
        ),
        (
            "XSW2",
            evil_response(&format!(
                "{}{response_signature}",
                SIGNED.replace(response_signature, "")
            )),
        ),
        ("XSW3", replace(&format!("{evil}{assertion}"))),
        ("XSW3, after", replace(&format!("{assertion}{evil}"))),
        ("XSW4", replace(&inside(assertion, "</saml2:Issuer>"))),
        ("XSW5", replace(&format!("{}{bare}", in_evil(signature)))),
        ("XSW6", replace(&in_evil(&signature_with(&bare)))),
        ("XSW7", replace(&format!("<saml2p:Extensions>{evil}</saml2p:Extensions>{assertion}"))),
        ("XSW8", replace(&in_evil(&signature_with(&bare)).replace("_evil", "_e2"))),
        ("same id", replace(&format!("{}{assertion}", evil.replace("_evil", ASSERTION_ID)))),
        ("in an attribute value", replace(&assertion.replace(">Ana<", &format!(">{evil}<")))),
        (
            "in Advice",
            replace(&assertion.replace(
                "<saml2:AuthnStatement",
                &format!("<saml2:Advice>{evil}</saml2:Advice><saml2:AuthnStatement"),
            )),
        ),
        (
            "in another namespace",
            replace(&format!("{assertion}<x:Assertion xmlns:x=\"urn:x\" ID=\"_x\"/>")),
        ),
        (
            "hidden id",
            replace(&format!(
                "{}{assertion}",
                evil.replace(
                    "ID=\"_evil\"",
                    &format!("xmlns:x=\"urn:x\" x:ID=\"_e\" ID=\"{ASSERTION_ID}\"")
                )
            )),
        ),
        ("sibling signature", replace(&format!("{bare}{signature}"))),
        (
            "a response around it",
            format!(
                "<saml2p:Response xmlns:saml2p=\"{}\" ID=\"_r\">{SIGNED}</saml2p:Response>",
                xml::PROTOCOL
            ),
        ),
    ];
    for (case, xml) in cases {
        let answer = Response::read(xml.as_bytes()).unwrap().verify(&[first()]).signature;
        assert!(
            matches!(answer, Signature::Refused(_)),
            "{case} must not reach a digest: {answer:?}"
        );
    }
}

#[test]
fn unusual_signature_structure_is_rejected() {
    let sign_and_reason = |from: &str, to: &str| {
        let changed = SIGNED.replacen(from, to, 1);
        assert_ne!(changed, SIGNED, "{from} must be in the response");
        reason(&signed_anew(&changed)).code()
    };
    let check = |from: &str, to: &str, expect: &str| {
        assert_eq!(sign_and_reason(from, to), expect, "{to}");
    };
    let name = "ana@example.com</saml2:NameID>";
    check(name, "ana@example.com<!-- -->.attacker.example</saml2:NameID>", "comment");
    check(name, "ana@example.com<?x?></saml2:NameID>", "processing_instruction");
    check("<saml2:Subject>", "<saml2:Subject Id=\"a\" ID=\"b\">", "unclear_id");
    check("<saml2:Subject>", "<saml2:Subject xml:id=\"a\">", "unclear_id");
    check("<saml2:Subject>", "<saml2:Subject xmlns:x=\"urn:x\" x:AssertionID=\"a\">", "unclear_id");
    check("<saml2:Subject>", &format!("<saml2:Subject id=\"{ASSERTION_ID}\">"), "duplicate_id");
    check("<ds:SignedInfo>", "<ds:SignedInfo Id=\"i\">", "shape");
    check("<ds:SignedInfo>", "<ds:SignedInfo>text", "shape");
    check("</ds:SignedInfo>", "</ds:SignedInfo><ds:SignedInfo/>", "shape");
    check("</ds:KeyInfo>", "</ds:KeyInfo><ds:KeyInfo/>", "shape");
    check("</ds:KeyInfo>", "</ds:KeyInfo><ds:Object/>", "misplaced");
    check("<ds:KeyInfo>", "<ds:KeyInfo><ds:RetrievalMethod/>", "misplaced");
    check("xmldsig-more#rsa-sha256", "xmldsig-more#hmac-sha256", "algorithm");
    check("xmldsig-more#rsa-sha256", "xmldsig-more#ecdsa-sha256", "algorithm");
    check("xml-exc-c14n#\"/><ds:Sig", "xml-exc-c14n#WithComments\"/><ds:Sig", "algorithm");
    check(
        "xml-exc-c14n#\"/></ds:Transforms>",
        "xml-exc-c14n#WithComments\"/></ds:Transforms>",
        "algorithm",
    );
    check(
        "<ds:Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"/>",
        "<ds:Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xpath-19991116\"><ds:XPath>0</ds:XPath></ds:Transform>",
        "shape",
    );
    check(
        "<ds:Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"/>",
        "<ds:Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#base64\"/>",
        "algorithm",
    );
    let reference = format!("URI=\"#{RESPONSE_ID}\"");
    for uri in [
        "URI=\"\"",
        "URI=\"#\"",
        "URI=\"file:///etc/hostname\"",
        "URI=\"https://example.com/\"",
        "URI=\"hostname\"",
        "URI=\"#xpointer(/)\"",
        &format!("URI=\"#{ASSERTION_ID}\""),
    ] {
        check(&reference, uri, "reference");
    }
    check(&format!("<ds:Reference {reference}>"), "<ds:Reference>", "reference");
    let one = piece(SIGNED, "<ds:Reference ", "</ds:Reference>");
    check(one, &format!("{one}{one}"), "shape");
    assert_eq!(reason(&SIGNED.replace(one, "")).code(), "shape");
}

#[test]
fn split_text_in_signature_is_rejected() {
    let digest = piece(SIGNED, "<ds:DigestValue>", "</ds:DigestValue>");
    let inner = &digest["<ds:DigestValue>".len()..digest.len() - "</ds:DigestValue>".len()];
    let cdata = format!("<ds:DigestValue><![CDATA[{inner}]]></ds:DigestValue>");
    assert_eq!(reason(&SIGNED.replace(digest, &cdata)).code(), "shape");
    let split = format!("<ds:DigestValue>AAAA<x/>{inner}</ds:DigestValue>");
    assert_eq!(reason(&SIGNED.replace(digest, &split)).code(), "shape");
    let name = SIGNED
        .replace("ana@example.com</saml2:NameID>", "ana@<![CDATA[example.com]]></saml2:NameID>");
    assert_eq!(verdict(&name), good(CoveredPart::Response), "CDATA is the same text");
    let response = Response::read(name.as_bytes()).unwrap();
    let name_id = response.verify(&[first()]).assertion.unwrap().name_id.as_ref().unwrap();
    assert_eq!(name_id.value.as_str(), "ana@example.com");
}
