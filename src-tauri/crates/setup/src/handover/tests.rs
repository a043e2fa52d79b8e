use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::{Fact, Mapping, RecordedResult, Source, Verdict, test_record};

const ACS: &str = "https://app.nops.io/sso/v1/0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d/?acs";
const OTHER_ACS: &str = "https://app.nops.io/sso/v1/11111111-4e5f-4a6b-8c7d-9e0f1a2b3c4d/?acs";

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn text(text: &str) -> FactValue {
    FactValue::Text(text.to_owned())
}

fn facts(known: &[(Field, &str, Source, i64)]) -> Facts {
    let mut facts = Facts::default();
    for (field, value, source, second) in known {
        facts.record(*field, text(value), source.clone(), at(*second));
    }
    facts
}

fn subject(lane: Option<Side>) -> HandoverSubject {
    HandoverSubject {
        setup: Uuid::nil(),
        organization: "Example Corp".to_owned(),
        practice: false,
        repair: false,
        lane,
    }
}

fn handover(facts: &Facts, to: Side) -> Handover {
    Handover::new(&subject(Some(to.other())), to, PersonalData::LeftOut, facts, at(1_000))
}

fn with_people(facts: &Facts, to: Side) -> Handover {
    let personal = PersonalData::Included { sender: " Ana Lima " };
    Handover::new(&subject(None), to, personal, facts, at(1_000))
}

fn take(facts: &Facts, handover: &Handover) -> Facts {
    merge(facts, handover, None, &BTreeMap::new(), at(2_000)).unwrap().0
}

fn differences(facts: &Facts, handover: &Handover) -> Vec<(Field, Difference)> {
    let compared = compare(facts, handover, at(2_000));
    compared.iter().map(|value| (value.field, value.difference)).collect()
}

/// Returns all fields, as listed in the catalog.
fn all_fields() -> Vec<Field> {
    let names = messages::keys().filter_map(|key| key.strip_prefix("field-"));
    let fields: Vec<Field> =
        names.filter_map(|name| serde_json::from_value(json!(name)).ok()).collect();
    assert!(fields.len() > 80, "only {} fields", fields.len());
    fields
}

#[test]
fn file_is_read_back() {
    let facts = facts(&[
        (Field::SpAcsUrl, ACS, Source::Entered, 1),
        (Field::NopsSaved, "true", Source::Declared, 2),
    ]);
    let saved = handover(&facts, Side::Aws);
    let file = saved.to_json().unwrap();
    assert!(Handover::is_recognized(&file));
    assert_eq!(Handover::read(&file), Ok(saved.clone()));
    let windows = String::from_utf8(file).unwrap().replace('\n', "\r\n");
    assert_eq!(Handover::read(windows.as_bytes()), Ok(saved), "line breaks don't matter");
}

#[test]
fn fingerprint_is_six_words_of_the_content() {
    let one = handover(&facts(&[(Field::SpAcsUrl, ACS, Source::Entered, 1)]), Side::Aws);
    let other = handover(&facts(&[(Field::SpAcsUrl, OTHER_ACS, Source::Entered, 1)]), Side::Aws);
    assert_eq!(one.fingerprint().split(' ').count(), 6, "{}", one.fingerprint());
    assert!(one.fingerprint().chars().all(|c| c.is_ascii_lowercase() || c == ' '));
    assert_ne!(one.fingerprint(), other.fingerprint());
    let read = Handover::read(&one.to_json().unwrap()).unwrap();
    assert_eq!(read.fingerprint(), one.fingerprint());
}

#[test]
fn damaged_files_are_rejected() {
    let facts = facts(&[(Field::SpAcsUrl, ACS, Source::Entered, 1)]);
    let file = String::from_utf8(handover(&facts, Side::Aws).to_json().unwrap()).unwrap();
    let changed = file.replace("?acs", "?asc");
    assert_eq!(Handover::read(changed.as_bytes()), Err(HandoverError::Changed));
    let other_role = file.replace("\"to\": \"aws\"", "\"to\": \"nops\"");
    assert_eq!(Handover::read(other_role.as_bytes()), Err(HandoverError::Changed));
    let unknown = file.replace("\"practice\"", "\"extra\": 1, \"practice\"");
    assert_eq!(Handover::read(unknown.as_bytes()), Err(HandoverError::Damaged));
    let newer = file.replace("\"schema_version\": 1", "\"schema_version\": 7");
    let error = Handover::read(newer.as_bytes());
    assert_eq!(error, Err(HandoverError::UnknownVersion { version: 7 }));
    let large = vec![b' '; usize::try_from(LARGEST).unwrap() + 1];
    assert_eq!(Handover::read(&large), Err(HandoverError::TooLarge));
    for length in 0..file.len() {
        let cut = &file.as_bytes()[..length];
        assert_eq!(Handover::read(cut), Err(HandoverError::Damaged), "{length} bytes");
    }
}

/// Another program can calculate the digest, so the values are checked too.
#[test]
fn forged_files_are_rejected() {
    let facts = facts(&[(Field::SpAcsUrl, ACS, Source::Entered, 1)]);
    let with = |field: Field, value: &str| {
        let mut forged = handover(&facts, Side::Nops);
        let known = forged.values[&Field::SpAcsUrl].clone();
        forged.values.insert(field, HandedOverValue { value: text(value), ..known });
        Handover::read(&forged.to_json().unwrap())
    };
    assert!(with(Field::SpEntityId, "https://app.nops.io/sso/v1/t/metadata").is_ok());
    let key = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    assert!(matches!(with(Field::SpEntityId, key), Err(HandoverError::Secret { .. })));
    // This consent isn't part of any handover.
    assert_eq!(with(Field::NopsAskedHost, "app.nops.io"), Err(HandoverError::Damaged));
    // Only the AWS administrator gets this value.
    assert_eq!(with(Field::Group, "nOps users"), Err(HandoverError::Damaged));
    let mut nameless = handover(&facts, Side::Nops);
    nameless.organization = " ".to_owned();
    assert_eq!(Handover::read(&nameless.to_json().unwrap()), Err(HandoverError::Damaged));
}

#[test]
fn other_documents_are_not_recognized() {
    for other in [
        "",
        "{}",
        "nops-sso-setup-handover",
        "{\"schema_version\": 1, \"id\": \"0\"}",
        "-----BEGIN CERTIFICATE-----",
    ] {
        assert!(!Handover::is_recognized(other.as_bytes()), "{other}");
    }
}

#[test]
fn personal_data_is_left_out_unless_chosen() {
    let mut full = Facts::default();
    for (second, field) in (0..).zip(all_fields()) {
        let value = text(&format!("{} of ana.lima@example.com", field.name()));
        full.record(field, value, Source::Entered, at(second));
    }
    for to in [Side::Aws, Side::Nops] {
        let subject = HandoverSubject {
            organization: "Ana (ana.lima@example.com)".to_owned(),
            ..subject(None)
        };
        let plain = Handover::new(&subject, to, PersonalData::LeftOut, &full, at(1_000));
        let file = String::from_utf8(plain.to_json().unwrap()).unwrap();
        assert!(!file.contains("ana.lima@"), "{file}");
        assert!(plain.values.is_empty(), "every value contains an address");
        let chosen = with_people(&full, to);
        assert!(chosen.values.contains_key(&Field::Tester));
        assert!(chosen.values.values().all(|value| value.name.as_deref() == Some("Ana Lima")));
    }
    for name in [Field::AwsCaller, Field::TesterUserId, Field::ConfigurationSaved] {
        assert_eq!(contents(name), Contents::None, "{name:?} names people");
    }
}

#[test]
fn names_without_an_address_are_left_out_too() {
    let facts = facts(&[
        (Field::Tester, "ana", Source::Entered, 1),
        (Field::SpAcsUrl, ACS, Source::imported(Some("for ana.txt".to_owned())), 2),
    ]);
    let plain = handover(&facts, Side::Nops);
    assert_eq!(plain.values.keys().collect::<Vec<_>>(), [&Field::SpAcsUrl]);
    assert!(!String::from_utf8(plain.to_json().unwrap()).unwrap().contains("ana"));
    // A name that a colleague chose to include isn't passed on without that choice.
    let taken = take(&Facts::default(), &with_people(&facts, Side::Nops));
    let passed_on = handover(&taken, Side::Aws);
    assert!(passed_on.values.values().all(|value| value.name.is_none()), "{passed_on:#?}");
}

#[test]
fn taken_values_name_their_origin() {
    let sent = facts(&[(Field::SpAcsUrl, ACS, Source::Entered, 7)]);
    let taken = take(&Facts::default(), &handover(&sent, Side::Aws));
    let fact = taken.get(Field::SpAcsUrl).unwrap();
    let origin =
        Origin { role: Side::Nops, name: None, source: OriginalSource::Entered, at: at(7) };
    assert_eq!(fact.source, Source::Imported { file: None, origin: Some(origin.clone()) });
    assert_eq!(fact.at, at(7));
    // The AWS administrator sends it back.
    let back = handover(&taken, Side::Nops);
    let value = &back.values[&Field::SpAcsUrl];
    assert_eq!((value.by, value.source, value.at), (origin.role, origin.source, origin.at));
    assert_eq!(differences(&sent, &back), []);
}

#[test]
fn newer_value_of_same_person_is_an_update() {
    let sent = |value, second| {
        handover(&facts(&[(Field::SpAcsUrl, value, Source::Entered, second)]), Side::Aws)
    };
    let first = take(&Facts::default(), &sent(ACS, 1));
    let update = sent(OTHER_ACS, 2);
    assert_eq!(differences(&first, &update), [(Field::SpAcsUrl, Difference::Updated)]);
    let second = take(&first, &update);
    assert_eq!(second.text(Field::SpAcsUrl), Some(OTHER_ACS));
    assert_eq!(differences(&second, &sent(ACS, 1)), [], "an older file changes nothing");
    let same_time = sent(OTHER_ACS, 1);
    assert_eq!(differences(&first, &same_time), [(Field::SpAcsUrl, Difference::Conflict)]);
}

#[test]
fn conflicts_need_a_choice() {
    let own = facts(&[(Field::SpAcsUrl, ACS, Source::Entered, 1)]);
    let sent = handover(
        &facts(&[
            (Field::SpAcsUrl, OTHER_ACS, Source::Entered, 2),
            (Field::NopsSaved, "true", Source::Declared, 3),
        ]),
        Side::Aws,
    );
    let expected = [(Field::SpAcsUrl, Difference::Conflict), (Field::NopsSaved, Difference::New)];
    assert_eq!(differences(&own, &sent), expected);
    let undecided = merge(&own, &sent, None, &BTreeMap::new(), at(9));
    assert_eq!(undecided, Err(UndecidedConflict(Field::SpAcsUrl)));
    for (choice, expected) in [(Choice::Mine, ACS), (Choice::Theirs, OTHER_ACS)] {
        let choices = BTreeMap::from([(Field::SpAcsUrl, choice)]);
        let (merged, _) = merge(&own, &sent, None, &choices, at(9)).unwrap();
        assert_eq!(merged.text(Field::SpAcsUrl), Some(expected));
        assert!(merged.is_true(Field::NopsSaved));
    }
}

#[test]
fn derived_value_gives_way() {
    let link = "https://portal.sso.us-east-1.amazonaws.com/saml/metadata/\
        MTIzNDU2Nzg5MDEyX2lucy0wMTIzNDU2Nzg5YWJjZGVm";
    let own = facts(&[(Field::IdpMetadataUrl, link, Source::Entered, 1)]);
    let account =
        |id| handover(&facts(&[(Field::AwsAccountId, id, Source::Entered, 2)]), Side::Nops);
    assert_eq!(differences(&own, &account("123456789012")), []);
    let other = account("210987654321");
    assert_eq!(differences(&own, &other), [(Field::AwsAccountId, Difference::ReplacesDerived)]);
    assert_eq!(take(&own, &other).text(Field::AwsAccountId), Some("210987654321"));
    let derived = Source::Derived { from: Field::ApplicationArn };
    let derived =
        handover(&facts(&[(Field::AwsAccountId, "210987654321", derived, 2)]), Side::Nops);
    assert_eq!(differences(&own, &derived), []);
    let entered = facts(&[(Field::AwsAccountId, "123456789012", Source::Entered, 1)]);
    assert_eq!(differences(&entered, &derived), [], "a derived value never contradicts");
}

#[test]
fn observations_of_both_people_never_conflict() {
    let read =
        |value, second| facts(&[(Field::NopsSavedEndpoint, value, Source::Observed, second)]);
    let own = read("https://example.com/1", 5);
    let newer = handover(&read("https://example.com/2", 6), Side::Aws);
    assert_eq!(differences(&own, &newer), [(Field::NopsSavedEndpoint, Difference::Updated)]);
    let older = handover(&read("https://example.com/2", 4), Side::Aws);
    assert_eq!(differences(&own, &older), []);
}

#[test]
fn handed_over_results_stay_fresh_only_for_same_values() {
    let known = [
        (Field::SpAcsUrl, ACS, Source::Entered, 1),
        (Field::ApplicationArn, "arn:aws:sso::123456789012:application/a/b", Source::Observed, 2),
    ];
    let mut tested = facts(&known);
    let passed = test_record::dry_run(&tested, Verdict::Passed, at(3), (10, 10), None);
    tested.record(Field::DryRun, passed, Source::Observed, at(3));
    let sent = handover(&tested, Side::Nops);
    let state = |facts: &Facts| test_record::result_state(facts, Field::DryRun);
    let taken = take(&Facts::default(), &sent);
    assert_eq!(state(&taken), test_record::ResultState::Fresh);
    // The recipient had changed the value and changed it back after the dry run.
    let late = facts(&[(Field::SpAcsUrl, ACS, Source::Entered, 500)]);
    assert_eq!(state(&take(&late, &sent)), test_record::ResultState::Stale);
    let choices = BTreeMap::from([(Field::SpAcsUrl, Choice::Mine)]);
    let other = facts(&[(Field::SpAcsUrl, OTHER_ACS, Source::Entered, 1)]);
    let (kept, _) = merge(&other, &sent, None, &choices, at(9)).unwrap();
    assert_eq!(state(&kept), test_record::ResultState::Stale);
}

#[test]
fn times_in_the_future_are_limited() {
    let sent = facts(&[(Field::SpAcsUrl, ACS, Source::Entered, 900_000)]);
    let taken = take(&Facts::default(), &handover(&sent, Side::Aws));
    assert_eq!(taken.get(Field::SpAcsUrl).map(|fact| fact.at), Some(at(2_000)));
}

#[test]
fn other_organization_is_recognized() {
    let own = facts(&[(Field::SpAcsUrl, ACS, Source::Entered, 1)]);
    let sent = |value| handover(&facts(&[(Field::SpAcsUrl, value, Source::Entered, 1)]), Side::Aws);
    assert!(!names_other_organization(&own, &sent(ACS)));
    assert!(names_other_organization(&own, &sent(OTHER_ACS)));
    assert!(!names_other_organization(&Facts::default(), &sent(ACS)));
    assert!(!names_other_organization(&own, &sent("https://example.com")));
}

fn source() -> impl Strategy<Value = Source> {
    prop_oneof![
        Just(Source::Observed),
        Just(Source::Entered),
        Just(Source::Declared),
        Just(Source::imported(Some("file.xml".to_owned()))),
    ]
}

/// A word of these letters.
fn word(letters: &'static str) -> impl Strategy<Value = String> {
    let letter = prop::sample::select(letters.chars().collect::<Vec<_>>());
    prop::collection::vec(letter, 1..9).prop_map(String::from_iter)
}

fn value() -> impl Strategy<Value = FactValue> {
    prop_oneof![
        word("abcd").prop_map(FactValue::Text),
        Just(text(ACS)),
        Just(text("samuel.okafor@example.com")),
        (word("abcd"), word("ab@.")).prop_map(|(attribute, value)| {
            FactValue::Mappings(vec![Mapping { attribute, value, format: "basic".to_owned() }])
        }),
        word("0123456789abcdef").prop_map(|depends_on| FactValue::Result(RecordedResult {
            verdict: Verdict::Passed,
            depends_on,
            at: None,
            passed: 1,
            checks: 1,
            response: None,
            copied: false,
        })),
    ]
}

/// Any facts in these fields.
fn any_facts(fields: Vec<Field>) -> impl Strategy<Value = Facts> {
    let entry = (prop::sample::select(fields), value(), source(), 0_i64..900);
    prop::collection::vec(entry, 0..12).prop_map(|entries| {
        let mut facts = Facts::default();
        for (field, value, source, second) in entries {
            // No setup has rows in a field for text.
            if contents::is_plausible(field, &value) {
                facts.record(field, value, source, at(second));
            }
        }
        facts
    })
}

fn values(facts: &Facts) -> BTreeMap<Field, &FactValue> {
    facts.iter().map(|(field, fact): (Field, &Fact)| (field, &fact.value)).collect()
}

/// Chooses the colleague's value in each conflict.
fn take_theirs(facts: &Facts, handover: &Handover) -> Facts {
    let theirs = |value: ComparedValue<'_>| (value.field, Choice::Theirs);
    let choices = compare(facts, handover, at(2_000)).into_iter().map(theirs).collect();
    merge(facts, handover, None, &choices, at(2_000)).unwrap().0
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_saved_file_can_be_read(facts in any_facts(all_fields())) {
        for to in [Side::Aws, Side::Nops] {
            let saved = handover(&facts, to);
            prop_assert_eq!(Handover::read(&saved.to_json().unwrap()), Ok(saved));
        }
    }

    #[test]
    fn file_without_personal_data_has_no_address(facts in any_facts(all_fields())) {
        for to in [Side::Aws, Side::Nops] {
            let file = String::from_utf8(handover(&facts, to).to_json().unwrap()).unwrap();
            prop_assert_eq!(&without_addresses(&file), &file);
            prop_assert!(!file.contains("samuel"));
        }
    }

    #[test]
    fn opening_a_file_twice_changes_nothing(
        own in any_facts(all_fields()),
        sent in any_facts(all_fields()),
    ) {
        let sent = with_people(&sent, Side::Nops);
        let once = take_theirs(&own, &sent);
        prop_assert_eq!(&take_theirs(&once, &sent), &once);
        prop_assert!(compare(&once, &sent, at(2_000)).is_empty());
    }

    /// Both people save before either opens the other's file.
    #[test]
    fn crossing_files_give_both_people_the_same_values(
        aws in any_facts(vec![Field::IdpLink, Field::ApplicationName, Field::DryRun, Field::AwsRegion]),
        nops in any_facts(vec![Field::SpAcsUrl, Field::NopsSaved, Field::TestFromNops, Field::NopsDomain]),
    ) {
        let to_nops = with_people(&aws, Side::Nops);
        let to_aws = with_people(&nops, Side::Aws);
        let (aws, nops) = (take(&aws, &to_aws), take(&nops, &to_nops));
        prop_assert_eq!(values(&aws), values(&nops));
        // Another round has nothing new.
        prop_assert!(compare(&aws, &with_people(&nops, Side::Aws), at(2_000)).is_empty());
        prop_assert!(compare(&nops, &with_people(&aws, Side::Nops), at(2_000)).is_empty());
    }

    #[test]
    fn order_of_files_without_conflicts_is_irrelevant(
        first in any_facts(vec![Field::SpAcsUrl, Field::NopsSaved, Field::AdminPassword]),
        second in any_facts(vec![Field::NopsDomain, Field::TestFromNops, Field::NopsSsoType]),
    ) {
        let (first, second) = (with_people(&first, Side::Aws), with_people(&second, Side::Aws));
        let own = facts(&[(Field::IdpLink, "link", Source::Entered, 3)]);
        let one = take(&take(&own, &first), &second);
        let other = take(&take(&own, &second), &first);
        prop_assert_eq!(one, other);
    }
}

/// A file can claim any author and any time.
#[test]
fn file_never_replaces_the_users_own_value_unasked() {
    let sent = handover(&facts(&[(Field::SpAcsUrl, OTHER_ACS, Source::Entered, 5)]), Side::Aws);
    let own = facts(&[(Field::SpAcsUrl, ACS, Source::Entered, 1)]);
    for by in [Side::Aws, Side::Nops] {
        let mut sent = sent.clone();
        let value = sent.values.get_mut(&Field::SpAcsUrl).unwrap();
        (value.by, value.at) = (by, at(9_000_000_000));
        assert_eq!(differences(&own, &sent), [(Field::SpAcsUrl, Difference::Conflict)], "{by:?}");
        // A later correction of a value that came from the file isn't older.
        let taken = take(&Facts::default(), &sent);
        let fact = taken.get(Field::SpAcsUrl).unwrap();
        assert!(fact.at <= at(2_000) && fact.source.origin().unwrap().at <= at(2_000));
    }
}

#[test]
fn implausible_values_are_damage() {
    let check = |field: Field, value: FactValue| {
        let mut sent =
            handover(&facts(&[(Field::NopsSaved, "true", Source::Declared, 5)]), Side::Aws);
        let mut one = sent.values[&Field::NopsSaved].clone();
        one.value = value;
        sent.values.insert(field, one);
        Handover::read(&sent.to_json().unwrap()).map(drop)
    };
    let row = Mapping {
        attribute: "Subject".to_owned(),
        value: "${user:email}".to_owned(),
        format: "emailAddress".to_owned(),
    };
    assert_eq!(check(Field::SpAcsUrl, text(ACS)), Ok(()));
    assert_eq!(check(Field::AttributeMappings, FactValue::Mappings(vec![row.clone()])), Ok(()));
    for (field, value) in [
        (Field::SpAcsUrl, text(&"x".repeat(100_000))),
        (Field::SpAcsUrl, text("https://app.nops.io/\nsecond line")),
        (Field::SpAcsUrl, FactValue::Mappings(vec![row.clone()])),
        (Field::AttributeMappings, FactValue::Mappings(vec![row; 5_000])),
        (Field::NopsX509, text(&"x".repeat(1_000_000))),
    ] {
        assert_eq!(check(field, value), Err(HandoverError::Damaged), "{field:?}");
    }
}
