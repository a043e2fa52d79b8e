//! Random sequences of actions, faults, restarts and kills in practice mode, with invariants that
//! must always hold.
//!
//! `cargo xtask soak MINUTES` runs the sequences for a longer time. When a sequence fails, the
//! message contains the seed and the shortest failing sequence that was found. `MODEL_SEED` runs
//! that seed again. The core's own tests cover only changes, but with far more sequences.

mod base;
mod enforcement;
mod mistake_report;
mod session;

use std::{
    cell::{Cell, RefCell},
    collections::BTreeSet,
    env,
    ops::AddAssign,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use ::session::Action;
use acceptance::Result;
use proptest::{
    collection::vec,
    prelude::*,
    test_runner::{Config, RngAlgorithm, TestError, TestRng, TestRunner},
};
use tokio::runtime::{Handle, Runtime};

use base::ReadySetupFolder;

/// The number of seeds that run in parallel. In practice mode, sequences spend most of their time
/// waiting for AWS.
const SESSIONS: u64 = 8;
const ENFORCEMENTS: u64 = 2;
/// The number of sequences per seed in the short run. A longer run then continues with new seeds.
const SESSION_SEQUENCES: u32 = 5;
const ENFORCEMENT_SEQUENCES: u32 = 120;

/// The time limit for shrinking a failure.
const SHORTENING: Duration = Duration::from_secs(60);

static PANICS: AtomicU32 = AtomicU32::new(0);

/// Counts the actions and views in a run.
#[derive(Clone, Debug, Default)]
struct RunCounts {
    sequences: u32,
    actions: u32,
    faults: u32,
    restarts: u32,
    kills: u32,
    held: u32,
    records: usize,
    /// The number of views where *Enforce* was ready. `closed` is the number of all other views.
    open: u32,
    closed: u32,
    kinds: BTreeSet<String>,
}

impl RunCounts {
    /// Counts an action. Labels of actions contain no secrets.
    fn see(&mut self, action: &Action) {
        let shown = format!("{action:?}");
        self.kinds.insert(shown.split(['(', ' ', ')']).nth(1).unwrap_or_default().to_owned());
    }
}

impl AddAssign for RunCounts {
    fn add_assign(&mut self, other: Self) {
        self.sequences += other.sequences;
        self.actions += other.actions;
        self.faults += other.faults;
        self.restarts += other.restarts;
        self.kills += other.kills;
        self.held += other.held;
        self.records += other.records;
        self.open += other.open;
        self.closed += other.closed;
        self.kinds.extend(other.kinds);
    }
}

#[test]
fn random_sequences_never_lose_or_repeat_changes() -> Result<()> {
    let all = run(SESSIONS, |base, runtime, seed| {
        let strategy = vec(session::step(), 1..24);
        sequences(seed, SESSION_SEQUENCES, &strategy, |steps, tally| {
            runtime.block_on(session::run(base, steps, tally))
        })
    })?;
    if chosen_seed()?.is_none() {
        assert!(all.faults > 0 && all.kills > 0 && all.held > 0 && all.records > 0, "{all:?}");
        assert!(all.kinds.len() >= 45, "{:?}", all.kinds);
    }
    Ok(())
}

#[test]
fn enforce_is_never_ready_despite_known_problems() -> Result<()> {
    let all = run(ENFORCEMENTS, |base, runtime, seed| {
        let strategy = vec(enforcement::step(), 1..16);
        sequences(seed, ENFORCEMENT_SEQUENCES, &strategy, |steps, tally| {
            runtime.block_on(async {
                let mut scene = enforcement::EnforcementScene::start(base).await?;
                for step in steps {
                    scene.take(step, tally).await?;
                }
                tally.open += scene.was_open;
                tally.closed += scene.was_closed;
                Ok(())
            })
        })
    })?;
    assert!(all.open > all.sequences && all.closed > all.sequences, "{all:?}");
    Ok(())
}

/// Returns the only seed to run, if one is set. A single seed doesn't cover all actions and faults.
fn chosen_seed() -> Result<Option<u64>> {
    Ok(env::var("MODEL_SEED").ok().map(|text| text.parse()).transpose()?)
}

/// Runs seeds in parallel, each on a separate thread. Runs them once, or repeatedly for
/// `SOAK_SECONDS`.
#[expect(clippy::print_stdout, reason = "a long run prints how much it tried")]
fn run(
    run_concurrently: u64,
    try_seed: impl Fn(&Arc<ReadySetupFolder>, &Handle, u64) -> std::result::Result<RunCounts, String>
    + Sync,
) -> Result<RunCounts> {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        PANICS.fetch_add(1, Ordering::Relaxed);
        usual(panic);
    }));
    let seconds: Option<u64> =
        env::var("SOAK_SECONDS").ok().map(|text| text.parse()).transpose()?;
    let end = seconds.map(|seconds| Instant::now() + Duration::from_secs(seconds));
    let runtime = Runtime::new()?;
    let base = runtime.block_on(ReadySetupFolder::make())?;
    let try_seeds = |first: u64| {
        let mut tally = RunCounts::default();
        let mut seed = first;
        loop {
            tally += try_seed(&base, runtime.handle(), seed)
                .map_err(|problem| format!("MODEL_SEED={seed}: {problem}"))?;
            seed += run_concurrently;
            if end.is_none_or(|end| Instant::now() > end) {
                return Ok::<_, String>(tally);
            }
        }
    };
    let firsts = match chosen_seed()? {
        Some(seed) => seed..seed + 1,
        None => 0..run_concurrently,
    };
    let started = Instant::now();
    let all = thread::scope(|threads| {
        let running: Vec<_> = firsts.map(|first| threads.spawn(move || try_seeds(first))).collect();
        let mut all = RunCounts::default();
        for thread in running {
            all += thread.join().map_err(|_| "a thread panicked".to_owned())??;
        }
        Ok::<_, String>(all)
    })?;
    println!("{:.1} s: {all:?}", started.elapsed().as_secs_f64());
    assert_eq!(PANICS.load(Ordering::Relaxed), 0, "a panic occurred");
    Ok(all)
}

/// Runs all sequences of a seed and shrinks the first sequence that fails.
fn sequences<S: std::fmt::Debug>(
    seed: u64,
    count: u32,
    strategy: &impl Strategy<Value = Vec<S>>,
    live: impl Fn(&[S], &mut RunCounts) -> Result<()>,
) -> std::result::Result<RunCounts, String> {
    let config = Config {
        cases: count,
        failure_persistence: None,
        max_shrink_iters: 2_000,
        ..Config::default()
    };
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let all = RefCell::new(RunCounts::default());
    let failed: Cell<Option<Instant>> = Cell::default();
    let tried = TestRunner::new_with_rng(config, rng).run(strategy, |steps| {
        // Shrinking stops after the time limit.
        if failed.get().is_some_and(|failed| failed.elapsed() > SHORTENING) {
            return Ok(());
        }
        let mut tally = RunCounts { sequences: 1, ..RunCounts::default() };
        let lived = catch_unwind(AssertUnwindSafe(|| live(&steps, &mut tally)));
        *all.borrow_mut() += tally;
        lived.unwrap_or_else(|_| Err("it panicked".into())).map_err(|problem| {
            failed.set(failed.get().or_else(|| Some(Instant::now())));
            TestCaseError::fail(problem.to_string())
        })
    });
    match tried {
        Ok(()) => Ok(all.into_inner()),
        Err(TestError::Fail(reason, steps)) => Err(format!("{reason}\nafter {steps:#?}")),
        Err(TestError::Abort(reason)) => Err(reason.to_string()),
    }
}
