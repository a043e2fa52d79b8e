//! `cargo xtask bench`: compares the built app with other programs, as ratios instead of times on this
//! machine.

use std::process::{Command, ExitCode};

use crate::{Result, frontend, paths::Tree, prerequisites, process, terminal, test};

/// Runs the named benchmark: `people`, `readers`, `dry-run` or `window`.
pub fn bench(tree: &Tree, arguments: &[String]) -> Result<ExitCode> {
    match arguments {
        [what] if what == "people" => people(tree),
        [what] if what == "readers" => readers(tree),
        [what] if what == "dry-run" => dry_run(tree),
        [what] if what == "window" => window(tree),
        _ => Err(
            "the comparisons are `cargo xtask bench people`, `… readers`, `… dry-run` and `… window`".into(),
        ),
    }
}

/// Adds 2,000 people in practice mode, with this app and with a boto3 script.
fn people(tree: &Tree) -> Result<ExitCode> {
    set_up(tree)?;
    let python = test::python(tree)?;
    release(tree)?;
    terminal::announce("Bringing people in, which takes some minutes at 20 calls a second")?;
    process::run(
        Command::new(python)
            .arg("-u")
            .arg(tree.path("tests/peers/bench_people.py"))
            .arg(tree.built("release/nops-sso-setup")),
    )?;
    Ok(ExitCode::SUCCESS)
}

/// Reads normal and garbage input with this app and with openssl, xmllint and Python.
fn readers(tree: &Tree) -> Result<ExitCode> {
    set_up(tree)?;
    compiled(tree, "readers")
}

/// Checks normal and hostile responses with this app and with xmlsec1.
fn dry_run(tree: &Tree) -> Result<ExitCode> {
    set_up(tree)?;
    compiled(tree, "dry_run")
}

fn compiled(tree: &Tree, bench: &str) -> Result<ExitCode> {
    terminal::announce("Building with optimisation, which takes some minutes")?;
    process::run(&mut tree.cargo(&["bench", "--package", "acceptance", "--bench", bench]))?;
    Ok(ExitCode::SUCCESS)
}

/// Compares the release with a minimal Tauri app, and measures what a change of the page costs.
fn window(tree: &Tree) -> Result<ExitCode> {
    set_up(tree)?;
    prerequisites::set_up(prerequisites::TO_DRAW)?;
    frontend::build_gallery(tree)?;
    release(tree)?;
    process::run(&mut tree.cargo(&["build", "--workspace", test::EVERYTHING, "--bin", "measure"]))?;

    terminal::announce("Measuring, which takes some minutes")?;
    process::run(
        Command::new(tree.program("measure"))
            .arg(tree.built("release/nops-sso-setup"))
            .arg(tree.built("release/examples/minimal")),
    )?;
    Ok(ExitCode::SUCCESS)
}

/// Builds the release and the minimal Tauri app.
fn release(tree: &Tree) -> Result<()> {
    terminal::announce("Building the release, which takes many minutes")?;
    let release = ["build", "--release", "--workspace"];
    let programs = ["--bin", "nops-sso-setup", "--example", "minimal"];
    process::run(tree.cargo(&release).args(programs))
}

fn set_up(tree: &Tree) -> Result<()> {
    prerequisites::set_up(prerequisites::TO_BUILD)?;
    prerequisites::set_up(prerequisites::TO_TEST)?;
    prerequisites::set_up(prerequisites::TO_COMPARE)?;
    frontend::build(tree)
}
