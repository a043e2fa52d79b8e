//! `cargo xtask soak`: runs random actions, faults, restarts and kills against practice mode for a given
//! time.

use std::process::ExitCode;

use crate::{Result, paths::Tree, process, terminal};

/// Runs the model tests for the given number of minutes: half of it for changes alone, half for whole
/// sessions.
pub fn soak(tree: &Tree, arguments: &[String]) -> Result<ExitCode> {
    let minutes: u32 = match arguments {
        [minutes] => {
            minutes.parse().map_err(|_| format!("{minutes} is not a number of minutes"))?
        }
        _ => return Err("say how many minutes, as in `cargo xtask soak 30`".into()),
    };
    terminal::announce(format!("Trying random actions for {minutes} minutes"))?;
    let changes: &[&str] = &["--lib", "--", "changes_hold_whatever_happens"];
    let sessions: &[&str] = &["--test", "model", "--"];
    for tests in [changes, sessions] {
        let test = [&["test", "--workspace"], tests, &["--nocapture"]].concat();
        process::run(tree.cargo(&test).env("SOAK_SECONDS", (30 * minutes).to_string()))?;
    }
    Ok(ExitCode::SUCCESS)
}
