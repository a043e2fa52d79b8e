//! Evaluates all facts of a setup together.

use jiff::Timestamp;

use super::{
    Facts, Field, Finding, Page, Source, Step,
    derive::derive,
    enforcement::{self, ConditionState, EnforceReadiness, EnforcementPeople},
    rotation, rules,
};

/// The findings and the conditions of *Ready to enforce*.
#[derive(Clone, Debug)]
pub struct Assessment {
    /// All findings, sorted by step and then by severity, the worst first.
    pub findings: Vec<Finding>,
    pub enforcement: EnforceReadiness,
}

/// Evaluates the facts. `roster` contains the setup's people.
pub fn assess(facts: &Facts, roster: &EnforcementPeople, now: Timestamp) -> Assessment {
    let mut findings = rules::findings(facts, now);
    let enforcement = enforcement::readiness(&derive(facts, now), &findings, roster);
    if is_enforced_early(facts, &enforcement, now) {
        findings.push(
            Finding::error(Field::NopsEnforce, "enforce_early")
                .with_expected("off")
                .with_received("on")
                .with_page_to_open(Page::NopsSso)
                .with_step(Step::Finish),
        );
        findings.sort_by_key(|finding| (finding.step, std::cmp::Reverse(finding.severity)));
    }
    Assessment { findings, enforcement }
}

/// Returns whether *Enforce* is on, but not all conditions are met. If *Enforce* comes from a values
/// document or a handover, only the conditions that this file can meet count.
fn is_enforced_early(facts: &Facts, enforcement: &EnforceReadiness, now: Timestamp) -> bool {
    let Some(fact) = facts.get(Field::NopsEnforce).filter(|_| facts.is_true(Field::NopsEnforce))
    else {
        return false;
    };
    match &fact.source {
        Source::Imported { origin: Some(_), .. } => {
            enforcement.conditions.iter().any(enforcement::Condition::is_unmet_in_handover)
        }
        Source::Imported { origin: None, .. } => {
            enforcement.conditions.iter().any(enforcement::Condition::is_unmet_in_document)
        }
        Source::Observed | Source::Entered | Source::Declared | Source::Derived { .. } => {
            !enforcement.open && !is_only_being_rotated(facts, enforcement, now)
        }
    }
}

/// Returns whether results are outdated only because the certificate is being replaced. The
/// conditions were met when *Enforce* was turned on.
fn is_only_being_rotated(facts: &Facts, enforcement: &EnforceReadiness, now: Timestamp) -> bool {
    let mut unmet = enforcement.conditions.iter().filter(|condition| !condition.is_met());
    rotation::is_under_way(&derive(facts, now), now)
        && unmet.all(|condition| condition.state == ConditionState::Stale)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        FactValue, Origin, OriginalSource, Side, Verdict,
        enforcement::{ConditionState, Team},
        test_record,
    };

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn now() -> Timestamp {
        at("2026-11-24T09:00:00Z")
    }

    fn with(mut facts: Facts, field: Field, text: &str, source: Source) -> Facts {
        facts.record(field, FactValue::Text(text.to_owned()), source, now());
        facts
    }

    /// Returns a setup in which every check and test passed.
    fn ready_setup() -> Facts {
        let mut facts = Facts::default();
        for (field, text) in [
            (Field::SpAcsUrl, "https://app.nops.io/sso/v1/0a1b2c3d4e5f/?acs"),
            (Field::SpEntityId, "https://app.nops.io/sso/v1/0a1b2c3d4e5f/metadata"),
            (Field::NopsDomain, "example.com"),
            (Field::Tester, "ana@example.com"),
            (Field::RecoveryAdministrator, "ops@example.net"),
            (Field::NopsTeamChecked, "true"),
            (Field::IdpCertificate, include_str!("../../saml/tests/fixtures/certificate.pem")),
        ] {
            facts = with(facts, field, text, Source::Entered);
        }
        let passed = test_record::dry_run(&facts, Verdict::Passed, now(), (10, 10), None);
        facts.record(Field::DryRun, passed, Source::Observed, now());
        for test in [Field::TestFromPortal, Field::TestFromNops] {
            let passed = test_record::sign_in_test(&facts, test, Verdict::Passed);
            facts.record(test, passed, Source::Declared, now());
        }
        facts
    }

    fn unmet_conditions(facts: &Facts, roster: &EnforcementPeople, now: Timestamp) -> Vec<String> {
        let enforcement = assess(facts, roster, now).enforcement;
        let missing = enforcement.conditions.iter().filter(|condition| !condition.is_met());
        missing.map(|condition| condition.name.clone()).collect()
    }

    #[test]
    fn contradicting_facts_keep_enforce_locked() {
        let no_one = EnforcementPeople::default();
        assert_eq!(unmet_conditions(&ready_setup(), &no_one, now()), [""; 0]);
        let observed = Source::Observed;
        for (field, text, source) in [
            (Field::ApplicationStatus, "DISABLED", observed.clone()),
            (Field::ApplicationStatus, rules::GONE, observed),
            // These two values weren't observed, but a documented rule rejects both.
            (Field::NopsSaved, "false", Source::Declared),
            (Field::NopsGroupMapping, "true", Source::Declared),
        ] {
            let contrary = with(ready_setup(), field, text, source);
            let missing = unmet_conditions(&contrary, &no_one, now());
            assert!(missing.contains(&"contradictions".to_owned()), "{field:?}: {missing:?}");
        }
        let late = at("2099-01-01T00:00:00Z");
        assert_eq!(unmet_conditions(&ready_setup(), &no_one, late), ["contradictions"], "expired");
        // An enabled application doesn't contradict any result.
        let quiet = with(ready_setup(), Field::ApplicationStatus, "ENABLED", Source::Observed);
        assert_eq!(unmet_conditions(&quiet, &no_one, now()), [""; 0]);
    }

    #[test]
    fn observed_error_of_inferred_rule_counts() {
        // This finding's rule is inferred, so the finding counts only if AWS returned the value.
        let elsewhere = "https://example.com/?acs";
        for (source, expected) in
            [(Source::Entered, None), (Source::Observed, Some("contradictions"))]
        {
            let facts = with(ready_setup(), Field::AwsAcsUrl, elsewhere, source.clone());
            let missing = unmet_conditions(&facts, &EnforcementPeople::default(), now());
            assert_eq!(missing.first().map(String::as_str), expected, "{source:?}");
        }
    }

    #[test]
    fn changed_value_makes_results_stale() {
        let (both, tests) = (["dry_run", "sign_in_tests"].as_slice(), ["sign_in_tests"].as_slice());
        for (field, text, stale) in [
            (Field::SpAcsUrl, "https://app.nops.io/sso/v1/0a1b2c3d4e5f/other?acs", both),
            (Field::SpEntityId, "https://app.nops.io/sso/v1/0a1b2c3d4e5f/other/metadata", both),
            (Field::ApplicationArn, "arn:aws:sso::123456789012:application/ssoins-1/apl-1", both),
            (Field::SubjectMapping, "${user:subject}", both),
            (Field::NopsX509, include_str!("../../saml/tests/fixtures/certificate.pem"), tests),
            (Field::NopsIssuerUrl, "https://example.com/issuer", tests),
            (Field::NopsSsoEndpoint, "https://example.com/endpoint", tests),
            (Field::NopsSsoType, "saml", tests),
            (Field::NopsGroupMapping, "false", tests),
            (Field::SpLoginUrl, "https://app.nops.io/sso/v1/0a1b2c3d4e5f/?sso", tests),
        ] {
            // The changed value has the same time as the results, so only its content shows that
            // they are stale.
            let missing = unmet_conditions(
                &with(ready_setup(), field, text, Source::Entered),
                &EnforcementPeople::default(),
                now(),
            );
            let found: Vec<&String> =
                missing.iter().filter(|name| both.contains(&name.as_str())).collect();
            assert_eq!(found, stale, "{field:?}");
        }
    }

    /// A value that was changed and then changed back is newer than the result.
    #[test]
    fn restored_value_still_makes_results_stale() {
        for (field, stale) in [
            (Field::SpAcsUrl, ["dry_run", "sign_in_tests"].as_slice()),
            (Field::NopsSsoType, &["sign_in_tests"]),
        ] {
            let mut facts = ready_setup();
            let before = facts.text(field).unwrap_or("saml").to_owned();
            facts = with(facts, field, &before, Source::Entered);
            let later = at("2026-11-24T10:00:00Z");
            for test in [Field::TestFromPortal, Field::TestFromNops] {
                let passed = test_record::sign_in_test(&facts, test, Verdict::Passed);
                facts.record(test, passed, Source::Declared, now());
            }
            assert_eq!(
                unmet_conditions(&facts, &EnforcementPeople::default(), later),
                [""; 0],
                "{field:?}"
            );
            for text in ["other", &before] {
                facts.record(field, FactValue::Text(text.to_owned()), Source::Entered, later);
            }
            assert_eq!(
                unmet_conditions(&facts, &EnforcementPeople::default(), later),
                stale,
                "{field:?}"
            );
        }
    }

    #[test]
    fn failed_or_missing_results_keep_enforce_locked() {
        for (field, condition) in [
            (Field::DryRun, "dry_run"),
            (Field::TestFromPortal, "sign_in_tests"),
            (Field::TestFromNops, "sign_in_tests"),
        ] {
            let mut facts = ready_setup();
            facts.remove(field);
            assert_eq!(
                unmet_conditions(&facts, &EnforcementPeople::default(), now()),
                [condition],
                "{field:?}"
            );
            let failed = match field {
                Field::DryRun => {
                    test_record::dry_run(&facts, Verdict::Failed, now(), (9, 10), None)
                }
                test => test_record::sign_in_test(&facts, test, Verdict::Failed),
            };
            facts.record(field, failed, Source::Observed, now());
            assert_eq!(
                unmet_conditions(&facts, &EnforcementPeople::default(), now()),
                [condition],
                "{field:?}"
            );
        }
    }

    #[test]
    fn setup_is_proved_by_dry_run_and_both_tests() {
        for field in [Field::DryRun, Field::TestFromPortal, Field::TestFromNops] {
            let mut facts = ready_setup();
            let is_proved = |facts: &Facts| {
                assess(facts, &EnforcementPeople::default(), now()).enforcement.is_proved
            };
            assert!(is_proved(&facts));
            facts.remove(field);
            assert!(!is_proved(&facts), "{field:?}");
        }
    }

    /// A colleague's result is evidence, but it wasn't observed here.
    #[test]
    fn handed_over_results_count_as_declared() {
        let mut facts = ready_setup();
        for field in [Field::DryRun, Field::TestFromPortal, Field::TestFromNops] {
            let value = facts.get(field).unwrap().value.clone();
            let source = OriginalSource::Observed;
            let origin = Origin { role: Side::Aws, name: None, source, at: now() };
            let source = Source::Imported { file: None, origin: Some(origin) };
            facts.record(field, value, source, now());
        }
        let readiness = assess(&facts, &EnforcementPeople::default(), now()).enforcement;
        assert!(readiness.open, "{readiness:#?}");
        for name in ["dry_run", "sign_in_tests"] {
            let found = readiness.conditions.iter().find(|condition| condition.name == name);
            assert_eq!(found.unwrap().state, ConditionState::Declared, "{name}");
        }
    }

    /// The colleague knows the people, and this setup doesn't.
    #[test]
    fn handed_over_enforce_is_judged_by_handed_over_evidence() {
        let is_early = |mut facts: Facts| {
            let source = OriginalSource::Declared;
            let origin = Origin { role: Side::Nops, name: None, source, at: now() };
            let source = Source::Imported { file: None, origin: Some(origin) };
            let value = FactValue::Text("true".to_owned());
            facts.record(Field::NopsEnforce, value, source, now());
            let found = assess(&facts, &EnforcementPeople::default(), now()).findings;
            found.iter().any(|finding| finding.code == "enforce_early")
        };
        let mut nameless = ready_setup();
        for field in [Field::Tester, Field::RecoveryAdministrator, Field::NopsTeamChecked] {
            nameless.remove(field);
        }
        assert!(!is_early(nameless.clone()));
        nameless.remove(Field::DryRun);
        assert!(is_early(nameless));
    }

    #[test]
    fn recovery_administrator_must_be_outside_domain() {
        let mut facts = ready_setup();
        facts.remove(Field::RecoveryAdministrator);
        assert_eq!(unmet_conditions(&facts, &EnforcementPeople::default(), now()), ["recovery"]);
        for inside in ["ops@example.com", "ops@EXAMPLE.com", "ops"] {
            let facts = with(ready_setup(), Field::RecoveryAdministrator, inside, Source::Entered);
            let missing = unmet_conditions(&facts, &EnforcementPeople::default(), now());
            assert!(missing.contains(&"recovery".to_owned()), "{inside}: {missing:?}");
        }
    }

    #[test]
    fn listed_people_and_team_must_have_access() {
        let roster = |added, locked_out| EnforcementPeople {
            addresses: vec!["bo@example.com".to_owned()],
            listed: 1,
            added,
            team: Some(Team { members: 2, locked_out, domain_unknown: 0 }),
        };
        assert_eq!(unmet_conditions(&ready_setup(), &roster(1, 0), now()), [""; 0]);
        assert_eq!(unmet_conditions(&ready_setup(), &roster(0, 0), now()), ["people"]);
        assert_eq!(unmet_conditions(&ready_setup(), &roster(1, 1), now()), ["team"]);
        let elsewhere =
            EnforcementPeople { addresses: vec!["bo@ex\u{e4}mple.com".to_owned()], ..roster(1, 0) };
        assert_eq!(unmet_conditions(&ready_setup(), &elsewhere, now()), ["domain"]);
    }

    #[test]
    fn team_must_be_compared_or_checked() {
        let mut facts = ready_setup();
        facts.remove(Field::NopsTeamChecked);
        assert_eq!(unmet_conditions(&facts, &EnforcementPeople::default(), now()), ["team"]);
        let no = with(facts.clone(), Field::NopsTeamChecked, "false", Source::Declared);
        assert_eq!(unmet_conditions(&no, &EnforcementPeople::default(), now()), ["team"]);
        let compared = |locked_out| EnforcementPeople {
            team: Some(Team { members: 3, locked_out, domain_unknown: 0 }),
            ..EnforcementPeople::default()
        };
        assert_eq!(unmet_conditions(&facts, &compared(0), now()), [""; 0]);
        // Without a domain, the comparison says nothing about members who aren't in AWS.
        let undecided = EnforcementPeople {
            team: Some(Team { members: 3, locked_out: 0, domain_unknown: 1 }),
            ..EnforcementPeople::default()
        };
        assert_eq!(unmet_conditions(&facts, &undecided, now()), ["team"]);
        // A compared list takes precedence over the user's own statement.
        assert_eq!(unmet_conditions(&ready_setup(), &compared(1), now()), ["team"]);
    }

    #[test]
    fn domain_counts_each_person_once() {
        let count = |addresses: &[&str]| {
            let addresses = addresses.iter().map(|address| (*address).to_owned()).collect();
            let roster = EnforcementPeople { addresses, ..EnforcementPeople::default() };
            let conditions = assess(&ready_setup(), &roster, now()).enforcement.conditions;
            let domain = conditions.into_iter().find(|condition| condition.name == "domain");
            domain.unwrap().params["people"].clone()
        };
        assert_eq!(count(&[]), "1", "the tester");
        assert_eq!(count(&["Ana@example.com", "bo@example.com"]), "2", "the tester is listed");
        assert_eq!(count(&["bo@example.com", "cy@example.com"]), "3", "the tester isn't listed");
    }

    #[test]
    fn domain_needs_an_address_to_compare() {
        let mut facts = ready_setup();
        facts.remove(Field::Tester);
        assert_eq!(unmet_conditions(&facts, &EnforcementPeople::default(), now()), ["domain"]);
    }

    #[test]
    fn team_members_in_subdomains_are_reported() {
        for (member, expected) in [
            ("bo@eu.example.com", true),
            ("bo@EU.Example.com", true),
            ("bo@example.com", false),
            ("bo@other-example.com", false),
            ("bo@example.net", false),
        ] {
            let team = format!("ana@example.com\n{member}");
            let facts = with(ready_setup(), Field::NopsTeam, &team, Source::Entered);
            let found = assess(&facts, &EnforcementPeople::default(), now()).findings;
            let is_reported = found.iter().any(|finding| finding.code == "team_below_domain");
            assert_eq!(is_reported, expected, "{member}");
        }
    }

    #[test]
    fn international_domains_are_normalized() {
        let facts = with(ready_setup(), Field::NopsDomain, "ex\u{e4}mple.com", Source::Entered);
        let facts = with(facts, Field::Tester, "ana@xn--exmple-cua.com", Source::Entered);
        let no_one = EnforcementPeople::default();
        assert_eq!(unmet_conditions(&facts, &no_one, now()), [""; 0]);
        for (recovery, code) in [
            ("ops@XN--EXMPLE-CUA.com", "recovery_in_domain"),
            ("ops@eu.ex\u{e4}mple.com", "recovery_below_domain"),
        ] {
            let facts =
                with(facts.clone(), Field::RecoveryAdministrator, recovery, Source::Entered);
            let found = assess(&facts, &no_one, now()).findings;
            assert!(found.iter().any(|finding| finding.code == code), "{recovery}: {found:?}");
        }
    }

    #[test]
    fn enforce_with_locked_out_members_is_an_error() {
        let early = |roster: &EnforcementPeople| {
            let facts = with(ready_setup(), Field::NopsEnforce, "true", Source::Declared);
            let found = assess(&facts, roster, now()).findings;
            found.iter().any(|finding| finding.code == "enforce_early")
        };
        assert!(!early(&EnforcementPeople::default()));
        assert!(early(&EnforcementPeople {
            team: Some(Team { members: 1, locked_out: 1, domain_unknown: 0 }),
            ..EnforcementPeople::default()
        }));
    }

    /// A values document has no dry run and no people, so only its own values can contradict
    /// *Enforce*.
    #[test]
    fn imported_enforce_is_judged_by_documented_values() {
        let imported = Source::imported(None);
        let early = |facts: Facts| {
            let facts = with(facts, Field::NopsEnforce, "true", imported.clone());
            let found = assess(&facts, &EnforcementPeople::default(), now()).findings;
            found.iter().any(|finding| finding.code == "enforce_early")
        };
        let mut document = ready_setup();
        document.remove(Field::DryRun);
        document.remove(Field::NopsTeamChecked);
        assert!(!early(document.clone()), "everything that a document can contain");
        for missing in [
            Field::TestFromPortal,
            Field::TestFromNops,
            Field::RecoveryAdministrator,
            Field::NopsDomain,
        ] {
            let mut document = document.clone();
            document.remove(missing);
            assert!(early(document), "{missing:?}");
        }
        let other_domain = with(document, Field::NopsDomain, "example.net", imported.clone());
        assert!(early(other_domain));
    }
}
