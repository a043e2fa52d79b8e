//! What the window can ask for. A command is a sentence: plain input, one call, reply.

use session::{Action, Document, Failure, View, Wizard, view::PeoplePage};
use setup::{Copyable, Page};
use tauri::{AppHandle, State, Wry, ipc::Channel};
use tauri_specta::{Builder, collect_commands};

use crate::{
    about::{self, About},
    desktop::{self, Saved},
    drag_drop::Held,
    menu::MenuCommand,
    ui_channel::UiChannel,
    window::Shown,
    window_state::Theme,
};

/// All commands; the capability lists exactly these.
pub fn commands() -> Builder<Wry> {
    Builder::new().disable_serde_phases().commands(collect_commands![
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
        companion,
        colours,
        zoom_in,
        open_folder,
        about
    ])
}

/// Sends the present view and every later one, in order.
#[tauri::command]
#[specta::specta]
async fn watch(
    wizard: State<'_, Wizard>,
    shown: State<'_, Shown>,
    views: Channel<View>,
) -> Result<(), Failure> {
    shown.tell();
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

/// Says `true` when a file is held over the window, and `false` when it is dropped or taken away.
#[tauri::command]
#[specta::specta]
fn hover(hovering: State<'_, UiChannel<Held>>, over: Channel<bool>) {
    hovering.listens(over);
}

/// Says what is chosen in the window's menu.
#[tauri::command]
#[specta::specta]
fn menu(choosing: State<'_, UiChannel<MenuCommand>>, chosen: Channel<MenuCommand>) {
    choosing.listens(chosen);
}

/// Does what the person asks for. The answer is the revision of the first view that shows what came of it.
#[tauri::command]
#[specta::specta]
async fn act(wizard: State<'_, Wizard>, action: Action) -> Result<u32, Failure> {
    wizard.act(action).await.map(|()| wizard.revision())
}

/// A page of the people listed in step 9.
#[tauri::command]
#[specta::specta]
async fn people(wizard: State<'_, Wizard>, offset: u32, limit: u32) -> Result<PeoplePage, Failure> {
    wizard.people(offset, limit).await
}

/// Puts a value on the clipboard, exactly as compared.
#[tauri::command]
#[specta::specta]
async fn copy(wizard: State<'_, Wizard>, what: Copyable) -> Result<(), Failure> {
    desktop::clipboard(wizard.text(what).await?).await
}

/// Empties the clipboard, after a response was pasted from it.
#[tauri::command]
#[specta::specta]
async fn empty_clipboard() -> Result<(), Failure> {
    desktop::empty_clipboard()
}

/// Opens a page in the person's browser.
#[tauri::command]
#[specta::specta]
async fn open_page(wizard: State<'_, Wizard>, page: Page) -> Result<(), Failure> {
    desktop::browser(wizard.address(page).await?).await
}

/// Reads the files that were copied in a file manager; `false` where none are on the clipboard.
#[tauri::command]
#[specta::specta]
async fn paste_files(wizard: State<'_, Wizard>) -> Result<bool, Failure> {
    let files = desktop::copied_files()?;
    if files.is_empty() {
        return Ok(false);
    }
    wizard.import_all(files).await.map(|()| true)
}

/// Lets the person choose files and reads them; `false` when they cancelled.
#[tauri::command]
#[specta::specta]
async fn choose_file(app: AppHandle, wizard: State<'_, Wizard>) -> Result<bool, Failure> {
    match desktop::choose(&app).await {
        Some(files) => wizard.import_all(files).await.map(|()| true),
        None => Ok(false),
    }
}

/// Saves a document where the person chooses; the file, or none if they canceled.
#[tauri::command]
#[specta::specta]
async fn save(
    app: AppHandle,
    wizard: State<'_, Wizard>,
    document: Document,
) -> Result<Option<Saved>, Failure> {
    let (name, content) = wizard.document(document.clone()).await?;
    let saved = desktop::save(&app, &name, &content).await?;
    if saved.is_some() {
        wizard.saved(document).await?;
    }
    Ok(saved)
}

/// Opens a file that was saved.
#[tauri::command]
#[specta::specta]
async fn open_saved(app: AppHandle, number: u32) -> Result<(), Failure> {
    desktop::open_saved(&app, number).await
}

/// Opens the folder that a file was saved in.
#[tauri::command]
#[specta::specta]
async fn show_saved(app: AppHandle, number: u32) -> Result<(), Failure> {
    desktop::show_saved(&app, number).await
}

/// Makes the window a narrow strip that stays on top, or a window again. Whether the desktop lets it stay there.
#[tauri::command]
#[specta::specta]
fn companion(app: AppHandle, on: bool) -> Result<bool, Failure> {
    desktop::companion(&app, on)
}

/// Gives the window's frame the colours of the page.
#[tauri::command]
#[specta::specta]
fn colours(app: AppHandle, theme: Theme) -> Result<(), Failure> {
    desktop::colours(&app, theme)
}

/// Makes the page one step larger: a menu entry has one key, and keyboards have several for `+`.
#[tauri::command]
#[specta::specta]
fn zoom_in(app: AppHandle) -> Result<(), Failure> {
    desktop::zoom_in(&app)
}

/// Opens the folder in which setups are kept.
#[tauri::command]
#[specta::specta]
fn open_folder(app: AppHandle) -> Result<(), Failure> {
    desktop::open_folder(&app)
}

/// Versions, what is inside, and where setups are kept.
#[tauri::command]
#[specta::specta]
fn about(app: AppHandle) -> About {
    about::about(&app)
}

#[cfg(test)]
mod tests {
    use std::{env, fs, path::Path};

    use specta_typescript::Typescript;

    /// The committed bindings are what the commands say. Run with `UPDATE=1` to write them anew.
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
