//! Tests changes with an in-memory directory and with a crash at every possible point.

mod memory;
mod model;
mod open;
mod ownership;
mod pipeline;

use std::{
    fs,
    path::PathBuf,
    sync::atomic::{AtomicUsize, Ordering},
};

use jiff::Timestamp;
use tempfile::TempDir;

use super::*;
use identity_center::{AwsError, Principal};
use memory::{APPLICATION, INSTANCE, Memory, STORE, Trouble, World};
use people::{GroupChoice, NewPerson, People};

/// Returns two new people and one existing user, for a new group.
fn people() -> People {
    let mut people = People::default();
    people.add_csv(
        "email,given name,family name\nana@example.com,Ana,Lima\nben@example.com,Ben,Roy\nknown@example.com,,\n",
    );
    people
}

fn now() -> Timestamp {
    Timestamp::constant(1_800_000_000, 0)
}

/// The folder of a setup with its change history.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("setup.journal")
    }

    fn journal(&self) -> History {
        History::open(self.path()).unwrap()
    }
}

/// Plans from the current state of the directory.
fn planned(directory: &Memory) -> Plan {
    planned_for(&people(), directory)
}

fn planned_for(people: &People, directory: &Memory) -> Plan {
    let world = directory.world();
    let group = world.group_named(people.group.name());
    plan(
        people,
        &world.listed_users(),
        &world.listed_groups(),
        &group.map(|id| world.members_of(&id)).unwrap_or_default(),
        world.is_assigned(people.group.name()),
        Some(APPLICATION),
        STORE,
        true,
    )
}

async fn apply_in(directory: &Memory, journal: &History) -> Result<Applied, ApplyError> {
    let control = Control::default();
    apply(planned(directory), directory, journal, &now, |_| (), &control).await
}

async fn undo_in(directory: &Memory, journal: &History) -> Result<Undone, ApplyError> {
    let control = Control::default();
    undo(directory, INSTANCE, journal, Uncertain::Undo, &now, |_, _| (), &control).await
}

fn outcomes(journal: &History) -> Vec<String> {
    let rows = journal.rows().into_iter();
    rows.map(|row| format!("{} {} {}", row.change, row.subject, row.outcome)).collect()
}

fn rows_of(journal: &History) -> usize {
    journal.rows().len()
}

#[tokio::test]
async fn applied_plan_can_be_undone() {
    let (desk, directory) = (Desk::new(), Memory::default());
    let (before, journal) = (directory.world(), desk.journal());
    let plan = planned(&directory);
    let mut heard = Vec::new();
    let control = Control::default();
    let hear = |progress: Progress| heard.push((progress.done, progress.total));
    let applied = apply(plan.clone(), &directory, &journal, &now, hear, &control).await.unwrap();
    assert_eq!((applied.done, applied.is_complete()), (7, true));
    assert_eq!(directory.writes(), plan.calls(), "the plan predicts the number of calls");
    assert_eq!(heard.len(), 8);
    assert_eq!((heard[0], heard[7]), ((0, 7), (7, 7)));
    let after = directory.world();
    assert_eq!(
        after.names_in("nOps users"),
        ["ana@example.com", "ben@example.com", "known@example.com"]
    );
    assert!(after.is_assigned("nOps users"));
    assert!(journal.summary().applied && journal.summary().can_undo);
    let ana = journal.state_of("p1");
    assert_eq!((ana.user, ana.member), (Some(AttemptState::Done), Some(AttemptState::Done)));
    assert_eq!(journal.state_of("p3").user, None, "the user existed before");
    assert_eq!(planned(&directory).changes(), 0);

    let undone = undo_in(&directory, &desk.journal()).await.unwrap();
    assert_eq!((undone.undone, undone.kept.len()), (7, 0));
    assert_eq!(directory.world(), before);
    let journal = desk.journal();
    assert_eq!(journal.summary(), Summary::default());
    assert_eq!(journal.state_of("p1"), PersonState::default());
    let rows = outcomes(&journal);
    assert_eq!(rows[0], "create_group nOps users undone");
    assert_eq!(rows[13], "undo_create_group nOps users done");
}

/// Truncates the change history at every point where a crash can leave it, with AWS in its state at
/// that time.
#[tokio::test]
async fn crash_during_apply_is_recovered() {
    let desk = Desk::new();
    let directory = Memory::beside(desk.path());
    let before = directory.world();
    apply_in(&directory, &desk.journal()).await.unwrap();
    let expected = directory.world().shape();
    let whole = fs::read(desk.path()).unwrap();
    let (mut crashes, mut most_pending) = (0, 0);
    for (length, world) in crashes_of(&whole, 0, &directory.moments()) {
        let desk = Desk::new();
        fs::write(desk.path(), &whole[..length]).unwrap();
        let directory = Memory::with(world);
        let journal = desk.journal();
        let pending = lines_with(&whole[..length], "\"line\":\"intended\"")
            - lines_with(&whole[..length], "\"line\":\"done\"");
        assert_eq!(journal.summary().interrupted, pending > 0);
        apply_in(&directory, &journal).await.unwrap();
        assert_eq!(directory.world().shape(), expected, "cut at {length}");
        assert!(journal.summary().applied);
        let journal = desk.journal();
        assert!(!journal.summary().interrupted);
        undo_in(&directory, &journal).await.unwrap();
        assert_eq!(directory.world(), before, "cut at {length}");
        crashes += 1;
        most_pending = most_pending.max(pending);
    }
    assert!(crashes > 4 * planned(&Memory::default()).changes());
    assert_eq!(most_pending, 3, "all memberships ran concurrently");
}

/// Like [`crash_during_apply_is_recovered`], but during an undo.
#[tokio::test]
async fn crash_during_undo_is_recovered() {
    let desk = Desk::new();
    let directory = Memory::beside(desk.path());
    let before = directory.world();
    apply_in(&directory, &desk.journal()).await.unwrap();
    let applied = fs::read(desk.path()).unwrap().len();
    undo_in(&directory, &desk.journal()).await.unwrap();
    let whole = fs::read(desk.path()).unwrap();
    for (length, world) in crashes_of(&whole, applied, &directory.moments()) {
        let desk = Desk::new();
        fs::write(desk.path(), &whole[..length]).unwrap();
        let directory = Memory::with(world);
        let journal = desk.journal();
        let undone = undo_in(&directory, &journal).await.unwrap();
        assert_eq!((undone.remaining, undone.kept.len()), (0, 0));
        assert_eq!(directory.world(), before, "cut at {length}");
        assert!(!journal.summary().can_undo);
    }
}

/// Fills the disk before each line in turn, which causes a real error from the operating system
/// (`/dev/full`).
#[cfg(target_os = "linux")]
#[tokio::test]
async fn full_disk_stops_changes_without_loss() {
    let desk = Desk::new();
    apply_in(&Memory::default(), &desk.journal()).await.unwrap();
    let lines = fs::read_to_string(desk.path()).unwrap().lines().count();
    // Start at the third line, because the first two lines create the file when the clock is first
    // read.
    for line in 2..lines {
        let (desk, directory) = (Desk::new(), Memory::default());
        let before = directory.world();
        let aside = desk.folder.path().join("aside");
        let looks = AtomicUsize::new(0);
        let fills = || {
            if looks.fetch_add(1, Ordering::Relaxed) + 1 == line {
                fs::rename(desk.path(), &aside).unwrap();
                std::os::unix::fs::symlink("/dev/full", desk.path()).unwrap();
            }
            now()
        };
        let control = Control::default();
        let journal = desk.journal();
        let plan = planned(&directory);
        let error = apply(plan, &directory, &journal, &fills, |_| (), &control).await.unwrap_err();
        assert_eq!(error.key(), "failure-journal_disk_full", "line {line}");
        fs::rename(&aside, desk.path()).unwrap();

        let journal = desk.journal();
        assert!(apply_in(&directory, &journal).await.unwrap().is_complete());
        assert_eq!(directory.world().names_in("nOps users").len(), 3);
        undo_in(&directory, &journal).await.unwrap();
        assert_eq!(directory.world(), before, "line {line}");
    }
}

/// Loses the response to each write in turn, once after AWS made the write and once before.
#[tokio::test]
async fn lost_response_is_reconciled() {
    for trouble in [Trouble::LostRequest, Trouble::LostAnswer] {
        for nth in 1..=7 {
            let (desk, directory) = (Desk::new(), Memory::default());
            let before = directory.world();
            let journal = desk.journal();
            directory.fail(nth, trouble.clone());
            let error = apply_in(&directory, &journal).await.unwrap_err();
            assert_eq!(error.key(), "aws-timeout");
            assert!(journal.summary().interrupted);
            let interrupted = outcomes(&journal);
            let interrupted = interrupted.iter().filter(|row| row.ends_with(" interrupted"));
            assert_eq!(interrupted.count(), 1, "write {nth}");

            let reconciled = reconcile(&directory, &journal, &now).await.unwrap();
            let was_done = trouble == Trouble::LostAnswer;
            assert_eq!(reconciled.found, u32::from(was_done), "write {nth}");
            assert_eq!(reconciled.not_done, u32::from(!was_done), "write {nth}");
            assert!(!journal.summary().interrupted);

            assert!(apply_in(&directory, &journal).await.unwrap().is_complete());
            assert_eq!(directory.world().names_in("nOps users").len(), 3);
            undo_in(&directory, &journal).await.unwrap();
            assert_eq!(directory.world(), before, "write {nth}");
        }
    }
}

#[tokio::test]
async fn rejected_change_ends_run_and_is_recorded() {
    let (desk, directory) = (Desk::new(), Memory::default());
    let journal = desk.journal();
    directory.fail(
        2,
        Trouble::Refused(AwsError::Denied { action: "identitystore:CreateUser".to_owned() }),
    );
    let error = apply_in(&directory, &journal).await.unwrap_err();
    assert_eq!(error.code(), "denied");
    assert_eq!(error.params()["action"], "identitystore:CreateUser");
    let row = journal.rows().into_iter().find(|row| row.outcome == "failed").unwrap();
    assert_eq!((row.change.as_str(), row.error.as_deref()), ("create_user", Some("denied")));
    assert_eq!(row.params["action"], "identitystore:CreateUser");
    let summary = journal.summary();
    assert_eq!((summary.applied, summary.interrupted, summary.can_undo), (false, false, true));
    assert_eq!(journal.state_of("p2").user, Some(AttemptState::Failed));
    assert!(apply_in(&directory, &journal).await.unwrap().is_complete());
    assert_eq!(journal.state_of("p2").user, Some(AttemptState::Done));
}

#[tokio::test]
async fn rejected_person_stops_only_that_person() {
    let (desk, directory) = (Desk::new(), Memory::default());
    let journal = desk.journal();
    let message = "displayName".to_owned();
    directory.fail(2, Trouble::Refused(AwsError::Validation { message }));
    let applied = apply_in(&directory, &journal).await.unwrap();
    assert_eq!((applied.done, applied.failed, applied.remaining), (5, 2, 0));
    assert!(!journal.summary().applied);
    assert_eq!(directory.world().names_in("nOps users"), ["ana@example.com", "known@example.com"]);
    let ben = journal.state_of("p2");
    assert_eq!((ben.user, ben.member), (Some(AttemptState::Failed), None));
}

#[tokio::test]
async fn deleted_group_ends_run_deleted_user_does_not() {
    let (desk, directory) = (Desk::new(), Memory::default());
    let journal = desk.journal();
    let control = Control::default();
    let stale = planned(&directory);
    directory.change(|world| world.remove_user("known@example.com"));
    let applied = apply(stale, &directory, &journal, &now, |_| (), &control).await.unwrap();
    assert_eq!((applied.done, applied.failed), (6, 1));
    let failed: Vec<HistoryEntry> =
        journal.rows().into_iter().filter(|row| row.error.is_some()).collect();
    assert_eq!(failed.len(), 1);
    assert_eq!(
        (failed[0].subject.as_str(), failed[0].error.as_deref()),
        ("known@example.com", Some("not_found"))
    );

    let directory = Memory::default();
    directory.change(|world| {
        world.add_group("nOps users", "");
    });
    let stale = planned(&directory);
    directory.change(|world| world.remove_group("nOps users"));
    let error =
        apply(stale, &directory, &Desk::new().journal(), &now, |_| (), &control).await.unwrap_err();
    assert_eq!(error.key(), "aws-not_found");
}

#[tokio::test]
async fn stopped_run_can_be_completed_later() {
    let (desk, directory) = (Desk::new(), Memory::default());
    let before = directory.world();
    let journal = desk.journal();
    let control = Control::default();
    let stop = |progress: Progress| {
        if progress.done == 2 {
            control.stop();
        }
    };
    let applied =
        apply(planned(&directory), &directory, &journal, &now, stop, &control).await.unwrap();
    assert_eq!((applied.done, applied.remaining), (4, 3), "running changes are completed");
    assert_eq!(directory.writes(), 4);
    let summary = journal.summary();
    assert_eq!((summary.applied, summary.interrupted), (false, false));
    assert!(apply_in(&directory, &journal).await.unwrap().is_complete());
    assert_eq!(directory.writes(), 7);

    let control = Control::default();
    let stop = |done, _| {
        if done == 3 {
            control.stop();
        }
    };
    let undone =
        undo(&directory, INSTANCE, &journal, Uncertain::Leave, &now, stop, &control).await.unwrap();
    assert_eq!((undone.undone, undone.remaining), (4, 3));
    assert!(!journal.summary().applied);
    undo_in(&directory, &journal).await.unwrap();
    assert_eq!(directory.world(), before);
}

/// Pauses while changes are running. The running changes finish, and no other change starts, no
/// matter how long the pause is.
#[tokio::test(start_paused = true)]
async fn paused_run_waits_for_resume_or_stop() {
    for go_on in [true, false] {
        let (desk, directory) = (Desk::new(), Memory::default());
        let (journal, control) = (desk.journal(), Control::default());
        let pause = |progress: Progress| {
            if progress.done == 2 {
                control.pause();
            }
        };
        let plan = planned(&directory);
        let apply = apply(plan, &directory, &journal, &now, pause, &control);
        let wait = async {
            tokio::time::sleep(std::time::Duration::from_secs(3600)).await;
            assert!(control.is_paused());
            assert_eq!((directory.writes(), rows_of(&journal)), (4, 4));
            match go_on {
                true => control.resume(),
                false => control.stop(),
            }
        };
        let (applied, ()) = tokio::join!(apply, wait);
        let applied = applied.unwrap();
        assert_eq!(applied.remaining, if go_on { 0 } else { 3 });
        assert_eq!(directory.writes(), if go_on { 7 } else { 4 });
        assert!(!journal.summary().interrupted);
    }
}

#[tokio::test]
async fn unwritable_history_prevents_aws_calls() {
    let (desk, directory) = (Desk::new(), Memory::default());
    let journal = History::open(desk.folder.path().join("gone").join("setup.journal")).unwrap();
    let error = apply_in(&directory, &journal).await.unwrap_err();
    assert_eq!(error.key(), "failure-journal_failed");
    assert_eq!(directory.writes(), 0);
}

/// Returns a directory that contains the chosen group, and a plan that adds an existing user to it.
fn into_existing() -> (Memory, World, Plan) {
    let directory = Memory::default();
    let before = directory.change(|world| {
        let group = world.add_group("Cloud cost", "theirs");
        world.assign(&group);
    });
    let world = directory.world();
    let mut people = People::default();
    people.group = GroupChoice::Existing {
        id: world.group_named("Cloud cost").unwrap(),
        name: "Cloud cost".to_owned(),
    };
    let known = NewPerson { user_name: "known@example.com".to_owned(), ..NewPerson::default() };
    people.add(known).unwrap();
    let plan = plan(
        &people,
        &world.listed_users(),
        &world.listed_groups(),
        &[],
        true,
        Some(APPLICATION),
        STORE,
        true,
    );
    (directory, before, plan)
}

#[tokio::test]
async fn undo_removes_only_added_membership() {
    let (desk, (directory, before, plan)) = (Desk::new(), into_existing());
    let (journal, control) = (desk.journal(), Control::default());
    apply(plan, &directory, &journal, &now, |_| (), &control).await.unwrap();
    assert_eq!(outcomes(&journal), ["add_member known@example.com done"]);
    undo_in(&directory, &journal).await.unwrap();
    assert_eq!(directory.world(), before);
}

/// A renamed group keeps its ID, even if another group takes the old name.
#[tokio::test]
async fn renamed_group_is_matched_by_id() {
    let (desk, (directory, _, plan)) = (Desk::new(), into_existing());
    let (journal, control) = (desk.journal(), Control::default());
    directory.change(|world| {
        world.rename_group("Cloud cost", "Cost of clouds");
        world.add_group("Cloud cost", "another");
    });
    let applied = apply(plan, &directory, &journal, &now, |_| (), &control).await.unwrap();
    assert!(applied.is_complete());
    let world = directory.change(|world| world.rename_group("Cost of clouds", "FinOps"));
    assert_eq!(world.names_in("FinOps"), ["known@example.com"]);
    assert!(world.names_in("Cloud cost").is_empty());
    undo_in(&directory, &journal).await.unwrap();
    assert!(directory.world().names_in("FinOps").is_empty());
    assert!(directory.world().group_named("FinOps").is_some());
}

/// These futures must be `Send`, because the session runs them on other threads.
#[test]
fn change_futures_are_send() {
    fn is_send<T: Send>(_: &T) {}
    let (desk, directory) = (Desk::new(), Memory::default());
    let (journal, control) = (desk.journal(), Control::default());
    is_send(&apply(planned(&directory), &directory, &journal, &now, |_| (), &control));
    is_send(&undo(&directory, INSTANCE, &journal, Uncertain::Leave, &now, |_, _| (), &control));
    is_send(&reconcile(&directory, &journal, &now));
}

/// Returns every state that a crash can cause while the change history grows beyond `from`: the
/// length of the history on disk, and the state of AWS.
///
/// `moments` contains the state of AWS after each write, with the length of the history at that
/// time.
fn crashes_of(journal: &[u8], from: usize, moments: &[(u64, World)]) -> Vec<(usize, World)> {
    let mut crashes = Vec::new();
    let mut start = from;
    let mut lines = journal[from..].split_inclusive(|byte| *byte == b'\n');
    loop {
        let length = start as u64;
        let earlier = moments.iter().rfind(|(at, _)| *at < length);
        let meanwhile = moments.iter().filter(|(at, _)| *at == length);
        let line = lines.next();
        for (_, world) in earlier.or(moments.first()).into_iter().chain(meanwhile) {
            crashes.push((start, world.clone()));
            if let Some(line) = line {
                crashes.push((start + line.len() / 2, world.clone()));
            }
        }
        match line {
            Some(line) => start += line.len(),
            None => return crashes,
        }
    }
}

fn lines_with(bytes: &[u8], text: &str) -> usize {
    let end = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |last| last + 1);
    let whole = std::str::from_utf8(&bytes[..end]).unwrap();
    whole.lines().filter(|line| line.contains(text)).count()
}

fn known(directory: &Memory) -> AssignmentRequest {
    AssignmentRequest {
        application: APPLICATION.to_owned(),
        principal: Principal::User(directory.world().user_named("known@example.com")),
        name: "known@example.com".to_owned(),
    }
}

#[tokio::test]
async fn single_assignment_is_recorded_and_undone() {
    let (desk, directory) = (Desk::new(), Memory::default());
    let (before, tester) = (directory.world(), known(&directory));
    let journal = desk.journal();
    assign(tester.clone(), &directory, &journal, &now).await.unwrap();
    assert_eq!(outcomes(&journal), ["assign_user known@example.com done"]);
    assert!(journal.summary().can_undo && !journal.summary().unfinished);
    assign(tester.clone(), &directory, &journal, &now).await.unwrap();
    unassign(tester.clone(), &directory, &journal, &now).await.unwrap();
    assert_eq!(directory.world(), before);
    let journal = desk.journal();
    assert_eq!(
        outcomes(&journal),
        [
            "assign_user known@example.com undone",
            "assign_user known@example.com existed",
            "undo_assign_user known@example.com done",
        ]
    );
    assert_eq!(journal.summary(), Summary::default());

    apply_in(&directory, &journal).await.unwrap();
    assign(tester, &directory, &journal, &now).await.unwrap();
    undo_in(&directory, &journal).await.unwrap();
    assert_eq!(directory.world(), before, "undo includes the single assignment");
}

#[tokio::test]
async fn removed_foreign_assignment_can_be_restored() {
    let (desk, directory) = (Desk::new(), Memory::default());
    let tester = known(&directory);
    let theirs = directory.change(|world| world.assign_user(tester.principal.id()));
    let journal = desk.journal();
    unassign(tester.clone(), &directory, &journal, &now).await.unwrap();
    unassign(tester, &directory, &journal, &now).await.unwrap();
    assert_ne!(directory.world(), theirs);
    assert_eq!(
        outcomes(&journal),
        ["unassign_user known@example.com done", "unassign_user known@example.com existed",]
    );
    undo_in(&directory, &journal).await.unwrap();
    assert_eq!(directory.world(), theirs);
}

#[tokio::test]
async fn lost_assignment_response_is_checked_first() {
    for (trouble, first) in [(Trouble::LostRequest, "failed"), (Trouble::LostAnswer, "found")] {
        let (desk, directory) = (Desk::new(), Memory::default());
        let (before, tester) = (directory.world(), known(&directory));
        directory.fail(1, trouble);
        let error = assign(tester.clone(), &directory, &desk.journal(), &now).await;
        assert_eq!(error.unwrap_err().key(), "aws-timeout");
        let journal = desk.journal();
        assert!(journal.summary().interrupted);
        assign(tester, &directory, &journal, &now).await.unwrap();
        assert_eq!(journal.rows()[0].outcome, first);
        undo_in(&directory, &journal).await.unwrap();
        assert_eq!(directory.world(), before);
    }
}

#[tokio::test]
async fn incomplete_run_stays_unfinished() {
    let (desk, directory) = (Desk::new(), Memory::default());
    directory.fail(3, Trouble::LostRequest);
    apply_in(&directory, &desk.journal()).await.unwrap_err();
    let journal = desk.journal();
    assert!(journal.summary().unfinished);
    reconcile(&directory, &journal, &now).await.unwrap();
    assert!(journal.summary().unfinished, "the rest isn't planned yet");
    apply_in(&directory, &journal).await.unwrap();
    assert!(!journal.summary().unfinished);
    directory.fail(2, Trouble::LostAnswer);
    undo_in(&directory, &journal).await.unwrap_err();
    assert!(desk.journal().summary().unfinished);
    undo_in(&directory, &desk.journal()).await.unwrap();
    assert_eq!(desk.journal().summary(), Summary::default());
}
