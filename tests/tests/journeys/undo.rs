//! Undoing changes: what undo deletes, and what it keeps and why.

use acceptance::{
    Result,
    harness::Harness,
    steps::{TESTER, add_application, choose_tester, connect, copy_nops_addresses, request_plan},
};
use nops_sso_practice::Switches;
use session::{
    Document,
    action::PeopleAction,
    view::{PeopleStage, SetupView},
};
use setup::Step;

/// The user has access through a permission set or through account access manager.
#[tokio::test(flavor = "multi_thread")]
async fn undo_keeps_user_with_aws_account() -> Result<()> {
    for account_access_manager in [false, true] {
        let switches = Switches { account_access_manager, ..Switches::default() };
        let rig = with_two_people(switches).await?;
        request_plan(&rig).await?;
        let lena = rig.wizard.people(0, 10).await?.rows.remove(0);
        let lena = lena.user_id.ok_or("the new user has no id")?;
        rig.person()?.give_account(&lena)?;

        let view = undone(&rig).await?;
        let lena = ("lena.fischer@example.com", Some("has_accounts"));
        assert_eq!(kept(&view), [lena], "{account_access_manager}");
        let plan = request_plan(&rig).await?;
        assert_eq!((plan.create_users, plan.keep_users), (1, 1), "Aiko is gone");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn undo_keeps_users_whose_access_is_not_visible() -> Result<()> {
    let switches = Switches { account_access_denied: true, ..Switches::default() };
    let rig = with_two_people(switches).await?;
    let view = undone(&rig).await?;
    let reasons: Vec<_> = kept(&view).into_iter().map(|(_, reason)| reason).collect();
    assert_eq!(reasons, [Some("accounts_unseen"); 3], "both users and the group");
    assert!(view.findings.iter().any(|finding| finding.code == "accounts_unseen"));
    let plan = request_plan(&rig).await?;
    assert_eq!((plan.create_users, plan.keep_users), (0, 2));
    Ok(())
}

/// Adds Lena and Aiko to Identity Center, and puts them in a new group.
async fn with_two_people(switches: Switches) -> Result<Harness> {
    let rig = Harness::start(switches).await?;
    connect(&rig).await?;
    rig.go_to_step(Step::People).await?;
    let csv = "First name,Last name,Email\nLena,Fischer,lena.fischer@example.com\n\
               Aiko,Tanaka,aiko.tanaka@example.com\n";
    rig.act(PeopleAction::AddPeople { csv: csv.to_owned() }).await?;
    let plan = request_plan(&rig).await?;
    rig.act(PeopleAction::Apply { plan: plan.id }).await?;
    rig.wait_until("the changes", |view| view.people.stage == PeopleStage::Applied).await?;
    Ok(rig)
}

async fn undone(rig: &Harness) -> Result<SetupView> {
    rig.act(PeopleAction::Undo { uncertain: false }).await?;
    rig.wait_until("the undo", |view| view.job.is_none()).await
}

/// Returns what undo kept, with the reasons.
fn kept(view: &SetupView) -> Vec<(&str, Option<&str>)> {
    let rows = view.people.journal.iter().filter(|row| row.outcome == "failed");
    rows.map(|row| (row.subject.as_str(), row.error.as_deref())).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn tester_assignment_is_recorded_and_undoable() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    connect(&rig).await?;
    copy_nops_addresses(&rig).await?;
    add_application(&rig).await?;
    choose_tester(&rig, TESTER).await?;
    let journal = |view: &SetupView| -> Vec<(String, String, String)> {
        let rows = view.people.journal.iter();
        rows.map(|row| (row.change.clone(), row.subject.clone(), row.outcome.clone())).collect()
    };
    let row =
        |change: &str, outcome: &str| (change.to_owned(), TESTER.to_owned(), outcome.to_owned());
    assert_eq!(journal(&rig.setup()), [row("assign_user", "done")]);
    assert!(rig.setup().people.can_undo);

    rig.act(PeopleAction::Undo { uncertain: false }).await?;
    let view = rig
        .wait_until("the tester after the undo", |view| {
            view.job.is_none()
                && view.tester.as_ref().is_some_and(|tester| tester.assigned == Some(false))
        })
        .await?;
    let undone = [row("assign_user", "undone"), row("undo_assign_user", "done")];
    assert_eq!(journal(&view), undone);
    assert!(!view.people.can_undo);
    let (_, report) = rig.wizard.document(Document::ReportMarkdown { people: false }).await?;
    let report = String::from_utf8(report)?;
    assert!(report.contains("Assign 1 person to the application"), "{report}");
    Ok(())
}
