//! `cargo xtask test`: runs all tests, stage by stage.

mod peers;

pub use peers::python;

use std::{
    process::{Command, ExitCode},
    time::{Duration, Instant},
};

use crate::{
    Result, frontend,
    paths::Tree,
    prerequisites, process, terminal,
    test_count::{self, Count},
};

/// The features of the acceptance package for tests that need more than cargo.
pub const EVERYTHING: &str = "--features=acceptance/peers,acceptance/window";

struct Stage {
    name: &'static str,
    what: &'static str,
    run: fn(&Tree) -> Result<Count>,
}

const STAGES: &[Stage] = &[
    Stage { name: "format", what: "Formatting", run: format },
    Stage { name: "build", what: "Building everything", run: build },
    Stage { name: "lints", what: "Lints, warnings denied", run: lints },
    Stage { name: "rust", what: "Rust tests and journeys", run: rust },
    Stage { name: "types", what: "Types of the face", run: types },
    Stage { name: "face", what: "Tests of the face", run: face },
    Stage {
        name: "peers",
        what: "boto3, moto, botocore’s models, python3-saml and node-saml as judges",
        run: peers::run,
    },
    Stage {
        name: "gallery",
        what: "Every screen in the window’s engine, with axe-core as judge",
        run: gallery,
    },
    Stage { name: "window", what: "The built app in a real webview", run: window },
    Stage { name: "browser", what: "The built app beside a real browser", run: browser },
];

/// Runs only if it is named, because its tools have to be compiled.
const ON_DEMAND: Stage =
    Stage { name: "supply", what: "Licenses, sources and unused dependencies", run: supply };

/// Runs the named stages, or all. Stops at the first failure.
pub fn test(tree: &Tree, names: &[String]) -> Result<ExitCode> {
    let stages = || STAGES.iter().chain([&ON_DEMAND]);
    if let Some(unknown) = names.iter().find(|name| stages().all(|stage| stage.name != **name)) {
        let known: Vec<_> = stages().map(|stage| stage.name).collect();
        return Err(
            format!("there is no stage {unknown}; the stages are {}", known.join(", ")).into()
        );
    }
    let started = Instant::now();
    prerequisites::set_up(prerequisites::TO_BUILD)?;
    prerequisites::set_up(prerequisites::TO_DRAW)?;
    prerequisites::set_up(prerequisites::TO_TEST)?;
    frontend::build(tree)?;

    let mut rows = vec![Row { name: "setup", took: started.elapsed(), end: Ok(Count::default()) }];
    for stage in stages() {
        let is_named = names.iter().any(|name| name == stage.name);
        if !is_named && (!names.is_empty() || stage.name == ON_DEMAND.name) {
            continue;
        }
        terminal::announce(format_args!("{} ({})", stage.what, stage.name))?;
        let started = Instant::now();
        let end = (stage.run)(tree);
        let failed = end.is_err();
        rows.push(Row { name: stage.name, took: started.elapsed(), end });
        if failed {
            break;
        }
    }
    conclude(rows)
}

fn supply(tree: &Tree) -> Result<Count> {
    let tools = ["cargo-deny", "cargo-machete"];
    let missing: Vec<&str> = tools.into_iter().filter(|tool| !process::exists(tool)).collect();
    if !missing.is_empty() {
        let missing = missing.join(" ");
        return Err(format!("install the missing tools: cargo install --locked {missing}").into());
    }
    process::run(&mut tree.cargo(&["deny", "check", "bans", "licenses", "sources"]))?;
    process::run(&mut tree.cargo(&["machete"]))?;
    Ok(Count::default())
}

fn format(tree: &Tree) -> Result<Count> {
    process::run(&mut tree.cargo(&["fmt", "--all", "--check"]))?;
    process::run(&mut tree.npm(&["run", "--silent", "check:format"]))?;
    Ok(Count::default())
}

fn build(tree: &Tree) -> Result<Count> {
    process::run(&mut tree.cargo(&["build", "--workspace", "--all-targets", EVERYTHING]))?;
    Ok(Count::default())
}

fn lints(tree: &Tree) -> Result<Count> {
    let clippy = ["clippy", "--workspace", "--all-targets", EVERYTHING, "--", "-D", "warnings"];
    process::run(&mut tree.cargo(&clippy))?;
    Ok(Count::default())
}

fn rust(tree: &Tree) -> Result<Count> {
    counted(tree.cargo(&["test", "--workspace", "--no-fail-fast"]), test_count::cargo)
}

fn types(tree: &Tree) -> Result<Count> {
    process::run(&mut tree.npm(&["run", "--silent", "check"]))?;
    Ok(Count::default())
}

fn face(tree: &Tree) -> Result<Count> {
    frontend::write_views(tree)?;
    let mut all = counted(tree.npm(&["run", "--silent", "test"]), test_count::vitest)?;
    // Svelte reports fewer errors in production mode, so test that mode for views that can't be drawn
    // too.
    let mut built = tree.npm(&["run", "--silent", "test", "--", "src/robust.test.ts"]);
    built.env("NODE_ENV", "production");
    all += counted(built, test_count::vitest)?;
    Ok(all)
}

fn gallery(tree: &Tree) -> Result<Count> {
    frontend::build_gallery(tree)?;
    drawn(tree, "gallery")
}

fn window(tree: &Tree) -> Result<Count> {
    drawn(tree, "window")
}

fn browser(tree: &Tree) -> Result<Count> {
    let Some(browser) = prerequisites::browser()? else {
        terminal::say(
            "Skipped: this stage needs a browser that isn’t a snap. Install Chrome or Chromium with \
             chromedriver of the same version, or Firefox with geckodriver.",
        )?;
        return Ok(Count { skipped: 1, ..Count::default() });
    };
    let mut tests = drawing_tests(tree, "browser");
    tests.env("TEST_BROWSER", browser.program).env("TEST_WEBDRIVER", browser.driver);
    counted(tests, test_count::cargo)
}

/// Runs tests that need a screen.
fn drawn(tree: &Tree, tests: &str) -> Result<Count> {
    counted(drawing_tests(tree, tests), test_count::cargo)
}

fn drawing_tests(tree: &Tree, tests: &str) -> Command {
    tree.cargo(&["test", "--workspace", EVERYTHING, "--test", tests, "--no-fail-fast"])
}

/// Runs tests and counts them. It is an error if no tests ran.
fn counted(mut tests: Command, read: fn(&str) -> Option<Count>) -> Result<Count> {
    let mut counted = Count::default();
    let end = process::watch(&mut tests, |line| {
        if let Some(count) = read(line) {
            counted += count;
        }
    });
    match end {
        Err(problem) if counted.failed > 0 => {
            Err(format!("{} tests failed; {problem}", counted.failed).into())
        }
        Err(problem) => Err(problem),
        Ok(()) if counted.passed == 0 => Err("no test ran".into()),
        Ok(()) => Ok(counted),
    }
}

/// The result of a stage.
struct Row {
    name: &'static str,
    took: Duration,
    end: Result<Count>,
}

/// Prints how long each stage took and how many tests passed, or which stage failed.
fn conclude(rows: Vec<Row>) -> Result<ExitCode> {
    terminal::announce("Stages")?;
    for row in &rows {
        let verdict = if row.end.is_ok() { "" } else { "  failed" };
        terminal::say(format_args!("  {:<8}{:>8.1} s{verdict}", row.name, row.took.as_secs_f64()))?;
    }
    terminal::announce("Tests")?;
    let mut total = Count::default();
    for row in rows {
        let count = row.end.map_err(|problem| format!("Stopped at {}: {problem}", row.name))?;
        if count.skipped > 0 {
            terminal::say(format_args!("  {:<8} skipped", row.name))?;
        } else if count != Count::default() {
            terminal::say(format_args!("  {:<8}{:>8} passed", row.name, count.passed))?;
        }
        total += count;
    }
    let skipped = match total.skipped {
        0 => String::new(),
        stages => format!(", stages skipped: {stages}"),
    };
    terminal::say(format_args!("{} passed, {} failed{skipped}", total.passed, total.failed))?;
    Ok(ExitCode::SUCCESS)
}
