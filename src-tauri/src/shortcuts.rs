//! The keyboard shortcuts. The menu reads this table, and so does the page, which also shows it in
//! its help.

use std::collections::BTreeMap;

use serde::Serialize;

/// Each shortcut's name, its keys on Linux and Windows, and its keys on macOS. The menu entry of the
/// same name has this shortcut.
///
/// On macOS, Control+K deletes to the end of the line, Control and a number switches desktops, and
/// Option and an arrow key moves by word.
const SHORTCUTS: [(&str, &str, &str); 19] = [
    ("side", "F6", "F6"),
    ("copy-value", "Ctrl+1…9", "Cmd+1…9"),
    ("continue", "Alt+ArrowRight", "Cmd+]"),
    ("back", "Alt+ArrowLeft", "Cmd+["),
    ("mini-window", "Ctrl+K", "Cmd+K"),
    ("setups", "Ctrl+O", "Cmd+O"),
    ("save", "Ctrl+S", "Cmd+S"),
    ("zoom-in", "Ctrl+=", "Cmd+="),
    ("zoom-out", "Ctrl+-", "Cmd+-"),
    ("zoom-reset", "Ctrl+0", "Cmd+0"),
    ("quit", "Ctrl+Q", "Cmd+Q"),
    ("escape", "Escape", "Escape"),
    ("keys", "F1", "F1"),
    ("undo", "Ctrl+Z", "Cmd+Z"),
    ("redo", "Ctrl+Shift+Z", "Cmd+Shift+Z"),
    ("cut", "Ctrl+X", "Cmd+X"),
    ("copy", "Ctrl+C", "Cmd+C"),
    ("paste", "Ctrl+V", "Cmd+V"),
    ("select-all", "Ctrl+A", "Cmd+A"),
];

/// Returns the keys of a shortcut on this platform.
pub fn keys(name: &str) -> Option<&'static str> {
    let (_, usual, mac) = SHORTCUTS.iter().find(|(of, ..)| *of == name)?;
    Some(if cfg!(target_os = "macos") { mac } else { usual })
}

/// A shortcut's keys on each platform, for the page, which is the same on all of them.
#[derive(Serialize)]
pub struct PlatformKeys {
    usual: &'static str,
    mac: &'static str,
}

/// Returns the table for the page.
pub fn table() -> BTreeMap<&'static str, PlatformKeys> {
    SHORTCUTS.into_iter().map(|(name, usual, mac)| (name, PlatformKeys { usual, mac })).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn shortcuts_are_unique_on_each_platform() {
        for column in [|row: &(_, &'static str, _)| row.1, |row: &(_, _, &'static str)| row.2] {
            let unique: BTreeSet<_> = SHORTCUTS.iter().map(column).collect();
            assert_eq!(unique.len(), SHORTCUTS.len(), "{unique:?}");
        }
    }

    #[test]
    fn mac_shortcuts_leave_text_editing_alone() {
        for (name, _, mac) in SHORTCUTS {
            assert!(!mac.contains("Ctrl") && !mac.contains("Alt"), "{name}: {mac}");
        }
    }
}
