//! *Ready to enforce*: the conditions that must be met before the user turns on *Enforce*.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use specta::Type;

use identifiers::{EmailAddress, EmailDomain};

use super::{
    Facts, Field,
    Field::*,
    Finding, OriginalSource, RuleBasis, Severity, Source, Step,
    problems::ProblemCount,
    rules,
    test_record::{self, ResultState},
};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct EnforceReadiness {
    /// Whether all conditions are met.
    pub open: bool,
    pub met: u32,
    /// Whether the dry run and both sign-in tests passed, and no value has changed since.
    pub is_proved: bool,
    /// The conditions. `people` is included only if people are listed.
    pub conditions: Vec<Condition>,
}

/// A condition of *Ready to enforce*. Its message key is `condition-<name>-<state>`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct Condition {
    /// `dry_run`, `sign_in_tests`, `contradictions`, `recovery`, `domain`, `people` or `team`.
    pub name: String,
    pub state: ConditionState,
    /// Where the condition's value comes from, unless AWS or nOps reported it.
    pub source: Option<Source>,
    /// Variables of the message.
    pub params: BTreeMap<String, String>,
    /// The step in which the user can meet the condition.
    pub step: Step,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ConditionState {
    /// Met, as observed.
    Met,
    /// Met, but not observed.
    Declared,
    /// Was met, but a value that it depends on has changed since.
    Stale,
    Missing,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Team {
    pub members: u32,
    /// The number of members whom *Enforce* would lock out.
    pub locked_out: u32,
    /// The number of members who don't sign in through AWS, while the domain isn't known.
    pub domain_unknown: u32,
}

/// A setup's people, as needed to check *Ready to enforce*.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EnforcementPeople {
    /// The email addresses in the step 9 list.
    pub addresses: Vec<String>,
    /// The number of people on the list.
    pub listed: u32,
    /// The number of listed people who can sign in, according to AWS.
    pub added: u32,
    /// The nOps team, if its list was compared.
    pub team: Option<Team>,
}

/// Evaluates *Ready to enforce*. `facts` contains all facts, including derived facts. `findings`
/// contains all rules' findings.
pub(super) fn readiness(
    facts: &Facts,
    findings: &[Finding],
    roster: &EnforcementPeople,
) -> EnforceReadiness {
    let proofs = [dry_run(facts), sign_in_tests(facts)];
    let is_proved = proofs.iter().all(Condition::is_met);
    let mut conditions = Vec::from(proofs);
    conditions.extend([
        check_contradictions(facts, findings),
        recovery_administrator(facts),
        domain(facts, &roster.addresses),
    ]);
    conditions.extend((roster.listed > 0).then(|| people(facts, roster)));
    conditions.push(team_requirement(facts, roster.team));
    let met = conditions.iter().filter(|condition| condition.is_met()).count();
    EnforceReadiness {
        open: met == conditions.len(),
        met: u32::try_from(met).unwrap_or(u32::MAX),
        is_proved,
        conditions,
    }
}

/// Checks for errors that contradict earlier passed results. Only documented errors and errors in
/// observed values count.
fn check_contradictions(facts: &Facts, findings: &[Finding]) -> Condition {
    let against: Vec<&Finding> =
        findings.iter().filter(|finding| is_contradiction(facts, finding)).collect();
    let (state, step) = match against.first() {
        None => (ConditionState::Met, Step::Finish),
        Some(first) => (ConditionState::Missing, first.step),
    };
    condition("contradictions", state, step).with("count", ProblemCount::count(against).count)
}

fn is_contradiction(facts: &Facts, finding: &Finding) -> bool {
    // The dry run and the sign-in tests have separate conditions.
    if matches!(finding.field, Some(DryRun | TestFromPortal | TestFromNops)) {
        return false;
    }
    let fact = finding.field.and_then(|field| facts.get(field));
    let observed =
        fact.is_some_and(|fact| OriginalSource::from(&fact.source) == OriginalSource::Observed);
    let error =
        finding.severity == Severity::Error && (finding.basis == RuleBasis::Documented || observed);
    !finding.kept && (error || finding.code == "certificate_expired")
}

fn dry_run(facts: &Facts) -> Condition {
    let state = match test_record::result_state(facts, DryRun) {
        ResultState::Fresh => state_from_fact(facts, DryRun),
        ResultState::Stale => ConditionState::Stale,
        ResultState::Failed | ResultState::Missing => ConditionState::Missing,
    };
    condition("dry_run", state, Step::DryRun)
        .with_source_of(facts, DryRun)
        .with("at", time(facts, DryRun))
}

/// Returns whether the fact was observed here. What a colleague handed over counts as declared.
fn state_from_fact(facts: &Facts, field: Field) -> ConditionState {
    match facts.is_declared(field) || facts.is_handed_over(field) {
        true => ConditionState::Declared,
        false => ConditionState::Met,
    }
}

fn sign_in_tests(facts: &Facts) -> Condition {
    let both = [TestFromPortal, TestFromNops].map(|test| test_record::result_state(facts, test));
    let passed = both.iter().filter(|standing| **standing == ResultState::Fresh).count();
    let state = match both {
        [ResultState::Fresh, ResultState::Fresh] => ConditionState::Declared,
        [ResultState::Fresh | ResultState::Stale, ResultState::Fresh | ResultState::Stale] => {
            ConditionState::Stale
        }
        _ => ConditionState::Missing,
    };
    condition("sign_in_tests", state, Step::SignInTests)
        .with("passed", passed)
        .with("tile", time(facts, TestFromPortal))
        .with("link", time(facts, TestFromNops))
}

fn recovery_administrator(facts: &Facts) -> Condition {
    let domain = rules::domain(facts);
    let address = facts.parsed::<EmailAddress>(RecoveryAdministrator);
    let state = match (address, &domain) {
        (Some(address), Some(domain)) if address.domain() != domain => ConditionState::Declared,
        _ => ConditionState::Missing,
    };
    condition("recovery", state, Step::Addresses)
        .with_source_of(facts, RecoveryAdministrator)
        .with("name", facts.text_or_empty(RecoveryAdministrator))
        .with("domain", domain.map(|domain| domain.to_string()).unwrap_or_default())
}

/// Checks that the nOps domain is the same as the domain of the listed people and the tester.
/// *Domain* and *Enforce* block everyone in the domain who doesn't sign in through AWS. They don't
/// affect people in other domains.
fn domain(facts: &Facts, addresses: &[String]) -> Condition {
    let shown = facts.text_or_empty(NopsDomain).trim_start_matches('@');
    let set: Option<EmailDomain> = shown.parse().ok();
    let tester = facts.text(Tester).filter(|tester| tester.contains('@'));
    // Count a tester who is also on the list only once.
    let tester = tester.filter(|tester| !addresses.iter().any(|a| a.eq_ignore_ascii_case(tester)));
    let all: Vec<&str> = addresses
        .iter()
        .map(String::as_str)
        .chain(tester)
        .filter(|address| !address.is_empty())
        .collect();
    let is_of = |address: &str| {
        address.parse::<EmailAddress>().is_ok_and(|address| Some(address.domain()) == set.as_ref())
    };
    let others = all.iter().filter(|address| !is_of(address)).count();
    let state = match set.is_some() && others == 0 && !all.is_empty() {
        true => ConditionState::Met,
        false => ConditionState::Missing,
    };
    condition("domain", state, Step::Finish)
        .with("domain", if shown.is_empty() { "none" } else { shown })
        .with("others", others)
        .with("people", all.len())
}

/// Checks that everyone on the list was added, because people who are only listed can't sign in.
fn people(facts: &Facts, roster: &EnforcementPeople) -> Condition {
    let state = match roster.added >= roster.listed {
        true => state_from_fact(facts, PeopleAdded),
        false => ConditionState::Missing,
    };
    condition("people", state, Step::People)
        .with("added", roster.added)
        .with("listed", roster.listed)
}

/// Checks that *Enforce* doesn't lock out any team member. Either the team list was compared, or
/// the user checked it. The user maintains the list, and can paste it again without people who
/// should be locked out.
fn team_requirement(facts: &Facts, team: Option<Team>) -> Condition {
    let (state, shown) = match team {
        Some(Team { locked_out: 0, domain_unknown: 0, .. }) => (ConditionState::Declared, NopsTeam),
        Some(_) => (ConditionState::Missing, NopsTeam),
        None if facts.is_true(NopsTeamChecked) => (ConditionState::Declared, NopsTeamChecked),
        None => (ConditionState::Missing, NopsTeamChecked),
    };
    // Zero members means that no list was compared.
    let Team { members, locked_out, .. } = team.unwrap_or_default();
    condition("team", state, Step::Finish)
        .with_source_of(facts, shown)
        .with("locked_out", locked_out)
        .with("members", members)
}

impl Condition {
    /// Returns whether the condition isn't met although a values document could contain what meets
    /// it. A document has no dry run and no people.
    pub(super) fn is_unmet_in_document(&self) -> bool {
        let has_people = self.params.get("people").is_none_or(|people| people != "0");
        match self.name.as_str() {
            "dry_run" | "people" | "team" => false,
            "domain" if !has_people => false,
            _ => !self.is_met(),
        }
    }

    /// Returns whether the condition isn't met although a handover contains what meets it, even
    /// without personal data.
    pub(super) fn is_unmet_in_handover(&self) -> bool {
        matches!(self.name.as_str(), "dry_run" | "sign_in_tests" | "contradictions")
            && !self.is_met()
    }

    /// Returns whether the condition is met, even if that wasn't observed.
    pub fn is_met(&self) -> bool {
        matches!(self.state, ConditionState::Met | ConditionState::Declared)
    }

    /// Sets the source to this fact's source, so that a value that the user only typed doesn't
    /// count as confirmed.
    fn with_source_of(self, facts: &Facts, field: Field) -> Self {
        let source = facts.get(field).map(|fact| fact.source.clone());
        Self { source: self.source.and(source), ..self }
    }

    fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.params.insert(name.to_owned(), value.to_string());
        self
    }
}

fn condition(name: &str, state: ConditionState, step: Step) -> Condition {
    let source = (state == ConditionState::Declared).then_some(Source::Declared);
    Condition { name: name.to_owned(), state, source, params: BTreeMap::new(), step }
}

fn time(facts: &Facts, field: Field) -> String {
    facts.time(field).map(|at| at.to_string()).unwrap_or_default()
}
