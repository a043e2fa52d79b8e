//! The content of a report, independent of the format.

mod findings;
mod journal;
mod proofs;
mod rotation;
mod values;

use jiff::Timestamp;
use serde::Serialize;

use super::{ReportedPeople, redaction::Redactor};
use crate::view::{PersonRow, ProvisioningState, SetupKind, SetupView, StepView};
use messages::MessageCatalog;
use setup::{Field, Mapping, Severity, Step, StepStatus};

pub use findings::OpenFinding;
pub use journal::HistoryGroup;
pub use proofs::{CheckedResult, DryRun, EnforceRequirement, EnforceSummary, SignInTest};
pub use rotation::{ReportedTask, Rotation};
pub use values::{Certificate, KnownValue, SourceCounts};

/// A setup report. Messages are already rendered, and values are exact.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// The version of this structure.
    pub schema_version: u32,
    pub made: Timestamp,
    pub organization: String,
    pub world: SetupKind,
    /// The custom endpoint that a real setup connects to instead of AWS.
    pub redirected: Option<String>,
    /// Names and addresses are masked.
    pub masked: bool,
    pub account: Option<String>,
    /// The primary Region.
    pub region: Option<String>,
    /// The application's name as AWS lists it.
    pub application: Option<String>,
    pub application_arn: Option<String>,
    /// *IAM Identity Center SAML issuer URL*.
    pub issuer: Option<String>,
    /// The user confirmed that *Enforce* is on.
    pub is_enforced: bool,
    /// There is nothing left to do.
    pub finished: bool,
    /// The number of problems and missing items. 0 if finished.
    pub open_points: u32,
    /// Findings with the same cause count as one problem.
    pub problems: u32,
    pub steps: Vec<StepSummary>,
    pub dry_run: Option<DryRun>,
    pub sign_in_tests: Vec<SignInTest>,
    /// Whether *Enforce* can be turned on.
    pub enforcement: EnforceSummary,
    pub certificates: Vec<Certificate>,
    /// The last rotation of AWS's certificate, if there was one.
    pub rotation: Option<Rotation>,
    pub aws: Vec<KnownValue>,
    /// Known values on nOps's side.
    pub nops: Vec<KnownValue>,
    /// The attribute mappings that nOps needs.
    pub mappings: Vec<Mapping>,
    /// Whether AWS's page has exactly these mappings. `None` if not checked.
    pub mappings_fit: Option<bool>,
    /// Open findings, worst first.
    pub findings: Vec<OpenFinding>,
    /// The number of known values from each source.
    pub sources: SourceCounts,
    /// Values that are known only because the user confirmed them.
    pub declared: Vec<KnownValue>,
    /// Changes made in AWS, oldest first.
    pub journal: Vec<HistoryGroup>,
    pub people: SetupCounts,
    /// People by name, if requested.
    pub persons: Option<Vec<ReportPerson>>,
    /// What to do if a user is locked out.
    pub locked_out: Vec<String>,
}

#[derive(Clone, Debug, Serialize)]
pub struct StepSummary {
    pub step: Step,
    /// Step number, 1 to 10.
    pub number: u32,
    pub name: String,
    /// The status as text.
    pub status: String,
    /// Nothing is left to do, or the step is skipped.
    pub done: bool,
    /// The step depends on a value that the user only confirmed.
    pub declared: bool,
    /// The step's open items, as text.
    pub open: Vec<String>,
}

#[derive(Clone, Debug, Serialize)]
pub struct SetupCounts {
    /// The people's group in IAM Identity Center.
    pub group: String,
    pub total: u32,
    /// People without any issues.
    pub fine: u32,
    /// New people who need a password, because AWS doesn't set one.
    pub need_password: u32,
    /// How new people sign in the first time, if the user chose a method.
    pub new_people_password: Option<String>,
    /// People whose domain differs from most people's domain.
    pub other_domain: u32,
    /// People whose sign-in AWS would reject.
    pub refused: u32,
}

#[derive(Clone, Debug, Serialize)]
pub struct ReportPerson {
    /// The display name.
    pub name: String,
    pub user_name: String,
    pub email: String,
    /// The state of the user.
    pub user: ProvisioningState,
    /// The state of the membership.
    pub member: ProvisioningState,
    /// The highest severity among the issues.
    pub worst: Option<Severity>,
    /// The issues, as text.
    pub remarks: Vec<String>,
}

pub(super) fn report(
    view: &SetupView,
    people: ReportedPeople<'_>,
    now: Timestamp,
    words: &MessageCatalog,
) -> Report {
    let redactor = Redactor::new(view, people);
    let fact = |field: Field| view.facts.get(&field).map(|fact| redactor.redact(&fact.value));
    let filled = |field: Field| fact(field).filter(|text| !text.is_empty());
    Report {
        schema_version: 1,
        made: now,
        organization: view.name.clone(),
        world: view.world,
        redirected: view.connection.redirected.clone(),
        masked: matches!(people, ReportedPeople::Counted),
        account: filled(Field::AwsAccountId),
        region: filled(Field::AwsRegion),
        application: filled(Field::ApplicationName),
        application_arn: filled(Field::ApplicationArn),
        issuer: filled(Field::IdpEntityId),
        is_enforced: filled(Field::NopsEnforce).is_some_and(|on| on == "true"),
        finished: is_finished(view),
        // A finished setup stays finished while AWS isn't connected.
        open_points: match is_finished(view) {
            true => 0,
            false => view.steps.iter().map(open_points).sum(),
        },
        problems: view.steps.iter().map(|step| step.problems).sum(),
        steps: step_summaries(view, words),
        dry_run: proofs::dry_run(view, words),
        sign_in_tests: proofs::sign_in_tests(view, words),
        enforcement: proofs::enforcement(view, &redactor, words),
        certificates: values::certificates(view, &redactor, words),
        rotation: rotation::rotation(view, &redactor, words),
        aws: values::list_known_values(view, setup::Side::Aws, &redactor, words),
        nops: values::list_known_values(view, setup::Side::Nops, &redactor, words),
        mappings: view.mappings.clone(),
        mappings_fit: (!view.mappings_checked.is_empty())
            .then(|| view.mappings_checked.iter().all(|row| row.fits)),
        findings: findings::list_open_findings(view, &redactor, words),
        sources: values::sources(view),
        declared: values::list_confirmed_values(view, &redactor, words),
        journal: journal::journal(view, people, &redactor, words),
        people: counts(view),
        persons: match people {
            ReportedPeople::Counted => None,
            ReportedPeople::Listed(rows) => {
                let way = new_people_password(view).unwrap_or_default();
                Some(rows.iter().map(|row| person(row, &way, words)).collect())
            }
        },
        // This address is needed in a lockout, so it isn't masked.
        locked_out: locked_out(
            view.facts.get(&Field::RecoveryAdministrator).map(|fact| fact.value.clone()),
            words,
        ),
    }
}

fn is_finished(view: &SetupView) -> bool {
    view.steps.iter().any(|step| step.step == Step::Finish && step.status == StepStatus::Done)
}

/// Counts the open items of a step. The last step has no open items, because it only repeats the
/// other steps. A skipped step has no open items either.
fn open_points(step: &StepView) -> u32 {
    let leaves_nothing = step.step == Step::Finish || step.skipped;
    let missing = if leaves_nothing { 0 } else { step.open.len() };
    step.problems.saturating_add(u32::try_from(missing).unwrap_or(u32::MAX))
}

fn step_summaries(view: &SetupView, words: &MessageCatalog) -> Vec<StepSummary> {
    let stage = |step: &StepView| StepSummary {
        step: step.step,
        number: step.number,
        name: words.format_plain(&format!("step-{}", name(&step.step))),
        status: match step.skipped {
            true => words.format_plain("report-step-skipped"),
            false => status(&step.status, words),
        },
        done: step.skipped || step.status == StepStatus::Done,
        declared: step.declared,
        open: match step.skipped {
            true => Vec::new(),
            false => {
                step.open.iter().map(|what| words.format_plain(&format!("open-{what}"))).collect()
            }
        },
    };
    view.steps.iter().map(stage).collect()
}

fn status(status: &StepStatus, words: &MessageCatalog) -> String {
    use StepStatus::*;
    match status {
        Locked { needs, .. } => words.format_plain(&format!("lock-{needs}")),
        Waiting { on } => words.format_plain(&format!("waiting-{on}")),
        Ready => words.format_plain("report-step-ready"),
        Attention { count } => {
            words.text("report-step-attention", &params([("count", count.to_string())]))
        }
        Done => words.format_plain("report-step-done"),
    }
}

fn counts(view: &SetupView) -> SetupCounts {
    use crate::view::GroupChoice;
    let people = &view.people;
    SetupCounts {
        group: match &people.group {
            GroupChoice::New { name } | GroupChoice::Existing { name, .. } => name.clone(),
        },
        total: people.total,
        fine: people.fine,
        need_password: people.need_password,
        new_people_password: new_people_password(view),
        other_domain: people.other_domain,
        refused: people.refused,
    }
}

fn new_people_password(view: &SetupView) -> Option<String> {
    view.facts.get(&Field::NewPeoplePassword).map(|fact| fact.value.clone())
}

fn person(row: &PersonRow, way: &str, words: &MessageCatalog) -> ReportPerson {
    let remark = |remark: &crate::view::PersonIssueView| {
        let mut told = remark.params.clone();
        told.insert("way".to_owned(), way.to_owned());
        words.text(&format!("person-{}", remark.code), &told)
    };
    ReportPerson {
        name: row.name.clone(),
        user_name: row.user_name.clone(),
        email: row.email.clone(),
        user: row.user,
        member: row.member,
        worst: row.remarks.iter().map(|remark| remark.severity).max(),
        remarks: row.remarks.iter().map(remark).collect(),
    }
}

fn locked_out(recovery: Option<String>, words: &MessageCatalog) -> Vec<String> {
    let everyone = match recovery.filter(|who| !who.is_empty()) {
        Some(who) => words.text("report-locked-everyone", &params([("who", who)])),
        None => words.format_plain("report-locked-everyone-unnamed"),
    };
    vec![
        words.format_plain("report-locked-one"),
        everyone,
        words.format_plain("report-locked-recovery"),
        words.format_plain("report-locked-never"),
    ]
}

/// Returns serde's name for a unit variant. Message keys contain these names.
pub(crate) fn name(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

pub(crate) fn params<const N: usize>(
    pairs: [(&str, String); N],
) -> std::collections::BTreeMap<String, String> {
    pairs.map(|(name, text)| (name.to_owned(), text)).into()
}

/// The suffix of each time.
pub(super) const UTC: &str = " UTC";

/// Formats an RFC 3339 time for people. Returns other text unchanged.
pub(super) fn time(text: &str) -> String {
    match text.parse::<Timestamp>() {
        Ok(time) => format!("{}{UTC}", time.strftime("%Y-%m-%d %H:%M")),
        Err(_) => text.to_owned(),
    }
}
