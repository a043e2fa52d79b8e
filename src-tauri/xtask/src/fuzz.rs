//! `cargo xtask fuzz`: runs the readers under libFuzzer, which is guided by branch coverage.
//!
//! Flags of the stable compiler add the coverage; no other toolchain is needed. libFuzzer's findings are
//! kept in `target/fuzz`, so the next run continues from them.

use std::{
    fs::{self, File},
    process::{Command, ExitCode},
};

use crate::{
    Result,
    paths::Tree,
    prerequisites, process,
    terminal::{self, announce},
};

/// Compiler flags that record branches and comparisons for libFuzzer.
const FLAGS: &str = "-Cpasses=sancov-module \
    -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
    -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares";

const READERS: [&str; 8] =
    ["file", "response", "request", "link", "paste", "table", "people", "error"];

/// The default time for each reader, in seconds.
const SECONDS: u32 = 60;

/// Fuzzes the named readers, or all, for the given number of seconds each.
pub fn fuzz(tree: &Tree, arguments: &[String]) -> Result<ExitCode> {
    let (numbers, named): (Vec<_>, Vec<_>) =
        arguments.iter().partition(|word| word.chars().all(|c| c.is_ascii_digit()));
    let seconds = match numbers.as_slice() {
        [] => SECONDS,
        [number] => number.parse().map_err(|_| format!("{number} seconds are too many"))?,
        _ => return Err("one number is enough: the seconds for each reader".into()),
    };
    if let Some(unknown) = named.iter().find(|name| !READERS.contains(&name.as_str())) {
        let known = READERS.join(", ");
        return Err(format!("there is no reader {unknown:?}; there are {known}").into());
    }
    let readers =
        READERS.iter().filter(|name| named.is_empty() || named.iter().any(|one| one == *name));

    if !cfg!(target_os = "linux") {
        return Err("libFuzzer is built in on Linux alone".into());
    }
    prerequisites::set_up(prerequisites::TO_BUILD)?;
    prerequisites::set_up(prerequisites::TO_TEST)?;
    announce("Building with coverage, which takes many minutes")?;
    let host = host(tree)?;
    // With an explicit target, the flags don't apply to build scripts and macros.
    process::run(
        tree.cargo(&["build", "--package", "acceptance", "--bin", "fuzz"])
            .args(["--features", "fuzz", "--profile", "fuzz", "--target", &host])
            .arg("--target-dir")
            .arg(tree.built("fuzz"))
            .env("RUSTFLAGS", FLAGS),
    )?;
    let program = format!("fuzz/{host}/fuzz/fuzz");

    let mut failed = Vec::new();
    for reader in readers {
        announce(format_args!("{reader}, {seconds} s"))?;
        if !run(tree, &program, reader, seconds)? {
            failed.push(*reader);
        }
    }
    if failed.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    let kept = tree.built("fuzz/found");
    Err(format!(
        "{} did not hold; the files that did it are in {}",
        failed.join(", "),
        kept.display()
    )
    .into())
}

/// Fuzzes one reader. Returns whether it passed.
fn run(tree: &Tree, program: &str, reader: &str, seconds: u32) -> Result<bool> {
    let folder = |name: &str| {
        let folder = tree.built(&format!("fuzz/{name}/{reader}"));
        fs::create_dir_all(&folder).map(|()| folder)
    };
    let (learned, seeds, found) = (folder("learned")?, folder("seeds")?, folder("found")?);
    let log = tree.built(&format!("fuzz/{reader}.log"));
    let status = Command::new(tree.built(program))
        .arg(format!("-max_total_time={seconds}"))
        .arg(format!("-artifact_prefix={}/", found.display()))
        // A reader that exceeds the time or memory limit hangs or leaks.
        .args(["-timeout=5", "-rss_limit_mb=1024", "-max_len=65536"])
        .arg("-print_final_stats=1")
        .args([&learned, &seeds])
        .env("READER", reader)
        .env("SEEDS", &seeds)
        .stderr(File::create(&log)?)
        .status()?;
    let said = fs::read(&log)?;
    let said = String::from_utf8_lossy(&said);
    if !said.contains("inline 8-bit counters") {
        return Err("this compiler builds no coverage in; a newer one does".into());
    }
    let number = |before: &str| {
        let line = said.lines().rev().find(|line| line.contains(before))?;
        let rest = line.split_once(before)?.1.trim_start();
        rest.split_whitespace().next().map(str::to_owned)
    };
    let shown = |before: &str| number(before).unwrap_or_else(|| "?".to_owned());
    terminal::say(format_args!(
        "{} files read, {} branches, {} files worth keeping, at most {} MB",
        shown("stat::number_of_executed_units:"),
        shown(" cov:"),
        fs::read_dir(&learned)?.count(),
        shown("stat::peak_rss_mb:"),
    ))?;
    if !status.success() {
        let last: Vec<&str> = said.lines().rev().take(30).collect();
        for line in last.iter().rev() {
            terminal::say(format_args!("  {line}"))?;
        }
    }
    Ok(status.success())
}

/// Returns the compiler's name for this machine's target.
fn host(tree: &Tree) -> Result<String> {
    let said = process::output(tree.cargo(&["--version", "--verbose"]).env_remove("RUSTFLAGS"));
    said.as_deref()
        .and_then(|said| said.lines().find_map(|line| line.strip_prefix("host: ")))
        .map(str::to_owned)
        .ok_or_else(|| "cargo does not say for which machine it builds".into())
}
