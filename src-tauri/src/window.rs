//! The window: one webview that shows the session's views.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
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
    cli::{self, eprint_error},
    desktop,
    drag_drop::{self, IsDragging},
    ipc,
    menu::{self, MenuCommand},
    network,
    practice_host::PracticeHost,
    quit::{QuitGuard, close_window, end_jobs},
    ui_channel::UiChannel,
    window_state::WindowState,
};

/// The environment variable that overrides the data folder, for example to use an encrypted disk.
const FOLDER: &str = "NOPS_SSO_SETUP_DIR";

const SINGLE_INSTANCE: &str = "single-instance";

/// The environment variable that is set for the second attempt to start.
const SECOND_ATTEMPT: &str = "NOPS_SSO_SETUP_AGAIN";

/// The exit status of a failed start.
const FAILED: u8 = 2;

/// The time limit for the page's first request. The request usually arrives within a second, but a
/// busy computer can take longer.
const PAGE: Duration = Duration::from_secs(30);

/// The environment variable with the failure code of the previous start, which couldn't show a
/// dialog.
const FAILED_BEFORE: &str = "NOPS_SSO_SETUP_FAILED";

/// Opens the window with these files and returns when it is closed. If the window can't be opened,
/// shows the reason.
pub fn run(now: Option<Timestamp>, files: Vec<PathBuf>) -> ExitCode {
    let shown = PageLoaded::default();
    let opened = display(&shown).and_then(|()| match std::env::var(FAILED_BEFORE) {
        Ok(code) => Err(Failure::new(&code)),
        Err(_) => open_window(now, files, shown),
    });
    match opened {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            report_failed_start(&failure);
            ExitCode::from(FAILED)
        }
    }
}

/// Reports a failed start on stderr and in a dialog. Dialogs need the main thread.
fn report_failed_start(failure: &Failure) {
    eprint_error(&desktop::sentence(failure));
    desktop::show_failure_without_window(failure);
}

fn open_window(
    now: Option<Timestamp>,
    files: Vec<PathBuf>,
    shown: PageLoaded,
) -> Result<(), Failure> {
    let app = match build(now, files, shown) {
        // The first window closed while it was notified of this start, so start again as the first
        // instance.
        Err(tauri::Error::PluginInitialization(name, _))
            if name == SINGLE_INSTANCE && std::env::var_os(SECOND_ATTEMPT).is_none() =>
        {
            return Err(window_failure(&start_again(SECOND_ATTEMPT, "1")));
        }
        built => built.map_err(|problem| window_failure(&problem))?,
    };
    app.run(|app, event| match event {
        tauri::RunEvent::Exit => end_jobs(app),
        #[cfg(target_os = "macos")]
        tauri::RunEvent::Opened { urls } => {
            import(app, urls.iter().filter_map(|url| url.to_file_path().ok()).collect());
        }
        _ => {}
    });
    Ok(())
}

/// Checks for a display with GTK first, because Tauri panics without one. WebKit ends this program
/// if its own processes can't start, so a new start reports that.
#[cfg(target_os = "linux")]
fn display(shown: &PageLoaded) -> Result<(), Failure> {
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

/// Does nothing, because Windows and macOS always have a display.
#[cfg(not(target_os = "linux"))]
fn display(_shown: &PageLoaded) -> Result<(), Failure> {
    Ok(())
}

/// Prints the cause, which is in English and only helps a developer.
fn window_failure(problem: &dyn std::error::Error) -> Failure {
    eprint_error(&problem.to_string());
    Failure::new("start_window")
}

/// Replaces this process with a new start that has an additional environment variable, because GTK
/// can't be initialized twice in a process. Returns only on an error.
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

/// Returns an error, because this platform has no bus for notifications between instances.
#[cfg(not(unix))]
fn start_again(_variable: &str, _value: &str) -> std::io::Error {
    std::io::Error::other("the window that is open did not answer: start again")
}

fn build(
    now: Option<Timestamp>,
    files: Vec<PathBuf>,
    shown: PageLoaded,
) -> tauri::Result<tauri::App> {
    let commands = ipc::commands();
    tauri::Builder::default()
        .plugin(single_instance_plugin())
        .invoke_handler(commands.invoke_handler())
        .manage(shown)
        .manage(QuitGuard::default())
        .setup(move |app| {
            // Tauri panics if this returns an error.
            if let Err(failure) = start(app.handle(), now, files) {
                report_failed_start(&failure);
                app.handle().exit(FAILED.into());
            }
            Ok(())
        })
        .on_window_event(|window, event| match event {
            WindowEvent::DragDrop(event) => drag_drop::handle_drag_event(window, event),
            WindowEvent::CloseRequested { api, .. } => {
                api.prevent_close();
                close_window(window.app_handle());
            }
            _ => {}
        })
        .build(context())
}

fn start(app: &AppHandle, now: Option<Timestamp>, files: Vec<PathBuf>) -> Result<(), Failure> {
    let usual = app.path().app_data_dir().map_err(|problem| window_failure(&problem))?;
    let folder = folder(usual);
    let wizard = tauri::async_runtime::block_on(async { Wizard::start(ports(&folder, now)) })
        .map_err(|failure| {
            Failure::new("start_folder")
                .with("problem", failure.code)
                .with("folder", folder.display().to_string())
        })?;
    app.manage(UiChannel::<IsDragging>::default());
    app.manage(UiChannel::<MenuCommand>::default());
    app.manage(WindowState::load(&folder));
    app.manage(desktop::Folder(folder));
    app.manage(desktop::SavedFiles::default());
    drag_drop::import(wizard.clone(), files);
    app.manage(wizard);
    create_window(app).map_err(|problem| window_failure(&problem))
}

/// Set once the page has requested its first view.
#[derive(Clone, Default)]
pub struct PageLoaded(CancellationToken);

impl PageLoaded {
    /// Records that the page has loaded.
    pub fn mark_loaded(&self) {
        self.0.cancel();
    }
}

/// Reports a page that doesn't load in time, because a webview that can't start its processes
/// reports no error. The timer starts before the window is created, on another thread.
fn report_late_page(app: &AppHandle) {
    let (app, shown) = (app.clone(), app.state::<PageLoaded>().inner().clone());
    tauri::async_runtime::spawn(async move {
        if tokio::time::timeout(PAGE, shown.0.cancelled()).await.is_err() {
            page_missing(&app);
        }
    });
}

/// Shows the dialog from a new start, because the main loop may be blocked.
#[cfg(target_os = "linux")]
fn page_missing(_app: &AppHandle) {
    refuse_in_new_start();
}

/// Ends this start and lets a new start report that the page didn't load.
#[cfg(target_os = "linux")]
fn refuse_in_new_start() -> ! {
    eprint_error(&start_again(FAILED_BEFORE, "start_page").to_string());
    std::process::exit(FAILED.into());
}

/// Shows the dialog from this process, because on this platform the webview runs outside the main
/// loop.
#[cfg(not(target_os = "linux"))]
fn page_missing(app: &AppHandle) {
    let said = app.run_on_main_thread(|| {
        report_failed_start(&Failure::new("start_page"));
        std::process::exit(FAILED.into());
    });
    if let Err(problem) = said {
        eprint_error(&problem.to_string());
        std::process::exit(FAILED.into());
    }
}

/// Reports the end of the process that draws the page, which WebKit signals.
#[cfg(target_os = "linux")]
fn expect_process(app: &AppHandle, window: &WebviewWindow) -> tauri::Result<()> {
    use webkit2gtk::WebViewExt as _;

    let (app, shown) = (app.clone(), app.state::<PageLoaded>().inner().clone());
    window.with_webview(move |view| {
        view.inner().connect_web_process_terminated(move |_, _| {
            if !shown.0.is_cancelled() {
                page_missing(&app);
            }
        });
    })
}

/// Does nothing. On this platform, only the time limit detects a missing page.
#[cfg(not(target_os = "linux"))]
fn expect_process(_app: &AppHandle, _window: &WebviewWindow) -> tauri::Result<()> {
    Ok(())
}

/// Opens the window at its last position.
fn create_window(app: &AppHandle) -> tauri::Result<()> {
    let config = app.config().app.windows.first();
    report_late_page(app);
    // On macOS, the menu belongs to the app and not to its window.
    app.set_menu(menu::build(app)?)?;
    app.on_menu_event(|app, event| menu::choose(app, event.id().as_ref()));
    let window =
        WebviewWindowBuilder::from_config(app, config.ok_or(tauri::Error::WindowNotFound)?)?
            .on_navigation(is_ours)
            .on_new_window(|_, _| NewWindowResponse::Deny)
            .on_document_title_changed(|window, title| {
                if let Err(problem) = window.set_title(&title) {
                    eprint_error(&problem.to_string());
                }
            })
            .build()?;
    menu::update_enabled_entries(app);
    let frame = app.state::<WindowState>();
    frame.restore(&window)?;
    frame.apply_appearance(&window)?;
    expect_process(app, &window)?;
    window.show()
}

/// Returns whether a URL belongs to the app. The window loads no other page, even if a link is
/// clicked or dropped in it.
fn is_ours(url: &Url) -> bool {
    let host = url.host_str();
    match url.scheme() {
        "tauri" => host == Some("localhost"),
        // WebView2 doesn't support custom schemes.
        "http" | "https" => {
            cfg!(windows) && host == Some("tauri.localhost") && url.port().is_none()
        }
        _ => false,
    }
}

/// On a second start, moves the open window to the front, opens the second start's files in it, and
/// ends the second start. Without a session bus, the second start opens its own window. The lock
/// still keeps a setup from being open twice.
fn single_instance_plugin() -> TauriPlugin<Wry> {
    let mut plugin =
        tauri_plugin_single_instance::Builder::new().callback(|app, arguments, folder| {
            move_to_front(app);
            import(app, cli::files_to_open(&arguments, Path::new(&folder)));
        });
    if let Some(moved) = std::env::var_os(FOLDER) {
        // An app with another data folder is a separate instance. Windows and macOS can't tell such
        // instances apart.
        let mut name = DefaultHasher::new();
        moved.hash(&mut name);
        plugin = plugin.dbus_id(format!("io.nops.sso-setup.x{:016x}", name.finish()));
    }
    plugin.build()
}

/// Opens files in the open window. Without a session, the start failed and is reported.
fn import(app: &AppHandle, files: Vec<PathBuf>) {
    if let Some(wizard) = app.try_state::<Wizard>() {
        drag_drop::import(wizard.inner().clone(), files);
    }
}

fn move_to_front(app: &AppHandle) {
    let Some(window) = app.get_webview_window("main") else {
        return;
    };
    let shown = window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus());
    if let Err(problem) = shown {
        eprint_error(&problem.to_string());
    }
}

/// Returns the session's configuration for this desktop.
pub fn ports(folder: &Path, now: Option<Timestamp>) -> SessionConfig {
    SessionConfig {
        folder: folder.join("setups"),
        clock: clock(now),
        zone: jiff::tz::TimeZone::system(),
        keychain: Arc::new(desktop::keychain),
        downloads: desktop::downloads(),
        practice: Arc::new(PracticeHost::default()),
        network: network::network(),
    }
}

/// Returns the clock for all checks: the computer's clock, or a clock that is fixed at `now`.
pub fn clock(now: Option<Timestamp>) -> Arc<dyn Fn() -> Timestamp + Send + Sync> {
    match now {
        Some(fixed) => Arc::new(move || fixed),
        None => Arc::new(Timestamp::now),
    }
}

fn folder(usual: PathBuf) -> PathBuf {
    std::env::var_os(FOLDER).map_or(usual, PathBuf::from)
}

/// Returns the built app context. `NOPS_SSO_SETUP_LOCALE=pseudo` uses a pseudo-locale, which shows
/// untranslatable text and layouts that are too tight.
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
    fn only_app_urls_are_loaded() {
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
