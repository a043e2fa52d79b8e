//! Runs other programs. If a program fails, the error contains its name.

use std::{
    io::{BufRead, BufReader, Write, stdout},
    process::{Child, Command, ExitStatus, Stdio},
};

use crate::Result;

/// Runs a program and waits until it ends. Its output goes to the terminal.
pub fn run(command: &mut Command) -> Result<()> {
    let mut child = spawn(command)?;
    check(command, child.wait()?)
}

/// Runs a program and waits until it ends. Each line of its output goes to the terminal and to
/// `read`.
pub fn run_and_read_lines(command: &mut Command, mut read: impl FnMut(&str)) -> Result<()> {
    let mut child = spawn(command.stdout(Stdio::piped()))?;
    if let Some(output) = child.stdout.take() {
        let mut output = BufReader::new(output);
        let mut line = Vec::new();
        while output.read_until(b'\n', &mut line)? > 0 {
            stdout().lock().write_all(&line)?;
            read(String::from_utf8_lossy(&line).trim_end());
            line.clear();
        }
    }
    check(command, child.wait()?)
}

/// Returns a program's output, or `None` if it can't be started or fails.
pub fn output(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Returns a program's output without the white space around it. Its errors go to the terminal.
pub fn read(command: &mut Command) -> Result<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::inherit()).output();
    let output = output.map_err(|error| format!("{} did not start: {error}", line(command)))?;
    check(command, output.status)?;
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}

pub fn is_on_search_path(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

fn spawn(command: &mut Command) -> Result<Child> {
    let child = command.stdin(Stdio::null()).spawn();
    child.map_err(|error| format!("{} did not start: {error}", line(command)).into())
}

fn check(command: &Command, status: ExitStatus) -> Result<()> {
    match status.success() {
        true => Ok(()),
        false => Err(format!("{} stopped with {status}", line(command)).into()),
    }
}

/// Returns the command line in backquotes.
fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let words: Vec<_> = words.map(|word| word.to_string_lossy()).collect();
    let line = words.join(" ");
    // Shorten a full path to the program's name.
    match line.split_once("/bin/") {
        Some((folder, rest)) if !folder.contains(' ') => format!("`{rest}`"),
        _ => format!("`{line}`"),
    }
}
