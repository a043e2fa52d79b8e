//! A virtual screen.

use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

use super::child::Child;
use crate::Result;

/// An X display without a monitor or window manager. Windows open in its upper left corner.
pub struct Screen {
    name: String,
    _server: Child,
}

impl Screen {
    /// Starts a virtual display. The size is in pixels.
    pub fn start(width: u32, height: u32) -> Result<Self> {
        let mut server = Child::start(
            Command::new("Xvfb")
                // Without `-noreset`, the X server restarts when its last client disconnects.
                // During the restart, it refuses connections, for example from xdotool while it
                // looks for a window.
                .args(["-noreset", "-displayfd", "1", "-nolisten", "tcp", "-screen", "0"])
                .arg(format!("{width}x{height}x24"))
                .stdin(Stdio::null())
                .stdout(Stdio::piped())
                .stderr(Stdio::null()),
        )?;
        let mut number = String::new();
        BufReader::new(server.output()?).read_line(&mut number)?;
        if number.trim().is_empty() {
            return Err("Xvfb offered no display".into());
        }
        Ok(Self { name: format!(":{}", number.trim()), _server: server })
    }

    /// Returns the display's name, such as `:7`.
    pub fn name(&self) -> &str {
        &self.name
    }
}
