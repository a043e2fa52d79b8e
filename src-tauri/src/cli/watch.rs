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
use identity_center::{Credentials, redirected};
use jiff::Timestamp;
use messages::MessageCatalog;
use serde::Serialize;
use session::{
    Failure,
    watch::{Clock, WatchCheck, WatchCheckState, WatchReport, WatchResult, WatchedSetup},
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
    result: WatchResult,
    checks: Vec<CheckOutput>,
    changed: Vec<ChangedOutput>,
    findings: Vec<FindingOutput>,
}

#[derive(Serialize)]
struct CheckOutput {
    subject: &'static str,
    /// The subject in words.
    title: String,
    state: WatchCheckState,
    /// Why it wasn't checked.
    reason: Option<String>,
}

#[derive(Serialize)]
struct ChangedOutput {
    field: &'static str,
    item: Option<FindingItem>,
    before: Option<String>,
    after: Option<String>,
    message: String,
}

pub(super) fn run(arguments: &WatchArgs, now: Option<Timestamp>) -> Result<CommandResult, String> {
    if let Some(scheduler) = arguments.print {
        output::bytes(scheduler.lines(&arguments.setups)?.as_bytes())?;
        return Ok(CommandResult::Fine);
    }
    let clock: Clock = Arc::new(move || now.unwrap_or_else(Timestamp::now));
    let runtime = tokio::runtime::Runtime::new().map_err(|error| error.to_string())?;
    runtime.block_on(watch(arguments, &clock))
}

async fn watch(arguments: &WatchArgs, clock: &Clock) -> Result<CommandResult, String> {
    let words = MessageCatalog::english().without_markup();
    let network = network::network();
    let mut credentials = None;
    let (mut outputs, mut results) = (Vec::new(), Vec::new());
    for file in &arguments.setups {
        let report = match read(file, clock, &words) {
            Ok(setup) => {
                if !setup.is_practice() && credentials.is_none() {
                    credentials = Some(find_credentials(&words).await);
                }
                let own = credentials.as_ref().and_then(Option::as_ref);
                // Without the expected credentials, part of the check isn't possible.
                if !setup.is_practice() && own.is_none() {
                    results.push(WatchResult::Unchecked);
                }
                let report = check_setup(&setup, file, own, &network, clock).await;
                report
                    .map(|report| build_output(&setup, file, report, &words))
                    .map_err(|failure| failure.sentence(&words))
            }
            Err(sentence) => Err(sentence),
        };
        match report {
            Ok(output) => {
                results.push(output.result);
                print(&output, arguments, &words)?;
                outputs.push(output);
            }
            Err(sentence) => {
                results.push(WatchResult::Unchecked);
                output::eprint_error(&sentence);
            }
        }
    }
    if let Some(file) = &arguments.junit {
        let xml = junit::xml(&outputs, &words);
        fs::write(file, xml).map_err(|_| unwritable(file, &words))?;
    }
    Ok(worst(&results))
}

/// Returns the exit status for all setups: a problem is more important than a check that wasn't
/// possible.
fn worst(results: &[WatchResult]) -> CommandResult {
    if results.contains(&WatchResult::Problems) {
        CommandResult::Errors
    } else if results.contains(&WatchResult::Unchecked) {
        CommandResult::Unchecked
    } else {
        CommandResult::Fine
    }
}

fn read(file: &Path, clock: &Clock, words: &MessageCatalog) -> Result<WatchedSetup, String> {
    let content = input::bytes(file)?;
    WatchedSetup::read(file, &content, clock).map_err(|failure| failure.sentence(words))
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
    setup: &WatchedSetup,
    file: &Path,
    credentials: Option<&Credentials>,
    network: &Network,
    clock: &Clock,
) -> Result<WatchReport, Failure> {
    let report = setup.watch(credentials, network, &PracticeHost::default(), clock).await?;
    // The report for the window is optional: the folder may be read-only.
    if file != Path::new("-") && setup.save(&report).is_err() {
        let words = MessageCatalog::english().without_markup();
        output::eprint_error(&unwritable(file, &words));
    }
    Ok(report)
}

fn unwritable(file: &Path, words: &MessageCatalog) -> String {
    let params = BTreeMap::from([("file".to_owned(), file.display().to_string())]);
    words.text("failure-watch_unwritable", &params)
}

fn build_output(
    setup: &WatchedSetup,
    file: &Path,
    report: WatchReport,
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

fn check_output(check: &WatchCheck, words: &MessageCatalog) -> CheckOutput {
    let subject: &str = check.subject.into();
    CheckOutput {
        subject,
        title: words.format_plain(&format!("watch-subject-{subject}")),
        state: check.state,
        reason: check.cause.as_ref().map(|cause| words.text(&cause.key, &cause.params)),
    }
}

fn changed_output(changed: ChangedValue, words: &MessageCatalog) -> ChangedOutput {
    let field = changed.field.name();
    let shown = |value: &Option<String>| value.clone().unwrap_or_else(|| "none".to_owned());
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
    let params = params.map(|(name, value)| (name.to_owned(), value)).into();
    let message = words.text("watch-changed", &params);
    let ChangedValue { item, before, after, .. } = changed;
    ChangedOutput { field, item, before, after, message }
}

fn print(
    output: &WatchOutput,
    arguments: &WatchArgs,
    words: &MessageCatalog,
) -> Result<(), String> {
    if arguments.quiet && output.result == WatchResult::Fine {
        return Ok(());
    }
    match arguments.json {
        true => output::line(output),
        false => output::bytes(text(output, words).as_bytes()),
    }
}

fn text(output: &WatchOutput, words: &MessageCatalog) -> String {
    let result = match output.result {
        WatchResult::Fine => "watch-result-fine",
        WatchResult::Problems => "watch-result-problems",
        WatchResult::Unchecked => "watch-result-unchecked",
    };
    let title = words.format_plain(result);
    let mut lines = vec![format!("{}: {title}", output.setup)];
    for finding in &output.findings {
        lines.push(format!("  {}", finding.message));
        let fix = finding.fix.iter().map(|fix| {
            words.text("report-fix", &BTreeMap::from([("fix".to_owned(), fix.clone())]))
        });
        lines.extend(fix.map(|fix| format!("    {fix}")));
    }
    lines.extend(output.changed.iter().map(|changed| format!("  {}", changed.message)));
    for check in output.checks.iter().filter(|check| check.state != WatchCheckState::Checked) {
        let params = [
            ("subject".to_owned(), check.title.clone()),
            ("reason".to_owned(), check.reason.clone().unwrap_or_default()),
        ];
        lines.push(format!("  {}", words.text("watch-not-checked", &params.into())));
    }
    lines.push(String::new());
    lines.join("\n")
}
