//! The dry run, the sign-in tests, and *Ready to enforce*.

use serde::Serialize;

use super::super::redaction::Redactor;
use super::{
    name, time,
    values::{label, source},
};
use crate::view::{RowVerdict, SetupView, SignInTestResult};
use messages::MessageCatalog;
use setup::{
    Field, Source,
    enforcement::{Condition, ConditionState},
};

/// The dry run's result. The response itself isn't kept.
#[derive(Clone, Debug, Serialize)]
pub struct DryRun {
    /// RFC 3339.
    pub at: String,
    /// `pass`, `fail` or `unchecked`.
    pub verdict: RowVerdict,
    /// A tester on another computer sent the result.
    pub declared: bool,
    /// The number of passed checks. `None` if only the result was kept.
    pub passed: Option<u32>,
    /// The number of all checks. `None` if only the result was kept.
    pub checks: Option<u32>,
    /// The checks, if the details of the dry run are available.
    pub rows: Vec<CheckedResult>,
}

#[derive(Clone, Debug, Serialize)]
pub struct CheckedResult {
    /// For example, `audience`.
    pub check: String,
    pub name: String,
    pub verdict: RowVerdict,
}

#[derive(Clone, Debug, Serialize)]
pub struct SignInTest {
    /// `test_from_portal` or `test_from_nops`.
    pub sign_in_test: Field,
    pub name: String,
    /// The result that the user reported.
    pub result: SignInTestResult,
    /// When the result was reported, RFC 3339.
    pub at: Option<String>,
    /// The test passed, but a value that it depends on has changed since.
    pub stale: bool,
}

/// Whether *Enforce* can be turned on.
#[derive(Clone, Debug, Serialize)]
pub struct EnforceSummary {
    /// All conditions are met.
    pub open: bool,
    /// The number of conditions that are met.
    pub met: u32,
    pub conditions: Vec<EnforceRequirement>,
}

#[derive(Clone, Debug, Serialize)]
pub struct EnforceRequirement {
    /// `dry_run`, `sign_in_tests`, `recovery` or `domain`.
    pub name: String,
    pub state: ConditionState,
    /// How we know that the condition is met, as text, unless we observed it.
    pub source: Option<String>,
    /// The condition as text.
    pub words: String,
}

pub(super) fn dry_run(view: &SetupView, words: &MessageCatalog) -> Option<DryRun> {
    let Some(shown) = &view.dry_run else {
        let kept = view.facts.get(&Field::DryRun)?;
        let verdict = match kept.value.split(' ').next()? {
            "passed" | "pass" => RowVerdict::Pass,
            "failed" | "fail" => RowVerdict::Fail,
            _ => RowVerdict::Unchecked,
        };
        let at = kept.at.clone();
        return Some(DryRun {
            at,
            verdict,
            declared: kept.source == Source::Declared,
            passed: None,
            checks: None,
            rows: Vec::new(),
        });
    };
    let passed = shown.rows.iter().filter(|row| row.verdict == RowVerdict::Pass).count();
    Some(DryRun {
        at: shown.at.clone(),
        verdict: shown.verdict,
        declared: false,
        passed: u32::try_from(passed).ok(),
        checks: u32::try_from(shown.rows.len()).ok(),
        rows: shown
            .rows
            .iter()
            .map(|row| CheckedResult {
                check: row.check.clone(),
                name: words.format_plain(&format!("dry-run-{}", row.check)),
                verdict: row.verdict,
            })
            .collect(),
    })
}

pub(super) fn sign_in_tests(view: &SetupView, words: &MessageCatalog) -> Vec<SignInTest> {
    view.sign_in_tests
        .iter()
        .map(|sign_in_test| SignInTest {
            sign_in_test: sign_in_test.test,
            name: label(sign_in_test.test, words),
            result: sign_in_test.result,
            at: sign_in_test.at.clone(),
            stale: sign_in_test.stale,
        })
        .collect()
}

pub(super) fn enforcement(
    view: &SetupView,
    redactor: &Redactor,
    words: &MessageCatalog,
) -> EnforceSummary {
    EnforceSummary {
        open: view.enforcement.open,
        met: view.enforcement.met,
        conditions: view
            .enforcement
            .conditions
            .iter()
            .map(|one| condition(one, redactor, words))
            .collect(),
    }
}

fn condition(
    condition: &Condition,
    redactor: &Redactor,
    words: &MessageCatalog,
) -> EnforceRequirement {
    let key = format!("condition-{}-{}", condition.name, name(&condition.state));
    let params = condition
        .params
        .iter()
        .map(|(name, text)| (name.clone(), redactor.redact(&time(text))))
        .collect();
    EnforceRequirement {
        name: condition.name.clone(),
        state: condition.state,
        source: condition.source.as_ref().map(|known| source(known, redactor, words)),
        words: words.text(&key, &params),
    }
}
