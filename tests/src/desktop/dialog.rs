//! Answers native dialogs by using the keyboard.

use std::path::Path;

use super::pointer::xdotool;
use crate::{Result, wait::wait_until};

/// The titles that GTK's file dialogs have in this environment.
const TITLES: &str = "^(Open|Save)(.[Ff]ile)?$";

/// The title of the question that the app asks before quitting.
const QUESTION: &str = "^Changes.in.AWS";

/// The title of the dialog that explains why the app can't start.
const REASON: &str = "^nOps.SSO.Setup.can.*t.start$";

pub fn answer(display: &str, file: &Path) -> Result<()> {
    let dialog = wait_for_dialog(display, TITLES)?;
    let file = file.to_str().ok_or("the path isn't UTF-8")?;
    if file.contains(' ') {
        return Err("a path with spaces can't be typed here".into());
    }
    xdotool(display, &format!("windowfocus --sync {dialog}"))?;
    let path = format!("type --args 1 --delay 2 {file}");
    closed(display, TITLES, &format!("key --clearmodifiers ctrl+l ctrl+a {path} key Return"))
}

pub fn cancel(display: &str) -> Result<()> {
    end(display, TITLES, "Escape")
}

/// Returns whether the app is showing a question. If no such window exists, xdotool fails.
pub fn is_question_open(display: &str) -> bool {
    xdotool(display, &format!("search --onlyvisible --name {QUESTION}")).is_ok()
}

pub fn press(display: &str, key: &str) -> Result<()> {
    end(display, QUESTION, key)
}

/// Closes the dialog that explains why the app can't start, if the dialog is open. If no such
/// window exists, xdotool fails.
pub fn dismiss(display: &str) -> Result<()> {
    let found = xdotool(display, &format!("search --onlyvisible --name {REASON}"))?;
    let dialog = found.lines().last().ok_or("there is no dialog")?;
    xdotool(display, &format!("windowfocus --sync {dialog} key Return")).map(drop)
}

fn end(display: &str, titles: &str, with: &str) -> Result<()> {
    let dialog = wait_for_dialog(display, titles)?;
    xdotool(display, &format!("windowfocus --sync {dialog}"))?;
    closed(display, titles, &format!("key {with}"))
}

fn wait_for_dialog(display: &str, titles: &str) -> Result<String> {
    wait_until("a dialog", || {
        // The last line is the newest window. If no window exists, xdotool fails.
        let found = xdotool(display, &format!("search --onlyvisible --name {titles}"))?;
        Ok(found.lines().last().map(str::to_owned))
    })
}

/// Sends input that closes a dialog, and repeats it if the dialog stays open. A dialog that is
/// still opening can miss letters, and a completion list can consume Return. The pause gives the
/// dialog time to close, so that the input never reaches the window behind it.
fn closed(display: &str, titles: &str, input: &str) -> Result<()> {
    let mut looks = 0_u32;
    wait_until("the dialog to close", || {
        let search = format!("search --onlyvisible --name {titles}");
        if xdotool(display, &search).is_err() {
            return Ok(Some(()));
        }
        if looks.is_multiple_of(100) {
            xdotool(display, input)?;
        }
        looks += 1;
        Ok(None)
    })
}
