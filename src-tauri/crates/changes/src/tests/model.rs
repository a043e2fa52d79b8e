//! Model test: runs random sequences of changes, faults, crashes and changes by other people, and
//! checks invariants after each step.
//!
//! A failure reports its seed and the shortest sequence that still fails. `MODEL_SEED` reruns one
//! seed. `SOAK_SECONDS` tries new seeds for that many seconds.

mod others;
mod scene;

use std::{
    cell::RefCell,
    env,
    ops::AddAssign,
    panic::{AssertUnwindSafe, catch_unwind},
    time::{Duration, Instant},
};

use proptest::{
    collection::vec,
    prelude::*,
    sample::Index,
    test_runner::{Config, RngAlgorithm, TestError, TestRng, TestRunner},
};

use super::*;
use others::ForeignChange;
use scene::ModelScene;

/// The number of sequences per seed.
const SEQUENCES: u32 = 250;
/// The number of seeds if `SOAK_SECONDS` isn't set.
const SEEDS: u64 = 12;

#[derive(Clone, Debug)]
enum Step {
    /// Lists the resources in AWS and plans for some of the people. Each bit is an index into
    /// `NAMES`.
    Plan(u8),
    Apply,
    Undo(UncertainResources),
    Assign,
    Unassign,
    Reconcile,
    MarkUnknown(Index),
    Others(ForeignChange),
    /// Another administrator makes the change whose response was lost most recently.
    SameByOthers,
    /// Makes the nth write from now fail.
    Trouble(u32, WriteFault),
    /// Sets or removes the error that AWS returns instead of assignments.
    HideAssignments(Option<AwsError>),
    HideAccounts,
    ShowAccounts,
    /// Fills the disk when the next run reads the clock for the nth time.
    FillDisk(usize),
    /// Ends the process after the next run was polled this many times, possibly in the middle of a
    /// line.
    Crash {
        polls: usize,
        torn: usize,
    },
    /// Leaves the next run unfinished after this many polls, because AWS is slow to respond.
    Hold(usize),
    /// Lets AWS respond to the unfinished run.
    Release,
    Close,
    Open,
    /// Lets another program write to the change history.
    Foreign,
}

fn step_strategy() -> impl Strategy<Value = Step> {
    let uncertain = prop_oneof![Just(UncertainResources::Leave), Just(UncertainResources::Undo)];
    let unseen = prop_oneof![
        Just(None),
        Just(Some(AwsError::Denied { action: "sso:ListApplicationAssignments".to_owned() })),
        Just(Some(AwsError::Throttled)),
    ];
    prop_oneof![
        6 => any::<u8>().prop_map(Step::Plan),
        8 => Just(Step::Apply),
        4 => uncertain.prop_map(Step::Undo),
        3 => Just(Step::Assign),
        2 => Just(Step::Unassign),
        2 => Just(Step::Reconcile),
        1 => any::<Index>().prop_map(Step::MarkUnknown),
        5 => others::strategy().prop_map(Step::Others),
        2 => Just(Step::SameByOthers),
        5 => (1..6_u32, write_fault_strategy()).prop_map(|(nth, trouble)| Step::Trouble(nth, trouble)),
        2 => unseen.prop_map(Step::HideAssignments),
        1 => Just(Step::HideAccounts),
        1 => Just(Step::ShowAccounts),
        1 => (1..12_usize).prop_map(Step::FillDisk),
        4 => (0..25_usize, 0..200_usize).prop_map(|(polls, torn)| Step::Crash { polls, torn }),
        4 => (1..25_usize).prop_map(Step::Hold),
        2 => Just(Step::Release),
        2 => Just(Step::Close),
        2 => Just(Step::Open),
        1 => Just(Step::Foreign),
    ]
}

/// Generates one step or, sometimes, several steps that lead to an uncertain change.
fn steps() -> impl Strategy<Value = Vec<Step>> {
    let change = prop_oneof![Just(Step::Apply), Just(Step::Assign)];
    let uncertain = prop_oneof![Just(UncertainResources::Leave), Just(UncertainResources::Undo)];
    let uncertain_change = (1..4_u32, change, uncertain).prop_map(|(nth, change, uncertain)| {
        let lost = Step::Trouble(nth, WriteFault::LostRequest);
        vec![Step::Plan(u8::MAX), lost, change, Step::SameByOthers, Step::Undo(uncertain)]
    });
    prop_oneof![30 => step_strategy().prop_map(|step| vec![step]), 1 => uncertain_change]
}

fn write_fault_strategy() -> impl Strategy<Value = WriteFault> {
    prop_oneof![
        3 => Just(WriteFault::LostRequest),
        3 => Just(WriteFault::LostAnswer),
        1 => Just(WriteFault::Refused(AwsError::Throttled)),
        1 => Just(WriteFault::Refused(AwsError::Denied { action: "identitystore:CreateUser".to_owned() })),
        1 => Just(WriteFault::Refused(AwsError::Validation { message: "displayName".to_owned() })),
    ]
}

/// Counts what the sequences covered.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct SequenceCounts {
    sequences: u32,
    steps: u32,
    runs: u32,
    faults: u32,
    crashes: u32,
    held: u32,
    records: usize,
}

impl AddAssign for SequenceCounts {
    fn add_assign(&mut self, other: Self) {
        self.sequences += other.sequences;
        self.steps += other.steps;
        self.runs += other.runs;
        self.faults += other.faults;
        self.crashes += other.crashes;
        self.held += other.held;
        self.records += other.records;
    }
}

#[test]
#[expect(clippy::print_stdout, reason = "a soak run prints what it covered")]
fn changes_hold_whatever_happens() {
    let seed = env::var("MODEL_SEED").ok().map(|seed| seed.parse::<u64>().unwrap());
    let seconds = env::var("SOAK_SECONDS").ok().map(|seconds| seconds.parse::<u64>().unwrap());
    let end = seconds.map(|seconds| Instant::now() + Duration::from_secs(seconds));
    let mut all = SequenceCounts::default();
    let mut next = seed.unwrap_or_default();
    loop {
        all += run_sequences(next).unwrap_or_else(|problem| panic!("MODEL_SEED={next}: {problem}"));
        next += 1;
        let is_over = match end {
            Some(end) => Instant::now() > end,
            None => seed.is_some() || next == SEEDS,
        };
        if is_over {
            break;
        }
    }
    println!("{all:?}");
    assert!(all.faults > 0 && all.crashes > 0 && all.held > 0 && all.records > 0);
}

/// Runs one seed's sequences, and shrinks the first sequence that fails.
fn run_sequences(seed: u64) -> Result<SequenceCounts, String> {
    let config = Config {
        cases: SEQUENCES,
        failure_persistence: None,
        max_shrink_iters: 20_000,
        ..Config::default()
    };
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let all = RefCell::new(SequenceCounts::default());
    let live = |steps: Vec<Vec<Step>>| {
        let mut scene = ModelScene::new();
        steps.into_iter().flatten().try_for_each(|step| scene.run_step(step))?;
        *all.borrow_mut() += scene.finish_and_check()?;
        Ok(())
    };
    let tried = TestRunner::new_with_rng(config, rng).run(&vec(steps(), 1..40), |steps| {
        let lived = catch_unwind(AssertUnwindSafe(|| live(steps)));
        lived.unwrap_or_else(|_| Err("it panicked".to_owned())).map_err(TestCaseError::fail)
    });
    match tried {
        Ok(()) => Ok(all.into_inner()),
        Err(TestError::Fail(reason, steps)) => Err(format!("{reason}\nafter {steps:#?}")),
        Err(TestError::Abort(reason)) => Err(reason.to_string()),
    }
}
