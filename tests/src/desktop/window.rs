//! The app's window from the desktop's perspective: position, title and keyboard focus.

use super::pointer::xdotool;
use crate::{Result, wait::wait_until};

/// The xdotool search for the app's main window. It excludes the app's dialogs.
const OURS: &str = "--name nOps.SSO.Setup$";

/// The position and size of a window, in screen pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WindowPlace {
    pub id: u64,
    pub x: i64,
    pub y: i64,
    /// The width without the window frame.
    pub width: i64,
    /// The height without the window frame.
    pub height: i64,
}

/// Waits for the window and returns its position and size.
pub fn place(display: &str) -> Result<WindowPlace> {
    wait_until("the window", || {
        let found = xdotool(display, &format!("search --onlyvisible {OURS}"))?;
        let id = found.lines().last().ok_or("there is no window")?;
        let said = xdotool(display, &format!("getwindowgeometry --shell {id}"))?;
        let number = |name: &str| -> Result<i64> {
            let line = said.lines().find_map(|line| line.strip_prefix(name));
            Ok(line.ok_or("xdotool printed no geometry")?.parse()?)
        };
        Ok(Some(WindowPlace {
            id: id.parse()?,
            x: number("X=")?,
            y: number("Y=")?,
            width: number("WIDTH=")?,
            height: number("HEIGHT=")?,
        }))
    })
}

pub fn place_window(display: &str, wanted: WindowPlace) -> Result<()> {
    let WindowPlace { id, x, y, width, height } = wanted;
    xdotool(display, &format!("windowsize {id} {width} {height}"))?;
    xdotool(display, &format!("windowmove {id} {x} {y}"))?;
    wait_until("the window in its place", || {
        let now = place(display)?;
        match now == wanted {
            true => Ok(Some(())),
            false => Err(format!("it is {now:?}").into()),
        }
    })
}

pub fn focused(display: &str) -> Option<u64> {
    xdotool(display, "getwindowfocus -f").ok()?.parse().ok()
}
