//! What speaks for the setup: dry run, sign-in tests, gate.

use serde::Serialize;

use super::super::redaction::Redactor;
use super::{
    name, time,
    values::{label, source},
};
use crate::view::{RowVerdict, SetupView, SignInTestResult};
use messages::Words;
use setup::{
    Field, Source,
    enforcement::{Condition, ConditionState},
};

/// The dry run's result. What the response said is not kept.
#[derive(Clone, Debug, Serialize)]
pub struct DryRun {
    /// When, RFC 3339.
    pub at: String,
    /// `pass`, `fail` or `unchecked`.
    pub verdict: RowVerdict,
    /// A tester elsewhere sent the result: it is said, not seen here.
    pub declared: bool,
    /// How many checks passed; none when only the result was kept.
    pub passed: Option<u32>,
    /// How many checks there were; none when only the result was kept.
    pub checks: Option<u32>,
    /// Check by check, while the dry run is on show.
    pub rows: Vec<Checked>,
}

/// One check.
#[derive(Clone, Debug, Serialize)]
pub struct Checked {
    /// Such as `audience`.
    pub check: String,
    /// Its name.
    pub name: String,
    /// The result.
    pub verdict: RowVerdict,
}

/// One sign-in test.
#[derive(Clone, Debug, Serialize)]
pub struct SignInTest {
    /// `test_from_portal` or `test_from_nops`.
    pub sign_in_test: Field,
    /// Its name.
    pub name: String,
    /// What was said.
    pub result: SignInTestResult,
    /// When, RFC 3339.
    pub at: Option<String>,
    /// It passed before something it rests on changed.
    pub stale: bool,
}

/// May *Enforce* be switched on?
#[derive(Clone, Debug, Serialize)]
pub struct Gate {
    /// All conditions are met.
    pub open: bool,
    /// How many are met.
    pub met: u32,
    /// The conditions.
    pub conditions: Vec<Requirement>,
}

/// One condition.
#[derive(Clone, Debug, Serialize)]
pub struct Requirement {
    /// `dry_run`, `sign_in_tests`, `recovery` or `domain`.
    pub name: String,
    /// How it stands.
    pub state: ConditionState,
    /// How we know that it's met, in words, if we didn't observe it.
    pub source: Option<String>,
    /// The same in words.
    pub words: String,
}

pub(super) fn dry_run(view: &SetupView, words: &Words) -> Option<DryRun> {
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
            .map(|row| Checked {
                check: row.check.clone(),
                name: words.word(&format!("dry-run-{}", row.check)),
                verdict: row.verdict,
            })
            .collect(),
    })
}

pub(super) fn sign_in_tests(view: &SetupView, words: &Words) -> Vec<SignInTest> {
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

pub(super) fn gate(view: &SetupView, veil: &Redactor, words: &Words) -> Gate {
    Gate {
        open: view.gate.open,
        met: view.gate.met,
        conditions: view.gate.conditions.iter().map(|one| condition(one, veil, words)).collect(),
    }
}

fn condition(condition: &Condition, veil: &Redactor, words: &Words) -> Requirement {
    let key = format!("gate-{}-{}", condition.name, name(&condition.state));
    let params = condition
        .params
        .iter()
        .map(|(name, text)| (name.clone(), veil.over(&time(text))))
        .collect();
    Requirement {
        name: condition.name.clone(),
        state: condition.state,
        source: condition.source.as_ref().map(|known| source(known, veil, words)),
        words: words.text(&key, &params),
    }
}
