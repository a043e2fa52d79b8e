//! What speaks for the set-up: rehearsal, doors, gate.

use serde::Serialize;

use super::super::veil::Veil;
use super::{name, time, values::label};
use crate::{
    session::view::{DoorResult, RowVerdict, SetupView},
    setup::{
        Field, Source,
        gate::{Condition, ConditionState},
    },
    words::Words,
};

/// The rehearsal's verdict. What the response said is not kept.
#[derive(Clone, Debug, Serialize)]
pub struct Rehearsal {
    /// When, RFC 3339.
    pub at: String,
    /// `pass`, `fail` or `unchecked`.
    pub verdict: RowVerdict,
    /// A tester elsewhere sent the verdict: it is said, not seen here.
    pub declared: bool,
    /// How many checks passed; none when only the verdict was kept.
    pub passed: Option<u32>,
    /// How many checks there were; none when only the verdict was kept.
    pub checks: Option<u32>,
    /// Check by check, while the rehearsal is on show.
    pub rows: Vec<Checked>,
}

/// One check.
#[derive(Clone, Debug, Serialize)]
pub struct Checked {
    /// Such as `audience`.
    pub check: String,
    /// Its name.
    pub name: String,
    /// The verdict.
    pub verdict: RowVerdict,
}

/// One door.
#[derive(Clone, Debug, Serialize)]
pub struct Door {
    /// `door_tile` or `door_link`.
    pub door: Field,
    /// Its name.
    pub name: String,
    /// What was said.
    pub result: DoorResult,
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
    /// The conditions.
    pub conditions: Vec<Met>,
}

/// One condition.
#[derive(Clone, Debug, Serialize)]
pub struct Met {
    /// `rehearsal`, `doors`, `recovery` or `domain`.
    pub name: String,
    /// How it stands.
    pub state: ConditionState,
    /// The same in words.
    pub words: String,
}

pub(super) fn rehearsal(view: &SetupView, words: &Words) -> Option<Rehearsal> {
    let Some(shown) = &view.rehearsal else {
        let kept = view.facts.get(&Field::Rehearsal)?;
        let verdict = match kept.value.split(' ').next()? {
            "passed" | "pass" => RowVerdict::Pass,
            "failed" | "fail" => RowVerdict::Fail,
            _ => RowVerdict::Unchecked,
        };
        let at = kept.at.clone();
        return Some(Rehearsal {
            at,
            verdict,
            declared: kept.source == Source::Declared,
            passed: None,
            checks: None,
            rows: Vec::new(),
        });
    };
    let passed = shown.rows.iter().filter(|row| row.verdict == RowVerdict::Pass).count();
    Some(Rehearsal {
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
                name: words.word(&format!("rehearsal-{}", row.check)),
                verdict: row.verdict,
            })
            .collect(),
    })
}

pub(super) fn doors(view: &SetupView, words: &Words) -> Vec<Door> {
    view.doors
        .iter()
        .map(|door| Door {
            door: door.door,
            name: label(door.door, words),
            result: door.result,
            at: door.at.clone(),
            stale: door.stale,
        })
        .collect()
}

pub(super) fn gate(view: &SetupView, veil: &Veil, words: &Words) -> Gate {
    Gate {
        open: view.gate.open,
        conditions: view.gate.conditions.iter().map(|one| condition(one, veil, words)).collect(),
    }
}

fn condition(condition: &Condition, veil: &Veil, words: &Words) -> Met {
    let key = format!("gate-{}-{}", condition.name, name(&condition.state));
    let params = condition
        .params
        .iter()
        .map(|(name, text)| (name.clone(), veil.over(&time(text))))
        .collect();
    Met { name: condition.name.clone(), state: condition.state, words: words.text(&key, &params) }
}
