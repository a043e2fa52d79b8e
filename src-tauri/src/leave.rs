//! Leaving: changes in AWS are not cut in the middle, and nobody leaves them half made without knowing.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use nops_sso_setup_core::{
    session::{Action, View, Wizard},
    words::Words,
};
use rfd::{AsyncMessageDialog, MessageButtons, MessageDialogResult, MessageLevel};
use tauri::{AppHandle, Manager};

use crate::{cli::complain, frame::Frame};

/// Jobs of many changes. Who leaves while one runs is asked first.
const CHANGES: [&str; 2] = ["apply", "undo"];

/// A call to AWS that has begun gets an answer within this time, or it counts as interrupted.
const LAST_CALL: Duration = Duration::from_secs(10);

/// Whether somebody is leaving already.
#[derive(Default)]
pub struct Leaving(AtomicBool);

/// Closes the window when nothing is in the middle of it. What was done so far stays done.
pub fn leave(app: &AppHandle) {
    if app.state::<Leaving>().0.swap(true, Ordering::SeqCst) {
        return;
    }
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let wizard = app.state::<Wizard>().inner().clone();
        if changing(&wizard.views().borrow()) && !ask(&app).await {
            app.state::<Leaving>().0.store(false, Ordering::SeqCst);
            return;
        }
        if let Some(window) = app.get_webview_window("main")
            && let Err(problem) = app.state::<Frame>().note(&window)
        {
            complain(&problem.to_string());
        }
        settle(&wizard).await;
        app.exit(0);
    });
}

/// Lets the running job end before its next call.
async fn settle(wizard: &Wizard) {
    let mut views = wizard.views();
    if idle(&views.borrow()) {
        return;
    }
    // A wizard that is gone runs no job.
    let _gone = wizard.act(Action::Cancel).await;
    // Past its time, the journal says what was begun, and the next start looks what became of it.
    let _late = tokio::time::timeout(LAST_CALL, views.wait_for(idle)).await;
}

fn idle(view: &View) -> bool {
    view.setup.as_ref().is_none_or(|setup| setup.job.is_none())
}

fn changing(view: &View) -> bool {
    let job = view.setup.as_ref().and_then(|setup| setup.job.as_ref());
    job.is_some_and(|job| CHANGES.contains(&job.name.as_str()))
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
