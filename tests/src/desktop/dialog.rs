//! Native file dialogs, answered with the keyboard.

use std::path::Path;

use super::pointer::xdotool;
use crate::{Result, wait::until};

/// The title bars that GTK's file dialogs have here.
const TITLES: &str = "^(Open|Save)(.[Ff]ile)?$";

/// Types the path of `file` into the dialog and accepts.
pub fn answer(display: &str, file: &Path) -> Result<()> {
    let dialog = opened(display)?;
    let file = file.to_str().ok_or("the path is no text")?;
    if file.contains(' ') {
        return Err("a path with spaces can't be typed here".into());
    }
    xdotool(
        display,
        &format!("windowfocus --sync {dialog} key --clearmodifiers ctrl+l"),
    )?;
    xdotool(display, "key --clearmodifiers ctrl+a")?;
    xdotool(display, &format!("type --delay 2 {file}"))?;
    xdotool(display, "key Return")?;
    closed(display)
}

/// Presses Escape in the dialog.
pub fn cancel(display: &str) -> Result<()> {
    let dialog = opened(display)?;
    xdotool(display, &format!("windowfocus --sync {dialog} key Escape"))?;
    closed(display)
}

fn opened(display: &str) -> Result<String> {
    until("a file dialog", || {
        // The last line is the newest window; none at all makes xdotool fail.
        let found = xdotool(display, &format!("search --onlyvisible --name {TITLES}"))?;
        Ok(found.lines().last().map(str::to_owned))
    })
}

fn closed(display: &str) -> Result<()> {
    until("the file dialog to close", || {
        let found = xdotool(display, &format!("search --onlyvisible --name {TITLES}"));
        Ok(found.is_err().then_some(()))
    })
}
