//! Tests changes without a known outcome. Each change is resolved separately, and only after
//! checking AWS.

use std::time::Duration;

use super::{memory::WriteFault, *};

fn access_denied_error() -> AwsError {
    AwsError::Denied { action: "sso:ListApplicationAssignments".to_owned() }
}

/// Assigns the tester and loses the response. `made` is whether AWS made the assignment.
async fn assign_with_lost_response(
    directory: &InMemoryDirectory,
    setup: &SetupFixture,
    made: bool,
) -> History {
    let journal = setup.journal();
    directory
        .fail_nth_write(1, if made { WriteFault::LostAnswer } else { WriteFault::LostRequest });
    assign(tester_assignment(directory), directory, &journal, &now).await.unwrap_err();
    assert_eq!(journal.summary().open, 1);
    journal
}

#[tokio::test]
async fn unresolved_change_does_not_block_new_ones() {
    let (setup, directory) = (SetupFixture::new(), InMemoryDirectory::default());
    let journal = assign_with_lost_response(&directory, &setup, true).await;
    directory.hide_assignments(Some(access_denied_error()));
    assert!(apply_in(&directory, &journal).await.unwrap().is_complete());
    let reconciled = reconcile(&directory, &journal, &now).await.unwrap();
    assert_eq!(reconciled.unresolved, Some((1, access_denied_error())));
    let undone = undo_in(&directory, &journal).await.unwrap();
    assert_eq!((undone.undone, undone.remaining), (7, 0));
    assert_eq!(journal.summary().open, 1, "it stays open");
    assert_eq!(journal.rows()[0].outcome, "interrupted");
}

#[tokio::test]
async fn unresolved_change_does_not_block_reconciling() {
    let (setup, directory) = (SetupFixture::new(), InMemoryDirectory::default());
    assign_with_lost_response(&directory, &setup, true).await;
    directory.fail_nth_write(1, WriteFault::LostAnswer);
    directory.hide_assignments(Some(access_denied_error()));
    let journal = setup.journal();
    apply_in(&directory, &journal).await.unwrap_err();
    assert_eq!(journal.summary().open, 2);
    let reconciled = reconcile(&directory, &journal, &now).await.unwrap();
    assert_eq!((reconciled.found, reconciled.unresolved), (1, Some((1, access_denied_error()))));
}

#[tokio::test]
async fn deleted_application_resolves_its_assignments() {
    let (setup, directory) = (SetupFixture::new(), InMemoryDirectory::default());
    let journal = assign_with_lost_response(&directory, &setup, true).await;
    directory.hide_assignments(Some(AwsError::NotFound));
    let reconciled = reconcile(&directory, &journal, &now).await.unwrap();
    assert_eq!((reconciled.not_done, reconciled.unresolved), (1, None));

    let (setup, directory) = (SetupFixture::new(), InMemoryDirectory::default());
    let (journal, tester) = (setup.journal(), tester_assignment(&directory));
    directory.change(|world| world.assign_user(tester.principal.id()));
    directory.fail_nth_write(1, WriteFault::LostRequest);
    unassign(tester, &directory, &journal, &now).await.unwrap_err();
    directory.hide_assignments(Some(AwsError::NotFound));
    let reconciled = reconcile(&directory, &journal, &now).await.unwrap();
    assert_eq!(reconciled.found, 1, "a deleted application has no assignments");
}

#[tokio::test]
async fn user_closes_change_as_unknown() {
    let (setup, directory) = (SetupFixture::new(), InMemoryDirectory::default());
    let journal = assign_with_lost_response(&directory, &setup, true).await;
    directory.hide_assignments(Some(access_denied_error()));
    assert!(!journal.mark_unknown(2, now()).unwrap(), "no change has this number");
    assert!(journal.mark_unknown(1, now()).unwrap());
    assert!(!journal.mark_unknown(1, now()).unwrap(), "it is already closed");
    let journal = setup.journal();
    assert_eq!(journal.rows()[0].outcome, "unknown");
    assert_eq!(journal.summary(), Summary::default());
    let after = directory.current_state();
    undo_in(&directory, &journal).await.unwrap();
    assert_eq!(directory.current_state(), after, "its owner isn't known");
}

/// The removed assignment may be the one that we made, so undo doesn't restore it without asking
/// the user.
#[tokio::test]
async fn undo_asks_before_reassigning_tester() {
    let (setup, directory) = (SetupFixture::new(), InMemoryDirectory::default());
    let before = directory.current_state();
    let journal = assign_with_lost_response(&directory, &setup, true).await;
    directory.hide_assignments(Some(access_denied_error()));
    unassign(tester_assignment(&directory), &directory, &journal, &now).await.unwrap();
    assert_eq!(directory.current_state(), before);
    journal.mark_unknown(1, now()).unwrap();
    assert_eq!(
        (journal.summary().uncertain, journal.summary().undoable),
        (1, UndoableCounts::default())
    );
    let control = RunControl::default();
    let leave = undo(
        &directory,
        INSTANCE,
        &journal,
        (UndoScope::Everything, UncertainResources::Leave),
        &now,
        |_, _| (),
        &control,
    )
    .await;
    assert_eq!((leave.unwrap().undone, directory.current_state()), (0, before));
}

#[tokio::test]
async fn undo_restores_assignment_of_others() {
    let (setup, directory) = (SetupFixture::new(), InMemoryDirectory::default());
    let (journal, tester) = (setup.journal(), tester_assignment(&directory));
    let before = directory.change(|world| world.assign_user(tester.principal.id()));
    unassign(tester, &directory, &journal, &now).await.unwrap();
    assert_ne!(directory.current_state(), before);
    let control = RunControl::default();
    undo(
        &directory,
        INSTANCE,
        &journal,
        (UndoScope::Everything, UncertainResources::Leave),
        &now,
        |_, _| (),
        &control,
    )
    .await
    .unwrap();
    assert_eq!(directory.current_state(), before);
}

#[tokio::test]
async fn undo_keeps_found_resources_unless_asked() {
    let (setup, directory) = (SetupFixture::new(), InMemoryDirectory::default());
    let before = directory.current_state();
    let journal = assign_with_lost_response(&directory, &setup, true).await;
    let reconciled = reconcile(&directory, &journal, &now).await.unwrap();
    assert_eq!((reconciled.found, reconciled.done), (1, 0));
    let summary = journal.summary();
    assert_eq!((summary.uncertain, summary.can_undo), (1, true));
    let control = RunControl::default();
    let found = directory.current_state();
    let undone = undo(
        &directory,
        INSTANCE,
        &journal,
        (UndoScope::Everything, UncertainResources::Leave),
        &now,
        |_, _| (),
        &control,
    )
    .await;
    assert_eq!(undone.unwrap().undone, 0);
    assert_eq!(directory.current_state(), found);
    undo_in(&directory, &setup.journal()).await.unwrap();
    assert_eq!(directory.current_state(), before);
}

#[tokio::test]
async fn undo_asks_about_newly_found_resources() {
    let (setup, directory) = (SetupFixture::new(), InMemoryDirectory::default());
    let before = directory.current_state();
    let journal = assign_with_lost_response(&directory, &setup, true).await;
    let made = directory.current_state();
    assert_eq!(undo_in(&directory, &journal).await.unwrap().undone, 0);
    assert_eq!(directory.current_state(), made, "the user hasn't been asked yet");
    assert_eq!(undo_in(&directory, &journal).await.unwrap().undone, 1);
    assert_eq!(directory.current_state(), before);
}

#[tokio::test]
async fn resource_made_by_another_entry_is_not_found() {
    let (setup, directory) = (SetupFixture::new(), InMemoryDirectory::default());
    let journal = assign_with_lost_response(&directory, &setup, false).await;
    directory.hide_assignments(Some(access_denied_error()));
    assign(tester_assignment(&directory), &directory, &journal, &now).await.unwrap();
    directory.hide_assignments(None);
    let reconciled = reconcile(&directory, &journal, &now).await.unwrap();
    assert_eq!((reconciled.found, reconciled.not_done), (0, 1));
    assert_eq!(journal.summary().uncertain, 0);
}

/// AWS is eventually consistent, so a change may become visible a few seconds later.
#[tokio::test]
async fn late_change_is_found_within_lookups() {
    let shows = |after: u64| async move {
        let (setup, directory) = (SetupFixture::new(), InMemoryDirectory::default());
        let before = directory.current_state();
        let journal = assign_with_lost_response(&directory, &setup, true).await;
        let done = directory.current_state();
        directory.change(|world| *world = before);
        directory.delay_visibility(Duration::from_secs(after), done);
        let reconciled = reconcile(&directory, &journal, &now).await.unwrap();
        (reconciled.found, reconciled.not_done, directory.waited_time().as_secs())
    };
    assert_eq!(shows(0).await, (1, 0, 3));
    assert_eq!(shows(6).await, (1, 0, 6));
    assert_eq!(shows(60).await, (0, 1, 6));
}
