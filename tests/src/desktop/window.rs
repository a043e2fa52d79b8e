//! The app's window as the desktop sees it: place, title, keys.

use super::pointer::xdotool;
use crate::{Result, wait::until};

/// By which its window is known to the desktop, and its dialogs are not.
const OURS: &str = "--name nOps.SSO.Setup$";

/// Where a window is, in pixels of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The window's number.
    pub id: u64,
    /// From the screen's left edge.
    pub x: i64,
    /// From its upper edge.
    pub y: i64,
    /// Without a frame.
    pub width: i64,
    /// Without a frame.
    pub height: i64,
}

/// The window's place, as soon as there is one.
pub fn place(display: &str) -> Result<Place> {
    until("the window", || {
        let found = xdotool(display, &format!("search --onlyvisible {OURS}"))?;
        let id = found.lines().last().ok_or("there is no window")?;
        let said = xdotool(display, &format!("getwindowgeometry --shell {id}"))?;
        let number = |name: &str| -> Result<i64> {
            let line = said.lines().find_map(|line| line.strip_prefix(name));
            Ok(line.ok_or("xdotool tells no geometry")?.parse()?)
        };
        Ok(Some(Place {
            id: id.parse()?,
            x: number("X=")?,
            y: number("Y=")?,
            width: number("WIDTH=")?,
            height: number("HEIGHT=")?,
        }))
    })
}

/// Puts the window somewhere, in a size.
pub fn put(display: &str, wanted: Place) -> Result<()> {
    let Place { id, x, y, width, height } = wanted;
    xdotool(display, &format!("windowsize {id} {width} {height}"))?;
    xdotool(display, &format!("windowmove {id} {x} {y}"))?;
    until("the window in its place", || {
        let now = place(display)?;
        match now == wanted {
            true => Ok(Some(())),
            false => Err(format!("it is {now:?}").into()),
        }
    })
}

/// Which window has the keys; none when no window has them.
pub fn focused(display: &str) -> Option<u64> {
    xdotool(display, "getwindowfocus -f").ok()?.parse().ok()
}
