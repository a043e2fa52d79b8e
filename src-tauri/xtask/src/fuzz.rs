//! `cargo xtask fuzz`: runs the readers under libFuzzer, which is guided by branch coverage.
//!
//! The stable compiler's flags add the coverage, so no other toolchain is needed. libFuzzer's
//! findings are kept in `target/fuzz`, so the next run continues from them.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    Result,
    paths::SourceTree,
    prerequisites, process,
    terminal::{announce, print_line},
};

/// Compiler flags that record branches and comparisons for libFuzzer.
const FLAGS: &str = "-Cpasses=sancov-module \
    -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
    -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares";

const READERS: [&str; 10] = [
    "file",
    "response",
    "recording",
    "request",
    "link",
    "paste",
    "table",
    "people",
    "error",
    "handover",
];

/// The default time for each reader, in seconds.
const SECONDS: u32 = 60;

/// Fuzzes the named readers, or all, for the given number of seconds each.
pub fn fuzz(tree: &SourceTree, arguments: &[String]) -> Result<()> {
    let (numbers, names): (Vec<_>, Vec<_>) =
        arguments.iter().partition(|word| word.chars().all(|c| c.is_ascii_digit()));
    let seconds = match numbers.as_slice() {
        [] => SECONDS,
        [number] => number.parse().map_err(|_| format!("{number} seconds are too many"))?,
        _ => return Err("one number is enough: the seconds for each reader".into()),
    };
    if let Some(unknown) = names.iter().find(|name| !READERS.contains(&name.as_str())) {
        let known = READERS.join(", ");
        return Err(format!("there is no reader {unknown:?}; there are {known}").into());
    }
    if !cfg!(target_os = "linux") {
        return Err("libFuzzer is built in on Linux alone".into());
    }
    prerequisites::set_up(&[prerequisites::TO_TEST])?;
    let program = build(tree)?;

    let mut failed = Vec::new();
    for reader in READERS {
        if (names.is_empty() || names.iter().any(|name| *name == reader))
            && !run(tree, &program, reader, seconds)?
        {
            failed.push(reader);
        }
    }
    if failed.is_empty() {
        return Ok(());
    }
    let found = tree.built("fuzz/found");
    let failed = failed.join(", ");
    Err(format!("{failed} failed; the input files are in {}", found.display()).into())
}

/// Builds the fuzzer with coverage and returns its program.
fn build(tree: &SourceTree) -> Result<PathBuf> {
    announce("Building with coverage, which takes many minutes")?;
    let version = process::output(tree.cargo(&["--version", "--verbose"]).env_remove("RUSTFLAGS"));
    let version = version.unwrap_or_default();
    let host = version
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .ok_or("cargo didn't report the target it builds for")?;
    // With an explicit target, the flags don't apply to build scripts and macros.
    process::run(
        tree.cargo(&["build", "--package", "acceptance", "--bin", "fuzz"])
            .args(["--features", "fuzz", "--profile", "fuzz", "--target", host])
            .arg("--target-dir")
            .arg(tree.built("fuzz"))
            .env("RUSTFLAGS", FLAGS),
    )?;
    Ok(tree.built(&format!("fuzz/{host}/fuzz/fuzz")))
}

/// Fuzzes one reader. Returns whether it passed.
fn run(tree: &SourceTree, program: &Path, reader: &str, seconds: u32) -> Result<bool> {
    announce(format_args!("{reader}, {seconds} s"))?;
    let folder = |name: &str| {
        let folder = tree.built(&format!("fuzz/{name}/{reader}"));
        fs::create_dir_all(&folder).map(|()| folder)
    };
    let (learned, seeds, found) = (folder("learned")?, folder("seeds")?, folder("found")?);
    let log = tree.built(&format!("fuzz/{reader}.log"));
    let status = Command::new(program)
        .arg(format!("-max_total_time={seconds}"))
        .arg(format!("-artifact_prefix={}/", found.display()))
        // A reader that exceeds the time or memory limit counts as failed: it hangs or leaks
        // memory.
        .args(["-timeout=5", "-rss_limit_mb=1024", "-max_len=65536"])
        .arg("-print_final_stats=1")
        .args([&learned, &seeds])
        .env("READER", reader)
        .env("SEEDS", &seeds)
        .stderr(File::create(&log)?)
        .status()?;
    let output = fs::read(&log)?;
    let output = String::from_utf8_lossy(&output);
    if !output.contains("inline 8-bit counters") {
        return Err("this compiler builds no coverage in; a newer one does".into());
    }
    let number = |label: &str| {
        let (_, rest) = output.rsplit_once(label).unwrap_or(("", "?"));
        rest.split_whitespace().next().unwrap_or("?").to_owned()
    };
    print_line(format_args!(
        "{} files read, {} branches, {} files worth keeping, at most {} MB",
        number("stat::number_of_executed_units:"),
        number(" cov:"),
        fs::read_dir(&learned)?.count(),
        number("stat::peak_rss_mb:"),
    ))?;
    if !status.success() {
        let lines: Vec<&str> = output.lines().collect();
        for line in &lines[lines.len().saturating_sub(30)..] {
            print_line(format_args!("  {line}"))?;
        }
    }
    Ok(status.success())
}
