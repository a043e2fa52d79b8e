//! Rules about the tester and the dry run.

use crate::{
    Facts,
    Field::*,
    Finding, Fix, Page, Verdict,
    test_record::{self, Standing},
};

pub(super) fn findings(facts: &Facts) -> Vec<Finding> {
    let standing = test_record::standing(facts, DryRun);
    let tester = |field, code| Finding::warning(field, code).with("tester", facts.or_empty(Tester));
    let mut found = Vec::new();
    if facts.is(TesterAssigned, "unassigned") {
        found.push(tester(TesterAssigned, "tester_unassigned").fix(Fix::Read));
    }
    if facts.is(TesterPassword, "false") && !has_signed_in(facts) {
        found.push(tester(TesterPassword, "tester_password").open(Page::AwsUsers));
    }
    match standing {
        Standing::Failed => {
            let proof = facts.proof(DryRun);
            let failed = proof.map_or(0, |proof| proof.checks.saturating_sub(proof.passed));
            found.push(Finding::error(DryRun, "dry_run_failed").with("failed", failed).again());
        }
        Standing::Stale => found.push(Finding::warning(DryRun, "dry_run_stale").again()),
        Standing::Missing if facts.says(DryRunUnsupported) => {
            found.push(Finding::info(DryRunUnsupported, "dry_run_open").fix(Fix::Read));
        }
        Standing::Fresh | Standing::Missing => {}
    }
    found
}

/// Whether the tester could sign in to AWS since being chosen. Changed values don't matter here.
fn has_signed_in(facts: &Facts) -> bool {
    let chosen = facts.of(Tester).map(|fact| fact.at);
    [DryRun, TestFromPortal, TestFromNops].into_iter().any(|field| {
        facts.proof(field).is_some_and(|proof| proof.verdict == Verdict::Passed)
            && facts.of(field).map(|fact| fact.at) >= chosen
    })
}

#[cfg(test)]
mod tests {
    use jiff::{SignedDuration, Timestamp};

    use super::*;
    use crate::{Source, Value};

    fn warns(facts: &Facts) -> bool {
        findings(facts).iter().any(|finding| finding.code == "tester_password")
    }

    #[test]
    fn passed_dry_run_of_same_tester_answers_password_question() {
        let start: Timestamp = "2026-11-24T09:00:00Z".parse().unwrap();
        let at = |minute| start + SignedDuration::from_mins(minute);
        let text = |text: &str| Value::Text(text.to_owned());
        let mut facts = Facts::default();
        facts.learn(Tester, text("dana"), Source::Entered, at(0));
        facts.learn(TesterPassword, text("false"), Source::Declared, at(1));
        assert!(warns(&facts));
        let passed = test_record::dry_run(&facts, Verdict::Passed, at(2), (1, 1));
        facts.learn(DryRun, passed, Source::Observed, at(2));
        facts.learn(SpAcsUrl, text("https://example.com"), Source::Entered, at(3));
        assert_eq!(test_record::standing(&facts, DryRun), Standing::Stale);
        assert!(!warns(&facts));
        facts.learn(Tester, text("samuel"), Source::Entered, at(4));
        assert!(warns(&facts));
    }
}
