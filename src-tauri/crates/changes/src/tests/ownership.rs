//! Tests that other people's resources are used but never removed.

use super::*;

#[tokio::test]
async fn resources_made_by_others_are_used_and_kept() {
    let (setup, directory) = (SetupFixture::new(), InMemoryDirectory::default());
    let journal = setup.journal();
    let stale = plan_from_directory(&directory);
    let theirs = directory.change(|world| {
        let group = world.add_group("nOps users", "made by hand");
        let user = world.add_user("ana@example.com", "Ana", "Lima");
        world.add_membership(&group, &user);
        world.assign(&group);
    });
    let control = RunControl::default();
    let applied = apply(stale, &directory, &journal, &now, |_| (), &control).await.unwrap();
    assert_eq!((applied.done, applied.existed), (3, 4));
    assert!(applied.is_complete());
    undo_in(&directory, &journal).await.unwrap();
    assert_eq!(directory.current_state(), theirs);
}

/// While a change is interrupted, another administrator creates a resource with the same name.
#[tokio::test]
async fn same_name_is_not_ownership() {
    let (setup, directory) = (SetupFixture::new(), InMemoryDirectory::default());
    let journal = setup.journal();
    directory.fail_nth_write(1, WriteFault::LostRequest);
    apply_in(&directory, &journal).await.unwrap_err();
    let theirs = directory.change(|world| {
        world.add_group("nOps users", "made by hand");
    });
    let reconciled = reconcile(&directory, &journal, &now).await.unwrap();
    assert_eq!((reconciled.done, reconciled.existed), (0, 1));
    assert!(!journal.summary().can_undo);
    undo_in(&directory, &journal).await.unwrap();
    assert_eq!(directory.current_state(), theirs);
}

#[tokio::test]
async fn undo_keeps_resources_others_depend_on() {
    let (setup, directory) = (SetupFixture::new(), InMemoryDirectory::default());
    let journal = setup.journal();
    apply_in(&directory, &journal).await.unwrap();
    directory.change(|world| {
        let ana = world.find_user_id("ana@example.com");
        let ben = world.find_user_id("ben@example.com");
        let other = world.add_group("Others", "");
        let ours = world.find_group_id("nOps users").unwrap();
        world.add_membership(&other, &ana);
        world.assign_user(&ben);
        let guest = world.add_user("guest@example.com", "Guest", "Roe");
        world.add_membership(&ours, &guest);
    });
    let undone = undo_in(&directory, &journal).await.unwrap();
    let kept: Vec<(&str, &str)> =
        undone.kept.iter().map(|kept| (kept.subject.as_str(), kept.reason.code())).collect();
    let expected = [
        ("ben@example.com", "has_applications"),
        ("ana@example.com", "has_groups"),
        ("nOps users", "has_members"),
    ];
    assert_eq!(kept, expected);
    assert_eq!(undone.undone, 4);
    assert_eq!(directory.current_state().names_in("nOps users"), ["guest@example.com"]);
    let row = setup.journal().rows().pop().unwrap();
    assert_eq!(
        (row.change.as_str(), row.error.as_deref()),
        ("undo_create_group", Some("has_members"))
    );
    assert!(setup.journal().summary().can_undo);

    let again = undo_in(&directory, &setup.journal()).await.unwrap();
    assert_eq!((again.undone, again.kept.len()), (0, 3));
}

#[tokio::test]
async fn undo_keeps_users_with_aws_account_access() {
    let (setup, directory) = (SetupFixture::new(), InMemoryDirectory::default());
    let journal = setup.journal();
    apply_in(&directory, &journal).await.unwrap();
    directory.change(|world| {
        let ana = world.find_user_id("ana@example.com");
        world.assign_aws_account(Principal::User(ana));
    });
    let undone = undo_in(&directory, &journal).await.unwrap();
    let kept: Vec<(&str, &str)> =
        undone.kept.iter().map(|kept| (kept.subject.as_str(), kept.reason.code())).collect();
    assert_eq!(kept, [("ana@example.com", "has_accounts")]);
    assert!(!undone.accounts_unseen());
    directory.current_state().find_user_id("ana@example.com");
}

#[tokio::test]
async fn undo_waits_until_account_access_is_visible() {
    let (setup, directory) = (SetupFixture::new(), InMemoryDirectory::default());
    let before = directory.current_state();
    let journal = setup.journal();
    apply_in(&directory, &journal).await.unwrap();
    directory.change(AwsState::deny_account_access_lookup);
    let undone = undo_in(&directory, &journal).await.unwrap();
    assert!(undone.accounts_unseen());
    directory.current_state().find_user_id("ana@example.com");
    directory.change(AwsState::show_accounts);
    let undone = undo_in(&directory, &journal).await.unwrap();
    assert_eq!(undone.kept, []);
    assert_eq!(directory.current_state(), before);
}
