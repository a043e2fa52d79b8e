//! `cargo xtask soak`: runs random actions, faults, restarts and kills against practice mode for a
//! given time.

use crate::{Result, paths::SourceTree, process, terminal};

/// Runs the model tests for the given number of minutes: half the time on changes alone, half on
/// whole sessions.
pub fn soak(tree: &SourceTree, arguments: &[String]) -> Result<()> {
    let [minutes] = arguments else {
        return Err("say how many minutes, as in `cargo xtask soak 30`".into());
    };
    let minutes: u32 =
        minutes.parse().map_err(|_| format!("{minutes} is not a number of minutes"))?;
    terminal::announce(format_args!("Trying random actions for {minutes} minutes"))?;
    let changes: &[&str] = &["--lib", "--", "changes_hold_whatever_happens"];
    let sessions: &[&str] = &["--test", "journeys", "--", "model::"];
    for tests in [changes, sessions] {
        let mut test = tree.cargo(&["test", "--workspace"]);
        test.args(tests).arg("--nocapture").env("SOAK_SECONDS", (30 * minutes).to_string());
        process::run(&mut test)?;
    }
    Ok(())
}
