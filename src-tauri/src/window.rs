//! The window: one webview that shows what the wizard says.

use std::{path::PathBuf, sync::Arc};

use jiff::Timestamp;
use nops_sso_setup_core::session::{Action, Wizard, ports::Ports};
use tauri::{Manager, WindowEvent};

use crate::{
    desktop,
    drag::{self, Hovering},
    ipc,
    worlds::Worlds,
};

/// Opens the window and returns when it is closed.
pub fn run(now: Option<Timestamp>) -> tauri::Result<()> {
    let commands = ipc::commands();
    tauri::Builder::default()
        .invoke_handler(commands.invoke_handler())
        .setup(move |app| {
            let folder = folder(app.path().app_data_dir()?);
            let wizard =
                tauri::async_runtime::block_on(async { Wizard::start(ports(&folder, now)) })?;
            app.manage(Hovering::default());
            app.manage(desktop::Folder(folder));
            app.manage(wizard);
            Ok(())
        })
        .on_window_event(|window, event| {
            if let WindowEvent::DragDrop(event) = event {
                drag::follow(window, event);
            }
        })
        .build(context())?
        .run(|app, event| {
            if let tauri::RunEvent::Exit = event {
                let wizard = app.state::<Wizard>().inner().clone();
                tauri::async_runtime::block_on(async move {
                    // A wizard that is gone already has nothing left to close.
                    let _gone = wizard.act(Action::Close).await;
                });
            }
        });
    Ok(())
}

/// What the wizard is given on this desktop.
pub fn ports(folder: &std::path::Path, now: Option<Timestamp>) -> Ports {
    Ports {
        folder: folder.join("setups"),
        clock: clock(now),
        keychain: desktop::keychain(),
        practice: Arc::new(Worlds::default()),
        certificates: std::env::var_os("AWS_CA_BUNDLE").map(PathBuf::from),
    }
}

/// The time by which rules judge: the computer's, or one that stands still.
pub fn clock(now: Option<Timestamp>) -> Arc<dyn Fn() -> Timestamp + Send + Sync> {
    match now {
        Some(fixed) => Arc::new(move || fixed),
        None => Arc::new(Timestamp::now),
    }
}

/// `NOPS_SSO_SETUP_DIR` moves everything that is kept, for instance to an encrypted disk.
fn folder(usual: PathBuf) -> PathBuf {
    std::env::var_os("NOPS_SSO_SETUP_DIR").map_or(usual, PathBuf::from)
}

/// What the app was built as. `NOPS_SSO_SETUP_LOCALE=pseudo` opens it in a language that nobody speaks,
/// which shows words that can't be translated and layouts that are too tight.
fn context() -> tauri::Context {
    let mut context = tauri::generate_context!();
    if std::env::var_os("NOPS_SSO_SETUP_LOCALE").is_some_and(|locale| locale == "pseudo") {
        for window in &mut context.config_mut().app.windows {
            window.url = tauri::WebviewUrl::App("index.html?locale=pseudo".into());
        }
    }
    context
}
