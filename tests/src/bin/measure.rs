//! Measures the cost of the window: the startup time and memory of the release build compared with
//! a minimal Tauri app, the cost of each change of view, and whether the message size stays
//! constant for long lists of people.
//!
//! `cargo xtask bench window` builds everything that this program needs and runs `measure WIZARD
//! MINIMAL`.

use std::{
    collections::BTreeMap,
    env, fs,
    io::{Write, stdout},
    path::{Path, PathBuf},
    process::ExitCode,
    time::{SystemTime, UNIX_EPOCH},
};

use acceptance::{
    Result,
    desktop::{Desktop, Keychain},
    gallery::{Gallery, GalleryBrowser, view_names},
    harness::Harness,
    wait::wait_until,
};
use nops_sso_practice::Switches;
use serde_json::{Value, json};
use session::action::PeopleAction;
use setup::Step;

/// The number of times that each program is started. The results are medians.
const STARTS: usize = 7;
/// The number of times that the page changes to each view and back.
const CHANGES: usize = 10;
/// Clock ticks per second in `/proc`, which is the same on every desktop Linux.
const TICKS: f64 = 100.0;

/// Returns the times of first paint and first use, in milliseconds after the program was started.
const MARKS: &str = "const [done] = arguments; \
    const look = () => { \
        const [paint] = performance.getEntriesByName('first-contentful-paint'); \
        const [usable] = performance.getEntriesByName('usable'); \
        if (!paint || !usable) return setTimeout(look, 20); \
        done([paint, usable].map((entry) => performance.timeOrigin + entry.startTime)); \
    }; look()";

const CHANGE: &str = "const [view, done] = arguments; \
    window.change(view).then(done, (problem) => done({ problem: String(problem) }))";

fn main() -> ExitCode {
    match measure() {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            // If stderr is closed, the exit code is the only way to report the problem.
            let _gone = writeln!(std::io::stderr(), "{problem}");
            ExitCode::FAILURE
        }
    }
}

fn measure() -> Result<()> {
    let programs: Vec<PathBuf> = env::args().skip(1).map(PathBuf::from).collect();
    let [wizard, minimal] = programs.as_slice() else {
        return Err("say which programs: the wizard, then the minimal one".into());
    };
    measure_start_times(wizard, minimal)?;
    changes()?;
    tokio::runtime::Runtime::new()?.block_on(many_people())
}

struct Start {
    /// The time until the first paint, in milliseconds.
    paint: f64,
    /// The time until the window is usable, in milliseconds.
    usable: f64,
    /// The memory of all processes of the program, in megabytes: private memory plus their share of
    /// shared memory.
    memory: f64,
}

/// Starts the two programs alternately, so that other load on the machine affects both equally.
fn measure_start_times(wizard: &Path, minimal: &Path) -> Result<()> {
    let (mut ours, mut least) = (Vec::new(), Vec::new());
    for _ in 0..STARTS {
        ours.push(start(wizard)?);
        least.push(start(minimal)?);
    }
    say(format_args!("{:<34} {:>10} {:>10} {:>7}", "", "wizard", "minimal", "ratio"))?;
    for (what, of) in [
        ("first paint, ms after the start", (|start: &Start| start.paint) as fn(&Start) -> f64),
        ("usable, ms after the start", |start| start.usable),
        ("memory of all processes, MB (PSS)", |start| start.memory),
    ] {
        row(what, median(ours.iter().map(of)), median(least.iter().map(of)))?;
    }
    let size = |program: &Path| -> Result<f64> { Ok(fs::metadata(program)?.len() as f64 / 1e6) };
    row("size of the program, MB", size(wizard)?, size(minimal)?)
}

fn row(what: &str, ours: f64, least: f64) -> Result<()> {
    say(format_args!("{what:<34} {ours:>10.1} {least:>10.1} {:>7.2}", ours / least))
}

fn start(program: &Path) -> Result<Start> {
    let program = program.canonicalize()?;
    let desktop = Desktop::start_program(program, Keychain::Unlocked, &[])?;
    let page = desktop.open()?;
    let marks: [f64; 2] = serde_json::from_value(page.run_async(MARKS, &[])?)?;
    let first = *desktop.processes()?.iter().min().ok_or("the program has ended")?;
    let began = process_start_time(first)?;
    let [paint, usable] = marks.map(|mark| mark - began);
    Ok(Start { paint, usable, memory: settled(first)? })
}

/// Returns the start time of a process, in milliseconds since 1970.
fn process_start_time(process: u32) -> Result<f64> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat"))?;
    // The process name may contain parentheses, so it ends at the last closing parenthesis.
    let (_, fields) = stat.rsplit_once(')').ok_or("unexpected format of /proc/PID/stat")?;
    let ticks: f64 =
        fields.split_whitespace().nth(19).ok_or("unexpected format of /proc/PID/stat")?.parse()?;
    let up: f64 = fs::read_to_string("/proc/uptime")?
        .split_whitespace()
        .next()
        .ok_or("unexpected format of /proc/uptime")?
        .parse()?;
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs_f64();
    Ok((now - (up - ticks / TICKS)) * 1000.0)
}

/// Returns the memory of the process and its children, after it stays within 1% between readings.
fn settled(process: u32) -> Result<f64> {
    let mut before = f64::MAX;
    wait_until("the memory to settle", || {
        let now = memory(process)?;
        let rests = (now - before).abs() < now / 100.0;
        before = now;
        Ok(rests.then_some(now))
    })
}

fn memory(process: u32) -> Result<f64> {
    let mut parents = BTreeMap::new();
    for entry in fs::read_dir("/proc")? {
        let folder = entry?.path();
        let id = folder.file_name().and_then(|name| name.to_str()?.parse::<u32>().ok());
        // A process that ends during the scan is skipped.
        let (Some(id), Ok(stat)) = (id, fs::read_to_string(folder.join("stat"))) else {
            continue;
        };
        let parent = stat
            .rsplit_once(')')
            .and_then(|(_, fields)| fields.split_whitespace().nth(1)?.parse::<u32>().ok());
        parents.insert(id, parent.ok_or("unexpected format of /proc/PID/stat")?);
    }
    let is_below = |id: u32| {
        std::iter::successors(Some(id), |id| parents.get(id).copied())
            .take(parents.len())
            .any(|above| above == process)
    };
    let mut kilobytes = 0.0;
    for id in parents.keys().copied().filter(|id| is_below(*id)) {
        let Ok(shares) = fs::read_to_string(format!("/proc/{id}/smaps_rollup")) else {
            continue;
        };
        let pss = shares.lines().find_map(|line| line.strip_prefix("Pss:"));
        let pss = pss.and_then(|pss| pss.trim().trim_end_matches(" kB").parse::<f64>().ok());
        kilobytes += pss.unwrap_or_default();
    }
    Ok(kilobytes / 1000.0)
}

/// Measures the cost of changing from step to step, using the gallery's views.
fn changes() -> Result<()> {
    let gallery = Gallery::serve()?;
    let mut browser = gallery.browser(1280, 840)?;
    say(format_args!(
        "\n{:<34} {:>7} {:>7} {:>7} {:>11}",
        "change of the page, in nodes", "before", "out", "in", "script, ms"
    ))?;
    let all = view_names()?;
    let steps = [
        "connect-done",
        "addresses-done",
        "application-done",
        "mappings-done",
        "dry-run-done",
        "details-done",
        "sign-in-tests-done",
        "people-many",
        "finish-open",
    ];
    for pair in steps.windows(2) {
        let [from, to] = pair else { continue };
        for view in pair {
            if !all.iter().any(|known| known == view) {
                return Err(format!("the gallery has no view {view}").into());
            }
        }
        change(&mut browser, from, to)?;
    }
    // This message doesn't change anything.
    change(&mut browser, "people-many", "people-many")
}

fn change(browser: &mut GalleryBrowser, from: &str, to: &str) -> Result<()> {
    browser.show(from, "light")?;
    let mut script = Vec::new();
    let mut first = None;
    for _ in 0..CHANGES {
        let there = counted(browser, to)?;
        script.push(number(&there, "script")?);
        first.get_or_insert(there);
        counted(browser, from)?;
    }
    let first = first.ok_or("no change")?;
    say(format_args!(
        "{:<34} {:>7} {:>7} {:>7} {:>11.1}",
        format!("{from} → {to}"),
        number(&first, "nodes")?,
        number(&first, "removed")?,
        number(&first, "added")?,
        script.iter().sum::<f64>() / script.len() as f64,
    ))
}

fn counted(browser: &GalleryBrowser, view: &str) -> Result<Value> {
    let counted = browser.await_answer(CHANGE, &[json!(view)])?;
    match counted.get("problem") {
        Some(problem) => Err(format!("{view}: {problem}").into()),
        None => Ok(counted),
    }
}

fn number(of: &Value, name: &str) -> Result<f64> {
    of[name].as_f64().ok_or_else(|| format!("no {name} in {of}").into())
}

/// Checks that the size of the messages sent to the window doesn't depend on the number of people.
async fn many_people() -> Result<()> {
    say(format_args!(
        "\n{:<34} {:>10} {:>10}",
        "messages to the window, bytes", "a view", "a page"
    ))?;
    for people in [10, 100, 10_000] {
        let rig = Harness::start(Switches::default()).await?;
        rig.go_to_step(Step::People).await?;
        let rows = (0..people).map(|at| format!("Ana,Person {at:05},ana{at:05}@example.com\n"));
        let csv = format!("First name,Last name,Email\n{}", rows.collect::<String>());
        rig.act(PeopleAction::AddPeople { csv }).await?;
        let page = rig.wizard.people(0, 25).await?;
        say(format_args!(
            "{:<34} {:>10} {:>10}",
            format!("{people} people"),
            serde_json::to_vec(&rig.view())?.len(),
            serde_json::to_vec(&page)?.len()
        ))?;
    }
    Ok(())
}

fn median(of: impl Iterator<Item = f64>) -> f64 {
    let mut all: Vec<f64> = of.collect();
    all.sort_by(f64::total_cmp);
    all[all.len() / 2]
}

fn say(line: std::fmt::Arguments<'_>) -> Result<()> {
    Ok(writeln!(stdout().lock(), "{line}")?)
}
