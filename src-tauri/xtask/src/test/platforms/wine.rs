//! Runs the tests for Windows under Wine.

use std::{path::Path, process::Command};

use super::super::run_and_count;
use crate::{
    Result, process, terminal,
    test_count::{self, TestCount},
};

/// The tests that can't pass under Wine, each with the reason.
const SKIPPED: &[(&str, &[&str])] = &[(
    "they run git or Cargo, which aren’t Windows programs here",
    &[
        "house::packages_use_only_allowed_dependencies",
        "house::pure_crates_do_no_io",
        "house::session_limits_blocking_work",
        "house::top_folder_has_only_known_entries",
        "house::ui_calls_backend_through_one_file",
        "labels::instructions_name_labels_of_one_site",
        "words::every_message_key_is_used",
    ],
)];

/// Builds the library of Windows that Wine 8 lacks.
pub fn build_library(source: &Path, folder: &Path) -> Result<()> {
    let mut compiler = Command::new("x86_64-w64-mingw32-gcc-posix");
    compiler.args(["-shared", "-O2", "-o"]).arg(folder.join("bcryptprimitives.dll")).arg(source);
    process::run(compiler.arg("-ladvapi32"))
}

/// Makes Cargo run Windows programs under Wine, with its own Windows folder. `built` has the
/// libraries that the programs need.
pub fn set_environment(cargo: &mut Command, folder: &Path, built: &Path) {
    let windows_path = |path: &Path| format!("Z:{}", path.display().to_string().replace('/', "\\"));
    cargo
        .env("CARGO_TARGET_X86_64_PC_WINDOWS_GNU_RUNNER", "env -u LD_LIBRARY_PATH wine")
        .env("WINEPREFIX", folder.join("wine"))
        .env("WINEDEBUG", "-all")
        .env("WINEPATH", format!("{};{}", windows_path(folder), windows_path(built)));
}

/// Runs the tests except those in [`SKIPPED`], and lists these. It is an error if one doesn't exist.
pub fn run(mut tests: Command) -> Result<TestCount> {
    tests.args(["--", "--exact"]);
    let mut missing = 0;
    for (reason, names) in SKIPPED {
        terminal::print_line(format_args!("Skipped: {reason}"))?;
        for name in *names {
            terminal::print_line(format_args!("  {name}"))?;
            tests.args(["--skip", name]);
            missing += 1;
        }
    }
    let count = run_and_count(tests, |line| {
        missing -= test_count::left_out(line).unwrap_or_default();
        test_count::cargo(line)
    })?;
    match missing {
        0 => Ok(count),
        _ => Err("the list of tests that Wine can’t run names tests that don’t exist".into()),
    }
}
