//! Writes to stdout and stderr.

use std::io::{self, ErrorKind, Write};

use serde::Serialize;

/// Prints a line of JSON. A closed pipe is not an error.
pub(super) fn line(value: &impl Serialize) -> Result<(), String> {
    let json = serde_json::to_string(value).map_err(|error| error.to_string())?;
    bytes(format!("{json}\n").as_bytes())
}

/// Prints bytes unchanged. A closed pipe is not an error.
pub(super) fn bytes(content: &[u8]) -> Result<(), String> {
    let mut out = io::stdout().lock();
    match out.write_all(content).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error.to_string()),
        _ => Ok(()),
    }
}

/// Prints an error to stderr. If that fails, only the exit status reports the error.
pub(crate) fn eprint_error(sentence: &str) {
    let _unheard = writeln!(io::stderr(), "nops-sso-setup: {sentence}");
}
