//! `cargo xtask bench`: how the built app compares, in ratios rather than in seconds of this machine.

use std::process::{Command, ExitCode};

use crate::{Result, face, machine, process, terminal, test, tree::Tree};

/// Runs the named comparison: `people` or `rehearse`.
pub fn bench(tree: &Tree, arguments: &[String]) -> Result<ExitCode> {
    match arguments {
        [what] if what == "people" => people(tree),
        [what] if what == "rehearse" => rehearse(tree),
        _ => Err("the comparisons are `cargo xtask bench people` and `… rehearse`".into()),
    }
}

/// 2,000 people brought into practice, by us and by a script of boto3.
fn people(tree: &Tree) -> Result<ExitCode> {
    set_up(tree)?;
    let python = test::python(tree)?;
    terminal::announce("Building the wizard")?;
    process::run(&mut tree.cargo(&["build", "--workspace", "--bin", "nops-sso-setup"]))?;

    terminal::announce("Bringing people in, which takes some minutes at 20 calls a second")?;
    process::run(
        Command::new(python)
            .arg("-u")
            .arg(tree.path("tests/peers/bench_people.py"))
            .arg(tree.program("nops-sso-setup")),
    )?;
    Ok(ExitCode::SUCCESS)
}

/// The verdict on a response, normal and hostile, by us and by xmlsec1.
fn rehearse(tree: &Tree) -> Result<ExitCode> {
    set_up(tree)?;
    terminal::announce("Building with optimisation, which takes some minutes")?;
    process::run(&mut tree.cargo(&["bench", "--package", "acceptance", "--bench", "rehearse"]))?;
    Ok(ExitCode::SUCCESS)
}

fn set_up(tree: &Tree) -> Result<()> {
    machine::set_up(machine::TO_BUILD)?;
    machine::set_up(machine::TO_TEST)?;
    face::build(tree)
}
