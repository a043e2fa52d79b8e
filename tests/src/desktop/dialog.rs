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
    closed(display, "key Return")
}

/// Presses Escape in the dialog.
pub fn cancel(display: &str) -> Result<()> {
    let dialog = opened(display)?;
    xdotool(display, &format!("windowfocus --sync {dialog}"))?;
    closed(display, "key Escape")
}

fn opened(display: &str) -> Result<String> {
    until("a file dialog", || {
        // The last line is the newest window; none at all makes xdotool fail.
        let found = xdotool(display, &format!("search --onlyvisible --name {TITLES}"))?;
        Ok(found.lines().last().map(str::to_owned))
    })
}

/// Presses a key, and again where a list of completions took it. In between the dialog has time to
/// close, so that the key never reaches the window behind it.
fn closed(display: &str, key: &str) -> Result<()> {
    let mut looks = 0_u32;
    until("the file dialog to close", || {
        let search = format!("search --onlyvisible --name {TITLES}");
        if xdotool(display, &search).is_err() {
            return Ok(Some(()));
        }
        if looks.is_multiple_of(60) {
            xdotool(display, key)?;
        }
        looks += 1;
        Ok(None)
    })
}
