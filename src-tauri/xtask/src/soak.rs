//! `cargo xtask soak`: random actions, faults, restarts and kills against practice mode, for as long as wanted.

use std::process::ExitCode;

use crate::{Result, process, terminal, tree::Tree};

/// Runs the model test for so many minutes.
pub fn soak(tree: &Tree, arguments: &[String]) -> Result<ExitCode> {
    let minutes: u32 = match arguments {
        [minutes] => {
            minutes.parse().map_err(|_| format!("{minutes} is not a number of minutes"))?
        }
        _ => return Err("say how many minutes, as in `cargo xtask soak 30`".into()),
    };
    terminal::announce(format!("Trying random actions for {minutes} minutes"))?;
    let test = ["test", "--package", "acceptance", "--test", "model", "--", "--nocapture"];
    process::run(tree.cargo(&test).env("SOAK_MINUTES", minutes.to_string()))?;
    Ok(ExitCode::SUCCESS)
}
