//! The menu of the window. Its entries do what buttons do: the page is told and acts as if its own button
//! had been pressed; the shell does what no page can.
//!
//! No entry takes a key from the page: not `?`, not F6, not Ctrl+1…9, not Space.

use messages::Words;
use serde::Serialize;
use session::{View, Wizard};
use setup::Step;
use specta::Type;
use tauri::{
    AppHandle, Manager, Wry,
    menu::{CheckMenuItem, Menu, MenuItem, MenuItemKind, PredefinedMenuItem, Submenu},
};

use crate::{
    cli::eprint_error,
    desktop,
    quit::leave,
    ui_channel::UiChannel,
    window_state::{Theme, WindowState, Zoom},
};

/// What was chosen, for the page to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum MenuCommand {
    /// Close the setup and show all.
    Shelf,
    /// Save the report.
    Save,
    /// Become the strip.
    Companion,
    /// Press Continue.
    Continue,
    /// Press Back.
    Back,
    /// Show a step.
    Go {
        /// Which.
        step: Step,
    },
    /// Wear these colours.
    Theme {
        /// Which.
        theme: Theme,
    },
    /// Show the keys.
    Keys,
    /// Show what this is.
    About,
}

/// A line of a menu.
struct Line {
    /// By which it is known. Its words are in the catalogue under `menu-<name>`.
    name: String,
    keys: Option<&'static str>,
    when: When,
    does: MenuAction,
}

/// When a line can be chosen.
#[derive(Clone, Copy, PartialEq, Eq)]
enum When {
    Always,
    SetupOpen,
}

enum MenuAction {
    /// It parts others.
    Nothing,
    Tell(MenuCommand),
    /// The webview's own editing.
    Edit(&'static str),
    Shell(fn(&AppHandle)),
}

/// The menus in their order, each with its name.
fn menus() -> [(&'static str, Vec<Line>); 5] {
    let mut go = vec![
        told("continue", MenuCommand::Continue).keys("Alt+ArrowRight"),
        told("back", MenuCommand::Back).keys("Alt+ArrowLeft"),
        rule(),
    ];
    go.extend(
        Step::ALL.map(|step| told(&format!("step-{}", name(step)), MenuCommand::Go { step })),
    );
    for line in &mut go {
        line.when = When::SetupOpen;
    }
    let mut view: Vec<_> = Theme::ALL
        .map(|theme| told(&format!("theme-{}", name(theme)), MenuCommand::Theme { theme }))
        .into();
    view.extend([
        rule(),
        told("companion", MenuCommand::Companion).keys("CmdOrCtrl+K").in_a_setup(),
        rule(),
        done("zoom-in", |app| zoom(app, Zoom::In)).keys("CmdOrCtrl+="),
        done("zoom-out", |app| zoom(app, Zoom::Out)).keys("CmdOrCtrl+-"),
        done("zoom-reset", |app| zoom(app, Zoom::Reset)).keys("CmdOrCtrl+0"),
    ]);
    [
        (
            "file",
            vec![
                told("shelf", MenuCommand::Shelf).keys("CmdOrCtrl+O").in_a_setup(),
                told("save", MenuCommand::Save).keys("CmdOrCtrl+S").in_a_setup(),
                rule(),
                done("quit", leave).keys("CmdOrCtrl+Q"),
            ],
        ),
        (
            "edit",
            vec![
                edit("undo", "Undo").keys("CmdOrCtrl+Z"),
                edit("redo", "Redo").keys("CmdOrCtrl+Shift+Z"),
                rule(),
                edit("cut", "Cut").keys("CmdOrCtrl+X"),
                edit("copy", "Copy").keys("CmdOrCtrl+C"),
                edit("paste", "Paste").keys("CmdOrCtrl+V"),
                edit("select-all", "SelectAll").keys("CmdOrCtrl+A"),
            ],
        ),
        ("view", view),
        ("go", go),
        (
            "help",
            vec![
                told("keys", MenuCommand::Keys).keys("F1"),
                done("folder", folder),
                rule(),
                told("about", MenuCommand::About),
            ],
        ),
    ]
}

fn told(name: &str, chosen: MenuCommand) -> Line {
    Line::new(name, MenuAction::Tell(chosen))
}

fn done(name: &str, does: fn(&AppHandle)) -> Line {
    Line::new(name, MenuAction::Shell(does))
}

fn edit(name: &str, command: &'static str) -> Line {
    Line::new(name, MenuAction::Edit(command))
}

fn rule() -> Line {
    Line::new("", MenuAction::Nothing)
}

impl Line {
    fn new(name: &str, does: MenuAction) -> Self {
        Self { name: name.to_owned(), keys: None, when: When::Always, does }
    }

    fn keys(self, keys: &'static str) -> Self {
        Self { keys: Some(keys), ..self }
    }

    fn in_a_setup(self) -> Self {
        Self { when: When::SetupOpen, ..self }
    }

    fn label(&self, words: &Words) -> String {
        match self.does {
            MenuAction::Tell(MenuCommand::Go { step }) => words.text(
                "menu-step",
                &[
                    ("number".to_owned(), step.number().to_string()),
                    ("step".to_owned(), words.word(&self.name)),
                ]
                .into(),
            ),
            MenuAction::Tell(MenuCommand::Theme { .. }) => words.word(&self.name),
            _ => words.word(&format!("menu-{}", self.name)),
        }
    }
}

/// The menu in the catalogue's words.
pub fn build(app: &AppHandle) -> tauri::Result<Menu<Wry>> {
    let words = Words::english().without_markup();
    let menu = Menu::new(app)?;
    for (name, lines) in menus() {
        let title = words.word(&format!("menu-{name}"));
        let submenu = Submenu::with_id(app, name, title, true)?;
        for line in lines {
            add(app, &submenu, &line, &words)?;
        }
        menu.append(&submenu)?;
    }
    Ok(menu)
}

fn add(app: &AppHandle, menu: &Submenu<Wry>, line: &Line, words: &Words) -> tauri::Result<()> {
    let can = line.when == When::Always;
    let name = line.name.as_str();
    match &line.does {
        MenuAction::Nothing => menu.append(&PredefinedMenuItem::separator(app)?),
        MenuAction::Tell(MenuCommand::Theme { theme }) => {
            let worn = app.state::<WindowState>().theme() == *theme;
            let label = line.label(words);
            menu.append(&CheckMenuItem::with_id(app, name, label, can, worn, line.keys)?)
        }
        #[cfg(not(target_os = "linux"))]
        MenuAction::Edit(command) => menu.append(&native(app, command, &line.label(words))?),
        _ => menu.append(&MenuItem::with_id(app, name, line.label(words), can, line.keys)?),
    }
}

/// The desktop's own editing, which on Linux would send keys through a library of X11.
#[cfg(not(target_os = "linux"))]
fn native(app: &AppHandle, command: &str, label: &str) -> tauri::Result<PredefinedMenuItem<Wry>> {
    let label = Some(label);
    match command {
        "Undo" => PredefinedMenuItem::undo(app, label),
        "Redo" => PredefinedMenuItem::redo(app, label),
        "Cut" => PredefinedMenuItem::cut(app, label),
        "Copy" => PredefinedMenuItem::copy(app, label),
        "Paste" => PredefinedMenuItem::paste(app, label),
        _ => PredefinedMenuItem::select_all(app, label),
    }
}

/// Does what the entry of this name is for.
pub fn choose(app: &AppHandle, name: &str) {
    let lines = menus().into_iter().flat_map(|(_, lines)| lines);
    match lines.into_iter().find(|line| line.name == name) {
        Some(Line { does: MenuAction::Tell(chosen), .. }) => {
            app.state::<UiChannel<MenuCommand>>().tell(chosen)
        }
        Some(Line { does: MenuAction::Shell(does), .. }) => does(app),
        Some(Line { does: MenuAction::Edit(command), .. }) => webview(app, command),
        _ => {}
    }
}

/// Entries that need an open setup can be chosen while one is open.
pub fn follow(app: &AppHandle) {
    let app = app.clone();
    let mut views = app.state::<Wizard>().views();
    tauri::async_runtime::spawn(async move {
        let mut shown = None;
        loop {
            let open = is_open(&views.borrow_and_update());
            if shown != Some(open) {
                shown = Some(open);
                log_error(enable(&app, open));
            }
            if views.changed().await.is_err() {
                break;
            }
        }
    });
}

fn is_open(view: &View) -> bool {
    view.setup.is_some()
}

fn enable(app: &AppHandle, open: bool) -> tauri::Result<()> {
    for (menu, lines) in menus() {
        for line in
            lines.iter().filter(|line| line.when == When::SetupOpen && !line.name.is_empty())
        {
            if let Some(MenuItemKind::MenuItem(item)) = item(app, menu, &line.name) {
                item.set_enabled(open)?;
            }
        }
    }
    Ok(())
}

/// Marks the colours that are worn.
pub fn mark(app: &AppHandle, worn: Theme) -> tauri::Result<()> {
    for theme in Theme::ALL {
        let name = format!("theme-{}", name(theme));
        if let Some(MenuItemKind::Check(item)) = item(app, "view", &name) {
            item.set_checked(theme == worn)?;
        }
    }
    Ok(())
}

fn item(app: &AppHandle, menu: &str, name: &str) -> Option<MenuItemKind<Wry>> {
    match app.get_webview_window("main")?.menu()?.get(menu)? {
        MenuItemKind::Submenu(submenu) => submenu.get(name),
        _ => None,
    }
}

fn folder(app: &AppHandle) {
    if let Err(failure) = desktop::open_folder(app) {
        let app = app.clone();
        tauri::async_runtime::spawn(async move { desktop::say(&app, &failure).await });
    }
}

fn zoom(app: &AppHandle, zoom: Zoom) {
    if let Some(window) = app.get_webview_window("main") {
        log_error(app.state::<WindowState>().zoom(&window, zoom));
    }
}

#[cfg(target_os = "linux")]
fn webview(app: &AppHandle, command: &'static str) {
    use webkit2gtk::WebViewExt;

    if let Some(window) = app.get_webview_window("main") {
        log_error(window.with_webview(move |view| view.inner().execute_editing_command(command)));
    }
}

/// Elsewhere the desktop does it by itself.
#[cfg(not(target_os = "linux"))]
fn webview(_app: &AppHandle, _command: &'static str) {}

fn log_error(done: tauri::Result<()>) {
    if let Err(problem) = done {
        eprint_error(&problem.to_string());
    }
}

/// The name by which a step or a theme is written.
fn name(code: impl Serialize) -> String {
    let written = serde_json::to_value(code).ok();
    written.and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_entry_has_words_of_its_own_and_keys_that_nobody_else_has() {
        let words = Words::english();
        let (mut names, mut keys) = (BTreeSet::new(), BTreeSet::new());
        for (menu, lines) in menus() {
            assert!(words.has(&format!("menu-{menu}")), "{menu}");
            let mut labels = BTreeSet::new();
            for line in lines {
                if matches!(line.does, MenuAction::Nothing) {
                    continue;
                }
                let label = line.label(&words);
                assert!(!label.contains('⟦'), "{label}");
                assert!(labels.insert(label.clone()), "{label} stands twice in {menu}");
                assert!(names.insert(line.name.clone()), "{} is known twice", line.name);
                if let Some(taken) = line.keys {
                    assert!(keys.insert(taken), "{taken} does two things");
                    assert!(
                        !(1..=9).any(|number| taken.ends_with(&format!("+{number}"))),
                        "{taken} copies a value"
                    );
                }
            }
        }
        assert!(names.len() > 25, "{names:?}");
    }
}
