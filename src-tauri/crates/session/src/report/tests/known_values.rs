//! Tests of the known values in the report.

use super::*;

#[test]
fn known_values_are_counted_by_source() {
    let words = message_catalog();
    let mut setup = hostile_view();
    let fact = |source| FactView {
        value: "jdoe-admin".to_owned(),
        source,
        at: "2026-11-24T08:00:00Z".to_owned(),
        kept: false,
    };
    setup.facts = [
        (Field::ConfigurationSaved, fact(Source::Observed)),
        (Field::ApplicationArn, fact(Source::Observed)),
        (Field::IdpCertificate, fact(Source::imported(None))),
        (Field::NopsSaved, fact(Source::Declared)),
    ]
    .into();
    let report = Report::from_view(&setup, ReportedPeople::Counted, now(), &words);
    let text = "2 from AWS or nOps, 1 from files, 0 entered, 0 derived, 1 confirmed";
    assert!(report.markdown(&words).contains(text), "{}", report.markdown(&words));
    assert!(!report.json().unwrap().contains("jdoe"), "the administrator is masked");
}

#[test]
fn declared_values_are_listed_separately() {
    let words = message_catalog();
    let report = Report::from_view(&hostile_view(), ReportedPeople::Counted, now(), &words);
    let declared: Vec<_> = report.declared.iter().map(|known| known.field).collect();
    assert_eq!(declared, [Field::AdminSignedIn, Field::RecoveryAdministrator]);
    assert!(report.html(&words).contains("mark said"));
}

#[test]
fn confirmed_values_are_listed_once() {
    let words = message_catalog();
    let markdown =
        Report::from_view(&hostile_view(), ReportedPeople::Counted, now(), &words).markdown(&words);
    for field in ["field-admin_signed_in", "field-sp_acs_url"] {
        let row = format!("| {} |", words.format_plain(field));
        assert_eq!(markdown.matches(&row).count(), 1, "{row} in {markdown}");
    }
}

#[test]
fn coded_values_are_shown_in_words() {
    let shown = |field, value: &str| {
        let mut view = hostile_view();
        view.facts.insert(field, fact(value, Source::Observed));
        let report = Report::from_view(&view, ReportedPeople::Counted, now(), &message_catalog());
        let mut known = report.aws.into_iter().chain(report.nops);
        known.find(|known| known.field == field).unwrap().value
    };
    assert_eq!(shown(Field::IdentitySource, "directory"), "Identity Center directory");
    assert_eq!(shown(Field::TesterSignedIn, "PASSWORD"), "With a password");
    assert_eq!(shown(Field::TesterSignedIn, "ana@example.com"), "a…@example.com");
}

#[test]
fn issuer_names_application_without_arn() {
    let words = message_catalog();
    let mut view = hostile_view();
    let html = |view: &SetupView| {
        Report::from_view(view, ReportedPeople::Counted, now(), &words).html(&words)
    };
    let [arn, issuer] =
        ["report-application-arn", "report-issuer"].map(|key| words.format_plain(key));
    assert!(html(&view).contains(&arn) && !html(&view).contains(&issuer));
    let known = view.facts[&Field::SpAcsUrl].clone();
    view.facts.remove(&Field::ApplicationArn);
    view.facts
        .insert(Field::IdpEntityId, FactView { value: "https://example.com".to_owned(), ..known });
    assert!(!html(&view).contains(&format!(">{arn}<")), "{}", html(&view));
    assert!(html(&view).contains(&issuer), "{}", html(&view));
}
