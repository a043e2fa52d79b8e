//! Independent Python implementations that are used to check ours.

use std::{
    env,
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use serde_json::Value;

use crate::Result;

/// A peer process that answers each line with a line. It stops when this value is dropped.
pub struct Peer {
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    child: Child,
}

impl Peer {
    /// Starts a script from `tests/peers`.
    pub fn start(script: &str) -> Result<Self> {
        let mut child = command(script, &["-"])?.stdout(Stdio::piped()).spawn()?;
        Ok(Self {
            input: child.stdin.take(),
            output: BufReader::new(child.stdout.take().ok_or("no standard output")?),
            child,
        })
    }

    /// Sends lines to the peer and reads the next line from it.
    pub fn send_and_read(&mut self, lines: &str) -> Result<Value> {
        let input = self.input.as_mut().ok_or("no standard input")?;
        input.write_all(lines.as_bytes())?;
        input.flush()?;
        let mut answer = String::new();
        self.output.read_line(&mut answer)?;
        Ok(serde_json::from_str(&answer)?)
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        drop(self.input.take());
        // The peer exits when its input closes, and its exit status doesn't matter.
        let _ended = self.child.wait();
    }
}

/// Runs a script from `tests/peers` to completion, with `input` as its standard input. Its output
/// goes to the terminal.
pub fn run(script: &str, arguments: &[&str], input: &str) -> Result<()> {
    let mut peer = command(script, arguments)?.spawn()?;
    peer.stdin.take().ok_or("no standard input")?.write_all(input.as_bytes())?;
    let ended = peer.wait()?;
    match ended.success() {
        true => Ok(()),
        false => Err(format!("{script} ended with {ended}").into()),
    }
}

/// Returns a command that uses the Python environment that `cargo xtask test` creates.
fn command(script: &str, arguments: &[&str]) -> Result<Command> {
    let python = env::var_os("PEERS_PYTHON").ok_or("run the peers with: cargo xtask test peers")?;
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("peers").join(script);
    let mut command = Command::new(python);
    command.arg(script).args(arguments).stdin(Stdio::piped());
    Ok(command)
}
