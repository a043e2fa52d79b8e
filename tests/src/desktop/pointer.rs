//! Transfers between windows: files that are dragged and text that is copied.

use std::{
    ffi::OsStr,
    io::{BufRead, BufReader, Read, Write},
    path::Path,
    process::{ChildStdout, Command, Stdio},
    sync::mpsc::{self, Receiver},
    thread,
};

use super::child::Child;
use crate::{Result, wait::DEADLINE};

const OTHER_WINDOW: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/desktop/other_window.py");

/// The position of the other window, which is to the right of the app's window.
const SOURCE: (i64, i64) = (1440, 120);

/// Drags a file or a link from a separate window. Drops it at a point on the screen after
/// `has_reacted` returns.
pub fn drag(
    python: &mut Command,
    display: &str,
    what: impl AsRef<OsStr>,
    (x, y): (u32, u32),
    has_reacted: impl FnOnce() -> Result<()>,
) -> Result<()> {
    let mut source =
        Child::start(python.arg(OTHER_WINDOW).arg("drag").arg(what).stdout(Stdio::piped()))?;
    let said = lines(source.output()?);
    expect(&said, "ready")?;

    let mut moves = vec![format!("mousemove {} {} mousedown 1", SOURCE.0, SOURCE.1)];
    let steps = 12;
    for step in 1..=steps {
        let along = |from: i64, to: u32| from + (i64::from(to) - from) * step / steps;
        moves.push(format!("mousemove --sync {} {}", along(SOURCE.0, x), along(SOURCE.1, y)));
    }
    // A small final movement makes the target notice the drag.
    moves.push(format!("mousemove --sync {} {}", x + 2, y + 2));
    for step in moves {
        xdotool(display, &step)?;
    }
    has_reacted()?;
    xdotool(display, "mouseup 1")?;
    expect(&said, "dropped")
}

/// Returns the content of the clipboard, read from a separate window.
pub fn clipboard(python: &mut Command) -> Result<String> {
    let mut reader = Child::start(python.args([OTHER_WINDOW, "clipboard"]).stdout(Stdio::piped()))?;
    let mut text = String::new();
    reader.output()?.read_to_string(&mut text)?;
    Ok(text)
}

/// A window that owns the clipboard. As long as the window is open, its content can be pasted
/// elsewhere.
pub struct ClipboardWindow {
    _window: Child,
}

/// Opens a window and gives it keyboard focus.
pub fn open_focused_window(python: &mut Command, display: &str) -> Result<ClipboardWindow> {
    let mut window = Child::start(python.args([OTHER_WINDOW, "front"]).stdout(Stdio::piped()))?;
    expect(&lines(window.output()?), "ready")?;
    xdotool(display, "search --sync --onlyvisible --name ^other$ windowraise windowfocus")?;
    Ok(ClipboardWindow { _window: window })
}

/// Starts a window that owns the app's name on the session bus and exits when it's notified that a
/// second instance has started.
pub fn start_exiting_window(python: &mut Command) -> Result<ClipboardWindow> {
    let mut window = Child::start(python.args([OTHER_WINDOW, "dying"]).stdout(Stdio::piped()))?;
    expect(&lines(window.output()?), "ready")?;
    Ok(ClipboardWindow { _window: window })
}

/// Asks a window to close, like the button in its title bar.
pub fn close(python: &mut Command, window: u64) -> Result<()> {
    let asked = python.args([OTHER_WINDOW, "close", &window.to_string()]).status()?;
    match asked.success() {
        true => Ok(()),
        false => Err(format!("the window was not asked to close: {asked}").into()),
    }
}

/// Copies HTML in a separate window, like a browser.
pub fn copy_html(python: &mut Command, html: &str) -> Result<ClipboardWindow> {
    copy(python.args([OTHER_WINDOW, "copy-html"]), html)
}

/// Copies text in a separate window, like an editor.
pub fn copy_text(python: &mut Command, text: &str) -> Result<ClipboardWindow> {
    copy(python.args([OTHER_WINDOW, "copy-text"]), text)
}

fn copy(python: &mut Command, what: &str) -> Result<ClipboardWindow> {
    let mut window = Child::start(python.stdin(Stdio::piped()).stdout(Stdio::piped()))?;
    window.input()?.write_all(what.as_bytes())?;
    expect(&lines(window.output()?), "ready")?;
    Ok(ClipboardWindow { _window: window })
}

/// Copies files in a separate window, like a file manager.
pub fn copy_files(python: &mut Command, files: &[&Path]) -> Result<ClipboardWindow> {
    let mut window =
        Child::start(python.args([OTHER_WINDOW, "copy"]).args(files).stdout(Stdio::piped()))?;
    expect(&lines(window.output()?), "ready")?;
    Ok(ClipboardWindow { _window: window })
}

/// Runs xdotool with one line of commands.
pub fn xdotool(display: &str, line: &str) -> Result<String> {
    let output = Command::new("xdotool").args(line.split(' ')).env("DISPLAY", display).output()?;
    if !output.status.success() {
        return Err(
            format!("xdotool {line}: {}", String::from_utf8_lossy(&output.stderr).trim()).into()
        );
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Returns a channel that receives the lines that a window prints.
fn lines(output: ChildStdout) -> Receiver<String> {
    let (line, lines) = mpsc::channel();
    thread::spawn(move || {
        for said in BufReader::new(output).lines().map_while(std::io::Result::ok) {
            if line.send(said).is_err() {
                break;
            }
        }
    });
    lines
}

fn expect(said: &Receiver<String>, word: &str) -> Result<()> {
    match said.recv_timeout(DEADLINE) {
        Ok(line) if line == word => Ok(()),
        other => Err(format!("the other window said {other:?} instead of {word:?}").into()),
    }
}
