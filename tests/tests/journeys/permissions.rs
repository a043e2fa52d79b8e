//! The policy that the wizard offers. It allows everything that a setup needs, and no other
//! changes.

use acceptance::{
    Result,
    harness::Harness,
    steps::{TESTER, add_application, choose_tester, connect, copy_nops_addresses, request_plan},
};
use nops_sso_practice::Switches;
use serde_json::{Value, json};
use session::{
    action::{ConnectionAction, DryRunAction, PeopleAction},
    view::{PeopleStage, SetupView},
};
use setup::{CopyableValue, Field, Step};

/// Connects and adds the application with all permissions. Then keeps only the permissions in the
/// offered policy.
async fn limited(allow: impl FnOnce(&mut Vec<Value>)) -> Result<Harness> {
    let rig = Harness::start(Switches::default()).await?;
    connect(&rig).await?;
    copy_nops_addresses(&rig).await?;
    add_application(&rig).await?;
    let mut policy: Value = serde_json::from_str(&rig.wizard.text(CopyableValue::Policy).await?)?;
    let optional = rig.wizard.text(CopyableValue::EventHistoryPolicy).await?;
    let optional: Value = serde_json::from_str(&optional)?;
    let statements = policy["Statement"].as_array_mut().ok_or("no statements")?;
    statements.push(optional["Statement"][0].clone());
    allow(statements);
    rig.limit_permissions(&policy.to_string())?;
    rig.act(ConnectionAction::Look).await?;
    rig.wait_until("the checks", |view| view.job.is_none()).await?;
    Ok(rig)
}

/// Adds two people to a new group.
async fn add_people(rig: &Harness) -> Result<SetupView> {
    rig.go_to_step(Step::People).await?;
    let csv = "First name,Last name,Email\nLena,Fischer,lena.fischer@example.com\n\
               Aiko,Tanaka,aiko.tanaka@example.com\n";
    rig.act(PeopleAction::AddPeople { csv: csv.to_owned() }).await?;
    let plan = request_plan(rig).await?;
    rig.act(PeopleAction::Apply { plan: plan.id }).await?;
    rig.wait_until("the changes", |view| {
        view.job.is_none() && view.people.stage != PeopleStage::Applying
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn offered_policy_allows_a_whole_setup() -> Result<()> {
    let rig = limited(|_| ()).await?;
    assert_eq!(rig.fact(Field::DeniedActions).as_deref(), Some(""));
    choose_tester(&rig, TESTER).await?;
    rig.act(DryRunAction::UnassignTester).await?;
    rig.wait_until("the removal", |view| {
        view.tester.as_ref().is_some_and(|tester| tester.assigned == Some(false))
    })
    .await?;
    let view = add_people(&rig).await?;
    assert_eq!(view.people.stage, PeopleStage::Applied);
    rig.act(PeopleAction::Undo { uncertain: false }).await?;
    let view = rig.wait_until("the undo", |view| view.job.is_none()).await?;
    let failed: Vec<_> = view.people.journal.iter().filter_map(|row| row.error.as_ref()).collect();
    assert_eq!(failed, [] as [&String; 0]);
    assert_eq!(request_plan(&rig).await?.create_users, 2, "both users are gone");
    Ok(())
}

/// Each kind of change is denied for resources that the policy doesn't name.
#[tokio::test(flavor = "multi_thread")]
async fn offered_policy_allows_no_other_resources() -> Result<()> {
    let elsewhere = |statements: &mut Vec<Value>| {
        for statement in statements.iter_mut().filter(|statement| statement["Sid"] != "Read") {
            statement["Resource"] = match statement["Sid"].as_str() {
                Some("WritePeople") => json!("arn:aws:identitystore::*:identitystore/d-0000000000"),
                _ => json!("arn:aws:sso::123456789012:application/ssoins-0/apl-0"),
            };
        }
    };
    let rig = limited(elsewhere).await?;
    let view = add_people(&rig).await?;
    assert_eq!(view.people.journal.iter().filter(|row| row.outcome == "done").count(), 0);
    assert!(view.people.journal.iter().any(|row| row.error.as_deref() == Some("denied")));
    Ok(())
}
