//! Tests the removal of members.

use super::*;

const GROUP: &str = "nOps users";

/// Applies the plan that adds everyone, and then adds a member whom another administrator added.
async fn added(directory: &InMemoryDirectory, journal: &History) {
    apply_in(directory, journal).await.unwrap();
    directory.change(|world| {
        let user = world.add_user("foreign@example.com", "Foreign", "Doe");
        let group = world.find_group_id(GROUP).unwrap();
        world.add_membership(&group, &user);
    });
}

fn removal(directory: &InMemoryDirectory, names: &[&str]) -> Plan {
    let world = directory.current_state();
    let users = world.listed_users();
    let group = world.listed_groups().into_iter().find(|group| group.name == GROUP).unwrap();
    let wanted = users.iter().filter(|user| names.contains(&user.user_name.as_str()));
    Plan::removal(&group, STORE, wanted)
}

async fn remove(
    directory: &InMemoryDirectory,
    journal: &History,
    names: &[&str],
) -> Result<ApplySummary, ApplyError> {
    let plan = removal(directory, names);
    apply(plan, directory, journal, &now, |_| (), &RunControl::default()).await
}

async fn undo_removals(directory: &InMemoryDirectory, journal: &History) -> UndoResult {
    let scope = (UndoScope::Removals, UncertainResources::Leave);
    let control = RunControl::default();
    undo(directory, INSTANCE, journal, scope, &now, |_, _| (), &control).await.unwrap()
}

const LEFT: [&str; 2] = ["ana@example.com", "foreign@example.com"];

#[tokio::test]
async fn removed_members_can_be_added_again() {
    let (setup, directory) = (SetupFixture::new(), InMemoryDirectory::default());
    let journal = setup.journal();
    added(&directory, &journal).await;
    let everyone = directory.current_state().names_in(GROUP);
    let plan = removal(&directory, &LEFT);
    assert_eq!((plan.changes(), plan.members_to_remove()), (2, 2));
    assert_ne!(plan.id, removal(&directory, &LEFT[..1]).id);

    let removed = remove(&directory, &journal, &LEFT).await.unwrap();
    assert_eq!((removed.done, removed.is_complete()), (2, true));
    let left = directory.current_state().names_in(GROUP);
    assert_eq!(left, ["ben@example.com", "known@example.com"]);
    assert_eq!(journal.person_state("p1").member, None, "Ana is no longer a member");
    let summary = setup.journal().summary();
    assert_eq!((summary.restorable, summary.undoable.removed), (2, 1));
    assert_eq!(summary.undoable.members, 2, "Ana's membership is already gone");

    let undone = undo_removals(&directory, &setup.journal()).await;
    assert_eq!((undone.undone, undone.remaining), (2, 0));
    assert_eq!(directory.current_state().names_in(GROUP), everyone);
    let journal = setup.journal();
    assert_eq!(journal.person_state("p1").member, Some(AttemptState::Done));
    assert_eq!((journal.summary().restorable, journal.summary().undoable.members), (0, 3));
}

/// A membership that was removed and added again has a new ID, and still belongs to us.
#[tokio::test]
async fn everything_can_be_undone_after_a_removal() {
    for is_restored in [false, true] {
        let (setup, directory) = (SetupFixture::new(), InMemoryDirectory::default());
        let journal = setup.journal();
        let before = directory.current_state();
        apply_in(&directory, &journal).await.unwrap();
        remove(&directory, &journal, &LEFT[..1]).await.unwrap();
        if is_restored {
            undo_removals(&directory, &journal).await;
        }
        let writes = directory.write_count();
        let undone = undo_in(&directory, &setup.journal()).await.unwrap();
        assert_eq!((undone.kept.len(), undone.remaining), (0, 0), "{is_restored}");
        assert_eq!(directory.current_state(), before, "{is_restored}");
        assert!(directory.write_count() - writes <= 7, "no one is added while undoing");
        assert_eq!(setup.journal().summary(), Summary::default());
    }
}

#[tokio::test]
async fn member_whom_someone_else_removed_is_not_ours() {
    let (setup, directory) = (SetupFixture::new(), InMemoryDirectory::default());
    let journal = setup.journal();
    added(&directory, &journal).await;
    let plan = removal(&directory, &LEFT);
    directory.change(|world| world.remove_memberships_of(LEFT[1]));
    let control = RunControl::default();
    let removed = apply(plan, &directory, &journal, &now, |_| (), &control).await.unwrap();
    assert_eq!((removed.done, removed.existed), (1, 1));
    undo_removals(&directory, &journal).await;
    let names = directory.current_state().names_in(GROUP);
    assert!(names.iter().any(|name| name == LEFT[0]) && !names.iter().any(|name| name == LEFT[1]));
}

/// A member whom another administrator added again isn't ours to remove.
#[tokio::test]
async fn member_whom_someone_else_added_again_stays() {
    let (setup, directory) = (SetupFixture::new(), InMemoryDirectory::default());
    let journal = setup.journal();
    apply_in(&directory, &journal).await.unwrap();
    remove(&directory, &journal, &LEFT[..1]).await.unwrap();
    directory.change(|world| {
        let (group, user) = (world.find_group_id(GROUP).unwrap(), world.find_user_id(LEFT[0]));
        world.add_membership(&group, &user);
    });
    undo_removals(&directory, &journal).await;
    assert_eq!(setup.journal().person_state("p1").member, None);
    undo_in(&directory, &setup.journal()).await.unwrap();
    assert_eq!(directory.current_state().names_in(GROUP), LEFT[..1]);
}
