//! The change history: which window may write to it, for how long, and what it contains after
//! interruptions.

use std::{
    sync::{Arc, Mutex, mpsc},
    time::{Duration, Instant},
};

use acceptance::{
    Result,
    harness::Harness,
    proxy::{Fault, Proxy},
    steps,
};
use serde_json::json;
use session::{
    action::{PeopleAction, SetupAction},
    view::{PeopleStage, SetupKind},
};

/// Starts a harness with one planned person. AWS is blocked when the first user is created, until
/// it's released.
async fn held_at_a_change() -> Result<(Harness, Proxy, mpsc::Sender<()>)> {
    let (rig, proxy) = ready_to_apply().await?;
    let (release, released) = mpsc::channel::<()>();
    let released = Mutex::new(released);
    let wait = move || Ok(released.lock().map_err(|_| "a poisoned lock")?.recv()?);
    proxy.inject_some("CreateUser", 0, 1, Fault::Meanwhile(Arc::new(wait)));
    apply(&rig).await?;
    proxy.wait_for_call("CreateUser").await?;
    Ok((rig, proxy, release))
}

/// Starts a harness whose plan creates a group and a user.
async fn ready_to_apply() -> Result<(Harness, Proxy)> {
    let proxy = Proxy::listen().await?;
    let rig = Harness::start_with_proxy(proxy.clone()).await?;
    steps::connect(&rig).await?;
    let csv = "email,given name,family name\nlena@example.com,Lena,Fischer\n".to_owned();
    rig.act(PeopleAction::AddPeople { csv }).await?;
    Ok((rig, proxy))
}

async fn apply(rig: &Harness) -> Result<()> {
    let plan = steps::request_plan(rig).await?.id;
    Ok(rig.act(PeopleAction::Apply { plan }).await?)
}

fn create(name: &str) -> SetupAction {
    SetupAction::Create {
        name: name.to_owned(),
        world: SetupKind::Real,
        repair: false,
        aws_role: true,
        nops_role: true,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn running_changes_keep_their_setup_open() -> Result<()> {
    let (rig, _proxy, release) = held_at_a_change().await?;
    let id = rig.setup().id;
    for action in [SetupAction::Close, create("Another"), SetupAction::Delete { id: id.clone() }] {
        let failure = rig.act(action.clone()).await.err().ok_or(format!("{action:?}"))?;
        assert_eq!(failure.code, "changes_running", "{action:?}");
        assert_eq!(failure.params["job"], "apply");
        assert_eq!(failure.params["setup"], "Example Corp");
    }
    assert_eq!(rig.view().setups.len(), 1, "no setup was made or deleted");
    assert!(rig.setup().job.is_some_and(|job| job.changes));
    release.send(())?;
    rig.wait_until("the end", |view| view.job.is_none()).await?;
    rig.act(SetupAction::Close).await?;
    rig.act(SetupAction::Delete { id }).await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn run_keeps_lock_after_window_closes() -> Result<()> {
    let (rig, _proxy, release) = held_at_a_change().await?;
    let id = rig.setup().id;
    let mut rig = rig.restart_without_shutdown()?;
    let refused = rig
        .act(SetupAction::Resume { id: id.clone() })
        .await
        .err()
        .ok_or("the setup opened during a run")?;
    assert_eq!(refused.code, "setup_held");
    release.send(())?;
    rig = rig.resume_when_unlocked(&id).await?;
    let rows = rig.setup().people.journal;
    assert!(rows.iter().any(|row| row.change == "create_user"), "{rows:#?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn quit_finishes_within_time_limit() -> Result<()> {
    // Quit once while AWS requires a wait of one minute, and once while AWS doesn't respond.
    let throttled = Fault::Refused {
        status: 400,
        kind: "ThrottlingException",
        members: json!({"RetryAfterSeconds": 60}),
    };
    for (fault, settled) in [(throttled, true), (Fault::Silence, false)] {
        let (rig, proxy) = ready_to_apply().await?;
        proxy.inject_fault("CreateUser", fault);
        apply(&rig).await?;
        proxy.wait_for_call("CreateUser").await?;
        let asked = Instant::now();
        rig.wizard.quit(Duration::from_secs(3)).await;
        assert!(asked.elapsed() < Duration::from_secs(5), "{:?}", asked.elapsed());
        assert_eq!(
            rig.view().setup.is_none(),
            settled,
            "a setup closes once its changes are settled"
        );
    }
    Ok(())
}

/// AWS never responds to one change. The user marks the outcome of this change as unknown, and all
/// other changes continue.
#[tokio::test(flavor = "multi_thread")]
async fn unanswered_change_does_not_block() -> Result<()> {
    let (rig, proxy) = ready_to_apply().await?;
    proxy.inject_some("CreateUser", 0, 1, Fault::LostAnswer);
    apply(&rig).await?;
    let view = rig.wait_until("the halt", |view| view.job.is_none()).await?;
    assert_eq!(view.people.stage, PeopleStage::Interrupted);
    proxy.inject_fault("GetUserId", Fault::refused("AccessDeniedException"));
    rig.act(PeopleAction::Reconcile).await?;
    let view = rig.wait_until("the look", |view| view.job.is_none()).await?;
    assert!(rig.codes().contains(&"people_unsettled".to_owned()), "{:?}", rig.codes());
    assert_eq!(view.people.stage, PeopleStage::Stopped);
    apply(&rig).await?;
    let view = rig.wait_until("the rest", |view| view.job.is_none()).await?;
    assert_eq!(view.people.stage, PeopleStage::Applied);
    let open: Vec<_> =
        view.people.journal.iter().filter(|row| row.outcome == "interrupted").collect();
    assert_eq!(open.len(), 1);
    let number = open[0].number;
    rig.act(PeopleAction::MarkUnknown { number }).await?;
    assert!(rig.setup().people.journal.iter().all(|row| row.outcome != "interrupted"));
    let again = rig
        .act(PeopleAction::MarkUnknown { number })
        .await
        .err()
        .ok_or("the change was closed twice")?;
    assert_eq!(again.code, "not_open");
    Ok(())
}

/// If a resource is found after a response was lost, another client may have created it. So undo
/// deletes the resource only if the user agrees.
#[tokio::test(flavor = "multi_thread")]
async fn undo_asks_about_uncertain_resources() -> Result<()> {
    let (rig, proxy) = ready_to_apply().await?;
    proxy.inject_some("CreateGroup", 0, 1, Fault::LostAnswer);
    apply(&rig).await?;
    rig.wait_until("the halt", |view| view.job.is_none()).await?;
    rig.act(PeopleAction::Reconcile).await?;
    let view = rig.wait_until("the look", |view| view.job.is_none()).await?;
    assert_eq!((view.people.uncertain, view.people.can_undo), (1, true));
    rig.act(PeopleAction::Undo { uncertain: false }).await?;
    rig.wait_until("the undo", |view| view.job.is_none()).await?;
    assert!(!proxy.calls().iter().any(|call| call.operation == "DeleteGroup"));
    rig.act(PeopleAction::Undo { uncertain: true }).await?;
    let view = rig.wait_until("the undo", |view| view.job.is_none()).await?;
    assert_eq!((view.people.uncertain, view.people.can_undo), (0, false));
    assert!(proxy.calls().iter().any(|call| call.operation == "DeleteGroup"));
    Ok(())
}
