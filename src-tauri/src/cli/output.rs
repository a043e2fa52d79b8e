//! What goes to stdout and stderr.

use std::io::{self, ErrorKind, Write};

use serde::Serialize;

/// Prints a line of JSON. A reader that has gone away is no error.
pub(super) fn line(value: &impl Serialize) -> Result<(), String> {
    let json = serde_json::to_string(value).map_err(|error| error.to_string())?;
    bytes(format!("{json}\n").as_bytes())
}

/// Prints bytes as they are.
pub(super) fn bytes(content: &[u8]) -> Result<(), String> {
    let mut out = io::stdout().lock();
    match out.write_all(content).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error.to_string()),
        _ => Ok(()),
    }
}

/// Says on stderr what went wrong. If even that can't be written, the exit status says it.
pub(crate) fn eprint_error(sentence: &str) {
    let _unheard = writeln!(io::stderr(), "nops-sso-setup: {sentence}");
}
