//! `cargo xtask start`: from a fresh clone to the open wizard.

use std::process::{Command, ExitCode};

use crate::{Result, frontend, paths::Tree, prerequisites, process, terminal};

/// Sets the machine up, builds, and opens the wizard with `arguments`.
pub fn start(tree: &Tree, arguments: &[String]) -> Result<ExitCode> {
    prerequisites::set_up(prerequisites::TO_BUILD)?;
    frontend::build(tree)?;
    terminal::announce("Building the wizard")?;
    // `--workspace` chooses the same features of shared crates as the tests do: nothing is built twice.
    process::run(&mut tree.cargo(&["build", "--workspace", "--bin", "nops-sso-setup"]))?;

    let arguments = arguments.strip_prefix(&["--".to_owned()]).unwrap_or(arguments);
    terminal::announce("Opening the wizard")?;
    let status = Command::new(tree.program("nops-sso-setup")).args(arguments).status()?;
    Ok(match status.code().and_then(|code| u8::try_from(code).ok()) {
        Some(code) => ExitCode::from(code),
        None => ExitCode::FAILURE,
    })
}
