//! Leaving: changes in AWS are not cut in the middle, and nobody leaves them half made without knowing.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use messages::Words;
use rfd::{AsyncMessageDialog, MessageButtons, MessageDialogResult, MessageLevel};
use session::{View, Wizard};
use tauri::{AppHandle, Manager};

use crate::{cli::eprint_error, window_state::WindowState};

/// Runs get this time to end; then the process ends anyway.
const LAST_CALL: Duration = Duration::from_secs(3);

/// Whether somebody is leaving already.
#[derive(Default)]
pub struct QuitGuard(AtomicBool);

/// Closes the window when nothing is in the middle of it. What was done so far stays done.
pub fn leave(app: &AppHandle) {
    if app.state::<QuitGuard>().0.swap(true, Ordering::SeqCst) {
        return;
    }
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let wizard = app.state::<Wizard>().inner().clone();
        if changing(&wizard.views().borrow()) && !ask(&app).await {
            app.state::<QuitGuard>().0.store(false, Ordering::SeqCst);
            return;
        }
        if let Some(window) = app.get_webview_window("main")
            && let Err(problem) = app.state::<WindowState>().note(&window)
        {
            eprint_error(&problem.to_string());
        }
        wizard.quit(LAST_CALL).await;
        app.exit(0);
    });
}

/// Ends what still runs when the event loop ends without [`leave`], for instance at the end of a session.
pub fn left(app: &AppHandle) {
    // A start that failed left no wizard.
    if let Some(wizard) = app.try_state::<Wizard>()
        && !app.state::<QuitGuard>().0.swap(true, Ordering::SeqCst)
    {
        let wizard = wizard.inner().clone();
        tauri::async_runtime::block_on(async move { wizard.quit(LAST_CALL).await });
    }
}

fn changing(view: &View) -> bool {
    view.setup.as_ref().and_then(|setup| setup.job.as_ref()).is_some_and(|job| job.changes)
}

/// Whether the person wants to stop the changes and leave.
async fn ask(app: &AppHandle) -> bool {
    let words = Words::english().without_markup();
    let stop = words.word("leave-stop");
    let mut dialog = AsyncMessageDialog::new()
        .set_level(MessageLevel::Warning)
        .set_title(words.word("leave"))
        .set_description(words.word("leave-why"))
        .set_buttons(MessageButtons::OkCancelCustom(stop.clone(), words.word("leave-stay")));
    if let Some(window) = app.get_webview_window("main") {
        dialog = dialog.set_parent(&window);
    }
    match dialog.show().await {
        MessageDialogResult::Ok | MessageDialogResult::Yes => true,
        MessageDialogResult::Custom(chosen) => chosen == stop,
        MessageDialogResult::No | MessageDialogResult::Cancel => false,
    }
}
