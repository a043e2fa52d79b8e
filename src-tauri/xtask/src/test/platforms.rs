//! Checks the workspace for Windows and macOS on a Debian machine: lints it for both, and runs its
//! tests for Windows under Wine.

mod toolchain;
mod wine;

use super::END_TO_END;
use crate::{
    Result,
    paths::SourceTree,
    prerequisites::{self, TO_CROSS_COMPILE},
    process, terminal,
    test_count::TestCount,
};
use toolchain::{MACOS, Toolchain, WINDOWS};

pub fn run(tree: &SourceTree) -> Result<TestCount> {
    prerequisites::set_up(&[TO_CROSS_COMPILE])?;
    let toolchain = Toolchain::install(tree)?;
    terminal::announce("Linting for macOS")?;
    process::run(&mut toolchain.workspace("check", MACOS, &["--all-targets"]))?;
    terminal::announce("Building with lints for Windows")?;
    process::run(&mut toolchain.workspace("build", WINDOWS, &["--all-targets"]))?;
    terminal::announce("Running the tests for Windows under Wine")?;
    // The end-to-end tests need a Linux desktop.
    wine::run(toolchain.workspace("test", WINDOWS, &["--exclude", END_TO_END, "--no-fail-fast"]))
}
