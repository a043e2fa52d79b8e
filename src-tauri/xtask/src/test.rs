//! `cargo xtask test`: runs all tests, stage by stage.

mod package;
mod peers;
mod platforms;

pub use peers::python;

use std::{
    process::Command,
    time::{Duration, Instant},
};

use crate::{
    Result, frontend,
    paths::SourceTree,
    prerequisites::{self, TO_DRAW, TO_TEST},
    process, terminal,
    test_count::{self, TestCount},
};

/// The package of the tests that need more than cargo.
const END_TO_END: &str = "end-to-end";

/// A stage's name, title and work.
type TestStage = (&'static str, &'static str, fn(&SourceTree) -> Result<TestCount>);

const STAGES: &[TestStage] = &[
    ("format", "Formatting", format),
    ("build", "Building everything with lints, warnings denied", build),
    ("rust", "Rust tests and journeys", rust),
    ("types", "Types of the UI", types),
    ("face", "Tests of the UI", face),
    (
        "peers",
        "Comparison with boto3, moto, botocore’s models, python3-saml and node-saml",
        peers::run,
    ),
    ("gallery", "Every screen in the window’s engine, checked with axe-core", gallery),
    ("window", "The built app in a real webview", window),
    ("browser", "The built app beside a real browser", browser),
    ("supply", "Licenses, sources and unused dependencies", supply),
    ("platforms", "Lints for Windows and macOS, and tests under Wine", platforms::run),
    ("package", "The Debian package in a clean Debian system", package::run),
];

/// The stages that run only when named in the arguments. The tools of `supply` and `platforms` have
/// to be compiled, and `package` needs root and a release build.
const ON_DEMAND: [&str; 3] = ["supply", "platforms", "package"];

/// Runs the named stages, or all. Stops at the first failure.
pub fn test(tree: &SourceTree, names: &[String]) -> Result<()> {
    if let Some(unknown) = names.iter().find(|name| STAGES.iter().all(|(stage, ..)| stage != name))
    {
        let known = STAGES.iter().map(|(stage, ..)| *stage).collect::<Vec<_>>().join(", ");
        return Err(format!("there is no stage {unknown}; the stages are {known}").into());
    }
    let started = Instant::now();
    prerequisites::set_up(&[TO_DRAW, TO_TEST])?;
    frontend::build(tree)?;

    let mut rows = vec![("setup", started.elapsed(), Ok(TestCount::default()))];
    let is_chosen = |(stage, ..): &&TestStage| match names {
        [] => !ON_DEMAND.contains(stage),
        _ => names.iter().any(|name| name == stage),
    };
    for (name, title, run) in STAGES.iter().filter(is_chosen) {
        terminal::announce(format_args!("{title} ({name})"))?;
        let started = Instant::now();
        let result = run(tree);
        let failed = result.is_err();
        rows.push((*name, started.elapsed(), result));
        if failed {
            break;
        }
    }
    summarize(rows)
}

fn supply(tree: &SourceTree) -> Result<TestCount> {
    let mut missing = vec!["cargo-deny", "cargo-machete"];
    missing.retain(|tool| !process::is_on_search_path(tool));
    if !missing.is_empty() {
        let missing = missing.join(" ");
        return Err(format!("install the missing tools: cargo install --locked {missing}").into());
    }
    tree.run_cargo(&["deny", "check", "bans", "licenses", "sources"])?;
    uncounted(tree.run_cargo(&["machete"]))
}

fn format(tree: &SourceTree) -> Result<TestCount> {
    tree.run_cargo(&["fmt", "--all", "--check"])?;
    uncounted(tree.run_npm("check:format"))
}

fn build(tree: &SourceTree) -> Result<TestCount> {
    uncounted(tree.run_cargo(&["build", "--workspace", "--all-targets"]))
}

fn types(tree: &SourceTree) -> Result<TestCount> {
    uncounted(tree.run_npm("check"))
}

/// Wraps the result of a check that has no tests to count.
fn uncounted(result: Result<()>) -> Result<TestCount> {
    result.map(|()| TestCount::default())
}

fn rust(tree: &SourceTree) -> Result<TestCount> {
    let tests = ["test", "--workspace", "--exclude", END_TO_END, "--no-fail-fast"];
    run_and_count(tree.cargo(&tests), test_count::cargo)
}

fn face(tree: &SourceTree) -> Result<TestCount> {
    frontend::write_views(tree)?;
    let mut all = run_and_count(tree.npm(&["run", "--silent", "test"]), test_count::vitest)?;
    // Svelte reports fewer errors in production mode, so test the drawing of unexpected views in
    // that mode too.
    let mut built = tree.npm(&["run", "--silent", "test", "--", "src/robust.test.ts"]);
    built.env("NODE_ENV", "production");
    all += run_and_count(built, test_count::vitest)?;
    Ok(all)
}

fn gallery(tree: &SourceTree) -> Result<TestCount> {
    frontend::build_gallery(tree)?;
    run_and_count(drawing_tests(tree, "gallery"), test_count::cargo)
}

fn window(tree: &SourceTree) -> Result<TestCount> {
    build_app(tree)?;
    run_and_count(drawing_tests(tree, "window"), test_count::cargo)
}

fn browser(tree: &SourceTree) -> Result<TestCount> {
    let Some(browser) = prerequisites::browser()? else {
        terminal::print_line(
            "Skipped: this stage needs a browser that isn’t a snap. Install Chrome or Chromium with \
             chromedriver of the same version, or Firefox with geckodriver.",
        )?;
        return Ok(TestCount { skipped: 1, ..TestCount::default() });
    };
    build_app(tree)?;
    let mut tests = drawing_tests(tree, "browser");
    tests.env("TEST_BROWSER", browser.program).env("TEST_WEBDRIVER", browser.driver);
    run_and_count(tests, test_count::cargo)
}

/// Builds the app that a test opens. Cargo doesn't build it for a test in another package.
fn build_app(tree: &SourceTree) -> Result<()> {
    tree.run_cargo(&["build", "--workspace", "--bin", "nops-sso-setup"])
}

/// Returns the command for tests that need a screen.
fn drawing_tests(tree: &SourceTree, tests: &str) -> Command {
    tree.cargo(&["test", "--workspace", "--test", tests, "--no-fail-fast"])
}

/// Runs tests and counts them. It is an error if no tests ran.
fn run_and_count(
    mut tests: Command,
    mut read: impl FnMut(&str) -> Option<TestCount>,
) -> Result<TestCount> {
    let mut count = TestCount::default();
    let result =
        process::run_and_read_lines(&mut tests, |line| count += read(line).unwrap_or_default());
    match result {
        Err(problem) if count.failed > 0 => {
            Err(format!("{} tests failed; {problem}", count.failed).into())
        }
        Err(problem) => Err(problem),
        Ok(()) if count.passed == 0 => Err("no test ran".into()),
        Ok(()) => Ok(count),
    }
}

/// Prints how long each stage took and how many tests passed, or which stage failed.
fn summarize(rows: Vec<(&str, Duration, Result<TestCount>)>) -> Result<()> {
    terminal::announce("Stages")?;
    for (name, took, result) in &rows {
        let failed = if result.is_ok() { "" } else { "  failed" };
        terminal::print_line(format_args!("  {name:<8}{:>8.1} s{failed}", took.as_secs_f64()))?;
    }
    terminal::announce("Tests")?;
    let mut total = TestCount::default();
    for (name, _, result) in rows {
        let count = result.map_err(|problem| format!("Stopped at {name}: {problem}"))?;
        if count.skipped > 0 {
            terminal::print_line(format_args!("  {name:<8} skipped"))?;
        } else if count != TestCount::default() {
            terminal::print_line(format_args!("  {name:<8}{:>8} passed", count.passed))?;
        }
        total += count;
    }
    let skipped = match total.skipped {
        0 => String::new(),
        stages => format!(", stages skipped: {stages}"),
    };
    terminal::print_line(format_args!(
        "{} passed, {} failed{skipped}",
        total.passed, total.failed
    ))?;
    Ok(())
}
