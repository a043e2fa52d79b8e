//! What a report says, before it gets a form.

mod findings;
mod journal;
mod proofs;
mod values;

use jiff::Timestamp;
use serde::Serialize;

use super::{People, redaction::Redactor};
use crate::view::{PersonRow, ProvisioningState, SetupView, StepView, World};
use messages::Words;
use setup::{Field, Mapping, Severity, Step, StepStatus};

pub use findings::Open;
pub use journal::HistoryGroup;
pub use proofs::{Checked, DryRun, Gate, Requirement, SignInTest};
pub use values::{Certificate, Known};

/// A setup report. Its words are already chosen; its values are as they are known.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// The version of this shape.
    pub schema_version: u32,
    /// When it was made.
    pub made: Timestamp,
    /// The organization's name.
    pub organization: String,
    /// Where the setup plays.
    pub world: World,
    /// The endpoint a real setup was redirected to.
    pub redirected: Option<String>,
    /// Names and addresses are masked.
    pub masked: bool,
    /// The AWS account.
    pub account: Option<String>,
    /// The primary Region.
    pub region: Option<String>,
    /// The application's name as AWS lists it.
    pub application: Option<String>,
    /// The application's ARN.
    pub application_arn: Option<String>,
    /// A person confirmed that *Enforce* is on.
    pub is_enforced: bool,
    /// Nothing is left to do.
    pub finished: bool,
    /// How much is left to do otherwise: problems, and what is missing.
    pub open_points: u32,
    /// How many problems there are. Findings with one cause are one problem.
    pub problems: u32,
    /// The ten steps.
    pub steps: Vec<StepSummary>,
    /// The dry run, where there was one.
    pub dry_run: Option<DryRun>,
    /// The two sign-in tests.
    pub sign_in_tests: Vec<SignInTest>,
    /// May *Enforce* be switched on?
    pub gate: Gate,
    /// The certificates.
    pub certificates: Vec<Certificate>,
    /// What is known of AWS.
    pub aws: Vec<Known>,
    /// What is known of nOps.
    pub nops: Vec<Known>,
    /// The attribute mappings that nOps needs.
    pub mappings: Vec<Mapping>,
    /// Whether AWS's page was seen to hold exactly these; none when nobody looked.
    pub mappings_fit: Option<bool>,
    /// Findings left open, worst first.
    pub findings: Vec<Open>,
    /// What only rests on what people said.
    pub declared: Vec<Known>,
    /// Changes made in AWS, oldest first.
    pub journal: Vec<HistoryGroup>,
    /// People.
    pub people: Counts,
    /// People by name, where they were asked for.
    pub persons: Option<Vec<Person>>,
    /// What to do when somebody is locked out.
    pub locked_out: Vec<String>,
}

/// One step.
#[derive(Clone, Debug, Serialize)]
pub struct StepSummary {
    /// Which.
    pub step: Step,
    /// Its number, 1 to 10.
    pub number: u32,
    /// Its name.
    pub name: String,
    /// Where it stands, in words.
    pub status: String,
    /// It rests on something that was only declared.
    pub declared: bool,
    /// What is open in it, in words.
    pub open: Vec<String>,
}

/// People as counts.
#[derive(Clone, Debug, Serialize)]
pub struct Counts {
    /// Their group in Identity Center.
    pub group: String,
    /// How many are listed.
    pub total: u32,
    /// Nothing was found against them.
    pub fine: u32,
    /// They need a password first.
    pub need_password: u32,
    /// Of another domain than most.
    pub other_domain: u32,
    /// AWS would refuse their sign-in.
    pub refused: u32,
}

/// One person.
#[derive(Clone, Debug, Serialize)]
pub struct Person {
    /// Name shown.
    pub name: String,
    /// User name.
    pub user_name: String,
    /// Email address.
    pub email: String,
    /// What happened to the user.
    pub user: ProvisioningState,
    /// What happened to the membership.
    pub member: ProvisioningState,
    /// The worst that was found.
    pub worst: Option<Severity>,
    /// What was found, in words.
    pub remarks: Vec<String>,
}

pub(super) fn report(
    view: &SetupView,
    people: People<'_>,
    now: Timestamp,
    words: &Words,
) -> Report {
    let veil = Redactor::of(view, people);
    let fact = |field: Field| view.facts.get(&field).map(|fact| veil.over(&fact.value));
    let filled = |field: Field| fact(field).filter(|text| !text.is_empty());
    Report {
        schema_version: 1,
        made: now,
        organization: view.name.clone(),
        world: view.world,
        redirected: view.connection.redirected.clone(),
        masked: matches!(people, People::Counted),
        account: filled(Field::AwsAccountId),
        region: filled(Field::AwsRegion),
        application: filled(Field::ApplicationName),
        application_arn: filled(Field::ApplicationArn),
        is_enforced: filled(Field::NopsEnforce).is_some_and(|on| on == "true"),
        finished: is_finished(view),
        // A finished setup stays finished while AWS isn't connected.
        open_points: match is_finished(view) {
            true => 0,
            false => view.steps.iter().map(open_points).sum(),
        },
        problems: view.steps.iter().map(|step| step.problems).sum(),
        steps: stages(view, words),
        dry_run: proofs::dry_run(view, words),
        sign_in_tests: proofs::sign_in_tests(view, words),
        gate: proofs::gate(view, &veil, words),
        certificates: values::certificates(view, &veil, words),
        aws: values::known(view, setup::Side::Aws, &veil, words),
        nops: values::known(view, setup::Side::Nops, &veil, words),
        mappings: view.mappings.clone(),
        mappings_fit: (!view.mappings_checked.is_empty())
            .then(|| view.mappings_checked.iter().all(|row| row.fits)),
        findings: findings::open(view, &veil, words),
        declared: values::declared(view, &veil, words),
        journal: journal::journal(view, people, &veil, words),
        people: counts(view),
        persons: match people {
            People::Counted => None,
            People::Listed(rows) => Some(rows.iter().map(|row| person(row, words)).collect()),
        },
        locked_out: locked_out(filled(Field::RecoveryAdministrator), words),
    }
}

fn is_finished(view: &SetupView) -> bool {
    view.steps.iter().any(|step| step.step == Step::Finish && step.status == StepStatus::Done)
}

/// What is left to do in a step. The last step only repeats that others aren't done, and what is skipped on
/// purpose is not left to do.
fn open_points(step: &StepView) -> u32 {
    let missing = match step.step {
        Step::Finish => 0,
        _ if step.skipped => 0,
        _ => step.open.len(),
    };
    step.problems.saturating_add(u32::try_from(missing).unwrap_or(u32::MAX))
}

fn stages(view: &SetupView, words: &Words) -> Vec<StepSummary> {
    let stage = |step: &StepView| StepSummary {
        step: step.step,
        number: step.number,
        name: words.word(&format!("step-{}", name(&step.step))),
        status: status(&step.status, words),
        declared: step.declared,
        open: step.open.iter().map(|what| words.word(&format!("open-{what}"))).collect(),
    };
    view.steps.iter().map(stage).collect()
}

fn status(status: &StepStatus, words: &Words) -> String {
    use StepStatus::*;
    match status {
        Locked { needs, .. } => words.word(&format!("lock-{needs}")),
        Waiting { on } => words.word(&format!("waiting-{on}")),
        Ready => words.word("report-step-ready"),
        Attention { count } => {
            words.text("report-step-attention", &params([("count", count.to_string())]))
        }
        Done => words.word("report-step-done"),
    }
}

fn counts(view: &SetupView) -> Counts {
    use crate::view::GroupChoice;
    let people = &view.people;
    Counts {
        group: match &people.group {
            GroupChoice::New { name } | GroupChoice::Existing { name, .. } => name.clone(),
        },
        total: people.total,
        fine: people.fine,
        need_password: people.need_password,
        other_domain: people.other_domain,
        refused: people.refused,
    }
}

fn person(row: &PersonRow, words: &Words) -> Person {
    let remark = |remark: &crate::view::PersonRemark| {
        words.text(&format!("person-{}", remark.code), &remark.params)
    };
    Person {
        name: row.name.clone(),
        user_name: row.user_name.clone(),
        email: row.email.clone(),
        user: row.user,
        member: row.member,
        worst: row.remarks.iter().map(|remark| remark.severity).max(),
        remarks: row.remarks.iter().map(remark).collect(),
    }
}

fn locked_out(recovery: Option<String>, words: &Words) -> Vec<String> {
    let everyone = match recovery {
        Some(who) => words.text("report-locked-everyone", &params([("who", who)])),
        None => words.word("report-locked-everyone-unnamed"),
    };
    vec![
        words.word("report-locked-one"),
        everyone,
        words.word("report-locked-recovery"),
        words.word("report-locked-never"),
    ]
}

/// The name that serde gives a field-less value, which is what catalogue keys are made of.
pub(super) fn name(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

pub(super) fn params<const N: usize>(
    pairs: [(&str, String); N],
) -> std::collections::BTreeMap<String, String> {
    pairs.map(|(name, text)| (name.to_owned(), text)).into()
}

/// An RFC 3339 time as a person reads it; other text as it is.
pub(super) fn time(text: &str) -> String {
    match text.parse::<Timestamp>() {
        Ok(time) => time.strftime("%Y-%m-%d %H:%M UTC").to_string(),
        Err(_) => text.to_owned(),
    }
}
