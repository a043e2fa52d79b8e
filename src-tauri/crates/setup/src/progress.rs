//! Where each step stands: derived from facts, findings and what runs, never set.

use super::{
    Facts, Field, Finding, Severity, Source, Step, StepStatus,
    idp::Idp,
    locks,
    proof::{self, Standing},
    rules,
};

/// What the facts alone can't tell: what runs now, and how far the people are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Circumstances {
    /// AWS answers.
    pub connected: bool,
    /// The person goes on without credentials, by choice.
    pub by_hand: bool,
    /// AWS is asked for the application until it appears.
    pub watching: bool,
    /// Everyone listed has been brought in.
    pub people_applied: bool,
    /// A change to people was interrupted or stopped.
    pub people_stopped: bool,
    /// Somebody is listed.
    pub people_listed: bool,
}

/// Where a step stands, and what is open in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Its status.
    pub status: StepStatus,
    /// Its worst finding above information.
    pub worst: Option<Severity>,
    /// It rests on something that was only declared.
    pub declared: bool,
    /// What is open: catalogue keys under `open-<what>`.
    pub open: Vec<&'static str>,
}

/// Where `step` stands, given the facts with everything derived and all findings.
pub fn progress(facts: &Facts, findings: &[Finding], now: Circumstances, step: Step) -> Progress {
    let serious: Vec<&Finding> = findings
        .iter()
        .filter(|finding| finding.step == step && finding.severity > Severity::Info)
        .collect();
    let worst = serious.iter().map(|finding| finding.severity).max();
    let missing = open(facts, now, step);
    let declared = rests_on_declared(facts, step);
    let status = match locks::lock(facts, step) {
        Some(locked) => locked,
        None if !serious.is_empty() => StepStatus::Attention { count: serious.len() as u32 },
        None => match waiting(facts, now, step) {
            Some(on) => StepStatus::Waiting { on: on.to_owned() },
            None if missing.is_empty() => StepStatus::Done,
            None => StepStatus::Ready,
        },
    };
    Progress { status, worst, declared, open: missing }
}

/// What is still missing before the step has nothing left to do.
fn open(facts: &Facts, now: Circumstances, step: Step) -> Vec<&'static str> {
    let fresh = |field| proof::standing(facts, field) == Standing::Fresh;
    let known = |field| facts.text(field).is_some_and(|text| !text.is_empty());
    let missing: Vec<(bool, &'static str)> = match step {
        Step::Start => Vec::new(),
        Step::Connect => vec![(now.connected || now.by_hand, "connection")],
        Step::Addresses => vec![
            (known(Field::SpAcsUrl), "acs"),
            (known(Field::SpEntityId), "entity_id"),
            (known(Field::RecoveryAdministrator), "recovery"),
        ],
        Step::Application => {
            let idp = Idp::of(facts);
            vec![
                (known(Field::ApplicationArn) || idp.issuer.is_some(), "application"),
                (idp.issuer.is_some(), "issuer"),
                (!idp.certificates.is_empty(), "certificate"),
            ]
        }
        Step::Mappings => {
            let wanted = super::mappings::wanted(facts);
            let pasted = facts.mappings().is_some_and(|rows| {
                !rows.is_empty() && rows.iter().all(|row| rules::fits(row, &wanted))
            });
            vec![(pasted || facts.mappings().is_some() || fresh(Field::DryRun), "mappings")]
        }
        Step::DryRun => {
            vec![(known(Field::Tester), "tester"), (fresh(Field::DryRun), "dry_run")]
        }
        Step::Details => vec![
            (known(Field::NopsDefaultRole), "role"),
            (facts.says(Field::NopsSaved), "nops_saved"),
        ],
        Step::SignInTests => {
            vec![
                (fresh(Field::TestFromPortal), "test_from_portal"),
                (fresh(Field::TestFromNops), "test_from_nops"),
            ]
        }
        Step::People => vec![(now.people_applied, "people")],
        Step::Finish => Step::ALL
            .into_iter()
            .filter(|other| *other != Step::Finish)
            .map(|other| (open(facts, now, other).is_empty(), "steps"))
            .filter(|(closed, _)| !closed)
            .take(1)
            .collect(),
    };
    missing.into_iter().filter(|(there, _)| !there).map(|(_, what)| what).collect()
}

/// Somebody has to act elsewhere before the step can go on.
fn waiting(facts: &Facts, now: Circumstances, step: Step) -> Option<&'static str> {
    let idp = Idp::of(facts);
    match step {
        Step::Addresses
            if facts.says(Field::AddressesNotYet) && facts.of(Field::SpAcsUrl).is_none() =>
        {
            Some("nops_first_save")
        }
        Step::Application if now.watching && idp.issuer.is_none() => Some("application"),
        _ => None,
    }
}

/// Whether what makes the step done is only what a person said.
fn rests_on_declared(facts: &Facts, step: Step) -> bool {
    let fields: &[Field] = match step {
        Step::Addresses => &[Field::SpAcsUrl, Field::SpEntityId],
        Step::Application => &[Field::IdpEntityId, Field::IdpCertificate],
        Step::DryRun => &[Field::DryRun],
        Step::Details => return facts.of(Field::NopsSaved).is_some(),
        Step::SignInTests => {
            return [Field::TestFromPortal, Field::TestFromNops]
                .iter()
                .any(|sign_in_test| facts.of(*sign_in_test).is_some());
        }
        _ => &[],
    };
    fields.iter().any(|field| facts.of(*field).is_some_and(|fact| fact.source == Source::Declared))
}
