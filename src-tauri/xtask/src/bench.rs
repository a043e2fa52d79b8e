//! `cargo xtask bench`: compares the built app with other programs. Reports ratios, because times
//! depend on the machine.

use std::process::Command;

use crate::{
    Result, frontend,
    paths::SourceTree,
    prerequisites::{TO_COMPARE, TO_DRAW, TO_TEST, set_up},
    process, terminal, test,
};

type Benchmark = fn(&SourceTree) -> Result<()>;

const BENCHMARKS: [(&str, Benchmark); 4] =
    [("people", people), ("readers", readers), ("dry-run", dry_run), ("window", window)];

/// Runs the named benchmark: `people`, `readers`, `dry-run` or `window`.
pub fn bench(tree: &SourceTree, arguments: &[String]) -> Result<()> {
    let is_named = |(name, _): &&(&str, _)| arguments == [*name];
    let (_, run) = BENCHMARKS.iter().find(is_named).ok_or(
        "the comparisons are `cargo xtask bench people`, `… readers`, `… dry-run` and `… window`",
    )?;
    set_up(&[TO_TEST, TO_COMPARE])?;
    frontend::build(tree)?;
    run(tree)
}

/// Adds 2,000 people in practice mode, with this app and with a boto3 script.
fn people(tree: &SourceTree) -> Result<()> {
    let python = test::python(tree)?;
    build_release(tree)?;
    terminal::announce("Adding people, which takes some minutes at 20 calls a second")?;
    process::run(
        Command::new(python)
            .arg("-u")
            .arg(tree.path("tests/peers/bench_people.py"))
            .arg(tree.built("release/nops-sso-setup")),
    )
}

/// Reads normal and garbage input with this app, openssl, xmllint and Python.
fn readers(tree: &SourceTree) -> Result<()> {
    compiled(tree, "readers")
}

/// Checks normal and hostile responses with this app and with xmlsec1.
fn dry_run(tree: &SourceTree) -> Result<()> {
    compiled(tree, "dry_run")
}

fn compiled(tree: &SourceTree, bench: &str) -> Result<()> {
    terminal::announce("Building with optimization, which takes some minutes")?;
    tree.run_cargo(&["bench", "--package", "acceptance", "--bench", bench])
}

/// Compares the release build with a minimal Tauri app, and measures the cost of a page change.
fn window(tree: &SourceTree) -> Result<()> {
    set_up(&[TO_DRAW])?;
    frontend::build_gallery(tree)?;
    build_release(tree)?;
    tree.run_cargo(&["build", "--workspace", "--bin", "measure"])?;
    terminal::announce("Measuring, which takes some minutes")?;
    process::run(
        Command::new(tree.program("measure"))
            .arg(tree.built("release/nops-sso-setup"))
            .arg(tree.built("release/examples/minimal")),
    )
}

/// Builds the app's release build and the minimal Tauri app.
fn build_release(tree: &SourceTree) -> Result<()> {
    terminal::announce("Building the release, which takes many minutes")?;
    let build = ["build", "--release", "--workspace"];
    let programs = ["--bin", "nops-sso-setup", "--example", "minimal"];
    process::run(tree.cargo(&build).args(programs))
}
