//! Step 8: the results of the two sign-in tests, as the tester reports them.

use super::context::Context;
use crate::{
    Failure, action::SignInTestAction, blocking::on_parser_thread, view::SignInTestResult,
};
use setup::{Field, Source, Step, Verdict, diagnosis, input, test_record};

pub(super) async fn act(cx: &mut Context, action: SignInTestAction) -> Result<(), Failure> {
    let SignInTestAction::SignInTest { test, result, error } = action;
    if !matches!(test, Field::TestFromPortal | Field::TestFromNops) {
        return Err(Failure::new("no_setup"));
    }
    cx.notes.remove(&Some(test));
    let verdict = match result {
        SignInTestResult::Passed => Verdict::Passed,
        SignInTestResult::Failed => Verdict::Failed,
        SignInTestResult::Untried => {
            cx.forget([test]);
            return Ok(());
        }
    };
    let record = test_record::sign_in_test(cx.facts(), test, verdict);
    cx.record([(test, record, Source::Declared)]);
    let Some(error) = error else { return Ok(()) };
    // The page's address may contain the request that nOps sent to AWS.
    let text = error.clone();
    let request =
        on_parser_thread(move || input::requested(text.expose(), Step::SignInTests)).await?;
    if request.notes.is_empty() {
        cx.record(request.learned);
    }
    let all = cx.all();
    let decoded =
        on_parser_thread(move || diagnosis::likely_causes(error.expose(), &all, test)).await?;
    cx.notes.insert(Some(test), decoded);
    Ok(())
}
