//! The desktop: clipboard, browser, dialogs, mini window.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use messages::MessageCatalog;
use serde::Serialize;
use session::Failure;
use specta::Type;
use tauri::{AppHandle, Manager};

use crate::{
    menu,
    window_state::{Theme, WindowState},
};

/// The platform's folder for app data, or the folder that overrides it.
pub struct Folder(pub PathBuf);

/// The clipboard. On X11 and Wayland, its content is lost when this value is dropped.
#[derive(Default)]
struct Clipboard(Option<arboard::Clipboard>);

static CLIPBOARD: Mutex<Clipboard> = Mutex::new(Clipboard(None));

/// Opens the desktop's keychain again, because its service may have been started, unlocked or
/// replaced. Returns `None` if there is no such service.
#[cfg(target_os = "linux")]
pub fn keychain() -> Option<Arc<keyring_core::CredentialStore>> {
    let store = zbus_secret_service_keyring_store::Store::new().ok()?;
    Some(store)
}

/// Returns the system's keychain, which is always the same.
#[cfg(not(target_os = "linux"))]
pub fn keychain() -> Option<Arc<keyring_core::CredentialStore>> {
    match keyring::Entry::store_status() {
        Ok(()) => keyring_core::get_default_store(),
        Err(_) => None,
    }
}

/// Returns the folder that browsers download to.
pub fn downloads() -> Option<PathBuf> {
    let folders = directories::UserDirs::new()?;
    let usual = || folders.home_dir().join("Downloads");
    Some(folders.download_dir().map_or_else(usual, Path::to_owned))
}

/// Returns the files copied in a file manager; empty if the clipboard contains something else.
pub fn copied_files() -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    with_clipboard(|clipboard| match clipboard.get().file_list() {
        Ok(copied) => {
            files = copied;
            Ok(())
        }
        Err(arboard::Error::ContentNotAvailable) => Ok(()),
        Err(error) => Err(error),
    })?;
    Ok(files)
}

pub async fn clipboard(text: String) -> Result<(), Failure> {
    with_clipboard(|clipboard| clipboard.set_text(text))
}

pub fn empty_clipboard() -> Result<(), Failure> {
    with_clipboard(arboard::Clipboard::clear)
}

fn with_clipboard(
    change: impl FnOnce(&mut arboard::Clipboard) -> Result<(), arboard::Error>,
) -> Result<(), Failure> {
    let failure = |problem: &str| Failure::new("clipboard").with("problem", problem);
    let failed = |error: arboard::Error| match error {
        arboard::Error::ClipboardOccupied => failure("occupied"),
        _ => failure("failed"),
    };
    let mut held = CLIPBOARD.lock().map_err(|_| failure("failed"))?;
    let clipboard = match &mut held.0 {
        Some(open) => open,
        none => none.insert(arboard::Clipboard::new().map_err(failed)?),
    };
    change(clipboard).map_err(failed)
}

/// How long to wait for the program that opens the browser to fail. After this time, the browser
/// counts as started.
const BROWSER: Duration = Duration::from_secs(5);

/// Opens a URL in the default browser. The session has checked that the URL may be opened.
pub async fn browser(url: String) -> Result<(), Failure> {
    let page = url.clone();
    let opened = tauri::async_runtime::spawn_blocking(move || {
        open::that_detached_with_timeout(page, BROWSER)
    });
    match opened.await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) | Err(_) => Err(Failure::new("browser").with("url", url)),
    }
}

/// Shows the native dialog for choosing one or more files.
pub async fn choose(app: &AppHandle) -> Option<Vec<PathBuf>> {
    let mut dialog = file_dialog_in_downloads(app);
    if let Some(window) = app.get_webview_window("main") {
        dialog = dialog.set_parent(&window);
    }
    let files = dialog.pick_files().await?;
    Some(files.iter().map(|file| file.path().to_owned()).collect())
}

/// Returns a file dialog that starts in the download folder, where browsers save files from AWS and
/// nOps.
fn file_dialog_in_downloads(app: &AppHandle) -> rfd::AsyncFileDialog {
    let dialog = rfd::AsyncFileDialog::new();
    match app.path().download_dir() {
        Ok(folder) if folder.is_dir() => dialog.set_directory(folder),
        _ => dialog,
    }
}

/// The files saved since the start. The page refers to them by number, so it can't open other
/// files.
#[derive(Default)]
pub struct SavedFiles(Mutex<Vec<PathBuf>>);

/// A saved file.
#[derive(Clone, Debug, Serialize, Type)]
pub struct Saved {
    /// The name without the folder.
    pub file: String,
    /// The folder's path, without the home folder.
    pub folder: String,
    /// The number for [`open_saved`] and [`show_saved`].
    pub number: u32,
}

impl Saved {
    /// Returns the path without the home folder.
    pub fn path(&self) -> String {
        Path::new(&self.folder).join(&self.file).display().to_string()
    }
}

impl SavedFiles {
    fn last_folder(&self) -> Option<PathBuf> {
        let files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Some(files.last()?.parent()?.to_owned())
    }

    fn add(&self, file: &Path) -> u32 {
        let mut files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        files.push(file.to_owned());
        u32::try_from(files.len()).unwrap_or(u32::MAX)
    }

    fn path(&self, number: u32) -> Result<PathBuf, Failure> {
        let files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let index = usize::try_from(number).ok().and_then(|number| number.checked_sub(1));
        let file = index.and_then(|index| files.get(index)).cloned();
        file.ok_or_else(|| Failure::new("no_document"))
    }
}

/// Opens a saved file with the default program for its type.
pub async fn open_saved(app: &AppHandle, number: u32) -> Result<(), Failure> {
    let file = app.state::<SavedFiles>().path(number)?;
    open_path(file.clone(), &file).await
}

/// Opens the folder of a saved file.
pub async fn show_saved(app: &AppHandle, number: u32) -> Result<(), Failure> {
    let file = app.state::<SavedFiles>().path(number)?;
    let folder = file.parent().map_or_else(|| file.clone(), Path::to_owned);
    open_path(folder, &file).await
}

async fn open_path(path: PathBuf, file: &Path) -> Result<(), Failure> {
    let opened = tauri::async_runtime::spawn_blocking(move || {
        let opened = open::that_detached_with_timeout(&path, BROWSER);
        opened.map_err(|_| if path.exists() { "failed" } else { "missing" })
    });
    opened.await.unwrap_or(Err("failed")).map_err(|problem| {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let folder = file.parent().map(display_path).unwrap_or_default();
        let failure = Failure::new("not_opened").with("problem", problem);
        failure.with("file", name).with("folder", folder)
    })
}

/// Shows the native save dialog and writes the file.
pub async fn save(app: &AppHandle, name: &str, content: &[u8]) -> Result<Option<Saved>, Failure> {
    let mut dialog = file_dialog_in_downloads(app).set_file_name(name);
    if let Some(folder) = app.state::<SavedFiles>().last_folder() {
        dialog = dialog.set_directory(folder);
    }
    if let Some(window) = app.get_webview_window("main") {
        dialog = dialog.set_parent(&window);
    }
    let Some(file) = dialog.save_file().await else {
        return Ok(None);
    };
    storage::store::replace(file.path(), content).map_err(|error| {
        Failure::new("not_saved").with("file", file.file_name()).with("problem", error.code())
    })?;
    let number = app.state::<SavedFiles>().add(file.path());
    let folder = file.path().parent().map(display_path).unwrap_or_default();
    Ok(Some(Saved { file: file.file_name(), folder, number }))
}

fn display_path(folder: &Path) -> String {
    let users = directories::UserDirs::new();
    let inside = users.as_ref().and_then(|users| folder.strip_prefix(users.home_dir()).ok());
    let named = inside.filter(|inside| !inside.as_os_str().is_empty());
    named.unwrap_or(folder).display().to_string()
}

/// Opens the folder with the setups.
pub fn open_folder(app: &AppHandle) -> Result<(), Failure> {
    let folder = folder(app);
    open::that_detached(folder)
        .map_err(|_| Failure::new("folder").with("folder", folder.display().to_string()))
}

/// Returns a failure's message.
pub fn sentence(failure: &Failure) -> String {
    failure.sentence(&MessageCatalog::english().without_markup())
}

/// Shows a failure without a window, and waits until the user closes the dialog.
pub fn show_failure_without_window(failure: &Failure) {
    // Without a display, only stderr is available.
    if failure.code == "start_display" {
        return;
    }
    show_dialog_without_window(
        &MessageCatalog::english().without_markup().format_plain("title-failed"),
        &sentence(failure),
    );
}

/// Shows a GTK dialog. rfd's dialogs can't be used: they'd wait for the GTK main loop, which runs
/// on this thread.
#[cfg(target_os = "linux")]
fn show_dialog_without_window(title: &str, sentence: &str) {
    use gtk::prelude::{DialogExt as _, GtkWindowExt as _};

    let dialog = gtk::MessageDialog::new(
        None::<&gtk::Window>,
        gtk::DialogFlags::empty(),
        gtk::MessageType::Error,
        gtk::ButtonsType::Close,
        sentence,
    );
    dialog.set_title(title);
    dialog.set_default_response(gtk::ResponseType::Close);
    dialog.run();
}

#[cfg(not(target_os = "linux"))]
fn show_dialog_without_window(title: &str, sentence: &str) {
    rfd::MessageDialog::new()
        .set_level(rfd::MessageLevel::Error)
        .set_title(title)
        .set_description(sentence)
        .show();
}

/// Shows a failure of an action that no page requested.
pub async fn show_failure_dialog(app: &AppHandle, failure: &Failure) {
    show_message_dialog(app, rfd::MessageLevel::Error, sentence(failure)).await;
}

/// Shows a message that no page shows, and waits until the user closes it.
pub async fn show_message_dialog(app: &AppHandle, level: rfd::MessageLevel, text: String) {
    let mut dialog = rfd::AsyncMessageDialog::new()
        .set_level(level)
        .set_title(MessageCatalog::english().without_markup().format_plain("title"))
        .set_description(text);
    if let Some(window) = app.get_webview_window("main") {
        dialog = dialog.set_parent(&window);
    }
    dialog.show().await;
}

/// Applies the page's theme to the window frame and the menu.
pub fn set_window_theme(app: &AppHandle, theme: Theme) -> Result<(), Failure> {
    let refused = |_| Failure::new("window");
    if let Some(window) = app.get_webview_window("main") {
        app.state::<WindowState>().set_theme(&window, theme).map_err(refused)?;
    }
    menu::check_theme_entry(app, theme).map_err(refused)
}

/// Switches between the mini window, which stays on top, and the full window. Returns whether the
/// desktop can keep it on top.
pub fn mini_window(app: &AppHandle, on: bool) -> Result<bool, Failure> {
    let refused = |_| Failure::new("window");
    let Some(window) = app.get_webview_window("main") else {
        return Ok(false);
    };
    // The mini window has no room for a menu. While the menu is hidden, the page receives all keys.
    let menu = if on { window.hide_menu() } else { window.show_menu() };
    menu.map_err(refused)?;
    let frame = app.state::<WindowState>();
    frame.set_mini_window(&window, on).map_err(refused)?;
    Ok(can_keep_on_top())
}

/// Returns whether the desktop can keep a window on top. Wayland can't, and GTK reports no error
/// there.
#[cfg(target_os = "linux")]
fn can_keep_on_top() -> bool {
    let backend = std::env::var("GDK_BACKEND").unwrap_or_default();
    std::env::var_os("WAYLAND_DISPLAY").is_none() || backend.starts_with("x11")
}

#[cfg(not(target_os = "linux"))]
fn can_keep_on_top() -> bool {
    true
}

/// Returns the folder with the setups.
pub fn folder(app: &AppHandle) -> &Path {
    &app.state::<Folder>().inner().0
}
