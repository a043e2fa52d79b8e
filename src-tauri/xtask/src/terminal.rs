//! Prints messages to the terminal.

use std::{
    fmt::Display,
    io::{self, Write},
};

/// Prints a line to stdout.
pub fn print_line(words: impl Display) -> io::Result<()> {
    writeln!(io::stdout().lock(), "{words}")
}

/// Prints a heading for the next stage.
pub fn announce(what: impl Display) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "\n── {what}")?;
    out.flush()
}

/// Prints an error to stderr.
pub fn problem(why: impl Display) -> io::Result<()> {
    writeln!(io::stderr().lock(), "\n{why}")
}
