//! Words for the person at the terminal.

use std::{
    fmt::Display,
    io::{self, Write},
};

/// Says something, on a line of its own.
pub fn say(words: impl Display) -> io::Result<()> {
    writeln!(io::stdout().lock(), "{words}")
}

/// Announces what is done next.
pub fn announce(what: impl Display) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "\n── {what}")?;
    out.flush()
}

/// Says why it stops here.
pub fn problem(why: impl Display) -> io::Result<()> {
    writeln!(io::stderr().lock(), "\n{why}")
}
