//! Quits the app. If changes in AWS are running, asks first and gives the current change time to
//! finish.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use messages::MessageCatalog;
use rfd::{AsyncMessageDialog, MessageButtons, MessageDialogResult, MessageLevel};
use session::{View, Wizard};
use tauri::{AppHandle, Manager};

use crate::{cli::eprint_error, window_state::WindowState};

/// The time limit for running jobs to end. After this time, the process ends anyway.
const QUIT_LIMIT: Duration = Duration::from_secs(3);

/// Whether quitting has already started.
#[derive(Default)]
pub struct QuitGuard(AtomicBool);

/// Closes the window. If changes are running, asks the user first. Completed changes aren't undone.
pub fn close_window(app: &AppHandle) {
    if app.state::<QuitGuard>().0.swap(true, Ordering::SeqCst) {
        return;
    }
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let wizard = app.state::<Wizard>().inner().clone();
        if has_running_changes(&wizard.views().borrow()) && !confirm_quit(&app).await {
            app.state::<QuitGuard>().0.store(false, Ordering::SeqCst);
            return;
        }
        let window_app = app.clone();
        let remember = tauri::async_runtime::spawn_blocking(move || remember_window(&window_app));
        // The disk may not respond.
        let remembered = tokio::time::timeout(QUIT_LIMIT, remember);
        let _late = tokio::join!(wizard.quit(QUIT_LIMIT), remembered);
        app.exit(0);
    });
}

/// Ends running jobs when the event loop ends without [`close_window`], for example when the user
/// logs out.
pub fn end_jobs(app: &AppHandle) {
    // After a failed start, there is no session.
    if let Some(wizard) = app.try_state::<Wizard>()
        && !app.state::<QuitGuard>().0.swap(true, Ordering::SeqCst)
    {
        let wizard = wizard.inner().clone();
        tauri::async_runtime::block_on(async move { wizard.quit(QUIT_LIMIT).await });
    }
}

fn remember_window(app: &AppHandle) {
    if let Some(window) = app.get_webview_window("main")
        && let Err(problem) = app.state::<WindowState>().remember_position(&window)
    {
        eprint_error(&problem.to_string());
    }
}

fn has_running_changes(view: &View) -> bool {
    view.setup.as_ref().and_then(|setup| setup.job.as_ref()).is_some_and(|job| job.changes)
}

/// Asks the user whether to stop the changes and quit.
async fn confirm_quit(app: &AppHandle) -> bool {
    let words = MessageCatalog::english().without_markup();
    let stop = words.format_plain("leave-stop");
    let mut dialog = AsyncMessageDialog::new()
        .set_level(MessageLevel::Warning)
        .set_title(words.format_plain("leave"))
        .set_description(words.format_plain("leave-why"))
        .set_buttons(MessageButtons::OkCancelCustom(
            stop.clone(),
            words.format_plain("leave-stay"),
        ));
    if let Some(window) = app.get_webview_window("main") {
        dialog = dialog.set_parent(&window);
    }
    match dialog.show().await {
        MessageDialogResult::Ok | MessageDialogResult::Yes => true,
        MessageDialogResult::Custom(chosen) => chosen == stop,
        MessageDialogResult::No | MessageDialogResult::Cancel => false,
    }
}
