//! The window's menu. Most entries do what buttons do: the page receives a command and acts as if
//! its button was pressed. The shell handles what a page can't do.

use messages::MessageCatalog;
use serde::{Deserialize, Serialize};
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
    quit::close_window,
    shortcuts,
    ui_channel::UiChannel,
    updates,
    window_state::{Theme, WindowState, ZoomLevel},
};

/// A menu command that the page runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum MenuCommand {
    /// Close the setup and show the list of setups.
    Setups,
    /// Choose a file to open, such as a colleague's handover.
    ChooseFile,
    /// Save a file for a colleague.
    HandOver,
    Save,
    /// Switch to the mini window.
    MiniWindow,
    Continue,
    Back,
    Go {
        step: Step,
    },
    /// Switch to this theme.
    Theme {
        theme: Theme,
    },
    /// Show a page of the Help dialog.
    Help {
        topic: HelpTopic,
    },
    /// Show the keyboard shortcuts.
    Keys,
    /// Show the support details.
    Support,
    About,
}

/// A page of the Help dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum HelpTopic {
    /// The whole procedure.
    Steps,
    Glossary,
    /// Troubleshooting.
    Problems,
    /// What each finding means.
    Findings,
    /// Data and privacy.
    Data,
}

/// A menu command that the shell runs. The page sends it when the window's frame doesn't get the
/// keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ShellCommand {
    ZoomIn,
    ZoomOut,
    ZoomReset,
    /// Open the folder with the setups.
    Folder,
    /// Check for a new version.
    Update,
    Quit,
}

impl HelpTopic {
    const ALL: [Self; 5] =
        [Self::Steps, Self::Glossary, Self::Problems, Self::Findings, Self::Data];
}

/// Whether the menus are those of macOS.
const IS_MAC: bool = cfg!(target_os = "macos");

struct MenuEntry {
    /// Identifies the entry and its shortcut. Its label has the message key `menu-<name>`.
    name: String,
    when: EnabledWhen,
    does: MenuAction,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum EnabledWhen {
    Always,
    SetupOpen,
}

enum MenuAction {
    /// A separator.
    Nothing,
    Tell(MenuCommand),
    /// A command that the webview or the desktop runs.
    Native(&'static str),
    Shell(ShellCommand),
}

type Menus = Vec<(&'static str, Vec<MenuEntry>)>;

/// Returns the menus of this build, in order, each with its name.
fn menus() -> Menus {
    menus_of_build(IS_MAC, updates::is_available())
}

/// Returns the menus of a build for macOS or another system, which can check for updates or can't.
/// On macOS, the first menu is the app's.
fn menus_of_build(is_mac: bool, checks_updates: bool) -> Menus {
    let mut go = vec![
        command_entry("continue", MenuCommand::Continue),
        command_entry("back", MenuCommand::Back),
        separator_entry(),
    ];
    go.extend(
        Step::ALL
            .iter()
            .map(|&step| command_entry(&format!("step-{}", name(step)), MenuCommand::Go { step })),
    );
    for line in &mut go {
        line.when = EnabledWhen::SetupOpen;
    }
    let mut view: Vec<_> = Theme::ALL
        .map(|theme| command_entry(&format!("theme-{}", name(theme)), MenuCommand::Theme { theme }))
        .into();
    view.extend([
        separator_entry(),
        command_entry("mini-window", MenuCommand::MiniWindow).in_a_setup(),
        separator_entry(),
        shell_entry("zoom-in", ShellCommand::ZoomIn),
        shell_entry("zoom-out", ShellCommand::ZoomOut),
        shell_entry("zoom-reset", ShellCommand::ZoomReset),
    ]);
    let mut help: Vec<_> = HelpTopic::ALL
        .map(|topic| command_entry(&format!("help-{}", name(topic)), MenuCommand::Help { topic }))
        .into();
    help.extend([
        separator_entry(),
        command_entry("keys", MenuCommand::Keys),
        command_entry("support", MenuCommand::Support),
        shell_entry("folder", ShellCommand::Folder),
    ]);
    if checks_updates {
        help.push(shell_entry("update", ShellCommand::Update));
    }
    let mut file = vec![
        command_entry("setups", MenuCommand::Setups).in_a_setup(),
        command_entry("choose-file", MenuCommand::ChooseFile),
        separator_entry(),
        command_entry("save", MenuCommand::Save).in_a_setup(),
        command_entry("hand-over", MenuCommand::HandOver).in_a_setup(),
    ];
    let about = command_entry("about", MenuCommand::About);
    let quit = shell_entry("quit", ShellCommand::Quit);
    let app = if is_mac {
        vec![
            about,
            separator_entry(),
            native_entry("hide", "Hide"),
            native_entry("hide-others", "HideOthers"),
            native_entry("show-all", "ShowAll"),
            separator_entry(),
            quit,
        ]
    } else {
        file.extend([separator_entry(), quit]);
        help.extend([separator_entry(), about]);
        Vec::new()
    };
    let menus = [
        ("app", app),
        ("file", file),
        (
            "edit",
            vec![
                native_entry("undo", "Undo"),
                native_entry("redo", "Redo"),
                separator_entry(),
                native_entry("cut", "Cut"),
                native_entry("copy", "Copy"),
                native_entry("paste", "Paste"),
                native_entry("select-all", "SelectAll"),
            ],
        ),
        ("view", view),
        ("go", go),
        ("help", help),
    ];
    menus.into_iter().filter(|(_, entries)| !entries.is_empty()).collect()
}

fn command_entry(name: &str, chosen: MenuCommand) -> MenuEntry {
    MenuEntry::new(name, MenuAction::Tell(chosen))
}

fn shell_entry(name: &str, does: ShellCommand) -> MenuEntry {
    MenuEntry::new(name, MenuAction::Shell(does))
}

fn native_entry(name: &str, command: &'static str) -> MenuEntry {
    MenuEntry::new(name, MenuAction::Native(command))
}

fn separator_entry() -> MenuEntry {
    MenuEntry::new("", MenuAction::Nothing)
}

impl MenuEntry {
    fn new(name: &str, does: MenuAction) -> Self {
        Self { name: name.to_owned(), when: EnabledWhen::Always, does }
    }

    fn in_a_setup(self) -> Self {
        Self { when: EnabledWhen::SetupOpen, ..self }
    }

    fn label(&self, words: &MessageCatalog) -> String {
        match self.does {
            MenuAction::Tell(MenuCommand::Go { step }) => words.text(
                "menu-step",
                &[
                    ("number".to_owned(), step.number().to_string()),
                    ("step".to_owned(), words.format_plain(&self.name)),
                ]
                .into(),
            ),
            MenuAction::Tell(MenuCommand::Theme { .. }) => words.format_plain(&self.name),
            _ => words.format_plain(&format!("menu-{}", self.name)),
        }
    }
}

pub fn build(app: &AppHandle) -> tauri::Result<Menu<Wry>> {
    let words = MessageCatalog::english().without_markup();
    let menu = Menu::new(app)?;
    for (name, lines) in menus() {
        let title = words.format_plain(&format!("menu-{name}"));
        let submenu = Submenu::with_id(app, name, title, true)?;
        for line in lines {
            add(app, &submenu, &line, &words)?;
        }
        menu.append(&submenu)?;
    }
    Ok(menu)
}

fn add(
    app: &AppHandle,
    menu: &Submenu<Wry>,
    line: &MenuEntry,
    words: &MessageCatalog,
) -> tauri::Result<()> {
    let is_enabled = line.when == EnabledWhen::Always;
    let name = line.name.as_str();
    let keys = shortcuts::keys(name);
    match &line.does {
        MenuAction::Nothing => menu.append(&PredefinedMenuItem::separator(app)?),
        MenuAction::Tell(MenuCommand::Theme { theme }) => {
            let is_chosen = app.state::<WindowState>().theme() == *theme;
            let label = line.label(words);
            menu.append(&CheckMenuItem::with_id(app, name, label, is_enabled, is_chosen, keys)?)
        }
        #[cfg(not(target_os = "linux"))]
        MenuAction::Native(command) => menu.append(&native(app, command, &line.label(words))?),
        _ => menu.append(&MenuItem::with_id(app, name, line.label(words), is_enabled, keys)?),
    }
}

/// Returns the desktop's own entry. On Linux, this entry would send keys through an X11 library, so
/// the webview's commands are used instead.
#[cfg(not(target_os = "linux"))]
fn native(app: &AppHandle, command: &str, label: &str) -> tauri::Result<PredefinedMenuItem<Wry>> {
    let label = Some(label);
    match command {
        "Undo" => PredefinedMenuItem::undo(app, label),
        "Redo" => PredefinedMenuItem::redo(app, label),
        "Cut" => PredefinedMenuItem::cut(app, label),
        "Copy" => PredefinedMenuItem::copy(app, label),
        "Paste" => PredefinedMenuItem::paste(app, label),
        "Hide" => PredefinedMenuItem::hide(app, label),
        "HideOthers" => PredefinedMenuItem::hide_others(app, label),
        "ShowAll" => PredefinedMenuItem::show_all(app, label),
        _ => PredefinedMenuItem::select_all(app, label),
    }
}

/// Runs the entry with this name.
pub fn choose(app: &AppHandle, name: &str) {
    let lines = menus().into_iter().flat_map(|(_, lines)| lines);
    match lines.into_iter().find(|line| line.name == name) {
        Some(MenuEntry { does: MenuAction::Tell(chosen), .. }) => {
            app.state::<UiChannel<MenuCommand>>().send(chosen)
        }
        Some(MenuEntry { does: MenuAction::Shell(does), .. }) => does.run(app),
        Some(MenuEntry { does: MenuAction::Native(command), .. }) => {
            run_editing_command(app, command)
        }
        _ => {}
    }
}

/// Enables the entries that need a setup while one is open.
pub fn update_enabled_entries(app: &AppHandle) {
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

/// Returns whether a setup is open, unless the user first decides about a colleague's file.
fn is_open(view: &View) -> bool {
    view.setup.as_ref().is_some_and(|setup| setup.handover.received.is_none())
}

fn enable(app: &AppHandle, open: bool) -> tauri::Result<()> {
    for (menu, lines) in menus() {
        for line in
            lines.iter().filter(|line| line.when == EnabledWhen::SetupOpen && !line.name.is_empty())
        {
            if let Some(MenuItemKind::MenuItem(find_item)) = find_item(app, menu, &line.name) {
                find_item.set_enabled(open)?;
            }
        }
    }
    Ok(())
}

/// Puts the check mark on the entry of the current theme.
pub fn check_theme_entry(app: &AppHandle, is_chosen: Theme) -> tauri::Result<()> {
    for theme in Theme::ALL {
        let name = format!("theme-{}", name(theme));
        if let Some(MenuItemKind::Check(find_item)) = find_item(app, "view", &name) {
            find_item.set_checked(theme == is_chosen)?;
        }
    }
    Ok(())
}

fn find_item(app: &AppHandle, menu: &str, name: &str) -> Option<MenuItemKind<Wry>> {
    match app.menu()?.get(menu)? {
        MenuItemKind::Submenu(submenu) => submenu.get(name),
        _ => None,
    }
}

fn folder(app: &AppHandle) {
    if let Err(failure) = desktop::open_folder(app) {
        let app = app.clone();
        tauri::async_runtime::spawn(
            async move { desktop::show_failure_dialog(&app, &failure).await },
        );
    }
}

impl ShellCommand {
    pub fn run(self, app: &AppHandle) {
        match self {
            Self::ZoomIn => zoom(app, ZoomLevel::In),
            Self::ZoomOut => zoom(app, ZoomLevel::Out),
            Self::ZoomReset => zoom(app, ZoomLevel::Reset),
            Self::Folder => folder(app),
            Self::Update => updates::check(app),
            Self::Quit => close_window(app),
        }
    }
}

fn zoom(app: &AppHandle, zoom: ZoomLevel) {
    if let Some(window) = app.get_webview_window("main") {
        log_error(app.state::<WindowState>().zoom(&window, zoom));
    }
}

#[cfg(target_os = "linux")]
fn run_editing_command(app: &AppHandle, command: &'static str) {
    use webkit2gtk::WebViewExt;

    if let Some(window) = app.get_webview_window("main") {
        log_error(window.with_webview(move |view| view.inner().execute_editing_command(command)));
    }
}

/// Does nothing, because the desktop handles its own entries.
#[cfg(not(target_os = "linux"))]
fn run_editing_command(_app: &AppHandle, _command: &'static str) {}

fn log_error(done: tauri::Result<()>) {
    if let Err(problem) = done {
        eprint_error(&problem.to_string());
    }
}

/// Returns the serialized name of a step, theme or topic.
fn name(code: impl Serialize) -> String {
    let written = serde_json::to_value(code).ok();
    written.and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn only_builds_with_address_check_updates() {
        let has_entry = |checks_updates| {
            let mut lines =
                menus_of_build(false, checks_updates).into_iter().flat_map(|(_, lines)| lines);
            lines.any(|line| line.name == "update")
        };
        assert!(has_entry(true));
        assert!(!has_entry(false));
    }

    #[test]
    fn entries_have_unique_labels_and_names() {
        for is_mac in [false, true] {
            check_entries(is_mac);
        }
    }

    fn check_entries(is_mac: bool) {
        let words = MessageCatalog::english();
        let mut names = BTreeSet::new();
        for (menu, lines) in menus_of_build(is_mac, true) {
            assert!(words.has(&format!("menu-{menu}")), "{menu}");
            let mut labels = BTreeSet::new();
            for line in lines {
                if matches!(line.does, MenuAction::Nothing) {
                    continue;
                }
                let label = line.label(&words);
                assert!(!label.contains('⟦'), "{label}");
                assert!(labels.insert(label.clone()), "{label} is used twice in {menu}");
                assert!(names.insert(line.name.clone()), "{} is used twice", line.name);
            }
        }
        assert!(names.len() > 25, "{names:?}");
        // macOS gives the first menu the app's name.
        assert_eq!(menus_of_build(is_mac, true)[0].0, if is_mac { "app" } else { "file" });
    }
}
