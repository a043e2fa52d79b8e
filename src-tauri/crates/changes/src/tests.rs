//! Tests changes with an in-memory directory and with a crash at every possible point.

mod memory;
mod model;
mod open;
mod ownership;
mod pipeline;
mod removal;

use std::{fs, path::PathBuf};

use jiff::Timestamp;
use tempfile::TempDir;

use super::*;
use identity_center::{AwsError, Principal};
use memory::{APPLICATION, AwsState, INSTANCE, InMemoryDirectory, STORE, WriteFault};
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
struct SetupFixture {
    folder: TempDir,
}

impl SetupFixture {
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
fn plan_from_directory(directory: &InMemoryDirectory) -> Plan {
    planned_for(&people(), directory)
}

fn planned_for(people: &People, directory: &InMemoryDirectory) -> Plan {
    let world = directory.current_state();
    let group = world.find_group_id(people.group.name());
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

async fn apply_in(
    directory: &InMemoryDirectory,
    journal: &History,
) -> Result<ApplySummary, ApplyError> {
    let control = RunControl::default();
    apply(plan_from_directory(directory), directory, journal, &now, |_| (), &control).await
}

async fn undo_in(
    directory: &InMemoryDirectory,
    journal: &History,
) -> Result<UndoResult, ApplyError> {
    let control = RunControl::default();
    undo(
        directory,
        INSTANCE,
        journal,
        (UndoScope::Everything, UncertainResources::Undo),
        &now,
        |_, _| (),
        &control,
    )
    .await
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
    let (setup, directory) = (SetupFixture::new(), InMemoryDirectory::default());
    let (before, journal) = (directory.current_state(), setup.journal());
    let plan = plan_from_directory(&directory);
    let mut heard = Vec::new();
    let control = RunControl::default();
    let hear = |progress: Progress| heard.push((progress.done, progress.total));
    let applied = apply(plan.clone(), &directory, &journal, &now, hear, &control).await.unwrap();
    assert_eq!((applied.done, applied.is_complete()), (7, true));
    assert_eq!(directory.write_count(), plan.calls(), "the plan predicts the number of calls");
    assert_eq!(heard.len(), 8);
    assert_eq!((heard[0], heard[7]), ((0, 7), (7, 7)));
    let after = directory.current_state();
    assert_eq!(
        after.names_in("nOps users"),
        ["ana@example.com", "ben@example.com", "known@example.com"]
    );
    assert!(after.is_assigned("nOps users"));
    assert!(journal.summary().applied && journal.summary().can_undo);
    let ana = journal.person_state("p1");
    assert_eq!((ana.user, ana.member), (Some(AttemptState::Done), Some(AttemptState::Done)));
    assert_eq!(journal.person_state("p3").user, None, "the user existed before");
    assert_eq!(plan_from_directory(&directory).changes(), 0);

    let undone = undo_in(&directory, &setup.journal()).await.unwrap();
    assert_eq!((undone.undone, undone.kept.len()), (7, 0));
    assert_eq!(directory.current_state(), before);
    let journal = setup.journal();
    assert_eq!(journal.summary(), Summary::default());
    assert_eq!(journal.person_state("p1"), PersonState::default());
    let rows = outcomes(&journal);
    assert_eq!(rows[0], "create_group nOps users undone");
    assert_eq!(rows[13], "undo_create_group nOps users done");
}

/// Truncates the change history at every point where a crash can leave it, with AWS in its state at
/// that time.
#[tokio::test]
async fn crash_during_apply_is_recovered() {
    let setup = SetupFixture::new();
    let directory = InMemoryDirectory::recording_length_of(setup.path());
    let before = directory.current_state();
    apply_in(&directory, &setup.journal()).await.unwrap();
    let expected = directory.current_state().resource_names();
    let whole = fs::read(setup.path()).unwrap();
    let (mut crashes, mut most_pending) = (0, 0);
    for (length, world) in crashes_of(&whole, 0, &directory.states_after_writes()) {
        let setup = SetupFixture::new();
        fs::write(setup.path(), &whole[..length]).unwrap();
        let directory = InMemoryDirectory::from_state(world);
        let journal = setup.journal();
        let pending = lines_with(&whole[..length], "\"line\":\"intended\"")
            - lines_with(&whole[..length], "\"line\":\"done\"");
        assert_eq!(journal.summary().interrupted, pending > 0);
        apply_in(&directory, &journal).await.unwrap();
        assert_eq!(directory.current_state().resource_names(), expected, "cut at {length}");
        assert!(journal.summary().applied);
        let journal = setup.journal();
        assert!(!journal.summary().interrupted);
        undo_in(&directory, &journal).await.unwrap();
        assert_eq!(directory.current_state(), before, "cut at {length}");
        crashes += 1;
        most_pending = most_pending.max(pending);
    }
    assert!(crashes > 4 * plan_from_directory(&InMemoryDirectory::default()).changes());
    assert_eq!(most_pending, 3, "all memberships ran concurrently");
}

/// Same as [`crash_during_apply_is_recovered`], but during an undo.
#[tokio::test]
async fn crash_during_undo_is_recovered() {
    let setup = SetupFixture::new();
    let directory = InMemoryDirectory::recording_length_of(setup.path());
    let before = directory.current_state();
    apply_in(&directory, &setup.journal()).await.unwrap();
    let applied = fs::read(setup.path()).unwrap().len();
    undo_in(&directory, &setup.journal()).await.unwrap();
    let whole = fs::read(setup.path()).unwrap();
    for (length, world) in crashes_of(&whole, applied, &directory.states_after_writes()) {
        let setup = SetupFixture::new();
        fs::write(setup.path(), &whole[..length]).unwrap();
        let directory = InMemoryDirectory::from_state(world);
        let journal = setup.journal();
        let undone = undo_in(&directory, &journal).await.unwrap();
        assert_eq!((undone.remaining, undone.kept.len()), (0, 0));
        assert_eq!(directory.current_state(), before, "cut at {length}");
        assert!(!journal.summary().can_undo);
    }
}

/// Fills the disk before each line in turn, which causes a real error from the operating system
/// (`/dev/full`).
#[cfg(target_os = "linux")]
#[tokio::test]
async fn full_disk_stops_changes_without_loss() {
    use std::sync::atomic::{AtomicUsize, Ordering};

    let setup = SetupFixture::new();
    apply_in(&InMemoryDirectory::default(), &setup.journal()).await.unwrap();
    let lines = fs::read_to_string(setup.path()).unwrap().lines().count();
    // Start at the third line, because the first two lines create the file when the clock is first
    // read.
    for line in 2..lines {
        let (setup, directory) = (SetupFixture::new(), InMemoryDirectory::default());
        let before = directory.current_state();
        let aside = setup.folder.path().join("aside");
        let looks = AtomicUsize::new(0);
        let fills = || {
            if looks.fetch_add(1, Ordering::Relaxed) + 1 == line {
                fs::rename(setup.path(), &aside).unwrap();
                std::os::unix::fs::symlink("/dev/full", setup.path()).unwrap();
            }
            now()
        };
        let control = RunControl::default();
        let journal = setup.journal();
        let plan = plan_from_directory(&directory);
        let error = apply(plan, &directory, &journal, &fills, |_| (), &control).await.unwrap_err();
        assert_eq!(error.key(), "failure-journal_disk_full", "line {line}");
        fs::rename(&aside, setup.path()).unwrap();

        let journal = setup.journal();
        assert!(apply_in(&directory, &journal).await.unwrap().is_complete());
        assert_eq!(directory.current_state().names_in("nOps users").len(), 3);
        undo_in(&directory, &journal).await.unwrap();
        assert_eq!(directory.current_state(), before, "line {line}");
    }
}

/// Loses the response to each write in turn, once after AWS made the write and once before.
#[tokio::test]
async fn lost_response_is_reconciled() {
    for trouble in [WriteFault::LostRequest, WriteFault::LostAnswer] {
        for nth in 1..=7 {
            let (setup, directory) = (SetupFixture::new(), InMemoryDirectory::default());
            let before = directory.current_state();
            let journal = setup.journal();
            directory.fail_nth_write(nth, trouble.clone());
            let error = apply_in(&directory, &journal).await.unwrap_err();
            assert_eq!(error.key(), "aws-timeout");
            assert!(journal.summary().interrupted);
            let interrupted = outcomes(&journal);
            let interrupted = interrupted.iter().filter(|row| row.ends_with(" interrupted"));
            assert_eq!(interrupted.count(), 1, "write {nth}");

            let reconciled = reconcile(&directory, &journal, &now).await.unwrap();
            let was_done = trouble == WriteFault::LostAnswer;
            assert_eq!(reconciled.found, u32::from(was_done), "write {nth}");
            assert_eq!(reconciled.not_done, u32::from(!was_done), "write {nth}");
            assert!(!journal.summary().interrupted);

            assert!(apply_in(&directory, &journal).await.unwrap().is_complete());
            assert_eq!(directory.current_state().names_in("nOps users").len(), 3);
            undo_in(&directory, &journal).await.unwrap();
            assert_eq!(directory.current_state(), before, "write {nth}");
        }
    }
}

#[tokio::test]
async fn rejected_change_ends_run_and_is_recorded() {
    let (setup, directory) = (SetupFixture::new(), InMemoryDirectory::default());
    let journal = setup.journal();
    directory.fail_nth_write(
        2,
        WriteFault::Refused(AwsError::Denied { action: "identitystore:CreateUser".to_owned() }),
    );
    let error = apply_in(&directory, &journal).await.unwrap_err();
    assert_eq!(error.code(), "denied");
    assert_eq!(error.params()["action"], "identitystore:CreateUser");
    let row = journal.rows().into_iter().find(|row| row.outcome == "failed").unwrap();
    assert_eq!((row.change.as_str(), row.error.as_deref()), ("create_user", Some("denied")));
    assert_eq!(row.params["action"], "identitystore:CreateUser");
    let summary = journal.summary();
    assert_eq!((summary.applied, summary.interrupted, summary.can_undo), (false, false, true));
    assert_eq!(journal.person_state("p2").user, Some(AttemptState::Failed));
    assert!(apply_in(&directory, &journal).await.unwrap().is_complete());
    assert_eq!(journal.person_state("p2").user, Some(AttemptState::Done));
}

#[tokio::test]
async fn rejected_person_stops_only_that_person() {
    let (setup, directory) = (SetupFixture::new(), InMemoryDirectory::default());
    let journal = setup.journal();
    let message = "displayName".to_owned();
    directory.fail_nth_write(2, WriteFault::Refused(AwsError::Validation { message }));
    let applied = apply_in(&directory, &journal).await.unwrap();
    assert_eq!((applied.done, applied.failed, applied.remaining), (5, 2, 0));
    assert!(!journal.summary().applied);
    assert_eq!(
        directory.current_state().names_in("nOps users"),
        ["ana@example.com", "known@example.com"]
    );
    let ben = journal.person_state("p2");
    assert_eq!((ben.user, ben.member), (Some(AttemptState::Failed), None));
}

#[tokio::test]
async fn deleted_group_ends_run_deleted_user_does_not() {
    let (setup, directory) = (SetupFixture::new(), InMemoryDirectory::default());
    let journal = setup.journal();
    let control = RunControl::default();
    let stale = plan_from_directory(&directory);
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

    let directory = InMemoryDirectory::default();
    directory.change(|world| {
        world.add_group("nOps users", "");
    });
    let stale = plan_from_directory(&directory);
    directory.change(|world| world.remove_group("nOps users"));
    let error = apply(stale, &directory, &SetupFixture::new().journal(), &now, |_| (), &control)
        .await
        .unwrap_err();
    assert_eq!(error.key(), "aws-not_found");
}

#[tokio::test]
async fn stopped_run_can_be_completed_later() {
    let (setup, directory) = (SetupFixture::new(), InMemoryDirectory::default());
    let before = directory.current_state();
    let journal = setup.journal();
    let control = RunControl::default();
    let stop = |progress: Progress| {
        if progress.done == 2 {
            control.stop();
        }
    };
    let applied =
        apply(plan_from_directory(&directory), &directory, &journal, &now, stop, &control)
            .await
            .unwrap();
    assert_eq!((applied.done, applied.remaining), (4, 3), "running changes are completed");
    assert_eq!(directory.write_count(), 4);
    let summary = journal.summary();
    assert_eq!((summary.applied, summary.interrupted), (false, false));
    assert!(apply_in(&directory, &journal).await.unwrap().is_complete());
    assert_eq!(directory.write_count(), 7);

    let control = RunControl::default();
    let stop = |done, _| {
        if done == 3 {
            control.stop();
        }
    };
    let undone = undo(
        &directory,
        INSTANCE,
        &journal,
        (UndoScope::Everything, UncertainResources::Leave),
        &now,
        stop,
        &control,
    )
    .await
    .unwrap();
    assert_eq!((undone.undone, undone.remaining), (4, 3));
    assert!(!journal.summary().applied);
    undo_in(&directory, &journal).await.unwrap();
    assert_eq!(directory.current_state(), before);
}

/// Pauses while changes are running. The running changes finish, and no other change starts, no
/// matter how long the pause is.
#[tokio::test(start_paused = true)]
async fn paused_run_waits_for_resume_or_stop() {
    for go_on in [true, false] {
        let (setup, directory) = (SetupFixture::new(), InMemoryDirectory::default());
        let (journal, control) = (setup.journal(), RunControl::default());
        let pause = |progress: Progress| {
            if progress.done == 2 {
                control.pause();
            }
        };
        let plan = plan_from_directory(&directory);
        let apply = apply(plan, &directory, &journal, &now, pause, &control);
        let wait = async {
            tokio::time::sleep(std::time::Duration::from_secs(3600)).await;
            assert!(control.is_paused());
            assert_eq!((directory.write_count(), rows_of(&journal)), (4, 4));
            match go_on {
                true => control.resume(),
                false => control.stop(),
            }
        };
        let (applied, ()) = tokio::join!(apply, wait);
        let applied = applied.unwrap();
        assert_eq!(applied.remaining, if go_on { 0 } else { 3 });
        assert_eq!(directory.write_count(), if go_on { 7 } else { 4 });
        assert!(!journal.summary().interrupted);
    }
}

#[tokio::test]
async fn unwritable_history_prevents_aws_calls() {
    let (setup, directory) = (SetupFixture::new(), InMemoryDirectory::default());
    let journal = History::open(setup.folder.path().join("gone").join("setup.journal")).unwrap();
    let error = apply_in(&directory, &journal).await.unwrap_err();
    assert_eq!(error.key(), "failure-journal_failed");
    assert_eq!(directory.write_count(), 0);
}

/// Returns a directory that contains the chosen group, and a plan that adds an existing user to it.
fn into_existing() -> (InMemoryDirectory, AwsState, Plan) {
    let directory = InMemoryDirectory::default();
    let before = directory.change(|world| {
        let group = world.add_group("Cloud cost", "theirs");
        world.assign(&group);
    });
    let world = directory.current_state();
    let mut people = People::default();
    people.group = GroupChoice::Existing {
        id: world.find_group_id("Cloud cost").unwrap(),
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
    let (setup, (directory, before, plan)) = (SetupFixture::new(), into_existing());
    let (journal, control) = (setup.journal(), RunControl::default());
    apply(plan, &directory, &journal, &now, |_| (), &control).await.unwrap();
    assert_eq!(outcomes(&journal), ["add_member known@example.com done"]);
    undo_in(&directory, &journal).await.unwrap();
    assert_eq!(directory.current_state(), before);
}

/// A renamed group keeps its ID, even if another group takes the old name.
#[tokio::test]
async fn renamed_group_is_matched_by_id() {
    let (setup, (directory, _, plan)) = (SetupFixture::new(), into_existing());
    let (journal, control) = (setup.journal(), RunControl::default());
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
    assert!(directory.current_state().names_in("FinOps").is_empty());
    assert!(directory.current_state().find_group_id("FinOps").is_some());
}

/// Returns every state that a crash can cause while the change history grows beyond `from`: the
/// length of the history on disk, and the state of AWS.
///
/// `moments` contains the state of AWS after each write, with the length of the history at that
/// time.
fn crashes_of(journal: &[u8], from: usize, moments: &[(u64, AwsState)]) -> Vec<(usize, AwsState)> {
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

fn tester_assignment(directory: &InMemoryDirectory) -> AssignmentRequest {
    AssignmentRequest {
        application: APPLICATION.to_owned(),
        principal: Principal::User(directory.current_state().find_user_id("known@example.com")),
        name: "known@example.com".to_owned(),
    }
}

#[tokio::test]
async fn single_assignment_is_recorded_and_undone() {
    let (setup, directory) = (SetupFixture::new(), InMemoryDirectory::default());
    let (before, tester) = (directory.current_state(), tester_assignment(&directory));
    let journal = setup.journal();
    assign(tester.clone(), &directory, &journal, &now).await.unwrap();
    assert_eq!(outcomes(&journal), ["assign_user known@example.com done"]);
    assert!(journal.summary().can_undo && !journal.summary().unfinished);
    assign(tester.clone(), &directory, &journal, &now).await.unwrap();
    unassign(tester.clone(), &directory, &journal, &now).await.unwrap();
    assert_eq!(directory.current_state(), before);
    let journal = setup.journal();
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
    assert_eq!(directory.current_state(), before, "undo includes the single assignment");
}

#[tokio::test]
async fn removed_foreign_assignment_can_be_restored() {
    let (setup, directory) = (SetupFixture::new(), InMemoryDirectory::default());
    let tester = tester_assignment(&directory);
    let theirs = directory.change(|world| world.assign_user(tester.principal.id()));
    let journal = setup.journal();
    unassign(tester.clone(), &directory, &journal, &now).await.unwrap();
    unassign(tester, &directory, &journal, &now).await.unwrap();
    assert_ne!(directory.current_state(), theirs);
    assert_eq!(
        outcomes(&journal),
        ["unassign_user known@example.com done", "unassign_user known@example.com existed",]
    );
    undo_in(&directory, &journal).await.unwrap();
    assert_eq!(directory.current_state(), theirs);
}

#[tokio::test]
async fn lost_assignment_response_is_checked_first() {
    for (trouble, first) in [(WriteFault::LostRequest, "failed"), (WriteFault::LostAnswer, "found")]
    {
        let (setup, directory) = (SetupFixture::new(), InMemoryDirectory::default());
        let (before, tester) = (directory.current_state(), tester_assignment(&directory));
        directory.fail_nth_write(1, trouble);
        let error = assign(tester.clone(), &directory, &setup.journal(), &now).await;
        assert_eq!(error.unwrap_err().key(), "aws-timeout");
        let journal = setup.journal();
        assert!(journal.summary().interrupted);
        assign(tester, &directory, &journal, &now).await.unwrap();
        assert_eq!(journal.rows()[0].outcome, first);
        undo_in(&directory, &journal).await.unwrap();
        assert_eq!(directory.current_state(), before);
    }
}

#[tokio::test]
async fn incomplete_run_stays_unfinished() {
    let (setup, directory) = (SetupFixture::new(), InMemoryDirectory::default());
    directory.fail_nth_write(3, WriteFault::LostRequest);
    apply_in(&directory, &setup.journal()).await.unwrap_err();
    let journal = setup.journal();
    assert!(journal.summary().unfinished);
    reconcile(&directory, &journal, &now).await.unwrap();
    assert!(journal.summary().unfinished, "the rest isn't planned yet");
    apply_in(&directory, &journal).await.unwrap();
    assert!(!journal.summary().unfinished);
    directory.fail_nth_write(2, WriteFault::LostAnswer);
    undo_in(&directory, &journal).await.unwrap_err();
    assert!(setup.journal().summary().unfinished);
    undo_in(&directory, &setup.journal()).await.unwrap();
    assert_eq!(setup.journal().summary(), Summary::default());
}
