//! The window: one webview that shows what the wizard says.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    path::PathBuf,
    sync::Arc,
};

use jiff::Timestamp;
use nops_sso_setup_core::session::{Wizard, ports::Ports};
use tauri::{AppHandle, Manager, WebviewWindowBuilder, WindowEvent, Wry, plugin::TauriPlugin};

use crate::{
    cli::complain,
    desktop,
    drag::{self, Held},
    frame::Frame,
    ipc,
    leave::{Leaving, leave, left},
    listener::Listener,
    menu::{self, Chosen},
    network,
    worlds::Worlds,
};

/// Moves everything that is kept, for instance to an encrypted disk.
const FOLDER: &str = "NOPS_SSO_SETUP_DIR";

/// The plugin by which there is one window, as it calls itself.
const ONE: &str = "single-instance";

/// Says that this start is the second try.
const AGAIN: &str = "NOPS_SSO_SETUP_AGAIN";

/// Opens the window and returns when it is closed.
pub fn run(now: Option<Timestamp>) -> tauri::Result<()> {
    let app = match build(now) {
        // The first window ended just while it was told of this start, so this one is the first now.
        Err(tauri::Error::PluginInitialization(name, _))
            if name == ONE && std::env::var_os(AGAIN).is_none() =>
        {
            return Err(start_again().into());
        }
        built => built?,
    };
    app.run(|app, event| {
        if let tauri::RunEvent::Exit = event {
            left(app);
        }
    });
    Ok(())
}

/// Becomes a new start of this program, since GTK can't be begun twice in one; returns only what went wrong.
#[cfg(unix)]
fn start_again() -> std::io::Error {
    use std::{env, os::unix::process::CommandExt as _, process::Command};

    match env::current_exe() {
        Ok(program) => Command::new(program).args(env::args_os().skip(1)).env(AGAIN, "1").exec(),
        Err(problem) => problem,
    }
}

/// Elsewhere no window is told of a start over a bus.
#[cfg(not(unix))]
fn start_again() -> std::io::Error {
    std::io::Error::other("the window that is open did not answer: start again")
}

fn build(now: Option<Timestamp>) -> tauri::Result<tauri::App> {
    let commands = ipc::commands();
    tauri::Builder::default()
        .plugin(only_one())
        .invoke_handler(commands.invoke_handler())
        .setup(move |app| {
            let folder = folder(app.path().app_data_dir()?);
            let wizard =
                tauri::async_runtime::block_on(async { Wizard::start(ports(&folder, now)) })?;
            app.manage(Listener::<Held>::default());
            app.manage(Listener::<Chosen>::default());
            app.manage(Leaving::default());
            app.manage(Frame::read(&folder));
            app.manage(desktop::Folder(folder));
            app.manage(wizard);
            Ok(open(app.handle())?)
        })
        .on_window_event(|window, event| match event {
            WindowEvent::DragDrop(event) => drag::follow(window, event),
            WindowEvent::CloseRequested { api, .. } => {
                api.prevent_close();
                leave(window.app_handle());
            }
            _ => {}
        })
        .build(context())
}

/// Opens the window where it was closed last.
fn open(app: &AppHandle) -> tauri::Result<()> {
    let config = app.config().app.windows.first();
    let window =
        WebviewWindowBuilder::from_config(app, config.ok_or(tauri::Error::WindowNotFound)?)?
            .menu(menu::build(app)?)
            .on_document_title_changed(|window, title| {
                if let Err(problem) = window.set_title(&title) {
                    complain(&problem.to_string());
                }
            })
            .build()?;
    window.on_menu_event(|window, event| menu::choose(window.app_handle(), event.id().as_ref()));
    menu::follow(app);
    let frame = app.state::<Frame>();
    frame.restore(&window)?;
    frame.dress(&window)?;
    window.show()
}

/// A second start brings the window to the front and ends. Without a session bus it opens a window of
/// its own; no setup is open in two of them, whoever starts them.
fn only_one() -> TauriPlugin<Wry> {
    let mut plugin = tauri_plugin_single_instance::Builder::new()
        .callback(|app, _arguments, _folder| to_front(app));
    if let Some(moved) = std::env::var_os(FOLDER) {
        // What is kept elsewhere is another wizard. On Windows and macOS the two are told apart by nothing.
        let mut name = DefaultHasher::new();
        moved.hash(&mut name);
        plugin = plugin.dbus_id(format!("io.nops.sso-setup.x{:016x}", name.finish()));
    }
    plugin.build()
}

fn to_front(app: &AppHandle) {
    let Some(window) = app.get_webview_window("main") else {
        return;
    };
    let shown = window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus());
    if let Err(problem) = shown {
        complain(&problem.to_string());
    }
}

/// What the wizard is given on this desktop.
pub fn ports(folder: &std::path::Path, now: Option<Timestamp>) -> Ports {
    Ports {
        folder: folder.join("setups"),
        clock: clock(now),
        keychain: desktop::keychain(),
        downloads: desktop::downloads(),
        practice: Arc::new(Worlds::default()),
        network: network::network(),
    }
}

/// The time by which rules judge: the computer's, or one that stands still.
pub fn clock(now: Option<Timestamp>) -> Arc<dyn Fn() -> Timestamp + Send + Sync> {
    match now {
        Some(fixed) => Arc::new(move || fixed),
        None => Arc::new(Timestamp::now),
    }
}

fn folder(usual: PathBuf) -> PathBuf {
    std::env::var_os(FOLDER).map_or(usual, PathBuf::from)
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
