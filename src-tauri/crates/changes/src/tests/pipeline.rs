//! Tests the order of users and memberships, which are created concurrently.

use std::collections::BTreeMap;

use serde_json::Value;

use super::*;

const PEOPLE: usize = 50;

/// Plans for many new people and one existing user.
fn many_people(directory: &InMemoryDirectory) -> Plan {
    let mut people = People::default();
    let mut csv = "email,given name,family name\n".to_owned();
    for number in 0..PEOPLE {
        csv.push_str(&format!("p{number}@example.com,Person,Number {number}\n"));
    }
    people.add_csv(&format!("{csv}known@example.com,,\n"));
    planned_for(&people, directory)
}

async fn apply_large_plan(
    directory: &InMemoryDirectory,
    journal: &History,
) -> Result<ApplySummary, ApplyError> {
    let plan = many_people(directory);
    apply(plan, directory, journal, &now, |_| (), &RunControl::default()).await
}

/// Returns the lines of the change history, such as `intended create_user p1` and
/// `done create_user p1`.
fn lines(setup: &SetupFixture) -> Vec<String> {
    let mut named = BTreeMap::new();
    let text = fs::read_to_string(setup.path()).unwrap();
    let lines = text.lines().filter_map(|line| {
        let line: Value = serde_json::from_str(line).unwrap();
        let number = line["number"].as_u64()?;
        let change = &line["change"];
        if line["line"] == "intended" {
            let key = change["person"]["key"].as_str().or(change["key"].as_str());
            let name = format!("{} {}", change["change"].as_str()?, key.unwrap_or_default());
            named.insert(number, name);
        }
        Some(format!("{} {}", line["line"].as_str()?, named[&number]))
    });
    lines.collect()
}

fn line_position(lines: &[String], line: &str) -> usize {
    lines.iter().position(|other| other.trim_end() == line).unwrap_or_else(|| panic!("{line}"))
}

#[tokio::test]
async fn membership_starts_when_its_user_exists() {
    let (setup, directory) = (SetupFixture::new(), InMemoryDirectory::default());
    let applied = apply_large_plan(&directory, &setup.journal()).await.unwrap();
    assert!(applied.is_complete());
    let lines = lines(&setup);
    let at = |line: &str| line_position(&lines, line);
    for number in 1..=PEOPLE {
        let user = at(&format!("done create_user p{number}"));
        assert!(user < at(&format!("intended add_member p{number}")), "p{number}");
    }
    let last_user = at(&format!("intended create_user p{PEOPLE}"));
    assert!(at("done add_member p1") < last_user, "they run side by side");
    assert!(at("done create_group") < at("intended create_user p1"));
    let known = format!("intended add_member p{}", PEOPLE + 1);
    assert!(at(&known) < at("done create_user p1"), "an existing user doesn't wait");
    let last_line = lines.len() - 1;
    assert_eq!(at("intended assign"), last_line - 1, "after everything else");
}

#[tokio::test]
async fn rejected_user_starts_no_membership() {
    let (setup, directory) = (SetupFixture::new(), InMemoryDirectory::default());
    let journal = setup.journal();
    let message = "displayName".to_owned();
    // The first write is the group. The next writes are users and the existing user's membership.
    directory.fail_nth_write(4, WriteFault::Refused(AwsError::Validation { message }));
    let applied = apply_large_plan(&directory, &journal).await.unwrap();
    let lines = lines(&setup);
    let failed = lines.iter().find_map(|line| line.strip_prefix("failed create_user ")).unwrap();
    assert!(!lines.iter().any(|line| line.ends_with(&format!("add_member {failed}"))));
    assert_eq!((applied.failed, applied.remaining), (2, 0), "the user and its membership");
    assert_eq!(directory.current_state().names_in("nOps users").len(), PEOPLE);
}

/// The response to a new user's creation is lost. The user's membership isn't started, whether or
/// not AWS created the user. The next plan adds what is missing exactly once.
#[tokio::test]
async fn lost_user_starts_no_membership() {
    for trouble in [WriteFault::LostRequest, WriteFault::LostAnswer] {
        let (setup, directory) = (SetupFixture::new(), InMemoryDirectory::default());
        let before = directory.current_state();
        let journal = setup.journal();
        directory.fail_nth_write(4, trouble);
        apply_large_plan(&directory, &journal).await.unwrap_err();
        let lines = lines(&setup);
        let open: Vec<HistoryEntry> =
            journal.rows().into_iter().filter(|row| row.outcome == "interrupted").collect();
        assert_eq!((open.len(), open[0].change.as_str()), (1, "create_user"));
        let number = open[0].number as usize;
        let intents: Vec<&String> =
            lines.iter().filter(|line| line.starts_with("intended")).collect();
        let key = intents[number - 1].rsplit(' ').next().unwrap();
        assert!(!lines.contains(&format!("intended add_member {key}")));

        reconcile(&directory, &journal, &now).await.unwrap();
        let applied = apply_large_plan(&directory, &journal).await.unwrap();
        assert_eq!((applied.is_complete(), applied.existed), (true, 0));
        let names = directory.current_state().names_in("nOps users");
        assert_eq!(names.len(), PEOPLE + 1);
        undo_in(&directory, &journal).await.unwrap();
        assert_eq!(directory.current_state(), before);
    }
}

/// Users and memberships alternate in the history. Undo still removes all memberships first, many
/// of them concurrently.
#[tokio::test]
async fn undo_removes_memberships_before_users() {
    let (setup, directory) = (SetupFixture::new(), InMemoryDirectory::default());
    let before = directory.current_state();
    let journal = setup.journal();
    apply_large_plan(&directory, &journal).await.unwrap();
    let applied = rows_of(&journal);
    undo_in(&directory, &journal).await.unwrap();
    assert_eq!(directory.current_state(), before);
    let mut kinds: Vec<String> =
        journal.rows().into_iter().skip(applied).map(|row| row.change).collect();
    kinds.dedup();
    let expected =
        ["undo_assign_group", "undo_add_member", "undo_create_user", "undo_create_group"];
    assert_eq!(kinds, expected);
}

/// There is one more membership than there are new users, so memberships take longest.
#[tokio::test]
async fn progress_reports_the_slowest_kind() {
    let (setup, directory) = (SetupFixture::new(), InMemoryDirectory::default());
    let total = 2 * PEOPLE as u32 + 3;
    let mut heard = Vec::new();
    let plan = many_people(&directory);
    assert_eq!((plan.changes(), plan.seconds()), (total, 3), "51 memberships, 20 a second");
    let control = RunControl::default();
    apply(plan, &directory, &setup.journal(), &now, |progress| heard.push(progress), &control)
        .await
        .unwrap();
    let counts: Vec<u32> = heard.iter().map(|progress| progress.done).collect();
    assert_eq!(counts, Vec::from_iter(0..=total));
    assert!(heard.iter().all(|progress| progress.total == total));
    let middle = heard[50];
    assert_eq!(middle.slowest_total, PEOPLE as u32 + 1, "memberships: {middle:?}");
    assert!(middle.slowest_done < 25);
}

/// These futures must be `Send`, because the session runs them on other threads.
#[test]
fn change_futures_are_send() {
    fn is_send<T: Send>(_: &T) {}
    let (setup, directory) = (SetupFixture::new(), InMemoryDirectory::default());
    let (journal, control) = (setup.journal(), RunControl::default());
    is_send(&apply(plan_from_directory(&directory), &directory, &journal, &now, |_| (), &control));
    is_send(&undo(
        &directory,
        INSTANCE,
        &journal,
        (UndoScope::Everything, UncertainResources::Leave),
        &now,
        |_, _| (),
        &control,
    ));
    is_send(&reconcile(&directory, &journal, &now));
}
