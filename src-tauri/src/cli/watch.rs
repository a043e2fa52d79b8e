//! `watch`: checks finished setups for changes and problems.

mod junit;
mod schedule;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use clap::Args;
use identity_center::{Connections, Credentials, redirected};
use jiff::Timestamp;
use messages::MessageCatalog;
use serde::Serialize;
use session::{
    Failure,
    recheck::{Clock, FinishedSetup, RecheckReport, RecheckResult, SubjectCheck, SubjectState},
};
use setup::{FindingItem, drift::ChangedValue};
use transport::Network;

use super::{
    CommandResult, aws_profile,
    check::{self, FindingOutput},
    input, output,
};
use crate::{network, practice_host::PracticeHost};
use schedule::Scheduler;

#[derive(Args)]
pub(super) struct WatchArgs {
    /// The setup files (Help › Open setups folder), or values documents from `export --as values`.
    #[arg(required = true, value_name = "SETUP")]
    setups: Vec<PathBuf>,
    /// Print JSON Lines instead of text: one line for each setup.
    #[arg(long)]
    json: bool,
    /// Also save the results to this file, as JUnit XML.
    #[arg(long, value_name = "FILE")]
    junit: Option<PathBuf>,
    /// Print nothing for setups without problems.
    #[arg(long)]
    quiet: bool,
    /// Print the lines that run this command every day, instead of checking.
    #[arg(long, value_enum, value_name = "SCHEDULER")]
    print: Option<Scheduler>,
}

/// The JSON output for one setup.
#[derive(Serialize)]
struct WatchOutput {
    setup: String,
    file: String,
    at: String,
    result: RecheckResult,
    checks: Vec<CheckOutput>,
    changed: Vec<ChangedOutput>,
    findings: Vec<FindingOutput>,
}

#[derive(Serialize)]
struct CheckOutput {
    subject: &'static str,
    /// The subject in words.
    title: String,
    state: SubjectState,
    /// Why it wasn't checked.
    reason: Option<String>,
    /// When it was last checked, if it wasn't checked this time.
    last_checked: Option<String>,
}

#[derive(Serialize)]
struct ChangedOutput {
    field: &'static str,
    item: Option<FindingItem>,
    before: Option<String>,
    after: Option<String>,
    message: String,
    fix: String,
}

pub(super) fn run(arguments: &WatchArgs, now: Option<Timestamp>) -> Result<CommandResult, String> {
    if let Some(scheduler) = arguments.print {
        let words = MessageCatalog::english().without_markup();
        output::bytes(scheduler.lines(&arguments.setups, &words)?.as_bytes())?;
        return Ok(CommandResult::Fine);
    }
    let clock: Clock = Arc::new(move || now.unwrap_or_else(Timestamp::now));
    let runtime = tokio::runtime::Runtime::new().map_err(|error| error.to_string())?;
    runtime.block_on(watch(arguments, &clock))
}

async fn watch(arguments: &WatchArgs, clock: &Clock) -> Result<CommandResult, String> {
    let words = MessageCatalog::english().without_markup();
    let network = network::network();
    let mut connections = None;
    let (mut outputs, mut results) = (Vec::new(), Vec::new());
    for file in &arguments.setups {
        let checked = match read(file, clock, &words) {
            Ok(setup) => {
                if !setup.is_practice() && connections.is_none() {
                    let found = find_credentials(&words).await;
                    connections = Some(found.map(|own| Connections::new(own, network.clone())));
                }
                let own = connections.as_mut().and_then(Option::as_mut);
                // Without the expected credentials, part of the check isn't possible.
                if !setup.is_practice() && own.is_none() {
                    results.push(RecheckResult::Unchecked);
                }
                let report = check_setup(&setup, file, own, &network, clock).await;
                report
                    .map(|report| build_output(&setup, file, report, &words))
                    .map_err(|failure| failure.sentence(&words))
            }
            Err(sentence) => Err(sentence),
        };
        match &checked {
            Ok(output) => {
                results.push(output.result);
                print(output, arguments, &words)?;
            }
            Err(sentence) => {
                results.push(RecheckResult::Unchecked);
                output::eprint_error(sentence);
            }
        }
        outputs.push((file.display().to_string(), checked));
    }
    if let Some(file) = &arguments.junit
        && fs::write(file, junit::xml(&outputs, clock(), &words)).is_err()
    {
        results.push(RecheckResult::Unchecked);
        let params = named([("file", file.display().to_string())]);
        output::eprint_error(&words.text("failure-watch_junit", &params));
    }
    Ok(worst(&results))
}

/// Returns the exit status for all setups: a problem is more important than a check that wasn't
/// possible.
fn worst(results: &[RecheckResult]) -> CommandResult {
    if results.contains(&RecheckResult::Problems) {
        CommandResult::Errors
    } else if results.contains(&RecheckResult::Unchecked) {
        CommandResult::Unchecked
    } else {
        CommandResult::Fine
    }
}

fn read(file: &Path, clock: &Clock, words: &MessageCatalog) -> Result<FinishedSetup, String> {
    let content = input::json(file)?;
    FinishedSetup::read(file, &content, clock).map_err(|failure| failure.sentence(words))
}

/// Returns the credentials that the AWS CLI would use. Warns before the first call if it goes to
/// another endpoint.
async fn find_credentials(words: &MessageCatalog) -> Option<Credentials> {
    let credentials = match aws_profile::credentials(words).await {
        Ok(credentials) => credentials,
        Err(sentence) => {
            output::eprint_error(&sentence);
            return None;
        }
    };
    if let Ok(Some(endpoint)) = redirected(&credentials).await {
        let params = BTreeMap::from([("endpoint".to_owned(), endpoint)]);
        output::eprint_error(&words.text("provision-redirected", &params));
    }
    Some(credentials)
}

async fn check_setup(
    setup: &FinishedSetup,
    file: &Path,
    connections: Option<&mut Connections>,
    network: &Network,
    clock: &Clock,
) -> Result<RecheckReport, Failure> {
    let record = setup.recheck(connections, network, &PracticeHost::default(), clock).await?;
    // The report for the window is optional: the folder may be read-only.
    if file != Path::new("-")
        && let Err(failure) = setup.save(&record)
    {
        let words = MessageCatalog::english().without_markup();
        output::eprint_error(&match failure.code.as_str() {
            "watch_version" => failure.sentence(&words),
            _ => unwritable(file, &words),
        });
    }
    Ok(record.report)
}

fn unwritable(file: &Path, words: &MessageCatalog) -> String {
    let params = BTreeMap::from([("file".to_owned(), file.display().to_string())]);
    words.text("failure-watch_unwritable", &params)
}

fn build_output(
    setup: &FinishedSetup,
    file: &Path,
    report: RecheckReport,
    words: &MessageCatalog,
) -> WatchOutput {
    WatchOutput {
        setup: setup.name.clone(),
        file: file.display().to_string(),
        result: report.result(),
        at: report.at,
        checks: report.checks.iter().map(|check| check_output(check, words)).collect(),
        changed: report.changed.into_iter().map(|changed| changed_output(changed, words)).collect(),
        findings: check::lines(report.findings),
    }
}

fn check_output(check: &SubjectCheck, words: &MessageCatalog) -> CheckOutput {
    let subject: &str = check.subject.into();
    CheckOutput {
        subject,
        title: words.format_plain(&format!("recheck-subject-{subject}")),
        state: check.state,
        reason: check.cause.as_ref().map(|cause| words.text(&cause.key, &cause.params)),
        last_checked: check.last_checked.clone(),
    }
}

fn changed_output(changed: ChangedValue, words: &MessageCatalog) -> ChangedOutput {
    let field = changed.field.name();
    let shown = |value: &Option<String>| match value {
        Some(value) => readable(field, value, words),
        None => "none".to_owned(),
    };
    let item = match &changed.item {
        Some(FindingItem::Key { name }) => name.clone(),
        _ => "none".to_owned(),
    };
    let params = [
        ("field", words.format_plain(&format!("field-{field}"))),
        ("item", item),
        ("before", shown(&changed.before)),
        ("after", shown(&changed.after)),
    ];
    let message = words.text("recheck-changed", &named(params));
    let step = changed.field.step().number().to_string();
    let fix =
        words.text("recheck-changed-fix", &named([("field", field.to_owned()), ("step", step)]));
    let ChangedValue { item, before, after, .. } = changed;
    ChangedOutput { field, item, before, after, message, fix }
}

/// Returns a value as a person reads it.
fn readable(field: &str, value: &str, words: &MessageCatalog) -> String {
    let is_hex = value.len() == 64 && value.bytes().all(|byte| byte.is_ascii_hexdigit());
    let shown = match value.parse::<Timestamp>() {
        Ok(time) => time.strftime("%F %H:%M UTC").to_string(),
        Err(_) if is_hex => {
            let end = value.get(56..).unwrap_or(value).to_owned();
            words.text("recheck-value-certificate", &named([("end", end)]))
        }
        Err(_) => value.to_owned(),
    };
    let kind = format!("{field}-{value}");
    words.text("recheck-value", &named([("kind", kind), ("value", shown)]))
}

fn named<const N: usize>(params: [(&str, String); N]) -> BTreeMap<String, String> {
    params.map(|(name, value)| (name.to_owned(), value)).into()
}

fn print(
    output: &WatchOutput,
    arguments: &WatchArgs,
    words: &MessageCatalog,
) -> Result<(), String> {
    if arguments.quiet && output.result == RecheckResult::Fine {
        return Ok(());
    }
    match arguments.json {
        true => output::line(output),
        false => output::bytes(text(output, words).as_bytes()),
    }
}

fn text(output: &WatchOutput, words: &MessageCatalog) -> String {
    let result = match output.result {
        RecheckResult::Fine => "recheck-result-fine",
        RecheckResult::Problems => "recheck-result-problems",
        RecheckResult::Unchecked => "recheck-result-unchecked",
    };
    let title = words.format_plain(result);
    let mut lines = vec![format!("{}: {title}", output.setup)];
    let found = output.findings.iter().map(|one| (&one.message, one.fix.as_ref()));
    let changed = output.changed.iter().map(|one| (&one.message, Some(&one.fix)));
    for (message, fix) in found.chain(changed) {
        lines.push(format!("  {message}"));
        let fix = fix.map(|fix| words.text("report-fix", &named([("fix", fix.clone())])));
        lines.extend(fix.map(|fix| format!("    {fix}")));
    }
    for check in output.checks.iter().filter(|check| check.state != SubjectState::Checked) {
        let reason = check.reason.clone().unwrap_or_default();
        let params = named([("subject", check.title.clone()), ("reason", reason)]);
        lines.push(format!("  {}", words.text("recheck-not-checked", &params)));
        let last = check.last_checked.as_ref().and_then(|at| at.parse::<Timestamp>().ok());
        lines.extend(last.map(|at| {
            let at = at.strftime("%F %H:%M UTC").to_string();
            format!("    {}", words.text("recheck-last-checked", &named([("at", at)])))
        }));
    }
    lines.push(String::new());
    lines.join("\n")
}
