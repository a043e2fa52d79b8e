//! Tests of the known values in the report.

use super::*;

#[test]
fn known_values_are_counted_by_source() {
    let words = words();
    let mut setup = view();
    let fact = |source| FactView {
        value: "jdoe-admin".to_owned(),
        source,
        at: "2026-11-24T08:00:00Z".to_owned(),
        kept: false,
    };
    setup.facts = [
        (Field::ConfigurationSaved, fact(Source::Observed)),
        (Field::ApplicationArn, fact(Source::Observed)),
        (Field::IdpCertificate, fact(Source::Imported { file: None })),
        (Field::NopsSaved, fact(Source::Declared)),
    ]
    .into();
    let report = Report::of(&setup, People::Counted, now(), &words);
    let text = "2 from AWS or nOps, 1 from a file, 0 entered, 0 derived, 1 confirmed";
    assert!(report.markdown(&words).contains(text), "{}", report.markdown(&words));
    assert!(!report.json().unwrap().contains("jdoe"), "the administrator is masked");
}

#[test]
fn declared_values_are_listed_separately() {
    let words = words();
    let report = Report::of(&view(), People::Counted, now(), &words);
    let declared: Vec<_> = report.declared.iter().map(|known| known.field).collect();
    assert_eq!(declared, [Field::AdminSignedIn, Field::RecoveryAdministrator]);
    assert!(report.html(&words).contains("mark said"));
}

#[test]
fn confirmed_values_are_listed_once() {
    let words = words();
    let markdown = Report::of(&view(), People::Counted, now(), &words).markdown(&words);
    for field in ["field-admin_signed_in", "field-sp_acs_url"] {
        let row = format!("| {} |", words.word(field));
        assert_eq!(markdown.matches(&row).count(), 1, "{row} in {markdown}");
    }
}

#[test]
fn coded_values_are_shown_in_words() {
    let shown = |field, value: &str| {
        let mut view = view();
        view.facts.insert(field, fact(value, Source::Observed));
        let report = Report::of(&view, People::Counted, now(), &words());
        let mut known = report.aws.into_iter().chain(report.nops);
        known.find(|known| known.field == field).unwrap().value
    };
    assert_eq!(shown(Field::IdentitySource, "directory"), "Identity Center directory");
    assert_eq!(shown(Field::TesterSignedIn, "PASSWORD"), "With a password");
    assert_eq!(shown(Field::TesterSignedIn, "ana@example.com"), "a…@example.com");
}
