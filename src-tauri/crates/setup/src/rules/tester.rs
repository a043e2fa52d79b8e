//! Rules about the tester and the dry run.

use crate::{
    Facts,
    Field::*,
    Finding, Fix, LoggedEvent, Page, Verdict,
    test_record::{self, ResultState},
};

pub(super) fn findings(facts: &Facts) -> Vec<Finding> {
    let state = test_record::result_state(facts, DryRun);
    let name = facts.non_empty_text(Tester).unwrap_or("none");
    let tester = |field, code| Finding::warning(field, code).with("tester", name);
    let mut found = Vec::new();
    if facts.equals(TesterAssigned, "unassigned") {
        found.push(tester(TesterAssigned, "tester_unassigned").with_fix(Fix::Read));
    }
    if facts.equals(TesterPassword, "false") && !tester_has_signed_in(facts) {
        found.push(tester(TesterPassword, "tester_password").with_page_to_open(Page::AwsUsers));
    }
    if let Some(failed) = failed_sign_in(facts) {
        let credential = if failed.detail.is_empty() { "unknown" } else { &failed.detail };
        found.push(
            tester(TesterSignInFailed, "tester_sign_in_failed")
                .with("at", failed.at)
                .with("credential", credential)
                .with_page_to_open(Page::AwsUsers),
        );
    }
    match state {
        ResultState::Failed => {
            let recorded = facts.recorded_result(DryRun);
            let failed =
                recorded.map_or(0, |recorded| recorded.checks.saturating_sub(recorded.passed));
            found.push(
                Finding::error(DryRun, "dry_run_failed").with("failed", failed).with_reentry_fix(),
            );
        }
        ResultState::Stale => {
            found.push(Finding::warning(DryRun, "dry_run_stale").with_reentry_fix())
        }
        ResultState::Missing if facts.is_true(DryRunUnsupported) => {
            found.push(Finding::info(DryRunUnsupported, "dry_run_open").with_fix(Fix::Read));
        }
        ResultState::Fresh | ResultState::Missing => {}
    }
    found
}

/// Returns the tester's last failed sign-in, unless a later sign-in succeeded.
fn failed_sign_in(facts: &Facts) -> Option<&LoggedEvent> {
    let failed = facts.event(TesterSignInFailed)?;
    let succeeded = facts.event(TesterSignedIn).map(|event| event.at);
    let tested = facts.recorded_result(DryRun).and_then(|result| result.at);
    (succeeded.max(tested) < Some(failed.at)).then_some(failed)
}

/// Returns whether the tester has signed in to AWS since the user chose them. Later changes to
/// values don't matter.
pub fn tester_has_signed_in(facts: &Facts) -> bool {
    if facts.event(TesterSignedIn).is_some() {
        return true;
    }
    let chosen = facts.get(Tester).map(|fact| fact.at);
    [DryRun, TestFromPortal, TestFromNops].into_iter().any(|field| {
        facts.recorded_result(field).is_some_and(|recorded| recorded.verdict == Verdict::Passed)
            && facts.get(field).map(|fact| fact.at) >= chosen
    })
}

#[cfg(test)]
mod tests {
    use jiff::{SignedDuration, Timestamp};

    use super::*;
    use crate::{FactValue, Source};

    fn has_access_code(facts: &Facts, code: &str) -> bool {
        findings(facts).iter().any(|finding| finding.code == code)
    }

    fn has_tester_warning(facts: &Facts) -> bool {
        has_access_code(facts, "tester_password")
    }

    #[test]
    fn logged_sign_in_answers_password_question() {
        let start: Timestamp = "2026-11-24T09:00:00Z".parse().unwrap();
        let logged = |minute| {
            let at = start + SignedDuration::from_mins(minute);
            FactValue::Event(LoggedEvent { at, detail: "PASSWORD".to_owned() })
        };
        let mut facts = Facts::default();
        facts.record(TesterPassword, FactValue::Text("false".to_owned()), Source::Declared, start);
        facts.record(TesterSignInFailed, logged(5), Source::Observed, start);
        assert!(has_tester_warning(&facts) && has_access_code(&facts, "tester_sign_in_failed"));
        facts.record(TesterSignedIn, logged(4), Source::Observed, start);
        assert!(!has_tester_warning(&facts), "the tester has a password");
        assert!(has_access_code(&facts, "tester_sign_in_failed"), "the last attempt failed");
        facts.record(TesterSignedIn, logged(6), Source::Observed, start);
        assert!(!has_access_code(&facts, "tester_sign_in_failed"));
    }

    #[test]
    fn passed_dry_run_of_same_tester_answers_password_question() {
        let start: Timestamp = "2026-11-24T09:00:00Z".parse().unwrap();
        let at = |minute| start + SignedDuration::from_mins(minute);
        let text = |text: &str| FactValue::Text(text.to_owned());
        let mut facts = Facts::default();
        facts.record(Tester, text("dana"), Source::Entered, at(0));
        facts.record(TesterPassword, text("false"), Source::Declared, at(1));
        assert!(has_tester_warning(&facts));
        let passed = test_record::dry_run(&facts, Verdict::Passed, at(2), (1, 1), None);
        facts.record(DryRun, passed, Source::Observed, at(2));
        facts.record(SpAcsUrl, text("https://example.com"), Source::Entered, at(3));
        assert_eq!(test_record::result_state(&facts, DryRun), ResultState::Stale);
        assert!(!has_tester_warning(&facts));
        facts.record(Tester, text("samuel"), Source::Entered, at(4));
        assert!(has_tester_warning(&facts));
    }
}
