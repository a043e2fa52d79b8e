//! A setup with its change history, AWS, changes by other people, and the invariants.

mod invariants;

use std::{
    collections::BTreeSet,
    fs,
    io::Write,
    path::PathBuf,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    task::{Context, Poll, Waker},
};

use serde_json::Value;
use storage::store::FileLock;
use tempfile::TempDir;

use super::super::memory::{AwsState, InMemoryDirectory, Resource, STORE};
use super::{
    others::{GROUP, NAMES},
    *,
};
use crate::change::Change;

type InvariantResult = Result<(), String>;
type ManualClock = Box<dyn Fn() -> Timestamp + Send + Sync>;
type PendingRun = Pin<Box<dyn Future<Output = Result<bool, ApplyError>>>>;

/// The maximum number of polls. No run needs this many.
const ENDLESS: usize = 20_000;
/// The user who is assigned individually.
const TESTER: &str = "known@example.com";

#[derive(Clone, Debug)]
enum RunKind {
    /// The plan, and whether it is based on the current state of AWS.
    Apply(Box<Plan>, bool),
    Undo(UncertainResources),
    Assign,
    Unassign,
    Reconcile,
}

/// A run, and the state before it started.
struct Run {
    future: PendingRun,
    work: RunKind,
    /// Resources that, according to the change history, another administrator may have created, by
    /// kind and ID.
    asked: BTreeSet<(&'static str, String)>,
    writes: u32,
    met_trouble: bool,
    was_full: bool,
}

pub struct ModelScene {
    folder: TempDir,
    directory: Arc<InMemoryDirectory>,
    /// The change history, while the setup is open.
    open: Option<History>,
    under_way: Option<Run>,
    plan: Option<(Plan, AwsState)>,
    /// Existing resources that another administrator created.
    theirs: BTreeSet<Resource>,
    /// All resources that other administrators ever created, including deleted ones.
    once_theirs: BTreeSet<Resource>,
    crash: Option<(usize, usize)>,
    hold: Option<usize>,
    fill: Arc<AtomicUsize>,
    /// Whether another program wrote to the open change history.
    foreign: bool,
    is_hidden: bool,
    /// The complete lines of the change history so far.
    lines: Vec<u8>,
    tally: SequenceCounts,
}

impl ModelScene {
    pub fn new() -> Self {
        let folder = folder();
        let directory = Arc::new(InMemoryDirectory::default());
        let theirs = directory.current_state().resources();
        let mut scene = Self {
            folder,
            directory,
            open: None,
            under_way: None,
            plan: None,
            theirs,
            once_theirs: BTreeSet::new(),
            crash: None,
            hold: None,
            fill: Arc::new(AtomicUsize::new(0)),
            foreign: false,
            is_hidden: false,
            lines: Vec::new(),
            tally: SequenceCounts { sequences: 1, ..SequenceCounts::default() },
        };
        scene.reopen();
        scene
    }

    pub fn run_step(&mut self, step: Step) -> InvariantResult {
        self.tally.steps += 1;
        match step {
            Step::Plan(who) => self.make_plan(who),
            Step::Apply => {
                if let Some((plan, world)) = self.plan.clone() {
                    let is_fresh = world == self.directory.current_state();
                    self.run(RunKind::Apply(Box::new(plan), is_fresh))?;
                }
            }
            Step::Undo(uncertain) => self.run(RunKind::Undo(uncertain))?,
            Step::Assign => self.run(RunKind::Assign)?,
            Step::Unassign => self.run(RunKind::Unassign)?,
            Step::Reconcile => self.run(RunKind::Reconcile)?,
            Step::MarkUnknown(which) => self.mark_unknown(which)?,
            Step::Others(others) => self.change_as_another_admin(|world| others.apply(world)),
            Step::SameByOthers => self.repeat_change_as_another_admin()?,
            Step::Trouble(nth, trouble) => {
                self.tally.faults += 1;
                self.directory.fail_nth_write(nth, trouble);
            }
            Step::HideAssignments(unseen) => {
                self.is_hidden = unseen.is_some();
                self.directory.hide_assignments(unseen);
            }
            Step::HideAccounts => drop(self.directory.change(AwsState::deny_account_access_lookup)),
            Step::ShowAccounts => drop(self.directory.change(AwsState::show_accounts)),
            Step::FillDisk(looks) => {
                self.tally.faults += 1;
                self.fill.store(looks, Ordering::Relaxed);
            }
            Step::Crash { polls, torn } => self.crash = Some((polls, torn)),
            Step::Hold(polls) => self.hold = Some(polls),
            Step::Release => self.release()?,
            Step::Close => {
                self.open = None;
                self.foreign = false;
            }
            Step::Open if self.open.is_none() => match self.under_way.is_some() {
                true if !FileLock::is_taken(&self.lock()) => {
                    return Err("a setup can be opened while a run writes its history".to_owned());
                }
                true => {}
                false => self.reopen(),
            },
            Step::Open => {}
            Step::Foreign => self.check_foreign_resources()?,
        }
        self.check()
    }

    /// Ends all faults, reconciles and undoes everything that we made, then checks that none of our
    /// resources are left.
    pub fn finish_and_check(mut self) -> Result<SequenceCounts, String> {
        self.release()?;
        self.open = None;
        self.foreign = false;
        self.reopen();
        (self.crash, self.hold, self.is_hidden) = (None, None, false);
        self.fill.store(0, Ordering::Relaxed);
        self.directory.clear_fault();
        self.directory.hide_assignments(None);
        self.directory.change(AwsState::show_accounts);
        self.run(RunKind::Reconcile)?;
        let rows = self.journal()?.rows();
        if let Some(row) = rows.iter().find(|row| row.outcome == "interrupted") {
            return Err(format!("{row:?} stays open"));
        }
        self.run(RunKind::Undo(UncertainResources::Leave))?;
        self.run(RunKind::Undo(UncertainResources::Undo))?;
        self.check()?;
        self.check_no_own_resource_remains()?;
        self.tally.records = self.journal()?.rows().len();
        Ok(self.tally)
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("setup.journal")
    }

    fn lock(&self) -> PathBuf {
        self.folder.path().join("setup.lock")
    }

    fn reopen(&mut self) {
        let lock = FileLock::acquire(&self.lock()).unwrap();
        self.open = Some(History::open_with_write_guard(self.path(), Arc::new(lock)).unwrap());
    }

    /// Reads the change history from the disk.
    fn journal(&self) -> Result<History, String> {
        History::open(self.path()).map_err(|error| error.to_string())
    }

    fn make_plan(&mut self, who: u8) {
        let mut people = People::default();
        for (bit, (email, given_name, family_name)) in NAMES.into_iter().enumerate() {
            if who & (1 << bit) != 0 {
                let new = NewPerson {
                    email: email.to_owned(),
                    given_name: given_name.to_owned(),
                    family_name: family_name.to_owned(),
                    ..NewPerson::default()
                };
                people.add(new).unwrap();
            }
        }
        let world = self.directory.current_state();
        let group = world.find_group_id(GROUP);
        let members = group.map(|id| world.members_of(&id)).unwrap_or_default();
        let plan = plan(
            &people,
            &world.listed_users(),
            &world.listed_groups(),
            &members,
            world.is_assigned(GROUP),
            Some(APPLICATION),
            STORE,
            true,
        );
        self.plan = Some((plan, world));
    }

    fn run(&mut self, work: RunKind) -> InvariantResult {
        let Some(journal) = self.open.clone() else { return Ok(()) };
        if self.under_way.is_some() {
            return match poll(&mut self.start_run(&journal, work.clone()), ENDLESS) {
                Poll::Ready(Err(ApplyError::History(HistoryError::Busy))) => Ok(()),
                other => Err(format!("{work:?} beside another run: {other:?}")),
            };
        }
        self.tally.runs += 1;
        let mut run = Run {
            future: self.start_run(&journal, work.clone()),
            asked: uncertain_resources(&journal)?,
            work,
            writes: self.directory.write_count(),
            met_trouble: self.directory.has_failed(),
            was_full: false,
        };
        let (crash, hold) = (self.crash.take(), self.hold.take());
        let polls = crash.map(|(polls, _)| polls).or(hold).unwrap_or(ENDLESS);
        let polled = poll(&mut run.future, polls);
        let was_full = self.free_disk_space();
        match (polled, crash) {
            (Poll::Ready(result), _) => self.check_run_result(&run, result, was_full),
            (Poll::Pending, Some((_, torn))) => {
                self.tally.crashes += 1;
                self.check_nothing_was_lost(&run)?;
                drop((run, journal));
                self.open = None;
                self.foreign = false;
                self.append_partial_line(torn);
                self.reopen();
                Ok(())
            }
            (Poll::Pending, None) if hold.is_some() => {
                self.tally.held += 1;
                self.check_nothing_was_lost(&run)?;
                run.was_full = was_full;
                self.under_way = Some(run);
                Ok(())
            }
            (Poll::Pending, None) => Err(format!("{:?} does not end", run.work)),
        }
    }

    fn release(&mut self) -> InvariantResult {
        let Some(mut run) = self.under_way.take() else { return Ok(()) };
        match poll(&mut run.future, ENDLESS) {
            Poll::Ready(result) => {
                let was_full = self.free_disk_space() || run.was_full;
                // Changes by other people can make the run fail, but the run must always be able to
                // write its records.
                match result {
                    Err(ApplyError::History(error)) if !was_full => {
                        Err(format!("{:?}: {error}", run.work))
                    }
                    _ => self.check_nothing_was_lost(&run),
                }
            }
            Poll::Pending => Err(format!("{:?} does not end", run.work)),
        }
    }

    fn start_run(&self, journal: &History, work: RunKind) -> PendingRun {
        Box::pin(run_to_completion(
            work,
            Arc::clone(&self.directory),
            journal.clone(),
            self.clock(),
        ))
    }

    /// Returns a clock that fills the disk when the clock is read for the nth time.
    fn clock(&self) -> ManualClock {
        let (fill, path, aside) = (Arc::clone(&self.fill), self.path(), self.full_disk_path());
        Box::new(move || {
            let looks = fill.load(Ordering::Relaxed);
            fill.store(looks.saturating_sub(1), Ordering::Relaxed);
            if looks == 1 && cfg!(target_os = "linux") && path.exists() {
                fs::rename(&path, &aside).unwrap();
                #[cfg(unix)]
                std::os::unix::fs::symlink("/dev/full", &path).unwrap();
            }
            now()
        })
    }

    fn full_disk_path(&self) -> PathBuf {
        self.folder.path().join("aside")
    }

    /// Frees space on the disk. Returns whether the disk was full.
    fn free_disk_space(&self) -> bool {
        let was_full = self.full_disk_path().exists();
        if was_full {
            fs::rename(self.full_disk_path(), self.path()).unwrap();
        }
        was_full
    }

    /// Writes the beginning of a line to simulate a crash during a write.
    fn append_partial_line(&self, length: usize) {
        const LINE: &str = r#"{"at":"2027-01-15T08:00:00Z","line":"done","number":1,"id":"u-1"}"#;
        let file = fs::OpenOptions::new().append(true).open(self.path());
        if let Ok(mut file) = file {
            file.write_all(&LINE.as_bytes()[..length.min(LINE.len())]).unwrap();
        }
    }

    fn mark_unknown(&mut self, which: Index) -> InvariantResult {
        let Some(journal) = &self.open else { return Ok(()) };
        let rows = journal.rows();
        let number = which.index(rows.len() + 2);
        let is_open = number
            .checked_sub(1)
            .and_then(|at| rows.get(at))
            .is_some_and(|row| row.outcome == "interrupted");
        match journal.mark_unknown(u32::try_from(number).unwrap(), now()) {
            Ok(marked) if marked == is_open => Ok(()),
            Err(HistoryError::Busy) if self.under_way.is_some() => Ok(()),
            Err(HistoryError::Foreign) if self.foreign => Ok(()),
            other => Err(format!("closing change {number}: {other:?}")),
        }
    }

    fn repeat_change_as_another_admin(&mut self) -> InvariantResult {
        let run = self.journal()?.run().map_err(|error| error.to_string())?;
        let Some(open) = run.pending().pop() else { return Ok(()) };
        self.change_as_another_admin(|world| match &open.change {
            Change::CreateUser { person, .. } if !world.has_user_named(&person.user_name) => {
                world.add_user(&person.user_name, &person.given_name, &person.family_name);
            }
            Change::AddMember { group, user, .. } => world.join(group, user),
            Change::Assign { principal, .. } => match principal {
                Principal::User(id) => world.assign_user(id),
                Principal::Group(id) => world.assign(id),
            },
            _ => {}
        });
        Ok(())
    }

    fn change_as_another_admin(&mut self, act: impl FnOnce(&mut AwsState)) {
        let before = self.directory.current_state().resources();
        let after = self.directory.change(act).resources();
        let same =
            |one: &Resource, other: &Resource| (kind(one), one.id()) == (kind(other), other.id());
        for new in after.difference(&before) {
            let renamed = before.iter().find(|old| same(old, new));
            if renamed.is_some_and(|old| !self.theirs.contains(old)) {
                continue;
            }
            let is_theirs = match new {
                Resource::User { .. } | Resource::Group { .. } => true,
                // The active run may delete the user or group before it can see this membership.
                Resource::Membership { group, user, .. } => {
                    self.under_way.is_none() || (self.is_theirs(group) && self.is_theirs(user))
                }
                Resource::Assignment(principal) => {
                    self.under_way.is_none() && !self.is_certainly_ours(principal)
                }
            };
            if is_theirs {
                self.theirs.insert(new.clone());
            }
            self.once_theirs.insert(new.clone());
        }
        for gone in before.difference(&after) {
            self.theirs.remove(gone);
        }
    }

    fn is_theirs(&self, id: &str) -> bool {
        self.theirs.iter().any(|thing| thing.id() == id)
    }

    /// Returns whether the change history shows that this assignment is certainly ours.
    fn is_certainly_ours(&self, principal: &Principal) -> bool {
        let journal = History::open(self.path()).unwrap();
        let run = journal.run().unwrap();
        run.undoable(UncertainResources::Leave).iter().any(
            |entry| matches!(&entry.change, Change::Assign { principal: of, .. } if of == principal),
        )
    }

    fn check_foreign_resources(&mut self) -> InvariantResult {
        if self.under_way.is_some() || self.lines.is_empty() {
            return Ok(());
        }
        let mut lines = self.lines.clone();
        lines.extend_from_slice(b"{\"at\":\"2027-01-15T08:00:00Z\",\"line\":\"undone\"}\n");
        fs::write(self.path(), &lines).map_err(|error| error.to_string())?;
        self.foreign = self.open.is_some();
        Ok(())
    }

    fn check_run_result(
        &mut self,
        run: &Run,
        result: Result<bool, ApplyError>,
        was_full: bool,
    ) -> InvariantResult {
        self.check_nothing_was_lost(run)?;
        let work = &run.work;
        if self.foreign {
            let wrote = self.directory.write_count() != run.writes;
            return match result {
                Err(ApplyError::History(HistoryError::Foreign)) if !wrote => Ok(()),
                Ok(_) if !wrote => Ok(()),
                Err(_) if !wrote && was_full => Ok(()),
                other => Err(format!("{work:?} after another program wrote: {other:?}")),
            };
        }
        let is_troubled = self.directory.has_failed() && !run.met_trouble;
        let may_fail = match work {
            RunKind::Apply(_, is_fresh) => !is_fresh,
            // While assignments are hidden, it isn't possible to check whether the rejected
            // assignment exists.
            RunKind::Assign => self.is_hidden,
            RunKind::Unassign | RunKind::Undo(_) | RunKind::Reconcile => false,
        };
        match result {
            Ok(true) => Ok(()),
            _ if was_full || is_troubled || may_fail => Ok(()),
            other => Err(format!("{work:?} with nothing in its way: {other:?}")),
        }
    }

    /// Fails if a run removed other people's resources without the user's confirmation.
    fn check_nothing_was_lost(&mut self, run: &Run) -> InvariantResult {
        let there = self.directory.current_state().resources();
        let lost: Vec<Resource> = self.theirs.difference(&there).cloned().collect();
        for thing in lost {
            let said_so = match (&run.work, &thing) {
                (RunKind::Unassign, Resource::Assignment(Principal::User(id))) => {
                    *id == tester().principal.id()
                }
                (RunKind::Undo(UncertainResources::Undo), _) => {
                    run.asked.contains(&(kind(&thing), thing.id().to_owned()))
                }
                _ => false,
            };
            if !said_so {
                return Err(format!("{:?} removed {thing:?}, which others made", run.work));
            }
            self.theirs.remove(&thing);
        }
        Ok(())
    }
}

async fn run_to_completion(
    work: RunKind,
    directory: Arc<InMemoryDirectory>,
    journal: History,
    clock: ManualClock,
) -> Result<bool, ApplyError> {
    let (directory, clock, control) = (&*directory, &*clock, RunControl::default());
    match work {
        RunKind::Apply(plan, _) => {
            let applied = apply(*plan, directory, &journal, clock, |_| (), &control).await?;
            Ok(applied.is_complete())
        }
        RunKind::Undo(uncertain) => {
            let undone = undo(
                directory,
                INSTANCE,
                &journal,
                (UndoScope::Everything, uncertain),
                clock,
                |_, _| (),
                &control,
            )
            .await?;
            Ok(undone.remaining == 0)
        }
        RunKind::Assign => assign(tester(), directory, &journal, clock).await.map(|()| true),
        RunKind::Unassign => unassign(tester(), directory, &journal, clock).await.map(|()| true),
        RunKind::Reconcile => reconcile(directory, &journal, clock).await.map(|_| true),
    }
}

/// The tester keeps this ID even if another administrator deletes the user.
fn tester() -> AssignmentRequest {
    let first = AwsState::default().find_user_id(TESTER);
    AssignmentRequest {
        application: APPLICATION.to_owned(),
        principal: Principal::User(first),
        name: TESTER.to_owned(),
    }
}

/// Polls the future at most `most` times.
fn poll(future: &mut PendingRun, most: usize) -> Poll<Result<bool, ApplyError>> {
    let mut context = Context::from_waker(Waker::noop());
    for _ in 0..most {
        let polled = future.as_mut().poll(&mut context);
        if polled.is_ready() {
            return polled;
        }
    }
    Poll::Pending
}

/// Uses an in-memory file system if there is one, because thousands of sequences would otherwise
/// wait for the disk.
fn folder() -> TempDir {
    TempDir::new_in("/dev/shm").or_else(|_| TempDir::new()).unwrap()
}

/// Returns the resources that, as far as the user knows, may belong to other people, by kind and
/// ID.
fn uncertain_resources(journal: &History) -> Result<BTreeSet<(&'static str, String)>, String> {
    let run = journal.run().map_err(|error| error.to_string())?;
    let certain: BTreeSet<u32> =
        run.undoable(UncertainResources::Leave).iter().map(|entry| entry.number).collect();
    let all = run.undoable(UncertainResources::Undo).into_iter();
    let uncertain = all.filter(|entry| !certain.contains(&entry.number));
    Ok(uncertain
        .map(|entry| {
            let kind = match entry.change {
                Change::CreateUser { .. } => "user",
                Change::CreateGroup { .. } => "group",
                Change::AddMember { .. } | Change::RemoveMember { .. } => "membership",
                Change::Assign { .. } | Change::Unassign { .. } => "assignment",
                Change::Undo { .. } => "undo",
            };
            (kind, entry.created_id().unwrap_or_default().to_owned())
        })
        .collect())
}

fn kind(thing: &Resource) -> &'static str {
    match thing {
        Resource::User { .. } => "user",
        Resource::Group { .. } => "group",
        Resource::Membership { .. } => "membership",
        Resource::Assignment(_) => "assignment",
    }
}
