//! `cargo xtask bench`: how the built app compares, in ratios rather than in seconds of this machine.

use std::process::ExitCode;

use crate::{Result, face, machine, process, terminal, tree::Tree};

/// Runs the named comparison: `rehearse`.
pub fn bench(tree: &Tree, arguments: &[String]) -> Result<ExitCode> {
    match arguments {
        [what] if what == "rehearse" => rehearse(tree),
        _ => Err("there is one comparison: `cargo xtask bench rehearse`".into()),
    }
}

/// The verdict on a response, normal and hostile, by us and by xmlsec1.
fn rehearse(tree: &Tree) -> Result<ExitCode> {
    machine::set_up(machine::TO_BUILD)?;
    machine::set_up(machine::TO_TEST)?;
    face::build(tree)?;
    terminal::announce("Building with optimisation, which takes some minutes")?;
    process::run(&mut tree.cargo(&["bench", "--package", "acceptance", "--bench", "rehearse"]))?;
    Ok(ExitCode::SUCCESS)
}
