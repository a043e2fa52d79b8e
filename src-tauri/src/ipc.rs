//! The commands that the window can call. Each command takes plain input, makes one call and
//! returns a reply.

use session::{Action, Document, Failure, View, Wizard, view::PeoplePage};
use setup::{CopyableValue, Page};
use tauri::{AppHandle, State, Wry, ipc::Channel};
use tauri_specta::{Builder, collect_commands};

use crate::{
    about::{self, AboutInfo},
    desktop::{self, Saved},
    drag_drop::IsDragging,
    menu::{MenuCommand, ShellCommand},
    shortcuts,
    ui_channel::UiChannel,
    window::PageLoaded,
    window_state::Theme,
};

/// Returns all commands. The capability file lists exactly these.
pub fn commands() -> Builder<Wry> {
    Builder::new()
        .disable_serde_phases()
        .commands(collect_commands![
            watch,
            hover,
            menu,
            act,
            people,
            copy,
            empty_clipboard,
            open_page,
            choose_file,
            paste_files,
            save,
            open_saved,
            show_saved,
            mini_window,
            set_window_theme,
            shell,
            open_folder,
            about,
            support_details
        ])
        .constant("SHORTCUTS", shortcuts::table())
}

/// Sends the current view and every later one, in order.
#[tauri::command]
#[specta::specta]
async fn watch(
    wizard: State<'_, Wizard>,
    shown: State<'_, PageLoaded>,
    views: Channel<View>,
) -> Result<(), Failure> {
    shown.mark_loaded();
    let mut source = wizard.views();
    tauri::async_runtime::spawn(async move {
        loop {
            let view = source.borrow_and_update().clone();
            if views.send(view).is_err() || source.changed().await.is_err() {
                break;
            }
        }
    });
    Ok(())
}

/// Sends `true` when a file is dragged over the window, and `false` when the file is dropped or
/// leaves the window.
#[tauri::command]
#[specta::specta]
fn hover(hovering: State<'_, UiChannel<IsDragging>>, over: Channel<bool>) {
    hovering.set_receiver(over);
}

/// Sends the commands chosen in the window's menu.
#[tauri::command]
#[specta::specta]
fn menu(choosing: State<'_, UiChannel<MenuCommand>>, chosen: Channel<MenuCommand>) {
    choosing.set_receiver(chosen);
}

/// Runs an action. Returns the revision of the first view that shows its effect.
#[tauri::command]
#[specta::specta]
async fn act(wizard: State<'_, Wizard>, action: Action) -> Result<u32, Failure> {
    wizard.act(action).await.map(|()| wizard.revision())
}

/// Returns a page of the people listed in step 9.
#[tauri::command]
#[specta::specta]
async fn people(wizard: State<'_, Wizard>, offset: u32, limit: u32) -> Result<PeoplePage, Failure> {
    wizard.people(offset, limit).await
}

/// Copies a value to the clipboard, exactly as the app compares it.
#[tauri::command]
#[specta::specta]
async fn copy(wizard: State<'_, Wizard>, what: CopyableValue) -> Result<(), Failure> {
    let text = match what {
        CopyableValue::SupportDetails => about::support_details(&wizard).await?,
        what => wizard.text(what).await?,
    };
    desktop::clipboard(text).await
}

/// Clears the clipboard after a response was pasted from it.
#[tauri::command]
#[specta::specta]
async fn empty_clipboard() -> Result<(), Failure> {
    desktop::empty_clipboard()
}

/// Opens a page in the default browser.
#[tauri::command]
#[specta::specta]
async fn open_page(wizard: State<'_, Wizard>, page: Page) -> Result<(), Failure> {
    desktop::browser(wizard.address(page).await?).await
}

/// Reads the files copied in a file manager. Returns `false` if the clipboard has no files.
#[tauri::command]
#[specta::specta]
async fn paste_files(wizard: State<'_, Wizard>) -> Result<bool, Failure> {
    let files = desktop::copied_files()?;
    if files.is_empty() {
        return Ok(false);
    }
    wizard.import_all(files).await.map(|()| true)
}

/// Lets the user choose files, and reads them. Returns `false` if the user canceled.
#[tauri::command]
#[specta::specta]
async fn choose_file(app: AppHandle, wizard: State<'_, Wizard>) -> Result<bool, Failure> {
    match desktop::choose(&app).await {
        Some(files) => wizard.import_all(files).await.map(|()| true),
        None => Ok(false),
    }
}

/// Saves a document in a location that the user chooses. Returns the file, or `None` if the user
/// canceled.
#[tauri::command]
#[specta::specta]
async fn save(
    app: AppHandle,
    wizard: State<'_, Wizard>,
    document: Document,
) -> Result<Option<Saved>, Failure> {
    let (name, content) = wizard.document(document.clone()).await?;
    let saved = desktop::save(&app, &name, &content).await?;
    if let Some(saved) = &saved {
        wizard.saved(document, &saved.path()).await?;
    }
    Ok(saved)
}

/// Opens a saved file.
#[tauri::command]
#[specta::specta]
async fn open_saved(app: AppHandle, number: u32) -> Result<(), Failure> {
    desktop::open_saved(&app, number).await
}

/// Opens the folder of a saved file.
#[tauri::command]
#[specta::specta]
async fn show_saved(app: AppHandle, number: u32) -> Result<(), Failure> {
    desktop::show_saved(&app, number).await
}

/// Switches between the mini window, which stays on top, and the full window. Returns whether the
/// desktop can keep it on top.
#[tauri::command]
#[specta::specta]
fn mini_window(app: AppHandle, on: bool) -> Result<bool, Failure> {
    desktop::mini_window(&app, on)
}

/// Applies the page's theme to the window frame.
#[tauri::command]
#[specta::specta]
fn set_window_theme(app: AppHandle, theme: Theme) -> Result<(), Failure> {
    desktop::set_window_theme(&app, theme)
}

/// Runs a command of the menu. The page sends it on Windows, where the menu doesn't get the keys
/// that are pressed in the page, and for the other keys for `+`, because a menu entry has only one
/// shortcut.
#[tauri::command]
#[specta::specta]
fn shell(app: AppHandle, command: ShellCommand) -> Result<(), Failure> {
    command.run(&app);
    Ok(())
}

/// Opens the folder with the setups.
#[tauri::command]
#[specta::specta]
fn open_folder(app: AppHandle) -> Result<(), Failure> {
    desktop::open_folder(&app)
}

/// Returns the content of the About box.
#[tauri::command]
#[specta::specta]
fn about(app: AppHandle) -> AboutInfo {
    about::about(&app)
}

/// Returns the text that [`copy`] copies as [`CopyableValue::SupportDetails`].
#[tauri::command]
#[specta::specta]
async fn support_details(wizard: State<'_, Wizard>) -> Result<String, Failure> {
    about::support_details(&wizard).await
}

#[cfg(test)]
mod tests {
    use std::{env, fs, path::Path};

    use specta_typescript::Typescript;

    /// Checks that the committed bindings match the commands. Run with `UPDATE=1` to regenerate
    /// them.
    #[test]
    fn bindings_are_fresh() {
        let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/src/bindings.ts");
        let fresh = tempfile::tempdir().unwrap().keep().join("bindings.ts");
        super::commands().export(Typescript::default(), &fresh).unwrap();
        let fresh = fs::read_to_string(fresh).unwrap();
        if env::var_os("UPDATE").is_some() {
            fs::write(&committed, &fresh).unwrap();
        }
        assert_eq!(
            fs::read_to_string(&committed).unwrap_or_default(),
            fresh,
            "ui/src/bindings.ts is stale: run UPDATE=1 cargo test -p nops-sso-setup bindings"
        );
    }
}
