//! The gate: may *Enforce* be switched on? And may anything be called proven?

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::names::EmailAddress;

use super::{
    Facts, Field, Source, Step,
    proof::{self, Standing},
    rules,
};

/// May *Enforce* be switched on?
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct Gate {
    /// All conditions are met.
    pub open: bool,
    /// The four conditions, and a fifth where the nOps team is known.
    pub conditions: Vec<Condition>,
}

/// One condition of the gate. Its words are under `gate-<name>` by state.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct Condition {
    /// `dry_run`, `sign_in_tests`, `recovery`, `domain` or `team`.
    pub name: String,
    /// How it stands.
    pub state: ConditionState,
    /// Variables of its words.
    pub params: BTreeMap<String, String>,
    /// The step that brings it.
    pub step: Step,
}

/// How a condition stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ConditionState {
    /// Met, and seen.
    Met,
    /// Met, as declared.
    Declared,
    /// Was met before something it rests on changed.
    Stale,
    /// Missing.
    Missing,
}

/// The nOps team, beside everyone who comes through AWS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Team {
    /// All members.
    pub members: u32,
    /// Members whom *Enforce* would lock out.
    pub locked_out: u32,
}

/// How the gate stands, given the email addresses of the people in step 9, and the nOps team where the person has
/// pasted it.
pub fn gate(facts: &Facts, addresses: &[String], team: Option<Team>) -> Gate {
    let mut conditions =
        vec![dry_run(facts), sign_in_tests(facts), recovery(facts), domain(facts, addresses)];
    conditions.extend(team.map(whole_team));
    let met = |condition: &Condition| {
        matches!(condition.state, ConditionState::Met | ConditionState::Declared)
    };
    Gate { open: conditions.iter().all(met), conditions }
}

fn dry_run(facts: &Facts) -> Condition {
    let state = match proof::standing(facts, Field::DryRun) {
        Standing::Fresh if declared(facts, Field::DryRun) => ConditionState::Declared,
        Standing::Fresh => ConditionState::Met,
        Standing::Stale => ConditionState::Stale,
        Standing::Failed | Standing::Missing => ConditionState::Missing,
    };
    condition("dry_run", state, Step::DryRun).with("at", time(facts, Field::DryRun))
}

fn declared(facts: &Facts, field: Field) -> bool {
    facts.of(field).is_some_and(|fact| fact.source == Source::Declared)
}

fn sign_in_tests(facts: &Facts) -> Condition {
    let both = [Field::TestFromPortal, Field::TestFromNops]
        .map(|sign_in_test| proof::standing(facts, sign_in_test));
    let state = if both.iter().all(|sign_in_test| *sign_in_test == Standing::Fresh) {
        ConditionState::Declared
    } else if both
        .iter()
        .all(|sign_in_test| matches!(sign_in_test, Standing::Fresh | Standing::Stale))
    {
        ConditionState::Stale
    } else {
        ConditionState::Missing
    };
    let passed = both.iter().filter(|sign_in_test| **sign_in_test == Standing::Fresh).count();
    condition("sign_in_tests", state, Step::SignInTests)
        .with("passed", passed.to_string())
        .with("tile", time(facts, Field::TestFromPortal))
        .with("link", time(facts, Field::TestFromNops))
}

fn recovery(facts: &Facts) -> Condition {
    let name = facts.text(Field::RecoveryAdministrator).unwrap_or_default();
    let domain = rules::domain(facts);
    let outside = name.parse::<EmailAddress>().is_ok_and(|address| {
        domain.as_deref().is_none_or(|domain| !address.domain().eq_ignore_ascii_case(domain))
    });
    let state = if outside { ConditionState::Declared } else { ConditionState::Missing };
    condition("recovery", state, Step::Addresses)
        .with("name", name.to_owned())
        .with("domain", domain.unwrap_or_default())
}

/// Domain and Enforce deny everyone of the domain who does not come through AWS; people of another
/// domain are not covered. Both have to be wanted, so the domain must be the people's.
fn domain(facts: &Facts, addresses: &[String]) -> Condition {
    let set = facts.text(Field::NopsDomain).unwrap_or_default().trim_start_matches('@');
    let tester = facts.text(Field::Tester).unwrap_or_default().to_owned();
    let all: Vec<&String> = addresses.iter().chain(std::iter::once(&tester)).collect();
    let domains: Vec<String> = all
        .iter()
        .filter_map(|address| address.parse::<EmailAddress>().ok())
        .map(|address| address.domain().to_lowercase())
        .collect();
    let others = domains.iter().filter(|domain| !domain.eq_ignore_ascii_case(set)).count();
    let state = if !set.is_empty() && others == 0 && !domains.is_empty() {
        ConditionState::Met
    } else {
        ConditionState::Missing
    };
    condition("domain", state, Step::Finish)
        .with("domain", if set.is_empty() { "none".to_owned() } else { set.to_owned() })
        .with("others", others.to_string())
        .with("people", domains.len().to_string())
}

/// Domain and Enforce deny whoever of the team does not come through AWS. The list is the person's own, and can be
/// pasted anew without those who shall be denied.
fn whole_team(team: Team) -> Condition {
    let state = match team.locked_out {
        0 => ConditionState::Declared,
        _ => ConditionState::Missing,
    };
    condition("team", state, Step::Finish)
        .with("locked_out", team.locked_out.to_string())
        .with("members", team.members.to_string())
}

impl Condition {
    fn with(mut self, name: &str, value: String) -> Self {
        self.params.insert(name.to_owned(), value);
        self
    }
}

fn condition(name: &str, state: ConditionState, step: Step) -> Condition {
    Condition { name: name.to_owned(), state, params: BTreeMap::new(), step }
}

fn time(facts: &Facts, field: Field) -> String {
    facts.time(field).map(|at| at.to_string()).unwrap_or_default()
}
