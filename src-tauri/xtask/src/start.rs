//! `cargo xtask start`: builds and opens the app, starting from a fresh clone.

use std::process::{Command, ExitCode};

use crate::{Result, frontend, paths::Tree, prerequisites, process, terminal};

/// Installs the prerequisites, builds, and opens the app with `arguments`.
pub fn start(tree: &Tree, arguments: &[String]) -> Result<ExitCode> {
    prerequisites::set_up(prerequisites::TO_BUILD)?;
    frontend::build(tree)?;
    terminal::announce("Building the wizard")?;
    // `--workspace` selects the same features of shared crates as the tests, so nothing is built twice.
    process::run(&mut tree.cargo(&["build", "--workspace", "--bin", "nops-sso-setup"]))?;

    let arguments = arguments.strip_prefix(&["--".to_owned()]).unwrap_or(arguments);
    terminal::announce("Opening the wizard")?;
    let status = Command::new(tree.program("nops-sso-setup")).args(arguments).status()?;
    Ok(match status.code().and_then(|code| u8::try_from(code).ok()) {
        Some(code) => ExitCode::from(code),
        None => ExitCode::FAILURE,
    })
}
