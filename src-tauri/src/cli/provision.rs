//! `provision`: creates users, a group and an assignment in AWS without opening the window.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    pin::pin,
    sync::{Arc, LazyLock},
};

use changes::{ApplySummary, HistoryEntry, PersonPlan, PlannedChange, Progress, RunControl};
use clap::Args;
use identity_center::{AwsError, redirected};
use jiff::Timestamp;
use messages::MessageCatalog;
use people::{
    GroupChoice, ListChoices, ListSummary, People, Person, PersonError, SkippedRow,
    UnclearStatusColumn,
    csv::{self, ColumnChoice, ListError, UsedColumn},
    former_members::{CurrentList, FormerMember, IncompleteList, ProtectedRole},
};
use serde::Serialize;
use session::provision::{FormerMembers, LockedHistory, ProvisionError, ProvisionPlan, Removal};
use setup::{
    credentials, {Facts, Severity},
};

use super::{CommandResult, aws_profile, check, input, output};
use crate::network;

/// The number of changes between two progress lines.
const STRIDE: u32 = 100;

#[derive(Args)]
pub(super) struct ProvisionArgs {
    /// The values document (JSON) with the Region, the identity store or instance, and the
    /// application. Without `application_arn`, nothing is assigned.
    #[arg(long, value_name = "VALUES.json")]
    values: PathBuf,
    /// The people to add (CSV, workbook, vCard or JSON: email, first name, last name, user name).
    #[arg(long, value_name = "FILE")]
    people: PathBuf,
    /// The columns by header or number: email, user_name, first_name, last_name, full_name, status,
    /// ignore.
    #[arg(long, value_name = "NAME=COLUMN,…", value_delimiter = ',', value_parser = column)]
    columns: Vec<(ColumnChoice, String)>,
    /// The sheet of the workbook.
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// Also add the people whom the list marks as inactive.
    #[arg(long)]
    include_inactive: bool,
    /// The group; created if it doesn't exist.
    #[arg(long, value_name = "NAME")]
    group: Option<String>,
    /// Also remove members of the group who aren't on the list, or whom it marks as inactive.
    ///
    /// Keeps the tester and recovery administrator of the values document, and members whose name
    /// is on the list with another address.
    #[arg(long, requires = "group", conflicts_with = "include_inactive")]
    remove_missing: bool,
    /// Remove this member although `--remove-missing` would keep the member; can be repeated.
    #[arg(long, value_name = "USER_NAME", requires = "remove_missing")]
    also_remove: Vec<String>,
    /// Print the plan without making changes.
    #[arg(long)]
    plan: bool,
    /// The file to record changes in; FILE.journal by default.
    #[arg(long, value_name = "FILE")]
    journal: Option<PathBuf>,
}

/// The clock for the times in the change history.
type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

pub(super) fn run(order: &ProvisionArgs, clock: &Clock) -> Result<CommandResult, String> {
    let (facts, findings) = check::facts(&order.values, clock())?;
    for line in check::lines(findings) {
        output::eprint_error(&line.message);
    }
    let (people, removal) = read_people_list(order)?;
    let runtime = tokio::runtime::Runtime::new().map_err(|error| error.to_string())?;
    runtime.block_on(provision(order, &facts, people, removal, clock))
}

/// Parses `email=Work email`.
fn column(text: &str) -> Result<(ColumnChoice, String), String> {
    let (choice, column) = text.split_once('=').unwrap_or((text, ""));
    match choice.trim().parse() {
        Ok(choice) if !column.trim().is_empty() => Ok((choice, column.trim().to_owned())),
        _ => Err(message_catalog().format_plain("failure-provision_columns")),
    }
}

/// Reads the people from the list, and sets their group. Reads the list again to find out who left,
/// if the arguments request it.
fn read_people_list(order: &ProvisionArgs) -> Result<(People, Option<Removal>), String> {
    let bytes = input::bytes(&order.people)?;
    let text = csv::decode_sheet(&bytes, order.sheet.as_deref()).map_err(format_list_error)?;
    if let Some(secret) = credentials::find(&text) {
        let kind = BTreeMap::from([("kind".to_owned(), secret.code().to_owned())]);
        return Err(message_catalog().text("failure-secret", &kind));
    }
    let choices = ListChoices {
        columns: order.columns.clone(),
        include_inactive: order.include_inactive,
        ..ListChoices::default()
    };
    let mut people = People::default();
    people.add_list(&text, &choices).map_err(format_list_error)?;
    let only_header = |line: &SkippedRow| line.reason == PersonError::OnlyHeader;
    if people.rows().is_empty() && people.skipped_rows().iter().all(only_header) {
        return Err(message_catalog().format_plain("failure-provision_no_people"));
    }
    match order.group.as_deref().map(str::trim) {
        Some("") => return Err(message_catalog().format_plain("failure-name_empty")),
        Some(name) => {
            let name = name.to_owned();
            people.group = GroupChoice::New { name };
        }
        None => {}
    }
    let removal = order.remove_missing.then(|| read_removal(order, &text, &choices)).transpose()?;
    Ok((people, removal))
}

/// Reads who may stay in the group. A line that can't be read may be about a member, so it prevents
/// every removal.
fn read_removal(
    order: &ProvisionArgs,
    text: &str,
    choices: &ListChoices,
) -> Result<Removal, String> {
    let list = CurrentList::read(text, choices).map_err(format_list_error)?;
    match list.problem() {
        Some(IncompleteList::ListHasUnreadRows) => {
            let line = list.unread().first().map(|row| row.line.to_string()).unwrap_or_default();
            let params = BTreeMap::from([("line".to_owned(), line)]);
            Err(message_catalog().text("failure-provision_unread_rows", &params))
        }
        Some(problem) => {
            Err(message_catalog().format_plain(&format!("failure-{}", problem.code())))
        }
        None => Ok(Removal { list, named: order.also_remove.clone() }),
    }
}

async fn provision(
    order: &ProvisionArgs,
    facts: &Facts,
    people: People,
    removal: Option<Removal>,
    clock: &Clock,
) -> Result<CommandResult, String> {
    let credentials = aws_profile::credentials(message_catalog()).await?;
    // Warn first, because the first call sends keys and tokens to this endpoint.
    if let Some(endpoint) = redirected(&credentials).await.map_err(format_aws_error)? {
        let params = BTreeMap::from([("endpoint".to_owned(), endpoint)]);
        output::eprint_error(&message_catalog().text("provision-redirected", &params));
    }
    let listed = people.clone();
    let network = network::network();
    let provision = ProvisionPlan::plan(&credentials, &network, facts, people, removal.as_ref())
        .await
        .map_err(sentence)?;
    for kept in &provision.former.kept {
        let user_name = kept.user.user_name.clone();
        let role = kept.protected.map_or("", ProtectedRole::code);
        let reason = message_catalog().format_plain(&format!("former-protected-{role}"));
        let params = [("user_name".to_owned(), user_name), ("reason".to_owned(), reason)];
        output::eprint_error(&message_catalog().text("provision-kept", &params.into()));
    }
    output::line(&ProvisionOutput::Plan(build_plan_output(&provision, &listed)))?;
    let mut found = plan_result(&provision, &listed);
    if order.plan {
        return Ok(found);
    }
    let journal = LockedHistory::open(&journal_file(order)?).map_err(sentence)?;
    let known = journal.rows().len();
    let mut told = Ok(());
    let progress = |Progress { done, total, .. }| {
        if told.is_ok() && (done.is_multiple_of(STRIDE) || done == total) {
            told = output::line(&ProvisionOutput::Progress { done, total });
        }
    };
    let control = RunControl::default();
    let apply = provision.apply(&journal, &**clock, progress, &control);
    let ended = run_until_interrupted(apply, &control).await;
    told?;
    for row in journal.rows().into_iter().skip(known) {
        output::line(&ProvisionOutput::Change(change(row)))?;
    }
    let ended = ended.map_err(sentence)?;
    output::line(&ProvisionOutput::Ended(AppliedOutput::from_applied(ended)))?;
    if !ended.is_complete() {
        found = CommandResult::Errors;
    }
    Ok(found)
}

/// Runs the work. Ctrl+C stops the work between two changes.
async fn run_until_interrupted<T>(work: impl Future<Output = T>, control: &RunControl) -> T {
    let mut work = pin!(work);
    tokio::select! {
        // Poll the signal first, so that it is registered before any change.
        biased;
        Ok(()) = tokio::signal::ctrl_c() => control.stop(),
        done = &mut work => return done,
    }
    work.await
}

/// Returns the change history's path: the path in the arguments, or a path next to the list.
fn journal_file(order: &ProvisionArgs) -> Result<PathBuf, String> {
    match &order.journal {
        Some(file) => Ok(file.clone()),
        None if order.people == Path::new("-") => {
            Err(message_catalog().format_plain("failure-provision_journal"))
        }
        None => {
            let mut file = order.people.clone().into_os_string();
            file.push(".journal");
            Ok(file.into())
        }
    }
}

fn plan_result(provision: &ProvisionPlan, people: &People) -> CommandResult {
    let is_refused = |person: &PersonPlan| {
        let remarks = person.remarks.iter();
        person.user == PlannedChange::Skip
            || remarks.map(|remark| remark.severity).any(|severity| severity == Severity::Error)
    };
    match people.skipped_rows().is_empty() && !provision.plan.people().values().any(is_refused) {
        true => CommandResult::Fine,
        false => CommandResult::Errors,
    }
}

/// One line of the JSON output.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum ProvisionOutput {
    /// The planned changes. Always the first line.
    Plan(PlannedOutput),
    Progress {
        done: u32,
        total: u32,
    },
    /// An entry of the change history.
    Change(Change),
    /// The result. Always the last line of a run that ends without an error.
    Ended(AppliedOutput),
}

#[derive(Serialize)]
struct PlannedOutput {
    id: String,
    group: String,
    create_group: bool,
    create_users: u32,
    keep_users: u32,
    add_members: u32,
    left_out: u32,
    assign_group: bool,
    remove_members: u32,
    changes: u32,
    /// The number of AWS requests for the changes.
    calls: u32,
    /// The estimated time at AWS's limit of 20 calls per second for each kind of change.
    seconds: u32,
    people: Vec<PersonOutput>,
    /// The members who aren't on the list.
    former: Vec<FormerOutput>,
    /// The rejected lines of the list.
    unread: Vec<IssueOutput>,
    list: ListResult,
    /// The remarks about the whole plan.
    remarks: Vec<IssueOutput>,
}

/// How the list was read.
#[derive(Serialize)]
struct ListResult {
    columns: Vec<UsedColumn>,
    read: u32,
    /// People left out because the list marks them as inactive.
    inactive: usize,
    /// People whose names were split from a full name.
    split_names: u32,
}

#[derive(Serialize)]
struct PersonOutput {
    user_name: String,
    email: String,
    /// `create`, `keep` or `skip`.
    user: &'static str,
    /// `create`, `keep` or `skip`, for the membership in the group.
    member: &'static str,
    remarks: Vec<IssueOutput>,
}

#[derive(Serialize)]
struct FormerOutput {
    user_name: String,
    email: Option<String>,
    /// `remove` or `keep`.
    member: &'static str,
    /// `not_listed` or `inactive`.
    reason: &'static str,
    /// Why the member is kept.
    role: Option<&'static str>,
}

#[derive(Serialize)]
struct IssueOutput {
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
    code: String,
    severity: Severity,
    message: String,
}

#[derive(Serialize)]
struct Change {
    at: Timestamp,
    change: String,
    subject: String,
    outcome: &'static str,
    error: Option<String>,
    message: Option<String>,
}

#[derive(Serialize)]
struct AppliedOutput {
    done: u32,
    existed: u32,
    failed: u32,
    remaining: u32,
}

impl AppliedOutput {
    fn from_applied(applied: ApplySummary) -> Self {
        Self {
            done: applied.done,
            existed: applied.existed,
            failed: applied.failed,
            remaining: applied.remaining,
        }
    }
}

fn build_plan_output(provision: &ProvisionPlan, people: &People) -> PlannedOutput {
    let plan = &provision.plan;
    PlannedOutput {
        id: plan.id.clone(),
        group: people.group.name().to_owned(),
        create_group: plan.creates_group(),
        create_users: plan.users_to_create(),
        keep_users: plan.users_to_keep(),
        add_members: plan.members_to_add(),
        left_out: plan.excluded_count(),
        assign_group: plan.assigns_group(),
        remove_members: plan.members_to_remove(),
        former: former_output(&provision.former),
        changes: plan.changes(),
        calls: plan.calls(),
        seconds: plan.seconds(),
        people: people
            .rows()
            .iter()
            .filter_map(|row| Some(person(row, plan.person(&row.key)?)))
            .collect(),
        unread: people.skipped_rows().iter().map(skipped_row_output).collect(),
        list: list_result(people.list_summary()),
        remarks: remarks(provision, people.list_summary()),
    }
}

fn former_output(former: &FormerMembers) -> Vec<FormerOutput> {
    let output = |member, one: &FormerMember| FormerOutput {
        user_name: one.user.user_name.clone(),
        email: one.user.email.clone(),
        member,
        reason: one.reason.into(),
        role: one.protected.map(ProtectedRole::code),
    };
    let removed = former.removed.iter().map(|one| output("remove", one));
    removed.chain(former.kept.iter().map(|one| output("keep", one))).collect()
}

fn list_result(summary: &ListSummary) -> ListResult {
    ListResult {
        columns: summary.columns.clone(),
        read: summary.read,
        inactive: summary.inactive.len(),
        split_names: summary.split,
    }
}

fn remarks(provision: &ProvisionPlan, list: &ListSummary) -> Vec<IssueOutput> {
    let unclear = list.unclear_statuses.iter().map(unclear_status);
    (!provision.whole).then(not_listed).into_iter().chain(unclear).collect()
}

/// Returns the remark that a status column has values that don't say whether a person is active.
fn unclear_status(unclear: &UnclearStatusColumn) -> IssueOutput {
    let params = BTreeMap::from([
        ("column".to_owned(), unclear.column.clone()),
        ("values".to_owned(), unclear.values.join(", ")),
    ]);
    IssueOutput {
        line: None,
        code: "unclear_status".to_owned(),
        severity: Severity::Warning,
        message: message_catalog().text("list-unclear-status", &params),
    }
}

/// Returns the remark that only the listed people are looked up because the directory is large.
fn not_listed() -> IssueOutput {
    const CODE: &str = "directory_not_listed";
    let key = format!("finding-{CODE}");
    IssueOutput {
        line: None,
        code: CODE.to_owned(),
        severity: Severity::Info,
        message: message_catalog().format_plain(&key),
    }
}

fn person(person: &Person, plan: &PersonPlan) -> PersonOutput {
    let remarks = plan.remarks.iter().map(|remark| IssueOutput {
        line: None,
        code: remark.code.to_owned(),
        severity: remark.severity,
        message: message_catalog().text(&format!("person-{}", remark.code), &remark.params),
    });
    PersonOutput {
        user_name: person.user_name.clone(),
        email: person.email.clone(),
        user: sign(plan.user),
        member: sign(plan.member),
        remarks: remarks.collect(),
    }
}

fn sign(sign: PlannedChange) -> &'static str {
    match sign {
        PlannedChange::Create => "create",
        PlannedChange::Keep => "keep",
        PlannedChange::Skip => "skip",
    }
}

fn skipped_row_output(unread: &SkippedRow) -> IssueOutput {
    IssueOutput {
        line: Some(unread.line),
        code: unread.reason.code().to_owned(),
        severity: Severity::Error,
        message: message_catalog().format_plain(&format!("csv-{}", unread.reason.code())),
    }
}

fn change(row: HistoryEntry) -> Change {
    let message = row
        .error
        .as_ref()
        .map(|error| message_catalog().text(&format!("aws-{error}"), &row.params));
    Change {
        at: row.at,
        change: row.change,
        subject: row.subject,
        outcome: row.outcome,
        error: row.error,
        message,
    }
}

fn format_list_error(error: ListError) -> String {
    let params = error.params().map(|(name, value)| (name.to_owned(), value));
    message_catalog().text(&format!("failure-{}", error.code()), &params.collect())
}

fn format_aws_error(error: AwsError) -> String {
    sentence(error.into())
}

fn sentence(error: ProvisionError) -> String {
    message_catalog().text(&error.key(), &error.params())
}

fn message_catalog() -> &'static MessageCatalog {
    static WORDS: LazyLock<MessageCatalog> =
        LazyLock::new(|| MessageCatalog::english().without_markup());
    &WORDS
}
