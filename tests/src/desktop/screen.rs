//! A screen in memory.

use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

use super::child::Child;
use crate::Result;

/// An X display without a monitor and without a window manager: windows sit at the upper left corner.
pub struct Screen {
    name: String,
    _server: Child,
}

impl Screen {
    /// Starts a screen of this many pixels.
    pub fn start(width: u32, height: u32) -> Result<Self> {
        let mut server = Child::start(
            Command::new("Xvfb")
                // Without the first, the screen restarts, and refuses a program that starts just then, whenever the
                // last one leaves: xdotool, for instance, which looks for a window that is not there yet.
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

    /// The display's name, such as `:7`.
    pub fn name(&self) -> &str {
        &self.name
    }
}
