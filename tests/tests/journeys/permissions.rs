//! The policy that the wizard offers. It allows everything that a setup needs, and no other
//! changes.

use acceptance::{
    Result,
    harness::Harness,
    proxy::{Fault, Proxy},
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

/// The offered policy allows decrypting with the key of IAM Identity Center only if the user's own
/// policies don't allow it. A key policy has to be changed by the key's administrator.
#[tokio::test(flavor = "multi_thread")]
async fn offered_policy_allows_the_key_after_its_denial() -> Result<()> {
    let key = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555";
    for (reason, expected) in [
        ("no identity-based policy allows the kms:Decrypt action", Some(json!("*"))),
        ("no resource-based policy allows the kms:Decrypt action", None),
    ] {
        let proxy = Proxy::listen().await?;
        let message = format!(
            "User: arn:aws:sts::123456789012:assumed-role/Admin/ana is not authorized to perform: kms:Decrypt on resource: {key} because {reason}"
        );
        let members = json!({ "Message": message, "Reason": "KMS_ACCESS_DENIED" });
        let kind = "AccessDeniedException";
        proxy.inject_fault("ListGroups", Fault::Refused { status: 400, kind, members });
        let rig = Harness::start_with_proxy(proxy).await?;
        rig.act(ConnectionAction::ConnectPractice).await?;
        rig.wait_until("the checks", |view| view.job.is_none()).await?;
        let policy: Value = serde_json::from_str(&rig.wizard.text(CopyableValue::Policy).await?)?;
        let statements = policy["Statement"].as_array().ok_or("no statements")?;
        let decrypt = json!(["kms:Decrypt"]);
        let allowed = statements.iter().find(|statement| statement["Action"] == decrypt);
        assert_eq!(allowed.map(|statement| &statement["Resource"]), expected.as_ref(), "{reason}");
    }
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
