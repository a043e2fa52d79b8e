//! Error texts that people paste into *Explain an error*.

mod aws;
mod identity_providers;
mod service_providers;
mod shared_cases;
mod web;

use std::collections::BTreeMap;

use jiff::Timestamp;
use setup::{FactValue, Facts, Field, Source, diagnosis, rules};

use crate::{Judgment, Row, Words};

/// The source, the text, the expected finding (code and kind), and words that the explanation must
/// contain.
type Report = (&'static str, &'static str, &'static str, &'static str);

/// Texts for which the app must suggest a helpful check, although it doesn't name the cause.
const POOR: &[Report] = &[
    (
        "Kiro#7515",
        "{\n\"error\": \"unauthorized_client\",\n\"error_description\": \"Client is unauthorized\"\n}",
        "shown_unknown/",
        "Paste the page’s address too",
    ),
    (
        "guess: Okta, 403 without the address",
        "403 Access Forbidden",
        "shown_forbidden/",
        "in this order: the tester’s assignment",
    ),
];

pub fn rows(words: &Words) -> Vec<Row> {
    let row = |(source, text, expected, holds): &Report, judgment| {
        let found = diagnosis::likely_causes(text, &Facts::default(), Field::TestFromPortal);
        let kind =
            |params: &BTreeMap<String, String>| params.get("kind").cloned().unwrap_or_default();
        let keys = found.iter().map(|one| format!("{}/{}", one.code, kind(&one.params)));
        Row {
            source,
            judgment,
            expected: (*expected).to_owned(),
            found: keys.collect::<Vec<_>>().join(" "),
            holds: vec![holds],
            shown: found.iter().map(|one| words.finding(one)).collect::<Vec<_>>().join(" "),
        }
    };
    let right = [
        shared_cases::REPORTS,
        aws::REPORTS,
        identity_providers::REPORTS,
        service_providers::REPORTS,
        web::REPORTS,
    ];
    let right = right.into_iter().flatten().map(|report| row(report, Judgment::Right));
    let poor = POOR.iter().map(|report| row(report, Judgment::Poor));
    let issuers = INSTANCE_ISSUERS.map(|(field, link)| issuer_row(field, link, words));
    right.chain(poor).chain(issuers).collect()
}

/// The instance's *Issuer URL*, pasted into nOps instead of the application's issuer.
const INSTANCE_ISSUERS: [(Field, &str); 3] = [
    (Field::NopsIssuerUrl, "https://identitycenter.amazonaws.com/ssoins-7223b02b2d5d1a3c"),
    (Field::NopsSsoEndpoint, "https://identitycenter.amazonaws.com/ssoins-7223b02b2d5d1a3c"),
    (Field::NopsIssuerUrl, "https://identitycenter.us-gov.amazonaws.com/ssoins-7223b02b2d5d1a3c"),
];

fn issuer_row(field: Field, link: &str, words: &Words) -> Row {
    let mut facts = Facts::default();
    let now = Timestamp::UNIX_EPOCH;
    facts.record(field, FactValue::Text(link.to_owned()), Source::Entered, now);
    let about = |finding: &setup::Finding| finding.field == Some(field);
    let found: Vec<_> = rules::findings(&facts, now).into_iter().filter(about).collect();
    Row {
        source: "aws-cli#10493 (B02)",
        judgment: Judgment::Right,
        expected: "issuer_of_instance".to_owned(),
        found: found.iter().map(|one| one.code.as_str()).collect::<Vec<_>>().join(" "),
        holds: vec!["belongs to the Identity Center instance", "SAML issuer URL"],
        shown: found.iter().map(|one| words.finding(one)).collect::<Vec<_>>().join(" "),
    }
}
