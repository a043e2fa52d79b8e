//! People who left: compares the group with a current list, removes former members, and undoes it.

use acceptance::{
    Result, ensure,
    harness::Harness,
    proxy::{Fault, Proxy},
    steps::{add_application, choose_tester, connect, copy_nops_addresses, request_plan},
};
use nops_sso_practice::Switches;
use session::{
    action::{ConnectionAction, PeopleAction},
    view::{ComparisonView, GroupChoice, MembersSource, PeopleStage, SetupView},
};
use setup::{Field, Step};

const GROUP: &str = "nOps users";
const LENA: &str = "lena.fischer@example.com";
const AIKO: &str = "aiko.tanaka@example.com";
const SAMUEL: &str = "samuel.okafor@example.com";
const EVERYONE: &str = "First name,Last name,Email\nLena,Fischer,lena.fischer@example.com\n\
                        Aiko,Tanaka,aiko.tanaka@example.com\n\
                        Samuel,Okafor,samuel.okafor@example.com\n";
const WITHOUT_LENA: &str = "First name,Last name,Email\nAiko,Tanaka,aiko.tanaka@example.com\n\
                            Samuel,Okafor,samuel.okafor@example.com\n";

/// Adds three people to a new group.
async fn add_three(rig: &Harness) -> Result<()> {
    connect(rig).await?;
    copy_nops_addresses(rig).await?;
    add_application(rig).await?;
    rig.go_to_step(Step::People).await?;
    let group = GroupChoice::New { name: GROUP.to_owned() };
    rig.act(PeopleAction::ChooseGroup { group }).await?;
    rig.act(PeopleAction::AddPeople { csv: EVERYONE.to_owned() }).await?;
    let plan = request_plan(rig).await?;
    rig.act(PeopleAction::Apply { plan: plan.id }).await?;
    rig.wait_until("the changes", |view| view.people.stage == PeopleStage::Applied).await?;
    Ok(())
}

async fn start() -> Result<Harness> {
    let rig = Harness::start(Switches::default()).await?;
    add_three(&rig).await?;
    Ok(rig)
}

async fn compare(rig: &Harness, list: &str) -> Result<ComparisonView> {
    rig.act(PeopleAction::StartComparison).await?;
    rig.act(PeopleAction::AddPeople { csv: list.to_owned() }).await?;
    compared(rig).await
}

async fn compared(rig: &Harness) -> Result<ComparisonView> {
    let view = rig.wait_until("the comparison", |view| view.job.is_none()).await?;
    Ok(view.people.comparison.ok_or("no comparison")?)
}

async fn remove(rig: &Harness, found: &ComparisonView) -> Result<SetupView> {
    let plan = found.plan.clone().ok_or("no plan")?.id;
    rig.act(PeopleAction::RemoveFormer { plan }).await?;
    rig.wait_until("the removal", |view| view.job.is_none()).await
}

fn former(found: &ComparisonView) -> Vec<(&str, Option<&str>, bool)> {
    let former = found.former.iter();
    former.map(|one| (&*one.user_name, one.protected.as_deref(), one.is_chosen)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn person_who_left_is_removed_and_added_again() -> Result<()> {
    let rig = start().await?;
    let found = compare(&rig, WITHOUT_LENA).await?;
    assert_eq!(former(&found), [(LENA, None, true)]);
    assert_eq!((found.source, found.people, found.members), (Some(MembersSource::Aws), Some(2), 3));
    assert!(found.can_remove && !found.is_most);

    let view = remove(&rig, &found).await?;
    let removed = view.people.comparison.ok_or("no comparison")?.removed;
    assert_eq!(removed.iter().map(|one| &*one.email).collect::<Vec<_>>(), [LENA]);
    assert_eq!(
        (view.people.total, view.people.restorable),
        (2, 1),
        "the list has no former people"
    );
    assert_eq!(rig.fact(Field::PeopleAdded).as_deref(), Some("true"), "the others have access");
    let last = view.people.journal.last().map(|row| (&*row.change, &*row.subject, &*row.outcome));
    assert_eq!(last, Some(("remove_member", LENA, "done")));
    let again = compare(&rig, WITHOUT_LENA).await?;
    assert_eq!((again.members, again.left), (2, 0));

    rig.act(PeopleAction::UndoRemovals).await?;
    let view = rig.wait_until("the undo", |view| view.job.is_none()).await?;
    assert_eq!(view.people.restorable, 0);
    let back = compare(&rig, WITHOUT_LENA).await?;
    assert_eq!((back.members, former(&back)), (3, vec![(LENA, None, true)]));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn unreadable_row_blocks_removal() -> Result<()> {
    let rig = start().await?;
    let broken = format!("{WITHOUT_LENA}Lena,Fischer,lena.fischer at example.com\n");
    let found = compare(&rig, &broken).await?;
    assert_eq!(found.problem.as_deref(), Some("list_has_unread_rows"));
    assert_eq!(found.unread.iter().map(|row| row.line).collect::<Vec<_>>(), [4]);
    assert_eq!((former(&found), found.plan.clone()), (vec![], None));
    let refused = rig.act(PeopleAction::RemoveFormer { plan: String::new() }).await;
    assert_eq!(refused.map_err(|failure| failure.code), Err("no_plan".to_owned()));
    assert_eq!(rig.setup().people.total, 3, "a list for a comparison is added to no one");
    let empty = compare(&rig, "First name,Last name,Email\n").await?;
    assert_eq!(empty.problem.as_deref(), Some("list_has_no_people"));
    let fixed = compare(&rig, EVERYONE).await?;
    assert_eq!((fixed.problem, fixed.left), (None, 0));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn tester_and_recovery_administrator_must_be_named() -> Result<()> {
    let rig = start().await?;
    rig.enter(Field::RecoveryAdministrator, AIKO).await?;
    choose_tester(&rig, SAMUEL).await?;
    rig.go_to_step(Step::People).await?;
    let list = "Email\nsomeone.else@example.com\n";
    let found = compare(&rig, list).await?;
    assert!(found.is_most, "no member is on the list");
    let expected = [
        (AIKO, Some("recovery_administrator"), false),
        (LENA, None, true),
        (SAMUEL, Some("tester"), false),
    ];
    assert_eq!(former(&found), expected);
    let plan = found.plan.clone().ok_or("no plan")?;
    assert_eq!((plan.removals, plan.named.len()), (1, 0));
    let user = found.former[2].user_id.clone();
    rig.act(PeopleAction::ChooseFormer { user, remove: true }).await?;
    let named = compared(&rig).await?.plan.ok_or("no plan")?;
    assert_eq!((named.removals, named.named), (2, vec![SAMUEL.to_owned()]));
    let outdated = rig.act(PeopleAction::RemoveFormer { plan: plan.id }).await;
    assert_eq!(outdated.map_err(|failure| failure.code), Err("no_plan".to_owned()));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn inactive_people_count_as_left() -> Result<()> {
    let rig = start().await?;
    let list = "Email,Status\nlena.fischer@example.com,inactive\n\
                aiko.tanaka@example.com,active\nsamuel.okafor@example.com,active\n";
    let found = compare(&rig, list).await?;
    assert_eq!((found.inactive, former(&found)), (1, vec![(LENA, None, true)]));
    assert_eq!(found.former[0].reason, "inactive");
    Ok(())
}

/// The plan names the people to remove, so someone who is added meanwhile stays.
#[tokio::test(flavor = "multi_thread")]
async fn person_who_was_added_meanwhile_stays() -> Result<()> {
    let rig = start().await?;
    let found =
        compare(&rig, "First name,Last name,Email\nSamuel,Okafor,samuel.okafor@example.com\n")
            .await?;
    assert_eq!(former(&found), [(AIKO, None, true), (LENA, None, true)]);
    // Another administrator removes Aiko and adds her again: her membership has a new ID.
    let second = rig.person()?;
    let groups = second.open(&second.console("groups"))?.body;
    let row = groups.split("<li").find(|row| row.contains(GROUP)).ok_or("no group")?;
    let group = row.split("/groups/").nth(1).and_then(|rest| rest.split(['"', '/']).next());
    let group = group.ok_or("no ID")?.to_owned();
    let aiko = found.former[0].user_id.clone();
    for change in ["remove", "members"] {
        let page = second.console(&format!("groups/{group}/{change}"));
        second.send(&page, &[("user", &aiko)])?.ensure_no_error(&page)?;
    }
    rig.act(PeopleAction::ChooseFormer { user: aiko, remove: false }).await?;
    remove(&rig, &compared(&rig).await?).await?;
    let after = compare(&rig, WITHOUT_LENA).await?;
    assert_eq!((after.members, after.left), (2, 0), "Aiko and Samuel stay");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn denied_removal_changes_nothing() -> Result<()> {
    let proxy = Proxy::listen().await?;
    let rig = Harness::start_with_proxy(proxy.clone()).await?;
    add_three(&rig).await?;
    let found = compare(&rig, WITHOUT_LENA).await?;
    proxy.inject_fault("DeleteGroupMembership", Fault::refused("AccessDeniedException"));
    let view = remove(&rig, &found).await?;
    ensure(view.findings.iter().any(|one| one.code == "people_job_failed"), || {
        format!("{:?}", view.findings)
    })?;
    assert_eq!((view.people.total, view.people.restorable), (3, 0));
    proxy.clear();
    let again = compare(&rig, WITHOUT_LENA).await?;
    assert_eq!((again.members, former(&again)), (3, vec![(LENA, None, true)]));
    let view = remove(&rig, &again).await?;
    assert_eq!(view.people.restorable, 1, "the next try succeeds");
    Ok(())
}

/// Everything can be undone after a removal, and no one is left in the group.
#[tokio::test(flavor = "multi_thread")]
async fn undo_after_removal_deletes_what_was_added() -> Result<()> {
    let rig = start().await?;
    let found = compare(&rig, WITHOUT_LENA).await?;
    remove(&rig, &found).await?;
    rig.act(PeopleAction::Undo { uncertain: false }).await?;
    let view = rig.wait_until("the undo", |view| view.job.is_none()).await?;
    ensure(!view.people.can_undo && view.people.restorable == 0, || format!("{:#?}", view.people))?;
    let failed = view.people.journal.iter().filter(|row| row.outcome == "failed").count();
    assert_eq!(failed, 0, "{:#?}", view.people.journal);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn list_by_hand_names_the_people_to_remove() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    rig.act(ConnectionAction::ByHand).await?;
    rig.go_to_step(Step::People).await?;
    let unknown = compare(&rig, WITHOUT_LENA).await?;
    assert_eq!(unknown.source, Some(MembersSource::Unknown));
    rig.act(PeopleAction::EndComparison).await?;
    rig.act(PeopleAction::AddPeople { csv: EVERYONE.to_owned() }).await?;
    rig.declare(Field::PeopleAdded, "true").await?;
    let found = compare(&rig, WITHOUT_LENA).await?;
    assert_eq!((found.source, found.can_remove), (Some(MembersSource::List), false));
    assert_eq!((former(&found), found.plan.clone()), (vec![(LENA, None, true)], None));
    Ok(())
}
