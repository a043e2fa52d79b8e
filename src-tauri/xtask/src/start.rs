//! `cargo xtask start`: builds and opens the app, starting from a fresh clone.

use std::process::{Command, ExitCode};

use crate::{Result, frontend, paths::SourceTree, prerequisites, terminal};

/// Installs the prerequisites, builds, and opens the app with `arguments`.
pub fn start(tree: &SourceTree, arguments: &[String]) -> Result<ExitCode> {
    prerequisites::set_up(&[])?;
    frontend::build(tree)?;
    terminal::announce("Building the wizard")?;
    // `--workspace` selects the same features of shared crates as the tests, so nothing is built
    // twice.
    tree.run_cargo(&["build", "--workspace", "--bin", "nops-sso-setup"])?;

    let arguments = arguments.strip_prefix(&["--".to_owned()]).unwrap_or(arguments);
    terminal::announce("Opening the wizard")?;
    let status = Command::new(tree.program("nops-sso-setup")).args(arguments).status()?;
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}
