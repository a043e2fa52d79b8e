//! `cargo xtask fuzz`: the readers under libFuzzer, which follows the branches that a file takes.
//!
//! Coverage is compiled in by flags of the stable compiler; no other toolchain is needed. What libFuzzer finds is
//! kept in `target/fuzz`, so that the next run goes on where this one ended.

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

/// Compiled in for libFuzzer: which branches were taken, and what was compared on the way.
const FLAGS: &str = "-Cpasses=sancov-module \
    -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
    -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares";

const READERS: [&str; 8] =
    ["file", "response", "request", "link", "paste", "table", "people", "error"];

/// Seconds for each reader, unless told.
const SECONDS: u32 = 60;

/// Tries the named readers, or all, for so many seconds each.
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
    // With a target named, what runs while building is left as it is.
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

/// Did it hold?
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
        // A reader that needs longer, or more megabytes, is one that hangs or hoards.
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

/// The machine's own target, as the compiler names it.
fn host(tree: &Tree) -> Result<String> {
    let said = process::output(tree.cargo(&["--version", "--verbose"]).env_remove("RUSTFLAGS"));
    said.as_deref()
        .and_then(|said| said.lines().find_map(|line| line.strip_prefix("host: ")))
        .map(str::to_owned)
        .ok_or_else(|| "cargo does not say for which machine it builds".into())
}
