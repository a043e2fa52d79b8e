//! Step 8: the results of the two sign-in tests, as the tester reports them.

use std::path::PathBuf;

use super::{
    context::SetupContext,
    dry_run::{DryRunState, requested},
};
use crate::{
    Failure, Secret,
    action::SignInTestAction,
    blocking::{SuppliedBytes, on_parser_thread},
    files::{self, FileError},
    view::SignInTestResult,
};
use saml::recording::Recording;
use setup::{
    Field, Finding, FindingItem, Severity, Source, Step, Verdict, diagnosis,
    dry_run::{RecordingCheck, check_recording},
    input, rotation, test_record,
};

pub(super) async fn act(
    cx: &mut SetupContext,
    dry_run: &DryRunState,
    action: SignInTestAction,
) -> Result<(), Failure> {
    let SignInTestAction::SignInTest { test, result, error } = action;
    if !matches!(test, Field::TestFromPortal | Field::TestFromNops) {
        return Err(Failure::new("no_setup"));
    }
    cx.notes.remove(&Some(test));
    let verdict = match result {
        SignInTestResult::Passed => Verdict::Passed,
        SignInTestResult::Failed => Verdict::Failed,
        SignInTestResult::Untried => {
            cx.remove_facts([test]);
            return Ok(());
        }
    };
    if verdict == Verdict::Passed {
        cx.record_facts(rotation::tested(cx.facts()));
    }
    let record = test_record::sign_in_test(cx.facts(), test, verdict);
    cx.record_facts([(test, record, Source::Declared)]);
    let Some(error) = error else { return Ok(()) };
    // Each file is explained like its content: a recording or a saved page.
    let texts = match files::parse_pasted(error.expose()).await {
        Some(files) => read_files(files).await,
        None => Ok(vec![error]),
    };
    let texts = match texts {
        Ok(texts) => texts,
        Err(problems) => {
            cx.notes.insert(Some(test), problems.into_iter().map(about(test)).collect());
            return Ok(());
        }
    };
    for text in &texts {
        if explain_recording(cx, dry_run, Some(test), text.clone()).await? {
            return Ok(());
        }
    }
    let texts: Vec<&str> = texts.iter().map(Secret::expose).collect();
    let error = Secret::new(texts.join("\n"));
    // The page's address may contain the request that nOps sent to AWS.
    let text = error.clone();
    let request =
        on_parser_thread(move || input::requested(text.expose(), Step::SignInTests)).await?;
    if request.notes.is_empty() {
        cx.record_facts(request.learned);
    }
    let all = cx.all_facts();
    let decoded =
        on_parser_thread(move || diagnosis::likely_causes(error.expose(), &all, test)).await?;
    cx.notes.insert(Some(test), decoded);
    Ok(())
}

/// Reads the files, or returns why one of them can't be read.
async fn read_files(files: Vec<PathBuf>) -> Result<Vec<Secret>, Vec<Finding>> {
    let mut texts = Vec::new();
    for file in files {
        let name = files::name(&file);
        let bytes = files::read_on_thread(file).await.map_err(|error| match error {
            FileError::TooLarge(bytes) => {
                input::oversized_file(Some(&name), bytes, Step::SignInTests).notes
            }
            FileError::Unreadable(cause) => {
                input::unopened_file(&name, cause, Step::SignInTests).notes
            }
        })?;
        texts.push(Secret::new(String::from_utf8_lossy(&bytes).into_owned()));
    }
    Ok(texts)
}

/// Explains a recorded sign-in. If `test` is `None`, the recording shows which test it belongs to,
/// because nOps sends a request in only one of the two tests. Returns false if the recording isn't
/// about a SAML response.
pub(super) async fn explain_recording(
    cx: &mut SetupContext,
    dry_run: &DryRunState,
    test: Option<Field>,
    bytes: impl SuppliedBytes,
) -> Result<bool, Failure> {
    let (expected, now) = (dry_run.expected_values(&cx.all_facts()), cx.now());
    let check =
        on_parser_thread(move || check_recording(&Recording::read(bytes.as_ref()), &expected, now))
            .await?;
    if !check.is_about_response {
        return Ok(false);
    }
    let started = if check.is_requested { Field::TestFromNops } else { Field::TestFromPortal };
    let test = test.unwrap_or(started);
    cx.record_facts(requested(check.learned.clone()));
    cx.notes.insert(Some(test), causes(check, test));
    Ok(true)
}

/// Returns what the recording shows about a sign-in test, problems first.
fn causes(check: RecordingCheck, test: Field) -> Vec<Finding> {
    let is_checked = check.dry_run().is_some();
    let results = check.checked.into_iter().flat_map(|(_, dry_run)| dry_run.findings);
    let mut all: Vec<Finding> = check.notes.into_iter().chain(results).collect();
    if is_checked && all.iter().all(|finding| finding.severity != Severity::Error) {
        all.push(Finding::about(Field::DryRun, "recording_fine", Severity::Info));
    }
    all.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    all.into_iter().map(about(test)).collect()
}

fn about(test: Field) -> impl Fn(Finding) -> Finding {
    move |finding| finding.with_item(FindingItem::Test { field: test }).with_step(Step::SignInTests)
}
