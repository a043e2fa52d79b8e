//! Runs other programs and names them when they fail.

use std::{
    io::{BufRead, BufReader, Write, stdout},
    process::{Command, ExitStatus, Stdio},
};

use crate::Result;

/// Runs a program to its end. Its output goes to the terminal.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command
        .stdin(Stdio::null())
        .status()
        .map_err(|error| format!("{} did not start: {error}", name(command)))?;
    good(command, status)
}

/// Runs a program to its end. Each line of its output goes to the terminal and to `seen`.
pub fn watch(command: &mut Command, mut seen: impl FnMut(&str)) -> Result<()> {
    let mut running = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("{} did not start: {error}", name(command)))?;
    if let Some(lines) = running.stdout.take() {
        let mut lines = BufReader::new(lines);
        let mut line = Vec::new();
        while lines.read_until(b'\n', &mut line)? > 0 {
            stdout().lock().write_all(&line)?;
            seen(String::from_utf8_lossy(&line).trim_end());
            line.clear();
        }
    }
    good(command, running.wait()?)
}

/// Returns a program's output, or `None` if it can't be started or fails.
pub fn output(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Returns whether a program is on the search path.
pub fn exists(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

fn good(command: &Command, status: ExitStatus) -> Result<()> {
    if status.success() {
        return Ok(());
    }
    Err(format!("{} stopped with {status}", name(command)).into())
}

fn name(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let words: Vec<_> = words.map(|word| word.to_string_lossy()).collect();
    let line = words.join(" ");
    // Shorten a full path to the program's name.
    match line.split_once("/bin/") {
        Some((folder, rest)) if !folder.contains(' ') => format!("`{rest}`"),
        _ => format!("`{line}`"),
    }
}
