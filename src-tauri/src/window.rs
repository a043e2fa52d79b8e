//! The window: one webview that shows what the wizard says.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    path::PathBuf,
    process::ExitCode,
    sync::Arc,
    time::Duration,
};

use jiff::Timestamp;
use session::{Failure, Wizard, config::SessionConfig};
use tauri::{
    AppHandle, Manager, Url, WebviewWindow, WebviewWindowBuilder, WindowEvent, Wry,
    plugin::TauriPlugin, webview::NewWindowResponse,
};
use tokio_util::sync::CancellationToken;

use crate::{
    cli::eprint_error,
    desktop,
    drag_drop::{self, Held},
    ipc,
    menu::{self, MenuCommand},
    network,
    practice_host::PracticeHost,
    quit::{QuitGuard, leave, left},
    ui_channel::UiChannel,
    window_state::WindowState,
};

/// Moves everything that is kept, for instance to an encrypted disk.
const FOLDER: &str = "NOPS_SSO_SETUP_DIR";

/// The plugin by which there is one window, as it calls itself.
const ONE: &str = "single-instance";

/// Says that this start is the second try.
const AGAIN: &str = "NOPS_SSO_SETUP_AGAIN";

/// The exit status of a start that failed.
const FAILED: u8 = 2;

/// The page reports to the core within a second; on a busy computer it may take this long.
const PAGE: Duration = Duration::from_secs(30);

/// Why the start before this one ended, for it could show no dialog.
const FAILED_BEFORE: &str = "NOPS_SSO_SETUP_FAILED";

/// Opens the window and returns when it is closed, or says why it can't be opened.
pub fn run(now: Option<Timestamp>) -> ExitCode {
    let shown = Shown::default();
    let opened = display(&shown).and_then(|()| match std::env::var(FAILED_BEFORE) {
        Ok(code) => Err(Failure::new(&code)),
        Err(_) => open_window(now, shown),
    });
    match opened {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            refuse(&failure);
            ExitCode::from(FAILED)
        }
    }
}

/// Says on stderr and in a dialog why the window can't be opened. Dialogs belong to the main thread.
fn refuse(failure: &Failure) {
    eprint_error(&desktop::sentence(failure));
    desktop::say_alone(failure);
}

fn open_window(now: Option<Timestamp>, shown: Shown) -> Result<(), Failure> {
    let app = match build(now, shown) {
        // The first window ended just while it was told of this start, so this one is the first now.
        Err(tauri::Error::PluginInitialization(name, _))
            if name == ONE && std::env::var_os(AGAIN).is_none() =>
        {
            return Err(no_window(&start_again(AGAIN, "1")));
        }
        built => built.map_err(|problem| no_window(&problem))?,
    };
    app.run(|app, event| {
        if let tauri::RunEvent::Exit = event {
            left(app);
        }
    });
    Ok(())
}

/// Tauri panics without a display, so GTK is asked first. WebKit ends this program when its own processes don't start:
/// the only way out is another start that says so.
#[cfg(target_os = "linux")]
fn display(shown: &Shown) -> Result<(), Failure> {
    use gtk::glib::{LogLevel, log_default_handler, log_set_default_handler};

    gtk::init().map_err(|_| Failure::new("start_display"))?;
    let shown = shown.clone();
    log_set_default_handler(move |domain, level, message| {
        if level == LogLevel::Error && !shown.0.is_cancelled() {
            refuse_in_new_start();
        }
        log_default_handler(domain, level, Some(message));
    });
    Ok(())
}

/// Windows and macOS always have one.
#[cfg(not(target_os = "linux"))]
fn display(_shown: &Shown) -> Result<(), Failure> {
    Ok(())
}

fn no_window(problem: &dyn std::error::Error) -> Failure {
    Failure::new("start_window").with("reason", problem.to_string())
}

/// Becomes a new start of this program with one more variable, since GTK can't be begun twice in one; returns only what
/// went wrong.
#[cfg(unix)]
fn start_again(variable: &str, value: &str) -> std::io::Error {
    use std::{env, os::unix::process::CommandExt as _, process::Command};

    match env::current_exe() {
        Ok(program) => {
            Command::new(program).args(env::args_os().skip(1)).env(variable, value).exec()
        }
        Err(problem) => problem,
    }
}

/// Elsewhere no window is told of a start over a bus.
#[cfg(not(unix))]
fn start_again(_variable: &str, _value: &str) -> std::io::Error {
    std::io::Error::other("the window that is open did not answer: start again")
}

fn build(now: Option<Timestamp>, shown: Shown) -> tauri::Result<tauri::App> {
    let commands = ipc::commands();
    tauri::Builder::default()
        .plugin(only_one())
        .invoke_handler(commands.invoke_handler())
        .manage(shown)
        .manage(QuitGuard::default())
        .setup(move |app| {
            // Tauri panics when this returns an error.
            if let Err(failure) = start(app.handle(), now) {
                refuse(&failure);
                app.handle().exit(FAILED.into());
            }
            Ok(())
        })
        .on_window_event(|window, event| match event {
            WindowEvent::DragDrop(event) => drag_drop::follow(window, event),
            WindowEvent::CloseRequested { api, .. } => {
                api.prevent_close();
                leave(window.app_handle());
            }
            _ => {}
        })
        .build(context())
}

fn start(app: &AppHandle, now: Option<Timestamp>) -> Result<(), Failure> {
    let usual = app.path().app_data_dir().map_err(|problem| no_window(&problem))?;
    let folder = folder(usual);
    let wizard = tauri::async_runtime::block_on(async { Wizard::start(ports(&folder, now)) })
        .map_err(|failure| {
            Failure::new("start_folder")
                .with("problem", failure.code)
                .with("folder", folder.display().to_string())
        })?;
    app.manage(UiChannel::<Held>::default());
    app.manage(UiChannel::<MenuCommand>::default());
    app.manage(WindowState::read(&folder));
    app.manage(desktop::Folder(folder));
    app.manage(desktop::SavedFiles::default());
    app.manage(wizard);
    open(app).map_err(|problem| no_window(&problem))
}

/// Whether the page asked the core for its view, or is known never to do so.
#[derive(Clone, Default)]
pub struct Shown(CancellationToken);

impl Shown {
    /// The page is there.
    pub fn tell(&self) {
        self.0.cancel();
    }
}

/// A web view that can't start its processes draws nothing and reports no error. The time counts from before the window
/// is made, which starts them, and on a thread that waits for nothing else.
fn expect_page(app: &AppHandle) {
    let (app, shown) = (app.clone(), app.state::<Shown>().inner().clone());
    tauri::async_runtime::spawn(async move {
        if tokio::time::timeout(PAGE, shown.0.cancelled()).await.is_err() {
            page_missing(&app);
        }
    });
}

/// The main loop may be what hangs, so another start shows the dialog.
#[cfg(target_os = "linux")]
fn page_missing(_app: &AppHandle) {
    refuse_in_new_start();
}

/// Ends a start whose page doesn't come.
#[cfg(target_os = "linux")]
fn refuse_in_new_start() -> ! {
    eprint_error(&start_again(FAILED_BEFORE, "start_page").to_string());
    std::process::exit(FAILED.into());
}

/// Elsewhere the web view runs outside of the main loop.
#[cfg(not(target_os = "linux"))]
fn page_missing(app: &AppHandle) {
    let said = app.run_on_main_thread(|| {
        refuse(&Failure::new("start_page"));
        std::process::exit(FAILED.into());
    });
    if let Err(problem) = said {
        eprint_error(&problem.to_string());
        std::process::exit(FAILED.into());
    }
}

/// WebKit says when the process that draws the page has ended.
#[cfg(target_os = "linux")]
fn expect_process(app: &AppHandle, window: &WebviewWindow) -> tauri::Result<()> {
    use webkit2gtk::WebViewExt as _;

    let (app, shown) = (app.clone(), app.state::<Shown>().inner().clone());
    window.with_webview(move |view| {
        view.inner().connect_web_process_terminated(move |_, _| {
            if !shown.0.is_cancelled() {
                page_missing(&app);
            }
        });
    })
}

/// Elsewhere a page that never comes is noticed by the time it takes.
#[cfg(not(target_os = "linux"))]
fn expect_process(_app: &AppHandle, _window: &WebviewWindow) -> tauri::Result<()> {
    Ok(())
}

/// Opens the window where it was closed last.
fn open(app: &AppHandle) -> tauri::Result<()> {
    let config = app.config().app.windows.first();
    expect_page(app);
    let window =
        WebviewWindowBuilder::from_config(app, config.ok_or(tauri::Error::WindowNotFound)?)?
            .menu(menu::build(app)?)
            .on_navigation(is_ours)
            .on_new_window(|_, _| NewWindowResponse::Deny)
            .on_document_title_changed(|window, title| {
                if let Err(problem) = window.set_title(&title) {
                    eprint_error(&problem.to_string());
                }
            })
            .build()?;
    window.on_menu_event(|window, event| menu::choose(window.app_handle(), event.id().as_ref()));
    menu::follow(app);
    let frame = app.state::<WindowState>();
    frame.restore(&window)?;
    frame.apply_appearance(&window)?;
    expect_process(app, &window)?;
    window.show()
}

/// The window shows the app and nothing else, whatever link is clicked or dropped in it.
fn is_ours(url: &Url) -> bool {
    let host = url.host_str();
    match url.scheme() {
        "tauri" => host == Some("localhost"),
        // WebView2 knows no schemes of its own.
        "http" | "https" => {
            cfg!(windows) && host == Some("tauri.localhost") && url.port().is_none()
        }
        _ => false,
    }
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
        eprint_error(&problem.to_string());
    }
}

/// What the wizard is given on this desktop.
pub fn ports(folder: &std::path::Path, now: Option<Timestamp>) -> SessionConfig {
    SessionConfig {
        folder: folder.join("setups"),
        clock: clock(now),
        keychain: Arc::new(desktop::keychain),
        downloads: desktop::downloads(),
        practice: Arc::new(PracticeHost::default()),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_shows_the_app_alone() {
        for (address, ours) in [
            ("tauri://localhost", true),
            ("tauri://localhost/index.html?locale=pseudo", true),
            ("tauri://evil.example/", false),
            ("https://example.com/", false),
            ("http://tauri.localhost.evil.example/", false),
            ("http://tauri.localhost:8080/", false),
            ("http://127.0.0.1:4100/", false),
            ("file:///etc/passwd", false),
            ("data:text/html,hello", false),
            ("about:blank", false),
            ("http://tauri.localhost/", cfg!(windows)),
        ] {
            assert_eq!(is_ours(&address.parse().unwrap()), ours, "{address}");
        }
    }
}
