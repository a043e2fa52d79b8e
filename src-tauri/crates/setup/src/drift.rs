//! Compares a setup with what AWS and nOps show now: which values changed, and which problems
//! follow.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use specta::Type;

use super::{
    Facts,
    Field::{self, *},
    Finding, FindingItem, Fix, Page, Severity,
    derive::derive,
    idp::{IdentityProvider, SourcedValue},
    rules,
    test_record::{self, ResultState},
};

/// A value that differs from the setup. `before` or `after` is `None` if an item was added or
/// removed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ChangedValue {
    pub field: Field,
    /// The row or certificate, if the field contains several.
    pub item: Option<FindingItem>,
    pub before: Option<String>,
    pub after: Option<String>,
    /// Where to look at the value.
    pub fix: Fix,
}

impl ChangedValue {
    fn new(
        field: Field,
        item: Option<FindingItem>,
        before: Option<String>,
        after: Option<String>,
    ) -> Self {
        let fix = match field {
            ApplicationName | ApplicationStatus | ApplicationVisibility => {
                Fix::Open { page: Page::AwsApplication }
            }
            field => Fix::Go { step: field.step() },
        };
        Self { field, item, before, after, fix }
    }
}

/// The fields with a single value that AWS or nOps shows without the user.
const SINGLE_VALUES: [Field; 13] = [
    ApplicationName,
    ApplicationStatus,
    ApplicationVisibility,
    AwsAcsUrl,
    AwsAudience,
    NopsMetadataEntityId,
    NopsMetadataAcsUrl,
    NopsMetadataNameIdFormat,
    NopsSavedEndpoint,
    RequestIssuer,
    RequestAcsUrl,
    RequestNameIdFormat,
    PeopleAdded,
];

/// The fields whose problems [`findings`] returns. Problems in other fields can't appear after the
/// setup is finished, because no check reads them.
const RECHECKED: [Field; 25] = [
    ApplicationArn,
    ApplicationStatus,
    ApplicationVisibility,
    IdpLink,
    IdpEntityId,
    IdpSsoUrl,
    IdpMetadataUrl,
    IdpMetadata,
    IdpMetadataFetched,
    IdpCertificate,
    SpAcsUrl,
    SpEntityId,
    AwsAcsUrl,
    AwsAudience,
    AttributeMappings,
    NopsIssuerUrl,
    NopsSsoEndpoint,
    NopsX509,
    NopsCertificate,
    NopsSavedEndpoint,
    RequestIssuer,
    RequestAcsUrl,
    RequestNameIdFormat,
    TestFromPortal,
    TestFromNops,
];

/// Returns the values that changed. A value that the setup didn't know hasn't changed.
pub fn changed_values(before: &Facts, after: &Facts, now: Timestamp) -> Vec<ChangedValue> {
    let idp = [before, after].map(IdentityProvider::from_facts);
    let all = derive(before, now);
    let mut changed = changed_certificates(&idp);
    let mut compare = |field, before: Option<&str>, after: Option<&str>| {
        if let (Some(before), Some(after)) = (before, after)
            && before != after
        {
            let (before, after) = (Some(before.to_owned()), Some(after.to_owned()));
            changed.push(ChangedValue::new(field, None, before, after));
        }
    };
    let [known, seen] = &idp;
    compare(IdpEntityId, text(&known.issuer), text(&seen.issuer));
    compare(IdpSsoUrl, text(&known.endpoint), text(&seen.endpoint));
    // That the user confirmed step 9 doesn't say who was in the group.
    let is_confirmed = |field| field == PeopleAdded && before.is_declared(field);
    for field in SINGLE_VALUES.into_iter().filter(|field| !is_confirmed(*field)) {
        compare(field, all.text(field), after.text(field));
    }
    changed.extend(changed_rows(before, after));
    changed.extend([ConfigurationSaved, MappingsSaved].into_iter().filter_map(|field| {
        let told = |facts: &Facts| facts.event(field).map(|event| event.at.to_string());
        let (known, logged) = (told(before), told(after));
        (logged.is_some() && known != logged).then(|| ChangedValue::new(field, None, known, logged))
    }));
    changed
}

/// Returns the problems with the values that a check reads, the worst first.
pub fn findings(after: &Facts, now: Timestamp) -> Vec<Finding> {
    let mut found = rules::findings(after, now);
    found.retain(|finding| {
        finding.severity > Severity::Info
            && finding.field.is_some_and(|field| RECHECKED.contains(&field))
    });
    found.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    found
}

/// Returns the time up to which the setup's values were checked. Changes after this time are new.
pub fn last_verified(facts: &Facts) -> Option<Timestamp> {
    let proofs = [DryRun, TestFromPortal, TestFromNops].into_iter().filter(|test| {
        matches!(test_record::result_state(facts, *test), ResultState::Fresh | ResultState::Stale)
    });
    let logged = [ConfigurationSaved, MappingsSaved];
    proofs.chain(logged).filter_map(|field| facts.time(field)).max()
}

fn text(value: &Option<SourcedValue>) -> Option<&str> {
    value.as_ref().map(|value| value.value.as_str())
}

fn changed_certificates(idp: &[IdentityProvider; 2]) -> Vec<ChangedValue> {
    let [before, after] = idp.each_ref().map(|idp| {
        let certificates = idp.certificates.iter();
        certificates.map(|(_, certificate)| certificate.sha256()).collect::<BTreeSet<_>>()
    });
    if before.is_empty() || after.is_empty() {
        return Vec::new();
    }
    let change = |sha256: &String, is_new: bool| {
        let item = FindingItem::Certificate { sha256: sha256.clone() };
        let (before, after) = ((!is_new).then(|| sha256.clone()), is_new.then(|| sha256.clone()));
        ChangedValue::new(IdpCertificate, Some(item), before, after)
    };
    let removed = before.difference(&after).map(|sha256| change(sha256, false));
    removed.chain(after.difference(&before).map(|sha256| change(sha256, true))).collect()
}

fn changed_rows(before: &Facts, after: &Facts) -> Vec<ChangedValue> {
    let (Some(before), Some(after)) = (before.mappings(), after.mappings()) else {
        return Vec::new();
    };
    let rows = |rows: &[super::Mapping]| -> BTreeMap<String, String> {
        let row = |row: &super::Mapping| {
            (row.attribute.clone(), format!("{} ({})", row.value, row.format))
        };
        rows.iter().map(row).collect()
    };
    let (before, after) = (rows(before), rows(after));
    let names: BTreeSet<_> = before.keys().chain(after.keys()).collect();
    names
        .into_iter()
        .filter(|name| before.get(*name) != after.get(*name))
        .map(|name| {
            let item = FindingItem::Key { name: name.clone() };
            let (before, after) = (before.get(name).cloned(), after.get(name).cloned());
            ChangedValue::new(AttributeMappings, Some(item), before, after)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{FactValue, LoggedEvent, Mapping, Source};

    const PEM: &str = include_str!("../../saml/tests/fixtures/certificate.pem");

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn facts<const N: usize>(values: [(Field, &str); N]) -> Facts {
        let mut facts = Facts::default();
        for (field, value) in values {
            facts.record(field, FactValue::Text(value.to_owned()), Source::Observed, at(0));
        }
        facts
    }

    fn changes(before: &Facts, after: &Facts) -> Vec<(Field, Option<String>, Option<String>)> {
        let changed = changed_values(before, after, at(0)).into_iter();
        changed.map(|change| (change.field, change.before, change.after)).collect()
    }

    fn some(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    #[test]
    fn only_values_that_were_known_can_change() {
        let none = Facts::default();
        let enabled = facts([(ApplicationStatus, "ENABLED")]);
        let disabled = facts([(ApplicationStatus, "DISABLED"), (ApplicationName, "nOps")]);
        let change = (ApplicationStatus, some("ENABLED"), some("DISABLED"));
        for (before, after, expected) in [
            (&none, &enabled, vec![]),
            (&enabled, &none, vec![]),
            (&enabled, &enabled, vec![]),
            (&enabled, &disabled, vec![change]),
        ] {
            assert_eq!(changes(before, after), expected);
        }
    }

    #[test]
    fn certificate_from_another_source_is_not_a_change() {
        let pasted = facts([(IdpCertificate, PEM)]);
        let mut one_line: String = PEM.lines().filter(|line| !line.starts_with('-')).collect();
        let fetched = facts([(IdpCertificate, &one_line)]);
        assert_eq!(changes(&pasted, &fetched), []);
        one_line.clear();
        assert_eq!(changes(&pasted, &facts([(IdpCertificate, &one_line)])), [], "unreadable");
    }

    #[test]
    fn each_mapping_row_is_compared() {
        let with = |rows: &[(&str, &str)]| {
            let row = |(attribute, value): &(&str, &str)| Mapping {
                attribute: (*attribute).to_owned(),
                value: (*value).to_owned(),
                format: "basic".to_owned(),
            };
            let rows = FactValue::Mappings(rows.iter().map(row).collect());
            let mut facts = Facts::default();
            facts.record(AttributeMappings, rows, Source::Observed, at(0));
            facts
        };
        let before = with(&[("User.Email", "${user:email}"), ("User.LastName", "x")]);
        let after = with(&[("User.LastName", "y"), ("User.Email", "${user:email}"), ("b", "c")]);
        let row = |before: Option<&str>, after: Option<&str>| {
            (AttributeMappings, before.and_then(some), after.and_then(some))
        };
        let expected = [row(Some("x (basic)"), Some("y (basic)")), row(None, Some("c (basic)"))];
        assert_eq!(changes(&before, &after), expected);
    }

    #[test]
    fn first_logged_save_is_a_change() {
        let logged = |second| {
            let mut facts = Facts::default();
            let event = LoggedEvent { at: at(second), detail: "ana".to_owned() };
            let event = FactValue::Event(event);
            facts.record(ConfigurationSaved, event, Source::Observed, at(0));
            facts
        };
        let none = Facts::default();
        assert_eq!(
            changes(&none, &logged(5)),
            [(ConfigurationSaved, None, some("1970-01-01T00:00:05Z"))]
        );
        assert_eq!(changes(&logged(5), &logged(5)), []);
        assert_eq!(changes(&logged(5), &none), []);
    }

    #[test]
    fn confirmed_people_are_not_compared() {
        let people = |added: &str, source| {
            let mut facts = Facts::default();
            facts.record(PeopleAdded, FactValue::Text(added.to_owned()), source, at(0));
            facts
        };
        let seen = people("false", Source::Observed);
        assert_eq!(changes(&people("true", Source::Declared), &seen), []);
        assert_eq!(changes(&people("true", Source::Observed), &seen).len(), 1);
    }

    #[test]
    fn values_that_no_check_reads_are_not_reported() {
        let admin = facts([(NopsDefaultRole, "client-admin"), (ApplicationStatus, "DISABLED")]);
        assert_eq!(rules::findings(&admin, at(0)).len(), 2);
        let codes = findings(&admin, at(0)).into_iter().map(|finding| finding.code);
        assert_eq!(codes.collect::<Vec<_>>(), ["application_disabled"]);
    }
}
